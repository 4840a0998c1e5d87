/* SPDX-License-Identifier: EUPL-1.2 */
/* The timeline without data: cycles, priorities, edges, midnights and clock changes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "timeline_support.h"

static int setup(void **state)
{
    *state = berlin();
    return 0;
}

static int teardown(void **state)
{
    sw_zone_rules_destroy(*state);
    return 0;
}

static const struct sw_playlist_turn turn_a[] = {{"a", 10 * SW_SECOND}};
static const struct sw_playlist_turn turns_b[] = {{"b1", 20 * SW_SECOND}, {"b2", 5 * SW_SECOND}};
static const struct sw_playlist_turn turn_c[] = {{"c", 25 * SW_SECOND}};
static const struct sw_playlist_turn turn_d[] = {{"d", 7 * SW_SECOND}};

#define ITEM(row) .turns = row, .turn_count = SW_COUNT(row)

/* One row: at this instant this scene, since and until when. */
struct expectation {
    const char *at, *scene, *since, *until;
};

static void check_rows(const struct sw_playlist *playlist, const struct sw_zone_rules *zone, const struct sw_timeline_data *data,
                       const struct expectation *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct sw_wanted wanted = sw_timeline(playlist, zone, data, instant_of(zone, rows[i].at));
        if (wanted.scene == NULL || strcmp(wanted.scene, rows[i].scene) != 0 || wanted.since != instant_of(zone, rows[i].since) ||
            wanted.until != instant_of(zone, rows[i].until)) {
            sw_instant anchor = instant_of(zone, rows[i].at);
            fail_msg("at %s: %s, since %+lld us, until %+lld us", rows[i].at, wanted.scene, (long long)(wanted.since - anchor),
                     (long long)(wanted.until - anchor));
        }
    }
}

static void cycle_from_midnight(void **state)
{
    static const struct sw_playlist_item items[] = {{ITEM(turn_a)}, {ITEM(turns_b)}, {.turn_count = 0}, {ITEM(turn_c)}};
    static const struct sw_playlist playlist = {.id = "p", .items = items, .count = SW_COUNT(items), .otherwise = "o"};
    static const struct expectation rows[] = { /* a round lasts a minute */
        {"2026-11-23T00:00:00", "a", "2026-11-23T00:00:00", "2026-11-23T00:00:10"},
        {"2026-11-23T00:00:09.999999", "a", "2026-11-23T00:00:00", "2026-11-23T00:00:10"},
        {"2026-11-23T00:00:10", "b1", "2026-11-23T00:00:10", "2026-11-23T00:00:30"},
        {"2026-11-23T00:00:30", "b2", "2026-11-23T00:00:30", "2026-11-23T00:00:35"},
        {"2026-11-23T00:00:35", "c", "2026-11-23T00:00:35", "2026-11-23T00:01:00"},
        {"2026-11-23T00:01:00", "a", "2026-11-23T00:01:00", "2026-11-23T00:01:10"},
        {"2026-11-23T14:05:33", "b2", "2026-11-23T14:05:30", "2026-11-23T14:05:35"},
        {"2026-11-23T23:59:59.5", "c", "2026-11-23T23:59:35", "2026-11-24T00:00:00"},
    };
    check_rows(&playlist, *state, NULL, rows, SW_COUNT(rows));
    struct sw_wanted wanted = sw_timeline(&playlist, *state, NULL, instant_of(*state, "2026-11-23T00:00:40"));
    assert_ptr_equal(wanted.item, &items[3]);
}

