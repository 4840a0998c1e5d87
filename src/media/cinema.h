/* SPDX-License-Identifier: EUPL-1.2 */
/* The player's end of the video workers. It fills in `struct sw_videos` (view/asset.h): for each cue that is asked for a worker plays the
 * clip, and a thread of its own ("cinema") hands out the files as descriptors, checks whatever comes back and keeps the pictures until they
 * are due. A worker that dies, is silent, stands still, floods or lies is replaced, and its clip goes on where it would be by then; the
 * last picture stays meanwhile, for a second at most. A clip that takes three workers down without having played through in between is
 * given up for as long as its hall is open. All functions: main thread, where nothing else is said. */
#ifndef SW_MEDIA_CINEMA_H
#define SW_MEDIA_CINEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/file.h"
#include "base/link.h"
#include "base/must.h"
#include "base/tick.h"
#include "media/tally.h"
#include "view/asset.h"

#define SW_CINEMA_FAULT_MAX 160 /* bytes of a fault's text */
#define SW_CINEMA_NAME_MAX 96   /* of a path, as a report has it */
#define SW_CINEMA_REPORTS 16

/* Where the sound of clips goes; `key` is the cue's. The cinema's thread calls; nothing here may wait. */
struct sw_sound_sink {
    void (*open)(void *context, uint64_t key); /* a clip's sound begins */
    /* Stereo, 48 kHz, copied; in order; a position that does not follow on is a seek or a hole. `due`: when its first sample is to be
     * heard. */
    void (*put)(void *context, uint64_t key, int64_t position, sw_tick due, const int16_t *samples, size_t frames);
    void (*flush)(void *context, uint64_t key); /* paused or sought: what waits is not to be heard any more */
    void (*volume)(void *context, uint64_t key, double volume); /* 0..1, first behind `open`, then whenever it changes */
    void (*close)(void *context, uint64_t key); /* what waits is still to be heard, unless it was flushed */
    void *context;
};

struct sw_cinema_config {
    int link;                          /* the player's end to the supervisor, borrowed (-1: none); workers are asked for over it */
    const struct sw_sound_sink *sound; /* outlives the cinema; NULL: no sound is decoded */
    bool still;                        /* as in struct sw_videos */
    sw_tick (*now)(void);
    void (*wake)(void *context);       /* called by the cinema's thread when something has come; may be NULL; must only post and return */
    void *wake_context;
};

struct sw_cinema;
struct sw_hall; /* the clips below one root */

/* The thread starts with the first clip that is asked for. */
struct sw_cinema *sw_cinema_create(const struct sw_cinema_config *config) SW_MUST;
/* Stops and joins the thread, closes the workers' ends (they end by that). Its halls have been shut; pictures that somebody still holds
 * stay whole. Accepts NULL. */
void sw_cinema_destroy(struct sw_cinema *cinema);
/* A fresh end to video worker `number` (SW_LINK_VIDEO), taken over. Any thread. */
void sw_cinema_attach(struct sw_cinema *cinema, int64_t number, int end);

/* The clips below `root`, which outlives them. `films`: there are some, so that a worker is made
 * ready at once, unless all is still. */
struct sw_hall *sw_cinema_open(struct sw_cinema *cinema, const struct sw_root *root, bool films) __attribute__((returns_nonnull));
/* Its cues end; the root is no longer used. May wait for one file to be opened. Accepts NULL. */
void sw_cinema_shut(struct sw_hall *hall);
/* What is known already of a clip is not asked for again: of a release, before any worker runs. */
void sw_hall_know(struct sw_hall *hall, const char *path, const struct sw_clip *clip);
/* The interface for the view; valid as long as the hall. A cue that is not asked for in two frames, and whose picture nobody holds, is let
 * go after a moment. */
const struct sw_videos *sw_hall_videos(const struct sw_hall *hall);
/* From now on the ticks of all cues are so far behind those of the machine: their time has stood still. Main thread. Accepts NULL. */
void sw_cinema_delay(struct sw_cinema *cinema, int64_t delay);
/* Once a frame, before layout. True if since the last call a clip has become known or failed, or a picture has come that nobody could
 * expect when the last one was drawn: draw again. */
bool sw_cinema_collect(struct sw_cinema *cinema);
/* Once a frame, when it has been shown: now the workers may have the slots that nobody looks at any more. Earlier they would decode while
 * the frame is composed, and take the processors from it. */
void sw_cinema_shown(struct sw_cinema *cinema);
/* Clips and first pictures that have been asked for and not come yet. */
size_t sw_cinema_pending(struct sw_cinema *cinema);

/* What there is to know of one file before it plays; `fault`: why it would not, in words that follow its name: "is cut short". */
struct sw_probed {
    bool usable;
    struct sw_clip clip;             /* usable */
    char fault[SW_CINEMA_FAULT_MAX]; /* "": none */
};
/* Asks a worker, and waits; no hall is needed. Any thread. False: nobody could say until `deadline`, or there are no workers; `fault` says
 * so. */
bool sw_cinema_probe(struct sw_cinema *cinema, const struct sw_root *root, const char *path, sw_tick deadline, struct sw_probed *out)
    SW_MUST;
/* The same of a file that is open already, and taken over. */
bool sw_cinema_probe_file(struct sw_cinema *cinema, int file, sw_tick deadline, struct sw_probed *out) SW_MUST;

/* How the clips that play fare. */
struct sw_cinema_clip {
    char path[SW_CINEMA_NAME_MAX]; /* its end, where it is longer */
    const char *state;             /* "playing", "standing", "ended", "waiting" for its first picture, "lost" its worker, "failed" */
    struct sw_tally tally;
};
struct sw_cinema_report {
    size_t count; /* <= SW_CINEMA_REPORTS; clips beyond that are left out */
    struct sw_cinema_clip clips[SW_CINEMA_REPORTS];
    size_t workers;          /* that run */
    uint64_t replaced;       /* workers that died or were given up */
    size_t given_up;         /* clips that took too many workers down */
    char last[SW_CINEMA_NAME_MAX]; /* of those, the last one; "": none */
};
void sw_cinema_describe(struct sw_cinema *cinema, struct sw_cinema_report *report);

#endif
