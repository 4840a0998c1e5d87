/* SPDX-License-Identifier: EUPL-1.2 */
/* What texts and fonts nobody meant do: nothing worse than boxes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "text_bench.h"

#define BROKEN "text_faults_font.otf"

static int set_up(void **state)
{
    *state = bench_typesetter();
    return *state == NULL;
}

static int tear_down(void **state)
{
    sw_typesetter_destroy(*state);
    unlink(BROKEN);
    return 0;
}

static struct sw_typesetter *with_font(const char *path, const char *fallback)
{
    struct sw_font_role role = {"text", path};
    struct sw_font_set fonts = {&role, 1, &fallback, fallback != NULL};
    return sw_typesetter_create(&fonts, 1u << 20);
}

static void test_no_fonts(void **state)
{
    (void)state;
    struct sw_font_set none = {0};
    struct sw_typesetter *typesetter = sw_typesetter_create(&none, 1u << 20);
    struct sw_text_request request = bench_request("Rhein und Ruhr", 36, 150);
    const struct sw_text_layout *layout = sw_text_layout(typesetter, &request);
    assert_true(layout->missing_glyph);
    assert_int_equal(layout->line_count, 3);
    struct sw_text_pixels pixels = bench_raster(typesetter, &request, 1);
    assert_non_null(pixels.mask);
    assert_int_equal(pixels.mask->pixels[0], 255); /* the corner of a box */
    sw_typesetter_destroy(typesetter);
}

static void test_missing_font(void **state)
{
    (void)state;
    struct sw_typesetter *typesetter = with_font("/nowhere/at-all.otf", NULL);
    struct sw_text_request request = bench_request("Rhein", 36, INFINITY);
    assert_true(sw_text_layout(typesetter, &request)->missing_glyph);
    assert_non_null(bench_raster(typesetter, &request, 2).mask);
    sw_typesetter_destroy(typesetter);
    typesetter = with_font("/nowhere/at-all.otf", bench_fallbacks[0]);
    assert_false(sw_text_layout(typesetter, &request)->missing_glyph);
    sw_typesetter_destroy(typesetter);
}

static void test_fallback(void **state)
{
    struct sw_typesetter *alone = with_font(bench_roles[0].path, NULL);
    struct sw_text_request request = bench_request("Rhein نهر", 36, INFINITY);
    const struct sw_text_layout *layout = sw_text_layout(alone, &request);
    assert_true(layout->missing_glyph);
    assert_non_null(bench_raster(alone, &request, 1).mask);
    layout = sw_text_layout(*state, &request);
    assert_false(layout->missing_glyph);
    assert_int_equal(layout->piece_count, 3);
    request.text = "Rhein नमस्ते"; /* no Devanagari in this set */
    assert_true(sw_text_layout(*state, &request)->missing_glyph);
    sw_typesetter_destroy(alone);
}

/* Writes the first `keep` of a good font's bytes, some of them overwritten. */
static void write_broken(size_t keep_percent, unsigned seed)
{
    char *bytes;
    size_t length;
    assert_int_equal(sw_file_read(bench_roles[0].path, 16u << 20, &bytes, &length), SW_FILE_OK);
    length = length * keep_percent / 100;
    for (int i = 0; seed != 0 && i < 400; i++) {
        seed = seed * 1664525u + 1013904223u;
        size_t at = 2000 + (seed >> 4) % (length - 2000);
        bytes[at] = (char)(seed >> 24);
    }
    assert_true(sw_file_write_atomic(BROKEN, bytes, length));
    free(bytes);
}

static void test_cut_short(void **state)
{
    (void)state;
    write_broken(50, 0);
    assert_string_equal(sw_typesetter_probe(BROKEN), "is cut short");
    struct sw_typesetter *typesetter = with_font(BROKEN, bench_fallbacks[0]);
    struct sw_text_request request = bench_request("Rhein", 36, INFINITY);
    assert_false(sw_text_layout(typesetter, &request)->missing_glyph); /* the fallback stands in */
    assert_non_null(bench_raster(typesetter, &request, 1).mask);
    sw_typesetter_destroy(typesetter);
}

static void test_scrambled(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 12; seed++) {
        write_broken(100, seed);
        (void)sw_typesetter_probe(BROKEN);
        struct sw_typesetter *typesetter = with_font(BROKEN, NULL);
        struct sw_text_request request = bench_request("Der Rhein steht heute 41 cm höher, ABC!", 36, 300);
        (void)sw_text_layout(typesetter, &request);
        (void)bench_raster(typesetter, &request, 1);
        sw_typesetter_destroy(typesetter);
    }
}

static void test_probe(void **state)
{
    (void)state;
    assert_string_equal(sw_typesetter_probe(bench_roles[0].path), "");
    assert_string_equal(sw_typesetter_probe(bench_fallbacks[2]), "");
    assert_string_equal(sw_typesetter_probe("/nowhere/at-all.otf"), "cannot be opened");
    assert_string_equal(sw_typesetter_probe("/"), "is no file");
    assert_true(sw_file_write_atomic(BROKEN, "", 0));
    assert_string_equal(sw_typesetter_probe(BROKEN), "is empty");
    assert_true(sw_file_write_atomic(BROKEN, "Das ist keine Schrift, sondern ein Satz.", 40));
    assert_string_equal(sw_typesetter_probe(BROKEN), "is no font");
}

