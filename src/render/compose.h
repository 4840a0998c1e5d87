/* SPDX-License-Identifier: EUPL-1.2 */
/* The `cpu` backend: composes the zones of a wall into pixels, our own or those of a window, with pixman, touching only what changed. The
 * wall is one opaque XRGB image on the wall's pixel grid. Main thread; work may be split over a helper thread in
 * bands, with the same bytes as without. */
#ifndef SW_RENDER_COMPOSE_H
#define SW_RENDER_COMPOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "render/crew.h"
#include "render/zones.h"

struct sw_damage {
    const struct sw_box_px *boxes; /* wall pixels, not overlapping, at most 64 */
    size_t count;
};

struct sw_composer;

/* A black wall; all of it counts as changed at the first compose. Sides 1..16384 pixels; threads 1..4, the caller's included. */
struct sw_composer *sw_composer_create(int width, int height, int threads) SW_MUST;
void sw_composer_destroy(struct sw_composer *composer); /* accepts NULL */
/* Composes into these from now on, `stride` bytes a row; they are the caller's and stay until others are named. NULL: into pixels of its
 * own, as at first. Others than before are drawn anew, black where no zone draws. */
void sw_composer_use(struct sw_composer *composer, uint32_t *pixels, int stride);
/* Whether it composes into these; NULL: into its own. */
bool sw_composer_uses(const struct sw_composer *composer, const uint32_t *pixels);
/* Brings the wall up to date; the damage says which pixels may have changed (nothing when nothing did). Valid until the next call. */
struct sw_damage sw_composer_compose(struct sw_composer *composer, const struct sw_zone_frame *frames, size_t count);
/* Everything counts as changed at the next compose; what pixels of the caller hold is not relied upon. */
void sw_composer_invalidate(struct sw_composer *composer);
/* The wall: width x height XRGB pixels (the unused byte is 0xff), `stride` bytes a row. Valid as long as they are used. */
const uint32_t *sw_composer_pixels(const struct sw_composer *composer, int *width, int *height, int *stride);
/* Its helpers, for other work between two calls of this kind. */
struct sw_crew *sw_composer_crew(struct sw_composer *composer);
/* Draws one list into pixels that the caller has, which are opaque and hold the list's size (for tests, benchmarks and layers); nothing
 * outside `clip`, NULL: all. */
void sw_compose_list(const struct sw_draw_list *list, uint32_t *pixels, int stride, const struct sw_box_px *clip);

#endif
