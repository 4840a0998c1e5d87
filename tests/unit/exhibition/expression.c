/* SPDX-License-Identifier: EUPL-1.2 */
/* What expressions give, what they note as read and until when they hold. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/civil.h"
#include "exhibition/expression.h"

static struct sw_arena arena;
static struct sw_zone_rules *berlin;
static sw_instant now;

#define STRING(text) {.type = SW_VALUE_STRING, .as.string = text}
#define NUMBER(n) {.type = SW_VALUE_NUMBER, .as.number = n}

static const struct sw_value tag_items[] = {STRING("project"), STRING("live")};
static const struct sw_list tags = {2, tag_items};
static const struct sw_value number_items[] = {NUMBER(3), NUMBER(1.5), NUMBER(7)};
static const struct sw_list numbers = {3, number_items};
static const struct sw_list empty = {0, NULL};
static const struct sw_value broken_items[] = {NUMBER(3), {.type = SW_VALUE_MISSING}};
static const struct sw_list broken = {2, broken_items};
static const char *const member_names[] = {"title", "tags", "order"};
static const struct sw_value member_values[] = {STRING("Der Rhein"), {.type = SW_VALUE_LIST, .as.list = &tags}, NUMBER(20)};
static const struct sw_record record = {3, member_names, member_values};
static const struct sw_value row_items[] = {{.type = SW_VALUE_RECORD, .as.record = &record}};
static const struct sw_list rows = {1, row_items};
static struct sw_value long_items[12000];
static char huge[66000];
static const struct sw_list long_list = {12000, long_items};

static bool look_up(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    static const struct {
        const char *name;
        struct sw_value value;
    } known[] = {
        {"level", NUMBER(5.5)},
        {"zero", NUMBER(0)},
        {"none", {.type = SW_VALUE_MISSING}},
        {"yes", {.type = SW_VALUE_BOOL, .as.truth = true}},
        {"no", {.type = SW_VALUE_BOOL}},
        {"title", STRING("Der Rhein bei Ruh\xc2\xadrort")},
        {"strong", STRING("Der \x01Rhein\x02")},
        {"tags", {.type = SW_VALUE_LIST, .as.list = &tags}},
        {"numbers", {.type = SW_VALUE_LIST, .as.list = &numbers}},
        {"empty", {.type = SW_VALUE_LIST, .as.list = &empty}},
        {"broken", {.type = SW_VALUE_LIST, .as.list = &broken}},
        {"long", {.type = SW_VALUE_LIST, .as.list = &long_list}},
        {"huge", STRING(huge)},
        {"rows", {.type = SW_VALUE_LIST, .as.list = &rows}},
        {"s", {.type = SW_VALUE_RECORD, .as.record = &record}},
        {"span", {.type = SW_VALUE_DURATION, .as.duration = 90 * SW_SECOND}},
    };
    (void)scope;
    for (size_t i = 0; i < SW_COUNT(known); i++) {
        if (strcmp(known[i].name, name) == 0) {
            *out = known[i].value;
            return true;
        }
    }
    return false;
}

static bool look_up_inner(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    *out = *(const struct sw_value *)scope->context;
    return strcmp(name, "row") == 0;
}

static const struct sw_scope outer = {.lookup = look_up};
static const struct sw_value inner_value = NUMBER(4);
static const struct sw_scope inner = {.outer = &outer, .lookup = look_up_inner, .context = &inner_value};

/* A value as text, with its type in front: "number 5.5". */
static const char *show(struct sw_value value)
{
    char duration[32];
    switch (value.type) {
    case SW_VALUE_MISSING: return "missing";
    case SW_VALUE_BOOL: return value.as.truth ? "true" : "false";
    case SW_VALUE_NUMBER: return sw_arena_printf(&arena, "number %.15g", value.as.number);
    case SW_VALUE_DURATION:
        return sw_arena_printf(&arena, "duration %s%s", value.as.duration < 0 ? "-" : "",
                               sw_duration_text(value.as.duration < 0 ? -value.as.duration : value.as.duration, duration, sizeof duration));
    case SW_VALUE_INSTANT: {
        struct sw_civil civil = sw_civil_at(berlin, value.as.instant);
        return sw_arena_printf(&arena, "instant %04d-%02d-%02dT%02d:%02d:%02d", civil.date.year, civil.date.month, civil.date.day,
                               civil.hour, civil.minute, civil.second);
    }
    case SW_VALUE_STRING: return sw_arena_printf(&arena, "text %s", value.as.string);
    case SW_VALUE_LIST: return sw_arena_printf(&arena, "list of %zu", value.as.list->count);
    case SW_VALUE_RECORD: return sw_arena_printf(&arena, "record of %zu", value.as.record->count);
    case SW_VALUE_OPAQUE: return "opaque";
    }
    return "?";
}

