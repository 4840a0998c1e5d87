/* SPDX-License-Identifier: EUPL-1.2 */
/* The line at the foot of a page with live data: whom it names, and what it says of their values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "feeds.h"
#include "stage/credit.h"

#define FIELDS "\"fresh_for\": \"30m\", \"fields\": {\"v\": {\"type\": \"number\"}}"
#define FROM(name) "\"http\": \"https://example.org/" name "\", " FIELDS ", \"attribution\": {\"provider\": \"" name "\", "
#define LICENCE "\"licence\": {\"name\": \"CC0\", \"url\": \"https://example.org/l\"}, \"url\": \"https://example.org/\""


static const char sources[] =
    "{\"air\": {" FROM("Amt") LICENCE ", \"changed\": true}}, \"air_past\": {" FROM("Amt") LICENCE ", \"changed\": true}},"
    " \"gone\": {\"expire_after\": \"6h\", \"fallback\": \"hide\", " FROM("Fort") LICENCE "}},"
    " \"own\": {\"file\": \"data/own.json\", " FIELDS "},"
    " \"rain\": {" FROM("Dienst") "\"dataset\": {\"de\": \"Regen\", \"en\": \"rain\"}, " LICENCE "}}}";

static struct feeds feeds;

/* One of the exhibition's sources has this reading, so old. */
struct given {
    const char *source;
    enum sw_reading_kind kind;
    int64_t age;
    bool told; /* an element says itself from when it is */
};

static void put(struct sw_data *data, const struct given *given)
{
    const struct sw_source *source = feeds_source(&feeds, given->source);
    struct sw_reading_facts facts = {
        .kind = given->kind, .fetched = FEEDS_NOW - given->age, .published = SW_NEVER, .as_of = FEEDS_NOW - given->age};
    struct sw_reading_report report = {.text = ""};
    struct sw_body *body = sw_body_create(&source->request);
    char fault[SW_BODY_FAULT_MAX];
    assert_true(sw_body_add(body, "{\"v\": 1}", 8, fault));
    sw_data_put_reading(data, (size_t)(source - feeds.exhibition->sources),
                        sw_reading_create(&source->request, body, feeds.exhibition->zone, &facts, &report));
    sw_body_destroy(body);
}

static void expect(const char *language, const struct given *given, size_t count, const char *line)
{
    struct sw_data *data = sw_data_create(feeds.exhibition);
    struct sw_visit visit;
    struct sw_arena arena = {.blocks = NULL};
    struct sw_canvas canvas = {.name = "wide"};
    struct sw_reads reads, told;
    sw_reads_init(&reads);
    sw_reads_init(&told);
    sw_visit_init(&visit, feeds.exhibition, language);
    for (size_t i = 0; i < count; i++) {
        put(data, &given[i]);
        sw_reads_add_source(&reads, feeds_source(&feeds, given[i].source));
        if (given[i].told)
            sw_reads_add_source(&told, feeds_source(&feeds, given[i].source));
    }
    struct sw_show_place where = {.exhibition = feeds.exhibition, .canvas = &canvas, .visit = &visit, .tools = {.data = data}};
    struct sw_show show = {.where = &where, .reads = reads, .told = told};
    assert_string_equal(sw_credit_text(&show, FEEDS_NOW, &arena), line);
    sw_visit_finish(&visit);
    sw_arena_finish(&arena);
    sw_data_destroy(data);
}
#define EXPECT(language, line, ...)                                                                                                        \
    expect(language, (const struct given[]){__VA_ARGS__}, sizeof(const struct given[]){__VA_ARGS__} / sizeof(struct given), line)

static void names_whom(void **state)
{
    (void)state;
    EXPECT("de", "Daten: Amt (CC0), verändert", {"air", SW_READING_LIVE, 0, false});
    EXPECT("en", "Data: Dienst, rain (CC0)", {"rain", SW_READING_LIVE, 0, false});
    EXPECT("de", "Daten: Amt (CC0), verändert · Dienst, Regen (CC0)", {"air", SW_READING_LIVE, 0, false},
           {"rain", SW_READING_LIVE, 0, false});
    EXPECT("de", "", {"own", SW_READING_LIVE, 0, false});
    expect("de", NULL, 0, "");
}