static void midnight_begins_anew(void **state)
{
    static const struct sw_playlist_item items[] = {{ITEM(turn_a)}, {ITEM(turn_d)}}; /* 17 s; 86 400 = 5082 * 17 + 6 */
    static const struct sw_playlist playlist = {.id = "p", .items = items, .count = SW_COUNT(items), .otherwise = "o"};
    static const struct expectation rows[] = {
        {"2026-11-23T23:59:53", "d", "2026-11-23T23:59:47", "2026-11-23T23:59:54"},
        {"2026-11-23T23:59:59", "a", "2026-11-23T23:59:54", "2026-11-24T00:00:00"},
        {"2026-11-24T00:00:00", "a", "2026-11-24T00:00:00", "2026-11-24T00:00:10"},
        {"2026-11-24T00:00:10", "d", "2026-11-24T00:00:10", "2026-11-24T00:00:17"},
    };
    check_rows(&playlist, *state, NULL, rows, SW_COUNT(rows));
    struct sw_wanted last = sw_timeline(&playlist, *state, NULL, instant_of(*state, "2026-11-23T23:59:59"));
    struct sw_wanted first = sw_timeline_after(&playlist, *state, NULL, &last);
    assert_string_equal(first.scene, "a");
    assert_true(first.since == last.until);
    assert_true(first.turn != last.turn);
    struct sw_wanted second = sw_timeline_after(&playlist, *state, NULL, &first);
    assert_string_equal(second.scene, "d");
}

static void real_time_counts_when_the_clock_changes(void **state)
{
    static const struct sw_playlist_turn half[] = {{"x", 25 * SW_MINUTE}, {"y", 45 * SW_MINUTE}};
    static const struct sw_playlist_item items[] = {{ITEM(half)}}; /* 70 minutes */
    static const struct sw_playlist playlist = {.id = "p", .items = items, .count = 1, .otherwise = "o"};
    static const struct expectation rows[] = {
        {"2026-03-28T12:00", "x", "2026-03-28T11:40", "2026-03-28T12:05"}, /* 12 h elapsed: 10 rounds and 20 minutes */
        {"2026-03-29T12:00", "y", "2026-03-29T11:55", "2026-03-29T12:40"}, /* 11 h: 9 rounds and 30 minutes */
        {"2026-10-25T12:00", "x", "2026-10-25T11:50", "2026-10-25T12:15"}, /* 13 h: 11 rounds and 10 minutes */
        {"2026-10-25T02:50+02:00", "y", "2026-10-25T02:45+02:00", "2026-10-25T02:30+01:00"},
        {"2026-10-25T23:59", "y", "2026-10-25T23:55", "2026-10-26T00:00"}, /* 25 h in all: 21 rounds and 30 minutes */
    };
    check_rows(&playlist, *state, NULL, rows, SW_COUNT(rows));
}

static void priorities_and_edges(void **state)
{
    struct spelt noon, late, holiday;
    spell(&noon, &(struct words){.times = {"12:00-12:01"}});
    spell(&late, &(struct words){.times = {"22:00-02:00"}, .days = "fri"});
    spell(&holiday, &(struct words){.in_holidays = true});
    const struct sw_playlist_item items[] = {
        {ITEM(turn_a)},
        {ITEM(turn_d), .has_schedule = true, .schedule = noon.schedule},                   /* joins the cycle */
        {ITEM(turn_c), .has_schedule = true, .schedule = late.schedule, .priority = 2},    /* stands over it */
        {ITEM(turns_b), .has_schedule = true, .schedule = holiday.schedule, .priority = 5},
    };
    const struct sw_playlist playlist = {.id = "p", .items = items, .count = SW_COUNT(items), .otherwise = "o"};
    static const struct expectation rows[] = {
        {"2026-11-27T11:59:55", "a", "2026-11-27T11:59:50", "2026-11-27T12:00:00"},
        {"2026-11-27T12:00:00", "a", "2026-11-27T12:00:00", "2026-11-27T12:00:10"},
        {"2026-11-27T12:00:10", "d", "2026-11-27T12:00:10", "2026-11-27T12:00:17"},
        {"2026-11-27T12:00:55", "a", "2026-11-27T12:00:51", "2026-11-27T12:01:00"}, /* cut by the edge */
        {"2026-11-27T12:01:00", "a", "2026-11-27T12:01:00", "2026-11-27T12:01:10"},
        {"2026-11-27T22:00:00", "c", "2026-11-27T22:00:00", "2026-11-27T22:00:25"},
        {"2026-11-27T23:59:50", "c", "2026-11-27T23:59:35", "2026-11-28T00:00:00"},
        {"2026-11-28T00:00:00", "c", "2026-11-28T00:00:00", "2026-11-28T00:00:25"}, /* Friday's span goes on, midnight counts */
        {"2026-11-28T01:59:59", "c", "2026-11-28T01:59:35", "2026-11-28T02:00:00"},
        {"2026-11-28T02:00:05", "a", "2026-11-28T02:00:00", "2026-11-28T02:00:10"},
        {"2026-04-03T22:00:01", "b1", "2026-04-03T22:00:00", "2026-04-03T22:00:20"}, /* a low item's edge is an edge, too */
        {"2026-04-03T12:00:30", "b1", "2026-04-03T12:00:25", "2026-04-03T12:00:45"},
    };
    check_rows(&playlist, *state, NULL, rows, SW_COUNT(rows));
}

