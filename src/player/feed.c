/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/feed.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/thread.h"
#include "data/feed.h"

#define WAITING_MAX 4096 /* beyond these the thread reads no further, and the courier waits */
#define PAUSE_MS 20

/* One message, unpacked. */
struct item {
    struct item *next;
    struct sw_feed_message message;
    struct sw_reading *reading;
    struct sw_series *series;
};

struct sw_feed {
    /* constant after init */
    const struct sw_exhibition *exhibition;
    void (*wake)(void *context);
    void *context;
    int bell; /* eventfd: a fresh end, or stop */
    struct sw_thread thread;
    /* feed thread only */
    int end;
    bool greeted; /* the other side has the same sources */
    /* guarded by lock */
    struct sw_mutex lock;
    struct item *first, *last;
    size_t waiting;
    int fresh;    /* -1: none */
    bool *wanted; /* one a source: the courier is to be told that it is wanted soon */
    bool any_wanted;
    sw_instant trusted; /* it is not before that; 0: nobody says so */
    bool tell_trusted;  /* the courier is to be told */
    bool stop;
    /* main thread only */
    bool settled;
    bool renews; /* what came before the next courier's first word is to be forgotten */
};

static void destroy_item(struct item *item)
{
    sw_reading_release(item->reading);
    sw_series_release(item->series);
    free(item);
}

static void ring(const struct sw_feed *feed)
{
    uint64_t one = 1;
    ssize_t written = write(feed->bell, &one, sizeof one);
    (void)written; /* a counter that is full rings too */
}

/* -- the thread -- */

static void shut(struct sw_feed *feed)
{
    if (feed->end >= 0)
        close(feed->end);
    feed->end = -1;
    feed->greeted = false;
}

/* Which field a record is about; NULL: there is none such. */
static const struct sw_source *source_of(const struct sw_feed *feed, const struct sw_feed_message *message, bool with_field)
{
    if (message->source >= feed->exhibition->source_count)
        return NULL;
    const struct sw_source *source = &feed->exhibition->sources[message->source];
    return !with_field || message->field < source->request.field_count ? source : NULL;
}

/* False: it is not what it should be. */
static bool unpack(const struct sw_feed *feed, struct item *item, int fd)
{
    const struct sw_feed_message *message = &item->message;
    const struct sw_source *source;
    switch (message->type) {
    case SW_FEED_READING:
        source = source_of(feed, message, false);
        item->reading = source != NULL ? sw_feed_open_reading(&source->request, fd, message->size) : NULL;
        return item->reading != NULL;
    case SW_FEED_SERIES:
        if (source_of(feed, message, true) == NULL)
            return false;
        item->series = message->size > 0 ? sw_feed_open_series(fd, message->size, message->step) : sw_series_create(NULL, 0, message->step);
        return item->series != NULL;
    case SW_FEED_POINT: return source_of(feed, message, true) != NULL;
    case SW_FEED_OUTCOME: return source_of(feed, message, false) != NULL;
    case SW_FEED_SETTLED: return true;
    case SW_FEED_HELLO:
    case SW_FEED_SOON:
    case SW_FEED_CLOCK: return false;
    }
    return false;
}

static void push(struct sw_feed *feed, struct item *item)
{
    sw_mutex_lock(&feed->lock);
    if (feed->last != NULL)
        feed->last->next = item;
    else
        feed->first = item;
    feed->last = item;
    feed->waiting++;
    sw_mutex_unlock(&feed->lock);
    feed->wake(feed->context);
}

static void greet(struct sw_feed *feed, uint64_t hash)
{
    feed->greeted = hash == feed->exhibition->sources_hash;
    if (!feed->greeted)
        sw_log(SW_LOG_NOTICE, "feed", "the courier has read other sources than the player: what it tells is not taken");
    sw_mutex_lock(&feed->lock);
    feed->tell_trusted = feed->trusted != 0;
    sw_mutex_unlock(&feed->lock);
}

