/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "host/judge.h"

struct value {
    const char *text;
    bool good;
};

static void check(const char *(*judge)(const char *), const struct value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *fault = judge(values[i].text);
        if ((fault == NULL) != values[i].good)
            fail_msg("\"%s\": %s", values[i].text, fault != NULL ? fault : "is taken");
    }
}

static void bases(void **state)
{
    static char longest[1100] = "https://a.org/";
    static const struct value values[] = {
        {"https://walls.example.org", true},
        {"https://walls.example.org/", true},
        {"https://walls.example.org:8443/a/b", true},
        {"https://[2001:db8::1]:8443/a", true},
        {"http://10.1.2.3/walls", true}, /* whether that may be is sw_judge_plain's to say */
        {"https://a.org/@home", true},
        {"", false},
        {"walls.example.org", false},
        {"/srv/walls", false},
        {"file:///srv/walls", false},
        {"ftp://a.org/", false},
        {"HTTPS://a.org/", false},
        {"https://", false},
        {"https:///x", false},
        {"https://a.org:0/", false},
        {"https://a.org:70000/", false},
        {"https://u@a.org/", false},
        {"https://u:p@a.org/", false},
        {"https://a.org/a b", false},
        {"https://a.org/a\nb", false},
        {"https://a.org/a\\b", false},
        {"https://a.org/?a", false},
        {"https://a.org/#a", false},
        {longest, false},
    };
    (void)state;
    memset(longest + strlen(longest), 'a', 1050);
    check(sw_judge_base, values, SW_COUNT(values));
}

static void root_keys(void **state)
{
    static const struct value values[] = {
        {"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3", true},
        {"RWTf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GF+/", true},
        {"", false},
        {"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO", false},
        {"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO33", false},
        {"RUQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3", false}, /* another kind: "ED", a signature's */
        {"RWZf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3", false},
        {"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GF==", false},
        {"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GF 3", false},
        {"E7620F1842B4E81F", false},
    };
    (void)state;
    check(sw_judge_root_key, values, SW_COUNT(values));
}

static void proxies(void **state)
{
    static const struct value values[] = {
        {"http://proxy.city.lan:3128", true},
        {"https://proxy.city.lan", true},
        {"socks5://10.0.0.1:1080", true},
        {"socks5h://[fd00::1]:1080", true},
        {"proxy.city.lan:3128", true},
        {"", false},
        {"http://", false},
        {"socks4://a", false},
        {"http://http://a", false},
        {"http://a/path", false},
        {"http://u:p@a", false},
        {"a b", false},
    };
    (void)state;
    check(sw_judge_proxy, values, SW_COUNT(values));
}

static void lines(void **state)
{
    static char longest[202];
    static const struct value values[] = {
        {"Haustechnik, Durchwahl 12 · 0–24 Uhr", true},
        {"a", true},
        {"", false},
        {"a\nb", false},
        {"a\tb", false},
        {"a\x7f", false},
        {longest, false},
    };
    (void)state;
    memset(longest, 'a', 201);
    check(sw_judge_line, values, SW_COUNT(values));
    assert_null(sw_judge_line(longest + 1));
}

static void amounts(void **state)
{
    static const struct {
        const char *text;
        int64_t bytes; /* -1: none */
    } cases[] = {
        {"0", 0},
        {"20 GB", 20000000000},
        {"20GB", 20000000000},
        {"500 MB", 500000000},
        {"1.5 TB", 1500000000000},
        {"1 MB", 1000000},
        {"1000 TB", 1000000000000000},
        {"0.25 GB", 250000000},
        {"", -1},
        {"GB", -1},
        {"20", -1},
        {"0 GB", -1},
        {"0.5 MB", -1},
        {"1001 TB", -1},
        {"99999999999999999999 TB", -1},
        {"-1 GB", -1},
        {"1e3 GB", -1},
        {"1.5.5 GB", -1},
        {".5 GB", -1},
        {"5. GB", -1},
        {"1,5 GB", -1},
        {"20  GB", -1},
        {"20 GiB", -1},
        {"20 gb", -1},
        {"20 GB ", -1},
    };
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        int64_t bytes = -1;
        const char *fault = sw_judge_quota(cases[i].text, &bytes);
        if ((fault == NULL) != (cases[i].bytes >= 0) || bytes != cases[i].bytes)
            fail_msg("\"%s\": %lld", cases[i].text, (long long)bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bases), cmocka_unit_test(root_keys), cmocka_unit_test(proxies), cmocka_unit_test(lines), cmocka_unit_test(amounts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
