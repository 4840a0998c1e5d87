/* SPDX-License-Identifier: EUPL-1.2 */
/* What pictures, shapes, buttons and QR codes put into the draw list. */
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

static const struct sw_draw *first_bitmap(const struct bench *bench)
{
    for (size_t i = 0; i < bench->list.count; i++) {
        if (bench->list.items[i].kind == SW_DRAW_BITMAP) {
            return &bench->list.items[i];
        }
    }
    return NULL;
}

/* -- pictures -- */

static void test_picture_fits(void **state)
{
    (void)state;
    static const struct {
        const char *more;
        struct sw_rect to;
        float left, top, right, bottom;
    } cases[] = {
        {"\"size\": [200, 200]", {0, 50, 200, 100}, 0, 0, 1, 1},
        {"\"size\": [200, 200], \"focus\": [0.5, 0]", {0, 0, 200, 100}, 0, 0, 1, 1},
        {"\"size\": [200, 200], \"fit\": \"fill\"", {0, 0, 200, 200}, 0, 0, 1, 1},
        {"\"size\": [200, 200], \"fit\": \"cover\"", {0, 0, 200, 200}, 0.25f, 0, 0.75f, 1},
        {"\"size\": [200, 200], \"fit\": \"cover\", \"focus\": [0, 0.5]", {0, 0, 200, 200}, 0, 0, 0.5f, 1},
        {"\"size\": [200, 200], \"fit\": \"cover\", \"focus\": [0.6, 0.5]", {0, 0, 200, 200}, 0.35f, 0, 0.85f, 1},
        {"\"size\": [400, 50], \"fit\": \"cover\"", {0, 0, 400, 50}, 0, 0.375f, 1, 0.625f},
        {"\"size\": [200, 200], \"padding\": [0, 50]", {50, 75, 100, 50}, 0, 0, 1, 1},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bench bench;
        char elements[256];
        (void)snprintf(elements, sizeof elements, "[{\"image\": \"media/400x200.png\", \"alt\": \"\", %s}]", cases[i].more);
        bench_elements(&bench, elements, NULL);
        bench_make(&bench);
        (void)bench_paint(&bench, 0);
        const struct sw_draw *draw = first_bitmap(&bench);
        assert_non_null(draw);
        assert_memory_equal(&draw->to, &cases[i].to, sizeof draw->to);
        assert_int_equal(bench.asked.width, cases[i].to.width);
        assert_int_equal(bench.asked.height, cases[i].to.height);
        assert_true(fabsf(bench.asked.left - cases[i].left) < 1e-5f && fabsf(bench.asked.right - cases[i].right) < 1e-5f);
        assert_true(fabsf(bench.asked.top - cases[i].top) < 1e-5f && fabsf(bench.asked.bottom - cases[i].bottom) < 1e-5f);
        bench_close(&bench);
    }
}

static void test_pictures_not_there(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        size_t pending, failed;
    } cases[] = {{"late", 1, 0}, {"broken", 0, 1}, {"100x100", 0, 0}};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bench bench;
        char elements[128];
        (void)snprintf(elements, sizeof elements, "[{\"image\": \"media/%s.png\", \"alt\": \"\", \"name\": \"i\", \"at\": [0, 0]}]",
                       cases[i].file);
        bench_elements(&bench, elements, NULL);
        bench_make(&bench);
        struct sw_painter painter = bench_paint(&bench, 0);
        assert_int_equal(painter.pending, cases[i].pending);
        assert_int_equal(painter.failed, cases[i].failed);
        assert_true((bench_find(&bench, "i", 0)->rect.width > 0) == (i == 2));
        bench_close(&bench);
    }
}

