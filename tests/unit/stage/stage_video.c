/* SPDX-License-Identifier: EUPL-1.2 */
/* Videos on a stage: when they are ready and begin, what visitors and actions do to them, what happens at their end, and how long somebody
 * who watches is there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/must.h"
#include "bed.h"
#include "stage/playhead.h"

#define FILM "\"video\": {\"de\": \"media/film.mp4\", \"en\": \"media/film-en.mp4\"}, \"alt\": \"\", \"name\": \"film\""
#define AREA "\"at\": [100, 50], \"size\": [700, 350]"
#define CELL(x, y) "\"shape\": \"rectangle\", \"at\": [" #x ", " #y "], \"size\": [80, 80], \"fill\": \"#808080\""
#define SIGN(n) "\"shape\": \"rectangle\", \"at\": [900, 0], \"size\": [20, 20], \"fill\": \"#00010" #n "\""
#define PLAY_X 180 /* the button of a video at AREA */
#define PLAY_Y 320
#define TRACK_Y 320

static const struct bed_file files[] = {
    {"scenes/film.json",
     "{\"title\": \"Film\", \"frame\": \"bar\","
     " \"state\": {\"more\": {\"default\": false}, \"n\": {\"min\": 1, \"max\": 3, \"default\": 1}},"
     " \"elements\": [{" FILM ", " AREA ", \"controls\": true, \"muted\": \"{more}\"},"
     "  {" CELL(0, 0) ", \"tap\": {\"play\": \"film\"}}, {" CELL(0, 100) ", \"tap\": {\"pause\": \"film\"}},"
     "  {" CELL(0, 200) ", \"tap\": {\"seek\": {\"film\": \"7s\"}}}, {" CELL(0, 300) ", \"tap\": {\"seek\": {\"film\": \"{n + 1}\"}}},"
     "  {" CELL(0, 400) ", \"tap\": {\"set\": {\"more\": true}}},"
     "  {\"when\": \"more\", \"shape\": \"circle\", \"at\": [800, 0], \"size\": [20, 20], \"fill\": \"#123456\"},"
     "  {\"when\": \"not more\", \"video\": \"media/second.mp4\", \"alt\": \"\", \"name\": \"second\", \"at\": [820, 100],"
     "   \"size\": [160, 90], \"muted\": false, \"loop\": true}]}"},
    {"scenes/ends.json",
     "{\"title\": \"Ends\", \"frame\": \"bar\", \"state\": {\"n\": {\"min\": 1, \"max\": 3, \"default\": 1}}, \"pages\": ["
     " {\"id\": \"one\", \"elements\": [{" FILM ", " AREA ", \"until\": \"2s\","
     "  \"ended\": [{\"set\": {\"n\": \"{n + 1}\"}}, {\"open\": \"more\"}, \"next\", \"stay\"]},"
     "  {" SIGN(2) ", \"when\": \"n == 2\"}, {" SIGN(3) ", \"when\": \"n == 3\"}]},"
     " {\"id\": \"two\", \"elements\": [{" SIGN(1) "}]}],"
     " \"popups\": {\"more\": {\"in\": \"sheet\", \"modal\": false, \"elements\": ["
     "  {\"shape\": \"rectangle\", \"at\": [0, 0], \"size\": [400, 300], \"fill\": \"#0000F2\"}]}}}"},
    {"scenes/parts/kino.json",
     "{\"parameters\": {\"what\": {\"type\": \"video\"}}, \"elements\": [{\"stack\": ["
     " {\"video\": \"{what}\", \"name\": \"film\", \"alt\": \"\", \"at\": [100, 0], \"size\": [160, 90]},"
     " {" CELL(0, 0) ", \"tap\": {\"pause\": \"film\"}}], \"at\": [0, 0], \"size\": [300, 100]}]}"},
    {"scenes/many.json",
     "{\"title\": \"Many\", \"frame\": \"bar\", \"elements\": ["
     " {\"use\": \"kino\", \"what\": \"media/film.mp4\", \"at\": [0, 0]},"
     " {\"use\": \"kino\", \"what\": \"media/second.mp4\", \"at\": [0, 200]}]}"},
    {"scenes/rows.json",
     "{\"title\": \"Rows\", \"frame\": \"bar\", \"elements\": ["
     " {\"video\": \"media/film.mp4\", \"alt\": \"\", \"at\": [0, 100], \"size\": [480, 270], \"controls\": true},"
     " {\"video\": \"media/second.mp4\", \"alt\": \"\", \"at\": [500, 100], \"size\": [480, 270], \"controls\": true},"
     " {" CELL(100, 400) ", \"tap\": {\"open\": \"more\"}}],"
     " \"popups\": {\"more\": {\"in\": \"sheet\", \"elements\": ["
     "  {\"video\": \"media/film-en.mp4\", \"name\": \"film\", \"alt\": \"\", \"size\": [400, 300], \"controls\": true}]}}}"},
    {NULL, NULL},
};

