/* SPDX-License-Identifier: EUPL-1.2 */
/* Texts in boxes: natural and wrapped, squeezed, shrunk and cut; and the clock. Numbers come from the typesetter that the elements ask
 * too. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bench.h"
#include "elements/words.h"

#define LONG "Der Pegel am Rhein steht heute höher als gestern"

static struct sw_text_request request(double width)
{
    return (struct sw_text_request){.text = LONG, .role = "text", .size = 20, .line = 1.5, .width = width, .language = "de"};
}

static void assert_near(double a, double b)
{
    if (fabs(a - b) > 0.05) {
        fail_msg("%g is not %g", a, b);
    }
}

static void test_natural_and_wrapped(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench,
                   "[{\"row\": [{\"text\": \"" LONG "\", \"name\": \"one\", \"align\": \"start\"}], \"at\": [0, 0]},"
                   " {\"column\": [{\"text\": \"" LONG "\", \"name\": \"two\"}], \"size\": [200, 300]},"
                   " {\"column\": [{\"text\": \"\", \"name\": \"none\"}], \"at\": [0, 0]}]",
                   NULL);
    bench_make(&bench);
    struct sw_text_request unwrapped = request(INFINITY), narrow = request(200.01);
    const struct sw_text_layout *layout = sw_text_layout(bench.typesetter, &unwrapped);
    const struct sw_box *one = bench_find(&bench, "one", 0), *two = bench_find(&bench, "two", 0);
    assert_true(layout->line_count == 1);
    assert_near(one->rect.width, layout->width);
    assert_near(one->rect.height, layout->height);
    layout = sw_text_layout(bench.typesetter, &narrow);
    assert_true(layout->line_count > 2);
    assert_near(two->rect.width, 200);
    assert_near(two->rect.height, layout->height);
    assert_true(bench_find(&bench, "none", 0)->rect.height == 0);
    bench_close(&bench);
}

/* In a row too narrow for all, texts wrap, but not below their widest word. */
static void test_squeezed_in_rows(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench,
                   "[{\"row\": [{\"text\": \"" LONG "\", \"name\": \"a\"}, {\"text\": \"kurz\", \"name\": \"b\"}], \"size\": [300, 400]},"
                   " {\"row\": [{\"text\": \"" LONG "\", \"name\": \"c\"}, {\"shape\": \"circle\", \"width\": 300}], \"size\": [300, 400]},"
                   " {\"row\": [{\"text\": \"" LONG "\", \"name\": \"d\", \"grow\": 1}, {\"text\": \"kurz\", \"name\": \"e\"}], \"size\":"
                   " [300, 400]}]",
                   NULL);
    bench_make(&bench);
    struct sw_text_request all = request(INFINITY), word = request(INFINITY);
    word.text = "kurz";
    double widest = sw_text_widest_word(bench.typesetter, &all), natural = sw_text_layout(bench.typesetter, &word)->width;
    const struct sw_box *a = bench_find(&bench, "a", 0), *b = bench_find(&bench, "b", 0);
    assert_near(a->rect.width + b->rect.width, 300);
    assert_near(b->rect.width, natural); /* one word has nothing to give */
    assert_near(bench_find(&bench, "c", 0)->rect.width, widest);
    assert_near(bench_find(&bench, "d", 0)->rect.width, 300 - natural);
    assert_near(bench_find(&bench, "e", 0)->rect.width, natural);
    bench_close(&bench);
}

struct shrink_case {
    const char *more;
    double width, height; /* of the box */
    double least, most;   /* the factor wanted */
};

static void test_shrink(void **state)
{
    (void)state;
    static const struct {
        const char *elements;
        double least, most;
    } cases[] = {
        {"[{\"text\": \"" LONG "\", \"name\": \"t\", \"size\": [200, 400], \"shrink\": 0.5}]", 1, 1},
        {"[{\"text\": \"" LONG "\", \"name\": \"t\", \"size\": [200, 65], \"shrink\": 0.5}]", 0.5, 0.8},
        {"[{\"text\": \"" LONG "\", \"name\": \"t\", \"size\": [200, 20], \"shrink\": 0.75}]", 0.75, 0.75},
        {"[{\"text\": \"" LONG "\", \"name\": \"t\", \"size\": [200, 20]}]", 1, 1},
        {"[{\"text\": \"Donaudampfschifffahrt\", \"name\": \"t\", \"size\": [170, 90], \"shrink\": 0.5}]", 0.6, 0.8},
        {"[{\"text\": \"" LONG "\", \"name\": \"t\", \"size\": [400, 400], \"lines\": 1, \"shrink\": 0.5}]", 0.6, 0.85},
        {"[{\"column\": [{\"text\": \"" LONG "\", \"name\": \"t\", \"shrink\": 0.5}, {\"shape\": \"circle\", \"height\": 100}], \"size\":"
         " [200, 165]}]",
         0.5, 0.8},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bench bench;
        bench_elements(&bench, cases[i].elements, NULL);
        bench_make(&bench);
        const struct sw_box *box = bench_find(&bench, "t", 0);
        const struct sw_words *words = box->data;
        if (words->factor < cases[i].least - 1e-9 || words->factor > cases[i].most + 1e-9) {
            fail_msg("case %zu: shrunk to %g", i, words->factor);
        }
        struct sw_size size = sw_words_size(&bench.context, box, words);
        bool smallest = words->factor <= words->shrink;
        assert_true(smallest || (size.width <= box->rect.width + 0.1 && size.height <= box->rect.height + 0.1));
        bench_close(&bench);
    }
}

