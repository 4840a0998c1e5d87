/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/fit.h"

#include <math.h>
#include <pixman.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct sw_box_px sw_fit_picture(int wall_width, int wall_height, int window_width, int window_height)
{
    double scale = fmin((double)window_width / wall_width, (double)window_height / wall_height);
    int width = (int)fmax(1, floor(wall_width * scale + 0.5)), height = (int)fmax(1, floor(wall_height * scale + 0.5));
    return (struct sw_box_px){(window_width - width) / 2, (window_height - height) / 2, width, height};
}

static void blacken(const struct sw_fit_target *target, struct sw_box_px box)
{
    box = sw_box_px_intersect(box, (struct sw_box_px){0, 0, target->width, target->height});
    for (int y = box.y; y < box.y + box.height; y++)
        memset((uint8_t *)target->pixels + (ptrdiff_t)target->stride * y + 4 * (ptrdiff_t)box.x, 0, 4 * (size_t)box.width);
}

void sw_fit_margins(const struct sw_fit_target *target)
{
    struct sw_box_px picture = target->picture;
    int end = picture.x + picture.width, bottom = picture.y + picture.height;
    blacken(target, (struct sw_box_px){0, 0, target->width, picture.y});
    blacken(target, (struct sw_box_px){0, bottom, target->width, target->height - bottom});
    blacken(target, (struct sw_box_px){0, picture.y, picture.x, picture.height});
    blacken(target, (struct sw_box_px){end, picture.y, target->width - end, picture.height});
}

static void copy(const struct sw_fit_target *target, const struct sw_fit_source *source, struct sw_box_px box)
{
    for (int y = box.y; y < box.y + box.height; y++) {
        const uint8_t *from = (const uint8_t *)source->pixels + (ptrdiff_t)source->stride * (y - target->picture.y);
        memcpy((uint8_t *)target->pixels + (ptrdiff_t)target->stride * y + 4 * (ptrdiff_t)box.x,
               from + 4 * (ptrdiff_t)(box.x - target->picture.x), 4 * (size_t)box.width);
    }
}

/* Makes pixman scale the source to the picture, and says how to read between its pixels. */
static void set_scale(pixman_image_t *image, const struct sw_fit_source *source, struct sw_box_px picture)
{
    double across = (double)source->width / picture.width, down = (double)source->height / picture.height;
    pixman_transform_t transform;
    pixman_transform_init_scale(&transform, pixman_double_to_fixed(across), pixman_double_to_fixed(down));
    pixman_image_set_transform(image, &transform);
    pixman_image_set_repeat(image, PIXMAN_REPEAT_PAD);
    if (across > 2 || down > 2) {
        int count;
        pixman_fixed_t *kernel = pixman_filter_create_separable_convolution(
            &count, pixman_double_to_fixed(across), pixman_double_to_fixed(down), PIXMAN_KERNEL_IMPULSE, PIXMAN_KERNEL_IMPULSE,
            PIXMAN_KERNEL_BOX, PIXMAN_KERNEL_BOX, 2, 2);
        if (kernel != NULL)
            pixman_image_set_filter(image, PIXMAN_FILTER_SEPARABLE_CONVOLUTION, kernel, count);
        free(kernel);
        return;
    }
    bool whole = picture.width % source->width == 0 && picture.height % source->height == 0;
    pixman_image_set_filter(image, whole ? PIXMAN_FILTER_NEAREST : PIXMAN_FILTER_BILINEAR, NULL, 0);
}

/* `box`: target pixels. */
static void scale(const struct sw_fit_target *target, const struct sw_fit_source *source, struct sw_box_px box)
{
    union {
        const uint32_t *readable;
        uint32_t *pixels;
    } place = {.readable = source->pixels}; /* pixman only reads its sources */
    pixman_image_t *from = pixman_image_create_bits_no_clear(PIXMAN_a8r8g8b8, source->width, source->height, place.pixels, source->stride);
    pixman_image_t *to = pixman_image_create_bits_no_clear(PIXMAN_a8r8g8b8, target->width, target->height, target->pixels, target->stride);
    if (from != NULL && to != NULL) {
        set_scale(from, source, target->picture);
        pixman_image_composite32(PIXMAN_OP_SRC, from, NULL, to, box.x - target->picture.x, box.y - target->picture.y, 0, 0, box.x, box.y,
                                 box.width, box.height);
    }
    if (from != NULL)
        pixman_image_unref(from);
    if (to != NULL)
        pixman_image_unref(to);
}

struct sw_box_px sw_fit_put(const struct sw_fit_target *target, const struct sw_fit_source *source, struct sw_box_px box)
{
    const struct sw_box_px picture = target->picture;
    bool same = picture.width == source->width && picture.height == source->height;
    double across = (double)picture.width / source->width, down = (double)picture.height / source->height;
    /* A pixel of the source reaches as far as the next one's middle, and where it is scaled down one target pixel further. */
    struct sw_rect reach = {(box.x - 1) * across - 1, (box.y - 1) * down - 1, (box.width + 2) * across + 2, (box.height + 2) * down + 2};
    struct sw_box_px to = same ? box : sw_box_px_round_out(reach);
    to.x += picture.x;
    to.y += picture.y;
    to = sw_box_px_intersect(sw_box_px_intersect(to, picture), (struct sw_box_px){0, 0, target->width, target->height});
    if (sw_box_px_empty(to))
        return to;
    if (same)
        copy(target, source, to);
    else
        scale(target, source, to);
    return to;
}
