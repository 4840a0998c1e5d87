/* SPDX-License-Identifier: EUPL-1.2 */
/* From elements to boxes: repeat, switch, parts, slots, frames, and what they are called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bench.h"
#include "elements/words.h"

struct texts {
    char all[1024];
    size_t length;
};

static void add_text(void *context, const struct sw_box *box)
{
    struct texts *texts = context;
    if (box->element == NULL || strcmp(box->element->kind->name, "text") != 0) {
        return;
    }
    const struct sw_words *words = box->data;
    size_t room = sizeof texts->all - texts->length;
    int more = snprintf(texts->all + texts->length, room, "%s%s", texts->length > 0 ? "|" : "", words->text);
    assert_true(more >= 0 && (size_t)more < room);
    texts->length += (size_t)more;
}

/* The texts of all text boxes, parted by '|'. */
static void expect_texts(const struct bench *bench, const char *expected)
{
    struct texts texts = {.length = 0};
    sw_view_each(bench->root, add_text, &texts);
    assert_string_equal(texts.all, expected);
}

struct text_case {
    const char *elements, *expected;
};

static void run(const struct text_case *cases, size_t count, const struct bench_part *parts)
{
    for (size_t i = 0; i < count; i++) {
        struct bench bench;
        bench_elements(&bench, cases[i].elements, parts);
        bench_make(&bench);
        expect_texts(&bench, cases[i].expected);
        bench_close(&bench);
    }
}

static void test_repeat(void **state)
{
    (void)state;
    static const struct text_case cases[] = {
        {"[{\"repeat\": \"scenes\", \"each\": {\"text\": \"{it.id}\", \"name\": \"t\"}}]", "rhein|hafen|test|stahl|amt"},
        {"[{\"repeat\": \"scenes\", \"as\": \"s\", \"where\": \"'project' in s.tags\", \"sort\": [\"s.order\", \"s.title\"],"
         " \"each\": {\"text\": \"{s.title}\", \"name\": \"t\"}}]",
         "Der Hafen|Das Amt|Stahl|Der Rhein"},
        {"[{\"repeat\": \"scenes\", \"as\": \"s\", \"sort\": [\"-s.order\", \"s.title\"], \"limit\": 3,"
         " \"each\": {\"text\": \"{index} {s.id}\", \"name\": \"t\"}}]",
         "1 test|2 rhein|3 amt"},
        {"[{\"repeat\": \"scenes\", \"as\": \"s\", \"sort\": [\"s.lead\", \"-s.picture\"], \"each\": {\"text\": \"{s.id}\", \"name\":"
         " \"t\"}}]",
         "rhein|hafen|test|stahl|amt"},
        {"[{\"repeat\": \"scenes\", \"each\": {\"text\": \"{it.id}\", \"name\": \"t\", \"when\": \"it.order == 2\"}}]", "stahl|amt"},
        {"[{\"repeat\": \"scenes\", \"where\": \"it.order > 50\", \"each\": {\"text\": \"x\", \"name\": \"t\"},"
         " \"empty\": {\"text\": \"nothing\", \"name\": \"t\"}}]",
         "nothing"},
        {"[{\"repeat\": \"first(scenes).order\", \"each\": {\"text\": \"x\", \"name\": \"t\"}}]", ""},
        {"[{\"repeat\": \"scenes\", \"as\": \"a\", \"limit\": 2, \"each\": {\"repeat\": \"scenes\", \"as\": \"b\", \"limit\": 2,"
         " \"each\": {\"text\": \"{a.id} {b.id}\", \"name\": \"t\"}}}]",
         "rhein rhein|rhein hafen|hafen rhein|hafen hafen"},
    };
    run(cases, SW_COUNT(cases), NULL);
}

