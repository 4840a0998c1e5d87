/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/booth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "media/clip_list.h"
#include "media/projector.h"
#include "media/soundtrack.h"

#define NOBODY 0
#define STILLBORN_MAX 3             /* then there is something wrong with the worker itself, or it is not there */
#define RETRY_US (10 * SW_SECOND)   /* and one is asked for no more often */

/* A worker, and what it is at. */
struct desk {
    struct sw_projector projector;
    bool awaited;       /* it has been asked for, and has not come */
    sw_tick asked, since; /* then; when it came */
    sw_tick idle_since;   /* SW_NEVER: it has work */
    unsigned clips;
    /* a cue */
    uint64_t cue; /* NOBODY: none */
    uint32_t hall;
    char *path;          /* of the clip that it plays or probes; NULL: none, or an inquiry's */
    bool with_sound;
    uint32_t jump;       /* the cue's, when it was steered last */
    sw_tick tick;        /* and its course */
    int64_t position;
    bool running;
    struct sw_soundtrack *track;
    /* or an inquiry */
    struct sw_inquiry *inquiry;
};

struct sw_booth {
    struct sw_booth_config config;
    struct desk desks[SW_LINK_VIDEOS];
    struct sw_inquiry *inquiries, **last_inquiry; /* that nobody is at yet */
    uint64_t replaced;
    int stillborn; /* workers in a row that have been lost before their first word */
    bool wake;
    sw_tick next;
    size_t wish_count;
    struct sw_wish wishes[SW_CUES_MAX];
};

static int number_of(const struct sw_booth *booth, const struct desk *desk) { return (int)(desk - booth->desks); }

static bool is_free(const struct desk *desk)
{
    return desk->projector.end >= 0 && desk->projector.task == SW_PROJECTOR_IDLE && desk->cue == NOBODY && desk->inquiry == NULL &&
           desk->path == NULL;
}

static void look_again(struct sw_booth *booth, sw_tick when) { booth->next = when < booth->next ? when : booth->next; }

static void ask_for_worker(struct sw_booth *booth, struct desk *desk, sw_tick now)
{
    struct sw_link_message message = {.type = SW_LINK_NEED, .peer = SW_LINK_VIDEO, .number = number_of(booth, desk)};
    desk->awaited = sw_link_send(booth->config.link, message, -1) == SW_MESSAGE_OK;
    desk->asked = now;
}

/* -- the end of a task -- */

static void clear_desk(struct desk *desk, bool ended, sw_tick now)
{
    sw_soundtrack_destroy(desk->track, ended);
    free(desk->path);
    desk->track = NULL;
    desk->path = NULL;
    desk->inquiry = NULL;
    desk->cue = NOBODY;
    desk->idle_since = now;
}

static void finish_inquiry(struct sw_booth *booth, struct sw_inquiry *inquiry, bool judged, const char *fault)
{
    inquiry->judged = judged;
    (void)snprintf(inquiry->answer.fault, sizeof inquiry->answer.fault, "%s", fault);
    booth->config.done(booth->config.context, inquiry);
}

/* The worker is gone: its task is somebody else's. */
static void drop(struct sw_booth *booth, struct desk *desk, const char *how, sw_tick now)
{
    struct sw_inquiry *inquiry = desk->inquiry;
    sw_log(SW_LOG_WARNING, "cinema", "video worker %d %s%s%s", number_of(booth, desk), how, desk->path != NULL ? ": " : "",
           desk->path != NULL ? desk->path : "");
    bool spoken = desk->projector.spoken; /* else nothing that it was given is to blame */
    booth->replaced++;
    if (!spoken && booth->stillborn < STILLBORN_MAX && ++booth->stillborn == STILLBORN_MAX)
        booth->wake = sw_programme_staff(booth->config.programme, false) || booth->wake;
    if (desk->path != NULL)
        booth->wake = sw_programme_blame(booth->config.programme, desk->hall, desk->path, spoken ? how : NULL) || booth->wake;
    if (desk->cue != NOBODY)
        booth->wake = sw_programme_lost(booth->config.programme, desk->cue, now) || booth->wake;
    clear_desk(desk, false, now);
    sw_projector_leave(&desk->projector);
    if (inquiry != NULL && (inquiry->failures += spoken) >= SW_FAILURES_MAX) {
        finish_inquiry(booth, inquiry, true, "is broken: decoding it was given up");
    } else if (inquiry != NULL) {
        inquiry->next = booth->inquiries;
        booth->inquiries = inquiry;
        if (inquiry->next == NULL)
            booth->last_inquiry = &inquiry->next;
    }
}

