/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/compose.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"

enum { WIDTH = 300, HEIGHT = 200, ZONE_W = 100, ZONE_H = 150 };
static const struct sw_box_px LEFT = {10, 20, ZONE_W, ZONE_H}, RIGHT = {150, 30, ZONE_W, ZONE_H};

static uint32_t at(const struct sw_composer *composer, int x, int y)
{
    int width, height, stride;
    const uint32_t *pixels = sw_composer_pixels(composer, &width, &height, &stride);
    assert_int_equal(width, WIDTH);
    assert_int_equal(height, HEIGHT);
    return pixels[stride / 4 * y + x];
}

static void make(struct sw_draw_list *list, uint32_t ground, int x, uint32_t colour)
{
    struct sw_draw draw = {.kind = SW_DRAW_FILL, .identity = 7, .to = {x, 40, 20, 10}, .clip = {0, 0, ZONE_W, ZONE_H}, .colour = colour,
                           .opacity = 1};
    sw_draw_list_init(list, ZONE_W, ZONE_H, ground);
    sw_draw_list_add(list, &draw);
}

static void assert_damage(struct sw_damage damage, size_t count, struct sw_box_px first)
{
    assert_int_equal(damage.count, count);
    if (count == 0)
        return;
    assert_int_equal(damage.boxes[0].x, first.x);
    assert_int_equal(damage.boxes[0].y, first.y);
    assert_int_equal(damage.boxes[0].width, first.width);
    assert_int_equal(damage.boxes[0].height, first.height);
}

static const struct sw_box_px WALL = {0, 0, WIDTH, HEIGHT};

static void test_zones_are_placed(void **state)
{
    (void)state;
    struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, 1);
    struct sw_draw_list red, blue;
    make(&red, 0xff800000, 5, 0xffffffff);
    make(&blue, 0xff000080, 60, 0xffffff00);
    struct sw_zone_frame zones[] = {{.place = LEFT, .list = &red}, {.place = RIGHT, .list = &blue}};
    assert_damage(sw_composer_compose(composer, zones, 2), 1, WALL);
    assert_int_equal(at(composer, 9, 20), 0xff000000);
    assert_int_equal(at(composer, 10, 20), 0xff800000);
    assert_int_equal(at(composer, 15, 60), 0xffffffff);
    assert_int_equal(at(composer, 109, 169), 0xff800000);
    assert_int_equal(at(composer, 110, 169), 0xff000000);
    assert_int_equal(at(composer, 150, 30), 0xff000080);
    assert_int_equal(at(composer, 210, 70), 0xffffff00);
    assert_damage(sw_composer_compose(composer, zones, 2), 0, WALL);

    blue.items[0].colour = 0xff00ffff; /* one item of one zone */
    assert_damage(sw_composer_compose(composer, zones, 2), 1, (struct sw_box_px){210, 70, 20, 10});
    assert_int_equal(at(composer, 210, 70), 0xff00ffff);

    zones[0].list = NULL; /* stays as it is */
    assert_damage(sw_composer_compose(composer, zones, 2), 0, WALL);
    assert_int_equal(at(composer, 15, 60), 0xffffffff);

    sw_composer_invalidate(composer);
    assert_damage(sw_composer_compose(composer, zones, 2), 1, WALL);
    assert_damage(sw_composer_compose(composer, zones, 2), 0, WALL);

    zones[0] = (struct sw_zone_frame){.place = RIGHT, .list = &red}; /* another place, and one zone fewer */
    assert_damage(sw_composer_compose(composer, zones, 1), 1, WALL);
    assert_int_equal(at(composer, 10, 20), 0xff000000);
    assert_int_equal(at(composer, 150, 30), 0xff800000);
    sw_draw_list_finish(&red);
    sw_draw_list_finish(&blue);
    sw_composer_destroy(composer);
    sw_composer_destroy(NULL);
}

/* Whatever happened to the wall's pixels: they are painted again. */
static void test_invalidate_paints_again(void **state)
{
    (void)state;
    struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, 1);
    struct sw_draw_list list;
    make(&list, 0xff800000, 5, 0xffffffff);
    struct sw_zone_frame zone = {.place = LEFT, .list = &list};
    sw_composer_compose(composer, &zone, 1);
    int width, height, stride;
    uint32_t *pixels = (uint32_t *)(uintptr_t)sw_composer_pixels(composer, &width, &height, &stride);
    pixels[stride / 4 * 60 + 60] = 0;
    assert_damage(sw_composer_compose(composer, &zone, 1), 0, WALL);
    sw_composer_invalidate(composer);
    assert_damage(sw_composer_compose(composer, &zone, 1), 1, WALL);
    assert_int_equal(at(composer, 60, 60), 0xff800000);
    sw_draw_list_finish(&list);
    sw_composer_destroy(composer);
}

