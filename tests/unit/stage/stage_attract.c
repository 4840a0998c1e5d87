/* SPDX-License-Identifier: EUPL-1.2 */
/* A zone that nobody touches: playlist, pages, readiness, failures, transitions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bed.h"

static struct bed_options playing(const char *playlist) { return (struct bed_options){.playlist = playlist}; }

static void the_first_scene_is_a_cut(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing(NULL));
    assert_null(bed_status(&bed, 0).scene);
    bed_step(&bed, false);
    assert_shown(&bed, 0, "a#one");
    assert_false(bed_status(&bed, 0).changing);
    assert_int_equal(bed_status(&bed, 0).changes, 1);
    bed_close(&bed);
}

static void the_playlist_is_followed(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing(NULL));
    bed_step(&bed, false);
    bed_pass(&bed, 11900 * SW_MS);
    assert_shown(&bed, 0, "a#three");
    assert_false(bed_status(&bed, 0).changing);
    bed_pass(&bed, 200 * SW_MS);
    assert_true(bed_status(&bed, 0).changing);
    assert_shown(&bed, 0, "a#three"); /* what goes, while it changes */
    bed_pass(&bed, 600 * SW_MS);
    assert_false(bed_status(&bed, 0).changing);
    assert_shown(&bed, 0, "b");
    bed_pass(&bed, 8 * SW_SECOND);
    assert_shown(&bed, 0, "a#one");
    assert_int_equal(bed_status(&bed, 0).changes, 5);
    bed_close(&bed);
}

static void pages_turn_by_their_own_time(void **state)
{
    (void)state;
    static const struct {
        int64_t at_ms;
        const char *shown;
    } table[] = {{0, "a#one"}, {3900, "a#one"}, {4700, "a#two"}, {7900, "a#two"}, {8700, "a#three"}, {11900, "a#three"}};
    struct bed bed;
    bed_open(&bed, playing(NULL));
    bed_step(&bed, false);
    int64_t at = 0;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        bed_pass(&bed, (table[i].at_ms - at) * SW_MS);
        at = table[i].at_ms;
        assert_shown(&bed, 0, table[i].shown);
    }
    bed_close(&bed);
}

static void a_scene_is_made_ready_before_its_turn(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing("{\"loop\": [{\"scene\": \"b\", \"for\": \"10s\"}, {\"scene\": \"late\", \"for\": \"10s\"}]}"));
    bed.late_is_there = true;
    bed_step(&bed, false);
    bed_pass(&bed, 6900 * SW_MS);
    assert_int_equal(bed.late_asked, 0);
    bed_pass(&bed, 200 * SW_MS);
    assert_true(bed.late_asked > 0);
    assert_shown(&bed, 0, "b");
    bed_pass(&bed, 3 * SW_SECOND);
    assert_true(bed_status(&bed, 0).changing);
    bed_close(&bed);
}

static void what_is_not_ready_is_waited_for(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing("{\"loop\": [{\"scene\": \"b\", \"for\": \"10s\"}, {\"scene\": \"late\", \"for\": \"10s\"}]}"));
    bed_step(&bed, false);
    bed_pass(&bed, 15 * SW_SECOND);
    assert_shown(&bed, 0, "b");
    assert_false(bed_status(&bed, 0).changing);
    bed.late_is_there = true;
    bed_step(&bed, true);
    bed_settle(&bed);
    assert_shown(&bed, 0, "late");
    bed_pass(&bed, 6 * SW_SECOND);
    assert_shown(&bed, 0, "b"); /* its turn ended when it was to end */
    bed_close(&bed);
}

static void what_fails_is_passed_over_and_tried_again(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing("{\"loop\": [{\"scene\": \"a\", \"for\": \"10s\"}, {\"scene\": \"broken\", \"for\": \"10s\"},"
                           " {\"scene\": \"b\", \"for\": \"10s\"}]}"));
    bed_step(&bed, false);
    for (int i = 0; i < 58; i++) {
        bed_pass(&bed, SW_SECOND);
        assert_string_not_equal(bed_status(&bed, 0).scene, "broken");
        if (i > 10 && i < 28)
            assert_shown(&bed, 0, "b");
    }
    int asked = bed.broken_asked;
    assert_true(asked > 0);
    bed_pass(&bed, 8 * SW_MINUTE);
    assert_int_equal(bed.broken_asked, asked);
    bed_pass(&bed, 4 * SW_MINUTE);
    assert_true(bed.broken_asked > asked);
    bed_close(&bed);
}

