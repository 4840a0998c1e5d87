/* SPDX-License-Identifier: EUPL-1.2 */
/* Playheads: when they begin, where they are, what they survive, and how often they may be sent elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stage/playhead.h"

#define LENGTH (10 * SW_SECOND)
#define KEY 77

/* A tree of a root and two videos. */
struct tree {
    struct sw_box root, boxes[2], controls;
    struct sw_reel reels[2];
};

static void plant(struct tree *tree, bool loop)
{
    *tree = (struct tree){.root = {.first = &tree->boxes[0]}};
    for (int i = 0; i < 2; i++) {
        tree->reels[i] = (struct sw_reel){.clip = 5, .length = LENGTH, .loop = loop};
        tree->boxes[i] = (struct sw_box){.identity = (uint64_t)i + 1, .reel = &tree->reels[i]};
    }
    tree->reels[0].controls = &tree->controls;
    tree->boxes[0].next = &tree->boxes[1];
}

static struct sw_playback look(struct sw_playheads *heads, uint64_t identity, sw_tick now)
{
    struct sw_playback playbacks[SW_PLAYHEADS_MAX];
    size_t count = sw_playheads_drawn(heads, KEY, 0.5, now, playbacks);
    for (size_t i = 0; i < count; i++)
        if (playbacks[i].identity == identity)
            return playbacks[i];
    fail_msg("there is no playhead %u", (unsigned)identity);
    return (struct sw_playback){.identity = 0};
}

/* Its element has drawn something of all of them. */
static bool see(struct sw_playheads *heads, sw_tick now)
{
    struct sw_playback playbacks[SW_PLAYHEADS_MAX];
    size_t count = sw_playheads_drawn(heads, KEY, 1, now, playbacks);
    for (size_t i = 0; i < count; i++) {
        playbacks[i].there = true;
        playbacks[i].picture++;
    }
    return sw_playheads_seen(heads, playbacks, count, now);
}

/* Both play from tick 1 s on. */
static void begin(struct sw_playheads *heads, struct tree *tree, bool loop)
{
    plant(tree, loop);
    *heads = (struct sw_playheads){.count = 0};
    sw_playheads_note(heads, &tree->root, 0);
    assert_false(see(heads, 0));
    sw_playheads_enter(heads, SW_SECOND);
}

static void begins_on_the_wall_with_its_first_picture(void **state)
{
    (void)state;
    struct tree tree;
    struct sw_playheads heads = {.count = 0};
    plant(&tree, false);
    sw_playheads_note(&heads, &tree.root, 0);
    assert_int_equal(heads.count, 2);
    assert_false(look(&heads, 1, SW_SECOND).running);
    sw_playheads_enter(&heads, 2 * SW_SECOND);
    assert_false(look(&heads, 1, 3 * SW_SECOND).running); /* nothing of it is there */
    assert_true(look(&heads, 1, 3 * SW_SECOND).plays);
    assert_true(see(&heads, 4 * SW_SECOND));
    assert_false(see(&heads, 4 * SW_SECOND));
    struct sw_playback playback = look(&heads, 1, 5 * SW_SECOND);
    assert_true(playback.running);
    assert_int_equal(playback.position, SW_SECOND);
    assert_int_equal(playback.tick, 5 * SW_SECOND);
    assert_float_equal(playback.volume, 0.5, 0);
    assert_true(playback.key != 0 && playback.key != look(&heads, 2, 0).key);
}

static void survives_trees_and_ends_with_its_box(void **state)
{
    (void)state;
    struct tree tree, again;
    struct sw_playheads heads;
    begin(&heads, &tree, true);
    plant(&again, true);
    again.boxes[1].hidden = true;
    sw_playheads_note(&heads, &again.root, 4 * SW_SECOND);
    assert_int_equal(heads.count, 1);
    assert_int_equal(look(&heads, 1, 5 * SW_SECOND).position, 4 * SW_SECOND);
    plant(&tree, true);
    sw_playheads_note(&heads, &tree.root, 6 * SW_SECOND);
    assert_int_equal(look(&heads, 1, 6 * SW_SECOND).position, 5 * SW_SECOND);
    assert_int_equal(look(&heads, 2, 6 * SW_SECOND).position, 0);
    assert_false(look(&heads, 2, 6 * SW_SECOND).running);
}

