/* SPDX-License-Identifier: EUPL-1.2 */
/* The numbers of a chart: histories, or rows of a list. */
#include "elements/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "elements/history.h"
#include "exhibition/source.h"

#define NEWEST 1000 /* points of a history that tell it from what it was */
#define POINTS_LEAST 64
#define SHADES 4 /* of one colour that can be told apart */
#define ROWS_MAX 1000 /* of a chart of rows; more cannot be told apart */

static struct sw_evaluation evaluation_of(const struct sw_view_context *context, const struct sw_box *box)
{
    struct sw_evaluation evaluation = *context->evaluation;
    evaluation.scope = box->scope != NULL ? box->scope : evaluation.scope;
    evaluation.arena = context->arena;
    return evaluation;
}

/* Member `row` of an object of a list; missing where it is not written. */
static struct sw_value member(const struct sw_view_context *context, const struct sw_box *box, const struct sw_property *object, int row)
{
    if (object->form != SW_PROPERTY_LIST) {
        return (struct sw_value){.type = SW_VALUE_MISSING};
    }
    return sw_view_value(context, box->scope, &object->as.by.values[row]);
}

static const char *text_of(const struct sw_view_context *context, const struct sw_box *box, const struct sw_property *object, int row)
{
    struct sw_evaluation evaluation = evaluation_of(context, box);
    struct sw_value value = sw_template_text(member(context, box, object, row), &evaluation);
    return value.type == SW_VALUE_STRING && value.as.string[0] != '\0' ? value.as.string : NULL;
}

/* What the numbers of a field are written with. */
static void take_field(const struct sw_view_context *context, struct sw_chart_series *series, const struct sw_field *field)
{
    series->unit = "";
    series->digits = -1;
    if (field == NULL) {
        return;
    }
    struct sw_resolution resolution = {.evaluation = context->evaluation, .canvas = context->canvas->name};
    struct sw_value unit = sw_property_value(&field->unit, &resolution);
    series->unit = unit.type == SW_VALUE_STRING ? unit.as.string : "";
    series->digits = field->digits;
}

/* -- histories -- */

bool sw_chart_has_bars(const struct sw_chart *chart) { return chart->form == SW_CHART_BAR || chart->form == SW_CHART_STACKED_BAR; }

bool sw_chart_is_stacked(const struct sw_chart *chart) { return chart->form == SW_CHART_STACKED || chart->form == SW_CHART_STACKED_BAR; }

const struct sw_point *sw_chart_points(const struct sw_chart_series *series, size_t *count)
{
    *count = series->count;
    return series->history != NULL ? sw_series_points(series->history, count) : series->points;
}

/* That of the texts; what is beside or on something of the same colour is lighter. */
static uint32_t own_colour(const struct sw_box *box, enum sw_chart_form form, size_t index)
{
    bool filled = form == SW_CHART_BAR || form == SW_CHART_STACKED || form == SW_CHART_STACKED_BAR;
    uint32_t alpha = box->text.colour >> 24;
    for (size_t i = 0; filled && i < index % SHADES; i++) {
        alpha = alpha * 5 / 8;
    }
    return (box->text.colour & 0x00ffffffu) | alpha << 24;
}

static void collect_series(const struct sw_view_context *context, const struct sw_box *box, struct sw_chart *chart)
{
    const struct sw_property *list = &box->element->own[SW_CHART_ROW_SERIES];
    struct sw_reads *reads = context->evaluation->reads;
    int64_t span = 0;
    sw_instant end = INT64_MIN;
    chart->series = sw_arena_array(context->arena, list->as.by.count, sizeof *chart->series);
    for (size_t i = 0; i < list->as.by.count; i++) {
        const struct sw_property *object = &list->as.by.values[i];
        struct sw_value of = member(context, box, object, SW_SERIES_OF), last = member(context, box, object, SW_SERIES_LAST);
        if (of.field == NULL) {
            continue;
        }
        struct sw_chart_series *series = &chart->series[chart->series_count++];
        struct sw_history history = sw_history_read(context, of.field);
        series->history = history.series;
        series->step = of.field->step;
        series->last = last.type == SW_VALUE_DURATION ? last.as.duration : of.field->keep;
        series->label = text_of(context, box, object, SW_SERIES_LABEL);
        series->colour = sw_view_colour(context, member(context, box, object, SW_SERIES_COLOUR), own_colour(box, chart->form, i));
        take_field(context, series, of.field);
        end = history.end > end ? history.end : end;
        span = series->last > span ? series->last : span;
    }
    chart->end = chart->series_count > 0 ? end : context->evaluation->now;
    bool moves = chart->end == context->evaluation->now;
    int64_t half = sw_chart_has_bars(chart) && chart->series_count > 0 ? chart->series[0].step / 2 : 0; /* a bar is as wide as a step */
    chart->end += half;
    chart->begin = chart->end - (span > 0 ? span : SW_HOUR);
    if (reads != NULL && moves) { /* its right edge moves on, by less than can be seen at once */
        int64_t holds = span / 500 > SW_MINUTE ? span / 500 : SW_MINUTE;
        sw_reads_until(reads, context->evaluation->now + holds);
    }
}

