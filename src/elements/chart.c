/* SPDX-License-Identifier: EUPL-1.2 */
/* A chart: histories of sources, or rows of a list, as lines, areas or bars. Time goes from left to right in every language. */
#include "elements/chart.h"

#include <math.h>

#include "base/must.h"
#include "elements/elements.h"
#include "view/fade.h"

static const char *const forms[] = {"line", "area", "bar", "stacked", "stacked-bar", "sparkline", NULL}; /* as enum sw_chart_form */

static const struct sw_row series_rows[] = {
    [SW_SERIES_OF] = {.key = "of", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_HISTORY, .flags = SW_ROW_REQUIRED,
        .meaning = "The history: a source and its field, such as rhein.level.",
        .example = "\"rhein.level\""},
    [SW_SERIES_LAST] = {.key = "last", .type = SW_TYPE_DURATION, .flags = SW_ROW_PER_CANVAS, .minimum = 60, .maximum = 366.0 * 86400,
        .meaning = "How far back it goes; without it, all that is kept.",
        .example = "\"24h\""},
    [SW_SERIES_LABEL] = {.key = "label", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT,
        .flags = SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC, .meaning = "Its name, at the line's end over the newest number."},
    [SW_SERIES_COLOUR] = {.key = "colour", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_COLOUR, .flags = SW_ROW_DYNAMIC,
        .meaning = "Of the line and its label; without it, that of the texts."},
};
static const struct sw_table series_table = {"series", "One line of a chart.", series_rows, SW_COUNT(series_rows)};

static const struct sw_row mark_rows[] = {
    [SW_MARK_Y] = {.key = "y", .type = SW_TYPE_NUMBER, .flags = SW_ROW_REQUIRED | SW_ROW_DYNAMIC, .minimum = -INFINITY,
        .maximum = INFINITY, .meaning = "The number that it stands at.",
        .example = "800"},
    [SW_MARK_LABEL] = {.key = "label", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT, .flags = SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "What it means."},
    [SW_MARK_COLOUR] = {.key = "colour", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_COLOUR, .flags = SW_ROW_DYNAMIC,
        .meaning = "Of the line; without it, that of the texts."},
};
static const struct sw_table mark_table = {"mark", "A threshold of a chart.", mark_rows, SW_COUNT(mark_rows)};

static const struct sw_row band_rows[] = {
    [SW_BAND_FROM] = {.key = "from", .type = SW_TYPE_NUMBER, .flags = SW_ROW_REQUIRED | SW_ROW_DYNAMIC, .minimum = -INFINITY,
        .maximum = INFINITY, .meaning = "The number at which it begins."},
    [SW_BAND_TO] = {.key = "to", .type = SW_TYPE_NUMBER, .flags = SW_ROW_REQUIRED | SW_ROW_DYNAMIC, .minimum = -INFINITY,
        .maximum = INFINITY, .meaning = "The number at which it ends."},
    [SW_BAND_LABEL] = {.key = "label", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT, .flags = SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "What it means."},
    [SW_BAND_COLOUR] = {.key = "colour", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_COLOUR, .flags = SW_ROW_DYNAMIC,
        .meaning = "As a tint of the band; without it, that of the texts."},
};
static const struct sw_table band_table = {"band", "A range of a chart.", band_rows, SW_COUNT(band_rows)};

