/* SPDX-License-Identifier: EUPL-1.2 */
/* Lines, areas and bars over time. */
#include "elements/chart.h"

#include <math.h>

#define BAR_SHARE 0.74 /* of the room of a step */
#define LONG 400 /* points: cairo strokes a longer line in parts several times as fast; nobody sees where its round ends meet */

/* -- lines and areas -- */

/* Where the stretch without a gap ends that begins at `from`. */
static size_t stretch_end(const struct sw_chart_series *series, size_t from)
{
    size_t end = from;
    while (end < series->count && !isnan(series->points[end].value)) {
        end++;
    }
    return end;
}

static void draw_stretch(const struct sw_chart_pen *pen, const struct sw_chart_series *series, size_t from, size_t to, bool filled)
{
    double base = sw_chart_y(pen, fmax(pen->axis.from, fmin(pen->axis.to, 0)));
    struct sw_vector_path *path = sw_chart_path(pen, to - from + 3);
    for (size_t i = from; i < to; i++) {
        double x = sw_chart_x(pen, series->points[i].at);
        sw_chart_to(pen, path, i == from ? SW_VECTOR_MOVE : SW_VECTOR_LINE, x, sw_chart_y(pen, series->points[i].value));
    }
    if (filled) {
        sw_chart_to(pen, path, SW_VECTOR_LINE, sw_chart_x(pen, series->points[to - 1].at), base);
        sw_chart_to(pen, path, SW_VECTOR_LINE, sw_chart_x(pen, series->points[from].at), base);
        sw_chart_to(pen, path, SW_VECTOR_CLOSE, 0, 0);
        path->fill.from = path->fill.to = sw_chart_tint(pen, series->colour);
        return;
    }
    bool alone = to - from == 1; /* between gaps: its round ends make it a dot */
    if (alone) {
        sw_chart_to(pen, path, SW_VECTOR_LINE, sw_chart_x(pen, series->points[from].at), sw_chart_y(pen, series->points[from].value));
    }
    path->stroke = series->colour;
    path->width = alone ? pen->line * 2 : pen->line;
}

/* In high contrast colours may be one: then every second line is dashed. */
static void draw_line(const struct sw_chart_pen *pen, size_t index, bool filled)
{
    const struct sw_chart_series *series = &pen->chart->series[index];
    for (size_t from = 0; from < series->count;) {
        size_t to = stretch_end(series, from);
        bool dashed = !filled && pen->context->high_contrast && index % 2 == 1, whole = filled || dashed || series->colour >> 24 != 0xff;
        for (size_t part = from; part < to && !whole && to - part > LONG; part += LONG - 1) {
            draw_stretch(pen, series, part, part + LONG, false);
            from = part + LONG - 1;
        }
        if (to > from) {
            draw_stretch(pen, series, from, to, filled);
        }
        if (to > from && dashed) {
            struct sw_vector_path *path = &pen->chart->picture.paths[pen->chart->picture.path_count - 1];
            path->dash[0] = pen->line * 3;
            path->dash[1] = pen->line * 2.5;
        }
        from = to + 1;
    }
}

/* One band of a stack, for a stretch without a gap. In high contrast colours may be one: then bands are shades with outlines. */
static void draw_band(const struct sw_chart_pen *pen, size_t index)
{
    const struct sw_chart_series *series = &pen->chart->series[index];
    bool high = pen->context->high_contrast;
    for (size_t from = 0; from < series->count;) {
        size_t to = stretch_end(series, from);
        if (to == from) {
            from = to + 1;
            continue;
        }
        struct sw_vector_path *path = sw_chart_path(pen, 2 * (to - from) + 3);
        double half = to - from == 1 ? pen->line / 2 : 0; /* alone between gaps it is as wide as a line */
        for (size_t i = from; i < to; i++) {
            const struct sw_point *point = &series->points[i];
            sw_chart_to(pen, path, i == from ? SW_VECTOR_MOVE : SW_VECTOR_LINE, sw_chart_x(pen, point->at) - half,
                        sw_chart_point_y(pen, series, point));
        }
        for (size_t i = to; i > from; i--) {
            double x = sw_chart_x(pen, series->points[i - 1].at) + half;
            if (half > 0) {
                sw_chart_to(pen, path, SW_VECTOR_LINE, x, sw_chart_point_y(pen, series, &series->points[i - 1]));
            }
            sw_chart_to(pen, path, SW_VECTOR_LINE, x, sw_chart_y(pen, series->base[i - 1]));
        }
        sw_chart_to(pen, path, SW_VECTOR_CLOSE, 0, 0);
        path->fill.from = path->fill.to = sw_chart_band_colour(pen, index);
        path->stroke = high ? pen->box->text.colour : 0;
        path->width = pen->thin * 1.5;
        from = to + 1;
    }
}

