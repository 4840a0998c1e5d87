/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/programme.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/thread.h"
#include "media/clip_list.h"
#include "media/strip.h"

#define STEER_US (5 * SW_MS)          /* how far a cue may be from where it was said to be */
#define LOOK_US (20 * SW_MS)          /* between two looks for the picture that one was sought to where it stands */
#define UNASKED_FRAMES 2              /* and ... */
#define UNASKED_US (200 * SW_MS)      /* ... so long: nobody wants it any more */
#define UNANSWERED_US (10 * SW_SECOND) /* the same for one that nobody could draw */

struct cue {
    struct cue *next;
    /* constant */
    uint64_t id, key;
    struct sw_known_clip *clip;
    int64_t from, until;
    bool loop;
    /* as asked; its course is kept until another one is told */
    double volume;
    bool running;
    int64_t position;
    sw_tick tick;
    uint32_t jump;
    sw_tick asked_tick;
    uint64_t asked_frame;
    bool replaced; /* something else is played under its key, or its hall is shut */
    /* what has come */
    struct sw_strip strip;
    bool starving;   /* the last one who asked could not be told when to ask again */
    bool unanswered; /* the last one who asked got no picture */
    bool ended; /* all of it has come, to */
    int64_t end; /* this position */
    int64_t put_at;     /* position of the last one that came; -1: none */
    sw_tick lost_at;    /* SW_NEVER: somebody plays it, or nobody has yet */
    sw_tick idle_since; /* nobody has asked; SW_NEVER: somebody has */
    struct sw_tally tally;
};

struct sw_programme {
    /* guarded by lock */
    struct sw_mutex lock;
    struct sw_clip_list clips;
    struct cue *cues, **last_cue;
    size_t cue_count, given_up;
    int expected; /* halls that will ask */
    uint64_t last_id, frame;
    bool changed, news, unstaffed;
    char last_given_up[SW_CINEMA_NAME_MAX];
};

/* -- clips -- */

enum sw_asset_state sw_programme_clip(struct sw_programme *programme, uint32_t hall, const char *path, struct sw_clip *known)
{
    sw_mutex_lock(&programme->lock);
    struct sw_known_clip *clip = sw_clip_list_find_or_add(&programme->clips, hall, path);
    enum sw_asset_state state = clip != NULL ? clip->state : SW_ASSET_FAILED;
    if (state == SW_ASSET_READY)
        *known = clip->facts;
    else if (state == SW_ASSET_PENDING && !clip->wanted)
        clip->wanted = programme->news = true;
    if (state == SW_ASSET_PENDING && programme->unstaffed)
        state = SW_ASSET_FAILED;
    sw_mutex_unlock(&programme->lock);
    return state;
}

/* -- a cue's pictures -- */

/* Where it is at `tick`, by what was told last. */
static int64_t position_at(const struct cue *cue, sw_tick tick)
{
    return cue->running ? cue->position + (tick - cue->tick) : cue->position;
}

static void turn(struct cue *cue, sw_tick tick, int64_t position)
{
    int64_t before = cue->strip.on.position;
    size_t passed = sw_strip_turn(&cue->strip, position);
    if (passed == 0 || !cue->running)
        return;
    if (cue->strip.on.position < before)
        sw_tally_break(&cue->tally);
    cue->tally.dropped += passed - 1;
    sw_tally_show(&cue->tally, tick, cue->strip.on.position, cue->clip->period);
}

/* When another picture is due, as far as that can be told; else the cue starves: whatever comes is worth a drawing. */
static sw_tick next_due(struct cue *cue, sw_tick tick, int64_t position)
{
    sw_tick end = cue->lost_at != SW_NEVER ? cue->lost_at + SW_LINGER_US : SW_NEVER;
    sw_tick next = SW_NEVER;
    cue->starving = false;
    if (!cue->running)
        return cue->strip.fresh && tick + LOOK_US < end ? tick + LOOK_US : end;
    if (cue->strip.count > 0)
        next = tick + (cue->strip.waiting[0].position - position);
    else if (!cue->ended && cue->clip->period > 0 && cue->strip.on.position + cue->clip->period > position)
        next = tick + (cue->strip.on.position + cue->clip->period - position);
    else
        cue->starving = !cue->ended;
    return next < end ? next : end;
}

/* -- asking -- */

