/* SPDX-License-Identifier: EUPL-1.2 */
/* What the courier sends arrives as it was; what no courier of ours would send is not taken. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/shared.h"
#include "data/feed.h"
#include "feeds.h"

static const char sources[] =
    "{\"all\": {\"file\": \"x\", \"fresh_for\": \"1h\", \"rows\": true, \"fields\": {\"n\": {\"type\": \"number\"}, "
    "\"t\": {\"type\": \"text\"}}}}";

static void open_pair(int ends[2]) { assert_true(sw_message_pair(ends)); }

static void close_pair(int ends[2])
{
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void every_kind_arrives(void **state)
{
    (void)state;
    int ends[2], fd = -1;
    open_pair(ends);
    for (int type = SW_FEED_HELLO; type <= SW_FEED_CLOCK; type++) {
        if (type == SW_FEED_READING) {
            continue;
        }
        struct sw_feed_message sent = {.type = (enum sw_feed_type)type,
                                       .hash = 0x123456789ABCDEF0,
                                       .source = 3,
                                       .field = 2,
                                       .failed = type == SW_FEED_OUTCOME,
                                       .instant = type == SW_FEED_CLOCK ? FEEDS_NOW : SW_NEVER,
                                       .step = 15 * SW_MINUTE,
                                       .point = {FEEDS_NOW, -3.5},
                                       .text = "HTTP 503"};
        struct sw_feed_message got;
        assert_int_equal(sw_feed_send(ends[0], &sent, -1), SW_MESSAGE_OK);
        assert_int_equal(sw_feed_receive(ends[1], &got, &fd), SW_MESSAGE_OK);
        assert_int_equal(fd, -1);
        assert_int_equal(got.type, sent.type);
        assert_true(got.hash == sent.hash && got.source == 3 && got.field == 2 && got.failed == sent.failed && got.instant == sent.instant);
        assert_true(got.step == sent.step && got.point.at == FEEDS_NOW && got.point.value == -3.5 && got.size == 0);
        assert_string_equal(got.text, "HTTP 503");
    }
    struct sw_feed_message got;
    assert_int_equal(sw_feed_receive(ends[1], &got, &fd), SW_MESSAGE_AGAIN);
    (void)close(ends[0]);
    assert_int_equal(sw_feed_receive(ends[1], &got, &fd), SW_MESSAGE_CLOSED);
    (void)close(ends[1]);
}

static void texts_are_made_harmless(void **state)
{
    (void)state;
    int ends[2], fd = -1;
    struct sw_feed_message sent = {.type = SW_FEED_OUTCOME, .failed = true, .instant = SW_NEVER}, got;
    open_pair(ends);
    (void)snprintf(sent.text, sizeof sent.text,
                   "a\x1b[31m\n\xFF"
                   "b");
    assert_int_equal(sw_feed_send(ends[0], &sent, -1), SW_MESSAGE_OK);
    assert_int_equal(sw_feed_receive(ends[1], &got, &fd), SW_MESSAGE_OK);
    assert_string_equal(got.text, "a?[31m??b");
    for (size_t i = 0; i + 2 < sizeof sent.text; i += 2) { /* full of ü, and no end */
        memcpy(sent.text + i, "\xC3\xBC", 2);
    }
    memcpy(sent.text + sizeof sent.text - 2, "\xC3\xBC", 2);
    assert_int_equal(sw_feed_send(ends[0], &sent, -1), SW_MESSAGE_OK);
    assert_int_equal(sw_feed_receive(ends[1], &got, &fd), SW_MESSAGE_OK);
    assert_int_equal(strlen(got.text), SW_FEED_TEXT_MAX - 2);
    close_pair(ends);
}

static void readings_and_histories(void **state)
{
    (void)state;
    struct feeds feeds;
    int ends[2], fd = -1;
    size_t size = 0;
    char text[64];
    struct sw_reading_report report;
    struct sw_feed_message got;
    open_pair(ends);
    feeds_open(&feeds, sources);
    const struct sw_request *request = &feeds_source(&feeds, "all")->request;
    struct sw_reading *reading = feeds_read(&feeds, "all", "[{\"n\": 1, \"t\": \"x\"}]", 20, &report);
    int sealed = sw_feed_seal_reading(reading, &size);
    assert_true(sealed >= 0);
    struct sw_feed_message sent = {.type = SW_FEED_READING, .source = 0, .size = size};
    assert_int_equal(sw_feed_send(ends[0], &sent, sealed), SW_MESSAGE_OK);
    (void)close(sealed);
    sw_reading_release(reading);
    assert_int_equal(sw_feed_receive(ends[1], &got, &fd), SW_MESSAGE_OK);
    reading = sw_feed_open_reading(request, fd, got.size);
    assert_non_null(reading);
    feeds_rows(reading, text, sizeof text);
    assert_string_equal(text, "1 x");
    assert_null(sw_feed_open_reading(request, fd, got.size - 1));
    (void)close(fd);
    sw_reading_release(reading);
    const struct sw_point points[] = {{FEEDS_NOW, 1}, {FEEDS_NOW + SW_MINUTE, 2}};
    struct sw_series *series = sw_series_create(points, 2, SW_MINUTE);
    sealed = sw_feed_seal_series(series, &size);
    sw_series_release(series);
    assert_int_equal(size, sizeof points);
    series = sw_feed_open_series(sealed, size, SW_MINUTE);
    assert_non_null(series);
    assert_memory_equal(sw_series_points(series, &size), points, sizeof points);
    assert_int_equal(size, 2);
    sw_series_release(series);
    assert_null(sw_feed_open_series(sealed, 8, SW_MINUTE));
    (void)close(sealed);
    feeds_close(&feeds);
    close_pair(ends);
}