/* Into the caller's pixels: the same picture, and none of it is relied upon when they are others, or may have been lost. */
static void test_pixels_of_the_caller(void **state)
{
    (void)state;
    enum { STRIDE = WIDTH + 5 };
    static uint32_t first[STRIDE * HEIGHT], second[STRIDE * HEIGHT];
    struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, 1);
    struct sw_draw_list red, blue;
    make(&red, 0xff800000, 5, 0xffffffff);
    make(&blue, 0xff000080, 60, 0xffffff00);
    struct sw_zone_frame zones[] = {{.place = LEFT, .list = &red}, {.place = RIGHT, .list = &blue}};
    assert_true(sw_composer_uses(composer, NULL));
    assert_false(sw_composer_uses(composer, first));
    assert_damage(sw_composer_compose(composer, zones, 2), 1, WALL);
    uint32_t *const places[] = {first, second, first};
    for (size_t i = 0; i < SW_COUNT(places); i++) {
        memset(places[i], 0x55, sizeof first);
        sw_composer_use(composer, places[i], STRIDE * 4);
        assert_true(sw_composer_uses(composer, places[i]));
        assert_false(sw_composer_uses(composer, NULL));
        assert_damage(sw_composer_compose(composer, zones, 2), 1, WALL);
        assert_int_equal(places[i][0], 0xff000000);
        assert_int_equal(places[i][WIDTH], 0x55555555);
        assert_int_equal(places[i][STRIDE * 20 + 10], 0xff800000);
        assert_int_equal(places[i][STRIDE * 70 + 210], 0xffffff00);
        assert_ptr_equal(&places[i][0], sw_composer_pixels(composer, &(int){0}, &(int){0}, &(int){0}));
        sw_composer_use(composer, places[i], STRIDE * 4);
        assert_damage(sw_composer_compose(composer, zones, 2), 0, WALL);
    }
    memset(first, 0x55, sizeof first);
    sw_composer_invalidate(composer);
    assert_damage(sw_composer_compose(composer, zones, 2), 1, WALL);
    assert_int_equal(first[0], 0xff000000);
    assert_int_equal(first[STRIDE * 20 + 10], 0xff800000);
    sw_composer_use(composer, NULL, 0);
    assert_damage(sw_composer_compose(composer, zones, 2), 1, WALL);
    assert_int_equal(at(composer, 0, 0), 0xff000000);
    assert_int_equal(at(composer, 10, 20), 0xff800000);
    sw_draw_list_finish(&red);
    sw_draw_list_finish(&blue);
    sw_composer_destroy(composer);
}

/* Layers that are made ready ahead of their change, while others change already and the zones take other places. */
static void test_layers_made_ready(void **state)
{
    (void)state;
    struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, 3);
    struct sw_draw_list red, blue;
    make(&red, 0xff800000, 5, 0xffffffff);
    make(&blue, 0xff000080, 60, 0xffffff00);
    for (int turn = 0; turn < 30; turn++) {
        struct sw_zone_frame zones[] = {{.place = LEFT, .list = &red, .soon = turn % 3 > 0}, {.place = RIGHT, .list = &blue, .soon = true}};
        zones[0].next = turn % 3 == 2 ? &blue : NULL;
        zones[0].mix = 0.5;
        zones[1].place.x -= turn / 10;
        (void)sw_composer_compose(composer, zones, 2);
        assert_int_equal(at(composer, 10, 20), turn % 3 == 2 ? 0xff400040 : 0xff800000);
        assert_int_equal(at(composer, 150, 30), 0xff000080);
    }
    sw_draw_list_finish(&red);
    sw_draw_list_finish(&blue);
    sw_composer_destroy(composer);
}

static void test_zone_across_the_edge_of_the_wall(void **state)
{
    (void)state;
    struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, 1);
    struct sw_draw_list list;
    make(&list, 0xff800000, 5, 0xffffffff);
    struct sw_zone_frame zone = {.place = {-10, -45, ZONE_W, ZONE_H}, .list = &list, .next = &list, .mix = 0.5};
    assert_damage(sw_composer_compose(composer, &zone, 1), 1, WALL);
    assert_int_equal(at(composer, 0, 0), 0xffffffff);
    assert_int_equal(at(composer, 15, 4), 0xff800000);
    assert_int_equal(at(composer, 90, 0), 0xff000000);
    sw_draw_list_finish(&list);
    sw_composer_destroy(composer);
}

