/* SPDX-License-Identifier: EUPL-1.2 */
/* Sums: two zones, parts of a showing, hours and days of a civil clock, and who overrode what. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "diary.h"
#include "ledger/summary.h"

static struct sw_summary summary;
static struct sw_zone_rules *berlin;

static int set_up(void **state)
{
    (void)state;
    berlin = sw_zone_rules_create("Europe/Berlin");
    return berlin != NULL ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    sw_summary_finish(&summary);
    sw_zone_rules_destroy(berlin);
    return 0;
}

static void begin(struct sw_summary_options options)
{
    sw_summary_finish(&summary);
    if (options.to == 0)
        options.to = SW_NEVER;
    sw_summary_init(&summary, &options);
}

/* Times in seconds from DIARY_BEGIN, 15:00 in Berlin. */
static void add(const char *zone, const char *scene, const char *why, const char *by, bool begins, int64_t from_s, int64_t until_s)
{
    struct sw_play play = {.from = DIARY_BEGIN + from_s * SW_SECOND, .until = DIARY_BEGIN + until_s * SW_SECOND, .begins = begins};
    sw_play_set(play.zone, sizeof play.zone, zone);
    sw_play_set(play.scene, sizeof play.scene, scene);
    sw_play_set(play.why, sizeof play.why, why);
    sw_play_set(play.by, sizeof play.by, by);
    sw_summary_add(&summary, &play);
}

static void add_all(void)
{
    add("left", "rhein", "playlist", "", true, 0, 60);
    add("right", "hafen", "playlist", "", true, 0, 30);
    add("right", "hafen", "visit", "", true, 30, 90);
    add("left", "rhein", "playlist", "", false, 60, 100);
    add("left", "notice", "override", "anna", true, 100, 160);
    add("right", "notice", "override", "anna", true, 110, 150);
    add("left", "notice", "override", "anna", false, 160, 200);
    add("left", "notice", "override", "bela", true, 200, 210);
    add("left", "notice", "override", "bela", true, 300, 310);
    add("left", "rhein", "otherwise", "", true, 310, 320);
}

static void expect_row(size_t index, const char *name, int64_t begin_s, uint64_t times, int64_t shown_s, int64_t first_s, int64_t last_s)
{
    const struct sw_summary_row *row = &summary.rows[index];
    assert_true(index < summary.count);
    assert_string_equal(row->name, name);
    assert_int_equal(row->begin, name[0] != '\0' ? 0 : DIARY_BEGIN + begin_s * SW_SECOND);
    assert_int_equal(row->times, times);
    assert_int_equal(row->shown, shown_s * SW_SECOND);
    assert_int_equal(row->first, DIARY_BEGIN + first_s * SW_SECOND);
    assert_int_equal(row->last, DIARY_BEGIN + last_s * SW_SECOND);
}

static void test_scenes(void **state)
{
    (void)state;
    begin((struct sw_summary_options){.by = SW_SUMMARY_SCENE});
    add_all();
    sw_summary_sort(&summary);
    assert_int_equal(summary.count, 3);
    expect_row(0, "notice", 0, 4, 160, 100, 310);
    expect_row(1, "rhein", 0, 2, 110, 0, 320);
    expect_row(2, "hafen", 0, 2, 90, 0, 90);
    assert_int_equal(summary.shown, 360 * SW_SECOND);
}

static void test_reasons(void **state)
{
    (void)state;
    begin((struct sw_summary_options){.by = SW_SUMMARY_WHY, .zone = "left"});
    add_all();
    sw_summary_sort(&summary);
    assert_int_equal(summary.count, 3);
    expect_row(0, "override", 0, 3, 120, 100, 310);
    expect_row(1, "playlist", 0, 1, 100, 0, 100);
    expect_row(2, "otherwise", 0, 1, 10, 310, 320);
}

static void expect_override(size_t index, const char *zone, const char *by, int64_t from_s, int64_t until_s, int64_t shown_s)
{
    const struct sw_summary_override *override = &summary.overrides[index];
    assert_true(index < summary.override_count);
    assert_string_equal(override->zone, zone);
    assert_string_equal(override->scene, "notice");
    assert_string_equal(override->by, by);
    assert_int_equal(override->from, DIARY_BEGIN + from_s * SW_SECOND);
    assert_int_equal(override->until, DIARY_BEGIN + until_s * SW_SECOND);
    assert_int_equal(override->shown, shown_s * SW_SECOND);
}

