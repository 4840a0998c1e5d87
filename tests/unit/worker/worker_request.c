/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "worker/request.h"

static const struct sw_worker_request good_request = {.version = SW_WORKER_VERSION, .op = SW_WORKER_RENDER, .id = 7, .width = 30,
                                                      .height = 20, .left = 0, .top = 0.25f, .right = 1, .bottom = 0.75f};
static const struct sw_worker_reply good_reply = {.version = SW_WORKER_VERSION, .status = SW_WORKER_OK, .id = 7, .kind = SW_PICTURE_PNG,
                                                  .format = SW_PIXELS_ARGB, .picture_width = 60, .picture_height = 80, .width = 30,
                                                  .height = 20, .stride = 120};

static void requests_out_of_range_are_refused(void **state)
{
    (void)state;
    assert_true(sw_worker_request_valid(&good_request));
#define REFUSED(field, value) \
    do { \
        struct sw_worker_request request = good_request; \
        request.field = value; \
        assert_false(sw_worker_request_valid(&request)); \
    } while (0)
    REFUSED(version, 2);
    REFUSED(op, 0);
    REFUSED(op, SW_WORKER_RENDER + 1);
    REFUSED(width, 0);
    REFUSED(width, SW_PICTURE_SIDE_MAX + 1);
    REFUSED(height, -1);
    REFUSED(left, -0.1f);
    REFUSED(left, 1);
    REFUSED(right, 1.1f);
    REFUSED(top, 0.75f);
    REFUSED(bottom, NAN);
    REFUSED(right, INFINITY);
    struct sw_worker_request huge = good_request;
    huge.width = huge.height = SW_PICTURE_SIDE_MAX;
    assert_false(sw_worker_request_valid(&huge));
    struct sw_worker_request probe = {.version = SW_WORKER_VERSION, .op = SW_WORKER_PROBE};
    assert_true(sw_worker_request_valid(&probe));
}

static void replies_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    assert_true(sw_worker_reply_valid(&good_reply, &good_request));
#define UNFIT(field, value) \
    do { \
        struct sw_worker_reply reply = good_reply; \
        reply.field = value; \
        assert_false(sw_worker_reply_valid(&reply, &good_request)); \
    } while (0)
    UNFIT(version, 0);
    UNFIT(status, 0);
    UNFIT(status, SW_WORKER_STATUS_LAST + 1);
    UNFIT(id, 8);
    UNFIT(kind, SW_PICTURE_KINDS);
    UNFIT(format, SW_PIXELS_A8);
    UNFIT(format, 3);
    UNFIT(width, 31);
    UNFIT(height, 21);
    UNFIT(stride, 119);
    UNFIT(stride, 1 << 30);
    UNFIT(picture_width, 0);
    UNFIT(picture_height, SW_PICTURE_SIDE_MAX + 1);
    UNFIT(picture_height, -1);
    struct sw_worker_reply failed = {.version = SW_WORKER_VERSION, .status = SW_WORKER_TOO_LARGE, .id = 7, .picture_width = 60000,
                                     .picture_height = 60000};
    assert_true(sw_worker_reply_valid(&failed, &good_request));
}

static void kinds_are_told_by_first_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        enum sw_picture_kind kind;
    } cases[] = {
        {"", 0, SW_PICTURE_UNKNOWN},
        {"\x89PNG\r\n\x1a\n", 8, SW_PICTURE_PNG},
        {"\x89PNG\r\n\x1a", 7, SW_PICTURE_UNKNOWN},
        {"\xff\xd8\xff\xe0", 4, SW_PICTURE_JPEG},
        {"\xff\xd8", 2, SW_PICTURE_UNKNOWN},
        {"RIFF\1\2\3\4WEBPVP8 ", 16, SW_PICTURE_WEBP},
        {"RIFF\1\2\3\4WAVEfmt ", 16, SW_PICTURE_UNKNOWN},
        {"<svg/>", 6, SW_PICTURE_SVG},
        {"\xef\xbb\xbf \n<?xml version='1.0'?><svg>", 31, SW_PICTURE_SVG},
        {"<s:svg xmlns:s='x'/>", 20, SW_PICTURE_SVG},
        {"<html><body>svg</body></html>", 29, SW_PICTURE_UNKNOWN},
        {"svg <svg/>", 10, SW_PICTURE_UNKNOWN},
        {"<sv", 3, SW_PICTURE_UNKNOWN},
        {"GIF89a", 6, SW_PICTURE_UNKNOWN},
        {"Guten Tag", 9, SW_PICTURE_UNKNOWN},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++)
        assert_int_equal(sw_picture_sniff((const uint8_t *)cases[i].bytes, cases[i].length), cases[i].kind);
}

static void sizes_have_limits(void **state)
{
    (void)state;
    assert_true(sw_picture_size_fits(1, 1));
    assert_true(sw_picture_size_fits(16384, 4096));
    assert_true(sw_picture_size_fits(8192, 8192));
    assert_false(sw_picture_size_fits(8192, 8193));
    assert_false(sw_picture_size_fits(16385, 1));
    assert_false(sw_picture_size_fits(0, 1));
    assert_false(sw_picture_size_fits(INT64_MAX, INT64_MAX));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_out_of_range_are_refused),
        cmocka_unit_test(replies_that_do_not_fit_are_refused),
        cmocka_unit_test(kinds_are_told_by_first_bytes),
        cmocka_unit_test(sizes_have_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
