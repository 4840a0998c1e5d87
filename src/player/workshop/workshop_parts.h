/* SPDX-License-Identifier: EUPL-1.2 */
/* What the workshop is made of: between its files alone. */
#ifndef SW_PLAYER_WORKSHOP_WORKSHOP_PARTS_H
#define SW_PLAYER_WORKSHOP_WORKSHOP_PARTS_H

#include "player/loop.h"
#include "stage/show.h"

/* The zone under the mouse, else the first. */
size_t sw_workshop_zone(const struct sw_loop *loop);
/* Where the mouse is, wall pixels; false: not on the wall. */
bool sw_workshop_pointer(const struct sw_loop *loop, double *x, double *y);
/* Says for a moment what has been done. */
void sw_workshop_say(struct sw_loop *loop, const char *format, ...) SW_PRINTF(2, 3);

/* -- workshop_time.c -- */
void sw_workshop_pause(struct sw_loop *loop); /* or it goes on */
void sw_workshop_step(struct sw_loop *loop);
/* While it is paused: what the curator does is seen to its end, then time stands again. */
void sw_workshop_let(struct sw_loop *loop);
void sw_workshop_jump(struct sw_loop *loop, sw_instant instant);
void sw_workshop_now(struct sw_loop *loop);
/* By how many whole seconds the exhibition is late, as its time has stood still; 0: it is not, stands, or is elsewhere on purpose. */
int64_t sw_workshop_behind(const struct sw_loop *loop);

/* -- workshop_boxes.c -- */
void sw_workshop_draw_boxes(struct sw_loop *loop);
/* The element at a place of the wall is picked, and told on standard output; where it is so already, the next larger one there. */
void sw_workshop_pick(struct sw_loop *loop, double x, double y);

/* -- workshop_plan.c -- */
#define SW_RULER 16 /* points: along the edges of a canvas that has its grid on */
void sw_workshop_draw_grid(struct sw_loop *loop);
void sw_workshop_draw_zones(struct sw_loop *loop);

/* -- workshop_sheet.c -- */
void sw_workshop_draw_notes(struct sw_loop *loop);
void sw_workshop_draw_entry(struct sw_loop *loop);
void sw_workshop_draw_help(struct sw_loop *loop);

#endif