static void test_repeat_places(void **state)
{
    (void)state;
    static const struct {
        const char *more, *expected;
    } cases[] = {
        {"\"columns\": 2, \"gap\": [10, 20], \"limit\": 3", "r 0 0 120 70; b 0 0 50 30"},
        {"\"gap\": 10, \"limit\": 3", "r 0 0 50 110; b 0 0 50 30"},
        {"\"direction\": \"row\", \"gap\": 10, \"limit\": 3", "r 0 0 170 30; b 0 0 50 30"},
        {"\"where\": \"false\"", "r"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bench bench;
        char elements[512];
        (void)snprintf(elements, sizeof elements,
                       "[{\"repeat\": \"scenes\", \"name\": \"r\", \"at\": [0, 0], %s,"
                       " \"each\": {\"shape\": \"circle\", \"size\": [50, 30], \"name\": \"b\"}}]",
                       cases[i].more);
        bench_elements(&bench, elements, NULL);
        bench_make(&bench);
        bench_expect(&bench, cases[i].expected, cases[i].more);
        bench_close(&bench);
    }
}

/* A row keeps its identity when the list around it changes, if it has a key; else its place is its name. */
static void test_repeat_identity(void **state)
{
    (void)state;
    static const char *const keys[] = {"\"key\": \"s.id\",", ""};
    for (size_t i = 0; i < SW_COUNT(keys); i++) {
        struct bench bench;
        char elements[512];
        (void)snprintf(elements, sizeof elements,
                       "[{\"repeat\": \"scenes\", \"as\": \"s\", %s \"where\": \"flag or s.order > 2\","
                       " \"each\": {\"text\": \"{s.id}\", \"name\": \"t\"}}]",
                       keys[i]);
        bench_elements(&bench, elements, NULL);
        bench_make(&bench);
        uint64_t hafen = bench_find(&bench, "t", 1)->identity, test = bench_find(&bench, "t", 2)->identity;
        assert_true(hafen != test);
        bench_set(&bench, "flag", sw_value_bool(false));
        bench_make(&bench);
        expect_texts(&bench, "rhein|test");
        assert_true(bench_find(&bench, "t", 1)->identity == (i == 0 ? test : hafen));
        bench_close(&bench);
    }
}

static void test_switch(void **state)
{
    (void)state;
    static const char elements[] =
        "[{\"row\": ["
        " {\"switch\": \"word\", \"cases\": {\"a\": {\"text\": \"A\", \"name\": \"t\"},"
        "   \"b\": [{\"text\": \"B1\", \"name\": \"t\"}, {\"text\": \"B2\", \"name\": \"s\"}]}, \"else\": {\"text\": \"other\", \"name\":"
        " \"t\"}},"
        " {\"switch\": \"number\", \"cases\": {\"1\": {\"text\": \"one\", \"name\": \"t\"}, \"2.5\": {\"text\": \"two and a half\","
        " \"name\": \"t\"}}},"
        " {\"switch\": \"flag\", \"cases\": {\"true\": {\"text\": \"yes\", \"name\": \"t\"}, \"false\": {\"text\": \"no\", \"name\":"
        " \"t\"}}}]}]";
    struct bench bench;
    bench_elements(&bench, elements, NULL);
    bench_make(&bench);
    expect_texts(&bench, "A|one|yes");
    uint64_t first = bench_find(&bench, "t", 0)->identity;
    bench_set(&bench, "word", sw_value_string("b"));
    bench_set(&bench, "number", sw_value_number(2.5));
    bench_set(&bench, "flag", sw_value_bool(false));
    bench_make(&bench);
    expect_texts(&bench, "B1|B2|two and a half|no");
    assert_true(bench_find(&bench, "t", 0)->identity != first);
    assert_true(sw_reads_has(&bench.reads, "word"));
    bench_set(&bench, "word", sw_value_string("c"));
    bench_set(&bench, "number", sw_value_number(7));
    bench_set(&bench, "flag", (struct sw_value){.type = SW_VALUE_MISSING});
    bench_make(&bench);
    expect_texts(&bench, "other");
    bench_close(&bench);
}

/* A switch without a word of its own leaves its place to what it shows; with one, it is a box. */
static void test_switch_places(void **state)
{
    (void)state;
    static const char elements[] =
        "[{\"row\": [{\"switch\": \"word\", \"name\": \"bare\", \"cases\": {"
        "    \"a\": [{\"shape\": \"circle\", \"width\": 50, \"name\": \"a\"}, {\"shape\": \"circle\", \"grow\": 1, \"name\": \"b\"}],"
        "    \"b\": []}},"
        "  {\"switch\": \"word\", \"width\": 300, \"name\": \"box\", \"cases\": {"
        "    \"a\": [{\"shape\": \"circle\", \"width\": 50, \"name\": \"c\"}, {\"shape\": \"circle\", \"grow\": 1, \"name\": \"d\"}],"
        "    \"b\": []}},"
        "  {\"shape\": \"circle\", \"width\": 10, \"name\": \"last\"}],"
        " \"gap\": 10}]";
    struct bench bench;
    bench_elements(&bench, elements, NULL);
    bench_make(&bench);
    bench_expect(&bench, "bare; a 0 0 50 600; b 60 0 610 600; box 680 0 300 600; c 680 0 50 600; d 740 0 240 600; last 990 0 10 600",
                 "cases");
    bench_set(&bench, "word", sw_value_string("b"));
    bench_make(&bench);
    bench_expect(&bench, "bare; box; last 0 0 10 600", "empty cases");
    bench_close(&bench);
}

static const struct bench_part parts[] = {
    {"card", "{\"parameters\": {\"title\": {\"type\": \"text\", \"default\": \"none\"}, \"again\": {\"type\": \"text\", \"default\":"
             " \"!\"},"
             " \"body\": {\"type\": \"elements\"}, \"on_tap\": {\"type\": \"actions\"}},"
             " \"elements\": [{\"column\": [{\"text\": \"{title}\", \"name\": \"t\"}, {\"text\": \"{again}\"}, {\"slot\": \"body\"}],"
             "   \"gap\": 10, \"tap\": \"{on_tap}\", \"name\": \"inner\"}]}"},
    {"outer", "{\"parameters\": {\"label\": {\"type\": \"text\"}, \"press\": {\"type\": \"actions\"}, \"more\": {\"type\": \"elements\"}},"
              " \"elements\": [{\"use\": \"card\", \"title\": \"<{label}>\", \"on_tap\": \"{press}\", \"body\": [{\"slot\": \"more\"}]}]}"},
    {"frame", "{\"parameters\": {\"head\": {\"type\": \"text\"}},"
              " \"elements\": [{\"text\": \"{head}\", \"name\": \"t\", \"at\": [0, 0]}, {\"slot\": \"page\"}]}"},
    {NULL, NULL},
};

static void test_use(void **state)
{
    (void)state;
    static const struct text_case cases[] = {
        {"[{\"use\": \"card\"}]", "none|!"},
        {"[{\"use\": \"card\", \"title\": \"{number} {word}\"}]", "1 a|!"},
        {"[{\"use\": \"card\", \"title\": \"x\", \"again\": \"y\", \"body\": [{\"text\": \"{word}\", \"name\": \"t\"}]}]", "x|y|a"},
        {"[{\"repeat\": \"scenes\", \"as\": \"title\", \"limit\": 2, \"each\": {\"use\": \"card\", \"title\": \"{title.id}\","
         " \"body\": {\"text\": \"in {title.id}\", \"name\": \"t\"}}}]",
         "rhein|!|in rhein|hafen|!|in hafen"},
        {"[{\"use\": \"outer\", \"label\": \"deep\", \"more\": {\"text\": \"{word}\", \"name\": \"t\"}}]", "<deep>|!|a"},
    };
    run(cases, SW_COUNT(cases), parts);
}

/* Nothing handed in: the slot takes no place, and no gap. Two uses are two things. */
static void test_slot_places(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench,
                   "[{\"column\": [{\"use\": \"card\", \"name\": \"first\"}, {\"use\": \"card\", \"body\": ["
                   " {\"shape\": \"circle\", \"height\": 30, \"name\": \"a\"}, {\"shape\": \"circle\", \"height\": 40, \"name\":"
                   " \"b\"}]}]}]",
                   parts);
    bench_make(&bench);
    double line = bench_find(&bench, "t", 0)->rect.height;
    assert_true(line > 20);
    assert_true(bench_find(&bench, "first", 0)->rect.height == 2 * line + 10);
    const struct sw_box *a = bench_find(&bench, "a", 0), *b = bench_find(&bench, "b", 0);
    assert_true(a->rect.y == 2 * line + 10 + 2 * (line + 10));
    assert_true(b->rect.y == a->rect.y + 40);
    assert_true(bench_find(&bench, "inner", 0)->identity != bench_find(&bench, "inner", 1)->identity);
    bench_close(&bench);
}

