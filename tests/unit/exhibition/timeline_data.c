/* SPDX-License-Identifier: EUPL-1.2 */
/* The timeline with data: conditions, interrupts, `otherwise`; against a plain model that goes through a day step by step; and how often
 * the data are asked. */
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
#define DAY_MS 86400000

/* All times in milliseconds since midnight. */
struct change {
    int at_ms;
    unsigned truths;
};

struct row {
    int at_ms;
    const char *scene;
    int since_ms, until_ms;
};

struct story {
    const struct sw_playlist_item *items;
    size_t item_count;
    const struct change *changes;
    size_t change_count;
    const struct row *rows;
    size_t row_count;
};

#define STORY(items, changes, rows) {items, SW_COUNT(items), changes, SW_COUNT(changes), rows, SW_COUNT(rows)}

static void check_story(const struct sw_zone_rules *zone, const struct story *story)
{
    struct script_step steps[16];
    struct asked asked = {0};
    sw_instant midnight = instant_of(zone, "2026-11-23T00:00");
    assert_true(story->change_count <= SW_COUNT(steps));
    for (size_t i = 0; i < story->change_count; i++) {
        steps[i] = (struct script_step){midnight + story->changes[i].at_ms * SW_MS, story->changes[i].truths};
    }
    struct script script = {steps, story->change_count, &asked};
    struct sw_timeline_data data = script_data(&script);
    struct sw_playlist playlist = {.id = "p", .items = story->items, .count = story->item_count, .otherwise = "o"};
    for (size_t i = 0; i < story->row_count; i++) {
        const struct row *row = &story->rows[i];
        asked.latest = INT64_MIN;
        struct sw_wanted wanted = sw_timeline(&playlist, zone, &data, midnight + row->at_ms * SW_MS);
        int since_ms = (int)((wanted.since - midnight) / SW_MS);
        int until_ms = (int)((wanted.until - midnight) / SW_MS);
        if (strcmp(wanted.scene, row->scene) != 0 || since_ms != row->since_ms || until_ms != row->until_ms ||
            asked.latest > midnight + row->at_ms * SW_MS) {
            fail_msg("row %zu, at %d: %s since %d until %d", i, row->at_ms, wanted.scene, since_ms, until_ms);
        }
    }
}

static void conditions_are_read_at_boundaries(void **state)
{
    static const struct sw_playlist_item items[] = {{ITEM(turn_a)}, {ITEM(turns_b), .when = CONDITION(0)}};
    static const struct change changes[] = {{5000, 1}, {25000, 0}, {43000, 1}, {75000, 0}};
    static const struct row rows[] = {
        {0, "a", 0, 10000},
        {7000, "a", 0, 10000},
        {10000, "b1", 10000, 30000},
        {29999, "b1", 10000, 30000}, /* false by now: read only at 10 s */
        {31000, "b2", 30000, 35000},
        {35000, "a", 35000, 45000},
        {45000, "b1", 45000, 65000},
        {70000, "a", 70000, 80000},
        {80000, "a", 80000, 90000}, /* passed over: another turn of the same scene */
        {86395000, "a", 86390000, DAY_MS},
    };
    static const struct story story = STORY(items, changes, rows);
    check_story(*state, &story);
}

static void the_snapshot_of_the_boundary_counts(void **state)
{
    static const struct sw_playlist_item items[] = {{ITEM(turn_a)}, {ITEM(turn_d), .when = CONDITION(3)}};
    static const struct change changes[] = {{10000, 8}, {17000, 0}, {27001, 8}};
    static const struct row rows[] = {
        {9999, "a", 0, 10000},
        {10000, "d", 10000, 17000}, /* true from just this instant on */
        {17000, "a", 17000, 27000},
        {27000, "a", 27000, 37000}, /* a millisecond too late */
        {37000, "d", 37000, 44000},
    };
    static const struct story story = STORY(items, changes, rows);
    check_story(*state, &story);
}

static void priorities_fall_through(void **state)
{
    static const struct sw_playlist_item items[] = {
        {ITEM(turn_a)}, {ITEM(turn_c), .when = CONDITION(0), .priority = 3}, {ITEM(turn_d)}, {ITEM(turns_b), .priority = -1}};
    static const struct change changes[] = {{3000, 1}, {12000, 0}};
    static const struct row rows[] = {
        {5000, "a", 0, 10000},
        {10000, "c", 10000, 35000},
        {35000, "d", 35000, 42000}, /* on with the item after c */
        {42000, "a", 42000, 52000},
        {52000, "d", 52000, 59000},
    };
    static const struct story story = STORY(items, changes, rows);
    check_story(*state, &story);
}

