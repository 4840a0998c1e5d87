/* SPDX-License-Identifier: EUPL-1.2 */
/* How the wall is divided: its zones, and the canvas that a scene is laid out on. */
#include <math.h>
#include <stdio.h>

#include "player/workshop_parts.h"

#define TEXT 160 /* bytes */
#define RULER 16 /* points */

/* Where words stand on a ground of their own. */
static struct sw_rect plate(struct sw_overlay *overlay, const char *text, double size, uint32_t colour, double x, double y)
{
    const struct sw_overlay_words words = {.text = text, .size = size, .colour = colour};
    struct sw_rect taken = sw_overlay_measure(overlay, &words), rect = {x, y, 0, taken.height};
    double pad = 5 * overlay->unit;
    rect.width = taken.width + 2 * pad;
    sw_overlay_fill(overlay, rect, SW_OVERLAY_NIGHT, 0.88);
    (void)sw_overlay_write(overlay, &words, x + pad, y);
    return rect;
}

/* -- zones -- */

void sw_workshop_draw_zones(struct sw_loop *loop)
{
    struct sw_overlay *overlay = &loop->workshop.overlay;
    const struct sw_wall *wall = loop->edition.wall;
    double gap = 10 * overlay->unit;
    for (size_t i = 0; i < wall->zone_count; i++) {
        const struct sw_wall_zone *zone = &wall->zones[i];
        const struct sw_show *shows[SW_STAGE_SHOWS_MAX];
        size_t count = sw_stage_shows(loop->edition.stage, i, shows);
        struct sw_rect rect = {zone->px.x, zone->px.y, zone->px.width, zone->px.height};
        char text[TEXT];
        sw_overlay_frame(overlay, rect, 3, SW_OVERLAY_LIGHT, 1);
        (void)snprintf(text, sizeof text, "%d × %d px  ·  %.0f × %.0f mm%s%s", zone->px.width, zone->px.height, zone->place.width,
                       zone->place.height, count > 0 ? "  ·  canvas " : "", count > 0 ? shows[0]->where->canvas->name : "");
        struct sw_rect name = plate(overlay, zone->id, 16, SW_OVERLAY_LIGHT, rect.x + gap, rect.y + gap);
        (void)plate(overlay, text, 12, SW_OVERLAY_PAPER, name.x, name.y + name.height);
    }
}

/* -- the grid -- */

/* Design units between two lines: as few as leave room to see between them. */
static double step_of(double points_a_unit)
{
    static const double steps[] = {10, 20, 50, 100, 200, 500, 1000};
    size_t i = 0;
    while (i + 1 < sizeof steps / sizeof steps[0] && steps[i] * points_a_unit < 44)
        i++;
    return steps[i];
}

static bool is_light(uint32_t colour)
{
    return 0.3 * (colour >> 16 & 0xff) + 0.6 * (colour >> 8 & 0xff) + 0.1 * (colour & 0xff) > 140;
}

struct plan {
    struct sw_overlay *overlay;
    struct sw_rect canvas; /* pixels of the wall */
    double scale, step;
    uint32_t line;
};

static void draw_lines(const struct plan *plan, bool across, double length)
{
    double line = fmax(1, round(plan->overlay->unit));
    for (double at = plan->step; at < length; at += plan->step) {
        struct sw_rect rect = plan->canvas;
        bool strong = fmod(at, 5 * plan->step) < 0.5;
        if (across) {
            rect.y += at * plan->scale;
            rect.height = line;
        } else {
            rect.x += at * plan->scale;
            rect.width = line;
        }
        sw_overlay_fill(plan->overlay, rect, plan->line, strong ? 0.55 : 0.22);
    }
}

/* Numbers along the upper and the left edge. */
static void draw_ruler(const struct plan *plan, bool across, double length)
{
    double thick = RULER * plan->overlay->unit;
    struct sw_rect rect = plan->canvas;
    if (across)
        rect.width = 2 * thick;
    else
        rect.height = thick;
    sw_overlay_fill(plan->overlay, rect, SW_OVERLAY_NIGHT, 0.8);
    for (double at = plan->step; at < length; at += plan->step) {
        char text[16];
        (void)snprintf(text, sizeof text, "%.0f", at);
        const struct sw_overlay_words words = {.text = text, .size = 10, .colour = SW_OVERLAY_PAPER};
        struct sw_rect size = sw_overlay_measure(plan->overlay, &words);
        double x = across ? rect.x + rect.width - size.width - 3 * plan->overlay->unit : rect.x + at * plan->scale - size.width / 2;
        double y = across ? rect.y + at * plan->scale - size.height / 2 : rect.y + (thick - size.height) / 2;
        if (across ? y > rect.y + thick : x > rect.x + 2 * thick)
            (void)sw_overlay_write(plan->overlay, &words, x, y);
    }
}

static void draw_areas(const struct plan *plan, const struct sw_canvas *canvas, bool right_to_left)
{
    struct sw_overlay *overlay = plan->overlay;
    for (size_t i = 0; i < canvas->area_count; i++) {
        const struct sw_area *area = &canvas->areas[i];
        double x = right_to_left ? canvas->width - area->x - area->width : area->x;
        char text[TEXT];
        struct sw_rect rect = {plan->canvas.x + x * plan->scale, plan->canvas.y + area->y * plan->scale, area->width * plan->scale,
                               area->height * plan->scale};
        double casing = 2 * overlay->unit;
        sw_overlay_frame(overlay, rect, 2, SW_OVERLAY_AMBER, 1);
        sw_overlay_frame(overlay, sw_rect_inset(rect, casing, casing, casing, casing), 1, SW_OVERLAY_NIGHT, 0.5);
        (void)snprintf(text, sizeof text, "%s  [%.6g, %.6g, %.6g, %.6g]%s", area->name, area->x, area->y, area->width, area->height,
                       area->reach ? "  within reach" : "");
        (void)plate(overlay, text, 12, SW_OVERLAY_AMBER, rect.x, rect.y);
    }
}

void sw_workshop_draw_grid(struct sw_loop *loop)
{
    struct sw_overlay *overlay = &loop->workshop.overlay;
    for (size_t i = 0; i < sw_stage_zone_count(loop->edition.stage); i++) {
        const struct sw_show *shows[SW_STAGE_SHOWS_MAX];
        if (sw_stage_shows(loop->edition.stage, i, shows) == 0)
            continue;
        const struct sw_show_place *where = shows[0]->where;
        const struct sw_canvas *canvas = where->canvas;
        struct plan plan = {.overlay = overlay,
                            .canvas = {where->place.x + where->offset_x, where->place.y + where->offset_y, canvas->width * where->scale,
                                       canvas->height * where->scale},
                            .scale = where->scale,
                            .step = step_of(where->scale / overlay->unit),
                            .line = is_light(shows[0]->list.ground) ? 0xff0a4f78u : SW_OVERLAY_LIGHT};
        draw_lines(&plan, false, canvas->width);
        draw_lines(&plan, true, canvas->height);
        draw_ruler(&plan, false, canvas->width);
        draw_ruler(&plan, true, canvas->height);
        draw_areas(&plan, canvas, shows[0]->root->right_to_left);
    }
}
