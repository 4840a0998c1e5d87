/* SPDX-License-Identifier: EUPL-1.2 */
/* Pictures of videos: their colours, how they are scaled, and how little is kept of them. */
#include "render/video.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>
#include <libyuv.h>

#include "base/must.h"
#include "render/compose.h"
#include "view/behaviour.h"
#include "view/mask.h"

#define GROUND 0xff204060u

static void free_planes(struct sw_bitmap *bitmap) { free(bitmap->owner); }

/* A picture with rows of brightness and colours that `value` gives for plane 0..2. */
static struct sw_bitmap *film(int width, int height, enum sw_colours colours, uint8_t (*value)(int plane, int x, int y))
{
    int half = (width + 1) / 2, rows = (height + 1) / 2;
    uint8_t *bytes = malloc((size_t)(width * height + 2 * half * rows));
    assert_non_null(bytes);
    const struct sw_planes planes = {.width = width,
                                     .height = height,
                                     .planes = {bytes, bytes + width * height, bytes + width * height + half * rows},
                                     .strides = {width, half},
                                     .colours = colours};
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            bytes[y * width + x] = value(0, x, y);
    for (int i = 0; i < half * rows; i++)
        for (int plane = 1; plane < 3; plane++)
            bytes[width * height + (plane - 1) * half * rows + i] = value(plane, i % half, i / half);
    struct sw_bitmap *bitmap = sw_bitmap_wrap_planes(&planes, free_planes, bytes);
    assert_non_null(bitmap);
    return bitmap;
}

static double clamped(double value) { return fmin(fmax(value, 0), 255); }

/* ITU-R BT.601 and BT.709: red, green, blue of 0..255, unrounded. */
static void formula(enum sw_colours colours, double y, double u, double v, double rgb[3])
{
    bool full = colours == SW_COLOURS_601_FULL || colours == SW_COLOURS_709_FULL;
    bool hd = colours == SW_COLOURS_709_LIMITED || colours == SW_COLOURS_709_FULL;
    double red = hd ? 0.2126 : 0.299, blue = hd ? 0.0722 : 0.114;
    double light = full ? y / 255 : (y - 16) / 219, cb = (u - 128) / (full ? 255 : 224), cr = (v - 128) / (full ? 255 : 224);
    rgb[0] = clamped(255 * (light + 2 * (1 - red) * cr));
    rgb[2] = clamped(255 * (light + 2 * (1 - blue) * cb));
    rgb[1] = clamped(255 * (light - (2 * (1 - red) * red * cr + 2 * (1 - blue) * blue * cb) / (1 - red - blue)));
}

static double difference(uint32_t pixel, const double rgb[3])
{
    double most = 0;
    for (int i = 0; i < 3; i++)
        most = fmax(most, fabs((double)(pixel >> (16 - 8 * i) & 255) - rgb[i]));
    return most;
}

static uint8_t all_colours(int plane, int x, int y)
{
    return (uint8_t)(plane == 0 ? x % 256 : plane == 1 ? x * 37 % 256 : (y * 11 + x / 7 * 5) % 256);
}

static void paint(const struct sw_draw *draws, size_t count, uint32_t *out, int width, int height)
{
    struct sw_draw_list list;
    sw_draw_list_init(&list, width, height, GROUND);
    for (size_t i = 0; i < count; i++)
        sw_draw_list_add(&list, &draws[i]);
    sw_compose_list(&list, out, width * 4, NULL);
    sw_draw_list_finish(&list);
}

static struct sw_draw draw_of(struct sw_bitmap *bitmap, struct sw_rect to)
{
    return (struct sw_draw){
        .kind = SW_DRAW_BITMAP, .identity = 1, .to = to, .clip = {-9999, -9999, 29999, 29999}, .opacity = 1, .bitmap = bitmap};
}