static void nothing_on(void **state)
{
    struct spelt morning;
    spell(&morning, &(struct words){.times = {"08:00-09:00"}});
    const struct sw_playlist_item items[] = {{ITEM(turn_a), .has_schedule = true, .schedule = morning.schedule}};
    struct sw_playlist playlist = {.id = "p", .items = items, .count = 1, .otherwise = "o"};
    static const struct expectation rows[] = {
        {"2026-11-23T07:00", "o", "2026-11-23T00:00", "2026-11-23T08:00"},
        {"2026-11-23T08:00", "a", "2026-11-23T08:00", "2026-11-23T08:00:10"},
        {"2026-11-23T09:00", "o", "2026-11-23T09:00", "2026-11-24T00:00"},
    };
    check_rows(&playlist, *state, NULL, rows, SW_COUNT(rows));
    struct sw_wanted wanted = sw_timeline(&playlist, *state, NULL, instant_of(*state, "2026-11-23T07:00"));
    assert_null(wanted.item);
    playlist.otherwise = NULL;
    wanted = sw_timeline(&playlist, *state, NULL, instant_of(*state, "2026-11-23T07:00"));
    assert_null(wanted.scene);
    const struct sw_playlist empty = {.id = "empty", .otherwise = "o"};
    wanted = sw_timeline(&empty, *state, NULL, instant_of(*state, "2026-11-23T07:00"));
    assert_string_equal(wanted.scene, "o");
    assert_true(wanted.until == instant_of(*state, "2026-11-24T00:00"));
}

static void interrupts_by_schedule(void **state)
{
    struct spelt noon, half_past;
    spell(&noon, &(struct words){.times = {"12:00-12:01"}});
    spell(&half_past, &(struct words){.times = {"12:30-12:31"}});
    const struct sw_playlist_item items[] = {
        {ITEM(turn_a), .priority = 1},
        {ITEM(turns_b), .has_schedule = true, .schedule = noon.schedule, .interrupt = true, .priority = 1},
        {ITEM(turn_c), .has_schedule = true, .schedule = half_past.schedule, .interrupt = true}, /* too low */
    };
    const struct sw_playlist playlist = {.id = "p", .items = items, .count = SW_COUNT(items), .otherwise = "o"};
    static const struct expectation rows[] = {
        {"2026-11-23T11:59:59", "a", "2026-11-23T11:59:50", "2026-11-23T12:00:00"},
        {"2026-11-23T12:00:00", "b1", "2026-11-23T12:00:00", "2026-11-23T12:00:20"},
        {"2026-11-23T12:00:20", "b2", "2026-11-23T12:00:20", "2026-11-23T12:00:25"},
        {"2026-11-23T12:00:55", "b1", "2026-11-23T12:00:50", "2026-11-23T12:01:00"},
        {"2026-11-23T12:01:00", "a", "2026-11-23T12:01:00", "2026-11-23T12:01:10"},
        {"2026-11-23T12:30:05", "a", "2026-11-23T12:30:00", "2026-11-23T12:30:10"},
    };
    check_rows(&playlist, *state, NULL, rows, SW_COUNT(rows));
}

