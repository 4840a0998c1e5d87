/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/wallview.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "render/picture.h"

#define BEZEL 0xff17191bu
#define NO_OUTPUT 0xff000000u

static struct sw_box_px box_of(struct sw_px_rect rect) { return (struct sw_box_px){rect.x, rect.y, rect.width, rect.height}; }

static void add(struct sw_wallview *view, struct sw_px_rect part, struct sw_box_px out, int turn)
{
    assert(view->count < SW_PANELS_MAX);
    view->places[view->count++] = (struct sw_panel_place){.part = box_of(part), .out = out, .turn = turn};
    view->width = out.x + out.width > view->width ? out.x + out.width : view->width;
    view->height = out.y + out.height > view->height ? out.y + out.height : view->height;
}

/* Whether the panels' pixels are the wall's: nothing turned, scaled or elsewhere. */
static bool plain(const struct sw_wallview *view)
{
    for (size_t i = 0; i < view->count; i++) {
        const struct sw_panel_place *place = &view->places[i];
        if (place->turn != 0 || memcmp(&place->part, &place->out, sizeof place->part) != 0)
            return false;
    }
    return true;
}

struct sw_wallview sw_wallview_outputs(const struct sw_wall *wall)
{
    struct sw_wallview view = {.fill = NO_OUTPUT};
    for (size_t i = 0; i < wall->panel_count; i++) {
        const struct sw_panel *panel = &wall->panels[i];
        add(&view, panel->part, (struct sw_box_px){panel->output_x, panel->output_y, panel->width_px, panel->height_px}, panel->turn);
    }
    if (plain(&view))
        view.count = 0;
    return view;
}

/* What of the picture no panel covers; 0: there are no bezels. Panels do not overlap. */
static int64_t bare(const struct sw_wallview *view)
{
    int64_t left = (int64_t)view->width * view->height;
    for (size_t i = 0; i < view->count; i++)
        left -= (int64_t)view->places[i].out.width * view->places[i].out.height;
    return left;
}

struct sw_wallview sw_wallview_seen(const struct sw_wall *wall)
{
    struct sw_wallview view = {.fill = BEZEL};
    for (size_t i = 0; i < wall->panel_count; i++)
        add(&view, wall->panels[i].part, box_of(wall->panels[i].seen), 0);
    if (plain(&view) && bare(&view) <= 0)
        view.count = 0;
    return view;
}

bool sw_wallview_panel(const struct sw_wall *wall, const char *id, struct sw_wallview *view)
{
    for (size_t i = 0; i < wall->panel_count; i++) {
        const struct sw_panel *panel = &wall->panels[i];
        if (strcmp(panel->id, id) != 0)
            continue;
        *view = (struct sw_wallview){.fill = NO_OUTPUT};
        add(view, panel->part, (struct sw_box_px){0, 0, panel->width_px, panel->height_px}, panel->turn);
        return true;
    }
    return false;
}

/* The picture: of the wall's own pixels, or of *made, to be freed. */
static struct sw_fit_source picture_of(const struct sw_wallview *view, const struct sw_fit_source *wall, int width, int height,
                                       uint32_t **made)
{
    *made = NULL;
    if (view->count == 0 && width <= 0)
        return *wall;
    const struct sw_box_px all = {0, 0, wall->width, wall->height};
    const struct sw_panel_place whole = {.part = all, .out = all};
    const struct sw_panel_place *given = view->count > 0 ? view->places : &whole;
    size_t count = view->count > 0 ? view->count : 1;
    int from_width = view->count > 0 ? view->width : wall->width, from_height = view->count > 0 ? view->height : wall->height;
    struct sw_box_px picture = {0, 0, from_width, from_height};
    if (width > 0) {
        picture = sw_fit_picture(from_width, from_height, width, height);
        picture.x = picture.y = 0;
    }
    struct sw_panel_place places[SW_PANELS_MAX];
    sw_panels_scale(given, count, from_width, from_height, picture, places);
    *made = sw_alloc_array((size_t)picture.width * (size_t)picture.height, sizeof **made);
    struct sw_fit_target target = {*made, picture.width, picture.height, picture.width * 4, picture, 0, NULL};
    sw_panels_fill(&target, picture, view->fill);
    sw_panels_put(&target, wall, places, count, (struct sw_damage){&all, 1}, NULL);
    return (struct sw_fit_source){*made, target.width, target.height, target.stride};
}

bool sw_wallview_write(const struct sw_wallview *view, const struct sw_fit_source *wall, int width, int height, const char *path)
{
    uint32_t *made;
    struct sw_fit_source picture = picture_of(view, wall, width, height, &made);
    bool written = sw_picture_write(path, picture.pixels, picture.width, picture.height, picture.stride);
    free(made);
    return written;
}

bool sw_wallview_encode(const struct sw_wallview *view, const struct sw_fit_source *wall, struct sw_buffer *out)
{
    uint32_t *made;
    struct sw_fit_source picture = picture_of(view, wall, 0, 0, &made);
    bool encoded = sw_picture_encode(out, picture.pixels, picture.width, picture.height, picture.stride);
    free(made);
    return encoded;
}

void sw_wallview_use(const struct sw_wallview *view, struct sw_output_options *options)
{
    options->panels = view->places;
    options->panel_count = view->count;
    options->picture_width = view->width;
    options->picture_height = view->height;
    options->fill = view->fill;
}
