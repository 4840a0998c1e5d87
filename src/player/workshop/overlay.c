/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/workshop/overlay.h"

#include <math.h>

#include "base/hash.h"

#define DESK 1280.0     /* a window of this width has points of one pixel; one twice as wide, of 1.4 */
#define HOME_WIDTH 300  /* points that a display must have to be written on alone */
#define HOME_HEIGHT 300
#define LINE 1.4

static double unit_of(const struct sw_overlay_place *place)
{
    double scale = fmin((double)place->window_width / place->picture_width, (double)place->window_height / place->picture_height);
    double desk = fmin(place->window_width, place->window_height * 16.0 / 9.0);
    return scale > 0 ? fmax(1, sqrt(desk / DESK)) / scale : 1;
}

/* The first of the largest displays, if it is large enough in the window to be read on; else the whole wall. */
static struct sw_rect home_of(const struct sw_overlay_place *place, double unit)
{
    struct sw_rect home = {0, 0, place->wall_width, place->wall_height};
    const struct sw_box_px *best = NULL;
    for (size_t i = 0; i < place->panel_count; i++) {
        const struct sw_box_px *panel = &place->panels[i];
        if (best == NULL || (int64_t)panel->width * panel->height > (int64_t)best->width * best->height)
            best = panel;
    }
    if (best != NULL && best->width >= HOME_WIDTH * unit && best->height >= HOME_HEIGHT * unit)
        home = (struct sw_rect){best->x, best->y, best->width, best->height};
    return home;
}

void sw_overlay_begin(struct sw_overlay *overlay, const struct sw_overlay_place *place, struct sw_typesetter *typesetter)
{
    sw_draw_list_finish(&overlay->list);
    sw_draw_list_init(&overlay->list, place->wall_width, place->wall_height, 0xff000000u);
    overlay->typesetter = typesetter;
    overlay->unit = unit_of(place);
    overlay->home = home_of(place, overlay->unit);
    overlay->drawn = 0;
}

void sw_overlay_finish(struct sw_overlay *overlay) { sw_draw_list_finish(&overlay->list); }

static void add(struct sw_overlay *overlay, struct sw_draw draw)
{
    draw.identity = sw_hash_number(SW_HASH_START, ++overlay->drawn);
    draw.clip = (struct sw_box_px){0, 0, overlay->list.width, overlay->list.height};
    sw_draw_list_add(&overlay->list, &draw);
}

void sw_overlay_fill(struct sw_overlay *overlay, struct sw_rect rect, uint32_t colour, double opacity)
{
    add(overlay, (struct sw_draw){.kind = SW_DRAW_FILL, .to = rect, .colour = colour, .opacity = opacity});
}

void sw_overlay_frame(struct sw_overlay *overlay, struct sw_rect rect, double points, uint32_t colour, double opacity)
{
    double line = fmin(fmax(1, round(points * overlay->unit)), fmin(rect.width, rect.height) / 2);
    sw_overlay_fill(overlay, (struct sw_rect){rect.x, rect.y, rect.width, line}, colour, opacity);
    sw_overlay_fill(overlay, (struct sw_rect){rect.x, rect.y + rect.height - line, rect.width, line}, colour, opacity);
    sw_overlay_fill(overlay, (struct sw_rect){rect.x, rect.y + line, line, rect.height - 2 * line}, colour, opacity);
    sw_overlay_fill(overlay, (struct sw_rect){rect.x + rect.width - line, rect.y + line, line, rect.height - 2 * line}, colour, opacity);
}

static const struct sw_text_layout *layout_of(const struct sw_overlay *overlay, const struct sw_overlay_words *words)
{
    const struct sw_text_request request = {.text = words->text,
                                            .role = words->role != NULL ? words->role : "text",
                                            .size = words->size,
                                            .line = LINE,
                                            .width = words->width > 0 ? words->width : INFINITY,
                                            .lines = words->lines,
                                            .language = words->language != NULL ? words->language : "en"};
    return sw_text_layout(overlay->typesetter, &request);
}

struct sw_rect sw_overlay_measure(const struct sw_overlay *overlay, const struct sw_overlay_words *words)
{
    const struct sw_text_layout *layout = layout_of(overlay, words);
    return (struct sw_rect){0, 0, ceil(layout->width * overlay->unit), ceil(layout->height * overlay->unit)};
}

struct sw_rect sw_overlay_write(struct sw_overlay *overlay, const struct sw_overlay_words *words, double x, double y)
{
    const struct sw_text_layout *layout = layout_of(overlay, words);
    for (int block = 0; block < sw_text_blocks(layout, overlay->unit); block++) {
        struct sw_text_pixels pixels = sw_text_raster(overlay->typesetter, layout, overlay->unit, block);
        struct sw_draw draw = {.kind = SW_DRAW_MASK, .colour = words->colour, .opacity = 1, .bitmap = pixels.mask};
        draw.to = (struct sw_rect){round(x) + pixels.left, round(y) + pixels.top, 0, 0};
        if (pixels.mask != NULL) {
            draw.to.width = pixels.mask->width;
            draw.to.height = pixels.mask->height;
            add(overlay, draw);
        }
    }
    return (struct sw_rect){x, y, ceil(layout->width * overlay->unit), ceil(layout->height * overlay->unit)};
}