/* Round by its own radius in every corner; in a round card where it fills a corner of the card, below the card's border. */
static void test_round_pictures(void **state)
{
    (void)state;
    static const struct {
        const char *elements;
        bool round[4]; /* top left, top right, bottom left, bottom right */
    } cases[] = {
        {"[{\"image\": \"media/400x200.png\", \"alt\": \"\", \"size\": [200, 100], \"radius\": 20}]", {true, true, true, true}},
        {"[{\"image\": \"media/400x200.png\", \"alt\": \"\", \"size\": [200, 100]}]", {false, false, false, false}},
        {"[{\"column\": [{\"image\": \"media/400x200.png\", \"alt\": \"\"}, {\"shape\": \"circle\", \"height\": 50}], \"size\": [400, 250],"
         " \"radius\": 20, \"stroke\": \"red\", \"stroke_width\": 4}]",
         {true, true, false, false}},
        {"[{\"stack\": [{\"stack\": [{\"image\": \"media/400x200.png\", \"alt\": \"\", \"fit\": \"cover\"}]}], \"size\": [300, 250],"
         " \"radius\": 20}]",
         {true, true, true, true}},
        {"[{\"stack\": [{\"image\": \"media/400x200.png\", \"alt\": \"\"}], \"size\": [400, 200], \"padding\": 10, \"radius\": 20}]",
         {false, false, false, false}},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bench bench;
        bench_elements(&bench, cases[i].elements, NULL);
        bench_make(&bench);
        (void)bench_paint(&bench, 0);
        const struct sw_draw *draw = first_bitmap(&bench);
        assert_non_null(draw);
        int right = draw->bitmap->width - 1, bottom = draw->bitmap->height - 1;
        const uint32_t corners[] = {pixel(draw->bitmap, 0, 0), pixel(draw->bitmap, right, 0), pixel(draw->bitmap, 0, bottom),
                                    pixel(draw->bitmap, right, bottom)};
        for (int c = 0; c < 4; c++) {
            assert_int_equal(corners[c], cases[i].round[c] ? 0 : 0xffffffff);
        }
        assert_int_equal(pixel(draw->bitmap, right / 2, bottom / 2), 0xffffffff);
        bench_close(&bench);
    }
}

/* -- shapes -- */

static void test_shapes(void **state)
{
    (void)state;
    static const struct {
        const char *more;
        bool drawn;
        enum sw_draw_kind kind;
        struct sw_rect to;
    } cases[] = {
        {"\"rectangle\", \"fill\": \"red\"", true, SW_DRAW_FILL, {10, 20, 100, 50}},
        {"\"rectangle\"", false, SW_DRAW_FILL, {0, 0, 0, 0}},
        {"\"rectangle\", \"gradient\": {\"from\": \"red\", \"to\": \"blue\"}", true, SW_DRAW_BITMAP, {10, 20, 100, 50}},
        {"\"circle\", \"fill\": \"red\"", true, SW_DRAW_BITMAP, {10, 20, 100, 50}},
        {"\"line\", \"stroke_width\": 4", true, SW_DRAW_BITMAP, {6, 16, 108, 58}},
        {"\"polygon\", \"points\": [[0, 0], [1, 0], [0.5, 1]], \"fill\": \"#00FF00\"", true, SW_DRAW_BITMAP, {10, 20, 100, 50}},
        {"\"rectangle\", \"stroke\": \"red\", \"stroke_width\": 3, \"dash\": [6, 3]", true, SW_DRAW_BITMAP, {10, 20, 100, 50}},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bench bench;
        char elements[256];
        (void)snprintf(elements, sizeof elements, "[{\"shape\": %s, \"at\": [10, 20], \"size\": [100, 50]}]", cases[i].more);
        bench_elements(&bench, elements, NULL);
        bench_make(&bench);
        struct sw_painter painter = bench_paint(&bench, 0);
        assert_int_equal(painter.pending + painter.failed, 0);
        assert_int_equal(bench.list.count, cases[i].drawn ? 1 : 0);
        if (cases[i].drawn) {
            assert_int_equal(bench.list.items[0].kind, cases[i].kind);
            assert_memory_equal(&bench.list.items[0].to, &cases[i].to, sizeof cases[i].to);
        }
        bench_close(&bench);
    }
}

/* A polygon is turned in a right-to-left session, if it is not told otherwise. */
static void test_shape_mirrored(void **state)
{
    (void)state;
    static const char *const more[] = {"", ", \"mirror\": false"};
    for (size_t i = 0; i < SW_COUNT(more); i++) {
        struct bench bench;
        char elements[256];
        (void)snprintf(elements, sizeof elements,
                       "[{\"shape\": \"polygon\", \"points\": [[0, 0], [1, 0], [0, 1]], \"fill\": \"red\", \"size\": [100, 100]%s}]",
                       more[i]);
        bench_elements(&bench, elements, NULL);
        bench_language(&bench, "ar");
        bench_make(&bench);
        (void)bench_paint(&bench, 0);
        const struct sw_draw *draw = first_bitmap(&bench);
        assert_int_equal(draw->to.x, 900);
        assert_int_equal(pixel(draw->bitmap, i == 0 ? 98 : 1, 50), 0xffff0000);
        assert_int_equal(pixel(draw->bitmap, i == 0 ? 1 : 98, 50), 0);
        bench_close(&bench);
    }
}

