/* SPDX-License-Identifier: EUPL-1.2 */
/* Every encoding of a time, what is none of it, and the clock of Europe/Berlin where it is changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "data/timestamp.h"
#include "json/json.h"

static struct sw_zone_rules *berlin;

static const struct {
    enum sw_time_encoding encoding;
    const char *json, *expected; /* a value, of DATE_TIME a list of two; NULL: refused */
} cases[] = {
    {SW_TIME_RFC3339, "\"2023-07-26T19:15:00+02:00\"", "2023-07-26T17:15:00Z"},
    {SW_TIME_RFC3339, "\"2016-11-30T07:00:00.00Z\"", "2016-11-30T07:00:00Z"},
    {SW_TIME_RFC3339, "\"2024-02-11T02:15:53.123456789Z\"", "2024-02-11T02:15:53.123456Z"},
    {SW_TIME_RFC3339, "\"2024-02-11t02:15:53.5z\"", "2024-02-11T02:15:53.5Z"},
    {SW_TIME_RFC3339, "\"2024-02-11 02:15:53+0100\"", "2024-02-11T01:15:53Z"},
    {SW_TIME_RFC3339, "\"2024-02-11T02:15+01\"", "2024-02-11T01:15:00Z"},
    {SW_TIME_RFC3339, "\"2024-02-11T02:15:53-11:30\"", "2024-02-11T13:45:53Z"},
    {SW_TIME_RFC3339, "\" 2024-02-11T02:15:53Z \"", "2024-02-11T02:15:53Z"},
    {SW_TIME_RFC3339, "\"2016-12-31T23:59:60Z\"", "2017-01-01T00:00:00Z"},
    {SW_TIME_RFC3339, "\"2026-11-23T24:00:00+01:00\"", "2026-11-23T23:00:00Z"},
    {SW_TIME_RFC3339, "\"2015-03-03T00:00:00Z/2015-03-04T00:00:00Z\"", "2015-03-04T00:00:00Z"},
    {SW_TIME_RFC3339, "\"2015-03-03T00:00:00Z/..\"", "2015-03-03T00:00:00Z"},
    {SW_TIME_RFC3339, "\"2015-03-03T00:00:00Z/\"", "2015-03-03T00:00:00Z"},
    {SW_TIME_RFC3339, "\"2023-07-26T19:15:00\"", NULL},
    {SW_TIME_RFC3339, "\"2023-07-26\"", NULL},
    {SW_TIME_RFC3339, "\"2023-02-29T10:00:00Z\"", NULL},
    {SW_TIME_RFC3339, "\"2023-13-01T10:00:00Z\"", NULL},
    {SW_TIME_RFC3339, "\"2023-01-01T24:00:01Z\"", NULL},
    {SW_TIME_RFC3339, "\"2023-01-01T10:60:00Z\"", NULL},
    {SW_TIME_RFC3339, "\"2023-01-01T10:00:00+25:00\"", NULL},
    {SW_TIME_RFC3339, "\"2023-01-01T10:00:00+1:00\"", NULL},
    {SW_TIME_RFC3339, "\"2023-01-01T10:00:00Zulu\"", NULL},
    {SW_TIME_RFC3339, "\"2023-01-01T10:00:00.Z\"", NULL},
    {SW_TIME_RFC3339, "\"2023-01-01TZ\"", NULL},
    {SW_TIME_RFC3339, "\"1899-12-31T23:59:59Z\"", NULL},
    {SW_TIME_RFC3339, "\"2200-01-01T00:00:00Z\"", NULL},
    {SW_TIME_RFC3339, "\"0000-00-00T00:00:00Z\"", NULL},
    {SW_TIME_RFC3339, "1690391700", NULL},
    {SW_TIME_RFC3339, "\"\"", NULL},
    {SW_TIME_RFC3339, "{}", NULL},
    {SW_TIME_RFC3339, "true", NULL},
    {SW_TIME_RFC3339, "null", NULL},
    {SW_TIME_LOCAL, "\"2024-09-21T18:34:21\"", "2024-09-21T16:34:21Z"},
    {SW_TIME_LOCAL, "\"2026-11-23 14:05\"", "2026-11-23T13:05:00Z"},
    {SW_TIME_LOCAL, "\"2026-11-23 24:00:00\"", "2026-11-23T23:00:00Z"},
    {SW_TIME_LOCAL, "\"2026-12-31 24:00:00\"", "2026-12-31T23:00:00Z"},
    {SW_TIME_LOCAL, "\"2026-07-01\"", "2026-06-30T22:00:00Z"},
    {SW_TIME_LOCAL, "\"2026-03-29T02:30:00\"", "2026-03-29T01:00:00Z"}, /* skipped: right after the gap */
    {SW_TIME_LOCAL, "\"2026-10-25T02:30:00\"", "2026-10-25T00:30:00Z"}, /* twice: the first */
    {SW_TIME_LOCAL, "\"2026-10-25T03:00:00\"", "2026-10-25T02:00:00Z"},
    {SW_TIME_LOCAL, "\"2026-02-06-08.35.00.000000\"", "2026-02-06T07:35:00Z"},
    {SW_TIME_LOCAL, "\"2026-02-06-24.00.00\"", "2026-02-06T23:00:00Z"},
    {SW_TIME_LOCAL, "\"2026-02-06-08.35\"", NULL},
    {SW_TIME_LOCAL, "\"2026-02-06-08:35:00\"", NULL},
    {SW_TIME_LOCAL, "\"2026-11-23T14:05:00Z\"", NULL},
    {SW_TIME_LOCAL, "\"2026-11-23T\"", NULL},
    {SW_TIME_UTC, "\"2016-03-15T11:00:00\"", "2016-03-15T11:00:00Z"},
    {SW_TIME_UTC, "\"2026-10-25 02:30:00.750\"", "2026-10-25T02:30:00.75Z"},
    {SW_TIME_ANY, "\"2016-03-15T11:00:00\"", "2016-03-15T10:00:00Z"},
    {SW_TIME_ANY, "\"2016-03-15T11:00:00+05:00\"", "2016-03-15T06:00:00Z"},
    {SW_TIME_ANY, "\"2015-03-03T00:00:00/2015-03-04T00:00:00\"", "2015-03-03T23:00:00Z"},
    {SW_TIME_ANY, "1690391700", NULL},
    {SW_TIME_EPOCH_S, "1609866125", "2021-01-05T17:02:05Z"},
    {SW_TIME_EPOCH_S, "\"1609866125\"", "2021-01-05T17:02:05Z"},
    {SW_TIME_EPOCH_S, "1609866125.25", "2021-01-05T17:02:05.25Z"},
    {SW_TIME_EPOCH_S, "\"-1\"", "1969-12-31T23:59:59Z"},
    {SW_TIME_EPOCH_S, "1609866125000", NULL}, /* milliseconds */
    {SW_TIME_EPOCH_S, "\"1609866125 s\"", NULL},
    {SW_TIME_EPOCH_S, "\"0x10\"", NULL},
    {SW_TIME_EPOCH_S, "\"1e9\"", NULL},
    {SW_TIME_EPOCH_S, "\"1.2.3\"", NULL},
    {SW_TIME_EPOCH_S, "\"99999999999999999999\"", NULL},
    {SW_TIME_EPOCH_MS, "1640887163123", "2021-12-30T17:59:23.123Z"},
    {SW_TIME_EPOCH_MS, "\"1640887163123\"", "2021-12-30T17:59:23.123Z"},
    {SW_TIME_GERMAN, "\"11.02.2024, 03:15\"", "2024-02-11T02:15:00Z"},
    {SW_TIME_GERMAN, "\"11.02.2024 03:15:30\"", "2024-02-11T02:15:30Z"},
    {SW_TIME_GERMAN, "\"1.7.26, 9:05 Uhr\"", "2026-07-01T07:05:00Z"},
    {SW_TIME_GERMAN, "\"31.12.99 24:00\"", "1999-12-31T23:00:00Z"},
    {SW_TIME_GERMAN, "\"01.07.2026\"", "2026-06-30T22:00:00Z"},
    {SW_TIME_GERMAN, "\"01.07.202\"", NULL},
    {SW_TIME_GERMAN, "\"32.01.2026\"", NULL},
    {SW_TIME_GERMAN, "\"01.07.202609:05\"", NULL},
    {SW_TIME_GERMAN, "\"2026-07-01 09:05\"", NULL},
    {SW_TIME_GERMAN_UTC, "\"06.04.20 08:00\"", "2020-04-06T08:00:00Z"},
    {SW_TIME_DOTNET, "\"/Date(1487175617000+0100)/\"", "2017-02-15T16:20:17Z"},
    {SW_TIME_DOTNET, "\"/Date(1487175617000)/\"", "2017-02-15T16:20:17Z"},
    {SW_TIME_DOTNET, "\"/Date(-1000-0500)/\"", "1969-12-31T23:59:59Z"},
    {SW_TIME_DOTNET, "\"/Date(1487175617000+0100\"", NULL},
    {SW_TIME_DOTNET, "\"/Date()/\"", NULL},
    {SW_TIME_DOTNET, "\"1487175617000\"", NULL},
    {SW_TIME_PARTS, "{\"minute\": \"33\", \"hour\": \"18\", \"weekday\": \"7\", \"year\": \"2024\", \"month\": \"9\", \"day\": \"21\"}",
     "2024-09-21T16:33:00Z"},
    {SW_TIME_PARTS, "{\"minute\": 5, \"hour\": 24, \"year\": 2024, \"month\": 9, \"day\": 21}", NULL},
    {SW_TIME_PARTS, "{\"minute\": 0, \"hour\": 24, \"year\": 2024, \"month\": 9, \"day\": 21}", "2024-09-21T22:00:00Z"},
    {SW_TIME_PARTS, "{\"minute\": 5, \"hour\": 3, \"second\": 7, \"year\": 2024, \"month\": 1, \"day\": 21}", "2024-01-21T02:05:07Z"},
    {SW_TIME_PARTS, "{\"minute\": 5, \"hour\": 3, \"second\": \"x\", \"year\": 2024, \"month\": 1, \"day\": 21}", NULL},
    {SW_TIME_PARTS, "{\"minute\": 5, \"year\": 2024, \"month\": 1, \"day\": 21}", NULL},
    {SW_TIME_PARTS, "{\"minute\": 5.5, \"hour\": 3, \"year\": 2024, \"month\": 1, \"day\": 21}", NULL},
    {SW_TIME_PARTS, "\"2024-09-21\"", NULL},
    {SW_TIME_DATE_TIME_UTC, "[\"06.04.20\", \"08:00\"]", "2020-04-06T08:00:00Z"},
    {SW_TIME_DATE_TIME, "[\"2026-11-23\", \"24:00:00\"]", "2026-11-23T23:00:00Z"},
    {SW_TIME_DATE_TIME, "[\"20261123\", 24]", "2026-11-23T23:00:00Z"},
    {SW_TIME_DATE_TIME, "[20261123, \"1\"]", "2026-11-23T00:00:00Z"},
    {SW_TIME_DATE_TIME, "[\"2026-11-23\", \"25\"]", NULL},
    {SW_TIME_DATE_TIME, "[\"2026-11-23\", \"08:00 CET\"]", NULL},
    {SW_TIME_DATE_TIME, "[\"2026-11-23 08:00\", \"08:00\"]", NULL},
};

