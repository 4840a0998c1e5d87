/* SPDX-License-Identifier: EUPL-1.2 */
/* Elements over the gap between two displays: what is cut, where it is drawn and touched, and words that move out of the way. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bench.h"

/* Two displays of 500 x 600 with a gap of 20 between them that the canvas goes on behind; and two one above the other. */
static const struct sw_pane beside[] = {{{0, 0, 500, 600}, {0, 0, 500, 600}}, {{520, 0, 480, 600}, {520, 0, 480, 600}}};
static const struct sw_pane above[] = {{{0, 0, 1000, 300}, {0, 0, 1000, 300}}, {{0, 320, 1000, 280}, {0, 320, 1000, 280}}};
static const struct sw_panes two_beside = {beside, 2}, two_above = {above, 2};
/* The first two, as a canvas has them that skips the gap. */
static const struct sw_pane touching[] = {{{0, 0, 500, 600}, {0, 0, 500, 600}}, {{500, 0, 480, 600}, {520, 0, 480, 600}}};
static const struct sw_panes two_touching = {touching, 2};

static void make(struct bench *bench, const char *elements, const struct sw_panes *panes)
{
    bench_elements(bench, elements, NULL);
    bench->context.panes = panes;
    bench_make(bench);
}

#define TILE(name) "{\"shape\": \"rectangle\", \"fill\": \"red\", \"tap\": \"home\", \"name\": \"" name "\"}"

/* Four tiles over the gap: laid out in what is seen, all of them there. */
static void test_layout(void **state)
{
    (void)state;
    static const char grid[] = "[{\"grid\": [" TILE("a") "," TILE("b") "," TILE("c") "," TILE(
        "d") "], \"columns\": 4, \"gap\": 0, "
             "\"row_height\": 100, \"at\": [310, 0], \"size\": [400, 100], \"name\": \"g\"";
    struct bench bench;
    char elements[1024];
    static const struct {
        const char *more;
        const struct sw_panes *panes;
        const char *expected;
    } cases[] = {
        {"", &two_beside, "g 310 0 400 100; b 410 0 100 100; c 510 0 100 100; d 610 0 100 100"},
        {", \"bezels\": \"behind\"", &two_beside, "g 310 0 400 100; d 610 0 100 100"},
        {", \"bezels\": \"skip\"", &two_beside, "g 310 0 380 100; b 405 0 95 100; c 500 0 95 100; d 595 0 95 100"},
        {", \"bezels\": \"skip\"", NULL, "g 310 0 400 100; d 610 0 100 100"},
        {", \"bezels\": \"skip\"", &two_touching, "g 310 0 400 100; d 610 0 100 100"},
        {", \"bezels\": \"behind\"", &two_touching, "g 310 0 420 100; b 415 0 105 100; d 625 0 105 100"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        (void)snprintf(elements, sizeof elements, "%s%s}]", grid, cases[i].more);
        make(&bench, elements, cases[i].panes);
        bench_expect(&bench, cases[i].expected, cases[i].more);
        bench_close(&bench);
    }
}

static const char *hit(const struct bench *bench, double x, double y)
{
    bool modal = false;
    const struct sw_box *box = sw_view_hit(bench->root, x, y, 0, 0, &modal);
    return box != NULL ? box->common[SW_COMMON_NAME].as.string : "-";
}

/* A finger finds the tile that it sees. */
static void test_touch(void **state)
{
    (void)state;
    struct bench bench;
    make(&bench,
         "[{\"row\": [{\"stack\": [" TILE("a") "], \"grow\": 1}, {\"stack\": [" TILE(
             "b") "], \"grow\": 1}], \"at\": [310, 0], \"size\": [400, "
                  "100], \"bezels\": \"skip\"}]",
         &two_beside); /* 190 each: a from 310 to 500, b from 520 to 710 */
    static const struct {
        double x;
        const char *expected;
    } cases[] = {{309, "-"}, {311, "a"}, {499, "a"}, {510, "-"}, {521, "b"}, {709, "b"}, {711, "-"}};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        if (strcmp(hit(&bench, cases[i].x, 50), cases[i].expected) != 0)
            fail_msg("at %g: %s, not %s", cases[i].x, hit(&bench, cases[i].x, 50), cases[i].expected);
    }
    struct sw_rect b = sw_view_on_canvas(bench_find(&bench, "b", 0), bench_find(&bench, "b", 0)->rect, true);
    assert_true(b.x == 520 && b.width == 190);
    double x = 530, y = 50; /* the other way round, for a finger that reads what is cut */
    sw_view_inside(bench_find(&bench, "b", 0), &x, &y);
    assert_true(x == 510 && y == 50);
    bench_close(&bench);
}

/* A picture is drawn twice, each time through the window of its display, and asked for once, as large as it is seen. */
static void test_drawing(void **state)
{
    (void)state;
    struct bench bench;
    make(&bench,
         "[{\"image\": \"media/400x200.png\", \"fit\": \"fill\", \"at\": [310, 0], \"size\": [400, 100], \"bezels\": \"skip\", \"alt\": "
         "\"\"}]",
         &two_beside);
    (void)bench_paint(&bench, 10);
    assert_int_equal(bench.list.count, 2);
    const struct sw_draw *left = &bench.list.items[0], *right = &bench.list.items[1];
    assert_true(left->identity != right->identity);
    assert_true(left->bitmap == right->bitmap);
    assert_int_equal(bench.asked.width, 380);
    assert_int_equal(bench.asked.height, 100);
    assert_true(left->to.x == 310 && left->to.width == 380 && left->clip.x + left->clip.width == 500);
    assert_true(right->to.x == 330 && right->to.width == 380 && right->clip.x == 520);
    bench_close(&bench);
}

