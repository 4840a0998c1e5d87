/* SPDX-License-Identifier: EUPL-1.2 */
/* Grounds, borders, entering animations and masked pictures, as they come into the draw list. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bench.h"

static uint32_t pixel(const struct sw_bitmap *bitmap, int x, int y)
{
    uint32_t value = 0;
    memcpy(&value, bitmap->pixels + (size_t)y * (size_t)bitmap->stride + (size_t)x * 4, sizeof value);
    return value;
}

/* What one pixel of the list shows, on a white ground: fills, and bitmaps at rest. */
static uint32_t colour_at(const struct bench *bench, int x, int y)
{
    uint32_t colour = 0xffffffff;
    for (size_t i = 0; i < bench->list.count; i++) {
        const struct sw_draw *draw = &bench->list.items[i];
        struct sw_box_px place = sw_draw_bounds(draw);
        if (x < place.x || y < place.y || x >= place.x + place.width || y >= place.y + place.height) {
            continue;
        }
        uint32_t over = draw->kind == SW_DRAW_FILL ? draw->colour : pixel(draw->bitmap, x - place.x, y - place.y);
        if (over >> 24 == 0xff) {
            colour = over;
        } else if (over >> 24 != 0) {
            colour = 0; /* something between */
        }
    }
    return colour;
}

#define RED 0xffff0000
#define BLUE 0xff0000ff
#define WHITE 0xffffffff

static void test_frames(void **state)
{
    (void)state;
    static const struct {
        const char *more;
        struct {
            int x, y;
            uint32_t colour;
        } points[8];
    } cases[] = {
        {"\"fill\": \"red\"", {{100, 50, RED}, {299, 149, RED}, {99, 50, WHITE}, {300, 149, WHITE}}},
        {"\"stroke\": \"blue\", \"stroke_width\": 4",
         {{100, 50, BLUE}, {103, 53, BLUE}, {104, 54, WHITE}, {299, 149, BLUE}, {296, 146, BLUE}, {295, 145, WHITE}, {200, 52, BLUE}}},
        {"\"fill\": \"red\", \"stroke\": \"blue\", \"stroke_width\": 4",
         {{100, 50, BLUE}, {104, 54, RED}, {295, 145, RED}, {200, 149, BLUE}}},
        {"\"fill\": \"red\", \"radius\": 20",
         {{100, 50, WHITE},
          {299, 50, WHITE},
          {100, 149, WHITE},
          {299, 149, WHITE},
          {107, 57, RED},
          {292, 142, RED},
          {100, 71, RED},
          {121, 50, RED}}},
        {"\"fill\": \"red\", \"radius\": 20, \"stroke\": \"blue\", \"stroke_width\": 4",
         {{100, 50, WHITE},
          {100, 100, BLUE},
          {103, 100, BLUE},
          {104, 100, RED},
          {200, 149, BLUE},
          {200, 145, RED},
          {110, 60, RED},
          {299, 149, WHITE}}},
        {"\"fill\": \"red\", \"radius\": 1000", {{100, 50, WHITE}, {152, 50, RED}, {152, 149, RED}, {101, 100, RED}, {299, 50, WHITE}}},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bench bench;
        char elements[256];
        (void)snprintf(elements, sizeof elements, "[{\"stack\": [], \"at\": [100, 50], \"size\": [200, 100], %s}]", cases[i].more);
        bench_elements(&bench, elements, NULL);
        bench_make(&bench);
        struct sw_painter painter = bench_paint(&bench, 0);
        assert_int_equal(painter.pending + painter.failed, 0);
        for (size_t p = 0; p < 8 && cases[i].points[p].colour != 0; p++) {
            uint32_t found = colour_at(&bench, cases[i].points[p].x, cases[i].points[p].y);
            if (found != cases[i].points[p].colour) {
                fail_msg("%s: %08x at %d, %d", cases[i].more, found, cases[i].points[p].x, cases[i].points[p].y);
            }
        }
        bench_close(&bench);
    }
}