static void test_lines_and_valign(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench,
                   "[{\"text\": \"" LONG "\", \"name\": \"cut\", \"at\": [0, 0], \"width\": 150, \"lines\": 2},"
                   " {\"text\": \"x\", \"name\": \"top\", \"size\": [100, 100]},"
                   " {\"text\": \"x\", \"name\": \"middle\", \"size\": [100, 100], \"valign\": \"center\"},"
                   " {\"text\": \"x\", \"name\": \"low\", \"size\": [100, 100], \"valign\": \"end\", \"padding\": [10, 5]}]",
                   NULL);
    bench_make(&bench);
    assert_near(bench_find(&bench, "cut", 0)->rect.height, 60);
    static const struct {
        const char *name;
        double y;
    } places[] = {{"top", 0}, {"middle", 35}, {"low", 60}};
    for (size_t i = 0; i < SW_COUNT(places); i++) {
        const struct sw_words *words = bench_find(&bench, places[i].name, 0)->data;
        assert_near(words->place.y, places[i].y);
    }
    bench_close(&bench);
}

/* Lines stand by `align`; what is drawn is a mask in the text's colour, within a pixel or two of its box. */
static void test_drawn(void **state)
{
    (void)state;
    static const struct {
        const char *align;
        double left, right; /* where the ink's middle is */
    } cases[] = {{"start", 0, 100}, {"center", 180, 220}, {"end", 300, 400}};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bench bench;
        char elements[256];
        (void)snprintf(elements, sizeof elements,
                       "[{\"text\": \"Hallo\", \"name\": \"t\", \"size\": [400, 50], \"align\": \"%s\", \"colour\": \"red\"}]",
                       cases[i].align);
        bench_elements(&bench, elements, NULL);
        bench_make(&bench);
        struct sw_painter painter = bench_paint(&bench, 0);
        assert_int_equal(painter.pending + painter.failed, 0);
        assert_int_equal(bench.list.count, 1);
        const struct sw_draw *draw = &bench.list.items[0];
        assert_int_equal(draw->kind, SW_DRAW_MASK);
        assert_int_equal(draw->colour, 0xffff0000);
        double middle = draw->to.x + draw->to.width / 2;
        assert_true(middle > cases[i].left && middle < cases[i].right);
        assert_true(draw->to.y >= 0 && draw->to.y + draw->to.height <= 30);
        assert_true(draw->to.x == floor(draw->to.x) && draw->to.width == draw->bitmap->width);
        bench_close(&bench);
    }
}

static void test_clock(void **state)
{
    (void)state;
    static const struct {
        const char *form, *text;
        sw_instant until;
    } cases[] = {
        {"time", "14:05", 1795352705 - 5 + 60},
        {"date", "22.11.2026", 1795352705 - 5 - 5 * 60 + 10 * 3600 - 0},
        {"weekday", "Sonntag", 1795352705 - 5 - 5 * 60 + 10 * 3600},
        {"date-long", "22. November 2026", 1795352705 - 5 - 5 * 60 + 10 * 3600},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct bench bench;
        char elements[128];
        (void)snprintf(elements, sizeof elements, "[{\"clock\": \"%s\", \"name\": \"t\", \"at\": [0, 0]}]", cases[i].form);
        bench_elements(&bench, elements, NULL);
        bench_make(&bench);
        const struct sw_box *box = bench_find(&bench, "t", 0);
        const struct sw_words *words = box->data;
        assert_string_equal(words->text, cases[i].text);
        assert_true(bench.reads.valid_until == cases[i].until * SW_SECOND);
        assert_true(box->rect.width > 30 && box->rect.height == 30);
        bench_close(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_natural_and_wrapped),
        cmocka_unit_test(test_squeezed_in_rows),
        cmocka_unit_test(test_shrink),
        cmocka_unit_test(test_lines_and_valign),
        cmocka_unit_test(test_drawn),
        cmocka_unit_test(test_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
