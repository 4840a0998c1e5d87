/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "base/bitmap.h"
#include "base/hash.h"
#include "base/must.h"
#include "view/vector.h"

#define BUDGET (64u << 20)

/* cairo keeps freed objects in pools that its threads share by compare-and-swap; as it is built without ThreadSanitizer, that order is not
 * seen, and the use of such an object by the next thread is taken for a race. Races in our own code are still told. */
const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void)
{
    return "race:libcairo.so\n";
}

static uint32_t pixel(const struct sw_bitmap *bitmap, int x, int y)
{
    uint32_t value;
    memcpy(&value, bitmap->pixels + (ptrdiff_t)y * bitmap->stride + (ptrdiff_t)x * 4, sizeof value);
    return value;
}

static void assert_near(uint32_t got, uint32_t expected)
{
    for (int shift = 0; shift < 32; shift += 8) {
        int difference = (int)(got >> shift & 0xff) - (int)(expected >> shift & 0xff);
        if (difference < -2 || difference > 2)
            fail_msg("0x%08x, expected 0x%08x", (unsigned)got, (unsigned)expected);
    }
}

struct point_case {
    struct sw_vector_path path;
    int x, y;
    uint32_t expected;
};

static const struct sw_vector_step box[] = {{SW_VECTOR_RECTANGLE, {10, 10, 40, 20, 0}}};
static const struct sw_vector_step rounded[] = {{SW_VECTOR_RECTANGLE, {10, 10, 40, 20, 8}}};
static const struct sw_vector_step pill[] = {{SW_VECTOR_RECTANGLE, {10, 10, 40, 20, 1000}}};
static const struct sw_vector_step circle[] = {{SW_VECTOR_CIRCLE, {30, 30, 15}}};
static const struct sw_vector_step line[] = {{SW_VECTOR_MOVE, {10, 30}}, {SW_VECTOR_LINE, {50, 30}}};
static const struct sw_vector_step triangle[] = {
    {SW_VECTOR_MOVE, {10, 10}}, {SW_VECTOR_LINE, {50, 10}}, {SW_VECTOR_LINE, {10, 50}}, {SW_VECTOR_CLOSE, {0}}};
static const struct sw_vector_step curve[] = {
    {SW_VECTOR_MOVE, {10, 50}}, {SW_VECTOR_CURVE, {10, 10, 50, 10, 50, 50}}, {SW_VECTOR_CLOSE, {0}}};

#define RED 0xffff0000u
#define BLUE 0xff0000ffu
#define FILLED(steps_, colour) {.steps = steps_, .count = SW_COUNT(steps_), .fill = {colour, colour, 0}}
#define STROKED(steps_, colour, width_, on, off) \
    {.steps = steps_, .count = SW_COUNT(steps_), .stroke = colour, .width = width_, .dash = {on, off}}
#define SHADED(steps_, angle_) {.steps = steps_, .count = SW_COUNT(steps_), .fill = {RED, BLUE, angle_}}

static const struct point_case points[] = {
    {FILLED(box, RED), 10, 10, RED},
    {FILLED(box, RED), 49, 29, RED},
    {FILLED(box, RED), 9, 10, 0},
    {FILLED(box, RED), 10, 30, 0},
    {FILLED(box, 0x80ff0000u), 20, 20, 0x80800000u}, /* premultiplied */
    {FILLED(rounded, RED), 10, 10, 0},
    {FILLED(rounded, RED), 18, 10, RED},
    {FILLED(rounded, RED), 30, 20, RED},
    {FILLED(pill, RED), 11, 11, 0},
    {FILLED(pill, RED), 11, 20, RED},
    {FILLED(circle, BLUE), 30, 30, BLUE},
    {FILLED(circle, BLUE), 30, 16, BLUE},
    {FILLED(circle, BLUE), 18, 18, 0},
    {FILLED(triangle, RED), 15, 15, RED},
    {FILLED(triangle, RED), 45, 45, 0},
    {FILLED(curve, RED), 30, 25, RED},
    {FILLED(curve, RED), 30, 15, 0},
    {STROKED(line, RED, 6, 0, 0), 30, 30, RED},
    {STROKED(line, RED, 6, 0, 0), 30, 27, RED},
    {STROKED(line, RED, 6, 0, 0), 30, 26, 0},
    {STROKED(line, RED, 6, 0, 0), 8, 30, RED}, /* a round cap */
    {STROKED(line, RED, 2, 4, 16), 12, 30, RED},
    {STROKED(line, RED, 2, 4, 16), 22, 30, 0},
    {STROKED(line, RED, 0, 0, 0), 30, 30, 0},
    {SHADED(box, 0), 10, 20, 0xfffc0003u},
    {SHADED(box, 0), 49, 20, 0xff0300fcu},
    {SHADED(box, 90), 30, 10, 0xfff90006u},
    {SHADED(box, 90), 30, 29, 0xff0600f9u},
    {SHADED(box, 180), 10, 20, 0xff0300fcu},
};

