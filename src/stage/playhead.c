/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/playhead.h"

#include <math.h>

#include "base/hash.h"

static sw_tick sooner(sw_tick a, sw_tick b) { return a < b ? a : b; }

static struct sw_playhead *find(struct sw_playheads *heads, uint64_t identity)
{
    for (size_t i = 0; i < heads->count; i++)
        if (heads->items[i].identity == identity)
            return &heads->items[i];
    return NULL;
}

/* -- one of them -- */

static int64_t at(const struct sw_playhead *head, sw_tick now)
{
    int64_t position = head->position + (head->running && now > head->since ? now - head->since : 0);
    return head->length > 0 && !head->loop && position > head->length ? head->length : position;
}

/* The place in its round. */
static int64_t within(const struct sw_playhead *head, int64_t position)
{
    return head->length > 0 && head->loop ? position % head->length : position;
}

static void move(struct sw_playhead *head, int64_t position, sw_tick now)
{
    head->position = position;
    head->since = now;
}

/* From where it is now it goes on as it now may. */
static void settle(const struct sw_playheads *heads, struct sw_playhead *head, sw_tick now)
{
    bool runs = heads->entered && !heads->rests && head->there && head->plays && head->fingers == 0 && head->wanted < 0;
    if (runs == head->running)
        return;
    move(head, at(head, now), now);
    head->running = runs;
}

/* When it may go elsewhere again. */
static sw_tick may_seek(const struct sw_playhead *head)
{
    return head->sought + (head->picture != head->left ? SW_SEEK_APART_US : SW_SEEK_AWAIT_US);
}

/* Goes where it is wanted, if it may by now. True: it went. */
static bool seek(const struct sw_playheads *heads, struct sw_playhead *head, sw_tick now)
{
    if (head->wanted < 0 || now < may_seek(head))
        return false;
    int64_t position = at(head, now);
    move(head, position + head->wanted - within(head, position), now);
    head->wanted = -1;
    head->sought = now;
    head->left = head->picture;
    head->ended = head->told = false;
    settle(heads, head, now);
    return true;
}

static void want(const struct sw_playheads *heads, struct sw_playhead *head, int64_t to, sw_tick now)
{
    head->wanted = to < 0 ? 0 : head->length > 0 && to > head->length ? head->length : to;
    settle(heads, head, now);
    (void)seek(heads, head, now);
}

/* -- trees -- */

static void note(struct sw_playheads *heads, struct sw_box *box, sw_tick now)
{
    struct sw_playhead *head = find(heads, box->identity);
    if (head == NULL && heads->count == SW_PLAYHEADS_MAX)
        return;
    const struct sw_reel *reel = box->reel;
    if (head == NULL) {
        head = &heads->items[heads->count++];
        *head = (struct sw_playhead){.identity = box->identity,
                                     .clip = reel->clip,
                                     .plays = !heads->still || !reel->loop || reel->controls != NULL,
                                     .wanted = -1,
                                     .sought = now - SW_SEEK_AWAIT_US,
                                     .touched = now};
    }
    if (head->clip != reel->clip) { /* the new one goes on where the one before was in its round, once it is there */
        move(head, within(head, at(head, now)), now);
        head->clip = reel->clip;
        head->there = false;
    }
    head->reel = box->reel;
    head->length = reel->length;
    head->loop = reel->loop;
    head->tree = heads->tree;
    settle(heads, head, now);
}

static void note_seen(struct sw_playheads *heads, struct sw_box *box, sw_tick now)
{
    if (box->hidden)
        return;
    if (box->reel != NULL)
        note(heads, box, now);
    for (struct sw_box *child = box->first; child != NULL; child = child->next)
        note_seen(heads, child, now);
}

void sw_playheads_note(struct sw_playheads *heads, struct sw_box *root, sw_tick now)
{
    size_t kept = 0;
    heads->tree++;
    note_seen(heads, root, now);
    for (size_t i = 0; i < heads->count; i++)
        if (heads->items[i].tree == heads->tree)
            heads->items[kept++] = heads->items[i];
    heads->count = kept;
}

/* -- time -- */

void sw_playheads_enter(struct sw_playheads *heads, sw_tick now)
{
    heads->entered = true;
    for (size_t i = 0; i < heads->count; i++) {
        heads->items[i].touched = now;
        settle(heads, &heads->items[i], now);
    }
}

bool sw_playheads_rest(struct sw_playheads *heads, bool rests, sw_tick now)
{
    if (heads->rests == rests)
        return false;
    heads->rests = rests;
    for (size_t i = 0; i < heads->count; i++)
        settle(heads, &heads->items[i], now);
    return heads->count > 0;
}

static bool ends(const struct sw_playhead *head) { return head->running && !head->loop && head->length > 0; }

bool sw_playheads_step(struct sw_playheads *heads, sw_tick now)
{
    bool changed = false;
    for (size_t i = 0; i < heads->count; i++) {
        struct sw_playhead *head = &heads->items[i];
        changed = seek(heads, head, now) || changed;
        if (!ends(head) || at(head, now) < head->length)
            continue;
        head->ended = changed = true;
        head->plays = false;
        settle(heads, head, now);
    }
    return changed;
}

/* -- their controls -- */

static bool wants_controls(const struct sw_playheads *heads, const struct sw_playhead *head)
{
    return heads->steady || !head->plays || head->fingers > 0;
}

/* 1, and after a while of nobody's touching down to 0. */
static double presence(const struct sw_playheads *heads, const struct sw_playhead *head, sw_tick now)
{
    int64_t alone = now - head->touched - SW_CONTROLS_STAY_US;
    if (wants_controls(heads, head) || alone <= 0)
        return 1;
    return fmax(0, 1 - (double)alone / (double)SW_CONTROLS_FADE_US);
}