static void otherwise_asks_each_second(void **state)
{
    static const struct sw_playlist_item items[] = {{ITEM(turn_a), .when = CONDITION(0)}};
    static const struct change changes[] = {{3400, 1}, {5000, 0}, {20000, 1}, {29000, 0}, {30200, 1}, {30700, 0}, {34500, 2}, {36300, 3}};
    static const struct row rows[] = {
        {1000, "o", 0, DAY_MS},
        {3399, "o", 0, DAY_MS},
        {3400, "o", 0, 4000}, /* from here on something is due without further change */
        {4000, "a", 4000, 14000},
        {14000, "o", 14000, DAY_MS},
        {19999, "o", 14000, DAY_MS},
        {20000, "a", 20000, 30000},
        {30100, "o", 30000, DAY_MS},
        {30500, "o", 30000, 31000},
        {30900, "o", 30000, DAY_MS}, /* true and false again between two seconds: never seen */
        {35000, "o", 30000, DAY_MS}, /* a change of something else */
        {36300, "o", 30000, 37000},
        {37000, "a", 37000, 47000},
    };
    static const struct story story = STORY(items, changes, rows);
    check_story(*state, &story);
}

static void interrupts_break_in(void **state)
{
    static const struct sw_playlist_item items[] = {
        {ITEM(turn_a)}, {ITEM(turns_b), .when = CONDITION(0), .interrupt = true}, {ITEM(turn_d)}};
    static const struct change changes[] = {{12250, 1}, {40500, 0}, {52000, 1}, {53000, 0}, {60000, 2}};
    static const struct row rows[] = {
        {12249, "d", 10000, 17000},
        {12250, "b1", 12250, 32250},
        {32250, "b2", 32250, 37250},
        {40499, "b1", 37250, 57250},
        {40500, "a", 40500, 44000}, /* the cycle beneath: a from 34 s to 44 s */
        {44000, "d", 44000, 51000},
        {51999, "a", 51000, 61000},
        {52000, "b1", 52000, 72000},
        {53000, "a", 53000, 61000},
        {60500, "a", 53000, 61000}, /* another change means nothing */
        {61000, "d", 61000, 68000},
    };
    static const struct story story = STORY(items, changes, rows);
    check_story(*state, &story);
}

static void a_turn_after_an_interrupt_is_its_own(void **state)
{
    static const struct sw_playlist_item items[] = {{ITEM(turn_c)}, {ITEM(turn_d), .when = CONDITION(0), .interrupt = true}};
    static const struct sw_playlist playlist = {.id = "p", .items = items, .count = 2, .otherwise = "o"};
    sw_instant midnight = instant_of(*state, "2026-11-23T00:00");
    const struct script_step steps[] = {{midnight + 5 * SW_SECOND, 1}, {midnight + 6 * SW_SECOND, 0}};
    struct asked asked = {0};
    struct script script = {steps, SW_COUNT(steps), &asked};
    struct sw_timeline_data data = script_data(&script);
    struct sw_wanted before = sw_timeline(&playlist, *state, &data, midnight + 4 * SW_SECOND);
    struct sw_wanted after = sw_timeline(&playlist, *state, &data, midnight + 7 * SW_SECOND);
    assert_ptr_equal(before.item, after.item);
    assert_true(before.until == after.until);
    assert_true(before.turn != after.turn);
}

static void several_interrupts_take_turns(void **state)
{
    static const struct sw_playlist_turn turn_x[] = {{"x", 4 * SW_SECOND}};
    static const struct sw_playlist_turn turn_y[] = {{"y", 6 * SW_SECOND}};
    static const struct sw_playlist_turn turn_z[] = {{"z", 9 * SW_SECOND}};
    static const struct sw_playlist_item items[] = {
        {ITEM(turn_x), .when = CONDITION(0), .interrupt = true, .priority = 1},
        {ITEM(turn_z), .when = CONDITION(2), .interrupt = true, .priority = 9},
        {ITEM(turn_y), .when = CONDITION(1), .interrupt = true, .priority = 1},
    };
    static const struct change changes[] = {{10000, 1}, {13000, 3}, {24000, 7}, {26000, 3}, {36500, 2}, {40000, 0}};
    static const struct row rows[] = {
        {9999, "o", 0, DAY_MS},
        {10000, "x", 10000, 14000},
        {13000, "x", 13000, 17000}, /* another set: begins with its first */
        {17000, "y", 17000, 23000},
        {23000, "x", 23000, 27000},
        {24000, "z", 24000, 33000},
        {26000, "x", 26000, 30000},
        {36000, "x", 36000, 40000},
        {36500, "y", 36500, 42500},
        {40000, "o", 40000, DAY_MS},
    };
    static const struct story story = STORY(items, changes, rows);
    check_story(*state, &story);
}