static void test_colours_are_those_of_the_standards(void **state)
{
    (void)state;
    enum { W = 771, H = 515 };
    static uint32_t out[W * H];
    for (int colours = 0; colours < SW_COLOURS_COUNT; colours++) {
        struct sw_bitmap *bitmap = film(W, H, (enum sw_colours)colours, all_colours);
        struct sw_draw draw = draw_of(bitmap, (struct sw_rect){0, 0, W, H});
        paint(&draw, 1, out, W, H);
        double most = 0, sum = 0;
        for (int y = 0; y < H; y++)
            for (int x = 0; x < W; x++) {
                double rgb[3];
                formula((enum sw_colours)colours, all_colours(0, x, y), all_colours(1, x / 2, y / 2), all_colours(2, x / 2, y / 2), rgb);
                double step = difference(out[y * W + x], rgb);
                most = fmax(most, step);
                sum += step;
                assert_int_equal(out[y * W + x] >> 24, 0xff);
            }
        print_message("colours %d: largest difference %.2f, mean %.2f\n", colours, most, sum / W / H);
        assert_true(most <= 2.5);
        sw_bitmap_release(bitmap);
    }
}

/* Black, white, grey and the primaries, as everybody knows them. */
static void test_known_colours(void **state)
{
    (void)state;
    static const struct {
        enum sw_colours colours;
        uint8_t y, u, v;
        uint32_t pixel;
    } rows[] = {
        {SW_COLOURS_601_LIMITED, 16, 128, 128, 0xff000000}, {SW_COLOURS_601_LIMITED, 235, 128, 128, 0xffffffff},
        {SW_COLOURS_601_LIMITED, 81, 90, 240, 0xffff0000},  {SW_COLOURS_601_LIMITED, 41, 240, 110, 0xff0000ff},
        {SW_COLOURS_709_LIMITED, 16, 128, 128, 0xff000000}, {SW_COLOURS_709_LIMITED, 235, 128, 128, 0xffffffff},
        {SW_COLOURS_709_LIMITED, 63, 102, 240, 0xffff0000}, {SW_COLOURS_709_LIMITED, 173, 42, 26, 0xff00ff00},
        {SW_COLOURS_601_FULL, 0, 128, 128, 0xff000000},     {SW_COLOURS_601_FULL, 255, 128, 128, 0xffffffff},
        {SW_COLOURS_601_FULL, 76, 85, 255, 0xffff0000},     {SW_COLOURS_709_FULL, 0, 128, 128, 0xff000000},
        {SW_COLOURS_709_FULL, 255, 128, 128, 0xffffffff},   {SW_COLOURS_709_FULL, 54, 99, 255, 0xffff0000},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        uint8_t bytes[6] = {rows[i].y, rows[i].y, rows[i].y, rows[i].y, rows[i].u, rows[i].v};
        const struct sw_planes planes = {2, 2, {bytes, bytes + 4, bytes + 5}, {2, 1}, rows[i].colours};
        struct sw_bitmap *bitmap = sw_bitmap_wrap_planes(&planes, NULL, NULL);
        struct sw_draw draw = draw_of(bitmap, (struct sw_rect){0, 0, 2, 2});
        uint32_t out[4];
        paint(&draw, 1, out, 2, 2);
        for (int k = 0; k < 24; k += 8)
            if (abs((int)(out[3] >> k & 255) - (int)(rows[i].pixel >> k & 255)) > 2)
                fail_msg("row %zu: %08x instead of %08x", i, out[3], rows[i].pixel);
        sw_bitmap_release(bitmap);
    }
}

static uint8_t smooth(int plane, int x, int y)
{
    return (uint8_t)(plane == 0 ? 40 + x * 3 / 2 + y : plane == 1 ? 70 + 2 * x : 60 + 2 * y);
}