static struct sw_value evaluate(const char *text, struct sw_reads *reads)
{
    struct sw_expression_faults faults = {0};
    const struct sw_expression *expression = sw_expression_create(&arena, text, strlen(text), true, &faults);
    if (expression == NULL) {
        fail_msg("%s: %zu: %s", text, faults.items[0].offset, faults.items[0].text);
    }
    struct sw_evaluation evaluation = {.scope = &inner, .arena = &arena, .reads = reads, .now = now, .zone = berlin, .language = "de"};
    return sw_expression_evaluate(expression, &evaluation);
}

struct row {
    const char *text, *expected;
};

static void expect_all(const struct row *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *got = show(evaluate(cases[i].text, NULL));
        if (strcmp(got, cases[i].expected) != 0) {
            fail_msg("%s gives %s, not %s", cases[i].text, got, cases[i].expected);
        }
    }
}

static void literals_and_names(void **state)
{
    (void)state;
    static const struct row cases[] = {
        {"1", "number 1"},
        {"0.1", "number 0.1"},
        {"12.5", "number 12.5"},
        {"000000000000000000012.50", "number 12.5"},
        {"123456789012345", "number 123456789012345"},
        {"-3", "number -3"},
        {"- 3", "number -3"},
        {"--3", "number 3"},
        {"'a b'", "text a b"},
        {"\"it's\"", "text it's"},
        {"'it\\'s \\\\ \\\"x\\\" \\n'", "text it's \\ \"x\" \n"},
        {"''", "text "},
        {"'\x01" "a\x0f" "b\x7f'", "text ab"},
        {"'Grüße'", "text Grüße"},
        {"20s", "duration 20s"},
        {"1m30s", "duration 1m30s"},
        {"-2h", "duration -2h"},
        {"true", "true"},
        {"false", "false"},
        {"missing", "missing"},
        {" \t\n level \r\n", "number 5.5"},
        {"row", "number 4"},
        {"nowhere", "missing"},
        {"nowhere.at.all", "missing"},
        {"level.member", "missing"},
        {"1.a", "missing"},
        {"s.title", "text Der Rhein"},
        {"s.nothing", "missing"},
        {"s . order", "number 20"},
        {"s.in", "missing"},
        {"first(rows).title", "text Der Rhein"},
        {"(s).order", "number 20"},
        {"now", "instant 2026-11-23T14:05:30"},
        {"tags", "list of 2"},
        {"s", "record of 3"},
    };
    expect_all(cases, SW_COUNT(cases));
}

static void arithmetic(void **state)
{
    (void)state;
    static const struct row cases[] = {
        {"1 + 2 * 3", "number 7"},
        {"(1 + 2) * 3", "number 9"},
        {"10 - 3 - 2", "number 5"},
        {"2 * -3", "number -6"},
        {"-2 * 3", "number -6"},
        {"7 / 2", "number 3.5"},
        {"12 / 2 / 3", "number 2"},
        {"7 % 3", "number 1"},
        {"-1 % 3", "number 2"},
        {"7 % -3", "number -2"},
        {"-6 % 3", "number 0"},
        {"5.5 % 2", "number 1.5"},
        {"1 / 0", "missing"},
        {"0 / 0", "missing"},
        {"7 % 0", "missing"},
        {"none + 1", "missing"},
        {"-none", "missing"},
        {"-'a'", "missing"},
        {"-yes", "missing"},
        {"'a' + 'b'", "text ab"},
        {"'a' + 1", "missing"},
        {"1 + yes", "missing"},
        {"'a' * 2", "missing"},
        {"tags + tags", "missing"},
        {"1m + 30s", "duration 1m30s"},
        {"1m - 90s", "duration -30s"},
        {"-(1m - 90s)", "duration 30s"},
        {"20s * 3", "duration 1m"},
        {"0.5 * 1m", "duration 30s"},
        {"1m / 2", "duration 30s"},
        {"1h / 1m", "number 60"},
        {"1h / 0s", "missing"},
        {"1h / 0", "missing"},
        {"100s % 1m", "duration 40s"},
        {"-(20s) % 1m", "duration 40s"},
        {"100s % 0s", "missing"},
        {"20s + 3", "missing"},
        {"20s * 20s", "missing"},
        {"3 / 20s", "missing"},
        {"366d * 1000000000", "missing"},
        {"now + 1h", "instant 2026-11-23T15:05:30"},
        {"1h + now", "instant 2026-11-23T15:05:30"},
        {"now - 30s", "instant 2026-11-23T14:05:00"},
        {"now - date(2026, 11, 23)", "duration 14h5m30s"},
        {"now + now", "missing"},
        {"1h - now", "missing"},
        {"now * 2", "missing"},
        {"now + (366d * 200000 + 366d * 90000)", "missing"},
        {"0.1 + 0.2 == 0.3", "false"},
    };
    expect_all(cases, SW_COUNT(cases));
}