static struct cue *find_cue(const struct sw_programme *programme, uint32_t hall, uint64_t key)
{
    struct cue *cue = programme->cues;
    while (cue != NULL && (cue->key != key || cue->clip->hall != hall || cue->replaced))
        cue = cue->next;
    return cue;
}

static struct cue *cue_of(const struct sw_programme *programme, uint64_t id)
{
    struct cue *cue = programme->cues;
    while (cue != NULL && cue->id != id)
        cue = cue->next;
    return cue;
}

static bool plays_same(const struct cue *cue, const struct sw_cue *asked)
{
    return strcmp(cue->clip->path, asked->path) == 0 && cue->from == asked->from && cue->until == asked->until && cue->loop == asked->loop;
}

static void set_course(struct cue *cue, const struct sw_cue *asked)
{
    cue->running = asked->running;
    cue->position = asked->position;
    cue->tick = asked->tick;
    cue->volume = asked->volume;
}

/* NULL: there are too many. */
static struct cue *add_cue(struct sw_programme *programme, uint32_t hall, const struct sw_cue *asked)
{
    struct sw_known_clip *clip = programme->cue_count < SW_CUES_MAX ? sw_clip_list_find_or_add(&programme->clips, hall, asked->path) : NULL;
    if (clip == NULL)
        return NULL;
    struct cue *cue = sw_alloc(sizeof *cue);
    *cue = (struct cue){.id = ++programme->last_id, .key = asked->key, .clip = clip, .from = asked->from, .until = asked->until,
                        .loop = asked->loop, .strip.fresh = true, .put_at = -1, .lost_at = SW_NEVER, .idle_since = SW_NEVER};
    set_course(cue, asked);
    sw_tally_init(&cue->tally);
    clip->cues++;
    *programme->last_cue = cue;
    programme->last_cue = &cue->next;
    programme->cue_count++;
    programme->news = true;
    return cue;
}

/* What is told only now; true if the other thread is to know. */
static bool follow(struct cue *cue, const struct sw_cue *asked)
{
    int64_t off = asked->position - position_at(cue, asked->tick);
    bool sought = off > SW_JUMP_US || off < -SW_JUMP_US, other = cue->running != asked->running;
    if (sought) {
        cue->jump++;
        cue->ended = false;
        cue->put_at = -1;
        sw_strip_restart(&cue->strip);
    }
    if (sought || other)
        sw_tally_break(&cue->tally);
    if (!sought && !other && off <= STEER_US && off >= -STEER_US && cue->volume == asked->volume)
        return false;
    set_course(cue, asked);
    return true;
}

static enum sw_asset_state answer(struct cue *cue, const struct sw_cue *asked, bool unstaffed, struct sw_frame *frame)
{
    bool failed = cue->clip->state == SW_ASSET_FAILED || (unstaffed && cue->strip.on.bitmap == NULL);
    bool lingered = cue->lost_at != SW_NEVER && asked->tick - cue->lost_at >= SW_LINGER_US;
    cue->unanswered = failed || lingered || cue->strip.on.bitmap == NULL;
    if (failed || lingered) {
        cue->starving = true;
        return SW_ASSET_FAILED;
    }
    if (cue->strip.on.bitmap == NULL) {
        cue->starving = true;
        return SW_ASSET_PENDING;
    }
    *frame = (struct sw_frame){.bitmap = cue->strip.on.bitmap, .next = next_due(cue, asked->tick, asked->position)};
    return SW_ASSET_READY;
}

enum sw_asset_state sw_programme_frame(struct sw_programme *programme, uint32_t hall, const struct sw_cue *asked, struct sw_frame *frame)
{
    enum sw_asset_state state = SW_ASSET_FAILED;
    sw_mutex_lock(&programme->lock);
    struct cue *cue = find_cue(programme, hall, asked->key);
    if (cue != NULL && !plays_same(cue, asked)) {
        cue->replaced = programme->news = true;
        cue = NULL;
    }
    if (cue == NULL)
        cue = add_cue(programme, hall, asked);
    else if (follow(cue, asked))
        programme->news = true;
    if (cue != NULL) {
        cue->asked_frame = programme->frame;
        cue->asked_tick = asked->tick;
        cue->idle_since = SW_NEVER;
        turn(cue, asked->tick, asked->position);
        state = answer(cue, asked, programme->unstaffed, frame);
    }
    sw_mutex_unlock(&programme->lock);
    return state;
}

