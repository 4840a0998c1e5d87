/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "base/memory.h"
#include "worker/svg/svg.h"

#define NS " xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"

static struct sw_worker_job job_of(const char *text, size_t length, enum sw_worker_op op, int width, int height)
{
    struct sw_worker_job job = {.request = {.version = SW_WORKER_VERSION, .op = op}, .bytes = (const uint8_t *)text, .length = length,
                                .fd = -1};
    if (op == SW_WORKER_RENDER) {
        job.request.width = width;
        job.request.height = height;
        job.request.right = job.request.bottom = 1;
    }
    return job;
}

static void sizes_are_those_of_the_document(void **state)
{
    (void)state;
    static const struct {
        const char *attributes;
        int width, height;
    } cases[] = {
        {"width='120' height='80'", 120, 80},
        {"width='1in' height='2in'", 96, 192},
        {"width='120.4px' height='80.6px'", 120, 81},
        {"viewBox='0 0 300 200'", 300, 200},
        {"width='100%' height='100%' viewBox='5 5 640 480'", 640, 480},
        {"width='150' viewBox='0 0 300 200'", 150, 100},
        {"height='50' viewBox='0 0 300 200'", 75, 50},
        {"width='0.2' height='0.1'", 1, 1},
        {"", 300, 150},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        char text[400];
        int length = snprintf(text, sizeof text, "<svg" NS " %s><rect width='10' height='10'/></svg>", cases[i].attributes);
        struct sw_worker_job job = job_of(text, (size_t)length, SW_WORKER_PROBE, 0, 0);
        assert_int_equal(sw_svg_decode(&job), SW_WORKER_OK);
        assert_int_equal(job.picture_width, cases[i].width);
        assert_int_equal(job.picture_height, cases[i].height);
        assert_null(job.pixels);
    }
}

static const char quarters[] = "<svg" NS " width='40' height='20'><rect width='20' height='10' fill='#f00'/>"
                               "<rect x='20' width='20' height='10' fill='#0f0'/>"
                               "<rect y='10' width='20' height='10' fill='#00f' fill-opacity='.5'/></svg>\n";

static void parts_are_drawn_at_their_pixels(void **state)
{
    (void)state;
    static const struct {
        float left, top, right, bottom;
        int width, height, x, y;
        uint32_t want;
    } cases[] = {
        {0, 0, 1, 1, 40, 20, 5, 5, 0xffff0000},
        {0, 0, 1, 1, 400, 200, 395, 5, 0xff00ff00},
        {0, 0, 1, 1, 400, 50, 100, 40, 0x80000080},
        {0, 0, 1, 1, 40, 20, 35, 15, 0},
        {0.5f, 0, 1, 0.5f, 99, 99, 0, 0, 0xff00ff00},
        {0.5f, 0, 1, 0.5f, 99, 99, 98, 98, 0xff00ff00},
        {0.25f, 0, 0.75f, 0.5f, 20, 10, 9, 5, 0xffff0000},
        {0.25f, 0, 0.75f, 0.5f, 20, 10, 10, 5, 0xff00ff00},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_worker_job job = job_of(quarters, sizeof quarters - 1, SW_WORKER_RENDER, cases[i].width, cases[i].height);
        job.request.left = cases[i].left;
        job.request.top = cases[i].top;
        job.request.right = cases[i].right;
        job.request.bottom = cases[i].bottom;
        assert_int_equal(sw_svg_decode(&job), SW_WORKER_OK);
        assert_int_equal(job.pixels[cases[i].y * cases[i].width + cases[i].x], cases[i].want);
        sw_worker_job_finish(&job);
    }
}

static enum sw_worker_status verify(const char *text, size_t length)
{
    char *exact = malloc(length > 0 ? length : 1);
    memcpy(exact, text, length);
    struct sw_worker_job job = job_of(exact, length, SW_WORKER_VERIFY, 0, 0);
    enum sw_worker_status status = sw_svg_decode(&job);
    free(exact);
    return status;
}

static void one_that_is_cut_anywhere_fails(void **state)
{
    (void)state;
    size_t whole = sizeof quarters - 2; /* without the end of line */
    assert_int_equal(verify(quarters, whole), SW_WORKER_OK);
    for (size_t length = 0; length < whole; length++) {
        enum sw_worker_status status = verify(quarters, length);
        assert_true(status == SW_WORKER_TRUNCATED || (length < 8 && status == SW_WORKER_NOT_A_PICTURE));
    }
}

