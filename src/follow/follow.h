/* SPDX-License-Identifier: EUPL-1.2 */
/* Follows a published folder (design.md section 5): asks what the newest is, verifies it, fetches what is missing and puts it into the
 * store, where it is whole or is not there. It knows no network: bytes come from an origin. What is wrong is said in one line, once, and
 * tried again later; what plays is never touched. Which generation is played is not decided here.
 *
 * One look after the other: `current.json` → key lists, in order from the pinned root on → playlists → what a generation of the store has
 * lost → the manifest of the newest release → its content list → what is missing of its objects, four at a time → a new generation.
 *
 * The store is held while something is brought in, and let go after; so another process may do the same in between. One thread. */
#ifndef SW_FOLLOW_FOLLOW_H
#define SW_FOLLOW_FOLLOW_H

#include "base/log.h"
#include "follow/origin.h"
#include "store/start.h"

#define SW_FOLLOW_TEXT_MAX 240 /* bytes of a line that says something */

struct sw_follow_options {
    const char *store; /* its folder */
    struct sw_subscriber subscriber;
    struct sw_origin origin;
    uint64_t quota;  /* bytes that all objects may have together; 0: no limit */
    int64_t poll;    /* between two looks, microseconds; 0: it looks once */
    uint64_t chance; /* where jitter begins: another number for each wall and start */
    /* Each line that is worth a log: faults and warnings when they are new, and what was brought. */
    void (*say)(void *context, enum sw_log_level level, const char *line);
    void *context;
};

enum sw_follow_phase {
    SW_FOLLOW_WAITING, /* for the next look; `fault` says what is wrong, if anything is */
    SW_FOLLOW_ASKING,  /* for what the newest is */
    SW_FOLLOW_LISTS,   /* key lists, playlists, manifest, content list */
    SW_FOLLOW_OBJECTS, /* what is missing */
};

/* What can be seen of it. */
struct sw_follow_view {
    enum sw_follow_phase phase;
    uint64_t done_bytes, all_bytes; /* OBJECTS; done <= all */
    size_t done_objects, all_objects;
    char doing[SW_FOLLOW_TEXT_MAX]; /* what is being fetched; "" nothing */
    char fault[SW_FOLLOW_TEXT_MAX]; /* why the last look did not bring all that it should; "" it did */
    sw_instant contact;             /* of the last good answer; 0: there was none yet */
    int64_t published;              /* the version of the newest release, as the folder says; 0: none yet */
    unsigned brought;               /* counts what came into the store: generations, playlists */
};

struct sw_follow;

/* All strings are copied. Looks at once. */
struct sw_follow *sw_follow_create(const struct sw_follow_options *options) SW_MUST;
void sw_follow_destroy(struct sw_follow *follow); /* what is under way is left to be resumed. Accepts NULL */
/* Does what is due, a little at a time, and says when it wants to be called again: `tick` itself where there is more to do at once.
 * `tick`: of the monotonic clock; `now`: of the wall's. */
sw_tick sw_follow_step(struct sw_follow *follow, sw_tick tick, sw_instant now);
/* The next look comes with the next step: somebody asks for it. */
void sw_follow_hurry(struct sw_follow *follow);
/* An object of the store has rotted: it is removed, and the next look fetches it again where a generation needs it. */
void sw_follow_rotten(struct sw_follow *follow, const struct sw_digest *digest);
/* What nobody needs any more is removed, as soon as nothing is being fetched that would be among it. */
void sw_follow_collect(struct sw_follow *follow);
const struct sw_follow_view *sw_follow_view(const struct sw_follow *follow);
/* True: no look is under way. */
bool sw_follow_rests(const struct sw_follow *follow);

/* The store, to be written by the caller too; let it go again soon. NULL with *status set: another process has it, or it cannot be. */
struct sw_store *sw_follow_hold(struct sw_follow *follow, enum sw_store_status *status) SW_MUST;
void sw_follow_let_go(struct sw_follow *follow);

#endif