/* False: nothing more has come. */
static bool receive(struct sw_feed *feed)
{
    int fd = -1;
    struct item *item = sw_alloc(sizeof *item);
    enum sw_message_status status = sw_feed_receive(feed->end, &item->message, &fd);
    bool greeting = status == SW_MESSAGE_OK && item->message.type == SW_FEED_HELLO;
    if (greeting)
        greet(feed, item->message.hash);
    bool good = status == SW_MESSAGE_OK && !greeting && feed->greeted && unpack(feed, item, fd);
    if (status == SW_MESSAGE_OK && !greeting && feed->greeted && !good)
        sw_log(SW_LOG_ERROR, "feed", "the courier says what makes no sense: it is not listened to");
    if (fd >= 0)
        close(fd);
    if (status == SW_MESSAGE_CLOSED || (status == SW_MESSAGE_OK && !greeting && feed->greeted && !good))
        shut(feed);
    if (good || (greeting && feed->greeted))
        push(feed, item);
    else
        destroy_item(item);
    return status == SW_MESSAGE_OK;
}

/* The next source that is wanted soon, which no longer is; false: none. */
static bool take_wanted(struct sw_feed *feed, size_t *source)
{
    sw_mutex_lock(&feed->lock);
    size_t i = 0, count = feed->exhibition->source_count;
    while (feed->any_wanted && i < count && !feed->wanted[i])
        i++;
    feed->any_wanted = feed->any_wanted && i < count;
    bool found = feed->any_wanted;
    if (found)
        feed->wanted[i] = false;
    sw_mutex_unlock(&feed->lock);
    *source = i;
    return found;
}

/* What a courier is too busy to hear is not told again: it asks by itself, only a little later. */
static void tell_wanted(struct sw_feed *feed)
{
    size_t source = 0;
    while (feed->greeted && take_wanted(feed, &source)) {
        struct sw_feed_message message = {.type = SW_FEED_SOON, .source = (uint32_t)source};
        if (sw_feed_send(feed->end, &message, -1) == SW_MESSAGE_CLOSED)
            shut(feed);
    }
}

/* One that is too busy to hear it is told again with the next thing that happens here: what it says then comes before. */
static void tell_trusted(struct sw_feed *feed)
{
    sw_mutex_lock(&feed->lock);
    bool tell = feed->tell_trusted && feed->greeted;
    struct sw_feed_message message = {.type = SW_FEED_CLOCK, .instant = feed->trusted};
    feed->tell_trusted = feed->tell_trusted && !tell;
    sw_mutex_unlock(&feed->lock);
    enum sw_message_status status = tell ? sw_feed_send(feed->end, &message, -1) : SW_MESSAGE_OK;
    if (status == SW_MESSAGE_CLOSED)
        shut(feed);
    if (status != SW_MESSAGE_AGAIN)
        return;
    sw_mutex_lock(&feed->lock);
    feed->tell_trusted = true;
    sw_mutex_unlock(&feed->lock);
}

/* False: stop. */
static bool take_orders(struct sw_feed *feed, bool *full)
{
    sw_mutex_lock(&feed->lock);
    int fresh = feed->fresh;
    bool stop = feed->stop;
    feed->fresh = -1;
    *full = feed->waiting >= WAITING_MAX;
    sw_mutex_unlock(&feed->lock);
    if (fresh >= 0) {
        shut(feed);
        feed->end = fresh;
    }
    return !stop;
}

static void run(void *context)
{
    struct sw_feed *feed = context;
    bool full = false;
    while (take_orders(feed, &full)) {
        struct pollfd fds[] = {{.fd = feed->bell, .events = POLLIN}, {.fd = full ? -1 : feed->end, .events = POLLIN}};
        uint64_t count;
        (void)poll(fds, SW_COUNT(fds), full ? PAUSE_MS : -1);
        if (fds[0].revents != 0 && read(feed->bell, &count, sizeof count) < 0)
            continue;
        if (fds[1].revents != 0)
            (void)receive(feed);
        tell_trusted(feed);
        tell_wanted(feed);
    }
}

/* -- the outside -- */