static void interrupts_yield_to_higher_items(void **state)
{
    static const struct sw_playlist_item items[] = {
        {ITEM(turn_a)},
        {ITEM(turn_c), .when = CONDITION(1), .priority = 5},
        {ITEM(turns_b), .when = CONDITION(0), .interrupt = true, .priority = 3},
    };
    static const struct change changes[] = {{2000, 2}, {15000, 3}, {25000, 1}, {42000, 3}, {50000, 1}};
    static const struct row rows[] = {
        {9000, "a", 0, 10000},
        {10000, "c", 10000, 35000},
        {15000, "c", 10000, 35000}, /* holds, but is too low */
        {30000, "c", 10000, 35000},
        {35000, "b1", 35000, 55000}, /* let in by the boundary: beneath is a */
        {41000, "b1", 35000, 55000},
        {43000, "b1", 35000, 45000}, /* c is due at the next boundary beneath */
        {45000, "c", 45000, 70000},
        {69000, "c", 45000, 70000},
        {70000, "b1", 70000, 90000},
    };
    static const struct story story = STORY(items, changes, rows);
    check_story(*state, &story);
}

static void interrupts_begin_anew_at_midnight(void **state)
{
    static const struct sw_playlist_item items[] = {{ITEM(turn_a)}, {ITEM(turn_c), .when = CONDITION(0), .interrupt = true}};
    static const struct change changes[] = {{86390000, 1}, {86403000, 0}};
    static const struct row rows[] = {
        {86389000, "a", 86380000, 86390000},
        {86399000, "c", 86390000, DAY_MS},
        {86400000, "c", DAY_MS, DAY_MS + 25000},
        {86403000, "a", DAY_MS + 3000, DAY_MS + 10000},
    };
    static const struct story story = STORY(items, changes, rows);
    check_story(*state, &story);
}

static void without_data_nothing_is_true(void **state)
{
    static const struct sw_playlist_item items[] = {
        {ITEM(turn_a)}, {ITEM(turn_c), .when = CONDITION(0)}, {ITEM(turn_d), .when = CONDITION(1), .interrupt = true}};
    struct sw_playlist playlist = {.id = "p", .items = items, .count = 3, .otherwise = "o"};
    sw_instant at = instant_of(*state, "2026-11-23T12:00:30");
    struct sw_wanted wanted = sw_timeline(&playlist, *state, NULL, at);
    assert_string_equal(wanted.scene, "a");
    playlist.items = items + 1;
    playlist.count = 2;
    wanted = sw_timeline(&playlist, *state, NULL, at);
    assert_string_equal(wanted.scene, "o");
    assert_true(wanted.until == instant_of(*state, "2026-11-24T00:00"));
}

/* How often the data are asked for the last second of a day of turns of 1 s. */
static struct asked ask(const struct sw_zone_rules *zone, const struct sw_playlist_item *items, size_t count,
                        const struct script_step *steps, size_t step_count)
{
    struct asked asked = {0};
    struct script script = {steps, step_count, &asked};
    struct sw_timeline_data data = script_data(&script);
    struct sw_playlist playlist = {.id = "p", .items = items, .count = count, .otherwise = "o"};
    sw_instant at = instant_of(zone, "2026-11-23T23:59:59.9");
    struct sw_wanted wanted = sw_timeline(&playlist, zone, &data, at);
    assert_true(wanted.since <= at && wanted.until > at);
    return asked;
}

