/* SPDX-License-Identifier: EUPL-1.2 */
/* How a wall closes and opens, second by second. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "bed.h"
#include "stage/curtain.h"
#include "stage/tell.h"

#define OPENS (BED_MIDNIGHT + 9 * SW_HOUR)

/* A curtain and what it was last. */
struct hung {
    struct sw_curtain curtain;
    struct sw_curtain_wish wish;
    struct sw_curtain_state state;
    struct sw_time now;
};

static struct hung hang(bool open, sw_instant instant)
{
    return (struct hung){.wish = {.open = open, .opens = open ? SW_NEVER : OPENS, .countdown = 20 * SW_SECOND},
                         .now = {.tick = SW_HOUR, .instant = instant}};
}

static void step(struct hung *hung) { hung->state = sw_curtain_step(&hung->curtain, &hung->wish, hung->now); }

/* In frames, so that what moves has arrived. */
static void pass(struct hung *hung, int64_t duration)
{
    step(hung);
    for (int64_t left = duration; left > 0; left -= 20 * SW_MS) {
        int64_t part = left < 20 * SW_MS ? left : 20 * SW_MS;
        hung->now.tick += part;
        hung->now.instant += part;
        step(hung);
    }
}

#define assert_state(hung, is_black, is_lit, welcomes) \
    do { \
        assert_true((hung)->state.black > (is_black)-1e-6 && (hung)->state.black < (is_black) + 1e-6); \
        assert_int_equal((hung)->state.lit, is_lit); \
        assert_int_equal((hung)->state.welcome, welcomes); \
    } while (0)

static void it_begins_as_it_is_to_be(void **unused)
{
    (void)unused;
    struct hung open = hang(true, OPENS), closed = hang(false, OPENS - SW_HOUR);
    closed.wish.visits = true; /* of nobody who came before */
    step(&open);
    assert_state(&open, 0.0, true, SW_WELCOME_ALL);
    assert_true(open.state.next == SW_NEVER);
    step(&closed);
    assert_state(&closed, 1.0, false, SW_WELCOME_NOBODY);
    assert_true(closed.state.next == closed.now.tick + SW_HOUR - SW_CURTAIN_LEAD);
}

static void it_falls_slowly_and_then_the_screens_go_off(void **unused)
{
    (void)unused;
    struct hung hung = hang(true, OPENS + 9 * SW_HOUR);
    step(&hung);
    hung.wish = (struct sw_curtain_wish){.open = false, .opens = OPENS + 24 * SW_HOUR, .countdown = 20 * SW_SECOND};
    step(&hung);
    assert_state(&hung, 0.0, true, SW_WELCOME_NOBODY);
    assert_true(hung.state.next == hung.now.tick);
    pass(&hung, SW_CURTAIN_FADE / 2);
    assert_state(&hung, 0.5, true, SW_WELCOME_NOBODY);
    pass(&hung, SW_CURTAIN_FADE / 2);
    assert_state(&hung, 1.0, false, SW_WELCOME_NOBODY);
    step(&hung);
    assert_true(hung.state.next == hung.now.tick + (hung.wish.opens - hung.now.instant) - SW_CURTAIN_LEAD);
}

static void the_picture_is_there_when_it_opens(void **unused)
{
    (void)unused;
    struct hung hung = hang(false, OPENS - SW_CURTAIN_LEAD - SW_SECOND);
    pass(&hung, SW_SECOND - SW_MS);
    assert_state(&hung, 1.0, false, SW_WELCOME_NOBODY);
    pass(&hung, SW_MS);
    assert_state(&hung, 1.0, true, SW_WELCOME_NOBODY);
    assert_true(hung.state.next == hung.now.tick + SW_CURTAIN_LEAD - SW_CURTAIN_FADE);
    hung.now.tick += SW_CURTAIN_LEAD - SW_CURTAIN_FADE;
    hung.now.instant += SW_CURTAIN_LEAD - SW_CURTAIN_FADE;
    step(&hung);
    assert_state(&hung, 1.0, true, SW_WELCOME_NOBODY); /* however long it slept */
    pass(&hung, SW_CURTAIN_FADE / 2);
    assert_state(&hung, 0.5, true, SW_WELCOME_NOBODY);
    pass(&hung, SW_CURTAIN_FADE / 2);
    assert_state(&hung, 0.0, true, SW_WELCOME_NOBODY);
    hung.wish = (struct sw_curtain_wish){.open = true, .opens = SW_NEVER};
    step(&hung);
    assert_state(&hung, 0.0, true, SW_WELCOME_ALL);
    assert_true(hung.state.next == SW_NEVER);
}

