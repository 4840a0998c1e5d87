/* SPDX-License-Identifier: EUPL-1.2 */
/* An exhibition that is loaded anew while it plays: what is still there goes on as it was, what is gone ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bed.h"

#define CELL(x, y) "\"shape\": \"rectangle\", \"at\": [" #x ", " #y "], \"size\": [80, 80], \"fill\": \"#808080\""
#define SIGN(colour) "{\"shape\": \"rectangle\", \"at\": [900, 0], \"size\": [20, 20], \"fill\": \"" colour "\"}"
#define NEW_SIGN 0xff00beefu
#define PLAIN_HUB {"scenes/hub.json", "{\"title\": \"Hub\", \"elements\": []}"} /* it leads nowhere */
#define RELOAD(bed, ...)                                                                                                                   \
    do {                                                                                                                                   \
        const struct bed_file files_[] = {PLAIN_HUB, __VA_ARGS__, {NULL, NULL}};                                                           \
        assert_true(bed_reload(bed, (struct bed_options){.files = files_}));                                                               \
    } while (0)

static struct bed bed;

static int set_up(void **state)
{
    (void)state;
    bed_open(&bed, (struct bed_options){.wall = NULL});
    bed_step(&bed, false);
    bed_pass(&bed, SW_SECOND);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bed_close(&bed);
    return 0;
}

static bool reload(const char *playlist) { return bed_reload(&bed, (struct bed_options){.playlist = playlist}); }

/* -- while nobody is there -- */

static void the_playlist_goes_on(void **state)
{
    (void)state;
    bed_pass(&bed, 4 * SW_SECOND);
    assert_shown(&bed, 0, "a#two");
    uint64_t changes = bed_status(&bed, 0).changes;
    assert_true(reload(NULL));
    assert_shown(&bed, 0, "a#two");
    assert_false(bed_status(&bed, 0).changing);
    assert_int_equal(bed_status(&bed, 0).changes, changes);
    assert_string_equal(bed_status(&bed, 0).why, "playlist");
    bed_pass(&bed, 4 * SW_SECOND);
    assert_shown(&bed, 0, "a#three");
    bed_pass(&bed, 4 * SW_SECOND);
    assert_shown(&bed, 0, "b");
}

static void a_turn_is_not_cut_short_by_another_playlist(void **state)
{
    (void)state;
    assert_true(reload("{\"loop\": [{\"scene\": \"b\", \"for\": \"90s\"}, {\"scene\": \"a\", \"for\": \"12s\"}]}"));
    assert_shown(&bed, 0, "a#one");
    bed_pass(&bed, 10 * SW_SECOND);
    assert_shown(&bed, 0, "a#three");
    assert_true(reload("{\"loop\": [{\"scene\": \"b\", \"for\": \"91s\"}, {\"scene\": \"a\", \"for\": \"12s\"}]}"));
    assert_shown(&bed, 0, "a#three");
    bed_pass(&bed, 2 * SW_SECOND); /* it ends when it would have */
    assert_shown(&bed, 0, "b");
}

static void what_the_playlist_has_no_more_goes(void **state)
{
    (void)state;
    assert_true(reload("{\"loop\": [{\"scene\": \"b\", \"for\": \"90s\"}]}"));
    bed_settle(&bed);
    assert_shown(&bed, 0, "b");
}

static void a_change_that_is_on_is_done(void **state)
{
    (void)state;
    while (!bed_status(&bed, 0).changing)
        bed_pass(&bed, 50 * SW_MS);
    assert_shown(&bed, 0, "a#one");
    assert_true(reload(NULL));
    assert_shown(&bed, 0, "a#two");
    assert_false(bed_status(&bed, 0).changing);
}

static void what_has_changed_is_shown(void **state)
{
    (void)state;
    RELOAD(&bed, {"scenes/a.json", "{\"title\": \"A\", \"elements\": [" SIGN("#00BEEF") "]}"});
    assert_shown(&bed, 0, "a");
    assert_true(bed_fills(&bed, 0, NEW_SIGN));
}

static void what_lacks_a_picture_waits_for_it(void **state)
{
    (void)state;
    const struct bed_file files[] = {PLAIN_HUB, {"scenes/a.json", "{\"title\": \"A\", \"elements\": [" SIGN(
                                                           "#00BEEF") ", {\"image\": \"media/late.png\", \"at\": [0, 0],"
                                                                      " \"size\": [400, 200], \"alt\": \"\"}]}"},
                                     {NULL, NULL}};
    assert_false(bed_reload(&bed, (struct bed_options){.files = files}));
    assert_shown(&bed, 0, "a#one");
    bed.late_is_there = true;
    assert_true(bed_reload(&bed, (struct bed_options){.files = files}));
    assert_true(bed_fills(&bed, 0, NEW_SIGN));
}

