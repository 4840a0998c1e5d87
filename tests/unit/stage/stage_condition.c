/* SPDX-License-Identifier: EUPL-1.2 */
/* Playlists whose `when`s read live data: scenes that come with the data and go with them, what was true in the past, and what it costs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bed.h"
#include "stage/condition.h"

static const struct bed_file sources[] = {
    {"scenes/sources.json",
     "{\"rhein\": {\"file\": \"data/rhein.json\", \"fresh_for\": \"30m\", \"expire_after\": \"2h\", \"fallback\": \"hide\","
     "   \"fields\": {\"level\": {\"type\": \"number\"}}},"
     " \"wind\": {\"file\": \"data/wind.json\", \"fresh_for\": \"30m\", \"expire_after\": \"2h\", \"fallback\": \"last\","
     "   \"fields\": {\"speed\": {\"type\": \"number\"}}}}"},
    {NULL, NULL},
};

static struct bed_options playing(const char *playlist) { return (struct bed_options){.playlist = playlist, .files = sources}; }

#define FLOOD \
    "{\"loop\": [{\"scene\": \"b\", \"for\": \"20s\"}, {\"scene\": \"hub\", \"for\": \"20s\"}," \
    " {\"scene\": \"long\", \"for\": \"30s\", \"when\": \"rhein.level > 800\", \"interrupt\": true, \"priority\": 5}]}"

static void high_water_comes_first_and_goes_again(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing(FLOOD));
    bed_step(&bed, false);
    bed_put(&bed, "rhein", "{\"level\": 640}");
    bed_pass(&bed, 5 * SW_SECOND);
    assert_shown(&bed, 0, "b");
    bed_put(&bed, "rhein", "{\"level\": 805}");
    bed_step(&bed, false);
    assert_true(bed_status(&bed, 0).changing); /* in the very step in which the data came */
    bed_settle(&bed);
    assert_shown(&bed, 0, "long");
    bed_pass(&bed, 60 * SW_SECOND); /* round and round, as long as it holds */
    assert_shown(&bed, 0, "long");
    bed_put(&bed, "rhein", "{\"level\": 790}");
    bed_step(&bed, false);
    assert_true(bed_status(&bed, 0).changing);
    bed_settle(&bed);
    assert_shown(&bed, 0, "hub"); /* what is due by the cycle, which went on beneath: 66 s of 40 */
    bed_close(&bed);
}

static void data_that_change_no_truth_change_nothing(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing(FLOOD));
    bed_step(&bed, false);
    uint64_t changes = bed_status(&bed, 0).changes;
    for (int i = 0; i < 100; i++) {
        bed_put(&bed, "rhein", i % 2 == 0 ? "{\"level\": 700}" : "{\"level\": 701}");
        bed_pass(&bed, 100 * SW_MS);
    }
    assert_int_equal(bed_status(&bed, 0).changes, changes);
    bed_close(&bed);
}

static void an_expired_reading_is_no_reason(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing(FLOOD));
    bed_put(&bed, "rhein", "{\"level\": 900}");
    bed_step(&bed, false);
    bed_pass(&bed, 2 * SW_HOUR - SW_SECOND);
    assert_shown(&bed, 0, "long"); /* stale, but the last that is known */
    bed_pass(&bed, 3 * SW_SECOND);
    assert_string_not_equal(bed_shown(&bed, 0), "long");
    bed_close(&bed);
}

static void the_last_value_stays_a_reason_where_it_is_declared_to(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing("{\"loop\": [{\"scene\": \"b\", \"for\": \"20s\"},"
                           " {\"scene\": \"long\", \"for\": \"30s\", \"when\": \"wind.speed > 20\", \"interrupt\": true}]}"));
    bed_put(&bed, "wind", "{\"speed\": 25}");
    bed_step(&bed, false);
    bed_pass(&bed, 5 * SW_HOUR);
    assert_shown(&bed, 0, "long");
    bed_close(&bed);
}