#define ONLY(scene) "{\"loop\": [{\"scene\": \"" scene "\", \"for\": \"1h\"}]}"

/* As the wall begins; the scene is on and its video plays. */
static void open_scene(struct bed *bed, const char *playlist, bool still)
{
    bed_open(bed, (struct bed_options){.playlist = playlist, .files = files, .reduced_motion = still});
    bed_step(bed, false);
    bed_settle(bed);
}

static int64_t position(struct bed *bed, const char *name)
{
    bed_pass(bed, 50 * SW_MS); /* a picture later */
    const struct sw_cue *cue = bed_cue(bed, name);
    return cue->position + (cue->running ? bed->now.tick - cue->tick : 0);
}

#define assert_near(value, wanted) assert_in_range((value), (wanted) - 150 * SW_MS, (wanted) + 150 * SW_MS)

/* -- coming and going -- */

static void a_scene_waits_for_its_first_picture(void **state)
{
    (void)state;
    struct bed bed;
    static const char playlist[] = "{\"loop\": [{\"scene\": \"b\", \"for\": \"5s\"}, {\"scene\": \"film\", \"for\": \"1h\"}]}";
    bed_open(&bed, (struct bed_options){.playlist = playlist, .files = files});
    bed.film_late = true;
    bed_step(&bed, false);
    bed_pass(&bed, 7 * SW_SECOND);
    assert_shown(&bed, 0, "b");
    const struct sw_cue *cue = bed_cue(&bed, "film.mp4");
    assert_false(cue->running);
    assert_int_equal(cue->position, 0);
    bed.film_late = false;
    bed_step(&bed, false); /* a picture wakes the loop: no more is needed */
    bed_settle(&bed);
    assert_shown(&bed, 0, "film");
    assert_true(cue->running);
    assert_in_range(position(&bed, "film.mp4"), 500 * SW_MS, 900 * SW_MS); /* since it began to come in */
    assert_int_equal(bed_jumps(&bed, "film.mp4"), 0);
    bed_close(&bed);
}

static void a_scene_without_picture_or_poster_is_passed_over(void **state)
{
    (void)state;
    struct bed bed;
    static const char playlist[] = "{\"loop\": [{\"scene\": \"film\", \"for\": \"5s\"}, {\"scene\": \"b\", \"for\": \"5s\"}]}";
    bed_open(&bed, (struct bed_options){.playlist = playlist, .files = files});
    bed_step(&bed, false);
    bed_pass(&bed, 6 * SW_SECOND);
    assert_shown(&bed, 0, "b");
    bed.film_broken = true;
    bed_pass(&bed, 10 * SW_SECOND);
    assert_shown(&bed, 0, "b");
    bed_close(&bed);
}

/* Where a worker dies: the last picture stays, and nobody waits for it. */
static void what_fails_while_it_plays_comes_back(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("film"), false);
    bed.film_late = true;
    bed_pass(&bed, SW_SECOND);
    const struct sw_stage_zone *zones;
    assert_int_equal(sw_stage_zones(bed.stage, &zones), 1);
    size_t pictures = 0;
    for (size_t i = 0; i < zones[0].list->count; i++)
        pictures += zones[0].list->items[i].bitmap != NULL && zones[0].list->items[i].bitmap->format == SW_PIXELS_I420;
    assert_int_equal(pictures, 2);
    bed.film_late = false;
    bed_step(&bed, false);
    assert_near(position(&bed, "film.mp4"), 1050 * SW_MS);
    bed_close(&bed);
}

/* Pictures come when they are due; nothing is built for them. */
static void it_is_drawn_when_a_picture_is_due(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("film"), false);
    bed_pass(&bed, 4 * SW_SECOND); /* its controls are gone */
    uint64_t steps = bed.steps;
    bed_pass(&bed, SW_SECOND);
    assert_in_range(bed.steps - steps, 24, 27);
    bed.film_unpaced = true;
    bed_pass(&bed, 100 * SW_MS);
    steps = bed.steps;
    bed_pass(&bed, SW_SECOND);
    assert_in_range(bed.steps - steps, 1, 3);
    sw_tick before = bed_cue(&bed, "film.mp4")->tick;
    bed_pass(&bed, 10 * SW_MS);
    assert_true(bed_cue(&bed, "film.mp4")->tick > before);
    bed_close(&bed);
}