static const struct sw_row rows[] = {
    [SW_CHART_ROW_CHART] = {.key = "chart", .type = SW_TYPE_ENUM, .words = forms, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "How numbers are drawn; `stacked` are areas on each other, a `sparkline` is a line without axes."},
    [SW_CHART_ROW_SERIES] = {.key = "series", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_RECORDS, .flags = SW_ROW_ONE_OF,
        .table = &series_table,
        .meaning = "Histories of sources: [{of, last, label, colour}, ...]; either these or `rows`.",
        .example = "[{\"of\": \"rhein.level\", \"last\": \"24h\"}]"},
    [SW_CHART_ROW_ROWS] = {.key = "rows", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ROWS, .flags = SW_ROW_ONE_OF,
        .meaning = "Instead of `series`: a list, such as the rows of a source.",
        .example = "\"parken.rows\""},
    [SW_CHART_ROW_AS] = {.key = "as", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_NAME, .otherwise = "\"it\"",
        .meaning = "The name of a row inside `x` and `y`."},
    [SW_CHART_ROW_X] = {.key = "x", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_EXPRESSION,
        .meaning = "Of a row: an instant, or the name of a category; bars of categories lie.",
        .example = "\"it.name\""},
    [SW_CHART_ROW_Y] = {.key = "y", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_EXPRESSION, .meaning = "Of a row: the number.",
        .example = "\"it.free\""},
    [SW_CHART_ROW_PAINT] = {.key = "paint", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_COLOUR, .flags = SW_ROW_DYNAMIC,
        .meaning = "The colour in which rows are drawn; without it, that of the texts."},
    [SW_CHART_ROW_MARKS] = {.key = "marks", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_RECORDS, .table = &mark_table,
        .meaning = "Thresholds: [{y, label, colour}, ...]; the axis reaches them.",
        .example = "[{\"y\": 800, \"label\": {\"de\": \"Hochwasser\"}}]"},
    [SW_CHART_ROW_BANDS] = {.key = "bands", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_RECORDS, .table = &band_table,
        .meaning = "Ranges below the lines: [{from, to, label, colour}, ...]; the axis reaches them.",
        .example = "[{\"from\": 0, \"to\": 20, \"label\": {\"de\": \"gut\"}}]"},
    [SW_CHART_ROW_FROM] = {.key = "from", .type = SW_TYPE_NUMBER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = -INFINITY,
        .maximum = INFINITY, .meaning = "Where the number axis begins, unless a number is below; without it, at a round number."},
    [SW_CHART_ROW_TO] = {.key = "to", .type = SW_TYPE_NUMBER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = -INFINITY,
        .maximum = INFINITY, .meaning = "Where the number axis ends, unless a number is above; without it, at a round number."},
    [SW_CHART_ROW_TICKS] = {.key = "ticks", .type = SW_TYPE_INTEGER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 2,
        .maximum = 20, .meaning = "At most so many grid lines; without it, three to six, as its height allows."},
};

#define NATURAL_WIDTH 640.0 /* where nobody says a size, design units */
#define NATURAL_SHARE 0.5   /* of the width: its height */
#define SPARKLINE_WIDTH 6.0 /* of the letters' size */
#define SPARKLINE_HEIGHT 1.6

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    const struct sw_view_context *context = expansion->context;
    struct sw_chart *chart = sw_arena_alloc(context->arena, sizeof *chart);
    int form = sw_value_word(box->own[SW_CHART_ROW_CHART], forms);
    *chart = (struct sw_chart){.form = form < 0 ? SW_CHART_LINE : (enum sw_chart_form)form};
    box->data = chart;
    sw_chart_collect(context, box, chart);
    box->shows = sw_chart_hash(chart);
    box->shows_lasts = SW_FADE_CHART_US;
}

static struct sw_size measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    (void)context;
    const struct sw_chart *chart = box->data;
    bool spark = chart->form == SW_CHART_SPARKLINE;
    double wide = spark ? box->text.size * SPARKLINE_WIDTH : NATURAL_WIDTH;
    wide = isnan(box->given_width) ? fmin(wide, width) : width;
    return (struct sw_size){wide, fmin(height, spark ? box->text.size * SPARKLINE_HEIGHT : wide * NATURAL_SHARE)};
}

static double least(const struct sw_view_context *context, struct sw_box *box, double width)
{
    (void)context;
    (void)box;
    (void)width;
    return 0;
}

static double least_width(const struct sw_view_context *context, struct sw_box *box) { return least(context, box, 0); }

static void arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content)
{
    struct sw_chart *chart = box->data;
    sw_chart_lay_out(context, box, chart, content);
    box->feels = chart->pen != NULL;
}

static void draw(struct sw_painter *painter, const struct sw_box *box)
{
    sw_chart_draw(painter, box, box->data);
    sw_chart_read(painter, box, box->data);
}

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = measure,
    .least = least,
    .arrange = arrange,
    .draw = draw,
    .least_width = least_width,
};


const struct sw_kind sw_element_chart = {
    .name = "chart",
    .meaning = "Numbers over time, or by category.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .wants_alt = true,
    .behaviour = &behaviour,
};
