/* SPDX-License-Identifier: EUPL-1.2 */
/* What the main thread and the cinema's thread know together: clips, and the cues that are asked for, each with its pictures that wait for
 * their time. The main thread makes cues and asks; the cinema's thread sees what is wished, puts in what has come and ends cues. A picture
 * is on when it is the last one whose position the cue has reached: so they are as even as the clip, however they came. One lock inside. */
#ifndef SW_MEDIA_PROGRAMME_H
#define SW_MEDIA_PROGRAMME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "base/tick.h"
#include "media/cinema.h"
#include "view/asset.h"

#define SW_CUES_MAX 64
#define SW_JUMP_US (250 * SW_MS) /* a cue that is elsewhere by more than this is sought, less is made up for on the way */
#define SW_LINGER_US SW_SECOND   /* how long the last picture stands for one who plays no more */

struct sw_programme;

struct sw_programme *sw_programme_create(void) __attribute__((returns_nonnull));
void sw_programme_destroy(struct sw_programme *programme); /* accepts NULL */

/* -- main thread -- */

/* As in struct sw_videos. */
enum sw_asset_state sw_programme_clip(struct sw_programme *programme, uint32_t hall, const char *path, struct sw_clip *clip);
enum sw_asset_state sw_programme_frame(struct sw_programme *programme, uint32_t hall, const struct sw_cue *cue, struct sw_frame *frame);
/* Once a frame; true if something has come that nobody expected. */
bool sw_programme_collect(struct sw_programme *programme);
/* A hall has come that will ask for clips (1), or is shut (-1). */
void sw_programme_expect(struct sw_programme *programme, int halls);
/* Its clips are forgotten, its cues let go. */
void sw_programme_shut(struct sw_programme *programme, uint32_t hall);
size_t sw_programme_pending(struct sw_programme *programme);
/* Fills in `clips`, `count`, `given_up` and `last`. */
void sw_programme_describe(struct sw_programme *programme, struct sw_cinema_report *report);
/* True, once: something has been asked that the other thread does not know yet. */
bool sw_programme_news(struct sw_programme *programme);

/* -- the cinema's thread -- */

/* A cue as it is asked for now. */
struct sw_wish {
    uint64_t id, key; /* never given twice; the cue's own */
    uint32_t hall;
    const char *path; /* stays until sw_programme_end */
    int64_t from, until;
    bool loop, sound;
    double volume;
    bool running;
    int64_t position; /* at `tick` */
    sw_tick tick;
    uint32_t jump; /* counts how often it was sought */
    bool over;     /* it has come to the clip's end: no worker is needed */
    bool failed;   /* nothing will come any more */
    bool gone;     /* nobody asks any more: to be ended */
};
/* All of them, in the order of their making; returns how many. */
size_t sw_programme_wishes(struct sw_programme *programme, struct sw_wish wishes[SW_CUES_MAX], sw_tick now);
/* The cue is no more; its pictures are let go. */
void sw_programme_end(struct sw_programme *programme, uint64_t id);
/* The next clip whose facts somebody waits for and no cue will bring: its hall and path (copied, to be freed). False: none. */
bool sw_programme_unknown(struct sw_programme *programme, uint32_t *hall, char **path) SW_MUST;
/* Whether there are any such clips, those included that a worker has been asked about. */
bool sw_programme_has_unknown(struct sw_programme *programme);
/* Whether anybody has asked for a clip, or is expected to. */
bool sw_programme_is_used(struct sw_programme *programme);

/* What is known of a clip now. True: the main thread is to be woken. So for all below. */
bool sw_programme_know(struct sw_programme *programme, uint32_t hall, const char *path, const struct sw_clip *clip, int64_t period) SW_MUST;
/* It cannot be played at all; why is said once in the log. */
bool sw_programme_fail(struct sw_programme *programme, uint32_t hall, const char *path, const char *why) SW_MUST;
/* It has taken a worker down, `how`: "died"; NULL: the worker is gone, but not by its fault. */
bool sw_programme_blame(struct sw_programme *programme, uint32_t hall, const char *path, const char *how) SW_MUST;
/* A picture of the cue, taken over; `jump` as in the wish that it follows; `missed` pictures in front of it were left out. */
bool sw_programme_put(struct sw_programme *programme, uint64_t id, uint32_t jump, struct sw_bitmap *bitmap, int64_t position,
                      uint64_t missed) SW_MUST;
/* The clip has been played to its end, which is at `position`. */
bool sw_programme_ended(struct sw_programme *programme, uint64_t id, uint32_t jump, int64_t position) SW_MUST;
/* Whether there are workers at all: without, what is not known or seen yet has failed for now. */
bool sw_programme_staff(struct sw_programme *programme, bool there_are) SW_MUST;
/* Its worker has gone. */
bool sw_programme_lost(struct sw_programme *programme, uint64_t id, sw_tick now) SW_MUST;

#endif
