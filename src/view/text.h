/* SPDX-License-Identifier: EUPL-1.2 */
/* Text: from a string with marks (exhibition/markup.h) to lines, and from lines to a mask. Measured once in design units at a reference
 * size without hinting, so that line breaks never depend on a panel's pixels; rasterised at the panel's scale; both kept in caches. Shaping
 * by HarfBuzz through SDL_ttf, direction by fribidi, line breaking and font fallback our own. Main thread; long texts are drawn on a thread
 * that has fonts of its own. */
#ifndef SW_VIEW_TEXT_H
#define SW_VIEW_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bitmap.h"
#include "base/must.h"
#include "view/asset.h"
#include "view/geometry.h"

/* Which files the roles of fonts.json mean; paths are absolute or relative to the working folder, already checked to exist. */
struct sw_font_role {
    const char *name; /* "text", "display", "text-bold", "bold", "italic" ...; the second of a name is for what the first lacks, etc. */
    const char *path;
};
struct sw_font_set {
    const struct sw_font_role *roles;
    size_t role_count;
    const char *const *fallbacks; /* asked in order for code points that a role's font lacks */
    size_t fallback_count;
};

struct sw_typesetter;

/* Copies `fonts`. Fonts are opened when first used; one that cannot be opened is logged once and the next fallback stands in (a built-in
 * last resort draws an empty box of the right size, never a crash). NULL only if SDL_ttf cannot start. */
struct sw_typesetter *sw_typesetter_create(const struct sw_font_set *fonts, size_t budget) SW_MUST;
void sw_typesetter_destroy(struct sw_typesetter *typesetter);
/* Another one beside `first`, which outlives it: the two may be used by two threads. Made and destroyed while nobody uses either. */
struct sw_typesetter *sw_typesetter_create_beside(struct sw_typesetter *first, const struct sw_font_set *fonts, size_t budget) SW_MUST;
/* From now on what takes long to be drawn is drawn on a thread; without this, and where there is no thread to be had, at once. `wake` is
 * called from the thread. One such typesetter in a process (SDL_ttf). */
void sw_typesetter_start(struct sw_typesetter *typesetter, const struct sw_font_set *fonts, void (*wake)(void *context), void *context);
/* Once a frame: takes in what the thread has drawn (true if something came), and lets go of what was not used lately beyond the budget
 * (bytes of masks). */
bool sw_typesetter_collect(struct sw_typesetter *typesetter);
/* Blocks that the thread has not drawn yet. */
size_t sw_typesetter_pending(const struct sw_typesetter *typesetter);
/* "" if the file can be used as a font, else what is wrong with it ("is cut short", "is no font"). For `check`. */
const char *sw_typesetter_probe(const char *path);

enum sw_text_align { SW_TEXT_START, SW_TEXT_CENTER, SW_TEXT_END };

struct sw_text_request {
    const char *text;     /* valid UTF-8 with marks; a line of over 64 KiB is cut, a text of over 1 MiB too */
    const char *role;     /* font role; an unknown one is "text" */
    double size;          /* em in design units, 1..2000 */
    double line;          /* line height as a factor of size, 0.8..4 */
    double tracking;      /* added to every advance, in em, -0.2..10; not to joined scripts such as Arabic */
    double width;         /* to wrap at, design units; INFINITY: no wrapping */
    int lines;            /* at most, then an ellipsis; 0: any number (up to 1000) */
    enum sw_text_align align;
    const char *language; /* "ar" etc. set which side lines begin at, and the direction of those with a letter of it */
    double seen_height, seen_width; /* what can be seen of it at most, design units: lines that begin further down, and what is more than
                                     * fills these, are left out (`cut`, without an ellipsis); 0: anything */
};

struct sw_text_line {
    double x, baseline, width; /* of the line without its bullet, in the layout's box */
    int first, count;          /* pieces (below), in reading order */
};

/* A stretch of one line in one font and direction. For read-aloud marking every piece is one word, a part of one (where the font changes),
 * or the space behind it. Bullets and the ellipsis are pieces of no length. */
struct sw_text_piece {
    double x, width;
    int offset, length; /* bytes in the request's text */
};

/* Immutable; lives until the second sw_typesetter_collect without a use. The box in which lines are aligned is as wide as the request's
 * width, or as the widest line where that is not finite or is less; it begins at 0. Every line takes size x line, 1.3 x size at least where
 * the text has Arabic letters on that line of the source; an empty line half of that; a text with nothing to be seen has no lines
 * and no height. What was laid out at its own width breaks as it did before. */
struct sw_text_layout {
    double width, height;    /* of the whole text, design units; width <= request's unless one word is longer */
    double baseline;         /* of the first line, from the top; also where there is none */
    bool cut;                /* lines were left out */
    bool missing_glyph;      /* no font had some code point: */
    uint32_t missing;        /* the first such */
    const struct sw_text_line *lines;
    int line_count;
    const struct sw_text_piece *pieces;
    int piece_count;
};

/* Lays out (or finds in the cache). Never NULL. A width of 0 or less is laid out as one word a line. */
const struct sw_text_layout *sw_text_layout(struct sw_typesetter *typesetter, const struct sw_text_request *request);
/* The widest unbreakable word (of the first 1000): what a row may not squeeze a text below. */
double sw_text_widest_word(struct sw_typesetter *typesetter, const struct sw_text_request *request);

/* How high the capitals of a role are, in em. */
double sw_text_capital(struct sw_typesetter *typesetter, const char *role);

/* A layout is drawn in blocks, which are the lines that begin within so many pixels: nobody draws what is below the wall. */
#define SW_TEXT_BLOCK_PX 2048
int sw_text_blocks(const struct sw_text_layout *layout, double scale);

/* The pixels of a block at `scale` (0.01..64) pixels a design unit; left, top: where the bitmap's corner goes, in pixels from the layout's
 * corner, which callers put on a whole pixel. `mask` is A8 coverage for the text's colour (NULL for no ink), `colours` ARGB for emoji
 * (mostly NULL); beyond 16384 pixels a side or 64 Mpx both are NULL, with a line in the log. Same request and scale, same bytes. Borrowed
 * until the end of this frame; hold to keep. PENDING: it takes long, and its thread has it; it will come with a wake and a collect. */
struct sw_text_pixels {
    enum sw_asset_state state; /* READY or PENDING */
    struct sw_bitmap *mask, *colours;
    int left, top, colours_left, colours_top;
};
/* `layout` as sw_text_layout gave it, with its time to live. */
struct sw_text_pixels sw_text_raster(struct sw_typesetter *typesetter, const struct sw_text_layout *layout, double scale, int block);

#endif