/* An item's time: of two instants, whatever else it says; the clock change inside counts as it passes. */
static void items_with_a_time(void **state)
{
    const struct sw_zone_rules *zone = *state;
    struct spelt evening;
    spell(&evening, &(struct words){.times = {"18:00-20:00"}});
    const struct sw_playlist_item items[] = {
        {ITEM(turn_a)},
        {ITEM(turn_c), .interrupt = true, .priority = 9, .has_until = true, .until = instant_of(zone, "2026-11-23T14:00:05")},
        {ITEM(turn_d), .has_from = true, .from = instant_of(zone, "2026-11-23T16:00:30")}, /* joins the cycle, and stays */
        {ITEM(turns_b), .has_schedule = true, .schedule = evening.schedule, .priority = 2, .has_from = true, .has_until = true,
         .from = instant_of(zone, "2026-11-24T19:00"), .until = instant_of(zone, "2026-11-26T19:00")},
    };
    const struct sw_playlist playlist = {.id = "p", .items = items, .count = SW_COUNT(items), .otherwise = "o"};
    static const struct expectation rows[] = {
        {"2020-01-01T12:00:00", "c", "2020-01-01T12:00:00", "2020-01-01T12:00:25"}, /* on since ever */
        {"2026-11-23T14:00:04", "c", "2026-11-23T14:00:00", "2026-11-23T14:00:05"}, /* cut by its end, as interrupts are */
        {"2026-11-23T14:00:05", "a", "2026-11-23T14:00:05", "2026-11-23T14:00:15"},
        {"2026-11-23T16:00:29", "a", "2026-11-23T16:00:25", "2026-11-23T16:00:30"},
        {"2026-11-23T16:00:30", "a", "2026-11-23T16:00:30", "2026-11-23T16:00:40"},
        {"2026-11-23T16:00:40", "d", "2026-11-23T16:00:40", "2026-11-23T16:00:47"},
        {"2026-11-23T18:00:00", "d", "2026-11-23T17:59:57", "2026-11-23T18:00:04"}, /* no edge: the evening's time has not come */
        {"2026-11-24T18:59:59", "a", "2026-11-24T18:59:51", "2026-11-24T19:00:00"},
        {"2026-11-24T19:00:00", "b1", "2026-11-24T19:00:00", "2026-11-24T19:00:20"},
        {"2026-11-26T18:59:59", "b2", "2026-11-26T18:59:55", "2026-11-26T19:00:00"},
        {"2026-11-26T19:00:00", "a", "2026-11-26T19:00:00", "2026-11-26T19:00:10"},
        {"2026-11-26T20:00:00", "d", "2026-11-26T19:59:57", "2026-11-26T20:00:04"}, /* no edge: it is over */
        {"2031-05-05T12:00:00", "a", "2031-05-05T11:59:57", "2031-05-05T12:00:07"},
    };
    check_rows(&playlist, zone, NULL, rows, SW_COUNT(rows));
}