static void test_overrides(void **state)
{
    (void)state;
    begin((struct sw_summary_options){.by = SW_SUMMARY_SCENE});
    add_all();
    assert_int_equal(summary.override_count, 4);
    expect_override(0, "left", "anna", 100, 200, 100);
    expect_override(1, "right", "anna", 110, 150, 40);
    expect_override(2, "left", "bela", 200, 210, 10);
    expect_override(3, "left", "bela", 300, 310, 10);
    begin((struct sw_summary_options){.by = SW_SUMMARY_SCENE});
    add("left", "notice", "override", "anna", false, 0, 10); /* its beginning has rotted */
    add("left", "notice", "override", "anna", false, 50, 60); /* and what was between */
    assert_int_equal(summary.override_count, 1);
    expect_override(0, "left", "anna", 0, 60, 20);
}

/* What begins before the time asked for is cut, and is no showing of that time. */
static void test_cut(void **state)
{
    (void)state;
    begin((struct sw_summary_options){.by = SW_SUMMARY_SCENE, .from = DIARY_BEGIN + 50 * SW_SECOND, .to = DIARY_BEGIN + 105 * SW_SECOND});
    add_all();
    sw_summary_sort(&summary);
    assert_int_equal(summary.count, 3);
    expect_row(0, "rhein", 0, 0, 50, 50, 100);
    expect_row(1, "hafen", 0, 0, 40, 50, 90);
    expect_row(2, "notice", 0, 1, 5, 100, 105);
    expect_override(0, "left", "anna", 100, 105, 5);
}

static void test_hours(void **state)
{
    (void)state;
    begin((struct sw_summary_options){.by = SW_SUMMARY_HOUR, .rules = berlin});
    add("left", "rhein", "playlist", "", true, 3570, 3630);
    add("left", "rhein", "playlist", "", false, 3630, 4000);
    add("right", "rhein", "playlist", "", true, 3580, 3590);
    add("left", "hafen", "playlist", "", true, 4000, 11000);
    sw_summary_sort(&summary);
    assert_int_equal(summary.count, 4);
    expect_row(0, "", 0, 2, 40, 3570, 3600);
    expect_row(1, "", 3600, 1, 3600, 3600, 7200);
    expect_row(2, "", 7200, 0, 3600, 7200, 10800);
    expect_row(3, "", 10800, 0, 200, 10800, 11000);
}

/* The day on which clocks go back in Berlin has 25 hours, and one hour twice. */
static void test_days(void **state)
{
    (void)state;
    sw_instant day;
    assert_true(sw_civil_parse(berlin, "2026-10-25T00:00", &day));
    struct sw_play play = {.from = day - SW_HOUR, .until = day + 30 * SW_HOUR, .begins = true};
    begin((struct sw_summary_options){.by = SW_SUMMARY_DAY, .rules = berlin});
    sw_summary_add(&summary, &play);
    sw_summary_sort(&summary);
    assert_int_equal(summary.count, 3);
    assert_int_equal(summary.rows[0].shown, SW_HOUR);
    assert_int_equal(summary.rows[0].times, 1);
    assert_int_equal(summary.rows[1].shown, 25 * SW_HOUR);
    assert_int_equal(summary.rows[1].begin, day);
    assert_int_equal(summary.rows[2].shown, 5 * SW_HOUR);
    begin((struct sw_summary_options){.by = SW_SUMMARY_HOUR, .rules = berlin});
    sw_summary_add(&summary, &play);
    assert_int_equal(summary.count, 31);
}

static void test_many(void **state)
{
    (void)state;
    begin((struct sw_summary_options){.by = SW_SUMMARY_SCENE});
    for (long round = 0; round < 3; round++)
        for (long number = 0; number < 10000; number++) {
            struct sw_play play = diary_play(number);
            sw_summary_add(&summary, &play);
        }
    assert_int_equal(summary.count, 10000);
    for (size_t i = 0; i < summary.count; i++)
        assert_int_equal(summary.rows[i].shown, 30 * SW_SECOND);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {TEST(test_scenes), TEST(test_reasons), TEST(test_overrides), TEST(test_cut),
                                       TEST(test_hours),  TEST(test_days),    TEST(test_many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