static void work_is_bounded_by_rounds_and_changes(void **state)
{
    static const struct sw_playlist_turn second[] = {{"s", SW_SECOND}};
    enum { COUNT = 7 };
    struct sw_playlist_item items[COUNT];
    sw_instant midnight = instant_of(*state, "2026-11-23T00:00");
    for (size_t i = 0; i < COUNT; i++) {
        items[i] = (struct sw_playlist_item){ITEM(second), .when = CONDITION(i)};
    }
    for (unsigned truths = 0; truths < 1u << COUNT; truths++) { /* data that never change */
        const struct script_step steps[] = {{0, truths}};
        struct asked asked = ask(*state, items, COUNT, steps, 1);
        assert_true(asked.truths <= 2 * COUNT && asked.changes <= 1);
    }
    for (int changes = 1; changes <= 16; changes++) {
        struct script_step steps[16];
        for (int i = 0; i < changes; i++) {
            steps[i] = (struct script_step){midnight + (i + 1) * SW_HOUR + 123 * SW_MS, i % 2 == 0 ? 0x55 : 0x2a};
        }
        struct asked asked = ask(*state, items, COUNT, steps, (size_t)changes);
        assert_true(asked.truths <= 2u * COUNT * (unsigned)(changes + 1) && asked.changes <= 1u + (unsigned)changes);
    }
    items[2].interrupt = true; /* looked at once for each change and the first boundary after it */
    for (int changes = 1; changes <= 16; changes++) {
        struct script_step steps[16];
        for (int i = 0; i < changes; i++) {
            steps[i] = (struct script_step){midnight + (i + 1) * SW_HOUR + 123 * SW_MS, 0x7b};
        }
        struct asked asked = ask(*state, items, COUNT, steps, (size_t)changes);
        assert_true(asked.truths <= (2u * COUNT + 2) * (unsigned)(changes + 1) && asked.changes <= 1u + (unsigned)changes);
    }
}

static void many_changes_within_a_turn_cost_little(void **state)
{
    static const struct sw_playlist_turn minute[] = {{"m", SW_MINUTE}};
    static const struct sw_playlist_item items[] = {{ITEM(minute), .when = CONDITION(0)}, {ITEM(minute), .when = CONDITION(1)}};
    static struct script_step steps[6000];
    sw_instant noon = instant_of(*state, "2026-11-23T12:00");
    for (int i = 0; i < 6000; i++) { /* ten a second, for ten minutes */
        steps[i] = (struct script_step){noon + i * 100 * SW_MS, i % 2 == 0 ? 1 : 2};
    }
    struct asked asked = ask(*state, items, SW_COUNT(items), steps, SW_COUNT(steps));
    assert_true(asked.truths <= 40 && asked.changes <= 24);
}

/* The plain model: half-second by half-second through the period, nothing leapt over. */
#define STEP (SW_SECOND / 2)
#define HIGHEST 2 /* priorities of make_world */
#define LOWEST (-1)

struct model {
    const struct sw_playlist *playlist;
    unsigned on;    /* by schedule */
    int running;    /* item; -1: otherwise */
    int last;       /* item chosen last; -1: none yet */
    sw_instant began, ends, otherwise_since;
    unsigned over;  /* interrupts that show */
    sw_instant over_since;
};

static bool model_holds(const struct model *model, int i, unsigned truths)
{
    const struct sw_playlist_item *item = &model->playlist->items[i];
    return (model->on >> i & 1u) != 0 && (item->when == NULL || (truths >> number_of(item->when) & 1u) != 0);
}

static int64_t model_length(const struct sw_playlist_item *item)
{
    int64_t length = 0;
    for (size_t i = 0; i < item->turn_count; i++) {
        length += item->turns[i].duration;
    }
    return length;
}

static void model_choose(struct model *model, sw_instant at, unsigned truths)
{
    int count = (int)model->playlist->count;
    int before = model->running;
    model->running = -1;
    for (int priority = HIGHEST; priority >= LOWEST && model->running < 0; priority--) {
        for (int k = 1; k <= count && model->running < 0; k++) {
            int i = (model->last + k + count) % count;
            const struct sw_playlist_item *item = &model->playlist->items[i];
            if (item->priority == priority && !item->interrupt && model_holds(model, i, truths)) {
                model->running = i;
            }
        }
    }
    model->began = at;
    if (model->running >= 0) {
        model->last = model->running;
        model->ends = at + model_length(&model->playlist->items[model->running]);
    } else {
        model->otherwise_since = before >= 0 ? at : model->otherwise_since;
        model->ends = at + SW_SECOND;
    }
}

static void model_interrupt(struct model *model, sw_instant at, unsigned truths)
{
    int count = (int)model->playlist->count;
    int lowest = model->running >= 0 ? model->playlist->items[model->running].priority : LOWEST;
    unsigned over = 0;
    for (int priority = HIGHEST; priority >= lowest && over == 0; priority--) {
        for (int i = 0; i < count; i++) {
            const struct sw_playlist_item *item = &model->playlist->items[i];
            over |= item->interrupt && item->priority == priority && model_holds(model, i, truths) ? 1u << i : 0u;
        }
    }
    if (over != model->over) {
        model->over = over;
        model->over_since = at;
    }
}

