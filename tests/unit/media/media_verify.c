/* SPDX-License-Identifier: EUPL-1.2 */
/* What `check` says about a picture file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "house.h"

static void assert_verdict(struct house *house, const char *name, bool usable, int width, int height, const char *fault)
{
    struct sw_media_verdict verdict;
    sw_media_verify(house->gallery, name, sw_tick_now() + 60 * SW_SECOND, &verdict);
    assert_string_equal(verdict.fault, fault);
    assert_int_equal(verdict.usable, usable);
    assert_int_equal(verdict.width, width);
    assert_int_equal(verdict.height, height);
}

static struct sample_file cut(struct sample_file file)
{
    file.length = file.length * 2 / 3;
    return file;
}

static struct sample_file animated(struct sample_file webp)
{
    webp.bytes[20] |= 0x02; /* the flag in VP8X */
    return webp;
}

static void every_fault_has_its_words(void **state)
{
    (void)state;
    struct house house;
    house_open(&house, 0);
    house_start(&house, SW_LINK_PICTURE);
    house_start(&house, SW_LINK_SVG);
    struct sample sample = sample_ramp(97, 61, false);
    house_put(&house, "good.png", sample_png(&sample, SAMPLE_PNG_RGB, false));
    house_put(&house, "good.JPG", sample_jpeg(&sample, SAMPLE_JPEG_COLOUR, 0, false));
    house_put(&house, "turned.jpeg", sample_jpeg(&sample, SAMPLE_JPEG_COLOUR, 6, true));
    house_put(&house, "good.webp", sample_webp(&sample, true, 0));
    house_put_text(&house, "good.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>");
    assert_verdict(&house, "good.png", true, 97, 61, "");
    assert_verdict(&house, "good.JPG", true, 97, 61, "");
    assert_verdict(&house, "turned.jpeg", true, 61, 97, "");
    assert_verdict(&house, "good.webp", true, 97, 61, "");
    assert_verdict(&house, "good.svg", true, 30, 20, "");

    house_put(&house, "jpeg.png", sample_jpeg(&sample, SAMPLE_JPEG_COLOUR, 0, false));
    house_put(&house, "png", sample_png(&sample, SAMPLE_PNG_RGB, false));
    house_put_text(&house, "svg.webp", "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>");
    house_put(&house, "webp.svg", sample_webp(&sample, true, 0));
    assert_verdict(&house, "jpeg.png", true, 97, 61, "is a JPEG but named .png");
    assert_verdict(&house, "png", true, 97, 61, "is a PNG but its name does not say so");
    assert_verdict(&house, "svg.webp", true, 30, 20, "is an SVG but named .webp");
    assert_verdict(&house, "webp.svg", true, 97, 61, "is a WebP but named .svg");

    house_put(&house, "cut.png", cut(sample_png(&sample, SAMPLE_PNG_RGB, false)));
    house_put(&house, "cut.jpg", cut(sample_jpeg(&sample, SAMPLE_JPEG_COLOUR, 0, false)));
    house_put(&house, "cut.webp", cut(sample_webp(&sample, true, 0)));
    house_put_text(&house, "cut.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'><rect");
    assert_verdict(&house, "cut.png", false, 97, 61, "is cut short");
    assert_verdict(&house, "cut.jpg", false, 97, 61, "is cut short");
    assert_verdict(&house, "cut.webp", false, 0, 0, "is cut short");
    assert_verdict(&house, "cut.svg", false, 0, 0, "is cut short");

    house_put_text(&house, "text.png", "Sehr geehrte Damen und Herren");
    house_put_text(&house, "text.svg", "Sehr geehrte Damen und Herren");
    house_put_text(&house, "empty.jpg", "");
    house_put(&house, "giant.png", sample_png_head(60000, 60000));
    house_put(&house, "wide.png", sample_png_head(16000, 8000));
    house_put(&house, "moving.webp", animated(sample_webp(&sample, true, 1)));
    house_put_text(&house, "bad.svg", "<svg><rect></svg>");
    assert_verdict(&house, "text.png", false, 0, 0, "is not a PNG, JPEG, WebP or SVG picture");
    assert_verdict(&house, "text.svg", false, 0, 0, "is not a PNG, JPEG, WebP or SVG picture");
    assert_verdict(&house, "empty.jpg", false, 0, 0, "is empty");
    assert_verdict(&house, "giant.png", false, 60000, 60000, "is 60000 × 60000 pixels; at most 16384 a side");
    assert_verdict(&house, "wide.png", false, 16000, 8000, "is 16000 × 8000 pixels; at most 64 megapixels (8192 × 8192)");
    assert_verdict(&house, "moving.webp", false, 97, 61, "is an animated WebP; only still ones are shown");
    assert_verdict(&house, "bad.svg", false, 0, 0, "is damaged");
    assert_verdict(&house, "missing.png", false, 0, 0, "does not exist");

    sample_finish(&sample);
    house_close(&house);
}

/* One that comes too late for its own question is no answer to the next. */
static void a_late_answer_is_dropped(void **state)
{
    (void)state;
    struct house house;
    struct sw_media_verdict verdict;
    struct sample sample = sample_quarters(20, 10);
    house_open(&house, 0);
    house_put(&house, "a.png", sample_png(&sample, SAMPLE_PNG_RGB, false));
    house_put_text(&house, "b.png", "no picture");
    sw_media_verify(house.gallery, "a.png", 0, &verdict);
    assert_false(verdict.usable);
    assert_string_equal(verdict.fault, "could not be decoded in time");
    house_start(&house, SW_LINK_PICTURE);
    assert_verdict(&house, "b.png", false, 0, 0, "is not a PNG, JPEG, WebP or SVG picture");
    assert_int_equal(sw_media_pending(house.media), 0);
    sample_finish(&sample);
    house_close(&house);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_has_its_words),
        cmocka_unit_test(a_late_answer_is_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
