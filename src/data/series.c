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
#define BLOCK 64

/* What so many points come to, so that a million of them need not be looked at one by one. */
struct block {
    int64_t widest;      /* from a point of it to the one before */
    uint8_t least, most; /* places in it: the first of the smallest and of the largest values */
};

/* Points that series have in common. What is behind `used` belongs to nobody: the series that ends there may go on there. A block is
 * written when its last point is, and read only by series that reach behind it. */
struct shared {
    atomic_int holders;
    size_t capacity;
    size_t used; /* of who makes new series */
    struct block *blocks;
    struct sw_point points[];
};

struct sw_series {
    atomic_int holders;
    struct shared *shared;
    size_t from, count; /* of shared->points */
    int64_t step;
};

/* With room for as many points more: memory that nobody has written to costs nothing. */
static struct shared *make_shared(size_t count)
{
    size_t capacity = count * 2 + 16;
    struct shared *shared = sw_alloc(sizeof *shared + capacity * sizeof shared->points[0]);
    atomic_init(&shared->holders, 0);
    shared->capacity = capacity;
    shared->blocks = sw_alloc_array(capacity / BLOCK, sizeof *shared->blocks);
    return shared;
}

static void free_shared(struct shared *shared)
{
    free(shared->blocks);
    free(shared);
}

static struct block block_of(const struct sw_point *points, size_t first)
{
    struct block block = {.widest = 0};
    for (size_t i = 0; i < BLOCK; i++) {
        const struct sw_point *point = &points[first + i];
        int64_t before = first + i > 0 ? point->at - points[first + i - 1].at : 0;
        block.widest = before > block.widest ? before : block.widest;
        block.least = point->value < points[first + block.least].value ? (uint8_t)i : block.least;
        block.most = point->value > points[first + block.most].value ? (uint8_t)i : block.most;
    }
    return block;
}

/* There are points up to `used` now. */
static void reach(struct shared *shared, size_t used)
{
    for (size_t i = shared->used / BLOCK; i < used / BLOCK; i++) {
        shared->blocks[i] = block_of(shared->points, i * BLOCK);
    }
    shared->used = used;
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
        reach(shared, count);
    } else {
        reach(shared, put_in_order(points, count, shared->points));
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
        free_shared(series->shared);
    }
    free(series);
}

size_t sw_points_place(const struct sw_point *points, size_t count, sw_instant instant)
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

static struct sw_series *add_by_copy(const struct sw_series *series, struct sw_point point, size_t from)
{
    const struct sw_point *points = series->shared->points + series->from;
    size_t place = sw_points_place(points, series->count, point.at);
    bool replaces = place < series->count && points[place].at == point.at;
    size_t before = place > from ? place - from : 0, behind = place + replaces;
    behind = behind < from ? from : behind;
    size_t kept = series->count - behind;
    struct shared *shared = make_shared(before + kept + 1);
    if (before > 0) {
        memcpy(shared->points, points + from, before * sizeof *points);
    }
    shared->points[before] = point;
    if (kept > 0) {
        memcpy(shared->points + before + 1, points + behind, kept * sizeof *points);
    }
    reach(shared, before + 1 + kept);
    return make(shared, 0, shared->used, series->step);
}

