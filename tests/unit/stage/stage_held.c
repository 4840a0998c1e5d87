/* SPDX-License-Identifier: EUPL-1.2 */
/* A stage that is held makes ready what comes first, for another instant too, and shows nothing until it is released. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bed.h"
#include "stage/tell.h"

/* Another stage of the same exhibition, held. */
static struct sw_stage *hold(const struct bed *bed)
{
    struct sw_stage_options options = {.exhibition = bed->exhibition,
                                       .wall = sw_exhibition_wall(bed->exhibition, "one"),
                                       .tools = {.typesetter = bed->typesetter,
                                                 .bakery = bed->bakery,
                                                 .pictures = &bed->pictures,
                                                 .masks = bed->masks,
                                                 .data = bed->data},
                                       .held = true};
    return sw_stage_create(&options, bed->now);
}

static void nothing_comes_until_it_is_released(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, (struct bed_options){.wall = NULL});
    struct sw_stage *stage = hold(&bed);
    assert_false(sw_stage_ready(stage));
    for (int i = 0; i < 3; i++) {
        (void)sw_stage_step(stage, bed.now, true);
        bed.now.tick += SW_SECOND;
        bed.now.instant += SW_SECOND;
    }
    assert_true(sw_stage_ready(stage));
    assert_null(sw_stage_status(stage, 0).scene);
    assert_int_equal(sw_stage_status(stage, 0).changes, 0);
    sw_stage_release(stage);
    (void)sw_stage_step(stage, bed.now, false);
    assert_string_equal(sw_stage_status(stage, 0).scene, "a");
    assert_false(sw_stage_status(stage, 0).changing);
    sw_stage_destroy(stage);
    bed_close(&bed);
}

static void it_wants_no_frames_while_it_is_ready(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, (struct bed_options){.wall = NULL});
    struct sw_stage *stage = hold(&bed);
    (void)sw_stage_step(stage, bed.now, true);
    sw_tick next = sw_stage_step(stage, bed.now, true);
    assert_true(sw_stage_ready(stage));
    assert_true(next > bed.now.tick + SW_SECOND);
    sw_stage_destroy(stage);
    bed_close(&bed);
}

/* Scene a is on until second 12: what is asked for as of then is b. */
static void it_is_made_ready_for_a_later_instant(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, (struct bed_options){.wall = NULL});
    struct sw_stage *stage = hold(&bed);
    (void)sw_stage_step(stage, bed.now, true);
    struct sw_time later = {bed.now.tick + 9 * SW_SECOND, bed.now.instant + 12 * SW_SECOND};
    (void)sw_stage_step(stage, later, true);
    (void)sw_stage_step(stage, later, true);
    assert_true(sw_stage_ready(stage));
    later.tick = bed.now.tick + 12 * SW_SECOND;
    sw_stage_release(stage);
    (void)sw_stage_step(stage, later, false);
    assert_string_equal(sw_stage_status(stage, 0).scene, "b");
    assert_int_equal(sw_stage_status(stage, 0).changes, 1);
    sw_stage_destroy(stage);
    bed_close(&bed);
}

static void what_an_operator_told_goes_on(void **state)
{
    (void)state;
    struct bed bed;
    const char *fault = NULL;
    bed_open(&bed, (struct bed_options){.wall = NULL});
    bed_settle(&bed);
    struct sw_tell override = {.kind = SW_TELL_OVERRIDE, .text = "hub", .until = bed.now.instant + SW_HOUR, .by = "anna"};
    assert_true(sw_stage_tell(bed.stage, &override, bed.now, &fault));
    struct sw_tell cleaning = {.kind = SW_TELL_CLEANING, .until = bed.now.instant + SW_MINUTE};
    assert_true(sw_stage_tell(bed.stage, &cleaning, bed.now, &fault));
    struct sw_stage *stage = hold(&bed);
    sw_stage_inherit(stage, bed.stage);
    sw_stage_release(stage);
    (void)sw_stage_step(stage, bed.now, true);
    (void)sw_stage_step(stage, bed.now, true);
    assert_string_equal(sw_stage_status(stage, 0).scene, "hub");
    assert_string_equal(sw_stage_status(stage, 0).why, "override");
    assert_string_equal(sw_stage_status(stage, 0).by, "anna");
    sw_stage_contact(stage, 7, SW_CONTACT_DOWN, 10, 10, bed.now);
    (void)sw_stage_step(stage, bed.now, false);
    assert_false(sw_stage_status(stage, 0).visit);
    sw_stage_destroy(stage);
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_comes_until_it_is_released),
        cmocka_unit_test(it_wants_no_frames_while_it_is_ready),
        cmocka_unit_test(it_is_made_ready_for_a_later_instant),
        cmocka_unit_test(what_an_operator_told_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
