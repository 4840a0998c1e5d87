/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/proof.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "player/boxes.h"
#include "player/glyphs.h"
#include "stage/zone.h"

#define SETTLE_US (30 * SW_SECOND)
#define MM_PER_UNIT 0.634 /* of a canvas 1920 wide on a display of 55 inches */

/* The declared type decides how a value is read from the command line. */
static bool set_in(struct sw_state_values *values, const char *name, const char *text)
{
    bool changed = false;
    for (size_t i = 0; i < values->states->count; i++) {
        const struct sw_state *state = &values->states->items[i];
        if (strcmp(state->name, name) != 0)
            continue;
        struct sw_value value = sw_value_string(text);
        if (state->start.type == SW_VALUE_NUMBER)
            value = sw_value_number(strtod(text, NULL));
        else if (state->start.type == SW_VALUE_BOOL)
            value = sw_value_bool(strcmp(text, "true") == 0);
        return sw_state_values_set(values, name, value, &changed);
    }
    return false;
}

static bool set_all(const struct sw_proof *proof, struct sw_visit *visit, struct sw_show *show, struct sw_arena *arena, const char **fault)
{
    for (size_t i = 0; i < proof->set_count; i++) {
        const char *equals = strchr(proof->sets[i], '=');
        const char *name = sw_arena_strndup(arena, proof->sets[i], (size_t)(equals - proof->sets[i]));
        if (!set_in(&show->state, name, equals + 1) && !set_in(&visit->session, name, equals + 1)) {
            *fault = sw_arena_printf(arena, "--set %s: neither the scene's nor the session's state can be that", proof->sets[i]);
            return false;
        }
    }
    return true;
}

/* Builds and draws until nothing is on its way any more. */
static bool settle(struct sw_edition *edition, struct sw_show *show, struct sw_time now)
{
    sw_tick deadline = sw_tick_now() + SETTLE_US;
    (void)sw_show_update(show, now, false);
    while (!sw_show_ready(show)) {
        if (!sw_edition_wait(edition, deadline))
            return false;
        show->redraw = true;
        (void)sw_show_update(show, now, true);
    }
    return true;
}

/* What a tap there chooses in the element that it hits; nothing else that it might do. */
static void choose(struct sw_visit *visit, struct sw_show *show, double x, double y)
{
    bool modal = false;
    const struct sw_box *hit = sw_show_hit(show, x, y, 0, &modal);
    for (size_t i = 0; hit != NULL && i < hit->action_count; i++) {
        const struct sw_action *action = &hit->actions[i];
        if (action->kind != SW_ACTION_CHOOSE)
            continue;
        sw_choices_set(&visit->choices, action->identity, (int)action->value.as.number);
        show->stale = true;
    }
}

/* One after the other: a second finger touches what the first one made. */
static void touch(const struct sw_proof *proof, struct sw_visit *visit, struct sw_show *show, struct sw_time now)
{
    for (size_t i = 0; i < proof->touch_count; i++) {
        double x = proof->touches[2 * i], y = proof->touches[2 * i + 1];
        const struct sw_box *felt = sw_show_felt(show, x, y);
        if (felt != NULL)
            sw_show_finger_down(show, i, felt->identity, x, y, show->where->scale / MM_PER_UNIT);
        else
            choose(visit, show, x, y);
        (void)sw_show_update(show, now, false);
    }
}

/* Everything that the show draws, as it is so long after its beginning, behind what the list has. */
static bool draw_show(struct sw_edition *edition, const struct sw_proof *proof, struct sw_visit *visit, struct sw_show *show,
                      struct sw_draw_list *list)
{
    struct sw_time now = {.tick = SW_HOUR, .instant = proof->instant};
    if (!settle(edition, show, now))
        return false;
    sw_show_enter(show, now.tick - (proof->time_s > 0 ? (int64_t)(proof->time_s * 1e6) : 0));
    touch(proof, visit, show, now);
    (void)sw_show_update(show, now, false);
    if (!settle(edition, show, now))
        return false;
    if (proof->glyphs != NULL)
        sw_glyphs_check(show, proof->glyphs);
    if (proof->glyphs != NULL && proof->wall != NULL)
        sw_glyphs_check_gaps(show, proof->wall->id, proof->glyphs);
    for (size_t i = 0; i < show->list.count; i++)
        sw_draw_list_add(list, &show->list.items[i]);
    return true;
}

/* NULL: nobody is there, or the exhibition has none. */
static struct sw_show *make_overlay(const struct sw_proof *proof, const struct sw_show_place *where)
{
    if (!proof->visit || where->exhibition->overlay == NULL)
        return NULL;
    struct sw_show *overlay = sw_show_create_overlay(where, where->exhibition->overlay);
    overlay->countdown_s = proof->countdown_s;
    return overlay;
}

