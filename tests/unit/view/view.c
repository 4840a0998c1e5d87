/* SPDX-License-Identifier: EUPL-1.2 */
/* Trees of boxes: layers, touch, limits, and a scene of a thousand elements. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bench.h"
#include "elements/catalogue.h"

/* The name of what a touch at x, y finds; "-": nothing, "modal": beside a modal layer. */
static const char *hit(const struct bench *bench, double x, double y, double slack, double below)
{
    bool modal = false;
    const struct sw_box *box = sw_view_hit(bench->root, x, y, slack, below, &modal);
    if (box == NULL) {
        return modal ? "modal" : "-";
    }
    assert_false(modal);
    return box->common[SW_COMMON_NAME].as.string;
}

#define T(name, at, size, more)                                                                                                            \
    "{\"shape\": \"circle\", \"name\": \"" name "\", \"at\": " at ", \"size\": " size ", \"tap\": \"home\"" more "}"

static void test_hit(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(
        &bench,
        "[" T("a", "[100, 100]", "[200, 100]", "") "," T("b", "[200, 150]", "[200, 100]", "") "," T(
            "gone", "[0, 0]", "[50, 50]",
            ", \"when\": \"not flag\"") "," T("kept", "[0, 0]", "[50, 50]",
                                              ", \"when\": \"not flag\", \"keep\": true") "," T("clear", "[0, 0]", "[50, 50]",
                                                                                                ", \"opacity\": 0") ","
                                                                                                                    "{\"shape\": "
                                                                                                                    "\"circle\", \"name\": "
                                                                                                                    "\"deaf\", \"at\": "
                                                                                                                    "[100, 100], \"size\": "
                                                                                                                    "[300, 300], \"fill\": "
                                                                                                                    "\"red\"},"
                                                                                                                    "{\"stack\": [" T(
                                                                                                                        "child", "[10, 10]",
                                                                                                                        "[20, 20]",
                                                                                                                        "") "], \"at\": "
                                                                                                                            "[500, 300], "
                                                                                                                            "\"size\": "
                                                                                                                            "[100, 100], "
                                                                                                                            "\"tap\": "
                                                                                                                            "\"home\","
                                                                                                                            " \"name\": "
                                                                                                                            "\"parent\"}]",
        NULL);
    bench_make(&bench);
    static const struct {
        double x, y, slack, below;
        const char *expected;
    } cases[] = {
        {150, 120, 0, 0, "a"},  {250, 170, 0, 0, "b"}, /* the upper one */
        {100, 100, 0, 0, "a"},  {99.9, 100, 0, 0, "-"}, {25, 25, 0, 0, "-"},    {515, 315, 0, 0, "child"}, {550, 350, 0, 0, "parent"},
        {95, 120, 10, 0, "a"},  {89, 120, 10, 0, "-"},  {150, 92, 10, 0, "a"},  {150, 205, 10, 0, "-"},    {150, 205, 10, 8, "a"},
        {150, 209, 10, 8, "-"}, {196, 203, 10, 8, "a"}, {198, 204, 10, 8, "b"}, /* the nearer one */
        {250, 260, 0, 20, "b"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        const char *found = hit(&bench, cases[i].x, cases[i].y, cases[i].slack, cases[i].below);
        if (strcmp(found, cases[i].expected) != 0) {
            fail_msg("at %g, %g: %s, not %s", cases[i].x, cases[i].y, found, cases[i].expected);
        }
    }
    bench_close(&bench);
}

static struct sw_box *writable(const struct sw_box *box)
{
    struct sw_box *at = box->parent->first; /* the tree itself is not constant */
    while (at != box) {
        at = at->next;
    }
    return at;
}

static void test_clips(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench, "[{\"stack\": [" T("a", "[50, 0]", "[200, 100]", "") "], \"size\": [100, 100], \"name\": \"s\"}]", NULL);
    bench_make(&bench);
    assert_string_equal(hit(&bench, 150, 50, 0, 0), "a");
    writable(bench_find(&bench, "s", 0))->clips = true;
    assert_string_equal(hit(&bench, 150, 50, 0, 0), "-");
    assert_string_equal(hit(&bench, 70, 50, 0, 0), "a");
    bench_close(&bench);
}