struct sw_series *sw_series_add(const struct sw_series *series, struct sw_point point, sw_instant since)
{
    struct shared *shared = series->shared;
    const struct sw_point *points = shared->points + series->from;
    size_t from = sw_points_place(points, series->count, since), end = series->from + series->count;
    if (!isfinite(point.value) || point.at < since) {
        return make(shared, series->from + from, series->count - from, series->step);
    }
    bool newest = series->count == 0 || points[series->count - 1].at < point.at;
    if (newest && end == shared->used && end < shared->capacity) {
        shared->points[end] = point;
        reach(shared, end + 1);
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

bool sw_series_has(const struct sw_series *series, struct sw_point point)
{
    const struct sw_point *points = series->shared->points + series->from;
    size_t place = sw_points_place(points, series->count, point.at);
    return place < series->count && points[place].at == point.at && points[place].value == point.value;
}

/* What lies further apart has a gap between. */
static int64_t gap_from(int64_t step) { return step > 0 ? step * 5 / 2 : INT64_MAX; }

bool sw_series_gap(const struct sw_series *series, size_t index)
{
    const struct sw_point *points = series->shared->points + series->from;
    return index > 0 && index < series->count && points[index].at - points[index - 1].at > gap_from(series->step);
}

/* -- thinning -- */

/* While points are written. Places are those of shared->points. */
struct thinner {
    const struct shared *shared;
    int64_t step;
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

/* A gap that is narrower than a stretch is not seen. */
static int64_t gap_width(const struct thinner *thinner, int64_t width)
{
    int64_t gap = gap_from(thinner->step);
    return gap > width ? gap : width;
}

/* The first place from `from` on, up to `to`, that lies further than `gap` from the one before it. */
static size_t gap_between(const struct thinner *thinner, size_t from, size_t to, int64_t gap)
{
    const struct sw_point *points = thinner->shared->points;
    for (size_t i = from; i < to;) {
        if (i % BLOCK == 0 && i + BLOCK <= to && thinner->shared->blocks[i / BLOCK].widest <= gap) {
            i += BLOCK;
        } else if (points[i].at - points[i - 1].at > gap) {
            return i;
        } else {
            i++;
        }
    }
    return to;
}

static void write_gap(struct thinner *thinner, size_t place)
{
    const struct sw_point *before = &thinner->shared->points[place - 1], *after = before + 1;
    write_point(thinner, (struct sw_point){before->at + (after->at - before->at) / 2, (double)NAN});
}

/* First, smallest, largest and last of from..to (outside), in the order of their time, none twice. */
static void write_stretch(struct thinner *thinner, size_t from, size_t to)
{
    const struct sw_point *points = thinner->shared->points;
    size_t least = from, most = from, last = SIZE_MAX;
    for (size_t i = from; i < to;) {
        bool whole = i % BLOCK == 0 && i + BLOCK <= to;
        size_t low = whole ? i + thinner->shared->blocks[i / BLOCK].least : i;
        size_t high = whole ? i + thinner->shared->blocks[i / BLOCK].most : i;
        least = points[low].value < points[least].value ? low : least;
        most = points[high].value > points[most].value ? high : most;
        i += whole ? BLOCK : 1;
    }
    const size_t wanted[STRETCH_POINTS] = {from, least < most ? least : most, least < most ? most : least, to - 1};
    for (size_t i = 0; i < STRETCH_POINTS; i++) {
        if (wanted[i] != last) {
            write_point(thinner, points[wanted[i]]);
        }
        last = wanted[i];
    }
}

/* Each stretch of time of `width` by itself. */
static void thin_by(struct thinner *thinner, size_t from, size_t to, int64_t width)
{
    const struct sw_point *points = thinner->shared->points;
    const int64_t gap = gap_width(thinner, width);
    thinner->written = 0;
    thinner->full = false;
    for (size_t begin = from; begin < to && !thinner->full;) {
        int64_t stretch = (points[begin].at - points[from].at) / width;
        size_t end = begin + sw_points_place(points + begin, to - begin, points[from].at + (stretch + 1) * width);
        size_t parted = gap_between(thinner, begin + 1, end, gap);
        write_stretch(thinner, begin, parted);
        if (parted < to && points[parted].at - points[parted - 1].at > gap) {
            write_gap(thinner, parted);
        }
        begin = parted;
    }
}

size_t sw_series_thin(const struct sw_series *series, sw_instant from, sw_instant to, struct sw_point *out, size_t most)
{
    struct thinner thinner = {.shared = series->shared, .step = series->step, .out = out, .most = most};
    const struct sw_point *points = series->shared->points;
    size_t first = series->from + sw_points_place(points + series->from, series->count, from);
    size_t behind = series->from + sw_points_place(points + series->from, series->count, to == SW_NEVER ? to : to + 1);
    assert(most >= 8);
    if (first >= behind) {
        return 0;
    }
    int64_t span = points[behind - 1].at - points[first].at + 1;
    int64_t width = behind - first > most ? span / (int64_t)(most / STRETCH_POINTS) + 1 : 1;
    thin_by(&thinner, first, behind, width);
    while (thinner.full) { /* gaps part stretches: fewer of those; one alone is four points */
        width = width == 1 ? span / (int64_t)(most / STRETCH_POINTS) + 1 : width * 2;
        thin_by(&thinner, first, behind, width);
    }
    return thinner.written;
}
