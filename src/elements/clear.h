/* SPDX-License-Identifier: EUPL-1.2 */
/* Words clear of the gaps between displays: a text that a gap would cut moves aside as a whole, else its lines and words that come behind
 * the gap do. Pure but for the arena. */
#ifndef SW_ELEMENTS_CLEAR_H
#define SW_ELEMENTS_CLEAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/must.h"
#include "view/bezel.h"
#include "view/text.h"

/* Some of a text's words: those that lie in `window` (design units of the canvas, before the shift). */
struct sw_words_part {
    struct sw_rect window;
    double shift_x, shift_y;
};

struct sw_clearing {
    const char *text;
    const struct sw_text_layout *layout; /* of the text, its corner at x, y */
    double x, y, size;                   /* size: of its letters */
    struct sw_rect rect;                 /* where it may move */
    bool whole;                          /* only as a whole */
    const struct sw_panes *panes;
};

struct sw_cleared {
    double x, y;                       /* moved by so much as a whole */
    const struct sw_words_part *parts; /* of the text as it lies after that; NULL: it stays together */
    size_t count;
};

/* false: there is no room for that, and *cleared is untouched. */
bool sw_words_clear(const struct sw_clearing *clearing, struct sw_arena *arena, struct sw_cleared *cleared) SW_MUST;

#endif
