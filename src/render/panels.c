/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/panels.h"

#include <math.h>

static int scaled(int edge, int from, int to) { return (int)lround((double)edge * to / from); }

void sw_panels_scale(const struct sw_panel_place *places, size_t count, int width, int height, struct sw_box_px picture,
                     struct sw_panel_place *out)
{
    for (size_t i = 0; i < count; i++) {
        struct sw_box_px box = places[i].out;
        int x = scaled(box.x, width, picture.width), end = scaled(box.x + box.width, width, picture.width);
        int y = scaled(box.y, height, picture.height), bottom = scaled(box.y + box.height, height, picture.height);
        out[i] = places[i];
        out[i].out = (struct sw_box_px){picture.x + x, picture.y + y, end > x ? end - x : 1, bottom > y ? bottom - y : 1};
    }
}

/* The wall's part as a picture of its own. */
static struct sw_fit_source part_of(const struct sw_fit_source *wall, struct sw_box_px part)
{
    const uint8_t *start = (const uint8_t *)wall->pixels + (ptrdiff_t)wall->stride * part.y;
    return (struct sw_fit_source){(const uint32_t *)(const void *)start + part.x, part.width, part.height, wall->stride};
}

void sw_panels_put(const struct sw_fit_target *surface, const struct sw_fit_source *wall, const struct sw_panel_place *places, size_t count,
                   struct sw_damage damage, struct sw_damage_set *changed)
{
    for (size_t i = 0; i < count; i++) {
        struct sw_box_px part = sw_box_px_intersect(places[i].part, (struct sw_box_px){0, 0, wall->width, wall->height});
        if (part.width != places[i].part.width || part.height != places[i].part.height)
            continue;
        struct sw_fit_source source = part_of(wall, part);
        struct sw_fit_target target = *surface;
        target.picture = places[i].out;
        target.turn = places[i].turn;
        for (size_t k = 0; k < damage.count; k++) {
            struct sw_box_px box = sw_box_px_intersect(damage.boxes[k], part);
            if (sw_box_px_empty(box))
                continue;
            box.x -= part.x;
            box.y -= part.y;
            box = sw_fit_put(&target, &source, box);
            if (changed != NULL)
                sw_damage_add(changed, box);
        }
    }
}

void sw_panels_fill(const struct sw_fit_target *surface, struct sw_box_px box, uint32_t colour)
{
    box = sw_box_px_intersect(box, (struct sw_box_px){0, 0, surface->width, surface->height});
    for (int y = box.y; y < box.y + box.height; y++) {
        uint32_t *row = (uint32_t *)(void *)((uint8_t *)surface->pixels + (ptrdiff_t)surface->stride * y) + box.x;
        for (int x = 0; x < box.width; x++)
            row[x] = colour;
    }
}

/* How far a place is from a panel's; 0: in it. */
static double distance(struct sw_box_px box, double x, double y)
{
    return hypot(fmax(0, fmax(box.x - x, x - box.x - box.width)), fmax(0, fmax(box.y - y, y - box.y - box.height)));
}

static bool within(struct sw_box_px box, double x, double y)
{
    return x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
}

/* The share `at` of so many pixels from `start` on, within them. */
static double keep(double at, int start, int size) { return fmin(fmax(start + at * size, start), nextafter(start + size, start)); }

/* Where a place on the surface is in the part of a panel; beside the panel at its edge. */
static void back(const struct sw_panel_place *place, double x, double y, double *wall_x, double *wall_y)
{
    double width = place->out.width, height = place->out.height, a = (x - place->out.x) / width, b = (y - place->out.y) / height;
    const double across[] = {a, 1 - b, 1 - a, b}, down[] = {b, a, 1 - b, 1 - a};
    *wall_x = keep(across[place->turn & 3], place->part.x, place->part.width);
    *wall_y = keep(down[place->turn & 3], place->part.y, place->part.height);
}

bool sw_panels_to_wall(const struct sw_panel_place *places, size_t count, double x, double y, double *wall_x, double *wall_y)
{
    size_t nearest = count;
    if (isnan(x) || isnan(y))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (within(places[i].out, x, y)) {
            back(&places[i], x, y, wall_x, wall_y);
            return true;
        }
        if (nearest == count || distance(places[i].out, x, y) < distance(places[nearest].out, x, y))
            nearest = i;
    }
    if (nearest == count)
        return false;
    back(&places[nearest], x, y, wall_x, wall_y);
    return distance(places[nearest].out, x, y) <= 0;
}

void sw_panels_from_wall(const struct sw_panel_place *place, double wall_x, double wall_y, double *x, double *y)
{
    double u = (wall_x - place->part.x) / place->part.width, v = (wall_y - place->part.y) / place->part.height;
    const double across[] = {u, v, 1 - u, 1 - v}, down[] = {v, 1 - u, 1 - v, u};
    *x = place->out.x + across[place->turn & 3] * place->out.width;
    *y = place->out.y + down[place->turn & 3] * place->out.height;
}
