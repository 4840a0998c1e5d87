/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/bezel.h"

#include <math.h>
#include <stdlib.h>

#define NEAR 1e-3 /* design units: as good as nothing */
#define FAR 1e5   /* beyond any canvas */

/* -- displays -- */

static double start_of(struct sw_rect rect, int axis) { return axis == 0 ? rect.x : rect.y; }

static double size_of(struct sw_rect rect, int axis) { return axis == 0 ? rect.width : rect.height; }

static struct sw_rect on_canvas(struct sw_px_rect px, const struct sw_wall_zone *zone, double scale, double offset_x, double offset_y)
{
    return (struct sw_rect){(px.x - zone->px.x - offset_x) / scale, (px.y - zone->px.y - offset_y) / scale, px.width / scale,
                            px.height / scale};
}

/* Whether the displays hang as the canvas has them, with nothing of it between them. */
static bool gapless(const struct sw_pane *items, size_t count, struct sw_rect all)
{
    double left = all.width * all.height;
    for (size_t i = 0; i < count; i++) {
        struct sw_rect seen = sw_rect_intersect(items[i].part, all);
        left -= seen.width * seen.height;
        if (fabs(items[i].seen.x - items[i].part.x - items[0].seen.x + items[0].part.x) > NEAR ||
            fabs(items[i].seen.y - items[i].part.y - items[0].seen.y + items[0].part.y) > NEAR)
            return false;
    }
    return left < 1;
}

size_t sw_panes_under(const struct sw_wall *wall, const struct sw_wall_zone *zone, double scale, double offset_x, double offset_y,
                      struct sw_pane items[SW_PANELS_MAX])
{
    struct sw_rect all = on_canvas(zone->px, zone, scale, offset_x, offset_y);
    size_t count = 0;
    for (size_t i = 0; i < wall->panel_count; i++) {
        struct sw_rect part = on_canvas(wall->panels[i].part, zone, scale, offset_x, offset_y);
        if (!sw_rect_empty(sw_rect_intersect(part, all)))
            items[count++] = (struct sw_pane){.part = part, .seen = on_canvas(wall->panels[i].seen, zone, scale, offset_x, offset_y)};
    }
    return count < 2 || gapless(items, count, all) ? 0 : count;
}

static int by_start(const void *a, const void *b)
{
    double x = ((const struct sw_span *)a)->from, y = ((const struct sw_span *)b)->from;
    return (x > y) - (x < y);
}

size_t sw_panes_spans(const struct sw_panes *panes, struct sw_rect rect, int axis, struct sw_span *spans)
{
    size_t found = 0, count = 0;
    for (size_t i = 0; i < panes->count; i++) {
        const struct sw_pane *pane = &panes->items[i];
        struct sw_rect both = sw_rect_intersect(pane->part, rect);
        if (both.width > NEAR && both.height > NEAR) {
            double from = start_of(both, axis);
            spans[found++] = (struct sw_span){
                .from = from, .to = from + size_of(both, axis), .seen = start_of(pane->seen, axis) + from - start_of(pane->part, axis)};
        }
    }
    if (found > 1)
        qsort(spans, found, sizeof *spans, by_start);
    for (size_t i = 0; i < found; i++) {
        struct sw_span *last = count > 0 ? &spans[count - 1] : NULL;
        double gap = last != NULL ? spans[i].from - last->to : INFINITY;
        double apart = last != NULL ? spans[i].seen - last->seen - spans[i].from + last->from : 0; /* further than they lie */
        bool covered = gap < -NEAR; /* by one beside it */
        if (covered || (gap < NEAR && fabs(apart) < NEAR))
            last->to = fmax(last->to, spans[i].to);
        else
            spans[count++] = spans[i];
    }
    return count;
}

/* -- cutting -- */

