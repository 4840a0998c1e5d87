/* SPDX-License-Identifier: EUPL-1.2 */
/* Text in all scripts of the city: no empty boxes, which way lines read, where words stand, weights, figures and emoji. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"
#include "text_bench.h"

#define BOLD_ARABIC NOTO "NotoSansArabic-Bold.ttf"

static int set_up(void **state)
{
    static const struct sw_font_role roles[] = {
        {"text", INTER "Inter-Regular.otf"}, {"bold", INTER "Inter-Bold.otf"}, {"bold", BOLD_ARABIC},
        {"display", INTER "InterDisplay-SemiBold.otf"}, {"display", BOLD_ARABIC},
    };
    static const char *const fallbacks[] = {NOTO "NotoSansArabic-Regular.ttf", NOTO "NotoSansHebrew-Regular.ttf",
                                            NOTO "NotoSans-Regular.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
                                            NOTO "NotoColorEmoji.ttf"};
    struct sw_font_set fonts = {roles, SW_COUNT(roles), fallbacks, SW_COUNT(fallbacks)};
    *state = sw_typesetter_create(&fonts, 64u << 20);
    return *state == NULL;
}

static int tear_down(void **state)
{
    sw_typesetter_destroy(*state);
    return 0;
}

static const struct sw_text_layout *lay_out(struct sw_typesetter *typesetter, const char *text, const char *language, double width)
{
    struct sw_text_request request = bench_request(text, 40, width);
    request.language = language;
    return sw_text_layout(typesetter, &request);
}

static void test_corpus(void **state)
{
    static const char *const files[] = {"europe", "arabic", "hebrew", "mixed", "emoji", "edges"};
    int lines = 0;
    for (size_t i = 0; i < SW_COUNT(files); i++) {
        char path[512], *text, *rest;
        size_t length;
        (void)snprintf(path, sizeof path, SW_CORPUS "%s.json", files[i]);
        assert_int_equal(sw_file_read(path, 1u << 20, &text, &length), SW_FILE_OK);
        for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest), lines++) {
            const struct sw_text_layout *layout = lay_out(*state, line, "de", INFINITY);
            if (layout->missing_glyph)
                fail_msg("no font has U+%04X in %s: %s", (unsigned)layout->missing, path, line);
        }
        free(text);
    }
    assert_true(lines > 60);
    const struct sw_text_layout *layout = lay_out(*state, "Rhein \u0915", "de", INFINITY);
    assert_true(layout->missing_glyph);
    assert_int_equal(layout->missing, 0x915);
}

/* The words of a line from left to right, parted by '|'. */
static const char *seen(const struct sw_text_layout *layout, const char *text, char *out, size_t room)
{
    size_t length = 0;
    double after = -1;
    for (;;) {
        int next = -1;
        for (int i = 0; i < layout->piece_count; i++) {
            if (layout->pieces[i].x > after && layout->pieces[i].width > 0 && (next < 0 || layout->pieces[i].x < layout->pieces[next].x))
                next = i;
        }
        if (next < 0)
            break;
        after = layout->pieces[next].x;
        if (text[layout->pieces[next].offset] != ' ')
            length += (size_t)snprintf(out + length, room - length, "%s%.*s", length > 0 ? "|" : "", layout->pieces[next].length,
                                       text + layout->pieces[next].offset);
    }
    return out;
}

struct order_case {
    const char *text, *language, *seen;
};

static const struct order_case orders[] = {
    {"eins אבג zwei", "de", "eins|אבג|zwei"},
    {"eins אבג zwei", "ar", "zwei|אבג|eins"},
    {"אבג דהו zwei", "de", "דהו|אבג|zwei"},
    {"אבג 12 דהו", "he", "דהו|12|אבג"},
    {"אבג a b דהו", "he", "דהו|a|b|אבג"},
    {"عام ١٨٣١ في", "ar", "في|١٨٣١|عام"},
    {"Ja! Nein", "ar", "Ja!|Nein"},           /* a line without Arabic reads as German does */
    {"14:05 – 16:30", "ar", "14:05|–|16:30"},
    {"0203 94000", "ar", "0203|94000"},
    {"نعم! لا", "de", "لا|!|نعم"},           /* and one without a Latin letter as Arabic does */
    {"لا 🇩🇪", "de", "🇩🇪|لا"},
    {"a \u202eb c\u202c d", "de", "a|c\u202c|b|d"},
};

