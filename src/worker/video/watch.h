/* SPDX-License-Identifier: EUPL-1.2 */
/* Which picture libvlc is drawing. Its memory output does not say: neither the timestamp, nor whether it is a new one or the last one
 * again (which it draws when the next one does not come, and at every beginning), and one that has been decoded may never be drawn. So
 * this program stands in for three functions of libvlccore that its plug-ins and itself call by name (a program's own functions come
 * before those of libraries):
 *
 * decoder_GetDisplayDate   asked for each decoded picture, with its timestamp, to drop what is late: nobody knows, is the answer
 * vout_PutPicture          hands it on to be drawn: it is numbered here, and then handed on
 * picture_CopyPixels       draws it: that one is remembered here, and then drawn
 *
 * Nothing is known of what they point to. What is converted before it is drawn is another picture than the one that was handed on: then
 * all that is known is how many have been. One watch at a time; its functions may be called by any thread. */
#ifndef SW_WORKER_VIDEO_WATCH_H
#define SW_WORKER_VIDEO_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/must.h"
#include "base/thread.h"

#define SW_WATCHED_MAX 64 /* more pictures than libvlc ever has between decoder and output */

struct sw_watched {
    const void *picture;
    int64_t number;    /* of those handed on, from 1 */
    int64_t timestamp; /* microseconds from 0 on; SW_TIME_UNKNOWN (times.h) */
};

struct sw_watch {
    struct sw_mutex lock;
    /* guarded by lock */
    struct sw_watched last[SW_WATCHED_MAX]; /* by number */
    int64_t count, timestamp;               /* handed on; of the one that is decoded */
    int64_t drawn;                          /* number of what was drawn last; 0: not known */
    /* of the output's thread, which looks, too */
    const void *copied_to;                  /* since the last look: a copy of it is not another picture */
    void *held;                             /* which was not copied there: it is copied instead; NULL: it was copied */
    bool twice;                             /* a copy is copied */
};

/* Finds what it stands in for. False (logged): another libvlc than any that is known. Once, before libvlc starts. */
bool sw_watch_prepare(void) SW_MUST;
/* From here to end all that libvlc decodes and draws is watched. */
void sw_watch_begin(struct sw_watch *watch);
void sw_watch_end(struct sw_watch *watch);
/* How many have been handed on; what was drawn since the last look: its number, or 0. */
int64_t sw_watch_look(struct sw_watch *watch, int64_t *drawn);
/* The timestamp of one of the last ones that were handed on. */
int64_t sw_watch_timestamp(struct sw_watch *watch, int64_t number);

#endif
