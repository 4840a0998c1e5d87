/* SPDX-License-Identifier: EUPL-1.2 */
/* Files that mean harm, given to real workers. Each costs at most its own picture; the next one comes as if nothing had been. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "house.h"

#define SVG "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='100' height='100'>"
#define TEXT_MAX ((size_t)8 << 20)

static int set_up(void **state)
{
    struct house *house = malloc(sizeof *house);
    house_open(house, 0);
    house_start(house, SW_LINK_PICTURE);
    struct sample sample = sample_quarters(64, 48);
    house_put(house, "good.jpg", sample_jpeg(&sample, SAMPLE_JPEG_COLOUR, 0, false));
    sample_finish(&sample);
    house_put_text(house, "good.svg", SVG "<rect width='100' height='100' fill='#f00'/></svg>");
    *state = house;
    return 0;
}

static int tear_down(void **state)
{
    house_close(*state);
    free(*state);
    return 0;
}

/* Whatever became of `name`, the others' pictures come. */
static enum sw_asset_state fate_of(struct house *house, const char *name)
{
    struct sw_bitmap *bitmap = NULL;
    house_get(house, name, 64, 48, &bitmap);
    house_settle(house);
    enum sw_asset_state fate = house_get(house, name, 64, 48, &bitmap);
    assert_int_not_equal(fate, SW_ASSET_PENDING);
    static int width = 64; /* a new size each time, so that it is drawn anew */
    width++;
    house_get(house, "good.jpg", width, 48, &bitmap);
    house_get(house, "good.svg", width, 48, &bitmap);
    house_settle(house);
    assert_int_equal(house_get(house, "good.jpg", width, 48, &bitmap), SW_ASSET_READY);
    assert_int_equal(house_get(house, "good.svg", width, 48, &bitmap), SW_ASSET_READY);
    return fate;
}

static void put_buffer(struct house *house, const char *name, struct sw_buffer *buffer)
{
    assert_false(buffer->full);
    house_put_text(house, name, sw_buffer_text(buffer));
    sw_buffer_finish(buffer);
}

static struct sw_buffer new_text(const char *begin)
{
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, TEXT_MAX);
    sw_buffer_add_text(&buffer, begin);
    return buffer;
}

static void repeat(struct sw_buffer *buffer, const char *text, int times)
{
    for (int i = 0; i < times; i++)
        sw_buffer_add_text(buffer, text);
}

static void heads_without_bodies(void **state)
{
    struct house *house = *state;
    house_put(house, "giant.png", sample_png_head(60000, 60000));
    house_put(house, "large.png", sample_png_head(8192, 8192)); /* may be, but has no data */
    house_put_text(house, "empty.webp", "");
    house_put_text(house, "text.jpg", "Sehr geehrte Damen und Herren");
    assert_int_equal(fate_of(house, "giant.png"), SW_ASSET_FAILED);
    assert_int_equal(fate_of(house, "large.png"), SW_ASSET_FAILED);
    assert_int_equal(fate_of(house, "empty.webp"), SW_ASSET_FAILED);
    assert_int_equal(fate_of(house, "text.jpg"), SW_ASSET_FAILED);
    assert_int_equal(house->needs[SW_LINK_PICTURE], 0);
}

/* 64 megapixels of one colour are a file of a few kilobytes: it is shown, at any size. */
static void a_large_picture_is_shown(void **state)
{
    struct house *house = *state;
    struct sample sample = {8192, 8192, calloc(8192 * 8192, 4)};
    assert_non_null(sample.pixels);
    house_put(house, "large.png", sample_png(&sample, SAMPLE_PNG_GREY, true));
    sample_finish(&sample);
    assert_int_equal(fate_of(house, "large.png"), SW_ASSET_READY);
    struct sw_bitmap *bitmap = NULL;
    house_get(house, "good.jpg", 8192, 8192, &bitmap);
    house_settle(house);
    assert_int_equal(house_get(house, "good.jpg", 8192, 8192, &bitmap), SW_ASSET_READY);
}

static void nested_entities(void **state)
{
    struct house *house = *state;
    struct sw_buffer text = new_text("<!DOCTYPE svg [<!ENTITY a0 \"<rect width='9' height='9'/>\">\n");
    for (int i = 1; i < 20; i++)
        sw_buffer_printf(&text, "<!ENTITY a%d \"&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;\">\n", i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1,
                         i - 1, i - 1);
    sw_buffer_add_text(&text, "]>" SVG "&a19;</svg>");
    put_buffer(house, "laughs.svg", &text);
    assert_int_equal(fate_of(house, "laughs.svg"), SW_ASSET_FAILED);
    text = new_text("<!DOCTYPE svg [<!ENTITY a \"");
    repeat(&text, "<g/>", 20000);
    sw_buffer_add_text(&text, "\">]>" SVG);
    repeat(&text, "&a;", 20000);
    sw_buffer_add_text(&text, "</svg>");
    put_buffer(house, "quadratic.svg", &text);
    assert_int_equal(fate_of(house, "quadratic.svg"), SW_ASSET_FAILED);
}