/* What the show is made for when it stands on a wall: the areas in reach, and the displays below. */
static void stand_on_wall(const struct sw_proof *proof, struct sw_show_place *where, struct sw_arena *arena)
{
    if (proof->wall == NULL)
        return;
    struct sw_canvas *canvas = sw_arena_alloc(arena, sizeof *canvas);
    *canvas = *where->canvas;
    struct sw_area *areas = sw_arena_array(arena, canvas->area_count, sizeof *areas);
    for (size_t i = 0; i < canvas->area_count; i++)
        areas[i] = canvas->areas[i];
    canvas->areas = areas;
    double mm_per_px = proof->zone->place.height / proof->height;
    sw_zone_reach(canvas, areas, proof->wall, proof->zone, where->scale * mm_per_px, where->offset_y * mm_per_px);
    where->canvas = canvas;
    struct sw_pane *items = sw_arena_array(arena, SW_PANELS_MAX, sizeof *items);
    struct sw_panes *panes = sw_arena_alloc(arena, sizeof *panes);
    *panes = (struct sw_panes){items, sw_panes_under(proof->wall, proof->zone, where->scale, where->offset_x, where->offset_y, items)};
    where->panes = panes->count > 0 ? panes : NULL;
}

bool sw_proof_draw(struct sw_edition *edition, const struct sw_proof *proof, struct sw_draw_list *list, struct sw_arena *arena,
                   const char **fault)
{
    struct sw_visit visit;
    sw_visit_init(&visit, edition->exhibition, proof->language);
    visit.active = proof->visit;
    struct sw_show_place where = {.exhibition = edition->exhibition,
                                  .tools = sw_edition_tools(edition),
                                  .canvas = sw_theme_canvas_nearest(&edition->exhibition->theme, proof->width, proof->height),
                                  .zone = "proof",
                                  .place = {0, 0, proof->width, proof->height},
                                  .visit = &visit,
                                  .still = proof->time_s < 0};
    sw_view_fit(where.canvas, proof->width, proof->height, &where.scale, &where.offset_x, &where.offset_y);
    stand_on_wall(proof, &where, arena);
    struct sw_show *show = sw_show_create(&where, proof->scene, proof->page), *overlay = make_overlay(proof, &where);
    const struct sw_show *both[] = {show, overlay};
    sw_draw_list_init(list, proof->width, proof->height, 0xff000000u);
    bool good = set_all(proof, &visit, show, arena, fault);
    if (good && proof->popup != NULL)
        sw_show_open(show, proof->popup);
    if (good &&
        (!draw_show(edition, proof, &visit, show, list) || (overlay != NULL && !draw_show(edition, proof, &visit, overlay, list)))) {
        *fault = "a picture did not come in time";
        good = false;
    }
    list->ground = show->list.ground;
    if (good && proof->boxes != NULL)
        sw_boxes_describe(both, SW_COUNT(both), proof->boxes);
    if (!good)
        sw_draw_list_finish(list);
    sw_show_destroy(overlay);
    sw_show_destroy(show);
    sw_visit_finish(&visit);
    return good;
}

static void check_page(struct sw_edition *edition, struct sw_diags *diags, const struct sw_proof *proof, const char *where)
{
    struct sw_arena arena = {.blocks = NULL};
    struct sw_draw_list list;
    const char *fault = "";
    if (sw_proof_draw(edition, proof, &list, &arena, &fault))
        sw_draw_list_finish(&list);
    else
        sw_diags_add(diags, SW_ERROR, proof->scene->file, 0, 0, proof->scene->pages[proof->page].id, "cannot be drawn on %s in %s: %s",
                     where, proof->language, fault);
    sw_arena_finish(&arena);
}

/* Every page in every language, as large as the proof says. */
static void check_pages(struct sw_edition *edition, struct sw_diags *diags, struct sw_proof proof, const char *where)
{
    const struct sw_exhibition *exhibition = edition->exhibition;
    proof.countdown_s = (double)(exhibition->countdown / SW_SECOND);
    proof.time_s = -1;
    proof.instant = sw_instant_now();
    proof.glyphs = diags;
    for (size_t s = 0; s < exhibition->scene_count; s++)
        for (size_t p = 0; p < exhibition->scenes[s]->page_count; p++)
            for (size_t l = 0; exhibition->languages[l] != NULL; l++) {
                proof.scene = exhibition->scenes[s];
                proof.page = (int)p;
                proof.visit = s == 0 && p == 0; /* the overlay is everywhere the same */
                proof.language = exhibition->languages[l];
                check_page(edition, diags, &proof, where);
            }
}

static void check_zone(struct sw_edition *edition, struct sw_diags *diags, const struct sw_wall *wall, const struct sw_wall_zone *zone)
{
    struct sw_pane panes[SW_PANELS_MAX];
    char where[96];
    if (sw_panes_under(wall, zone, 1, 0, 0, panes) == 0)
        return;
    (void)snprintf(where, sizeof where, "wall %s", wall->id);
    check_pages(edition, diags, (struct sw_proof){.wall = wall, .zone = zone, .width = zone->px.width, .height = zone->px.height}, where);
}

void sw_proof_check(struct sw_edition *edition, struct sw_diags *diags)
{
    const struct sw_exhibition *exhibition = edition->exhibition;
    for (size_t c = 0; c < exhibition->theme.canvas_count; c++) {
        const struct sw_canvas *canvas = &exhibition->theme.canvases[c];
        char where[96];
        (void)snprintf(where, sizeof where, "canvas %s", canvas->name);
        check_pages(edition, diags, (struct sw_proof){.width = (int)canvas->width, .height = (int)canvas->height}, where);
    }
    for (size_t w = 0; w < exhibition->wall_count; w++)
        for (size_t z = 0; z < exhibition->walls[w]->zone_count; z++)
            check_zone(edition, diags, exhibition->walls[w], &exhibition->walls[w]->zones[z]);
}