static struct sw_json *parse(const char *text)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(text, strlen(text), SW_JSON_FEED, "a", &diags);
    assert_non_null(json);
    sw_diags_finish(&diags);
    return json;
}

static bool read_case(enum sw_time_encoding encoding, const cJSON *root, struct sw_timestamp *out)
{
    struct sw_cell cells[2] = {{.node = root}, {.node = NULL}};
    bool both = encoding == SW_TIME_DATE_TIME || encoding == SW_TIME_DATE_TIME_UTC;
    if (both) {
        cells[0].node = cJSON_GetArrayItem(root, 0);
        cells[1].node = cJSON_GetArrayItem(root, 1);
    }
    return sw_timestamp_read(encoding, cells, both ? 2 : 1, berlin, out);
}

static void every_encoding(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sw_json *json = parse(cases[i].json);
        struct sw_timestamp time = {-1, -1};
        sw_instant expected = 0;
        bool good = read_case(cases[i].encoding, json->root, &time);
        if (good != (cases[i].expected != NULL)) {
            fail_msg("%s (%d): %s", cases[i].json, (int)cases[i].encoding, good ? "read" : "refused");
        }
        if (good) {
            assert_true(sw_civil_parse(NULL, cases[i].expected, &expected));
            if (time.first != expected) {
                fail_msg("%s (%d): %lld instead of %lld", cases[i].json, (int)cases[i].encoding, (long long)time.first,
                         (long long)expected);
            }
        } else {
            assert_int_equal(time.first, -1); /* untouched */
        }
        sw_json_destroy(json);
    }
}