/* Where a smooth picture is scaled, its values are those of the mathematics; its edges stay sharp. */
static void test_scaling(void **state)
{
    (void)state;
    enum { W = 64, H = 48, LIST = 160 };
    static const struct sw_rect places[] = {{10, 12, 96, 72},     {10.3, 12.8, 40.5, 30.4}, {8, 8, 32, 24},   {8, 8, 33, 24},
                                            {3.4, 5.7, 30.2, 22}, {2, 2, 16, 12},           {2, 2, 7, 5},     {2, 2, 0.4, 50},
                                            {-20, -30, 190, 150}, {-400, -600, 900, 1300},  {5, 5, 64, 47.2}, {5, 5, 150, 11}};
    static uint32_t out[LIST * LIST];
    double most = 0;
    struct sw_bitmap *bitmap = film(W, H, SW_COLOURS_709_LIMITED, smooth);
    for (size_t i = 0; i < SW_COUNT(places); i++) {
        struct sw_draw draw = draw_of(bitmap, places[i]);
        paint(&draw, 1, out, LIST, LIST);
        struct sw_box_px box = sw_draw_bounds(&draw);
        for (int y = 0; y < LIST; y++)
            for (int x = 0; x < LIST; x++) {
                if (x < box.x || y < box.y || x >= box.x + box.width || y >= box.y + box.height) {
                    assert_int_equal(out[y * LIST + x], GROUND);
                    continue;
                }
                double across = fmin(fmax((x + 0.5 - draw.to.x) * W / fmax(draw.to.width, 1) - 0.5, 0), W - 1);
                double down = fmin(fmax((y + 0.5 - draw.to.y) * H / fmax(draw.to.height, 1) - 0.5, 0), H - 1), rgb[3];
                formula(SW_COLOURS_709_LIMITED, 40 + across * 1.5 + down, 70 + across - 0.5, 60 + down - 0.5, rgb);
                double step = difference(out[y * LIST + x], rgb);
                most = fmax(most, step);
                if (step > 6.5)
                    fail_msg("place %zu at %d,%d: %08x instead of %.1f %.1f %.1f", i, x, y, out[y * LIST + x], rgb[0], rgb[1], rgb[2]);
                assert_int_equal(out[y * LIST + x] >> 24, 0xff);
            }
    }
    print_message("scaled: largest difference %.2f\n", most);
    sw_bitmap_release(bitmap);
}

static uint8_t stripes(int plane, int x, int y) { return (uint8_t)(plane > 0 ? 128 : (x + y) % 2 == 0 ? 235 : 16); }

/* A pattern of single pixels turns to grey where it is shown at half its size or less: none is left out. */
static void test_nothing_is_left_out(void **state)
{
    (void)state;
    static const int sizes[] = {60, 30, 29, 15, 14, 8, 7};
    static uint32_t out[60 * 60];
    struct sw_bitmap *bitmap = film(121, 121, SW_COLOURS_709_LIMITED, stripes);
    for (size_t i = 0; i < SW_COUNT(sizes); i++) {
        struct sw_draw draw = draw_of(bitmap, (struct sw_rect){0, 0, sizes[i], sizes[i]});
        paint(&draw, 1, out, sizes[i], sizes[i]);
        for (int k = 0; k < sizes[i] * sizes[i]; k++)
            if (abs((int)(out[k] & 255) - 128) > 2)
                fail_msg("%d pixels: %08x at %d", sizes[i], out[k], k);
    }
    sw_bitmap_release(bitmap);
}

static uint8_t noise(int plane, int x, int y)
{
    uint32_t bits = (uint32_t)(plane * 7919 + x * 104729 + y * 1299709) * 2654435761u;
    return (uint8_t)(bits >> 21);
}

