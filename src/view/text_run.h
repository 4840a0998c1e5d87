/* SPDX-License-Identifier: EUPL-1.2 */
/* A run: a stretch of a line that is measured and drawn as one: one font, script and direction, and a word or the space behind it. */
#ifndef SW_VIEW_TEXT_RUN_H
#define SW_VIEW_TEXT_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "view/font.h"
#include "view/text_source.h"

#define SW_TEXT_RUN_MAX 64   /* characters with their marks */
#define SW_TEXT_MARKS_MAX 8  /* combining marks that are drawn on one character */
#define SW_TEXT_BOX_EM 0.62  /* width of the box that stands for a character which no font has */

struct sw_text_run {
    int offset, length; /* bytes in the request's text */
    uint32_t literal;   /* instead of the text: a bullet or an ellipsis; else 0 */
    int16_t face;
    uint8_t kind, script, level; /* enum sw_text_kind, enum sw_script; odd is right to left */
    bool hyphen; /* a hyphen is shown behind it */
};

/* Where one letter of a spread run or a number stands; bytes of the spelled text. */
struct sw_text_letter {
    int first, length;
    double x, advance; /* em: of its pen from the run's start; to the next */
};

/* A run as it is given to a font: bytes without marks and silent characters. */
struct sw_text_spelled {
    char bytes[4096];
    int length;
    struct sw_text_letter letters[SW_TEXT_RUN_MAX * 2];
    int letter_count;
};

/* The run that begins with chars[from] and ends at `to` at the latest; returns where it ends. `spread`: the text is tracked. */
int sw_text_run_take(const struct sw_text_paragraph *paragraph, int from, int to, bool spread, struct sw_text_run *run);
/* Spells the run; letters are filled in for SPREAD, DIGITS and BOXES. `tracking` in em. Returns its width in em. */
double sw_text_run_spell(struct sw_fonts *fonts, const struct sw_text_run *run, const char *text, double tracking,
                         struct sw_text_spelled *spelled);
/* What of a spelled run goes to a font: all of it, or one letter. `copy` takes the bytes of a letter. */
struct sw_font_text sw_text_run_font(const struct sw_text_run *run, const char *bytes, int length);

#endif
