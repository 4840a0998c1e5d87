/* SPDX-License-Identifier: EUPL-1.2 */
/* Records as lines: what is written is read again, and nothing else is. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "diary.h"

static void check_again(const struct sw_play *play)
{
    char line[SW_PLAY_LINE_MAX];
    struct sw_play again;
    size_t length = sw_play_write(play, line);
    assert_int_equal(length, strlen(line));
    assert_int_equal(line[length - 1], '\n');
    assert_ptr_equal(memchr(line, '\n', length), &line[length - 1]);
    memset(&again, 0xa5, sizeof again);
    assert_true(sw_play_read(line, length - 1, &again));
    assert_int_equal(again.from, play->from);
    assert_int_equal(again.until, play->until);
    assert_int_equal(again.begins, play->begins);
    assert_string_equal(again.zone, play->zone);
    assert_string_equal(again.scene, play->scene);
    assert_string_equal(again.page, play->page);
    assert_string_equal(again.why, play->why);
    assert_string_equal(again.release, play->release);
    assert_string_equal(again.by, play->by);
}

static void test_again(void **state)
{
    (void)state;
    struct sw_play play = diary_play(14);
    check_again(&play);
    play = (struct sw_play){.from = 0, .until = 1};
    check_again(&play);
    play = (struct sw_play){.from = SW_PLAY_INSTANT_MAX - 1, .until = SW_PLAY_INSTANT_MAX, .begins = true};
    memset(play.zone, 1, sizeof play.zone - 1); /* each byte the worst, each field full */
    memset(play.scene, '%', sizeof play.scene - 1);
    memset(play.page, '\t', sizeof play.page - 1);
    memset(play.why, '\n', sizeof play.why - 1);
    memset(play.release, 0x7f, sizeof play.release - 1);
    memset(play.by, '\r', sizeof play.by - 1);
    check_again(&play);
}

static void test_cut_texts(void **state)
{
    (void)state;
    char field[8];
    static const struct {
        const char *text, *expected;
    } cases[] = {{NULL, ""},           {"", ""},
                 {"1234567", "1234567"}, {"12345678", "1234567"},
                 {"12345\303\274", "12345\303\274"}, {"123456\303\274", "123456"},
                 {"\377\377\377\377\377\377\377\377", ""}};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        memset(field, 0xa5, sizeof field);
        sw_play_set(field, sizeof field, cases[i].text);
        assert_string_equal(field, cases[i].expected);
        assert_int_equal(field[sizeof field - 1], 0);
    }
}

/* Each byte of a line changed to each other value, left out, and one put in anywhere. */
static void test_rot(void **state)
{
    (void)state;
    char line[SW_PLAY_LINE_MAX], rotten[SW_PLAY_LINE_MAX + 1];
    struct sw_play play = diary_play(21), read;
    size_t length = sw_play_write(&play, line) - 1;
    for (size_t i = 0; i < length; i++) {
        memcpy(rotten, line, length);
        for (int value = 0; value < 256; value++) {
            rotten[i] = (char)value;
            assert_int_equal(sw_play_read(rotten, length, &read), rotten[i] == line[i]);
        }
        memmove(rotten + i, line + i + 1, length - i - 1);
        assert_false(sw_play_read(rotten, length - 1, &read));
        memcpy(rotten, line, i);
        rotten[i] = '0';
        memcpy(rotten + i + 1, line + i, length - i);
        assert_false(sw_play_read(rotten, length + 1, &read));
    }
    for (size_t cut = 0; cut < length; cut++)
        assert_false(sw_play_read(line, cut, &read));
    assert_false(sw_play_read(line, length + 1, &read)); /* with its end */
}

/* With a checksum that is right, but nothing that we would write. */
static void test_foreign(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "",
        "\t\t\t\t\t\t\t\t\t",
        "10\t10\t1\tz\ts\t\twhy\t\t\t",
        "20\t10\t1\tz\ts\t\twhy\t\t\t",
        "-1\t10\t1\tz\ts\t\twhy\t\t\t",
        "1\t253402300799000001\t1\tz\ts\t\twhy\t\t\t",
        "1\t99999999999999999999999\t1\tz\ts\t\twhy\t\t\t",
        "01\t10\t1\tz\ts\t\twhy\t\t\t",
        "1\t10\t2\tz\ts\t\twhy\t\t\t",
        "1\t10\t1\tz\ts\t\twhy\t\t",
        "1\t10\t1\tz\ts\t\twhy\t\t\tx\t",
        "1\t10\t1\t%41\ts\t\twhy\t\t\t",
        "1\t10\t1\t%0a\ts\t\twhy\t\t\t",
        "1\t10\t1\t%00\ts\t\twhy\t\t\t",
        "1\t10\t1\t%G0\ts\t\twhy\t\t\t",
        "1\t10\t1\tz\ts\t\twhy\t\t%\t",
        "1\t10\t1\tz\ts\t\twhywhywhywhywhywhy\t\t\t",
    };
    char line[SW_PLAY_LINE_MAX];
    struct sw_play read;
    for (size_t i = 0; i < SW_COUNT(bodies); i++) {
        unsigned long long check = sw_hash_bytes(SW_HASH_START, bodies[i], strlen(bodies[i]));
        int length = snprintf(line, sizeof line, "%s%016llx", bodies[i], check);
        assert_false(sw_play_read(line, (size_t)length, &read));
    }
    const char *sound = "1\t10\t1\tz\ts\t\twhy\t\t\t"; /* or the cases above would prove nothing */
    int length = snprintf(line, sizeof line, "%s%016llx", sound, (unsigned long long)sw_hash_bytes(SW_HASH_START, sound, strlen(sound)));
    assert_true(sw_play_read(line, (size_t)length, &read));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_again), cmocka_unit_test(test_cut_texts), cmocka_unit_test(test_rot),
                                       cmocka_unit_test(test_foreign)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