static void test_frame(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench,
               "\"frame\": \"frame\", \"with\": {\"head\": \"Head {word}\"}, \"state\": {\"word\": {\"default\": \"w\"}},"
               " \"elements\": [{\"text\": \"page {word}\", \"name\": \"p\", \"in\": \"main\"}]",
               parts);
    bench_set(&bench, "word", sw_value_string("w"));
    bench_make(&bench);
    expect_texts(&bench, "Head w|page w");
    assert_true(bench_find(&bench, "p", 0)->rect.x == 100);
    bench_close(&bench);
}

static void test_actions(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench,
                   "[{\"text\": \"x\", \"name\": \"plain\", \"tap\": [{\"set\": {\"number\": \"{number + 1}\"}}, \"next\", {\"go\":"
                   " \"{number}\"},"
                   "   {\"go\": \"test\"}]},"
                   " {\"repeat\": \"scenes\", \"as\": \"s\", \"limit\": 2,"
                   "  \"each\": {\"use\": \"outer\", \"label\": \"l\", \"press\": [{\"set\": {\"word\": \"{s.id == 'rhein' ? 'b' :"
                   " 'c'}\"}}, \"home\"]}},"
                   " {\"text\": \"none\", \"name\": \"still\"}]",
                   parts);
    bench_make(&bench);
    const struct sw_box *plain = bench_find(&bench, "plain", 0);
    assert_int_equal(plain->action_count, 3); /* a number is no address: left out */
    assert_int_equal(plain->actions[0].kind, SW_ACTION_SET);
    assert_string_equal(plain->actions[0].name, "number");
    assert_true(plain->actions[0].value.type == SW_VALUE_NUMBER && plain->actions[0].value.as.number == 2);
    assert_int_equal(plain->actions[1].kind, SW_ACTION_NEXT);
    assert_int_equal(plain->actions[2].kind, SW_ACTION_GO);
    assert_string_equal(plain->actions[2].target, "test");
    for (int i = 0; i < 2; i++) {
        const struct sw_box *inner = bench_find(&bench, "inner", i);
        assert_int_equal(inner->action_count, 2);
        assert_string_equal(inner->actions[0].value.as.string, i == 0 ? "b" : "c");
        assert_int_equal(inner->actions[1].kind, SW_ACTION_HOME);
    }
    assert_int_equal(bench_find(&bench, "still", 0)->action_count, 0);
    bench_close(&bench);
}