/* -- bars -- */

/* How wide a bar is; those of several series stand beside each other, or on each other. */
static double bar_width(const struct sw_chart_pen *pen, const struct sw_chart_series *series)
{
    const struct sw_chart *chart = pen->chart;
    double room = pen->plot.width * (double)series->step / (double)(chart->end - chart->begin);
    room = series->step > 0 ? room : pen->plot.width / (double)(series->count + 1);
    size_t beside = chart->form == SW_CHART_STACKED_BAR ? 1 : chart->series_count;
    return fmax(pen->thin, room * BAR_SHARE / (double)beside);
}

/* From the middle of all bars of an instant to where those of a series begin. */
static double bar_begin(const struct sw_chart *chart, size_t index, double width)
{
    return chart->form == SW_CHART_STACKED_BAR ? -width / 2 : width * ((double)index - (double)chart->series_count / 2);
}

double sw_chart_point_x(const struct sw_chart_pen *pen, size_t index, const struct sw_point *point)
{
    double x = sw_chart_x(pen, point->at);
    if (pen->chart->form != SW_CHART_BAR) {
        return x;
    }
    double width = bar_width(pen, &pen->chart->series[index]);
    return x + bar_begin(pen->chart, index, width) + width / 2;
}

double sw_chart_point_y(const struct sw_chart_pen *pen, const struct sw_chart_series *series, const struct sw_point *point)
{
    return sw_chart_y(pen, point->value + (series->base != NULL ? series->base[point - series->points] : 0));
}

static void draw_bars(const struct sw_chart_pen *pen, size_t index)
{
    const struct sw_chart_series *series = &pen->chart->series[index];
    double zero = fmax(pen->axis.from, fmin(pen->axis.to, 0)), width = bar_width(pen, series);
    double left = pen->plot.x, right = left + pen->plot.width;
    for (size_t i = 0; i < series->count; i++) {
        const struct sw_point *point = &series->points[i];
        if (isnan(point->value)) {
            continue;
        }
        double x = sw_chart_x(pen, point->at) + bar_begin(pen->chart, index, width);
        double from = fmax(left, x), to = fmin(right, x + width);
        double y = sw_chart_point_y(pen, series, point), base = sw_chart_y(pen, series->base != NULL ? series->base[i] : zero);
        if (to > from) {
            uint32_t colour = series->base != NULL ? sw_chart_band_colour(pen, index) : series->colour;
            struct sw_vector_path *bar = sw_chart_block(pen, (struct sw_rect){from, fmin(y, base), to - from, fabs(base - y)}, colour);
            bar->stroke = series->base != NULL && pen->context->high_contrast ? pen->box->text.colour : 0;
            bar->width = pen->thin;
        }
    }
}

/* -- all of them -- */

void sw_chart_series_draw(const struct sw_chart_pen *pen)
{
    struct sw_chart *chart = pen->chart;
    bool bars = sw_chart_has_bars(chart);
    for (size_t i = 0; i < chart->series_count; i++) {
        if (bars) {
            draw_bars(pen, i);
        } else if (chart->form == SW_CHART_STACKED) {
            draw_band(pen, i);
        } else if (chart->form == SW_CHART_AREA) {
            draw_line(pen, i, true);
        }
    }
    for (size_t i = chart->series_count; i > 0 && !bars && chart->form != SW_CHART_STACKED; i--) {
        draw_line(pen, i - 1, false); /* the first is the subject: over the others */
    }
    sw_chart_ends_draw(pen);
    if (pen->above) {
        sw_chart_end_above_draw(pen);
    }
}