/* A popup over a page: the page below is dimmed and deaf; a tap beside the popup says so, one on its ground does nothing. */
static void test_layers(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(
        &bench,
        "\"elements\": [" T("page", "[0, 0]", "[1000, 600]",
                            "") "],"
                                "\"popups\": {\"area\": {\"in\": \"side\", \"modal\": true, \"elements\": [" T(
                                    "close", "[0, 0]", "[50, 50]",
                                    "") "]},"
                                        "             \"free\": {\"modal\": true, \"elements\": [{\"column\": [" T(
                                            "inner", "[0, 0]", "[50, 50]",
                                            "") "],"
                                                "                        \"at\": [100, 100], \"size\": [300, 300], \"fill\": \"paper\"}]},"
                                                "             \"note\": {\"modal\": false, \"elements\": [" T("note", "[900, 500]",
                                                                                                              "[100, 100]", "") "]}}",
        NULL);
    const struct sw_scene *scene = sw_exhibition_scene(bench.exhibition, "test");
    const struct sw_popups *popups = scene->popups.count > 0 ? &scene->popups : &scene->pages[0].popups;
    assert_int_equal(popups->count, 3);
    static const struct {
        int popup;
        double x, y;
        const char *expected;
    } cases[] = {
        {-1, 500, 300, "page"}, {0, 760, 60, "close"},  {0, 900, 300, "-"},    {0, 500, 300, "modal"}, {1, 110, 110, "inner"},
        {1, 300, 300, "-"},     {1, 500, 300, "modal"}, {2, 950, 550, "note"}, {2, 500, 300, "page"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_view_layer layers[2] = {{.elements = scene->pages[0].elements, .identity = 1}};
        if (cases[i].popup >= 0) {
            const struct sw_popup *popup = &popups->items[cases[i].popup];
            layers[1] = (struct sw_view_layer){.elements = popup->elements, .modal = popup->modal, .identity = 2};
            layers[1].area = popup->in.form != SW_PROPERTY_NONE ? &popup->in : NULL;
        }
        sw_reads_init(&bench.reads);
        bench.root = sw_view_create(&bench.context, layers, cases[i].popup >= 0 ? 2 : 1);
        assert_string_equal(hit(&bench, cases[i].x, cases[i].y, 0, 0), cases[i].expected);
        (void)bench_paint(&bench, 0);
        size_t dims = 0;
        for (size_t d = 0; d < bench.list.count; d++) {
            const struct sw_draw *draw = &bench.list.items[d];
            dims += draw->kind == SW_DRAW_FILL && draw->to.width == 1000 && draw->to.height == 600;
        }
        assert_int_equal(dims, cases[i].popup == 0 || cases[i].popup == 1 ? 1 : 0);
    }
    bench_close(&bench);
}

static void test_fit(void **state)
{
    (void)state;
    static const struct {
        double width, height;
        int zone_width, zone_height;
        double scale, x, y;
    } cases[] = {
        {1920, 1080, 1920, 1080, 1, 0, 0},
        {1920, 1080, 3840, 2160, 2, 0, 0},
        {1920, 1080, 1000, 1000, 1000.0 / 1920, 0, 219},
        {1000, 600, 1001, 300, 0.5, 251, 0},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_canvas canvas = {.name = "c", .width = cases[i].width, .height = cases[i].height};
        double scale = 0, x = 0, y = 0;
        sw_view_fit(&canvas, cases[i].zone_width, cases[i].zone_height, &scale, &x, &y);
        assert_true(fabs(scale - cases[i].scale) < 1e-12);
        assert_true(x == cases[i].x && y == cases[i].y);
    }
}

/* -- limits -- */

static char *many(const char *item, size_t count)
{
    size_t length = strlen(item);
    char *text = malloc(count * (length + 1) + 3);
    assert_non_null(text);
    char *at = text;
    *at++ = '[';
    for (size_t i = 0; i < count; i++) {
        memcpy(at, item, length);
        at[length] = ',';
        at += length + 1;
    }
    at[-1] = ']';
    *at = '\0';
    return text;
}

/* A list that repeats itself many times over: the tree stops growing, and what is there can be laid out, drawn and touched. */
static void test_too_many(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench,
                   "[{\"repeat\": \"scenes\", \"as\": \"a\", \"columns\": 5, \"each\": {\"repeat\": \"scenes\", \"as\": \"b\","
                   " \"columns\": 5, \"each\":"
                   " {\"repeat\": \"scenes\", \"as\": \"c\", \"columns\": 5, \"each\": {\"repeat\": \"scenes\", \"as\": \"d\","
                   " \"columns\": 5, \"each\":"
                   " {\"repeat\": \"scenes\", \"as\": \"e\", \"columns\": 5, \"each\": {\"repeat\": \"scenes\", \"as\": \"f\","
                   " \"columns\": 5, \"each\":"
                   " {\"repeat\": \"scenes\", \"as\": \"g\", \"columns\": 5, \"each\": " T("x", "[0, 0]", "[1, 1]", "") "}}}}}}}]",
                   NULL);
    bench_make(&bench);
    size_t count = bench_count(&bench);
    assert_true(count > 19000 && count <= SW_VIEW_BOXES_MAX + 2);
    struct sw_painter painter = bench_paint(&bench, 0);
    assert_int_equal(painter.failed, 0);
    (void)hit(&bench, 500, 300, 5, 5);
    bench_close(&bench);
}