/* -- with a visitor -- */

static void a_visit_goes_on(void **state)
{
    (void)state;
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_press(&bed, BED_HOME, BED_BAR);
    bed_press(&bed, BED_HUB_A_TWO, 0);
    bed_press(&bed, BED_A_MORE, 0);
    bed_press(&bed, BED_ENGLISH, BED_BAR);
    bed_press(&bed, BED_A_OPEN, 0);
    assert_shown(&bed, 0, "a#two");
    assert_true(bed_fills(&bed, 0, BED_N(2)) && bed_fills(&bed, 0, BED_ENGLISH_FILL) && bed_fills(&bed, 0, BED_OPEN_FILL));
    assert_true(reload(NULL));
    assert_shown(&bed, 0, "a#two");
    assert_true(bed_status(&bed, 0).visit);
    assert_string_equal(bed_status(&bed, 0).language, "en");
    assert_true(bed_fills(&bed, 0, BED_N(2)) && bed_fills(&bed, 0, BED_ENGLISH_FILL) && bed_fills(&bed, 0, BED_OPEN_FILL));
    bed_press(&bed, BED_A_MORE, 0);
    assert_true(bed_fills(&bed, 0, BED_N(3)));
    bed_press(&bed, BED_BACK, BED_BAR);
    assert_shown(&bed, 0, "hub");
    assert_true(reload(NULL));
    bed_pass(&bed, 59 * SW_SECOND);
    assert_true(bed_status(&bed, 0).visit);
    bed_pass(&bed, 5 * SW_SECOND);
    assert_true(bed_status(&bed, 0).countdown);
    assert_true(reload(NULL));
    assert_true(bed_status(&bed, 0).countdown);
    assert_true(bed_top_fills(&bed, 0, BED_COUNTDOWN_FILL));
    bed_pass(&bed, 20 * SW_SECOND);
    assert_false(bed_status(&bed, 0).visit);
}

static void places_before_are_kept_with_their_state(void **state)
{
    (void)state;
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_press(&bed, BED_A_MORE, 0);
    bed_press(&bed, BED_A_B, 0);
    assert_shown(&bed, 0, "b");
    assert_true(reload(NULL));
    bed_press(&bed, BED_BACK, BED_BAR);
    assert_shown(&bed, 0, "a#one");
    assert_true(bed_fills(&bed, 0, BED_N(2)));
}

static void a_value_that_may_not_be_any_more_is_the_default(void **state)
{
    (void)state;
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_press(&bed, BED_A_MORE, 0);
    RELOAD(&bed, {"scenes/a.json", "{\"title\": \"A\", \"state\": {\"n\": {\"min\": 5, \"max\": 9, \"default\": 7}},"
                                   " \"elements\": [{\"shape\": \"rectangle\", \"at\": [0, 0], \"size\": [9, 9], \"fill\": \"#00BEEF\","
                                   " \"when\": \"n == 7\"}]}"});
    assert_true(bed_fills(&bed, 0, NEW_SIGN));
}

static void what_nobody_has_set_follows_its_default(void **state)
{
    (void)state;
    assert_true(bed_fills(&bed, 0, BED_N(1)));
    RELOAD(&bed, {"scenes/a.json", "{\"title\": \"A\", \"state\": {\"n\": {\"min\": 1, \"max\": 3, \"default\": 3}},"
                                   " \"elements\": [{\"shape\": \"rectangle\", \"at\": [0, 0], \"size\": [9, 9], \"fill\": \"#00BEEF\","
                                   " \"when\": \"n == 3\"}]}"});
    assert_true(bed_fills(&bed, 0, NEW_SIGN));
}

static void a_page_that_is_gone(void **state)
{
    (void)state;
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_press(&bed, BED_A_THREE, 0);
    assert_shown(&bed, 0, "a#three");
    RELOAD(&bed, {"scenes/a.json", "{\"title\": \"A\", \"pages\": [{\"id\": \"two\", \"elements\": []}, {\"id\": \"three\","
                                   " \"elements\": []}, {\"id\": \"one\", \"elements\": []}]}"});
    assert_shown(&bed, 0, "a#three");
    RELOAD(&bed, {"scenes/a.json", "{\"title\": \"A\", \"pages\": [{\"id\": \"x\", \"elements\": []}]}"});
    assert_shown(&bed, 0, "a#x");
    assert_true(bed_status(&bed, 0).visit);
}

