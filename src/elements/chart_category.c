/* SPDX-License-Identifier: EUPL-1.2 */
/* Bars of categories: they lie, so that their names can be read, and bear their numbers, so that they need no axis. */
#include "elements/chart.h"

#include <math.h>

#define ROW_LEAST 1.25 /* of the letters' size */
#define ROW_MOST 2.6
#define BAR_SHARE 0.62 /* of a row */
#define MORE "\xe2\x80\xa6" /* … */
#define NOTHING "\xe2\x80\x93" /* – */

static const char *number_text(const struct sw_chart_pen *pen, size_t index)
{
    const struct sw_chart_series *series = &pen->chart->series[0];
    double number = series->points[index].value;
    return isnan(number) ? NOTHING : sw_chart_amount(pen, series, number);
}

/* Room for the names before the bars and the numbers behind them. Returns where the names end. */
static double share_out(struct sw_chart_pen *pen, struct sw_rect content, size_t count, double low)
{
    double names = 0, numbers = 0;
    for (size_t i = 0; i < count; i++) {
        names = fmax(names, sw_chart_measure(pen, pen->chart->categories[i], false).width);
        numbers = fmax(numbers, sw_chart_measure(pen, number_text(pen, i), true).width);
    }
    numbers += pen->em * 0.5;
    names = fmin(names, content.width * 0.5);
    pen->plot = sw_rect_inset(content, 0, numbers, 0, names + pen->em * 0.6 + (low < 0 ? numbers : 0));
    return content.x + names;
}

static double place_of(const struct sw_chart_pen *pen, double number)
{
    return pen->plot.x + pen->plot.width * (number - pen->axis.from) / (pen->axis.to - pen->axis.from);
}

static void draw_row(const struct sw_chart_pen *pen, size_t index, double y, double row, double names_end)
{
    const struct sw_chart_series *series = &pen->chart->series[0];
    double number = series->points[index].value, base = place_of(pen, 0), end = isnan(number) ? base : place_of(pen, number);
    double thick = row * BAR_SHARE, text_y = y + (row - sw_chart_measure(pen, "0", false).height) / 2;
    sw_chart_label(pen, pen->chart->categories[index], names_end, text_y, 1, pen->box->text.colour, false);
    if (end != base) {
        sw_chart_block(pen, (struct sw_rect){fmin(base, end), y + (row - thick) / 2, fabs(end - base), thick}, series->colour);
    }
    bool left = end < base;
    sw_chart_label(pen, number_text(pen, index), end + pen->em * (left ? -0.35 : 0.35), text_y, left ? 1 : 0, pen->box->text.colour, true);
}

/* Thresholds stand upright, their names below the last row. */
static void draw_marks(const struct sw_chart_pen *pen, double bottom)
{
    for (size_t i = 0; i < pen->chart->mark_count; i++) {
        const struct sw_chart_mark *mark = &pen->chart->marks[i];
        double x = place_of(pen, mark->to);
        struct sw_vector_path *path = sw_chart_stroke(pen, x, pen->plot.y, x, bottom, mark->colour, pen->thin * 1.5);
        path->dash[0] = path->dash[1] = pen->em * 0.35;
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
    size_t fits = (size_t)fmax(1, (content.height - below) / (pen->em * ROW_LEAST));
    size_t count = chart->category_count < fits ? chart->category_count : fits;
    double row = fmin((content.height - below) / (double)count, pen->em * ROW_MOST), bottom = content.y + row * (double)count;
    double names_end = share_out(pen, content, count, low);
    if (pen->plot.width < pen->em) {
        return;
    }
    chart->row = row;
    chart->row_count = count == chart->category_count ? count : count - 1;
    bool all = count == chart->category_count; /* else the last one that fits says that there are more */
    for (size_t i = 0; i < (all ? count : count - 1); i++) {
        draw_row(pen, i, content.y + row * (double)i, row, names_end);
    }
    if (!all) {
        double height = sw_chart_measure(pen, MORE, false).height;
        sw_chart_label(pen, MORE, names_end, bottom - (row + height) / 2, 1, pen->box->text.colour, false);
    }
    double base = place_of(pen, 0);
    sw_chart_stroke(pen, base, content.y, base, bottom, sw_chart_quiet(pen), pen->thin);
    draw_marks(pen, bottom);
}