/* A part made of itself, twice: the loader refuses it, and a tree of it ends in any case. */
static void test_self_nesting(void **state)
{
    (void)state;
    struct bench bench;
    bench_elements(&bench, "[{\"text\": \"x\"}]", NULL);
    struct sw_part part = {.id = "again"};
    struct sw_property common[SW_COMMON_COUNT] = {{.form = SW_PROPERTY_NONE}}, own[8] = {{.form = SW_PROPERTY_NONE}};
    const struct sw_kind *use = NULL;
    const struct sw_element *text = sw_exhibition_scene(bench.exhibition, "test")->pages[0].elements.items[0];
    for (size_t i = 0; i < sw_catalogue()->count; i++) {
        use = strcmp(sw_catalogue()->kinds[i]->name, "use") == 0 ? sw_catalogue()->kinds[i] : use;
    }
    struct sw_element nested = {.kind = use, .file = "x", .path = "x", .common = common, .own = own, .part = &part, .identity = 7};
    const struct sw_element *items[] = {text, &nested, &nested};
    part.elements = (struct sw_elements){.items = items, .count = 3};
    struct sw_view_layer layer = {.elements = part.elements, .identity = 1};
    bench.root = sw_view_create(&bench.context, &layer, 1);
    assert_true(bench_count(&bench) <= SW_VIEW_BOXES_MAX + 2);
    (void)bench_paint(&bench, 0);
    bench_close(&bench);
}

/* A thousand elements of all kinds: the same tree twice, the second time with every text known. */
static void test_thousand(void **state)
{
    (void)state;
    char *cells = many("{\"column\": [{\"text\": \"Rheinpegel {number}\", \"style\": \"title\"}, {\"row\": [{\"shape\": \"rectangle\","
                       " \"width\": 20},"
                       " {\"text\": \"Ein Satz, der umbricht\", \"grow\": 1}], \"gap\": 5}], \"padding\": 4, \"fill\": \"paper\","
                       " \"radius\": 4}",
                       200);
    char *elements = malloc(strlen(cells) + 128);
    assert_non_null(elements);
    (void)sprintf(elements, "[{\"grid\": %s, \"columns\": 10, \"gap\": 4}]", cells);
    struct bench bench;
    bench_elements(&bench, elements, NULL);
    bench_make(&bench);
    assert_int_equal(bench_count(&bench), 1003);
    const struct sw_box *grid = bench.root->first->first;
    struct sw_rect last = grid->last->last->last->rect;
    bench_make(&bench);
    grid = bench.root->first->first;
    assert_memory_equal(&last, &grid->last->last->last->rect, sizeof last);
    struct sw_painter painter = bench_paint(&bench, 0);
    assert_int_equal(painter.pending + painter.failed, 0);
    assert_true(bench.list.count > 200);
    bench_close(&bench);
    free(cells);
    free(elements);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hit),      cmocka_unit_test(test_clips),        cmocka_unit_test(test_layers),   cmocka_unit_test(test_fit),
        cmocka_unit_test(test_too_many), cmocka_unit_test(test_self_nesting), cmocka_unit_test(test_thousand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