/* A text by language; one that is not written falls back to another, and text that names none holds for all. */
static void test_languages(void **state)
{
    (void)state;
    static const struct {
        const char *language, *expected;
    } cases[] = {{"de", "Der Rhein|x"}, {"en", "The Rhine|x"}, {"ar", "Der Rhein|x"}};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bench bench;
        bench_elements(&bench, "[{\"text\": {\"de\": \"Der Rhein\", \"en\": \"The Rhine\"}}, {\"text\": \"x\"}]", NULL);
        bench_language(&bench, cases[i].language);
        bench_make(&bench);
        expect_texts(&bench, cases[i].expected);
        bench_close(&bench);
    }
}

/* A text that is one value alone shows it whatever its type, also through a part's parameter. */
static void test_lone_values(void **state)
{
    (void)state;
    static const struct bench_part say[] = {
        {"say", "{\"parameters\": {\"what\": {\"type\": \"text\"}}, \"elements\": [{\"text\": \"{what}\"}]}"}, {NULL, NULL}};
    static const struct text_case cases[] = {
        {"[{\"text\": \"{1234.5}\"}]", "1.234,5"},
        {"[{\"text\": \"{count(scenes)}\"}]", "5"},
        {"[{\"text\": \"{1 < 2}\"}]", "true"},
        {"[{\"text\": \"{90s}\"}]", "1m30s"},
        {"[{\"text\": \"{date(2026, 11, 23)}\"}]", "23.11.2026 00:00"},
        {"[{\"text\": \"{first(scenes).tags}\"}]", "project"},
        {"[{\"text\": \"{missing}\"}]", "\xe2\x80\x93"},
        {"[{\"use\": \"say\", \"what\": \"{2 * 3}\"}]", "6"},
    };
    run(cases, SW_COUNT(cases), say);
}

