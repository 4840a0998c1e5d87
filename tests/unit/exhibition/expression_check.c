/* SPDX-License-Identifier: EUPL-1.2 */
/* What `check` finds in an expression before anything runs, and the types it knows. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "exhibition/expression.h"

static struct sw_arena arena;

static const char *const span_words[] = {"day", "week", NULL};
static const char *const contrast_words[] = {"normal", "high", NULL};
static const char *const session_members[] = {"contrast", "text_size", NULL};
static const char *const no_members[] = {NULL};
static const char *const page_members[] = {"id", "title", "number", NULL};

struct known {
    const char *name;
    struct sw_name_type type;
};

static const struct known outer_names[] = {
    {"session", {.type = SW_VALUE_RECORD, .members = session_members}},
    {"session.contrast", {.type = SW_VALUE_STRING, .words = contrast_words}},
    {"page", {.type = SW_VALUE_RECORD, .members = page_members}},
    {"pages", {.type = SW_VALUE_LIST, .members = page_members}},
    {"tags", {.type = SW_VALUE_LIST}},
    {"anything", {.type = SW_VALUE_MISSING}},
    {"rhein", {.type = SW_VALUE_RECORD}},
    {"bare", {.type = SW_VALUE_RECORD, .members = no_members}},
    {NULL, {.type = SW_VALUE_MISSING}},
};
static const struct known inner_names[] = {
    {"span", {.type = SW_VALUE_STRING, .words = span_words}},
    {"title", {.type = SW_VALUE_STRING}},
    {"step", {.type = SW_VALUE_NUMBER, .ranged = true, .minimum = 0, .maximum = 9}},
    {"level", {.type = SW_VALUE_NUMBER}},
    {"open", {.type = SW_VALUE_BOOL}},
    {"body", {.type = SW_VALUE_OPAQUE}},
    {NULL, {.type = SW_VALUE_MISSING}},
};

static bool describe(const struct sw_names *names, const char *name, struct sw_name_type *out)
{
    for (const struct known *known = names->context; known->name != NULL; known++) {
        if (strcmp(known->name, name) == 0) {
            *out = known->type;
            return true;
        }
    }
    return false;
}

static const char *const *list(const struct sw_names *names, struct sw_arena *into)
{
    const char **all = sw_arena_array(into, 16, sizeof *all);
    size_t count = 0;
    for (const struct known *known = names->context; known->name != NULL; known++) {
        if (strchr(known->name, '.') == NULL) {
            all[count++] = known->name;
        }
    }
    return all;
}

static const struct sw_names outer = {.describe = describe, .list = list, .context = outer_names};
static const struct sw_names inner = {.outer = &outer, .describe = describe, .list = list, .context = inner_names};

static const struct sw_expression *compile(const char *text)
{
    struct sw_expression_faults faults = {0};
    const struct sw_expression *expression = sw_expression_create(&arena, text, strlen(text), true, &faults);
    if (expression == NULL) {
        fail_msg("%s: %s", text, faults.items[0].text);
    }
    return expression;
}

static void faults_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t offset;
        const char *fault;
    } cases[] = {
        {"spann == 'day'", 0, "unknown name \"spann\"; did you mean \"span\"?"},
        {"level > 5 and Level < 7", 14, "unknown name \"Level\"; did you mean \"level\"?"},
        {"sesion.contrast", 0, "unknown name \"sesion\"; did you mean \"session\"?"},
        {"noww", 0, "unknown name \"noww\"; did you mean \"now\"?"},
        {"span == day", 8, "unknown name \"day\"; a text is written in quotes: 'day'"},
        {"span == 'dya'", 8, "span is never 'dya'; it is one of 'day', 'week'"},
        {"'dya' == span", 0, "span is never 'dya'; it is one of 'day', 'week'"},
        {"open and span != 'month'", 17, "span is never 'month'; it is one of 'day', 'week'"},
        {"session.contrast == 'hihg'", 20, "session.contrast is never 'hihg'; it is one of 'normal', 'high'"},
        {"session.contrats == 'high'", 8, "session has no member \"contrats\"; did you mean \"contrast\"?"},
        {"page.colour", 5, "page has no member \"colour\"; its members are id, title, number"},
        {"bare.x", 5, "bare has no member \"x\"; its members are none"},
        {"first(pages).nmber", 13, "first(...) has no member \"nmber\"; did you mean \"number\"?"},
        {"pages.title", 6, "pages is a list and has no member \"title\"; first(list) and last(list) give an item, repeat gives all"},
        {"title.length", 6, "title is a text and has no member \"length\""},
        {"now.hour", 4, "now is a time and has no member \"hour\""},
        {"step > 9", 5, "this comparison is never true; step is 0 to 9"},
        {"step >= 0", 5, "this comparison is always true; step is 0 to 9"},
        {"10 <= step", 3, "this comparison is never true; step is 0 to 9"},
        {"step == 10", 5, "step is never 10; it is 0 to 9"},
        {"step != -1", 5, "this comparison is always true; step is 0 to 9"},
        {"weekday(now) == 0", 13, "weekday(...) is never 0; it is 1 to 7"},
        {"hour(now) >= 24", 10, "this comparison is never true; hour(...) is 0 to 23"},
        {"span == 3", 5, "compares a text with a number; this is never true"},
        {"level != '3'", 6, "compares a number with a text; this is always true"},
        {"now > 14", 4, "compares a time with a number; this is never true"},
        {"level < 20s", 6, "compares a number with a duration; this is never true"},
        {"open == 'true'", 5, "compares true or false with a text; this is never true"},
        {"open < anything", 0, "\"<\" takes a number, a duration, a time or a text; open is true or false"},
        {"title + 1", 6, "\"+\" between a text and a number gives nothing; put both into a text: \"{a} {b}\""},
        {"level - title", 6, "\"-\" between a number and a text gives nothing"},
        {"now + now", 4, "\"+\" between a time and a time gives nothing"},
        {"now + 3", 4, "\"+\" between a time and a number gives nothing"},
        {"not level", 4, "\"not\" takes true or false; level is a number"},
        {"level and open", 0, "\"and\" takes true or false; level is a number"},
        {"open or 'x'", 8, "\"or\" takes true or false; this is a text"},
        {"level ? 1 : 2", 0, "\"? :\" takes true or false; level is a number"},
        {"-title", 1, "\"-\" takes a number or a duration; title is a text"},
        {"'x' in title", 7, "contains(text, part) looks into a text; \"in\" takes a list; title is a text"},
        {"'x' in level", 7, "\"in\" takes a list; level is a number"},
        {"count(title)", 6, "count takes a list; title is a text"},
        {"hour(level)", 5, "hour takes a time; level is a number"},
        {"max(1, title)", 7, "max takes a number, a duration, a time or a list; title is a text"},
        {"abs(now)", 4, "abs takes a number or a duration; now is a time"},
        {"title | number", 0, "filter number takes a number; title is a text"},
        {"level | time", 0, "filter time takes a time; level is a number"},
        {"level | number | number", 8, "filter number takes a number; this is a text"},
        {"body | upper", 0, "filter upper takes a text; body is a group of elements"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_expression_faults faults = {0};
        sw_expression_check(compile(cases[i].text), &inner, &arena, &faults);
        if (faults.count != 1 || faults.items[0].offset != cases[i].offset || strcmp(faults.items[0].text, cases[i].fault) != 0) {
            fail_msg("%s: %zu faults, %zu: %s", cases[i].text, faults.count, faults.items[0].offset,
                     faults.count > 0 ? faults.items[0].text : "none");
        }
        assert_int_equal(faults.items[0].warning, strstr(cases[i].fault, "this comparison is always true") != NULL);
    }
}

static void good_ones_pass(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "span == 'day'", "span != 'week'", "span == title", "title == 'anything'", "session.contrast == 'high'", "session.text_size == 'x'",
        "page.number > 3", "first(pages).title", "rhein.level > 800", "rhein.level.deeper", "anything == 3", "anything.at.all", "step > 8",
        "step >= 1", "step == 9", "step != 0", "step == 4.5", "step < 0.5", "weekday(now) == 7", "now > date(2026, 1, 1)", "now + 1h",
        "level == missing", "missing != span", "'project' in tags", "count(pages) > 1", "open and not open", "anything and anything",
        "level ?? 'none'", "title ?? 'none' | upper", "anything | number", "level | number:1 | default:'x'", "title + 'x'", "1h / 1m > 3",
        "max(1, 2) > 1", "max(pages)", "sum(tags)", "(open ? span : title) == 'x'", "(open ? 1 : 'x') == 'x'",
        "level + 1 | default:0", "body",
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_expression_faults faults = {0};
        sw_expression_check(compile(cases[i]), &inner, &arena, &faults);
        if (faults.count != 0) {
            fail_msg("%s: %s", cases[i], faults.items[0].text);
        }
    }
}

static void many_faults_are_cut(void **state)
{
    (void)state;
    struct sw_expression_faults faults = {0};
    sw_expression_check(compile("a1+a2+a3+a4+a5+a6+a7+a8+a9+a10"), &inner, &arena, &faults);
    assert_int_equal(faults.count, SW_COUNT(faults.items));
    faults.count = 7;
    sw_expression_check(compile("spann == 'day' or spann == 'week'"), NULL, &arena, &faults);
    assert_int_equal(faults.count, 8);
    assert_string_equal(faults.items[7].text, "unknown name \"spann\"; a text is written in quotes: 'spann'");
}

static void types_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum sw_value_type type;
    } cases[] = {
        {"1", SW_VALUE_NUMBER},          {"'a'", SW_VALUE_STRING},          {"20s", SW_VALUE_DURATION},
        {"now", SW_VALUE_INSTANT},       {"nowhere", SW_VALUE_MISSING},     {"anything", SW_VALUE_MISSING},
        {"body", SW_VALUE_OPAQUE},       {"page", SW_VALUE_RECORD},         {"pages", SW_VALUE_LIST},
        {"page.title", SW_VALUE_MISSING}, {"session.contrast", SW_VALUE_STRING}, {"level + 1", SW_VALUE_NUMBER},
        {"level + title", SW_VALUE_MISSING}, {"now - now", SW_VALUE_DURATION}, {"now - 1h", SW_VALUE_INSTANT},
        {"1h * 2", SW_VALUE_DURATION},   {"1h / 1m", SW_VALUE_NUMBER},      {"level > 1", SW_VALUE_BOOL},
        {"not open", SW_VALUE_BOOL},     {"open and open", SW_VALUE_BOOL},  {"'a' in tags", SW_VALUE_BOOL},
        {"open ? 1 : 2", SW_VALUE_NUMBER}, {"open ? 1 : 'a'", SW_VALUE_MISSING}, {"level ?? 2", SW_VALUE_NUMBER},
        {"count(tags)", SW_VALUE_NUMBER}, {"contains(title, 'x')", SW_VALUE_BOOL}, {"date(1, 1, 1)", SW_VALUE_INSTANT},
        {"first(pages)", SW_VALUE_RECORD}, {"first(tags)", SW_VALUE_MISSING}, {"min(1s, 2s)", SW_VALUE_DURATION},
        {"level | number", SW_VALUE_STRING}, {"title | default:'x'", SW_VALUE_STRING}, {"level | default:'x'", SW_VALUE_MISSING},
        {"-level", SW_VALUE_NUMBER},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        if (sw_expression_type(compile(cases[i].text), &inner).type != cases[i].type) {
            fail_msg("%s is %d", cases[i].text, sw_expression_type(compile(cases[i].text), &inner).type);
        }
    }
    struct sw_name_type span = sw_expression_type(compile("span"), &inner), step = sw_expression_type(compile("step"), &inner);
    assert_ptr_equal(span.words, span_words);
    assert_true(step.ranged && step.maximum == 9);
    assert_ptr_equal(sw_expression_type(compile("first(pages)"), &inner).members, page_members);
    assert_true(sw_expression_type(compile("month(now)"), &inner).ranged);
}

static int tear_down(void **state)
{
    (void)state;
    sw_arena_finish(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(faults_are_found), cmocka_unit_test(good_ones_pass),
                                       cmocka_unit_test(many_faults_are_cut), cmocka_unit_test(types_are_known)};
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
