/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "view/view.h"

#define PRELOAD_US (3 * SW_SECOND)

static sw_tick sooner(sw_tick a, sw_tick b) { return a < b ? a : b; }

static sw_tick tick_of(sw_instant instant, struct sw_time now)
{
    if (instant == SW_NEVER)
        return SW_NEVER;
    return now.tick + (instant > now.instant ? instant - now.instant : 0);
}

static void lay_panes(struct sw_zone *zone)
{
    struct sw_show_place *where = &zone->where;
    struct sw_pane items[SW_PANELS_MAX];
    size_t count = sw_panes_under(zone->options->wall, zone->model, where->scale, where->offset_x, where->offset_y, items);
    if (count == 0)
        return;
    zone->panes = sw_alloc_array(count, sizeof *zone->panes);
    memcpy(zone->panes, items, count * sizeof *items);
    zone->displays = (struct sw_panes){zone->panes, count};
    where->panes = &zone->displays;
}

void sw_zone_init(struct sw_zone *zone, const struct sw_stage_options *options, const struct sw_wall_zone *model, struct sw_box_px place)
{
    const struct sw_exhibition *exhibition = options->exhibition;
    *zone = (struct sw_zone){.options = options, .model = model};
    zone->first_language = options->language != NULL ? options->language : model->language;
    sw_visit_init(&zone->visit, exhibition, zone->first_language);
    zone->where = (struct sw_show_place){.exhibition = exhibition,
                                         .tools = options->tools,
                                         .canvas = sw_theme_canvas_nearest(&exhibition->theme, place.width, place.height),
                                         .zone = model->id,
                                         .place = place,
                                         .visit = &zone->visit,
                                         .still = options->reduced_motion || exhibition->reduced_motion};
    double scale = 0, offset_x = 0, offset_y = 0, mm_per_px = model->place.height / place.height;
    zone->canvas = *zone->where.canvas;
    zone->areas = sw_alloc_array(zone->canvas.area_count, sizeof *zone->areas);
    if (zone->canvas.area_count > 0)
        memcpy(zone->areas, zone->canvas.areas, zone->canvas.area_count * sizeof *zone->areas);
    zone->canvas.areas = zone->areas;
    sw_view_fit(&zone->canvas, place.width, place.height, &scale, &offset_x, &offset_y);
    sw_zone_reach(&zone->canvas, zone->areas, options->wall, model, scale * mm_per_px, offset_y * mm_per_px);
    zone->where.canvas = &zone->canvas;
    sw_conditions_init(&zone->conditions, exhibition, model, zone->canvas.name, zone->first_language, options->tools.data);
    sw_view_fit(zone->where.canvas, place.width, place.height, &zone->where.scale, &zone->where.offset_x, &zone->where.offset_y);
    lay_panes(zone);
    if (exhibition->overlay != NULL) {
        zone->overlay = sw_show_create_overlay(&zone->where, exhibition->overlay);
        zone->overlay->serial = ++zone->serials;
    }
}

void sw_zone_finish(struct sw_zone *zone)
{
    sw_show_destroy(zone->current);
    sw_show_destroy(zone->incoming);
    sw_show_destroy(zone->outgoing);
    sw_show_destroy(zone->overlay);
    if (zone->restored.scene != NULL)
        sw_state_values_finish(&zone->restored.state);
    sw_draw_list_finish(&zone->top);
    sw_morph_finish(&zone->morph);
    sw_conditions_finish(&zone->conditions);
    free(zone->areas);
    free(zone->panes);
    sw_visit_finish(&zone->visit);
}

/* -- failures -- */

static void mark_stale(struct sw_zone *zone)
{
    struct sw_show *shows[] = {zone->current, zone->incoming, zone->overlay};
    for (size_t i = 0; i < SW_COUNT(shows); i++)
        if (shows[i] != NULL)
            shows[i]->stale = true;
}

bool sw_zone_has_failed(const struct sw_zone *zone, const char *scene)
{
    for (size_t i = 0; i < zone->failure_count; i++)
        if (strcmp(zone->failures[i].scene->id, scene) == 0)
            return true;
    return sw_exhibition_scene(zone->options->exhibition, scene) == NULL;
}