/* Rows of local times, as UTC after they were put in order. */
static const struct {
    const char *rows[9], *expected[9];
} orders[] = {
    /* a quarter of an hour apart, over the hour that comes twice */
    {{"01:45", "02:00", "02:30", "02:00", "02:30", "03:00"},
     {"2026-10-24T23:45", "2026-10-25T00:00", "2026-10-25T00:30", "2026-10-25T01:00", "2026-10-25T01:30", "2026-10-25T02:00"}},
    /* the newest first */
    {{"03:00", "02:30", "02:00", "02:30", "02:00", "01:45"},
     {"2026-10-25T02:00", "2026-10-25T01:30", "2026-10-25T01:00", "2026-10-25T00:30", "2026-10-25T00:00", "2026-10-24T23:45"}},
    /* one an hour: the same time in two rows */
    {{"01:00", "02:00", "02:00", "03:00"}, {"2026-10-24T23:00", "2026-10-25T00:00", "2026-10-25T01:00", "2026-10-25T02:00"}},
    /* a row that is not there */
    {{"01:00", "", "02:30", "02:00", "03:00"}, {"2026-10-24T23:00", "", "2026-10-25T00:30", "2026-10-25T01:00", "2026-10-25T02:00"}},
    /* in order as they are: the first */
    {{"01:00", "02:00", "03:00"}, {"2026-10-24T23:00", "2026-10-25T00:00", "2026-10-25T02:00"}},
    /* in no order: nothing is proven */
    {{"02:30", "01:00", "02:00", "03:00", "02:30"},
     {"2026-10-25T00:30", "2026-10-24T23:00", "2026-10-25T00:00", "2026-10-25T02:00", "2026-10-25T00:30"}},
    /* three times the same */
    {{"01:00", "02:00", "02:00", "02:00"}, {"2026-10-24T23:00", "2026-10-25T00:00", "2026-10-25T00:00", "2026-10-25T00:00"}},
    /* all within the hour, or too few */
    {{"02:30", "02:00", "02:15"}, {"2026-10-25T00:30", "2026-10-25T00:00", "2026-10-25T00:15"}},
    {{"02:30", "02:00"}, {"2026-10-25T00:30", "2026-10-25T00:00"}},
    {{""}, {""}},
};

static void order_proves_the_second(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        struct sw_timestamp times[9] = {{0, 0}};
        bool there[9] = {false};
        size_t count = 0;
        for (; count < 9 && orders[i].rows[count] != NULL; count++) {
            char text[40];
            (void)snprintf(text, sizeof text, "2026-10-25 %s", orders[i].rows[count]);
            struct sw_cell cell = {.text = text};
            there[count] = orders[i].rows[count][0] != '\0';
            assert_true(!there[count] || sw_timestamp_read(SW_TIME_LOCAL, &cell, 1, berlin, &times[count]));
        }
        sw_timestamp_order(times, there, count);
        for (size_t row = 0; row < count; row++) {
            sw_instant expected = 0;
            assert_true(!there[row] || sw_civil_parse(NULL, orders[i].expected[row], &expected));
            if (there[row] && times[row].first != expected) {
                fail_msg("case %zu, row %zu (%s)", i, row, orders[i].rows[row]);
            }
        }
    }
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
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_encoding),
        cmocka_unit_test(order_proves_the_second),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