static sw_tick next_of(const struct sw_playheads *heads, const struct sw_playhead *head, sw_tick now)
{
    sw_tick next = head->wanted >= 0 ? may_seek(head) : SW_NEVER;
    if (ends(head))
        next = sooner(next, head->since + head->length - head->position);
    if (head->reel->controls == NULL)
        return next;
    if (head->presence != presence(heads, head, now))
        return now;
    sw_tick fades = head->touched + SW_CONTROLS_STAY_US;
    bool goes = !wants_controls(heads, head) && now < fades + SW_CONTROLS_FADE_US;
    return goes ? sooner(next, now < fades ? fades : now) : next;
}

sw_tick sw_playheads_next(const struct sw_playheads *heads, sw_tick now)
{
    sw_tick next = SW_NEVER;
    for (size_t i = 0; i < heads->count && heads->entered; i++)
        next = sooner(next, next_of(heads, &heads->items[i], now));
    return next;
}

size_t sw_playheads_drawn(struct sw_playheads *heads, uint64_t key, double volume, sw_tick now, struct sw_playback out[SW_PLAYHEADS_MAX])
{
    for (size_t i = 0; i < heads->count; i++) {
        struct sw_playhead *head = &heads->items[i];
        int64_t position = at(head, now);
        out[i] = (struct sw_playback){.identity = head->identity,
                                      .key = sw_hash_number(sw_hash_number(key, head->identity), head->clip),
                                      .running = head->running,
                                      .position = position,
                                      .tick = now,
                                      .volume = volume,
                                      .shown = head->wanted >= 0 ? head->wanted : within(head, position),
                                      .held = head->fingers > 0,
                                      .plays = head->plays,
                                      .ended = head->ended,
                                      .presence = presence(heads, head, now),
                                      .there = head->there,
                                      .picture = head->picture};
        head->presence = out[i].presence;
        if (head->reel->controls != NULL)
            head->reel->controls->hidden = head->presence == 0;
    }
    return heads->count;
}

bool sw_playheads_seen(struct sw_playheads *heads, const struct sw_playback *playbacks, size_t count, sw_tick now)
{
    bool begins = false; /* or goes on to where it is wanted */
    for (size_t i = 0; i < count; i++) {
        struct sw_playhead *head = find(heads, playbacks[i].identity);
        if (head == NULL)
            continue;
        begins = begins || (head->wanted >= 0 && head->picture != playbacks[i].picture);
        head->picture = playbacks[i].picture;
        if (head->there || !playbacks[i].there)
            continue;
        head->there = true;
        settle(heads, head, now);
        begins = begins || head->running;
    }
    return begins;
}

/* -- what is done to them -- */

static void play(const struct sw_playheads *heads, struct sw_playhead *head, bool plays, sw_tick now)
{
    head->plays = plays;
    settle(heads, head, now);
    if (plays && head->ended)
        want(heads, head, 0, now);
    head->ended = head->ended && !plays;
}

void sw_playheads_play(struct sw_playheads *heads, uint64_t identity, enum sw_playing what, sw_tick now)
{
    struct sw_playhead *head = find(heads, identity);
    if (head == NULL)
        return;
    head->touched = now;
    play(heads, head, what == SW_PLAYING_PLAY || (what == SW_PLAYING_TOGGLE && !head->plays), now);
}

void sw_playheads_seek(struct sw_playheads *heads, uint64_t identity, int64_t to, sw_tick now)
{
    struct sw_playhead *head = find(heads, identity);
    if (head != NULL)
        want(heads, head, to, now);
}

void sw_playheads_touch(struct sw_playheads *heads, uint64_t identity, sw_tick now)
{
    struct sw_playhead *head = find(heads, identity);
    if (head != NULL)
        head->touched = now;
}

void sw_playheads_scrub(struct sw_playheads *heads, uint64_t identity, double share, bool begins, sw_tick now)
{
    struct sw_playhead *head = find(heads, identity);
    if (head == NULL || head->length <= 0)
        return;
    head->fingers += begins ? 1 : 0;
    head->touched = now;
    if (head->ended) { /* moved away from its end it goes on */
        head->ended = false;
        head->plays = true;
    }
    want(heads, head, (int64_t)(fmin(1, fmax(0, share)) * (double)head->length), now);
}

void sw_playheads_let_go(struct sw_playheads *heads, uint64_t identity, sw_tick now)
{
    struct sw_playhead *head = find(heads, identity);
    if (head == NULL || head->fingers == 0)
        return;
    head->fingers--;
    head->touched = now;
    settle(heads, head, now);
}

/* -- what comes of them -- */

const struct sw_playhead *sw_playheads_ended(struct sw_playheads *heads)
{
    for (size_t i = 0; i < heads->count; i++) {
        struct sw_playhead *head = &heads->items[i];
        if (head->ended && !head->told) {
            head->told = true;
            return head;
        }
    }
    return NULL;
}

static sw_tick watched(const struct sw_playhead *head, sw_tick touched)
{
    sw_tick from = touched > head->since ? touched : head->since;
    int64_t position = within(head, head->position + (from - head->since));
    return sooner(from + (head->length > position ? head->length - position : 0), touched + SW_WATCH_US);
}

sw_tick sw_playheads_watched(const struct sw_playheads *heads, sw_tick touched)
{
    sw_tick until = touched;
    for (size_t i = 0; i < heads->count; i++) {
        const struct sw_playhead *head = &heads->items[i];
        sw_tick own = head->running && head->length > 0 ? watched(head, touched) : touched;
        until = own > until ? own : until;
    }
    return until;
}