/* `source`: for want of which; NULL: of a picture. */
static void note_failure(struct sw_zone *zone, const struct sw_scene *scene, const struct sw_source *source, sw_tick now)
{
    if (sw_zone_has_failed(zone, scene->id) || zone->failure_count == SW_ZONE_FAILED_MAX)
        return;
    if (source != NULL)
        sw_log(SW_LOG_NOTICE, "stage", "zone %s: scene %s is passed over: source %s has nothing to show", zone->model->id, scene->id,
               source->name);
    else
        sw_log(SW_LOG_ERROR, "stage", "zone %s: scene %s lacks a picture or a video; it is passed over for ten minutes", zone->model->id,
               scene->id);
    zone->failures[zone->failure_count++] = (struct sw_zone_failure){.scene = scene, .source = source, .until = now + SW_RETRY_US};
}

void sw_zone_look_again(struct sw_zone *zone)
{
    size_t kept = 0;
    for (size_t i = 0; i < zone->failure_count; i++)
        if (zone->failures[i].source != NULL)
            zone->failures[kept++] = zone->failures[i];
    if (kept < zone->failure_count)
        zone->wanted_known = false;
    zone->failure_count = kept;
    mark_stale(zone);
    zone->top_stale = true;
}

static void forget_failures(struct sw_zone *zone, struct sw_time now)
{
    size_t kept = 0;
    for (size_t i = 0; i < zone->failure_count; i++) {
        const struct sw_zone_failure *failure = &zone->failures[i];
        if (failure->source != NULL ? sw_zone_lacks(zone, failure->source, now) : failure->until > now.tick)
            zone->failures[kept++] = *failure;
    }
    zone->failure_count = kept;
}

/* -- shows -- */

static bool is_of(const struct sw_show *show, const struct sw_scene *scene, int page)
{
    return show != NULL && show->scene == scene && show->page == page;
}

static void drop(struct sw_show **show)
{
    sw_show_destroy(*show);
    *show = NULL;
}

/* Another page of the scene goes on with its state. */
static struct sw_show *make_show(struct sw_zone *zone, const struct sw_scene *scene, int page, sw_tick now)
{
    struct sw_show *show = sw_show_create(&zone->where, scene, page);
    show->serial = ++zone->serials;
    show->made = now;
    if (zone->restored.scene == scene && zone->restored.page == page)
        sw_state_values_copy(&show->state, &zone->restored.state);
    else if (zone->current != NULL && zone->current->scene == scene)
        sw_state_values_copy(&show->state, &zone->current->state);
    if (zone->restored.scene != NULL) {
        sw_state_values_finish(&zone->restored.state);
        zone->restored.scene = NULL;
    }
    return show;
}

/* -- what is wanted -- */

struct readiness {
    const struct sw_zone *zone;
    struct sw_time now;
};

/* It may come in: all that it draws is there, and what its sources say. */
static bool may_enter(const struct sw_zone *zone, const struct sw_show *show, struct sw_time now)
{
    return sw_show_ready(show) && sw_zone_awaits(zone, show, now) == SW_NEVER;
}

static bool is_ready(const void *context, const char *scene)
{
    const struct readiness *readiness = context;
    const struct sw_zone *zone = readiness->zone;
    if (zone->current != NULL && strcmp(zone->current->scene->id, scene) == 0)
        return true;
    return zone->incoming != NULL && strcmp(zone->incoming->scene->id, scene) == 0 &&
           may_enter(zone, zone->incoming, readiness->now);
}

static bool is_failed(const void *context, const char *scene)
{
    return sw_zone_has_failed(((const struct readiness *)context)->zone, scene);
}

/* Pages turn by their own `for`; the turn's end comes to the last. */
static int attract_page(const struct sw_scene *scene, int64_t since_us, int64_t *left)
{
    int64_t at = 0;
    for (size_t i = 0; i < scene->page_count; i++) {
        int64_t duration = scene->pages[i].duration;
        if (duration == 0 || i + 1 == scene->page_count || since_us < at + duration) {
            *left = duration == 0 || i + 1 == scene->page_count ? SW_NEVER : at + duration - since_us;
            return (int)i;
        }
        at += duration;
    }
    return 0;
}

/* What shows where a playlist has nothing. */
static const struct sw_scene *first_scene(const struct sw_exhibition *exhibition)
{
    for (size_t i = 0; i < exhibition->scene_count; i++)
        if (!exhibition->scenes[i]->draft)
            return exhibition->scenes[i];
    return NULL;
}

