/* SPDX-License-Identifier: EUPL-1.2 */
/* Where sources are asked whose address is relative to the published folder, and what its server is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "courier/base.h"

#define BASE "https://walls.example.org:8443/museum"

static void addresses_are_resolved(void **state)
{
    static const struct {
        const char *address, *url;
    } cases[] = {
        {"data/levels.json", BASE "/data/levels.json"},
        {"levels.json?day=2026-11-23&of=a/b", BASE "/levels.json?day=2026-11-23&of=a/b"},
        {"/data/levels.json", "https://walls.example.org:8443/data/levels.json"},
        {"a%2Fb/", BASE "/a%2Fb/"},
        {"..b/c...d", BASE "/..b/c...d"},
        {"https://example.org/a", "https://example.org/a"},
        {"http://127.0.0.1:8080/a?b", "http://127.0.0.1:8080/a?b"},
    };
    const struct sw_host host = {.base = BASE};
    struct sw_arena arena = {.blocks = NULL};
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        const struct sw_request request = {.address = cases[i].address};
        assert_true(sw_base_reaches(&host, &request));
        assert_string_equal(sw_base_resolve(&host, &request, request.address, &arena), cases[i].url);
    }
    sw_arena_finish(&arena);
}

static void without_a_base_only_named_servers_are_reached(void **state)
{
    const struct sw_host host = {.base = NULL};
    const struct sw_request relative = {.address = "data/levels.json"}, named = {.address = "https://example.org/a"};
    struct sw_arena arena = {.blocks = NULL};
    (void)state;
    assert_false(sw_base_reaches(&host, &relative));
    assert_true(sw_base_reaches(&host, &named));
    assert_string_equal(sw_base_resolve(&host, &named, named.address, &arena), named.address);
    sw_arena_finish(&arena);
}

static void access_says_who_asks(void **state)
{
    const struct sw_host_access nobody = {.secret = NULL}, token = {.secret = "t"}, user = {.user = "wall", .secret = "p"};
    (void)state;
    assert_int_equal(sw_base_auth(&nobody).kind, SW_AUTH_NONE);
    struct sw_auth auth = sw_base_auth(&token);
    assert_int_equal(auth.kind, SW_AUTH_BEARER);
    assert_string_equal(auth.first, "t");
    auth = sw_base_auth(&user);
    assert_int_equal(auth.kind, SW_AUTH_BASIC);
    assert_null(auth.first); /* the user's name is no secret */
    assert_string_equal(auth.second, "p");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_resolved),
        cmocka_unit_test(without_a_base_only_named_servers_are_reached),
        cmocka_unit_test(access_says_who_asks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
