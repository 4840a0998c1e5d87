/* SPDX-License-Identifier: EUPL-1.2 */
/* 20 000 expressions and texts, mutated from good ones with a fixed seed: whatever comes, nothing crashes, faults lie within the text, and
 * what compiles can be checked, typed and evaluated to a result that holds for some time. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/civil.h"
#include "exhibition/template.h"

#define ROUNDS 20000
#define LENGTH_MAX 400

static struct sw_arena arena;
static struct sw_zone_rules *berlin;
static uint64_t seed = 20261123;

static const char *const good[] = {
    "rhein.level > 800 and 'project' in tags or not (span == 'day')",
    "count(rows) > 0 ? first(rows).title : 'nichts' | upper",
    "now - date(2026, 11, 23) < 1h30m ?? false",
    "max(1, 2.5, level % 3) * -2 / (level - level) + sum(numbers)",
    "hour(now + 30m) >= 9 and weekday(now) != 7 or minute(now) < 5 and now > date(2026, 1, 1)",
    "contains(title, 'Rhein') and starts(title, \"d\\\"\\n\\\\\") or length(title) <= 12",
    "**{title}** um {now | time}: {level | number:1} m, {share | percent}, {since | ago}\n- {n} {n | plural:'Seite','Seiten'}\n- `{x ?? "
    "'x'}`",
    "*{rows}* {{kein Wert}} [x]({y}) &amp; &#65; {now} {now | date:long | upper} {span | map:'day=Tag,week=Woche' | default:'–'} {tags} "
    "{20s}",
    "a ? b ? c : d : e ?? f ?? g + 1h * 2 - now / 3 == missing",
};
static const char *const pieces[] = {"(",       ")",    "'",          "\"",     "\\",    "{",      "}",    "{{",    "}}",   "|",  ":",
                                     "?",       "??",   "==",         "=",      "!",     "<",      "in ",  " and ", "not ", ".",  ",",
                                     "-",       "1",    "9999999999", "20s",    "366d",  "now",    "tags", "level", "*",    "**", "`",
                                     "[",       "](",   "&",          "\n- ",   "\n\n",  "\01700", "\x01", "\xff",  "ä",    " ",  "missing",
                                     "number:", "sum(", "rows",       "first(", "title", "%",      "/0"};

static uint32_t next_random(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

static const struct sw_value tag_items[] = {{.type = SW_VALUE_STRING, .as.string = "project"}, {.type = SW_VALUE_NUMBER, .as.number = 3}};
static const struct sw_list tags = {2, tag_items};
static const char *const row_names[] = {"title"};
static const struct sw_record row = {1, row_names, tag_items};
static const struct sw_value row_items[] = {{.type = SW_VALUE_RECORD, .as.record = &row}};
static const struct sw_list rows = {1, row_items};

/* Any name has some value: which type, says its length. */
static bool look_up(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    static const struct sw_value values[] = {
        {.type = SW_VALUE_MISSING},
        {.type = SW_VALUE_STRING, .as.string = "Der \x01Rhein\x02 \xff"},
        {.type = SW_VALUE_NUMBER, .as.number = 5.25},
        {.type = SW_VALUE_BOOL, .as.truth = true},
        {.type = SW_VALUE_LIST, .as.list = &tags},
        {.type = SW_VALUE_NUMBER, .as.number = -1e18},
        {.type = SW_VALUE_LIST, .as.list = &rows},
        {.type = SW_VALUE_INSTANT, .as.instant = INT64_MAX},
        {.type = SW_VALUE_DURATION, .as.duration = INT64_MIN},
        {.type = SW_VALUE_RECORD, .as.record = &row},
        {.type = SW_VALUE_INSTANT, .as.instant = 0},
    };
    *out = values[strlen(name) % SW_COUNT(values)];
    return scope != NULL;
}

static bool describe(const struct sw_names *names, const char *name, struct sw_name_type *out)
{
    static const char *const words[] = {"day", "week", NULL}, *const members[] = {"title", "level", NULL};
    *out = (struct sw_name_type){.type = (enum sw_value_type)(strlen(name) % (SW_VALUE_OPAQUE + 1))};
    out->words = out->type == SW_VALUE_STRING ? words : NULL;
    out->members = out->type == SW_VALUE_RECORD || out->type == SW_VALUE_LIST ? members : NULL;
    out->ranged = out->type == SW_VALUE_NUMBER;
    out->maximum = 9;
    return names != NULL && strlen(name) < 6;
}

