/* SPDX-License-Identifier: EUPL-1.2 */
/* When a wall is open: what curators may write, by hand at the places that matter and against a clock that asks every ten minutes for ten
 * years. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "exhibition/hours.h"
#include "schedule_support.h"

#define SCHEDULES_MAX 3

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

/* The schedules of one wall. */
struct wall {
    struct spelt spelt[SCHEDULES_MAX];
    struct sw_schedule opening[SCHEDULES_MAX];
    size_t count;
};

static void hang(struct wall *wall, const struct words *words)
{
    wall->count = 0;
    for (size_t i = 0; i < SCHEDULES_MAX && (words[i].days != NULL || words[i].dates != NULL || words[i].times[0] != NULL); i++) {
        spell(&wall->spelt[i], &words[i]);
        wall->opening[wall->count++] = wall->spelt[i].schedule;
    }
}

static struct sw_hours at(const struct wall *wall, const struct sw_zone_rules *zone, sw_instant instant)
{
    return sw_hours_at(wall->opening, wall->count, zone, instant);
}

static void a_wall_without_hours_is_open(void **state)
{
    struct sw_hours hours = sw_hours_at(NULL, 0, *state, 0);
    assert_true(hours.open && hours.until == SW_NEVER);
}

/* Weekdays but for holidays; Saturdays; a long night. */
static const struct words museum[SCHEDULES_MAX] = {
    {.days = "mon-fri", .times = {"09:00-18:00"}, .not_holidays = true},
    {.days = "sat", .times = {"10:00-16:00"}},
    {.dates = "2027-06-05", .times = {"14:00-02:00"}},
};
static const struct words bar[SCHEDULES_MAX] = {{.times = {"18:00-03:30"}}};
static const struct words halves[SCHEDULES_MAX] = {{.times = {"08:00-12:00"}}, {.times = {"12:00-20:00"}}, {.times = {"07:00-09:00"}}};
static const struct words over[SCHEDULES_MAX] = {{.dates = "2026-01-01..2026-03-31"}};
static const struct words ever[SCHEDULES_MAX] = {{.times = {"00:00-24:00"}}};

static void hours_are_as_written(void **state)
{
    static const struct {
        const struct words *words;
        const char *now;
        bool open;
        const char *until; /* NULL: never */
    } cases[] = {
        {museum, "2026-11-23T08:59:59", false, "2026-11-23T09:00"},
        {museum, "2026-11-23T09:00", true, "2026-11-23T18:00"},
        {museum, "2026-11-23T17:59:59.999999", true, "2026-11-23T18:00"},
        {museum, "2026-11-23T18:00", false, "2026-11-24T09:00"},
        {museum, "2026-11-27T18:00", false, "2026-11-28T10:00"},
        {museum, "2026-11-28T16:00", false, "2026-11-30T09:00"},
        {museum, "2026-12-24T18:00", false, "2026-12-26T10:00"}, /* Christmas on a Friday; the Saturday says nothing of holidays */
        {museum, "2027-06-05T12:00", true, "2027-06-06T02:00"},  /* one ends at 16:00, another goes on */
        {museum, "2027-06-06T01:59", true, "2027-06-06T02:00"},
        {bar, "2026-11-23T00:00", true, "2026-11-23T03:30"},
        {bar, "2026-11-23T03:30", false, "2026-11-23T18:00"},
        {bar, "2027-03-28T00:00+01:00", true, "2027-03-28T03:30+02:00"}, /* the clock goes forward: an hour less */
        {bar, "2027-10-31T00:00+02:00", true, "2027-10-31T03:30+01:00"}, /* back: an hour more */
        {halves, "2026-11-23T06:59", false, "2026-11-23T07:00"},
        {halves, "2026-11-23T07:00", true, "2026-11-23T20:00"},
        {over, "2026-03-31T23:59", true, "2026-04-01T00:00"},
        {over, "2026-04-01T00:00", false, NULL},
        {ever, "2026-04-01T00:00", true, NULL},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct wall wall;
        hang(&wall, cases[i].words);
        struct sw_hours hours = at(&wall, *state, instant_of(*state, cases[i].now));
        sw_instant until = cases[i].until != NULL ? instant_of(*state, cases[i].until) : SW_NEVER;
        if (hours.open != cases[i].open || hours.until != until)
            fail_msg("%zu, at %s: %s for %.1f s more than wanted", i, cases[i].now, hours.open ? "open" : "closed",
                     (double)(hours.until - until) / 1e6);
    }
}

/* Every tenth minute of ten years, as the clock on the wall has it: open as the words say, and every change foretold. */
static void ten_years(void **state)
{
    static const struct words *const walls[] = {museum, bar, halves};
    const struct sw_zone_rules *zone = *state;
    for (size_t i = 0; i < SW_COUNT(walls); i++) {
        struct wall wall;
        hang(&wall, walls[i]);
        sw_instant now = sw_civil_instant(zone, (struct sw_date){FIRST_YEAR, 1, 1}, 0);
        sw_instant end = sw_civil_instant(zone, (struct sw_date){LAST_YEAR, 1, 1}, 0);
        struct sw_hours hours = at(&wall, zone, now);
        int changes = 0;
        for (; now < end; now += 10 * SW_MINUTE) {
            if (now >= hours.until) {
                bool before = hours.open;
                assert_true(now == hours.until);
                hours = at(&wall, zone, now);
                assert_true(hours.open != before && hours.until > now);
                changes++;
            }
            bool on = false;
            for (size_t k = 0; k < wall.count; k++)
                on = on || sw_schedule_on(&wall.opening[k], zone, now);
            if (on != hours.open)
                fail_msg("wall %zu is %s at %lld", i, hours.open ? "open" : "closed", (long long)(now / SW_SECOND));
        }
        assert_true(changes >= 2 * 10 * 300);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_wall_without_hours_is_open, setup, teardown),
        cmocka_unit_test_setup_teardown(hours_are_as_written, setup, teardown),
        cmocka_unit_test_setup_teardown(ten_years, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