/* One axis: spans into strips. Returns the length that is laid out. */
static double cut_axis(const struct sw_span *spans, size_t count, enum sw_bezels how, double from, double size, struct sw_strip *strips)
{
    double at = how == SW_BEZELS_SKIP ? from : spans[0].from;
    for (size_t i = 0; i < count; i++) {
        double length = spans[i].to - spans[i].from;
        if (how == SW_BEZELS_BEHIND)
            at = spans[0].from + spans[i].seen - spans[0].seen;
        strips[i] = (struct sw_strip){.from = at, .to = at + length, .shift = spans[i].from - at};
        at += length;
    }
    return how == SW_BEZELS_SKIP ? at - from : at - from + (from + size - spans[count - 1].to);
}

static struct sw_panes panes_inside(const struct sw_slices *slices, struct sw_span *const spans[2], struct sw_arena *arena)
{
    size_t count = slices->counts[0] * slices->counts[1], made = 0;
    struct sw_pane *items = sw_arena_array(arena, count, sizeof *items);
    for (size_t y = 0; y < slices->counts[1]; y++)
        for (size_t x = 0; x < slices->counts[0]; x++) {
            const struct sw_strip *across = &slices->strips[0][x], *down = &slices->strips[1][y];
            double width = across->to - across->from, height = down->to - down->from;
            items[made++] = (struct sw_pane){.part = {across->from, down->from, width, height},
                                             .seen = {spans[0][x].seen, spans[1][y].seen, width, height}};
        }
    return (struct sw_panes){items, count};
}

const struct sw_slices *sw_bezels_cut(const struct sw_panes *panes, enum sw_bezels how, struct sw_rect *rect, struct sw_arena *arena)
{
    if (panes == NULL || how == SW_BEZELS_AS_WALL)
        return NULL;
    struct sw_slices *slices = sw_arena_alloc(arena, sizeof *slices);
    struct sw_span *spans[2];
    double sizes[2];
    bool cut = false;
    for (int axis = 0; axis < 2; axis++) {
        double from = start_of(*rect, axis), size = size_of(*rect, axis);
        spans[axis] = sw_arena_array(arena, panes->count, sizeof *spans[axis]);
        slices->counts[axis] = sw_panes_spans(panes, *rect, axis, spans[axis]);
        if (slices->counts[axis] == 0)
            return NULL; /* no display shows it */
        slices->strips[axis] = sw_arena_array(arena, slices->counts[axis], sizeof *slices->strips[axis]);
        sizes[axis] = cut_axis(spans[axis], slices->counts[axis], how, from, size, slices->strips[axis]);
        cut = cut || fabs(sizes[axis] - size) > NEAR;
    }
    if (!cut)
        return NULL;
    slices->panes = panes_inside(slices, spans, arena);
    for (int axis = 0; axis < 2; axis++) {
        slices->strips[axis][0].from = -FAR;
        slices->strips[axis][slices->counts[axis] - 1].to = FAR;
    }
    rect->width = sizes[0];
    rect->height = sizes[1];
    return slices;
}

/* -- where it went -- */

struct sw_rect sw_slices_window(const struct sw_slices *slices, size_t across, size_t down, double *shift_x, double *shift_y)
{
    const struct sw_strip *x = &slices->strips[0][across], *y = &slices->strips[1][down];
    *shift_x = x->shift;
    *shift_y = y->shift;
    return (struct sw_rect){x->from + x->shift, y->from + y->shift, x->to - x->from, y->to - y->from};
}

static double shown(const struct sw_slices *slices, int axis, double at, bool end)
{
    size_t i = 0;
    while (i + 1 < slices->counts[axis] && (end ? at > slices->strips[axis][i].to + NEAR : at >= slices->strips[axis][i].to - NEAR))
        i++;
    const struct sw_strip *strip = &slices->strips[axis][i];
    return fmin(fmax(at, strip->from), strip->to) + strip->shift;
}

struct sw_rect sw_slices_shown(const struct sw_slices *slices, struct sw_rect rect)
{
    double left = shown(slices, 0, rect.x, false), top = shown(slices, 1, rect.y, false);
    return (struct sw_rect){left, top, shown(slices, 0, rect.x + rect.width, true) - left,
                            shown(slices, 1, rect.y + rect.height, true) - top};
}
