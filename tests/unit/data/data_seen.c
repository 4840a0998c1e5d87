/* SPDX-License-Identifier: EUPL-1.2 */
/* What expressions see of sources, as time passes and things come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "data/data.h"
#include "feeds.h"

#define NBSP "\xC2\xA0"

static const char sources[] =
    "{\"rhein\": {\"file\": \"x\", \"fresh_for\": \"30m\", \"expire_after\": \"6h\", \"observed\": \"at\", \"fallback\": \"hide\","
    "   \"fields\": {\"level\": {\"type\": \"number\", \"unit\": \"cm\", \"digits\": 0}, \"at\": {\"type\": \"time\"}},"
    "   \"history\": {\"level\": {\"keep\": \"7d\", \"step\": \"15m\"}},"
    "   \"attribution\": {\"provider\": {\"de\": \"WSV\", \"en\": \"Waterways\"}, \"licence\": {\"name\": \"l\", \"url\": "
    "\"https://e.org/l\"}, "
    "   \"url\": \"https://e.org/\"}},"
    " \"stops\": {\"file\": \"x\", \"fresh_for\": \"1m\", \"expire_after\": \"1h\", \"rows\": true,"
    "   \"fields\": {\"line\": {\"type\": \"text\"}, \"in\": {\"type\": \"number\"}}},"
    " \"idle\": {\"file\": \"x\", \"fresh_for\": \"1m\", \"off\": true, \"fields\": {\"x\": {\"type\": \"text\"}}},"
    " \"rhein_past\": {\"file\": \"x\", \"fresh_for\": \"30m\", \"observed\": \"at\", \"fields\": {\"at\": {\"type\": \"time\"}},"
    "   \"attribution\": {\"provider\": {\"de\": \"WSV\", \"en\": \"Waterways\"}, \"licence\": {\"name\": \"l\", \"url\": "
    "\"https://e.org/l\"}, "
    "   \"url\": \"https://e.org/past\"}},"
    " \"walks\": {\"file\": \"x\", \"fresh_for\": \"1m\", \"rows\": true, \"fields\": {\"x\": {\"type\": \"text\"}}}}";

static struct feeds feeds;
static struct sw_data *data;
static struct sw_arena arena;
static struct sw_reads reads;

static bool look_up(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct sw_evaluation *evaluation = scope->context;
    const struct sw_source *source = sw_exhibition_source(feeds.exhibition, name);
    if (strcmp(name, "sources") == 0)
        *out = sw_data_sources(data, evaluation);
    if (source == NULL)
        return strcmp(name, "sources") == 0;
    *out = sw_data_value(data, source, evaluation);
    return true;
}

/* What a template gives; `now` beside FEEDS_NOW. */
static const char *seen(const char *template, int64_t now)
{
    struct sw_expression_faults faults = {.count = 0};
    struct sw_evaluation evaluation = {
        .arena = &arena, .reads = &reads, .now = FEEDS_NOW + now, .language = "en", .zone = feeds.exhibition->zone};
    struct sw_scope scope = {.lookup = look_up, .context = &evaluation};
    evaluation.scope = &scope;
    sw_arena_reset(&arena);
    sw_reads_init(&reads);
    const struct sw_template *made = sw_template_create(&arena, template, false, &faults);
    assert_non_null(made);
    struct sw_value value = sw_template_text(sw_template_evaluate(made, &evaluation), &evaluation);
    return value.type == SW_VALUE_STRING ? value.as.string : "missing";
}

static void put(const char *name, size_t index, const char *body)
{
    struct sw_reading_report report;
    struct sw_reading *reading = feeds_read(&feeds, name, body, strlen(body), &report);
    assert_non_null(reading);
    sw_data_put_reading(data, index, reading);
}

static int begin(void **state)
{
    (void)state;
    feeds_open(&feeds, sources);
    data = sw_data_create(feeds.exhibition);
    sw_arena_init(&arena);
    return 0;
}

