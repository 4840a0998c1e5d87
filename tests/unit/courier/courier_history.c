/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "courier/history.h"
#include "feeds.h"

#define NOW INT64_C(1795420800000000)   /* 2026-11-23 09:00 UTC, about */
#define FAR INT64_C(4102444800)         /* the year 2100, seconds */

static struct feeds feeds;
static struct sw_archive *archive;
static struct sw_news *news;
static struct sw_history *history;

static int set_up(void **state)
{
    (void)state;
    feeds_open(&feeds, "{\"rhein\": {\"http\": \"https://a.example/\", \"rows\": true, \"observed\": \"at\", \"fresh_for\": \"1h\","
                       " \"attribution\": {\"provider\": \"P\", \"licence\": {\"name\": \"L\", \"url\": \"https://a.example/l\"},"
                       " \"url\": \"https://a.example/d\"},"
                       " \"fields\": {\"level\": {\"type\": \"number\"}, \"at\": {\"type\": \"time\", \"encoding\": \"epoch\"}},"
                       " \"history\": {\"level\": {\"keep\": \"1h\", \"step\": \"1m\"}}}}");
    const struct sw_exhibition *exhibition = feeds.exhibition;
    archive = sw_archive_create(NULL);
    news = sw_news_create(exhibition->sources, exhibition->source_count, 1);
    history = sw_history_create(archive, news, &exhibition->sources[0], 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    sw_history_destroy(history);
    sw_news_destroy(news);
    sw_archive_destroy(archive);
    feeds_close(&feeds);
    return 0;
}

/* What a fetch `minutes` after NOW brings: rows of [minutes after NOW, level]. */
static void take(int64_t minutes, const int64_t (*rows)[2], size_t count)
{
    char text[2048] = "[", fault[SW_BODY_FAULT_MAX];
    for (size_t i = 0; i < count; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s{\"at\":%lld,\"level\":%lld}", i > 0 ? "," : "",
                 (long long)(NOW / SW_SECOND + rows[i][0] * 60), (long long)rows[i][1]);
    strcat(text, "]");
    const struct sw_request *request = &feeds.exhibition->sources[0].request;
    struct sw_body *body = sw_body_create(request);
    struct sw_reading_facts facts = {.published = SW_NEVER, .fetched = NOW + minutes * SW_MINUTE, .as_of = SW_NEVER};
    struct sw_reading_report report;
    assert_true(sw_body_add(body, text, strlen(text), fault));
    struct sw_reading *reading = sw_reading_create(request, body, feeds.exhibition->zone, &facts, &report);
    assert_non_null(reading);
    sw_history_take(history, reading);
    sw_reading_release(reading);
    sw_body_destroy(body);
}

/* What is kept: minutes after NOW and levels, as "0:5 1:6". */
static const char *kept(void)
{
    static char text[1024];
    size_t count;
    struct sw_point *points = sw_archive_points(archive, "rhein", "level", INT64_MIN, &count);
    text[0] = '\0';
    for (size_t i = 0; i < count; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%lld:%.0f", i > 0 ? " " : "",
                 (long long)((points[i].at - NOW) / SW_MINUTE), points[i].value);
    free(points);
    return text;
}

static void rows_without_order_twice(void **state)
{
    (void)state;
    take(3, (const int64_t[][2]){{2, 12}, {0, 10}, {3, 13}, {1, 11}, {2, 12}}, 5);
    assert_string_equal(kept(), "0:10 1:11 2:12 3:13");
    take(4, (const int64_t[][2]){{4, 14}, {1, 21}}, 2); /* one was corrected */
    assert_string_equal(kept(), "0:10 1:21 2:12 3:13 4:14");
    take(4, (const int64_t[][2]){{4, 14}}, 1);
    assert_string_equal(kept(), "0:10 1:21 2:12 3:13 4:14");
}

static void what_is_over_its_time_leaves(void **state)
{
    (void)state;
    take(1, (const int64_t[][2]){{0, 10}, {1, 11}}, 2);
    take(61, (const int64_t[][2]){{61, 71}}, 1);
    assert_string_equal(kept(), "1:11 61:71");
}

static void a_date_in_the_future_pushes_out_nothing(void **state)
{
    (void)state;
    take(2, (const int64_t[][2]){{0, 10}, {1, 11}, {2, 12}}, 3);
    take(3, (const int64_t[][2]){{FAR / 60, 99}}, 1);
    take(4, (const int64_t[][2]){{4, 14}, {300, 98}, {FAR / 60, 99}}, 3);
    assert_string_equal(kept(), "0:10 1:11 2:12 4:14");
    take(5, (const int64_t[][2]){{45, 15}}, 1); /* clocks differ */
    assert_string_equal(kept(), "0:10 1:11 2:12 4:14 45:15");
}

/* The clock was a year ahead when the machine started without a network; then it was set right. */
static void a_clock_that_was_ahead_costs_nothing_later(void **state)
{
    (void)state;
    take(525600, (const int64_t[][2]){{525600, 1}}, 1);
    take(1, (const int64_t[][2]){{0, 10}, {1, 11}}, 2);
    take(2, (const int64_t[][2]){{2, 12}}, 1);
    assert_string_equal(kept(), "0:10 1:11 2:12 525600:1");
}

static void the_next_courier_goes_on(void **state)
{
    (void)state;
    take(1, (const int64_t[][2]){{0, 10}, {1, 11}}, 2);
    sw_history_destroy(history);
    history = sw_history_create(archive, news, &feeds.exhibition->sources[0], 0);
    assert_true(sw_history_lacks(history, NOW + 2 * SW_MINUTE)); /* its older half */
    assert_false(sw_history_lacks(history, NOW + 31 * SW_MINUTE));
    take(2, (const int64_t[][2]){{1, 11}, {2, 12}}, 2);
    assert_string_equal(kept(), "0:10 1:11 2:12");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_without_order_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_over_its_time_leaves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_date_in_the_future_pushes_out_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_clock_that_was_ahead_costs_nothing_later, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_next_courier_goes_on, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
