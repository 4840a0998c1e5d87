/* SPDX-License-Identifier: EUPL-1.2 */
/* Which rung the next player is started on, after what; and that the memory of it outlives whoever had it. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "supervisor/ladder.h"

#define NOW INT64_C(1795442700000000)
#define WALL UINT64_C(0xFEDCBA9876543210)

/* Events: "." a start, each a second after the one before it; "m" a minute passes, "r" ten, "b" the clock goes back an hour; "t" the last
 * start is taken back; "f" forget, "g" good; "s" through the file. Answers: the rungs of the starts, c f s. */
struct story {
    const char *events, *with, *without;
};

static const struct story stories[] = {
    {"...", "ccc", "ccc"},
    {"....", "cccf", "cccs"},
    {".......", "cccfffs", "cccssss"},
    {"..........", "cccfffssss", "cccsssssss"},
    {"..m.m..", "ccccc", "ccccc"},      /* not so soon after each other */
    {"...m....", "ccccccf", "ccccccs"}, /* the window moves on */
    {"..g....", "cccccf", "cccccs"},
    {"..f....", "cccccf", "cccccs"},
    {"...t..", "ccccf", "ccccs"}, /* no display is no crash */
    {"...tttt...", "cccccc", "cccccc"},
    {"....g....", "cccfcccf", "cccsssss"}, /* a fallback that is good is the content; the built-in scene is not */
    {"....f..", "cccfff", "cccsss"},       /* one that was ended on purpose stays what it is */
    {"....f...m....", "cccfffffffs", "cccssssssss"},
    {"....r.", "cccfc", "cccsc"}, /* the content is due again */
    {".......r.", "cccfffsc", "cccssssc"},
    {"....m.m.m.r.", "cccffffc", "cccssssc"},
    {"....r....", "cccfcccf", "cccscccs"},
    {"....b.", "cccfc", "cccsc"}, /* a clock that was set back holds nothing against anybody */
    {"..b....", "cccccf", "cccccs"},
};

static void play(const struct story *story, bool fallback, bool saved, const char *wanted)
{
    static const char rungs[] = {[SW_LADDER_CONTENT] = 'c', [SW_LADDER_FALLBACK] = 'f', [SW_LADDER_SAFE] = 's'};
    char path[] = "/tmp/sw-ladder-XXXXXX", answers[32] = "";
    int file = mkstemp(path);
    struct sw_ladder ladder = {.wall = WALL};
    sw_instant now = NOW;
    size_t count = 0;
    assert_true(file >= 0);
    close(file);
    for (const char *event = story->events; *event != '\0'; event++) {
        if (*event == '.')
            answers[count++] = rungs[sw_ladder_start(&ladder, fallback, now += SW_SECOND)];
        else if (*event == 't')
            sw_ladder_take_back(&ladder);
        else if (*event == 'f')
            sw_ladder_forget(&ladder);
        else if (*event == 'g' && ladder.rung != SW_LADDER_SAFE)
            sw_ladder_good(&ladder);
        now += *event == 'm' ? SW_MINUTE : *event == 'r' ? SW_LADDER_RETRY : *event == 'b' ? -SW_HOUR : 0;
        assert_int_equal(sw_ladder_retry_at(&ladder), ladder.rung == SW_LADDER_CONTENT ? SW_NEVER : ladder.since + SW_LADDER_RETRY);
        if (saved) {
            assert_true(sw_ladder_save(&ladder, path));
            memset(&ladder, 0x55, sizeof ladder);
            sw_ladder_load(&ladder, path, WALL);
        }
    }
    if (strcmp(answers, wanted) != 0)
        fail_msg("%s%s: %s, not %s", story->events, fallback ? " with a fallback" : "", answers, wanted);
    unlink(path);
}

static void starts_end_on_their_rungs(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(stories); i++) {
        play(&stories[i], true, false, stories[i].with);
        play(&stories[i], false, false, stories[i].without);
        play(&stories[i], true, true, stories[i].with);
        play(&stories[i], false, true, stories[i].without);
    }
}

/* The same with a player that follows no more: what it was before is not there. */
static void a_rung_that_is_gone(void **state)
{
    (void)state;
    struct sw_ladder ladder = {.wall = WALL, .rung = SW_LADDER_FALLBACK, .since = NOW, .starts = {NOW}, .count = 1};
    assert_int_equal(sw_ladder_start(&ladder, false, NOW + 1), SW_LADDER_CONTENT);
    assert_int_equal(ladder.count, 1);
}

