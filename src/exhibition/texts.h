/* SPDX-License-Identifier: EUPL-1.2 */
/* The texts of an exhibition, for those who translate it: each one that may differ by language, with what there is of it in each. Media by
 * language are not among them. One thread; strings are of the arena. */
#ifndef SW_EXHIBITION_TEXTS_H
#define SW_EXHIBITION_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* What stands for a text in one language. */
struct sw_text_version {
    const char *text;              /* lines joined, and without what no text may hold; NULL: there is none */
    bool apart;                    /* it stands in scenes/lang/, not in the file itself */
    int line, column;              /* where it is written */
    const char *of;                /* stamp of the text it was translated from; NULL: not known */
    const char *by, *reviewed;     /* who has reviewed the version with this stamp; NULL: nobody */
};

struct sw_text {
    const char *file, *path;
    int line, column;
    bool plain; /* it stands there once, for all languages: as versions[0] */
    struct sw_text_version *versions; /* one a language */
};

/* A translation that stands at no text any more. */
struct sw_text_stray {
    const char *language, *file, *path, *of;
    int line, column; /* in the language's file */
};

struct sw_texts {
    struct sw_arena arena;
    const char *const *languages; /* NULL-terminated */
    size_t language_count;
    struct sw_text *items; /* by file and place in it */
    size_t count, capacity;
    struct sw_text_stray *strays;
    size_t stray_count, stray_capacity;
};

void sw_texts_init(struct sw_texts *texts);
void sw_texts_finish(struct sw_texts *texts); /* accepts a zeroed one */
/* Puts them in order, each once. For sw_exhibition_create_texts. */
void sw_texts_settle(struct sw_texts *texts);

#define SW_TEXT_STAMP 8 /* characters */

/* The short hash that stands beside a translation: eight of 0-9a-f, in `out`. It tells texts apart, and guards nothing. */
void sw_text_stamp(const char *text, char out[SW_TEXT_STAMP + 1]);
bool sw_text_stamp_valid(const char *text);

#endif