/* It is gone, or is to be: the supervisor sees to both. */
static void lose(struct sw_booth *booth, struct desk *desk, const char *how, sw_tick now)
{
    drop(booth, desk, how, now);
    if (booth->stillborn < STILLBORN_MAX)
        ask_for_worker(booth, desk, now);
}

static void let_off(struct desk *desk, bool ended, sw_tick now)
{
    sw_projector_stop(&desk->projector);
    clear_desk(desk, ended, now);
}

/* -- what workers say -- */

static void note_facts(struct sw_booth *booth, struct desk *desk, const struct sw_projector_news *news, sw_tick now)
{
    if (desk->inquiry != NULL) {
        desk->inquiry->answer.usable = true;
        desk->inquiry->answer.clip = news->facts;
        finish_inquiry(booth, desk->inquiry, true, "");
    } else {
        booth->wake = sw_programme_know(booth->config.programme, desk->hall, desk->path, &news->facts, news->period) || booth->wake;
    }
    if (desk->cue == NOBODY)
        clear_desk(desk, false, now);
}

static void note_failure(struct sw_booth *booth, struct desk *desk, enum sw_video_reason reason, sw_tick now)
{
    const char *fault = sw_projector_fault(reason);
    if (reason == SW_VIDEO_BROKEN) {
        lose(booth, desk, "could not go on", now); /* it may have been this very worker */
        return;
    }
    if (desk->inquiry != NULL)
        finish_inquiry(booth, desk->inquiry, true, fault);
    else
        booth->wake = sw_programme_fail(booth->config.programme, desk->hall, desk->path, fault) || booth->wake;
    clear_desk(desk, false, now);
}

static void take_event(struct sw_booth *booth, struct desk *desk, enum sw_projector_event event, const struct sw_projector_news *news,
                       sw_tick now)
{
    struct sw_programme *programme = booth->config.programme;
    switch (event) {
    case SW_PROJECTOR_NOTHING: return;
    case SW_PROJECTOR_KNOWS: note_facts(booth, desk, news, now); return;
    case SW_PROJECTOR_PICTURE:
        booth->wake = sw_programme_put(programme, desk->cue, desk->jump, news->bitmap, news->position, news->missed) || booth->wake;
        return;
    case SW_PROJECTOR_SOUND:
        if (desk->track != NULL)
            sw_soundtrack_put(desk->track, news->sound->position, news->sound->samples, news->sound->frames);
        return;
    case SW_PROJECTOR_ENDED:
        booth->wake = sw_programme_ended(programme, desk->cue, desk->jump, news->position) || booth->wake;
        return;
    case SW_PROJECTOR_FAILED: note_failure(booth, desk, news->reason, now); return;
    case SW_PROJECTOR_LOST: lose(booth, desk, news->how, now); return;
    }
}

static void hear(struct sw_booth *booth, struct desk *desk, sw_tick now)
{
    struct sw_projector_news news;
    enum sw_projector_event event;
    while (desk->projector.end >= 0 && (event = sw_projector_hear(&desk->projector, now, &news)) != SW_PROJECTOR_NOTHING)
        take_event(booth, desk, event, &news, now);
    if (desk->projector.end < 0)
        return;
    if (desk->projector.spoken && booth->stillborn > 0) {
        booth->stillborn = 0;
        booth->wake = sw_programme_staff(booth->config.programme, true) || booth->wake;
    }
    sw_projector_free(&desk->projector, now);
    if (sw_projector_stands_still(&desk->projector, now))
        lose(booth, desk, "stands still", now);
    else
        look_again(booth, desk->projector.heard + SW_VIDEO_SILENT_MS * SW_MS);
}

/* -- what is wished -- */