static void histories_that_are_none(void **state)
{
    (void)state;
    const struct sw_point cases[][2] = {
        {{FEEDS_NOW, 1}, {FEEDS_NOW, 2}},
        {{FEEDS_NOW, 1}, {FEEDS_NOW - 1, 2}},
        {{FEEDS_NOW, 1}, {SW_NEVER, 2}},
        {{INT64_MIN, 1}, {FEEDS_NOW, 2}},
        {{FEEDS_NOW, (double)NAN}, {FEEDS_NOW + 1, 2}},
        {{FEEDS_NOW, 1}, {FEEDS_NOW + 1, (double)INFINITY}},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        int fd = sw_shared_copy("points", cases[i], sizeof cases[i]);
        assert_null(sw_feed_open_series(fd, sizeof cases[i], SW_MINUTE));
        (void)close(fd);
    }
}

/* Every byte of a record changed: taken, or the peer is given up. Nothing else, and no descriptor is lost. */
static void records_that_are_none(void **state)
{
    (void)state;
    int ends[2], fd = -1;
    char bytes[SW_MESSAGE_MAX];
    size_t length = 0, taken = 0, refused = 0;
    struct sw_feed_message sent = {.type = SW_FEED_POINT, .source = 1, .instant = FEEDS_NOW, .point = {FEEDS_NOW, 5}, .text = "x"}, got;
    open_pair(ends);
    assert_int_equal(sw_feed_send(ends[0], &sent, -1), SW_MESSAGE_OK);
    assert_int_equal(sw_message_receive(ends[1], bytes, sizeof bytes, &length, &fd), SW_MESSAGE_OK);
    for (size_t at = 0; at < length; at++) {
        for (unsigned change = 1; change < 256; change = change * 2 + 1) {
            char was = bytes[at];
            bytes[at] = (char)((unsigned char)was ^ change);
            assert_int_equal(sw_message_send(ends[0], bytes, length, -1), SW_MESSAGE_OK);
            enum sw_message_status status = sw_feed_receive(ends[1], &got, &fd);
            assert_int_equal(fd, -1);
            taken += status == SW_MESSAGE_OK;
            refused += status == SW_MESSAGE_CLOSED;
            if (status == SW_MESSAGE_OK) {
                assert_in_range(got.type, SW_FEED_HELLO, SW_FEED_CLOCK);
                assert_true(got.source < SW_SOURCES_MAX && got.field < SW_FIELDS_MAX && strlen(got.text) < SW_FEED_TEXT_MAX);
            }
            bytes[at] = was;
        }
    }
    assert_true(taken > 0 && refused > 0);
    for (size_t cut = 0; cut < length; cut += 7) {
        assert_int_equal(sw_message_send(ends[0], bytes, cut > 0 ? cut : 1, -1), SW_MESSAGE_OK);
        assert_int_equal(sw_feed_receive(ends[1], &got, &fd), SW_MESSAGE_CLOSED);
    }
    /* memory where none belongs, and none where some does */
    int extra = sw_shared_copy("points", &sent.point, sizeof sent.point);
    sent.size = sizeof sent.point;
    assert_int_equal(sw_feed_send(ends[0], &sent, extra), SW_MESSAGE_OK);
    assert_int_equal(sw_feed_receive(ends[1], &got, &fd), SW_MESSAGE_CLOSED);
    assert_int_equal(fd, -1);
    sent.type = SW_FEED_READING;
    assert_int_equal(sw_feed_send(ends[0], &sent, -1), SW_MESSAGE_OK);
    assert_int_equal(sw_feed_receive(ends[1], &got, &fd), SW_MESSAGE_CLOSED);
    (void)close(extra);
    close_pair(ends);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_arrives),      cmocka_unit_test(texts_are_made_harmless), cmocka_unit_test(readings_and_histories),
        cmocka_unit_test(histories_that_are_none), cmocka_unit_test(records_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
