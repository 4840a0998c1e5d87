/* SPDX-License-Identifier: EUPL-1.2 */
/* From a string with marks to characters, one line of the source at a time: style, font, script, direction and where lines may end. */
#ifndef SW_VIEW_TEXT_SOURCE_H
#define SW_VIEW_TEXT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "view/font.h"

#define SW_TEXT_BYTES_MAX (1024 * 1024) /* of a text; what follows is left out */
#define SW_TEXT_LINE_MAX (64 * 1024)    /* of one line of the source */

enum sw_text_kind {
    SW_TEXT_SILENT, /* nothing to be seen */
    SW_TEXT_SPACE,
    SW_TEXT_WORD,   /* shaped as a whole */
    SW_TEXT_SPREAD, /* of a run: set apart by tracking, letter by letter */
    SW_TEXT_DIGITS, /* of a run, a number: digits on equal cells, so that a value may change without a jump */
    SW_TEXT_COLOUR, /* one emoji */
    SW_TEXT_BOXES,  /* no font has it */
};

struct sw_text_char {
    uint32_t code;
    int offset;            /* of its first byte in the request's text */
    int16_t face;          /* or SW_FACE_NONE */
    uint8_t script, style; /* enum sw_script, enum sw_font_style */
    uint8_t level;         /* of direction: odd is right to left */
    uint8_t breaks;        /* enum sw_break */
    uint8_t kind;          /* enum sw_text_kind */
    bool starts : 1;       /* begins a character as seen: a base, not its marks */
    bool alone : 1;        /* an ideograph: lines end on either side of it */
};

/* One line of the source, until '\n'. */
struct sw_text_paragraph {
    struct sw_text_char *chars; /* of the arena */
    int count;
    int end;        /* offset behind its last byte */
    int next;       /* where the next one is looked for */
    int start;      /* offset of its first byte */
    int base_level; /* 1: reads from right to left */
    int gaps;       /* empty lines before it */
    bool bullet;
    bool figures;   /* mostly a number, such as "14:05 Uhr": its digits stand on equal cells; in prose they would look loose */
    bool cut;       /* it was too long */
};

/* A text being read, or as far as it was needed. Its paragraphs and their characters are of the arena. */
struct sw_text_source {
    struct sw_fonts *fonts;
    struct sw_arena *arena;
    const char *text;
    size_t length, at;
    int style;
    bool rtl; /* the language is written from right to left */
    struct sw_font_chain chains[SW_FONT_STYLES];
    struct sw_text_paragraph *paragraphs;
    size_t count, capacity;
};

/* `text` must live as long as the source. */
void sw_text_source_init(struct sw_text_source *source, struct sw_fonts *fonts, struct sw_arena *arena, const char *text, const char *role,
                         const char *language);
void sw_text_source_finish(struct sw_text_source *source); /* the arena is the caller's; accepts a zeroed one */
/* The line `number` (from 0) of those that are not empty; false if there are fewer. Reads on where that is needed, with `scratch`. */
bool sw_text_source_paragraph(struct sw_text_source *source, struct sw_arena *scratch, size_t number, struct sw_text_paragraph *paragraph);
/* Whether something to be seen comes behind the paragraph. */
bool sw_text_source_more(const struct sw_text_source *source, const struct sw_text_paragraph *paragraph);

#endif