static void during_a_visit_the_log_goes_on(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing(FLOOD));
    bed_step(&bed, false);
    bed_pass(&bed, SW_SECOND);
    bed_press(&bed, BED_HOME, BED_BAR);
    bed_put(&bed, "rhein", "{\"level\": 900}");
    bed_pass(&bed, 10 * SW_SECOND);
    assert_shown(&bed, 0, "hub"); /* a visitor is not sent away by the water */
    bed_pass(&bed, 80 * SW_SECOND);
    assert_shown(&bed, 0, "long");
    bed_close(&bed);
}

static void what_is_chosen_at_a_boundary_stays_for_its_turn(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing("{\"loop\": [{\"scene\": \"b\", \"for\": \"20s\"},"
                           " {\"scene\": \"long\", \"for\": \"20s\", \"when\": \"rhein.level > 800\"}]}"));
    bed_step(&bed, false);
    bed_put(&bed, "rhein", "{\"level\": 900}");
    bed_pass(&bed, 19 * SW_SECOND);
    assert_shown(&bed, 0, "b");
    bed_pass(&bed, 3 * SW_SECOND);
    assert_shown(&bed, 0, "long");
    bed_put(&bed, "rhein", "{\"level\": 500}");
    bed_pass(&bed, 10 * SW_SECOND);
    assert_shown(&bed, 0, "long");
    bed_pass(&bed, 10 * SW_SECOND);
    assert_shown(&bed, 0, "b");
    bed_pass(&bed, 60 * SW_SECOND);
    assert_shown(&bed, 0, "b");
    bed_close(&bed);
}

/* -- the conditions alone -- */

static void start(struct bed *bed, struct sw_conditions *conditions, const char *playlist)
{
    bed_open(bed, playing(playlist));
    const struct sw_wall *wall = sw_exhibition_wall(bed->exhibition, NULL);
    sw_conditions_init(conditions, bed->exhibition, &wall->zones[0], "wide", "de", bed->data);
}

static bool at(const struct sw_conditions *conditions, size_t item, sw_instant instant)
{
    return conditions->data.truth(conditions->data.context, conditions->zone->playlist->items[item].when, instant);
}

static sw_instant next(const struct sw_conditions *conditions, sw_instant instant)
{
    return conditions->data.next_change(conditions->data.context, instant);
}

static void the_past_stays_as_it_was(void **state)
{
    (void)state;
    struct bed bed;
    struct sw_conditions conditions;
    start(&bed, &conditions, FLOOD);
    sw_instant begin = bed.now.instant;
    assert_true(sw_conditions_update(&conditions, begin));
    assert_false(at(&conditions, 2, begin));
    assert_int_equal(next(&conditions, begin - 1), SW_NEVER);
    for (int hour = 1; hour <= 6; hour++) {
        bed.now.instant = begin + hour * SW_HOUR;
        bed_put(&bed, "rhein", hour % 2 == 1 ? "{\"level\": 900}" : "{\"level\": 100}");
        assert_true(sw_conditions_update(&conditions, bed.now.instant));
    }
    for (int hour = 1; hour <= 6; hour++) {
        assert_int_equal(at(&conditions, 2, begin + hour * SW_HOUR), hour % 2 == 1);
        assert_int_equal(at(&conditions, 2, begin + hour * SW_HOUR - 1), hour % 2 == 0);
        assert_true(next(&conditions, begin + hour * SW_HOUR - 1) == begin + hour * SW_HOUR);
    }
    sw_conditions_finish(&conditions);
    bed_close(&bed);
}

static void new_data_with_the_old_truth_are_no_change(void **state)
{
    (void)state;
    struct bed bed;
    struct sw_conditions conditions;
    start(&bed, &conditions, FLOOD);
    sw_instant begin = bed.now.instant;
    for (int i = 0; i < 1000; i++) {
        bed.now.instant = begin + i * SW_SECOND;
        bed_put(&bed, "rhein", i % 3 == 0 ? "{\"level\": 900}" : "{\"level\": 950}");
        assert_int_equal(sw_conditions_update(&conditions, bed.now.instant), i == 0);
    }
    assert_true(next(&conditions, begin - 1) == begin);
    assert_true(next(&conditions, begin) > bed.now.instant); /* when the last reading grows stale */
    sw_conditions_finish(&conditions);
    bed_close(&bed);
}

