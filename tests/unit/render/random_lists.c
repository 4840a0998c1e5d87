/* SPDX-License-Identifier: EUPL-1.2 */
#include "random_lists.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "render/colours.h"

static uint32_t bits(struct random_lists *random)
{
    uint32_t x = random->seed;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return random->seed = x;
}

int random_number(struct random_lists *random, int below)
{
    return (int)(bits(random) >> 4) % below;
}

static unsigned product(unsigned a, unsigned b)
{
    return (a * b + 127) / 255;
}

static uint32_t some_pixel(struct random_lists *random, enum sw_pixels format)
{
    uint32_t pixel = bits(random), alpha = format == SW_PIXELS_XRGB ? 255 : pixel >> 24;
    if (alpha > 200)
        alpha = 255;
    if (alpha < 50)
        alpha = 0;
    return alpha << 24 | product(pixel >> 16 & 255, alpha) << 16 | product(pixel >> 8 & 255, alpha) << 8 | product(pixel & 255, alpha);
}

static void free_planes(struct sw_bitmap *bitmap)
{
    free(bitmap->owner);
}

static struct sw_bitmap *some_film(struct random_lists *random, int width, int height)
{
    int half = (width + 1) / 2, chroma = half * ((height + 1) / 2);
    uint8_t *bytes = malloc((size_t)(width * height + 2 * chroma));
    if (bytes == NULL)
        abort();
    for (int i = 0; i < width * height + 2 * chroma; i++)
        bytes[i] = (uint8_t)(bits(random) >> 8);
    const struct sw_planes planes = {.width = width,
                                     .height = height,
                                     .planes = {bytes, bytes + width * height, bytes + width * height + chroma},
                                     .strides = {width, half},
                                     .colours = (enum sw_colours)random_number(random, SW_COLOURS_COUNT)};
    return sw_bitmap_wrap_planes(&planes, free_planes, bytes);
}

/* What is drawn of a film, by the function of libyuv's for all of a picture. */
static struct sw_bitmap *developed(const struct sw_bitmap *film)
{
    struct sw_bitmap *bitmap = sw_bitmap_create(SW_PIXELS_XRGB, film->width, film->height);
    (void)I420ToARGBMatrix(film->pixels, film->stride, film->chroma[0], film->chroma_stride, film->chroma[1], film->chroma_stride,
                           bitmap->pixels, bitmap->stride, sw_colours_constants(film->colours), film->width, film->height);
    return bitmap;
}

static struct sw_bitmap *some_bitmap(struct random_lists *random, enum sw_pixels format, int width, int height)
{
    struct sw_bitmap *bitmap = sw_bitmap_create(format, width, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            uint32_t pixel = some_pixel(random, format);
            uint8_t *row = bitmap->pixels + (ptrdiff_t)bitmap->stride * y;
            if (format == SW_PIXELS_A8)
                row[x] = (uint8_t)(pixel >> 24);
            else
                memcpy(row + 4 * x, &pixel, 4);
        }
    return bitmap;
}

void random_lists_init(struct random_lists *random, uint32_t seed, bool scaling)
{
    static const int sizes[3][2] = {{3, 2}, {41, 67}, {200, 90}};
    *random = (struct random_lists){.seed = seed * 2654435761u + 1, .scaling = scaling};
    for (int i = 0; i < POOL - 3; i++)
        random->pool[i] = some_bitmap(random, (enum sw_pixels)(i / 3), sizes[i % 3][0], sizes[i % 3][1]);
    for (int i = 0; i < 3; i++) {
        random->pool[POOL - 3 + i] = some_film(random, sizes[i][0], sizes[i][1]);
        random->films[i] = developed(random->pool[POOL - 3 + i]);
    }
}

void random_lists_finish(struct random_lists *random)
{
    for (int i = 0; i < POOL; i++)
        sw_bitmap_release(random->pool[i]);
    for (int i = 0; i < 3; i++)
        sw_bitmap_release(random->films[i]);
}

static void place_shape(struct random_lists *random, struct sw_draw *draw)
{
    if (draw->shape == NULL)
        return;
    draw->frame = (struct sw_rect){draw->to.x + random_number(random, 60) - 20, draw->to.y + random_number(random, 60) - 20,
                                   draw->shape->width, draw->shape->height};
    if (random->scaling && random_number(random, 2) == 0)
        draw->frame.width *= 1.3;
}

static void place(struct random_lists *random, const struct sw_draw_list *list, struct sw_draw *draw)
{
    draw->to.x = random_number(random, list->width * 8) / 7.0 - list->width / 10.0;
    draw->to.y = random_number(random, list->height * 8) / 7.0 - list->height / 10.0;
    draw->to.width = random_number(random, list->width * 3) / 5.0 + 0.1;
    draw->to.height = random_number(random, list->height * 3) / 5.0 + 0.1;
    if (draw->bitmap != NULL && (!random->scaling || random_number(random, 2) == 0)) {
        draw->to.width = draw->bitmap->width;
        draw->to.height = draw->bitmap->height;
    }
    place_shape(random, draw);
}

static void paint_differently(struct random_lists *random, struct sw_draw *draw)
{
    draw->colour = bits(random) | (random_number(random, 2) == 0 ? 0xff000000u : 0x10000000u);
    draw->opacity = random_number(random, 3) == 0 ? (1 + random_number(random, 99)) / 100.0 : 1;
}

