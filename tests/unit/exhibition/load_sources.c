/* SPDX-License-Identifier: EUPL-1.2 */
/* What becomes of scenes/sources.json where it is sound, for the courier as for the player. What is not sound: tests/bad/sources*. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/file.h"
#include "elements/catalogue.h"
#include "exhibition/exhibition.h"

#define CREDIT                                                                                                                             \
    "\"attribution\": {\"provider\": {\"de\": \"Wasserstraßen\", \"en\": \"Waterways\"}, \"licence\": {\"name\": \"dl-de/zero-2-0\", "    \
    "\"url\": \"https://www.govdata.de/dl-de/zero-2-0\"}, \"url\": \"https://www.pegelonline.wsv.de/\", \"changed\": true}"

static const char sources[] =
    "{\"rhein\": {\"http\": \"https://example.org/W?start={yesterday}&end={tomorrow}\", \"pick\": \"/a\", \"every\": \"5m\", "
    "\"fresh_for\": \"30m\", \"expire_after\": \"6h\", \"observed\": \"at\", \"fallback\": {\"text\": \"keine Daten\"},\n"
    " \"headers\": {\"Accept-Language\": \"de\"}, \"auth\": {\"query\": \"key\", \"secret\": \"pegel\"},\n"
    " \"fields\": {\"level\": {\"type\": \"number\", \"from\": [\"/a\", \"^/b\"], \"unit\": {\"de\": \"cm\"}, \"digits\": 0, "
    "\"valid\": [-100, null], \"missing\": [-999, \"---\"], \"decimal\": \",\"},\n"
    "  \"at\": {\"type\": \"time\", \"encoding\": \"german-utc\"},\n"
    "  \"state\": {\"type\": \"enum\", \"map\": {\"normal\": \"normal\", \"1\": \"high\", \"2\": \"high\"}, \"otherwise\": \"unknown\"}},\n"
    " \"history\": {\"level\": {\"keep\": \"7d\", \"step\": \"15m\"}},\n"
    " \"backfill\": {\"http\": \"https://example.org/past\", \"fields\": {\"t\": {\"type\": \"time\"}, \"level\": {\"type\": "
    "\"number\"}}, \"sample\": \"scenes/theme.json\"},\n"
    " \"sample\": \"scenes/hub.json\", \"sample_at\": \"2026-11-20T14:05\", " CREDIT "},\n"
    " \"air\": {\"file\": \"data/air.csv\", \"format\": \"csv\", \"rows\": true, \"fresh_for\": \"2h\", \"limit\": 5, \"off\": true,\n"
    "  \"csv\": {\"delimiter\": \";\", \"decimal\": \",\", \"skip\": 2, \"charset\": \"latin1\"},\n"
    "  \"fields\": {\"pm\": {\"type\": \"number\"}, \"when\": {\"type\": \"time\", \"encoding\": \"date-time-utc\", "
    "\"from\": [\"/Datum\", \"/Uhrzeit (UTC)\"]}}},\n"
    " \"broken\": {\"file\": \"x\", \"fresh_for\": \"1h\", \"fields\": {\"y\": {\"type\": \"nubmer\"}}},\n"
    " \"stops\": {\"http\": \"https://example.org/\", \"fresh_for\": \"10m\", \"rows\": true, \"select\": [\".body\", \"| .rows\"], "
    "\"vars\": {\"stop\": \"Hbf\"}, \"pages\": {\"offset\": \"o\", \"size\": \"n\", \"limit\": 50}, \"fallback\": \"skip\",\n"
    "  \"auth\": {\"oauth2\": \"https://example.org/token\", \"client\": \"c\", \"secret\": \"s\", \"scope\": \"read\"},\n"
    "  \"fields\": {\"line\": {\"type\": \"text\"}}, " CREDIT "}}";

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    char command[256];
    (void)snprintf(folder, sizeof folder, "/tmp/schauwand-sources-XXXXXX");
    assert_non_null(mkdtemp(folder));
    (void)snprintf(command, sizeof command, "cp -r '%s'/tests/bad/base/. '%s'", SW_SOURCE_DIR, folder);
    assert_int_equal(system(command), 0);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[128];
    (void)snprintf(command, sizeof command, "rm -r '%s'", folder);
    assert_int_equal(system(command), 0);
    return 0;
}

static void put(const char *file, const char *text)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, file);
    assert_true(sw_file_write_atomic(path, text, strlen(text)));
}

static struct sw_exhibition *load(bool whole, size_t faults)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_exhibition *exhibition =
        whole ? sw_exhibition_create(folder, sw_catalogue(), &diags) : sw_exhibition_create_sources(folder, &diags);
    assert_non_null(exhibition);
    if (diags.count != faults)
        sw_diags_print(&diags, stderr);
    assert_int_equal(diags.count, faults);
    sw_diags_finish(&diags);
    return exhibition;
}

static const char *text_of(const struct sw_property *property, const char *language)
{
    struct sw_evaluation evaluation = {.language = language};
    struct sw_resolution resolution = {.evaluation = &evaluation};
    struct sw_value value = sw_property_value(property, &resolution);
    return value.type == SW_VALUE_STRING ? value.as.string : NULL;
}

static void a_single_value(const struct sw_exhibition *exhibition)
{
    const struct sw_source *rhein = sw_exhibition_source(exhibition, "rhein");
    assert_non_null(rhein);
    assert_false(rhein->faulty);
    assert_int_equal(rhein->transport, SW_TRANSPORT_HTTP);
    assert_int_equal(rhein->line, 1);
    assert_int_equal(rhein->every, 5 * SW_MINUTE);
    assert_int_equal(rhein->fresh_for, 30 * SW_MINUTE);
    assert_int_equal(rhein->expire_after, 6 * SW_HOUR);
    assert_int_equal(rhein->fallback, SW_FALLBACK_TEXT);
    assert_string_equal(text_of(&rhein->fallback_text, "en"), "keine Daten");
    assert_string_equal(rhein->sample, "scenes/hub.json");
    struct sw_civil at = sw_civil_at(exhibition->zone, rhein->sample_at);
    assert_int_equal(at.hour * 60 + at.minute, 845);
    assert_string_equal(text_of(&rhein->attribution.provider, "de"), "Wasserstraßen");
    assert_string_equal(text_of(&rhein->attribution.provider, "en"), "Waterways");
    assert_string_equal(rhein->attribution.licence, "dl-de/zero-2-0");
    assert_true(rhein->attribution.changed);

    const struct sw_request *request = &rhein->request;
    assert_string_equal(request->pick, "/a");
    assert_null(request->select);
    assert_int_equal(request->observed, 1);
    assert_int_equal(request->header_count, 1);
    assert_string_equal(request->headers[0].from, "Accept-Language");
    assert_int_equal(request->auth.kind, SW_AUTH_QUERY);
    assert_string_equal(request->auth.name, "key");
    assert_string_equal(request->auth.first, "pegel");
    assert_int_equal(request->field_count, 3);
    const char *const members[] = {"level", "at", "state", "status", "observed", "fetched", "sample", "recorded", "provider"};
    for (size_t i = 0; i < SW_COUNT(members); i++)
        assert_string_equal(rhein->members[i], members[i]);
    assert_null(rhein->members[SW_COUNT(members)]);

    const struct sw_field *level = sw_request_field(request, "level"), *state = sw_request_field(request, "state");
    assert_ptr_equal(level->source, rhein);
    assert_string_equal(level->from[0], "/a");
    assert_string_equal(level->from[1], "^/b");
    assert_null(level->from[2]);
    assert_string_equal(text_of(&level->unit, "en"), "cm");
    assert_int_equal(level->digits, 0);
    assert_true(level->ranged && level->minimum == -100 && level->maximum > 1e300);
    assert_int_equal(level->missing_count, 2);
    assert_null(level->missing[0].text);
    assert_true(level->missing[0].number == -999);
    assert_string_equal(level->missing[1].text, "---");
    assert_int_equal(level->decimal, ',');
    assert_int_equal(level->keep, 7 * 24 * SW_HOUR);
    assert_int_equal(level->step, 15 * SW_MINUTE);
    assert_string_equal(request->fields[1].from[0], "/at");
    assert_int_equal(request->fields[1].encoding, SW_TIME_GERMAN_UTC);
    assert_string_equal(state->values[0], "normal");
    assert_string_equal(state->values[1], "high");
    assert_string_equal(state->values[2], "unknown");
    assert_null(state->values[3]);
}

static void its_past(const struct sw_exhibition *exhibition)
{
    const struct sw_source *rhein = sw_exhibition_source(exhibition, "rhein");
    assert_true(rhein->has_backfill && rhein->backfill.rows);
    assert_int_equal(rhein->backfill.observed, 0);
    assert_string_equal(rhein->backfill.pick, "");
    assert_string_equal(rhein->backfill_sample, "scenes/theme.json");
}

static void rows(const struct sw_exhibition *exhibition)
{
    const struct sw_source *air = sw_exhibition_source(exhibition, "air"), *stops = sw_exhibition_source(exhibition, "stops");
    assert_int_equal(air->transport, SW_TRANSPORT_FILE);
    assert_true(air->off && air->request.rows);
    assert_int_equal(air->expire_after, 24 * SW_HOUR);
    assert_int_equal(air->request.format, SW_FORMAT_CSV);
    assert_int_equal(air->request.csv.delimiter, ';');
    assert_int_equal(air->request.csv.skip, 2);
    assert_true(air->request.csv.header);
    assert_int_equal(air->request.csv.charset, SW_CHARSET_LATIN1);
    assert_int_equal(air->request.limit, 5);
    assert_int_equal(air->request.observed, -1);
    assert_int_equal(air->request.fields[0].decimal, ',');
    assert_string_equal(air->members[0], "rows");
    assert_string_equal(air->members[1], "status");
    assert_string_equal(stops->request.select, ".body\n| .rows");
    assert_null(stops->request.pick);
    assert_string_equal(stops->request.vars, "{\"stop\":\"Hbf\"}");
    assert_int_equal(stops->request.paging.kind, SW_PAGING_OFFSET);
    assert_string_equal(stops->request.paging.name, "o");
    assert_string_equal(stops->request.paging.size_name, "n");
    assert_int_equal(stops->request.paging.size, 50);
    assert_int_equal(stops->request.paging.max, 10);
    assert_int_equal(stops->request.auth.kind, SW_AUTH_OAUTH2);
    assert_string_equal(stops->request.auth.first, "c");
    assert_string_equal(stops->request.auth.second, "s");
    assert_string_equal(stops->request.auth.scope, "read");
    assert_int_equal(stops->fallback, SW_FALLBACK_SKIP);
    assert_int_equal(stops->request.limit, 1000);
}

static void both_read_the_same(void **state)
{
    (void)state;
    put("scenes/sources.json", sources);
    struct sw_exhibition *alone = load(false, 1), *whole = load(true, 1);
    static const char *const names[] = {"air", "broken", "rhein", "stops"};
    assert_int_equal(alone->source_count, SW_COUNT(names));
    assert_int_equal(whole->source_count, SW_COUNT(names));
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        assert_string_equal(alone->sources[i].name, names[i]);
        assert_string_equal(whole->sources[i].name, names[i]);
        assert_int_equal(whole->sources[i].faulty, i == 1);
    }
    a_single_value(alone);
    its_past(alone);
    a_single_value(whole);
    its_past(whole);
    rows(alone);
    assert_true(alone->sources_hash != 0 && alone->sources_hash == whole->sources_hash);
    assert_int_equal(alone->scene_count, 0);
    assert_true(whole->scene_count > 0);
    assert_null(sw_exhibition_source(alone, "nowhere"));
    sw_exhibition_destroy(alone);
    put("scenes/sources.json", "{}");
    struct sw_exhibition *other = load(false, 0);
    assert_true(other->sources_hash != whole->sources_hash);
    assert_int_equal(other->source_count, 0);
    sw_exhibition_destroy(other);
    sw_exhibition_destroy(whole);
}

static void days_in_an_address(void **state)
{
    (void)state;
    put("scenes/sources.json", sources);
    struct sw_exhibition *exhibition = load(false, 1);
    const struct sw_request *request = &sw_exhibition_source(exhibition, "rhein")->request;
    struct sw_arena arena = {0};
    static const struct {
        const char *now, *address;
    } cases[] = {
        {"2026-11-23T12:00:00Z", "https://example.org/W?start=2026-11-22&end=2026-11-24"},
        {"2026-12-31T22:59:59Z", "https://example.org/W?start=2026-12-30&end=2027-01-01"},
        {"2026-12-31T23:00:00Z", "https://example.org/W?start=2026-12-31&end=2027-01-02"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        sw_instant now = 0;
        assert_true(sw_civil_parse(NULL, cases[i].now, &now));
        assert_string_equal(sw_request_address(request, exhibition->zone, now, &arena), cases[i].address);
    }
    sw_arena_finish(&arena);
    sw_exhibition_destroy(exhibition);
}

static void an_address_may_be_relative(void **state)
{
    (void)state;
    put("scenes/sources.json",
        "{\"a\": {\"http\": \"data/levels-{today}.json\", \"fresh_for\": \"1h\", \"rows\": true, \"pages\": {\"link\": true},\n"
        " \"fields\": {\"t\": {\"type\": \"time\"}, \"x\": {\"type\": \"number\"}}, \"observed\": \"t\",\n"
        " \"history\": {\"x\": {\"keep\": \"1h\", \"step\": \"1m\"}}, \"backfill\": {\"http\": \"/past.json?from={yesterday}\", "
        "\"fields\": {\"t\": {\"type\": \"time\"}, \"x\": {\"type\": \"number\"}}}, " CREDIT "},\n"
        " \"b\": {\"http\": \"https://example.org/a\", \"fresh_for\": \"1h\", \"fields\": {\"x\": {\"type\": \"text\"}}, " CREDIT "}}");
    struct sw_exhibition *exhibition = load(false, 0);
    const struct sw_source *a = sw_exhibition_source(exhibition, "a"), *b = sw_exhibition_source(exhibition, "b");
    struct sw_arena arena = {0};
    sw_instant now = 0;
    assert_true(sw_civil_parse(NULL, "2026-11-23T12:00:00Z", &now));
    assert_int_equal(a->transport, SW_TRANSPORT_HTTP);
    assert_false(a->faulty);
    assert_true(sw_request_is_relative(&a->request) && sw_request_is_relative(&a->backfill));
    assert_false(sw_request_is_relative(&b->request));
    assert_string_equal(sw_request_address(&a->request, exhibition->zone, now, &arena), "data/levels-2026-11-23.json");
    assert_string_equal(sw_request_address(&a->backfill, exhibition->zone, now, &arena), "/past.json?from=2026-11-22");
    sw_arena_finish(&arena);
    sw_exhibition_destroy(exhibition);
}

static void texts_may_be_translated_apart(void **state)
{
    (void)state;
    put("scenes/sources.json", sources);
    put("scenes/lang/en.json",
        "{\"scenes/sources.json\": {\"rhein.fallback.text\": \"no data\", \"rhein.fields.level.unit\": \"centimetres\"}}");
    struct sw_exhibition *exhibition = load(true, 1);
    const struct sw_source *rhein = sw_exhibition_source(exhibition, "rhein");
    assert_string_equal(text_of(&rhein->fallback_text, "en"), "no data");
    assert_string_equal(text_of(&rhein->request.fields[0].unit, "en"), "centimetres");
    assert_string_equal(text_of(&rhein->request.fields[0].unit, "de"), "cm");
    sw_exhibition_destroy(exhibition);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_read_the_same, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(days_in_an_address, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(an_address_may_be_relative, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(texts_may_be_translated_apart, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