bool sw_programme_collect(struct sw_programme *programme)
{
    sw_mutex_lock(&programme->lock);
    bool changed = programme->changed;
    programme->changed = false;
    programme->frame++;
    sw_mutex_unlock(&programme->lock);
    return changed;
}

bool sw_programme_news(struct sw_programme *programme)
{
    sw_mutex_lock(&programme->lock);
    bool news = programme->news;
    programme->news = false;
    sw_mutex_unlock(&programme->lock);
    return news;
}

void sw_programme_expect(struct sw_programme *programme, int halls)
{
    sw_mutex_lock(&programme->lock);
    programme->expected += halls;
    programme->news = true;
    sw_mutex_unlock(&programme->lock);
}

void sw_programme_shut(struct sw_programme *programme, uint32_t hall)
{
    sw_mutex_lock(&programme->lock);
    for (struct cue *cue = programme->cues; cue != NULL; cue = cue->next)
        cue->replaced = cue->replaced || cue->clip->hall == hall;
    for (struct sw_known_clip *clip = programme->clips.first; clip != NULL; clip = clip->next)
        clip->shut = clip->shut || clip->hall == hall;
    sw_clip_list_sweep(&programme->clips);
    programme->news = true;
    sw_mutex_unlock(&programme->lock);
}

size_t sw_programme_pending(struct sw_programme *programme)
{
    size_t pending = 0;
    sw_mutex_lock(&programme->lock);
    for (const struct sw_known_clip *clip = programme->clips.first; clip != NULL; clip = clip->next)
        pending += clip->wanted && !clip->shut && clip->state == SW_ASSET_PENDING;
    for (const struct cue *cue = programme->cues; cue != NULL; cue = cue->next)
        pending += !cue->replaced && cue->clip->state != SW_ASSET_FAILED && cue->strip.on.bitmap == NULL && cue->strip.count == 0;
    if (programme->unstaffed)
        pending = 0;
    sw_mutex_unlock(&programme->lock);
    return pending;
}

static const char *state_of(const struct cue *cue)
{
    if (cue->clip->state == SW_ASSET_FAILED)
        return "failed";
    if (cue->lost_at != SW_NEVER)
        return "lost";
    if (cue->strip.on.bitmap == NULL)
        return "waiting";
    return cue->ended && cue->strip.count == 0 ? "ended" : cue->running ? "playing" : "standing";
}

/* The end of a path that is too long. */
static void copy_name(char out[SW_CINEMA_NAME_MAX], const char *path)
{
    size_t length = strlen(path), skip = length < SW_CINEMA_NAME_MAX ? 0 : length - SW_CINEMA_NAME_MAX + 1;
    while (((unsigned char)path[skip] & 0xc0) == 0x80)
        skip++;
    memcpy(out, path + skip, length - skip + 1);
}

void sw_programme_describe(struct sw_programme *programme, struct sw_cinema_report *report)
{
    sw_mutex_lock(&programme->lock);
    report->count = 0;
    for (const struct cue *cue = programme->cues; cue != NULL && report->count < SW_CINEMA_REPORTS; cue = cue->next) {
        struct sw_cinema_clip *clip = &report->clips[report->count];
        if (cue->replaced)
            continue;
        copy_name(clip->path, cue->clip->path);
        clip->state = state_of(cue);
        clip->tally = cue->tally;
        report->count++;
    }
    report->given_up = programme->given_up;
    memcpy(report->last, programme->last_given_up, sizeof report->last);
    sw_mutex_unlock(&programme->lock);
}

/* -- the cinema's thread -- */

/* One whose picture lies in a drawing is shown, however long that stands. */
static bool is_wanted(struct cue *cue, uint64_t frame, sw_tick now)
{
    bool asked = frame - cue->asked_frame < UNASKED_FRAMES;
    if (cue->replaced)
        return false;
    if (asked || sw_strip_is_held(&cue->strip)) {
        cue->idle_since = SW_NEVER;
        return true;
    }
    if (cue->idle_since == SW_NEVER)
        cue->idle_since = now;
    return now - cue->idle_since < (cue->unanswered ? UNANSWERED_US : UNASKED_US);
}