static struct desk *desk_of(struct sw_booth *booth, uint64_t cue)
{
    for (size_t i = 0; i < SW_LINK_VIDEOS; i++)
        if (booth->desks[i].cue == cue)
            return &booth->desks[i];
    return NULL;
}

/* The longest at work, so that all of them are in use and none waits for years to be renewed. */
static struct desk *free_desk(struct sw_booth *booth)
{
    struct desk *best = NULL;
    for (size_t i = 0; i < SW_LINK_VIDEOS; i++) {
        struct desk *desk = &booth->desks[i];
        if (is_free(desk) && (best == NULL || desk->clips > best->clips))
            best = desk;
    }
    return best;
}

static int64_t position_now(const struct sw_wish *wish, sw_tick now)
{
    return wish->running ? wish->position + (now - wish->tick) : wish->position;
}

static void steer(struct desk *desk, const struct sw_wish *wish, bool jump, sw_tick now)
{
    sw_projector_steer(&desk->projector, now, position_now(wish, now), wish->running, jump);
    if (desk->track != NULL && jump)
        sw_soundtrack_clear(desk->track);
    if (desk->track != NULL)
        sw_soundtrack_steer(desk->track, wish->tick, wish->position, wish->running);
    desk->jump = wish->jump;
    desk->tick = wish->tick;
    desk->position = wish->position;
    desk->running = wish->running;
}

static void begin(struct sw_booth *booth, struct desk *desk, const struct sw_wish *wish, sw_tick now)
{
    int file;
    enum sw_file_status status = booth->config.open(booth->config.context, wish->hall, wish->path, &file);
    if (status != SW_FILE_OK) {
        booth->wake = sw_programme_fail(booth->config.programme, wish->hall, wish->path, sw_file_status_text(status)) || booth->wake;
        return;
    }
    desk->with_sound = wish->sound && booth->config.sound != NULL;
    struct sw_projector_order order = {.from = wish->from, .until = wish->until, .loop = wish->loop, .sound = desk->with_sound};
    desk->cue = wish->id;
    desk->hall = wish->hall;
    desk->path = sw_strdup(wish->path);
    desk->idle_since = SW_NEVER;
    desk->clips++;
    if (desk->with_sound)
        desk->track = sw_soundtrack_create(booth->config.sound, wish->key, wish->volume);
    bool sent = sw_projector_open(&desk->projector, file, &order, now);
    close(file);
    if (!sent)
        lose(booth, desk, "does not listen", now);
    else
        steer(desk, wish, position_now(wish, now) > SW_JUMP_US, now);
}

/* What has changed for one that plays. */
static void follow(struct desk *desk, const struct sw_wish *wish, sw_tick now)
{
    if (desk->track != NULL)
        sw_soundtrack_volume(desk->track, wish->volume);
    if (wish->jump != desk->jump || wish->tick != desk->tick || wish->position != desk->position || wish->running != desk->running)
        steer(desk, wish, wish->jump != desk->jump, now);
}

static void serve_cues(struct sw_booth *booth, sw_tick now)
{
    booth->wish_count = sw_programme_wishes(booth->config.programme, booth->wishes, now);
    for (size_t i = 0; i < booth->wish_count; i++) {
        const struct sw_wish *wish = &booth->wishes[i];
        struct desk *desk = desk_of(booth, wish->id);
        bool silent = desk != NULL && wish->sound && !desk->with_sound && booth->config.sound != NULL;
        if (desk != NULL && (wish->gone || wish->over || wish->failed || silent))
            let_off(desk, wish->over, now);
        else if (desk != NULL)
            follow(desk, wish, now);
        if (wish->gone)
            sw_programme_end(booth->config.programme, wish->id);
    }
    for (int running = 1; running >= 0; running--) /* what plays comes before what is made ready */
        for (size_t i = 0; i < booth->wish_count; i++) {
            const struct sw_wish *wish = &booth->wishes[i];
            if (wish->gone || wish->over || wish->failed || wish->running != (running == 1) || desk_of(booth, wish->id) != NULL)
                continue;
            struct desk *desk = free_desk(booth);
            if (desk != NULL)
                begin(booth, desk, wish, now);
        }
}

/* -- what is asked -- */