static int end(void **state)
{
    (void)state;
    sw_arena_finish(&arena);
    sw_data_destroy(data);
    feeds_close(&feeds);
    return 0;
}

enum { IDLE, RHEIN, PAST, STOPS };

static void through_all_states(void **state)
{
    (void)state;
    assert_string_equal(seen("{rhein.status} {rhein.level} {rhein.observed} {rhein.sample} {idle.status}", 0), "loading – – false off");
    sw_data_put_outcome(data, RHEIN, true, SW_NEVER, "HTTP 503");
    assert_string_equal(seen("{rhein.status} {rhein.level}", 0), "error –");
    put("rhein", RHEIN, "{\"level\": 512.4, \"at\": \"2026-11-23T14:00:00Z\"}");
    assert_string_equal(seen("{rhein.status} {rhein.level | value} {rhein.at | time} {rhein.observed | time}", 0),
                        "fresh 512" NBSP "cm 15:00 15:00");
    assert_int_equal(reads.valid_until, feeds_at("2026-11-23T14:30:00Z"));
    assert_true(sw_reads_has(&reads, "rhein"));
    assert_string_equal(seen("{rhein.provider}, {rhein.fetched | time}", 0), "Waterways, 15:05");
    /* one that fails takes nothing away; the time does */
    sw_data_put_outcome(data, RHEIN, true, SW_NEVER, "HTTP 503");
    assert_string_equal(seen("{rhein.status} {rhein.level}", SW_MINUTE), "fresh 512.4");
    assert_string_equal(seen("{rhein.status} {rhein.level}", 25 * SW_MINUTE), "stale 512.4");
    assert_int_equal(reads.valid_until, feeds_at("2026-11-23T20:00:00Z"));
    assert_string_equal(seen("{rhein.status} {rhein.level} {rhein.observed | time}", 6 * SW_HOUR), "expired – 15:00");
    assert_int_equal(reads.valid_until, SW_NEVER);
    /* confirmed, but observed as long ago as ever */
    sw_data_put_outcome(data, RHEIN, false, FEEDS_NOW + SW_HOUR, NULL);
    assert_string_equal(seen("{rhein.status} {rhein.fetched | time}", SW_HOUR), "stale 16:05");
}

static void rows(void **state)
{
    (void)state;
    assert_string_equal(seen("{count(stops.rows)} {stops.status}", 0), "– loading");
    put("stops", STOPS, "[{\"line\": \"901\", \"in\": 4}, {\"line\": \"903\", \"in\": null}]");
    assert_string_equal(seen("{count(stops.rows)} {first(stops.rows).line} {last(stops.rows).in}", 0), "2 901 –");
    /* after it has expired the last rows stay: that is what is declared */
    assert_string_equal(seen("{stops.status} {count(stops.rows)}", 2 * SW_HOUR), "expired 2");
    /* what was not counted from an observation is confirmed by an answer that it holds */
    sw_data_put_outcome(data, STOPS, false, FEEDS_NOW + 2 * SW_HOUR, NULL);
    assert_string_equal(seen("{stops.status}", 2 * SW_HOUR), "fresh");
}

/* A sample that says nothing of its own time is of the instant that it stands for. */
static void samples_are_of_their_instant(void **state)
{
    (void)state;
    const struct sw_reading_facts facts = {
        .kind = SW_READING_SAMPLE, .published = SW_NEVER, .fetched = FEEDS_NOW, .as_of = feeds_at("2026-11-20T13:05:00Z")};
    struct sw_reading_report report;
    const char *bodies[] = {"{\"level\": 1, \"at\": \"2026-11-20T13:00:00Z\"}", "[{\"line\": \"901\", \"in\": 4}]"};
    const char *names[] = {"rhein", "stops"};
    for (size_t i = 0; i < 2; i++)
        sw_data_put_reading(data, i == 0 ? RHEIN : STOPS, feeds_make(&feeds, names[i], bodies[i], strlen(bodies[i]), &facts, &report));
    assert_string_equal(seen("{rhein.observed | date} {rhein.observed | time} {rhein.sample}", 0), "20 Nov 2026 14:00 true");
    assert_string_equal(seen("{stops.observed | date} {stops.observed | time} {stops.status}", SW_HOUR), "20 Nov 2026 14:05 fresh");
}

