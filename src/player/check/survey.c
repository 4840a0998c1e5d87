/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/check/survey.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "stage/zone.h"

#define ROUNDS_MAX 8 /* each may ask for files that none before asked for */
#define FILE_US (20 * SW_SECOND)

/* -- from where -- */

static void stand_on_wall(struct sw_survey *survey, struct sw_vantage *vantage)
{
    struct sw_arena *arena = &survey->arena;
    struct sw_canvas *canvas = sw_arena_alloc(arena, sizeof *canvas);
    double scale, offset_x, offset_y;
    *canvas = *vantage->canvas;
    struct sw_area *areas = sw_arena_array(arena, canvas->area_count, sizeof *areas);
    for (size_t i = 0; i < canvas->area_count; i++)
        areas[i] = canvas->areas[i];
    canvas->areas = areas;
    sw_view_fit(canvas, vantage->width, vantage->height, &scale, &offset_x, &offset_y);
    vantage->mm_per_px = vantage->zone->place.height / vantage->height;
    sw_zone_reach(canvas, areas, vantage->wall, vantage->zone, scale * vantage->mm_per_px, offset_y * vantage->mm_per_px);
    vantage->canvas = canvas;
    struct sw_pane *items = sw_arena_array(arena, SW_PANELS_MAX, sizeof *items);
    struct sw_panes *panes = sw_arena_alloc(arena, sizeof *panes);
    *panes = (struct sw_panes){items, sw_panes_under(vantage->wall, vantage->zone, scale, offset_x, offset_y, items)};
    vantage->panes = panes->count > 0 ? panes : NULL;
}

static double ground_mm(const struct sw_vantage *vantage)
{
    double lowest = 0;
    for (size_t i = 0; i < vantage->wall->panel_count; i++)
        lowest = fmax(lowest, vantage->wall->panels[i].place.y + vantage->wall->panels[i].place.height);
    return vantage->wall->bottom_mm + lowest - vantage->zone->place.y;
}

/* What is seen of one of them is what is seen of the other. */
static bool alike(const struct sw_vantage *a, const struct sw_vantage *b)
{
    return a->panes == NULL && b->panes == NULL && a->width == b->width && a->height == b->height &&
           fabs(a->mm_per_px - b->mm_per_px) < 1e-9 && fabs(ground_mm(a) - ground_mm(b)) < 1e-6 &&
           a->wall->viewing_distance_mm == b->wall->viewing_distance_mm;
}

static void add_zone(struct sw_survey *survey, const struct sw_wall *wall, const struct sw_wall_zone *zone, uint64_t bit)
{
    struct sw_vantage vantage = {
        .wall = wall,
        .zone = zone,
        .canvas = sw_theme_canvas_nearest(&survey->edition->exhibition->theme, zone->px.width, zone->px.height),
        .width = zone->px.width,
        .height = zone->px.height,
        .zones = bit,
        .where = sw_arena_printf(&survey->arena, "wall %s", wall->id)};
    stand_on_wall(survey, &vantage);
    for (size_t i = 0; i < survey->vantage_count; i++)
        if (alike(&survey->vantages[i], &vantage)) {
            survey->vantages[i].zones |= bit;
            return;
        }
    survey->vantages[survey->vantage_count++] = vantage;
}

static void find_vantages(struct sw_survey *survey)
{
    const struct sw_exhibition *exhibition = survey->edition->exhibition;
    size_t most = exhibition->theme.canvas_count, zone = 0;
    for (size_t w = 0; w < exhibition->wall_count; w++)
        most += exhibition->walls[w]->zone_count;
    survey->vantages = sw_arena_array(&survey->arena, most, sizeof *survey->vantages);
    for (size_t w = 0; w < exhibition->wall_count; w++)
        for (size_t z = 0; z < exhibition->walls[w]->zone_count; z++)
            add_zone(survey, exhibition->walls[w], &exhibition->walls[w]->zones[z], sw_shown_bit(zone++));
    for (size_t c = 0; c < exhibition->theme.canvas_count; c++) {
        const struct sw_canvas *canvas = &exhibition->theme.canvases[c];
        survey->vantages[survey->vantage_count++] = (struct sw_vantage){
            .canvas = canvas,
            .width = (int)canvas->width,
            .height = (int)canvas->height,
            .where = sw_arena_printf(&survey->arena, "canvas %s", canvas->name)};
    }
}