void sw_chart_thin(const struct sw_view_context *context, struct sw_chart *chart, double width)
{
    if (chart->categories == NULL && sw_chart_is_stacked(chart)) {
        sw_chart_stack(context, chart, width);
        return;
    }
    size_t most = POINTS_LEAST + (size_t)fmax(0, fmin(width, 16384)) * 2;
    for (size_t i = 0; i < chart->series_count; i++) {
        struct sw_chart_series *series = &chart->series[i];
        if (series->history != NULL) {
            series->points = sw_arena_array(context->arena, most, sizeof *series->points);
            series->count = sw_series_thin(series->history, chart->end - series->last, chart->end, series->points, most);
        }
    }
}

/* -- rows -- */

/* One row under its name. */
struct row_scope {
    struct sw_scope scope;
    const char *as;
    struct sw_value value;
};

static bool lookup_row(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct row_scope *row = scope->context;
    if (strcmp(name, row->as) != 0) {
        return false;
    }
    *out = row->value;
    return true;
}

static int by_instant(const void *left, const void *right)
{
    const struct sw_point *a = left, *b = right;
    return (a->at > b->at) - (a->at < b->at);
}

/* The two ends of rows with instants; half a step more for bars, which are as wide as that. */
static void take_ends(struct sw_chart *chart, struct sw_chart_series *series)
{
    if (series->count > 0) {
        qsort(series->points, series->count, sizeof *series->points, by_instant);
        chart->begin = series->points[0].at;
        chart->end = series->points[series->count - 1].at;
    }
    for (size_t i = 1; i < series->count; i++) {
        int64_t apart = series->points[i].at - series->points[i - 1].at;
        series->step = apart > 0 && (series->step == 0 || apart < series->step) ? apart : series->step;
    }
    int64_t more = chart->begin == chart->end ? SW_HOUR / 2 : sw_chart_has_bars(chart) ? series->step / 2 : 0;
    chart->begin -= more;
    chart->end += more;
}

static void collect_rows(const struct sw_view_context *context, const struct sw_box *box, struct sw_chart *chart)
{
    struct sw_value rows = sw_view_own(context, box, SW_CHART_ROW_ROWS), as = box->own[SW_CHART_ROW_AS];
    size_t count = rows.type == SW_VALUE_LIST ? rows.as.list->count : 0;
    count = count < ROWS_MAX ? count : ROWS_MAX;
    struct sw_chart_series *series = sw_arena_alloc(context->arena, sizeof *series);
    const char **categories = sw_arena_array(context->arena, count + 1, sizeof *categories);
    struct sw_evaluation evaluation = evaluation_of(context, box);
    bool instants = true;
    *series = (struct sw_chart_series){.unit = "", .digits = -1};
    series->colour = sw_view_colour(context, box->own[SW_CHART_ROW_PAINT], box->text.colour);
    series->points = sw_arena_array(context->arena, count, sizeof *series->points);
    for (size_t i = 0; i < count; i++) {
        struct row_scope row = {.as = as.type == SW_VALUE_STRING ? as.as.string : "it", .value = rows.as.list->items[i]};
        row.scope = (struct sw_scope){.outer = box->scope, .lookup = lookup_row, .context = &row};
        struct sw_value x = sw_view_value(context, &row.scope, &box->element->own[SW_CHART_ROW_X]);
        struct sw_value y = sw_view_value(context, &row.scope, &box->element->own[SW_CHART_ROW_Y]);
        if (x.type == SW_VALUE_MISSING || (y.type != SW_VALUE_NUMBER && y.type != SW_VALUE_MISSING)) {
            continue;
        }
        if (y.field != NULL && series->count == 0) {
            take_field(context, series, y.field);
        }
        struct sw_value name = sw_template_text(x, &evaluation);
        instants = instants && x.type == SW_VALUE_INSTANT;
        categories[series->count] = name.type == SW_VALUE_STRING ? name.as.string : "";
        series->points[series->count++] =
            (struct sw_point){x.type == SW_VALUE_INSTANT ? x.as.instant : 0, y.type == SW_VALUE_NUMBER ? y.as.number : (double)NAN};
    }
    chart->series = series;
    chart->series_count = 1;
    chart->begin = chart->end = context->evaluation->now;
    for (size_t i = 0; i < series->count && !instants; i++) {
        series->points[i].at = (int64_t)i;
    }
    if (instants) {
        take_ends(chart, series);
    } else {
        chart->categories = categories;
        chart->category_count = series->count;
    }
}

