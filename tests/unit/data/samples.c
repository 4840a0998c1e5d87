/* SPDX-License-Identifier: EUPL-1.2 */
/* Real answers of city platforms through sources that are written as curators write them (samples.json): what becomes of them. The folder
 * with the payloads is the argument; where there is none, this test is not registered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feeds.h"

static const char *payloads;
static struct feeds feeds;

static const struct {
    const char *source;
    size_t rows;
    const char *first, *last; /* "": refused, `report` says why */
    const char *observed;     /* NULL: not said */
    size_t refused;
    const char *report; /* a part of it */
} cases[] = {
    {"pegel", 1, "159 2023-07-26T17:15:00Z normal MAIN", NULL, "2023-07-26T17:15:00Z", 0, ""},
    {"pegel_all", 7, "W 159 cm 2023-07-26T17:15:00Z", "Q 102 m\xC2\xB3/s 2023-07-26T17:00:00Z", "2023-07-26T17:15:00Z", 0, ""},
    {"dwd", 25, "2020-04-06T08:00:00Z -3.1 1023.1 -", "2020-04-05T08:00:00Z -3.2 1015.5 -", "2020-04-06T08:00:00Z", 0, ""},
    {"bielefeld", 853, "Parkplatz POINT (8.53743657573058 52.0341518898311) - - - -",
     "Parkhaus Stadthalle POINT (8.53561133509753 52.0293033804651) 235 444 2026-02-06T07:35:00Z free", NULL, 0, ""},
    {"herrenberg", 26,
     "Aischbachstra\xC3\x9F"
     "e - 58 - 2025-02-25T12:20:03Z",
     "Parkhaus Krankenhaus Herrenberg - 249 - 2025-02-25T12:20:03Z", "2025-02-25T12:20:03Z", 0, ""},
    {"hamburg", 10, "Alsterhaus 83 2024-02-11T02:15:00Z 2024-02-11T02:15:53Z 9.991765371",
     "Gro\xC3\x9F"
     "e Reichenstra\xC3\x9F"
     "e 441 2024-02-11T02:15:00Z 2024-02-11T02:15:53Z 9.996296605",
     "2024-02-11T02:15:00Z", 0, ""},
    {"departures", 40, "145 Essen Erbach 2024-09-21T16:33:00Z 2024-09-21T16:40:00Z 7 1",
     "105 Essen Zeche Ludwig 2024-09-21T17:08:00Z 2024-09-21T17:08:00Z 0 4", NULL, 0, ""},
    {"ambiguous", 0, "", NULL, NULL, 0, "has null at /departureList; a list of rows is wanted"},
    {"air_keys", 1, "45 12.2 2016-03-15T11:00:00Z", NULL, "2016-03-15T11:00:00Z", 0, ""},
    {"air_v2", 1, "45 12.2 2016-03-15T11:00:00Z", NULL, "2016-03-15T11:00:00Z", 0, ""},
    {"air_ld", 1, "45 12.2 2016-03-15T11:00:00Z", NULL, "2016-03-15T11:00:00Z", 0, ""},
    {"air_span", 1, "2016-03-15T12:00:00Z Brooklands", NULL, "2016-03-15T12:00:00Z", 0, ""},
    {"weather", 1, "3.3 2016-11-30T07:00:00Z", NULL, "2016-11-30T07:00:00Z", 0, ""},
    {"garage", 1, "132 2018-09-21T12:00:00Z 2018-09-21T12:00:00Z", NULL, "2018-09-21T12:00:00Z", 0, ""},
    {"traffic", 1, "52.6 2016-12-07T11:15:00Z", NULL, "2016-12-07T11:15:00Z", 0, ""},
    {"bikes_2", 2, "station1 1 2021-01-05T17:02:05Z 2021-12-30T17:59:23Z yes", "station2 6 2021-01-05T17:01:46Z 2021-12-30T17:59:23Z yes",
     "2021-12-30T17:59:23Z", 0, ""},
    {"bikes_3", 2, "station1 1 2024-03-21T09:25:53Z 2024-03-21T09:25:53Z yes", "station2 6 2024-03-21T09:25:53Z 2024-03-21T09:25:53Z yes",
     "2024-03-21T09:25:53Z", 0, ""},
    {"stations_3", 2, "Parking garage A 12.345678", "SE Belmont & SE 10th 45.516445", NULL, 0, ""},
    {"light", 2, "Luminous Flux 4 2015-03-04T00:00:00Z lm", "Tempretaure 6 2015-03-06T00:00:00Z C", "2015-03-06T00:00:00Z", 0, ""},
    {"fuel", 3, "67 2020-08-01T13:03:00Z", "40 2020-08-01T15:03:00Z", "2020-08-01T15:03:00Z", 0, ""},
    {"broker", 1, "A subscription with all possible members", NULL, NULL, 0, ""},
    {"district", 1, "GeometryCollection 6.6278432", NULL, NULL, 0, ""},
};