/* -- buttons -- */

/* The colour of a button's ground: of the first fill. */
static uint32_t ground_of(const struct bench *bench)
{
    for (size_t i = 0; i < bench->list.count; i++) {
        if (bench->list.items[i].kind == SW_DRAW_FILL) {
            return bench->list.items[i].colour;
        }
    }
    return 0;
}

static uint32_t label_of(const struct bench *bench)
{
    for (size_t i = 0; i < bench->list.count; i++) {
        if (bench->list.items[i].kind == SW_DRAW_MASK) {
            return bench->list.items[i].colour;
        }
    }
    return 0;
}

static void test_button_states(void **state)
{
    (void)state;
    static const struct {
        const char *more;
        bool pressed;
        size_t actions;
        uint32_t ground, label;
    } cases[] = {
        {"", false, 1, 0xff0000ff, 0xffffffff},
        {"", true, 1, 0xffff0000, 0xffffffff},
        {", \"selected\": \"flag\"", false, 1, 0xff00ff00, 0xff101010},
        {", \"selected\": \"not flag\"", false, 1, 0xff0000ff, 0xffffffff},
        {", \"enabled\": \"flag\"", false, 1, 0xff0000ff, 0xffffffff},
        {", \"enabled\": \"not flag\"", false, 0, 0xffffffff, 0xffff0000},
        {", \"enabled\": \"not flag\", \"selected\": \"flag\"", true, 0, 0xffffffff, 0xffff0000},
        {", \"fill\": \"#123456\", \"colour\": \"green\"", false, 1, 0xff123456, 0xff00ff00},
        {", \"fill\": \"#123456\"", true, 1, 0xffff0000, 0xffffffff},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bench bench;
        char elements[256];
        (void)snprintf(elements, sizeof elements, "[{\"button\": \"Los\", \"name\": \"b\", \"at\": [0, 0], \"tap\": \"home\"%s}]",
                       cases[i].more);
        bench_elements(&bench, elements, NULL);
        bench_make(&bench);
        const struct sw_box *box = bench_find(&bench, "b", 0);
        assert_int_equal(box->action_count, cases[i].actions);
        struct sw_painter painter = bench_painter(&bench, 0);
        painter.pressed = cases[i].pressed ? box->identity : 0;
        sw_view_paint(&painter, bench.root);
        assert_int_equal(ground_of(&bench), cases[i].ground);
        assert_int_equal(label_of(&bench), cases[i].label);
        bench_close(&bench);
    }
}

static void test_button_sizes(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench,
                   "[{\"button\": \"Los\", \"name\": \"small\", \"at\": [0, 0]},"
                   " {\"button\": \"Ein sehr langer Text auf einem Knopf\", \"name\": \"long\", \"at\": [0, 0]},"
                   " {\"button\": \"Ein sehr langer Text auf einem Knopf\", \"name\": \"narrow\", \"at\": [0, 0], \"width\": 220},"
                   " {\"button\": \"Los\", \"name\": \"tiny\", \"size\": [50, 40]},"
                   " {\"button\": \"Los\", \"name\": \"icon\", \"at\": [0, 0], \"icon\": \"media/100x100.png\", \"icon_at\": \"top\"}]",
                   NULL);
    bench_make(&bench);
    bench_expect(&bench, "small 0 0 200 96; tiny 0 0 50 40", "sizes");
    assert_true(bench_find(&bench, "long", 0)->rect.width > 350);
    assert_true(bench_find(&bench, "narrow", 0)->rect.height > 100);
    assert_true(bench_find(&bench, "icon", 0)->rect.height > 105);
    bench_close(&bench);
}