size_t sw_programme_wishes(struct sw_programme *programme, struct sw_wish wishes[SW_CUES_MAX], sw_tick now)
{
    size_t count = 0;
    sw_mutex_lock(&programme->lock);
    for (struct cue *cue = programme->cues; cue != NULL; cue = cue->next) {
        wishes[count++] = (struct sw_wish){.id = cue->id, .key = cue->key, .hall = cue->clip->hall, .path = cue->clip->path,
                                           .from = cue->from, .until = cue->until, .loop = cue->loop, .sound = cue->volume > 0,
                                           .volume = cue->volume, .running = cue->running, .position = cue->position, .tick = cue->tick,
                                           .jump = cue->jump, .over = cue->ended && position_at(cue, now) >= cue->end,
                                           .failed = cue->clip->state == SW_ASSET_FAILED,
                                           .gone = !is_wanted(cue, programme->frame, now)};
    }
    sw_mutex_unlock(&programme->lock);
    return count;
}

void sw_programme_end(struct sw_programme *programme, uint64_t id)
{
    sw_mutex_lock(&programme->lock);
    struct cue **place = &programme->cues;
    while (*place != NULL && (*place)->id != id)
        place = &(*place)->next;
    struct cue *cue = *place;
    if (cue != NULL) {
        *place = cue->next;
        if (programme->last_cue == &cue->next)
            programme->last_cue = place;
        programme->cue_count--;
        cue->clip->cues--;
        sw_strip_finish(&cue->strip);
        free(cue);
        sw_clip_list_sweep(&programme->clips);
    }
    sw_mutex_unlock(&programme->lock);
}

static bool is_unknown(const struct sw_known_clip *clip)
{
    return !clip->shut && clip->wanted && clip->state == SW_ASSET_PENDING && clip->cues == 0;
}

bool sw_programme_has_unknown(struct sw_programme *programme)
{
    sw_mutex_lock(&programme->lock);
    const struct sw_known_clip *clip = programme->clips.first;
    while (clip != NULL && !is_unknown(clip))
        clip = clip->next;
    sw_mutex_unlock(&programme->lock);
    return clip != NULL;
}

bool sw_programme_unknown(struct sw_programme *programme, uint32_t *hall, char **path)
{
    sw_mutex_lock(&programme->lock);
    struct sw_known_clip *clip = programme->clips.first;
    while (clip != NULL && (clip->probing || !is_unknown(clip)))
        clip = clip->next;
    if (clip != NULL) {
        clip->probing = true;
        *hall = clip->hall;
        *path = sw_strdup(clip->path);
    }
    sw_mutex_unlock(&programme->lock);
    return clip != NULL;
}

bool sw_programme_is_used(struct sw_programme *programme)
{
    sw_mutex_lock(&programme->lock);
    bool used = programme->clips.first != NULL || programme->expected > 0;
    sw_mutex_unlock(&programme->lock);
    return used;
}

bool sw_programme_know(struct sw_programme *programme, uint32_t hall, const char *path, const struct sw_clip *facts, int64_t period)
{
    bool news = false;
    sw_mutex_lock(&programme->lock);
    struct sw_known_clip *clip = sw_clip_list_find(&programme->clips, hall, path);
    if (clip != NULL && clip->state != SW_ASSET_FAILED) {
        news = clip->state == SW_ASSET_PENDING && clip->wanted;
        clip->facts = *facts;
        clip->period = period;
        clip->state = SW_ASSET_READY;
        clip->probing = false;
    }
    programme->changed = programme->changed || news;
    sw_mutex_unlock(&programme->lock);
    return news;
}

/* The lock is held. */
static void give_up(struct sw_programme *programme, struct sw_known_clip *clip)
{
    clip->state = SW_ASSET_FAILED;
    clip->probing = false;
    programme->changed = true;
    for (struct cue *cue = programme->cues; cue != NULL; cue = cue->next)
        if (cue->clip == clip)
            sw_strip_finish(&cue->strip);
}

bool sw_programme_fail(struct sw_programme *programme, uint32_t hall, const char *path, const char *why)
{
    sw_mutex_lock(&programme->lock);
    struct sw_known_clip *clip = sw_clip_list_find(&programme->clips, hall, path);
    bool news = clip != NULL && clip->state != SW_ASSET_FAILED;
    if (news) {
        sw_log(SW_LOG_WARNING, "cinema", "%s %s", path, why);
        give_up(programme, clip);
    }
    sw_mutex_unlock(&programme->lock);
    return news;
}

