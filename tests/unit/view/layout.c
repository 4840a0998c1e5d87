/* SPDX-License-Identifier: EUPL-1.2 */
/* Where things go: every rule of layout with exact numbers. Shapes of a given size and pictures of a known one stand for content. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bench.h"
#include "view/layout.h"

/* A shape of w x h, and one that is as wide, as high or as large as it is told from outside. */
#define S(name, w, h) "{\"shape\": \"rectangle\", \"name\": \"" name "\", \"size\": [" #w ", " #h "]}"
#define SX(name, more) "{\"shape\": \"rectangle\", \"name\": \"" name "\"" more "}"
#define I(name, file, more) "{\"image\": \"media/" file ".png\", \"alt\": \"\", \"name\": \"" name "\"" more "}"

struct layout_case {
    const char *label, *elements, *expected;
};

static void run(const struct layout_case *cases, size_t count, const char *language, const char *canvas)
{
    for (size_t i = 0; i < count; i++) {
        struct bench bench;
        bench_elements(&bench, cases[i].elements, NULL);
        bench_language(&bench, language);
        bench_canvas(&bench, canvas);
        bench_make(&bench);
        bench_expect(&bench, cases[i].expected, cases[i].label);
        bench_close(&bench);
    }
}

static void test_rows(void **state)
{
    (void)state;
    static const struct layout_case cases[] = {
        {"a row that keeps its own size", "[{\"row\": [" S("a", 100, 50) "," S("b", 200, 80) "], \"name\": \"r\", \"at\": [10, 20]}]",
         "r 10 20 300 80; a 10 20 100 50; b 110 20 200 80"},
        {"a row fills the canvas", "[{\"row\": [" S("a", 100, 50) "," S("b", 200, 80) "], \"name\": \"r\", \"gap\": 20}]",
         "r 0 0 1000 600; a 0 0 100 50; b 120 0 200 80"},
        {"children are stretched", "[{\"row\": [" SX("a", ", \"width\": 100") "," SX("b", ", \"width\": 50, \"align\": \"end\"") "]}]",
         "a 0 0 100 600; b 100 600 50 0"},
        {"items", "[{\"row\": [" S("a", 100, 50) "," S("b", 200, 80) "], \"items\": \"center\"}]", "a 0 275 100 50; b 100 260 200 80"},
        {"own align before items",
         "[{\"row\": [{\"shape\": \"circle\", \"name\": \"a\", \"size\": [100, 50], \"align\": \"end\"}], \"items\": \"center\"}]",
         "a 0 550 100 50"},
        {"justify center", "[{\"row\": [" S("a", 100, 50) "," S("b", 200, 80) "], \"gap\": 20, \"justify\": \"center\"}]",
         "a 340 0 100 50; b 460 0 200 80"},
        {"justify end", "[{\"row\": [" S("a", 100, 50) "," S("b", 200, 80) "], \"gap\": 20, \"justify\": \"end\"}]",
         "a 680 0 100 50; b 800 0 200 80"},
        {"justify between",
         "[{\"row\": [" S("a", 100, 50) "," S("b", 200, 80) "," S("c", 100, 10) "], \"gap\": 20, \"justify\": \"between\"}]",
         "a 0 0 100 50; b 400 0 200 80; c 900 0 100 10"},
        {"between needs two", "[{\"row\": [" S("a", 100, 50) "], \"justify\": \"between\"}]", "a 0 0 100 50"},
        {"one grows", "[{\"row\": [" SX("a", ", \"grow\": 1") "," S("b", 200, 80) "], \"gap\": 20}]", "a 0 0 780 600; b 800 0 200 80"},
        {"two grow in their ratio", "[{\"row\": [" SX("a", ", \"grow\": 1") "," SX("b", ", \"grow\": 3") "], \"gap\": 20}]",
         "a 0 0 245 600; b 265 0 735 600"},
        {"columns that grow are equal whatever they hold",
         "[{\"row\": [{\"stack\": [" S("x", 300, 10) "], \"grow\": 1, \"name\": \"a\"}, {\"stack\": [" S("y", 100, 10)
         "], \"grow\": 1, \"name\": \"b\"}]}]",
         "a 0 0 500 600; b 500 0 500 600"},
        {"but not below their content",
         "[{\"row\": [{\"stack\": [" S("x", 300, 10) "], \"grow\": 1, \"name\": \"a\"}, {\"stack\": [" S("y", 100, 10)
         "], \"grow\": 1, \"name\": \"b\"}], \"size\": [500, 50]}]",
         "a 0 0 300 50; b 300 0 200 50"},
        {"a given width that grows does not shrink",
         "[{\"row\": [" SX("a", ", \"width\": 300, \"grow\": 1") ","
         S("b", 100, 80) "], \"size\": [350, 50]}]", "a 0 0 300 50; b 300 0 100 80"},
        {"pictures are squeezed, given sizes are not",
         "[{\"row\": [" I("a", "400x200", "") "," S("s", 100, 10) "," I("b", "400x200", "") "], \"size\": [300, 100]}]",
         "a 0 0 100 100; s 100 0 100 10; b 200 0 100 100"},
        {"squeezed in proportion", "[{\"row\": [" I("a", "400x200", "") "," I("b", "100x100", "") "], \"size\": [250, 100]}]",
         "a 0 0 166.667 100; b 166.667 0 83.333 100"},
        {"who grows is squeezed first",
         "[{\"row\": [" I("a", "400x200", ", \"grow\": 1") "," I("b", "100x100", "") "], \"size\": [150, 100]}]",
         "a 0 0 50 100; b 50 0 100 100"},
        {"too little for all: nothing below 0", "[{\"row\": [" S("a", 100, 50) "," I("b", "400x200", "") "], \"size\": [60, 50]}]",
         "a 0 0 100 50; b 100 0 0 50"},
        {"a picture is as high as the row", "[{\"row\": [" I("a", "400x200", "") "], \"size\": [900, 100]}]", "a 0 0 200 100"},
        {"an empty row", "[{\"row\": [], \"name\": \"r\", \"gap\": 10, \"at\": [5, 5]}]", "r 5 5 0 0"},
    };
    run(cases, SW_COUNT(cases), "de", "wide");
}