static void what_was_hidden_begins_anew(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("film"), false);
    assert_float_equal(bed_cue(&bed, "second")->volume, 0, 0);
    sw_stage_set_volume(bed.stage, 0, 1);
    bed_step(&bed, false);
    assert_float_equal(bed_cue(&bed, "second")->volume, 1, 0);
    assert_true(bed_cue(&bed, "second")->loop);
    bed_pass(&bed, 3 * SW_SECOND);
    int64_t before = position(&bed, "film.mp4");
    bed_press(&bed, 0, 4); /* more */
    int64_t after = position(&bed, "film.mp4");
    assert_true(after > before && after < before + SW_SECOND);
    assert_int_equal(bed_jumps(&bed, "film.mp4"), 0);
    sw_tick asked = bed_cue(&bed, "second")->tick;
    bed_pass(&bed, SW_SECOND);
    assert_int_equal(bed_cue(&bed, "second")->tick, asked);
    bed_press(&bed, BED_RESTART, BED_BAR);
    bed_settle(&bed);
    assert_in_range(position(&bed, "second"), 0, SW_SECOND);
    bed_close(&bed);
}

static void another_language_goes_on_there(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("film"), false);
    bed_pass(&bed, 4 * SW_SECOND);
    int64_t before = position(&bed, "film.mp4");
    uint64_t key = bed_cue(&bed, "film.mp4")->key;
    bed_press(&bed, BED_ENGLISH, BED_BAR);
    int64_t after = position(&bed, "film-en");
    assert_true(after > before && after < before + SW_SECOND);
    assert_true(bed_cue(&bed, "film-en")->key != key);
    bed_close(&bed);
}

/* While the wall is black. */
static void what_nobody_sees_stands(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("film"), false);
    assert_true(sw_stage_rest(bed.stage, true));
    assert_false(sw_stage_rest(bed.stage, true));
    bed_step(&bed, false);
    int64_t at = position(&bed, "film.mp4");
    assert_false(bed_cue(&bed, "second")->running);
    uint64_t steps = bed.steps;
    bed_pass(&bed, 60 * SW_SECOND);
    assert_in_range(bed.steps - steps, 0, 25); /* controls that go */
    assert_int_equal(position(&bed, "film.mp4"), at);
    assert_true(sw_stage_rest(bed.stage, false));
    bed_step(&bed, false);
    bed_pass(&bed, SW_SECOND);
    assert_near(position(&bed, "film.mp4"), at + SW_SECOND);
    bed_close(&bed);
}

/* -- actions -- */

static void actions_name_it(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("film"), false);
    bed_press(&bed, 0, 1); /* pause */
    int64_t at = position(&bed, "film.mp4");
    bed_pass(&bed, SW_SECOND);
    assert_int_equal(position(&bed, "film.mp4"), at);
    assert_false(bed_cue(&bed, "film.mp4")->running);
    assert_true(bed_cue(&bed, "second")->running);
    bed_press(&bed, 0, 2); /* to 7 s */
    assert_int_equal(position(&bed, "film.mp4"), 7 * SW_SECOND);
    bed_press(&bed, 0, 3); /* to n + 1 s */
    assert_int_equal(position(&bed, "film.mp4"), 2 * SW_SECOND);
    bed_press(&bed, 0, 0); /* play */
    bed_pass(&bed, SW_SECOND);
    assert_true(position(&bed, "film.mp4") > 3 * SW_SECOND);
    assert_true(bed_cue(&bed, "film.mp4")->running);
    bed_close(&bed);
}

static void names_in_parts_are_their_own(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("many"), false);
    bed_press(&bed, 0, 2);
    assert_true(bed_cue(&bed, "film.mp4")->running);
    assert_false(bed_cue(&bed, "second")->running);
    bed_close(&bed);
}

/* -- its end -- */

static void its_end_acts_once_and_steers_no_playlist(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("ends"), false);
    bed_pass(&bed, 30 * SW_SECOND);
    assert_shown(&bed, 0, "ends#one");
    assert_false(bed_status(&bed, 0).visit);
    assert_true(bed_fills(&bed, 0, BED_N(2)));
    assert_false(bed_fills(&bed, 0, BED_N(3)));
    assert_true(bed_fills(&bed, 0, BED_OPEN_FILL));
    assert_int_equal(bed_cue(&bed, "film.mp4")->position, 2 * SW_SECOND);
    assert_false(bed_cue(&bed, "film.mp4")->running);
    bed_close(&bed);
}