static void another_clip_goes_on_where_the_one_before_was(void **state)
{
    (void)state;
    struct tree tree, other;
    struct sw_playheads heads;
    begin(&heads, &tree, true);
    uint64_t key = look(&heads, 1, 0).key;
    plant(&other, true);
    other.reels[0].clip = 6;
    other.reels[0].length = 30 * SW_SECOND;
    sw_playheads_note(&heads, &other.root, 14 * SW_SECOND); /* in its second round */
    struct sw_playback playback = look(&heads, 1, 15 * SW_SECOND);
    assert_false(playback.running);
    assert_int_equal(playback.position, 3 * SW_SECOND);
    assert_true(playback.key != key);
    assert_true(see(&heads, 16 * SW_SECOND));
    assert_int_equal(look(&heads, 1, 17 * SW_SECOND).position, 4 * SW_SECOND);
    assert_int_equal(look(&heads, 2, 17 * SW_SECOND).position, 16 * SW_SECOND);
}

static void ends_once(void **state)
{
    (void)state;
    struct tree tree;
    struct sw_playheads heads;
    begin(&heads, &tree, false);
    (void)look(&heads, 1, 5 * SW_SECOND);
    assert_int_equal(sw_playheads_next(&heads, 5 * SW_SECOND), 11 * SW_SECOND);
    assert_false(sw_playheads_step(&heads, 11 * SW_SECOND - 1));
    assert_null(sw_playheads_ended(&heads));
    assert_true(sw_playheads_step(&heads, 13 * SW_SECOND));
    assert_non_null(sw_playheads_ended(&heads));
    assert_non_null(sw_playheads_ended(&heads));
    assert_null(sw_playheads_ended(&heads));
    struct sw_playback playback = look(&heads, 1, 20 * SW_SECOND);
    assert_true(playback.ended && !playback.running && !playback.plays);
    assert_int_equal(playback.position, LENGTH);
    assert_false(sw_playheads_step(&heads, 21 * SW_SECOND));
    sw_playheads_play(&heads, 1, SW_PLAYING_TOGGLE, 22 * SW_SECOND);
    playback = look(&heads, 1, 23 * SW_SECOND);
    assert_true(playback.running && !playback.ended);
    assert_int_equal(playback.position, SW_SECOND);
    assert_true(sw_playheads_step(&heads, 32 * SW_SECOND));
    assert_non_null(sw_playheads_ended(&heads));
}

static void a_loop_counts_on_and_never_ends(void **state)
{
    (void)state;
    struct tree tree;
    struct sw_playheads heads;
    begin(&heads, &tree, true);
    assert_false(sw_playheads_step(&heads, 36 * SW_SECOND));
    assert_null(sw_playheads_ended(&heads));
    struct sw_playback playback = look(&heads, 1, 36 * SW_SECOND);
    assert_int_equal(playback.position, 35 * SW_SECOND);
    assert_int_equal(playback.shown, 5 * SW_SECOND);
    sw_playheads_seek(&heads, 1, 8 * SW_SECOND, 36 * SW_SECOND);
    assert_int_equal(look(&heads, 1, 37 * SW_SECOND).position, 39 * SW_SECOND);
}

static void is_paused_and_sent_elsewhere(void **state)
{
    (void)state;
    struct tree tree;
    struct sw_playheads heads;
    begin(&heads, &tree, false);
    sw_playheads_play(&heads, 1, SW_PLAYING_PAUSE, 3 * SW_SECOND);
    sw_playheads_play(&heads, 99, SW_PLAYING_PAUSE, 3 * SW_SECOND);
    assert_int_equal(look(&heads, 1, 6 * SW_SECOND).position, 2 * SW_SECOND);
    sw_playheads_seek(&heads, 1, 7 * SW_SECOND, 6 * SW_SECOND);
    assert_int_equal(look(&heads, 1, 8 * SW_SECOND).position, 7 * SW_SECOND);
    assert_false(look(&heads, 1, 8 * SW_SECOND).running);
    sw_playheads_play(&heads, 1, SW_PLAYING_PLAY, 8 * SW_SECOND);
    assert_int_equal(look(&heads, 1, 9 * SW_SECOND).position, 8 * SW_SECOND);
    static const struct {
        int64_t to, position;
    } table[] = {{-5, 0}, {INT64_MIN, 0}, {LENGTH, LENGTH}, {INT64_MAX, LENGTH}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        sw_tick now = (sw_tick)(20 + i) * SW_SECOND;
        sw_playheads_seek(&heads, 1, table[i].to, now);
        assert_int_equal(look(&heads, 1, now).position, table[i].position);
    }
}