static void expiry_is_an_instant_of_its_own(void **state)
{
    (void)state;
    struct bed bed;
    struct sw_conditions conditions;
    start(&bed, &conditions, FLOOD);
    sw_instant begin = bed.now.instant;
    bed_put(&bed, "rhein", "{\"level\": 900}");
    assert_true(sw_conditions_update(&conditions, begin));
    assert_true(next(&conditions, begin) == begin + 30 * SW_MINUTE);
    assert_true(next(&conditions, begin + 30 * SW_MINUTE) == begin + 2 * SW_HOUR);
    assert_true(at(&conditions, 2, begin + 2 * SW_HOUR - 1)); /* of what lies ahead: as the data are */
    assert_false(at(&conditions, 2, begin + 2 * SW_HOUR));
    assert_true(sw_conditions_update(&conditions, begin + 3 * SW_HOUR)); /* asked late: the log has the very instant */
    assert_true(at(&conditions, 2, begin + 2 * SW_HOUR - 1));
    assert_false(at(&conditions, 2, begin + 2 * SW_HOUR));
    assert_false(sw_conditions_update(&conditions, begin + 4 * SW_HOUR));
    sw_conditions_finish(&conditions);
    bed_close(&bed);
}

static void yesterday_is_forgotten_but_for_how_it_ended(void **state)
{
    (void)state;
    struct bed bed;
    struct sw_conditions conditions;
    start(&bed, &conditions, FLOOD);
    sw_instant begin = bed.now.instant;
    for (int hour = 0; hour < 24 * 14; hour++) {
        bed.now.instant = begin + hour * SW_HOUR;
        bed_put(&bed, "rhein", hour % 2 == 0 ? "{\"level\": 900}" : "{\"level\": 100}");
        assert_true(sw_conditions_update(&conditions, bed.now.instant));
        assert_in_range(conditions.judged[0].log.count, 0, 27);
    }
    for (int hour = 24 * 13 - 1; hour < 24 * 14; hour++) /* back to the last midnight, and an hour more */
        assert_int_equal(at(&conditions, 2, begin + hour * SW_HOUR), hour % 2 == 0);
    sw_conditions_finish(&conditions);
    bed_close(&bed);
}

/* A condition of clock and zone is the same whenever one asks; only what reads data has a log. */
static void the_clock_needs_no_log(void **state)
{
    (void)state;
    struct bed bed;
    struct sw_conditions conditions;
    start(&bed, &conditions, "{\"loop\": [{\"scene\": \"b\", \"when\": \"hour(now) >= 8 and zone == 'only'\"},"
                             " {\"scene\": \"hub\", \"when\": \"hour(now) >= 8 and rhein.level > 800\"}]}");
    sw_instant begin = bed.now.instant;
    assert_int_equal(conditions.judged_count, 1);
    bed_put(&bed, "rhein", "{\"level\": 900}");
    assert_true(sw_conditions_update(&conditions, begin + 7 * SW_HOUR));
    assert_true(at(&conditions, 0, begin + 8 * SW_HOUR));
    assert_false(at(&conditions, 0, begin + 8 * SW_HOUR - 1));
    assert_false(at(&conditions, 1, begin + 8 * SW_HOUR - 1));
    bed.now.instant = begin + 7 * SW_HOUR;
    bed_put(&bed, "rhein", "{\"level\": 901}");
    (void)sw_conditions_update(&conditions, begin + 7 * SW_HOUR);
    assert_true(sw_conditions_update(&conditions, begin + 8 * SW_HOUR + SW_MINUTE));
    assert_false(at(&conditions, 1, begin + 8 * SW_HOUR - 1));
    assert_true(at(&conditions, 1, begin + 8 * SW_HOUR));
    sw_conditions_finish(&conditions);
    bed_close(&bed);
}