/* The conditions' log goes on while a visitor is there, so that the playlist knows where it is when they have gone. */
static sw_tick judge_conditions(struct sw_zone *zone, struct sw_time now)
{
    if (sw_conditions_update(&zone->conditions, now.instant))
        zone->data_until = now.instant; /* what the timeline said with them holds no longer */
    return tick_of(zone->conditions.due, now);
}

/* The scene that a turn comes to: its own, or what takes the place of one that is passed over. NULL: none. */
static const struct sw_scene *scene_of_turn(const struct sw_zone *zone, const struct sw_wanted *wanted, struct sw_time now)
{
    const struct sw_exhibition *exhibition = zone->options->exhibition;
    struct readiness readiness = {.zone = zone, .now = now};
    struct sw_shown_input input = {.wanted = wanted,
                                   .current = zone->current != NULL ? zone->current->scene->id : NULL,
                                   .ready = is_ready,
                                   .failed = is_failed,
                                   .context = &readiness};
    struct sw_shown shown = sw_shown(zone->model->playlist, exhibition->zone, &zone->conditions.data, &input);
    const char *aim = shown.prepare != NULL ? shown.prepare : shown.show;
    return aim != NULL ? sw_exhibition_scene(exhibition, aim) : NULL;
}

/* Attract mode: what the playlist wants now. Returns when that may change. */
static sw_tick follow_timeline(struct sw_zone *zone, struct sw_time now)
{
    const struct sw_exhibition *exhibition = zone->options->exhibition;
    const struct sw_timeline_data *data = &zone->conditions.data;
    bool due = !zone->wanted_known || now.instant >= zone->wanted.until || now.instant < zone->asked || now.instant >= zone->data_until;
    if (due) {
        zone->wanted = sw_timeline(zone->model->playlist, exhibition->zone, data, now.instant);
        zone->wanted_known = true;
        zone->ahead_known = false;
        zone->asked = now.instant;
        zone->data_until = data->next_change(data->context, now.instant);
    }
    const struct sw_scene *scene = scene_of_turn(zone, &zone->wanted, now);
    scene = scene != NULL ? scene : first_scene(exhibition);
    int64_t left = SW_NEVER;
    if (scene != NULL) {
        bool as_wanted = zone->wanted.scene != NULL && strcmp(scene->id, zone->wanted.scene) == 0;
        zone->scene = scene;
        sw_instant since = zone->wanted.since > zone->returned ? zone->wanted.since : zone->returned;
        zone->page = as_wanted ? attract_page(scene, now.instant - since, &left) : 0;
    }
    sw_tick next = sooner(tick_of(zone->wanted.until, now), tick_of(zone->data_until, now));
    return sooner(next, left == SW_NEVER ? SW_NEVER : now.tick + left);
}

/* Makes the next turn's scene ready a little before its time, so that it comes on the instant. */
static sw_tick preload(struct sw_zone *zone, struct sw_time now)
{
    if (zone->visit.active || zone->changing || zone->incoming != NULL || !zone->wanted_known || zone->wanted.until == SW_NEVER)
        return SW_NEVER;
    if (zone->wanted.until - now.instant > PRELOAD_US)
        return tick_of(zone->wanted.until - PRELOAD_US, now);
    const struct sw_exhibition *exhibition = zone->options->exhibition;
    if (!zone->ahead_known)
        zone->ahead = sw_timeline_after(zone->model->playlist, exhibition->zone, &zone->conditions.data, &zone->wanted);
    zone->ahead_known = true;
    const struct sw_scene *scene = scene_of_turn(zone, &zone->ahead, now);
    if (scene != NULL && !sw_zone_has_failed(zone, scene->id) && !is_of(zone->current, scene, 0))
        zone->incoming = make_show(zone, scene, 0, now.tick);
    return SW_NEVER;
}

void sw_zone_end_visit(struct sw_zone *zone, struct sw_time now)
{
    sw_visit_reset(&zone->visit, zone->first_language);
    if (!zone->changing)
        drop(&zone->incoming); /* it was made for that visitor */
    zone->wanted_known = false;
    zone->shown_turn = 0;
    zone->backwards = true;
    zone->returned = now.instant;
    mark_stale(zone);
    zone->top_stale = true;
}