struct sw_feed *sw_feed_create(const struct sw_exhibition *exhibition, void (*wake)(void *context), void *context)
{
    struct sw_feed *feed = sw_alloc(sizeof *feed);
    *feed = (struct sw_feed){.exhibition = exhibition, .wake = wake, .context = context, .end = -1, .fresh = -1};
    sw_mutex_init(&feed->lock);
    feed->wanted = sw_alloc_array(exhibition->source_count, sizeof *feed->wanted);
    feed->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (feed->bell >= 0 && sw_thread_start(&feed->thread, "feed", run, feed))
        return feed;
    sw_log(SW_LOG_ERROR, "feed", "cannot start: there will be no live data");
    if (feed->bell >= 0)
        close(feed->bell);
    sw_mutex_finish(&feed->lock);
    free(feed->wanted);
    free(feed);
    return NULL;
}

void sw_feed_destroy(struct sw_feed *feed)
{
    if (feed == NULL)
        return;
    sw_mutex_lock(&feed->lock);
    feed->stop = true;
    sw_mutex_unlock(&feed->lock);
    ring(feed);
    sw_thread_join(&feed->thread);
    while (feed->first != NULL) {
        struct item *item = feed->first;
        feed->first = item->next;
        destroy_item(item);
    }
    if (feed->fresh >= 0)
        close(feed->fresh);
    shut(feed);
    close(feed->bell);
    sw_mutex_finish(&feed->lock);
    free(feed->wanted);
    free(feed);
}

void sw_feed_attach(void *context, int end)
{
    struct sw_feed *feed = context;
    sw_mutex_lock(&feed->lock);
    if (feed->fresh >= 0)
        close(feed->fresh);
    feed->fresh = end;
    sw_mutex_unlock(&feed->lock);
    ring(feed);
}

void sw_feed_soon(void *context, size_t source)
{
    struct sw_feed *feed = context;
    if (feed == NULL || source >= feed->exhibition->source_count)
        return;
    sw_mutex_lock(&feed->lock);
    feed->wanted[source] = feed->any_wanted = true;
    sw_mutex_unlock(&feed->lock);
    ring(feed);
}

void sw_feed_trust(struct sw_feed *feed, sw_instant instant)
{
    if (feed == NULL)
        return;
    sw_mutex_lock(&feed->lock);
    bool later = instant > feed->trusted;
    if (later) {
        feed->trusted = instant;
        feed->tell_trusted = true;
    }
    sw_mutex_unlock(&feed->lock);
    if (later)
        ring(feed);
}

/* The item's reading or series goes along. */
static void put(struct sw_feed *feed, struct sw_data *data, struct item *item)
{
    const struct sw_feed_message *message = &item->message;
    switch (message->type) {
    case SW_FEED_READING:
        sw_data_put_reading(data, message->source, item->reading);
        item->reading = NULL;
        return;
    case SW_FEED_SERIES:
        sw_data_put_series(data, message->source, message->field, item->series);
        item->series = NULL;
        return;
    case SW_FEED_POINT: sw_data_put_point(data, message->source, message->field, message->point, message->instant); return;
    case SW_FEED_OUTCOME: sw_data_put_outcome(data, message->source, message->failed, message->instant, message->text); return;
    case SW_FEED_SETTLED:
        feed->settled = true;
        sw_data_settle(data);
        return;
    case SW_FEED_HELLO:
        if (feed->renews)
            sw_data_renew(data);
        feed->renews = false;
        return;
    case SW_FEED_SOON:
    case SW_FEED_CLOCK: return;
    }
}

bool sw_feed_collect(struct sw_feed *feed, struct sw_data *data)
{
    if (feed == NULL)
        return false;
    sw_mutex_lock(&feed->lock);
    struct item *item = feed->first;
    feed->first = feed->last = NULL;
    feed->waiting = 0;
    sw_mutex_unlock(&feed->lock);
    bool any = item != NULL;
    while (item != NULL) {
        struct item *next = item->next;
        put(feed, data, item);
        destroy_item(item);
        item = next;
    }
    return any;
}

void sw_feed_renew(struct sw_feed *feed)
{
    if (feed != NULL)
        feed->renews = true;
}

bool sw_feed_settled(const struct sw_feed *feed)
{
    return feed->settled;
}