static void test_columns(void **state)
{
    (void)state;
    static const struct layout_case cases[] = {
        {"its own size", "[{\"column\": [" S("a", 100, 50) "," S("b", 200, 80) "], \"name\": \"c\", \"at\": [0, 0], \"gap\": 5}]",
         "c 0 0 200 135; a 0 0 100 50; b 0 55 200 80"},
        {"stretched across", "[{\"column\": [" SX("a", ", \"height\": 40") "], \"size\": [300, 200]}]", "a 0 0 300 40"},
        {"align across",
         "[{\"column\": [{\"shape\": \"circle\", \"name\": \"a\", \"size\": [100, 50], \"align\": \"center\"}], \"size\": [400, 200]}]",
         "a 150 0 100 50"},
        {"justify end", "[{\"column\": [" S("a", 100, 50) "], \"size\": [400, 200], \"justify\": \"end\"}]", "a 0 150 100 50"},
        {"one grows", "[{\"column\": [" S("a", 100, 50) "," SX("b", ", \"grow\": 2") "], \"size\": [200, 300]}]",
         "a 0 0 100 50; b 0 50 200 250"},
        {"pictures are squeezed",
         "[{\"column\": [" I("a", "400x200", "") "," I("b", "400x200", "") "], \"gap\": 10, \"size\": [400, 300]}]",
         "a 0 0 400 145; b 0 155 400 145"},
        {"who grows is squeezed first",
         "[{\"column\": [" I("a", "400x200", "") "," I("b", "400x200", ", \"grow\": 1") "], \"size\": [400, 300]}]",
         "a 0 0 400 200; b 0 200 400 100"},
        {"a picture is as wide as the column allows",
         "[{\"column\": [" I("a", "400x200", "") "], \"at\": [0, 0], \"width\": 200, \"name\": \"c\"}]",
         "c 0 0 200 100; a 0 0 200 100"},
        {"a picture of given width", "[{\"column\": [" I("a", "400x200", ", \"width\": 600") "], \"at\": [0, 0], \"name\": \"c\"}]",
         "c 0 0 600 300; a 0 0 600 300"},
        {"a picture of given height",
         "[{\"column\": [" I("a", "20x20", ", \"height\": 60, \"align\": \"start\"") "], \"at\": [0, 0]}]", "a 0 0 60 60"},
        {"rows in a column give what they need",
         "[{\"column\": [{\"row\": [" S("a", 100, 50) ","
         S("b", 100, 70) "], \"name\": \"r\"}," SX("rest", ", \"grow\": 1") "], \"size\": [400, 200]}]",
         "r 0 0 400 70; a 0 0 100 50; rest 0 70 400 130"},
        {"a squeezed row squeezes its pictures",
         "[{\"column\": [{\"row\": [" I("a", "400x200", "") "], \"name\": \"r\"}, " S("b", 10, 250) "], \"size\": [400, 300]}]",
         "r 0 0 400 50; a 0 0 100 50; b 0 50 10 250"},
    };
    run(cases, SW_COUNT(cases), "de", "wide");
}

