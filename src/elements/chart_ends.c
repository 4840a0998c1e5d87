/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands at the ends of lines, areas and bars: their names and newest numbers, so that no legend is needed. */
#include "elements/chart.h"

#include <math.h>
#include <stdlib.h>

#define LABELS_MAX 16 /* as many as there can be series */
#define GAP 0.6       /* of the letters' size, between a line's end and its label */
#define MOVED 0.5     /* a label that gave way farther than this is joined to its line by a thin one */

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

static bool stacked(const struct sw_chart *chart) { return chart->form == SW_CHART_STACKED || chart->form == SW_CHART_STACKED_BAR; }

/* Bars of one series need no name: their newest number stands above them. */
static bool has_ends(const struct sw_chart *chart)
{
    return chart->form != SW_CHART_SPARKLINE && (chart->form != SW_CHART_BAR || chart->series_count > 1);
}

struct end {
    const struct sw_chart_series *series;
    const char *text;
    double x, y, wanted, height; /* of the label: where it begins, its middle, where that should be */
};

static const char *end_text(const struct sw_chart_pen *pen, const struct sw_chart_series *series, const struct sw_point *point)
{
    const char *amount = sw_chart_amount(pen, series, point->value);
    return series->label == NULL ? amount : sw_arena_printf(pen->context->arena, pen->brief ? "%s %s" : "%s\n%s", series->label, amount);
}

static double swatch_width(const struct sw_chart_pen *pen)
{
    bool drawn = stacked(pen->chart) || pen->chart->form == SW_CHART_BAR;
    return drawn ? pen->em * 0.9 : 0;
}

void sw_chart_ends_fit(struct sw_chart_pen *pen, double height)
{
    double needed = 0;
    for (size_t i = 0; i < pen->chart->series_count; i++) {
        const struct sw_point *point = newest(&pen->chart->series[i]);
        needed += point != NULL ? sw_chart_measure(pen, end_text(pen, &pen->chart->series[i], point), true).height : 0;
    }
    pen->brief = needed > height;
}

double sw_chart_ends_margin(const struct sw_chart_pen *pen)
{
    double width = 0;
    for (size_t i = 0; i < pen->chart->series_count && has_ends(pen->chart); i++) {
        const struct sw_point *point = newest(&pen->chart->series[i]);
        if (point != NULL) {
            width = fmax(width, sw_chart_measure(pen, end_text(pen, &pen->chart->series[i], point), true).width + swatch_width(pen));
        }
    }
    return width + pen->em * (GAP + 0.1);
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
    double bottom = fmin(all->y + all->height, pen->plot.y + pen->plot.height + pen->em * 0.6), top = all->y;
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

static void draw_end(const struct sw_chart_pen *pen, const struct end *end, double from)
{
    double swatch = swatch_width(pen);
    if (fabs(end->y - end->wanted) > pen->em * MOVED) {
        sw_chart_stroke(pen, from, end->wanted, end->x - pen->em * 0.15, end->y, sw_chart_quiet(pen), pen->thin);
    }
    if (swatch > 0) {
        double line = sw_chart_measure(pen, "0", true).height;
        sw_chart_dot(pen, end->x + pen->em * 0.35, end->y - end->height / 2 + line / 2, pen->em * 0.3, end->series->colour);
    }
    uint32_t colour = swatch > 0 ? pen->box->text.colour : end->series->colour;
    sw_chart_label(pen, end->text, end->x + swatch, end->y - end->height / 2, 0, colour, true);
}

void sw_chart_ends_draw(const struct sw_chart_pen *pen)
{
    const struct sw_chart *chart = pen->chart;
    struct end ends[LABELS_MAX];
    size_t count = 0;
    double room = chart->picture.rect.height, from = 0;
    for (size_t i = 0; i < chart->series_count && count < LABELS_MAX; i++) {
        const struct sw_chart_series *series = &chart->series[i];
        const struct sw_point *point = newest(series);
        if (point == NULL) {
            continue;
        }
        double x = sw_chart_x(pen, point->at), y = sw_chart_point_y(pen, series, point);
        if (series->base != NULL) {
            y = (y + sw_chart_y(pen, series->base[point - series->points])) / 2; /* the middle of what it adds */
        } else if (chart->form != SW_CHART_BAR) {
            sw_chart_dot(pen, x, y, pen->line * 1.9, series->colour);
        }
        const char *text = end_text(pen, series, point);
        double height = sw_chart_measure(pen, text, true).height;
        x = chart->form == SW_CHART_BAR || chart->form == SW_CHART_STACKED_BAR ? pen->plot.x + pen->plot.width : x;
        from = fmax(from, x + pen->em * 0.1);
        room -= height;
        if (room >= 0 || count == 0) { /* the last ones have no room: the first are what it is about */
            ends[count++] = (struct end){series, text, x + pen->em * GAP, y, y, height};
        }
    }
    if (!has_ends(chart)) {
        return;
    }
    part_ends(pen, ends, count);
    for (size_t i = 0; i < count; i++) {
        draw_end(pen, &ends[i], from);
    }
}

void sw_chart_bar_end_draw(const struct sw_chart_pen *pen)
{
    const struct sw_rect *all = &pen->chart->picture.rect;
    const struct sw_chart_series *series = &pen->chart->series[0];
    const struct sw_point *point = newest(series);
    if (point == NULL) {
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
