/* SPDX-License-Identifier: EUPL-1.2 */
/* What is shown, given what is wanted, ready and failed. */
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

/* Scenes have names of one letter; a set of them is a string. */
struct wall {
    const char *ready, *failed;
};

static bool is_ready(const void *context, const char *scene)
{
    const struct wall *wall = context;
    return strchr(wall->ready, scene[0]) != NULL;
}

static bool is_failed(const void *context, const char *scene)
{
    const struct wall *wall = context;
    return strchr(wall->failed, scene[0]) != NULL;
}

static const struct sw_playlist_turn turn_a[] = {{"a", 10 * SW_SECOND}};
static const struct sw_playlist_turn turns_b[] = {{"b", 10 * SW_SECOND}, {"c", 10 * SW_SECOND}, {"d", 10 * SW_SECOND}};
static const struct sw_playlist_turn turn_e[] = {{"e", 10 * SW_SECOND}};
static const struct sw_playlist_turn turns_x[] = {{"x", 10 * SW_SECOND}, {"y", 10 * SW_SECOND}};
static const struct sw_playlist_turn turn_z[] = {{"z", 10 * SW_SECOND}};
static const struct sw_playlist_turn turn_l[] = {{"l", 10 * SW_SECOND}};
static const struct sw_playlist_turn turn_f[] = {{"f", 10 * SW_SECOND}};
static const struct sw_playlist_turn turn_g[] = {{"g", 10 * SW_SECOND}};
static const struct sw_playlist_turn turn_h[] = {{"h", 10 * SW_SECOND}};

#define ITEM(row) .turns = row, .turn_count = SW_COUNT(row)

/* The cycle is a b c d e (e where condition 0 is true); x y and z break in on conditions 1 and 2; h comes on condition 3; l is too low.
 * On condition 4 f stands over all of these, on 5 g, whatever its place in the list, between. */
static const struct sw_playlist_item items[] = {
    {ITEM(turn_a)},
    {ITEM(turns_b)},
    {ITEM(turn_e), .when = CONDITION(0)},
    {ITEM(turn_g), .when = CONDITION(5), .priority = 2, .interrupt = true},
    {ITEM(turns_x), .when = CONDITION(1), .interrupt = true},
    {ITEM(turn_z), .when = CONDITION(2), .interrupt = true},
    {ITEM(turn_l), .priority = -1},
    {ITEM(turn_h), .when = CONDITION(3), .priority = 1},
    {ITEM(turn_f), .when = CONDITION(4), .priority = 4, .interrupt = true},
};

struct scene_case {
    int at_s;        /* after midnight */
    unsigned truths; /* of all conditions, all day */
    const char *ready, *failed, *current;
    const char *show, *prepare;
};

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void check_cases(const struct sw_zone_rules *zone, const struct sw_playlist *playlist, const struct scene_case *cases, size_t count)
{
    sw_instant midnight = instant_of(zone, "2026-11-23T00:00");
    for (size_t i = 0; i < count; i++) {
        struct asked asked = {0};
        const struct script_step steps[] = {{0, cases[i].truths}};
        struct script script = {steps, 1, &asked};
        struct sw_timeline_data data = script_data(&script);
        struct sw_wanted wanted = sw_timeline(playlist, zone, &data, midnight + cases[i].at_s * SW_SECOND);
        struct wall wall = {cases[i].ready, cases[i].failed};
        struct sw_shown_input input = {
            .wanted = &wanted, .current = cases[i].current, .ready = is_ready, .failed = is_failed, .context = &wall};
        struct sw_shown shown = sw_shown(playlist, zone, &data, &input);
        if (!same_text(shown.show, cases[i].show) || !same_text(shown.prepare, cases[i].prepare)) {
            fail_msg("case %zu (%s is wanted): shows %s, prepares %s", i, wanted.scene != NULL ? wanted.scene : "nothing",
                     shown.show != NULL ? shown.show : "nothing", shown.prepare != NULL ? shown.prepare : "nothing");
        }
    }
}

static const struct sw_playlist playlist_of_all = {.id = "p", .items = items, .count = SW_COUNT(items), .otherwise = "o"};

