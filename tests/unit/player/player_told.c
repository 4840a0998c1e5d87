/* SPDX-License-Identifier: EUPL-1.2 */
/* What operators have told, as it is kept: there and back, damaged in every way; and the clock by which it ends, right and wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/memory.h"
#include "player/told.h"

#define NOW (INT64_C(1795453261) * SW_SECOND)
#define YEAR (INT64_C(365) * 24 * SW_HOUR)

static void add(struct sw_told *told, enum sw_control_verb verb, const char *zone, const char *text, const char *by, sw_instant until)
{
    struct sw_told_word *word = sw_told_add(told, verb, zone, text);
    assert_non_null(word);
    (void)snprintf(word->by, sizeof word->by, "%s", by);
    word->until = until;
}

static struct sw_told some(void)
{
    struct sw_told told = {.wall = "foyer"};
    add(&told, SW_CONTROL_OPEN, "", "", "", NOW + SW_HOUR);
    add(&told, SW_CONTROL_BLANK, "", "on", "", SW_NEVER);
    add(&told, SW_CONTROL_CLEANING, "", "", "", NOW + 2 * SW_MINUTE);
    add(&told, SW_CONTROL_OVERRIDE, "left", "rhein", "J\303\274rgen", SW_NEVER);
    add(&told, SW_CONTROL_OVERRIDE, "right", "notice-2", "uid 1000", NOW + 1);
    assert_false(sw_told_foresee(&told.hours, (struct sw_hours){false, NOW + SW_HOUR}, NOW + 2 * SW_HOUR));
    assert_false(sw_told_foresee(&told.hours, (struct sw_hours){true, NOW + 2 * SW_HOUR}, NOW + 2 * SW_HOUR));
    assert_true(sw_told_foresee(&told.hours, (struct sw_hours){false, SW_NEVER}, NOW + 2 * SW_HOUR));
    add(&told, SW_CONTROL_VOLUME, "right", "40", "", SW_NEVER);
    add(&told, SW_CONTROL_MUTE, "left", "", "", NOW + 3);
    return told;
}

static void assert_same_hours(const struct sw_told_hours *a, const struct sw_told_hours *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        assert_true(a->items[i].open == b->items[i].open && a->items[i].until == b->items[i].until);
}

static char *write_text(const struct sw_told *told, sw_instant now, size_t *length)
{
    struct sw_buffer out;
    sw_buffer_init(&out, SW_TOLD_BYTES_MAX);
    sw_told_write(told, now, &out);
    assert_false(out.full);
    char *text = sw_strdup(sw_buffer_text(&out));
    *length = out.length;
    sw_buffer_finish(&out);
    return text;
}

static void there_and_back(void **state)
{
    (void)state;
    struct sw_told told = some(), read = {.count = 0};
    size_t length;
    char *text = write_text(&told, NOW, &length);
    assert_true(sw_told_read(&read, text, length));
    assert_int_equal(read.as_of, NOW - NOW % (10 * SW_MINUTE));
    told.as_of = read.as_of;
    assert_memory_equal(&read, &told, offsetof(struct sw_told, hours));
    assert_same_hours(&read.hours, &told.hours);
    free(text);
}

/* However many there are, and whatever a user is called. */
static void full_and_empty(void **state)
{
    (void)state;
    struct sw_told told = {.wall = "foyer"}, read = {.count = 7};
    size_t length;
    char *text = write_text(&told, NOW, &length);
    assert_true(sw_told_read(&read, text, length));
    assert_int_equal(read.count, 0);
    assert_int_equal(read.as_of, 0);
    free(text);
    char name[SW_TOLD_NAME_MAX];
    memset(name, 'z', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    memcpy(told.wall, name, sizeof name);
    add(&told, SW_CONTROL_OVERRIDE, name, name, "a\tb\nc", INT64_MAX - 1);
    while (told.count < SW_TOLD_MAX)
        add(&told, SW_CONTROL_OVERRIDE, name, name, name, INT64_MAX - 1);
    assert_null(sw_told_add(&told, SW_CONTROL_OPEN, "", ""));
    int64_t days = 1;
    while (!sw_told_foresee(&told.hours, (struct sw_hours){days % 2 == 0, NOW + days * 24 * SW_HOUR}, NOW + 1000 * 24 * SW_HOUR))
        days++;
    assert_int_equal(days, SW_TOLD_HOURS_MAX);
    text = write_text(&told, INT64_MAX, &length);
    assert_true(sw_told_read(&read, text, length));
    assert_int_equal(read.count, SW_TOLD_MAX);
    assert_string_equal(read.words[0].by, "a?b?c");
    assert_same_hours(&read.hours, &told.hours);
    assert_true(read.words[0].until < SW_NEVER && read.as_of < SW_NEVER);
    free(text);
}

/* What is always open has no hours. */
static void nothing_to_foresee(void **state)
{
    (void)state;
    struct sw_told_hours hours = {.count = 0};
    assert_true(sw_told_foresee(&hours, (struct sw_hours){true, SW_NEVER}, NOW));
    assert_int_equal(hours.count, 0);
    assert_true(sw_told_foresee(&hours, (struct sw_hours){false, SW_NEVER}, NOW));
    assert_int_equal(hours.count, 1);
}

/* A word without an end changes nothing with time, one with an end seldom. */
static void the_same_text_for_long(void **state)
{
    (void)state;
    struct sw_told told = {.wall = "foyer"};
    size_t length;
    sw_instant begin = NOW - NOW % (10 * SW_MINUTE);
    add(&told, SW_CONTROL_BLANK, "", "on", "", SW_NEVER);
    char *texts[5] = {write_text(&told, begin, &length), write_text(&told, begin + YEAR, &length)};
    told.words[0].until = NOW + YEAR;
    texts[2] = write_text(&told, begin, &length);
    texts[3] = write_text(&told, begin + 10 * SW_MINUTE - 1, &length);
    texts[4] = write_text(&told, begin + 10 * SW_MINUTE, &length);
    assert_string_equal(texts[0], texts[1]);
    assert_string_equal(texts[2], texts[3]);
    assert_string_not_equal(texts[3], texts[4]);
    for (size_t i = 0; i < SW_COUNT(texts); i++)
        free(texts[i]);
}

static void refuse(const char *text, size_t length)
{
    struct sw_told read = some(), before = read;
    if (sw_told_read(&read, text, length))
        fail_msg("taken: %.*s", (int)length, text);
    assert_memory_equal(&read, &before, sizeof read);
}

static void cut_and_rotten_anywhere(void **state)
{
    (void)state;
    struct sw_told told = some();
    size_t length;
    char *text = write_text(&told, NOW, &length);
    for (size_t i = 0; i < length; i++)
        refuse(text, i);
    for (size_t i = 0; i < length; i++)
        for (int bit = 0; bit < 8; bit++) {
            text[i] = (char)(text[i] ^ (1 << bit));
            refuse(text, length);
            text[i] = (char)(text[i] ^ (1 << bit));
        }
    free(text);
}

/* With a sum that is right: what no player writes is refused all the same. */
static void by_the_rules(void **state)
{
    (void)state;
#define HEAD_OF(count) "schauwand-told 1\tfoyer\t1795453200000000\t" count "\t0\n"
#define HOURS_OF(count) "schauwand-told 1\tfoyer\t0\t0\t" count "\n"
    static const char *const bad[] = {
        "",
        "\n",
        "schauwand-told 2\tfoyer\t0\t0\t0\n",
        "schauwand-told 1\tfoyer\t0\t0\n",
        "schauwand-told 1\tfoyer\t0\t0\t0\t\n",
        "schauwand-told 1\t\t0\t0\t0\n",
        "schauwand-told 1\t../foyer\t0\t0\t0\n",
        "schauwand-told 1\tfoyer\t-1\t0\t0\n",
        "schauwand-told 1\tfoyer\t+1\t0\t0\n",
        "schauwand-told 1\tfoyer\t \t0\t0\n",
        "schauwand-told 1\tfoyer\t1x\t0\t0\n",
        "schauwand-told 1\tfoyer\t253402300799000001\t0\t0\n",
        "schauwand-told 1\tfoyer\t99999999999999999999\t0\t0\n",
        "schauwand-told 1\tfoyer\t0\t145\t0\n",
        "schauwand-told 1\tfoyer\t0\t1\t0\nopen\t\t\t\t1795453200000000\n", /* an end, and not as of when */
        "schauwand-told 1\tfoyer\t0\t0\n",
        HOURS_OF("65"),
        HOURS_OF("1"),
        HOURS_OF("0") "is open\t1795453200000000\n",
        HOURS_OF("1") "is open\n",
        HOURS_OF("1") "is ajar\t1795453200000000\n",
        HOURS_OF("1") "is open\t-5\n",
        HOURS_OF("2") "is open\t1795453200000000\nis closed\t1795453200000000\n",
        HOURS_OF("2") "is open\t0\nis closed\t1795453200000000\n",
        HEAD_OF("0") "open\t\t\t\t1795453200000000\n",
        HEAD_OF("2") "open\t\t\t\t1795453200000000\n",
        HEAD_OF("1") "open\t\t\t\t1795453200000000",
        HEAD_OF("1") "open\t\t\t1795453200000000\n",
        HEAD_OF("1") "open\t\t\t\t1795453200000000\t\n",
        HEAD_OF("1") "open\tleft\t\t\t1795453200000000\n",
        HEAD_OF("1") "open\t\t22:00\t\t1795453200000000\n",
        HEAD_OF("1") "open\t\t\t\t-5\n",
        HEAD_OF("1") "open\t\t\t\t\n",
        HEAD_OF("1") "status\t\t\t\t0\n",
        HEAD_OF("1") "go\tleft\trhein\t\t0\n",
        HEAD_OF("1") "blank\t\t\t\t0\n",
        HEAD_OF("1") "override\t\trhein\t\t0\n",
        HEAD_OF("1") "override\tleft\t\t\t0\n",
        HEAD_OF("1") "override\tleft\trhein#x\t\t0\n",
        HEAD_OF("1") "override\tleft\tzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\t\t0\n",
        HEAD_OF("1") "override\tleft\trhein\tzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\t0\n",
    };
    char text[512];
    for (size_t i = 0; i < SW_COUNT(bad); i++) {
        int length =
            snprintf(text, sizeof text, "%s%016llx\n", bad[i], (unsigned long long)sw_hash_bytes(SW_HASH_START, bad[i], strlen(bad[i])));
        refuse(text, (size_t)length);
    }
    struct sw_told read;
    const char *good = HEAD_OF("1") "override\tleft\trhein\t\t0\n";
    int length = snprintf(text, sizeof text, "%s%016llx\n", good, (unsigned long long)sw_hash_bytes(SW_HASH_START, good, strlen(good)));
    assert_true(sw_told_read(&read, text, (size_t)length));
}

/* -- the clock -- */

#define TICK (5 * SW_HOUR)
#define WRITTEN NOW

/* A word of two hours, written at WRITTEN; the player begins with its clock `off` so much from there. How long the word lasts, at once and
 * after the clock has jumped by `jump` an hour later. */
static const struct {
    const char *what;
    int64_t off;
    enum sw_clock_doubt doubt, later;
    int64_t jump;
    int64_t lasts, left;
} rows[] = {
    {"right, at once", 0, SW_CLOCK_FINE, SW_CLOCK_FINE, 0, 120, 60},
    {"right, half an hour later", 30 * SW_MINUTE, SW_CLOCK_FINE, SW_CLOCK_FINE, 0, 90, 30},
    {"right, and over", 3 * SW_HOUR, SW_CLOCK_FINE, SW_CLOCK_FINE, 0, -60, -120},
    {"before it was written: not right", -3 * SW_HOUR, SW_CLOCK_FINE, SW_CLOCK_FINE, 0, 120, 60},
    {"before it was written, set right", -3 * SW_HOUR, SW_CLOCK_FINE, SW_CLOCK_FINE, 3 * SW_HOUR + 20 * SW_MINUTE, 120, 40},
    {"before it was written, set wrong again", -3 * SW_HOUR, SW_CLOCK_FINE, SW_CLOCK_FINE, -SW_HOUR, 120, 60},
    {"behind, from the day of the build", -20 * 24 * SW_HOUR, SW_CLOCK_BEHIND, SW_CLOCK_BEHIND, 0, 120, 60},
    {"behind, set right", -20 * 24 * SW_HOUR, SW_CLOCK_BEHIND, SW_CLOCK_FINE, 20 * 24 * SW_HOUR + 30 * SW_MINUTE, 120, 30},
    {"behind, set right, over meanwhile", -20 * 24 * SW_HOUR, SW_CLOCK_BEHIND, SW_CLOCK_FINE, 21 * 24 * SW_HOUR, 120, 60 - 24 * 60},
    {"behind, more is known, before it was written", -20 * 24 * SW_HOUR, SW_CLOCK_BEHIND, SW_CLOCK_BEHIND, 24 * SW_HOUR, 120, 60},
    {"behind, more is known, since it was written", -SW_HOUR, SW_CLOCK_BEHIND, SW_CLOCK_BEHIND, 90 * SW_MINUTE, 120, 30},
    {"behind, but known to be later", SW_HOUR, SW_CLOCK_BEHIND, SW_CLOCK_BEHIND, 0, 60, 0},
    {"far ahead", 50 * YEAR, SW_CLOCK_FAR_AHEAD, SW_CLOCK_FAR_AHEAD, 0, 120, 60},
    {"far ahead, set right", 50 * YEAR, SW_CLOCK_FAR_AHEAD, SW_CLOCK_FINE, -50 * YEAR + 30 * SW_MINUTE, 120, 30},
    {"far ahead, then behind", 50 * YEAR, SW_CLOCK_FAR_AHEAD, SW_CLOCK_BEHIND, -51 * YEAR, 120, 60},
    {"right, then behind", 0, SW_CLOCK_FINE, SW_CLOCK_BEHIND, -YEAR, 120, 60},
    {"right, then far ahead", 0, SW_CLOCK_FINE, SW_CLOCK_FAR_AHEAD, 50 * YEAR, 120, 60},
    {"right, then set an hour on by somebody", 0, SW_CLOCK_FINE, SW_CLOCK_FINE, SW_HOUR, 120, 0},
};

static void lasts_as_long_as_was_left(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_told_clock clock;
        const sw_instant end = WRITTEN + 2 * SW_HOUR;
        sw_instant now = WRITTEN + rows[i].off;
        sw_told_clock_begin(&clock, WRITTEN, TICK, now, rows[i].doubt);
        int64_t lasts = end - clock.ahead - now;
        now += SW_HOUR;
        assert_int_equal(sw_told_clock_look(&clock, TICK + SW_HOUR, now, rows[i].doubt), 0);
        now += rows[i].jump;
        (void)sw_told_clock_look(&clock, TICK + SW_HOUR, now, rows[i].later);
        int64_t left = end - clock.ahead - now;
        if (lasts != rows[i].lasts * SW_MINUTE || left != rows[i].left * SW_MINUTE)
            fail_msg("%s: lasts %lld min, then %lld min", rows[i].what, (long long)(lasts / SW_MINUTE), (long long)(left / SW_MINUTE));
    }
}

