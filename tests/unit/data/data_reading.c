/* SPDX-License-Identifier: EUPL-1.2 */
/* Readings: what is said of them, and their flat form, whole and damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feeds.h"

static const char sources[] =
    "{\"all\": {\"file\": \"x\", \"fresh_for\": \"1h\", \"rows\": true, \"limit\": 5, \"observed\": \"at\", \"fields\": {"
    "   \"n\": {\"type\": \"number\", \"valid\": [0, 100]}, \"at\": {\"type\": \"time\"}, \"t\": {\"type\": \"text\"},"
    "   \"e\": {\"type\": \"enum\", \"map\": {\"a\": \"one\", \"b\": \"two\"}}, \"u\": {\"type\": \"text\"}}},"
    " \"other\": {\"file\": \"x\", \"fresh_for\": \"1h\", \"rows\": true, \"fields\": {\"n\": {\"type\": \"number\"}}},"
    " \"one\": {\"file\": \"x\", \"fresh_for\": \"1h\", \"fields\": {\"n\": {\"type\": \"number\"}, \"t\": {\"type\": \"text\"}}}}";

static const char body[] = "[{\"n\": 5, \"at\": \"2026-11-23T13:00:00Z\", \"t\": \"a\xC3\xA4\", \"e\": \"b\", \"u\": \"x\"},"
                           " {\"n\": 500, \"at\": \"morgen\", \"t\": null, \"e\": \"c\"},"
                           " {\"n\": \"7\", \"at\": \"2026-11-23T12:00:00Z\", \"t\": \"zwei\\nZeilen\", \"u\": \"\"}]";
static const char rows[] = "5 2026-11-23T13:00:00Z a\xC3\xA4 two x | - - - - - | 7 2026-11-23T12:00:00Z zwei\nZeilen - -";

static struct feeds feeds;

static void what_is_said_of_it(void **state)
{
    (void)state;
    struct sw_reading_report report;
    char text[512];
    struct sw_reading *reading = feeds_read(&feeds, "all", body, sizeof body - 1, &report);
    assert_non_null(reading);
    feeds_rows(reading, text, sizeof text);
    assert_string_equal(text, rows);
    assert_int_equal(report.refused, 3);
    assert_int_equal(report.missing, 4);
    assert_string_equal(report.text,
                        "n: \"500\" is no number within its range (row 2); at: \"morgen\" is no time (row 2); e: \"c\" is no word of "
                        "its map (row 2)");
    const struct sw_reading_facts *facts = sw_reading_facts(reading);
    assert_int_equal(facts->observed, feeds_at("2026-11-23T13:00:00Z"));
    assert_true(facts->observed_known);
    assert_int_equal(facts->fetched, FEEDS_NOW);
    assert_int_equal(facts->kind, SW_READING_LIVE);
    struct sw_value value = sw_reading_value(reading, 0, 0), row = sw_reading_rows(reading)->items[2];
    assert_ptr_equal(value.field, sw_request_field(sw_reading_request(reading), "n"));
    assert_string_equal(sw_value_member(row, "t").as.string, "zwei\nZeilen");
    struct sw_reading *held = sw_reading_hold(reading);
    sw_reading_release(reading);
    feeds_rows(held, text, sizeof text);
    assert_string_equal(text, rows);
    sw_reading_release(held);
    sw_reading_release(NULL);
}

static void since_when(void **state)
{
    (void)state;
    static const struct {
        const char *name, *body;
        enum sw_reading_kind kind;
        const char *published, *as_of, *observed;
        bool known;
        const char *report;
    } cases[] = {
        {"one", "{\"n\": 1}", SW_READING_LIVE, NULL, NULL, "2026-11-23T14:05:00Z", false, ""},
        {"one", "{\"n\": 1}", SW_READING_LIVE, "2026-11-20T00:00:00Z", NULL, "2026-11-20T00:00:00Z", false, ""},
        {"all", "[{\"at\": \"2026-11-23T10:00:00Z\"}]", SW_READING_LIVE, "2026-11-20T00:00:00Z", NULL, "2026-11-23T10:00:00Z", true, ""},
        {"all", "[]", SW_READING_LIVE, NULL, NULL, "2026-11-23T14:05:00Z", false, ""},
        {"all", "[{\"at\": \"2026-11-23T14:05:30Z\"}]", SW_READING_LIVE, NULL, NULL, "2026-11-23T14:05:00Z", true, ""},
        {"all", "[{\"at\": \"2026-11-23T16:05:00Z\"}]", SW_READING_LIVE, NULL, NULL, "2026-11-23T14:05:00Z", true,
         "at is 120 min ahead of the clock"},
        {"all", "[{\"at\": \"2026-11-20T10:00:00Z\"}]", SW_READING_SAMPLE, NULL, "2026-11-20T10:05:00Z", "2026-11-20T10:00:00Z", true, ""},
        {"all", "[{\"at\": \"2026-11-20T12:00:00Z\"}]", SW_READING_RECORDED, NULL, "2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z", true,
         "at is 120 min ahead of the clock"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        const struct sw_request *request = &feeds_source(&feeds, cases[i].name)->request;
        struct sw_body *page = sw_body_create(request);
        char fault[SW_BODY_FAULT_MAX];
        assert_true(sw_body_add(page, cases[i].body, strlen(cases[i].body), fault));
        struct sw_reading_facts facts = feeds_facts();
        facts.kind = cases[i].kind;
        facts.published = cases[i].published != NULL ? feeds_at(cases[i].published) : SW_NEVER;
        facts.as_of = cases[i].as_of != NULL ? feeds_at(cases[i].as_of) : SW_NEVER;
        struct sw_reading_report report;
        struct sw_reading *reading = sw_reading_create(request, page, NULL, &facts, &report);
        assert_non_null(reading);
        assert_int_equal(sw_reading_facts(reading)->observed, feeds_at(cases[i].observed));
        assert_int_equal(sw_reading_facts(reading)->observed_known, cases[i].known);
        assert_string_equal(report.text, cases[i].report);
        sw_reading_release(reading);
        sw_body_destroy(page);
    }
}

static void packed_and_unpacked(void **state)
{
    (void)state;
    struct sw_reading_report report;
    struct sw_reading *reading = feeds_read(&feeds, "all", body, sizeof body - 1, &report);
    const struct sw_request *request = sw_reading_request(reading);
    size_t size = sw_reading_packed_size(reading);
    char *bytes = malloc(size), *again = malloc(size), text[512];
    assert_non_null(bytes);
    assert_non_null(again);
    sw_reading_pack(reading, bytes);
    struct sw_reading *copy = sw_reading_unpack(request, bytes, size);
    assert_non_null(copy);
    feeds_rows(copy, text, sizeof text);
    assert_string_equal(text, rows);
    assert_memory_equal(sw_reading_facts(copy), sw_reading_facts(reading), sizeof(struct sw_reading_facts));
    sw_reading_pack(copy, again);
    assert_memory_equal(bytes, again, size);
    assert_null(sw_reading_unpack(&feeds_source(&feeds, "other")->request, bytes, size));
    sw_reading_release(copy);
    sw_reading_release(reading);
    free(bytes);
    free(again);
}

/* Cut at every byte and with every byte changed: refused, or a reading whose every value can be read. */
static void damaged(void **state)
{
    (void)state;
    struct sw_reading_report report;
    struct sw_reading *reading = feeds_read(&feeds, "all", body, sizeof body - 1, &report);
    const struct sw_request *request = sw_reading_request(reading);
    size_t size = sw_reading_packed_size(reading), taken = 0;
    char *bytes = malloc(size), text[4096];
    assert_non_null(bytes);
    sw_reading_pack(reading, bytes);
    for (size_t cut = 0; cut < size; cut++) {
        char *part = malloc(cut > 0 ? cut : 1); /* the sanitizer watches its end */
        assert_non_null(part);
        memcpy(part, bytes, cut);
        assert_null(sw_reading_unpack(request, part, cut));
        free(part);
    }
    for (size_t at = 0; at < size; at++) {
        for (unsigned change = 1; change < 256; change += at < 96 ? 1 : 37) {
            bytes[at] = (char)((unsigned char)bytes[at] ^ change);
            struct sw_reading *changed = sw_reading_unpack(request, bytes, size);
            if (changed != NULL) {
                feeds_rows(changed, text, sizeof text);
                taken++;
            }
            sw_reading_release(changed);
            bytes[at] = (char)((unsigned char)bytes[at] ^ change);
        }
    }
    assert_true(taken > 0); /* another number is a number */
    free(bytes);
    sw_reading_release(reading);
}

