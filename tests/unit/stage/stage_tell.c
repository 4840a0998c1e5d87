/* SPDX-License-Identifier: EUPL-1.2 */
/* What an operator tells, and what a zone says of why it shows what it shows: that belongs to what is on, not to what comes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bed.h"
#include "stage/tell.h"

static struct bed bed;

static int set_up(void **state)
{
    (void)state;
    bed_open(&bed, (struct bed_options){.wall = NULL}); /* scene a for 12 s, b for 8 s, by a fade of 600 ms */
    bed_step(&bed, false);
    bed_pass(&bed, SW_SECOND);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bed_close(&bed);
    return 0;
}

static void tell(enum sw_tell_kind kind, const char *text, const char *by, int64_t length)
{
    const char *fault = NULL;
    struct sw_tell order = {.kind = kind, .text = text, .by = by, .until = length > 0 ? bed.now.instant + length : SW_NEVER};
    assert_true(sw_stage_tell(bed.stage, &order, bed.now, &fault));
    bed_step(&bed, false);
}

static void expect(const char *scene, const char *why, const char *by)
{
    struct sw_zone_status status = bed_status(&bed, 0);
    assert_string_equal(status.scene, scene);
    assert_string_equal(status.why, why);
    assert_string_equal(status.by, by);
}

static void an_override_begins_and_ends_with_its_scene(void **state)
{
    (void)state;
    expect("a", "playlist", "");
    tell(SW_TELL_OVERRIDE, "hub", "anna", 0);
    expect("a", "playlist", ""); /* still on, and not for anna's sake */
    bed_settle(&bed);
    expect("hub", "override", "anna");
    tell(SW_TELL_CLEAR, NULL, "bela", 0);
    expect("hub", "override", "anna");
    bed_settle(&bed);
    expect("a", "playlist", "");
}

static void the_same_scene_may_be_on_for_another_reason(void **state)
{
    (void)state;
    tell(SW_TELL_OVERRIDE, "a", "anna", 5 * SW_SECOND);
    expect("a", "override", "anna");
    tell(SW_TELL_OVERRIDE, "a", "bela", 5 * SW_SECOND);
    expect("a", "override", "bela");
    bed_pass(&bed, 6 * SW_SECOND);
    bed_settle(&bed);
    expect("a", "playlist", "");
}

/* What is told while a scene comes in by the playlist is no reason of that scene's. */
static void told_in_the_middle_of_a_change(void **state)
{
    (void)state;
    while (!bed_status(&bed, 0).changing)
        bed_pass(&bed, 100 * SW_MS);
    expect("a", "playlist", "");
    tell(SW_TELL_OVERRIDE, "hub", "anna", 0);
    expect("a", "playlist", "");
    while (strcmp(bed_status(&bed, 0).scene, "a") == 0)
        bed_pass(&bed, 50 * SW_MS);
    if (strcmp(bed_status(&bed, 0).scene, "b") == 0)
        expect("b", "playlist", "");
    bed_settle(&bed);
    bed_pass(&bed, SW_SECOND);
    expect("hub", "override", "anna");
}

static void the_next_turn_is_an_override(void **state)
{
    (void)state;
    tell(SW_TELL_NEXT, NULL, "anna", 0);
    bed_settle(&bed);
    expect("b", "override", "anna");
}

static void a_visit_is_nobodys(void **state)
{
    (void)state;
    tell(SW_TELL_OVERRIDE, "hub", "anna", 0);
    bed_settle(&bed);
    bed_pass(&bed, SW_SECOND); /* or the touch is meant for what was there before */
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    expect("hub", "visit", "");
    tell(SW_TELL_HOME, NULL, "bela", 0);
    bed_settle(&bed);
    bed_step(&bed, false);
    expect("hub", "override", "anna");
    tell(SW_TELL_GO, "b", "bela", 0);
    expect("hub", "override", "anna");
    bed_settle(&bed);
    expect("b", "visit", "");
}

static void a_name_may_be_long_or_unknown(void **state)
{
    (void)state;
    char name[200];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    tell(SW_TELL_OVERRIDE, "a", name, 0);
    assert_int_equal(strspn(bed_status(&bed, 0).by, "x"), 64);
    assert_int_equal(strlen(bed_status(&bed, 0).by), 64);
    tell(SW_TELL_OVERRIDE, "a", NULL, 0);
    expect("a", "override", "");
}

static void nothing_due_is_otherwise(void **state)
{
    (void)state;
    struct bed idle;
    bed_open(&idle, (struct bed_options){
                        .playlist = "{\"loop\": [{\"scene\": \"a\", \"on\": {\"time\": \"10:00-11:00\"}}], \"otherwise\": \"b\"}"});
    bed_step(&idle, false);
    bed_pass(&idle, SW_SECOND);
    assert_string_equal(bed_status(&idle, 0).scene, "b");
    assert_string_equal(bed_status(&idle, 0).why, "otherwise");
    bed_close(&idle);
}