static void test_points(void **state)
{
    (void)state;
    struct sw_bakery *bakery = sw_bakery_create(0, BUDGET, NULL, NULL);
    for (size_t i = 0; i < SW_COUNT(points); i++) {
        struct sw_vector vector = {60, 60, &points[i].path, 1};
        struct sw_bitmap *bitmap;
        assert_int_equal(sw_bakery_get(bakery, &vector, &bitmap), SW_ASSET_READY);
        assert_int_equal(bitmap->format, SW_PIXELS_ARGB);
        assert_near(pixel(bitmap, points[i].x, points[i].y), points[i].expected);
    }
    sw_bakery_destroy(bakery);
}

/* Later paths lie on top; an empty drawing is a clear bitmap. */
static void test_order(void **state)
{
    (void)state;
    const struct sw_vector_path paths[] = {FILLED(box, RED), FILLED(circle, BLUE)};
    struct sw_bakery *bakery = sw_bakery_create(0, BUDGET, NULL, NULL);
    struct sw_bitmap *bitmap;
    assert_int_equal(sw_bakery_get(bakery, &(struct sw_vector){60, 60, paths, 2}, &bitmap), SW_ASSET_READY);
    assert_near(pixel(bitmap, 30, 20), BLUE);
    assert_near(pixel(bitmap, 12, 12), RED);
    assert_int_equal(sw_bakery_get(bakery, &(struct sw_vector){1, 1, NULL, 0}, &bitmap), SW_ASSET_READY);
    assert_int_equal(pixel(bitmap, 0, 0), 0);
    sw_bakery_destroy(bakery);
}

static void test_refused(void **state)
{
    (void)state;
    struct sw_bakery *bakery = sw_bakery_create(0, BUDGET, NULL, NULL);
    struct sw_bitmap *bitmap;
    static const int sides[][2] = {{0, 10}, {10, 0}, {-1, 10}, {16385, 1}, {1, 16385}, {16384, 16384}};
    for (size_t i = 0; i < SW_COUNT(sides); i++) {
        assert_int_equal(sw_bakery_get(bakery, &(struct sw_vector){sides[i][0], sides[i][1], NULL, 0}, &bitmap), SW_ASSET_FAILED);
        assert_null(bitmap);
    }
    static const double numbers[] = {NAN, INFINITY, -INFINITY, 1e9};
    for (size_t i = 0; i < SW_COUNT(numbers); i++) {
        struct sw_vector_step step = {SW_VECTOR_CIRCLE, {numbers[i], 1, 1}};
        struct sw_vector_path path = {.steps = &step, .count = 1, .fill = {RED, RED, 0}};
        assert_int_equal(sw_bakery_get(bakery, &(struct sw_vector){10, 10, &path, 1}, &bitmap), SW_ASSET_FAILED);
    }
    struct sw_vector_step odd = {SW_VECTOR_RECTANGLE, {5, 5, -3, 0, -2}}; /* nothing to draw is no fault */
    struct sw_vector_path path = {.steps = &odd, .count = 1, .fill = {RED, RED, 0}, .stroke = RED, .width = -1, .dash = {-4, 0}};
    assert_int_equal(sw_bakery_get(bakery, &(struct sw_vector){10, 10, &path, 1}, &bitmap), SW_ASSET_READY);
    sw_bakery_destroy(bakery);
}

#define DRAWINGS 40

/* Drawing number `index`: of all kinds of steps. */
static struct sw_vector drawing(int index, struct sw_vector_step *steps, struct sw_vector_path *paths)
{
    steps[0] = (struct sw_vector_step){SW_VECTOR_RECTANGLE, {3, 3, 60 + index, 40, index % 25}};
    steps[1] = (struct sw_vector_step){SW_VECTOR_CIRCLE, {50 + index * 0.7, 45, 10 + index * 0.3}};
    steps[2] = (struct sw_vector_step){SW_VECTOR_MOVE, {5.5, 70}};
    steps[3] = (struct sw_vector_step){SW_VECTOR_CURVE, {30, index, 60, 90 - index, 100, 20.25}};
    paths[0] = (struct sw_vector_path){.steps = steps, .count = 2, .fill = {0xff204060u + (uint32_t)index, 0xc0f08010u, index * 31}};
    paths[1] = (struct sw_vector_path){.steps = steps + 2, .count = 2, .stroke = 0xe0108020u, .width = 1 + index % 7,
                                       .dash = {index % 9, index % 5}};
    return (struct sw_vector){120 + index, 90, paths, 2};
}