static void clip(struct random_lists *random, const struct sw_draw_list *list, struct sw_draw *draw)
{
    draw->clip = (struct sw_box_px){0, 0, list->width, list->height};
    if (random_number(random, 3) > 0)
        return;
    draw->clip.x = random_number(random, list->width) - 20;
    draw->clip.y = random_number(random, list->height) - 20;
    draw->clip.width = 1 + random_number(random, list->width);
    draw->clip.height = 1 + random_number(random, list->height);
}

static void take_bitmap(struct random_lists *random, struct sw_draw *draw)
{
    draw->bitmap = NULL;
    if (draw->kind == SW_DRAW_MASK)
        draw->bitmap = random->pool[random_number(random, 3)];
    if (draw->kind == SW_DRAW_BITMAP)
        draw->bitmap = random->pool[3 + random_number(random, 9)];
    draw->shape = NULL;
    if (draw->bitmap != NULL && draw->bitmap->format == SW_PIXELS_I420 && random_number(random, 3) == 0)
        draw->shape = random->pool[random_number(random, 3)];
    place_shape(random, draw);
}

static void add(struct random_lists *random, struct sw_draw_list *list)
{
    struct sw_draw draw = {.kind = (enum sw_draw_kind)random_number(random, 3), .identity = bits(random) % 1000};
    take_bitmap(random, &draw);
    place(random, list, &draw);
    paint_differently(random, &draw);
    clip(random, list, &draw);
    sw_draw_list_add(list, &draw);
}

void random_list_make(struct random_lists *random, struct sw_draw_list *list, int width, int height, int count)
{
    sw_draw_list_init(list, width, height, bits(random));
    for (int i = 0; i < count; i++)
        add(random, list);
}

/* One of a few changes; false: the item goes. */
static bool change_item(struct random_lists *random, const struct sw_draw_list *list, struct sw_draw *draw)
{
    switch (random_number(random, 6)) {
    case 0: place(random, list, draw); break;
    case 1: paint_differently(random, draw); break;
    case 2: clip(random, list, draw); break;
    case 3: draw->to.x += random_number(random, 7) / 3.0 - 1; break;
    case 4: take_bitmap(random, draw); break;
    default: return false;
    }
    return true;
}

void random_list_change(struct random_lists *random, struct sw_draw_list *list)
{
    struct sw_draw_list changed;
    sw_draw_list_init(&changed, list->width, list->height, random_number(random, 40) == 0 ? bits(random) : list->ground);
    size_t chosen = list->count > 0 ? (size_t)random_number(random, (int)list->count) : 0;
    int how = random_number(random, 4);
    for (size_t i = 0; i < list->count; i++) {
        struct sw_draw draw = list->items[i];
        if (how == 1 && i == chosen)
            continue; /* drawn last instead: another order */
        if (how > 1 && i == chosen && !change_item(random, list, &draw))
            continue;
        sw_draw_list_add(&changed, &draw);
        if (how == 0 && i == chosen)
            add(random, &changed);
    }
    if (how == 1 && chosen < list->count)
        sw_draw_list_add(&changed, &list->items[chosen]);
    if (list->count == 0)
        add(random, &changed);
    sw_draw_list_finish(list);
    *list = changed;
}

static uint32_t over(uint32_t below, uint32_t above)
{
    uint32_t out = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        unsigned sum = (above >> shift & 255) + product(below >> shift & 255, 255 - (above >> 24));
        out |= (sum > 255 ? 255u : sum) << shift;
    }
    return out;
}

static uint32_t times(uint32_t pixel, unsigned coverage)
{
    uint32_t out = 0;
    for (int shift = 0; shift < 32; shift += 8)
        out |= product(pixel >> shift & 255, coverage) << shift;
    return out;
}

/* How much of what is drawn at a place its shape lets through, of 255. */
static unsigned share(const struct sw_draw *draw, int x, int y)
{
    if (draw->shape == NULL)
        return 255;
    int left = (int)floor(draw->frame.x + 0.5), top = (int)floor(draw->frame.y + 0.5);
    return draw->shape->pixels[(ptrdiff_t)draw->shape->stride * (y - top) + x - left];
}

/* What the draw puts at a place of the list that it covers, premultiplied. */
static uint32_t source(const struct random_lists *random, const struct sw_draw *draw, int x, int y)
{
    unsigned alpha = product(sw_draw_alpha(draw), share(draw, x, y));
    const struct sw_bitmap *bitmap = draw->bitmap;
    for (int i = 0; i < 3; i++)
        bitmap = bitmap == random->pool[POOL - 3 + i] ? random->films[i] : bitmap;
    uint32_t colour = times(draw->colour | 0xff000000u, alpha);
    if (draw->kind == SW_DRAW_FILL)
        return colour;
    const uint8_t *row = bitmap->pixels + (ptrdiff_t)bitmap->stride * (y - (int)floor(draw->to.y + 0.5));
    x -= (int)floor(draw->to.x + 0.5);
    if (draw->kind == SW_DRAW_MASK)
        return times(colour, row[x]);
    uint32_t pixel;
    memcpy(&pixel, row + 4 * x, 4);
    return times(pixel, alpha);
}

void naive_paint(const struct random_lists *random, const struct sw_draw_list *list, uint32_t *pixels, int stride)
{
    for (int y = 0; y < list->height; y++)
        for (int x = 0; x < list->width; x++) {
            uint32_t pixel = list->ground;
            for (size_t i = 0; i < list->count; i++) {
                struct sw_box_px box = sw_draw_bounds(&list->items[i]);
                if (x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height)
                    pixel = over(pixel, source(random, &list->items[i], x, y));
            }
            pixels[(ptrdiff_t)stride / 4 * y + x] = pixel;
        }
}
