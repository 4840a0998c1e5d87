/* SPDX-License-Identifier: EUPL-1.2 */
/* Texts that say from when their values are: in which words, where, and for which sources. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/must.h"
#include "bench.h"
#include "live_bench.h"
#include "view/standing.h"

#define SOURCE(name, more) \
    "\"" name "\": {\"file\": \"media/20x20.png\", \"fresh_for\": \"30m\", \"expire_after\": \"6h\", " more \
    "\"fields\": {\"x\": {\"type\": \"number\"}}}"

static const struct bench_part parts[] = {
    {"../sources", "{" SOURCE("rhein", "") ", " SOURCE("air", "") ", " SOURCE("hide", "\"fallback\": \"hide\", ") ","
                   "\"lots\": {\"file\": \"media/20x20.png\", \"fresh_for\": \"30m\", \"rows\": true,"
                   " \"fields\": {\"n\": {\"type\": \"number\"}}}}"},
    {"figure", "{\"parameters\": {\"value\": {\"type\": \"text\"}}, \"elements\": [{\"text\": \"{value}\", \"stand\": \"below\"}]}"},
    {NULL, NULL},
};

#define TEXT(stand) "[{\"text\": \"{rhein.x} {air.x}\", \"name\": \"t\", \"in\": \"main\", \"stand\": \"" stand "\"}]"

/* What is said of what the one text reads; "-": nothing. */
static const char *said(struct live_bench *live)
{
    live_make(live);
    const char *text = sw_standing_text(&live->bench.context, &live->needs);
    return text != NULL ? text : "-";
}

static void in_the_words_of_each_language(void **state)
{
    (void)state;
    static const struct {
        const char *language;
        enum sw_reading_kind kind;
        int64_t age;
        const char *expected;
    } cases[] = {
        {"de", SW_READING_LIVE, 29 * SW_MINUTE, "-"},
        {"de", SW_READING_LIVE, 31 * SW_MINUTE, "Stand 13:34"},
        {"de", SW_READING_LIVE, 20 * SW_HOUR, "Stand 22.11.2026, 18:05"},
        {"de", SW_READING_SAMPLE, 0, "Beispieldaten"},
        {"de", SW_READING_RECORDED, SW_HOUR, "Aufzeichnung von 13:05"},
        {"de", SW_READING_RECORDED, 72 * SW_HOUR, "Aufzeichnung vom 20.11.2026, 14:05"},
        {"de-leicht", SW_READING_LIVE, SW_HOUR, "Stand: 13:05\xC2\xA0Uhr"},
        {"en", SW_READING_LIVE, SW_HOUR, "As of 13:05"},
        {"en", SW_READING_LIVE, 20 * SW_HOUR, "As of 22 Nov 2026, 18:05"},
        {"en", SW_READING_RECORDED, SW_HOUR, "Recorded at 13:05"},
        {"en-GB", SW_READING_RECORDED, 72 * SW_HOUR, "Recorded on 20 Nov 2026, 14:05"},
        {"en", SW_READING_SAMPLE, 0, "Sample data"},
        {"tr", SW_READING_LIVE, SW_HOUR, "Son güncelleme: 13:05"},
        {"tr", SW_READING_SAMPLE, 0, "Örnek veriler"},
        {"ar", SW_READING_LIVE, SW_HOUR, "آخر تحديث: 13:05"},
        {"ar", SW_READING_SAMPLE, 0, "بيانات نموذجية"},
        {"pl", SW_READING_SAMPLE, 0, "Sample data"},
    };
    struct live_bench live;
    live_open(&live, TEXT("below"), parts);
    live_put(&live, "air", "{\"x\": 1}", SW_READING_LIVE, 0);
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        bench_language(&live.bench, cases[i].language);
        live_put(&live, "rhein", "{\"x\": 512}", cases[i].kind, cases[i].age);
        assert_string_equal(said(&live), cases[i].expected);
        assert_int_equal(live.told.source_count, strcmp(cases[i].expected, "-") != 0);
    }
    live_close(&live);
}

/* A sample before a recording, a recording before what is old, the oldest of them. */
static void of_several_what_matters_most(void **state)
{
    (void)state;
    struct live_bench live;
    live_open(&live, TEXT("below"), parts);
    live_put(&live, "rhein", "{\"x\": 1}", SW_READING_LIVE, SW_HOUR);
    live_put(&live, "air", "{\"x\": 1}", SW_READING_LIVE, 2 * SW_HOUR);
    assert_string_equal(said(&live), "Stand 12:05");
    assert_int_equal(live.told.source_count, 2);
    live_put(&live, "rhein", "{\"x\": 1}", SW_READING_RECORDED, SW_HOUR);
    assert_string_equal(said(&live), "Aufzeichnung von 13:05");
    assert_int_equal(live.told.source_count, 1);
    live_put(&live, "air", "{\"x\": 1}", SW_READING_SAMPLE, SW_HOUR);
    assert_string_equal(said(&live), "Beispieldaten");
    live_close(&live);
}

