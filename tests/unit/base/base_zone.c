/* SPDX-License-Identifier: EUPL-1.2 */
/* Zone files made here: both versions of the format, the rule in the last line, and what is damaged. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/file.h"
#include "base/must.h"

#define NAME "Ruhrort"

static char folder[] = "/tmp/schauwand-zone-XXXXXX";

static struct sw_zone_rules *load(const void *bytes, size_t length)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, NAME);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    return sw_zone_rules_create(NAME);
}

/* ---- files written by hand ---- */

struct made {
    unsigned char bytes[1024];
    size_t length;
};

static void put(struct made *made, int64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--) {
        made->bytes[made->length++] = (unsigned char)((uint64_t)value >> (8 * i));
    }
}

static void put_head(struct made *made, char version, int times, int types, int leaps)
{
    memcpy(made->bytes + made->length, "TZif", 4);
    made->length += 4;
    put(made, version, 1);
    for (int i = 0; i < 15; i++) {
        put(made, 0, 1);
    }
    put(made, 0, 4);
    put(made, 0, 4);
    put(made, leaps, 4);
    put(made, times, 4);
    put(made, types, 4);
    put(made, 4, 4);
}

static void put_type(struct made *made, int offset_s)
{
    put(made, offset_s, 4);
    put(made, 0, 1);
    put(made, 0, 1);
}

/* A version 2 file: one type (offset 600 s), nothing before the last line. */
static struct sw_zone_rules *load_rule(const char *rule)
{
    struct made made = {.length = 0};
    for (int i = 0; i < 2; i++) {
        put_head(&made, '2', 0, 1, 0);
        put_type(&made, 600);
        put(&made, 0, 4);
    }
    made.length += (size_t)sprintf((char *)made.bytes + made.length, "\n%s\n", rule);
    return load(made.bytes, made.length);
}

static int offset_at(const struct sw_zone_rules *rules, int64_t second)
{
    return sw_civil_at(rules, second * SW_SECOND).offset_s;
}

static void version_1_is_read(void **state)
{
    (void)state;
    struct made made = {.length = 0};
    put_head(&made, 0, 2, 3, 0);
    put(&made, -1000, 4);
    put(&made, 2000, 4);
    put(&made, 1, 1);
    put(&made, 2, 1);
    put_type(&made, 60);
    put_type(&made, -7200);
    put_type(&made, 3600);
    put(&made, 0, 4);
    struct sw_zone_rules *rules = load(made.bytes, made.length);
    assert_non_null(rules);
    assert_int_equal(offset_at(rules, -1001), 60);
    assert_int_equal(offset_at(rules, -1000), -7200);
    assert_int_equal(offset_at(rules, 1999), -7200);
    assert_int_equal(offset_at(rules, 2000), 3600);
    assert_int_equal(offset_at(rules, 5000000000), 3600);
    sw_zone_rules_destroy(rules);
}

static void damaged_tables_are_refused(void **state)
{
    (void)state;
    static const struct {
        int times[2], indices[2], offset_s, leaps;
    } cases[] = {
        {{5, 5}, {0, 0}, 0, 0}, {{5, 4}, {0, 0}, 0, 0}, {{4, 5}, {0, 1}, 0, 0}, {{4, 5}, {0, 255}, 0, 0},
        {{4, 5}, {0, 0}, 93600, 0}, {{4, 5}, {0, 0}, -90000, 0}, {{4, 5}, {0, 0}, 0, 1},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct made made = {.length = 0};
        put_head(&made, 0, 2, 1, cases[i].leaps);
        put(&made, cases[i].times[0], 4);
        put(&made, cases[i].times[1], 4);
        put(&made, cases[i].indices[0], 1);
        put(&made, cases[i].indices[1], 1);
        put_type(&made, cases[i].offset_s);
        put(&made, 0, 4);
        for (int leap = 0; leap < cases[i].leaps; leap++) {
            put(&made, 0, 8);
        }
        struct sw_zone_rules *rules = load(made.bytes, made.length);
        if (rules != NULL) {
            fail_msg("case %zu is taken", i);
        }
    }
}

