/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/series.h"

#include <assert.h>
#include <math.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define STRETCH_POINTS 4 /* a stretch becomes its first, smallest, largest and last point */

/* Points that series have in common. What is behind `used` belongs to nobody: the series that ends there may go on there. */
struct shared {
    atomic_int holders;
    size_t capacity;
    size_t used; /* of who makes new series */
    struct sw_point points[];
};

struct sw_series {
    atomic_int holders;
    struct shared *shared;
    size_t from, count; /* of shared->points */
    int64_t step;
};

static struct shared *make_shared(size_t capacity)
{
    struct shared *shared = sw_alloc(sizeof *shared + capacity * sizeof shared->points[0]);
    atomic_init(&shared->holders, 0);
    shared->capacity = capacity;
    return shared;
}

static struct sw_series *make(struct shared *shared, size_t from, size_t count, int64_t step)
{
    struct sw_series *series = sw_alloc(sizeof *series);
    atomic_init(&series->holders, 1);
    atomic_fetch_add_explicit(&shared->holders, 1, memory_order_relaxed);
    series->shared = shared;
    series->from = from;
    series->count = count;
    series->step = step;
    return series;
}

/* Points with their place: of those with one instant the later one counts. */
struct placed {
    struct sw_point point;
    size_t place;
};

static int by_instant(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    if (a->point.at != b->point.at) {
        return a->point.at < b->point.at ? -1 : 1;
    }
    return (a->place > b->place) - (a->place < b->place);
}

static bool in_order(const struct sw_point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(points[i].value) || (i > 0 && points[i].at <= points[i - 1].at)) {
            return false;
        }
    }
    return true;
}

static size_t put_in_order(const struct sw_point *points, size_t count, struct sw_point *out)
{
    struct placed *placed = sw_alloc_array(count, sizeof *placed);
    size_t kept = 0, used = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(points[i].value)) {
            placed[kept++] = (struct placed){points[i], i};
        }
    }
    if (kept > 0) {
        qsort(placed, kept, sizeof *placed, by_instant);
    }
    for (size_t i = 0; i < kept; i++) {
        if (i + 1 == kept || placed[i].point.at != placed[i + 1].point.at) {
            out[used++] = placed[i].point;
        }
    }
    free(placed);
    return used;
}

struct sw_series *sw_series_create(const struct sw_point *points, size_t count, int64_t step)
{
    struct shared *shared = make_shared(count);
    if (count == 0) {
        return make(shared, 0, 0, step);
    }
    if (in_order(points, count)) {
        memcpy(shared->points, points, count * sizeof *points);
        shared->used = count;
    } else {
        shared->used = put_in_order(points, count, shared->points);
    }
    return make(shared, 0, shared->used, step);
}

struct sw_series *sw_series_hold(struct sw_series *series)
{
    atomic_fetch_add_explicit(&series->holders, 1, memory_order_relaxed);
    return series;
}

void sw_series_release(struct sw_series *series)
{
    if (series == NULL) {
        return;
    }
    int before = atomic_fetch_sub_explicit(&series->holders, 1, memory_order_acq_rel);
    assert(before > 0);
    if (before > 1) {
        return;
    }
    if (atomic_fetch_sub_explicit(&series->shared->holders, 1, memory_order_acq_rel) == 1) {
        free(series->shared);
    }
    free(series);
}

/* The first point at or behind `instant`. */
static size_t place_of(const struct sw_point *points, size_t count, sw_instant instant)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (points[middle].at < instant) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* With room to grow, so that what follows costs nothing. */
static struct sw_series *add_by_copy(const struct sw_series *series, struct sw_point point, size_t from)
{
    const struct sw_point *points = series->shared->points + series->from;
    size_t place = place_of(points, series->count, point.at);
    bool replaces = place < series->count && points[place].at == point.at;
    size_t before = place > from ? place - from : 0, behind = place + replaces;
    behind = behind < from ? from : behind;
    size_t kept = series->count - behind;
    struct shared *shared = make_shared((before + kept + 1) * 2 + 16);
    if (before > 0) {
        memcpy(shared->points, points + from, before * sizeof *points);
    }
    shared->points[before] = point;
    if (kept > 0) {
        memcpy(shared->points + before + 1, points + behind, kept * sizeof *points);
    }
    shared->used = before + 1 + kept;
    return make(shared, 0, shared->used, series->step);
}

struct sw_series *sw_series_add(const struct sw_series *series, struct sw_point point, sw_instant since)
{
    struct shared *shared = series->shared;
    const struct sw_point *points = shared->points + series->from;
    size_t from = place_of(points, series->count, since), end = series->from + series->count;
    if (!isfinite(point.value) || point.at < since) {
        return make(shared, series->from + from, series->count - from, series->step);
    }
    bool newest = series->count == 0 || points[series->count - 1].at < point.at;
    if (newest && end == shared->used && end < shared->capacity) {
        shared->points[end] = point;
        shared->used++;
        return make(shared, series->from + from, series->count - from + 1, series->step);
    }
    return add_by_copy(series, point, from);
}

