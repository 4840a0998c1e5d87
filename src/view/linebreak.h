/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a line may end: a readable subset of Unicode's annex 14, with German care for dashes, slashes and numbers. Pure, any thread. */
#ifndef SW_VIEW_LINEBREAK_H
#define SW_VIEW_LINEBREAK_H

#include <stddef.h>
#include <stdint.h>

enum sw_break {
    SW_BREAK_NONE,   /* not before this character */
    SW_BREAK_SPACE,  /* after spaces */
    SW_BREAK_PLAIN,  /* after a hyphen, dash, slash, zero width space, or between ideographs */
    SW_BREAK_HYPHEN, /* after a soft hyphen: the line that ends here shows one */
};

/* For each code point of one line of text (no '\n' in it) whether a line may begin with it; breaks[0] is NONE. */
void sw_linebreak_find(const uint32_t *codes, size_t count, uint8_t *breaks);

#endif
