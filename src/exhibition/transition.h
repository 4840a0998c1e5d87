/* SPDX-License-Identifier: EUPL-1.2 */
/* How one page gives way to the next, as a curator wrote it. Immutable, any thread. */
#ifndef SW_EXHIBITION_TRANSITION_H
#define SW_EXHIBITION_TRANSITION_H

#include <stdint.h>

/* In the order of the words in load_transition.c. */
enum sw_transition_kind {
    SW_TRANSITION_CUT,
    SW_TRANSITION_FADE,
    SW_TRANSITION_PUSH,  /* the new page pushes the old one out */
    SW_TRANSITION_WIPE,  /* an edge runs over the old page and uncovers the new one */
    SW_TRANSITION_MORPH, /* what both pages have under one name glides from its old place to the new one, the rest cross-fades */
};

/* Where a push or wipe goes on the way forward; on the way back it goes the other way round. */
enum sw_transition_to { SW_TRANSITION_TO_START, SW_TRANSITION_TO_END, SW_TRANSITION_TO_UP, SW_TRANSITION_TO_DOWN };

struct sw_transition {
    enum sw_transition_kind kind;
    enum sw_transition_to to; /* push and wipe */
    int64_t duration;         /* microseconds, 0..5 s */
};

#endif