/* Bare canvases are for scenes that no wall shows: of others nobody sees how they would be elsewhere. */
bool sw_survey_sees(const struct sw_surveyed *item, const struct sw_vantage *vantage)
{
    return vantage->wall != NULL ? (vantage->zones & item->shown) != 0 : (item->shown & ~SW_SHOWN_SOMEWHERE) == 0;
}

/* -- what -- */

static void note_durations(struct sw_survey *survey)
{
    const struct sw_exhibition *exhibition = survey->edition->exhibition;
    for (size_t p = 0; p < exhibition->playlist_count; p++)
        for (size_t i = 0; i < exhibition->playlists[p]->count; i++)
            for (size_t k = 0; k < exhibition->playlists[p]->items[i].turn_count; k++) {
                const struct sw_playlist_turn *turn = &exhibition->playlists[p]->items[i].turns[k];
                size_t at = sw_exhibition_scene_index(exhibition, turn->scene);
                if (at < exhibition->scene_count && (survey->items[at].duration == 0 || turn->duration < survey->items[at].duration))
                    survey->items[at].duration = turn->duration;
            }
}

/* The fence hides what is in the file, but not when it was made. */
static uint64_t program_hash(void)
{
    struct stat info;
    uint64_t hash = sw_hash_text(SW_HASH_START, SW_VERSION);
    if (stat("/proc/self/exe", &info) != 0)
        return hash;
    hash = sw_hash_number(sw_hash_number(hash, (uint64_t)info.st_size), (uint64_t)info.st_ino);
    return sw_hash_number(sw_hash_number(hash, (uint64_t)info.st_mtim.tv_sec), (uint64_t)info.st_mtim.tv_nsec);
}

void sw_survey_init(struct sw_survey *survey, struct sw_edition *edition, struct sw_known *known, int threads, sw_instant instant)
{
    const struct sw_exhibition *exhibition = edition->exhibition;
    *survey = (struct sw_survey){.edition = edition, .known = known, .threads = threads, .instant = instant, .program = program_hash()};
    find_vantages(survey);
    survey->items = sw_alloc_array(exhibition->scene_count + 1, sizeof *survey->items);
    for (size_t i = 0; i < exhibition->scene_count; i++) {
        survey->items[i].scene = exhibition->scenes[i];
        survey->items[i].shown = exhibition->shown != NULL ? exhibition->shown[i] : 0;
    }
    survey->count = exhibition->scene_count;
    if (exhibition->overlay != NULL)
        survey->items[survey->count++].shown = UINT64_MAX;
    note_durations(survey);
}

void sw_survey_finish(struct sw_survey *survey)
{
    for (size_t i = 0; i < survey->count; i++) {
        sw_findings_finish(&survey->items[i].findings);
        free(survey->items[i].asked);
    }
    free(survey->items);
    sw_arena_finish(&survey->arena);
}

/* -- doing it -- */

struct crew {
    struct sw_survey *survey;
    struct sw_mutex lock;
    size_t next; /* guarded by lock */
};

struct hand {
    struct crew *crew;
    struct sw_typesetter *typesetter;
    struct sw_asking asking;
    struct sw_thread thread;
};

static void work(void *context)
{
    struct hand *hand = context;
    struct crew *crew = hand->crew;
    struct sw_survey *survey = crew->survey;
    for (;;) {
        sw_mutex_lock(&crew->lock);
        size_t at = crew->next++;
        sw_mutex_unlock(&crew->lock);
        if (at >= survey->count)
            return;
        if (!survey->items[at].done)
            sw_survey_scene(survey, &survey->items[at], hand->typesetter, &hand->asking);
    }
}