/* Everybody who is to be named, and what their data are worth. */
static void all_sources(void **state)
{
    (void)state;
    assert_string_equal(seen("{count(sources)} {first(sources).id} {last(sources).id} {last(sources).provider}", 0), "3 rhein walks –");
    assert_string_equal(seen("{first(sources).provider} {first(sources).licence} {first(sources).licence_url} {first(sources).url} "
                             "{first(sources).dataset} {first(sources).changed}", 0),
                        "Waterways l https://e.org/l https://e.org/ – false");
    put("rhein", RHEIN, "{\"level\": 512.4, \"at\": \"2026-11-23T14:00:00Z\"}");
    assert_string_equal(seen("{first(sources).status} {first(sources).fetched | time} {first(sources).sample}", 0), "fresh 15:05 false");
    assert_int_equal(reads.valid_until, feeds_at("2026-11-23T14:30:00Z"));
    assert_false(sw_reads_has(&reads, "rhein"));
}

/* Sources that name the same are one while their data are as they are, of the newest instants; nobody to name is no name. */
static void sources_that_say_the_same(void **state)
{
    (void)state;
    static const char all[] = "{count(sources)} {first(sources).id} {first(sources).status} {first(sources).observed | time}";
    assert_string_equal(seen(all, 0), "3 rhein loading –");
    put("rhein", RHEIN, "{\"level\": 1, \"at\": \"2026-11-23T14:00:00Z\"}");
    assert_string_equal(seen(all, 0), "4 rhein fresh 15:00");
    put("rhein_past", PAST, "{\"at\": \"2026-11-23T14:02:00Z\"}");
    assert_string_equal(seen(all, 0), "3 rhein fresh 15:02");
    assert_string_equal(seen(all, 31 * SW_MINUTE), "3 rhein stale 15:02");
}

/* Values live as long as the arena they were looked up for, whatever comes meanwhile. */
static void values_outlive_their_reading(void **state)
{
    (void)state;
    put("stops", STOPS, "[{\"line\": \"901\", \"in\": 4}]");
    struct sw_arena own = {0};
    struct sw_evaluation evaluation = {.arena = &own, .now = FEEDS_NOW, .language = "de"};
    struct sw_value value = sw_data_value(data, &feeds.exhibition->sources[STOPS], &evaluation);
    put("stops", STOPS, "[]");
    sw_data_destroy(data);
    data = sw_data_create(feeds.exhibition);
    struct sw_value listed = sw_value_member(value, "rows");
    assert_int_equal(listed.as.list->count, 1);
    assert_string_equal(sw_value_member(listed.as.list->items[0], "line").as.string, "901");
    sw_arena_finish(&own);
}

static void numbers_rise_with_every_change(void **state)
{
    (void)state;
    const struct sw_source *rhein = &feeds.exhibition->sources[RHEIN], *stops = &feeds.exhibition->sources[STOPS];
    uint64_t before = sw_data_number(data);
    struct sw_data_view view = sw_data_look(data, rhein, FEEDS_NOW);
    assert_null(view.facts);
    assert_false(view.usable);
    put("rhein", RHEIN, "{\"level\": 1, \"at\": \"2026-11-23T14:00:00Z\"}");
    assert_true(sw_data_number(data) > before);
    view = sw_data_look(data, rhein, FEEDS_NOW);
    assert_true(view.number > sw_data_look(data, stops, FEEDS_NOW).number && view.usable && view.source == rhein);
    assert_string_equal(view.fault, "");
    sw_data_put_outcome(data, RHEIN, true, SW_NEVER, "no answer within 20 s");
    assert_string_equal(sw_data_look(data, rhein, FEEDS_NOW).fault, "no answer within 20 s");
}

