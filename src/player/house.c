/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/house.h"

#include <unistd.h>

#include "base/link.h"
#include "base/log.h"

#define BAKE_BUDGET ((size_t)192 << 20)
#define MASK_BUDGET ((size_t)96 << 20)

/* An end that comes before there is anybody to have it is kept. */
static void take_feed(struct sw_house *house, int end)
{
    sw_mutex_lock(&house->lock);
    if (house->feed != NULL) {
        sw_feed_attach(house->feed, end);
    } else {
        if (house->feed_end >= 0)
            close(house->feed_end);
        house->feed_end = end;
    }
    sw_mutex_unlock(&house->lock);
}

/* What comes over the link and is not for media, whose thread this is. */
static void take_end(void *context, enum sw_link_peer peer, int64_t number, int end)
{
    struct sw_house *house = context;
    if (peer == SW_LINK_FEED)
        take_feed(house, end);
    else if (peer == SW_LINK_NOTICE && house->notices != NULL)
        sw_notices_attach(house->notices, end);
    else if (peer == SW_LINK_CONTROL && house->control != NULL)
        sw_control_attach(house->control, end);
    else if (peer == SW_LINK_VIDEO && house->cinema != NULL)
        sw_cinema_attach(house->cinema, number, end);
    else
        close(end);
}

bool sw_house_open(struct sw_house *house, const struct sw_options *options, struct sw_waker *waker, int threads)
{
    struct sw_media_config config = {.link = sw_link_present() ? SW_LINK_FD : -1,
                                     .workers = {-1, -1},
                                     .wake = sw_waker_post,
                                     .wake_context = waker,
                                     .other = take_end,
                                     .other_context = house};
    *house = (struct sw_house){.waker = waker, .threads = threads, .feed_end = -1};
    sw_mutex_init(&house->lock);
    if (options->command == SW_COMMAND_PLAY && sw_link_present())
        house->control = sw_control_create(sw_waker_post, waker);
    if (options->follows && sw_link_present())
        house->notices = sw_notices_create(sw_waker_post, waker);
    if (options->command == SW_COMMAND_PLAY)
        house->sound = sw_sound_create(sw_tick_now, SW_SOUND_PATIENCE);
    sw_sound_hush(house->sound, true); /* until it is known what the wall is to do now */
    house->sink = sw_sink_to(house->sound);
    house->bakery = sw_bakery_create(threads, BAKE_BUDGET, sw_waker_post, waker);
    house->masks = sw_masks_create(MASK_BUDGET);
    house->cinema = sw_cinema_create(&(struct sw_cinema_config){.link = config.link,
                                                                .sound = &house->sink,
                                                                .still = options->command != SW_COMMAND_PLAY,
                                                                .now = sw_tick_now,
                                                                .wake = sw_waker_post,
                                                                .wake_context = waker});
    if (house->cinema != NULL)
        house->footage = sw_footage_create(house->cinema);
    house->media = sw_media_create(&config);
    if (house->bakery != NULL && house->media != NULL && house->cinema != NULL)
        return true;
    sw_log(SW_LOG_ERROR, "player", "cannot open bakery, media or cinema");
    sw_house_close(house);
    return false;
}

void sw_house_close(struct sw_house *house)
{
    if (house->waker == NULL)
        return;
    sw_media_destroy(house->media);
    sw_footage_destroy(house->footage);
    sw_cinema_destroy(house->cinema);
    sw_sound_destroy(house->sound);
    sw_control_destroy(house->control);
    sw_notices_destroy(house->notices);
    if (house->masks != NULL)
        sw_masks_destroy(house->masks);
    if (house->bakery != NULL)
        sw_bakery_destroy(house->bakery);
    if (house->feed_end >= 0)
        close(house->feed_end);
    sw_mutex_finish(&house->lock);
    *house = (struct sw_house){.waker = NULL};
}

void sw_house_hear_courier(struct sw_house *house, struct sw_feed *feed)
{
    sw_mutex_lock(&house->lock);
    house->feed = feed;
    int end = feed != NULL ? house->feed_end : -1;
    if (feed != NULL)
        house->feed_end = -1;
    sw_mutex_unlock(&house->lock);
    if (end >= 0)
        sw_feed_attach(feed, end);
}

bool sw_house_collect(struct sw_house *house)
{
    size_t before = sw_bakery_pending(house->bakery);
    sw_bakery_collect(house->bakery);
    sw_masks_collect(house->masks);
    bool baked = sw_bakery_pending(house->bakery) < before;
    bool known = sw_cinema_collect(house->cinema);
    return sw_media_collect(house->media) || baked || known;
}
