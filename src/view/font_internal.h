/* SPDX-License-Identifier: EUPL-1.2 */
/* What font.c, font_draw.c and font_colour.c share: the faces and the fonts that are open. For them alone. */
#ifndef SW_VIEW_FONT_INTERNAL_H
#define SW_VIEW_FONT_INTERNAL_H

#include <SDL2/SDL_ttf.h>
#include <stdbool.h>
#include <stdint.h>

#include "view/font.h"

#define SW_FONT_COLOUR_EM (1.0 / 109) /* em a pixel of a coloured bitmap, as Noto Color Emoji has it */

#define SW_FONT_PICTURES_MAX 256 /* of at most SW_FONT_PICTURE_SIDE pixels: 16 MiB */
#define SW_FONT_PICTURE_SIDE 128

enum sw_font_state { SW_FONT_UNTRIED, SW_FONT_GOOD, SW_FONT_BROKEN };

struct sw_font_face {
    char *path;
    enum sw_font_state state;
    char *bytes; /* the file, once it is good; NULL if it is too large to keep */
    size_t length;
    bool coloured, has_space;
    bool complained; /* about a glyph: once is enough */
    double spaces; /* width of two of them, em */
    struct hb_font_t *shaper; /* of a coloured face, once something was measured in it; NULL: it cannot be had */
    bool shaper_tried;
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

/* A coloured bitmap scaled to a size: emoji come more than once. */
struct sw_font_picture {
    uint64_t key; /* 0: free */
    int width, height, top;
    uint8_t *pixels;
};

struct sw_fonts {
    struct sw_mutex *lock; /* while fonts are opened and closed */
    struct sw_font_face *faces;
    struct sw_font_named *roles;
    int *fallbacks;
    int face_count, role_count, fallback_count;
    struct sw_font_open open[SW_FONT_OPEN_MAX];
    int open_count;
    uint64_t uses;
    struct sw_font_word *young, *old; /* twice SW_FONT_WORDS_MAX places each */
    int young_count;
    struct sw_font_picture pictures[SW_FONT_PICTURES_MAX]; /* at a place that the key gives */
};

/* The face open at that resolution (0: at the reference size), direction and script set; NULL if it cannot be opened. */
TTF_Font *sw_font_for(struct sw_fonts *fonts, const struct sw_font_text *text, unsigned hdpi, unsigned vdpi);
/* Of a face with colours, in em; in font_colour.c. False: what SDL_ttf says must do. */
bool sw_font_measure_colours(struct sw_font_face *face, const struct sw_font_text *text, double *em) SW_MUST;
/* Of a face with colours, as sw_fonts_draw; in font_colour.c. */
bool sw_font_draw_colours(struct sw_fonts *fonts, const struct sw_font_text *text, double ppem, double x, struct sw_arena *scratch,
                          struct sw_font_ink *ink) SW_MUST;
void sw_font_forget_pictures(struct sw_fonts *fonts);
void sw_font_forget_shaper(struct sw_font_face *face);

#endif
