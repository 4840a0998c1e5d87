/* SPDX-License-Identifier: EUPL-1.2 */
/* What arguments say stands over the file, by the same rules; what neither says has its usual place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "host/settle.h"

#define KEY "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
#define OTHER "RWTf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GF+/"

static const struct sw_host written = {.base = "https://a.org/x", .wall = "foyer", .root_key = KEY, .cache = "/srv/cache"};

static void arguments_stand_over_the_file(void **state)
{
    (void)state;
    struct sw_arena arena = {0};
    struct sw_host host = written;
    assert_null(sw_host_overrule(&host, &(struct sw_host_arguments){.wall = NULL}, &arena));
    assert_string_equal(host.base, "https://a.org/x");
    assert_string_equal(host.cache, "/srv/cache");
    assert_null(sw_host_overrule(&host, &(struct sw_host_arguments){"https://b.org//", "hall", OTHER, "/tmp/c"}, &arena));
    assert_string_equal(host.base, "https://b.org");
    assert_string_equal(host.wall, "hall");
    assert_string_equal(host.root_key, OTHER);
    assert_string_equal(host.cache, "/tmp/c");
    sw_arena_finish(&arena);
}

static void a_folder_is_named_from_where_one_is(void **state)
{
    (void)state;
    struct sw_arena arena = {0};
    struct sw_host host = written;
    assert_int_equal(chdir("/tmp"), 0);
    assert_null(sw_host_overrule(&host, &(struct sw_host_arguments){.cache = "cache"}, &arena));
    assert_string_equal(host.cache, "/tmp/cache");
    sw_arena_finish(&arena);
}

static void arguments_follow_the_same_rules(void **state)
{
    static const struct sw_host_arguments bad[] = {
        {.base = "ftp://a.org"},
        {.base = "https://u@a.org"},
        {.base = "http://a.org"},
        {.wall = "Foyer 1"},
        {.wall = ""},
        {.root_key = "E7620F184"},
        {.root_key = ""},
        {.cache = ""},
    };
    (void)state;
    struct sw_arena arena = {0};
    for (size_t i = 0; i < SW_COUNT(bad); i++) {
        struct sw_host host = written;
        struct sw_host_arguments arguments = bad[i];
        if (arguments.wall == NULL)
            arguments.wall = "hall";
        assert_non_null(sw_host_overrule(&host, &arguments, &arena));
        assert_string_equal(host.base, "https://a.org/x");
        assert_string_equal(host.wall, "foyer"); /* and nothing is half taken */
    }
    struct sw_host host = {.allow_count = 1};
    assert_true(sw_allow_parse("127.0.0.1:8080", &host.allow[0]));
    assert_null(sw_host_overrule(&host, &(struct sw_host_arguments){.base = "http://127.0.0.1:8080/w/"}, &arena));
    assert_string_equal(host.base, "http://127.0.0.1:8080/w");
    sw_arena_finish(&arena);
}

static void what_is_lacking_is_named(void **state)
{
    (void)state;
    struct sw_host host = written;
    assert_null(sw_host_lacks(&host));
    host.root_key = NULL;
    assert_non_null(strstr(sw_host_lacks(&host), "--root-key"));
    host.wall = NULL;
    assert_non_null(strstr(sw_host_lacks(&host), "--wall"));
    host.base = NULL;
    assert_non_null(strstr(sw_host_lacks(&host), "address"));
}

static void what_is_kept_has_its_usual_place(void **state)
{
    (void)state;
    struct sw_arena arena = {0};
    struct sw_host host = {.live = false};
    unsetenv("XDG_STATE_HOME");
    setenv("HOME", "/home/wall", 1);
    assert_string_equal(sw_host_state(&host, &arena), "/home/wall/.local/state/schauwand");
    assert_string_equal(sw_host_cache(&host, &arena), "/home/wall/.local/state/schauwand/cache");
    setenv("XDG_STATE_HOME", "/var/state", 1);
    assert_string_equal(sw_host_state(&host, &arena), "/var/state/schauwand");
    setenv("XDG_STATE_HOME", "relative", 1); /* is to be passed over (XDG base directories) */
    assert_string_equal(sw_host_state(&host, &arena), "/home/wall/.local/state/schauwand");
    host.state = "/var/lib/schauwand";
    assert_string_equal(sw_host_state(&host, &arena), "/var/lib/schauwand");
    assert_string_equal(sw_host_cache(&host, &arena), "/var/lib/schauwand/cache");
    host.cache = "/srv/cache";
    assert_string_equal(sw_host_cache(&host, &arena), "/srv/cache");
    host = (struct sw_host){.live = false};
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    assert_null(sw_host_state(&host, &arena));
    assert_null(sw_host_cache(&host, &arena));
    sw_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arguments_stand_over_the_file),    cmocka_unit_test(a_folder_is_named_from_where_one_is),
        cmocka_unit_test(arguments_follow_the_same_rules),  cmocka_unit_test(what_is_lacking_is_named),
        cmocka_unit_test(what_is_kept_has_its_usual_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
