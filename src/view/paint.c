/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/paint.h"

#include <math.h>

#include "base/hash.h"
#include "view/expand.h"
#include "view/fade.h"
#include "view/view.h"

#define PRESSED_ALPHA 0x24     /* of the text's colour, over what is under a finger */
#define DIM_COLOUR 0x99000000u /* over what is behind a modal layer */
#define STROKE_WIDTH 2.0
#define INK_OUT 4.0 /* em that ink may reach out of its line: stacked marks */

/* -- places -- */

static double to_zone(double offset, double scale, double position) { return offset + scale * position; }

static double moved(double position, double fixed, double zoom, double shift) { return fixed + (position - fixed) * zoom + shift; }

static int pixels_between(double from, double to)
{
    double pixels = floor(to + 0.5) - floor(from + 0.5);
    return pixels < 0 ? 0 : pixels > 1e6 ? 1000000 : (int)pixels;
}

void sw_painter_pixels(const struct sw_painter *painter, struct sw_rect rect, int *width, int *height)
{
    double x = to_zone(painter->offset_x, painter->scale, rect.x), y = to_zone(painter->offset_y, painter->scale, rect.y);
    *width = pixels_between(x, x + painter->scale * rect.width);
    *height = pixels_between(y, y + painter->scale * rect.height);
}

struct sw_placed sw_painter_place(const struct sw_painter *painter, struct sw_rect rect)
{
    struct sw_placed placed;
    sw_painter_pixels(painter, rect, &placed.width, &placed.height);
    placed.to.x = to_zone(painter->offset_x, painter->scale, moved(rect.x, painter->zoom_x, painter->zoom, painter->shift_x));
    placed.to.y = to_zone(painter->offset_y, painter->scale, moved(rect.y, painter->zoom_y, painter->zoom, painter->shift_y));
    if (painter->zoom == 1) {
        placed.to.x = floor(placed.to.x + 0.5);
        placed.to.y = floor(placed.to.y + 0.5);
    }
    placed.to.width = placed.width * painter->zoom;
    placed.to.height = placed.height * painter->zoom;
    return placed;
}

static int whole_pixel(double position) { return (int)fmin(fmax(floor(position + 0.5), -1e6), 1e6); }

struct sw_box_px sw_painter_box(const struct sw_painter *painter, struct sw_rect rect)
{
    double scale = painter->scale, zoom = painter->zoom;
    double left = to_zone(painter->offset_x, scale, moved(rect.x, painter->zoom_x, zoom, painter->shift_x));
    double top = to_zone(painter->offset_y, scale, moved(rect.y, painter->zoom_y, zoom, painter->shift_y));
    int x = whole_pixel(left), y = whole_pixel(top);
    return (struct sw_box_px){x, y, whole_pixel(left + scale * zoom * rect.width) - x, whole_pixel(top + scale * zoom * rect.height) - y};
}

/* -- single draws -- */

static uint64_t identity_of(const struct sw_painter *painter, const struct sw_box *box, int part, int slice)
{
    return sw_hash_number(box->identity ^ painter->slice, (uint64_t)part * SW_PART_STEP + (uint64_t)slice);
}

void sw_painter_add(struct sw_painter *painter, const struct sw_box *box, int part, int slice, const struct sw_draw *draw)
{
    struct sw_draw item = *draw;
    item.identity = identity_of(painter, box, part, slice);
    item.clip = painter->clip;
    item.opacity = painter->opacity;
    sw_draw_list_add(painter->list, &item);
}

void sw_painter_fill(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect, uint32_t colour)
{
    struct sw_placed placed = sw_painter_place(painter, rect);
    sw_painter_add(painter, box, part, 0, &(struct sw_draw){.kind = SW_DRAW_FILL, .to = placed.to, .colour = colour});
}

void sw_painter_bitmap(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect, struct sw_bitmap *bitmap,
                       uint32_t mask_colour)
{
    struct sw_placed placed = sw_painter_place(painter, rect);
    enum sw_draw_kind kind = bitmap->format == SW_PIXELS_A8 ? SW_DRAW_MASK : SW_DRAW_BITMAP;
    sw_painter_add(painter, box, part, 0, &(struct sw_draw){.kind = kind, .to = placed.to, .colour = mask_colour, .bitmap = bitmap});
}

static const struct sw_draw *find_former(const struct sw_painter *painter, uint64_t identity)
{
    for (size_t i = 0; painter->before != NULL && i < painter->before->count; i++) {
        const struct sw_draw *former = &painter->before->items[i];
        if (former->identity == identity && former->kind == SW_DRAW_BITMAP) {
            return former;
        }
    }
    return NULL;
}