/* Its day is said from midnight on, so that the text holds until then only. */
static void today_ends(void **state)
{
    (void)state;
    struct live_bench live;
    live_open(&live, TEXT("below"), parts);
    live.bench.evaluation.now = LIVE_NOW + 9 * SW_HOUR; /* 23:05 */
    live_put(&live, "air", "{\"x\": 1}", SW_READING_LIVE, 0);
    live_put(&live, "rhein", "{\"x\": 1}", SW_READING_LIVE, SW_HOUR);
    live.bench.evaluation.now += 40 * SW_MINUTE; /* the one grows old at 23:35 */
    assert_string_equal(said(&live), "Stand 22:05");
    assert_true(live.bench.reads.valid_until == LIVE_NOW + 9 * SW_HOUR + 55 * SW_MINUTE);
    live.bench.evaluation.now = live.bench.reads.valid_until;
    assert_string_equal(said(&live), "Stand 23.11.2026, 22:05");
    live_close(&live);
}

static const struct sw_draw *drawn(const struct bench *bench, size_t index)
{
    assert_true(index < bench->list.count);
    return &bench->list.items[index];
}

static void where_it_stands(void **state)
{
    (void)state;
    static const struct {
        const char *stand, *language;
        bool below;
        int side; /* of the text that it is on: 1 right, -1 left */
    } cases[] = {{"below", "de", true, 0}, {"below", "ar", true, 0}, {"beside", "de", false, 1}, {"beside", "ar", false, -1}};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct live_bench live;
        char elements[512];
        (void)snprintf(elements, sizeof elements, "[{\"text\": \"{rhein.x}\", \"name\": \"t\", \"in\": \"main\", \"stand\": \"%s\"}]",
                       cases[i].stand);
        live_open(&live, elements, parts);
        bench_language(&live.bench, cases[i].language);
        live_put(&live, "rhein", "{\"x\": 512}", SW_READING_LIVE, 0);
        live_make(&live);
        (void)bench_paint(&live.bench, 0);
        assert_int_equal(live.bench.list.count, 1);
        live_put(&live, "rhein", "{\"x\": 512}", SW_READING_LIVE, SW_HOUR);
        live_make(&live);
        (void)bench_paint(&live.bench, 0);
        assert_int_equal(live.bench.list.count, 2);
        const struct sw_rect text = drawn(&live.bench, 0)->to, stand = drawn(&live.bench, 1)->to;
        assert_true((stand.y >= text.y + text.height) == cases[i].below);
        assert_true(stand.height < 26);
        if (cases[i].side != 0) {
            assert_true(cases[i].side > 0 ? stand.x >= text.x + text.width : stand.x + stand.width <= text.x);
            assert_true(stand.y + stand.height <= text.y + text.height + 4); /* on its base line; a comma or a j may hang below */
        }
        live_close(&live);
    }
}

/* Where it has no room beside, it goes below; and it is counted when rows and columns share out their room. */
static void it_takes_its_room(void **state)
{
    (void)state;
    struct live_bench live;
    live_open(&live,
              "[{\"column\": [{\"text\": \"{rhein.x}\", \"name\": \"a\", \"stand\": \"below\"},"
              " {\"text\": \"{rhein.x}\", \"name\": \"b\", \"width\": 120, \"stand\": \"beside\"}, {\"text\": \"y\", \"name\": \"c\"}],"
              " \"in\": \"main\"}]",
              parts);
    live_put(&live, "rhein", "{\"x\": 512}", SW_READING_LIVE, 0);
    live_make(&live);
    double before = bench_find(&live.bench, "c", 0)->rect.y;
    live_put(&live, "rhein", "{\"x\": 512}", SW_READING_LIVE, SW_HOUR);
    live_make(&live);
    double grown = bench_find(&live.bench, "b", 0)->rect.y - bench_find(&live.bench, "a", 0)->rect.y;
    assert_true(grown > 45); /* 30, and a line of 25 and a little */
    assert_true(bench_find(&live.bench, "c", 0)->rect.y > before + 45);
    live_close(&live);
}

/* Through parameters and rows; not where nothing is shown. */
static void whose_values_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *elements;
        int told;
    } cases[] = {
        {"[{\"use\": \"figure\", \"value\": \"{rhein.x}\"}, {\"use\": \"figure\", \"value\": \"{air.x}\"}]", 2},
        {"[{\"repeat\": \"lots.rows\", \"as\": \"l\", \"each\": {\"text\": \"{l.n}\", \"stand\": \"beside\"}}]", 1},
        {"[{\"text\": \"{rhein.x}\", \"stand\": \"below\", \"when\": \"false\", \"keep\": true}]", 0},
        {"[{\"text\": \"{rhein.x}\"}]", 0},
        {"[{\"text\": \"y\", \"stand\": \"below\", \"when\": \"rhein.x > 5\"}]", 0},
        {"[{\"text\": \"{hide.x} {rhein.status == 'fresh'}\", \"stand\": \"below\"}]", 1},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct live_bench live;
        live_open(&live, cases[i].elements, parts);
        live_put(&live, "rhein", "{\"x\": 512}", SW_READING_LIVE, SW_HOUR);
        live_put(&live, "air", "{\"x\": 51}", SW_READING_LIVE, SW_HOUR);
        live_put(&live, "lots", "[{\"n\": 5}]", SW_READING_SAMPLE, SW_HOUR);
        live_put(&live, "hide", "{\"x\": 5}", SW_READING_LIVE, 7 * SW_HOUR);
        live_make(&live);
        assert_int_equal(live.told.source_count, cases[i].told);
        live_close(&live);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_the_words_of_each_language), cmocka_unit_test(of_several_what_matters_most),
        cmocka_unit_test(today_ends),                    cmocka_unit_test(where_it_stands),
        cmocka_unit_test(it_takes_its_room),             cmocka_unit_test(whose_values_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