static void a_scene_that_is_gone_ends_the_visit(void **state)
{
    (void)state;
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_press(&bed, BED_HOME, BED_BAR);
    bed_press(&bed, BED_HUB_LONG, 0);
    assert_shown(&bed, 0, "long");
    RELOAD(&bed, {"scenes/long.json", "{\"title\": \"Long\", \"draft\": true, \"elements\": []}"});
    assert_false(bed_status(&bed, 0).visit);
    bed_settle(&bed);
    assert_shown(&bed, 0, "a#one");
}

/* -- fingers -- */

static void a_finger_goes_along_with_its_element(void **state)
{
    (void)state;
    bed_down(&bed, 1, 40, 40); /* more */
    bed_pass(&bed, 50 * SW_MS);
    assert_true(reload(NULL));
    assert_int_equal(bed_status(&bed, 0).contacts, 1);
    bed_up(&bed, 1);
    assert_true(bed_fills(&bed, 0, BED_N(2)));
}

static void it_does_what_the_element_says_now(void **state)
{
    (void)state;
    bed_tap(&bed, BED_EMPTY_X, BED_EMPTY_Y);
    bed_press(&bed, BED_HOME, BED_BAR);
    bed_down(&bed, 1, 40, 40); /* to a */
    bed_pass(&bed, 50 * SW_MS);
    RELOAD(&bed, {"scenes/hub.json",
                  "{\"title\": \"Hub\", \"frame\": \"bar\", \"elements\": [{" CELL(0, 0) ", \"tap\": {\"go\": \"b\"}}]}"});
    bed_up(&bed, 1);
    bed_settle(&bed);
    assert_shown(&bed, 0, "b");
}

static void a_finger_on_what_is_gone_is_cancelled(void **state)
{
    (void)state;
    bed_down(&bed, 1, 40, 40);
    bed_pass(&bed, 50 * SW_MS);
    RELOAD(&bed, {"scenes/a.json", "{\"title\": \"A\", \"pages\": [{\"id\": \"one\", \"elements\": [" SIGN("#00BEEF") "]}]}"});
    assert_int_equal(bed_status(&bed, 0).contacts, 0);
    bed_up(&bed, 1);
    bed_settle(&bed);
    assert_shown(&bed, 0, "a#one");
}

/* -- what plays -- */

static void a_video_plays_on(void **state)
{
    (void)state;
    static const struct bed_file files[] = {
        PLAIN_HUB, {"scenes/a.json", "{\"title\": \"A\", \"elements\": [{\"video\": \"media/film.mp4\", \"alt\": \"\", \"at\": [0, 0],"
                          " \"size\": [400, 200]}]}"},
        {NULL, NULL}};
    static const struct bed_file more[] = {
        PLAIN_HUB, {"scenes/a.json", "{\"title\": \"A\", \"elements\": [" SIGN("#00BEEF") ", {\"video\": \"media/film.mp4\", \"alt\": \"\","
                          " \"at\": [0, 100], \"size\": [400, 200]}]}"},
        {NULL, NULL}};
    assert_true(bed_reload(&bed, (struct bed_options){.files = files}));
    bed_pass(&bed, 3 * SW_SECOND);
    struct sw_cue before = *bed_cue(&bed, "film.mp4");
    assert_true(before.running && before.position > 2 * SW_SECOND);
    assert_true(bed_reload(&bed, (struct bed_options){.files = more}));
    assert_true(bed_fills(&bed, 0, NEW_SIGN));
    bed_pass(&bed, SW_SECOND);
    const struct sw_cue *cue = bed_cue(&bed, "film.mp4");
    assert_int_equal(cue->key, before.key);
    assert_true(cue->running && cue->position > before.position);
    assert_int_equal(bed_jumps(&bed, "film.mp4"), 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(the_playlist_goes_on),
        CASE(a_turn_is_not_cut_short_by_another_playlist),
        CASE(what_the_playlist_has_no_more_goes),
        CASE(a_change_that_is_on_is_done),
        CASE(what_has_changed_is_shown),
        CASE(what_lacks_a_picture_waits_for_it),
        CASE(a_visit_goes_on),
        CASE(places_before_are_kept_with_their_state),
        CASE(a_value_that_may_not_be_any_more_is_the_default),
        CASE(what_nobody_has_set_follows_its_default),
        CASE(a_page_that_is_gone),
        CASE(a_scene_that_is_gone_ends_the_visit),
        CASE(a_finger_goes_along_with_its_element),
        CASE(it_does_what_the_element_says_now),
        CASE(a_finger_on_what_is_gone_is_cancelled),
        CASE(a_video_plays_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
