/* SPDX-License-Identifier: EUPL-1.2 */
/* What is asked for comes once, stays while it is used, and follows its file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "house.h"

#define SVG "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'><rect width='30' height='20' fill='#0f0'/></svg>"

static struct sample_file png(uint32_t colour, int width, int height)
{
    struct sample sample = sample_quarters(width, height);
    for (int i = 0; i < width * height; i++)
        sample.pixels[i] = colour;
    struct sample_file file = sample_png(&sample, SAMPLE_PNG_RGBA, false);
    sample_finish(&sample);
    return file;
}

static uint32_t first_pixel(const struct sw_bitmap *bitmap)
{
    return *(const uint32_t *)(const void *)bitmap->pixels;
}

static int set_up(void **state)
{
    struct house *house = malloc(sizeof *house);
    house_open(house, 0);
    house_start(house, SW_LINK_PICTURE);
    *state = house;
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    free(*state);
    return 0;
}

static void a_picture_comes_when_asked_for(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    int width = 0, height = 0;
    house_put(house, "a.png", png(0xff102030, 12, 8));
    assert_int_equal(house_size(house, "a.png", &width, &height), SW_ASSET_PENDING);
    assert_int_equal(house_get(house, "a.png", 24, 16, &bitmap), SW_ASSET_PENDING);
    house_settle(house);
    assert_true(atomic_load(&house->wakes) > 0);
    assert_int_equal(house_size(house, "a.png", &width, &height), SW_ASSET_READY);
    assert_int_equal(width, 12);
    assert_int_equal(height, 8);
    assert_int_equal(house_get(house, "a.png", 24, 16, &bitmap), SW_ASSET_READY);
    assert_int_equal(bitmap->width, 24);
    assert_int_equal(bitmap->height, 16);
    assert_int_equal(bitmap->format, SW_PIXELS_XRGB);
    assert_int_equal(first_pixel(bitmap), 0xff102030);
    assert_int_equal(sw_media_pending(house->media), 0);
}

static void collect_says_what_is_new_once(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    house_put(house, "a.png", png(0xff102030, 12, 8));
    assert_false(sw_media_collect(house->media));
    house_get(house, "a.png", 12, 8, &bitmap);
    house_settle(house);
    assert_true(sw_media_collect(house->media));
    assert_false(sw_media_collect(house->media));
    sw_media_refresh(house->media);
    house_settle(house);
    assert_false(sw_media_collect(house->media)); /* nothing has changed */
    house_put(house, "a.png", png(0xff102030, 12, 8));
    sw_media_refresh(house->media);
    house_settle(house);
    assert_true(sw_media_collect(house->media));
}

static void the_same_request_is_made_once(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *first = NULL, *second = NULL;
    house_put(house, "a.png", png(0xff102030, 12, 8));
    for (int i = 0; i < 5; i++)
        house_get(house, "a.png", 12, 8, &first);
    assert_int_equal(sw_media_pending(house->media), 1);
    assert_int_equal(sw_media_sizes_pending(house->media), 0);
    house_settle(house);
    house_get(house, "a.png", 12, 8, &first);
    house_get(house, "a.png", 12, 8, &second);
    assert_ptr_equal(first, second);
    assert_int_equal(sw_media_pending(house->media), 0);
    house_get(house, "a.png", 6, 4, &second);
    assert_int_equal(sw_media_pending(house->media), 1);
    house_settle(house);
}

static void sizes_are_counted_apart(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    int width, height;
    house_put(house, "a.png", png(0xff102030, 12, 8));
    house_size(house, "a.png", &width, &height);
    house_size(house, "a.png", &width, &height);
    house_size(house, "none.png", &width, &height);
    house_get(house, "a.png", 6, 4, &bitmap);
    assert_int_equal(sw_media_pending(house->media), 3);
    assert_int_equal(sw_media_sizes_pending(house->media), 2);
    house_settle(house);
    assert_int_equal(sw_media_sizes_pending(house->media), 0);
    sw_media_refresh(house->media);
    assert_int_equal(sw_media_sizes_pending(house->media), 0);
    house_settle(house);
}

static void an_svg_worker_is_asked_for_once(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    house_put_text(house, "a.svg", SVG);
    house_put_text(house, "b.SVG", SVG);
    house_get(house, "a.svg", 60, 40, &bitmap);
    house_get(house, "b.SVG", 60, 40, &bitmap);
    house_settle(house);
    assert_int_equal(house_get(house, "a.svg", 60, 40, &bitmap), SW_ASSET_READY);
    assert_int_equal(first_pixel(bitmap), 0xff00ff00);
    assert_int_equal(house_get(house, "b.SVG", 60, 40, &bitmap), SW_ASSET_READY);
    assert_int_equal(house->needs[SW_LINK_SVG], 1);
    assert_int_equal(house->needs[SW_LINK_PICTURE], 0);
}