static void serve_inquiries(struct sw_booth *booth, sw_tick now)
{
    for (struct desk *desk; booth->inquiries != NULL && (desk = free_desk(booth)) != NULL;) {
        struct sw_inquiry *inquiry = booth->inquiries;
        booth->inquiries = inquiry->next;
        if (booth->inquiries == NULL)
            booth->last_inquiry = &booth->inquiries;
        desk->inquiry = inquiry;
        desk->idle_since = SW_NEVER;
        desk->clips++;
        if (!sw_projector_probe(&desk->projector, inquiry->file, now))
            lose(booth, desk, "does not listen", now);
    }
}

static void serve_unknown(struct sw_booth *booth, sw_tick now)
{
    for (struct desk *desk; (desk = free_desk(booth)) != NULL;) {
        char *path;
        uint32_t hall;
        int file;
        if (!sw_programme_unknown(booth->config.programme, &hall, &path))
            return;
        enum sw_file_status status = booth->config.open(booth->config.context, hall, path, &file);
        if (status != SW_FILE_OK) {
            booth->wake = sw_programme_fail(booth->config.programme, hall, path, sw_file_status_text(status)) || booth->wake;
            free(path);
            continue;
        }
        desk->hall = hall;
        desk->path = path;
        desk->idle_since = SW_NEVER;
        desk->clips++;
        bool sent = sw_projector_probe(&desk->projector, file, now);
        close(file);
        if (!sent)
            lose(booth, desk, "does not listen", now);
    }
}

/* -- how many workers there are -- */

/* One more than play: it makes ready what comes next, or takes over; where all are at work and there is something to be looked at, one for
 * that. */
static size_t needed(struct sw_booth *booth)
{
    size_t running = 0, standing = 0;
    for (size_t i = 0; i < booth->wish_count; i++) {
        const struct sw_wish *wish = &booth->wishes[i];
        bool plays = !wish->gone && !wish->over && !wish->failed;
        running += plays && wish->running;
        standing += plays && !wish->running;
    }
    bool asked = booth->inquiries != NULL || sw_programme_has_unknown(booth->config.programme);
    bool any = running + standing > 0 || asked || sw_programme_is_used(booth->config.programme);
    size_t count = any ? running + standing + (standing == 0 || asked) : 0;
    return count < SW_LINK_VIDEOS ? count : SW_LINK_VIDEOS;
}

static void renew_old(struct sw_booth *booth, sw_tick now)
{
    for (size_t i = 0; i < SW_LINK_VIDEOS; i++) {
        struct desk *desk = &booth->desks[i];
        if (is_free(desk) && (desk->clips >= SW_BOOTH_CLIPS_MAX || now - desk->since >= SW_BOOTH_AGE_MAX))
            sw_projector_leave(&desk->projector);
    }
}

/* One that has long been free, the freshest first, for the others are used first. */
static void dismiss_one(struct sw_booth *booth, sw_tick now)
{
    struct desk *last = NULL;
    for (size_t i = 0; i < SW_LINK_VIDEOS; i++) {
        struct desk *desk = &booth->desks[i];
        if (is_free(desk) && now - desk->idle_since >= SW_BOOTH_IDLE_US && (last == NULL || desk->clips <= last->clips))
            last = desk;
    }
    if (last != NULL)
        sw_projector_leave(&last->projector);
}

/* Of workers that cannot be started one is tried, now and then. */
static bool may_ask(const struct sw_booth *booth, const struct desk *desk, sw_tick now)
{
    return booth->stillborn < STILLBORN_MAX || (desk == booth->desks && now - desk->asked >= RETRY_US);
}

static void staff(struct sw_booth *booth, sw_tick now)
{
    size_t want = needed(booth), have = 0;
    renew_old(booth, now);
    for (size_t i = 0; i < SW_LINK_VIDEOS; i++) {
        struct desk *desk = &booth->desks[i];
        if (desk->awaited && now - desk->asked >= SW_BOOTH_AWAIT_US)
            desk->awaited = false;
        have += desk->awaited || desk->projector.end >= 0;
    }
    for (size_t i = 0; i < SW_LINK_VIDEOS && have < want && booth->config.link >= 0; i++) {
        struct desk *desk = &booth->desks[i];
        if (desk->awaited || desk->projector.end >= 0 || !may_ask(booth, desk, now))
            continue;
        ask_for_worker(booth, desk, now);
        if (!desk->awaited)
            break; /* the supervisor does not listen just now */
        have++;
    }
    if (have > want)
        dismiss_one(booth, now);
    if (have != want || want > sw_booth_workers(booth))
        look_again(booth, now + SW_SECOND);
}