static void test_grids(void **state)
{
    (void)state;
    static const struct layout_case cases[] = {
        {"columns of one width, rows as their tallest",
         "[{\"grid\": [" S("a", 10, 50) "," SX("b", "") "," S("c", 10, 80) ","
         SX("d", ", \"height\": 30") "], \"columns\": 3, \"gap\": [10, 20],"
         " \"size\": [640, 400]}]",
         "a 0 0 10 50; b 220 0 200 80; c 440 0 10 80; d 0 90 200 30"},
        {"two columns if nobody says", "[{\"grid\": [" SX("a", "") "," SX("b", "") "], \"row_height\": 70, \"size\": [640, 400]}]",
         "a 0 0 320 70; b 320 0 320 70"},
        {"its own size",
         "[{\"grid\": [" S("a", 100, 50) "," S("b", 60, 30) "," S("c", 10, 5) "], \"gap\": 10, \"at\": [0, 0], \"name\": \"g\"}]",
         "g 0 0 210 65; b 110 0 60 30; c 0 60 10 5"},
        {"rows share a height where something grows",
         "[{\"grid\": [" S("a", 10, 50) "," SX("b", ", \"grow\": 1") "," SX("c", ", \"grow\": 1") "], \"columns\": 1, \"gap\": 10,"
         " \"size\": [100, 270]}]",
         "a 0 0 10 50; b 0 60 100 100; c 0 170 100 100"},
        {"rows are squeezed", "[{\"grid\": [" I("a", "400x200", "") "," I("b", "400x200", "") "], \"columns\": 1, \"size\": [400, 100]}]",
         "a 0 0 400 50; b 0 50 400 50"},
        {"align in the cell",
         "[{\"grid\": [{\"stack\": [" S("x", 40, 10) "], \"name\": \"a\", \"align\": \"center\"}], \"columns\": 1, \"size\": [100, 50]}]",
         "a 30 0 40 10"},
    };
    run(cases, SW_COUNT(cases), "de", "wide");
}