static void test_cross_fade(void **state)
{
    (void)state;
    static const struct {
        double mix;
        uint32_t ground, item_a, item_b; /* where nothing is, where the first scene has its item, where the second */
    } rows[] = {
        {0, 0xff800000, 0xffffffff, 0xff800000},   {NAN, 0xff800000, 0xffffffff, 0xff800000},  {0.001, 0xff800000, 0xffffffff, 0xff800000},
        {0.2, 0xff66001a, 0xffcccce6, 0xff990033}, {0.5, 0xff400040, 0xff7f7fbf, 0xffc00080},
        {1, 0xff000080, 0xff000080, 0xffff00ff},   {0.999, 0xff000080, 0xff000080, 0xffff00ff}, {3, 0xff000080, 0xff000080, 0xffff00ff},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, 1);
        struct sw_draw_list a, b;
        make(&a, 0xff800000, 5, 0xffffffff);
        make(&b, 0xff000080, 60, 0xffff00ff);
        struct sw_zone_frame zone = {.place = LEFT, .list = &a, .next = &b, .mix = rows[i].mix};
        assert_damage(sw_composer_compose(composer, &zone, 1), 1, WALL);
        assert_int_equal(at(composer, 10, 20), rows[i].ground);
        assert_int_equal(at(composer, 20, 65), rows[i].item_a);
        assert_int_equal(at(composer, 75, 65), rows[i].item_b);
        assert_damage(sw_composer_compose(composer, &zone, 1), 0, WALL);
        sw_draw_list_finish(&a);
        sw_draw_list_finish(&b);
        sw_composer_destroy(composer);
    }
}

/* A whole change of scenes, with what each step may touch. */
static void test_a_transition(void **state)
{
    (void)state;
    struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, 1);
    struct sw_draw_list a, b;
    make(&a, 0xff800000, 5, 0xffffffff);
    make(&b, 0xff000080, 60, 0xffff00ff);
    struct sw_zone_frame zone = {.place = LEFT, .list = &a};
    assert_damage(sw_composer_compose(composer, &zone, 1), 1, WALL);
    zone.next = &b;
    assert_damage(sw_composer_compose(composer, &zone, 1), 0, WALL);
    zone.mix = 0.5;
    assert_damage(sw_composer_compose(composer, &zone, 1), 1, LEFT);
    a.items[0].colour = 0xff00ff00; /* the scene that goes still moves */
    assert_damage(sw_composer_compose(composer, &zone, 1), 1, (struct sw_box_px){15, 60, 20, 10});
    assert_int_equal(at(composer, 15, 60), 0xff007f40);
    b.items[0].to.x = 70; /* and the one that comes */
    assert_damage(sw_composer_compose(composer, &zone, 1), 1, (struct sw_box_px){70, 60, 30, 10});
    zone.mix = 0.501; /* not another step of 255 */
    assert_damage(sw_composer_compose(composer, &zone, 1), 0, LEFT);
    zone.mix = 0.6;
    assert_damage(sw_composer_compose(composer, &zone, 1), 1, LEFT);
    zone.mix = 1;
    assert_damage(sw_composer_compose(composer, &zone, 1), 1, LEFT);
    assert_int_equal(at(composer, 80, 65), 0xffff00ff);
    zone = (struct sw_zone_frame){.place = LEFT, .list = &b}; /* it is the scene that is on: nothing changes */
    assert_damage(sw_composer_compose(composer, &zone, 1), 0, LEFT);
    sw_draw_list_finish(&a);
    sw_draw_list_finish(&b);
    sw_composer_destroy(composer);
}