static void comparison(void **state)
{
    (void)state;
    static const struct row cases[] = {
        {"1 < 2", "true"},
        {"2 < 2", "false"},
        {"2 <= 2", "true"},
        {"3 > 2", "true"},
        {"2 >= 3", "false"},
        {"1 == 1", "true"},
        {"1 != 1", "false"},
        {"'a' == 'a'", "true"},
        {"'a' < 'b'", "true"},
        {"'Ä' < 'B'", "true"},
        {"1 == 'a'", "false"},
        {"1 != 'a'", "true"},
        {"1 < 'a'", "missing"},
        {"yes == true", "true"},
        {"yes < no", "missing"},
        {"tags < tags", "missing"},
        {"tags == tags", "true"},
        {"1m == 60s", "true"},
        {"1m > 59s", "true"},
        {"60 == 60s", "false"},
        {"now > date(2026, 1, 1)", "true"},
        {"now == now", "true"},
        {"none == 1", "missing"},
        {"none == none", "missing"},
        {"none == missing", "true"},
        {"missing == none", "true"},
        {"level == missing", "false"},
        {"level != missing", "true"},
        {"none != missing", "false"},
        {"none < 1", "missing"},
        {"'live' in tags", "true"},
        {"'dead' in tags", "false"},
        {"1.5 in numbers", "true"},
        {"'1.5' in numbers", "false"},
        {"'x' in empty", "false"},
        {"none in tags", "missing"},
        {"'x' in none", "missing"},
        {"'x' in 'xyz'", "missing"},
        {"'project' in s.tags", "true"},
        {"not ('live' in tags)", "false"},
        {"not 'live' in tags", "false"},
        {"'live' in tags and level > 5", "true"},
    };
    expect_all(cases, SW_COUNT(cases));
}

static void logic(void **state)
{
    (void)state;
    static const struct row cases[] = {
        {"true and true", "true"},
        {"true and false", "false"},
        {"false and none", "false"},
        {"none and false", "false"},
        {"true and none", "missing"},
        {"none and true", "missing"},
        {"none and none", "missing"},
        {"false or true", "true"},
        {"false or false", "false"},
        {"true or none", "true"},
        {"none or true", "true"},
        {"false or none", "missing"},
        {"none or false", "missing"},
        {"1 and true", "missing"},
        {"1 or true", "true"},
        {"not true", "false"},
        {"not none", "missing"},
        {"not 1", "missing"},
        {"not not true", "true"},
        {"not 1 == 2", "true"},
        {"not true and false", "false"},
        {"true or false and false", "true"},
        {"none ?? 1", "number 1"},
        {"level ?? 1", "number 5.5"},
        {"none ?? none", "missing"},
        {"none ?? none ?? 3", "number 3"},
        {"none ?? 1 + 2", "number 3"},
        {"none ?? 3 > 2", "true"},
        {"level > 5 ? 'high' : 'low'", "text high"},
        {"level > 6 ? 'high' : 'low'", "text low"},
        {"none > 6 ? 'high' : 'low'", "missing"},
        {"1 ? 'a' : 'b'", "missing"},
        {"no ? 1 : no ? 2 : 3", "number 3"},
        {"yes ? no ? 1 : 2 : 3", "number 2"},
        {"yes or no ? 1 : 2", "number 1"},
    };
    expect_all(cases, SW_COUNT(cases));
}

