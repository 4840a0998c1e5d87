/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/bake.h"

#include <assert.h>
#include <cairo.h>
#include <math.h>
#include <stdint.h>

#define SIDE_MAX 16384
#define AREA_MAX (64.0 * 1024 * 1024)
#define NUMBER_MAX 1e6       /* cairo counts in 24.8 bits */
#define DASH_MIN 1.0         /* pixels: a finer dash is a solid line, and would cost a segment each */
#define QUARTER 1.57079632679489661923
#define ALPHA_MASK 0xff000000u

static int numbers_of(enum sw_vector_op op)
{
    switch (op) {
    case SW_VECTOR_MOVE:
    case SW_VECTOR_LINE:
        return 2;
    case SW_VECTOR_CURVE:
        return 6;
    case SW_VECTOR_CLOSE:
        return 0;
    case SW_VECTOR_RECTANGLE:
        return 5;
    case SW_VECTOR_CIRCLE:
        return 3;
    }
    return 0;
}

static bool within(double number)
{
    return isfinite(number) && fabs(number) <= NUMBER_MAX;
}

static bool path_possible(const struct sw_vector_path *path)
{
    if (!within(path->width) || !within(path->dash[0]) || !within(path->dash[1]) || !isfinite(path->fill.angle))
        return false;
    for (size_t i = 0; i < path->count; i++) {
        for (int k = 0; k < numbers_of(path->steps[i].op); k++) {
            if (!within(path->steps[i].numbers[k]))
                return false;
        }
    }
    return true;
}

bool sw_bake_possible(const struct sw_vector *vector)
{
    if (vector->width < 1 || vector->height < 1 || vector->width > SIDE_MAX || vector->height > SIDE_MAX ||
        (double)vector->width * vector->height > AREA_MAX)
        return false;
    for (size_t i = 0; i < vector->count; i++) {
        if (!path_possible(&vector->paths[i]))
            return false;
    }
    return true;
}

/* A radius of more than half of a side is that half; one of 0 or less gives sharp corners. */
static void add_rectangle(cairo_t *cairo, const double *numbers)
{
    double x = numbers[0], y = numbers[1], width = numbers[2], height = numbers[3];
    if (!(width > 0 && height > 0))
        return;
    double radius = fmin(numbers[4], fmin(width, height) / 2);
    if (!(radius > 0)) {
        cairo_rectangle(cairo, x, y, width, height);
        return;
    }
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x + width - radius, y + radius, radius, -QUARTER, 0);
    cairo_arc(cairo, x + width - radius, y + height - radius, radius, 0, QUARTER);
    cairo_arc(cairo, x + radius, y + height - radius, radius, QUARTER, 2 * QUARTER);
    cairo_arc(cairo, x + radius, y + radius, radius, 2 * QUARTER, 3 * QUARTER);
    cairo_close_path(cairo);
}

static void add_circle(cairo_t *cairo, const double *numbers)
{
    if (!(numbers[2] > 0))
        return;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, numbers[0], numbers[1], numbers[2], 0, 4 * QUARTER);
    cairo_close_path(cairo);
}

static void add_step(cairo_t *cairo, const struct sw_vector_step *step)
{
    const double *n = step->numbers;
    switch (step->op) {
    case SW_VECTOR_MOVE:
        cairo_move_to(cairo, n[0], n[1]);
        break;
    case SW_VECTOR_LINE:
        cairo_line_to(cairo, n[0], n[1]);
        break;
    case SW_VECTOR_CURVE:
        cairo_curve_to(cairo, n[0], n[1], n[2], n[3], n[4], n[5]);
        break;
    case SW_VECTOR_CLOSE:
        cairo_close_path(cairo);
        break;
    case SW_VECTOR_RECTANGLE:
        add_rectangle(cairo, n);
        break;
    case SW_VECTOR_CIRCLE:
        add_circle(cairo, n);
        break;
    }
}

static double channel(uint32_t colour, int shift)
{
    return (colour >> shift & 0xff) / 255.0;
}

static void set_colour(cairo_t *cairo, uint32_t colour)
{
    cairo_set_source_rgba(cairo, channel(colour, 16), channel(colour, 8), channel(colour, 0), channel(colour, 24));
}

static void add_stop(cairo_pattern_t *pattern, double at, uint32_t colour)
{
    cairo_pattern_add_color_stop_rgba(pattern, at, channel(colour, 16), channel(colour, 8), channel(colour, 0), channel(colour, 24));
}

/* The gradient's line goes through the middle of the path's bounds and just reaches their corners. */
static void set_gradient(cairo_t *cairo, const struct sw_vector_paint *paint)
{
    double left, top, right, bottom;
    cairo_path_extents(cairo, &left, &top, &right, &bottom);
    double radians = fmod(paint->angle, 360) / 90 * QUARTER;
    double dx = cos(radians), dy = sin(radians);
    double half = (fabs(dx) * (right - left) + fabs(dy) * (bottom - top)) / 2;
    double x = (left + right) / 2, y = (top + bottom) / 2;
    cairo_pattern_t *pattern = cairo_pattern_create_linear(x - dx * half, y - dy * half, x + dx * half, y + dy * half);
    add_stop(pattern, 0, paint->from);
    add_stop(pattern, 1, paint->to);
    cairo_set_source(cairo, pattern);
    cairo_pattern_destroy(pattern);
}

static void draw_path(cairo_t *cairo, const struct sw_vector_path *path)
{
    bool fills = ((path->fill.from | path->fill.to) & ALPHA_MASK) != 0;
    bool strokes = (path->stroke & ALPHA_MASK) != 0 && path->width > 0;
    if (!fills && !strokes)
        return;
    cairo_new_path(cairo);
    for (size_t i = 0; i < path->count; i++)
        add_step(cairo, &path->steps[i]);
    if (fills) {
        if (path->fill.from == path->fill.to)
            set_colour(cairo, path->fill.from);
        else
            set_gradient(cairo, &path->fill);
        cairo_fill_preserve(cairo);
    }
    if (strokes) {
        bool dashed = path->dash[0] >= 0 && path->dash[1] > 0 && path->dash[0] + path->dash[1] >= DASH_MIN;
        set_colour(cairo, path->stroke);
        cairo_set_line_width(cairo, path->width);
        cairo_set_dash(cairo, path->dash, dashed ? 2 : 0, 0);
        cairo_stroke(cairo);
    }
}

struct sw_bitmap *sw_bake(const struct sw_vector *vector)
{
    assert(sw_bake_possible(vector));
    struct sw_bitmap *bitmap = sw_bitmap_create(SW_PIXELS_ARGB, vector->width, vector->height);
    if (bitmap == NULL)
        return NULL;
    cairo_surface_t *surface =
        cairo_image_surface_create_for_data(bitmap->pixels, CAIRO_FORMAT_ARGB32, bitmap->width, bitmap->height, bitmap->stride);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_GOOD);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    for (size_t i = 0; i < vector->count; i++)
        draw_path(cairo, &vector->paths[i]);
    bool good = cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    if (good)
        return bitmap;
    sw_bitmap_release(bitmap);
    return NULL;
}
