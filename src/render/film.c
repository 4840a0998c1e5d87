/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/film.h"

#include <libyuv.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "render/colours.h"
#include "render/rescale.h"

/* What is made at once before it is used: it stays in the cache. */
#define STRIP_PX 16384

static int least(int a, int b) { return a < b ? a : b; }

struct sw_film sw_film_of(const struct sw_draw *draw)
{
    const struct sw_box_px place = sw_draw_place(draw);
    struct sw_film film = {.bitmap = draw->bitmap, .width = draw->bitmap->width, .height = draw->bitmap->height};
    while (film.width >= 2 * place.width && film.height >= 2 * place.height) {
        film.width /= 2;
        film.height /= 2;
        film.halvings++;
    }
    film.scales = film.width != place.width || film.height != place.height;
    film.x = film.scales ? draw->to.x : place.x;
    film.y = film.scales ? draw->to.y : place.y;
    film.across = film.scales ? film.width / fmax(draw->to.width, 1) : 1;
    film.down = film.scales ? film.height / fmax(draw->to.height, 1) : 1;
    return film;
}

/* -- from planes to pixels -- */

struct plane {
    const uint8_t *bytes;
    int stride;
};

static struct plane from(struct plane plane, int x, int y)
{
    return (struct plane){plane.bytes + (ptrdiff_t)plane.stride * y + x, plane.stride};
}

static struct plane brightness(const struct sw_bitmap *bitmap) { return (struct plane){bitmap->pixels, bitmap->stride}; }

static struct plane chroma(const struct sw_bitmap *bitmap, int i) { return (struct plane){bitmap->chroma[i], bitmap->chroma_stride}; }

/* A box that begins with a pixel that has its colours to itself or shares them with the next ones. */
static void convert_even(const struct sw_bitmap *bitmap, struct sw_box_px box, uint8_t *out, int stride)
{
    if (sw_box_px_empty(box))
        return;
    struct plane y = from(brightness(bitmap), box.x, box.y);
    struct plane u = from(chroma(bitmap, 0), box.x / 2, box.y / 2), v = from(chroma(bitmap, 1), box.x / 2, box.y / 2);
    (void)I420ToARGBMatrix(y.bytes, y.stride, u.bytes, u.stride, v.bytes, v.stride, out, stride, sw_colours_constants(bitmap->colours),
                           box.width, box.height);
}

/* The column of one pixel's width that box begins with: made with the one before, which shares its colours. */
static void convert_column(const struct sw_bitmap *bitmap, struct sw_box_px box, uint8_t *out, int stride)
{
    for (int y = 0; y < box.height; y++) {
        uint32_t pair[2];
        convert_even(bitmap, (struct sw_box_px){box.x - 1, box.y + y, 2, 1}, (uint8_t *)pair, sizeof pair);
        ((uint32_t *)(void *)(out + (ptrdiff_t)stride * y))[0] = pair[1];
    }
}

static void convert(const struct sw_bitmap *bitmap, struct sw_box_px box, uint8_t *out, int stride)
{
    if (box.x % 2 != 0) {
        convert_column(bitmap, box, out, stride);
        box.x++;
        box.width--;
        out += 4;
    }
    if (box.y % 2 != 0) {
        convert_even(bitmap, (struct sw_box_px){box.x, box.y, box.width, 1}, out, stride);
        box.y++;
        box.height--;
        out += stride;
    }
    convert_even(bitmap, box, out, stride);
}

/* Of the plane halved so often, the part that `box` says. `room`: two halves for what is made on the way, each as large as the plane's part
 * halved once. */
static struct plane halve(struct plane plane, int halvings, struct sw_box_px box, uint8_t *room, size_t half)
{
    int width = box.width << halvings, height = box.height << halvings;
    plane = from(plane, box.x << halvings, box.y << halvings);
    for (int i = 0; i < halvings; i++) {
        uint8_t *out = room + (i % 2 == 0 ? 0 : half);
        ScalePlane(plane.bytes, plane.stride, width, height, out, width / 2, width / 2, height / 2, kFilterBox);
        width /= 2;
        height /= 2;
        plane = (struct plane){out, width};
    }
    return plane;
}

/* Halved once, a picture has as many colours as pixels. */
static void convert_halved(const struct sw_bitmap *bitmap, int halvings, struct sw_box_px box, uint8_t *out, int stride)
{
    int rows = least(box.height, (STRIP_PX >> (2 * halvings - 2)) / box.width + 1);
    size_t half = ((size_t)box.width * (size_t)rows) << (2 * halvings - 2);
    uint8_t *room = sw_alloc_array(6, half);
    for (int done = 0; done < box.height; done += rows) {
        struct sw_box_px part = {box.x, box.y + done, box.width, least(rows, box.height - done)};
        struct plane y = halve(brightness(bitmap), halvings, part, room, half);
        struct plane u = halve(chroma(bitmap, 0), halvings - 1, part, room + 2 * half, half);
        struct plane v = halve(chroma(bitmap, 1), halvings - 1, part, room + 4 * half, half);
        (void)I444ToARGBMatrix(y.bytes, y.stride, u.bytes, u.stride, v.bytes, v.stride, out + (ptrdiff_t)stride * done, stride,
                               sw_colours_constants(bitmap->colours), part.width, part.height);
    }
    free(room);
}

void sw_film_convert(const struct sw_bitmap *bitmap, int halvings, struct sw_box_px box, uint32_t *out, int stride)
{
    if (halvings > 0)
        convert_halved(bitmap, halvings, box, (uint8_t *)out, stride);
    else
        convert(bitmap, box, (uint8_t *)out, stride);
}

/* -- as large as it is shown -- */

static void convert_row(const void *context, int x, int y, int width, uint32_t *out)
{
    const struct sw_film *film = context;
    sw_film_convert(film->bitmap, film->halvings, (struct sw_box_px){x, y, width, 1}, out, width * 4);
}

void sw_film_put(const struct sw_film *film, struct sw_box_px box, uint32_t *out, int stride)
{
    if (!film->scales) {
        box.x -= (int)film->x;
        box.y -= (int)film->y;
        sw_film_convert(film->bitmap, film->halvings, box, out, stride);
        return;
    }
    const struct sw_rescale rescale = {.row = convert_row,
                                       .context = film,
                                       .width = film->width,
                                       .height = film->height,
                                       .x = film->x,
                                       .y = film->y,
                                       .across = film->across,
                                       .down = film->down};
    sw_rescale_put(&rescale, box, out, stride);
}
