/* SPDX-License-Identifier: EUPL-1.2 */
/* What two pages have under one name: where it is drawn in both lists while one gives way to the other. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "bed.h"

#define FRAME_US 16667
#define HERO 0xff000a01u  /* on both pages, at [0, 0, 200, 100] and [500, 200, 400, 200] */
#define ALONE 0xff000a02u /* on each page, under another name */
#define TEXT_RECT(x, y, w, h) "\"at\": [" #x ", " #y "], \"size\": [" #w ", " #h "]"

#define RECTANGLE(x, y, w, h, colour) "{\"shape\": \"rectangle\", " TEXT_RECT(x, y, w, h) ", \"fill\": \"#" colour "\""

/* hub: a row of tiles, one of which leads to scene m; m: two pages. */
static const struct bed_file files[] = {
    {"scenes/m.json",
     "{\"title\": \"M\", \"frame\": \"bar\", \"pages\": ["
     " {\"id\": \"one\", \"for\": \"5s\", \"elements\": [" RECTANGLE(
         0, 0, 200, 100,
         "000A01") ", \"name\": \"hero\"},"
                   "  " RECTANGLE(
                       700, 0, 50, 50,
                       "000A02") ", \"name\": \"first\"},"
                                 "  {\"text\": \"Wörter\", \"name\": \"words\", \"at\": [0, 300], \"width\": 300},"
                                 "  {\"stack\": [" RECTANGLE(
                                     0, 0, 60, 60,
                                     "000A03") ", \"name\": \"inner\"}], \"at\": [800, 300], \"size\": [100, 100], \"opacity\": 0.5}]},"
                                               " {\"id\": \"two\", \"for\": \"5s\", \"elements\": [" RECTANGLE(
                                                   700, 100, 50, 50,
                                                   "000A02") ", \"name\": \"second\"},"
                                                             "  {\"column\": [" RECTANGLE(
                                                                 0, 0, 400, 200,
                                                                 "000A01") ", \"name\": \"hero\", \"animate\": {\"enter\": \"rise\", "
                                                                           "\"for\": \"3s\"}}],"
                                                                           "   \"at\": [500, 200], \"animate\": {\"enter\": \"scale\", "
                                                                           "\"delay\": \"1s\"}},"
                                                                           "  {\"text\": \"Wörter und mehr davon\", \"name\": \"words\", "
                                                                           "\"at\": [0, 400], \"width\": 900},"
                                                                           "  " RECTANGLE(100, 300, 60, 60,
                                                                                          "000A03") ", \"name\": \"inner\"}]}]}"},
    {"scenes/hub.json",
     "{\"title\": \"Hub\", \"frame\": \"bar\", \"elements\": ["
     " {\"stack\": [" RECTANGLE(0, 0, 40, 20, "000A0A") ", \"name\": \"hero\"}], \"at\": [100, 100], \"size\": [80, 80],"
                                                        "  \"tap\": {\"go\": \"b\"}},"
                                                        " {\"stack\": [" RECTANGLE(
                                                            0, 0, 40, 20,
                                                            "000A0B") ", \"name\": \"hero\"}], \"at\": [200, 100], \"size\": [80, 80],"
                                                                      "  \"tap\": {\"go\": \"m\"}}]}"},
    {NULL, NULL},
};
static const char morphs[] = "{\"transition\": {\"kind\": \"morph\", \"for\": \"600ms\"}}";

static const struct sw_stage_zone *frame(const struct bed *bed)
{
    const struct sw_stage_zone *frames = NULL;
    assert_true(sw_stage_zones(bed->stage, &frames) >= 1);
    return &frames[0];
}

static const struct sw_draw *find(const struct sw_draw_list *list, uint32_t colour)
{
    for (size_t i = 0; list != NULL && i < list->count; i++)
        if (list->items[i].kind == SW_DRAW_FILL && list->items[i].colour == colour)
            return &list->items[i];
    return NULL;
}

/* The first line of a text: its mask. */
static const struct sw_draw *find_text(const struct sw_draw_list *list)
{
    for (size_t i = 0; list != NULL && i < list->count; i++)
        if (list->items[i].kind == SW_DRAW_MASK)
            return &list->items[i];
    return NULL;
}

static void assert_place(const struct sw_draw *draw, double x, double y, double width, double height)
{
    assert_non_null(draw);
    if (fabs(draw->to.x - x) > 0.51 || fabs(draw->to.y - y) > 0.51 || fabs(draw->to.width - width) > 0.51 ||
        fabs(draw->to.height - height) > 0.51)
        fail_msg("at %g %g, %g x %g; wanted %g %g, %g x %g", draw->to.x, draw->to.y, draw->to.width, draw->to.height, x, y, width, height);
}

static void open_m(struct bed *bed, const char *defaults)
{
    bed_open(bed,
             (struct bed_options){.files = files, .defaults = defaults, .playlist = "{\"loop\": [{\"scene\": \"m\", \"for\": \"10s\"}]}"});
    bed_step(bed, false);
    bed_pass(bed, 4 * SW_SECOND); /* all that enters has entered */
    assert_shown(bed, 0, "m#one");
}

static double between(double a, double b, double progress) { return a + (b - a) * progress; }

