/* SPDX-License-Identifier: EUPL-1.2 */
/* The way from a period's anchor to an instant: which item of the cycle runs there, and which interrupts stand over it since when.
 * Private to the timeline. */
#ifndef SW_EXHIBITION_TIMELINE_WALK_H
#define SW_EXHIBITION_TIMELINE_WALK_H

#include "exhibition/timeline_period.h"

struct sw_timeline_walk {
    size_t entry;             /* of period->cycle; SW_TIMELINE_NONE: `otherwise` */
    size_t last;              /* the entry chosen last: itself, or before `otherwise` */
    sw_instant began, ends;   /* of all turns of the entry; of `otherwise`: this second of it. Not cut at the period's end. */
    sw_instant otherwise_since;
    bool fresh;               /* data have changed since the entry began: the next choice may differ from the last round's */
    struct sw_timeline_break over; /* interrupts at the instant */
    sw_instant over_since;    /* since when just these (or none) show */
    sw_instant looked;        /* the instant whose data said so */
};

/* `instant` lies in the period. */
struct sw_timeline_walk sw_timeline_walk(const struct sw_timeline_period *period, sw_instant instant);
/* Which turn of an item that began at *began (and has not ended) runs at `instant`; *began becomes that turn's begin. */
size_t sw_timeline_place(const struct sw_playlist_item *item, sw_instant *began, sw_instant instant);

#endif