/* -- marks, bands, ends -- */

static void collect_marks(const struct sw_view_context *context, const struct sw_box *box, struct sw_chart *chart)
{
    const struct sw_property *marks = &box->element->own[SW_CHART_ROW_MARKS], *bands = &box->element->own[SW_CHART_ROW_BANDS];
    size_t mark_count = marks->form == SW_PROPERTY_LIST ? marks->as.by.count : 0;
    size_t band_count = bands->form == SW_PROPERTY_LIST ? bands->as.by.count : 0;
    chart->marks = sw_arena_array(context->arena, mark_count + band_count, sizeof *chart->marks);
    for (size_t i = 0; i < mark_count + band_count; i++) {
        bool band = i < band_count; /* below the marks */
        const struct sw_property *object = band ? &bands->as.by.values[i] : &marks->as.by.values[i - band_count];
        struct sw_chart_mark *mark = &chart->marks[chart->mark_count];
        mark->from = sw_value_number_or(member(context, box, object, band ? (int)SW_BAND_FROM : (int)SW_MARK_Y), NAN);
        mark->to = band ? sw_value_number_or(member(context, box, object, SW_BAND_TO), NAN) : mark->from;
        mark->label = text_of(context, box, object, band ? (int)SW_BAND_LABEL : (int)SW_MARK_LABEL);
        mark->colour = sw_view_colour(context, member(context, box, object, band ? (int)SW_BAND_COLOUR : (int)SW_MARK_COLOUR),
                                      box->text.colour);
        chart->mark_count += !isnan(mark->from) && !isnan(mark->to);
    }
}

void sw_chart_collect(const struct sw_view_context *context, struct sw_box *box, struct sw_chart *chart)
{
    chart->low = sw_value_number_or(box->own[SW_CHART_ROW_FROM], NAN);
    chart->high = sw_value_number_or(box->own[SW_CHART_ROW_TO], NAN);
    chart->ticks = (int)sw_value_number_or(box->own[SW_CHART_ROW_TICKS], 0);
    if (box->element->own[SW_CHART_ROW_SERIES].form == SW_PROPERTY_LIST) {
        collect_series(context, box, chart);
    } else {
        collect_rows(context, box, chart);
    }
    collect_marks(context, box, chart);
}

bool sw_chart_range(const struct sw_chart *chart, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct sw_chart_series *series = &chart->series[i];
        for (size_t k = 0; k < series->count; k++) {
            double number = series->points[k].value + (series->base != NULL ? series->base[k] : 0);
            *low = fmin(*low, number); /* fmin and fmax pass NaN over */
            *high = fmax(*high, number);
        }
    }
    bool any = *low <= *high;
    for (size_t i = 0; i < chart->mark_count && chart->form != SW_CHART_SPARKLINE; i++) {
        *low = fmin(*low, fmin(chart->marks[i].from, chart->marks[i].to));
        *high = fmax(*high, fmax(chart->marks[i].from, chart->marks[i].to));
    }
    return any;
}

uint64_t sw_chart_hash(const struct sw_chart *chart)
{
    uint64_t hash = SW_HASH_START;
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct sw_chart_series *series = &chart->series[i];
        size_t count = 0;
        const struct sw_point *points = sw_chart_points(series, &count);
        for (size_t k = count > NEWEST ? count - NEWEST : 0; k < count; k++) {
            hash = sw_hash_mix_double(sw_hash_mix(hash, (uint64_t)points[k].at), points[k].value);
        }
        hash = sw_hash_mix(hash, count);
    }
    return hash | 1; /* 0 would say that nothing is shown */
}
