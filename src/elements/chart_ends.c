/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands at the ends of lines, areas and bars: their names and newest numbers, so that no legend is needed. */
#include "elements/chart.h"

#include <math.h>
#include <stdlib.h>

#define LABELS_MAX 16 /* as many as there can be series */
#define GAP 0.6       /* of the letters' size, between a line's end and its label */
#define WIDE 0.36     /* of the room that there is: a wider label goes above the end */
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

static bool has_ends(const struct sw_chart_pen *pen) { return pen->chart->form != SW_CHART_SPARKLINE && !pen->above; }

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
    bool drawn = sw_chart_is_stacked(pen->chart) || pen->chart->form == SW_CHART_BAR;
    return drawn ? pen->em * 0.9 : 0;
}

void sw_chart_ends_fit(struct sw_chart_pen *pen, struct sw_size room)
{
    const struct sw_chart *chart = pen->chart;
    double needed = 0, width = 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct sw_point *point = newest(&chart->series[i]);
        if (point != NULL) {
            struct sw_size size = sw_chart_measure(pen, end_text(pen, &chart->series[i], point), true);
            needed += size.height;
            width = fmax(width, size.width);
        }
    }
    pen->brief = needed > room.height;
    bool one = chart->series_count == 1 && !sw_chart_is_stacked(chart);
    pen->above = one && (chart->form == SW_CHART_BAR || width > room.width * WIDE);
}

double sw_chart_ends_margin(const struct sw_chart_pen *pen)
{
    double width = 0;
    for (size_t i = 0; i < pen->chart->series_count && has_ends(pen); i++) {
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

/* Labels that would lie on each other stand as one block, in the middle of where they want to be, and within the chart. */
static void part_ends(const struct sw_chart_pen *pen, struct end *ends, size_t count)
{
    const struct sw_rect *all = &pen->chart->picture.rect;
    double bottom = fmin(all->y + all->height, pen->plot.y + pen->plot.height + pen->em * 0.6);
    struct {
        size_t first, count;
        double wanted, height, top; /* `wanted`: the sum of where their blocks want to begin */
    } blocks[LABELS_MAX];
    size_t block_count = 0;
    qsort(ends, count, sizeof *ends, by_height);
    for (size_t i = 0; i < count; i++) {
        size_t last = block_count++;
        blocks[last].first = i;
        blocks[last].count = 1;
        blocks[last].height = ends[i].height;
        blocks[last].wanted = ends[i].y - ends[i].height / 2;
        for (;; last--) {
            double top = blocks[last].wanted / (double)blocks[last].count;
            blocks[last].top = fmax(all->y, fmin(top, bottom - blocks[last].height));
            if (last == 0 || blocks[last - 1].top + blocks[last - 1].height <= blocks[last].top) {
                break;
            }
            blocks[last - 1].wanted += blocks[last].wanted - (double)blocks[last].count * blocks[last - 1].height;
            blocks[last - 1].count += blocks[last].count;
            blocks[last - 1].height += blocks[last].height;
            block_count--;
        }
    }
    for (size_t i = 0; i < block_count; i++) {
        double y = blocks[i].top;
        for (size_t k = blocks[i].first; k < blocks[i].first + blocks[i].count; k++) {
            ends[k].y = y + ends[k].height / 2;
            y += ends[k].height;
        }
    }
}

static void draw_end(const struct sw_chart_pen *pen, const struct end *end, double from)
{
    double swatch = swatch_width(pen);
    if (fabs(end->y - end->wanted) > pen->em * MOVED && !sw_chart_has_bars(pen->chart)) {
        sw_chart_stroke(pen, from, end->wanted, end->x - pen->em * 0.15, end->y, sw_chart_quiet(pen), pen->thin);
    }
    if (swatch > 0) {
        double line = sw_chart_measure(pen, "0", true).height;
        bool banded = end->series->base != NULL;
        uint32_t fill = banded ? sw_chart_band_colour(pen, (size_t)(end->series - pen->chart->series)) : end->series->colour;
        struct sw_vector_path *dot = sw_chart_dot(pen, end->x + pen->em * 0.35, end->y - end->height / 2 + line / 2, pen->em * 0.3, fill);
        dot->stroke = banded && pen->context->high_contrast ? pen->box->text.colour : 0;
        dot->width = pen->thin;
    }
    uint32_t colour = swatch > 0 ? pen->box->text.colour : end->series->colour;
    sw_chart_label(pen, end->text, end->x + swatch, end->y - end->height / 2, 0, colour, true);
}

void sw_chart_ends_draw(const struct sw_chart_pen *pen)
{
    const struct sw_chart *chart = pen->chart;
    struct end ends[LABELS_MAX];
    size_t count = 0;
    double room = chart->picture.rect.height - pen->em * 1.2, from = 0;
    for (size_t i = 0; i < chart->series_count && count < LABELS_MAX; i++) {
        const struct sw_chart_series *series = &chart->series[i];
        const struct sw_point *point = newest(series);
        if (point == NULL) {
            continue;
        }
        double x = sw_chart_x(pen, point->at), y = sw_chart_point_y(pen, series, point);
        if (series->base != NULL) {
            y = (y + sw_chart_y(pen, series->base[point - series->points])) / 2; /* the middle of what it adds */
        } else if (!sw_chart_has_bars(chart)) {
            sw_chart_dot(pen, x, y, pen->line * 1.9, series->colour);
        }
        const char *text = end_text(pen, series, point);
        double height = sw_chart_measure(pen, text, true).height;
        x = sw_chart_has_bars(chart) ? pen->plot.x + pen->plot.width : x;
        from = fmax(from, x + pen->em * 0.1);
        room -= height;
        if (room >= 0 || count == 0) { /* the last ones have no room: the first are what it is about */
            ends[count++] = (struct end){series, text, x + pen->em * GAP, y, y, height};
        }
    }
    if (!has_ends(pen)) {
        return;
    }
    part_ends(pen, ends, count);
    for (size_t i = 0; i < count; i++) {
        draw_end(pen, &ends[i], from);
    }
}

void sw_chart_end_above_draw(const struct sw_chart_pen *pen)
{
    const struct sw_rect *all = &pen->chart->picture.rect;
    const struct sw_chart_series *series = &pen->chart->series[0];
    const struct sw_point *point = newest(series);
    if (point == NULL) {
        return;
    }
    bool named = series->label != NULL && pen->chart->form != SW_CHART_BAR;
    const char *amount = sw_chart_amount(pen, series, point->value);
    const char *text = named ? sw_arena_printf(pen->context->arena, "%s %s", series->label, amount) : amount;
    struct sw_size size = sw_chart_measure(pen, text, true);
    double x = fmin(sw_chart_x(pen, point->at) - size.width / 2, all->x + all->width - size.width);
    double y = sw_chart_y(pen, fmax(point->value, 0));
    for (size_t i = 0; i < series->count; i++) { /* over those beside it that are higher */
        double other = sw_chart_x(pen, series->points[i].at);
        bool below = other >= x - pen->em * 0.5 && other <= x + size.width + pen->em * 0.5;
        y = below ? fmin(y, sw_chart_y(pen, series->points[i].value)) : y;
    }
    sw_chart_label(pen, text, x, fmax(all->y, y - size.height - pen->em * (sw_chart_has_bars(pen->chart) ? 0.15 : 0.4)), 0, series->colour,
                   true);
}
