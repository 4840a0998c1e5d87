/* SPDX-License-Identifier: EUPL-1.2 */
/* How much of a source line goes on one line of the layout. Widths in em. */
#ifndef SW_VIEW_TEXT_WRAP_H
#define SW_VIEW_TEXT_WRAP_H

#include <stdbool.h>

#include "view/font.h"
#include "view/text_run.h"
#include "view/text_source.h"

struct sw_text_wrap {
    struct sw_fonts *fonts;
    const char *text;
    const struct sw_text_paragraph *paragraph;
    double tracking;
};

struct sw_text_cut {
    int end, next; /* behind the last character shown; the first of the next line (spaces between are not shown) */
    bool hyphen;   /* shown at the end */
};

/* The line that begins with character `from`, within `room` (INFINITY: all). Takes at least one character; with a room of 0 or less one
 * unbreakable word. */
struct sw_text_cut sw_text_wrap_fit(const struct sw_text_wrap *wrap, int from, double room);
/* The same for a line that an ellipsis ends: whole words where that leaves a third of it or more filled; may take nothing. */
struct sw_text_cut sw_text_wrap_short(const struct sw_text_wrap *wrap, int from, double room);
#endif
