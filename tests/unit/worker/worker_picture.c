/* SPDX-License-Identifier: EUPL-1.2 */
/* The decoders on sound files: every variety gives the pixels it shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "samples.h"
#include "worker/picture/decode.h"
#include "worker/picture/exif.h"

/* Decodes at its own size and compares with `want`, which is not premultiplied. */
static void assert_shows(const struct sample_file *file, const struct sample *want, enum sw_picture_kind kind, int tolerance)
{
    struct sw_worker_job probe = sample_probe(file), job = sample_render(file, want->width, want->height);
    assert_int_equal(sw_picture_decode(&probe), SW_WORKER_OK);
    assert_int_equal(probe.kind, kind);
    assert_int_equal(probe.picture_width, want->width);
    assert_int_equal(probe.picture_height, want->height);
    assert_null(probe.pixels);
    assert_int_equal(sw_picture_decode(&job), SW_WORKER_OK);
    for (int i = 0; i < want->width * want->height; i++) {
        if (sample_difference(job.pixels[i], sample_premultiplied(want->pixels[i])) > tolerance)
            fail_msg("pixel %d is %08x, not %08x", i, job.pixels[i], sample_premultiplied(want->pixels[i]));
    }
    sw_worker_job_finish(&job);
}

static struct sample as_grey(struct sample sample)
{
    for (int i = 0; i < sample.width * sample.height; i++) {
        uint32_t green = sample.pixels[i] >> 8 & 0xff;
        sample.pixels[i] = (sample.pixels[i] & 0xff000000) | green << 16 | green << 8 | green;
    }
    return sample;
}

static struct sample coarse(struct sample sample)
{
    for (int i = 0; i < sample.width * sample.height; i++)
        sample.pixels[i] &= 0xffe0c0c0;
    return sample;
}

static void every_png_shows_its_pixels(void **state)
{
    (void)state;
    static const struct {
        enum sample_png variety;
        bool alpha, grey, palette;
    } cases[] = {
        {SAMPLE_PNG_RGB, false, false, false},   {SAMPLE_PNG_RGBA, true, false, false},      {SAMPLE_PNG_RGB16, false, false, false},
        {SAMPLE_PNG_RGBA16, true, false, false}, {SAMPLE_PNG_GREY, false, true, false},      {SAMPLE_PNG_GREY16, false, true, false},
        {SAMPLE_PNG_GREY_ALPHA, true, true, false}, {SAMPLE_PNG_PALETTE, false, false, true}, {SAMPLE_PNG_PALETTE_ALPHA, true, false, true},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        for (int interlaced = 0; interlaced <= 1; interlaced++) {
            struct sample sample = sample_ramp(cases[i].palette ? 16 : 61, cases[i].palette ? 16 : 33, cases[i].alpha);
            if (cases[i].palette)
                sample = coarse(sample);
            struct sample_file file = sample_png(&sample, cases[i].variety, interlaced == 1);
            struct sample want = cases[i].grey ? as_grey(sample) : sample;
            if (!cases[i].alpha) {
                for (int p = 0; p < want.width * want.height; p++)
                    want.pixels[p] |= 0xff000000;
            }
            assert_shows(&file, &want, SW_PICTURE_PNG, 0);
            sample_file_finish(&file);
            sample_finish(&sample);
        }
    }
}

static void every_jpeg_shows_its_pixels(void **state)
{
    (void)state;
    static const enum sample_jpeg varieties[] = {SAMPLE_JPEG_COLOUR, SAMPLE_JPEG_GREY, SAMPLE_JPEG_PROGRESSIVE, SAMPLE_JPEG_CMYK,
                                                 SAMPLE_JPEG_YCCK};
    for (size_t i = 0; i < SW_COUNT(varieties); i++) {
        struct sample sample = sample_ramp(64, 48, false);
        struct sample_file file = sample_jpeg(&sample, varieties[i], 0, false);
        struct sample want = varieties[i] == SAMPLE_JPEG_GREY ? as_grey(sample) : sample;
        assert_shows(&file, &want, SW_PICTURE_JPEG, 12);
        sample_file_finish(&file);
        sample_finish(&sample);
    }
}

static void every_webp_shows_its_pixels(void **state)
{
    (void)state;
    for (int alpha = 0; alpha <= 1; alpha++) {
        for (int lossless = 0; lossless <= 1; lossless++) {
            struct sample sample = sample_ramp(64, 48, alpha == 1);
            struct sample_file file = sample_webp(&sample, lossless == 1, 0);
            assert_shows(&file, &sample, SW_PICTURE_WEBP, lossless ? 1 : 16);
            sample_file_finish(&file);
            sample_finish(&sample);
        }
    }
}

/* Colours of the corners as shown, from the top left line by line, for a picture stored as red, green / blue, white. */
static const char *const turned[9] = {NULL, "RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB"};

static uint32_t colour_of(char letter)
{
    return letter == 'R' ? 0xffff0000 : letter == 'G' ? 0xff00ff00 : letter == 'B' ? 0xff0000ff : 0xffffffff;
}

static void assert_corners(const uint32_t *pixels, int width, int height, const char *letters)
{
    const uint32_t corners[4] = {pixels[width * 2 + 2], pixels[width * 3 - 3], pixels[width * (height - 3) + 2],
                                 pixels[width * (height - 2) - 3]};
    for (int i = 0; i < 4; i++)
        assert_true(sample_difference(corners[i], colour_of(letters[i])) <= 24);
}

