/* SPDX-License-Identifier: EUPL-1.2 */
/* Every filter in every language, through the expressions that use it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/civil.h"
#include "exhibition/expression.h"
#include "exhibition/filter.h"
#include "exhibition/source.h"

#define NBSP "\xc2\xa0"
#define LRM "\xe2\x80\x8e"
#define LANGUAGES 7

static struct sw_arena arena;
static struct sw_zone_rules *berlin;
static const char *const languages[LANGUAGES] = {"de", "en", "de-leicht", "tr", "ar", "pl", "uk"};

#define UNIT(text) {.form = SW_PROPERTY_CONSTANT, .as.constant = {.type = SW_VALUE_STRING, .as.string = text}}
static const char *const unit_languages[] = {"de", "en", "de-leicht", "tr", "ar", "pl", "uk"};
static const struct sw_property stations[] = {UNIT("Stationen"), UNIT("stations"), UNIT("Stationen"), UNIT("Stationen"),
                                              UNIT("Stationen"), UNIT("Stationen"), UNIT("Stationen")};
static const struct sw_field fields[] = {
    {.name = "level", .digits = 0, .unit = UNIT("cm")},
    {.name = "air", .digits = 1, .unit = UNIT("°C")},
    {.name = "share", .digits = -1, .unit = UNIT("%")},
    {.name = "wind", .digits = 0, .unit = UNIT("°")},
    {.name = "bare", .digits = 2},
    {.name = "stations",
     .digits = -1,
     .unit = {.form = SW_PROPERTY_BY_LANGUAGE, .as.by = {.keys = unit_languages, .values = stations, .count = LANGUAGES}}},
};
static const double numbers[] = {1512.5, -3.14, 54.25, 270, 0.5, 3};

static bool look_up(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    (void)scope;
    if (strcmp(name, "at") == 0) {
        *out = (struct sw_value){.type = SW_VALUE_INSTANT,
                                 .as.instant = sw_civil_instant(berlin, (struct sw_date){2026, 11, 23}, 845 * SW_MINUTE)};
        return true;
    }
    for (size_t i = 0; i < SW_COUNT(fields); i++) {
        if (strcmp(name, fields[i].name) == 0) {
            *out = sw_value_number(numbers[i]);
            out->field = &fields[i];
            return true;
        }
    }
    if (strcmp(name, "bad") == 0) {
        *out = sw_value_string("a\xff\xc3");
        return true;
    }
    if (strcmp(name, "far") == 0) {
        *out = (struct sw_value){.type = SW_VALUE_INSTANT, .as.instant = INT64_MIN};
        return true;
    }
    return false;
}

static const struct sw_scope scope = {.lookup = look_up};

static struct sw_value apply(const char *text, const char *language)
{
    struct sw_expression_faults faults = {0};
    const struct sw_expression *expression = sw_expression_create(&arena, text, strlen(text), true, &faults);
    if (expression == NULL) {
        fail_msg("%s: %s", text, faults.items[0].text);
    }
    struct sw_evaluation evaluation = {.scope = &scope, .arena = &arena, .zone = berlin, .language = language};
    evaluation.now = sw_civil_instant(berlin, (struct sw_date){2026, 11, 23}, 850 * SW_MINUTE);
    return sw_expression_evaluate(expression, &evaluation);
}

static void in_every_language(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected[LANGUAGES];
    } cases[] = {
        {"1234.56 | number", {"1.234,56", "1,234.56", "1.234,56", "1.234,56", "1,234.56", "1234,56", "1" NBSP "234,56"}},
        {"1234.56 | number:1", {"1.234,6", "1,234.6", "1.234,6", "1.234,6", "1,234.6", "1234,6", "1" NBSP "234,6"}},
        {"0.456 | percent", {"46" NBSP "%", "46%", "46" NBSP "%", "%46", "46%", "46%", "46%"}},
        {"0.456 | percent:1", {"45,6" NBSP "%", "45.6%", "45,6" NBSP "%", "%45,6", "45.6%", "45,6%", "45,6%"}},
        {"at | time", {"14:05", "14:05", "14:05" NBSP "Uhr", "14:05", "14:05", "14:05", "14:05"}},
        {"at | date", {"23.11.2026", "23 Nov 2026", "23.11.2026", "23.11.2026", "23/11/2026", "23.11.2026", "23.11.2026"}},
        {"level | value",
         {"1.513" NBSP "cm", "1,513" NBSP "cm", "1.513" NBSP "cm", "1.513" NBSP "cm", "1,513" NBSP "cm", "1513" NBSP "cm",
          "1" NBSP "513" NBSP "cm"}},
        {"air | value",
         {"-3,1" NBSP "°C", "-3.1" NBSP "°C", "-3,1" NBSP "°C", "-3,1" NBSP "°C", LRM "-3.1" NBSP "°C", "-3,1" NBSP "°C",
          "-3,1" NBSP "°C"}},
        {"share | value", {"54,25" NBSP "%", "54.25%", "54,25" NBSP "%", "%54,25", "54.25%", "54,25%", "54,25%"}},
        {"wind | value", {"270°", "270°", "270°", "270°", "270°", "270°", "270°"}},
        {"bare | value", {"0,50", "0.50", "0,50", "0,50", "0.50", "0,50", "0,50"}},
        {"stations | value",
         {"3" NBSP "Stationen", "3" NBSP "stations", "3" NBSP "Stationen", "3" NBSP "Stationen", "3" NBSP "Stationen",
          "3" NBSP "Stationen", "3" NBSP "Stationen"}},
        {"air | value:plain", {"-3,1", "-3.1", "-3,1", "-3,1", LRM "-3.1", "-3,1", "-3,1"}},
        {"max(level, 7) | value:plain", {"1.513", "1,513", "1.513", "1.513", "1,513", "1513", "1" NBSP "513"}},
        {"level + 0 | value", {"1.512,5", "1,512.5", "1.512,5", "1.512,5", "1,512.5", "1512,5", "1" NBSP "512,5"}},
        {"at | date:short", {"23.11.2026", "23 Nov 2026", "23.11.2026", "23.11.2026", "23/11/2026", "23.11.2026", "23.11.2026"}},
        {"at | date:long",
         {"23. November 2026", "23 November 2026", "23. November 2026", "23 Kasım 2026", "23 نوفمبر 2026", "23 listopada 2026",
          "23 листопада 2026" NBSP "р."}},
        {"at | date:weekday", {"Montag", "Monday", "Montag", "Pazartesi", "الاثنين", "poniedziałek", "понеділок"}},
        {"at | ago", {"vor 5 Minuten", "5 minutes ago", "vor 5 Minuten", "5 dakika önce", "قبل 5 دقائق", "5 minut temu", "5 хвилин тому"}},
        {"'Ziel für iß' | upper",
         {"ZIEL FÜR ISS", "ZIEL FÜR ISS", "ZIEL FÜR ISS", "ZİEL FÜR İSS", "ZIEL FÜR ISS", "ZIEL FÜR ISS", "ZIEL FÜR ISS"}},
        {"'IŁЇ ÄI' | lower", {"iłї äi", "iłї äi", "iłї äi", "ıłї äı", "iłї äi", "iłї äi", "iłї äi"}},
        {"'week' | map:'day=Tag,week=Woche'", {"Woche", "Woche", "Woche", "Woche", "Woche", "Woche", "Woche"}},
        {"22 | plural:'a','b','c'", {"b", "b", "b", "b", "c", "b", "b"}},
        {"1 | plural:'a','b','c'", {"a", "a", "a", "a", "a", "a", "a"}},
        {"5 | plural:'a','b','c','d','e','f'", {"b", "b", "b", "b", "d", "c", "c"}},
        {"nothing | default:'–'", {"–", "–", "–", "–", "–", "–", "–"}},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        for (size_t j = 0; j < LANGUAGES; j++) {
            struct sw_value got = apply(cases[i].text, languages[j]);
            if (got.type != SW_VALUE_STRING || strcmp(got.as.string, cases[i].expected[j]) != 0) {
                fail_msg("%s in %s: %s", cases[i].text, languages[j], got.type == SW_VALUE_STRING ? got.as.string : "no text");
            }
        }
    }
}

static void others(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected; /* NULL: missing */
    } cases[] = {
        {"nothing | number", NULL},
        {"'x' | number", NULL},
        {"true | percent", NULL},
        {"3 | time", NULL},
        {"3 | date", NULL},
        {"3 | ago", NULL},
        {"far | ago", NULL},
        {"3 | upper", NULL},
        {"nothing | lower", NULL},
        {"nothing | map:'a=b'", NULL},
        {"'c' | map:'a=b'", NULL},
        {"'c' | map:'a=b' | default:'d'", "d"},
        {"'a' | map:' a = b , c=d'", "b"},
        {"'c' | map:'a=b','c=d=e'", "d=e"},
        {"'c' | map:'c='", ""},
        {"3 | map:'3=drei,4=vier'", "drei"},
        {"1234.5 | map:'1234.5=x'", "x"},
        {"1234567 | map:'1234567=x'", "x"},
        {"-1 | map:'-1=x'", "x"},
        {"true | map:'true=offen,false=zu'", "offen"},
        {"1 > 2 | map:'true=offen,false=zu'", "zu"},
        {"'ab' | map:'a=1,abc=2'", NULL},
        {"'x' | plural:'a'", NULL},
        {"nothing | plural:'a','b'", NULL},
        {"1 | number | default:'x'", "1"},
        {"nothing | number | default:'x'", "x"},
        {"nothing | default:x", "x"},
        {"bad | upper", "A\xff\xc3"},
        {"1 + 1 | number:2", "2,00"},
        {"1 > 2 ? 3 : 4 | number:1", "4,0"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_value got = apply(cases[i].text, "de");
        bool good = cases[i].expected == NULL ? got.type == SW_VALUE_MISSING
                                              : got.type == SW_VALUE_STRING && strcmp(got.as.string, cases[i].expected) == 0;
        if (!good) {
            fail_msg("%s: %s", cases[i].text, got.type == SW_VALUE_STRING ? got.as.string : "no text");
        }
    }
    assert_true(apply("3 | default:'x'", "de").as.number == 3);
    assert_true(apply("nothing | default:-4", "de").as.number == -4);
}

