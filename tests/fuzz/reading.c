/* SPDX-License-Identifier: EUPL-1.2 */
/* A body, as JSON and as CSV, through the fields of every type: values are of their type and range, and what crosses to the player arrives
 * as it was. And the same bytes as if they were a packed reading: refused, or one that can be packed again. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/reading.h"
#include "fuzz.h"

#define FETCHED INT64_C(1795442700000000)

static const char *const from_n[] = {"/n", "/a/0", NULL}, *const from_at[] = {"/at", "^/at", NULL}, *const from_t[] = {"/t", NULL};
static const char *const from_e[] = {"/e", "/3", NULL}, *const from_both[] = {"/day", "/hour", NULL};
static const char *const names[] = {"n", "at", "t", "e", "both", "comma", NULL}, *const values[] = {"one", "two", "other", NULL};
static const struct sw_missing missing[] = {{.number = -999}, {.text = "---"}};
static const struct sw_word words[] = {{"1", "one"}, {"b", "two"}, {"true", "two"}};
static const struct sw_field fields[] = {
    {.name = "n",
     .type = SW_FIELD_NUMBER,
     .from = from_n,
     .decimal = '.',
     .ranged = true,
     .minimum = -1000,
     .maximum = 1e9,
     .missing = missing,
     .missing_count = 2},
    {.name = "at", .type = SW_FIELD_TIME, .from = from_at, .encoding = SW_TIME_ANY},
    {.name = "t", .type = SW_FIELD_TEXT, .from = from_t, .missing = missing, .missing_count = 2},
    {.name = "e", .type = SW_FIELD_ENUM, .from = from_e, .words = words, .word_count = 3, .otherwise = "other", .values = values},
    {.name = "both", .type = SW_FIELD_TIME, .from = from_both, .encoding = SW_TIME_DATE_TIME},
    {.name = "comma", .type = SW_FIELD_NUMBER, .from = from_n, .decimal = ','},
};

static bool is_text(const char *text)
{
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        size_t bytes = sw_utf8_decode(text + at, length - at, &code);
        if (bytes == 0 || (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7F && code <= 0x9F))
            return false;
        at += bytes;
    }
    return true;
}

static void check_values(const struct sw_reading *reading)
{
    static const enum sw_value_type types[] = {SW_VALUE_NUMBER, SW_VALUE_INSTANT, SW_VALUE_STRING,
                                               SW_VALUE_STRING, SW_VALUE_INSTANT, SW_VALUE_NUMBER};
    for (size_t row = 0; row < sw_reading_rows(reading)->count; row++) {
        for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
            struct sw_value value = sw_reading_value(reading, row, i);
            assert(value.type == types[i] || value.type == SW_VALUE_MISSING);
            assert(value.type != SW_VALUE_NUMBER ||
                   (isfinite(value.as.number) && (i != 0 || (value.as.number >= -1000 && value.as.number <= 1e9))));
            assert(value.type != SW_VALUE_INSTANT ||
                   (value.as.instant >= SW_READING_INSTANT_MIN && value.as.instant < SW_READING_INSTANT_MAX));
            assert(value.type != SW_VALUE_STRING || (is_text(value.as.string) && value.as.string[0] != '\0'));
        }
    }
}

static void check_crossing(const struct sw_request *request, const struct sw_reading *reading)
{
    size_t size = sw_reading_packed_size(reading);
    char *bytes = malloc(size), *again = malloc(size);
    assert(bytes != NULL && again != NULL);
    sw_reading_pack(reading, bytes);
    struct sw_reading *copy = sw_reading_unpack(request, bytes, size);
    assert(copy != NULL && sw_reading_packed_size(copy) == size);
    sw_reading_pack(copy, again);
    assert(memcmp(bytes, again, size) == 0);
    sw_reading_release(copy);
    free(bytes);
    free(again);
}

static void try_body(const struct sw_request *request, const uint8_t *bytes, size_t length, const struct sw_zone_rules *zone)
{
    struct sw_body *body = sw_body_create(request);
    char fault[SW_BODY_FAULT_MAX] = "";
    struct sw_reading_facts facts = {.fetched = FETCHED, .published = SW_NEVER, .as_of = SW_NEVER};
    struct sw_reading_report report;
    bool good = sw_body_add(body, (const char *)bytes, length, fault);
    assert(good == (fault[0] == '\0'));
    if (good) {
        assert(sw_body_rows(body) <= (size_t)request->limit);
        struct sw_reading *reading = sw_reading_create(request, body, zone, &facts, &report);
        assert(reading != NULL || report.text[0] != '\0');
        if (reading != NULL) {
            assert(sw_reading_facts(reading)->observed <= FETCHED);
            check_values(reading);
            check_crossing(request, reading);
        }
        sw_reading_release(reading);
    }
    sw_body_destroy(body);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct sw_zone_rules *zone;
    if (zone == NULL)
        zone = sw_zone_rules_create("Europe/Berlin");
    struct sw_request request = {
        .pick = "", .limit = 8, .fields = fields, .names = names, .field_count = sizeof fields / sizeof fields[0], .observed = 1};
    try_body(&request, bytes, length, zone);
    request.rows = true;
    try_body(&request, bytes, length, zone);
    request.format = SW_FORMAT_CSV;
    request.csv = (struct sw_csv){.delimiter = ';', .header = true, .charset = SW_CHARSET_LATIN1};
    try_body(&request, bytes, length, zone);
    struct sw_reading *forged = sw_reading_unpack(&request, bytes, length);
    if (forged != NULL)
        check_crossing(&request, forged);
    sw_reading_release(forged);
    return 0;
}