bool sw_survey_look(struct sw_survey *survey)
{
    bool news = false;
    for (struct sw_fact *fact = survey->known->first; fact != NULL; fact = fact->after) {
        struct sw_media_verdict verdict;
        struct sw_probed probed;
        if (fact->state != SW_ASSET_PENDING)
            continue;
        news = true;
        fact->state = SW_ASSET_FAILED;
        if (fact->is_clip && sw_footage_probe(survey->edition->house->footage, survey->edition->exhibition->root, fact->path,
                                              sw_tick_now() + FILE_US, &probed)) {
            fact->state = probed.usable ? SW_ASSET_READY : SW_ASSET_FAILED;
            fact->clip = probed.clip;
        } else if (!fact->is_clip) {
            sw_media_verify(survey->edition->gallery, fact->path, sw_tick_now() + FILE_US, &verdict);
            fact->state = verdict.usable ? SW_ASSET_READY : SW_ASSET_FAILED;
            fact->width = verdict.width;
            fact->height = verdict.height;
        }
    }
    return news;
}

/* The first one is the caller itself, and has the edition's typesetter. */
static void run_round(struct crew *crew, struct hand *hands, int count)
{
    crew->next = 0;
    for (int i = 1; i < count; i++)
        if (hands[i].typesetter != NULL && !sw_thread_start(&hands[i].thread, "survey", work, &hands[i]))
            sw_log(SW_LOG_WARNING, "check", "a thread cannot be started; fewer do the work");
    work(&hands[0]);
    for (int i = 1; i < count; i++)
        sw_thread_join(&hands[i].thread);
}

static bool all_done(const struct sw_survey *survey)
{
    for (size_t i = 0; i < survey->count; i++)
        if (!survey->items[i].done)
            return false;
    return true;
}

void sw_survey_run(struct sw_survey *survey)
{
    if (all_done(survey))
        return;
    struct crew crew = {.survey = survey};
    int count = survey->threads < SW_SURVEY_THREADS_MAX ? survey->threads : SW_SURVEY_THREADS_MAX;
    count = count < 1 ? 1 : count;
    struct hand *hands = sw_alloc_array((size_t)count, sizeof *hands);
    sw_mutex_init(&crew.lock);
    for (int i = 0; i < count; i++) {
        hands[i].crew = &crew;
        hands[i].typesetter = i == 0 ? survey->edition->typesetter : sw_edition_typesetter(survey->edition);
        sw_asking_init(&hands[i].asking, survey->known);
    }
    for (int round = 0; round < ROUNDS_MAX && !all_done(survey); round++) {
        run_round(&crew, hands, count);
        if (!sw_survey_look(survey))
            break;
    }
    for (int i = 0; i < count; i++) {
        if (i > 0 && hands[i].typesetter != NULL)
            sw_typesetter_destroy(hands[i].typesetter);
        sw_asking_finish(&hands[i].asking);
    }
    sw_mutex_finish(&crew.lock);
    free(hands);
}

/* -- what came of it -- */

static void judge_needs(const struct sw_surveyed *item, struct sw_diags *diags)
{
    const struct sw_scene *scene = item->scene;
    if (scene != NULL && item->needs.bytes > SW_JUDGE_BYTES_MAX)
        sw_diags_add(diags, SW_WARNING, scene->file, scene->line, scene->column, NULL,
                     "its pictures need %.0f MiB; %.0f MiB at most, as the next scene is made ready beside it",
                     ceil(item->needs.bytes / (1 << 20)), SW_JUDGE_BYTES_MAX / (1 << 20));
    if (scene != NULL && item->needs.seconds > SW_JUDGE_SECONDS_MAX)
        sw_diags_add(diags, SW_WARNING, scene->file, scene->line, scene->column, NULL,
                     "its pictures take about %.1f s to load; %.0f s at most: smaller files load faster", item->needs.seconds,
                     SW_JUDGE_SECONDS_MAX);
}

void sw_survey_say(struct sw_survey *survey, struct sw_diags *diags)
{
    struct sw_findings all = {.count = 0};
    for (size_t i = 0; i < survey->count; i++) {
        for (size_t k = 0; k < survey->items[i].findings.count; k++)
            sw_findings_add(&all, &survey->items[i].findings.items[k]);
        judge_needs(&survey->items[i], diags);
    }
    sw_findings_settle(&all);
    sw_findings_say(&all, diags);
    sw_findings_finish(&all);
}
