/* SPDX-License-Identifier: EUPL-1.2 */
/* What font.c and font_draw.c share: the faces and the fonts that are open. For them alone. */
#ifndef SW_VIEW_FONT_INTERNAL_H
#define SW_VIEW_FONT_INTERNAL_H

#include <SDL2/SDL_ttf.h>
#include <stdbool.h>
#include <stdint.h>

#include "view/font.h"

#define SW_FONT_COLOUR_EM (1.0 / 112) /* em a pixel of a coloured bitmap: Noto Color Emoji is drawn at 109 pixels an em */

enum sw_font_state { SW_FONT_UNTRIED, SW_FONT_GOOD, SW_FONT_BROKEN };

struct sw_font_face {
    char *path;
    enum sw_font_state state;
    char *bytes; /* the file, once it is good; NULL if it is too large to keep */
    size_t length;
    bool coloured, has_space;
    bool complained; /* about a glyph: once is enough */
    double spaces; /* width of two of them, em */
    struct sw_font_metrics metrics;
};

struct sw_font_open {
    int face;
    unsigned hdpi, vdpi;
    TTF_Font *font;
    uint64_t used;
};

struct sw_font_named {
    char *name;
    int face;
};

struct sw_font_word {
    uint64_t key; /* 0: free */
    double em;
};

struct sw_fonts {
    struct sw_font_face *faces;
    struct sw_font_named *roles;
    int *fallbacks;
    int face_count, role_count, fallback_count;
    struct sw_font_open open[SW_FONT_OPEN_MAX];
    int open_count;
    uint64_t uses;
    struct sw_font_word *young, *old; /* twice SW_FONT_WORDS_MAX places each */
    int young_count;
};

/* The face open at that resolution (0: at the reference size), direction and script set; NULL if it cannot be opened. */
TTF_Font *sw_font_for(struct sw_fonts *fonts, const struct sw_font_text *text, unsigned hdpi, unsigned vdpi);

#endif
