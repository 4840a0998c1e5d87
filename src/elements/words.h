/* SPDX-License-Identifier: EUPL-1.2 */
/* A text in a box: what text, clock and button have in common. Kept in the box's data; its string belongs to the view's arena or to the
 * exhibition. Main thread. */
#ifndef SW_ELEMENTS_WORDS_H
#define SW_ELEMENTS_WORDS_H

#include "elements/clear.h"
#include "view/behaviour.h"

struct sw_words {
    const char *text;
    int lines;             /* at most; 0: any number */
    double shrink;         /* the smallest factor of its size; 1: it stays */
    enum sw_text_align align;
    enum sw_align valign;  /* START, CENTER, END */
    struct sw_rect place;  /* settled by sw_words_fit: where it is drawn, and the width that it wraps at */
    double factor;
    const struct sw_words_part *parts; /* what gaps between displays part it into (elements/clear.h) */
    size_t part_count;                 /* 0: it is whole */
};

/* Lines where the box's `align` wants them. */
enum sw_text_align sw_words_align(const struct sw_box *box);
/* For boxes whose data are their words: they glide by the middle of their first line, on the side where it begins, and grow as their
 * letters do. */
struct sw_grip sw_words_grip(const struct sw_box *box);
struct sw_size sw_words_measure(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words,
                                double width);
/* The height at `width` when shrunk as far as it may; the widest word when shrunk so. */
double sw_words_least(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words, double width);
double sw_words_least_width(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words);
/* Shrinks it as far as it must and may to fit `rect`, and places it there: inside `rect` clear of gaps between displays, unless
 * something is said of `bezels`; where it cannot be, the box is `cut`. */
void sw_words_fit(const struct sw_view_context *context, struct sw_box *box, struct sw_words *words, struct sw_rect rect);
/* The lines as settled by sw_words_fit; their box's corner is at `place`. NULL: there are none, or nobody lays out. */
const struct sw_text_layout *sw_words_layout(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words);
/* The size as settled by sw_words_fit. */
struct sw_size sw_words_size(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words);
/* Of its last line, from where it is placed. */
double sw_words_baseline(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words);
void sw_words_draw(struct sw_painter *painter, const struct sw_box *box, int part, const struct sw_words *words, uint32_t colour);

#endif
