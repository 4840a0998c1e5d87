/* SPDX-License-Identifier: EUPL-1.2 */
/* Histories: in order whatever comes, sharing what they have in common, thinned without losing what is seen. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/series.h"

#define STEP (15 * SW_MINUTE)

static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15ull; /* SplitMix64 (Steele, Lea, Flood 2014) */
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

static void expect(const struct sw_series *series, const struct sw_point *points, size_t count)
{
    size_t has = 0;
    const struct sw_point *got = sw_series_points(series, &has);
    assert_int_equal(has, count);
    for (size_t i = 0; i < count; i++) {
        assert_true(got[i].at == points[i].at && got[i].value == points[i].value);
    }
}

static void sorted_and_once_each(void **state)
{
    (void)state;
    static const struct sw_point points[] = {{30, 3}, {10, 1}, {20, 2}, {10, 9}, {40, (double)NAN}, {30, 4}, {50, (double)INFINITY}};
    static const struct sw_point sorted[] = {{10, 9}, {20, 2}, {30, 4}};
    struct sw_series *series = sw_series_create(points, SW_COUNT(points), STEP);
    expect(series, sorted, SW_COUNT(sorted));
    assert_int_equal(sw_series_step(series), STEP);
    assert_true(sw_series_has(series, sorted[0]) && sw_series_has(series, sorted[2]));
    assert_false(sw_series_has(series, points[0]) || sw_series_has(series, (struct sw_point){15, 2}));
    assert_false(sw_series_has(series, points[4]) || sw_series_has(series, points[6]));
    sw_series_release(series);
    series = sw_series_create(NULL, 0, STEP);
    expect(series, NULL, 0);
    assert_false(sw_series_has(series, sorted[0]));
    sw_series_release(series);
    sw_series_release(NULL);
}

/* Against a plain array: points in and out of order, replaced, cut off; every older series stays what it was. */
static void points_more(void **state)
{
    (void)state;
    enum { ROUNDS = 4000, KEPT = 8, MOST = 400 };
    struct sw_series *kept[KEPT] = {NULL};
    struct sw_point plain[ROUNDS], copies[KEPT][MOST];
    size_t count = 0, lengths[KEPT] = {0};
    uint64_t random = 7;
    struct sw_series *series = sw_series_create(NULL, 0, STEP);
    sw_instant newest = 0;
    for (int round = 0; round < ROUNDS; round++) {
        bool late = next_random(&random) % 10 == 0;
        sw_instant at = late && newest > 0 ? (sw_instant)(next_random(&random) % (uint64_t)newest)
                                           : newest + 1 + (sw_instant)(next_random(&random) % 5);
        struct sw_point point = {at, (double)(next_random(&random) % 1000)};
        sw_instant since = newest > 300 ? newest - 300 : 0;
        newest = at > newest ? at : newest;
        struct sw_series *more = sw_series_add(series, point, since);
        sw_series_release(series);
        series = more;
        size_t from = 0, place = 0;
        while (from < count && plain[from].at < since)
            from++;
        memmove(plain, plain + from, (count - from) * sizeof *plain);
        count -= from;
        if (at >= since) {
            while (place < count && plain[place].at < at)
                place++;
            bool replaces = place < count && plain[place].at == at;
            if (!replaces) {
                memmove(plain + place + 1, plain + place, (count - place) * sizeof *plain);
                count++;
            }
            plain[place] = point;
        }
        expect(series, plain, count);
        size_t slot = (size_t)(next_random(&random) % KEPT);
        if (round % 50 == 0 && count <= MOST) {
            sw_series_release(kept[slot]);
            kept[slot] = sw_series_hold(series);
            memcpy(copies[slot], plain, count * sizeof *plain);
            lengths[slot] = count;
        }
        for (size_t i = 0; i < KEPT && round % 100 == 0; i++)
            if (kept[i] != NULL)
                expect(kept[i], copies[i], lengths[i]);
    }
    for (size_t i = 0; i < KEPT; i++)
        sw_series_release(kept[i]);
    sw_series_release(series);
}