struct sw_bitmap *sw_painter_former(const struct sw_painter *painter, const struct sw_box *box, int part)
{
    const struct sw_draw *former = find_former(painter, identity_of(painter, box, part, 0));
    return former != NULL ? former->bitmap : NULL;
}

/* What this part of the box showed before, until its new drawing is there: a chart whose numbers change must not blink. */
static void add_former(struct sw_painter *painter, const struct sw_box *box, int part, int slice, struct sw_rect to)
{
    const struct sw_draw *former = find_former(painter, identity_of(painter, box, part, slice));
    if (former != NULL && former->to.width == to.width && former->to.height == to.height) {
        sw_painter_add(painter, box, part, slice, &(struct sw_draw){.kind = SW_DRAW_BITMAP, .to = to, .bitmap = former->bitmap});
    }
}

void sw_painter_bake(struct sw_painter *painter, const struct sw_box *box, int part, int slice, struct sw_rect to,
                     const struct sw_vector *vector)
{
    if (painter->context->bakery == NULL || vector->width == 0 || vector->height == 0) {
        return;
    }
    struct sw_bitmap *bitmap = NULL;
    switch (sw_bakery_get(painter->context->bakery, vector, &bitmap)) {
    case SW_ASSET_PENDING:
        painter->pending++;
        add_former(painter, box, part, slice, to);
        break;
    case SW_ASSET_FAILED: painter->failed++; break;
    case SW_ASSET_READY:
        sw_painter_add(painter, box, part, slice, &(struct sw_draw){.kind = SW_DRAW_BITMAP, .to = to, .bitmap = bitmap});
        break;
    }
}

static struct sw_vector_step step_in_pixels(struct sw_vector_step step, double x, double y)
{
    double least = fmin(x, y);
    switch (step.op) {
    case SW_VECTOR_MOVE:
    case SW_VECTOR_LINE:
    case SW_VECTOR_CURVE:
        for (int i = 0; i < 6; i++) {
            step.numbers[i] *= i % 2 == 0 ? x : y;
        }
        break;
    case SW_VECTOR_RECTANGLE:
        for (int i = 0; i < 4; i++) {
            step.numbers[i] *= i % 2 == 0 ? x : y;
        }
        step.numbers[4] *= least;
        break;
    case SW_VECTOR_CIRCLE:
        step.numbers[0] *= x;
        step.numbers[1] *= y;
        step.numbers[2] *= least;
        break;
    case SW_VECTOR_CLOSE: break;
    }
    return step;
}

void sw_painter_paths(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect,
                      const struct sw_vector_path *paths, size_t count)
{
    struct sw_placed placed = sw_painter_place(painter, rect);
    if (painter->context->bakery == NULL || placed.width == 0 || placed.height == 0) {
        return;
    }
    /* the rectangle's edges fall on whole pixels, so that what lies along them is crisp */
    double x = placed.width / rect.width, y = placed.height / rect.height;
    struct sw_arena scratch = {0};
    struct sw_vector_path *scaled = sw_arena_array(&scratch, count, sizeof *scaled);
    for (size_t i = 0; i < count; i++) {
        struct sw_vector_step *steps = sw_arena_array(&scratch, paths[i].count, sizeof *steps);
        for (size_t j = 0; j < paths[i].count; j++) {
            steps[j] = step_in_pixels(paths[i].steps[j], x, y);
        }
        scaled[i] = paths[i];
        scaled[i].steps = steps;
        scaled[i].width *= fmin(x, y);
        scaled[i].dash[0] *= fmin(x, y);
        scaled[i].dash[1] *= fmin(x, y);
    }
    struct sw_vector vector = {.width = placed.width, .height = placed.height, .paths = scaled, .count = count};
    sw_painter_bake(painter, box, part, 0, placed.to, &vector);
    sw_arena_finish(&scratch);
}

static void add_text(struct sw_painter *painter, const struct sw_box *box, int part, int slice, struct sw_rect corner, int left, int top,
                     struct sw_bitmap *bitmap, uint32_t colour)
{
    if (bitmap == NULL) {
        return;
    }
    double zoom = painter->zoom;
    struct sw_draw draw = {
        .kind = bitmap->format == SW_PIXELS_A8 ? SW_DRAW_MASK : SW_DRAW_BITMAP,
        .to = {corner.x + left * zoom, corner.y + top * zoom, bitmap->width * zoom, bitmap->height * zoom},
        .colour = colour,
        .bitmap = bitmap,
    };
    sw_painter_add(painter, box, part, slice, &draw);
}