/* While a changed drawing is baked, the former one stays; one of another size does not. */
static void test_former_stays(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench,
                   "[{\"shape\": \"circle\", \"width\": 100, \"height\": \"{number}\", \"fill\": \"{word == 'a' ? 'red' : 'green'}\"}]",
                   NULL);
    bench_set(&bench, "number", sw_value_number(100));
    bench_set(&bench, "word", sw_value_string("a"));
    bench_make(&bench);
    assert_int_equal(bench_paint(&bench, 0).pending, 0);
    assert_int_equal(bench.list.count, 1);
    struct sw_draw_list before = {0};
    sw_draw_list_copy(&before, &bench.list);
    struct sw_bakery *at_once = bench.bakery, *slow = sw_bakery_create(1, 1 << 20, NULL, NULL);
    bench.context.bakery = slow;
    for (int height = 100; height <= 101; height++) {
        bench_set(&bench, "number", sw_value_number(height));
        bench_set(&bench, "word", sw_value_string("b"));
        bench_make(&bench);
        struct sw_painter painter = bench_painter(&bench, 0);
        painter.before = &before;
        sw_view_paint(&painter, bench.root);
        assert_int_equal(painter.pending, 1);
        assert_int_equal(bench.list.count, height == 100 ? 1 : 0);
        assert_true(height != 100 || sw_draw_same(&bench.list.items[0], &before.items[0]));
    }
    bench.context.bakery = at_once;
    sw_bakery_destroy(slow);
    sw_draw_list_finish(&before);
    bench_close(&bench);
}

/* A large round card bakes only its corners, and they are the same for cards of every size. */
static void test_corners_are_shared(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench,
                   "[{\"stack\": [], \"at\": [0, 0], \"size\": [900, 500], \"fill\": \"red\", \"radius\": 20},"
                   " {\"stack\": [], \"at\": [10, 10], \"size\": [300, 200], \"fill\": \"red\", \"radius\": 20}]",
                   NULL);
    bench_make(&bench);
    (void)bench_paint(&bench, 0);
    const struct sw_bitmap *corners[8];
    size_t count = 0;
    for (size_t i = 0; i < bench.list.count; i++) {
        if (bench.list.items[i].kind == SW_DRAW_BITMAP) {
            assert_true(count < 8);
            corners[count++] = bench.list.items[i].bitmap;
        }
    }
    assert_int_equal(count, 8);
    for (int i = 0; i < 4; i++) {
        assert_ptr_equal(corners[i], corners[i + 4]);
        assert_int_equal(corners[i]->width, 20);
    }
    bench_close(&bench);
}

static double age_of(const void *context, uint64_t identity)
{
    (void)identity;
    return *(const double *)context;
}

static void test_animations(void **state)
{
    (void)state;
    static const struct {
        const char *animate, *language;
        double age;
        struct sw_rect to;
        double opacity;
        bool moving;
    } cases[] = {
        {"\"enter\": \"fade\", \"for\": \"1s\", \"ease\": \"linear\"", "de", 0.25, {100, 50, 200, 100}, 0.25, true},
        {"\"enter\": \"fade\", \"for\": \"1s\"", "de", 0.5, {100, 50, 200, 100}, 0.875, true},
        {"\"enter\": \"fade\", \"for\": \"1s\", \"ease\": \"in\"", "de", 0.5, {100, 50, 200, 100}, 0.125, true},
        {"\"enter\": \"fade\", \"for\": \"1s\", \"ease\": \"in-out\"", "de", 0.25, {100, 50, 200, 100}, 0.0625, true},
        {"\"enter\": \"fade\", \"for\": \"1s\", \"delay\": \"1s\"", "de", 1.5, {100, 50, 200, 100}, 0.875, true},
        {"\"enter\": \"fade\"", "de", 0.5, {100, 50, 200, 100}, 1, false},
        {"\"for\": \"1s\", \"ease\": \"linear\"", "de", 0.5, {100, 50, 200, 100}, 0.5, true},
        {"\"enter\": \"rise\", \"for\": \"1s\", \"ease\": \"linear\"", "de", 0.5, {100, 62, 200, 100}, 0.5, true},
        {"\"enter\": \"move\", \"from\": [40, -20], \"for\": \"1s\", \"ease\": \"linear\"", "de", 0.5, {120, 40, 200, 100}, 1, true},
        {"\"enter\": \"move\", \"from\": [40, 0], \"for\": \"1s\", \"ease\": \"linear\"", "ar", 0.5, {680, 50, 200, 100}, 1, true},
        {"\"enter\": \"scale\", \"scale\": 0.5, \"for\": \"1s\", \"ease\": \"linear\"", "de", 0.5, {125, 62.5, 150, 75}, 0.5, true},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        for (int nested = 0; nested < 2; nested++) {
            struct bench bench;
            char elements[512];
            (void)snprintf(elements, sizeof elements,
                           "[{\"stack\": [{\"shape\": \"rectangle\", \"fill\": \"red\"%s%s%s}], \"at\": [100, 50],"
                           " \"size\": [200, 100]%s%s%s}]",
                           nested ? ", \"animate\": {" : "", nested ? cases[i].animate : "", nested ? "}" : "",
                           nested ? "" : ", \"animate\": {", nested ? "" : cases[i].animate, nested ? "" : "}");
            bench_elements(&bench, elements, NULL);
            bench_language(&bench, cases[i].language);
            bench_make(&bench);
            struct sw_painter painter = bench_painter(&bench, 99);
            painter.age = age_of;
            painter.age_context = &cases[i].age;
            sw_view_paint(&painter, bench.root);
            assert_true(painter.moving == cases[i].moving);
            assert_int_equal(bench.list.count, 1);
            const struct sw_draw *draw = &bench.list.items[0];
            assert_true(fabs(draw->opacity - cases[i].opacity) < 1e-9);
            assert_memory_equal(&draw->to, &cases[i].to, sizeof draw->to);
            bench_close(&bench);
        }
    }
}

