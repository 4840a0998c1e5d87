/* SPDX-License-Identifier: EUPL-1.2 */
/* What of a text translators must leave as it is: values in braces, but for the words in them that visitors read: those of `map` and
 * `plural` ("{n} {n | plural:'Tag','Tage'}"). Of `map` every word stays at its key; of `plural` there may be more or fewer, as languages
 * have it. Pure. */
#ifndef SW_LANG_PLACEHOLDER_H
#define SW_LANG_PLACEHOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* A stretch of a text: words, or code. All of them make up the text. */
struct sw_piece {
    bool code;
    const char *at; /* in the text */
    size_t length;
};

/* The pieces of `text`, *count of them, of the arena; none of them is empty. */
const struct sw_piece *sw_placeholder_pieces(struct sw_arena *arena, const char *text, size_t *count);
/* What is wrong with a translation's values, of the arena; NULL: nothing. Each of the source's must be there as often as in the source, and
 * no other ones. */
const char *sw_placeholder_fault(struct sw_arena *arena, const char *source, const char *translation);
/* Whether there is anything to translate: a letter outside of code, but not an address alone. */
bool sw_placeholder_translatable(struct sw_arena *arena, const char *text);

#endif