/* Letters may stand out of their lines. */
static bool block_seen(const struct sw_painter *painter, double top, int block, double size)
{
    double out = INK_OUT * size * painter->scale, from = block * (double)SW_TEXT_BLOCK_PX - out, to = from + SW_TEXT_BLOCK_PX + 2 * out;
    const struct sw_box_px *clip = &painter->clip;
    return top + from * painter->zoom < clip->y + clip->height && top + to * painter->zoom > clip->y;
}

void sw_painter_text(struct sw_painter *painter, const struct sw_box *box, int part, double x, double y,
                     const struct sw_text_request *request, uint32_t colour)
{
    if (painter->context->typesetter == NULL) {
        return;
    }
    struct sw_typesetter *typesetter = painter->context->typesetter;
    struct sw_rect corner = sw_painter_place(painter, (struct sw_rect){x, y, 0, 0}).to;
    const struct sw_text_layout *layout = sw_text_layout(typesetter, request);
    int blocks = sw_text_blocks(layout, painter->scale);
    for (int block = 0; block < blocks; block++) {
        if (blocks > 1 && !block_seen(painter, corner.y, block, request->size))
            continue;
        struct sw_text_pixels pixels = sw_text_raster(typesetter, layout, painter->scale, block);
        painter->pending += pixels.state == SW_ASSET_PENDING;
        painter->late += pixels.state == SW_ASSET_PENDING;
        int slice = block * 2 % SW_PART_STEP;
        add_text(painter, box, part, slice, corner, pixels.left, pixels.top, pixels.mask, colour);
        add_text(painter, box, part, slice + 1, corner, pixels.colours_left, pixels.colours_top, pixels.colours, 0xffffffff);
    }
}

struct sw_playback *sw_painter_playback(const struct sw_painter *painter, uint64_t identity)
{
    for (size_t i = 0; i < painter->playback_count; i++) {
        if (painter->playbacks[i].identity == identity) {
            return &painter->playbacks[i];
        }
    }
    return NULL;
}

/* -- boxes -- */

/* Of a box with children the border is drawn over them: a picture that fills a card must not hide it. */
static void draw_ground(struct sw_painter *painter, const struct sw_box *box, enum sw_frame_half half)
{
    if (box->behaviour->ground == NULL && box->fill == 0 && box->stroke == 0)
        return;
    struct sw_frame_look frame = {
        .fill = box->fill,
        .stroke = box->stroke,
        .radius = sw_value_number_or(box->common[SW_COMMON_RADIUS], 0),
        .stroke_width = sw_value_number_or(box->common[SW_COMMON_STROKE_WIDTH], STROKE_WIDTH),
    };
    if (box->behaviour->ground != NULL) {
        box->behaviour->ground(painter, box, &frame.fill, &frame.radius, &frame.stroke, &frame.stroke_width);
    }
    sw_painter_half_frame(painter, box, half == SW_FRAME_BORDER ? SW_PART_BORDER : SW_PART_GROUND, box->rect, &frame, half);
}

static bool same_rect(struct sw_rect a, struct sw_rect b) { return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height; }

/* A finger is on it: a shade over all of it, round where it is round (a part's card is the only child of the box that is touched). */
static void draw_pressed(struct sw_painter *painter, const struct sw_box *box)
{
    const struct sw_box *card = box;
    while (card->common[SW_COMMON_RADIUS].type == SW_VALUE_MISSING && card->first != NULL && same_rect(card->first->rect, box->rect)) {
        card = card->first;
    }
    double radius = sw_value_number_or(card->common[SW_COMMON_RADIUS], 0);
    uint32_t shade = (uint32_t)PRESSED_ALPHA << 24 | (box->text.colour & 0xffffff);
    sw_painter_frame(painter, box, SW_PART_PRESSED, box->rect, shade, radius, 0, 0);
}

static void draw_inside(struct sw_painter *painter, const struct sw_box *box)
{
    draw_ground(painter, box, box->first != NULL ? SW_FRAME_FILL : SW_FRAME_WHOLE);
    struct sw_box_px clip = painter->clip;
    if (box->clips) {
        struct sw_placed placed = sw_painter_place(painter, box->rect);
        painter->clip = sw_box_px_intersect(painter->clip, sw_box_px_round_out(placed.to));
    }
    if (box->behaviour->draw != NULL) {
        box->behaviour->draw(painter, box);
    }
    for (const struct sw_box *child = box->first; child != NULL; child = child->next) {
        sw_view_draw(painter, child);
    }
    painter->clip = clip;
    if (box->first != NULL) {
        draw_ground(painter, box, SW_FRAME_BORDER);
    }
    if (painter->pressed == box->identity && box->action_count > 0 && !box->behaviour->presses) {
        draw_pressed(painter, box);
    }
}