static void the_wanted_scene_once_it_is_ready(void **state)
{
    static const struct scene_case cases[] = {
        {5, 0, "abcdeo", "", "d", "a", NULL},
        {5, 0, "abcdeo", "", NULL, "a", NULL},
        {5, 0, "abcdeo", "", "a", "a", NULL},
        {5, 0, "bcdeo", "", "d", "d", "a"},  /* what is on stays */
        {5, 0, "bcdeo", "", "w", "w", "a"},  /* even a scene of another playlist */
        {5, 0, "", "", NULL, NULL, "a"},
        {5, 0, "ceo", "", NULL, "c", "a"},   /* rather a later one than nothing */
        {5, 0, "eo", "", NULL, "o", "a"},    /* not e: its condition is false */
        {5, 0, "ceo", "d", "d", "c", "a"},
    };
    check_cases(*state, &playlist_of_all, cases, SW_COUNT(cases));
}

static void failed_scenes_are_passed_over(void **state)
{
    static const struct scene_case cases[] = {
        {5, 0, "abcdeo", "a", "d", "b", NULL},
        {5, 0, "abcdeo", "ab", "d", "c", NULL},
        {5, 0, "abdeo", "ab", "d", "d", "c"},
        {15, 0, "abcdeo", "b", "a", "c", NULL},
        {25, 0, "abcdeo", "cd", "b", "a", NULL},     /* e is not due: round to a */
        {25, 1, "abcdeo", "cd", "b", "e", NULL},
        {25, 1, "abcdeo", "cdea", "d", "b", NULL},   /* round to the turns before it */
        {35, 0, "abcdeo", "abcd", "b", "o", NULL},
        {35, 0, "abcde", "abcd", "w", "w", "o"},
        {35, 0, "abcdeol", "abcdo", "w", "w", NULL}, /* all failed: what is on stays */
        {35, 0, "abcdeol", "abcdo", "d", NULL, NULL},
        {35, 0, "abcdeol", "abcdo", NULL, NULL, NULL},
        {5, 0, "a", "abcdo", NULL, NULL, NULL},      /* ready and failed: failed */
        {5, 8, "abcdeoh", "h", "a", "o", NULL},      /* h alone is in the cycle */
    };
    check_cases(*state, &playlist_of_all, cases, SW_COUNT(cases));
}

static void failed_interrupts_give_way(void **state)
{
    static const struct scene_case cases[] = {
        {5, 2, "abcdeoxyz", "", "a", "x", NULL},
        {5, 2, "abcdeoxyz", "x", "a", "y", NULL},
        {15, 2, "abcdeoxyz", "y", "a", "x", NULL},
        {5, 6, "abcdeoxyz", "xy", "w", "z", NULL},
        {25, 6, "abcdeoxyz", "z", "w", "x", NULL},
        {5, 2, "abcdeoxyz", "xy", "w", "a", NULL},   /* the cycle beneath; z does not hold */
        {35, 2, "abcdeoxyz", "xy", "w", "d", NULL},
        {35, 2, "abcdeoxyz", "xyd", "w", "a", NULL},
        {35, 2, "abcdeoxyz", "xyda", "w", "b", NULL},
        {35, 2, "abcdeoxyz", "xydabc", "w", "o", NULL},
        {35, 2, "abcdeoxyz", "xydabco", "w", "w", NULL},
        {5, 2, "abcdeoz", "", NULL, "a", "x"},
        {5, 0x32, "abcdeofgxyz", "", "w", "f", NULL},
        {5, 0x32, "abcdeofgxyz", "f", "w", "g", NULL},
        {5, 0x32, "abcdeofgxyz", "fg", "w", "x", NULL},
        {5, 0x12, "abcdeofgxyz", "f", "w", "x", NULL}, /* g does not hold */
        {5, 0x18, "abcdeofghxyz", "f", "w", "h", NULL},
        {5, 0x1a, "abcdeofghxyz", "f", "w", "h", NULL}, /* x holds, but is below h */
        {5, 0x22, "abcdeofgxyz", "xyg", "w", "a", NULL},
        {5, 0x2, "abcdeofgxyz", "xy", "w", "a", NULL},
        {5, 0x12, "abcdeofgxyz", "fxy", "w", "a", NULL},
    };
    check_cases(*state, &playlist_of_all, cases, SW_COUNT(cases));
}

static void otherwise_has_no_substitute(void **state)
{
    static const struct sw_playlist_item asking[] = {{ITEM(turn_a), .when = CONDITION(0)}};
    static const struct sw_playlist playlist = {.id = "p", .items = asking, .count = 1, .otherwise = "o"};
    static const struct sw_playlist without = {.id = "p", .items = asking, .count = 1};
    static const struct scene_case cases[] = {
        {5, 0, "ao", "", "w", "o", NULL},
        {5, 0, "a", "", "w", "w", "o"},
        {5, 0, "ao", "o", "w", "w", NULL}, /* a is not due */
        {5, 0, "ao", "o", NULL, NULL, NULL},
        {5, 1, "ao", "a", "w", "o", NULL},
    };
    check_cases(*state, &playlist, cases, SW_COUNT(cases));
    static const struct scene_case cases_without[] = {
        {5, 0, "a", "", "w", "w", NULL},
        {5, 0, "a", "", NULL, NULL, NULL},
        {5, 1, "a", "a", "w", "w", NULL},
    };
    check_cases(*state, &without, cases_without, SW_COUNT(cases_without));
}