static void what_both_have_glides_and_grows(void **state)
{
    (void)state;
    struct bed bed;
    open_m(&bed, morphs);
    const struct sw_draw *words = find_text(frame(&bed)->list);
    struct sw_rect text = words->to;
    bed_pass(&bed, SW_SECOND);
    int seen = 0;
    for (; bed_status(&bed, 0).changing; seen++) {
        const struct sw_stage_zone *zone = frame(&bed);
        double t = zone->mix;
        assert_int_equal(zone->kind, SW_CHANGE_FADE);
        for (int i = 0; i < 2; i++) {
            const struct sw_draw_list *list = i == 0 ? zone->list : zone->next;
            assert_place(find(list, HERO), between(0, 500, t), between(0, 200, t), between(200, 400, t), between(100, 200, t));
            assert_place(find(list, 0xff000a03u), between(800, 100, t), 300, 60, 60);
            assert_place(find(list, ALONE), 700, i == 0 ? 0 : 100, 50, 50); /* it only fades */
            /* words as large as before do not grow with their box */
            assert_true(fabs(find_text(list)->to.y - between(text.y, text.y + 100, t)) <= 1);
            assert_true(fabs(find_text(list)->to.x - text.x) <= 1);
        }
        assert_true(find(zone->list, HERO)->opacity == 1 && find(zone->next, HERO)->opacity == 1);
        assert_true(find(zone->list, 0xff000a03u)->opacity == 0.5 && find(zone->next, 0xff000a03u)->opacity == 1);
        bed_pass(&bed, FRAME_US);
    }
    assert_true(seen > 30);
    assert_shown(&bed, 0, "m#two");
    assert_place(find(frame(&bed)->list, HERO), 500, 200, 400, 200); /* it has arrived: it does not enter once more */
    bed_close(&bed);
}

/* A step of the change is a step of what glides: nothing jumps, at the beginning, in between or at the end. */
static void nothing_jumps(void **state)
{
    (void)state;
    struct bed bed;
    open_m(&bed, morphs);
    double x = 0;
    for (int i = 0; i < 110; i++) {
        bed_pass(&bed, FRAME_US);
        const struct sw_draw *hero = find(frame(&bed)->list, HERO);
        assert_non_null(hero);
        assert_true(hero->to.x >= x - 1e-9 && hero->to.x - x < 30);
        x = hero->to.x;
        if (frame(&bed)->next != NULL)
            assert_true(fabs(find(frame(&bed)->next, HERO)->to.x - x) < 1e-6 || fabs(x) < 0.5);
    }
    assert_true(x == 500);
    bed_close(&bed);
}

/* Tiles have the same names: what leads to the scene that comes is what becomes of it, and comes back from it. */
static void of_several_the_one_that_leads_there(void **state)
{
    (void)state;
    struct bed bed;
    open_m(&bed, morphs);
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_settle(&bed);
    bed_press(&bed, BED_HOME, BED_BAR);
    assert_shown(&bed, 0, "hub");
    for (int turn = 0; turn < 2; turn++) {
        bed_tap(&bed, turn == 0 ? 240 : BED_BACK * 100 + 40, turn == 0 ? 140 : 540);
        bed_pass(&bed, 250 * SW_MS);
        const struct sw_stage_zone *zone = frame(&bed);
        assert_true(zone->mix > 0.2 && zone->mix < 0.8);
        double t = turn == 0 ? zone->mix : 1 - zone->mix;
        const struct sw_draw_list *hub = turn == 0 ? zone->list : zone->next, *m = turn == 0 ? zone->next : zone->list;
        assert_place(find(hub, 0xff000a0au), 100, 100, 40, 20);
        assert_place(find(hub, 0xff000a0bu), between(200, 0, t), between(100, 0, t), between(40, 200, t), between(20, 100, t));
        assert_place(find(m, HERO), between(200, 0, t), between(100, 0, t), between(40, 200, t), between(20, 100, t));
        bed_settle(&bed);
        assert_shown(&bed, 0, turn == 0 ? "m#one" : "hub");
    }
    bed_close(&bed);
}

static void a_scene_with_nothing_in_common_fades(void **state)
{
    (void)state;
    struct bed bed;
    open_m(&bed, morphs);
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_settle(&bed);
    bed_press(&bed, BED_HOME, BED_BAR);
    bed_tap(&bed, 140, 140); /* to b */
    bed_pass(&bed, 250 * SW_MS);
    assert_place(find(frame(&bed)->list, 0xff000a0au), 100, 100, 40, 20);
    assert_place(find(frame(&bed)->list, 0xff000a0bu), 200, 100, 40, 20);
    bed_settle(&bed);
    assert_shown(&bed, 0, "b");
    bed_close(&bed);
}

/* The trees may be built anew on the way: another language, an asset that came in. */
static void it_goes_on_when_the_trees_are_built_anew(void **state)
{
    (void)state;
    struct bed bed;
    open_m(&bed, morphs);
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_settle(&bed);
    bed_tap(&bed, BED_NEXT * 100 + 40, 540);
    bed_pass(&bed, 150 * SW_MS);
    assert_true(bed_status(&bed, 0).changing);
    bed_tap(&bed, BED_ENGLISH * 100 + 40, 540);
    bed_pass(&bed, 50 * SW_MS);
    const struct sw_stage_zone *zone = frame(&bed);
    assert_true(zone->mix > 0 && zone->mix < 1);
    assert_place(find(zone->list, HERO), between(0, 500, zone->mix), between(0, 200, zone->mix), between(200, 400, zone->mix),
                 between(100, 200, zone->mix));
    bed_settle(&bed);
    assert_shown(&bed, 0, "m#two");
    assert_place(find(frame(&bed)->list, HERO), 500, 200, 400, 200);
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_both_have_glides_and_grows),          cmocka_unit_test(nothing_jumps),
        cmocka_unit_test(of_several_the_one_that_leads_there),      cmocka_unit_test(a_scene_with_nothing_in_common_fades),
        cmocka_unit_test(it_goes_on_when_the_trees_are_built_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