static void rules_are_followed(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *at;
        int offset_s;
    } cases[] = {
        {"", "2026-01-01T00:00Z", 600},
        {"XXX-1", "2026-01-01T00:00Z", 3600},
        {"<+0330>-3:30:15", "2026-01-01T00:00Z", 12615},
        {"XXX+5", "2026-01-01T00:00Z", -18000},
        {"XXX-1YYY,M3.5.0,M10.5.0/3", "2026-03-29T00:59:59Z", 3600},
        {"XXX-1YYY,M3.5.0,M10.5.0/3", "2026-03-29T01:00Z", 7200},
        {"XXX-1YYY,M3.5.0,M10.5.0/3", "2226-10-29T00:59:59Z", 7200},
        {"XXX-1YYY,M3.5.0,M10.5.0/3", "2226-10-29T01:00Z", 3600},
        {"XXX0YYY,J59/0,J60/0", "2028-02-28T12:00Z", 3600}, /* J60 is 1 March, in a leap year too */
        {"XXX0YYY,J59/0,J60/0", "2028-02-29T12:00Z", 3600},
        {"XXX0YYY,J59/0,J60/0", "2028-03-01T12:00Z", 0},
        {"XXX0YYY,J59/0,J60/0", "2027-03-01T12:00Z", 0},
        {"XXX0YYY,58/0,59/0", "2028-02-28T12:00Z", 3600}, /* day 59 counts 29 February */
        {"XXX0YYY,58/0,59/0", "2028-02-29T12:00Z", 0},
        {"XXX0YYY,58/0,60/0", "2028-02-29T12:00Z", 3600},
        {"XXX0YYY-3,M6.1.1,M9.1.1", "2026-07-01T12:00Z", 10800},
        {"XXX0YYY,M9.1.1,M6.1.1", "2026-01-01T00:00Z", 3600}, /* summer around the turn of the year */
        {"XXX0YYY,M9.1.1,M6.1.1", "2026-07-01T00:00Z", 0},
        {"XXX3YYY4,0/0,J365/23", "2026-01-01T03:30Z", -14400}, /* summer all year (RFC 8536, 3.3.1) */
        {"XXX3YYY4,0/0,J365/23", "2026-12-31T23:59Z", -14400},
        {"XXX3YYY4,0/0,J365/23", "2027-07-01T00:00Z", -14400},
        {"XXX2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200}, /* a time before midnight: Nuuk */
        {"XXX2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00Z", -3600},
        {"XXX-2YYY,M3.4.4/50,M10.4.4/50", "2026-03-28T00:00Z", 10800}, /* more than a day later: Gaza */
        {"XXX-2YYY,M3.4.4/50,M10.4.4/50", "2026-03-27T23:59:59Z", 7200},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        sw_instant instant;
        struct sw_zone_rules *rules = load_rule(cases[i].rule);
        assert_true(sw_civil_parse(NULL, cases[i].at, &instant));
        if (rules == NULL || sw_civil_at(rules, instant).offset_s != cases[i].offset_s) {
            fail_msg("%s at %s: %d", cases[i].rule, cases[i].at, rules != NULL ? sw_civil_at(rules, instant).offset_s : -1);
        }
        sw_zone_rules_destroy(rules);
    }
}

