/* SPDX-License-Identifier: EUPL-1.2 */
/* Bars of categories: they lie, so that their names can be read, and bear their numbers, so that they need no axis. */
#include "elements/chart.h"

#include <math.h>

#define ROW_LEAST 1.25 /* of the letters' size */
#define ROW_MOST 2.6
#define ROW_ABOVE 2.6 /* with its name above the bar */
#define BAR_SHARE 0.62 /* of a row */
#define NAMES_MOST 0.42 /* of the chart's width */
#define MORE "\xe2\x80\xa6" /* … */
#define NOTHING "\xe2\x80\x93" /* – */

static const char *number_text(const struct sw_chart_pen *pen, size_t index)
{
    const struct sw_chart_series *series = &pen->chart->series[0];
    double number = series->points[index].value;
    return isnan(number) ? NOTHING : sw_chart_amount(pen, series, number);
}

/* Names that would not fit before the bars stand above them, where there is room for that. */
struct rows {
    size_t count;     /* that are shown */
    double high;      /* a row */
    double bar_y;     /* in a row: where its bar begins */
    double bar_high;
    double names_end; /* on the canvas */
    bool above;
};

static double widest_name(const struct sw_chart_pen *pen)
{
    double width = 0;
    for (size_t i = 0; i < pen->chart->category_count; i++) {
        width = fmax(width, sw_chart_measure(pen, pen->chart->categories[i], false).width);
    }
    return ceil(width);
}

static struct rows make_rows(const struct sw_chart_pen *pen, struct sw_rect content, double height)
{
    size_t all = pen->chart->category_count;
    double names = widest_name(pen), each = height / (double)all;
    struct rows rows = {.above = names > content.width * NAMES_MOST && each >= pen->em * ROW_ABOVE};
    size_t fits = (size_t)fmax(1, height / (pen->em * ROW_LEAST));
    rows.count = all < fits ? all : fits;
    rows.high = fmin(height / (double)rows.count, pen->em * (rows.above ? ROW_ABOVE * 1.25 : ROW_MOST));
    rows.bar_high = rows.above ? pen->em * 1.05 : rows.high * BAR_SHARE;
    rows.bar_y = rows.above ? sw_chart_measure(pen, "0", false).height + pen->em * 0.1 : (rows.high - rows.bar_high) / 2;
    rows.names_end = content.x + (rows.above ? 0 : fmin(names, content.width * NAMES_MOST));
    return rows;
}

/* Room for the names before the bars and the numbers behind them. */
static void share_out(struct sw_chart_pen *pen, struct sw_rect content, const struct rows *rows, double low)
{
    double numbers = 0;
    for (size_t i = 0; i < rows->count; i++) {
        numbers = fmax(numbers, sw_chart_measure(pen, number_text(pen, i), true).width);
    }
    numbers += pen->em * 0.5;
    double names = rows->above ? 0 : rows->names_end - content.x + pen->em * 0.6;
    pen->plot = sw_rect_inset(content, 0, numbers, 0, names + (low < 0 ? numbers : 0));
}

double sw_chart_across(const struct sw_chart_pen *pen, double number)
{
    return pen->plot.x + pen->plot.width * (number - pen->axis.from) / (pen->axis.to - pen->axis.from);
}

/* In two lines where there is room for them, and never before the chart. */
static void draw_name(const struct sw_chart_pen *pen, const char *name, double y, double row, double names_end)
{
    double from = pen->chart->picture.rect.x, width = names_end - from, one = sw_chart_measure(pen, "0", false).height;
    if (sw_chart_measure(pen, name, false).width <= width) {
        sw_chart_label(pen, name, names_end, y + (row - one) / 2, 1, pen->box->text.colour, false);
        return;
    }
    struct sw_text_request request = sw_chart_request(pen->context, pen->box, name, false);
    request.width = width;
    request.lines = row >= 2 * one ? 2 : 1;
    double height = pen->context->typesetter != NULL ? sw_text_layout(pen->context->typesetter, &request)->height : one;
    struct sw_chart_label *label = sw_chart_label(pen, name, from, y + (row - height) / 2, 0, pen->box->text.colour, false);
    label->wrap = width;
    label->lines = request.lines;
    label->against = true;
    label->width = width;
    label->height = height;
}

static void draw_name_above(const struct sw_chart_pen *pen, const char *name, double y)
{
    const struct sw_rect *all = &pen->chart->picture.rect;
    struct sw_chart_label *label = sw_chart_label(pen, name, all->x, y, 0, pen->box->text.colour, false);
    if (label->width > all->width) {
        label->width = label->wrap = all->width;
        label->lines = 1;
    }
}

