/* SPDX-License-Identifier: EUPL-1.2 */
/* Pictures of videos as they come into the draw list. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "view/behaviour.h"
#include "view/mask.h"

enum { WIDTH = 800, HEIGHT = 600 };

struct bed {
    struct sw_view_context context;
    struct sw_draw_list list;
    struct sw_painter painter;
    struct sw_box box;
    uint8_t bytes[6];
};

static void open_bed(struct bed *bed)
{
    *bed = (struct bed){.context.masks = sw_masks_create(1 << 20), .box.identity = 7};
    sw_draw_list_init(&bed->list, WIDTH, HEIGHT, 0xffffffff);
    bed->painter = (struct sw_painter){.context = &bed->context, .list = &bed->list, .scale = 1, .zoom = 1, .opacity = 1,
                                       .clip = {0, 0, WIDTH, HEIGHT}};
}

static void close_bed(struct bed *bed)
{
    sw_draw_list_finish(&bed->list);
    sw_masks_destroy(bed->context.masks);
}

static uint8_t plane[160 * 90]; /* what is in it does not count */

static struct sw_bitmap *film(int width, int height)
{
    const struct sw_planes planes = {width, height, {plane, plane, plane}, {width, (width + 1) / 2}, SW_COLOURS_709_LIMITED};
    return sw_bitmap_wrap_planes(&planes, NULL, NULL);
}

static void expect_box(struct sw_box_px box, int x, int y, int width, int height)
{
    if (box.x != x || box.y != y || box.width != width || box.height != height)
        fail_msg("%d %d %d %d instead of %d %d %d %d", box.x, box.y, box.width, box.height, x, y, width, height);
}

static void test_parts_of_a_picture(void **state)
{
    (void)state;
    static const struct {
        struct sw_rect seen, to;
    } rows[] = {
        {{0, 0, 1, 1}, {100, 50, 320, 320}},
        {{0.21875, 0, 0.5625, 1}, {100 - 320 / 0.5625 * 0.21875, 50, 320 / 0.5625, 320}}, /* `cover` of the middle */
        {{0, 0.5, 0.5, 0.5}, {100, 50 - 320, 640, 640}},
    };
    struct sw_bitmap *bitmap = film(160, 90);
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct bed bed;
        open_bed(&bed);
        sw_painter_video(&bed.painter, &bed.box, 0, (struct sw_rect){100, 50, 320, 320}, bitmap, rows[i].seen, NULL);
        assert_int_equal(bed.list.count, 1);
        const struct sw_draw *draw = &bed.list.items[0];
        assert_ptr_equal(draw->bitmap, bitmap);
        assert_null(draw->shape);
        assert_true(sw_draw_opaque(draw));
        expect_box(sw_draw_bounds(draw), 100, 50, 320, 320);
        assert_true(fabs(draw->to.x - rows[i].to.x) < 1e-9 && fabs(draw->to.y - rows[i].to.y) < 1e-9);
        assert_true(fabs(draw->to.width - rows[i].to.width) < 1e-9 && fabs(draw->to.height - rows[i].to.height) < 1e-9);
        expect_box(bed.painter.clip, 0, 0, WIDTH, HEIGHT); /* for what comes next */
        close_bed(&bed);
    }
    sw_bitmap_release(bitmap);
}

