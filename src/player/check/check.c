/* SPDX-License-Identifier: EUPL-1.2 */
/* `check`: the loader's faults, then the pictures and fonts themselves; with --full every page is laid out and judged too. */
#include <string.h>
#include <unistd.h>

#include "elements/catalogue.h"
#include "player/check/check_clips.h"
#include "player/check/check_media.h"
#include "player/check/check_print.h"
#include "player/check/survey_memo.h"
#include "player/commands.h"
#include "player/edition.h"

static void check_fonts(const struct sw_exhibition *exhibition, struct sw_diags *diags)
{
    const struct sw_font *lists[] = {exhibition->fonts, exhibition->fallback_fonts};
    size_t counts[] = {exhibition->font_count, exhibition->fallback_count};
    for (size_t l = 0; l < SW_COUNT(lists); l++)
        for (size_t i = 0; i < counts[l]; i++) {
            const struct sw_font *font = &lists[l][i];
            const char *fault = sw_typesetter_probe(font->path);
            if (fault[0] != '\0')
                sw_diags_add(diags, SW_ERROR, "fonts/fonts.json", font->line, font->column, font->place, "\"%s\" %s", font->file, fault);
        }
}

/* Noon: what depends on the day is what it will be while people are there, and what depends on the hour is the same all day. */
static sw_instant noon(const struct sw_exhibition *exhibition)
{
    sw_instant start = 0, end = 0;
    sw_schedule_day(exhibition->zone, sw_instant_now(), &start, &end);
    return start + (end - start) / 2;
}

static void check_pages(struct sw_edition *edition, struct sw_known *known, struct sw_memo *memo, const struct sw_options *options,
                        struct sw_costs *costs, struct sw_diags *diags)
{
    struct sw_survey survey;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    sw_survey_init(&survey, edition, known, options->threads > 0 ? options->threads : (int)cores, noon(edition->exhibition));
    sw_survey_recall(&survey, memo);
    sw_survey_run(&survey);
    sw_survey_remember(&survey, memo);
    sw_survey_say(&survey, diags);
    for (size_t i = 0; i < survey.count; i++)
        if (survey.items[i].scene != NULL)
            sw_costs_add(costs, survey.items[i].scene, survey.items[i].needs);
    sw_survey_finish(&survey);
}

/* All that is wrong with what has been loaded. */
static void check_all(struct sw_edition *edition, const struct sw_options *options, struct sw_costs *costs, struct sw_diags *diags)
{
    struct sw_known known;
    struct sw_memo memo;
    sw_known_init(&known);
    sw_memo_open(&memo, options->full ? options->cache : NULL, options->folder);
    sw_check_media(edition, &known, &memo, diags);
    sw_check_clips(edition, diags);
    check_fonts(edition->exhibition, diags);
    sw_exhibition_check_dates(edition->exhibition, sw_instant_now(), diags);
    if (options->full)
        check_pages(edition, &known, &memo, options, costs, diags);
    sw_memo_close(&memo);
    sw_known_finish(&known);
}

static bool open_edition(struct sw_edition *edition, struct sw_house *house, const char *folder, struct sw_diags *diags)
{
    struct sw_footage_lengths lent;
    sw_footage_lend(house->footage, NULL, false, &lent);
    bool good = sw_edition_load(edition, house, sw_exhibition_create_judged(folder, sw_catalogue(), &lent.lengths, diags), 0);
    if (good)
        sw_edition_join(edition);
    return good;
}

int sw_player_check(const struct sw_options *options, struct sw_waker *waker)
{
    struct sw_diags diags;
    struct sw_house house;
    struct sw_edition edition;
    struct sw_costs costs = {.count = 0};
    if (!sw_house_open(&house, options, waker, 0))
        return 2;
    sw_diags_init(&diags);
    if (!open_edition(&edition, &house, options->folder, &diags)) {
        sw_house_close(&house);
        sw_diags_finish(&diags);
        return 2;
    }
    if (edition.exhibition != NULL)
        check_all(&edition, options, &costs, &diags);
    sw_diags_sort(&diags);
    if (options->json)
        sw_check_print_json(&diags, &costs);
    else
        sw_check_print(edition.exhibition, &diags, &costs);
    bool nothing = edition.exhibition == NULL && diags.count == 1 && strcmp(diags.items[0].file, options->folder) == 0;
    int status = nothing ? 2 : diags.errors > 0 || (options->strict && diags.warnings > 0) ? 1 : 0;
    if (status == 0 && options->clips != NULL && !sw_check_keep_clips(&edition, options->clips))
        status = 2;
    sw_costs_finish(&costs);
    sw_edition_close(&edition);
    sw_house_close(&house);
    sw_diags_finish(&diags);
    return status;
}