static void functions(void **state)
{
    (void)state;
    static const struct row cases[] = {
        {"count(tags)", "number 2"},
        {"count(empty)", "number 0"},
        {"count(none)", "missing"},
        {"count('abc')", "missing"},
        {"first(tags)", "text project"},
        {"last(tags)", "text live"},
        {"first(empty)", "missing"},
        {"last(empty)", "missing"},
        {"min(3, 1, 2)", "number 1"},
        {"max(3, 1, 2)", "number 3"},
        {"max(3)", "number 3"},
        {"min(1m, 30s)", "duration 30s"},
        {"min(1, none)", "missing"},
        {"min(1, 30s)", "missing"},
        {"max('a', 'b')", "missing"},
        {"min(numbers)", "number 1.5"},
        {"max(numbers)", "number 7"},
        {"max(empty)", "missing"},
        {"max(tags)", "missing"},
        {"max(numbers, 3)", "missing"},
        {"max(now, date(2030, 1, 1))", "instant 2030-01-01T00:00:00"},
        {"sum(numbers)", "number 11.5"},
        {"sum(empty)", "number 0"},
        {"sum(tags)", "missing"},
        {"sum(broken)", "missing"},
        {"round(2.5)", "number 3"},
        {"round(-2.5)", "number -3"},
        {"round('2')", "missing"},
        {"floor(-2.1)", "number -3"},
        {"ceil(2.1)", "number 3"},
        {"abs(-2)", "number 2"},
        {"abs(-2s)", "duration 2s"},
        {"length('Grüße')", "number 5"},
        {"length(strong)", "number 9"},
        {"length(tags)", "missing"},
        {"contains(title, 'rhein')", "true"},
        {"contains(title, 'ruhrort')", "true"},
        {"contains(strong, 'r RH')", "true"},
        {"contains(title, 'Elbe')", "false"},
        {"contains(title, '')", "true"},
        {"contains('GRÜN', 'grün')", "true"},
        {"contains(title, none)", "missing"},
        {"starts(title, 'der ')", "true"},
        {"starts(title, 'rhein')", "false"},
        {"date(2026, 11, 23)", "instant 2026-11-23T00:00:00"},
        {"date(2026, 2, 29)", "missing"},
        {"date(2026, 1.5, 2)", "missing"},
        {"year(now)", "number 2026"},
        {"month(now)", "number 11"},
        {"day(now)", "number 23"},
        {"hour(now)", "number 14"},
        {"minute(now)", "number 5"},
        {"weekday(now)", "number 1"},
        {"weekday(now + 6d)", "number 7"},
        {"days(49h)", "number 2"},
        {"hours(49h)", "number 49"},
        {"minutes(90s)", "number 1"},
        {"minutes(0s - 1s)", "number -1"},
        {"seconds(1m)", "number 60"},
        {"minutes(now)", "missing"},
        {"hour(none)", "missing"},
        {"hour(3)", "missing"},
    };
    expect_all(cases, SW_COUNT(cases));
}