static void what_is_not_sound_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum sw_worker_status status;
    } cases[] = {
        {"", SW_WORKER_NOT_A_PICTURE},
        {"Guten Tag", SW_WORKER_NOT_A_PICTURE},
        {"\x89PNG\r\n\x1a\n", SW_WORKER_OTHER_KIND},
        {"\xff\xd8\xff\xe0", SW_WORKER_OTHER_KIND},
        {"<svg" NS "><rect></svg>", SW_WORKER_DAMAGED},
        {"<svg" NS " width='70000' height='70000'/>", SW_WORKER_TOO_LARGE},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++)
        assert_int_equal(verify(cases[i].text, strlen(cases[i].text)), cases[i].status);
}

static void elements_are_counted(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t count;
    } cases[] = {{"", 0}, {"<", 0}, {"<svg/>", 1}, {"<svg><g><!-- <a><b> --></g></svg>", 2}, {"<?xml?><!DOCTYPE svg><svg/>", 1},
                 {"<svg><style><![CDATA[ a < b <c> ]]></style></svg>", 2}, {"<svg><!-- never ends <a>", 1}, {"<a><a><a>", 3}};
    for (size_t i = 0; i < SW_COUNT(cases); i++)
        assert_int_equal(sw_svg_count_elements(cases[i].text, strlen(cases[i].text), 1000), cases[i].count);
    assert_int_equal(sw_svg_count_elements("<a><a><a><a>", 12, 2), 3);
}

static void too_many_elements_are_refused(void **state)
{
    (void)state;
    static const char begin[] = "<svg" NS " width='10' height='10'>", one[] = "<g/>", end[] = "</svg>";
    for (size_t count = SW_SVG_ELEMENTS_MAX - 1; count <= SW_SVG_ELEMENTS_MAX; count++) {
        char *text = sw_alloc(sizeof begin + count * (sizeof one - 1) + sizeof end), *at = text + sizeof begin - 1;
        memcpy(text, begin, sizeof begin - 1);
        for (size_t i = 0; i < count; i++, at += sizeof one - 1)
            memcpy(at, one, sizeof one - 1);
        memcpy(at, end, sizeof end);
        assert_int_equal(verify(text, strlen(text)), count < SW_SVG_ELEMENTS_MAX ? SW_WORKER_OK : SW_WORKER_TOO_COMPLEX);
        free(text);
    }
}

/* Draws `text` into 10 x 10 pixels; the sum of all of them: 0 if nothing is to be seen. */
static uint32_t ink(const char *text)
{
    struct sw_worker_job job = job_of(text, strlen(text), SW_WORKER_RENDER, 10, 10);
    uint32_t any = 0;
    if (sw_svg_decode(&job) == SW_WORKER_OK) {
        for (int i = 0; i < 100; i++)
            any |= job.pixels[i];
    }
    sw_worker_job_finish(&job);
    return any;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* The pictures that are referred to exist and would be seen: in the folder we are in, and by an absolute address. */
static void references_to_outside_show_nothing(void **state)
{
    (void)state;
    char folder[] = "/tmp/sw-svg-XXXXXX", path[64], text[1000];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/red.svg", folder);
    write_file(path, "<svg" NS " width='10' height='10'><rect id='r' width='10' height='10' fill='#f00'/></svg>");
    static const char *const bodies[] = {
        "<image width='10' height='10' href='%s%s/red.svg'/>",
        "<image width='10' height='10' xlink:href='%s%s/red.svg'/>",
        "<use href='%s%s/red.svg#r'/>",
        "<use xlink:href='%s%s/red.svg#r'/>",
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='%s%s/red.svg' parse='xml'/>",
        "<style>@import url('%s%s/red.css');</style>",
        "<rect width='10' height='10' fill='url(%s%s/red.svg#r)'/>",
    };
    static const char *const schemes[] = {"", "file://", "file:"};
    for (size_t i = 0; i < SW_COUNT(bodies); i++) {
        for (size_t s = 0; s < SW_COUNT(schemes); s++) {
            char body[400];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            snprintf(body, sizeof body, bodies[i], schemes[s], folder);
#pragma GCC diagnostic pop
            snprintf(text, sizeof text, "<svg" NS " width='10' height='10'>%s</svg>", body);
            assert_int_equal(ink(text), 0);
        }
    }
    snprintf(text, sizeof text, "<!DOCTYPE svg [<!ENTITY e SYSTEM 'file://%s'>]><svg" NS " width='10' height='10'><g>&e;</g></svg>", path);
    assert_int_equal(ink(text), 0);
    assert_int_not_equal(ink("<svg" NS " width='10' height='10'><rect id='r' width='5' height='5' fill='#f00'/></svg>"), 0);
    remove(path);
    remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_those_of_the_document), cmocka_unit_test(parts_are_drawn_at_their_pixels),
        cmocka_unit_test(one_that_is_cut_anywhere_fails),  cmocka_unit_test(what_is_not_sound_is_refused),
        cmocka_unit_test(elements_are_counted),            cmocka_unit_test(too_many_elements_are_refused),
        cmocka_unit_test(references_to_outside_show_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