static void test_top_goes_over_both(void **state)
{
    (void)state;
    struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, 1);
    struct sw_draw_list a, b, top;
    make(&a, 0xff800000, 5, 0xffffffff);
    make(&b, 0xff000080, 60, 0xffff00ff);
    make(&top, 0xff123456, 50, 0xff00ff00);
    struct sw_zone_frame zone = {.place = LEFT, .list = &a, .top = &top};
    assert_damage(sw_composer_compose(composer, &zone, 1), 1, WALL);
    assert_int_equal(at(composer, 60, 60), 0xff00ff00);
    assert_int_equal(at(composer, 59, 60), 0xff800000);
    top.ground = 0xff654321; /* is not used */
    assert_damage(sw_composer_compose(composer, &zone, 1), 0, WALL);
    zone.next = &b;
    zone.mix = 0.5;
    assert_damage(sw_composer_compose(composer, &zone, 1), 1, LEFT);
    assert_int_equal(at(composer, 60, 60), 0xff00ff00);
    assert_int_equal(at(composer, 85, 65), 0xffc00080);
    zone.top = NULL;
    assert_damage(sw_composer_compose(composer, &zone, 1), 1, (struct sw_box_px){60, 60, 20, 10});
    assert_int_equal(at(composer, 60, 60), 0xff400040);
    sw_draw_list_finish(&a);
    sw_draw_list_finish(&b);
    sw_draw_list_finish(&top);
    sw_composer_destroy(composer);
}

/* What the composer keeps for its comparison it lets go of, with the next list or at the end. */
static void test_holds_end(void **state)
{
    (void)state;
    struct sw_bitmap *bitmap = sw_bitmap_create(SW_PIXELS_XRGB, 16, 16);
    struct sw_draw draw = {.kind = SW_DRAW_BITMAP, .to = {0, 0, 16, 16}, .clip = {0, 0, ZONE_W, ZONE_H}, .opacity = 1, .bitmap = bitmap};
    struct sw_draw_list with, without;
    sw_draw_list_init(&with, ZONE_W, ZONE_H, 0);
    sw_draw_list_init(&without, ZONE_W, ZONE_H, 0);
    sw_draw_list_add(&with, &draw);
    struct sw_composer *composer = sw_composer_create(WIDTH, HEIGHT, 1);
    struct sw_zone_frame on = {.place = LEFT, .list = &with, .top = &with}, off = {.place = LEFT, .list = &without};
    struct sw_zone_frame fading = {.place = LEFT, .list = &with, .next = &with, .mix = 0.5, .top = &with};
    const struct sw_zone_frame *const frames[] = {&on, &off, &fading, &off, &on, &fading, &on, &on, &fading};
    static const int holders[] = {4, 2, 5, 2, 4, 5, 5, 4, 5}; /* the layer of the last picture of a change goes with the next */
    for (size_t i = 0; i < SW_COUNT(frames); i++) {
        sw_composer_compose(composer, frames[i], 1);
        assert_int_equal(bitmap->holders, holders[i]);
    }
    sw_composer_destroy(composer);
    assert_int_equal(bitmap->holders, 2);
    sw_draw_list_finish(&with);
    sw_draw_list_finish(&without);
    sw_bitmap_release(bitmap);
}

/* A thousand scattered changes come as few boxes. */
static void test_many_changes(void **state)
{
    (void)state;
    struct sw_composer *composer = sw_composer_create(2000, 1000, 4);
    struct sw_draw_list list;
    sw_draw_list_init(&list, 2000, 1000, 0);
    struct sw_zone_frame zone = {.place = {0, 0, 2000, 1000}, .list = &list};
    for (int i = 0; i < 1000; i++) {
        struct sw_draw draw = {.kind = SW_DRAW_FILL, .identity = (uint64_t)i, .to = {i * 379 % 1990, i * 223 % 990, 8, 8},
                               .clip = {0, 0, 2000, 1000}, .colour = 0xff00ff00, .opacity = 1};
        sw_draw_list_add(&list, &draw);
    }
    assert_int_equal(sw_composer_compose(composer, &zone, 1).count, 1);
    for (int i = 0; i < 1000; i++)
        list.items[i].colour = 0x80ff00ff;
    struct sw_damage damage = sw_composer_compose(composer, &zone, 1);
    assert_in_range(damage.count, 1, 64);
    assert_int_equal(sw_composer_compose(composer, &zone, 1).count, 0);
    sw_draw_list_finish(&list);
    sw_composer_destroy(composer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_zones_are_placed),
        cmocka_unit_test(test_invalidate_paints_again),
        cmocka_unit_test(test_pixels_of_the_caller),
        cmocka_unit_test(test_layers_made_ready),
        cmocka_unit_test(test_zone_across_the_edge_of_the_wall),
        cmocka_unit_test(test_cross_fade),
        cmocka_unit_test(test_a_transition),
        cmocka_unit_test(test_top_goes_over_both),
        cmocka_unit_test(test_holds_end),
        cmocka_unit_test(test_many_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