/* Until when a result holds, as seconds and microseconds from now; -1: for ever. `now` is Monday, 2026-11-23 14:05:30.25 in Berlin. */
static void validity(void **state)
{
    (void)state;
    const int64_t s = SW_SECOND, quarter = SW_SECOND / 4;
    const struct {
        const char *text;
        int64_t holds; /* 0: for ever */
    } cases[] = {
        {"level + 1", 0},
        {"now", s - quarter},
        {"now - date(2026, 1, 1)", s - quarter},
        {"(now - date(2026, 1, 1)) / 1s", s - quarter},
        {"minute(now)", 30 * s - quarter},
        {"hour(now)", 54 * SW_MINUTE + 30 * s - quarter},
        {"hour(now + 30m)", 24 * SW_MINUTE + 30 * s - quarter},
        {"hour(30m + now)", 24 * SW_MINUTE + 30 * s - quarter},
        {"day(now)", 9 * SW_HOUR + 54 * SW_MINUTE + 30 * s - quarter},
        {"weekday(now) == 1", 9 * SW_HOUR + 54 * SW_MINUTE + 30 * s - quarter},
        {"month(now)", (7 * 24 + 9) * SW_HOUR + 54 * SW_MINUTE + 30 * s - quarter},
        {"year(now)", (38 * 24 + 9) * SW_HOUR + 54 * SW_MINUTE + 30 * s - quarter},
        {"hour(date(2026, 11, 24) + (now - date(2026, 11, 23)))", 54 * SW_MINUTE + 30 * s - quarter},
        {"minutes(date(2026, 11, 24) - now)", 30 * s - quarter + 1},
        {"minutes(now - date(2026, 11, 23))", 30 * s - quarter},
        {"days(now - date(2026, 11, 23))", 9 * SW_HOUR + 54 * SW_MINUTE + 30 * s - quarter},
        {"minutes(90s)", 0},
        {"hour(now) < 18 and minute(now) > 3", 30 * s - quarter},
        {"hour(now) > 18 and minute(now) > 3", 54 * SW_MINUTE + 30 * s - quarter}, /* the right side does not matter yet */
        {"now < date(2026, 11, 24)", 9 * SW_HOUR + 54 * SW_MINUTE + 30 * s - quarter},
        {"now <= date(2026, 11, 24)", 9 * SW_HOUR + 54 * SW_MINUTE + 30 * s - quarter + 1},
        {"date(2026, 11, 24) > now", 9 * SW_HOUR + 54 * SW_MINUTE + 30 * s - quarter},
        {"date(2026, 11, 24) >= now", 9 * SW_HOUR + 54 * SW_MINUTE + 30 * s - quarter + 1},
        {"now > date(2026, 11, 23)", 0},
        {"now == date(2026, 11, 24)", 9 * SW_HOUR + 54 * SW_MINUTE + 30 * s - quarter},
        {"date(2026, 11, 24) - now < 1h", 8 * SW_HOUR + 54 * SW_MINUTE + 30 * s - quarter + 1},
        {"(date(2026, 11, 24) - now) - (now - date(2026, 11, 23)) > 0s", s - quarter},
        {"now == now", 0},
        {"now < now + 1s", 0},
        {"max(now, date(2030, 1, 1))", s - quarter},
        {"now ?? level", s - quarter},
        {"yes ? level : now", 0},
        {"now | time", 30 * s - quarter},
        {"now | date", 9 * SW_HOUR + 54 * SW_MINUTE + 30 * s - quarter},
        {"now + 12h | date:long", 21 * SW_HOUR + 54 * SW_MINUTE + 30 * s - quarter},
        {"date(2026, 11, 23) | time", 0},
        {"date(2026, 11, 23) | ago", 54 * SW_MINUTE + 30 * s - quarter},
        {"now - 1h == missing", 0},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_reads reads;
        sw_reads_init(&reads);
        now += quarter;
        (void)evaluate(cases[i].text, &reads);
        int64_t holds = reads.valid_until == SW_NEVER ? 0 : reads.valid_until - now;
        now -= quarter;
        if (holds != cases[i].holds) {
            fail_msg("%s holds for %.6f s, not %.6f s", cases[i].text, (double)holds / 1e6, (double)cases[i].holds / 1e6);
        }
    }
}

/* What is said to hold does, and no shorter than needed: evaluated at both sides of each edge. */
static void validity_is_exact(void **state)
{
    (void)state;
    static const char *const cases[] = {"now < date(2026, 11, 24)",
                                        "now <= date(2026, 11, 24)",
                                        "now >= date(2026, 11, 24)",
                                        "now > date(2026, 11, 24)",
                                        "date(2026, 11, 24) < now",
                                        "date(2026, 11, 24) <= now",
                                        "date(2026, 11, 24) - now >= 2h",
                                        "date(2026, 11, 24) - now > 2h",
                                        "now == date(2026, 11, 24)",
                                        "date(2026, 11, 24) != now",
                                        "hour(now)",
                                        "minute(now - 20s)",
                                        "weekday(now)",
                                        "minutes(date(2026, 11, 24) - now)",
                                        "hours(now - date(2026, 11, 23))",
                                        "seconds(date(2026, 11, 23) - now)",
                                        "month(now)",
                                        "year(now)",
                                        "now | time",
                                        "now | date:weekday",
                                        "date(2026, 11, 24) | ago",
                                        "date(2026, 10, 2) | ago"};
    sw_instant start = now;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        now = start;
        for (int step = 0; step < 40; step++) {
            struct sw_reads reads;
            sw_reads_init(&reads);
            const char *here = show(evaluate(cases[i], &reads));
            if (reads.valid_until == SW_NEVER) {
                break;
            }
            assert_true(reads.valid_until > now);
            now = reads.valid_until - 1;
            assert_string_equal(show(evaluate(cases[i], NULL)), here);
            now++;
            if (strcmp(show(evaluate(cases[i], NULL)), here) == 0) {
                fail_msg("%s: evaluated again at step %d without need", cases[i], step);
            }
        }
    }
    now = start;
}