static void a_wrong_name_finds_the_other_worker(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    house_put_text(house, "a.png", SVG);
    house_put(house, "b.svg", png(0xff102030, 12, 8));
    house_get(house, "a.png", 30, 20, &bitmap);
    house_get(house, "b.svg", 12, 8, &bitmap);
    house_settle(house);
    assert_int_equal(house_get(house, "a.png", 30, 20, &bitmap), SW_ASSET_READY);
    assert_int_equal(first_pixel(bitmap), 0xff00ff00);
    assert_int_equal(house_get(house, "b.svg", 12, 8, &bitmap), SW_ASSET_READY);
    assert_int_equal(first_pixel(bitmap), 0xff102030);
}

static void a_failure_stays_until_the_file_changes(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    int width, height;
    house_put_text(house, "a.png", "not a picture");
    assert_int_equal(house_get(house, "a.png", 12, 8, &bitmap), SW_ASSET_PENDING);
    house_get(house, "missing.png", 12, 8, &bitmap);
    house_settle(house);
    assert_int_equal(house_get(house, "a.png", 12, 8, &bitmap), SW_ASSET_FAILED);
    assert_int_equal(house_get(house, "a.png", 13, 8, &bitmap), SW_ASSET_FAILED); /* whatever the size */
    assert_int_equal(house_size(house, "a.png", &width, &height), SW_ASSET_FAILED);
    assert_int_equal(house_get(house, "missing.png", 12, 8, &bitmap), SW_ASSET_FAILED);
    assert_int_equal(sw_media_pending(house->media), 0);
    sw_media_refresh(house->media);
    house_settle(house);
    assert_int_equal(house_get(house, "a.png", 12, 8, &bitmap), SW_ASSET_FAILED); /* nothing has changed */
    house_put(house, "a.png", png(0xff102030, 12, 8));
    house_put(house, "missing.png", png(0xff405060, 12, 8));
    sw_media_refresh(house->media);
    house_settle(house);
    assert_int_equal(house_get(house, "a.png", 12, 8, &bitmap), SW_ASSET_PENDING);
    assert_int_equal(house_get(house, "missing.png", 12, 8, &bitmap), SW_ASSET_PENDING);
    house_settle(house);
    assert_int_equal(house_get(house, "a.png", 12, 8, &bitmap), SW_ASSET_READY);
    assert_int_equal(house_get(house, "missing.png", 12, 8, &bitmap), SW_ASSET_READY);
    assert_int_equal(first_pixel(bitmap), 0xff405060);
}

static void a_changed_file_keeps_its_pixels_until_new_ones_are_there(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    int width, height;
    house_put(house, "a.png", png(0xff102030, 12, 8));
    house_size(house, "a.png", &width, &height);
    house_get(house, "a.png", 12, 8, &bitmap);
    house_settle(house);
    house_put(house, "a.png", png(0xff405060, 20, 10));
    sw_media_refresh(house->media);
    house_settle(house);
    assert_int_equal(house_get(house, "a.png", 12, 8, &bitmap), SW_ASSET_READY);
    assert_int_equal(first_pixel(bitmap), 0xff102030);
    assert_int_equal(house_size(house, "a.png", &width, &height), SW_ASSET_READY);
    assert_int_equal(width, 12);
    house_settle(house);
    assert_int_equal(house_get(house, "a.png", 12, 8, &bitmap), SW_ASSET_READY);
    assert_int_equal(first_pixel(bitmap), 0xff405060);
    assert_int_equal(house_size(house, "a.png", &width, &height), SW_ASSET_READY);
    assert_int_equal(width, 20);
    assert_int_equal(height, 10);
}

static void requests_that_make_no_sense_fail(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    assert_int_equal(house_get(house, "a.png", 0, 8, &bitmap), SW_ASSET_FAILED);
    assert_int_equal(house_get(house, "a.png", 16384, 16384, &bitmap), SW_ASSET_FAILED);
    assert_int_equal(sw_media_pending(house->media), 0);
    static const char *const outside[] = {"../a.png", "/etc/passwd", "", "a/../../b.png"};
    for (size_t i = 0; i < SW_COUNT(outside); i++)
        assert_int_equal(house_get(house, outside[i], 5, 5, &bitmap), SW_ASSET_PENDING);
    house_settle(house);
    for (size_t i = 0; i < SW_COUNT(outside); i++)
        assert_int_equal(house_get(house, outside[i], 5, 5, &bitmap), SW_ASSET_FAILED);
}

