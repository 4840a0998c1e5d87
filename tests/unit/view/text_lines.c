/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "text_bench.h"

#define HEIGHT (36 * 1.4)

static int set_up(void **state)
{
    *state = bench_typesetter();
    return *state == NULL;
}

static int tear_down(void **state)
{
    sw_typesetter_destroy(*state);
    return 0;
}

struct wrap_case {
    const char *text, *fits; /* wrapped at the width of `fits` */
    const char *lines;
};

static const struct wrap_case wraps[] = {
    {"eins zwei drei", "eins zwei", "eins zwei|drei"},
    {"eins zwei drei", "eins zwe", "eins|zwei|drei"},
    {"eins  zwei", "zwei", "eins|zwei"},
    {"eins ", "eins", "eins"},
    {"Rhein", "Rhein", "Rhein"},
    {"Der Donau\u00addampf\u00adschiff", "Der Donaudampf-", "Der Donau\u00addampf\u00ad|schiff"},
    {"Der Donau\u00addampf\u00adschiff", "Der Donaudampf", "Der Donau\u00ad|dampf\u00adschiff"},
    {"Der Donau\u00addampf\u00adschiff", "Der Donaudampfschiff", "Der Donau\u00addampf\u00adschiff"},
    {"rund 20\u00a0000 Schiffe", "rund 20", "rund|20\u00a0000|Schiffe"},
    {"etwa 41\u202fcm hoch", "etwa 41", "etwa|41\u202fcm|hoch"},
    {"Smart-City Innovation", "Smart-", "Smart-|City|Innova|tion"},
    {"Von 10–12 Uhr an", "Von 10–1", "Von|10–12|Uhr an"},
    {"Ein Text – ja gut", "Ein Text", "Ein|Text –|ja gut"},
    {"Immer und/oder nie", "Immer und/", "Immer und/|oder nie"},
    {"mit 30 km/h ab", "mit 30 km/", "mit 30|km/h ab"},
    {"Donaudampfschiff", "Donaudam", "Donaudam|pfschiff"},
    {"am Donaudampfschiff", "Donaudam", "am|Donaudam|pfschiff"},
    {"e\u0301e\u0301e\u0301", "e\u0301e\u0301", "e\u0301e\u0301|e\u0301"},
    {"漢字。漢字", "漢字。", "漢字。|漢字"},
    {"漢字。漢字", "漢字", "漢|字。|漢字"},
    {"lang\u200bwort", "wort", "lang\u200b|wort"},
    {"eins\nzwei", "eins zwei", "eins|zwei"},
    {"\n\neins\r\n\nzwei\n", "zwei", "eins|zwei"},
    {"ein \x01" "fett\x02" "es \x03Wort\x04", "\x01" "ein fettes", "ein fettes|Wort"},
    {"\x0e" "Ein Hafen\n\x0e" "Zwei", "\x0e" "Ein Hafen", "*Ein Hafen|*Zwei"},
    {"", "x", ""},
    {"\x01\x02", "x", ""},
};