static void reads_names(void **state)
{
    (void)state;
    struct sw_reads reads, others;
    sw_reads_init(&reads);
    (void)evaluate("s.title == 'x' or nowhere ?? no or (false and level)", &reads);
    assert_int_equal(reads.count, 3);
    assert_true(sw_reads_has(&reads, "s"));
    assert_true(sw_reads_has(&reads, "nowhere"));
    assert_true(sw_reads_has(&reads, "no"));
    assert_false(sw_reads_has(&reads, "level"));
    assert_false(sw_reads_has(&reads, "title"));
    assert_true(reads.valid_until == SW_NEVER);

    sw_reads_init(&others);
    sw_reads_add(&others, "level");
    sw_reads_add(&others, "s");
    sw_reads_until(&others, 50);
    sw_reads_until(&others, 70);
    sw_reads_merge(&reads, &others);
    assert_int_equal(reads.count, 4);
    assert_true(reads.valid_until == 50);

    for (int i = 0; i < SW_READS_MAX; i++) {
        sw_reads_add(&others, sw_arena_printf(&arena, "name_%d", i));
    }
    assert_true(others.all);
    assert_int_equal(others.count, SW_READS_MAX);
    assert_true(sw_reads_has(&others, "anything"));
    sw_reads_merge(&reads, &others);
    assert_true(reads.all);
}

static void collect(void *context, const char *name)
{
    strcat(strcat(context, name), " ");
}

static void names_are_listed(void **state)
{
    (void)state;
    char names[200] = "";
    struct sw_expression_faults faults = {0};
    const char *text = "rhein.level > max(a, b) ? now : not (c.d in e) | default:'x'";
    const struct sw_expression *expression = sw_expression_create(&arena, text, strlen(text), true, &faults);
    sw_expression_each_name(expression, collect, names);
    assert_string_equal(names, "rhein a b now c e ");
}

static void budget(void **state)
{
    (void)state;
    static const struct row cases[] = {
        {"count(long)", "number 12000"},
        {"sum(long)", "missing"},
        {"1 in long", "missing"},
        {"sum(long) ?? 3", "missing"}, /* the whole is missing */
        {"sum(long) == missing", "missing"},
        {"contains(huge, 'x')", "missing"},
        {"contains('x', huge)", "missing"},
        {"starts('x', huge)", "missing"},
        {"length(huge)", "missing"},
        {"huge + 'x'", "missing"},
        {"'x' + huge", "missing"},
        {"huge == 'x'", "false"},
        {"yes or 1 in long", "true"},
    };
    for (size_t i = 0; i < SW_COUNT(long_items); i++) {
        long_items[i] = sw_value_number(0);
    }
    memset(huge, 'x', sizeof huge - 1);
    expect_all(cases, SW_COUNT(cases));
}

static int set_up(void **state)
{
    (void)state;
    berlin = sw_zone_rules_create("Europe/Berlin");
    now = sw_civil_instant(berlin, (struct sw_date){2026, 11, 23}, 14 * SW_HOUR + 5 * SW_MINUTE + 30 * SW_SECOND);
    return berlin == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    sw_zone_rules_destroy(berlin);
    sw_arena_finish(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(literals_and_names), cmocka_unit_test(arithmetic),      cmocka_unit_test(comparison),
        cmocka_unit_test(logic),              cmocka_unit_test(functions),       cmocka_unit_test(validity),
        cmocka_unit_test(validity_is_exact),  cmocka_unit_test(reads_names),     cmocka_unit_test(names_are_listed),
        cmocka_unit_test(budget),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