static void all_that_there_is_shows_even_if_it_lacks_a_picture(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing("{\"loop\": [{\"scene\": \"broken\", \"for\": \"10s\"}]}"));
    bed_step(&bed, false);
    bed_pass(&bed, 25 * SW_SECOND);
    assert_shown(&bed, 0, "broken");
    bed_close(&bed);
}

static void an_empty_playlist_shows_the_first_scene(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing("{\"loop\": [{\"scene\": \"b\", \"for\": \"10s\", \"on\": {\"dates\": \"2020-01-01..2020-01-02\"}}]}"));
    bed_step(&bed, false);
    assert_shown(&bed, 0, "a#one");
    bed_close(&bed);
}

static void reduced_motion_cuts(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, (struct bed_options){.reduced_motion = true});
    bed_step(&bed, false);
    for (int i = 0; i < 25 * 4; i++) {
        bed_pass(&bed, SW_SECOND / 4);
        assert_false(bed_status(&bed, 0).changing);
    }
    assert_int_equal(bed_status(&bed, 0).changes, 3 + 1 + 2);
    bed_close(&bed);
}

static void the_mix_only_ever_rises_within_a_change(void **state)
{
    (void)state;
    struct bed bed;
    const struct sw_stage_zone *frames = NULL;
    bed_open(&bed, playing(NULL));
    bed_step(&bed, false);
    bed_pass(&bed, 12 * SW_SECOND);
    double mix = -1;
    int seen = 0;
    while (bed_status(&bed, 0).changing) {
        (void)sw_stage_zones(bed.stage, &frames);
        assert_non_null(frames[0].list);
        assert_non_null(frames[0].next);
        assert_true(frames[0].mix >= mix && frames[0].mix <= 1);
        mix = frames[0].mix;
        seen++;
        bed_pass(&bed, 16667);
    }
    assert_true(seen > 30 && mix > 0.9);
    (void)sw_stage_zones(bed.stage, &frames);
    assert_null(frames[0].next);
    bed_close(&bed);
}

static void a_still_scene_is_left_alone(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, (struct bed_options){.wall = "two", .playlist = "{\"loop\": [{\"scene\": \"b\", \"for\": \"1h\"}]}"});
    bed_step(&bed, false);
    bed_pass(&bed, 45 * SW_SECOND); /* the right zone has the same scene for another turn */
    uint64_t steps = bed.steps;
    bed_pass(&bed, 10 * SW_SECOND);
    assert_int_equal(bed.steps - steps, 1); /* bed_pass's own */
    bed_close(&bed);
}

static void conditions_follow_the_clock(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing("{\"loop\": [{\"scene\": \"b\", \"for\": \"10m\"},"
                           "{\"scene\": \"hub\", \"for\": \"10m\", \"when\": \"hour(now) == 1\", \"interrupt\": true}]}"));
    bed_step(&bed, false);
    assert_shown(&bed, 0, "b");
    bed_pass(&bed, SW_HOUR - 100 * SW_MS);
    assert_shown(&bed, 0, "b");
    assert_false(bed_status(&bed, 0).changing);
    bed_pass(&bed, 1100 * SW_MS); /* it breaks in on the hour */
    assert_shown(&bed, 0, "hub");
    bed_pass(&bed, SW_HOUR + SW_SECOND);
    assert_shown(&bed, 0, "b");
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_scene_is_a_cut),
        cmocka_unit_test(the_playlist_is_followed),
        cmocka_unit_test(pages_turn_by_their_own_time),
        cmocka_unit_test(a_scene_is_made_ready_before_its_turn),
        cmocka_unit_test(what_is_not_ready_is_waited_for),
        cmocka_unit_test(what_fails_is_passed_over_and_tried_again),
        cmocka_unit_test(all_that_there_is_shows_even_if_it_lacks_a_picture),
        cmocka_unit_test(an_empty_playlist_shows_the_first_scene),
        cmocka_unit_test(reduced_motion_cuts),
        cmocka_unit_test(the_mix_only_ever_rises_within_a_change),
        cmocka_unit_test(a_still_scene_is_left_alone),
        cmocka_unit_test(conditions_follow_the_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