/* Two that go on from the same one do not see each other. */
static void two_from_one(void **state)
{
    (void)state;
    static const struct sw_point points[] = {{10, 1}}, left[] = {{10, 1}, {20, 2}}, right[] = {{10, 1}, {20, 3}};
    struct sw_series *series = sw_series_create(points, 1, STEP), *grown = sw_series_add(series, (struct sw_point){15, 0}, 0);
    sw_series_release(grown);
    struct sw_series *a = sw_series_add(series, left[1], 0), *b = sw_series_add(series, right[1], 0);
    expect(a, left, 2);
    expect(b, right, 2);
    expect(series, points, 1);
    sw_series_release(series);
    struct sw_series *c = sw_series_add(a, (struct sw_point){30, 5}, 20), *d = sw_series_add(a, (struct sw_point){30, 6}, 20);
    static const struct sw_point end_c[] = {{20, 2}, {30, 5}}, end_d[] = {{20, 2}, {30, 6}};
    expect(c, end_c, 2);
    expect(d, end_d, 2);
    sw_series_release(a);
    sw_series_release(b);
    sw_series_release(c);
    sw_series_release(d);
}

static void what_is_no_point_changes_nothing(void **state)
{
    (void)state;
    static const struct sw_point points[] = {{10, 1}, {20, 2}};
    struct sw_series *series = sw_series_create(points, 2, STEP), *same = sw_series_add(series, (struct sw_point){30, (double)NAN}, 0);
    expect(same, points, 2);
    struct sw_series *late = sw_series_add(series, (struct sw_point){5, 7}, 15);
    expect(late, points + 1, 1);
    sw_series_release(series);
    sw_series_release(same);
    sw_series_release(late);
}

static void gaps(void **state)
{
    (void)state;
    const struct sw_point points[] = {{0, 1}, {STEP, 1}, {3 * STEP, 1}, {3 * STEP + STEP * 5 / 2, 1}, {3 * STEP + STEP * 5 + 1, 1}};
    struct sw_series *series = sw_series_create(points, SW_COUNT(points), STEP);
    static const bool expected[] = {false, false, false, false, true, false};
    for (size_t i = 0; i < SW_COUNT(expected); i++) {
        assert_int_equal(sw_series_gap(series, i), expected[i]);
    }
    struct sw_point out[16];
    size_t count = sw_series_thin(series, 0, SW_NEVER, out, SW_COUNT(out));
    assert_int_equal(count, 6);
    assert_true(isnan(out[4].value) && out[4].at > points[3].at && out[4].at < points[4].at);
    sw_series_release(series);
}

/* A year by the minute, thinned to the width of a chart. */
static void thinned(void **state)
{
    (void)state;
    enum { COUNT = 500000, MOST = 800 };
    struct sw_point *points = malloc(COUNT * sizeof *points), out[MOST];
    uint64_t random = 3;
    assert_non_null(points);
    sw_instant at = 0;
    for (size_t i = 0; i < COUNT; i++) {
        points[i] = (struct sw_point){at, sin((double)i / 20000) * 100 + (double)(next_random(&random) % 100) / 100};
        at += i == COUNT / 3 ? 20 * 24 * SW_HOUR : SW_MINUTE; /* one long gap */
    }
    points[COUNT / 7].value = 500;
    points[COUNT / 2].value = -500;
    struct sw_series *series = sw_series_create(points, COUNT, SW_MINUTE);
    size_t count = sw_series_thin(series, 0, SW_NEVER, out, MOST), holes = 0;
    assert_in_range(count, MOST / 2, MOST);
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || out[i].at > out[i - 1].at);
        holes += isnan(out[i].value) != 0;
        least = out[i].value < least ? out[i].value : least;
        most = out[i].value > most ? out[i].value : most;
    }
    assert_int_equal(holes, 1);
    assert_true(least == -500 && most == 500);
    assert_true(out[0].at == points[0].at && out[count - 1].at == points[COUNT - 1].at);
    /* part of it, and less than there is room for */
    count = sw_series_thin(series, points[100].at, points[149].at, out, MOST);
    assert_int_equal(count, 50);
    assert_true(memcmp(out, points + 100, 50 * sizeof *out) == 0);
    assert_int_equal(sw_series_thin(series, at + 1, SW_NEVER, out, MOST), 0);
    assert_int_equal(sw_series_thin(series, points[0].at + 1, points[1].at - 1, out, MOST), 0);
    sw_series_release(series);
    free(points);
}

