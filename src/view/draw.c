/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/draw.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* How far the comparison looks for a partner. Beyond it items count as removed and inserted: more damage, never less. */
#define LOOK_AHEAD 256

void sw_draw_list_init(struct sw_draw_list *list, int width, int height, uint32_t ground)
{
    assert(width >= 0 && height >= 0);
    *list = (struct sw_draw_list){.width = width, .height = height, .ground = ground | 0xff000000u};
}

static void hold(const struct sw_draw *draw)
{
    (void)sw_bitmap_hold(draw->bitmap);
    (void)sw_bitmap_hold(draw->shape);
}

static void release_all(struct sw_draw_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        sw_bitmap_release(list->items[i].bitmap);
        sw_bitmap_release(list->items[i].shape);
    }
}

void sw_draw_list_finish(struct sw_draw_list *list)
{
    if (list == NULL)
        return;
    release_all(list);
    free(list->items);
    *list = (struct sw_draw_list){0};
}

void sw_draw_list_add(struct sw_draw_list *list, const struct sw_draw *draw)
{
    assert((draw->kind == SW_DRAW_FILL) == (draw->bitmap == NULL));
    assert(draw->bitmap == NULL || (draw->bitmap->format == SW_PIXELS_A8) == (draw->kind == SW_DRAW_MASK));
    assert(draw->shape == NULL || (draw->bitmap != NULL && draw->bitmap->format == SW_PIXELS_I420));
    assert(draw->shape == NULL || draw->shape->format == SW_PIXELS_A8);
    struct sw_box_px all = {0, 0, list->width, list->height};
    if (sw_draw_alpha(draw) == 0 || sw_box_px_empty(sw_box_px_intersect(sw_draw_bounds(draw), all)))
        return;
    list->items = sw_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count] = *draw;
    hold(draw);
    list->count++;
}

void sw_draw_list_copy(struct sw_draw_list *copy, const struct sw_draw_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        hold(&list->items[i]);
    release_all(copy);
    copy->width = list->width;
    copy->height = list->height;
    copy->ground = list->ground;
    copy->count = list->count;
    if (list->count == 0)
        return;
    copy->items = sw_grow(copy->items, &copy->capacity, list->count, sizeof *copy->items);
    memcpy(copy->items, list->items, list->count * sizeof *list->items);
}

/* The nearest whole number; what is no number, and what is far outside any wall, ends up far outside any wall. */
static int nearest(double number)
{
    return !(number > -1e6) ? -1000000 : number > 1e6 ? 1000000 : (int)floor(number + 0.5);
}

/* Whether a bitmap (NULL: none) must be scaled to fit there. */
static bool scales(const struct sw_bitmap *bitmap, struct sw_rect to)
{
    return bitmap != NULL && !(fabs(to.width - bitmap->width) < 0.5 && fabs(to.height - bitmap->height) < 0.5);
}

static struct sw_box_px place_of(const struct sw_bitmap *bitmap, struct sw_rect to)
{
    if (sw_rect_empty(to))
        return (struct sw_box_px){0, 0, 0, 0};
    int x = nearest(to.x), y = nearest(to.y);
    if (bitmap != NULL && !scales(bitmap, to))
        return (struct sw_box_px){x, y, bitmap->width, bitmap->height};
    int end = nearest(to.x + to.width), bottom = nearest(to.y + to.height);
    return (struct sw_box_px){x, y, end > x ? end - x : 1, bottom > y ? bottom - y : 1};
}

bool sw_draw_scales(const struct sw_draw *draw) { return scales(draw->bitmap, draw->to); }

bool sw_draw_shape_scales(const struct sw_draw *draw) { return scales(draw->shape, draw->frame); }

struct sw_box_px sw_draw_place(const struct sw_draw *draw) { return place_of(draw->bitmap, draw->to); }

struct sw_box_px sw_draw_frame(const struct sw_draw *draw)
{
    return draw->shape != NULL ? place_of(draw->shape, draw->frame) : (struct sw_box_px){0, 0, 0, 0};
}

struct sw_box_px sw_draw_bounds(const struct sw_draw *draw)
{
    struct sw_box_px box = sw_box_px_intersect(sw_draw_place(draw), draw->clip);
    return draw->shape != NULL ? sw_box_px_intersect(box, sw_draw_frame(draw)) : box;
}

uint8_t sw_draw_alpha(const struct sw_draw *draw)
{
    if (!(draw->opacity > 0))
        return 0;
    double whole = draw->kind == SW_DRAW_BITMAP ? 255 : (double)(draw->colour >> 24);
    return (uint8_t)floor(whole * fmin(draw->opacity, 1) + 0.5);
}