static void for_a_visitor_its_end_goes_on_but_keeps_nobody(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("ends"), false);
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_pass(&bed, 4 * SW_SECOND);
    assert_shown(&bed, 0, "ends#two");
    assert_true(bed_status(&bed, 0).visit);
    bed_pass(&bed, 60 * SW_SECOND);
    assert_true(bed_status(&bed, 0).countdown);
    bed_close(&bed);
}

/* -- who watches -- */

static void who_watches_is_there(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("film"), false);
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y); /* with 9 s left of the film, and less of the loop's round */
    bed_pass(&bed, 63 * SW_SECOND);
    assert_true(bed_status(&bed, 0).visit);
    assert_false(bed_status(&bed, 0).countdown);
    bed_pass(&bed, 9 * SW_SECOND);
    assert_true(bed_status(&bed, 0).countdown);
    bed_pass(&bed, 21 * SW_SECOND);
    assert_false(bed_status(&bed, 0).visit);
    bed_close(&bed);
}

/* -- controls -- */

static void the_button_stops_and_starts_it(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("film"), false);
    bed_tap(&bed, PLAY_X, PLAY_Y); /* they are there at first */
    assert_false(bed_cue(&bed, "film.mp4")->running);
    bed_pass(&bed, 10 * SW_SECOND);
    bed_tap(&bed, PLAY_X, PLAY_Y); /* and stay while it stands */
    assert_true(bed_cue(&bed, "film.mp4")->running);
    bed_pass(&bed, 5 * SW_SECOND);
    bed_tap(&bed, PLAY_X, PLAY_Y); /* the first touch only shows them */
    assert_true(bed_cue(&bed, "film.mp4")->running);
    bed_tap(&bed, PLAY_X, PLAY_Y);
    assert_false(bed_cue(&bed, "film.mp4")->running);
    bed_close(&bed);
}

static void what_has_ended_plays_again(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("film"), false);
    bed_pass(&bed, 15 * SW_SECOND);
    assert_int_equal(position(&bed, "film.mp4"), 10 * SW_SECOND);
    bed_tap(&bed, PLAY_X, PLAY_Y);
    bed_pass(&bed, SW_SECOND);
    assert_near(position(&bed, "film.mp4"), SW_SECOND);
    bed_close(&bed);
}

static void a_finger_moves_it_along(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("film"), false);
    bed_down(&bed, 1, 500, TRACK_Y);
    const struct sw_cue *cue = bed_cue(&bed, "film.mp4");
    assert_false(cue->running);
    int64_t left = cue->position;
    int jumps = bed_jumps(&bed, "film.mp4");
    for (int i = 1; i <= 60; i++) {
        bed_pass(&bed, 16667);
        bed_move(&bed, 1, 500 + i, TRACK_Y - i); /* off the bar it goes on */
    }
    assert_in_range(bed_jumps(&bed, "film.mp4") - jumps, 6, 11);
    bed_pass(&bed, SW_CONTROLS_STAY_US * 2);
    assert_true(cue->position > left);
    int64_t right = cue->position;
    assert_false(cue->running);
    bed_up(&bed, 1);
    bed_pass(&bed, SW_SECOND);
    assert_true(cue->running);
    assert_near(position(&bed, "film.mp4"), right + SW_SECOND);
    bed_down(&bed, 1, 790, TRACK_Y); /* a tap behind its end */
    bed_pass(&bed, 80 * SW_MS);
    bed_up(&bed, 1);
    bed_pass(&bed, SW_SECOND);
    bed_down(&bed, 1, 400, TRACK_Y);
    bed_pass(&bed, 200 * SW_MS);
    assert_true(cue->position < left);
    sw_stage_cancel_contacts(bed.stage, bed.now);
    bed_pass(&bed, SW_SECOND);
    assert_true(cue->running);
    assert_shown(&bed, 0, "film"); /* no page was turned */
    bed_close(&bed);
}

static void several_fingers_move_several(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("rows"), false);
    bed_down(&bed, 1, 240, 310);
    bed_down(&bed, 2, 800, 310);
    bed_pass(&bed, 200 * SW_MS);
    int64_t first = bed_cue(&bed, "film.mp4")->position, second = bed_cue(&bed, "second")->position;
    bed_move(&bed, 1, 290, 310);
    bed_move(&bed, 2, 740, 310);
    bed_pass(&bed, 200 * SW_MS);
    assert_true(bed_cue(&bed, "film.mp4")->position > first);
    assert_true(bed_cue(&bed, "second")->position < second);
    bed_up(&bed, 1);
    bed_pass(&bed, 200 * SW_MS);
    assert_true(bed_cue(&bed, "film.mp4")->running);
    assert_false(bed_cue(&bed, "second")->running);
    bed_up(&bed, 2);
    bed_pass(&bed, 200 * SW_MS);
    assert_true(bed_cue(&bed, "second")->running);
    bed_close(&bed);
}

