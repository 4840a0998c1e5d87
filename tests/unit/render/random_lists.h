/* SPDX-License-Identifier: EUPL-1.2 */
/* Draw lists by chance, the same for the same seed, and a painter so simple that it can be believed, to compare with. */
#ifndef SW_TESTS_RANDOM_LISTS_H
#define SW_TESTS_RANDOM_LISTS_H

#include <stdbool.h>
#include <stdint.h>

#include "view/draw.h"

enum { POOL = 12 };

struct random_lists {
    uint32_t seed;
    struct sw_bitmap *pool[POOL]; /* three of each format, 3 to 200 pixels wide */
    struct sw_bitmap *films[3];   /* those of I420 once more, as XRGB */
    bool scaling;                 /* whether items may be scaled */
};

void random_lists_init(struct random_lists *random, uint32_t seed, bool scaling);
void random_lists_finish(struct random_lists *random);
/* 0..below - 1. */
int random_number(struct random_lists *random, int below);
/* A new list of `count` draws. */
void random_list_make(struct random_lists *random, struct sw_draw_list *list, int width, int height, int count);
/* The same list with a few things changed, as from one frame to the next: moved, recoloured, clipped, added, removed, in another order. */
void random_list_change(struct random_lists *random, struct sw_draw_list *list);

/* Pixel by pixel, in whole numbers, each product rounded to the nearest. No scaling. */
void naive_paint(const struct random_lists *random, const struct sw_draw_list *list, uint32_t *pixels, int stride);

#endif
