/* SPDX-License-Identifier: EUPL-1.2 */
/* The time or the date of now, as people of the language write it. */
#include "elements/elements.h"

#include "base/must.h"
#include "elements/words.h"
#include "exhibition/language.h"
#include "exhibition/schedule.h"
#include "view/behaviour.h"

static const char *const forms[] = {"time", "date", "weekday", "date-long", NULL};

enum { ROW_CLOCK };

static const struct sw_row rows[] = {
    [ROW_CLOCK] = {.key = "clock", .type = SW_TYPE_ENUM, .words = forms, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "14:05, 23.11.2026, Montag or 23. November 2026, as the language writes it."},
};

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    static const enum sw_date_form written[] = {SW_DATE_TIME, SW_DATE_SHORT, SW_DATE_WEEKDAY, SW_DATE_LONG};
    const struct sw_view_context *context = expansion->context;
    const struct sw_evaluation *evaluation = context->evaluation;
    int form = sw_value_word(box->own[ROW_CLOCK], forms);
    form = form < 0 ? 0 : form;
    struct sw_civil civil = sw_civil_at(evaluation->zone, evaluation->now);
    struct sw_words *words = sw_arena_alloc(context->arena, sizeof *words);
    *words = (struct sw_words){
        .text = sw_language_date(context->arena, evaluation->language, &civil, written[form]),
        .shrink = 1,
        .align = sw_words_align(box),
        .valign = SW_ALIGN_START,
    };
    box->data = words;
    if (evaluation->reads == NULL) {
        return;
    }
    sw_instant start = 0, midnight = 0;
    sw_schedule_day(evaluation->zone, evaluation->now, &start, &midnight);
    sw_instant minute = evaluation->now - civil.second * SW_SECOND - civil.microsecond + SW_MINUTE;
    sw_reads_until(evaluation->reads, written[form] == SW_DATE_TIME ? minute : midnight);
}

static struct sw_size measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    (void)height;
    return sw_words_measure(context, box, box->data, width);
}

static double least_width(const struct sw_view_context *context, struct sw_box *box)
{
    return sw_words_least_width(context, box, box->data);
}

static void arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content)
{
    sw_words_fit(context, box, box->data, content);
}

static void draw(struct sw_painter *painter, const struct sw_box *box)
{
    sw_words_draw(painter, box, 0, box->data, box->text.colour);
}

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = measure,
    .arrange = arrange,
    .draw = draw,
    .least_width = least_width,
    .grip = sw_words_grip,
};

const struct sw_kind sw_element_clock = {
    .name = "clock",
    .meaning = "The time or the date of now.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
