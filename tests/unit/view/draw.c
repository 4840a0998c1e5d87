/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "view/draw.h"

#define ALL {0, 0, 100, 80}
static const struct sw_box_px all = ALL;

static void assert_box(struct sw_box_px box, struct sw_box_px expected, size_t row)
{
    if (box.x != expected.x || box.y != expected.y || box.width != expected.width || box.height != expected.height)
        fail_msg("row %zu: %d,%d %dx%d instead of %d,%d %dx%d", row, box.x, box.y, box.width, box.height, expected.x, expected.y,
                 expected.width, expected.height);
}

static void test_bounds(void **state)
{
    (void)state;
    static const struct {
        struct sw_rect to;
        int width, height; /* of a bitmap, 0: a fill */
        struct sw_box_px clip, bounds;
        bool scales;
    } rows[] = {
        {{10, 20, 30, 40}, 0, 0, ALL, {10, 20, 30, 40}, false},
        {{10.4, 19.5, 30.2, 0.2}, 0, 0, ALL, {10, 20, 31, 1}, false},   /* edges rounded, a hairline stays */
        {{10.4, 10.4, 0.1, 0.1}, 0, 0, ALL, {10, 10, 1, 1}, false},
        {{10, 10, 0, 5}, 0, 0, ALL, {0, 0, 0, 0}, false},
        {{10, 10, NAN, 5}, 0, 0, ALL, {0, 0, 0, 0}, false},
        {{-50, -50, 1000, 1000}, 0, 0, ALL, {0, 0, 100, 80}, false},
        {{10, 20, 30, 40}, 0, 0, {20, 30, 5, 5}, {20, 30, 5, 5}, false},
        {{10, 20, 30, 40}, 0, 0, {60, 30, 5, 5}, {60, 30, 0, 5}, false},
        {{10.6, 20.4, 8, 8}, 8, 8, ALL, {11, 20, 8, 8}, false},         /* put at the rounded place, of its own size */
        {{10.6, 20.4, 8.4, 7.6}, 8, 8, ALL, {11, 20, 8, 8}, false},
        {{10.6, 20.4, 8.6, 8}, 8, 8, ALL, {11, 20, 8, 8}, true},
        {{10, 20, 16, 16}, 8, 8, ALL, {10, 20, 16, 16}, true},
        {{-0.4, -0.6, 16, 16}, 8, 8, ALL, {0, 0, 16, 15}, true},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_draw draw = {.kind = SW_DRAW_FILL, .to = rows[i].to, .clip = rows[i].clip, .colour = 0xff000000, .opacity = 1};
        if (rows[i].width > 0) {
            draw.kind = SW_DRAW_BITMAP;
            draw.bitmap = sw_bitmap_create(SW_PIXELS_XRGB, rows[i].width, rows[i].height);
        }
        struct sw_box_px bounds = sw_draw_bounds(&draw);
        if (!sw_box_px_empty(bounds) || !sw_box_px_empty(rows[i].bounds))
            assert_box(bounds, rows[i].bounds, i);
        assert_int_equal(sw_draw_scales(&draw), rows[i].scales);
        sw_bitmap_release(draw.bitmap);
    }
}

static void test_alpha(void **state)
{
    (void)state;
    static const struct {
        enum sw_draw_kind kind;
        uint32_t colour;
        double opacity;
        int alpha;
    } rows[] = {
        {SW_DRAW_FILL, 0xff000000, 1, 255},   {SW_DRAW_FILL, 0x80000000, 1, 128},     {SW_DRAW_FILL, 0x80000000, 0.5, 64},
        {SW_DRAW_FILL, 0x00ffffff, 1, 0},     {SW_DRAW_MASK, 0xff000000, 0.5, 128},   {SW_DRAW_BITMAP, 0, 1, 255},
        {SW_DRAW_BITMAP, 0, 0.25, 64},        {SW_DRAW_BITMAP, 0, 2, 255},            {SW_DRAW_BITMAP, 0, -1, 0},
        {SW_DRAW_BITMAP, 0, NAN, 0},          {SW_DRAW_BITMAP, 0, INFINITY, 255},     {SW_DRAW_BITMAP, 0, 0.001, 0},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_draw draw = {.kind = rows[i].kind, .colour = rows[i].colour, .opacity = rows[i].opacity};
        assert_int_equal(sw_draw_alpha(&draw), rows[i].alpha);
    }
}