static void too_many_elements(void **state)
{
    struct house *house = *state;
    struct sw_buffer text = new_text(SVG);
    repeat(&text, "<g/>", SW_SVG_ELEMENTS_MAX + 1);
    sw_buffer_add_text(&text, "</svg>");
    put_buffer(house, "many.svg", &text);
    assert_int_equal(fate_of(house, "many.svg"), SW_ASSET_FAILED);
    text = new_text(SVG);
    repeat(&text, "<g>", 90000);
    repeat(&text, "</g>", 90000);
    sw_buffer_add_text(&text, "</svg>");
    put_buffer(house, "deep.svg", &text);
    fate_of(house, "deep.svg"); /* nothing is to be seen in it: shown or not, it must not cost more than its worker */
    text = new_text(SVG);
    repeat(&text, "          ", 500000);
    sw_buffer_add_text(&text, "</svg>");
    put_buffer(house, "long.svg", &text);
    assert_int_equal(fate_of(house, "long.svg"), SW_ASSET_FAILED);
}

/* Cheap to write, endless to draw: the processor time of a request is limited, and after the second worker it is given up. */
static void endless_drawing(void **state)
{
    struct house *house = *state;
    struct sw_buffer text = new_text(SVG "<defs><g id='g0'><circle r='50'/></g>");
    for (int i = 1; i < 40; i++)
        sw_buffer_printf(&text, "<g id='g%d'><use xlink:href='#g%d'/><use xlink:href='#g%d' x='1'/></g>", i, i - 1, i - 1);
    sw_buffer_add_text(&text, "</defs><use xlink:href='#g39'/></svg>");
    put_buffer(house, "use.svg", &text);
    assert_int_equal(fate_of(house, "use.svg"), SW_ASSET_FAILED);
    text = new_text(SVG "<filter id='f' x='-5' y='-5' width='11' height='11'>");
    repeat(&text, "<feTurbulence numOctaves='255' baseFrequency='.9'/><feMorphology operator='dilate' radius='900'/>", 300);
    sw_buffer_add_text(&text, "</filter><g filter='url(#f)'><rect width='100' height='100' filter='url(#f)'/></g></svg>");
    put_buffer(house, "filter.svg", &text);
    assert_int_equal(fate_of(house, "filter.svg"), SW_ASSET_FAILED);
}

static void loops_of_references(void **state)
{
    struct house *house = *state;
    house_put_text(house, "self.svg", SVG "<g id='a'><use xlink:href='#a'/></g></svg>");
    house_put_text(house, "pair.svg", SVG "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g></svg>");
    house_put_text(house, "mask.svg", SVG "<mask id='m'><rect width='9' height='9' mask='url(#m)'/></mask>"
                                          "<rect width='9' height='9' mask='url(#m)'/></svg>");
    house_put_text(house, "pattern.svg", SVG "<pattern id='p' width='9' height='9'><rect width='9' height='9' fill='url(#p)'/></pattern>"
                                             "<rect width='9' height='9' fill='url(#p)'/></svg>");
    fate_of(house, "self.svg");
    fate_of(house, "pair.svg");
    fate_of(house, "mask.svg");
    fate_of(house, "pattern.svg");
}

/* One that is stopped, not dead, is found by its silence and replaced. */
static void a_silent_worker_is_replaced(void **state)
{
    struct house *house = *state;
    struct sw_bitmap *bitmap = NULL;
    pid_t first = house->pids[SW_LINK_PICTURE];
    assert_int_equal(kill(first, SIGSTOP), 0);
    house_get(house, "good.jpg", 32, 24, &bitmap);
    house_settle(house);
    assert_int_equal(house_get(house, "good.jpg", 32, 24, &bitmap), SW_ASSET_READY);
    assert_int_equal(house->needs[SW_LINK_PICTURE], 1);
    assert_int_not_equal(house->pids[SW_LINK_PICTURE], first);
}

int main(void)
{
#define HOUSE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        HOUSE_TEST(heads_without_bodies), HOUSE_TEST(a_large_picture_is_shown), HOUSE_TEST(nested_entities), HOUSE_TEST(too_many_elements),
        HOUSE_TEST(endless_drawing),      HOUSE_TEST(loops_of_references),      HOUSE_TEST(a_silent_worker_is_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
