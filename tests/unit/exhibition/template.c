/* SPDX-License-Identifier: EUPL-1.2 */
/* Texts with expressions in braces. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/civil.h"
#include "exhibition/markup.h"
#include "exhibition/template.h"

static struct sw_arena arena;
static struct sw_zone_rules *berlin;
static const char *language = "de";

#define STRING(text) {.type = SW_VALUE_STRING, .as.string = text}
#define NUMBER(n) {.type = SW_VALUE_NUMBER, .as.number = n}

static const struct sw_value inner_items[] = {NUMBER(1), NUMBER(2)};
static const struct sw_list inner = {2, inner_items};
static const struct sw_value items[] = {
    STRING("a"), NUMBER(1234.5), {.type = SW_VALUE_MISSING}, {.type = SW_VALUE_LIST, .as.list = &inner}};
static const struct sw_list list = {4, items};
static const struct sw_record record = {0};
static struct sw_value many_items[5000];
static const struct sw_list many = {5000, many_items};
static char long_text[1001];

static bool look_up(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    static const struct {
        const char *name;
        struct sw_value value;
    } known[] = {
        {"x", STRING("Rhein")},
        {"n", NUMBER(3)},
        {"level", NUMBER(-1234.5678)},
        {"big", NUMBER(12345)},
        {"star", STRING("**nicht** *stark* `x` [a](b) &amp; {n}")},
        {"marked", STRING("\x0e\x01stark\x02\n\x03" "b\x04")},
        {"yes", {.type = SW_VALUE_BOOL, .as.truth = true}},
        {"no", {.type = SW_VALUE_BOOL}},
        {"at", {.type = SW_VALUE_INSTANT, .as.instant = 0}},
        {"wait", {.type = SW_VALUE_DURATION, .as.duration = -90 * SW_SECOND}},
        {"list", {.type = SW_VALUE_LIST, .as.list = &list}},
        {"many", {.type = SW_VALUE_LIST, .as.list = &many}},
        {"record", {.type = SW_VALUE_RECORD, .as.record = &record}},
        {"body", {.type = SW_VALUE_OPAQUE, .as.opaque = &record}},
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

static const struct sw_scope scope = {.lookup = look_up};

static const struct sw_template *compile(const char *text, bool markdown)
{
    struct sw_expression_faults faults = {0};
    const struct sw_template *template = sw_template_create(&arena, text, markdown, &faults);
    if (template == NULL) {
        fail_msg("%s: %zu: %s", text, faults.items[0].offset, faults.items[0].text);
    }
    return template;
}

static struct sw_value evaluate_reading(const char *text, bool markdown, struct sw_reads *reads)
{
    struct sw_evaluation evaluation = {.scope = &scope, .arena = &arena, .reads = reads, .zone = berlin, .language = language};
    return sw_template_evaluate(compile(text, markdown), &evaluation);
}

static struct sw_value evaluate(const char *text, bool markdown)
{
    return evaluate_reading(text, markdown, NULL);
}

struct row {
    const char *text, *plain, *marked; /* NULL: as without Markdown */
};