/* What moves on entering is cut where the displays are, not where it is on its way. */
static void test_moving(void **state)
{
    (void)state;
    struct bench bench;
    make(&bench,
         "[{\"shape\": \"rectangle\", \"fill\": \"red\", \"at\": [310, 0], \"size\": [400, 100], \"bezels\": \"skip\","
         " \"animate\": {\"enter\": \"move\", \"from\": [-100, 0], \"for\": \"1s\", \"ease\": \"linear\"}}]",
         &two_beside);
    (void)bench_paint(&bench, 0.5);
    assert_int_equal(bench.list.count, 2);
    assert_true(bench.list.items[0].to.x == 260 && bench.list.items[0].clip.x + bench.list.items[0].clip.width == 500);
    assert_true(bench.list.items[1].to.x == 280 && bench.list.items[1].clip.x == 520);
    bench_close(&bench);
}

/* -- words -- */

struct words_case {
    const char *what, *element;
    const struct sw_panes *panes;
    bool cut;
    size_t draws; /* of letters */
};

#define SENTENCE "Der Rhein steht heute höher als gestern"

static const struct words_case words[] = {
    {"away from the gap", "\"text\": \"Rhein\", \"at\": [100, 0], \"size\": [300, 40]", &two_beside, false, 1},
    {"aside, in its box", "\"text\": \"Rhein\", \"align\": \"center\", \"at\": [310, 0], \"size\": [400, 40]", &two_beside, false, 1},
    {"no room aside", "\"text\": \"Rhein\", \"at\": [490, 0], \"size\": [50, 40]", &two_beside, true, 1},
    {"goes on behind, as told", "\"text\": \"Rhein\", \"at\": [490, 0], \"size\": [99, 40], \"bezels\": \"behind\"", &two_beside, false, 1},
    {"words part", "\"text\": \"" SENTENCE "\", \"at\": [310, 0], \"size\": [500, 40]", &two_beside, false, 2},
    {"words part where the canvas skips", "\"text\": \"" SENTENCE "\", \"at\": [310, 0], \"size\": [500, 40]", &two_touching, false, 2},
    {"narrower, on one display", "\"text\": \"" SENTENCE "\", \"at\": [250, 0], \"size\": [400, 200]", &two_beside, false, 1},
    {"a word too long for either", "\"text\": \"Donaudampfschifffahrtsgesellschaft\", \"at\": [310, 0], \"size\": [400, 40]", &two_beside,
     true, 1},
    {"upwards", "\"text\": \"Rhein\", \"valign\": \"center\", \"at\": [0, 240], \"size\": [300, 140]", &two_above, false, 1},
    {"lines part", "\"text\": [\"Eins\", \"Zwei\", \"Drei\", \"Vier\"], \"at\": [0, 240], \"size\": [300, 160]", &two_above, false, 4},
    {"lines have no room", "\"text\": [\"Eins\", \"Zwei\", \"Drei\", \"Vier\"], \"at\": [0, 240], \"size\": [300, 121]", &two_above, true,
     1},
    {"a button's label", "\"button\": \"Rhein\", \"at\": [400, 0], \"size\": [220, 100]", &two_beside, false, 1},
};

/* Whether a draw of letters has ink in the gap (or, where the canvas skips it, on both sides of the seam). */
static bool in_the_gap(const struct sw_draw *draw, const struct sw_panes *panes)
{
    struct sw_box_px gap = panes == &two_above    ? (struct sw_box_px){0, 300, 1000, 20}
                           : panes == &two_beside ? (struct sw_box_px){500, 0, 20, 600}
                                                  : (struct sw_box_px){499, 0, 2, 600};
    int left = (int)draw->to.x, top = (int)draw->to.y;
    gap =
        sw_box_px_intersect(gap, sw_box_px_intersect(draw->clip, (struct sw_box_px){left, top, draw->bitmap->width, draw->bitmap->height}));
    for (int y = gap.y; y < gap.y + gap.height; y++)
        for (int x = gap.x; x < gap.x + gap.width; x++)
            if (((const uint8_t *)draw->bitmap->pixels)[(y - top) * draw->bitmap->stride + x - left] != 0)
                return true;
    return false;
}

static void test_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(words); i++) {
        struct bench bench;
        char elements[512];
        (void)snprintf(elements, sizeof elements, "[{%s, \"name\": \"t\"}]", words[i].element);
        make(&bench, elements, words[i].panes);
        print_message("%s\n", words[i].what);
        assert_int_equal(bench_find(&bench, "t", 0)->cut, words[i].cut);
        (void)bench_paint(&bench, 10);
        size_t draws = 0;
        for (size_t k = 0; k < bench.list.count; k++) {
            const struct sw_draw *draw = &bench.list.items[k];
            if (draw->kind != SW_DRAW_MASK)
                continue;
            draws++;
            bool told = strstr(words[i].element, "bezels") != NULL;
            assert_int_equal(in_the_gap(draw, words[i].panes), words[i].cut || told);
        }
        assert_int_equal(draws, words[i].draws);
        bench_close(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_layout), cmocka_unit_test(test_touch), cmocka_unit_test(test_drawing),
                                       cmocka_unit_test(test_moving), cmocka_unit_test(test_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
