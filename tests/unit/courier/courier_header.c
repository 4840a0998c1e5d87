/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/must.h"
#include "courier/header.h"

static struct sw_headers take(const char *line)
{
    struct sw_headers headers;
    sw_headers_clear(&headers);
    sw_headers_take(&headers, line, strlen(line));
    return headers;
}

static void lines_are_found_by_their_names(void **state)
{
    (void)state;
    struct sw_headers headers = take("eTaG:\t\"a b\" \r\n");
    assert_string_equal(headers.etag, "\"a b\"");
    headers = take("LAST-MODIFIED: Mon, 23 Nov 2026 09:00:00 GMT\r\n");
    assert_string_equal(headers.modified, "Mon, 23 Nov 2026 09:00:00 GMT");
    headers = take("Location:https://a.example/\n");
    assert_string_equal(headers.location, "https://a.example/");
    headers = take("Content-Type: application/json; charset=utf-8\r\n");
    assert_string_equal(headers.type, "application/json; charset=utf-8");
    static const char *const others[] = {"", "\r\n", ":", "ETag", "X-ETag: \"a\"\r\n", "ETags: \"a\"\r\n", "HTTP/1.1 200 OK\r\n"};
    for (size_t i = 0; i < SW_COUNT(others); i++)
        assert_string_equal(take(others[i]).etag, "");
}

/* What is stored is sent again, and logged. */
static void what_cannot_be_sent_again_is_not_kept(void **state)
{
    char line[600];
    (void)state;
    assert_string_equal(take("ETag: a\rX-Evil: b\r\n").etag, "");
    assert_string_equal(take("ETag: a\x01"
                             "b\r\n").etag, "");
    assert_string_equal(take("ETag: a\x7f\r\n").etag, "");
    struct sw_headers headers;
    sw_headers_clear(&headers);
    sw_headers_take(&headers, "ETag: a\0b\r\n", 11);
    assert_string_equal(headers.etag, "");
    memset(line, 'x', sizeof line);
    memcpy(line, "ETag: ", 6);
    for (size_t value = 250; value < 260; value++) {
        sw_headers_clear(&headers);
        sw_headers_take(&headers, line, 6 + value);
        assert_int_equal(strlen(headers.etag), value < sizeof headers.etag ? value : 0);
    }
}

static void how_long_an_answer_is_fresh(void **state)
{
    static const struct {
        const char *control, *age;
        int64_t fresh_for;
    } cases[] = {
        {"", "", -1},
        {"Cache-Control: max-age=60", "", 60},
        {"cache-control: public, Max-Age=60 , must-revalidate", "", 60},
        {"Cache-Control: max-age=\"60\"", "", 60},
        {"Cache-Control: max-age=60", "Age: 20", 40},
        {"Cache-Control: max-age=60", "Age: 70", 0},
        {"Cache-Control: max-age=60", "Age: -5", 60},
        {"Cache-Control: max-age=60", "Age: soon", 60},
        {"Cache-Control: max-age=0", "", 0},
        {"Cache-Control: max-age=", "", -1},
        {"Cache-Control: max-age=-1", "", -1},
        {"Cache-Control: no-cache, max-age=60", "", -1},
        {"Cache-Control: no-store", "", -1},
        {"Cache-Control: s-maxage=60", "", -1},
        {"Cache-Control: ,,,", "", -1},
        {"Cache-Control: max-age=99999999999999999999999999", "", 9999999999},
    };
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_headers headers;
        sw_headers_clear(&headers);
        sw_headers_take(&headers, cases[i].control, strlen(cases[i].control));
        sw_headers_take(&headers, cases[i].age, strlen(cases[i].age));
        if (sw_headers_fresh_for(&headers) != cases[i].fresh_for)
            fail_msg("%s, %s: %lld", cases[i].control, cases[i].age, (long long)sw_headers_fresh_for(&headers));
    }
}