/* Any picture in any pieces is the picture as a whole. */
static void test_pieces_make_the_whole(void **state)
{
    (void)state;
    enum { W = 97, H = 83, LIST = 130 };
    static const struct sw_rect places[] = {{7, 5, W, H},        {-6, -5, W, H},     {3, 4, 48, 41},        {3, 4, 47, 40},
                                            {3, 4, 24, 20},      {1, 2, 120, 110},   {1.5, 2.25, 90, 77.7}, {-40, -30, 200, 190},
                                            {-200, -50, 500, 80}};
    static uint32_t whole[LIST * LIST], pieces[LIST * LIST];
    struct sw_masks *masks = sw_masks_create(1 << 20);
    for (int kind = 0; kind < 4; kind++)
        for (size_t i = 0; i < SW_COUNT(places); i++) {
            struct sw_bitmap *bitmap = film(W, H, (enum sw_colours)(i % SW_COLOURS_COUNT), noise);
            struct sw_draw draw = draw_of(bitmap, places[i]);
            draw.opacity = kind % 2 == 0 ? 1 : 0.4;
            struct sw_box_px place = sw_draw_place(&draw);
            const struct sw_mask mask = {.radius = 9, .corners = SW_CORNERS};
            draw.shape = kind >= 2 ? sw_masks_shape(masks, place.width, place.height, &mask) : NULL;
            draw.frame = (struct sw_rect){place.x, place.y, place.width, place.height};
            draw.solid = (struct sw_box_px){place.x, place.y + 9, place.width, place.height - 18};
            struct sw_draw_list list;
            sw_draw_list_init(&list, LIST, LIST, GROUND);
            sw_draw_list_add(&list, &draw);
            sw_compose_list(&list, whole, LIST * 4, NULL);
            memset(pieces, 0, sizeof pieces);
            for (int y = 0; y < LIST; y += 1 + (y * 7 + (int)i) % 13) {
                int height = 1 + (y * 7 + (int)i) % 13;
                for (int x = 0; x < LIST; x += 1 + (x * 5 + y + kind) % 37) {
                    struct sw_box_px box = {x, y, 1 + (x * 5 + y + kind) % 37, height};
                    sw_compose_list(&list, pieces, LIST * 4, &box);
                }
            }
            assert_memory_equal(pieces, whole, sizeof whole);
            sw_draw_list_finish(&list);
            sw_bitmap_release(bitmap);
        }
    sw_masks_destroy(masks);
}

/* Processors without wide vectors give the same. */
static void test_every_processor_gives_the_same(void **state)
{
    (void)state;
    enum { W = 131, H = 77, LIST = 160 };
    static const int flags[] = {-1, 1, 1 | kCpuHasX86 | kCpuHasSSE2 | kCpuHasSSSE3};
    static uint32_t out[3][LIST * LIST];
    for (int colours = 0; colours < SW_COLOURS_COUNT; colours++)
        for (int width = 16; width <= 150; width += 67) {
            struct sw_bitmap *bitmap = film(W, H, (enum sw_colours)colours, noise);
            struct sw_draw draw = draw_of(bitmap, (struct sw_rect){3, 3, width == 83 ? W : width, width == 83 ? H : width});
            for (int i = 0; i < 3; i++) {
                (void)MaskCpuFlags(flags[i]);
                paint(&draw, 1, out[i], LIST, LIST);
            }
            (void)MaskCpuFlags(-1);
            assert_memory_equal(out[1], out[0], sizeof out[0]);
            assert_memory_equal(out[2], out[0], sizeof out[0]);
            sw_bitmap_release(bitmap);
        }
}

/* Round corners: what is below shows there and nowhere else; and that most of the shape is known to be solid changes nothing. */
static void test_shapes(void **state)
{
    (void)state;
    enum { W = 60, H = 50, LIST = 80 };
    static uint32_t plain[LIST * LIST], out[LIST * LIST], slow[LIST * LIST];
    struct sw_masks *masks = sw_masks_create(1 << 20);
    const struct sw_mask mask = {.radius = 12, .corners = SW_CORNER_TOP_LEFT | SW_CORNER_BOTTOM_RIGHT};
    struct sw_bitmap *bitmap = film(W, H, SW_COLOURS_709_LIMITED, noise), *shape = sw_masks_shape(masks, W, H, &mask);
    assert_non_null(shape);
    assert_ptr_equal(sw_masks_shape(masks, W, H, &mask), shape);
    const struct sw_box_px clip = {0, 0, LIST, LIST};
    struct sw_draw draws[] = {{.kind = SW_DRAW_FILL, .to = {0, 0, LIST, 30}, .clip = clip, .colour = 0xffc08040, .opacity = 1},
                              draw_of(bitmap, (struct sw_rect){10, 15, W, H})};
    for (int i = 0; i < 3; i++) {
        draws[1].opacity = i == 0 ? 1 : 0.6;
        draws[1].shape = NULL;
        paint(draws, 2, plain, LIST, LIST);
        draws[1].shape = shape;
        draws[1].frame = draws[1].to;
        draws[1].solid = (struct sw_box_px){10, 15 + 12, W, H - 24};
        paint(draws, 2, out, LIST, LIST);
        static const struct sw_box_px solids[] = {{0, 0, 0, 0}, {10 + 12, 15, W - 24, H}, {10, 15 + 20, W, 1}};
        for (size_t k = 0; k < SW_COUNT(solids); k++) {
            draws[1].solid = solids[k];
            paint(draws, 2, slow, LIST, LIST);
            assert_memory_equal(out, slow, sizeof out);
        }
        assert_int_equal(out[15 * LIST + 10], 0xffc08040);
        assert_int_equal(out[64 * LIST + 69], GROUND);
        for (int y = 0; y < LIST; y++)
            for (int x = 0; x < LIST; x++) {
                bool corner = (x < 22 && y < 27) || (x >= 58 && y >= 53);
                if (!corner)
                    assert_int_equal(out[y * LIST + x], plain[y * LIST + x]);
            }
    }
    sw_bitmap_release(bitmap);
    sw_masks_destroy(masks);
}