/* When the visitor last did something, or will have: what plays is watched. */
static sw_tick watch_videos(struct sw_zone *zone, sw_tick now)
{
    struct sw_visit *visit = &zone->visit;
    sw_tick plays = zone->current != NULL ? sw_playheads_watched(&zone->current->playheads, visit->last_touch) : visit->last_touch;
    sw_tick watched = plays < now ? plays : now;
    visit->watched = watched > visit->watched ? watched : visit->watched;
    return plays > visit->watched ? plays : visit->watched > visit->last_touch ? visit->watched : visit->last_touch;
}

/* Runs the idle countdown. Returns when it wants to be looked at again. */
static sw_tick watch_idle(struct sw_zone *zone, struct sw_time now)
{
    const struct sw_exhibition *exhibition = zone->options->exhibition;
    struct sw_visit *visit = &zone->visit;
    if (!visit->active)
        return SW_NEVER;
    bool gentle = false;
    struct sw_value value;
    static const char *const modes[][2] = {{"contrast", "high"}, {"text_size", "large"}};
    for (size_t i = 0; i < SW_COUNT(modes); i++)
        gentle = gentle || (sw_state_values_get(&visit->session, modes[i][0], &value) && value.type == SW_VALUE_STRING &&
                            strcmp(value.as.string, modes[i][1]) == 0);
    int64_t idle = (zone->scene != NULL && zone->scene->idle > 0 ? zone->scene->idle : exhibition->idle) * (gentle ? 2 : 1);
    sw_tick watches = watch_videos(zone, now.tick);
    if (!visit->last && visit->countdown_since == SW_NEVER && now.tick - watches < idle)
        return watches + idle;
    if (visit->countdown_since == SW_NEVER) {
        visit->countdown_since = now.tick;
        zone->top_stale = true;
    }
    int64_t gone = now.tick - visit->countdown_since;
    if (gone >= exhibition->countdown) {
        sw_zone_end_visit(zone, now);
        return now.tick;
    }
    return visit->countdown_since + (gone / SW_SECOND + 1) * SW_SECOND;
}

/* -- bringing the wanted scene onto the wall -- */

static void settle_incoming(struct sw_zone *zone, struct sw_time now)
{
    struct sw_show *incoming = zone->incoming;
    zone->ready = zone->scene == NULL || (zone->current != NULL && sw_show_ready(zone->current)); /* carried over */
    if (incoming == NULL || zone->changing || !may_enter(zone, incoming, now))
        return;
    bool due = is_of(incoming, zone->scene, zone->page);
    zone->ready = zone->ready || due;
    if (zone->options->held)
        return;
    if (incoming->failed > 0 && !zone->visit.active && due && zone->current != NULL && zone->model->playlist->count > 1) {
        note_failure(zone, incoming->scene, NULL, now.tick);
        drop(&zone->incoming);
        return;
    }
    if (due)
        sw_zone_begin_change(zone, now);
}

static void pursue(struct sw_zone *zone, struct sw_time now)
{
    if (zone->scene == NULL || zone->changing)
        return;
    bool again = !zone->visit.active && zone->wanted_known && zone->current != NULL && zone->shown_turn == 0;
    if (is_of(zone->current, zone->scene, zone->page) && !again) {
        if (zone->incoming != NULL && zone->wanted_known && !zone->visit.active && zone->wanted.until - now.instant <= PRELOAD_US)
            return; /* made ready ahead of its turn */
        drop(&zone->incoming);
        return;
    }
    if (is_of(zone->incoming, zone->scene, zone->page))
        return;
    drop(&zone->incoming);
    zone->incoming = make_show(zone, zone->scene, zone->page, now.tick);
    if (again)
        sw_state_values_reset(&zone->incoming->state);
}

static void update_shows(struct sw_zone *zone, struct sw_time now, bool assets)
{
    if (zone->current != NULL)
        (void)sw_show_update(zone->current, now, assets);
    if (zone->incoming != NULL) {
        (void)sw_show_update(zone->incoming, now, assets);
        sw_zone_announce(zone, zone->incoming);
    }
    if (zone->overlay == NULL)
        return;
    sw_tick since = zone->visit.countdown_since;
    double left =
        since == SW_NEVER ? -1 : (double)((zone->options->exhibition->countdown - (now.tick - since) + SW_SECOND - 1) / SW_SECOND);
    if (left != zone->overlay->countdown_s) {
        zone->overlay->countdown_s = left;
        zone->overlay->stale = true;
    }
    if (zone->visit.active && sw_show_update(zone->overlay, now, assets))
        zone->top_stale = true;
}