const struct sw_point *sw_series_points(const struct sw_series *series, size_t *count)
{
    *count = series->count;
    return series->shared->points + series->from;
}

int64_t sw_series_step(const struct sw_series *series) { return series->step; }

static bool is_gap(const struct sw_point *before, const struct sw_point *after, int64_t step)
{
    return step > 0 && after->at - before->at > step * 5 / 2;
}

bool sw_series_gap(const struct sw_series *series, size_t index)
{
    const struct sw_point *points = series->shared->points + series->from;
    return index > 0 && index < series->count && is_gap(&points[index - 1], &points[index], series->step);
}

/* -- thinning -- */

/* While points are written. */
struct thinner {
    const struct sw_series *series;
    const struct sw_point *points;
    struct sw_point *out;
    size_t written, most;
    bool full; /* there were more */
};

static void write_point(struct thinner *thinner, struct sw_point point)
{
    thinner->full = thinner->full || thinner->written == thinner->most;
    if (!thinner->full) {
        thinner->out[thinner->written++] = point;
    }
}

static void write_gap(struct thinner *thinner, size_t index)
{
    const struct sw_point *before = &thinner->points[index - 1], *after = &thinner->points[index];
    write_point(thinner, (struct sw_point){before->at + (after->at - before->at) / 2, (double)NAN});
}

/* From..to (outside): its smallest and its largest, the first of those that are as small or large. */
struct stretch {
    size_t from, least, most, to;
};

/* First, smallest, largest and last, in the order of their time, none twice. */
static void write_stretch(struct thinner *thinner, const struct stretch *stretch)
{
    size_t least = stretch->least, most = stretch->most, last = SIZE_MAX;
    const size_t wanted[STRETCH_POINTS] = {stretch->from, least < most ? least : most, least < most ? most : least, stretch->to - 1};
    for (size_t i = 0; i < STRETCH_POINTS; i++) {
        if (wanted[i] != last) {
            write_point(thinner, thinner->points[wanted[i]]);
        }
        last = wanted[i];
    }
}

/* The stretch from `from` to before `end`, or to the next gap. Goes over every point of a history: nothing but comparisons. */
static struct stretch read_stretch(const struct thinner *thinner, size_t from, size_t to, sw_instant end, int64_t gap)
{
    const struct sw_point *points = thinner->points;
    struct stretch stretch = {from, from, from, from + 1};
    double least = points[from].value, most = least;
    size_t i = from + 1;
    for (; i < to && points[i].at < end && points[i].at - points[i - 1].at <= gap; i++) {
        double value = points[i].value;
        if (value < least) {
            least = value;
            stretch.least = i;
        } else if (value > most) {
            most = value;
            stretch.most = i;
        }
    }
    stretch.to = i;
    return stretch;
}

/* Each stretch of time of `width` by itself. A gap that is narrower than a stretch is not seen. */
static void thin_by(struct thinner *thinner, size_t from, size_t to, int64_t width)
{
    const struct sw_point *points = thinner->points;
    sw_instant origin = points[from].at;
    int64_t step = thinner->series->step, gap = step > 0 ? step * 5 / 2 : INT64_MAX;
    gap = gap > width ? gap : width;
    thinner->written = 0;
    thinner->full = false;
    for (size_t begin = from; begin < to && !thinner->full;) {
        sw_instant end = origin + ((points[begin].at - origin) / width + 1) * width;
        struct stretch stretch = read_stretch(thinner, begin, to, end, gap);
        write_stretch(thinner, &stretch);
        if (stretch.to < to && points[stretch.to].at - points[stretch.to - 1].at > gap) {
            write_gap(thinner, stretch.to);
        }
        begin = stretch.to;
    }
}

size_t sw_series_thin(const struct sw_series *series, sw_instant from, sw_instant to, struct sw_point *out, size_t most)
{
    struct thinner thinner = {.series = series, .points = series->shared->points + series->from, .out = out, .most = most};
    size_t first = place_of(thinner.points, series->count, from);
    size_t behind = place_of(thinner.points, series->count, to == SW_NEVER ? to : to + 1);
    assert(most >= 8);
    if (first >= behind) {
        return 0;
    }
    int64_t span = thinner.points[behind - 1].at - thinner.points[first].at + 1;
    int64_t width = behind - first > most ? span / (int64_t)(most / STRETCH_POINTS) + 1 : 1;
    thin_by(&thinner, first, behind, width);
    while (thinner.full) { /* gaps part stretches: fewer of those; one alone is four points */
        width = width == 1 ? span / (int64_t)(most / STRETCH_POINTS) + 1 : width * 2;
        thin_by(&thinner, first, behind, width);
    }
    return thinner.written;
}