static void nobody_is_cut_off(void **unused)
{
    (void)unused;
    struct hung hung = hang(true, OPENS + 9 * SW_HOUR);
    hung.wish.visits = true;
    step(&hung);
    hung.wish.open = false;
    step(&hung);
    assert_state(&hung, 0.0, true, SW_WELCOME_STAYING);
    pass(&hung, SW_MINUTE);
    assert_state(&hung, 0.0, true, SW_WELCOME_STAYING);
    struct hung leaves = hung;
    leaves.wish.visits = false;
    pass(&leaves, SW_CURTAIN_FADE);
    assert_state(&leaves, 1.0, false, SW_WELCOME_NOBODY);
    hung.now.tick += SW_CURTAIN_PATIENCE - SW_MINUTE - 21 * SW_SECOND;
    step(&hung);
    assert_state(&hung, 0.0, true, SW_WELCOME_STAYING);
    assert_true(hung.state.next == hung.now.tick + SW_SECOND);
    pass(&hung, SW_SECOND);
    assert_state(&hung, 0.0, true, SW_WELCOME_LAST);
    hung.now.tick += 20 * SW_SECOND;
    step(&hung);
    assert_state(&hung, 0.0, true, SW_WELCOME_NOBODY);
    pass(&hung, SW_CURTAIN_FADE);
    assert_state(&hung, 1.0, false, SW_WELCOME_NOBODY);
}

static void blank_is_quick_and_leaves_the_screens_on(void **unused)
{
    (void)unused;
    struct hung hung = hang(true, OPENS);
    step(&hung);
    hung.wish.blank = hung.wish.visits = true;
    pass(&hung, SW_CURTAIN_BLANK);
    assert_state(&hung, 1.0, true, SW_WELCOME_NOBODY);
    hung.wish.blank = false;
    pass(&hung, SW_CURTAIN_BLANK);
    assert_state(&hung, 0.0, true, SW_WELCOME_ALL);
    hung.wish.blank = true;
    pass(&hung, SW_CURTAIN_BLANK);
    hung.wish.open = hung.wish.visits = false; /* it closes meanwhile */
    step(&hung);
    assert_state(&hung, 1.0, false, SW_WELCOME_NOBODY);
}

/* Whatever is wanted when: black only ever moves as fast as it may, is never seen with dark screens, and who is welcome sees something. */
static void nothing_ever_jumps(void **unused)
{
    (void)unused;
    uint64_t seed = 7;
    struct hung hung = hang(true, OPENS);
    step(&hung);
    for (int i = 0; i < 200000; i++) {
        double before = hung.state.black;
        seed = seed * 6364136223846793005ull + 1442695040888963407ull;
        unsigned dice = (unsigned)(seed >> 33);
        if (dice % 97 == 0)
            hung.wish = (struct sw_curtain_wish){.open = dice & 1024, .visits = dice & 2048, .blank = (dice & 0x7000) == 0,
                                                 .opens = hung.now.instant + (int64_t)(dice % 40) * SW_SECOND,
                                                 .countdown = 20 * SW_SECOND};
        int64_t part = (dice >> 16) % 50 * SW_MS;
        hung.now.tick += part;
        hung.now.instant += part;
        step(&hung);
        double moved = hung.state.black - before, most = (double)part / (double)SW_CURTAIN_BLANK + 1e-9;
        assert_true(moved <= most && -moved <= most);
        assert_true(hung.state.lit || hung.state.black == 1);
        assert_true(hung.state.next >= hung.now.tick);
        assert_true(hung.state.welcome == SW_WELCOME_NOBODY || (hung.state.lit && !hung.wish.blank));
    }
}

