/* SPDX-License-Identifier: EUPL-1.2 */
/* How the wall is divided: its zones, and the canvas that a scene is laid out on. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "player/workshop/workshop_parts.h"

#define TEXT 160 /* bytes */
#define LINE 2.5 /* points: of an area that is used */
#define PLATE_SIZE 11.5
#define PLATE_PAD 5
#define PLATES_MAX 128
#define AREAS_MAX 64 /* further ones are not drawn */

/* Where words stand on a ground of their own. */
static struct sw_rect plate(struct sw_overlay *overlay, const char *text, double size, uint32_t colour, double x, double y)
{
    const struct sw_overlay_words words = {.text = text, .size = size, .colour = colour};
    struct sw_rect taken = sw_overlay_measure(overlay, &words), rect = {x, y, 0, taken.height};
    double pad = PLATE_PAD * overlay->unit;
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
    double gap = (loop->workshop.grid ? 2.5 * SW_RULER : 10) * overlay->unit;
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

/* Words that do not lie on each other. */
struct plates {
    struct sw_overlay *overlay;
    double left, top; /* beyond which there are rulers */
    struct sw_rect items[PLATES_MAX];
    size_t count;
};

static bool is_free(const struct plates *plates, struct sw_rect rect)
{
    for (size_t i = 0; i < plates->count; i++)
        if (!sw_rect_empty(sw_rect_intersect(plates->items[i], rect)))
            return false;
    return plates->count < PLATES_MAX;
}

/* On the shoulder where reading begins, else in the lower corner; not at all where that is taken, too. */
static void place_plate(struct plates *plates, const char *text, struct sw_rect around, bool turned)
{
    struct sw_overlay *overlay = plates->overlay;
    const struct sw_overlay_words words = {.text = text, .size = PLATE_SIZE};
    struct sw_rect rect = sw_overlay_measure(overlay, &words);
    rect.width += 2 * PLATE_PAD * overlay->unit;
    rect.x = turned ? around.x + around.width - rect.width : fmax(around.x, plates->left);
    rect.y = fmax(around.y - rect.height, plates->top);
    if (!is_free(plates, rect))
        rect.y = around.y + around.height - rect.height;
    if (is_free(plates, rect))
        plates->items[plates->count++] = plate(overlay, text, PLATE_SIZE, SW_OVERLAY_AMBER, rect.x, rect.y);
}

struct plan {
    struct sw_overlay *overlay;
    struct plates *plates;
    struct sw_rect canvas; /* pixels of the wall */
    double scale, step;
    bool turned; /* it reads from right to left */
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
    double thick = SW_RULER * plan->overlay->unit;
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

static struct sw_rect area_on_wall(const struct plan *plan, const struct sw_area *area)
{
    double x = plan->turned ? plan->canvas.width / plan->scale - area->x - area->width : area->x;
    return (struct sw_rect){plan->canvas.x + x * plan->scale, plan->canvas.y + area->y * plan->scale, area->width * plan->scale,
                            area->height * plan->scale};
}

static void draw_used(const struct plan *plan, const struct sw_area *area)
{
    struct sw_overlay *overlay = plan->overlay;
    struct sw_rect rect = area_on_wall(plan, area);
    double casing = LINE * overlay->unit;
    char text[TEXT];
    sw_overlay_fill(overlay, rect, SW_OVERLAY_AMBER, 0.07);
    sw_overlay_frame(overlay, rect, LINE, SW_OVERLAY_AMBER, 1);
    sw_overlay_frame(overlay, sw_rect_inset(rect, casing, casing, casing, casing), 1, SW_OVERLAY_NIGHT, 0.4);
    (void)snprintf(text, sizeof text, "%s  %.6g, %.6g  %.6g × %.6g%s", area->name, area->x, area->y, area->width, area->height,
                   area->reach ? "  in reach" : "");
    place_plate(plan->plates, text, rect, plan->turned);
}

/* Its name in the corner where writing ends, where that is free. */
static void name_unused(const struct plan *plan, const struct sw_area *area)
{
    struct plates *plates = plan->plates;
    const struct sw_overlay_words name = {.text = area->name, .size = 10, .colour = plan->line};
    struct sw_rect rect = sw_overlay_measure(plan->overlay, &name), outer = area_on_wall(plan, area);
    double pad = 4 * plan->overlay->unit;
    rect.x = plan->turned ? outer.x + pad : outer.x + outer.width - rect.width - pad;
    rect.y = fmax(outer.y, plates->top);
    if (!is_free(plates, rect))
        return;
    plates->items[plates->count++] = rect;
    (void)sw_overlay_write(plan->overlay, &name, rect.x, rect.y);
}

struct usage {
    const struct sw_area *area;
    bool used;
};

static void note_use(void *context, const struct sw_box *box)
{
    struct usage *usage = context;
    struct sw_value in = box->common[SW_COMMON_IN];
    usage->used = usage->used || (in.type == SW_VALUE_STRING && strcmp(in.as.string, usage->area->name) == 0);
}

static bool is_used(const struct sw_area *area, const struct sw_show *const *shows, size_t count)
{
    struct usage usage = {.area = area};
    for (size_t i = 0; i < count; i++)
        sw_view_each(shows[i]->root, note_use, &usage);
    return usage.used;
}

/* What `in` may name: what this page uses, and behind it the others. */
static void draw_areas(const struct plan *plan, const struct sw_canvas *canvas, const struct sw_show *const *shows, size_t count)
{
    bool used[AREAS_MAX];
    size_t areas = canvas->area_count < AREAS_MAX ? canvas->area_count : AREAS_MAX;
    for (size_t i = 0; i < areas; i++) {
        used[i] = is_used(&canvas->areas[i], shows, count);
        if (!used[i])
            sw_overlay_frame(plan->overlay, area_on_wall(plan, &canvas->areas[i]), 1, plan->line, 0.5);
    }
    for (size_t i = 0; i < areas; i++)
        if (used[i])
            draw_used(plan, &canvas->areas[i]);
    for (size_t i = 0; i < areas; i++)
        if (!used[i])
            name_unused(plan, &canvas->areas[i]);
}

void sw_workshop_draw_grid(struct sw_loop *loop)
{
    struct sw_overlay *overlay = &loop->workshop.overlay;
    for (size_t i = 0; i < sw_stage_zone_count(loop->edition.stage); i++) {
        const struct sw_show *shows[SW_STAGE_SHOWS_MAX];
        size_t count = sw_stage_shows(loop->edition.stage, i, shows);
        if (count == 0)
            continue;
        const struct sw_show_place *where = shows[0]->where;
        const struct sw_canvas *canvas = where->canvas;
        struct plates plates = {.overlay = overlay,
                                .left = where->place.x + where->offset_x + 2 * SW_RULER * overlay->unit,
                                .top = where->place.y + where->offset_y + SW_RULER * overlay->unit};
        struct plan plan = {.overlay = overlay,
                            .canvas = {where->place.x + where->offset_x, where->place.y + where->offset_y, canvas->width * where->scale,
                                       canvas->height * where->scale},
                            .plates = &plates,
                            .scale = where->scale,
                            .step = step_of(where->scale / overlay->unit),
                            .turned = shows[0]->root->right_to_left,
                            .line = is_light(shows[0]->list.ground) ? 0xff0a4f78u : SW_OVERLAY_LIGHT};
        draw_lines(&plan, false, canvas->width);
        draw_lines(&plan, true, canvas->height);
        draw_areas(&plan, canvas, shows, count);
        draw_ruler(&plan, false, canvas->width);
        draw_ruler(&plan, true, canvas->height);
    }
}