static void texts(void **state)
{
    (void)state;
    static const struct row cases[] = {
        {"", "", NULL},
        {"Der Rhein", "Der Rhein", NULL},
        {"Am {x}!", "Am Rhein!", NULL},
        {"{x}{n}", "Rhein3", NULL},
        {"{x} ", "Rhein ", "Rhein"},
        {"a { x } b", "a Rhein b", NULL},
        {"{{{x}}}", "{Rhein}", NULL},
        {"{{x}} {{", "{x} {", NULL},
        {"}}{{", "}{", NULL},
        {"{nothing} m", "– m", NULL},
        {"{nothing | number:1} m", "– m", NULL},
        {"{nothing | default:'{}'} m", "{} m", NULL},
        {"{'}'} {\"}\"} {'\\'}'}", "} } '}", NULL},
        {"{level} m", "-1.234,568 m", NULL},
        {"{level | number:1} m", "-1.234,6 m", NULL},
        {"{n} von {n + 1}", "3 von 4", NULL},
        {"Jahr {n * 600 + 226}", "Jahr 2026", NULL},
        {"{big} Leute", "12.345 Leute", NULL},
        {"{yes} {no}", "true false", NULL},
        {"am {at}", "am 01.01.1970 01:00", NULL},
        {"in {wait} {20s}", "in -1m30s 20s", NULL},
        {"{list};", "a, 1.234,5, –, 1, 2;", NULL},
        {"{record}{body}", "––", NULL},
        {"**{x}**", "**Rhein**", "\x01Rhein\x02"},
        {"**a {x}** *{n}*", "**a Rhein** *3*", "\x01" "a Rhein\x02 \x03" "3\x04"},
        {"`{x}`", "`Rhein`", "\x05Rhein\x06"},
        {"- {x}\n- {n}", "- Rhein\n- 3", "\x0eRhein\n\x0e" "3"},
        {"{n}. Schritt", "3. Schritt", NULL},
        {"# {n}", "# 3", NULL},
        {"{star} *x*", "**nicht** *stark* `x` [a](b) &amp; {n} *x*", "**nicht** *stark* `x` [a](b) &amp; {n} \x03x\x04"},
        {"[{x}](y) *{n}*", "[Rhein](y) *3*", "Rhein \x03" "3\x04"},
        {"a{x}b_{n}_c", "aRheinb_3_c", NULL},
        {"\\{n} \\*", "\\3 \\*", "\\3 *"},
        {"a\x01\x02\x0f" "00\x0e{x}\x7f\x1b\tb", "a00Rhein\tb", NULL},
        {"{marked} x", "\x0e\x01stark\x02\n\x03" "b\x04 x", NULL}, /* a part's text was read when it was loaded */
        {"{n} {n | plural:'Seite','Seiten'}", "3 Seiten", NULL},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        for (int markdown = 0; markdown < 2; markdown++) {
            const char *expected = markdown && cases[i].marked != NULL ? cases[i].marked : cases[i].plain;
            struct sw_value got = evaluate(cases[i].text, markdown);
            if (got.type != SW_VALUE_STRING || strcmp(got.as.string, expected) != 0) {
                fail_msg("%s: %s, not %s", cases[i].text, got.type == SW_VALUE_STRING ? got.as.string : "no text", expected);
            }
        }
    }
    language = "en";
    assert_string_equal(evaluate("{level} on {at}", true).as.string, "-1,234.568 on 1 Jan 1970 01:00");
    language = "de";
}

static void one_expression_keeps_its_type(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum sw_value_type type;
    } cases[] = {{"{n}", SW_VALUE_NUMBER},    {"{ n }", SW_VALUE_NUMBER},  {"{n} ", SW_VALUE_STRING},       {"{n}{n}", SW_VALUE_STRING},
                 {"{x}", SW_VALUE_STRING},    {"{list}", SW_VALUE_LIST},   {"{record}", SW_VALUE_RECORD},   {"{body}", SW_VALUE_OPAQUE},
                 {"{at}", SW_VALUE_INSTANT},  {"{wait}", SW_VALUE_DURATION}, {"{nothing}", SW_VALUE_MISSING}, {"{n > 2}", SW_VALUE_BOOL},
                 {"{n | number}", SW_VALUE_STRING}, {"**{n}**", SW_VALUE_STRING}, {"{{n}}", SW_VALUE_STRING}};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        assert_int_equal(evaluate(cases[i].text, true).type, cases[i].type);
        assert_int_equal(evaluate(cases[i].text, false).type, cases[i].type);
    }
    assert_int_equal(sw_template_type(compile("{1 > 2}", true), NULL).type, SW_VALUE_BOOL);
    assert_int_equal(sw_template_type(compile("{1 > 2}.", true), NULL).type, SW_VALUE_STRING);
    assert_int_equal(sw_template_type(compile("x", true), NULL).type, SW_VALUE_STRING);
}

static void constants(void **state)
{
    (void)state;
    const char *text = NULL;
    assert_true(sw_template_constant(compile("**a** {{", true), &text));
    assert_string_equal(text, "\x01" "a\x02 {");
    assert_true(sw_template_constant(compile("", true), &text));
    assert_string_equal(text, "");
    text = NULL;
    assert_false(sw_template_constant(compile("{x}", true), &text));
    assert_null(text);
}

static void reads_are_those_of_all_expressions(void **state)
{
    (void)state;
    struct sw_reads reads;
    sw_reads_init(&reads);
    (void)evaluate_reading("{x} um {now | time}, {n > 4 ? level : big}", true, &reads);
    assert_true(sw_reads_has(&reads, "x") && sw_reads_has(&reads, "n") && sw_reads_has(&reads, "big"));
    assert_false(sw_reads_has(&reads, "level"));
    assert_true(reads.valid_until == SW_MINUTE);
}

