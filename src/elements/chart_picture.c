/* SPDX-License-Identifier: EUPL-1.2 */
/* Strokes, blocks and labels of a chart, collected while it is laid out and drawn every frame. */
#include "elements/chart.h"

#include <math.h>
#include <string.h>

#include "base/must.h"

#define LABEL_LINE 1.2
#define GRID 0x2a /* of 255: how much of the texts' colour is left */
#define GRID_HIGH 0x70
#define QUIET 0xc4
#define TINT 0x2c

struct sw_vector_path *sw_chart_path(const struct sw_chart_pen *pen, size_t steps)
{
    struct sw_chart_picture *picture = &pen->chart->picture;
    struct sw_arena *arena = pen->context->arena;
    if (picture->path_count == picture->path_capacity) {
        size_t capacity = picture->path_capacity * 2 + 16;
        struct sw_vector_path *more = sw_arena_array(arena, capacity, sizeof *more);
        if (picture->path_count > 0) {
            memcpy(more, picture->paths, picture->path_count * sizeof *more);
        }
        picture->paths = more;
        picture->path_capacity = capacity;
    }
    struct sw_vector_path *path = &picture->paths[picture->path_count++];
    *path = (struct sw_vector_path){.steps = sw_arena_array(arena, steps, sizeof *path->steps)};
    return path;
}

void sw_chart_to(const struct sw_chart_pen *pen, struct sw_vector_path *path, enum sw_vector_op op, double x, double y)
{
    union { /* the array is this file's own */
        const struct sw_vector_step *seen;
        struct sw_vector_step *own;
    } steps = {.seen = path->steps};
    steps.own[path->count++] = (struct sw_vector_step){op, {x - pen->chart->picture.rect.x, y - pen->chart->picture.rect.y}};
}

struct sw_vector_path *sw_chart_stroke(const struct sw_chart_pen *pen, double x1, double y1, double x2, double y2, uint32_t colour,
                                       double width)
{
    struct sw_vector_path *path = sw_chart_path(pen, 2);
    sw_chart_to(pen, path, SW_VECTOR_MOVE, x1, y1);
    sw_chart_to(pen, path, SW_VECTOR_LINE, x2, y2);
    path->stroke = colour;
    path->width = width;
    return path;
}

struct sw_vector_path *sw_chart_block(const struct sw_chart_pen *pen, struct sw_rect rect, uint32_t colour)
{
    struct sw_vector_path *path = sw_chart_path(pen, 5);
    sw_chart_to(pen, path, SW_VECTOR_MOVE, rect.x, rect.y);
    sw_chart_to(pen, path, SW_VECTOR_LINE, rect.x + rect.width, rect.y);
    sw_chart_to(pen, path, SW_VECTOR_LINE, rect.x + rect.width, rect.y + rect.height);
    sw_chart_to(pen, path, SW_VECTOR_LINE, rect.x, rect.y + rect.height);
    sw_chart_to(pen, path, SW_VECTOR_CLOSE, 0, 0);
    path->fill.from = path->fill.to = colour;
    return path;
}

struct sw_vector_path *sw_chart_dot(const struct sw_chart_pen *pen, double x, double y, double radius, uint32_t colour)
{
    struct sw_vector_path *path = sw_chart_path(pen, 1);
    struct sw_vector_step *step = sw_arena_alloc(pen->context->arena, sizeof *step);
    *step = (struct sw_vector_step){SW_VECTOR_CIRCLE, {x - pen->chart->picture.rect.x, y - pen->chart->picture.rect.y, radius}};
    path->steps = step;
    path->count = 1;
    path->fill.from = path->fill.to = colour;
    return path;
}

struct sw_text_request sw_chart_request(const struct sw_view_context *context, const struct sw_box *box, const char *text, bool strong)
{
    bool plain = box->text.role == NULL || strcmp(box->text.role, "text") == 0;
    return (struct sw_text_request){
        .text = text,
        .role = strong && plain ? "bold" : box->text.role,
        .size = box->text.size,
        .line = LABEL_LINE,
        .tracking = box->text.tracking,
        .width = INFINITY,
        .align = context->right_to_left ? SW_TEXT_END : SW_TEXT_START, /* charts are not mirrored */
        .language = context->evaluation->language,
    };
}

struct sw_size sw_chart_measure(const struct sw_chart_pen *pen, const char *text, bool strong)
{
    struct sw_text_request request = sw_chart_request(pen->context, pen->box, text, strong);
    if (pen->context->typesetter == NULL) {
        return (struct sw_size){0, request.size * LABEL_LINE};
    }
    const struct sw_text_layout *layout = sw_text_layout(pen->context->typesetter, &request);
    return (struct sw_size){layout->width, layout->height};
}

struct sw_chart_label *sw_chart_label(const struct sw_chart_pen *pen, const char *text, double x, double y, double align, uint32_t colour,
                                      bool strong)
{
    struct sw_chart_picture *picture = &pen->chart->picture;
    if (picture->label_count == picture->label_capacity) {
        size_t capacity = picture->label_capacity * 2 + 16;
        struct sw_chart_label *more = sw_arena_array(pen->context->arena, capacity, sizeof *more);
        if (picture->label_count > 0) {
            memcpy(more, picture->labels, picture->label_count * sizeof *more);
        }
        picture->labels = more;
        picture->label_capacity = capacity;
    }
    struct sw_size size = sw_chart_measure(pen, text, strong);
    struct sw_chart_label *label = &picture->labels[picture->label_count++];
    *label = (struct sw_chart_label){
        .text = text, .x = x - size.width * align, .y = y, .width = size.width, .height = size.height, .colour = colour, .strong = strong};
    return label;
}

static uint32_t faded(uint32_t colour, uint32_t share) { return (colour & 0x00ffffffu) | ((colour >> 24) * share / 255) << 24; }

uint32_t sw_chart_grid(const struct sw_chart_pen *pen)
{
    return faded(pen->box->text.colour, pen->context->high_contrast ? GRID_HIGH : GRID);
}

uint32_t sw_chart_quiet(const struct sw_chart_pen *pen)
{
    return pen->context->high_contrast ? pen->box->text.colour : faded(pen->box->text.colour, QUIET);
}

uint32_t sw_chart_tint(const struct sw_chart_pen *pen, uint32_t colour) { return pen->context->high_contrast ? 0 : faded(colour, TINT); }

uint32_t sw_chart_band_colour(const struct sw_chart_pen *pen, size_t index)
{
    static const uint32_t shades[] = {0x58, 0x10, 0x34, 0x80}; /* what is written on them can be read */
    uint32_t colour = pen->chart->series[index].colour;
    return pen->context->high_contrast ? faded(colour, shades[index % SW_COUNT(shades)]) : colour;
}

void sw_chart_draw(struct sw_painter *painter, const struct sw_box *box, const struct sw_chart *chart)
{
    const struct sw_chart_picture *picture = &chart->picture;
    if (picture->path_count > 0) {
        sw_painter_paths(painter, box, 0, picture->rect, picture->paths, picture->path_count);
    }
    for (size_t i = 0; i < picture->label_count; i++) {
        const struct sw_chart_label *label = &picture->labels[i];
        struct sw_text_request request = sw_chart_request(painter->context, box, label->text, label->strong);
        if (label->wrap > 0) {
            request.width = label->wrap;
            request.lines = label->lines;
            request.align = label->against != painter->context->right_to_left ? SW_TEXT_END : SW_TEXT_START;
        }
        sw_painter_text(painter, box, SW_PARTS_MANY + (int)i, label->x, label->y, &request, label->colour);
    }
}
