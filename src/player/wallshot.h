/* SPDX-License-Identifier: EUPL-1.2 */
/* A whole wall at one instant, as `render --wall` wants it. Main thread. */
#ifndef SW_PLAYER_WALLSHOT_H
#define SW_PLAYER_WALLSHOT_H

#include "player/edition.h"
#include "render/screen.h"

/* Draws all zones as their playlists want it at `instant`, `options->time_s` into their turns at least. false with *fault. */
bool sw_wallshot_write(struct sw_edition *edition, const struct sw_options *options, sw_instant instant, struct sw_arena *arena,
                       const char **fault) SW_MUST;
/* The stage's zones as a screen takes them; returns how many. */
size_t sw_wallshot_frames(const struct sw_stage *stage, struct sw_zone_frame *frames, size_t capacity);

/* A screen that nobody sees, for one picture of so many pixels, drawn as --backend says: the processor if it says nothing. NULL (logged)
 * if that cannot be had. */
struct sw_screen *sw_wallshot_screen(const struct sw_options *options, int width, int height) SW_MUST;

#define SW_ZONES_MAX 32

#endif