static void test_wrapping(void **state)
{
    int wrong = 0;
    for (size_t i = 0; i < SW_COUNT(wraps); i++) {
        char lines[256], plain[256] = {0};
        size_t length = 0;
        struct sw_text_request request = bench_request(wraps[i].text, 36, bench_width(*state, wraps[i].fits) + 2);
        const char *got = bench_lines(sw_text_layout(*state, &request), wraps[i].text, lines, sizeof lines);
        for (const char *at = got; *at != '\0'; at++) { /* marks belong to the pieces' bytes but are not to be seen */
            if (*at < 0 || *at >= ' ')
                plain[length++] = *at;
        }
        if (strcmp(plain, wraps[i].lines) != 0) {
            print_error("\"%s\" at the width of \"%s\": %s, expected %s\n", wraps[i].text, wraps[i].fits, plain, wraps[i].lines);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* What was measured fits into its own width: rows give texts just that. */
static void test_own_width(void **state)
{
    static const char *const texts[] = {"Der Rhein steht heute 41 cm höher als gestern", "AVATAR. To. Te, V.", "1.234,5 m³",
                                        "„Zitat“ – Straße/Platz", "Donau\u00addampf\u00adschiff", "مرحبا بكم في دويسبورغ", "漢字漢字"};
    for (size_t i = 0; i < SW_COUNT(texts); i++) {
        for (double size = 7; size < 120; size *= 1.37) {
            struct sw_text_request request = bench_request(texts[i], size, INFINITY);
            request.tracking = i == 1 ? 0.03 : 0;
            double width = sw_text_layout(*state, &request)->width;
            request.width = width;
            const struct sw_text_layout *layout = sw_text_layout(*state, &request);
            assert_int_equal(layout->line_count, 1);
            assert_true(layout->width == width);
        }
    }
}

static void test_heights(void **state)
{
    struct sw_text_request request = bench_request("eins\nzwei\n\ndrei\n\n\nvier", 36, INFINITY);
    const struct sw_text_layout *layout = sw_text_layout(*state, &request);
    assert_int_equal(layout->line_count, 4);
    assert_float_equal(layout->height, HEIGHT * 5.5, 1e-6);
    const double gaps[] = {1, 1.5, 2};
    for (int i = 0; i < 3; i++)
        assert_float_equal(layout->lines[i + 1].baseline - layout->lines[i].baseline, gaps[i] * HEIGHT, 1e-6);
    assert_float_equal(layout->baseline, layout->lines[0].baseline, 1e-9);
    request.text = "";
    layout = sw_text_layout(*state, &request);
    assert_int_equal(layout->line_count, 0);
    assert_true(layout->height == 0 && layout->width == 0);
}

/* Arabic letters reach higher and lower than Latin ones: set as tightly as a Latin heading, lines of them would touch. */
static void test_arabic_lines_stand_apart(void **state)
{
    static const struct {
        const char *text;
        double line, heights[3]; /* of each line, as factors of the size */
    } cases[] = {
        {"ماذا تقدّم لكم\nمدينتكم رقميًّا؟", 1.06, {1.3, 1.3}},
        {"ماذا تقدّم لكم\nمدينتكم رقميًّا؟", 1.4, {1.4, 1.4}},
        {"Der Rhein\nRuhrort 2020", 1.06, {1.06, 1.06}},
        {"Der Rhein\nنهر الراين\nRuhrort", 1, {1, 1.3, 1}},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_text_request request = bench_request(cases[i].text, 100, INFINITY), latin = bench_request("x", 100, INFINITY);
        request.line = cases[i].line;
        const struct sw_text_layout *layout = sw_text_layout(*state, &request);
        double height = 0;
        for (int k = 0; k < layout->line_count; k++) { /* each line's baseline is where a Latin line of that height has it */
            latin.line = cases[i].heights[k];
            assert_float_equal(layout->lines[k].baseline - height, sw_text_layout(*state, &latin)->baseline, 1e-6);
            height += 100 * cases[i].heights[k];
        }
        assert_float_equal(layout->height, height, 1e-6);
        assert_float_equal(layout->baseline, layout->lines[0].baseline, 1e-9);
    }
}

static void test_hyphen_takes_room(void **state)
{
    struct sw_text_request request = bench_request("Donau\u00addampf", 36, bench_width(*state, "Donau-") + 1);
    const struct sw_text_layout *layout = sw_text_layout(*state, &request);
    assert_int_equal(layout->line_count, 2);
    assert_float_equal(layout->lines[0].width, bench_width(*state, "Donau-"), 0.05);
    assert_float_equal(bench_width(*state, "Donau\u00addampf"), bench_width(*state, "Donaudampf"), 1e-6);
}

struct cut_case {
    const char *text, *fits;
    int lines;
    const char *expected;
};

static void test_ellipsis(void **state)
{
    static const struct cut_case cases[] = {
        {"eins zwei drei vier", "eins zwei…", 1, "eins zwei…"},
        {"eins zwei, drei vier", "eins zwei, …", 1, "eins zwei…"},
        {"eins zwei drei vier", "eins zwei", 2, "eins zwei|drei vier"},
        {"eins zwei drei vier fünf", "eins zwei", 2, "eins zwei|drei…"},
        {"Donaudampfschifffahrt", "Donaudam…", 1, "Donaudam…"},
        {"Am Donaudampfschifffahrtskai", "Am Donaudam…", 1, "Am Donaudam…"},
        {"eins\nzwei", "eins…", 1, "eins…"},
        {"eins\n", "eins…", 1, "eins"},
        {"eins zwei", "…", 1, "…"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        char lines[256];
        struct sw_text_request request = bench_request(cases[i].text, 36, bench_width(*state, cases[i].fits) + 2);
        request.lines = cases[i].lines;
        const struct sw_text_layout *layout = sw_text_layout(*state, &request);
        const char *got = bench_lines(layout, cases[i].text, lines, sizeof lines);
        if (strcmp(got, "*") == 0)
            got = "…"; /* the only piece of its line */
        assert_string_equal(got, cases[i].expected);
        assert_int_equal(layout->cut, strstr(cases[i].expected, "…") != NULL);
        assert_true(layout->width <= request.width);
    }
}

static void test_bullets_hang(void **state)
{
    struct sw_text_request request = bench_request("\x0e" "Ein Hafen mit Kränen", 36, 220);
    const struct sw_text_layout *layout = sw_text_layout(*state, &request);
    assert_true(layout->line_count >= 2);
    assert_true(layout->lines[0].x > 20 && layout->lines[0].x == layout->lines[1].x);
    assert_true(layout->pieces[0].x == 0 && layout->pieces[0].length == 0);
    assert_true(layout->pieces[1].x == layout->lines[0].x);
    request.language = "ar"; /* mirrored: the bullet at the right edge */
    layout = sw_text_layout(*state, &request);
    assert_float_equal(layout->pieces[0].x + layout->pieces[0].width, 220, 0.01);
    assert_true(layout->lines[0].x + layout->lines[0].width < layout->pieces[0].x);
}

static void test_alignment(void **state)
{
    struct sw_text_request request = bench_request("Rhein", 36, 400);
    double width = bench_width(*state, "Rhein");
    assert_true(sw_text_layout(*state, &request)->lines[0].x == 0);
    request.align = SW_TEXT_CENTER;
    assert_float_equal(sw_text_layout(*state, &request)->lines[0].x, (400 - width) / 2, 1e-6);
    request.align = SW_TEXT_END;
    assert_float_equal(sw_text_layout(*state, &request)->lines[0].x, 400 - width, 1e-6);
    request.language = "ar";
    assert_true(sw_text_layout(*state, &request)->lines[0].x == 0);
    request.align = SW_TEXT_START;
    assert_float_equal(sw_text_layout(*state, &request)->lines[0].x, 400 - width, 1e-6);
    assert_float_equal(sw_text_layout(*state, &request)->width, width, 1e-6);
}

/* Pieces come in reading order; where they stand falls. */
static void test_arabic(void **state)
{
    struct sw_text_request request = bench_request("مرحبا بكم في دويسبورغ", 36, INFINITY);
    request.language = "ar";
    const struct sw_text_layout *layout = sw_text_layout(*state, &request);
    assert_int_equal(layout->piece_count, 7);
    assert_false(layout->missing_glyph);
    for (int i = 1; i < layout->piece_count; i++) {
        assert_true(layout->pieces[i].offset == layout->pieces[i - 1].offset + layout->pieces[i - 1].length);
        assert_float_equal(layout->pieces[i].x + layout->pieces[i].width, layout->pieces[i - 1].x, 1e-6);
    }
    request.text = "عام 1831 في"; /* the number reads from left to right and stands between the words */
    layout = sw_text_layout(*state, &request);
    assert_int_equal(layout->piece_count, 5);
    assert_true(layout->pieces[0].x > layout->pieces[2].x && layout->pieces[2].x > layout->pieces[4].x);
    request.text = "Rhein مرحبا بكم Ruhr";
    request.language = "de"; /* right to left within left to right */
    layout = sw_text_layout(*state, &request);
    assert_true(layout->pieces[0].x == 0);
    assert_true(layout->pieces[2].x > layout->pieces[4].x);
    assert_true(layout->pieces[6].x > layout->pieces[2].x);
}

static void test_joining(void **state)
{
    double joined = bench_width(*state, "ببب"), apart = bench_width(*state, "ب") * 3;
    assert_true(joined < apart * 0.8); /* letters join: isolated forms are wider */
}

static void test_styles(void **state)
{
    assert_true(bench_width(*state, "\x01Rhein und Ruhr\x02") > bench_width(*state, "Rhein und Ruhr"));
    assert_true(bench_width(*state, "\x05iiii\x06") > bench_width(*state, "iiii"));
    struct sw_text_request request = bench_request("Rhein", 36, INFINITY);
    double text = sw_text_layout(*state, &request)->width;
    request.role = "display";
    assert_true(sw_text_layout(*state, &request)->width != text);
    request.role = "unknown";
    assert_true(sw_text_layout(*state, &request)->width == text);
}

static void test_figures(void **state)
{
    assert_float_equal(bench_width(*state, "11:11"), bench_width(*state, "00:00"), 1e-9);
    assert_float_equal(bench_width(*state, "1.111,1 m³"), bench_width(*state, "8.888,8 m³"), 1e-9);
    assert_true(bench_width(*state, "Im Jahr 1111 kam der Hafen") < bench_width(*state, "Im Jahr 0000 kam der Hafen") - 1);
}

static void test_tracking(void **state)
{
    struct sw_text_request request = bench_request("AVA Te", 100, INFINITY);
    double plain = sw_text_layout(*state, &request)->width;
    request.tracking = 0.1;
    assert_float_equal(sw_text_layout(*state, &request)->width, plain + 6 * 10, 0.2); /* kerning is kept */
    request.text = "مرحبا";
    double joined = sw_text_layout(*state, &request)->width;
    request.tracking = 0;
    assert_float_equal(joined, sw_text_layout(*state, &request)->width, 1e-9);
}

static void test_widest_word(void **state)
{
    struct sw_text_request request = bench_request("Der lange Hafen und Donau\u00addampf", 36, 100);
    double hyphened = bench_width(*state, "Donau-");
    assert_float_equal(sw_text_widest_word(*state, &request), hyphened, 0.1);
    request.text = "a b\u00a0c";
    assert_float_equal(sw_text_widest_word(*state, &request), bench_width(*state, "b\u00a0c"), 1e-6);
    request.text = "";
    assert_true(sw_text_widest_word(*state, &request) == 0);
}

/* For read-aloud marking: in reading order the pieces of a line hold each byte of it once, and side by side they are as wide as the line,
 * whatever its direction; a word is a piece, or several in a row where fonts or directions change within it. */
static void check_words(struct sw_typesetter *typesetter, const struct sw_text_request *request)
{
    const struct sw_text_layout *layout = sw_text_layout(typesetter, request);
    const int most = 64;
    for (int i = 0; i < layout->line_count; i++) {
        const struct sw_text_line *line = &layout->lines[i];
        const struct sw_text_piece *pieces = layout->pieces + line->first;
        bool seen[64] = {false};
        double x = line->x;
        assert_in_range(line->count, 1, most);
        for (int k = 1; k < line->count; k++)
            assert_int_equal(pieces[k].offset, pieces[k - 1].offset + pieces[k - 1].length);
        for (int k = 0; k < line->count; k++) { /* from left to right each begins where one before ended */
            int next = 0;
            while (next < line->count && (seen[next] || fabs(pieces[next].x - x) > 1e-6))
                next++;
            assert_true(next < line->count);
            seen[next] = true;
            x += pieces[next].width;
        }
        assert_float_equal(x, line->x + line->width, 1e-6);
    }
}

static void test_words(void **state)
{
    static const char *const texts[] = {
        "Der Rhein steht heute 41 cm höher als gestern",
        "Ein \x01" "fettes\x02 Wort, „Zitate“ – und Donau\u00addampf\u00adschiff",
        "مرحبا بكم في دويسبورغ، عام 1831 في Duisburg",
        "Rhein مرحبا بكم Ruhr (עברית) 12:30 Ende",
        "Ein 🎉 und 🚲🚋 im Text",
    };
    static const char *const languages[] = {"de", "ar"};
    for (size_t i = 0; i < SW_COUNT(texts) * SW_COUNT(languages); i++) {
        for (double width = 150; width < 1200; width *= 1.6) {
            for (int align = SW_TEXT_START; align <= SW_TEXT_END; align++) {
                struct sw_text_request request = bench_request(texts[i / SW_COUNT(languages)], 36, width);
                request.language = languages[i % SW_COUNT(languages)];
                request.align = (enum sw_text_align)align;
                check_words(*state, &request);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrapping),
        cmocka_unit_test(test_own_width),
        cmocka_unit_test(test_heights),
        cmocka_unit_test(test_arabic_lines_stand_apart),
        cmocka_unit_test(test_hyphen_takes_room),
        cmocka_unit_test(test_ellipsis),
        cmocka_unit_test(test_bullets_hang),
        cmocka_unit_test(test_alignment),
        cmocka_unit_test(test_arabic),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_joining),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_tracking),
        cmocka_unit_test(test_widest_word),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