static enum sw_asset_state get(const struct sw_gallery *gallery, const char *name, int width, struct sw_bitmap **bitmap)
{
    const struct sw_pictures *pictures = sw_gallery_pictures(gallery);
    struct sw_picture_request request = {.path = name, .width = width, .height = 8, .right = 1, .bottom = 1};
    return pictures->get(pictures->context, &request, bitmap);
}

static void two_galleries_have_pictures_of_one_name(void **state)
{
    struct house *house = *state, other;
    struct sw_bitmap *bitmap = NULL;
    house_open(&other, 0);
    house_put(house, "a.png", png(0xff102030, 12, 8));
    house_put(&other, "a.png", png(0xff405060, 12, 8));
    struct sw_gallery *second = sw_media_open(house->media, other.root);
    assert_int_equal(get(house->gallery, "a.png", 12, &bitmap), SW_ASSET_PENDING);
    assert_int_equal(get(second, "a.png", 12, &bitmap), SW_ASSET_PENDING);
    assert_int_equal(sw_media_pending(house->media), 2);
    house_settle(house);
    assert_int_equal(get(house->gallery, "a.png", 12, &bitmap), SW_ASSET_READY);
    assert_int_equal(first_pixel(bitmap), 0xff102030);
    assert_int_equal(get(second, "a.png", 12, &bitmap), SW_ASSET_READY);
    assert_int_equal(first_pixel(bitmap), 0xff405060);
    sw_media_shut(second);
    house_close(&other);
}

static void what_two_galleries_have_in_one_place_is_decoded_once(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL, *other = NULL;
    enum sw_file_status status;
    int width = 0, height = 0;
    house_put(house, "x", png(0xff102030, 12, 8));
    house_put(house, "y", png(0xff405060, 12, 8));
    const struct sw_root_file first[] = {{.path = "a.png", .target = "x"}, {.path = "b.png", .target = "x"}};
    const struct sw_root_file then[] = {{.path = "a.png", .target = "x"}, {.path = "b.png", .target = "y"}};
    struct sw_root *before = sw_root_create_list(house->folder, first, SW_COUNT(first), &status);
    struct sw_root *after = sw_root_create_list(house->folder, then, SW_COUNT(then), &status);
    struct sw_gallery *old = sw_media_open(house->media, before);
    get(old, "a.png", 12, &bitmap);
    get(old, "b.png", 12, &bitmap);
    house_settle(house);
    get(old, "b.png", 20, &bitmap); /* on its way */
    struct sw_gallery *new = sw_media_open(house->media, after);
    assert_int_equal(get(new, "a.png", 12, &bitmap), SW_ASSET_READY);
    assert_int_equal(get(old, "a.png", 12, &other), SW_ASSET_READY);
    assert_ptr_equal(bitmap, other);
    assert_int_equal(get(new, "b.png", 12, &bitmap), SW_ASSET_PENDING);
    sw_media_shut(old);
    sw_root_destroy(before);
    house_settle(house);
    const struct sw_pictures *pictures = sw_gallery_pictures(new);
    assert_int_equal(pictures->size(pictures->context, "a.png", &width, &height), SW_ASSET_READY);
    assert_int_equal(width, 12);
    assert_int_equal(get(new, "a.png", 12, &bitmap), SW_ASSET_READY);
    assert_int_equal(first_pixel(bitmap), 0xff102030);
    assert_int_equal(get(new, "b.png", 12, &bitmap), SW_ASSET_READY);
    assert_int_equal(first_pixel(bitmap), 0xff405060);
    sw_media_shut(new);
    sw_root_destroy(after);
}