/* What nobody hands in is shown as the part says, and sees the part's parameters. */
static void test_defaults(void **state)
{
    (void)state;
    static const struct bench_part card[] = {
        {"card", "{\"parameters\": {\"title\": {\"type\": \"text\", \"default\": \"T\"},"
                 " \"body\": {\"type\": \"elements\", \"default\": [{\"text\": \"{title}?\"}, {\"text\": \"two\"}]},"
                 " \"then\": {\"type\": \"actions\", \"default\": [\"close\", {\"go\": \"#{title}\"}]}},"
                 " \"elements\": [{\"slot\": \"body\"}, {\"stack\": [], \"name\": \"inner\", \"tap\": \"{then}\"}]}"},
        {NULL, NULL}};
    static const struct text_case cases[] = {
        {"[{\"use\": \"card\"}]", "T?|two"},
        {"[{\"use\": \"card\", \"title\": \"U\"}]", "U?|two"},
        {"[{\"use\": \"card\", \"body\": {\"text\": \"mine\"}}]", "mine"},
        {"[{\"use\": \"card\", \"body\": []}]", ""},
    };
    run(cases, SW_COUNT(cases), card);
    struct bench bench;
    bench_elements(&bench, "[{\"use\": \"card\", \"title\": \"U\"}]", card);
    bench_make(&bench);
    const struct sw_box *inner = bench_find(&bench, "inner", 0);
    assert_int_equal(inner->action_count, 2);
    assert_string_equal(inner->actions[1].target, "#U");
    bench_close(&bench);
}

/* Names, style and colour are inherited; what an element says itself comes first. */
static void test_inherited(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench,
                   "[{\"column\": [{\"text\": \"x\", \"name\": \"a\"}, {\"text\": \"x\", \"style\": \"body\", \"name\": \"b\"},"
                   "  {\"text\": \"x\", \"colour\": \"#0000FF80\", \"name\": \"c\"}], \"style\": \"title\", \"colour\": \"red\"}]",
                   NULL);
    bench_make(&bench);
    const struct sw_box *a = bench_find(&bench, "a", 0), *b = bench_find(&bench, "b", 0), *c = bench_find(&bench, "c", 0);
    assert_true(a->text.size == 40 && a->text.line == 1.2 && a->text.colour == 0xffff0000);
    assert_true(b->text.size == 20 && b->text.line == 1.5 && b->text.colour == 0xff101010);
    assert_true(c->text.size == 40 && c->text.colour == 0x800000ff);
    bench.context.text_factor = 1.5;
    bench.context.high_contrast = true;
    bench_make(&bench);
    a = bench_find(&bench, "a", 0);
    b = bench_find(&bench, "b", 0);
    assert_true(a->text.size == 60 && b->text.size == 30 && b->text.colour == 0xff000000);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_repeat),      cmocka_unit_test(test_repeat_places), cmocka_unit_test(test_repeat_identity),
        cmocka_unit_test(test_switch),      cmocka_unit_test(test_switch_places), cmocka_unit_test(test_use),
        cmocka_unit_test(test_slot_places), cmocka_unit_test(test_frame),         cmocka_unit_test(test_actions),
        cmocka_unit_test(test_inherited),   cmocka_unit_test(test_languages),    cmocka_unit_test(test_lone_values),
        cmocka_unit_test(test_defaults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
