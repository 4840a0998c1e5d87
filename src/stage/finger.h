/* SPDX-License-Identifier: EUPL-1.2 */
/* Fingers that read something in a show, such as a chart: where each is, and for some seconds after it was lifted, where it was. What they
 * read is drawn by the element (struct sw_finger). Private to src/stage. Main thread. */
#ifndef SW_STAGE_FINGER_H
#define SW_STAGE_FINGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/tick.h"
#include "view/behaviour.h"

#define SW_FINGERS_MAX 16               /* in one show */
#define SW_FINGER_STAY_US (5 * SW_SECOND) /* what was read stays so long after the finger has gone */
#define SW_FINGER_FADE_US (400 * SW_MS)   /* and then fades */
#define SW_FINGER_LEASH_MM 2.0            /* a finger that trembles within this reads one thing */
#define SW_FINGER_REACH_MM 14.0           /* half of what a fingertip hides, and its mark */

struct sw_finger_note {
    uint64_t contact;
    uint64_t identity; /* of the box that it reads */
    double x, y;       /* zone pixels: it follows the finger on a leash */
    double px_per_mm;
    sw_tick lifted;    /* SW_NEVER: it is down */
};

struct sw_fingers {
    struct sw_finger_note items[SW_FINGERS_MAX];
    size_t count;
};

/* A finger begins to read; what others have left on the same box goes. With as many as can be, the oldest that was lifted goes; where all
 * are down, it reads nothing. */
void sw_fingers_down(struct sw_fingers *fingers, uint64_t contact, uint64_t identity, double x, double y, double px_per_mm);
/* True: it reads another place now. */
bool sw_fingers_move(struct sw_fingers *fingers, uint64_t contact, double x, double y);
void sw_fingers_up(struct sw_fingers *fingers, uint64_t contact, sw_tick now);
/* Forgets those that have faded; `still`: they do not fade, they go. True: some were. */
bool sw_fingers_forget(struct sw_fingers *fingers, bool still, sw_tick now);
/* When they look different next: `now` while one fades; SW_NEVER: as long as no finger moves they do not. */
sw_tick sw_fingers_next(const struct sw_fingers *fingers, sw_tick now);
/* As they are drawn, with the canvas at `scale` and offset in the zone. Returns how many were written to `out`. */
size_t sw_fingers_drawn(const struct sw_fingers *fingers, sw_tick now, double scale, double offset_x, double offset_y,
                        struct sw_finger out[SW_FINGERS_MAX]);

#endif
