/* SPDX-License-Identifier: EUPL-1.2 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <cmocka.h>

#include "base/must.h"
#include "host/address.h"

static bool allowed(const struct sw_allow *list, size_t count, bool named, const char *text)
{
    struct sockaddr_storage storage = {.ss_family = AF_UNSPEC};
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        memcpy(&storage, &v4, sizeof v4);
    else if (inet_pton(AF_INET6, text, &v6.sin6_addr) == 1)
        memcpy(&storage, &v6, sizeof v6);
    return sw_address_allowed(list, count, named, (const struct sockaddr *)&storage);
}

static void test_only_public_addresses_are_asked(void **state)
{
    (void)state;
    static const struct {
        const char *address;
        bool fine;
    } cases[] = {
        {"141.91.160.10", true},    {"8.8.8.8", true},          {"2001:4860:4860::8888", true}, {"2a00:1450::1", true},
        {"127.0.0.1", false},       {"127.255.255.255", false}, {"0.0.0.0", false},             {"10.0.0.1", false},
        {"172.15.255.255", true},   {"172.16.0.1", false},      {"172.31.255.255", false},      {"172.32.0.1", true},
        {"192.168.1.1", false},     {"169.254.169.254", false}, {"100.64.0.1", false},          {"100.63.255.255", true},
        {"100.127.255.255", false}, {"100.128.0.0", true},      {"198.18.0.1", false},          {"198.19.255.255", false},
        {"224.0.0.1", false},       {"255.255.255.255", false}, {"192.0.2.1", false},           {"192.0.0.8", false},
        {"::", false},              {"::1", false},             {"::ffff:127.0.0.1", false},    {"::ffff:10.0.0.1", false},
        {"::ffff:8.8.8.8", true},   {"::127.0.0.1", false},     {"fe80::1", false},             {"fd00::1", false},
        {"fc00::1", false},         {"ff02::1", false},         {"2002:7f00:1::", false},       {"2001::1", false},
        {"2001:db8::1", false},     {"64:ff9b::7f00:1", false}, {"64:ff9b:1::1", false},        {"3fff::1", false},
        {"100::1", false},          {"fec0::1", false},         {"not an address", false},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        if (allowed(NULL, 0, false, cases[i].address) != cases[i].fine)
            fail_msg("%s", cases[i].address);
    }
}

static void test_the_host_opens_its_own_network(void **state)
{
    (void)state;
    struct sw_allow list[3];
    assert_true(sw_allow_parse("10.1.0.0/16", &list[0]));
    assert_true(sw_allow_parse("fd00:5::/32", &list[1]));
    assert_true(sw_allow_parse("Broker.City.LAN:8080", &list[2]));
    assert_true(allowed(list, 3, false, "10.1.255.1"));
    assert_false(allowed(list, 3, false, "10.2.0.1"));
    assert_true(allowed(list, 3, false, "fd00:5::77"));
    assert_false(allowed(list, 3, false, "fd00:6::77"));
    assert_false(allowed(list, 3, false, "127.0.0.1"));
    assert_true(allowed(list, 3, true, "127.0.0.1"));
    struct sw_target target;
    const char *why;
    assert_true(sw_target_parse("http://broker.city.lan:8080/v2", &target, &why));
    assert_true(sw_allow_has_target(list, 3, &target));
    assert_true(sw_target_parse("http://broker.city.lan/v2", &target, &why));
    assert_false(sw_allow_has_target(list, 3, &target));
    assert_true(sw_target_parse("http://10.1.2.3/v2", &target, &why));
    assert_true(sw_allow_has_target(list, 3, &target));
}

static void test_what_is_no_entry(void **state)
{
    (void)state;
    static const char *const bad[] = {"",       "/8",        "10.0.0.0/33", "10.0.0.0/",      "10.0.0.0/-1", "a b",      "host:",
                                      "host:0", "host:70000", "[::1",        "[::1]x",         "fd00::/129",  "10.0.0/8", "host:8a",
                                      "http://x", "h\nx",     "user@host"};
    struct sw_allow allow;
    for (size_t i = 0; i < SW_COUNT(bad); i++) {
        if (sw_allow_parse(bad[i], &allow))
            fail_msg("\"%s\"", bad[i]);
    }
    assert_true(sw_allow_parse("[fd00::1]:8443", &allow));
    assert_string_equal(allow.host, "fd00::1");
    assert_int_equal(allow.port, 8443);
    assert_true(sw_allow_parse("::1", &allow));
    assert_int_equal(allow.port, 0);
}

static void test_targets(void **state)
{
    (void)state;
    static const struct {
        const char *url, *origin; /* NULL: refused */
    } cases[] = {
        {"https://www.pegelonline.wsv.de/rest-api/v2/x.json?y=1", "https://www.pegelonline.wsv.de:443"},
        {"http://127.0.0.1:8080", "http://127.0.0.1:8080"},
        {"https://[2001:db8::1]:8443/a", "https://[2001:db8::1]:8443"},
        {"https://EXAMPLE.org?x", "https://example.org:443"},
        {"file:///etc/passwd", NULL},
        {"ftp://x/", NULL},
        {"//x/", NULL},
        {"https:///x", NULL},
        {"https://user:pass@x/", NULL},
        {"https://x@y/", NULL},
        {"https://x /", NULL},
        {"https://x/\r\nHost: y", NULL},
        {"https://x\\@y/", NULL},
        {"https://x:0/", NULL},
        {"https://x:99999/", NULL},
        {"HTTPS://x/", NULL},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_target target;
        const char *why = NULL;
        bool fine = sw_target_parse(cases[i].url, &target, &why);
        if (fine != (cases[i].origin != NULL) || (fine && strcmp(target.origin, cases[i].origin) != 0) || (!fine && why == NULL))
            fail_msg("%s: %s", cases[i].url, fine ? target.origin : why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_public_addresses_are_asked),
        cmocka_unit_test(test_the_host_opens_its_own_network),
        cmocka_unit_test(test_what_is_no_entry),
        cmocka_unit_test(test_targets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
