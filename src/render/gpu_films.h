/* SPDX-License-Identifier: EUPL-1.2 */
/* Pictures of videos as the GPU keeps them: one set of textures for each place that shows a video, filled anew with each picture of it.
 * The planes are uploaded as they are, and the GPU makes of them what film.h makes, the same pixels but for rounding; what is shown at half
 * its size or less is halved by the processor. What has not been drawn for long is let go. Private to render/. Main thread. */
#ifndef SW_RENDER_GPU_FILMS_H
#define SW_RENDER_GPU_FILMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "render/film.h"
#include "render/gpu_device.h"
#include "render/gpu_textures.h"

struct sw_gpu_films;

/* What is larger than `side_max` is kept in tiles among the textures. Device and textures must outlive it. */
struct sw_gpu_films *sw_gpu_films_create(struct sw_gpu_device *device, struct sw_gpu_textures *textures, int side_max) SW_MUST;
void sw_gpu_films_destroy(struct sw_gpu_films *films); /* accepts NULL */
/* The film's picture, halved as often as it says, as `identity` (of the draw) shows it. What is drawn on the way goes elsewhere: target and
 * clip of the renderer are as before. NULL: the GPU takes no more, SDL says why. Valid until the next call. */
const struct sw_gpu_image *sw_gpu_films_get(struct sw_gpu_films *films, uint64_t identity, const struct sw_film *film) SW_MUST;
/* A frame is done. */
void sw_gpu_films_step(struct sw_gpu_films *films);
/* What was drawn into textures is lost. */
void sw_gpu_films_lost(struct sw_gpu_films *films);
/* Of how many places there are textures. */
size_t sw_gpu_films_count(const struct sw_gpu_films *films);

#endif
