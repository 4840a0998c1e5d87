/* SPDX-License-Identifier: EUPL-1.2 */
/* Two zones that change by chance, composed step by step by one thread and by four, and from scratch each time: the same bytes. */
#include "render/compose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "random_scene.h"

enum { WIDTH = RANDOM_WIDTH, HEIGHT = RANDOM_HEIGHT, ZONES = RANDOM_ZONES, FRAMES = 25, SEEDS = 12 };

static const uint32_t *pixels_of(const struct sw_composer *composer, size_t *bytes)
{
    int width, height, stride;
    const uint32_t *pixels = sw_composer_pixels(composer, &width, &height, &stride);
    *bytes = (size_t)stride * (size_t)height;
    return pixels;
}

static void assert_same(const struct sw_composer *a, const struct sw_composer *b, uint32_t seed, int frame, const char *what)
{
    size_t bytes;
    const uint32_t *first = pixels_of(a, &bytes), *second = pixels_of(b, &bytes);
    for (size_t i = 0; i < bytes / 4; i++)
        if (first[i] != second[i])
            fail_msg("%s: seed %u, frame %d, pixel %zu: %08x and %08x", what, seed, frame, i, first[i], second[i]);
}

/* Every pixel that differs lies in a box; boxes lie on the wall and apart. */
static void assert_damage_covers(const uint32_t *before, const struct sw_composer *composer, struct sw_damage damage)
{
    static unsigned char covered[WIDTH * HEIGHT];
    int twice = 0, forgotten = 0, transparent = 0;
    memset(covered, 0, sizeof covered);
    assert_true(damage.count <= 64);
    for (size_t i = 0; i < damage.count; i++) {
        struct sw_box_px box = damage.boxes[i];
        assert_true(box.x >= 0 && box.y >= 0 && box.x + box.width <= WIDTH && box.y + box.height <= HEIGHT && !sw_box_px_empty(box));
        for (int y = box.y; y < box.y + box.height; y++)
            for (int x = box.x; x < box.x + box.width; x++)
                twice += covered[y * WIDTH + x]++;
    }
    int width, height, stride;
    const uint32_t *pixels = sw_composer_pixels(composer, &width, &height, &stride);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            uint32_t pixel = pixels[stride / 4 * y + x];
            forgotten += !covered[y * WIDTH + x] && before[stride / 4 * y + x] != pixel;
            transparent += pixel >> 24 != 0xff;
        }
    assert_int_equal(twice, 0);
    assert_int_equal(forgotten, 0);
    assert_int_equal(transparent, 0);
}

static void run(uint32_t seed, uint64_t *damaged)
{
    struct random_scene scene;
    random_scene_init(&scene, seed);
    struct sw_composer *one = sw_composer_create(WIDTH, HEIGHT, 1), *four = sw_composer_create(WIDTH, HEIGHT, 4);
    size_t bytes;
    pixels_of(one, &bytes);
    uint32_t *before = malloc(bytes);
    for (int frame = 0; frame < FRAMES; frame++) {
        if (frame > 0)
            random_scene_step(&scene);
        memcpy(before, pixels_of(one, &bytes), bytes);
        struct sw_damage damage = sw_composer_compose(one, scene.frames, ZONES);
        assert_damage_covers(before, one, damage);
        for (size_t i = 0; i < damage.count && frame > 0; i++)
            *damaged += (uint64_t)damage.boxes[i].width * (uint64_t)damage.boxes[i].height;
        sw_composer_compose(four, scene.frames, ZONES);
        assert_same(one, four, seed, frame, "threads");
        struct sw_composer *scratch = sw_composer_create(WIDTH, HEIGHT, 1);
        sw_composer_compose(scratch, scene.frames, ZONES);
        assert_same(one, scratch, seed, frame, "from scratch");
        sw_composer_destroy(scratch);
        assert_int_equal(sw_composer_compose(one, scene.frames, ZONES).count, 0);
    }
    free(before);
    sw_composer_destroy(one);
    sw_composer_destroy(four);
    random_scene_finish(&scene);
}

static void test_step_by_step_is_from_scratch(void **state)
{
    (void)state;
    uint64_t damaged = 0;
    for (uint32_t seed = 1; seed <= SEEDS; seed++)
        run(seed, &damaged);
    uint64_t all = (uint64_t)SEEDS * (FRAMES - 1) * (390 * 390 + 230 * 300);
    assert_true(damaged > 0 && damaged < all * 3 / 4); /* and it is less than everything */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_step_by_step_is_from_scratch)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