static void a_time_over_a_clock_change(void **state)
{
    const struct sw_zone_rules *zone = *state;
    static const struct {
        const char *from, *until;
        int64_t lasts;
    } cases[] = {
        {"2026-10-25T01:30", "2026-10-25T03:30", 3 * SW_HOUR},              /* the hour that comes twice is passed twice */
        {"2026-10-25T02:30", "2026-10-25T02:45", 15 * SW_MINUTE},           /* both the first */
        {"2026-10-25T02:30+01:00", "2026-10-25T02:45+01:00", 15 * SW_MINUTE}, /* both the second */
        {"2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", SW_HOUR},
        {"2026-03-29T01:30", "2026-03-29T03:30", SW_HOUR}, /* the hour skipped does not pass */
        {"2026-03-29T02:15", "2026-03-29T03:10", 10 * SW_MINUTE}, /* from the end of the gap */
        {"2026-03-28T12:00", "2026-03-29T12:00", 23 * SW_HOUR},
        {"2026-11-23T12:00Z", "2026-11-23T14:00", SW_HOUR},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        sw_instant from = instant_of(zone, cases[i].from), until = instant_of(zone, cases[i].until);
        const struct sw_playlist_item items[] = {
            {ITEM(turn_a)}, {ITEM(turn_c), .interrupt = true, .has_from = true, .has_until = true, .from = from, .until = until}};
        const struct sw_playlist playlist = {.id = "p", .items = items, .count = SW_COUNT(items), .otherwise = "o"};
        assert_true(until - from == cases[i].lasts);
        assert_string_equal(sw_timeline(&playlist, zone, NULL, from - 1).scene, "a");
        assert_true(sw_timeline(&playlist, zone, NULL, from - 1).until == from);
        assert_string_equal(sw_timeline(&playlist, zone, NULL, from).scene, "c");
        assert_true(sw_timeline(&playlist, zone, NULL, from).since == from);
        assert_true(sw_timeline(&playlist, zone, NULL, until - 1).until == until);
        assert_string_equal(sw_timeline(&playlist, zone, NULL, until).scene, "a");
    }
}

/* What an item's edges are, beside asking at each minute whether it is on. */
static void edges_of_items_with_a_time(void **state)
{
    const struct sw_zone_rules *zone = *state;
    uint64_t random = 7;
    struct world world;
    struct chances chances = {.shortest = SW_SECOND, .longest = SW_SECOND, .scheduled = 60, .timed = 80};
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        for (int trial = 0; trial < 4; trial++) {
            sw_instant at = sw_civil_instant(zone, sw_date_from_days(change_day(year, trial % 2 == 0 ? 3 : 10) - 1), 0);
            chances.about = at;
            make_world(&world, &random, &chances);
            const struct sw_playlist_item *item = &world.items[0];
            sw_instant edge = sw_playlist_item_edge(item, zone, at, 48 * SW_HOUR);
            bool on = sw_playlist_item_on(item, zone, at);
            for (int minute = 1; minute <= 48 * 60; minute++) {
                sw_instant now = at + minute * SW_MINUTE;
                if (sw_playlist_item_on(item, zone, now) == on)
                    continue;
                assert_true(edge == now);
                on = !on;
                edge = sw_playlist_item_edge(item, zone, now, at + 48 * SW_HOUR - now);
            }
            assert_true(edge == SW_NEVER);
        }
    }
}

static bool no_truth(const void *context, const struct sw_expression *when, sw_instant instant)
{
    (void)context, (void)when, (void)instant;
    fail_msg("the data were asked");
    return false;
}

static sw_instant no_change(const void *context, sw_instant instant)
{
    (void)context, (void)instant;
    fail_msg("the data were asked");
    return SW_NEVER;
}

static void data_is_not_asked_without_need(void **state)
{
    static const struct sw_timeline_data none = {no_truth, no_change, NULL};
    struct spelt morning;
    spell(&morning, &(struct words){.times = {"08:00-09:00"}});
    const struct sw_playlist_item items[] = {
        {ITEM(turn_a)},
        {ITEM(turn_c), .interrupt = true, .priority = 3, .has_schedule = true, .schedule = morning.schedule},
        {ITEM(turn_d), .when = CONDITION(0), .has_schedule = true, .schedule = morning.schedule}, /* on in the morning only */
        {ITEM(turns_b), .when = CONDITION(1), .priority = -1},                                 /* below what is always on */
    };
    const struct sw_playlist playlist = {.id = "p", .items = items, .count = SW_COUNT(items), .otherwise = "o"};
    struct sw_wanted wanted = sw_timeline(&playlist, *state, &none, instant_of(*state, "2026-11-23T23:59:59"));
    assert_string_equal(wanted.scene, "a");
}