static void test_stacks(void **state)
{
    (void)state;
    static const struct layout_case cases[] = {
        {"fills", "[{\"stack\": [" SX("a", "") "], \"size\": [300, 200]}]", "a 0 0 300 200"},
        {"fills what is not given", "[{\"stack\": [" SX("a", ", \"width\": 50") "," SX("b", ", \"height\": 50") "], \"size\": [300, 200]}]",
         "a 0 0 50 200; b 0 0 300 50"},
        {"a picture's own height at a given width", "[" I("a", "400x200", ", \"size\": [100, null]") "]", "a 0 0 100 50"},
        {"anchors",
         "[{\"stack\": [" SX("a", ", \"size\": [100, 50], \"anchor\": \"top\"") ","
         SX("b", ", \"size\": [100, 50], \"anchor\": \"center\"") ","
         SX("c", ", \"size\": [100, 50], \"anchor\": \"bottom-end\"") "," SX("d", ", \"size\": [100, 50], \"anchor\": \"start\"") "],"
         " \"size\": [300, 200]}]",
         "a 100 0 100 50; b 100 75 100 50; c 200 150 100 50; d 0 75 100 50"},
        {"at from the anchor",
         "[{\"stack\": [" SX("a", ", \"size\": [100, 50], \"at\": [10, 20]") ","
         SX("b", ", \"size\": [100, 50], \"anchor\": \"bottom-end\", \"at\": [-10, -20]") "], \"size\": [300, 200]}]",
         "a 10 20 100 50; b 190 130 100 50"},
        {"as large as what stands in it",
         "[{\"stack\": [" SX("a", ", \"size\": [100, 50], \"at\": [10, 20]") ","
         SX("b", ", \"size\": [80, 50], \"anchor\": \"top-end\", \"at\": [-40, 0]") "], \"at\": [0, 0], \"name\": \"s\"}]",
         "s 0 0 120 70"},
        {"a picture beside its place is made smaller", "[{\"stack\": [" I("a", "400x200", ", \"at\": [100, 0]") "], \"size\": [300, 200]}]",
         "a 100 0 200 100"},
        {"areas", "[" SX("a", ", \"in\": \"main\"") "," SX("b", ", \"in\": \"side\", \"size\": [50, 60], \"at\": [5, 6]") "]",
         "a 100 50 600 400; b 755 56 50 60"},
        {"anchored in an area", "[" SX("a", ", \"in\": \"main\", \"anchor\": \"center\", \"size\": [100, 100]") "]", "a 350 200 100 100"},
        {"padding", "[{\"stack\": [" SX("a", "") "], \"size\": [300, 200], \"padding\": [10, 20, 30, 40]}]", "a 40 10 240 160"},
        {"padding of two numbers", "[{\"stack\": [" S("a", 50, 60) "], \"at\": [0, 0], \"name\": \"s\", \"padding\": [10, 20]}]",
         "s 0 0 90 80; a 20 10 50 60"},
        {"padding larger than the box", "[{\"stack\": [" SX("a", "") "], \"size\": [30, 20], \"padding\": 100}]", "a 100 100 0 0"},
        {"hidden gives up its place",
         "[{\"row\": [" SX("a", ", \"width\": 10, \"when\": \"not flag\"") ","
         SX("b", ", \"width\": 10") "], \"gap\": 5}]", "a; b 0 0 10 600"},
        {"hidden and kept",
         "[{\"row\": [" SX("a", ", \"width\": 10, \"when\": \"not flag\", \"keep\": true") "," SX("b", ", \"width\": 10") "], \"gap\": 5}]",
         "a 0 0 10 600; b 15 0 10 600"},
        {"a value by an expression", "[" SX("a", ", \"width\": \"{number * 30}\", \"height\": 20") "]", "a 0 0 30 20"},
    };
    run(cases, SW_COUNT(cases), "de", "wide");
}