static uint64_t hash_of(const struct sw_bitmap *bitmap)
{
    return sw_hash_bytes(SW_HASH_START, bitmap->pixels, sw_bitmap_bytes(bitmap));
}

static void nap(void)
{
    nanosleep(&(struct timespec){0, 1000000}, NULL);
}

static void count_wake(void *context)
{
    atomic_fetch_add((atomic_int *)context, 1);
}

/* Asks for all drawings, the last first where `reversed`, until all are there. */
static void bake_all(int threads, bool reversed, uint64_t *hashes)
{
    atomic_int wakes = 0;
    struct sw_bakery *bakery = sw_bakery_create(threads, BUDGET, count_wake, &wakes);
    int ready = 0;
    while (ready < DRAWINGS) {
        sw_bakery_collect(bakery);
        ready = 0;
        for (int i = 0; i < DRAWINGS; i++) {
            struct sw_vector_step steps[4];
            struct sw_vector_path paths[2];
            int index = reversed ? DRAWINGS - 1 - i : i;
            struct sw_vector vector = drawing(index, steps, paths);
            struct sw_bitmap *bitmap;
            enum sw_asset_state state = sw_bakery_get(bakery, &vector, &bitmap);
            assert_int_not_equal(state, SW_ASSET_FAILED);
            assert_int_equal(state == SW_ASSET_READY, bitmap != NULL);
            if (state == SW_ASSET_READY) {
                hashes[index] = hash_of(bitmap);
                ready++;
            }
        }
        if (ready < DRAWINGS)
            nap();
    }
    assert_int_equal(sw_bakery_pending(bakery), 0);
    if (threads == 0)
        assert_int_equal(atomic_load(&wakes), 0);
    sw_bakery_destroy(bakery); /* joins: every wake has been called by now, once a drawing however often it was asked for */
    if (threads > 0)
        assert_int_equal(atomic_load(&wakes), DRAWINGS);
}

static void test_threads(void **state)
{
    (void)state;
    uint64_t expected[DRAWINGS], hashes[DRAWINGS];
    bake_all(0, false, expected);
    static const int threads[] = {0, 1, 4, 4};
    for (size_t i = 0; i < SW_COUNT(threads); i++) {
        bake_all(threads[i], true, hashes);
        assert_memory_equal(hashes, expected, sizeof hashes);
    }
}

static void test_destroyed_while_baking(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        struct sw_bakery *bakery = sw_bakery_create(2, BUDGET, NULL, NULL);
        for (int i = 0; i < DRAWINGS; i++) {
            struct sw_vector_step steps[4];
            struct sw_vector_path paths[2];
            struct sw_vector vector = drawing(i, steps, paths);
            struct sw_bitmap *bitmap;
            (void)sw_bakery_get(bakery, &vector, &bitmap);
        }
        assert_int_equal(sw_bakery_pending(bakery), DRAWINGS);
        sw_bakery_destroy(bakery);
    }
    sw_bakery_destroy(NULL);
}

/* Beyond the budget the drawing that was not used for longest goes first; what the last frame used stays. */
static void test_letting_go(void **state)
{
    (void)state;
    enum { BYTES = 100 * 100 * 4 };
    struct sw_bakery *bakery = sw_bakery_create(0, 2 * BYTES, NULL, NULL);
    struct sw_vector_path paths[3] = {FILLED(box, RED), FILLED(circle, RED), FILLED(triangle, RED)};
    struct sw_bitmap *bitmaps[3];
    for (int i = 0; i < 3; i++) {
        sw_bakery_collect(bakery);
        assert_int_equal(sw_bakery_get(bakery, &(struct sw_vector){100, 100, &paths[i], 1}, &bitmaps[i]), SW_ASSET_READY);
        sw_bitmap_hold(bitmaps[i]);
    }
    sw_bakery_collect(bakery); /* the first was used three frames ago */
    assert_int_equal(atomic_load(&bitmaps[0]->holders), 1);
    assert_int_equal(atomic_load(&bitmaps[1]->holders), 2);
    struct sw_bitmap *again;
    sw_bakery_get(bakery, &(struct sw_vector){100, 100, &paths[1], 1}, &again);
    assert_ptr_equal(again, bitmaps[1]);
    sw_bakery_get(bakery, &(struct sw_vector){100, 100, &paths[0], 1}, &again);
    assert_ptr_not_equal(again, bitmaps[0]);
    sw_bakery_collect(bakery); /* three again: the third is the oldest now */
    assert_int_equal(atomic_load(&bitmaps[2]->holders), 1);
    assert_int_equal(atomic_load(&bitmaps[1]->holders), 2);
    sw_bakery_destroy(bakery);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(atomic_load(&bitmaps[i]->holders), 1);
        sw_bitmap_release(bitmaps[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_destroyed_while_baking),
        cmocka_unit_test(test_letting_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
