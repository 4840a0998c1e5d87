/* SPDX-License-Identifier: EUPL-1.2 */
/* The decoders on files that are not sound: they fail, say why, and give no pixels. */
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

/* A copy of exactly its length, so that a sanitizer sees every read beyond. */
static struct sample_file first_bytes(const struct sample_file *file, size_t length)
{
    struct sample_file cut = {malloc(length > 0 ? length : 1), length};
    memcpy(cut.bytes, file->bytes, length);
    return cut;
}

static enum sw_worker_status render(const struct sample_file *file)
{
    struct sw_worker_job job = sample_render(file, 50, 40);
    enum sw_worker_status status = sw_picture_decode(&job);
    sw_worker_job_finish(&job);
    return status;
}

static enum sw_worker_status verify(const struct sample_file *file, struct sw_worker_job *job)
{
    *job = sample_verify(file);
    return sw_picture_decode(job);
}

/* From whole but for the last byte down to nothing, by a hundredth of the file at a time. */
static void assert_cuts_fail(struct sample_file file)
{
    struct sw_worker_job job;
    assert_int_equal(render(&file), SW_WORKER_OK);
    assert_int_equal(verify(&file, &job), SW_WORKER_OK);
    for (int percent = 0; percent <= 100; percent++) {
        struct sample_file cut = first_bytes(&file, percent == 100 ? file.length - 1 : file.length * (size_t)percent / 100);
        enum sw_worker_status rendered = render(&cut), verified = verify(&cut, &job);
        if (rendered != verified || (rendered != SW_WORKER_TRUNCATED && (cut.length > 16 || rendered != SW_WORKER_NOT_A_PICTURE)))
            fail_msg("at %zu of %zu bytes: rendered %d, verified %d", cut.length, file.length, (int)rendered, (int)verified);
        sample_file_finish(&cut);
    }
    sample_file_finish(&file);
}

static void a_picture_that_is_cut_anywhere_fails(void **state)
{
    (void)state;
    struct sample sample = sample_ramp(97, 61, true), small = sample_quarters(16, 16);
    for (int interlaced = 0; interlaced <= 1; interlaced++) {
        assert_cuts_fail(sample_png(&sample, SAMPLE_PNG_RGBA, interlaced == 1));
        assert_cuts_fail(sample_png(&sample, SAMPLE_PNG_GREY16, interlaced == 1));
        assert_cuts_fail(sample_png(&small, SAMPLE_PNG_PALETTE, interlaced == 1));
    }
    for (enum sample_jpeg variety = SAMPLE_JPEG_COLOUR; variety <= SAMPLE_JPEG_YCCK; variety++) {
        assert_cuts_fail(sample_jpeg(&sample, variety, 0, false));
        assert_cuts_fail(sample_jpeg(&sample, variety, 6, false));
    }
    assert_cuts_fail(sample_webp(&sample, true, 0));
    assert_cuts_fail(sample_webp(&sample, false, 0));
    assert_cuts_fail(sample_webp(&sample, true, 3));
    sample_finish(&sample);
    sample_finish(&small);
}

static void a_jpeg_that_fills_up_with_nothing_fails(void **state)
{
    (void)state;
    struct sample sample = sample_ramp(97, 61, false);
    struct sample_file file = sample_jpeg(&sample, SAMPLE_JPEG_COLOUR, 0, false);
    struct sw_worker_job job;
    /* an end-of-image marker in the middle: to libjpeg all the rest is merely grey */
    file.bytes[file.length / 2] = 0xff;
    file.bytes[file.length / 2 + 1] = 0xd9;
    assert_int_equal(render(&file), SW_WORKER_DAMAGED);
    assert_int_equal(verify(&file, &job), SW_WORKER_DAMAGED);
    sample_file_finish(&file);
    sample_finish(&sample);
}

static void a_png_with_a_wrong_checksum_fails(void **state)
{
    (void)state;
    struct sample sample = sample_ramp(97, 61, false);
    struct sample_file file = sample_png(&sample, SAMPLE_PNG_RGB, false);
    file.bytes[file.length / 2] ^= 1;
    assert_int_equal(render(&file), SW_WORKER_DAMAGED);
    sample_file_finish(&file);
    sample_finish(&sample);
}

