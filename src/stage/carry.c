/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/carry.h"

#include <string.h>

#include "base/memory.h"

#define TURNS_AHEAD 64 /* that are looked through for a scene */

static const struct sw_scene *same_scene(const struct sw_zone *zone, const struct sw_scene *before)
{
    const struct sw_scene *scene = before != NULL ? sw_exhibition_scene(zone->options->exhibition, before->id) : NULL;
    return scene != NULL && (!scene->draft || before->draft) ? scene : NULL;
}

/* By its name; of pages that have none, or whose name is gone, the one in its place, or the last. */
static int same_page(const struct sw_scene *scene, const struct sw_scene *before, int page)
{
    const char *id = before->pages[page].id;
    int same = id[0] != '\0' ? sw_scene_page(scene, id) : -1;
    int last = (int)scene->page_count - 1;
    return same >= 0 ? same : page < last ? page : last;
}

/* What both declare, where the value is still one that it may have. What nobody has set follows its default. */
static void carry_state(struct sw_state_values *to, const struct sw_state_values *from)
{
    bool changed = false;
    for (size_t i = 0; i < from->states->count; i++)
        if (!sw_value_equal(from->values[i], from->states->items[i].start))
            (void)!sw_state_values_set(to, from->states->items[i].name, from->values[i], &changed);
}

/* -- shows -- */

static void carry_popups(struct sw_show *show, const struct sw_show *before)
{
    const struct sw_popups *sets[] = {&show->scene->pages[show->page].popups, &show->scene->popups};
    for (size_t i = 0; i < before->popup_count; i++) {
        const struct sw_popup *found = NULL;
        for (size_t set = 0; set < SW_COUNT(sets) && found == NULL; set++)
            for (size_t k = 0; k < sets[set]->count && found == NULL; k++)
                found = strcmp(sets[set]->items[k].name, before->popups[i]->name) == 0 ? &sets[set]->items[k] : NULL;
        if (found != NULL)
            show->popups[show->popup_count++] = found;
    }
}

/* What belongs to boxes is found by their identities when the tree is built, and forgotten where there is none. Under the same serial
 * fingers and videos know the show again. */
static void carry_boxes(struct sw_show *show, const struct sw_show *before)
{
    show->serial = before->serial;
    show->entered = before->entered;
    show->made = before->made;
    show->announced = before->announced;
    show->why = before->why;
    memcpy(show->by, before->by, sizeof show->by);
    show->pressed = before->pressed;
    show->fingers = before->fingers;
    show->countdown_s = before->countdown_s;
    show->generation = before->generation;
    show->ages = sw_grow(show->ages, &show->age_capacity, before->age_count + 1, sizeof *show->ages);
    if (before->age_count > 0)
        memcpy(show->ages, before->ages, before->age_count * sizeof *show->ages);
    show->age_count = before->age_count;
    show->playheads = before->playheads;
    for (size_t i = 0; i < show->playheads.count; i++)
        show->playheads.items[i].reel = NULL;
}

static struct sw_show *carry_show(struct sw_zone *zone, const struct sw_show *before)
{
    const struct sw_scene *scene = same_scene(zone, before->scene);
    if (scene == NULL)
        return NULL;
    struct sw_show *show = sw_show_create(&zone->where, scene, same_page(scene, before->scene, before->page));
    carry_state(&show->state, &before->state);
    carry_popups(show, before);
    carry_boxes(show, before);
    return show;
}

/* -- the visit -- */

static void carry_language(struct sw_zone *zone, const char *language)
{
    const char *const *languages = zone->options->exhibition->languages;
    for (size_t i = 0; languages[i] != NULL; i++)
        if (strcmp(languages[i], language) == 0)
            zone->visit.language = languages[i];
}

static void carry_history(struct sw_zone *zone, const struct sw_visit *before)
{
    for (size_t i = 0; i < before->history_count; i++) {
        const struct sw_place *place = &before->history[i];
        const struct sw_scene *scene = same_scene(zone, place->scene);
        if (scene == NULL)
            continue;
        struct sw_state_values state;
        sw_state_values_init(&state, &scene->states);
        carry_state(&state, &place->state);
        sw_visit_push(&zone->visit, scene, same_page(scene, place->scene, place->page), &state);
        sw_state_values_finish(&state);
    }
}

static void carry_visit(struct sw_zone *zone, const struct sw_visit *before)
{
    struct sw_visit *visit = &zone->visit;
    if (before->active)
        carry_language(zone, before->language);
    carry_state(&visit->session, &before->session);
    carry_history(zone, before);
    visit->active = before->active;
    visit->choices = before->choices;
    visit->last_touch = before->last_touch;
    visit->watched = before->watched;
    visit->countdown_since = before->countdown_since;
    visit->last = before->last;
}

/* -- the playlist -- */

/* Whether the playlist still comes to the scene by itself. */
static bool is_to_come(const struct sw_zone *zone, struct sw_wanted wanted, const char *scene)
{
    const struct sw_exhibition *exhibition = zone->options->exhibition;
    for (int i = 0; i < TURNS_AHEAD; i++) {
        if (wanted.scene != NULL && strcmp(wanted.scene, scene) == 0)
            return true;
        wanted = sw_timeline_after(zone->model->playlist, exhibition->zone, &zone->conditions.data, &wanted);
    }
    return false;
}

/* A turn that is on goes on to its end, also where by the new playlist another one would be due: who edits a scene wants to see it. */
static void carry_turn(struct sw_zone *zone, const struct sw_zone *before, struct sw_time now)
{
    const struct sw_exhibition *exhibition = zone->options->exhibition;
    (void)sw_conditions_update(&zone->conditions, now.instant);
    struct sw_wanted wanted = sw_timeline(zone->model->playlist, exhibition->zone, &zone->conditions.data, now.instant);
    const struct sw_wanted *was = &before->wanted;
    bool runs = before->wanted_known && was->item != NULL && now.instant < was->until && zone->current != NULL &&
                strcmp(was->scene, zone->current->scene->id) == 0;
    if (runs && is_to_come(zone, wanted, was->scene)) {
        wanted.scene = zone->current->scene->id;
        wanted.since = was->since;
        wanted.until = was->until;
    }
    zone->wanted = wanted;
    zone->wanted_known = true;
    zone->asked = now.instant;
    zone->data_until = zone->conditions.data.next_change(zone->conditions.data.context, now.instant);
    zone->returned = before->returned;
    zone->shown_turn = before->shown_turn != 0 ? wanted.turn : 0;
}

void sw_zone_carry(struct sw_zone *zone, const struct sw_zone *before, struct sw_time now)
{
    const struct sw_show *on = before->changing ? before->incoming : before->current;
    const struct sw_scene *scene = same_scene(zone, before->scene);
    carry_visit(zone, &before->visit);
    zone->where.volume = before->where.volume;
    zone->where.rests = before->where.rests;
    zone->serials = before->serials;
    zone->changes = before->changes;
    zone->top_stale = true;
    zone->current = on != NULL ? carry_show(zone, on) : NULL;
    if (zone->overlay != NULL && before->overlay != NULL)
        carry_boxes(zone->overlay, before->overlay);
    else if (zone->overlay != NULL)
        zone->overlay->serial = ++zone->serials;
    if (zone->visit.active && scene == NULL) { /* where the visitor is, is gone */
        sw_visit_reset(&zone->visit, zone->visit.language);
        zone->returned = now.instant;
    } else if (zone->visit.active) {
        zone->scene = scene;
        zone->page = same_page(scene, before->scene, before->page);
        return;
    }
    carry_turn(zone, before, now);
}