static void a_gallery_that_is_shut_is_forgotten(void **state)
{
    struct house *house = *state, other;
    struct sw_bitmap *bitmap = NULL;
    house_open(&other, 0);
    house_put(&other, "a.png", png(0xff102030, 12, 8));
    house_put(house, "a.png", png(0xff405060, 12, 8));
    struct sw_gallery *first = sw_media_open(house->media, other.root);
    get(first, "a.png", 12, &bitmap);
    house_settle(house);
    for (int i = 0; i < 20; i++)
        get(first, "a.png", 100 + i, &bitmap); /* some under way, some still waiting */
    get(house->gallery, "a.png", 12, &bitmap);
    sw_media_shut(first);
    house_close(&other);
    assert_int_equal(sw_media_pending(house->media), 1);
    house_settle(house);
    assert_int_equal(get(house->gallery, "a.png", 12, &bitmap), SW_ASSET_READY);
    assert_int_equal(first_pixel(bitmap), 0xff405060);
    assert_int_equal(get(house->gallery, "a.png", 100, &bitmap), SW_ASSET_PENDING);
    house_settle(house);
    assert_int_equal(get(house->gallery, "a.png", 100, &bitmap), SW_ASSET_READY);
    assert_int_equal(first_pixel(bitmap), 0xff405060);
}

/* Ten pictures of 40 000 bytes where there is room for three: what this frame or the one before used stays, beyond the budget too. */
static void the_budget_never_takes_what_is_in_use(void **state)
{
    (void)state;
    struct house house;
    struct sw_bitmap *bitmap = NULL;
    char name[16];
    house_open(&house, 130000);
    house_start(&house, SW_LINK_PICTURE);
    for (int i = 0; i < 10; i++) {
        snprintf(name, sizeof name, "%d.png", i);
        house_put(&house, name, png(0xff000000 | (uint32_t)i, 10, 10));
    }
    for (int frame = 0; frame < 2; frame++) {
        sw_media_collect(house.media);
        for (int i = 0; i < 10; i++) {
            snprintf(name, sizeof name, "%d.png", i);
            house_get(&house, name, 100, 100, &bitmap);
        }
        house_settle(&house);
    }
    sw_media_collect(house.media);
    for (int i = 0; i < 5; i++) {
        snprintf(name, sizeof name, "%d.png", i);
        assert_int_equal(house_get(&house, name, 100, 100, &bitmap), SW_ASSET_READY);
        assert_int_equal(first_pixel(bitmap), 0xff000000 | (uint32_t)i);
    }
    sw_media_collect(house.media); /* the other five were last used two frames ago */
    for (int i = 0; i < 5; i++) {
        snprintf(name, sizeof name, "%d.png", i);
        assert_int_equal(house_get(&house, name, 100, 100, &bitmap), SW_ASSET_READY);
    }
    assert_int_equal(house_get(&house, "9.png", 100, 100, &bitmap), SW_ASSET_PENDING);
    house_settle(&house);
    assert_int_equal(house_get(&house, "9.png", 100, 100, &bitmap), SW_ASSET_READY);
    house_close(&house);
}

static void without_supervisor_or_worker_all_fails_at_once(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    house_put(house, "a.png", png(0xff102030, 12, 8));
    struct sw_media *alone = sw_media_create(&(struct sw_media_config){.link = -1, .workers = {-1, -1}});
    struct sw_gallery *gallery = sw_media_open(alone, house->root);
    const struct sw_pictures *pictures = sw_gallery_pictures(gallery);
    struct sw_picture_request request = {.path = "a.png", .width = 5, .height = 5, .right = 1, .bottom = 1};
    assert_int_equal(pictures->get(pictures->context, &request, &bitmap), SW_ASSET_PENDING);
    assert_true(sw_media_settle(alone, SW_NEVER));
    assert_int_equal(pictures->get(pictures->context, &request, &bitmap), SW_ASSET_FAILED);
    sw_media_shut(gallery);
    sw_media_destroy(alone);
}

int main(void)
{
#define HOUSE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        HOUSE_TEST(a_picture_comes_when_asked_for),
        HOUSE_TEST(collect_says_what_is_new_once),
        HOUSE_TEST(the_same_request_is_made_once),
        HOUSE_TEST(sizes_are_counted_apart),
        HOUSE_TEST(an_svg_worker_is_asked_for_once),
        HOUSE_TEST(a_wrong_name_finds_the_other_worker),
        HOUSE_TEST(a_failure_stays_until_the_file_changes),
        HOUSE_TEST(a_changed_file_keeps_its_pixels_until_new_ones_are_there),
        HOUSE_TEST(requests_that_make_no_sense_fail),
        HOUSE_TEST(two_galleries_have_pictures_of_one_name),
        HOUSE_TEST(what_two_galleries_have_in_one_place_is_decoded_once),
        HOUSE_TEST(a_gallery_that_is_shut_is_forgotten),
        cmocka_unit_test(the_budget_never_takes_what_is_in_use),
        HOUSE_TEST(without_supervisor_or_worker_all_fails_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