static void test_what_cannot_show_is_left_out(void **state)
{
    (void)state;
    const struct sw_draw good = {.kind = SW_DRAW_FILL, .to = {1, 1, 5, 5}, .clip = all, .colour = 0xff112233, .opacity = 1};
    struct sw_draw bad[] = {good, good, good, good, good, good};
    bad[0].to.width = 0;
    bad[1].opacity = 0;
    bad[2].clip = (struct sw_box_px){50, 50, 10, 10};
    bad[3].to.x = 100; /* beside the list */
    bad[3].clip.width = 1000;
    bad[4].colour = 0x00112233;
    bad[5].to.x = NAN;
    struct sw_draw_list list;
    sw_draw_list_init(&list, all.width, all.height, 0xff000000);
    for (size_t i = 0; i < SW_COUNT(bad); i++)
        sw_draw_list_add(&list, &bad[i]);
    assert_int_equal(list.count, 0);
    sw_draw_list_add(&list, &good);
    assert_int_equal(list.count, 1);
    sw_draw_list_finish(&list);
    sw_draw_list_finish(&list);
    sw_draw_list_finish(NULL);
}

static void test_lists_hold_their_bitmaps(void **state)
{
    (void)state;
    struct sw_bitmap *bitmap = sw_bitmap_create(SW_PIXELS_ARGB, 8, 8);
    struct sw_draw draw = {.kind = SW_DRAW_BITMAP, .to = {0, 0, 8, 8}, .clip = all, .opacity = 1, .bitmap = bitmap};
    struct sw_draw_list list, copy = {0};
    sw_draw_list_init(&list, all.width, all.height, 0x123456);
    assert_int_equal(list.ground, 0xff123456); /* opaque in any case */
    for (int i = 0; i < 3; i++)
        sw_draw_list_add(&list, &draw);
    draw.opacity = 0;
    sw_draw_list_add(&list, &draw);
    assert_int_equal(bitmap->holders, 4);
    sw_draw_list_copy(&copy, &list);
    assert_int_equal(bitmap->holders, 7);
    assert_int_equal(copy.count, 3);
    assert_int_equal(copy.ground, list.ground);
    sw_draw_list_copy(&copy, &list);
    assert_int_equal(bitmap->holders, 7);
    sw_draw_list_finish(&list);
    assert_int_equal(bitmap->holders, 4);
    sw_draw_list_init(&list, all.width, all.height, 0);
    sw_draw_list_copy(&copy, &list);
    assert_int_equal(bitmap->holders, 1);
    sw_draw_list_finish(&copy);
    sw_bitmap_release(bitmap);
}

static void test_same(void **state)
{
    (void)state;
    struct sw_bitmap *one = sw_bitmap_create(SW_PIXELS_ARGB, 8, 8), *other = sw_bitmap_create(SW_PIXELS_ARGB, 8, 8);
    const struct sw_draw fill = {.kind = SW_DRAW_FILL, .identity = 1, .to = {4, 4, 8, 8}, .clip = all, .colour = 0xff102030, .opacity = 1};
    struct sw_draw picture = fill;
    picture.kind = SW_DRAW_BITMAP;
    picture.bitmap = one;
    struct sw_draw scaled = picture;
    scaled.to.width = 20;
    enum { ROWS = 13 };
    struct {
        struct sw_draw a, b;
        bool same;
    } rows[ROWS] = {{fill, fill, true},       {fill, fill, true},       {fill, fill, false},      {fill, fill, false},
                    {fill, fill, true},       {picture, picture, true}, {picture, picture, true}, {picture, picture, false},
                    {picture, picture, true}, {scaled, scaled, false},  {picture, scaled, false}, {fill, picture, false},
                    {fill, fill, false}};
    rows[0].b.identity = 2;                            /* pixels count, not who drew them */
    rows[1].b.to.x = 4.4;                              /* the same whole pixels */
    rows[2].b.to.x = 4.6;
    rows[3].b.colour = 0xff102031;
    rows[4].b.opacity = 0.999;                         /* the same of 255 steps */
    rows[5].b.colour = 0xffabcdef;                     /* bitmaps have no colour */
    rows[6].b.to.y = 4.3;
    rows[7].b.bitmap = other;
    rows[8].b.clip.width = 50;                         /* clips nothing of either */
    rows[9].b.to.x = 4.1;                              /* scaled: every part of a pixel shows */
    rows[12].b.clip = (struct sw_box_px){6, 4, 20, 20};
    for (size_t i = 0; i < ROWS; i++)
        if (sw_draw_same(&rows[i].a, &rows[i].b) != rows[i].same || sw_draw_same(&rows[i].b, &rows[i].a) != rows[i].same)
            fail_msg("row %zu", i);
    sw_bitmap_release(one);
    sw_bitmap_release(other);
}

