/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/house.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "elements/catalogue.h"
#include "view/mask.h"

#define TEXT_BUDGET ((size_t)96 << 20)
#define BAKE_BUDGET ((size_t)192 << 20)
#define MASK_BUDGET ((size_t)96 << 20)

/* Without an exhibition: the fonts that a Debian machine is likely to have, for the card. */
static const char *const last_fonts[] = {
    "/usr/share/fonts/opentype/inter/Inter-Regular.otf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
};

/* A fallback that names roles stands behind their own fonts; for all others it is asked last. */
static void add_fallbacks(const struct sw_exhibition *exhibition, bool named, struct sw_font_role *roles, const char **others,
                          struct sw_font_set *set)
{
    for (size_t i = 0; exhibition != NULL && i < exhibition->fallback_count; i++) {
        const struct sw_font *font = &exhibition->fallback_fonts[i];
        if ((font->stands_for != NULL) != named)
            continue;
        for (size_t k = 0; named && font->stands_for[k] != NULL; k++)
            roles[set->role_count++] = (struct sw_font_role){.name = font->stands_for[k], .path = font->path};
        others[set->fallback_count++] = font->path;
    }
}

static void open_data(struct sw_house *house)
{
    if (house->exhibition == NULL || house->exhibition->source_count == 0)
        return;
    house->data = sw_data_create(house->exhibition);
    if (sw_link_present())
        house->feed = sw_feed_create(house->exhibition, sw_waker_post, house->waker);
}

static struct sw_typesetter *open_fonts(const struct sw_exhibition *exhibition, int threads, struct sw_waker *waker)
{
    size_t roles = exhibition != NULL ? exhibition->font_count : 0, fallbacks = exhibition != NULL ? exhibition->fallback_count : 0;
    struct sw_font_role *list = sw_alloc_array(roles + fallbacks * SW_FONT_ROLES_MAX + 1, sizeof *list);
    const char **others = sw_alloc_array(fallbacks + SW_COUNT(last_fonts), sizeof *others);
    struct sw_font_set set = {.roles = list, .fallbacks = others};
    for (size_t i = 0; i < roles; i++)
        list[set.role_count++] = (struct sw_font_role){.name = exhibition->fonts[i].role, .path = exhibition->fonts[i].path};
    add_fallbacks(exhibition, false, list, others, &set);
    add_fallbacks(exhibition, true, list, others, &set);
    for (size_t i = 0; i < SW_COUNT(last_fonts); i++)
        if (access(last_fonts[i], R_OK) == 0)
            others[set.fallback_count++] = last_fonts[i];
    if (roles == 0 && set.fallback_count > 0)
        list[set.role_count++] = (struct sw_font_role){.name = "text", .path = others[0]};
    struct sw_typesetter *typesetter = sw_typesetter_create(&set, TEXT_BUDGET);
    if (typesetter != NULL && threads > 0)
        sw_typesetter_start(typesetter, &set, sw_waker_post, waker);
    free(list);
    free(others);
    return typesetter;
}

/* What comes over the link and is not for media, whose thread this is. */
static void take_end(void *context, enum sw_link_peer peer, int end)
{
    const struct sw_house *house = context;
    if (peer == SW_LINK_FEED && house->feed != NULL)
        sw_feed_attach(house->feed, end);
    else if (peer == SW_LINK_CONTROL && house->control != NULL)
        sw_control_attach(house->control, end);
    else
        close(end);
}

/* Without an exhibition there is no media, and nobody else who reads the link. */
static void open_control(struct sw_house *house, const struct sw_options *options)
{
    if (options->command == SW_COMMAND_PLAY && sw_link_present())
        house->control = sw_control_create(house->exhibition == NULL ? SW_LINK_FD : -1, sw_waker_post, house->waker);
}

bool sw_house_open(struct sw_house *house, const struct sw_options *options, struct sw_waker *waker, int threads, struct sw_diags *diags)
{
    *house = (struct sw_house){.waker = waker};
    if (!options->safe)
        house->exhibition = sw_exhibition_create(options->folder, sw_catalogue(), diags);
    house->typesetter = open_fonts(house->exhibition, threads, waker);
    open_data(house);
    open_control(house, options);
    house->bakery = sw_bakery_create(threads, BAKE_BUDGET, sw_waker_post, waker);
    house->masks = sw_masks_create(MASK_BUDGET);
    if (house->exhibition != NULL) {
        struct sw_media_config config = {.root = house->exhibition->root,
                                         .link = sw_link_present() ? SW_LINK_FD : -1,
                                         .workers = {-1, -1},
                                         .wake = sw_waker_post,
                                         .wake_context = waker,
                                         .other = take_end,
                                         .other_context = house};
        house->media = sw_media_create(&config);
    }
    if (house->typesetter != NULL && house->bakery != NULL && (house->exhibition == NULL || house->media != NULL))
        return true;
    sw_log(SW_LOG_ERROR, "player", "cannot open fonts, bakery or media");
    sw_house_close(house);
    return false;
}

void sw_house_close(struct sw_house *house)
{
    sw_media_destroy(house->media);
    sw_feed_destroy(house->feed);
    sw_control_destroy(house->control);
    if (house->masks != NULL)
        sw_masks_destroy(house->masks);
    if (house->bakery != NULL)
        sw_bakery_destroy(house->bakery);
    if (house->typesetter != NULL)
        sw_typesetter_destroy(house->typesetter);
    sw_data_destroy(house->data);
    sw_exhibition_destroy(house->exhibition);
    *house = (struct sw_house){.exhibition = NULL};
}

bool sw_house_collect(struct sw_house *house)
{
    size_t before = sw_bakery_pending(house->bakery);
    sw_bakery_collect(house->bakery);
    bool set = sw_typesetter_collect(house->typesetter);
    sw_masks_collect(house->masks);
    bool baked = sw_bakery_pending(house->bakery) < before;
    (void)sw_feed_collect(house->feed, house->data);
    return (house->media != NULL && sw_media_collect(house->media)) || baked || set;
}

bool sw_house_wait(struct sw_house *house, sw_tick deadline)
{
    if (house->media != NULL && sw_media_pending(house->media) > 0)
        return sw_media_settle(house->media, deadline);
    if (sw_bakery_pending(house->bakery) + sw_typesetter_pending(house->typesetter) > 0)
        sw_waker_wait(house->waker, deadline);
    return sw_tick_now() < deadline;
}

bool sw_house_wait_sizes(struct sw_house *house, sw_tick deadline)
{
    if (house->media == NULL || sw_media_sizes_pending(house->media) == 0 || sw_tick_now() >= deadline)
        return false;
    sw_waker_wait(house->waker, deadline);
    return true;
}

bool sw_house_await_data(struct sw_house *house, sw_tick deadline)
{
    if (house->feed == NULL)
        return true;
    for (;;) {
        (void)sw_feed_collect(house->feed, house->data);
        if (sw_feed_settled(house->feed))
            return true;
        if (sw_tick_now() >= deadline)
            return false;
        sw_waker_wait(house->waker, deadline);
    }
}

struct sw_stage_tools sw_house_tools(const struct sw_house *house)
{
    return (struct sw_stage_tools){.typesetter = house->typesetter,
                                   .bakery = house->bakery,
                                   .pictures = house->media != NULL ? sw_media_pictures(house->media) : NULL,
                                   .masks = house->masks,
                                   .data = house->data,
                                   .soon = house->feed != NULL ? sw_feed_soon : NULL,
                                   .soon_context = house->feed};
}