/* What every layout must be, whatever was asked for. */
static void check(struct sw_typesetter *typesetter, const struct sw_text_request *request)
{
    const struct sw_text_layout *layout = sw_text_layout(typesetter, request);
    int length = (int)strlen(request->text), piece = 0;
    assert_true(isfinite(layout->width) && isfinite(layout->height) && layout->width >= 0 && layout->height >= 0);
    assert_true(layout->line_count <= 1000 && (request->lines <= 0 || layout->line_count <= request->lines));
    for (int i = 0; i < layout->line_count; i++) {
        const struct sw_text_line *line = &layout->lines[i];
        assert_int_equal(line->first, piece);
        piece += line->count;
        assert_true(isfinite(line->x) && isfinite(line->width) && line->width >= 0);
        for (int k = line->first; k < piece; k++) {
            assert_true(layout->pieces[k].offset >= 0 && layout->pieces[k].length >= 0);
            assert_true(layout->pieces[k].offset + layout->pieces[k].length <= length);
            assert_true(k == line->first || layout->pieces[k].offset >= layout->pieces[k - 1].offset);
            assert_true(isfinite(layout->pieces[k].x) && layout->pieces[k].width >= 0);
        }
    }
    assert_int_equal(piece, layout->piece_count);
}

static void test_long_lines(void **state)
{
    static const char *const units[] = {
        "a", "ab ", "a-", "\u00ad", "\u202e", "\u202bא ", "([", "e\u0301", "\U0001f469\u200d", "漢", "\n", "\x0e", "1,", "\u200b",
        "\u00a0", "\x01x\x02", "\u0628", "\xff",
    };
    char *text = malloc((1u << 20) + 8);
    assert_non_null(text);
    for (size_t i = 0; i < SW_COUNT(units); i++) {
        size_t length = 0, unit = strlen(units[i]);
        for (; length + unit <= 1u << 20; length += unit)
            memcpy(text + length, units[i], unit);
        text[length] = '\0';
        struct sw_text_request request = bench_request(text, 36, 1000);
        check(*state, &request);
        request.lines = 2;
        check(*state, &request);
        (void)bench_raster(*state, &request, 0.25);
        request.lines = 0;
        request.width = INFINITY;
        check(*state, &request);
        assert_true(sw_text_layout(*state, &request)->cut || strcmp(units[i], "\n") == 0 || strcmp(units[i], "\x0e") == 0);
        sw_typesetter_collect(*state);
    }
    free(text);
}

static void test_marks(void **state)
{
    char text[4096] = "Z";
    for (int i = 0; i < 1000; i++)
        memcpy(text + 1 + i * 2, "\u0301", 2);
    struct sw_text_request request = bench_request(text, 36, 100);
    check(*state, &request);
    assert_int_equal(sw_text_layout(*state, &request)->line_count, 1);
    struct sw_text_pixels pixels = bench_raster(*state, &request, 1);
    assert_true(pixels.mask->height < 36 * 8); /* not a thousand of them */
    request.text = "\u0301\u0301 \u0301"; /* marks with nothing below */
    check(*state, &request);
    (void)bench_raster(*state, &request, 1);
}

static void test_any_request(void **state)
{
    static const char *const parts[] = {
        "a", "Rhein", " ", "  ", "-", "–", "/", "\u00ad", "\u200b", "\u00a0", "\n", "\n\n", "\x01", "\x02", "\x05", "\x06",
        "\x0e", "1", "1.2", ",", "ب", "بكم", "א", "(", ")", "\u202e", "\u2067", "\u2069", "\u0301", "\u200d", "漢", "\U0001f600",
        "\U0001f1e9", "\ufe0f", "\t", "\r", "…", "\x0f", "\xc3",
    };
    static const double sizes[] = {0, 1, 7.5, 36, 400, 2000, 1e9, NAN}, widths[] = {-5, 0, 1, 50, 400, 1e6, INFINITY, NAN};
    static const double scales[] = {0, 0.1, 0.37, 1, 2, NAN};
    static const char *const languages[] = {"de", "ar", "he-IL", "", "zz", NULL};
    uint32_t seed = 7;
    for (int round = 0; round < 1500; round++) {
        char text[512] = "";
        uint32_t n[8];
        for (size_t i = 0; i < SW_COUNT(n); i++) {
            seed = seed * 1664525u + 1013904223u;
            n[i] = seed >> 8;
        }
        for (uint32_t i = 0; i < n[0] % 30; i++) {
            seed = seed * 1664525u + 1013904223u;
            strcat(text, parts[(seed >> 8) % SW_COUNT(parts)]);
        }
        struct sw_text_request request = {.text = text, .role = n[1] % 2 ? "text" : NULL, .size = sizes[n[2] % SW_COUNT(sizes)],
            .line = n[3] % 3 == 0 ? NAN : 1.2, .tracking = n[3] % 4 == 1 ? 0.1 : n[3] % 4 == 2 ? -0.9 : 0,
            .width = widths[n[4] % SW_COUNT(widths)],
            .lines = (int)(n[5] % 5) - 1, .align = (enum sw_text_align)(n[6] % 3), .language = languages[n[7] % SW_COUNT(languages)]};
        check(*state, &request);
        if (round % 4 == 0)
            (void)bench_raster(*state, &request, scales[n[6] % SW_COUNT(scales)]);
        if (round % 16 == 0)
            sw_typesetter_collect(*state);
        assert_true(sw_text_widest_word(*state, &request) >= 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_fonts),
        cmocka_unit_test(test_missing_font),
        cmocka_unit_test(test_fallback),
        cmocka_unit_test(test_cut_short),
        cmocka_unit_test(test_scrambled),
        cmocka_unit_test(test_probe),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_any_request),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