/* One who writes what no reading has. */
static void forged(void **state)
{
    (void)state;
    struct sw_reading_report report;
    struct sw_reading *reading = feeds_read(&feeds, "all", body, sizeof body - 1, &report);
    const struct sw_request *request = sw_reading_request(reading);
    size_t size = sw_reading_packed_size(reading), values = size;
    char *bytes = malloc(size);
    assert_non_null(bytes);
    sw_reading_pack(reading, bytes);
    for (size_t at = 0; at + 8 <= size; at++) { /* the first value is 5.0 */
        double number = 5;
        if (memcmp(bytes + at, &number, sizeof number) == 0) {
            values = at;
            break;
        }
    }
    assert_true(values < size);
    static const struct {
        size_t field;
        uint64_t bits;
    } lies[] = {
        {0, 0x4059400000000000}, /* 101: outside of its range */
        {0, 0xC059000000000000}, /* -100 */
        {1, 0x7FFFFFFFFFFFFFFF}, /* never */
        {1, 0x7FFFFFFFFFFFFFFE},
        {1, 0x8000000000000001},
        {2, 3}, /* the middle of a text */
        {2, 1000000},
        {2, UINT64_MAX},
        {3, 3},
        {3, UINT64_MAX},
    };
    for (size_t i = 0; i < SW_COUNT(lies); i++) {
        char kept[8];
        memcpy(kept, bytes + values + lies[i].field * 8, 8);
        memcpy(bytes + values + lies[i].field * 8, &lies[i].bits, 8);
        if (sw_reading_unpack(request, bytes, size) != NULL) {
            fail_msg("lie %zu is believed", i);
        }
        memcpy(bytes + values + lies[i].field * 8, kept, 8);
    }
    static const char texts[] = {'\x1b', '\x01', '\x80', '\xFF', '\0'};
    for (size_t i = 0; i < SW_COUNT(texts); i++) { /* of the last text, "x\0" */
        char kept = bytes[size - 1];
        bytes[size - 1] = texts[i] == '\0' ? 'x' : kept;
        char *letter = &bytes[size - (texts[i] == '\0' ? 1 : 2)], was = *letter;
        *letter = texts[i] == '\0' ? *letter : texts[i];
        assert_null(sw_reading_unpack(request, bytes, size));
        *letter = was;
        bytes[size - 1] = kept;
    }
    struct sw_reading *whole = sw_reading_unpack(request, bytes, size);
    assert_non_null(whole);
    sw_reading_release(whole);
    free(bytes);
    sw_reading_release(reading);
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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_of_it),
        cmocka_unit_test(since_when),
        cmocka_unit_test(packed_and_unpacked),
        cmocka_unit_test(damaged),
        cmocka_unit_test(forged),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
