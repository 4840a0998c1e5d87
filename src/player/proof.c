/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/proof.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "player/boxes.h"

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