/* -- what it means for visits -- */

static void who_is_there_may_stay(void **unused)
{
    (void)unused;
    struct bed bed;
    bed_open(&bed, (struct bed_options){.wall = "two"});
    bed_settle(&bed);
    bed_press(&bed, BED_NEXT, BED_BAR);
    assert_true(bed_status(&bed, 0).visit);
    assert_false(sw_stage_welcome(bed.stage, SW_WELCOME_STAYING, bed.now));
    bed_tap(&bed, 1000 + BED_EMPTY_X, BED_EMPTY_Y); /* in the other zone */
    assert_false(bed_status(&bed, 1).visit);
    bed_pass(&bed, 50 * SW_SECOND);
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_pass(&bed, 50 * SW_SECOND);
    assert_true(bed_status(&bed, 0).visit && !bed_status(&bed, 0).countdown);
    assert_true(sw_stage_welcome(bed.stage, SW_WELCOME_LAST, bed.now));
    bed_step(&bed, false);
    assert_true(bed_status(&bed, 0).countdown);
    bed_pass(&bed, 10 * SW_SECOND);
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    assert_false(sw_stage_welcome(bed.stage, SW_WELCOME_LAST, bed.now));
    assert_true(bed_status(&bed, 0).visit && bed_status(&bed, 0).countdown);
    bed_pass(&bed, 10 * SW_SECOND);
    assert_false(bed_status(&bed, 0).visit);
    bed_close(&bed);
}

static void who_is_told_to_stay_may(void **unused)
{
    (void)unused;
    struct bed bed;
    bed_open(&bed, (struct bed_options){.wall = NULL});
    bed_settle(&bed);
    bed_press(&bed, BED_NEXT, BED_BAR);
    assert_true(sw_stage_welcome(bed.stage, SW_WELCOME_LAST, bed.now));
    bed_pass(&bed, 10 * SW_SECOND);
    assert_true(sw_stage_welcome(bed.stage, SW_WELCOME_ALL, bed.now));
    bed_pass(&bed, 15 * SW_SECOND);
    assert_true(bed_status(&bed, 0).visit && !bed_status(&bed, 0).countdown);
    bed_close(&bed);
}

static void nobody_is_nobody(void **unused)
{
    (void)unused;
    struct bed bed;
    bed_open(&bed, (struct bed_options){.wall = NULL});
    bed_settle(&bed);
    bed_press(&bed, BED_NEXT, BED_BAR);
    bed_down(&bed, 1, BED_EMPTY_X, BED_EMPTY_Y);
    assert_true(sw_stage_welcome(bed.stage, SW_WELCOME_NOBODY, bed.now));
    const char *fault = NULL;
    assert_false(sw_stage_tell(bed.stage, &(struct sw_tell){.kind = SW_TELL_GO, .text = "a"}, bed.now, &fault));
    assert_string_equal(fault, "the wall is closed, or blank");
    bed_step(&bed, false);
    assert_true(!bed_status(&bed, 0).visit && bed_status(&bed, 0).contacts == 0);
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    assert_false(bed_status(&bed, 0).visit);
    assert_false(sw_stage_welcome(bed.stage, SW_WELCOME_ALL, bed.now));
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    assert_true(bed_status(&bed, 0).visit);
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_begins_as_it_is_to_be),
        cmocka_unit_test(it_falls_slowly_and_then_the_screens_go_off),
        cmocka_unit_test(the_picture_is_there_when_it_opens),
        cmocka_unit_test(nobody_is_cut_off),
        cmocka_unit_test(blank_is_quick_and_leaves_the_screens_on),
        cmocka_unit_test(nothing_ever_jumps),
        cmocka_unit_test(who_is_there_may_stay),
        cmocka_unit_test(who_is_told_to_stay_may),
        cmocka_unit_test(nobody_is_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