static void test_order(void **state)
{
    int wrong = 0;
    for (size_t i = 0; i < SW_COUNT(orders); i++) {
        char got[256] = "";
        seen(lay_out(*state, orders[i].text, orders[i].language, INFINITY), orders[i].text, got, sizeof got);
        if (strcmp(got, orders[i].seen) != 0) {
            print_error("%s in %s: %s, expected %s\n", orders[i].text, orders[i].language, got, orders[i].seen);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* What read-aloud marking needs: on every line pieces in reading order cover its bytes and, somewhere, all of its width. */
static void test_pieces(void **state)
{
    static const char text[] = "يقع الميناء في Duisburg منذ عام 1831 (وهو كبير)، ثم נמל דויסבורג אחד.";
    static const char *const languages[] = {"ar", "de"};
    for (size_t l = 0; l < SW_COUNT(languages); l++) {
        for (double width = 60; width < 900; width *= 1.3) {
            const struct sw_text_layout *layout = lay_out(*state, text, languages[l], width);
            int at = 0;
            for (int i = 0; i < layout->line_count; i++) {
                const struct sw_text_line *line = &layout->lines[i];
                double sum = 0;
                for (int k = line->first; k < line->first + line->count; k++) {
                    const struct sw_text_piece *piece = &layout->pieces[k];
                    assert_true(piece->offset == at || (k == line->first && piece->offset == at + 1)); /* a space hangs between lines */
                    assert_true(piece->x >= line->x - 1e-6 && piece->x + piece->width <= line->x + line->width + 1e-6);
                    for (int o = line->first; o < k; o++) {
                        const struct sw_text_piece *other = &layout->pieces[o];
                        assert_true(other->x + other->width <= piece->x + 1e-6 || piece->x + piece->width <= other->x + 1e-6);
                    }
                    sum += piece->width;
                    at = piece->offset + piece->length;
                }
                assert_float_equal(sum, line->width, 1e-6);
                if (l == 0 && line->width <= width)
                    assert_float_equal(line->x + line->width, fmax(width, layout->width), 1e-6);
            }
            assert_int_equal(at, strlen(text));
        }
    }
}

static double width_of(struct sw_typesetter *typesetter, const char *text, const char *role)
{
    struct sw_text_request request = bench_request(text, 40, INFINITY);
    request.role = role;
    return sw_text_layout(typesetter, &request)->width;
}

/* The second font of a role is for what the first lacks: bold Arabic in a bold line. */
static void test_weights(void **state)
{
    double plain = width_of(*state, "مرحبا", "text"), bold = width_of(*state, "مرحبا", "bold");
    assert_true(bold > plain * 1.02);
    assert_float_equal(width_of(*state, "مرحبا", "display"), bold, 1e-9);
    assert_float_equal(width_of(*state, "\x01مرحبا\x02", "text"), bold, 1e-9);
    assert_true(width_of(*state, "Rhein", "bold") != width_of(*state, "Rhein", "text"));
    assert_float_equal(width_of(*state, "אבג", "bold"), width_of(*state, "אבג", "text"), 1e-9); /* no bold Hebrew here */
}

static void test_figures(void **state)
{
    assert_float_equal(width_of(*state, "١١١٫١", "text"), width_of(*state, "٨٨٨٫٨", "text"), 1e-6);
    assert_float_equal(width_of(*state, "۱۱۱ كم", "text"), width_of(*state, "۸۸۸ كم", "text"), 1e-6);
    assert_float_equal(width_of(*state, "111 كم", "text"), width_of(*state, "888 كم", "text"), 1e-6);
}

static void test_emoji_pieces(void **state)
{
    static const struct {
        const char *text;
        int pieces;
    } cases[] = {
        {"👨‍👩‍👧‍👦", 1}, {"👋🏽👋", 2}, {"🇩🇪🇹🇷", 2}, {"1️⃣", 1}, {"🏳️‍🌈", 1}, {"⭐✅", 2}, {"☀️", 1}, {"a😀b", 3},
        {"☕", 1}, /* an earlier font has it too, without colours */
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_text_request request = bench_request(cases[i].text, 40, INFINITY);
        const struct sw_text_layout *layout = sw_text_layout(*state, &request);
        assert_int_equal(layout->piece_count, cases[i].pieces);
        assert_false(layout->missing_glyph);
        assert_non_null(bench_raster(*state, &request, 1).colours);
    }
    struct sw_text_request plain = bench_request("☕\ufe0e", 40, INFINITY);
    assert_null(bench_raster(*state, &plain, 1).colours);
}

/* The second of two equal emoji comes from memory, and is the same; in any size. */
static void test_emoji_same(void **state)
{
    for (double size = 8; size < 300; size *= 1.9) {
        struct sw_text_request request = bench_request("😀\n😀", size, INFINITY);
        const struct sw_bitmap *colours = bench_raster(*state, &request, 1).colours;
        assert_non_null(colours);
        int step = (int)lround(sw_text_layout(*state, &request)->lines[1].baseline) -
                   (int)lround(sw_text_layout(*state, &request)->lines[0].baseline);
        const uint8_t *second = colours->pixels + (ptrdiff_t)step * colours->stride;
        for (int row = 0; row < colours->height - step; row++)
            assert_memory_equal(colours->pixels + (ptrdiff_t)row * colours->stride, second + (ptrdiff_t)row * colours->stride,
                                (size_t)colours->width * 4);
        const uint8_t *middle = colours->pixels + (ptrdiff_t)(step / 2) * colours->stride + (ptrdiff_t)(colours->width / 2) * 4;
        assert_true(middle[3] > 200 && middle[2] > middle[0]); /* yellow, whole */
    }
}

/* Nor is one emoji taken for another, of however many. */
static void test_emoji_many(void **state)
{
    for (uint32_t code = 0x1f400; code < 0x1f400 + 300; code += 6) {
        struct sw_typesetter *typesetter;
        char text[7 * 4 + 1] = "";
        size_t length = 0;
        for (uint32_t k = 0; k < 6; k++)
            length += sw_utf8_encode(code + k, text + length);
        struct sw_text_request request = bench_request(text, 16, INFINITY);
        const struct sw_bitmap *before = bench_raster(*state, &request, 1).colours;
        assert_int_equal(set_up((void **)&typesetter), 0);
        const struct sw_bitmap *alone = bench_raster(typesetter, &request, 1).colours;
        assert_int_equal(before->width, alone->width);
        assert_memory_equal(before->pixels, alone->pixels, (size_t)before->stride * (size_t)before->height);
        sw_typesetter_destroy(typesetter);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_corpus),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_emoji_pieces),
        cmocka_unit_test(test_emoji_same),
        cmocka_unit_test(test_emoji_many),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