static void histories(void **state)
{
    (void)state;
    static const struct sw_point points[] = {{FEEDS_NOW, 1}, {FEEDS_NOW + SW_MINUTE, 2}};
    const struct sw_field *level = &feeds.exhibition->sources[RHEIN].request.fields[0];
    size_t count = 0;
    assert_null(sw_data_series(data, level));
    sw_data_put_point(data, RHEIN, 0, points[0], 0);
    assert_int_equal(sw_series_step(sw_data_series(data, level)), 15 * SW_MINUTE);
    sw_data_put_series(data, RHEIN, 0, sw_series_create(points, 1, SW_MINUTE));
    sw_data_put_point(data, RHEIN, 0, points[1], 0);
    assert_memory_equal(sw_series_points(sw_data_series(data, level), &count), points, sizeof points);
    assert_int_equal(count, 2);
    /* what is out of range is taken over all the same */
    sw_data_put_series(data, 99, 0, sw_series_create(points, 1, SW_MINUTE));
    sw_data_put_series(data, RHEIN, 99, sw_series_create(points, 1, SW_MINUTE));
    sw_data_put_point(data, 99, 0, points[0], 0);
    sw_data_put_outcome(data, 99, true, SW_NEVER, NULL);
    assert_null(sw_data_reading(data, 99));
}

/* A reading of one source is not taken for another's. */
static void readings_of_others(void **state)
{
    (void)state;
    put("rhein", STOPS, "{\"level\": 1, \"at\": \"2026-11-23T14:00:00Z\"}");
    put("rhein", 99, "{\"level\": 1, \"at\": \"2026-11-23T14:00:00Z\"}");
    assert_null(sw_data_reading(data, STOPS));
    put("rhein", RHEIN, "{\"level\": 1, \"at\": \"2026-11-23T14:00:00Z\"}");
    assert_non_null(sw_data_reading(data, RHEIN));
}

/* Another courier tells anew: what the one before has told stays until then, and goes where this one has nothing to tell. */
static void another_teller(void **state)
{
    (void)state;
    put("rhein", RHEIN, "{\"level\": 1, \"at\": \"2026-11-23T14:00:00Z\"}");
    put("stops", STOPS, "[{\"line\": \"901\", \"in\": 4}]");
    uint64_t number = sw_data_number(data);
    sw_data_renew(data);
    assert_string_equal(seen("{rhein.level} {count(stops.rows)}", 0), "1 1");
    sw_data_put_outcome(data, RHEIN, true, SW_NEVER, "HTTP 503");
    assert_string_equal(seen("{rhein.status} {rhein.level} {count(stops.rows)}", 0), "error – 1");
    put("rhein", RHEIN, "{\"level\": 2, \"at\": \"2026-11-23T14:00:00Z\"}");
    sw_data_settle(data);
    assert_string_equal(seen("{rhein.level} {count(stops.rows)} {stops.status}", 0), "2 – loading");
    assert_true(sw_data_number(data) > number);
    put("stops", STOPS, "[{\"line\": \"903\", \"in\": 4}, {\"line\": \"901\", \"in\": 4}]");
    sw_data_settle(data);
    assert_string_equal(seen("{rhein.level} {count(stops.rows)}", 0), "2 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(through_all_states, begin, end),
        cmocka_unit_test_setup_teardown(rows, begin, end),
        cmocka_unit_test_setup_teardown(samples_are_of_their_instant, begin, end),
        cmocka_unit_test_setup_teardown(all_sources, begin, end),
        cmocka_unit_test_setup_teardown(sources_that_say_the_same, begin, end),
        cmocka_unit_test_setup_teardown(values_outlive_their_reading, begin, end),
        cmocka_unit_test_setup_teardown(numbers_rise_with_every_change, begin, end),
        cmocka_unit_test_setup_teardown(histories, begin, end),
        cmocka_unit_test_setup_teardown(readings_of_others, begin, end),
        cmocka_unit_test_setup_teardown(another_teller, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
