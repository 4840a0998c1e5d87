/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/grid.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#define EDGE_MM 0.5 /* edges this near are meant to be one: sizes are rounded in data sheets */

enum axis { ACROSS, DOWN };

struct span {
    double from, to; /* mm */
};
/* What of one axis has pixels, in order and apart: the whole where scenes go on behind bezels, else what panels cover. */
struct line {
    struct span spans[SW_PANELS_MAX];
    size_t count;
};
struct grid {
    struct line lines[2];
    double scale; /* pixels a mm */
};

static struct span span_of(struct sw_mm_rect place, enum axis axis)
{
    return axis == ACROSS ? (struct span){place.x, place.x + place.width} : (struct span){place.y, place.y + place.height};
}

static int by_start(const void *a, const void *b)
{
    double x = ((const struct span *)a)->from, y = ((const struct span *)b)->from;
    return (x > y) - (x < y);
}

static struct line make_line(const struct sw_panel *panels, size_t count, enum axis axis, bool skip)
{
    struct span sorted[SW_PANELS_MAX];
    struct line line = {.count = 1};
    assert(count >= 1 && count <= SW_PANELS_MAX);
    for (size_t i = 0; i < count; i++)
        sorted[i] = span_of(panels[i].place, axis);
    qsort(sorted, count, sizeof *sorted, by_start);
    line.spans[0] = sorted[0];
    for (size_t i = 1; i < count; i++) {
        struct span *last = &line.spans[line.count - 1];
        if (skip && sorted[i].from > last->to + EDGE_MM)
            line.spans[line.count++] = sorted[i];
        else
            last->to = fmax(last->to, sorted[i].to);
    }
    return line;
}

/* How many mm of the line lie before `mm`. */
static double along(const struct line *line, double mm)
{
    double sum = 0;
    for (size_t i = 0; i < line->count; i++)
        sum += fmin(fmax(mm - line->spans[i].from, 0), line->spans[i].to - line->spans[i].from);
    return sum;
}

static int *start_px(struct sw_px_rect *rect, enum axis axis) { return axis == ACROSS ? &rect->x : &rect->y; }

static int *size_px(struct sw_px_rect *rect, enum axis axis) { return axis == ACROSS ? &rect->width : &rect->height; }

/* A place on the line in pixels; near an edge of a panel that is laid already, that edge. */
static int snap(const struct grid *grid, enum axis axis, const struct sw_panel *panels, struct sw_px_rect *laid, size_t count, double mm)
{
    for (size_t i = 0; i < count; i++) {
        struct span span = span_of(panels[i].place, axis);
        if (fabs(mm - span.to) <= EDGE_MM)
            return *start_px(&laid[i], axis) + *size_px(&laid[i], axis);
        if (fabs(mm - span.from) <= EDGE_MM)
            return *start_px(&laid[i], axis);
    }
    return (int)lround(along(&grid->lines[axis], mm) * grid->scale);
}

/* Pixels of its own along an axis of the wall. */
static int own_px(const struct sw_panel *panel, enum axis axis)
{
    return (panel->turn % 2 == 0) == (axis == ACROSS) ? panel->width_px : panel->height_px;
}

static void lay_panels(const struct grid *grid, const struct sw_panel *panels, size_t count, struct sw_px_rect *laid)
{
    double slack = fmax(1, EDGE_MM * grid->scale);
    for (size_t i = 0; i < count; i++)
        for (enum axis axis = ACROSS; axis <= DOWN; axis++) {
            struct span span = span_of(panels[i].place, axis);
            int start = snap(grid, axis, panels, laid, i, span.from), own = own_px(&panels[i], axis);
            int end = (int)lround(along(&grid->lines[axis], span.to) * grid->scale);
            bool same = fabs((span.to - span.from) * grid->scale - own) <= slack;
            *start_px(&laid[i], axis) = start;
            *size_px(&laid[i], axis) = same ? own : end > start ? end - start : 1;
        }
}

static void measure(const struct sw_px_rect *laid, size_t count, int *width, int *height)
{
    *width = *height = 1;
    for (size_t i = 0; i < count; i++) {
        *width = laid[i].x + laid[i].width > *width ? laid[i].x + laid[i].width : *width;
        *height = laid[i].y + laid[i].height > *height ? laid[i].y + laid[i].height : *height;
    }
}

static struct sw_px_rect zone_px(const struct grid *grid, const struct sw_wall *wall, struct sw_px_rect *laid, struct sw_mm_rect place)
{
    int edges[2][2];
    for (enum axis axis = ACROSS; axis <= DOWN; axis++) {
        struct span span = span_of(place, axis);
        int most = axis == ACROSS ? wall->width_px : wall->height_px;
        for (int i = 0; i < 2; i++) {
            int px = snap(grid, axis, wall->panels, laid, wall->panel_count, i == 0 ? span.from : span.to);
            edges[axis][i] = px < 0 ? 0 : px > most ? most : px;
        }
        if (edges[axis][1] <= edges[axis][0])
            return (struct sw_px_rect){0, 0, 1, 1}; /* it lies on no panel */
    }
    return (struct sw_px_rect){edges[0][0], edges[1][0], edges[0][1] - edges[0][0], edges[1][1] - edges[1][0]};
}

double sw_grid_finest(const struct sw_panel *panels, size_t count)
{
    double finest = INFINITY;
    for (size_t i = 0; i < count; i++) {
        finest = fmin(finest, panels[i].place.width / own_px(&panels[i], ACROSS));
        finest = fmin(finest, panels[i].place.height / own_px(&panels[i], DOWN));
    }
    return finest;
}

/* By how much the grid must shrink; 1: not at all. */
static double shrink(const struct sw_wall *wall)
{
    double area = (double)wall->seen_width * wall->seen_height, most = 1;
    most = fmin(most, (double)SW_GRID_SIDE_MAX / wall->seen_width);
    most = fmin(most, (double)SW_GRID_SIDE_MAX / wall->seen_height);
    most = fmin(most, sqrt(SW_GRID_AREA_MAX / area));
    return most < 1 ? most * 0.999 : 1;
}

bool sw_grid_lay(struct sw_wall *wall, struct sw_panel *panels, struct sw_wall_zone *zones, double pitch_mm)
{
    struct grid grid, behind;
    struct sw_px_rect parts[SW_PANELS_MAX], seen[SW_PANELS_MAX];
    bool fits = true;
    size_t count = wall->panel_count;
    for (enum axis axis = ACROSS; axis <= DOWN; axis++) {
        grid.lines[axis] = make_line(panels, count, axis, wall->skip_bezels);
        behind.lines[axis] = make_line(panels, count, axis, false);
    }
    grid.scale = 1 / (pitch_mm > 0 ? pitch_mm : sw_grid_finest(panels, count));
    for (double factor = 1;; fits = false, grid.scale *= factor) {
        behind.scale = grid.scale;
        lay_panels(&behind, panels, count, seen);
        measure(seen, count, &wall->seen_width, &wall->seen_height);
        factor = shrink(wall);
        if (factor == 1)
            break;
    }
    lay_panels(&grid, panels, count, parts);
    measure(parts, count, &wall->width_px, &wall->height_px);
    for (size_t i = 0; i < count; i++) {
        panels[i].part = parts[i];
        panels[i].seen = seen[i];
    }
    wall->px_per_mm = grid.scale;
    for (size_t i = 0; i < wall->zone_count; i++)
        zones[i].px = zone_px(&grid, wall, parts, zones[i].place);
    return fits;
}