/* Letters whose other case has more bytes. */
static void case_may_grow(void **state)
{
    (void)state;
    char text[2 * 200 + 20] = "";
    for (int i = 0; i < 200; i++) {
        strcat(text, "\xc8\xba"); /* U+023A, whose small letter takes three bytes */
    }
    struct sw_evaluation evaluation = {.arena = &arena, .language = "tr"};
    struct sw_value small = sw_filter_find("lower")->apply(&evaluation, sw_value_string(text), NULL, 0);
    assert_true(strlen(small.as.string) >= strlen(text));
    memset(text, 'i', 200);
    text[200] = '\0';
    struct sw_value large = sw_filter_find("upper")->apply(&evaluation, sw_value_string(text), NULL, 0);
    assert_int_equal(strlen(large.as.string), 400);
}

static void catalogue(void **state)
{
    (void)state;
    const char *const *names = sw_filter_names();
    size_t count = 0;
    for (; names[count] != NULL; count++) {
        const struct sw_filter *filter = sw_filter_find(names[count]);
        assert_non_null(filter);
        assert_string_equal(filter->name, names[count]);
        assert_non_null(filter->meaning);
        assert_non_null(filter->apply);
        assert_true(filter->arguments_min <= filter->arguments_max && filter->arguments_max <= SW_FILTER_ARGUMENTS_MAX);
    }
    assert_int_equal(count, 11);
    assert_null(sw_filter_find("nubmer"));
    assert_null(sw_filter_find(""));
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(in_every_language), cmocka_unit_test(others), cmocka_unit_test(case_may_grow),
                                       cmocka_unit_test(catalogue)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