/* w holds all over [since, until), and other turns lie before and behind it. */
static void check_turn(const struct sw_playlist *playlist, const struct sw_zone_rules *zone, sw_instant at)
{
    struct sw_wanted wanted = sw_timeline(playlist, zone, NULL, at);
    assert_true(wanted.since <= at && at < wanted.until);
    assert_non_null(wanted.scene);
    const sw_instant inside[] = {wanted.since, wanted.since + (wanted.until - wanted.since) / 2, wanted.until - 1};
    for (size_t i = 0; i < SW_COUNT(inside); i++) {
        struct sw_wanted again = sw_timeline(playlist, zone, NULL, inside[i]);
        assert_true(same_wanted(&again, &wanted));
    }
    struct sw_wanted next = sw_timeline(playlist, zone, NULL, wanted.until);
    assert_true(next.since == wanted.until && next.turn != wanted.turn);
    struct sw_wanted before = sw_timeline(playlist, zone, NULL, wanted.since - 1);
    assert_true(before.until == wanted.since && before.turn != wanted.turn);
}

static const struct chances without_data = {
    .shortest = SW_SECOND, .longest = 90 * SW_SECOND, .scheduled = 60, .interrupting = 15, .timed = 20};

static void turns_of_eleven_years(void **state)
{
    uint64_t random = 1;
    struct world world;
    int64_t end = sw_date_to_days((struct sw_date){LAST_YEAR + 1, 1, 1});
    for (int64_t day = sw_date_to_days((struct sw_date){FIRST_YEAR, 1, 1}); day < end; day++) {
        struct sw_date date = sw_date_from_days(day);
        sw_instant midnight = sw_civil_instant(*state, date, 0);
        struct chances chances = without_data;
        chances.about = midnight;
        make_world(&world, &random, &chances);
        check_turn(&world.playlist, *state, midnight);
        sw_instant at = midnight + random_below(&random, 23 * SW_HOUR);
        check_turn(&world.playlist, *state, at);
        for (size_t i = 0; i < world.playlist.count; i++) { /* at the edge of some item, if it has one today */
            sw_instant edge = sw_playlist_item_edge(&world.items[i], *state, midnight, 23 * SW_HOUR);
            if (edge != SW_NEVER) {
                check_turn(&world.playlist, *state, edge);
                check_turn(&world.playlist, *state, edge - 1);
                if (world.items[i].turn_count > 0) {
                    assert_true(sw_timeline(&world.playlist, *state, NULL, edge).since == edge);
                }
                break;
            }
        }
    }
}

/* The turn that is due, from the period alone: the items in question, as often as they fit. */
static const char *scene_by_modulo(const struct sw_playlist *playlist, unsigned on, int64_t elapsed, int64_t *into)
{
    int top = -1000;
    for (size_t i = 0; i < playlist->count; i++) {
        top = (on >> i & 1u) != 0 && playlist->items[i].priority > top ? playlist->items[i].priority : top;
    }
    bool interrupt = false;
    for (size_t i = 0; i < playlist->count; i++) {
        interrupt = interrupt || ((on >> i & 1u) != 0 && playlist->items[i].priority == top && playlist->items[i].interrupt);
    }
    const struct sw_playlist_turn *row[ITEMS_MAX * TURNS_MAX];
    size_t count = 0;
    int64_t round = 0;
    for (size_t i = 0; i < playlist->count; i++) {
        const struct sw_playlist_item *item = &playlist->items[i];
        for (size_t t = 0; t < item->turn_count && (on >> i & 1u) != 0 && item->priority == top && item->interrupt == interrupt; t++) {
            row[count++] = &item->turns[t];
            round += item->turns[t].duration;
        }
    }
    if (count == 0) {
        *into = elapsed;
        return playlist->otherwise;
    }
    *into = elapsed % round;
    size_t place = 0;
    for (; *into >= row[place]->duration; place++) {
        *into -= row[place]->duration;
    }
    return row[place]->scene;
}

