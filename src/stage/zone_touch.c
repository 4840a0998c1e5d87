/* SPDX-License-Identifier: EUPL-1.2 */
/* What touches mean in a zone: what they act on, and what actions do. */
#include <string.h>

#include "base/log.h"
#include "stage/zone.h"

/* A touch acts on what was seen when it began: during a change and shortly after an automatic one, on what is going. */
static struct sw_show *seen(const struct sw_zone *zone, sw_tick now)
{
    if (!zone->changing && zone->outgoing != NULL && now < zone->outgoing_until)
        return zone->outgoing;
    return zone->current;
}

/* The visit stays where the visitor looked: what has just gone comes back, the change that was under way is turned round. */
static void hold(struct sw_zone *zone, const struct sw_show *show, struct sw_time now)
{
    zone->scene = show->scene;
    zone->page = show->page;
    if (show == zone->outgoing) {
        sw_show_destroy(zone->incoming);
        zone->incoming = zone->outgoing;
        zone->outgoing = NULL;
        zone->backwards = true;
    }
    if (!zone->changing || show != zone->current)
        return;
    sw_zone_turn_round(zone, now.tick);
}

void sw_zone_extend(struct sw_zone *zone, struct sw_time now)
{
    if (!zone->visit.active)
        return;
    zone->visit.last_touch = now.tick;
    if (zone->visit.last)
        return;
    if (zone->visit.countdown_since != SW_NEVER)
        zone->top_stale = true;
    zone->visit.countdown_since = SW_NEVER;
}

void sw_zone_begin_visit(struct sw_zone *zone, const struct sw_show *show, struct sw_time now)
{
    if (zone->visit.active)
        return;
    zone->visit.active = true;
    zone->visit.last_touch = now.tick;
    hold(zone, show, now);
    if (zone->overlay != NULL)
        sw_show_enter(zone->overlay, now.tick);
    struct sw_show *shows[] = {zone->current, zone->incoming, zone->overlay};
    for (size_t i = 0; i < SW_COUNT(shows); i++)
        if (shows[i] != NULL && sw_reads_has(&shows[i]->reads, "visit"))
            shows[i]->stale = true;
    zone->top_stale = true;
}

struct sw_show *sw_zone_touch(struct sw_zone *zone, double x, double y, double slack_px, struct sw_time now, const struct sw_box **hit,
                              bool *modal)
{
    *hit = NULL;
    *modal = false;
    struct sw_show *show = seen(zone, now.tick);
    if (show == NULL)
        return NULL;
    if (zone->overlay != NULL && zone->visit.active) {
        *hit = sw_show_hit(zone->overlay, x, y, slack_px, modal);
        if (*hit != NULL || *modal)
            return zone->overlay;
    }
    if (show == zone->current && zone->changing && zone->automatic)
        sw_zone_to_outgoing(zone, now.tick, &x, &y);
    *hit = sw_show_hit(show, x, y, slack_px, modal);
    sw_zone_begin_visit(zone, show, now);
    return show;
}

/* -- actions -- */

static void go_to(struct sw_zone *zone, const struct sw_show *from, const struct sw_scene *scene, int page, bool backwards)
{
    const struct sw_show *left = from != NULL && from->scene != NULL ? from : zone->current;
    const struct sw_place *last = zone->visit.history_count > 0 ? &zone->visit.history[zone->visit.history_count - 1] : NULL;
    bool noted = left != NULL && last != NULL && last->scene == left->scene && last->page == left->page; /* by a tap just before this one */
    if (left != NULL && left->scene != scene && !noted)
        sw_visit_push(&zone->visit, left->scene, left->page, &left->state);
    zone->scene = scene;
    zone->page = page;
    zone->backwards = backwards;
}

static void go(struct sw_zone *zone, const struct sw_show *show, const char *address)
{
    const char *mark = strchr(address, '#');
    char id[65];
    size_t length = mark != NULL ? (size_t)(mark - address) : strlen(address);
    if (length >= sizeof id)
        return;
    memcpy(id, address, length);
    id[length] = '\0';
    const struct sw_scene *scene = length == 0 ? zone->scene : sw_exhibition_scene(zone->options->exhibition, id);
    int page = scene != NULL && mark != NULL ? sw_scene_page(scene, mark + 1) : 0;
    if (scene == NULL || page < 0) {
        sw_log(SW_LOG_WARNING, "stage", "zone %s: there is no \"%s\" to go to", zone->model->id, address);
        return;
    }
    go_to(zone, show, scene, page, false);
}

static void back(struct sw_zone *zone)
{
    struct sw_place place;
    zone->backwards = true;
    if (!sw_visit_pop(&zone->visit, &place)) {
        const struct sw_scene *home = sw_exhibition_scene(zone->options->exhibition, zone->model->home);
        if (home != NULL && zone->scene != home) {
            zone->scene = home;
            zone->page = 0;
        }
        return;
    }
    zone->scene = place.scene;
    zone->page = place.page;
    if (zone->restored.scene != NULL)
        sw_state_values_finish(&zone->restored.state);
    zone->restored = place;
}

static void turn(struct sw_zone *zone, int step)
{
    if (zone->scene == NULL)
        return;
    int page = zone->page + step;
    if (page >= 0 && (size_t)page < zone->scene->page_count)
        zone->page = page;
}

static void rebuild(struct sw_zone *zone, const char *name)
{
    struct sw_show *shows[] = {zone->current, zone->incoming, zone->overlay};
    for (size_t i = 0; i < SW_COUNT(shows); i++)
        if (shows[i] != NULL && (name == NULL || sw_reads_has(&shows[i]->reads, name)))
            shows[i]->stale = true;
    zone->top_stale = true;
}

