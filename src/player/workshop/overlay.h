/* SPDX-License-Identifier: EUPL-1.2 */
/* A sheet of glass above everything in a curator's window, and how to write on it: notes, sheets and lines that look alike. All lengths of
 * what is read are points: pixels of the window on a small desk, a little more on a large one, however the wall is scaled into it. All
 * rectangles are pixels of the wall. Main thread. */
#ifndef SW_PLAYER_WORKSHOP_OVERLAY_H
#define SW_PLAYER_WORKSHOP_OVERLAY_H

#include "view/draw.h"
#include "view/text.h"

#define SW_OVERLAY_NIGHT 0xff0b1a24u
#define SW_OVERLAY_DUSK 0xff2b3d49u /* rules and frames on night */
#define SW_OVERLAY_PAPER 0xfff5f2eau
#define SW_OVERLAY_MIST 0xffaab4bbu /* what matters less, on night */
#define SW_OVERLAY_AMBER 0xfff2b33du
#define SW_OVERLAY_LIGHT 0xff7fc4e8u

struct sw_overlay {
    struct sw_draw_list list; /* of the wall's size; its ground is not used */
    struct sw_typesetter *typesetter;
    double unit;         /* wall pixels to a point */
    struct sw_rect home; /* where notes and sheets go: on one display, where that is large enough in the window to be read on */
    uint64_t drawn;      /* items so far: what they are known by */
};

/* A wall as it lies in a window. */
struct sw_overlay_place {
    int wall_width, wall_height;
    int picture_width, picture_height; /* of the wall with its gaps */
    int window_width, window_height;
    const struct sw_box_px *panels; /* which of the wall's pixels each display shows */
    size_t panel_count;
};

/* Empties it, for this place. */
void sw_overlay_begin(struct sw_overlay *overlay, const struct sw_overlay_place *place, struct sw_typesetter *typesetter);
void sw_overlay_finish(struct sw_overlay *overlay); /* accepts a zeroed one */

void sw_overlay_fill(struct sw_overlay *overlay, struct sw_rect rect, uint32_t colour, double opacity);
/* A line of so many points along the inside of the rectangle's edges. */
void sw_overlay_frame(struct sw_overlay *overlay, struct sw_rect rect, double points, uint32_t colour, double opacity);

struct sw_overlay_words {
    const char *text; /* UTF-8, no marks; of control characters only '\n' */
    const char *role; /* of the font; NULL: "text" */
    double size;      /* points */
    double width;     /* points to wrap at; 0: none */
    int lines;        /* at most; 0: any number */
    uint32_t colour;
    const char *language; /* NULL: English */
};
/* How much room they take: pixels of the wall. */
struct sw_rect sw_overlay_measure(const struct sw_overlay *overlay, const struct sw_overlay_words *words);
/* Writes them with their upper left corner there; returns what they take. */
struct sw_rect sw_overlay_write(struct sw_overlay *overlay, const struct sw_overlay_words *words, double x, double y);

#endif