static void a_giant_is_refused_by_its_head(void **state)
{
    (void)state;
    static const struct {
        uint32_t width, height;
    } cases[] = {{60000, 60000}, {16385, 1}, {1, 16385}, {16384, 16384}, {8192, 8193}, {2000000000, 2}};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sample_file file = sample_png_head(cases[i].width, cases[i].height);
        struct sw_worker_job job = sample_probe(&file);
        assert_int_equal(sw_picture_decode(&job), SW_WORKER_TOO_LARGE);
        assert_int_equal(job.picture_width, cases[i].width);
        assert_int_equal(job.picture_height, cases[i].height);
        assert_int_equal(render(&file), SW_WORKER_TOO_LARGE);
        sample_file_finish(&file);
    }
    /* the same for a JPEG, whose size stands in its SOF0 segment */
    struct sample sample = sample_quarters(32, 32);
    struct sample_file file = sample_jpeg(&sample, SAMPLE_JPEG_COLOUR, 0, false);
    for (size_t i = 0; i + 9 < file.length; i++) {
        if (file.bytes[i] == 0xff && file.bytes[i + 1] == 0xc0) {
            memcpy(file.bytes + i + 5, "\xea\x60\xea\x60", 4);
            break;
        }
    }
    struct sw_worker_job job = sample_probe(&file);
    assert_int_equal(sw_picture_decode(&job), SW_WORKER_TOO_LARGE);
    assert_int_equal(job.picture_width, 60000);
    assert_int_equal(job.picture_height, 60000);
    sample_file_finish(&file);
    sample_finish(&sample);
}

static void what_is_no_picture_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum sw_worker_status status;
    } cases[] = {{"Sehr geehrte Damen und Herren", SW_WORKER_NOT_A_PICTURE},
                 {"GIF89a", SW_WORKER_NOT_A_PICTURE}, {"", SW_WORKER_NOT_A_PICTURE},
                 {"<svg xmlns='http://www.w3.org/2000/svg'/>", SW_WORKER_OTHER_KIND}, {"\xff\xd8\xff", SW_WORKER_TRUNCATED},
                 {"\x89PNG\r\n\x1a\n", SW_WORKER_TRUNCATED}, {"\xff\xd8\xffgarbage, but rather more of it", SW_WORKER_DAMAGED}};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sample_file whole = {(uint8_t *)(uintptr_t)cases[i].text, strlen(cases[i].text)}, file = first_bytes(&whole, whole.length);
        assert_int_equal(render(&file), cases[i].status);
        sample_file_finish(&file);
    }
}

/* Every byte, one at a time, set to something else: never a crash, and pixels only with OK. */
static void no_changed_byte_crashes(void **state)
{
    (void)state;
    struct sample sample = sample_ramp(24, 18, true);
    struct sample_file files[] = {sample_png(&sample, SAMPLE_PNG_RGBA, true), sample_jpeg(&sample, SAMPLE_JPEG_PROGRESSIVE, 6, true),
                                  sample_jpeg(&sample, SAMPLE_JPEG_YCCK, 0, false), sample_webp(&sample, true, 3),
                                  sample_webp(&sample, false, 0)};
    static const uint8_t values[] = {0x00, 0xff, 0x80};
    for (size_t f = 0; f < SW_COUNT(files); f++) {
        for (size_t i = 0; i < files[f].length; i++) {
            for (size_t v = 0; v < SW_COUNT(values); v++) {
                uint8_t before = files[f].bytes[i];
                files[f].bytes[i] = values[v];
                enum sw_worker_status status = render(&files[f]);
                assert_in_range(status, SW_WORKER_OK, SW_WORKER_STATUS_LAST);
                files[f].bytes[i] = before;
            }
        }
        sample_file_finish(&files[f]);
    }
    sample_finish(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_that_is_cut_anywhere_fails), cmocka_unit_test(a_jpeg_that_fills_up_with_nothing_fails),
        cmocka_unit_test(a_png_with_a_wrong_checksum_fails),    cmocka_unit_test(a_giant_is_refused_by_its_head),
        cmocka_unit_test(what_is_no_picture_is_refused),        cmocka_unit_test(no_changed_byte_crashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
