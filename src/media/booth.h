/* SPDX-License-Identifier: EUPL-1.2 */
/* Who plays what: the video workers (media/projector.h) and the cues that are wished for (media/programme.h). A cue gets a worker that is
 * free, and keeps it until it is over; one worker more than play stands ready, for what comes next or for one that is lost. One that is
 * lost is asked for anew at once, and its clip goes on with the spare. Workers are renewed after many clips or hours, when they are free.
 * No clock is read here, and nothing waits. The cinema's thread. */
#ifndef SW_MEDIA_BOOTH_H
#define SW_MEDIA_BOOTH_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/file.h"
#include "base/link.h"
#include "base/must.h"
#include "media/programme.h"

#define SW_BOOTH_CLIPS_MAX 500            /* a worker is renewed after so many clips ... */
#define SW_BOOTH_AGE_MAX (6 * SW_HOUR)    /* ... or so long */
#define SW_BOOTH_AWAIT_US (10 * SW_SECOND) /* for one that was asked for; then it is asked for again */
#define SW_BOOTH_IDLE_US (30 * SW_SECOND) /* one more than is needed goes after this */

/* Somebody wants to know of one file; it is theirs again from `done` on. */
struct sw_inquiry {
    struct sw_inquiry *next;
    int file; /* open */
    struct sw_probed answer;
    int failures;         /* workers that were lost on it */
    bool judged;          /* the answer is about the file; else nobody could look */
    bool done, abandoned; /* of whoever asks */
};

struct sw_booth_config {
    int link;                          /* to ask for workers; -1: there are none */
    int bell;                          /* an eventfd, rung when a slot is free again */
    struct sw_programme *programme;
    const struct sw_sound_sink *sound; /* NULL: none */
    /* Opens a hall's file; SW_FILE_OK: *file is the booth's to close. */
    enum sw_file_status (*open)(void *context, uint32_t hall, const char *path, int *file);
    /* The inquiry has its answer. */
    void (*done)(void *context, struct sw_inquiry *inquiry);
    void *context;
};

struct sw_booth;

struct sw_booth *sw_booth_create(const struct sw_booth_config *config) __attribute__((returns_nonnull));
/* Inquiries that are not answered are handed back without one. Accepts NULL. */
void sw_booth_destroy(struct sw_booth *booth);
/* A fresh end to worker `number`, taken over. */
void sw_booth_attach(struct sw_booth *booth, int number, int end, sw_tick now);
void sw_booth_inquire(struct sw_booth *booth, struct sw_inquiry *inquiry);
/* Hears all workers and does whatever is to be done. *wake: the main thread is to look. Returns when to be called again, if nothing is
 * heard before. */
sw_tick sw_booth_step(struct sw_booth *booth, sw_tick now, bool *wake);
/* The workers' ends, to be waited for; how many. */
size_t sw_booth_ends(const struct sw_booth *booth, struct pollfd fds[SW_LINK_VIDEOS]);
/* Workers that run; those that were lost since the beginning. */
size_t sw_booth_workers(const struct sw_booth *booth);
uint64_t sw_booth_replaced(const struct sw_booth *booth);

#endif