/* A finger moves sixty times a second, the pictures as often as they come, and ten times at most; where it lifts they are in the end. */
static void scrubs_at_a_rate_that_can_be_followed(void **state)
{
    (void)state;
    static const struct {
        int late, least, most; /* late: frames until a picture of where it is has come */
    } table[] = {{0, 8, 10}, {12, 3, 6}, {1000, 1, 2}};
    for (size_t k = 0; k < sizeof table / sizeof table[0]; k++) {
        struct tree tree;
        struct sw_playheads heads;
        begin(&heads, &tree, false);
        sw_tick now = 3 * SW_SECOND;
        int jumps = 0, since = 0;
        int64_t before = -1;
        sw_playheads_scrub(&heads, 1, 0.1, true, now);
        for (int i = 0; i < 60; i++) {
            now += SW_SECOND / 60;
            sw_playheads_scrub(&heads, 1, 0.1 + i / 100.0, false, now);
            (void)sw_playheads_step(&heads, now);
            struct sw_playback playback = look(&heads, 1, now);
            assert_false(playback.running);
            assert_true(playback.held);
            assert_in_range(playback.shown, LENGTH / 100 * (10 + i) - 1, LENGTH / 100 * (10 + i) + 1);
            since = playback.position != before ? 0 : since + 1;
            jumps += playback.position != before;
            before = playback.position;
            if (since == table[k].late)
                (void)see(&heads, now);
        }
        assert_in_range(jumps, table[k].least, table[k].most);
        sw_playheads_let_go(&heads, 1, now);
        sw_playheads_seek(&heads, 1, LENGTH / 2, now);
        sw_tick due = sw_playheads_next(&heads, now);
        assert_true(due <= now + SW_SEEK_AWAIT_US);
        due = due > now ? due : now;
        (void)sw_playheads_step(&heads, due);
        assert_true(look(&heads, 1, due).running);
        assert_int_equal(look(&heads, 1, due).position, LENGTH / 2);
    }
}

static void several_fingers_hold_it(void **state)
{
    (void)state;
    struct tree tree;
    struct sw_playheads heads;
    begin(&heads, &tree, false);
    sw_playheads_scrub(&heads, 1, 0.2, true, 2 * SW_SECOND);
    sw_playheads_scrub(&heads, 1, 0.7, true, 3 * SW_SECOND);
    sw_playheads_let_go(&heads, 1, 4 * SW_SECOND);
    assert_false(look(&heads, 1, 4 * SW_SECOND).running);
    assert_true(look(&heads, 2, 4 * SW_SECOND).running);
    sw_playheads_let_go(&heads, 1, 5 * SW_SECOND);
    assert_true(look(&heads, 1, 5 * SW_SECOND).running);
    sw_playheads_let_go(&heads, 1, 5 * SW_SECOND);
    assert_true(look(&heads, 1, 6 * SW_SECOND).running);
    assert_int_equal(look(&heads, 1, 6 * SW_SECOND).position, 8 * SW_SECOND);
}