/* What has crashed is not tried again for being offered; what nobody has tried is. */
static void what_is_offered_to_the_built_in_scene(void **state)
{
    (void)state;
    struct sw_ladder ladder = {.wall = WALL};
    sw_instant now = NOW;
    assert_false(sw_ladder_try(&ladder, 4));
    assert_false(sw_ladder_try(&ladder, 3)); /* the fallback */
    assert_int_equal(ladder.tried, 4);
    while (ladder.rung != SW_LADDER_SAFE)
        (void)sw_ladder_start(&ladder, true, ++now);
    assert_false(sw_ladder_try(&ladder, 4));
    assert_false(sw_ladder_try(&ladder, 3));
    assert_int_equal(ladder.rung, SW_LADDER_SAFE);
    assert_true(sw_ladder_try(&ladder, 5));
    assert_false(sw_ladder_try(&ladder, 6)); /* the content is due already */
    assert_int_equal(ladder.tried, 6);
    assert_int_equal(sw_ladder_start(&ladder, true, ++now), SW_LADDER_CONTENT);
}

static void load(struct sw_ladder *ladder, const char *text)
{
    char path[] = "/tmp/sw-ladder-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
    memset(ladder, 0x55, sizeof *ladder);
    sw_ladder_load(ladder, path, WALL);
    unlink(path);
}

static void the_file(void **state)
{
    (void)state;
    struct sw_ladder ladder;
    load(&ladder, "schauwand-starts 3 fedcba9876543210 1 1795442700000000 2 1795442700000001 1795442700000002 0\n");
    assert_int_equal(ladder.rung, SW_LADDER_FALLBACK);
    assert_true(ladder.since == NOW && ladder.count == 2 && ladder.starts[0] == NOW + 1 && ladder.starts[1] == NOW + 2);
    load(&ladder, "schauwand-starts 3 fedcba9876543210 2 1795442700000000 0 17\n");
    assert_int_equal(ladder.rung, SW_LADDER_SAFE);
    assert_int_equal(ladder.tried, 17);
}

static void what_is_no_such_file(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "x",
        "schauwand-starts 3",
        "schauwand-starts 2 fedcba9876543210 0 1 1\n", /* of an older one */
        "schauwand-starts 3 0123456789abcdef 1 5 0 0\n", /* another wall's */
        "schauwand-starts 3 fedcba9876543210 3 5 0 0\n", /* rungs */
        "schauwand-starts 3 fedcba9876543210 -1 5 0 0\n",
        "schauwand-starts 3 fedcba9876543210 2 5 1 5 0\n", /* the built-in scene counts nothing */
        "schauwand-starts 3 fedcba9876543210 1 -5 0 0\n",
        "schauwand-starts 3 fedcba9876543210 1 9223372036854775807 0 0\n",
        "schauwand-starts 3 fedcba9876543210 1 9223372036854775808 0 0\n",
        "schauwand-starts 3 fedcba9876543210 1 5 4 1 2 3 4 0\n",
        "schauwand-starts 3 fedcba9876543210 1 5 -1 0\n",
        "schauwand-starts 3 fedcba9876543210 1 5 2 1 0\n", /* cut */
        "schauwand-starts 3 fedcba9876543210 1 5 1 17954427",
        "schauwand-starts 3 fedcba9876543210 1 5 1 -9223372036854775808 0\n",
        "schauwand-starts 3 fedcba9876543210 1 5 1 x 0\n",
        "schauwand-starts 3 fedcba9876543210 1 5 1 5 5 0\n",
        "schauwand-starts 3 fedcba9876543210 1 5 1 5\n",
        "schauwand-starts 3 fedcba9876543210 1 5 1 5 -1\n",
    };
    for (size_t i = 0; i < SW_COUNT(texts); i++) {
        struct sw_ladder ladder;
        load(&ladder, texts[i]);
        if (ladder.wall != WALL || ladder.rung != SW_LADDER_CONTENT || ladder.since != 0 || ladder.count != 0)
            fail_msg("taken: %s", texts[i]);
    }
    struct sw_ladder ladder;
    sw_ladder_load(&ladder, "/nowhere/starts", WALL);
    assert_int_equal(ladder.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(starts_end_on_their_rungs), cmocka_unit_test(a_rung_that_is_gone),
                                       cmocka_unit_test(what_is_offered_to_the_built_in_scene),
        cmocka_unit_test(the_file), cmocka_unit_test(what_is_no_such_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