static void says_what_they_are_worth(void **state)
{
    (void)state;
    EXPECT("de", "Daten: Dienst, Regen (CC0), Stand 14:05", {"rain", SW_READING_LIVE, SW_HOUR, false});
    EXPECT("de", "Daten: Dienst, Regen (CC0), Beispieldaten, Stand 22.11.2026, 15:05", {"rain", SW_READING_SAMPLE, 24 * SW_HOUR, false});
    EXPECT("de", "Daten: own, Stand 14:05", {"own", SW_READING_LIVE, SW_HOUR, false});
    EXPECT("de", "Daten: Amt (CC0), verändert · Dienst, Regen (CC0), Stand 14:05", {"air", SW_READING_LIVE, 0, false},
           {"rain", SW_READING_LIVE, SW_HOUR, false});
}

static void says_nothing_twice(void **state)
{
    (void)state;
    EXPECT("de", "Daten: Amt (CC0), verändert", {"air", SW_READING_LIVE, 0, false}, {"air_past", SW_READING_LIVE, 0, false});
    EXPECT("de", "Daten: Amt (CC0), verändert · Amt (CC0), verändert, Stand 14:05", {"air", SW_READING_LIVE, 0, false},
           {"air_past", SW_READING_LIVE, SW_HOUR, false});
    EXPECT("de", "Daten (Beispieldaten, Stand 14:05): Amt (CC0), verändert · Dienst, Regen (CC0)",
           {"air", SW_READING_SAMPLE, SW_HOUR, false},
           {"air_past", SW_READING_SAMPLE, SW_HOUR, false}, {"rain", SW_READING_SAMPLE, SW_HOUR, false});
    EXPECT("en", "Data (recorded, as of 23 Nov 2026, 14:05): Amt (CC0), modified · Dienst, rain (CC0)",
           {"air", SW_READING_RECORDED, SW_HOUR, false}, {"rain", SW_READING_RECORDED, SW_HOUR, false});
}

static void says_no_time_that_an_element_says(void **state)
{
    (void)state;
    EXPECT("de", "Daten: Dienst, Regen (CC0)", {"rain", SW_READING_LIVE, SW_HOUR, true});
    EXPECT("de", "", {"own", SW_READING_LIVE, SW_HOUR, true});
    EXPECT("de", "Daten: Dienst, Regen (CC0), aufgezeichnet", {"rain", SW_READING_RECORDED, SW_HOUR, true});
    EXPECT("de", "Daten: Dienst, Regen (CC0), Beispieldaten, Stand 14:05", {"rain", SW_READING_SAMPLE, SW_HOUR, true});
    EXPECT("de", "Daten: Amt (CC0), verändert, Stand 14:05 · Dienst, Regen (CC0)", {"air", SW_READING_LIVE, SW_HOUR, false},
           {"rain", SW_READING_LIVE, SW_HOUR, true});
}

static void says_no_time_where_nothing_is_shown(void **state)
{
    (void)state;
    EXPECT("de", "Daten: Fort (CC0), Stand 14:05", {"gone", SW_READING_LIVE, SW_HOUR, false});
    EXPECT("de", "Daten: Fort (CC0)", {"gone", SW_READING_LIVE, 48 * SW_HOUR, false});
}

static int set_up(void **state)
{
    (void)state;
    feeds_open(&feeds, sources);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    feeds_close(&feeds);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_whom), cmocka_unit_test(says_what_they_are_worth),
                                       cmocka_unit_test(says_nothing_twice), cmocka_unit_test(says_no_time_that_an_element_says),
                                       cmocka_unit_test(says_no_time_where_nothing_is_shown)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