static void faults_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t count, offset;
        const char *fault;
    } cases[] = {
        {"a {x", 1, 2, "this { is never closed; for a brace in the text write {{"},
        {"a { b } {", 1, 8, "this { is never closed; for a brace in the text write {{"},
        {"a } b", 1, 2, "this } closes nothing; for a brace in the text write }}"},
        {"a {}", 1, 3, "an expression is missing here; write a name, a number or a 'text'"},
        {"a {x = 3}", 1, 5, "\"=\" compares nothing; write \"==\""},
        {"Städte: {x | nubmer}", 1, 14, "unknown filter \"nubmer\"; did you mean \"number\"?"},
        {"{a +} {b -} }", 3, 4, "the expression ends where a value is missing"},
        {"{it's} b", 1, 3, "the text that begins here is never closed; a ' is missing"},
        {"{a {b}}", 2, 3, "\"{\" does not belong here; names are made of a-z, 0-9 and _, texts stand in '...'"},
        {"{}{}{}{}{}{}{}{}{}{}", 8, 1, "an expression is missing here; write a name, a number or a 'text'"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        for (int markdown = 0; markdown < 2; markdown++) {
            struct sw_expression_faults faults = {0};
            assert_null(sw_template_create(&arena, cases[i].text, markdown, &faults));
            if (faults.count != cases[i].count || faults.items[0].offset != cases[i].offset ||
                strcmp(faults.items[0].text, cases[i].fault) != 0) {
                fail_msg("%s: %zu faults, %zu: %s", cases[i].text, faults.count, faults.items[0].offset, faults.items[0].text);
            }
        }
        assert_null(sw_template_create(&arena, cases[i].text, true, NULL));
    }
}

static bool describe(const struct sw_names *names, const char *name, struct sw_name_type *out)
{
    (void)names;
    *out = (struct sw_name_type){.type = SW_VALUE_NUMBER};
    return strcmp(name, "known") == 0;
}

static void check_counts_from_the_texts_start(void **state)
{
    (void)state;
    struct sw_names names = {.describe = describe};
    struct sw_expression_faults faults = {0};
    sw_template_check(compile("ä {known} {knwon} [b](c{d})", true), &names, &arena, &faults);
    assert_int_equal(faults.count, 2);
    assert_int_equal(faults.items[0].offset, 12);
    assert_string_equal(faults.items[0].text, "unknown name \"knwon\"; a text is written in quotes: 'knwon'");
    assert_int_equal(faults.items[1].offset, 25);
}

static const char *repeated(const char *piece, size_t count)
{
    size_t length = strlen(piece);
    char *text = sw_arena_alloc(&arena, length * count + 1);
    for (size_t i = 0; i < count; i++) {
        memcpy(text + i * length, piece, length);
    }
    return text;
}

static void bounds(void **state)
{
    (void)state;
    struct sw_expression_faults faults = {0};
    assert_null(sw_template_create(&arena, repeated("x", SW_TEMPLATE_BYTES_MAX + 1), true, &faults));
    assert_string_equal(faults.items[0].text, "longer than 64 KiB; part the text");
    assert_int_equal(strlen(evaluate(repeated("x", SW_TEMPLATE_BYTES_MAX), true).as.string), SW_TEMPLATE_BYTES_MAX);

    assert_int_equal(strlen(evaluate(repeated("{n}", SW_TEMPLATE_VALUES_MAX), true).as.string), SW_TEMPLATE_VALUES_MAX);
    assert_string_equal(evaluate(repeated("{n+n}*", 5), true).as.string, "6\x03" "6\x04" "6\x03" "6\x04" "6*");
    faults.count = 0;
    assert_null(sw_template_create(&arena, repeated("{n}", SW_TEMPLATE_VALUES_MAX + 1), true, &faults));
    assert_int_equal(faults.count, 1);
    assert_string_equal(faults.items[0].text, "too many values in one text; at most 1296");

    memset(long_text, 'x', sizeof long_text - 1);
    for (size_t i = 0; i < SW_COUNT(many_items); i++) {
        many_items[i] = sw_value_string(long_text);
    }
    size_t length = strlen(evaluate("{many}!", true).as.string);
    assert_true(length <= SW_TEMPLATE_RESULT_MAX && length > SW_TEMPLATE_RESULT_MAX - 1100);
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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts),           cmocka_unit_test(one_expression_keeps_its_type),
        cmocka_unit_test(constants),       cmocka_unit_test(reads_are_those_of_all_expressions),
        cmocka_unit_test(faults_are_told), cmocka_unit_test(check_counts_from_the_texts_start),
        cmocka_unit_test(bounds),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
