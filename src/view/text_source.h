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

struct sw_text_char {
    uint32_t code;
    int offset;            /* of its first byte in the request's text */
    int16_t face;          /* or SW_FACE_NONE */
    uint8_t script, style; /* enum sw_script, enum sw_font_style */
    uint8_t level;         /* of direction: odd is right to left */
    uint8_t breaks;        /* enum sw_break */
    bool starts;           /* begins a character as seen: a base, not its marks */
};

/* One line of the source, until '\n'. */
struct sw_text_paragraph {
    struct sw_text_char *chars; /* of the arena */
    int count;
    int end;        /* offset behind its last byte */
    int start;      /* offset of its first byte */
    int base_level; /* 1: right to left */
    int gaps;       /* empty lines before it */
    bool bullet;
    bool figures;   /* mostly a number, such as "14:05 Uhr": its digits stand on equal cells; in prose they would look loose */
    bool cut;       /* it was too long */
};

struct sw_text_source {
    struct sw_fonts *fonts;
    struct sw_arena *arena; /* for the paragraphs */
    const char *text;
    size_t length, at;
    int style;
    bool rtl;
    struct sw_font_chain chains[SW_FONT_STYLES];
};

void sw_text_source_init(struct sw_text_source *source, struct sw_fonts *fonts, struct sw_arena *arena, const char *text, const char *role,
                         const char *language);
/* The next line that is not empty; false at the end. */
bool sw_text_source_next(struct sw_text_source *source, struct sw_text_paragraph *paragraph);
/* Whether something to be seen is still to come. */
bool sw_text_source_more(const struct sw_text_source *source);

#endif