static void controls_go_when_nobody_wants_them(void **state)
{
    (void)state;
    struct tree tree;
    struct sw_playheads heads;
    begin(&heads, &tree, false); /* at 1 s */
    assert_float_equal(look(&heads, 1, 4 * SW_SECOND).presence, 1, 0);
    assert_false(tree.controls.hidden);
    (void)look(&heads, 1, 2 * SW_SECOND);
    assert_int_equal(sw_playheads_next(&heads, 2 * SW_SECOND), 4 * SW_SECOND);
    double fading = look(&heads, 1, 4 * SW_SECOND + SW_CONTROLS_FADE_US / 2).presence;
    assert_true(fading > 0 && fading < 1);
    assert_int_equal(sw_playheads_next(&heads, 5 * SW_SECOND), 5 * SW_SECOND); /* the last of it is still drawn */
    assert_float_equal(look(&heads, 1, 5 * SW_SECOND).presence, 0, 0);
    assert_true(tree.controls.hidden);
    assert_int_equal(sw_playheads_next(&heads, 5 * SW_SECOND), 11 * SW_SECOND);
    sw_playheads_touch(&heads, 1, 6 * SW_SECOND);
    assert_float_equal(look(&heads, 1, 6 * SW_SECOND).presence, 1, 0);
    assert_false(tree.controls.hidden);
    sw_playheads_play(&heads, 1, SW_PLAYING_PAUSE, 7 * SW_SECOND);
    assert_float_equal(look(&heads, 1, 60 * SW_SECOND).presence, 1, 0);
    sw_playheads_play(&heads, 1, SW_PLAYING_PLAY, 60 * SW_SECOND);
    assert_float_equal(look(&heads, 1, 64 * SW_SECOND).presence, 0, 0);
    heads.steady = true;
    assert_float_equal(look(&heads, 1, 64 * SW_SECOND).presence, 1, 0);
}

static void more_than_can_be_stand_still(void **state)
{
    (void)state;
    struct sw_box boxes[SW_PLAYHEADS_MAX + 5] = {{.hidden = false}}, root = {.first = boxes};
    struct sw_reel reels[SW_PLAYHEADS_MAX + 5] = {{.clip = 0}};
    struct sw_playheads heads = {.count = 0};
    for (size_t i = 0; i < SW_PLAYHEADS_MAX + 5; i++) {
        boxes[i] = (struct sw_box){.identity = i + 1, .reel = &reels[i], .next = i < SW_PLAYHEADS_MAX + 4 ? &boxes[i + 1] : NULL};
        reels[i].length = LENGTH;
    }
    sw_playheads_note(&heads, &root, 0);
    assert_int_equal(heads.count, SW_PLAYHEADS_MAX);
}

/* -- how long it is watched -- */

static void what_plays_is_watched_to_its_end(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        bool loop;
        int64_t length_s, touched_s, until_s;
    } table[] = {
        {"to its end", false, 10, 3, 11},
        {"the round that played", true, 10, 3, 11},
        {"a later round", true, 10, 15, 21},
        {"not for ever", false, 7200, 3, 903},
        {"nothing is known of it", false, 0, 3, 3},
        {"it had not begun when it was touched", true, 10, 0, 11},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct tree tree;
        struct sw_playheads heads = {.count = 0};
        plant(&tree, table[i].loop);
        tree.reels[0].length = table[i].length_s * SW_SECOND;
        tree.boxes[0].next = NULL;
        sw_playheads_note(&heads, &tree.root, 0);
        (void)see(&heads, 0);
        sw_playheads_enter(&heads, SW_SECOND);
        if (sw_playheads_watched(&heads, table[i].touched_s * SW_SECOND) != table[i].until_s * SW_SECOND)
            fail_msg("%s: %g s", table[i].what, (double)sw_playheads_watched(&heads, table[i].touched_s * SW_SECOND) / SW_SECOND);
        sw_playheads_note(&heads, &tree.root, 12 * SW_SECOND); /* built anew in its second round */
        int64_t until = sw_playheads_watched(&heads, table[i].touched_s * SW_SECOND);
        assert_int_equal(until, table[i].until_s * SW_SECOND);
        sw_playheads_play(&heads, 1, SW_PLAYING_PAUSE, 4 * SW_SECOND);
        assert_int_equal(sw_playheads_watched(&heads, 4 * SW_SECOND), 4 * SW_SECOND);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_on_the_wall_with_its_first_picture),
        cmocka_unit_test(survives_trees_and_ends_with_its_box),
        cmocka_unit_test(another_clip_goes_on_where_the_one_before_was),
        cmocka_unit_test(ends_once),
        cmocka_unit_test(a_loop_counts_on_and_never_ends),
        cmocka_unit_test(is_paused_and_sent_elsewhere),
        cmocka_unit_test(scrubs_at_a_rate_that_can_be_followed),
        cmocka_unit_test(several_fingers_hold_it),
        cmocka_unit_test(controls_go_when_nobody_wants_them),
        cmocka_unit_test(more_than_can_be_stand_still),
        cmocka_unit_test(what_plays_is_watched_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