/* In attract mode: a scene that lacks what it needs leaves, or does not come. True: the playlist is to be asked anew. */
static bool pass_over(struct sw_zone *zone, struct sw_time now)
{
    size_t before = zone->failure_count;
    struct sw_show *shows[] = {zone->current, zone->incoming};
    for (size_t i = 0; i < SW_COUNT(shows) && !zone->visit.active; i++) {
        const struct sw_source *source = shows[i] != NULL ? sw_zone_passed_over_for(zone, shows[i], now) : NULL;
        if (source != NULL)
            note_failure(zone, shows[i]->scene, source, now.tick);
    }
    if (zone->failure_count > before && !zone->changing)
        drop(&zone->incoming);
    return zone->failure_count > before;
}

/* A show that is wanted remembers why: that holds for as long as it is on, also while another one is on its way. */
static void note_reasons(struct sw_zone *zone)
{
    bool told = !zone->visit.active && zone->override.scene != NULL;
    const struct sw_playlist_item *item = zone->visit.active || told ? NULL : zone->wanted.item;
    bool wished = item != NULL && item->by != NULL; /* an override, too: one that was published */
    const char *why = zone->visit.active ? "visit" : told || wished ? "override" : item != NULL ? "playlist" : "otherwise";
    const char *by = told ? zone->override.by : wished ? item->by : "";
    struct sw_show *shows[] = {zone->current, zone->incoming};
    for (size_t i = 0; i < SW_COUNT(shows); i++)
        if (is_of(shows[i], zone->scene, zone->page)) {
            shows[i]->why = why;
            if (strcmp(shows[i]->by, by) != 0)
                (void)snprintf(shows[i]->by, sizeof shows[i]->by, "%s", by);
        }
}

sw_tick sw_zone_step(struct sw_zone *zone, struct sw_time now, bool assets)
{
    sw_tick next = watch_idle(zone, now);
    forget_failures(zone, now);
    sw_zone_end_videos(zone, now);
    if (zone->changing && sw_zone_mix(zone, now.tick) >= 1)
        sw_zone_end_change(zone, now.tick);
    next = sooner(next, judge_conditions(zone, now));
    if (!zone->visit.active)
        next = sooner(next, sw_zone_follow_override(zone, now) ? tick_of(zone->override.until, now) : follow_timeline(zone, now));
    if (zone->outgoing != NULL && now.tick >= zone->outgoing_until)
        drop(&zone->outgoing);
    pursue(zone, now);
    next = sooner(next, preload(zone, now));
    sw_zone_glide(zone, now.tick);
    update_shows(zone, now, assets);
    note_reasons(zone);
    if (pass_over(zone, now))
        return now.tick;
    settle_incoming(zone, now);
    if (zone->changing && zone->change_duration == 0)
        sw_zone_end_change(zone, now.tick);
    if (!zone->visit.active && zone->wanted_known && zone->current != NULL && !zone->changing &&
        is_of(zone->current, zone->scene, zone->page))
        zone->shown_turn = zone->wanted.turn;
    if (zone->changing)
        next = now.tick;
    if (zone->current != NULL)
        next = sooner(next, sw_show_next(zone->current, now));
    if (zone->incoming != NULL && (zone->changing || !sw_show_ready(zone->incoming)))
        next = sooner(next, zone->incoming->pending > 0 && !zone->changing ? SW_NEVER : sw_show_next(zone->incoming, now));
    if (zone->incoming != NULL && !zone->changing)
        next = sooner(next, sw_zone_awaits(zone, zone->incoming, now));
    if (zone->overlay != NULL && zone->visit.active)
        next = sooner(next, sw_show_next(zone->overlay, now));
    if (zone->outgoing != NULL)
        next = sooner(next, zone->outgoing_until);
    return next;
}

struct sw_show *sw_zone_show(const struct sw_zone *zone, uint64_t serial)
{
    struct sw_show *shows[] = {zone->current, zone->incoming, zone->outgoing, zone->overlay};
    for (size_t i = 0; i < SW_COUNT(shows); i++)
        if (shows[i] != NULL && shows[i]->serial == serial)
            return shows[i];
    return NULL;
}