static void in_a_popup_it_begins_when_that_opens(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("rows"), false);
    bed_pass(&bed, 3 * SW_SECOND);
    bed.film_late = true;
    bed_press(&bed, 1, 4);
    bed_pass(&bed, 2 * SW_SECOND);
    assert_false(bed_cue(&bed, "film-en")->running); /* its first picture is not there */
    assert_true(bed_cue(&bed, "film.mp4")->running); /* below it all goes on */
    bed.film_late = false;
    bed_step(&bed, false);
    bed_pass(&bed, SW_SECOND);
    assert_near(position(&bed, "film-en"), 1050 * SW_MS);
    bed_tap(&bed, 240, 350); /* below the popup, where controls are: that closes it */
    bed_settle(&bed);
    assert_true(bed_cue(&bed, "film.mp4")->running);
    sw_tick asked = bed_cue(&bed, "film-en")->tick;
    bed_pass(&bed, SW_SECOND);
    assert_int_equal(bed_cue(&bed, "film-en")->tick, asked);
    bed_close(&bed);
}

static void from_right_to_left_it_is_the_other_way_round(void **state)
{
    (void)state;
    struct bed bed;
    bed_open(&bed, (struct bed_options){.playlist = ONLY("film"), .files = files, .language = "ar"});
    bed_step(&bed, false);
    bed_settle(&bed);
    const struct sw_cue *cue = bed_cue(&bed, "film"); /* which lies at the right: 1000 - 100 - 700 */
    bed_down(&bed, 1, 500, TRACK_Y);
    int64_t right = cue->position;
    bed_pass(&bed, 200 * SW_MS);
    bed_move(&bed, 1, 450, TRACK_Y);
    bed_pass(&bed, 200 * SW_MS);
    assert_true(cue->position > right);
    bed_up(&bed, 1);
    bed_tap(&bed, 1000 - PLAY_X, PLAY_Y);
    bed_pass(&bed, SW_SECOND);
    assert_false(cue->running);
    bed_close(&bed);
}

static void what_nobody_could_stop_stands_with_reduced_motion(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("film"), true);
    bed_pass(&bed, SW_SECOND);
    assert_true(bed_cue(&bed, "film.mp4")->running);
    assert_false(bed_cue(&bed, "second")->running);
    assert_int_equal(bed_cue(&bed, "second")->position, 0);
    bed_close(&bed);
}

static void controls_stay_with_reduced_motion(void **state)
{
    (void)state;
    struct bed bed;
    open_scene(&bed, ONLY("film"), true);
    bed_pass(&bed, 5 * SW_SECOND);
    bed_tap(&bed, PLAY_X, PLAY_Y);
    assert_false(bed_cue(&bed, "film.mp4")->running);
    bed_close(&bed);
    open_scene(&bed, ONLY("film"), false);
    bed_press(&bed, BED_CONTRAST, BED_BAR);
    bed_pass(&bed, 5 * SW_SECOND);
    bed_tap(&bed, PLAY_X, PLAY_Y);
    assert_false(bed_cue(&bed, "film.mp4")->running);
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scene_waits_for_its_first_picture),
        cmocka_unit_test(a_scene_without_picture_or_poster_is_passed_over),
        cmocka_unit_test(what_fails_while_it_plays_comes_back),
        cmocka_unit_test(it_is_drawn_when_a_picture_is_due),
        cmocka_unit_test(what_was_hidden_begins_anew),
        cmocka_unit_test(another_language_goes_on_there),
        cmocka_unit_test(what_nobody_sees_stands),
        cmocka_unit_test(actions_name_it),
        cmocka_unit_test(names_in_parts_are_their_own),
        cmocka_unit_test(its_end_acts_once_and_steers_no_playlist),
        cmocka_unit_test(for_a_visitor_its_end_goes_on_but_keeps_nobody),
        cmocka_unit_test(who_watches_is_there),
        cmocka_unit_test(the_button_stops_and_starts_it),
        cmocka_unit_test(what_has_ended_plays_again),
        cmocka_unit_test(a_finger_moves_it_along),
        cmocka_unit_test(several_fingers_move_several),
        cmocka_unit_test(in_a_popup_it_begins_when_that_opens),
        cmocka_unit_test(from_right_to_left_it_is_the_other_way_round),
        cmocka_unit_test(what_nobody_could_stop_stands_with_reduced_motion),
        cmocka_unit_test(controls_stay_with_reduced_motion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