static const char *const *list(const struct sw_names *names, struct sw_arena *into)
{
    static const char *const all[] = {"level", "tags", "rows", NULL};
    (void)names, (void)into;
    return all;
}

static const struct sw_scope scope = {.lookup = look_up};
static const struct sw_names names = {.describe = describe, .list = list};

/* Puts in, takes out, doubles or overwrites, some times over. */
static size_t mutate(char *text)
{
    size_t length = strlen(strcpy(text, good[next_random(SW_COUNT(good))]));
    for (uint32_t i = next_random(8); i > 0; i--) {
        size_t at = next_random((uint32_t)length + 1), span = next_random(12);
        const char *piece = pieces[next_random(SW_COUNT(pieces))];
        span = span > length - at ? length - at : span;
        switch (next_random(4)) {
        case 0:
            if (length + strlen(piece) < LENGTH_MAX) {
                memmove(text + at + strlen(piece), text + at, length - at);
                memcpy(text + at, piece, strlen(piece));
                length += strlen(piece);
            }
            break;
        case 1:
            memmove(text + at, text + at + span, length - at - span);
            length -= span;
            break;
        case 2:
            if (length + span < LENGTH_MAX) {
                memmove(text + at + span, text + at, length - at);
                length += span;
            }
            break;
        default:
            if (at < length) {
                text[at] = (char)(1 + next_random(255));
            }
        }
        text[length] = '\0';
    }
    return length;
}

static void check_faults(const struct sw_expression_faults *faults, size_t length)
{
    assert_true(faults->count <= SW_COUNT(faults->items));
    for (size_t i = 0; i < faults->count; i++) {
        assert_true(faults->items[i].offset <= length);
        assert_true(strlen(faults->items[i].text) > 10);
    }
}

static void check_value(struct sw_value value, const struct sw_reads *reads, sw_instant now)
{
    assert_true(reads->valid_until > now);
    assert_true(value.type <= SW_VALUE_OPAQUE);
    if (value.type == SW_VALUE_STRING) {
        assert_true(strlen(value.as.string) <= SW_TEMPLATE_RESULT_MAX);
    }
}

static void nothing_crashes(void **state)
{
    (void)state;
    static const char *const languages[] = {"de", "tr", "ar", "pl", "xx", NULL};
    size_t expressions = 0, templates = 0;
    for (int round = 0; round < ROUNDS; round++) {
        char text[LENGTH_MAX + 1];
        size_t length = mutate(text);
        struct sw_expression_faults faults = {0}, found = {0};
        struct sw_reads reads;
        struct sw_evaluation evaluation = {.scope = &scope, .arena = &arena, .reads = &reads, .now = 1795438530123456, .zone = berlin};
        evaluation.language = languages[round % SW_COUNT(languages)];
        sw_reads_init(&reads);
        const struct sw_expression *expression = sw_expression_create(&arena, text, length, true, &faults);
        check_faults(&faults, length);
        assert_int_equal(faults.count, expression == NULL ? 1 : 0);
        if (expression != NULL) {
            sw_expression_check(expression, &names, &arena, &found);
            check_faults(&found, length);
            (void)sw_expression_type(expression, &names);
            check_value(sw_expression_evaluate(expression, &evaluation), &reads, evaluation.now);
            expressions++;
        }
        faults.count = found.count = 0;
        const struct sw_template *template = sw_template_create(&arena, text, round % 2 == 0, &faults);
        check_faults(&faults, length);
        assert_int_equal(faults.count == 0, template != NULL);
        if (template != NULL) {
            sw_template_check(template, &names, &arena, &found);
            check_faults(&found, length);
            (void)sw_template_type(template, &names);
            check_value(sw_template_evaluate(template, &evaluation), &reads, evaluation.now);
            templates++;
        }
        sw_arena_reset(&arena);
    }
    assert_true(expressions > ROUNDS / 20 && templates > ROUNDS / 20); /* the mutations are not so wild that nothing is tested */
}

static int set_up(void **state)
{
    (void)state;
    berlin = sw_zone_rules_create("Europe/Berlin");
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_crashes)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