/* Nothing but gaps does not keep it from ending, nor cost an end or a peak. */
static void thinned_though_full_of_gaps(void **state)
{
    (void)state;
    enum { COUNT = 10000 };
    struct sw_point points[COUNT], out[64];
    for (size_t i = 0; i < COUNT; i++) {
        points[i] = (struct sw_point){(sw_instant)i * 100 * SW_MINUTE, i == 5000 ? 900 : 1};
    }
    struct sw_series *series = sw_series_create(points, COUNT, SW_MINUTE);
    for (size_t most = 8; most <= SW_COUNT(out); most++) {
        size_t count = sw_series_thin(series, 0, SW_NEVER, out, most);
        double peak = 0;
        assert_in_range(count, 2, most);
        assert_true(out[0].at == 0 && out[count - 1].at == points[COUNT - 1].at);
        for (size_t i = 0; i < count; i++) {
            peak = out[i].value > peak ? out[i].value : peak;
        }
        assert_true(peak == 900);
    }
    sw_series_release(series);
}

/* One point at a time: what sw_series_thin writes of all points where no stretch is parted by a gap. */
static size_t thin_slowly(const struct sw_point *points, size_t count, size_t most, struct sw_point *out)
{
    int64_t width = (points[count - 1].at - points[0].at + 1) / (int64_t)(most / 4) + 1;
    size_t written = 0;
    for (size_t begin = 0, end; begin < count; begin = end) {
        size_t least = begin, largest = begin;
        int64_t stretch = (points[begin].at - points[0].at) / width;
        for (end = begin; end < count && (points[end].at - points[0].at) / width == stretch; end++) {
            least = points[end].value < points[least].value ? end : least;
            largest = points[end].value > points[largest].value ? end : largest;
        }
        const size_t wanted[] = {begin, least < largest ? least : largest, least < largest ? largest : least, end - 1};
        for (size_t i = 0; i < SW_COUNT(wanted); i++) {
            if (i == 0 || wanted[i] != wanted[i - 1]) {
                out[written++] = points[wanted[i]];
            }
        }
    }
    return written;
}

/* However it came about, and wherever its points lie in what it shares. */
static void thinned_as_if_one_by_one(void **state)
{
    (void)state;
    enum { COUNT = 3000, MOST = 400 };
    uint64_t random = 11;
    struct sw_series *series = sw_series_create(NULL, 0, 0);
    struct sw_point out[MOST], slow[MOST];
    sw_instant at = 0;
    for (size_t i = 0; i < COUNT; i++) {
        at += 1 + (sw_instant)(next_random(&random) % 9);
        const struct sw_point point = {at, (double)(next_random(&random) % 50)};
        struct sw_series *more = sw_series_add(series, point, i % 7 == 0 && i > 1500 ? at - 6000 : INT64_MIN);
        sw_series_release(series);
        series = more;
        size_t count = 0;
        const struct sw_point *points = sw_series_points(series, &count);
        if (i % 37 == 0 && count > MOST) {
            size_t from = next_random(&random) % (count - MOST), to = from + MOST + next_random(&random) % (count - MOST - from);
            size_t wanted = thin_slowly(points + from, to - from + 1, MOST, slow);
            assert_int_equal(sw_series_thin(series, points[from].at, points[to].at, out, MOST), wanted);
            assert_memory_equal(out, slow, wanted * sizeof *out);
        }
    }
    sw_series_release(series);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorted_and_once_each),
        cmocka_unit_test(points_more),
        cmocka_unit_test(two_from_one),
        cmocka_unit_test(what_is_no_point_changes_nothing),
        cmocka_unit_test(gaps),
        cmocka_unit_test(thinned),
        cmocka_unit_test(thinned_though_full_of_gaps),
        cmocka_unit_test(thinned_as_if_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