static void the_next_page_of_a_link(void **state)
{
    static const struct {
        const char *line, *next;
    } cases[] = {
        {"Link: <https://a.example/2>; rel=\"next\"", "https://a.example/2"},
        {"Link: </2>; rel=next", "/2"},
        {"Link: </1>; rel=\"prev\", </3>; title=\"a, b\"; rel=\"last next\"", "/3"},
        {"Link: </1>; rel=\"nextish\"", ""},
        {"Link: </1>; rev=\"next\"", ""},
        {"Link: </1>; title=\"rel=next\"; rel=prev", ""},
        {"Link: </1>", ""},
        {"Link: </1", ""},
        {"Link: ;;;rel=next", ""},
        {"Link: </2>;rel=next, </4>;rel=next", "/2"},
        {"Link: <>; rel=next", ""},
    };
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_headers headers = take(cases[i].line);
        if (strcmp(headers.next, cases[i].next) != 0)
            fail_msg("%s: %s", cases[i].line, headers.next);
    }
}

/* Cut anywhere, nothing is read beyond the end (which the sanitizers see). */
static void lines_that_are_cut(void **state)
{
    static const char *const lines[] = {"Link: </1>; rel=\"prev\", </3>; rel=\"next\"\r\n", "Cache-Control: max-age=\"60\", no-cache\r\n",
                                        "Last-Modified: Mon, 23 Nov 2026\r\n"};
    (void)state;
    for (size_t i = 0; i < SW_COUNT(lines); i++) {
        for (size_t length = 0; length <= strlen(lines[i]); length++) {
            char exact[64];
            struct sw_headers headers;
            memcpy(exact + sizeof exact - length, lines[i], length);
            sw_headers_clear(&headers);
            sw_headers_take(&headers, exact + sizeof exact - length, length);
        }
    }
}

static void which_part_of_a_file_comes(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        int64_t from, whole;
    } rows[] = {
        {"Content-Range: bytes 1000-1999/2000\r\n", 1000, 2000},
        {"content-range:bytes 0-0/1\r\n", 0, 1},
        {"Content-Range: bytes 5-9/1125899906842624\r\n", 5, INT64_C(1) << 50},
        {"Content-Range: bytes 5-9/1125899906842625\r\n", -1, -1},
        {"Content-Range: bytes 5-9/99999999999999999999999\r\n", -1, -1},
        {"Content-Range: bytes 5-9/*\r\n", -1, -1},
        {"Content-Range: bytes */2000\r\n", -1, -1},
        {"Content-Range: bytes 9-5/2000\r\n", -1, -1},
        {"Content-Range: bytes 5-2000/2000\r\n", -1, -1},
        {"Content-Range: bytes -5-9/2000\r\n", -1, -1},
        {"Content-Range: bytes 5-9/2000x\r\n", -1, -1},
        {"Content-Range: bytes 5-9\r\n", -1, -1},
        {"Content-Range: bytes 5-\r\n", -1, -1},
        {"Content-Range: bytes 5\r\n", -1, -1},
        {"Content-Range: lines 5-9/2000\r\n", -1, -1},
        {"Content-Range: \r\n", -1, -1},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_headers headers = take(rows[i].line);
        assert_int_equal(headers.part_from, rows[i].from);
        assert_int_equal(headers.part_whole, rows[i].whole);
    }
}

static void how_long_and_whether_packed(void **state)
{
    (void)state;
    assert_int_equal(take("Content-Length: 0\r\n").length, 0);
    assert_int_equal(take("Content-Length: 10737418240\r\n").length, INT64_C(10) << 30);
    assert_int_equal(take("Content-Length: -1\r\n").length, -1);
    assert_int_equal(take("Content-Length: 5, 5\r\n").length, -1);
    assert_int_equal(take("Content-Length: 99999999999999999999\r\n").length, -1);
    assert_int_equal(take("X: 1\r\n").length, -1);
    assert_true(take("Content-Encoding: gzip\r\n").packed);
    assert_true(take("Content-Encoding: identity, br\r\n").packed);
    assert_false(take("Content-Encoding: Identity\r\n").packed);
    assert_false(take("Content-Encoding:\r\n").packed);
    assert_false(take("X: gzip\r\n").packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_found_by_their_names), cmocka_unit_test(what_cannot_be_sent_again_is_not_kept),
        cmocka_unit_test(how_long_an_answer_is_fresh),    cmocka_unit_test(the_next_page_of_a_link),
        cmocka_unit_test(lines_that_are_cut),
        cmocka_unit_test(which_part_of_a_file_comes),
        cmocka_unit_test(how_long_and_whether_packed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