static void assert_turned(const struct sample_file *file, int orientation)
{
    bool swaps = orientation >= 5;
    int width = swaps ? 32 : 64, height = swaps ? 64 : 32;
    struct sw_worker_job probe = sample_probe(file);
    assert_int_equal(sw_picture_decode(&probe), SW_WORKER_OK);
    assert_int_equal(probe.picture_width, width);
    assert_int_equal(probe.picture_height, height);
    for (int zoom = 1; zoom <= 3; zoom += 2) { /* in place, and through the scaler */
        struct sw_worker_job job = sample_render(file, width * zoom / 2 * 2, height * zoom / 2 * 2);
        assert_int_equal(sw_picture_decode(&job), SW_WORKER_OK);
        assert_corners(job.pixels, job.request.width, job.request.height, turned[orientation]);
        sw_worker_job_finish(&job);
    }
    struct sw_worker_job part = sample_render(file, 20, 20); /* the bottom right quarter, as shown */
    part.request.left = part.request.top = 0.5f;
    assert_int_equal(sw_picture_decode(&part), SW_WORKER_OK);
    assert_true(sample_difference(part.pixels[10 * 20 + 10], colour_of(turned[orientation][3])) <= 24);
    sw_worker_job_finish(&part);
}

static void all_orientations_are_turned(void **state)
{
    (void)state;
    struct sample sample = sample_quarters(64, 32);
    for (int orientation = 1; orientation <= 8; orientation++) {
        struct sample_file intel = sample_jpeg(&sample, SAMPLE_JPEG_COLOUR, orientation, false);
        struct sample_file motorola = sample_jpeg(&sample, SAMPLE_JPEG_COLOUR, orientation, true);
        struct sample_file webp = sample_webp(&sample, true, orientation);
        assert_turned(&intel, orientation);
        assert_turned(&motorola, orientation);
        assert_turned(&webp, orientation);
        sample_file_finish(&intel);
        sample_file_finish(&motorola);
        sample_file_finish(&webp);
    }
    sample_finish(&sample);
}

static void broken_exif_is_orientation_1(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        int want;
    } cases[] = {
        {"", 0, 1},
        {"Exif\0\0", 6, 1},
        {"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0", 22, 6},
        {"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0", 28, 6},
        {"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06", 19, 1},             /* cut in the value */
        {"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0", 22, 1},       /* no such orientation */
        {"II*\0\x08\0\0\0\x01\0\x12\x01\x04\0\x01\0\0\0\x06\0\0\0", 22, 1},       /* not a short */
        {"II*\0\xf8\xff\xff\xff\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0", 22, 1}, /* a directory far outside */
        {"II*\0\xff\xff\xff\xff\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0", 22, 1},
        {"II*\0\x08\0\0\0\xff\xff\x10\x01\x03\0\x01\0\0\0\x06\0\0\0", 22, 1},     /* more entries than there are bytes */
        {"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0", 22, 8},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        uint8_t *exact = malloc(cases[i].length + 1); /* so that a sanitizer sees every read beyond */
        memcpy(exact, cases[i].bytes, cases[i].length);
        exact = realloc(exact, cases[i].length > 0 ? cases[i].length : 1);
        assert_int_equal(sw_exif_orientation(exact, cases[i].length), cases[i].want);
        free(exact);
    }
}

/* A ramp that is scaled is a ramp still, whichever way it was decoded: at an eighth, a quarter, a half or whole. */
static void every_size_shows_the_same_picture(void **state)
{
    (void)state;
    struct sample sample = sample_ramp(512, 384, false);
    struct sample_file files[] = {sample_jpeg(&sample, SAMPLE_JPEG_COLOUR, 0, false), sample_png(&sample, SAMPLE_PNG_RGB, false),
                                  sample_webp(&sample, true, 0)};
    static const int widths[] = {31, 64, 65, 128, 200, 256, 300, 512, 700};
    for (size_t f = 0; f < SW_COUNT(files); f++) {
        for (size_t i = 0; i < SW_COUNT(widths); i++) {
            int width = widths[i], height = width * 3 / 4;
            struct sw_worker_job job = sample_render(&files[f], width, height);
            assert_int_equal(sw_picture_decode(&job), SW_WORKER_OK);
            for (int y = 1; y < height - 1; y++) {
                for (int x = 1; x < width - 1; x++) {
                    uint32_t across = (uint32_t)((x + 0.5) * 255 / width + 0.5), down = (uint32_t)((y + 0.5) * 255 / height + 0.5);
                    uint32_t want = 0xff000000 | across << 16 | down << 8 | (255 - across);
                    uint32_t got = job.pixels[y * width + x];
                    if (sample_difference(got, want) > 8)
                        fail_msg("file %zu at %d x %d: pixel %d, %d is %08x, not %08x", f, width, height, x, y, got, want);
                }
            }
            sw_worker_job_finish(&job);
        }
        sample_file_finish(&files[f]);
    }
    sample_finish(&sample);
}

static void the_same_request_gives_the_same_bytes(void **state)
{
    (void)state;
    struct sample sample = sample_ramp(300, 200, true);
    struct sample_file file = sample_png(&sample, SAMPLE_PNG_RGBA, false);
    struct sw_worker_job first = sample_render(&file, 123, 77), second = sample_render(&file, 123, 77);
    assert_int_equal(sw_picture_decode(&first), SW_WORKER_OK);
    assert_int_equal(sw_picture_decode(&second), SW_WORKER_OK);
    assert_memory_equal(first.pixels, second.pixels, first.size);
    sw_worker_job_finish(&first);
    sw_worker_job_finish(&second);
    sample_file_finish(&file);
    sample_finish(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_png_shows_its_pixels),       cmocka_unit_test(every_jpeg_shows_its_pixels),
        cmocka_unit_test(every_webp_shows_its_pixels),      cmocka_unit_test(all_orientations_are_turned),
        cmocka_unit_test(broken_exif_is_orientation_1),     cmocka_unit_test(every_size_shows_the_same_picture),
        cmocka_unit_test(the_same_request_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
