/* SPDX-License-Identifier: EUPL-1.2 */
/* From looks at a zone to records: what changes, what goes on, and clocks that are put on and back. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "diary.h"
#include "ledger/watch.h"

#define RECORDS_MAX 1000

static struct {
    struct sw_watch watch;
    struct sw_play records[RECORDS_MAX];
    size_t count;
    sw_tick tick;
    sw_instant instant;
} bed;

static int set_up(void **state)
{
    (void)state;
    memset(&bed, 0, sizeof bed);
    bed.tick = 5 * SW_HOUR;
    bed.instant = DIARY_BEGIN;
    return 0;
}

static void look(const struct sw_watched *what)
{
    if (sw_watch_look(&bed.watch, what, bed.tick, bed.instant, &bed.records[bed.count]))
        bed.count++;
    assert_true(bed.count < RECORDS_MAX);
}

/* Looks ten times a second for so long. */
static void pass(const struct sw_watched *what, int64_t duration)
{
    for (int64_t at = 0; at < duration; at += 100 * SW_MS) {
        look(what);
        bed.tick += 100 * SW_MS;
        bed.instant += 100 * SW_MS;
    }
}

static void expect(size_t index, const char *scene, const char *why, bool begins, int64_t at_s, int64_t length_s)
{
    const struct sw_play *record = &bed.records[index];
    assert_true(index < bed.count);
    assert_string_equal(record->zone, "left");
    assert_string_equal(record->scene, scene);
    assert_string_equal(record->why, why);
    assert_int_equal(record->begins, begins);
    assert_int_equal(record->from - DIARY_BEGIN, at_s * SW_SECOND);
    assert_int_equal(record->until - record->from, length_s * SW_SECOND);
}

static void test_changes(void **state)
{
    (void)state;
    struct sw_watched what = {.zone = "left", .scene = "rhein", .page = "now", .why = "playlist", .release = "12"};
    pass(NULL, 3 * SW_SECOND);
    pass(&what, 20 * SW_SECOND);
    what.page = "lock"; /* the same showing */
    pass(&what, 10 * SW_SECOND);
    what.why = "visit";
    pass(&what, 7 * SW_SECOND);
    what.scene = "hafen";
    what.page = NULL;
    pass(&what, 5 * SW_SECOND);
    what.why = "override";
    what.by = "anna";
    pass(&what, 4 * SW_SECOND);
    what.by = "bela";
    pass(&what, 2 * SW_SECOND);
    what.release = "13";
    pass(&what, 1 * SW_SECOND);
    pass(NULL, 10 * SW_SECOND);
    assert_int_equal(bed.count, 7);
    expect(0, "rhein", "playlist", true, 3, 20);
    expect(1, "rhein", "playlist", false, 23, 10);
    expect(2, "rhein", "visit", true, 33, 7);
    expect(3, "hafen", "visit", true, 40, 5);
    expect(4, "hafen", "override", true, 45, 4);
    expect(5, "hafen", "override", true, 49, 2);
    expect(6, "hafen", "override", true, 51, 1);
    assert_string_equal(bed.records[0].page, "now");
    assert_string_equal(bed.records[1].page, "lock");
    assert_string_equal(bed.records[3].page, "");
    assert_string_equal(bed.records[4].by, "anna");
    assert_string_equal(bed.records[5].by, "bela");
    assert_string_equal(bed.records[5].release, "12");
    assert_string_equal(bed.records[6].release, "13");
}

/* What is on for long comes in pieces of a minute, which add up. */
static void test_pieces(void **state)
{
    (void)state;
    const struct sw_watched what = {.zone = "left", .scene = "rhein", .why = "playlist"};
    pass(&what, 10 * SW_MINUTE + 5 * SW_SECOND);
    look(NULL);
    assert_int_equal(bed.count, 11);
    for (size_t i = 0; i < 11; i++)
        expect(i, "rhein", "playlist", i == 0, (int64_t)i * 60, i < 10 ? 60 : 5);
}

/* On and back by hours and by 50 years: each record is as long as it was, and is on one side. */
static void test_clock(void **state)
{
    (void)state;
    static const int64_t steps[] = {3600, -3600, 50 * 365 * 86400LL, -50 * 365 * 86400LL, 2, -2};
    const struct sw_watched what = {.zone = "left", .scene = "rhein", .why = "playlist"};
    int64_t at = 0;
    pass(&what, 10 * SW_SECOND);
    for (size_t i = 0; i < SW_COUNT(steps); i++) {
        bed.instant += steps[i] * SW_SECOND;
        pass(&what, 10 * SW_SECOND);
        assert_int_equal(bed.count, i + 1);
        expect(i, "rhein", "playlist", i == 0, at, 10);
        at += 10 + steps[i];
    }
    bed.instant += SW_SECOND / 2; /* as time servers do */
    pass(&what, 10 * SW_SECOND);
    assert_int_equal(bed.count, SW_COUNT(steps));
    look(NULL);
    expect(SW_COUNT(steps), "rhein", "playlist", false, at, 20);
}

static void test_before_1970(void **state)
{
    (void)state;
    const struct sw_watched what = {.zone = "left", .scene = "rhein", .why = "playlist"};
    bed.instant = -50 * 365 * 86400LL * SW_SECOND;
    pass(&what, 10 * SW_SECOND);
    bed.instant = INT64_MAX / 2;
    pass(&what, 10 * SW_SECOND);
    look(NULL);
    for (size_t i = 0; i < bed.count; i++) {
        char line[SW_PLAY_LINE_MAX];
        struct sw_play again;
        size_t length = sw_play_write(&bed.records[i], line);
        assert_true(sw_play_read(line, length - 1, &again));
        assert_true(bed.records[i].until - bed.records[i].from <= 10 * SW_SECOND);
    }
    assert_true(bed.count >= 2);
}

/* What was on for no time at all was not on; that a showing began is not forgotten. */
static void test_nothing(void **state)
{
    (void)state;
    struct sw_watched what = {.zone = "left", .scene = "rhein", .page = "a", .why = "playlist"};
    look(NULL);
    look(&what);
    what.page = "b";
    look(&what);
    bed.tick += SW_SECOND;
    bed.instant += SW_SECOND;
    what.scene = "hafen";
    look(&what);
    what.scene = "rhein";
    look(&what);
    look(NULL);
    look(NULL);
    assert_int_equal(bed.count, 1);
    expect(0, "rhein", "playlist", true, 0, 1);
    assert_string_equal(bed.records[0].page, "b");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, set_up)
    const struct CMUnitTest tests[] = {TEST(test_changes), TEST(test_pieces), TEST(test_clock), TEST(test_before_1970), TEST(test_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