static void whole_days_around_clock_changes(void **state)
{
    struct chances slow = {.shortest = SW_MINUTE, .longest = 30 * SW_MINUTE, .scheduled = 75, .interrupting = 15, .timed = 40};
    uint64_t random = 2;
    struct world world;
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        for (int trial = 0; trial < 6; trial++) {
            int64_t day = change_day(year, trial % 2 == 0 ? 3 : 10);
            slow.about = sw_civil_instant(*state, sw_date_from_days(day - 1), 0);
            make_world(&world, &random, &slow);
            sw_instant at = sw_civil_instant(*state, sw_date_from_days(day - 1), 0);
            sw_instant end = sw_civil_instant(*state, sw_date_from_days(day + 2), 0);
            uint64_t last_turn = 0;
            sw_instant from = at;
            sw_instant to = at;
            while (at < end) {
                if (at >= to) {
                    assert_true(at == to); /* a turn ends with its period */
                    scan_period(&world.playlist, *state, at, &from, &to);
                }
                struct sw_wanted wanted = sw_timeline(&world.playlist, *state, NULL, at);
                assert_true(wanted.since == at && wanted.until > at && wanted.turn != last_turn);
                int64_t into = 0;
                unsigned on = on_by_schedule(&world.playlist, *state, at);
                const char *scene = scene_by_modulo(&world.playlist, on, at - from, &into);
                assert_string_equal(wanted.scene, scene);
                assert_true(wanted.until <= to && into == (wanted.item != NULL ? 0 : at - from));
                last_turn = wanted.turn;
                at = wanted.until;
            }
            assert_true(at == end);
        }
    }
}

static void answers_do_not_depend_on_earlier_questions(void **state)
{
    enum { QUESTIONS = 500 };
    uint64_t random = 3;
    struct world world;
    static struct sw_wanted answers[QUESTIONS];
    static sw_instant asked[QUESTIONS];
    sw_instant begin = instant_of(*state, "2026-10-24T00:00");
    for (int trial = 0; trial < 5; trial++) {
        make_world(&world, &random, &without_data);
        for (int i = 0; i < QUESTIONS; i++) { /* forward ... */
            asked[i] = begin + i * (72 * SW_HOUR / QUESTIONS);
            answers[i] = sw_timeline(&world.playlist, *state, NULL, asked[i]);
        }
        for (int i = 0; i < QUESTIONS; i++) { /* ... and criss-cross, from a copy of the zone's rules */
            struct sw_zone_rules *other = i % 100 == 0 ? berlin() : NULL;
            size_t which = (size_t)random_below(&random, QUESTIONS);
            struct sw_wanted again = sw_timeline(&world.playlist, other != NULL ? other : *state, NULL, asked[which]);
            assert_true(same_wanted(&again, &answers[which]));
            sw_zone_rules_destroy(other);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cycle_from_midnight),
        cmocka_unit_test(midnight_begins_anew),
        cmocka_unit_test(real_time_counts_when_the_clock_changes),
        cmocka_unit_test(priorities_and_edges),
        cmocka_unit_test(nothing_on),
        cmocka_unit_test(interrupts_by_schedule),
        cmocka_unit_test(items_with_a_time),
        cmocka_unit_test(a_time_over_a_clock_change),
        cmocka_unit_test(edges_of_items_with_a_time),
        cmocka_unit_test(data_is_not_asked_without_need),
        cmocka_unit_test(turns_of_eleven_years),
        cmocka_unit_test(whole_days_around_clock_changes),
        cmocka_unit_test(answers_do_not_depend_on_earlier_questions),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
