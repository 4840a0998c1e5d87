/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of the judge share: a walk over the boxes of one page, in the order in which they are drawn. */
#ifndef SW_PLAYER_CHECK_JUDGE_INTERNAL_H
#define SW_PLAYER_CHECK_JUDGE_INTERNAL_H

#include "player/check/judge.h"

#define SW_JUDGE_QUOTE_MAX 112
#define SW_JUDGE_PICTURES_MAX 256

/* What words may stand on. */
struct sw_surface {
    struct sw_rect rect; /* on the canvas */
    bool known;          /* else a picture, a film, a drawing: nobody knows its colour */
    uint32_t colour;     /* 0xAARRGGBB */
};

struct sw_walking {
    const struct sw_judging *judging;
    struct sw_arena *arena;
    struct sw_surface *surfaces; /* the lowest first; of the arena */
    size_t surface_count, surface_capacity;
    bool solid;  /* nothing that the box at hand is in shines through */
    size_t words;
    double bytes, seconds;
    uint64_t pictures[SW_JUDGE_PICTURES_MAX]; /* that have been counted: each is kept once in each size */
    size_t picture_count;
};

/* -- judge.c -- */
/* Place and path come from the element. */
void sw_judge_say(const struct sw_walking *walking, const struct sw_element *element, const struct sw_finding *finding);
/* Its first words, without marks; returns `quote`. */
const char *sw_judge_quote(const char *text, char quote[SW_JUDGE_QUOTE_MAX]);
/* Millimetres on the wall; 0 on a bare canvas. */
double sw_judge_mm(const struct sw_judging *judging, double units);
/* -- judge_colour.c -- */
/* The ground of the scene; what is judged alone stands on something that nobody knows. */
void sw_judge_begin_grounds(struct sw_walking *walking);
/* What the box at hand puts over what is below it. */
void sw_judge_ground(struct sw_walking *walking, const struct sw_box *box, struct sw_rect place);
void sw_judge_colours(const struct sw_walking *walking, const struct sw_box *box, const struct sw_said *said);
/* -- judge_media.c -- */
/* A picture or clip: what it needs, and whether it is larger than it is shown. */
void sw_judge_picture(struct sw_walking *walking, const struct sw_box *box);

#endif
