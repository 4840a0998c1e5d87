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

#include "courier/host.h"

struct folder {
    char path[64], file[96], secret[96];
    struct sw_arena arena;
    struct sw_diags diags;
};

static void write_file(const char *path, const char *text, mode_t mode)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_int_equal(chmod(path, mode), 0);
}

static int setup(void **state)
{
    struct folder *folder = calloc(1, sizeof *folder);
    strcpy(folder->path, "/tmp/sw-host-XXXXXX");
    if (mkdtemp(folder->path) == NULL)
        return -1;
    snprintf(folder->file, sizeof folder->file, "%s/host.json", folder->path);
    snprintf(folder->secret, sizeof folder->secret, "%s/token", folder->path);
    sw_diags_init(&folder->diags);
    *state = folder;
    return 0;
}

static int teardown(void **state)
{
    struct folder *folder = *state;
    unlink(folder->file);
    unlink(folder->secret);
    rmdir(folder->path);
    sw_arena_finish(&folder->arena);
    sw_diags_finish(&folder->diags);
    free(folder);
    return 0;
}

static bool load(struct folder *folder, struct sw_host *host, const char *text)
{
    write_file(folder->file, text, 0644);
    return sw_host_load(host, folder->file, &folder->arena, &folder->diags);
}

static void test_all_of_it(void **state)
{
    struct folder *folder = *state;
    struct sw_host host;
    assert_true(load(folder, &host, "{\"live\": true, \"allow\": [\"127.0.0.1:8080\", \"10.0.0.0/8\"], // ours\n"
                                    "\"contact\": \"wall@example.org\", \"state\": \"/var/lib/schauwand\"}"));
    assert_true(host.live);
    assert_int_equal(host.allow_count, 2);
    assert_string_equal(host.contact, "wall@example.org");
    assert_null(host.proxy);
}

static void test_an_address_may_be_asked_more_often(void **state)
{
    struct folder *folder = *state;
    struct sw_host host;
    struct sw_target target;
    const char *why = NULL;
    static const struct {
        const char *url;
        int64_t least;
    } cases[] = {{"http://127.0.0.1:8080/a", SW_SECOND},     {"http://127.0.0.1:8081/a", 0},         {"https://probe.city.lan/a", 0},
                 {"http://10.1.2.3/a", 3 * SW_SECOND / 2}, {"http://10.1.9.9/a", 2 * SW_SECOND}, {"http://10.2.0.1/a", 0}};
    assert_true(load(folder, &host, "{\"allow\": [{\"host\": \"127.0.0.1:8080\", \"every_at_least\": \"1s\"}, \"probe.city.lan\",\n"
                                    "{\"host\": \"10.1.0.0/16\", \"every_at_least\": \"2s\"},\n"
                                    "{\"host\": \"10.1.2.3\", \"every_at_least\": \"1500ms\"}]}"));
    assert_int_equal(host.allow_count, 4);
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        assert_true(sw_target_parse(cases[i].url, &target, &why));
        if (sw_allow_least(host.allow, host.allow_count, &target) != cases[i].least)
            fail_msg("%s", cases[i].url);
    }
}

static void test_not_as_often_as_that(void **state)
{
    struct folder *folder = *state;
    struct sw_host host;
    assert_false(load(folder, &host, "{\"allow\": [{\"host\": \"a.lan\", \"every_at_least\": \"500ms\"}, {\"every_at_least\": \"1s\"},\n"
                                     "{\"host\": \"a.lan/x\"}, {\"host\": \"a.lan\", \"evry_at_least\": \"1s\"}, 7]}"));
    assert_int_equal(folder->diags.errors, 5);
}

static void test_faults_are_said_and_nothing_is_half_taken(void **state)
{
    struct folder *folder = *state;
    struct sw_host host;
    assert_false(load(folder, &host, "{\"live\": true, \"alow\": [], \"state\": \"relative\", \"allow\": [\"10.0.0.0/99\"]}"));
    assert_int_equal(folder->diags.errors, 3);
    assert_false(host.live);
    assert_false(sw_host_load(&host, "/nowhere/host.json", &folder->arena, &folder->diags));
}

static void test_secrets_are_read_by_their_owner_only(void **state)
{
    struct folder *folder = *state;
    struct sw_host host;
    char text[256], secret[SW_SECRET_MAX + 1];
    snprintf(text, sizeof text, "{\"secrets\": {\"token\": \"%s\", \"gone\": \"/nowhere/x\"}}", folder->secret);
    assert_true(load(folder, &host, text));
    write_file(folder->secret, "s3cr3t\n", 0600);
    assert_null(sw_host_secret(&host, "token", secret));
    assert_string_equal(secret, "s3cr3t");
    assert_non_null(sw_host_secret(&host, "gone", secret));
    assert_non_null(sw_host_secret(&host, "other", secret));
    write_file(folder->secret, "s3cr3t\n", 0640);
    assert_non_null(sw_host_secret(&host, "token", secret));
    const char *why = NULL;
    assert_null(sw_host_secret_file(&host, "token", &why));
    assert_non_null(strstr(why, "0600"));
    write_file(folder->secret, "\n", 0600);
    assert_non_null(sw_host_secret(&host, "token", secret));
    assert_string_equal(sw_host_secret_file(&host, "token", &why), folder->secret);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all_of_it, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_address_may_be_asked_more_often, setup, teardown),
        cmocka_unit_test_setup_teardown(test_not_as_often_as_that, setup, teardown),
        cmocka_unit_test_setup_teardown(test_faults_are_said_and_nothing_is_half_taken, setup, teardown),
        cmocka_unit_test_setup_teardown(test_secrets_are_read_by_their_owner_only, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