/* An override of a playlist is one from its turn to its end; what is told stands over it. */
static void an_override_may_be_published(void **state)
{
    (void)state;
    struct bed wished;
    bed_open(&wished, (struct bed_options){.playlist = "{\"loop\": [{\"scene\": \"a\", \"for\": \"5s\"}, {\"scene\": \"hub\", "
                                                       "\"interrupt\": true, \"from\": \"2026-11-23T00:00:10\", \"until\": "
                                                       "\"2026-11-23T00:00:30\", \"by\": \"Kerstin\"}]}"});
    bed_step(&wished, false);
    bed_pass(&wished, SW_SECOND);
    assert_string_equal(bed_status(&wished, 0).why, "playlist");
    bed_pass(&wished, 15 * SW_SECOND);
    assert_string_equal(bed_status(&wished, 0).scene, "hub");
    assert_string_equal(bed_status(&wished, 0).why, "override");
    assert_string_equal(bed_status(&wished, 0).by, "Kerstin");
    bed_pass(&wished, 20 * SW_SECOND);
    assert_string_equal(bed_status(&wished, 0).scene, "a");
    assert_string_equal(bed_status(&wished, 0).why, "playlist");
    assert_string_equal(bed_status(&wished, 0).by, "");
    bed_close(&wished);
}

/* What holds, one more than there is room for. */
static size_t holds(struct sw_tell told[3])
{
    memset(told, 0, 3 * sizeof *told);
    return sw_stage_told(bed.stage, bed.now.instant, told, 3);
}

static void what_holds_can_be_told_again(void **state)
{
    (void)state;
    struct sw_tell told[3];
    assert_int_equal(holds(told), 0);
    tell(SW_TELL_GO, "b", "anna", 0); /* a visit's */
    tell(SW_TELL_LANGUAGE, "en", "anna", 0);
    assert_int_equal(holds(told), 0);
    tell(SW_TELL_OVERRIDE, "hub", "anna", 5 * SW_SECOND);
    assert_int_equal(holds(told), 1);
    assert_int_equal(told[0].kind, SW_TELL_OVERRIDE);
    assert_string_equal(told[0].zone, "only");
    assert_string_equal(told[0].text, "hub");
    assert_string_equal(told[0].by, "anna");
    assert_int_equal(told[0].until, bed.now.instant + 5 * SW_SECOND);
    tell(SW_TELL_CLEANING, NULL, "bela", 20 * SW_SECOND);
    assert_int_equal(holds(told), 2);
    assert_int_equal(told[0].kind, SW_TELL_CLEANING);
    assert_int_equal(told[0].until, bed.now.instant + 20 * SW_SECOND);
    assert_int_equal(sw_stage_told(bed.stage, bed.now.instant, told, 1), 1);
    bed_pass(&bed, 6 * SW_SECOND);
    assert_int_equal(holds(told), 1);
    bed_pass(&bed, 20 * SW_SECOND);
    assert_int_equal(holds(told), 0);
    tell(SW_TELL_OVERRIDE, "hub", NULL, 0);
    assert_int_equal(holds(told), 1);
    assert_true(told[0].until == SW_NEVER);
    tell(SW_TELL_CLEAR, NULL, NULL, 0);
    assert_int_equal(holds(told), 0);
    tell(SW_TELL_NEXT, NULL, "anna", 0);
    assert_int_equal(holds(told), 1);
}

/* A clock jumps, and what was told keeps its length; who is there stays. */
static void another_end_and_nothing_else(void **state)
{
    (void)state;
    struct sw_tell told[3];
    tell(SW_TELL_OVERRIDE, "hub", "anna", 30 * SW_SECOND);
    tell(SW_TELL_CLEANING, NULL, NULL, 2 * SW_SECOND);
    bed_settle(&bed);
    bed_pass(&bed, 3 * SW_SECOND);
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    expect("hub", "visit", "");
    bed.now.instant -= 24 * SW_HOUR;
    told[0] = (struct sw_tell){.kind = SW_TELL_OVERRIDE, .zone = "only", .until = bed.now.instant + 10 * SW_SECOND};
    sw_stage_retell(bed.stage, &told[0], bed.now);
    told[0].zone = "cellar";
    sw_stage_retell(bed.stage, &told[0], bed.now);
    told[0] = (struct sw_tell){.kind = SW_TELL_CLEANING, .until = bed.now.instant};
    sw_stage_retell(bed.stage, &told[0], bed.now);
    bed_step(&bed, false);
    expect("hub", "visit", "");
    tell(SW_TELL_HOME, NULL, NULL, 0);
    bed_settle(&bed);
    expect("hub", "override", "anna");
    assert_int_equal(holds(told), 1);
    bed_pass(&bed, 11 * SW_SECOND);
    bed_settle(&bed);
    assert_string_equal(bed_status(&bed, 0).why, "playlist");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {TEST(an_override_begins_and_ends_with_its_scene),
                                       TEST(the_same_scene_may_be_on_for_another_reason),
                                       TEST(told_in_the_middle_of_a_change),
                                       TEST(the_next_turn_is_an_override),
                                       TEST(a_visit_is_nobodys),
                                       TEST(a_name_may_be_long_or_unknown),
                                       TEST(what_holds_can_be_told_again),
                                       TEST(another_end_and_nothing_else),
                                       cmocka_unit_test(nothing_due_is_otherwise),
                                       cmocka_unit_test(an_override_may_be_published)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