/* One shape for all pictures; what it leaves whole hides what is below. */
static void test_round_corners(void **state)
{
    (void)state;
    struct bed bed;
    struct sw_bitmap *first = film(160, 90), *second = film(160, 90);
    const struct sw_mask mask = {.radius = 20.5, .corners = SW_CORNERS}, none = {.corners = SW_CORNERS};
    const struct sw_rect all = {0, 0, 1, 1}, rect = {100, 50, 320, 180};
    open_bed(&bed);
    sw_painter_video(&bed.painter, &bed.box, 0, rect, first, all, &mask);
    sw_painter_video(&bed.painter, &bed.box, 0, rect, second, all, &mask);
    sw_painter_video(&bed.painter, &bed.box, 0, rect, second, (struct sw_rect){0, 0, 0.5, 1}, &mask);
    sw_painter_video(&bed.painter, &bed.box, 0, rect, second, all, &mask);
    sw_painter_video(&bed.painter, &bed.box, 0, rect, second, all, &none);
    const struct sw_draw *draws = bed.list.items;
    assert_int_equal(bed.list.count, 5);
    assert_non_null(draws[0].shape);
    assert_int_equal(draws[0].shape->format, SW_PIXELS_A8);
    assert_true(draws[0].shape->width == 320 && draws[0].shape->height == 180);
    assert_int_equal(draws[0].shape->pixels[0], 0);
    assert_int_equal(draws[0].shape->pixels[160], 255);
    for (int i = 1; i < 4; i++)
        assert_ptr_equal(draws[i].shape, draws[0].shape);
    assert_null(draws[4].shape);
    assert_ptr_equal(sw_masks_get(bed.context.masks, first, &mask), first); /* never copied */
    assert_false(sw_draw_opaque(&draws[0]));
    expect_box(sw_draw_solid(&draws[0]), 100, 71, 320, 180 - 42);
    expect_box(sw_draw_solid(&draws[4]), 100, 50, 320, 180);
    assert_false(sw_draw_same(&draws[0], &draws[1]));
    assert_false(sw_draw_same(&draws[1], &draws[2]));
    assert_true(sw_draw_same(&draws[1], &draws[3]));
    assert_false(sw_draw_same(&draws[3], &draws[4]));
    close_bed(&bed);
    sw_bitmap_release(first);
    sw_bitmap_release(second);
}

/* Lists that compare and keep lists hold pictures and shapes as often as they say. */
static void test_holds(void **state)
{
    (void)state;
    struct bed bed;
    struct sw_bitmap *bitmap = film(160, 90);
    const struct sw_mask mask = {.radius = 9, .corners = SW_CORNERS};
    struct sw_draw_list copy = {0};
    open_bed(&bed);
    sw_painter_video(&bed.painter, &bed.box, 0, (struct sw_rect){0, 0, 160, 90}, bitmap, (struct sw_rect){0, 0, 1, 1}, &mask);
    struct sw_bitmap *shape = sw_bitmap_hold(bed.list.items[0].shape);
    sw_draw_list_copy(&copy, &bed.list);
    sw_draw_list_copy(&copy, &bed.list);
    assert_int_equal(atomic_load(&bitmap->holders), 3);
    assert_int_equal(atomic_load(&shape->holders), 4); /* and the cache */
    sw_draw_list_finish(&copy);
    close_bed(&bed);
    assert_int_equal(atomic_load(&bitmap->holders), 1);
    assert_int_equal(atomic_load(&shape->holders), 1);
    sw_bitmap_release(shape);
    sw_bitmap_release(bitmap);
}

static void test_what_cannot_show(void **state)
{
    (void)state;
    struct bed bed;
    struct sw_bitmap *bitmap = film(160, 90);
    open_bed(&bed);
    sw_painter_video(&bed.painter, &bed.box, 0, (struct sw_rect){0, 0, 0, 90}, bitmap, (struct sw_rect){0, 0, 1, 1}, NULL);
    sw_painter_video(&bed.painter, &bed.box, 0, (struct sw_rect){0, 0, 160, 90}, bitmap, (struct sw_rect){0, 0, 0, 1}, NULL);
    sw_painter_video(&bed.painter, &bed.box, 0, (struct sw_rect){900, 0, 160, 90}, bitmap, (struct sw_rect){0, 0, 1, 1}, NULL);
    assert_int_equal(bed.list.count, 0);
    close_bed(&bed);
    sw_bitmap_release(bitmap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_of_a_picture),
        cmocka_unit_test(test_round_corners),
        cmocka_unit_test(test_holds),
        cmocka_unit_test(test_what_cannot_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
