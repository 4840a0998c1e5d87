/* SPDX-License-Identifier: EUPL-1.2 */
/* What runs out soon and from where nothing comes is told in time, not sooner. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "player/upkeep.h"

#define NOW INT64_C(1795442700000000) /* 2026-11-23T14:05:00Z */
#define DAY (24 * SW_HOUR)

/* All lines, each with its end. */
static const char *judge(const struct sw_upkeep *upkeep)
{
    static char text[4096];
    static struct sw_concerns concerns;
    size_t length = 0;
    sw_upkeep_judge(upkeep, &concerns);
    text[0] = '\0';
    for (size_t i = 0; i < concerns.count; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s\n", concerns.lines[i]);
    return text;
}

static void contacts(void **state)
{
    (void)state;
    static const struct {
        int64_t silence;
        struct sw_notice contact;
        const char *said;
    } cases[] = {
        {15 * SW_MINUTE - 1, {.type = SW_NOTICE_CONTACT, .contact = 1}, ""},
        {15 * SW_MINUTE - 1, {.type = SW_NOTICE_CONTACT, .contact = 1, .text = "HTTP 503"}, ""},
        {15 * SW_MINUTE, {.type = SW_NOTICE_CONTACT, .contact = 1}, "no good answer for 15 min\n"},
        {76 * SW_MINUTE, {.type = SW_NOTICE_CONTACT, .text = "HTTP 503"}, "no good answer for 76 min: HTTP 503\n"},
        {14 * SW_MINUTE, {.number = 0}, ""},
        {16 * SW_MINUTE, {.number = 0}, "who follows has said nothing for 16 min\n"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_heard heard = {.contact = cases[i].contact};
        struct sw_upkeep upkeep = {.now = NOW, .heard = &heard, .silence = cases[i].silence, .expires = SW_NEVER};
        assert_string_equal(judge(&upkeep), cases[i].said);
        upkeep.heard = NULL; /* a folder is played */
        assert_string_equal(judge(&upkeep), "");
    }
}

static void what_is_signed(void **state)
{
    (void)state;
    struct sw_heard heard = {.contact = {.type = SW_NOTICE_CONTACT, .contact = NOW},
                             .keys = {.type = SW_NOTICE_KEYS, .version = 1, .list_ends = NOW + 14 * DAY + 1}};
    struct sw_upkeep upkeep = {.now = NOW, .heard = &heard, .expires = SW_NEVER};
    assert_string_equal(judge(&upkeep), "");
    heard.keys.list_ends = NOW + 14 * DAY;
    heard.keys.publishing_end = NOW + 1;
    heard.keys.operating_end = NOW;
    upkeep.expires = NOW - 400 * DAY;
    assert_string_equal(judge(&upkeep), "the release ended on 2025-10-19\n"
                                        "the key list ends on 2026-12-07\n"
                                        "the last publishing key ends on 2026-11-23\n"
                                        "the last operating key ended on 2026-11-23\n");
}

static void calendars(void **state)
{
    (void)state;
    struct sw_calendar list[] = {{.name = "holidays", .holidays = true},     {.name = "endless"},
                                 {.name = "far", .until = {2026, 12, 8}},    {.name = "near", .until = {2026, 12, 7}},
                                 {.name = "today", .until = {2026, 11, 23}}, {.name = "over", .until = {2026, 11, 22}}};
    struct sw_exhibition exhibition = {.calendars = list, .calendar_count = SW_COUNT(list)};
    struct sw_upkeep upkeep = {.now = NOW, .exhibition = &exhibition, .expires = SW_NEVER};
    assert_string_equal(judge(&upkeep), "the calendar \"near\" ends on 2026-12-07\n"
                                        "the calendar \"today\" ends on 2026-11-23\n"
                                        "the calendar \"over\" ended on 2026-11-22\n");
}

static void no_more_than_fit(void **state)
{
    (void)state;
    static struct sw_concerns concerns;
    struct sw_calendar list[SW_CONCERNS_MAX + 5];
    for (size_t i = 0; i < SW_COUNT(list); i++)
        list[i] = (struct sw_calendar){.name = "school", .until = {2026, 1, 1}};
    struct sw_exhibition exhibition = {.calendars = list, .calendar_count = SW_COUNT(list)};
    const struct sw_upkeep upkeep = {.now = NOW, .exhibition = &exhibition};
    sw_upkeep_judge(&upkeep, &concerns);
    assert_int_equal(concerns.count, SW_CONCERNS_MAX);
}

static void clocks(void **state)
{
    (void)state;
    struct sw_upkeep upkeep = {.now = NOW, .machine = NOW, .expires = SW_NEVER};
    assert_string_equal(judge(&upkeep), "");
    upkeep.doubt = SW_CLOCK_BEHIND;
    upkeep.machine = NOW - 50 * 365 * DAY;
    assert_string_equal(judge(&upkeep), "the machine's clock is behind: it says 1976-12-05, and is not believed\n");
    upkeep.doubt = SW_CLOCK_FAR_AHEAD;
    upkeep.now = upkeep.machine = NOW + 50 * 365 * DAY;
    assert_string_equal(judge(&upkeep), "the machine's clock says 2076-11-10: is it right?\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(clocks), cmocka_unit_test(contacts), cmocka_unit_test(what_is_signed),
                                       cmocka_unit_test(calendars), cmocka_unit_test(no_more_than_fit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