/* Its shape does not count. */
static bool hides(const struct sw_draw *draw)
{
    if (sw_draw_alpha(draw) != 255 || draw->kind == SW_DRAW_MASK)
        return false;
    return draw->kind == SW_DRAW_FILL || draw->bitmap->format == SW_PIXELS_XRGB || draw->bitmap->format == SW_PIXELS_I420;
}

bool sw_draw_opaque(const struct sw_draw *draw) { return draw->shape == NULL && hides(draw); }

struct sw_box_px sw_draw_solid(const struct sw_draw *draw)
{
    if (!hides(draw))
        return (struct sw_box_px){0, 0, 0, 0};
    struct sw_box_px bounds = sw_draw_bounds(draw);
    return draw->shape != NULL ? sw_box_px_intersect(bounds, draw->solid) : bounds;
}

static bool same_box(struct sw_box_px a, struct sw_box_px b)
{
    return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

static bool same_rect(struct sw_rect a, struct sw_rect b) { return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height; }

static bool same_shape(const struct sw_draw *a, const struct sw_draw *b)
{
    if (a->shape == NULL || b->shape == NULL)
        return a->shape == b->shape;
    return a->shape->serial == b->shape->serial && same_rect(a->frame, b->frame);
}

bool sw_draw_same(const struct sw_draw *a, const struct sw_draw *b)
{
    if (a->kind != b->kind || sw_draw_alpha(a) != sw_draw_alpha(b) || !same_box(sw_draw_bounds(a), sw_draw_bounds(b)))
        return false;
    if (a->kind != SW_DRAW_BITMAP && ((a->colour ^ b->colour) & 0xffffffu) != 0)
        return false;
    if (a->kind == SW_DRAW_FILL)
        return true;
    if (a->bitmap->serial != b->bitmap->serial || sw_draw_scales(a) != sw_draw_scales(b) || !same_shape(a, b))
        return false;
    if (!sw_draw_scales(a))
        return same_box(sw_draw_place(a), sw_draw_place(b));
    return same_rect(a->to, b->to);
}

struct comparison {
    struct sw_box_px all;
    void (*damaged)(void *context, struct sw_box_px box);
    void *context;
};

static void report(const struct comparison *comparison, struct sw_box_px box)
{
    box = sw_box_px_intersect(box, comparison->all);
    if (!sw_box_px_empty(box))
        comparison->damaged(comparison->context, box);
}

static void damage(const struct comparison *comparison, const struct sw_draw_list *list, size_t from, size_t count)
{
    for (size_t i = from; i < from + count; i++)
        report(comparison, sw_draw_bounds(&list->items[i]));
}

/* Two of the same place, or nearly so, as one box. */
static void damage_both(const struct comparison *comparison, const struct sw_draw *old, const struct sw_draw *new)
{
    struct sw_box_px a = sw_draw_bounds(old), b = sw_draw_bounds(new), both = sw_box_px_union(a, b);
    if ((int64_t)both.width * both.height <= (int64_t)a.width * a.height + (int64_t)b.width * b.height) {
        report(comparison, both);
        return;
    }
    report(comparison, a);
    report(comparison, b);
}

/* How many items must be skipped before one of `items` has the identity; LOOK_AHEAD if none of the next `most` has. */
static size_t distance(const struct sw_draw *items, size_t count, uint64_t identity, size_t most)
{
    for (size_t i = 0; i < count && i < most; i++)
        if (items[i].identity == identity)
            return i;
    return LOOK_AHEAD;
}

void sw_draw_list_compare(const struct sw_draw_list *before, const struct sw_draw_list *after,
                          void (*damaged)(void *context, struct sw_box_px box), void *context)
{
    assert(before->width == after->width && before->height == after->height);
    struct comparison comparison = {{0, 0, after->width, after->height}, damaged, context};
    if (before->ground != after->ground) {
        if (!sw_box_px_empty(comparison.all))
            damaged(context, comparison.all);
        return;
    }
    size_t i = 0, j = 0;
    while (i < before->count && j < after->count) {
        const struct sw_draw *old = &before->items[i], *new = &after->items[j];
        if (old->identity != new->identity) {
            size_t inserted = distance(new, after->count - j, old->identity, LOOK_AHEAD);
            size_t removed = distance(old, before->count - i, new->identity, inserted);
            if (removed < LOOK_AHEAD) {
                damage(&comparison, before, i, removed);
                i += removed;
                continue;
            }
            if (inserted < LOOK_AHEAD) {
                damage(&comparison, after, j, inserted);
                j += inserted;
                continue;
            }
        }
        if (old->identity != new->identity || !sw_draw_same(old, new))
            damage_both(&comparison, old, new);
        i++;
        j++;
    }
    damage(&comparison, before, i, before->count - i);
    damage(&comparison, after, j, after->count - j);
}