bool sw_programme_blame(struct sw_programme *programme, uint32_t hall, const char *path, const char *how)
{
    sw_mutex_lock(&programme->lock);
    struct sw_known_clip *clip = sw_clip_list_find(&programme->clips, hall, path);
    bool news = clip != NULL && how != NULL && clip->state != SW_ASSET_FAILED && sw_known_clip_blame(clip);
    if (clip != NULL)
        clip->probing = false;
    if (news) {
        sw_log(SW_LOG_ERROR, "cinema", "%s: %d workers have been lost on it, the last one %s: it is not played any more", path,
               clip->failures, how);
        give_up(programme, clip);
        programme->given_up++;
        copy_name(programme->last_given_up, path);
    }
    sw_mutex_unlock(&programme->lock);
    return news;
}

static void prove(struct cue *cue, int64_t position)
{
    int64_t end = cue->until > 0 ? cue->until : cue->clip->facts.length;
    if (cue->put_at >= 0 && position > cue->put_at)
        sw_known_clip_prove(cue->clip, position - cue->put_at, end - cue->from);
    cue->put_at = position;
}

/* The lock is held; the picture is for this cue. */
static void take_picture(struct cue *cue, struct sw_bitmap *bitmap, int64_t position, uint64_t missed)
{
    if (cue->lost_at != SW_NEVER) { /* the first of a new worker's */
        sw_strip_restart(&cue->strip);
        cue->lost_at = SW_NEVER;
        cue->put_at = -1;
    }
    if (!cue->strip.fresh && cue->running) {
        cue->tally.dropped += missed;
        cue->tally.late += position < position_at(cue, cue->asked_tick);
    }
    prove(cue, position);
    cue->tally.dropped += sw_strip_put(&cue->strip, bitmap, position);
}

bool sw_programme_put(struct sw_programme *programme, uint64_t id, uint32_t jump, struct sw_bitmap *bitmap, int64_t position,
                      uint64_t missed)
{
    bool news = false;
    sw_mutex_lock(&programme->lock);
    struct cue *cue = cue_of(programme, id);
    if (cue == NULL || cue->jump != jump || cue->replaced || cue->clip->state == SW_ASSET_FAILED) {
        sw_bitmap_release(bitmap);
    } else {
        take_picture(cue, bitmap, position, missed);
        news = cue->strip.fresh || (cue->starving && (cue->running || cue->unanswered));
        cue->starving = false;
    }
    sw_mutex_unlock(&programme->lock);
    return news;
}

bool sw_programme_ended(struct sw_programme *programme, uint64_t id, uint32_t jump, int64_t position)
{
    sw_mutex_lock(&programme->lock);
    struct cue *cue = cue_of(programme, id);
    if (cue != NULL && cue->jump == jump) {
        prove(cue, position);
        cue->ended = true;
        cue->end = position;
        cue->lost_at = SW_NEVER;
    }
    sw_mutex_unlock(&programme->lock);
    return false;
}

bool sw_programme_lost(struct sw_programme *programme, uint64_t id, sw_tick now)
{
    sw_mutex_lock(&programme->lock);
    struct cue *cue = cue_of(programme, id);
    bool news = cue != NULL && cue->lost_at == SW_NEVER && !cue->ended;
    if (news)
        cue->lost_at = now;
    sw_mutex_unlock(&programme->lock);
    return news;
}

bool sw_programme_staff(struct sw_programme *programme, bool there_are)
{
    sw_mutex_lock(&programme->lock);
    bool news = programme->unstaffed == there_are;
    programme->unstaffed = !there_are;
    programme->changed = programme->changed || news;
    sw_mutex_unlock(&programme->lock);
    return news;
}

/* -- the outside -- */

struct sw_programme *sw_programme_create(void)
{
    struct sw_programme *programme = sw_alloc(sizeof *programme);
    *programme = (struct sw_programme){.cues = NULL};
    programme->last_cue = &programme->cues;
    sw_mutex_init(&programme->lock);
    return programme;
}

void sw_programme_destroy(struct sw_programme *programme)
{
    if (programme == NULL)
        return;
    while (programme->cues != NULL)
        sw_programme_end(programme, programme->cues->id);
    for (struct sw_known_clip *clip = programme->clips.first; clip != NULL; clip = clip->next)
        clip->shut = true;
    sw_clip_list_sweep(&programme->clips);
    assert(programme->clips.count == 0 && programme->cue_count == 0);
    sw_mutex_finish(&programme->lock);
    free(programme);
}
