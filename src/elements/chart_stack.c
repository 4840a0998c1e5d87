/* SPDX-License-Identifier: EUPL-1.2 */
/* Series on top of each other: brought to common instants first, as only numbers of one instant can be added. Where one of them is not
 * known the sum is not known either, and all have a gap. */
#include "elements/chart.h"

#include <math.h>

#define CELL_WIDTH 3.0 /* design units: finer steps are averaged */

/* The common instants: `first` + k * `apart`, `count` of them. */
struct grid {
    sw_instant first;
    int64_t apart, step; /* `step`: the longest of the series */
    size_t count;
};

/* A whole number of steps, on the newest point: histories come at whole steps, or a little beside them. */
static struct grid grid_of(const struct sw_chart *chart, double width)
{
    struct grid grid = {.step = 0};
    sw_instant newest = chart->begin;
    for (size_t i = 0; i < chart->series_count; i++) {
        size_t count = 0;
        const struct sw_point *points = sw_chart_points(&chart->series[i], &count);
        int64_t step = chart->series[i].history != NULL ? sw_series_step(chart->series[i].history) : chart->series[i].step;
        grid.step = step > grid.step ? step : grid.step;
        for (size_t k = count; k > 0; k--) {
            if (points[k - 1].at <= chart->end) {
                newest = points[k - 1].at > newest ? points[k - 1].at : newest;
                break;
            }
        }
    }
    grid.step = grid.step > 0 ? grid.step : SW_MINUTE;
    int64_t most = (int64_t)fmax(8, width / CELL_WIDTH), span = chart->end - chart->begin, steps = span / most / grid.step + 1;
    grid.apart = grid.step * steps;
    int64_t before = (newest - chart->begin) / grid.apart, behind = (chart->end - newest) / grid.apart;
    grid.first = newest - before * grid.apart;
    grid.count = (size_t)(before + behind + 1);
    return grid;
}

/* The means of what lies nearest to each instant; NAN: nothing. */
static void average(const struct sw_chart_series *series, const struct grid *grid, double *values, size_t *counts)
{
    size_t count = 0;
    const struct sw_point *points = sw_chart_points(series, &count);
    sw_instant from = grid->first - grid->apart / 2;
    size_t next = sw_points_place(points, count, from);
    for (size_t k = 0; k < grid->count; k++) {
        values[k] = 0;
        counts[k] = 0;
    }
    sw_instant end = from + grid->apart;
    for (size_t k = 0; next < count && k < grid->count; k++, end += grid->apart) {
        for (; next < count && points[next].at < end; next++) {
            values[k] += isnan(points[next].value) ? 0 : points[next].value;
            counts[k] += !isnan(points[next].value);
        }
    }
    for (size_t k = 0; k < grid->count; k++) {
        values[k] = counts[k] > 0 ? values[k] / (double)counts[k] : (double)NAN;
    }
}

/* One step without a number is no gap (data/series.h). */
static void bridge(const struct grid *grid, double *values)
{
    for (size_t k = 1; k + 1 < grid->count && grid->apart == grid->step; k++) {
        if (isnan(values[k]) && !isnan(values[k - 1]) && !isnan(values[k + 1])) {
            values[k] = (values[k - 1] + values[k + 1]) / 2;
        }
    }
}

/* Bars grow away from zero on either side; the bands of an area lie on each other. */
static void pile_up(struct sw_chart *chart, const struct grid *grid)
{
    for (size_t k = 0; k < grid->count; k++) {
        double above = 0, below = 0;
        bool known = true;
        for (size_t i = 0; i < chart->series_count; i++) {
            known = known && !isnan(chart->series[i].points[k].value);
        }
        for (size_t i = 0; i < chart->series_count; i++) {
            struct sw_chart_series *series = &chart->series[i];
            double *pile = chart->form == SW_CHART_STACKED_BAR && series->points[k].value < 0 ? &below : &above;
            series->points[k].value = known ? series->points[k].value : (double)NAN;
            series->base[k] = *pile;
            *pile += known ? series->points[k].value : 0;
        }
    }
}

void sw_chart_stack(const struct sw_view_context *context, struct sw_chart *chart, double width)
{
    if (chart->end <= chart->begin) {
        return;
    }
    struct grid grid = grid_of(chart, width);
    double *values = sw_arena_array(context->arena, grid.count, sizeof *values);
    size_t *counts = sw_arena_array(context->arena, grid.count, sizeof *counts);
    for (size_t i = 0; i < chart->series_count; i++) {
        struct sw_chart_series *series = &chart->series[i];
        average(series, &grid, values, counts);
        bridge(&grid, values);
        struct sw_point *points = sw_arena_array(context->arena, grid.count, sizeof *points);
        for (size_t k = 0; k < grid.count; k++) {
            points[k] = (struct sw_point){grid.first + (int64_t)k * grid.apart, values[k]};
        }
        series->points = points;
        series->count = grid.count;
        series->base = sw_arena_array(context->arena, grid.count, sizeof *series->base);
        series->step = grid.apart;
    }
    pile_up(chart, &grid);
}