static void set_language(struct sw_zone *zone, struct sw_value value)
{
    const char *const *languages = zone->options->exhibition->languages;
    for (size_t i = 0; value.type == SW_VALUE_STRING && languages[i] != NULL; i++)
        if (strcmp(languages[i], value.as.string) == 0) {
            zone->visit.language = languages[i];
            rebuild(zone, NULL);
            return;
        }
}

static void set(struct sw_zone *zone, const struct sw_show *show, const char *name, struct sw_value value)
{
    bool changed = false;
    if (strcmp(name, "language") == 0) {
        set_language(zone, value);
        return;
    }
    struct sw_show *shows[] = {zone->current, zone->incoming};
    bool known = false;
    for (size_t i = 0; i < SW_COUNT(shows); i++)
        if (shows[i] != NULL && show != NULL && shows[i]->scene == show->scene)
            known = sw_state_values_set(&shows[i]->state, name, value, &changed) || known;
    if (known) {
        if (changed)
            rebuild(zone, name);
        return;
    }
    if (!sw_state_values_set(&zone->visit.session, name, value, &changed))
        sw_log(SW_LOG_WARNING, "stage", "zone %s: \"%s\" cannot be set so", zone->model->id, name);
    if (changed)
        rebuild(zone, NULL); /* contrast and text size are read by everything */
}

/* The overlay steers what is below it. */
static void play(struct sw_zone *zone, struct sw_show *show, const struct sw_action *action, struct sw_time now)
{
    bool found = show != NULL && sw_show_play(show, action, now.tick);
    if (!found && zone->current != NULL && zone->current != show)
        (void)sw_show_play(zone->current, action, now.tick);
}

static void act(struct sw_zone *zone, struct sw_show *show, const struct sw_action *action, struct sw_time now)
{
    const struct sw_exhibition *exhibition = zone->options->exhibition;
    switch (action->kind) {
    case SW_ACTION_GO: go(zone, show, action->target); break;
    case SW_ACTION_BACK: back(zone); break;
    case SW_ACTION_NEXT: turn(zone, 1); break;
    case SW_ACTION_PREVIOUS: turn(zone, -1); break;
    case SW_ACTION_HOME: {
        const struct sw_scene *home = sw_exhibition_scene(exhibition, zone->model->home);
        if (home != NULL)
            go_to(zone, show, home, 0, true);
        break;
    }
    case SW_ACTION_RESTART: sw_zone_end_visit(zone, now); break;
    case SW_ACTION_SET: set(zone, show, action->name, action->value); break;
    case SW_ACTION_OPEN:
        if (show != NULL)
            sw_show_open(show, action->target);
        break;
    case SW_ACTION_CLOSE:
        if (show != NULL)
            sw_show_close(show, action->target);
        break;
    case SW_ACTION_STAY: sw_zone_extend(zone, now); break;
    case SW_ACTION_PLAY:
    case SW_ACTION_PAUSE:
    case SW_ACTION_SEEK:
    case SW_ACTION_TOGGLE: play(zone, show, action, now); break;
    case SW_ACTION_CHOOSE:
        sw_choices_set(&zone->visit.choices, action->identity, (int)action->value.as.number);
        rebuild(zone, NULL);
        break;
    case SW_ACTION_COUNT: break;
    }
}

void sw_zone_act(struct sw_zone *zone, const struct sw_show *show, const struct sw_action *actions, size_t count, struct sw_time now)
{
    sw_zone_extend(zone, now);
    uint64_t serial = show != NULL ? show->serial : 0;
    for (size_t i = 0; i < count; i++) /* an action may do away with the show */
        act(zone, sw_zone_show(zone, serial), &actions[i], now);
}

/* Whether it leaves the scene, the page and the visit as they are. */
static bool stays(const struct sw_zone *zone, const struct sw_action *action)
{
    bool known = false;
    struct sw_value value;
    switch (action->kind) {
    case SW_ACTION_OPEN:
    case SW_ACTION_CLOSE:
    case SW_ACTION_PLAY:
    case SW_ACTION_PAUSE:
    case SW_ACTION_SEEK:
    case SW_ACTION_TOGGLE: return true;
    case SW_ACTION_SET: known = zone->current != NULL && sw_state_values_get(&zone->current->state, action->name, &value); return known;
    case SW_ACTION_GO:
    case SW_ACTION_BACK:
    case SW_ACTION_NEXT:
    case SW_ACTION_PREVIOUS:
    case SW_ACTION_HOME:
    case SW_ACTION_RESTART:
    case SW_ACTION_STAY:
    case SW_ACTION_CHOOSE:
    case SW_ACTION_COUNT: return false;
    }
    return false;
}

void sw_zone_end_videos(struct sw_zone *zone, struct sw_time now)
{
    const struct sw_show *current = zone->current;
    if (current == NULL || zone->changing || current->scene != zone->scene || current->page != zone->page)
        return; /* what is leaving has no say in where to */
    struct sw_playheads *heads = &zone->current->playheads;
    if (sw_playheads_step(heads, now.tick))
        zone->current->redraw = true;
    const struct sw_playhead *head = NULL;
    while ((head = sw_playheads_ended(heads)) != NULL)
        for (size_t i = 0; i < head->reel->ended_count; i++) {
            const struct sw_action *action = &head->reel->ended[i];
            if (action->kind != SW_ACTION_STAY && (zone->visit.active || stays(zone, action)))
                act(zone, zone->current, action, now);
        }
}