/* Before its time nothing is seen; under reduced motion all is in its place at once. */
static void test_before_and_still(void **state)
{
    (void)state;
    static const char *const enters[] = {"fade", "rise", "move", "scale"};
    for (size_t i = 0; i < SW_COUNT(enters); i++) {
        struct bench bench;
        char elements[256];
        (void)snprintf(elements, sizeof elements,
                       "[{\"shape\": \"rectangle\", \"fill\": \"red\","
                       " \"size\": [50, 50], \"animate\": {\"enter\": \"%s\", \"from\": [9, 9],"
                       " \"delay\": \"2s\"}}]",
                       enters[i]);
        bench_elements(&bench, elements, NULL);
        bench_make(&bench);
        struct sw_painter painter = bench_paint(&bench, 1);
        assert_true(painter.moving);
        assert_int_equal(bench.list.count, 0);
        painter = bench_painter(&bench, 1);
        painter.still = true;
        sw_view_paint(&painter, bench.root);
        assert_false(painter.moving);
        assert_int_equal(bench.list.count, 1);
        assert_true(bench.list.items[0].to.x == 0 && bench.list.items[0].opacity == 1);
        bench_close(&bench);
    }
}

/* Zooms within zooms: a point goes where the two of them one after the other take it. */
static void test_nested_scales(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench,
                   "[{\"stack\": [{\"shape\": \"rectangle\", \"fill\": \"red\", \"at\": [0, 0], \"size\": [40, 40],"
                   "   \"animate\": {\"enter\": \"scale\", \"scale\": 0.5, \"for\": \"1s\", \"ease\": \"linear\"}}],"
                   "  \"at\": [100, 100],"
                   " \"size\": [200, 200], \"animate\": {\"enter\": \"scale\", \"scale\": 0.5, \"for\": \"1s\", \"ease\": \"linear\"}}]",
                   NULL);
    bench_make(&bench);
    (void)bench_paint(&bench, 0);
    assert_int_equal(bench.list.count, 0);
    (void)bench_paint(&bench, 0.5);
    /* inner: about (120, 120) by 0.75: 105..135; outer: about (200, 200) by 0.75: 128.75..151.25 */
    struct sw_rect to = bench.list.items[0].to;
    assert_true(fabs(to.x - 128.75) < 1e-9 && fabs(to.width - 22.5) < 1e-9);
    assert_true(fabs(bench.list.items[0].opacity - 0.25) < 1e-9);
    bench_close(&bench);
}

/* A tap on what does not show it by itself is seen: a shade over it, round where it is round. */
static void test_pressed(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench,
                   "[{\"stack\": [], \"size\": [200, 100], \"radius\": 10, \"fill\": \"red\", \"tap\": \"home\","
                   " \"name\": \"s\"}]",
                   NULL);
    bench_make(&bench);
    (void)bench_paint(&bench, 0);
    size_t before = bench.list.count;
    struct sw_painter painter = bench_painter(&bench, 0);
    painter.pressed = bench_find(&bench, "s", 0)->identity;
    sw_view_paint(&painter, bench.root);
    assert_int_equal(bench.list.count, 2 * before);
    assert_int_equal(bench.list.items[before].colour, 0x24101010);
    bench_close(&bench);
}