/* Without workers nothing that is asked will ever come. */
static void give_up_all(struct sw_booth *booth)
{
    if ((booth->config.link >= 0 && booth->stillborn < STILLBORN_MAX) || sw_booth_workers(booth) > 0)
        return;
    for (struct sw_inquiry *inquiry; (inquiry = booth->inquiries) != NULL;) {
        booth->inquiries = inquiry->next;
        finish_inquiry(booth, inquiry, false, "could not be looked at: there is no video worker");
    }
    booth->last_inquiry = &booth->inquiries;
}

/* -- the outside -- */

sw_tick sw_booth_step(struct sw_booth *booth, sw_tick now, bool *wake)
{
    booth->wake = false;
    booth->next = SW_NEVER;
    for (size_t i = 0; i < SW_LINK_VIDEOS; i++)
        if (booth->desks[i].projector.end >= 0)
            hear(booth, &booth->desks[i], now);
    serve_cues(booth, now);
    serve_inquiries(booth, now);
    serve_unknown(booth, now);
    staff(booth, now);
    give_up_all(booth);
    for (size_t i = 0; i < SW_LINK_VIDEOS; i++)
        if (booth->desks[i].track != NULL)
            look_again(booth, sw_soundtrack_feed(booth->desks[i].track, now));
    *wake = booth->wake;
    return booth->next;
}

struct sw_booth *sw_booth_create(const struct sw_booth_config *config)
{
    struct sw_booth *booth = sw_alloc(sizeof *booth);
    booth->config = *config;
    booth->last_inquiry = &booth->inquiries;
    for (size_t i = 0; i < SW_LINK_VIDEOS; i++)
        sw_projector_init(&booth->desks[i].projector, config->bell);
    return booth;
}

void sw_booth_destroy(struct sw_booth *booth)
{
    if (booth == NULL)
        return;
    for (size_t i = 0; i < SW_LINK_VIDEOS; i++) {
        if (booth->desks[i].inquiry != NULL)
            finish_inquiry(booth, booth->desks[i].inquiry, false, "could not be looked at");
        clear_desk(&booth->desks[i], false, 0);
        sw_projector_finish(&booth->desks[i].projector);
    }
    for (struct sw_inquiry *inquiry; (inquiry = booth->inquiries) != NULL;) {
        booth->inquiries = inquiry->next;
        finish_inquiry(booth, inquiry, false, "could not be looked at");
    }
    free(booth);
}

void sw_booth_attach(struct sw_booth *booth, int number, int end, sw_tick now)
{
    struct desk *desk = &booth->desks[number];
    if (desk->projector.end >= 0) /* nobody asked for another: the supervisor knows better */
        drop(booth, desk, "was replaced", now);
    sw_projector_join(&desk->projector, end, now);
    desk->awaited = false;
    desk->since = desk->idle_since = now;
    desk->clips = 0;
}

void sw_booth_inquire(struct sw_booth *booth, struct sw_inquiry *inquiry)
{
    inquiry->next = NULL;
    *booth->last_inquiry = inquiry;
    booth->last_inquiry = &inquiry->next;
}

size_t sw_booth_ends(const struct sw_booth *booth, struct pollfd fds[SW_LINK_VIDEOS])
{
    size_t count = 0;
    for (size_t i = 0; i < SW_LINK_VIDEOS; i++)
        if (booth->desks[i].projector.end >= 0)
            fds[count++] = (struct pollfd){.fd = booth->desks[i].projector.end, .events = POLLIN};
    return count;
}

size_t sw_booth_workers(const struct sw_booth *booth)
{
    size_t count = 0;
    for (size_t i = 0; i < SW_LINK_VIDEOS; i++)
        count += booth->desks[i].projector.end >= 0;
    return count;
}

uint64_t sw_booth_replaced(const struct sw_booth *booth) { return booth->replaced; }
