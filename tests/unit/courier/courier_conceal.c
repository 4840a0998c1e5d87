/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "courier/conceal.h"

static void assert_concealed(const struct sw_conceal *conceal, const char *text, const char *wanted)
{
    size_t length = strlen(text);
    bool found;
    char *copy = sw_conceal_copy(conceal, text, &length, &found);
    assert_string_equal(copy, wanted);
    assert_int_equal(length, strlen(wanted));
    assert_int_equal(found, strcmp(text, wanted) != 0);
    free(copy);
}

static void every_form_is_found(void **state)
{
    (void)state;
    struct sw_conceal conceal = {.count = 0};
    sw_conceal_add(&conceal, "s3/cr+et\"");
    static const char *const cases[][2] = {
        {"", ""},
        {"nothing of it", "nothing of it"},
        {"s3/cr+et\"", "***"},
        {"as3/cr+et\"b", "a***b"},
        {"?key=s3%2Fcr%2Bet%22&x=1", "?key=***&x=1"},
        {"?key=s3%2fcr%2bet%22&x=1", "?key=***&x=1"},
        {"{\"key\": \"s3/cr+et\\\"\"}", "{\"key\": \"***\"}"},
        {"{\"key\": \"s3\\/cr+et\\\"\"}", "{\"key\": \"***\"}"},
        {"s3/cr+ets3/cr+et\"", "s3/cr+et***"},
        {"s3/cr+et", "s3/cr+et"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++)
        assert_concealed(&conceal, cases[i][0], cases[i][1]);
    sw_conceal_finish(&conceal);
}

static void what_is_short_stands_anywhere(void **state)
{
    (void)state;
    struct sw_conceal conceal = {.count = 0};
    sw_conceal_add(&conceal, "abc");
    sw_conceal_add(&conceal, "");
    assert_int_equal(conceal.count, 0);
    assert_concealed(&conceal, "abc", "abc");
    sw_conceal_finish(&conceal);
}

static void bytes_of_any_kind_stay(void **state)
{
    (void)state;
    struct sw_conceal conceal = {.count = 0};
    sw_conceal_add(&conceal, "secret");
    static const char bytes[] = "a\0b\xff" "secret\0";
    size_t length = sizeof bytes;
    bool found;
    char *copy = sw_conceal_copy(&conceal, bytes, &length, &found);
    assert_true(found);
    assert_int_equal(length, sizeof bytes - 3);
    assert_memory_equal(copy, "a\0b\xff***\0", length);
    free(copy);
    sw_conceal_finish(&conceal);
}

static void more_than_fit_are_passed_over(void **state)
{
    (void)state;
    struct sw_conceal conceal = {.count = 0};
    char secret[32];
    for (int i = 0; i < 100; i++) {
        snprintf(secret, sizeof secret, "secret/%d", i);
        sw_conceal_add(&conceal, secret);
    }
    assert_int_equal(conceal.count, SW_CONCEAL_FORMS_MAX);
    assert_concealed(&conceal, "secret/0", "***");
    sw_conceal_finish(&conceal);
}

/* By what a source's `auth` names. */
static void secrets_come_from_their_files(void **state)
{
    (void)state;
    char path[] = "/tmp/sw-conceal-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "open sesame\n", 12), 12);
    close(fd);
    const struct sw_secret secrets[] = {{"word", path}};
    const struct sw_host host = {.secrets = secrets, .secret_count = 1};
    static const struct {
        struct sw_auth auth;
        const char *text, *wanted;
    } cases[] = {
        {{.kind = SW_AUTH_NONE}, "open sesame", "open sesame"},
        {{.kind = SW_AUTH_BEARER, .first = "word"}, "open sesame", "***"},
        {{.kind = SW_AUTH_HEADER, .name = "X-Key", .first = "word"}, "open sesame", "***"},
        {{.kind = SW_AUTH_QUERY, .name = "key", .first = "word"}, "?key=open%20sesame", "?key=***"},
        {{.kind = SW_AUTH_QUERY, .name = "key", .first = "other"}, "?key=open%20sesame", "?key=open%20sesame"},
        {{.kind = SW_AUTH_BASIC, .first = "word", .second = "word"}, "b3BlbiBzZXNhbWU6b3BlbiBzZXNhbWU=", "***"},
        {{.kind = SW_AUTH_OAUTH2, .first = "word", .second = "word"}, "open sesame", "***"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_conceal conceal = {.count = 0};
        sw_conceal_add_auth(&conceal, &host, &cases[i].auth);
        assert_concealed(&conceal, cases[i].text, cases[i].wanted);
        sw_conceal_finish(&conceal);
    }
    struct sw_host follows = host;
    struct sw_conceal conceal = {.count = 0};
    sw_conceal_add_access(&conceal, &follows);
    assert_int_equal(conceal.count, 0);
    follows.access = (struct sw_host_access){.user = "wall", .secret = "word"};
    sw_conceal_add_access(&conceal, &follows);
    assert_concealed(&conceal, "Basic d2FsbDpvcGVuIHNlc2FtZQ== wall:open sesame", "Basic *** wall:***");
    sw_conceal_finish(&conceal);
    unlink(path);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_found),           cmocka_unit_test(what_is_short_stands_anywhere),
        cmocka_unit_test(bytes_of_any_kind_stay),        cmocka_unit_test(more_than_fit_are_passed_over),
        cmocka_unit_test(secrets_come_from_their_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