/* The same for a shape that is zoomed along: what the view says of it holds. */
static void test_zoomed_shapes(void **state)
{
    (void)state;
    enum { LIST = 200 };
    static uint32_t out[LIST * LIST], slow[LIST * LIST];
    static const double zooms[] = {1, 1.37, 0.61, 1.9, 0.25};
    struct sw_view_context context = {.masks = sw_masks_create(1 << 20)};
    const struct sw_mask mask = {.radius = 13.3, .corners = SW_CORNERS};
    const struct sw_box box = {.identity = 3};
    struct sw_bitmap *bitmap = film(90, 70, SW_COLOURS_601_FULL, noise);
    for (size_t i = 0; i < SW_COUNT(zooms); i++) {
        struct sw_draw_list list;
        sw_draw_list_init(&list, LIST, LIST, GROUND);
        struct sw_painter painter = {.context = &context, .list = &list, .scale = 1, .zoom = zooms[i], .zoom_x = 33.3, .zoom_y = 10.7,
                                     .opacity = 1, .clip = {0, 0, LIST, LIST}};
        sw_painter_video(&painter, &box, 0, (struct sw_rect){5.4, 6.1, 100, 80}, bitmap, (struct sw_rect){0.1, 0, 0.9, 1}, &mask);
        assert_int_equal(list.count, 1);
        assert_true(sw_draw_solid(&list.items[0]).height > 3);
        sw_compose_list(&list, out, LIST * 4, NULL);
        list.items[0].solid = (struct sw_box_px){0, 0, 0, 0};
        sw_compose_list(&list, slow, LIST * 4, NULL);
        assert_memory_equal(out, slow, sizeof out);
        sw_draw_list_finish(&list);
    }
    sw_bitmap_release(bitmap);
    sw_masks_destroy(context.masks);
}

/* Pictures lie in memory that workers write to: nothing beside them is read, and they themselves are only read. */
static void test_nothing_beside_the_planes_is_touched(void **state)
{
    (void)state;
    enum { LIST = 150 };
    static uint32_t out[LIST * LIST];
    static const int sizes[][2] = {{2, 2}, {1, 1}, {33, 17}, {64, 32}, {97, 83}, {130, 70}, {131, 3}};
    static const double shown[] = {1, 0.5, 0.25, 0.13, 0.7, 1.6};
    size_t page = (size_t)sysconf(_SC_PAGESIZE), room = 8 * page;
    uint8_t *planes[3];
    for (int i = 0; i < 3; i++) {
        void *pages;
        assert_int_equal(posix_memalign(&pages, page, room + page), 0);
        planes[i] = pages;
        memset(planes[i], 90, room);
        assert_int_equal(mprotect(planes[i] + room, page, PROT_NONE), 0);
        assert_int_equal(mprotect(planes[i], room, PROT_READ), 0);
    }
    for (size_t i = 0; i < SW_COUNT(sizes); i++)
        for (size_t k = 0; k < 2 * SW_COUNT(shown); k++) {
            int width = sizes[i][0], height = sizes[i][1], half = (width + 1) / 2, rows = (height + 1) / 2;
            const struct sw_planes ends = {width, height,
                                           {planes[0] + room - width * height, planes[1] + room - half * rows,
                                            planes[2] + room - half * rows},
                                           {width, half}, SW_COLOURS_709_FULL};
            struct sw_bitmap *bitmap = sw_bitmap_wrap_planes(&ends, NULL, NULL);
            double share = shown[k / 2];
            struct sw_draw draw = draw_of(bitmap, (struct sw_rect){-3, 5, width * share, height * share});
            draw.opacity = k % 2 == 0 ? 1 : 0.5;
            paint(&draw, 1, out, LIST, LIST);
            sw_bitmap_release(bitmap);
        }
    for (int i = 0; i < 3; i++) {
        assert_int_equal(mprotect(planes[i], room + page, PROT_READ | PROT_WRITE), 0);
        free(planes[i]);
    }
}