static void model_turn(struct sw_wanted *wanted, const struct sw_playlist_item *item, sw_instant began, sw_instant at)
{
    size_t place = 0;
    for (; began + item->turns[place].duration <= at; place++) {
        began += item->turns[place].duration;
    }
    wanted->item = item;
    wanted->scene = item->turns[place].scene;
    wanted->since = began;
}

static struct sw_wanted model_wanted(const struct model *model, sw_instant at)
{
    struct sw_wanted wanted = {.scene = model->playlist->otherwise, .since = model->otherwise_since};
    if (model->over != 0) {
        sw_instant began = model->over_since;
        for (int i = 0;; i = (i + 1) % (int)model->playlist->count) {
            const struct sw_playlist_item *item = &model->playlist->items[i];
            if ((model->over >> i & 1u) == 0) {
                continue;
            }
            if (at < began + model_length(item)) {
                model_turn(&wanted, item, began, at);
                return wanted;
            }
            began += model_length(item);
        }
    }
    if (model->running >= 0) {
        model_turn(&wanted, &model->playlist->items[model->running], model->began, at);
    }
    wanted.since = wanted.since > model->over_since ? wanted.since : model->over_since;
    return wanted;
}

/* What the model says of `at`; the script is cut there, so that `until` is what the data known by then say. */
static struct sw_wanted ask_model(const struct sw_playlist *playlist, const struct sw_zone_rules *zone, struct script script, sw_instant at)
{
    sw_instant from, to;
    scan_period(playlist, zone, at, &from, &to);
    while (script.count > 0 && script.steps[script.count - 1].at > at) {
        script.count--;
    }
    struct model model = {.playlist = playlist, .on = on_by_schedule(playlist, zone, at), .running = -1, .last = -1, .ends = from};
    model.otherwise_since = model.over_since = from;
    struct sw_wanted wanted = {0};
    for (sw_instant step = from; step < to; step += STEP) {
        unsigned truths = script_truths(&script, step);
        if (step == model.ends) {
            model_choose(&model, step, truths);
        }
        model_interrupt(&model, step, truths);
        if (step + STEP <= at) {
            continue;
        }
        struct sw_wanted now = model_wanted(&model, step);
        if (step <= at) {
            wanted = now;
        } else if (now.scene != wanted.scene || now.item != wanted.item || now.since != wanted.since) {
            wanted.until = step;
            return wanted;
        }
    }
    wanted.until = to;
    return wanted;
}

static size_t make_script(struct script_step *steps, size_t capacity, uint64_t *random, sw_instant begin)
{
    static const int64_t gaps[] = {2, 20, 200, 4000, 40000}; /* half-seconds */
    size_t count = (size_t)random_below(random, (int64_t)capacity + 1);
    int64_t gap = gaps[random_below(random, SW_COUNT(gaps))];
    bool sparse = random_below(random, 2) == 0;
    for (size_t i = 0; i < count; i++) {
        begin += (random_below(random, gap) + 1) * STEP;
        uint64_t bits = next_random(random);
        steps[i] = (struct script_step){begin, (unsigned)(sparse ? bits & bits >> 20 & bits >> 40 : bits) & 0xffu};
    }
    return count;
}

