/* SPDX-License-Identifier: EUPL-1.2 */
/* Font files and what SDL_ttf does with them: opened when first used and closed when others are needed more, asked for characters, measured
 * and drawn. A *face* is one file, by its number. Lengths are in em, so that they hold for every size. One thread at a time; several such
 * sets may be used by as many threads if they share the lock. */
#ifndef SW_VIEW_FONT_H
#define SW_VIEW_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "view/text.h"
#include "view/text_character.h"

#define SW_FACE_NONE (-1)      /* no font has the character */
#define SW_FONT_CHAIN_MAX 24   /* faces asked for one character */
#define SW_FONT_OPEN_MAX 48    /* fonts open at once, one for each face and size: about 350 KiB each */
#define SW_FONT_WORDS_MAX 8192 /* measured words kept, twice over */

enum sw_font_style { SW_FONT_STRONG = 1, SW_FONT_EMPHASIS = 2, SW_FONT_CODE = 4, SW_FONT_STYLES = 8 };

/* The faces that are asked in turn for a character. */
struct sw_font_chain {
    int16_t faces[SW_FONT_CHAIN_MAX];
    int count;
};

/* Of a face, in em. Of one that cannot be opened: those of a usual font. */
struct sw_font_metrics {
    double ascent, descent; /* above and below the baseline, both positive */
    double space, digit;    /* widths of a space and of the widest digit */
    double capital;         /* height of an H */
};

/* One stretch in one face, script and direction. */
struct sw_font_text {
    int face;
    enum sw_script script;
    bool rtl;
    const char *text; /* UTF-8, NUL-terminated, no silent characters */
    size_t length;
};

/* Ink: coverage (A8, rows without padding) or premultiplied colour (ARGB), and where its corner goes from the pen on the baseline. */
struct sw_font_ink {
    bool colour;
    int width, height, left, top; /* pixels */
    uint8_t *pixels;              /* of the scratch arena that was given */
};

struct sw_fonts;
struct sw_arena;
struct sw_mutex;

/* Copies `set`; NULL only if SDL_ttf cannot start. `lock` is held while a font is opened or closed. */
struct sw_fonts *sw_fonts_create(const struct sw_font_set *set, struct sw_mutex *lock) SW_MUST;
void sw_fonts_destroy(struct sw_fonts *fonts);
/* The chain of a role in a style (bits): the styled face, the role's own, then the fallbacks. An unknown role is "text". */
void sw_fonts_chain(struct sw_fonts *fonts, const char *role, int style, struct sw_font_chain *chain);
/* The first face of the chain that has all `codes` (one character with its marks), else the first that has codes[0], else SW_FACE_NONE.
 * `colour` asks the faces with colours first. */
int sw_fonts_pick(struct sw_fonts *fonts, const struct sw_font_chain *chain, const uint32_t *codes, size_t count, bool colour);
/* Whether the face holds coloured bitmaps of one size (emoji). */
bool sw_fonts_coloured(struct sw_fonts *fonts, int face);
bool sw_fonts_has(struct sw_fonts *fonts, int face, uint32_t code);
/* `face` may be SW_FACE_NONE. */
struct sw_font_metrics sw_fonts_metrics(struct sw_fonts *fonts, int face);
/* The advance in em, kerning and shaping included; remembered. */
double sw_fonts_measure(struct sw_fonts *fonts, const struct sw_font_text *text);
/* Draws with the pen at `x` pixels right of whole pixel 0 (it is put on a quarter of a pixel for small sizes), at `ppem` pixels an em.
 * Same arguments, same bytes. False: no ink, or the font would not. */
bool sw_fonts_draw(struct sw_fonts *fonts, const struct sw_font_text *text, double ppem, double x, struct sw_arena *scratch,
                   struct sw_font_ink *ink) SW_MUST;

#endif
