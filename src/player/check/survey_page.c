/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "player/check/glyphs.h"
#include "player/check/survey.h"

/* One way to see one scene. */
struct sight {
    const struct sw_survey *survey;
    struct sw_surveyed *item;
    const struct sw_vantage *vantage;
    struct sw_typesetter *typesetter;
    const char *language;
    double rank;
};

/* How long a page stays by itself. */
static int64_t duration_of(const struct sw_surveyed *item, int page)
{
    const struct sw_scene *scene = item->scene;
    if (scene == NULL || item->duration == 0)
        return 0;
    if (scene->page_count == 1)
        return item->duration;
    return scene->pages[page].duration > 0 || page > 0 ? scene->pages[page].duration : item->duration;
}

static void judge(const struct sight *sight, const struct sw_show *show, bool alone)
{
    struct sw_surveyed *item = sight->item;
    const struct sw_judging judging = {.exhibition = sight->survey->edition->exhibition,
                                       .vantage = sight->vantage,
                                       .show = show,
                                       .typesetter = sight->typesetter,
                                       .language = sight->language,
                                       .rank = sight->rank,
                                       .duration = alone ? 0 : duration_of(item, show->page),
                                       .alone = alone,
                                       .findings = &item->findings,
                                       .needs = &item->needs};
    sw_judge_page(&judging);
    sw_glyphs_check(show, &item->findings);
    if (sight->vantage->panes != NULL)
        sw_glyphs_check_gaps(show, sight->vantage->wall->id, &item->findings);
    item->lists = item->lists || show->reads.all || sw_reads_has(&show->reads, "scenes");
    item->until = show->reads.valid_until < item->until ? show->reads.valid_until : item->until;
}

static void lay_popups(const struct sight *sight, struct sw_show *show, const struct sw_popups *popups, struct sw_time now)
{
    for (size_t i = 0; i < popups->count; i++) {
        sw_show_open(show, popups->items[i].name);
        sw_show_lay(show, now);
        judge(sight, show, true);
        sw_show_close(show, popups->items[i].name);
    }
}

static void lay_language(const struct sight *sight, struct sw_show_place *where)
{
    const struct sw_exhibition *exhibition = where->exhibition;
    const struct sw_scene *scene = sight->item->scene;
    const struct sw_time now = {.tick = SW_HOUR, .instant = sight->survey->instant};
    struct sw_visit visit;
    sw_visit_init(&visit, exhibition, sight->language);
    visit.active = scene == NULL;
    where->visit = &visit;
    for (size_t page = 0; page < (scene != NULL ? scene->page_count : 1); page++) {
        struct sw_show *show =
            scene != NULL ? sw_show_create(where, scene, (int)page) : sw_show_create_overlay(where, exhibition->overlay);
        if (scene == NULL)
            show->countdown_s = (double)(exhibition->countdown / SW_SECOND);
        sw_show_lay(show, now);
        judge(sight, show, scene == NULL);
        if (scene != NULL) {
            lay_popups(sight, show, &scene->pages[page].popups, now);
            lay_popups(sight, show, &scene->popups, now);
        }
        sw_show_destroy(show);
        (void)sw_typesetter_collect(sight->typesetter);
    }
    sw_visit_finish(&visit);
}

static void lay_vantage(struct sight *sight, struct sw_asking *asking)
{
    const struct sw_edition *edition = sight->survey->edition;
    const struct sw_vantage *vantage = sight->vantage;
    struct sw_show_place where = {
        .exhibition = edition->exhibition,
        .tools = {.typesetter = sight->typesetter, .pictures = &asking->pictures, .videos = &asking->videos, .data = edition->data},
        .canvas = vantage->canvas,
        .panes = vantage->panes,
        .zone = "proof",
        .place = {0, 0, vantage->width, vantage->height},
        .still = true,
        .judged = true};
    sw_view_fit(vantage->canvas, vantage->width, vantage->height, &where.scale, &where.offset_x, &where.offset_y);
    for (size_t i = 0; edition->exhibition->languages[i] != NULL; i++) {
        sight->language = edition->exhibition->languages[i];
        sight->rank = 1e-6 * (double)i;
        lay_language(sight, &where);
    }
}

void sw_survey_scene(const struct sw_survey *survey, struct sw_surveyed *item, struct sw_typesetter *typesetter, struct sw_asking *asking)
{
    sw_findings_finish(&item->findings);
    item->needs = (struct sw_needs){.bytes = 0};
    item->lists = false;
    item->until = SW_NEVER;
    sw_asking_begin(asking);
    for (size_t i = 0; i < survey->vantage_count; i++) {
        if (!sw_survey_sees(item, &survey->vantages[i]))
            continue;
        struct sight sight = {.survey = survey, .item = item, .vantage = &survey->vantages[i], .typesetter = typesetter};
        lay_vantage(&sight, asking);
    }
    sw_findings_settle(&item->findings);
    free(item->asked);
    item->asked = sw_alloc_array(asking->count + 1, sizeof(struct sw_fact *));
    if (asking->count > 0)
        memcpy(item->asked, asking->asked, asking->count * sizeof(struct sw_fact *));
    item->asked_count = asking->count;
    item->done = !sw_asking_pends(asking);
}