static void agrees_with_the_plain_model(void **state)
{
    enum { STEPS_MAX = 3000 };
    static const struct chances kinds[] = {
        {.shortest = SW_SECOND, .longest = 9 * SW_SECOND, .scheduled = 30, .asking = 100, .interrupting = 0},
        {.shortest = SW_SECOND, .longest = 90 * SW_SECOND, .scheduled = 30, .asking = 60, .interrupting = 25},
        {.shortest = SW_SECOND, .longest = 600 * SW_SECOND, .scheduled = 60, .asking = 80, .interrupting = 50},
        {.shortest = SW_SECOND, .longest = 20 * SW_SECOND, .scheduled = 10, .asking = 100, .interrupting = 30},
    };
    uint64_t random = 4;
    struct world world;
    static struct script_step steps[STEPS_MAX];
    for (int trial = 0; trial < 240; trial++) {
        make_world(&world, &random, &kinds[trial % (int)SW_COUNT(kinds)]);
        int year = FIRST_YEAR + trial % (LAST_YEAR - FIRST_YEAR + 1);
        int64_t day = trial % 3 == 0 ? change_day(year, 3) : trial % 3 == 1 ? change_day(year, 10) : change_day(year, 3) + trial;
        sw_instant midnight = sw_civil_instant(*state, sw_date_from_days(day), 0);
        struct asked asked = {0};
        struct script script = {steps, make_script(steps, trial % 5 == 0 ? 3 : STEPS_MAX, &random, midnight - SW_MINUTE), &asked};
        struct sw_timeline_data data = script_data(&script);
        for (int question = 0; question < 3; question++) {
            int64_t window = question == 0 ? 20 * SW_MINUTE : 23 * SW_HOUR;
            sw_instant at = midnight + random_below(&random, window);
            if (question == 2 && script.count > 0) { /* just at a change of the data, if it is of this day */
                sw_instant change = steps[random_below(&random, (int64_t)script.count)].at;
                at = change >= midnight && change < midnight + 23 * SW_HOUR ? change : at;
            }
            asked.latest = INT64_MIN;
            struct sw_wanted wanted = sw_timeline(&world.playlist, *state, &data, at);
            struct sw_wanted model = ask_model(&world.playlist, *state, script, at);
            assert_true(asked.latest <= at);
            if (wanted.scene != model.scene || wanted.item != model.item || wanted.since != model.since || wanted.until != model.until) {
                fail_msg("trial %d question %d: %s %lld %lld, by the model %s %lld %lld", trial, question, wanted.scene,
                         (long long)(wanted.since - midnight), (long long)(wanted.until - midnight), model.scene,
                         (long long)(model.since - midnight), (long long)(model.until - midnight));
            }
        }
    }
}

/* Going from turn to turn, and looking again at each change of data, a day is covered without gap. */
static void a_day_of_changes_has_no_gap(void **state)
{
    enum { STEPS_MAX = 300 };
    static const struct chances chances = {
        .shortest = 20 * SW_SECOND, .longest = 900 * SW_SECOND, .scheduled = 40, .asking = 80, .interrupting = 40};
    uint64_t random = 5;
    struct world world;
    static struct script_step steps[STEPS_MAX];
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        make_world(&world, &random, &chances);
        int64_t day = change_day(year, year % 2 == 0 ? 3 : 10);
        sw_instant at = sw_civil_instant(*state, sw_date_from_days(day), 0);
        sw_instant end = sw_civil_instant(*state, sw_date_from_days(day + 1), 0);
        struct asked asked = {0};
        struct script script = {steps, make_script(steps, STEPS_MAX, &random, at), &asked};
        struct sw_timeline_data data = script_data(&script);
        struct sw_wanted last = {.until = at};
        while (at < end) {
            struct sw_wanted wanted = sw_timeline(&world.playlist, *state, &data, at);
            bool begins = wanted.since == at && wanted.turn != last.turn;
            bool goes_on = at < last.until && wanted.since == last.since && wanted.turn == last.turn && wanted.scene == last.scene;
            assert_true(begins || goes_on);
            struct sw_wanted at_since = sw_timeline(&world.playlist, *state, &data, wanted.since);
            assert_true(at_since.turn == wanted.turn && at_since.since == wanted.since);
            sw_instant change = script_next_change(&script, at);
            sw_instant next = change < wanted.until ? change : wanted.until;
            struct sw_wanted to_the_end = sw_timeline(&world.playlist, *state, &data, next - 1);
            assert_true(same_wanted(&to_the_end, &wanted));
            last = wanted;
            at = next;
        }
        assert_true(at == end);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_are_read_at_boundaries),
        cmocka_unit_test(the_snapshot_of_the_boundary_counts),
        cmocka_unit_test(priorities_fall_through),
        cmocka_unit_test(otherwise_asks_each_second),
        cmocka_unit_test(interrupts_break_in),
        cmocka_unit_test(a_turn_after_an_interrupt_is_its_own),
        cmocka_unit_test(several_interrupts_take_turns),
        cmocka_unit_test(interrupts_yield_to_higher_items),
        cmocka_unit_test(interrupts_begin_anew_at_midnight),
        cmocka_unit_test(without_data_nothing_is_true),
        cmocka_unit_test(work_is_bounded_by_rounds_and_changes),
        cmocka_unit_test(many_changes_within_a_turn_cost_little),
        cmocka_unit_test(agrees_with_the_plain_model),
        cmocka_unit_test(a_day_of_changes_has_no_gap),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
