/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/standing.h"

#include <string.h>

#include "exhibition/expression_clock.h"
#include "exhibition/language.h"

/* %s is an instant: a time of day, or with its date. */
struct words {
    const char *language, *stand, *sample, *recorded, *recorded_on;
};
static const struct words all_words[] = {
    {"en", "As of %s", "Sample data", "Recorded at %s", "Recorded on %s"},
    {"de", "Stand %s", "Beispieldaten", "Aufzeichnung von %s", "Aufzeichnung vom %s"},
    {"de-leicht", "Stand: %s", "Das ist ein Beispiel.", "Aufgenommen um %s", "Aufgenommen am %s"},
    {"tr", "Son güncelleme: %s", "Örnek veriler", "Kayıt: %s", "Kayıt: %s"},
    {"ar", "آخر تحديث: %s", "بيانات نموذجية", "تسجيل: %s", "تسجيل: %s"},
};

bool sw_standing_other_day(const struct sw_evaluation *evaluation, sw_instant instant)
{
    struct sw_civil then = sw_civil_at(evaluation->zone, instant), today = sw_civil_at(evaluation->zone, evaluation->now);
    return sw_date_to_days(then.date) != sw_date_to_days(today.date);
}

const char *sw_standing_instant(const struct sw_evaluation *evaluation, sw_instant instant, bool dated)
{
    struct sw_arena *arena = evaluation->arena;
    struct sw_civil then = sw_civil_at(evaluation->zone, instant);
    const char *time = sw_language_date(arena, evaluation->language, &then, SW_DATE_TIME);
    if (!dated && !sw_standing_other_day(evaluation, instant)) {
        if (evaluation->reads != NULL) { /* tomorrow its day has to be said */
            sw_reads_until(evaluation->reads, evaluation->now + sw_clock_left(evaluation->zone, evaluation->now, SW_CLOCK_DAY));
        }
        return time;
    }
    return sw_arena_printf(arena, "%s, %s", sw_language_date(arena, evaluation->language, &then, SW_DATE_SHORT), time);
}

/* What has to be said of one source; the more, the more it matters. */
enum need { NEED_NOTHING, NEED_STAND, NEED_RECORDED, NEED_SAMPLE };

static enum need need_of(const struct sw_data_view *view)
{
    if (!view->usable || view->facts == NULL) {
        return NEED_NOTHING;
    }
    switch (view->facts->kind) {
    case SW_READING_SAMPLE: return NEED_SAMPLE;
    case SW_READING_RECORDED: return NEED_RECORDED;
    case SW_READING_LIVE: return view->freshness.state == SW_FRESHNESS_FRESH ? NEED_NOTHING : NEED_STAND;
    }
    return NEED_NOTHING;
}

static const char *say(const struct sw_evaluation *evaluation, enum need need, sw_instant oldest)
{
    const struct words *words = sw_language_row(all_words, SW_COUNT(all_words), sizeof all_words[0], evaluation->language);
    const char *pattern = need == NEED_STAND ? words->stand : need == NEED_SAMPLE ? words->sample : words->recorded;
    if (need == NEED_RECORDED && sw_standing_other_day(evaluation, oldest)) {
        pattern = words->recorded_on;
    }
    const char *place = strstr(pattern, "%s");
    if (place == NULL) {
        return pattern;
    }
    return sw_arena_printf(evaluation->arena, "%.*s%s%s", (int)(place - pattern), pattern, sw_standing_instant(evaluation, oldest, false),
                           place + 2);
}


const char *sw_standing_text(const struct sw_view_context *context, const struct sw_reads *reads)
{
    struct sw_evaluation evaluation = *context->evaluation;
    enum need greatest = NEED_NOTHING;
    sw_instant oldest = SW_NEVER;
    struct sw_data_view views[SW_READ_SOURCES_MAX];
    for (int i = 0; i < reads->source_count; i++) {
        views[i] = sw_data_look(context->data, reads->sources[i], context->evaluation->now);
        enum need need = need_of(&views[i]);
        greatest = need > greatest ? need : greatest;
    }
    if (greatest == NEED_NOTHING) {
        return NULL;
    }
    for (int i = 0; i < reads->source_count; i++) {
        if (need_of(&views[i]) != greatest) {
            continue;
        }
        sw_instant then = greatest == NEED_STAND ? views[i].facts->observed : views[i].facts->as_of;
        oldest = then < oldest ? then : oldest;
        if (context->told != NULL) {
            sw_reads_add_source(context->told, reads->sources[i]);
        }
    }
    evaluation.arena = context->arena;
    return say(&evaluation, greatest, oldest);
}