/* A letter is an item: its place and identity; as a capital it has another colour. */
static void spell(struct sw_draw_list *list, const char *letters)
{
    sw_draw_list_init(list, 260, 10, 0);
    for (; *letters != '\0'; letters++) {
        bool capital = *letters < 'a';
        int place = *letters - (capital ? 'A' : 'a');
        struct sw_draw draw = {.kind = SW_DRAW_FILL, .identity = (uint64_t)place, .to = {place * 10, 0, 10, 10}, .clip = {0, 0, 260, 10},
                               .colour = capital ? 0xffffffff : 0xff000000, .opacity = 1};
        sw_draw_list_add(list, &draw);
    }
}

static void collect(void *context, struct sw_box_px box)
{
    char *letters = context;
    assert_int_equal(box.width, 10);
    letters[strlen(letters)] = (char)('a' + box.x / 10);
}

static void test_compare(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        {"", "", ""},           {"", "ab", "ab"},         {"ab", "", "ab"},         {"abc", "abc", ""},     {"abc", "aBc", "b"},
        {"abc", "axbc", "x"},   {"axbc", "abc", "x"},     {"ab", "ba", "bb"},       {"abcd", "cd", "ab"},   {"abc", "xyz", "axbycz"},
        {"aab", "ab", "a"},     {"abcdef", "abXdef", "cx"}, {"abc", "abcxyz", "xyz"}, {"xyabc", "abCz", "xycz"},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_draw_list before, after;
        char damaged[64] = "";
        spell(&before, rows[i][0]);
        spell(&after, rows[i][1]);
        sw_draw_list_compare(&before, &after, collect, damaged);
        assert_string_equal(damaged, rows[i][2]);
        sw_draw_list_finish(&before);
        sw_draw_list_finish(&after);
    }
}

static void keep_boxes(void *context, struct sw_box_px box)
{
    struct sw_box_px **next = context;
    *(*next)++ = box;
}

/* What moves a little damages one box, what moves far two. */
static void test_moves(void **state)
{
    (void)state;
    static const struct {
        int by;
        size_t count;
        struct sw_box_px boxes[2];
    } rows[] = {{0, 0, {{0}}}, {3, 1, {{10, 0, 13, 10}}}, {10, 1, {{10, 0, 20, 10}}}, {11, 2, {{10, 0, 10, 10}, {21, 0, 10, 10}}},
                {300, 1, {{10, 0, 10, 10}}}};
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_draw_list before, after;
        struct sw_box_px boxes[8], *next = boxes;
        spell(&before, "b");
        spell(&after, "b");
        after.items[0].to.x += rows[i].by;
        sw_draw_list_compare(&before, &after, keep_boxes, &next);
        assert_int_equal(next - boxes, rows[i].count);
        for (size_t k = 0; k < rows[i].count; k++)
            assert_box(boxes[k], rows[i].boxes[k], i);
        sw_draw_list_finish(&before);
        sw_draw_list_finish(&after);
    }
}

static void count_whole(void *context, struct sw_box_px box)
{
    assert_box(box, (struct sw_box_px){0, 0, 260, 10}, 0);
    ++*(int *)context;
}

static void test_another_ground_damages_all(void **state)
{
    (void)state;
    struct sw_draw_list before, after;
    spell(&before, "ab");
    spell(&after, "cd");
    after.ground = 0xff111111;
    int count = 0;
    sw_draw_list_compare(&before, &after, count_whole, &count);
    assert_int_equal(count, 1);
    sw_draw_list_finish(&before);
    sw_draw_list_finish(&after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_alpha),
        cmocka_unit_test(test_what_cannot_show_is_left_out),
        cmocka_unit_test(test_lists_hold_their_bitmaps),
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_compare),
        cmocka_unit_test(test_moves),
        cmocka_unit_test(test_another_ground_damages_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