static void test_right_to_left(void **state)
{
    (void)state;
    static const struct layout_case cases[] = {
        {"rows", "[{\"row\": [" S("a", 100, 50) "," S("b", 200, 80) "], \"gap\": 20}]", "a 900 0 100 50; b 680 0 200 80"},
        {"a row's end", "[{\"row\": [" S("a", 100, 50) "], \"justify\": \"end\"}]", "a 0 0 100 50"},
        {"a column's start", "[{\"column\": [" SX("a", ", \"size\": [100, 50], \"align\": \"start\"") "]}]", "a 900 0 100 50"},
        {"a grid", "[{\"grid\": [" SX("a", "") "," SX("b", "") "], \"row_height\": 10, \"size\": [400, 100], \"at\": [0, 0]}]",
         "a 800 0 200 10; b 600 0 200 10"},
        {"at", "[" SX("a", ", \"size\": [100, 50], \"at\": [10, 20]") "]", "a 890 20 100 50"},
        {"anchor", "[" SX("a", ", \"size\": [100, 50], \"anchor\": \"end\"") "]", "a 0 275 100 50"},
        {"areas", "[" SX("a", ", \"in\": \"main\"") "]", "a 300 50 600 400"},
        {"padding", "[{\"stack\": [" SX("a", "") "], \"size\": [300, 200], \"padding\": [10, 20, 30, 40]}]", "a 720 10 240 160"},
        {"told not to be mirrored",
         "[{\"row\": [" S("a", 100, 50) "," S("b", 200, 80) "], \"mirror\": false, \"size\": [400, 80], \"name\": \"r\"}]",
         "r 600 0 400 80; a 600 0 100 50; b 700 0 200 80"},
    };
    run(cases, SW_COUNT(cases), "ar", "wide");
}

static void test_canvases(void **state)
{
    (void)state;
    static const struct layout_case cases[] = {
        {"columns by canvas",
         "[{\"grid\": [" SX("a", "") "," SX("b", "") "], \"columns\": {\"wide\": 2, \"tall\": 1}, \"row_height\": 10}]",
         "a 0 0 500 10; b 0 10 500 10"},
        {"areas by canvas", "[" SX("a", ", \"in\": {\"wide\": \"main\", \"tall\": \"side\"}") "]", "a 50 700 400 200"},
        {"a canvas that is not named takes the first value",
         "[" SX("a", ", \"at\": {\"wide\": [10, 20]}, \"size\": [5, 6]") "]", "a 10 20 5 6"},
    };
    run(cases, SW_COUNT(cases), "de", "tall");
}

/* Sharing by itself: what growing, least and room do to what was wanted. */
static void test_share(void **state)
{
    (void)state;
    static const struct {
        double size[3], least[3], grow[3], room, left, expected[3]; /* the least count only where there is too little */
    } cases[] = {
        {{10, 20, 30}, {0}, {0}, 100, 40, {10, 20, 30}},
        {{10, 20, 30}, {0}, {1, 1, 0}, 100, 0, {35, 35, 30}},
        {{60, 0, 0}, {0}, {1, 1, 1}, 90, 0, {60, 15, 15}},
        {{50, 20, 0}, {0}, {1, 1, 1}, 90, 0, {50, 20, 20}},
        {{60, 60, 60}, {0, 0, 60}, {0}, 120, 0, {30, 30, 60}},
        {{60, 60, 60}, {20, 0, 60}, {1, 0, 0}, 100, 0, {20, 20, 60}},
        {{60, 60, 60}, {50, 50, 50}, {0}, 100, -50, {50, 50, 50}},
        {{0, 0, 0}, {0}, {0}, 0, 0, {0, 0, 0}},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_box boxes[3] = {{0}};
        for (int b = 0; b < 3; b++) {
            boxes[b].next = b < 2 ? &boxes[b + 1] : NULL;
            boxes[b].flex_size = cases[i].size[b];
            boxes[b].flex_least = cases[i].least[b];
            boxes[b].grow = cases[i].grow[b];
        }
        assert_true(fabs(sw_layout_share(&boxes[0], NULL, cases[i].room) - cases[i].left) < 1e-9);
        for (int b = 0; b < 3; b++) {
            assert_true(fabs(boxes[b].flex_size - cases[i].expected[b]) < 1e-9);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),   cmocka_unit_test(test_columns),       cmocka_unit_test(test_grids),
        cmocka_unit_test(test_stacks), cmocka_unit_test(test_right_to_left), cmocka_unit_test(test_share),
        cmocka_unit_test(test_canvases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