static void row_text(const struct sw_reading *reading, size_t row, char *out, size_t capacity)
{
    size_t used = 0;
    char text[256];
    out[0] = '\0';
    for (size_t field = 0; field < sw_reading_request(reading)->field_count && used < capacity; field++)
        used += (size_t)snprintf(out + used, capacity - used, "%s%s", field > 0 ? " " : "",
                                 feeds_text(sw_reading_value(reading, row, field), text));
}

static struct sw_reading *read_payload(const char *source, struct sw_reading_report *report)
{
    char path[1024], *bytes = NULL;
    size_t length = 0;
    (void)snprintf(path, sizeof path, "%s/%s", payloads, feeds_source(&feeds, source)->request.address);
    if (sw_file_read(path, SW_BODY_BYTES_MAX, &bytes, &length) != SW_FILE_OK)
        fail_msg("%s cannot be read", path);
    struct sw_reading *reading = feeds_read(&feeds, source, bytes, length, report);
    free(bytes);
    return reading;
}

static void every_payload(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_reading_report report;
        struct sw_reading *reading = read_payload(cases[i].source, &report);
        char first[512] = "", last[512] = "";
        size_t rows = reading != NULL ? sw_reading_rows(reading)->count : 0;
        if (rows > 0) {
            row_text(reading, 0, first, sizeof first);
            row_text(reading, rows - 1, last, sizeof last);
        }
        bool good = rows == cases[i].rows && strcmp(first, cases[i].first) == 0 && strstr(report.text, cases[i].report) != NULL &&
                    report.refused == cases[i].refused && (cases[i].last == NULL || strcmp(last, cases[i].last) == 0);
        if (reading != NULL && good) {
            const struct sw_reading_facts *facts = sw_reading_facts(reading);
            good = facts->observed_known == (cases[i].observed != NULL) &&
                   (cases[i].observed == NULL || facts->observed / SW_SECOND == feeds_at(cases[i].observed) / SW_SECOND);
        }
        if (!good)
            print_error("%s: %zu rows, %zu refused\n  %s\n  %s\n  %s\n", cases[i].source, rows, report.refused, first, last, report.text);
        wrong += !good;
        sw_reading_release(reading);
    }
    assert_int_equal(wrong, 0);
    assert_int_equal(feeds.exhibition->source_count, SW_COUNT(cases));
}

/* "40 rows, 145 with delay 7, two without realtime" */
static void departures(void **state)
{
    (void)state;
    struct sw_reading_report report;
    struct sw_reading *reading = read_payload("departures", &report);
    size_t unknown = 0;
    assert_non_null(reading);
    for (size_t row = 0; row < sw_reading_rows(reading)->count; row++)
        unknown += sw_reading_value(reading, row, 3).type == SW_VALUE_MISSING;
    assert_int_equal(unknown, 2);
    sw_reading_release(reading);
}

static int set_up(void **state)
{
    char *text = NULL;
    size_t length = 0;
    (void)state;
    assert_int_equal(sw_file_read(SW_SOURCE_DIR "/tests/unit/data/samples.json", (size_t)1 << 20, &text, &length), SW_FILE_OK);
    feeds_open(&feeds, text);
    free(text);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    feeds_close(&feeds);
    return 0;
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_payload), cmocka_unit_test(departures)};
    if (count != 2) {
        fprintf(stderr, "usage: test_data_samples FOLDER\n");
        return 2;
    }
    payloads = arguments[1];
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
