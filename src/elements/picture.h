/* SPDX-License-Identifier: EUPL-1.2 */
/* A picture in a rectangle: what image and button have in common. Main thread. */
#ifndef SW_ELEMENTS_PICTURE_H
#define SW_ELEMENTS_PICTURE_H

#include "view/behaviour.h"
#include "view/mask.h"

enum sw_fit { SW_FIT_CONTAIN, SW_FIT_COVER, SW_FIT_FILL };

struct sw_picture {
    const char *path; /* NULL: none */
    enum sw_fit fit;
    double focus_x, focus_y; /* 0..1 */
    double radius;           /* of its corners, design units; 0: those of a round box whose corners it fills, if there is one */
    bool turned;             /* left for right */
};

/* Its own size as design units; 0, 0 while it is not known. */
struct sw_size sw_picture_size(const struct sw_view_context *context, const char *path);
/* What a box wants that shows something of that size: its own, or as the size that is given in one direction makes it; smaller where there
 * is no room. */
struct sw_size sw_picture_fit(const struct sw_box *box, struct sw_size size, double width, double height);
/* It does with no room at all (struct sw_behaviour). */
double sw_picture_least(const struct sw_view_context *context, struct sw_box *box, double width);
double sw_picture_least_width(const struct sw_view_context *context, struct sw_box *box);
/* The ground of a box of the common kind, but that its border comes over the picture: sw_picture_border. */
void sw_picture_ground(const struct sw_painter *painter, const struct sw_box *box, uint32_t *fill, double *radius, uint32_t *stroke,
                       double *stroke_width);
void sw_picture_border(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect place,
                       const struct sw_picture *picture);
/* Where it stands in `rect` when all of it is seen, unstretched. */
struct sw_rect sw_picture_contained(struct sw_rect rect, struct sw_size size, const struct sw_picture *picture);
/* The part of it, as shares of its sides, that fills `place` unstretched, as near to the focus as its edges allow. */
struct sw_rect sw_picture_seen(struct sw_size size, struct sw_size place, const struct sw_picture *picture);
/* Draws it into `rect`; returns where it went (smaller for CONTAIN). Counts what is not there yet. */
struct sw_rect sw_picture_draw(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect,
                               const struct sw_picture *picture);

/* How its corners are rounded: by its own radius, else where it fills a corner of a round box around it. */
struct sw_mask sw_picture_mask(const struct sw_painter *painter, const struct sw_box *box, struct sw_rect place,
                               const struct sw_picture *picture);

#endif