/* What gaps between displays cut is drawn once a slice, moved to where that is shown and cut at its edges. */
static void draw_slices(struct sw_painter *painter, const struct sw_box *box)
{
    const struct sw_painter whole = *painter;
    struct sw_painter still = whole; /* displays do not move with what is animated */
    still.shift_x = still.shift_y = 0;
    still.zoom = 1;
    for (size_t i = 0; i < box->slices->counts[0] * box->slices->counts[1]; i++) {
        double x = 0, y = 0, scale = painter->scale;
        struct sw_rect seen = sw_slices_window(box->slices, i % box->slices->counts[0], i / box->slices->counts[0], &x, &y);
        painter->window = sw_painter_box(&still, seen);
        if (whole.slice != 0) {
            painter->window = sw_box_px_intersect(painter->window, whole.window);
        }
        painter->clip = sw_box_px_intersect(whole.clip, painter->window);
        if (sw_box_px_empty(painter->clip)) {
            continue;
        }
        painter->slice = sw_hash_number(whole.slice, i + 1);
        painter->offset_x = whole.offset_x + floor(scale * x + 0.5);
        painter->offset_y = whole.offset_y + floor(scale * y + 0.5);
        draw_inside(painter, box);
    }
}

static const struct sw_glide *find_glide(const struct sw_painter *painter, const struct sw_box *box)
{
    if (painter->glide_count > 0 && box->common[SW_COMMON_NAME].type == SW_VALUE_STRING) {
        for (size_t i = 0; i < painter->glide_count; i++) {
            if (painter->glides[i].identity == box->identity) {
                return &painter->glides[i];
            }
        }
    }
    return NULL;
}

/* On its way to another page a box depends on nothing that it is in. */
static void follow_glide(struct sw_painter *painter, const struct sw_glide *glide)
{
    double scale = painter->scale;
    struct sw_rect clip = {to_zone(painter->offset_x, scale, glide->clip.x), to_zone(painter->offset_y, scale, glide->clip.y),
                           scale * glide->clip.width, scale * glide->clip.height};
    struct sw_box_px all = {0, 0, painter->list->width, painter->list->height};
    painter->clip = sw_box_px_intersect(sw_box_px_round_out(clip), painter->slice != 0 ? painter->window : all);
    painter->zoom = glide->zoom;
    painter->zoom_x = glide->zoom_x;
    painter->zoom_y = glide->zoom_y;
    painter->shift_x = glide->shift_x;
    painter->shift_y = glide->shift_y;
    painter->opacity = glide->opacity;
}

void sw_view_draw(struct sw_painter *painter, const struct sw_box *box)
{
    if (box->hidden) {
        return;
    }
    struct sw_painter before = *painter;
    const struct sw_glide *glide = find_glide(painter, box);
    if (glide != NULL) {
        follow_glide(painter, glide);
    } else {
        painter->opacity *= box->opacity;
        sw_view_animate(painter, box);
    }
    size_t first = painter->list->count;
    if (box->slices != NULL) {
        draw_slices(painter, box);
    } else {
        draw_inside(painter, box);
    }
    if (box->shows != 0) {
        sw_fades_mix(painter, box, first);
    }
    before.pending = painter->pending; /* what is counted goes on; where and how to draw is as it was */
    before.late = painter->late;
    before.frames = painter->frames;
    before.failed = painter->failed;
    before.moving = painter->moving;
    before.next_due = painter->next_due;
    before.awaits = painter->awaits;
    *painter = before;
}

void sw_view_paint(struct sw_painter *painter, const struct sw_box *root)
{
    for (const struct sw_box *layer = root->first; layer != NULL; layer = layer->next) {
        const struct sw_layer_notes *notes = layer->data;
        if (notes->modal) {
            struct sw_rect all = {0, 0, painter->list->width, painter->list->height};
            sw_painter_add(painter, layer, SW_PART_DIM, 0, &(struct sw_draw){.kind = SW_DRAW_FILL, .to = all, .colour = DIM_COLOUR});
        }
        sw_view_draw(painter, layer);
    }
}