/* Label and icon are one group in the middle; the icon changes sides with the language's direction. */
static void test_button_icon(void **state)
{
    (void)state;
    static const struct {
        const char *at, *language;
        bool icon_left;
    } cases[] = {{"start", "de", true}, {"end", "de", false}, {"start", "ar", false}};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bench bench;
        char elements[256];
        (void)snprintf(elements, sizeof elements,
                       "[{\"button\": \"Los\", \"size\": [400, 100], \"icon\": \"media/100x100.png\", \"icon_at\": \"%s\"}]", cases[i].at);
        bench_elements(&bench, elements, NULL);
        bench_language(&bench, cases[i].language);
        bench_make(&bench);
        (void)bench_paint(&bench, 0);
        double icon = 0, icon_end = 0, label = 0, label_end = 0;
        for (size_t d = 0; d < bench.list.count; d++) {
            const struct sw_draw *draw = &bench.list.items[d];
            if (draw->kind == SW_DRAW_MASK) {
                label = draw->to.x;
                label_end = draw->to.x + draw->to.width;
            } else if (draw->kind == SW_DRAW_BITMAP && draw->to.width == 26) {
                icon = draw->to.x;
                icon_end = draw->to.x + draw->to.width;
            }
        }
        assert_true(icon_end > icon && label_end > label);
        assert_true((icon < label) == cases[i].icon_left);
        double start = i < 2 ? 0 : 600, left = fmin(icon, label) - start, right = start + 400 - fmax(icon_end, label_end);
        assert_true(fabs(left - right) < 4);
        bench_close(&bench);
    }
}

/* -- QR codes -- */

/* Whole pixels for every module, black and white only, four modules of quiet, and a finder in three corners. */
static void test_qr(void **state)
{
    (void)state;
    static const double sizes[] = {100, 211, 420};
    for (size_t i = 0; i < SW_COUNT(sizes); i++) {
        struct bench bench;
        char elements[256];
        (void)snprintf(elements, sizeof elements,
                       "[{\"qr\": \"https://www.duisburg.de\", \"alt\": \"x\", \"at\": [10.3, 20.7], \"size\":"
                       " [%g, %g]}]",
                       sizes[i], sizes[i]);
        bench_elements(&bench, elements, NULL);
        bench_make(&bench);
        (void)bench_paint(&bench, 0);
        const struct sw_draw *draw = first_bitmap(&bench);
        assert_non_null(draw);
        const struct sw_bitmap *bitmap = draw->bitmap;
        int side = 25 + 8, module = (int)(sizes[i] / side);
        assert_int_equal(bitmap->width, side * module);
        assert_int_equal(bitmap->height, side * module);
        assert_true(draw->to.x == floor(draw->to.x) && draw->to.width == bitmap->width);
        for (int y = 0; y < bitmap->height; y++) {
            for (int x = 0; x < bitmap->width; x++) {
                uint32_t here = pixel(bitmap, x, y), first = pixel(bitmap, x - x % module, y - y % module);
                assert_true(here == 0xff000000 || here == 0xffffffff);
                assert_int_equal(here, first);
                bool quiet = x < 4 * module || y < 4 * module || x >= (side - 4) * module || y >= (side - 4) * module;
                assert_true(!quiet || here == 0xffffffff);
            }
        }
        static const int finders[3][2] = {{4, 4}, {22, 4}, {4, 22}};
        for (int f = 0; f < 3; f++) {
            for (int m = 0; m < 7; m++) {
                assert_int_equal(pixel(bitmap, (finders[f][0] + m) * module, finders[f][1] * module), 0xff000000);
            }
        }
        bench_close(&bench);
    }
}

static void test_qr_too_long(void **state)
{
    (void)state;
    struct bench bench;
    static char elements[4096], text[3000];
    memset(text, 'x', sizeof text - 1); /* version 40 at level M holds 2331 bytes */
    (void)snprintf(elements, sizeof elements, "[{\"qr\": \"%s\", \"alt\": \"x\", \"name\": \"q\", \"at\": [0, 0]}]", text);
    bench_elements(&bench, elements, NULL);
    bench_make(&bench);
    struct sw_painter painter = bench_paint(&bench, 0);
    assert_int_equal(painter.failed, 1);
    bench_expect(&bench, "q 0 0 320 320", "natural size");
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_picture_fits), cmocka_unit_test(test_pictures_not_there), cmocka_unit_test(test_round_pictures),
        cmocka_unit_test(test_shapes),       cmocka_unit_test(test_shape_mirrored),     cmocka_unit_test(test_button_states),
        cmocka_unit_test(test_button_sizes), cmocka_unit_test(test_button_icon),        cmocka_unit_test(test_qr),
        cmocka_unit_test(test_qr_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