static void damaged_rules_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "X", "XX1", "XXX", "XXX+", "XXX25", "XXX1:60", "XXX1:00:60", "XXX1YYY", "XXX1YYY,", "XXX1YYY,M3.5.0", "XXX1YYY,M3.5.0,",
        "XXX1YYY,M13.5.0,M10.5.0", "XXX1YYY,M0.5.0,M10.5.0", "XXX1YYY,M3.6.0,M10.5.0", "XXX1YYY,M3.0.0,M10.5.0", "XXX1YYY,M3.5.7,M10.5.0",
        "XXX1YYY,J0,J5", "XXX1YYY,J366,J5", "XXX1YYY,366,5", "XXX1YYY,1/168,5", "XXX1YYY,M3.5.0,M10.5.0x", "<XXX1", "XXX1<YYY,1,2",
        "XXX1YYY,M3.5.0/,M10.5.0", "XXX1 YYY,1,2", "XXX99999999999999", "XXX1YYY,M3.5.0,M10.5.0,",
    };
    for (size_t i = 0; i < SW_COUNT(bad); i++) {
        struct sw_zone_rules *rules = load_rule(bad[i]);
        if (rules != NULL) {
            fail_msg("\"%s\" is taken", bad[i]);
        }
    }
}

/* Every prefix of a real file is refused; a real file with any one byte changed does no harm. */
static void a_real_file_cut_or_changed(void **state)
{
    (void)state;
    char *bytes;
    size_t length;
    assert_int_equal(sw_file_read("/usr/share/zoneinfo/Europe/Berlin", 1 << 20, &bytes, &length), SW_FILE_OK);
    for (size_t cut = 0; cut < length; cut += cut < 100 || cut + 100 > length ? 1 : 13) {
        struct sw_zone_rules *rules = load(bytes, cut);
        if (rules != NULL) {
            fail_msg("%zu bytes are taken", cut);
        }
    }
    for (size_t i = 0; i < length; i += 3) {
        char before = bytes[i];
        bytes[i] = (char)(before ^ (char)(1 << i % 8));
        struct sw_zone_rules *rules = load(bytes, length);
        for (int64_t second = -5000000000; rules != NULL && second < 5000000000; second += 1000000007) {
            (void)sw_civil_at(rules, second * SW_SECOND);
            (void)sw_civil_instant(rules, sw_date_from_days(second / 86400), SW_HOUR);
        }
        sw_zone_rules_destroy(rules);
        bytes[i] = before;
    }
    struct sw_zone_rules *whole = load(bytes, length);
    assert_non_null(whole);
    sw_zone_rules_destroy(whole);
    free(bytes);
}

static void names_cannot_leave_the_folder(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "/", "/etc/localtime", "../zoneinfo/UTC", "Europe/../UTC", "Europe/", "Europe", "No/Such", "UTC\n", "Europe/Berlin ",
        "zone.tab", "%n", "~", ".", "Europe\\x", "Etc/GMT+99", "tzdata/../../UTC", "posixrules/x",
    };
    for (size_t i = 0; i < SW_COUNT(bad); i++) {
        struct sw_zone_rules *rules = sw_zone_rules_create(bad[i]);
        if (rules != NULL) {
            fail_msg("\"%s\" is taken", bad[i]);
        }
    }
    assert_null(sw_zone_rules_create(NULL));
    char longest[1000];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_null(sw_zone_rules_create(longest));
}

static void utc_needs_no_file(void **state)
{
    (void)state;
    struct sw_zone_rules *rules = sw_zone_rules_create("UTC");
    assert_non_null(rules);
    assert_int_equal(offset_at(rules, 1700000000), 0);
    sw_zone_rules_destroy(rules);
    rules = sw_zone_rules_create("Etc/GMT+5");
    assert_int_equal(offset_at(rules, 1700000000), -18000);
    sw_zone_rules_destroy(rules);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL || setenv("TZDIR", folder, 1) != 0;
}

static int drop_folder(void **state)
{
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, NAME);
    unlink(path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_1_is_read), cmocka_unit_test(damaged_tables_are_refused), cmocka_unit_test(rules_are_followed),
        cmocka_unit_test(damaged_rules_are_refused), cmocka_unit_test(a_real_file_cut_or_changed),
        cmocka_unit_test(names_cannot_leave_the_folder), cmocka_unit_test(utc_needs_no_file),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