/* What is told to a player while its clock is wrong goes with it; small corrections are nobody's business. */
static void told_meanwhile(void **state)
{
    (void)state;
    struct sw_told_clock clock;
    sw_told_clock_begin(&clock, 0, TICK, NOW - 50 * YEAR, SW_CLOCK_BEHIND);
    assert_int_equal(clock.ahead, 0);
    assert_int_equal(sw_told_clock_look(&clock, TICK + SW_HOUR, NOW + SW_HOUR, SW_CLOCK_FINE), 50 * YEAR);
    assert_int_equal(clock.ahead, 0);
    assert_int_equal(sw_told_clock_look(&clock, TICK + 2 * SW_HOUR, NOW + 2 * SW_HOUR + 30 * SW_SECOND, SW_CLOCK_FINE), 0);
    assert_int_equal(sw_told_clock_look(&clock, TICK + 3 * SW_HOUR, NOW + 5 * SW_HOUR, SW_CLOCK_FINE), 0);
    assert_int_equal(sw_told_clock_look(&clock, TICK + 4 * SW_HOUR, NOW + 6 * SW_HOUR + 50 * YEAR, SW_CLOCK_FAR_AHEAD), 50 * YEAR);
    assert_int_equal(clock.ahead, -50 * YEAR);
    assert_int_equal(sw_told_clock_look(&clock, TICK + 5 * SW_HOUR, NOW + 7 * SW_HOUR, SW_CLOCK_FINE), -50 * YEAR);
    assert_int_equal(clock.ahead, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(full_and_empty),
        cmocka_unit_test(nothing_to_foresee),
        cmocka_unit_test(the_same_text_for_long),
        cmocka_unit_test(cut_and_rotten_anywhere),
        cmocka_unit_test(by_the_rules),
        cmocka_unit_test(lasts_as_long_as_was_left),
        cmocka_unit_test(told_meanwhile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