/* The day begins anew with what held at its midnight. */
static void a_day_begins_with_what_held_at_midnight(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, playing("{\"loop\": [{\"scene\": \"b\", \"for\": \"7s\"},"
                           " {\"scene\": \"long\", \"for\": \"5s\", \"when\": \"rhein.level > 800\"}]}"));
    bed.now.instant += 24 * SW_HOUR - 90 * SW_SECOND;
    bed_put(&bed, "rhein", "{\"level\": 900}");
    bed_step(&bed, false);
    bed_pass(&bed, 91 * SW_SECOND);
    assert_shown(&bed, 0, "b");
    bed_put(&bed, "rhein", "{\"level\": 100}");
    bed_pass(&bed, 5 * SW_SECOND); /* 6 s */
    bed_put(&bed, "rhein", "{\"level\": 900}");
    bed_pass(&bed, 3 * SW_SECOND);
    assert_shown(&bed, 0, "long");
    bed_pass(&bed, 4 * SW_SECOND); /* 13 s */
    assert_shown(&bed, 0, "b");
    bed_close(&bed);
}

#define ASKED 3000

/* What was wanted when it was now is still what was wanted then, whatever the data have said since. */
static void asked_again_the_past_is_the_same(void **state)
{
    (void)state;
    static struct {
        sw_instant instant;
        struct sw_wanted wanted;
    } asked[ASKED];
    srand(11);
    for (int round = 0; round < 4; round++) {
        struct bed bed;
        struct sw_conditions conditions;
        start(&bed, &conditions,
              "{\"loop\": [{\"scene\": \"b\", \"for\": \"7s\"},"
              " {\"scene\": \"hub\", \"for\": \"5s\", \"when\": \"wind.speed > 50\"},"
              " {\"scene\": \"a\", \"for\": \"11s\", \"when\": \"rhein.level > 30 and minute(now) % 3 == 0\", \"priority\": 1},"
              " {\"scene\": \"long\", \"for\": \"9s\", \"when\": \"rhein.level > 70\", \"interrupt\": true, \"priority\": 2}]}");
        const struct sw_playlist *playlist = conditions.zone->playlist;
        bed.now.instant += 20 * SW_HOUR; /* over midnight */
        for (size_t i = 0; i < ASKED; i++) {
            char body[32];
            bed.now.instant += rand() % 11 * SW_SECOND + (1 + rand() % 1000) * SW_MS;
            (void)snprintf(body, sizeof body, "{\"level\": %d, \"speed\": %d}", rand() % 100, rand() % 100);
            if (rand() % 3 == 0)
                bed_put(&bed, rand() % 2 == 0 ? "rhein" : "wind", body);
            (void)sw_conditions_update(&conditions, bed.now.instant);
            asked[i].instant = bed.now.instant;
            asked[i].wanted = sw_timeline(playlist, bed.exhibition->zone, &conditions.data, bed.now.instant);
        }
        size_t interrupts = 0;
        for (size_t i = 0; i < ASKED; i++) {
            struct sw_wanted again = sw_timeline(playlist, bed.exhibition->zone, &conditions.data, asked[i].instant);
            assert_string_equal(again.scene, asked[i].wanted.scene);
            assert_true(again.turn == asked[i].wanted.turn && again.since == asked[i].wanted.since);
            interrupts += again.item->interrupt;
        }
        assert_in_range(interrupts, ASKED / 10, ASKED / 2);
        sw_conditions_finish(&conditions);
        bed_close(&bed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(high_water_comes_first_and_goes_again),
        cmocka_unit_test(data_that_change_no_truth_change_nothing),
        cmocka_unit_test(an_expired_reading_is_no_reason),
        cmocka_unit_test(the_last_value_stays_a_reason_where_it_is_declared_to),
        cmocka_unit_test(during_a_visit_the_log_goes_on),
        cmocka_unit_test(what_is_chosen_at_a_boundary_stays_for_its_turn),
        cmocka_unit_test(the_past_stays_as_it_was),
        cmocka_unit_test(new_data_with_the_old_truth_are_no_change),
        cmocka_unit_test(expiry_is_an_instant_of_its_own),
        cmocka_unit_test(yesterday_is_forgotten_but_for_how_it_ended),
        cmocka_unit_test(the_clock_needs_no_log),
        cmocka_unit_test(a_day_begins_with_what_held_at_midnight),
        cmocka_unit_test(asked_again_the_past_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