/* The condition of the wanted item may have turned false since its boundary: its turns go on, and others that are due take its place. */
static void a_running_item_whose_condition_ended(void **state)
{
    static const struct sw_playlist_item asking[] = {
        {ITEM(turns_b), .when = CONDITION(0)}, {ITEM(turn_a)}, {ITEM(turn_e)}, {ITEM(turn_h), .when = CONDITION(1)}};
    static const struct sw_playlist playlist = {.id = "p", .items = asking, .count = SW_COUNT(asking), .otherwise = "o"};
    sw_instant midnight = instant_of(*state, "2026-11-23T00:00");
    const struct script_step steps[] = {{0, 1}, {midnight + 5 * SW_SECOND, 0}};
    struct asked asked = {0};
    struct script script = {steps, SW_COUNT(steps), &asked};
    struct sw_timeline_data data = script_data(&script);
    struct sw_wanted wanted = sw_timeline(&playlist, *state, &data, midnight + 15 * SW_SECOND);
    assert_string_equal(wanted.scene, "c");
    static const struct {
        const char *failed, *show;
    } cases[] = {{"c", "d"}, {"cd", "a"}, {"cda", "e"}, {"cdae", "b"}, {"cdaeb", "o"}, {"cdaebo", NULL}};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct wall wall = {"abcdeho", cases[i].failed};
        struct sw_shown_input input = {.wanted = &wanted, .ready = is_ready, .failed = is_failed, .context = &wall};
        struct sw_shown shown = sw_shown(&playlist, *state, &data, &input);
        assert_true(same_text(shown.show, cases[i].show));
    }
}

/* Each scene is looked at a bounded number of times, whatever the playlist. */
struct counter {
    unsigned *calls;
    bool failed;
};

static bool count_ready(const void *context, const char *scene)
{
    const struct counter *counter = context;
    (void)scene;
    (*counter->calls)++;
    return false;
}

static bool count_failed(const void *context, const char *scene)
{
    const struct counter *counter = context;
    (void)scene;
    (*counter->calls)++;
    return counter->failed;
}

static void the_search_ends(void **state)
{
    static const struct chances chances = {
        .shortest = SW_SECOND, .longest = 60 * SW_SECOND, .scheduled = 30, .asking = 60, .interrupting = 30};
    uint64_t random = 6;
    struct world world;
    sw_instant midnight = instant_of(*state, "2026-11-23T00:00");
    for (int trial = 0; trial < 2000; trial++) {
        make_world(&world, &random, &chances);
        struct asked asked = {0};
        sw_instant at = midnight + random_below(&random, 24 * SW_HOUR);
        struct script_step steps[20]; /* so dense that conditions turn false within the turns of an item */
        for (int i = 0; i < 20; i++) {
            steps[i] = (struct script_step){at + (i - 18) * 5 * SW_SECOND, (unsigned)next_random(&random) & (unsigned)next_random(&random)};
        }
        struct script script = {steps, SW_COUNT(steps), &asked};
        struct sw_timeline_data data = script_data(&script);
        struct sw_wanted wanted = sw_timeline(&world.playlist, *state, &data, at);
        unsigned calls = 0;
        struct counter counter = {&calls, trial % 2 == 0};
        struct sw_shown_input input = {.wanted = &wanted, .ready = count_ready, .failed = count_failed, .context = &counter};
        struct sw_shown shown = sw_shown(&world.playlist, *state, &data, &input);
        assert_null(shown.show);
        assert_true(counter.failed ? shown.prepare == NULL : shown.prepare == wanted.scene);
        assert_true(calls <= 2 * 2 * 2 * (ITEMS_MAX * TURNS_MAX + 2)); /* two searches, two questions a scene, no item more than twice */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_wanted_scene_once_it_is_ready),
        cmocka_unit_test(failed_scenes_are_passed_over),
        cmocka_unit_test(failed_interrupts_give_way),
        cmocka_unit_test(otherwise_has_no_substitute),
        cmocka_unit_test(a_running_item_whose_condition_ended),
        cmocka_unit_test(the_search_ends),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