/* Same tree, same list: nothing is damaged by painting again. */
static void test_same_again(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench,
                   "[{\"column\": [{\"button\": \"Los\"}, {\"image\": \"media/100x100.png\", \"alt\": \"\", \"radius\": 9},"
                   " {\"text\": \"x\"}],"
                   " \"fill\": \"red\", \"radius\": 9}]",
                   NULL);
    bench_make(&bench);
    (void)bench_paint(&bench, 0);
    struct sw_draw_list first = {0};
    sw_draw_list_copy(&first, &bench.list);
    bench_make(&bench);
    (void)bench_paint(&bench, 0);
    assert_int_equal(first.count, bench.list.count);
    for (size_t i = 0; i < first.count; i++) {
        assert_true(first.items[i].identity == bench.list.items[i].identity);
        assert_true(sw_draw_same(&first.items[i], &bench.list.items[i]));
        for (size_t j = 0; j < i; j++) {
            assert_true(first.items[i].identity != first.items[j].identity);
        }
    }
    sw_draw_list_finish(&first);
    bench_close(&bench);
}

static void test_masks(void **state)
{
    (void)state;
    struct sw_masks *masks = sw_masks_create(100 * 100 * 4);
    struct sw_bitmap *bitmap = sw_bitmap_create(SW_PIXELS_XRGB, 100, 100);
    for (int i = 0; i < 100 * 100; i++) {
        uint32_t value = i % 100 < 50 ? 0xffff0000 : 0xff0000ff;
        memcpy(bitmap->pixels + (size_t)i * 4, &value, 4);
    }
    struct sw_mask none = {.corners = SW_CORNERS}, all = {.radius = 30, .corners = SW_CORNERS}, turned = {.turned = true};
    struct sw_mask one = {.radius = 30, .corners = SW_CORNER_TOP_RIGHT}, deep = {.radius = 30, .inset = 10, .corners = SW_CORNERS};
    assert_ptr_equal(sw_masks_get(masks, bitmap, &none), bitmap);
    struct sw_bitmap *round = sw_masks_get(masks, bitmap, &all);
    assert_int_equal(pixel(round, 0, 0), 0);
    assert_int_equal(pixel(round, 99, 99), 0);
    assert_int_equal(pixel(round, 30, 0), 0xffff0000);
    assert_int_equal(pixel(round, 10, 10), 0xffff0000);
    assert_ptr_equal(sw_masks_get(masks, bitmap, &all), round);
    struct sw_bitmap *corner = sw_masks_get(masks, bitmap, &one);
    assert_int_equal(pixel(corner, 0, 0), 0xffff0000);
    assert_int_equal(pixel(corner, 99, 0), 0);
    assert_int_equal(pixel(corner, 99, 99), 0xff0000ff);
    assert_int_equal(pixel(sw_masks_get(masks, bitmap, &deep), 11, 11), 0);
    struct sw_bitmap *other = sw_masks_get(masks, bitmap, &turned);
    assert_int_equal(pixel(other, 0, 0), 0xff0000ff);
    assert_int_equal(pixel(other, 99, 99), 0xffff0000);
    assert_int_equal(other->format, SW_PIXELS_XRGB);
    uint64_t serial = round->serial, corner_serial = corner->serial;
    sw_masks_collect(masks);
    assert_true(sw_masks_get(masks, bitmap, &all)->serial == serial); /* the frame before showed it */
    sw_masks_collect(masks);
    sw_masks_collect(masks);
    assert_true(sw_masks_get(masks, bitmap, &all)->serial == serial); /* within the budget, and the newest */
    assert_true(sw_masks_get(masks, bitmap, &one)->serial != corner_serial);
    sw_bitmap_release(bitmap);
    sw_masks_destroy(masks);
    sw_masks_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frames),        cmocka_unit_test(test_former_stays),
        cmocka_unit_test(test_corners_are_shared),
        cmocka_unit_test(test_animations),    cmocka_unit_test(test_before_and_still),
        cmocka_unit_test(test_nested_scales), cmocka_unit_test(test_pressed),
        cmocka_unit_test(test_same_again),    cmocka_unit_test(test_masks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
