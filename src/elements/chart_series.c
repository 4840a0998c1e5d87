/* SPDX-License-Identifier: EUPL-1.2 */
/* Lines, areas and bars over time, and what stands at their ends. */
#include "elements/chart.h"

#include <math.h>
#include <stdlib.h>

#define LABELS_MAX 16 /* as many as there can be series */
#define BAR_SHARE 0.74 /* of the room of a step */

/* The newest number; NULL: none. */
static const struct sw_point *newest(const struct sw_chart_series *series)
{
    for (size_t i = series->count; i > 0; i--) {
        if (!isnan(series->points[i - 1].value)) {
            return &series->points[i - 1];
        }
    }
    return NULL;
}

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
    if (to - from == 1) { /* alone between gaps: its round ends make it a dot */
        sw_chart_to(pen, path, SW_VECTOR_LINE, sw_chart_x(pen, series->points[from].at), sw_chart_y(pen, series->points[from].value));
    }
    path->stroke = series->colour;
    path->width = pen->line;
}

/* In high contrast colours may be one: then every second line is dashed. */
static void draw_line(const struct sw_chart_pen *pen, size_t index, bool filled)
{
    const struct sw_chart_series *series = &pen->chart->series[index];
    for (size_t from = 0; from < series->count;) {
        size_t to = stretch_end(series, from);
        if (to > from) {
            draw_stretch(pen, series, from, to, filled);
        }
        if (to > from && !filled && pen->context->high_contrast && index % 2 == 1) {
            struct sw_vector_path *path = &pen->chart->picture.paths[pen->chart->picture.path_count - 1];
            path->dash[0] = pen->line * 3;
            path->dash[1] = pen->line * 2.5;
        }
        from = to + 1;
    }
}

/* -- bars -- */

static void draw_bars(const struct sw_chart_pen *pen, size_t index)
{
    const struct sw_chart *chart = pen->chart;
    const struct sw_chart_series *series = &chart->series[index];
    double base = sw_chart_y(pen, fmax(pen->axis.from, fmin(pen->axis.to, 0)));
    double room = pen->plot.width * (double)series->step / (double)(chart->end - chart->begin);
    room = series->step > 0 ? room : pen->plot.width / (double)(series->count + 1);
    double width = fmax(pen->thin, room * BAR_SHARE / (double)chart->series_count), left = pen->plot.x, right = left + pen->plot.width;
    for (size_t i = 0; i < series->count; i++) {
        double x = sw_chart_x(pen, series->points[i].at) + width * ((double)index - (double)chart->series_count / 2);
        double y = sw_chart_y(pen, series->points[i].value), from = fmax(left, x), to = fmin(right, x + width);
        if (!isnan(series->points[i].value) && to > from) {
            sw_chart_block(pen, (struct sw_rect){from, fmin(y, base), to - from, fabs(base - y)}, series->colour);
        }
    }
}

/* -- ends -- */

struct end {
    const struct sw_chart_series *series;
    const char *text;
    double x, y, height; /* of the label: where it begins, its middle */
};

static const char *end_text(const struct sw_chart_pen *pen, const struct sw_chart_series *series, const struct sw_point *point)
{
    const char *amount = sw_chart_amount(pen, series, point->value);
    return series->label == NULL ? amount : sw_arena_printf(pen->context->arena, "%s\n%s", series->label, amount);
}

double sw_chart_series_margin(const struct sw_chart_pen *pen)
{
    double width = 0;
    for (size_t i = 0; i < pen->chart->series_count && pen->chart->form != SW_CHART_BAR; i++) {
        const struct sw_point *point = newest(&pen->chart->series[i]);
        if (point != NULL) {
            width = fmax(width, sw_chart_measure(pen, end_text(pen, &pen->chart->series[i], point), true).width);
        }
    }
    return width + pen->em * 0.7;
}

static int by_height(const void *left, const void *right)
{
    const struct end *a = left, *b = right;
    return (a->y > b->y) - (a->y < b->y);
}

/* Labels that lie on each other give way: down from the top, then up from the bottom where there is no room left. */
static void part_ends(const struct sw_chart_pen *pen, struct end *ends, size_t count)
{
    const struct sw_rect *all = &pen->chart->picture.rect;
    double bottom = pen->plot.y + pen->plot.height + pen->em * 0.6, top = all->y;
    qsort(ends, count, sizeof *ends, by_height);
    for (size_t i = 0; i < count; i++) {
        ends[i].y = fmax(ends[i].y, top + ends[i].height / 2);
        top = ends[i].y + ends[i].height / 2;
    }
    for (size_t i = count; i > 0; i--) {
        ends[i - 1].y = fmin(ends[i - 1].y, bottom - ends[i - 1].height / 2);
        bottom = ends[i - 1].y - ends[i - 1].height / 2;
    }
}

static void draw_ends(const struct sw_chart_pen *pen)
{
    struct end ends[LABELS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < pen->chart->series_count && count < LABELS_MAX; i++) {
        const struct sw_chart_series *series = &pen->chart->series[i];
        const struct sw_point *point = newest(series);
        if (point == NULL) {
            continue;
        }
        double x = sw_chart_x(pen, point->at), y = sw_chart_y(pen, point->value);
        sw_chart_dot(pen, x, y, pen->line * 1.9, series->colour);
        const char *text = end_text(pen, series, point);
        ends[count++] = (struct end){series, text, x + pen->em * 0.6, y, sw_chart_measure(pen, text, true).height};
    }
    if (pen->chart->form == SW_CHART_SPARKLINE || count == 0) {
        return;
    }
    part_ends(pen, ends, count);
    for (size_t i = 0; i < count; i++) {
        sw_chart_label(pen, ends[i].text, ends[i].x, ends[i].y - ends[i].height / 2, 0, ends[i].series->colour, true);
    }
}

/* Bars bear the newest number above them, within the chart. */
static void draw_bar_ends(const struct sw_chart_pen *pen)
{
    const struct sw_rect *all = &pen->chart->picture.rect;
    const struct sw_chart_series *series = &pen->chart->series[0];
    const struct sw_point *point = newest(series);
    if (point == NULL || pen->chart->series_count > 1) {
        return;
    }
    const char *text = sw_chart_amount(pen, series, point->value);
    struct sw_size size = sw_chart_measure(pen, text, true);
    double x = fmin(sw_chart_x(pen, point->at) - size.width / 2, all->x + all->width - size.width);
    double y = sw_chart_y(pen, fmax(point->value, 0));
    for (size_t i = 0; i < series->count; i++) { /* over those beside it that are higher */
        double other = sw_chart_x(pen, series->points[i].at);
        bool below = other >= x - pen->em * 0.5 && other <= x + size.width + pen->em * 0.5;
        y = below ? fmin(y, sw_chart_y(pen, series->points[i].value)) : y;
    }
    sw_chart_label(pen, text, x, fmax(all->y, y - size.height - pen->em * 0.15), 0, series->colour, true);
}

void sw_chart_series_draw(const struct sw_chart_pen *pen)
{
    struct sw_chart *chart = pen->chart;
    for (size_t i = 0; i < chart->series_count; i++) {
        if (chart->form == SW_CHART_BAR) {
            draw_bars(pen, i);
        } else if (chart->form == SW_CHART_AREA) {
            draw_line(pen, i, true);
        }
    }
    if (chart->form == SW_CHART_BAR) {
        draw_bar_ends(pen);
        return;
    }
    for (size_t i = chart->series_count; i > 0; i--) { /* the first is the subject: over the others */
        draw_line(pen, i - 1, false);
    }
    draw_ends(pen);
}