/* A number that a threshold would run through stands behind it. */
static double clear_of_marks(const struct sw_chart_pen *pen, double x, double width)
{
    for (size_t i = 0; i < pen->chart->mark_count; i++) {
        double mark = sw_chart_across(pen, pen->chart->marks[i].to);
        x = mark > x - pen->em * 0.2 && mark < x + width + pen->em * 0.2 ? mark + pen->em * 0.35 : x;
    }
    return x;
}

static void draw_row(const struct sw_chart_pen *pen, const struct rows *rows, size_t index, double y)
{
    const struct sw_chart_series *series = &pen->chart->series[0];
    double number = series->points[index].value, base = sw_chart_across(pen, 0), end = isnan(number) ? base : sw_chart_across(pen, number);
    const char *text = number_text(pen, index), *name = pen->chart->categories[index];
    struct sw_size size = sw_chart_measure(pen, text, true);
    if (rows->above) {
        draw_name_above(pen, name, y);
    } else {
        draw_name(pen, name, y, rows->high, rows->names_end);
    }
    if (end != base) {
        sw_chart_block(pen, (struct sw_rect){fmin(base, end), y + rows->bar_y, fabs(end - base), rows->bar_high}, series->colour);
    }
    double all_end = pen->chart->picture.rect.x + pen->chart->picture.rect.width, gap = pen->em * 0.35;
    double x = end < base ? end - gap - size.width : fmin(clear_of_marks(pen, end + gap, size.width), all_end - size.width);
    sw_chart_label(pen, text, x, y + rows->bar_y + (rows->bar_high - size.height) / 2, 0, pen->box->text.colour, true);
}

/* An upright line along all bars; not through names that stand above them. */
static void draw_upright(const struct sw_chart_pen *pen, const struct rows *rows, double x, uint32_t colour, double width, double dash)
{
    double top = pen->chart->picture.rect.y, out = rows->above ? pen->em * 0.1 : 0;
    for (size_t i = 0; i < (rows->above ? rows->count : 1); i++) {
        double from = rows->above ? top + rows->high * (double)i + rows->bar_y - out : top;
        double to = rows->above ? from + rows->bar_high + 2 * out : top + rows->high * (double)rows->count;
        struct sw_vector_path *path = sw_chart_stroke(pen, x, from, x, to, colour, width);
        path->dash[0] = path->dash[1] = dash;
    }
}

/* Thresholds stand upright, their names below the last row. */
static void draw_marks(const struct sw_chart_pen *pen, const struct rows *rows, double bottom)
{
    for (size_t i = 0; i < pen->chart->mark_count; i++) {
        const struct sw_chart_mark *mark = &pen->chart->marks[i];
        double x = sw_chart_across(pen, mark->to);
        draw_upright(pen, rows, x, mark->colour, pen->thin * 1.5, rows->above ? 0 : pen->em * 0.35);
        if (mark->label != NULL) {
            const struct sw_rect *all = &pen->chart->picture.rect;
            double width = sw_chart_measure(pen, mark->label, false).width;
            sw_chart_label(pen, mark->label, fmin(x - width / 2, all->x + all->width - width), bottom, 0, pen->box->text.colour, false);
        }
    }
}

void sw_chart_categories_draw(struct sw_chart_pen *pen, struct sw_rect content)
{
    struct sw_chart *chart = pen->chart;
    double low, high, below = chart->mark_count > 0 ? pen->em * 1.4 : 0;
    (void)sw_chart_range(chart, &low, &high);
    pen->axis.from = fmin(low, isnan(chart->low) ? 0 : fmin(0, chart->low));
    pen->axis.to = fmax(high, isnan(chart->high) ? 0 : fmax(0, chart->high));
    if (pen->axis.to <= pen->axis.from) {
        pen->axis.to = pen->axis.from + 1;
    }
    struct rows rows = make_rows(pen, content, content.height - below);
    bool all = rows.count == chart->category_count; /* else the last one that fits says that there are more */
    double bottom = content.y + rows.high * (double)rows.count;
    share_out(pen, content, &rows, low);
    if (pen->plot.width < pen->em) {
        return;
    }
    chart->row = rows.high;
    chart->row_middle = rows.bar_y + rows.bar_high / 2;
    chart->row_count = all ? rows.count : rows.count - 1;
    for (size_t i = 0; i < chart->row_count; i++) {
        draw_row(pen, &rows, i, content.y + rows.high * (double)i);
    }
    if (!all) {
        double height = sw_chart_measure(pen, MORE, false).height;
        sw_chart_label(pen, MORE, rows.names_end, bottom - (rows.high + height) / 2, 1, pen->box->text.colour, false);
    }
    draw_upright(pen, &rows, sw_chart_across(pen, 0), sw_chart_quiet(pen), pen->thin, 0);
    draw_marks(pen, &rows, bottom);
}