/* One draws or four: the same picture; and only the picture on the wall is held, for as long as it is there. */
static int released;

static void count_release(struct sw_bitmap *bitmap)
{
    released++;
    free(bitmap->owner);
}

static void test_pictures_are_let_go(void **state)
{
    (void)state;
    enum { W = 640, H = 360, LIST_W = 900, LIST_H = 700 };
    released = 0;
    struct sw_composer *one = sw_composer_create(LIST_W, LIST_H, 1), *four = sw_composer_create(LIST_W, LIST_H, 4);
    struct sw_draw_list list, next;
    sw_draw_list_init(&list, LIST_W, LIST_H, GROUND);
    sw_draw_list_init(&next, LIST_W, LIST_H, 0xff808080u);
    for (int frame = 0; frame < 24; frame++) {
        struct sw_bitmap *bitmap = film(W, H, SW_COLOURS_709_LIMITED, noise);
        bitmap->release = count_release;
        struct sw_draw draw = draw_of(bitmap, (struct sw_rect){20, 30, frame % 3 == 0 ? W : 850, frame % 3 == 0 ? H : 600});
        sw_draw_list_finish(&list);
        sw_draw_list_init(&list, LIST_W, LIST_H, GROUND);
        sw_draw_list_add(&list, &draw);
        sw_bitmap_release(bitmap);
        bool changes = frame >= 8 && frame < 16; /* from the video to a scene without one, which is broken off */
        struct sw_zone_frame zone = {.place = {0, 0, LIST_W, LIST_H}, .list = &list, .next = changes ? &next : NULL,
                                     .kind = SW_CHANGE_FADE, .mix = changes ? (frame - 8) / 8.0 : 0};
        (void)sw_composer_compose(one, &zone, 1);
        (void)sw_composer_compose(four, &zone, 1);
        int width = 0, height = 0, stride = 0, other = 0;
        const uint32_t *a = sw_composer_pixels(one, &width, &height, &stride), *b = sw_composer_pixels(four, &width, &height, &other);
        for (int y = 0; y < height; y++)
            assert_memory_equal(a + stride / 4 * y, b + other / 4 * y, (size_t)width * 4);
        assert_int_equal(released, frame); /* all but the one that is shown */
    }
    sw_draw_list_finish(&list);
    struct sw_zone_frame zone = {.place = {0, 0, LIST_W, LIST_H}, .list = &next};
    (void)sw_composer_compose(one, &zone, 1);
    (void)sw_composer_compose(four, &zone, 1);
    assert_int_equal(released, 24);
    sw_draw_list_finish(&next);
    sw_composer_destroy(one);
    sw_composer_destroy(four);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_colours_are_those_of_the_standards),
        cmocka_unit_test(test_known_colours),
        cmocka_unit_test(test_scaling),
        cmocka_unit_test(test_nothing_is_left_out),
        cmocka_unit_test(test_pieces_make_the_whole),
        cmocka_unit_test(test_every_processor_gives_the_same),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_zoomed_shapes),
        cmocka_unit_test(test_nothing_beside_the_planes_is_touched),
        cmocka_unit_test(test_pictures_are_let_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
