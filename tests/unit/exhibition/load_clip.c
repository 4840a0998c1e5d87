/* SPDX-License-Identifier: EUPL-1.2 */
/* Clips of an exhibition: their files, and the subtitles that are named or lie beside them. With a kind of element of its own, which plays
 * clips as the loader sees it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/file.h"
#include "elements/catalogue.h"
#include "exhibition/exhibition.h"
#include "load_house.h"

#define KINDS_MAX 40

enum { ROW_FILM, ROW_FROM, ROW_UNTIL, ROW_LOOP, ROW_SUBTITLES };
static const struct sw_row film_rows[] = {
    [ROW_FILM] = {.key = "film",
                  .type = SW_TYPE_CUSTOM,
                  .means = SW_MEANS_CLIP,
                  .flags = SW_ROW_KIND | SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE},
    [ROW_FROM] = {.key = "from", .type = SW_TYPE_DURATION},
    [ROW_UNTIL] = {.key = "until", .type = SW_TYPE_DURATION},
    [ROW_LOOP] = {.key = "loop", .type = SW_TYPE_BOOL},
    [ROW_SUBTITLES] = {.key = "subtitles", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_SUBTITLES, .flags = SW_ROW_PER_LANGUAGE},
};
static const struct sw_clip_rows film_clip = {ROW_FILM, ROW_FROM, ROW_UNTIL, ROW_LOOP, ROW_SUBTITLES};
static const struct sw_kind film = {.name = "film", .rows = film_rows, .count = SW_COUNT(film_rows), .clip = &film_clip};

/* What the house has besides. */
struct films {
    const struct sw_kind *kinds[KINDS_MAX];
    struct sw_catalogue catalogue;
    bool timed; /* lengths are asked for */
    int asked;
};

static struct films *films_of(const struct house *house) { return house->own; }

static int open_house(void **state)
{
    struct films *films = calloc(1, sizeof *films);
    const struct sw_catalogue *all = sw_catalogue();
    assert_non_null(films);
    assert_int_equal(house_open(state), 0);
    assert_true(all->count < KINDS_MAX);
    memcpy(films->kinds, all->kinds, all->count * sizeof *all->kinds);
    films->kinds[all->count] = &film;
    films->catalogue = (struct sw_catalogue){.kinds = films->kinds, .count = all->count + 1};
    ((struct house *)*state)->own = films;
    return 0;
}

static int close_house(void **state)
{
    free(films_of(*state));
    return house_close(state);
}

static void put_scene(struct house *house, const char *elements)
{
    char text[4096];
    (void)snprintf(text, sizeof text, "{\"title\": \"a\",\n \"about\": {\"tags\": [\"project\"]},\n \"elements\": %s}", elements);
    house_put(house, "scenes/rhein.json", text);
}

static void put_subtitles(struct house *house, const char *file, const char *said)
{
    char text[256];
    (void)snprintf(text, sizeof text, "%s00:00:01.000 --> 00:00:02.000\n%s\n", strstr(file, ".vtt") != NULL ? "WEBVTT\n\n" : "", said);
    house_put(house, file, text);
}

/* a.mp4 and b.mp4 are 12.5 s and 40 s long; of others that is not known. */
static int64_t length_of(void *context, const struct sw_root *root, const char *path)
{
    struct house *house = context;
    assert_string_equal(sw_root_path(root), house->folder);
    films_of(house)->asked++;
    return strcmp(path, "media/a.mp4") == 0 ? 12500000 : strcmp(path, "media/b.mp4") == 0 ? 40 * SW_SECOND : 0;
}

static void load(struct house *house)
{
    const struct films *films = films_of(house);
    struct sw_lengths lengths = {.of = length_of, .context = house};
    house->exhibition = sw_exhibition_create_timed(house->folder, &films->catalogue, films->timed ? &lengths : NULL, &house->diags);
    sw_diags_sort(&house->diags);
}

/* What is said first in the subtitles of a clip; "": there are none. */
static const char *said(const struct house *house, const char *path, const char *language)
{
    const struct sw_subtitles *subtitles =
        sw_exhibition_subtitles(house->exhibition, path, (struct sw_value){.type = SW_VALUE_MISSING}, language);
    return subtitles == NULL ? "" : subtitles->count == 0 ? "-" : subtitles->items[0].text;
}

/* -- clips -- */

static void clips_are_files_by_their_name(void **state)
{
    struct house *house = *state;
    house_put(house, "media/a.mp4", "x");
    house_put(house, "media/b.avi", "x");
    put_scene(house, "[{\"film\": \"media/a.mp4\"}, {\"film\": {\"de\": \"media/a.mp4\", \"en\": \"\"}},\n{\"film\": \"media/b.avi\"},\n"
                     "{\"film\": \"media/aa.mp4\"},\n{\"film\": 5},\n{\"film\": \"https://x.example/a.mp4\"}]");
    load(house);
    EXPECT(
        house,
        "scenes/rhein.json:4:10: error: elements[2].film: \"media/b.avi\" is no clip by its name; use .mp4, .m4v, .mov, .mkv or .webm",
        "scenes/rhein.json:5:10: error: elements[3].film: \"media/aa.mp4\" does not exist; did you mean \"media/a.mp4\"?",
        "scenes/rhein.json:6:10: error: elements[4].film: the path of a clip is wanted, e.g. \"media/rhein.mp4\"",
        "scenes/rhein.json:7:10: error: elements[5].film: \"https://x.example/a.mp4\" does not exist; clips are files of the exhibition");
    assert_int_equal(house->exhibition->film_count, 1);
    assert_int_equal(house->exhibition->media_count, 1);
    assert_string_equal(house->exhibition->films[0].medium.path, "media/a.mp4");
    assert_string_equal(house->exhibition->films[0].medium.place, "elements[0].film");
    assert_int_equal(house->exhibition->films[0].medium.line, 3);
}

static void parts_are_handed_clips(void **state)
{
    struct house *house = *state;
    house_put(house, "media/a.mp4", "x");
    house_put(house, "scenes/parts/kino.json",
              "{\"parameters\": {\"what\": {\"type\": \"video\"}}, \"elements\": [{\"film\": \"{what}\"}]}");
    put_scene(house, "[{\"use\": \"kino\", \"what\": \"media/a.mp4\"}, {\"use\": \"kino\", \"what\": \"media/b.mp4\"}]");
    load(house);
    EXPECT(house, "scenes/rhein.json:3:79: error: elements[1].what: \"media/b.mp4\" does not exist; did you mean \"media/a.mp4\"?");
    assert_int_equal(house->exhibition->film_count, 1);
}

/* -- subtitles -- */

static void subtitles_lie_beside_their_clip(void **state)
{
    struct house *house = *state;
    house_put(house, "media/a.mp4", "x");
    house_put(house, "media/b.webm", "x");
    house_put(house, "scenes/haus/c.mov", "x");
    put_subtitles(house, "media/a.de.vtt", "a deutsch");
    put_subtitles(house, "media/a.en.srt", "a english");
    put_subtitles(house, "media/b.srt", "b deutsch");
    put_scene(house, "[{\"film\": \"media/a.mp4\"}, {\"film\": \"media/b.webm\"}, {\"film\": \"scenes/haus/c.mov\"}]");
    load(house);
    house_expect(house, NULL, 0);
    assert_string_equal(said(house, "media/a.mp4", "de"), "a deutsch");
    assert_string_equal(said(house, "media/a.mp4", "en"), "a english");
    assert_string_equal(said(house, "media/b.webm", "de"), "b deutsch");
    assert_string_equal(said(house, "media/b.webm", "en"), "b deutsch");
    assert_string_equal(said(house, "scenes/haus/c.mov", "de"), "");
    assert_string_equal(said(house, "media/z.mp4", "de"), "");
    struct sw_value none = sw_value_bool(false), beside = sw_value_bool(true);
    assert_null(sw_exhibition_subtitles(house->exhibition, "media/a.mp4", none, "de"));
    assert_non_null(sw_exhibition_subtitles(house->exhibition, "media/a.mp4", beside, "de"));
}

static void clips_with_alike_names_have_their_own(void **state)
{
    struct house *house = *state;
    house_put(house, "media/a.mp4", "x");
    house_put(house, "media/a.en.mp4", "x");
    put_subtitles(house, "media/a.vtt", "von a");
    put_subtitles(house, "media/a.en.vtt", "von a.en");
    put_scene(house, "[{\"film\": {\"de\": \"media/a.mp4\", \"en\": \"media/a.en.mp4\"}}]");
    load(house);
    house_expect(house, NULL, 0);
    assert_string_equal(said(house, "media/a.mp4", "en"), "von a");
    assert_string_equal(said(house, "media/a.en.mp4", "en"), "von a.en");
}

static void what_nobody_sees_is_said(void **state)
{
    struct house *house = *state;
    house_put(house, "media/a.mp4", "x");
    put_subtitles(house, "media/a.de.vtt", "1");
    put_subtitles(house, "media/a.de.srt", "2");
    put_subtitles(house, "media/a.vtt", "3");
    put_subtitles(house, "media/a.eng.vtt", "4");
    put_subtitles(house, "media/b.vtt", "5");
    put_scene(house, "[{\"film\": \"media/a.mp4\"}]");
    load(house);
    EXPECT(house, "media/a.de.srt: warning: is not used: \"media/a.de.vtt\" is there for the same clip and language",
           "media/a.eng.vtt: warning: is not used: \"eng\" is no language of this exhibition; did you mean \"en\"?",
           "media/a.vtt: warning: is not used: \"media/a.de.vtt\" is there for the same clip and language",
           "media/b.vtt: warning: is not used: no clip is called so; beside \"clip.mp4\" lies \"clip.de.vtt\"");
    assert_string_equal(said(house, "media/a.mp4", "en"), "1");
}

static void subtitles_are_named(void **state)
{
    struct house *house = *state;
    house_put(house, "media/a.mp4", "x");
    house_put(house, "media/b.mp4", "x");
    put_subtitles(house, "media/texte.vtt", "genannt");
    put_subtitles(house, "media/eng.srt", "named");
    put_scene(house,
              "[{\"film\": \"media/a.mp4\", \"subtitles\": {\"de\": \"media/texte.vtt\", \"en\": \"media/eng.srt\"}},\n"
              "{\"film\": \"media/a.mp4\", \"subtitles\": \"{contrast == 'high'}\"}, {\"film\": \"media/a.mp4\", \"subtitles\": false},\n"
              "{\"film\": \"media/b.mp4\"}, {\"film\": \"media/b.mp4\", \"subtitles\": true}]");
    load(house);
    house_expect(house, NULL, 0);
    struct sw_value name = sw_value_string("media/eng.srt"), other = sw_value_string("media/eng.vtt");
    const struct sw_subtitles *subtitles = sw_exhibition_subtitles(house->exhibition, "media/a.mp4", name, "de");
    assert_non_null(subtitles);
    assert_string_equal(subtitles->items[0].text, "named");
    assert_null(sw_exhibition_subtitles(house->exhibition, "media/a.mp4", other, "de"));
    assert_true(sw_exhibition_film(house->exhibition, "media/a.mp4")->answered);
    assert_false(sw_exhibition_film(house->exhibition, "media/b.mp4")->answered);
    assert_string_equal(said(house, "media/a.mp4", "de"), "");
}

static void a_part_answers_for_what_it_is_handed(void **state)
{
    struct house *house = *state;
    house_put(house, "media/a.mp4", "x");
    house_put(house, "media/b.mp4", "x");
    house_put(house, "scenes/parts/stumm.json",
        "{\"parameters\": {\"what\": {\"type\": \"video\"}}, \"elements\": [{\"film\": \"{what}\", \"subtitles\": false}]}");
    house_put(house, "scenes/parts/kino.json",
              "{\"parameters\": {\"what\": {\"type\": \"video\"}}, \"elements\": [{\"film\": \"{what}\"}]}");
    put_scene(house, "[{\"use\": \"stumm\", \"what\": {\"de\": \"media/a.mp4\"}}, {\"use\": \"kino\", \"what\": \"media/b.mp4\"}]");
    load(house);
    house_expect(house, NULL, 0);
    assert_true(sw_exhibition_film(house->exhibition, "media/a.mp4")->answered);
    assert_false(sw_exhibition_film(house->exhibition, "media/b.mp4")->answered);
}

static void faulty_subtitles_leave_the_scene(void **state)
{
    struct house *house = *state;
    house_put(house, "media/a.mp4", "x");
    house_put(house, "media/a.vtt", "WEBVTT\n\n00:01.000 --> 00:02\nA\n\n00:03.000 --> 00:04.000\nB\n");
    house_put(house, "media/named.vtt", "1\n");
    put_scene(house, "[{\"film\": \"media/a.mp4\", \"subtitles\": \"media/named.vtt\"}]");
    load(house);
    EXPECT(house, "media/a.vtt:3:15: error: \"00:02\" is no time; write it like 00:00:01.500, up to 99:59:59.999",
           "media/named.vtt:1:1: error: a file of WebVTT begins with the line \"WEBVTT\" and an empty one");
    assert_non_null(sw_exhibition_scene(house->exhibition, "rhein"));
    assert_string_equal(said(house, "media/a.mp4", "de"), "B");
}

static void faulty_names_of_subtitles(void **state)
{
    struct house *house = *state;
    house_put(house, "media/a.mp4", "x");
    put_subtitles(house, "media/a.vtt", "x");
    put_scene(
        house,
        "[{\"film\": \"media/a.mp4\", \"subtitles\": \"media/b.vtt\"},\n{\"film\": \"media/a.mp4\", \"subtitles\": 1},\n"
        "{\"film\": \"media/a.mp4\", \"subtitles\": \"media/welle.svg\"},\n{\"film\": \"media/a.mp4\", \"subtitles\": \"{language}\"}]");
    load(house);
    EXPECT(
        house, "scenes/rhein.json:3:52: error: elements[0].subtitles: \"media/b.vtt\" does not exist; did you mean \"media/a.vtt\"?",
        "scenes/rhein.json:4:38: error: elements[1].subtitles: the path of a file of subtitles is wanted, e.g. \"media/rhein.de.vtt\", "
        "or false: none",
        "scenes/rhein.json:5:38: error: elements[2].subtitles: \"media/welle.svg\" is no file of subtitles by its name; use .vtt or .srt",
        "scenes/rhein.json:6:38: error: elements[3].subtitles: true or false is wanted; this is a text");
}

/* -- lengths -- */

static void put_clips(struct house *house)
{
    static const char *const names[] = {"media/a.mp4", "media/b.mp4", "media/c.mp4"};
    for (size_t i = 0; i < SW_COUNT(names); i++)
        house_put(house, names[i], "x");
    films_of(house)->timed = true;
}

/* How long the scene "rhein" stays with `for` in the playlist. */
static int64_t stays(const struct house *house)
{
    const struct sw_playlist *playlist = sw_exhibition_playlist(house->exhibition, "foyer");
    assert_int_equal(playlist->items[0].turn_count, 1);
    return playlist->items[0].turns[0].duration;
}

static void put_loop(struct house *house, const char *lasts)
{
    char text[256];
    (void)snprintf(text, sizeof text, "{\"loop\": [{\"scene\": \"rhein\"%s}]}", lasts);
    house_put(house, "scenes/playlists/foyer.json", text);
}

static void items_stay_as_long_as_their_clip(void **state)
{
    static const struct {
        const char *elements;
        int64_t length;
    } samples[] = {
        {"{\"film\": \"media/a.mp4\"}", 12500000},
        {"[{\"film\": \"media/b.mp4\", \"loop\": true}, {\"film\": \"media/a.mp4\"}]", 12500000},
        {"{\"film\": \"media/b.mp4\", \"from\": \"5s\"}", 35 * SW_SECOND},
        {"{\"film\": \"media/b.mp4\", \"until\": \"7s\"}", 7 * SW_SECOND},
        {"{\"film\": \"media/b.mp4\", \"from\": \"5s\", \"until\": \"60s\"}", 35 * SW_SECOND},
        {"{\"film\": \"media/b.mp4\", \"from\": \"6500ms\", \"until\": \"7s\"}", SW_SECOND}, /* nothing flashes by */
        {"{\"film\": {\"de\": \"media/a.mp4\", \"en\": \"media/b.mp4\"}}", 40 * SW_SECOND},
        {"{\"film\": {\"de\": \"media/a.mp4\", \"en\": \"media/c.mp4\"}}", 12500000},
        {"{\"column\": [{\"row\": {\"film\": \"media/a.mp4\"}}]}", 12500000},
        {"{\"use\": \"kino\", \"what\": \"media/a.mp4\", \"more\": {\"text\": \"x\"}}", 12500000},
        {"{\"use\": \"saal\", \"gives\": \"media/b.mp4\"}", 40 * SW_SECOND},
        {"{\"film\": \"media/c.mp4\"}", 30 * SW_SECOND}, /* the default: its length is not known */
    };
    (void)state;
    for (size_t i = 0; i < SW_COUNT(samples); i++) {
        void *opened = NULL;
        (void)open_house(&opened);
        struct house *house = opened;
        put_clips(house);
        house_put(house, "scenes/parts/kino.json",
            "{\"parameters\": {\"what\": {\"type\": \"video\"}, \"more\": {\"type\": \"elements\"}}, "
            "\"elements\": [{\"film\": \"{what}\"}, {\"slot\": \"more\"}]}");
        house_put(house, "scenes/parts/saal.json",
            "{\"parameters\": {\"gives\": {\"type\": \"video\"}}, \"elements\": [{\"use\": \"kino\", \"what\": \"{gives}\"}]}");
        put_scene(house, samples[i].elements);
        put_loop(house, ", \"for\": \"clip\"");
        load(house);
        house_expect(house, NULL, 0);
        assert_int_equal(stays(house), samples[i].length);
        const struct sw_playlist_item *item = &sw_exhibition_playlist(house->exhibition, "foyer")->items[0];
        assert_true(item->clips);
        (void)close_house(&opened);
    }
}

static void pages_stay_as_long_as_their_clip(void **state)
{
    struct house *house = *state;
    put_clips(house);
    house_put(house, "scenes/rhein.json",
        "{\"title\": \"a\", \"frame\": \"rahmen\", \"about\": {\"tags\": [\"project\"]},\n\"pages\": ["
        "{\"id\": \"a\", \"for\": \"clip\", \"elements\": {\"film\": \"media/a.mp4\"}},\n"
        "{\"id\": \"b\", \"for\": \"4s\", \"elements\": {\"text\": \"b\"}},\n"
        "{\"id\": \"c\", \"for\": \"clip\", \"elements\": {\"film\": \"media/b.mp4\"}}]}");
    house_put(house, "scenes/parts/rahmen.json", "{\"elements\": [{\"film\": \"media/c.mp4\", \"loop\": true}, {\"slot\": \"page\"}]}");
    put_loop(house, "");
    load(house);
    house_expect(house, NULL, 0);
    const struct sw_scene *scene = sw_exhibition_scene(house->exhibition, "rhein");
    assert_int_equal(scene->pages[0].duration, 12500000);
    assert_int_equal(scene->pages[1].duration, 4 * SW_SECOND);
    assert_int_equal(scene->pages[2].duration, 40 * SW_SECOND);
    assert_int_equal(stays(house), 56500000);
    assert_int_equal(films_of(house)->asked, 2 * 2); /* c.mp4 goes on for ever; two languages */
    assert_true(sw_exhibition_film(house->exhibition, "media/a.mp4")->timed);
    assert_false(sw_exhibition_film(house->exhibition, "media/c.mp4")->timed);
}

static void unknown_lengths_are_the_default(void **state)
{
    struct house *house = *state;
    put_clips(house);
    films_of(house)->timed = false;
    put_scene(house, "{\"film\": \"media/a.mp4\"}");
    put_loop(house, ", \"for\": \"clip\"");
    load(house);
    house_expect(house, NULL, 0);
    assert_int_equal(stays(house), 30 * SW_SECOND);
}

static void clips_that_give_no_length(void **state)
{
    struct house *house = *state;
    put_clips(house);
    house_put(house, "scenes/rhein.json",
        "{\"title\": \"a\", \"state\": {\"x\": {\"values\": [\"a\"], \"default\": \"a\"}}, \"pages\": ["
        "{\"id\": \"a\",\n\"for\": \"clip\", \"elements\": {\"text\": \"a\"}},"
        "{\"id\": \"b\",\n\"for\": \"clip\", \"elements\": [{\"film\": \"media/a.mp4\"}, {\"film\": \"media/b.mp4\"}]},"
        "{\"id\": \"c\",\n\"for\": \"clip\", \"elements\": {\"film\": \"media/{x}.mp4\"}},"
        "{\"id\": \"d\",\n\"for\": \"clips\", \"elements\": {\"film\": \"media/a.mp4\"}},"
        "{\"id\": \"e\",\n\"for\": \"clip\", \"elements\": {\"film\": \"media/a.mp4\", \"from\": \"12500ms\"}}]}");
    house_put(house, "scenes/film.json",
        "{\"title\": \"f\", \"pages\": [{\"id\": \"a\", \"elements\": {\"film\": \"media/a.mp4\"}}, {\"id\": \"b\", \"elements\": []}]}");
    house_put(house, "scenes/playlists/foyer.json",
        "{\"loop\": [{\"scene\": \"film\",\n\"for\": \"clip\"},\n{\"scene\": \"haus\", \"for\": \"clip\"}]}");
    load(house);
    EXPECT(
        house,
        "scenes/playlists/foyer.json:2:8: error: loop[0].for: the scene \"film\" has 2 pages; leave \"for\" out here and write it in the "
        "pages, that of the clip \"clip\"",
        "scenes/playlists/foyer.json:3:26: error: loop[1].for: the scene \"haus\" has no clip that ends; \"clip\" wants one, without "
        "\"loop\": true",
        "scenes/rhein.json:2:8: error: pages[0].for: the page has no clip that ends; \"clip\" wants one, without \"loop\": true",
        "scenes/rhein.json:3:8: error: pages[1].for: the page has 2 clips that end, such as pages[1].elements[0] and "
        "pages[1].elements[1]; \"clip\" wants one, or write a duration like \"20s\"",
        "scenes/rhein.json:4:8: error: pages[2].for: which clip pages[2].elements shows is not known before it plays; write a duration "
        "like \"20s\"",
        "scenes/rhein.json:5:8: error: pages[3].for: \"clips\" is no duration; write it like \"20s\", \"1m30s\", \"500ms\" or \"2h\", at "
        "most 366 days, or \"clip\"",
        "scenes/rhein.json:6:8: error: pages[4].for: pages[4].elements begins behind the end of its clip; let its \"from\" be earlier");
}

/* Where nobody looks at elements, as when an operator edits a playlist. */
static void outlines_refuse_what_can_have_no_clip(void **state)
{
    struct house *house = *state;
    enum sw_file_status status = SW_FILE_OK;
    put_clips(house);
    put_scene(house, "{\"film\": \"media/a.mp4\"}");
    house_put(house, "scenes/playlists/foyer.json",
        "{\"loop\": [{\"scene\": \"rhein\", \"for\": \"clip\"},\n{\"scene\": \"haus\", \"for\": \"clip\"}]}");
    struct sw_root *root = sw_root_create(house->folder, &status);
    assert_non_null(root);
    house->exhibition = sw_exhibition_create_outline_below(root, house->folder, &house->diags);
    EXPECT(house, "scenes/playlists/foyer.json:2:26: error: loop[1].for: the scene \"haus\" has no clip that ends; \"clip\" wants one, "
                  "without \"loop\": true");
    assert_int_equal(stays(house), 30 * SW_SECOND);
    assert_true(sw_exhibition_playlist(house->exhibition, "foyer")->items[0].clips);
    assert_int_equal(films_of(house)->asked, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(clips_are_files_by_their_name, open_house, close_house),
        cmocka_unit_test_setup_teardown(parts_are_handed_clips, open_house, close_house),
        cmocka_unit_test_setup_teardown(subtitles_lie_beside_their_clip, open_house, close_house),
        cmocka_unit_test_setup_teardown(clips_with_alike_names_have_their_own, open_house, close_house),
        cmocka_unit_test_setup_teardown(what_nobody_sees_is_said, open_house, close_house),
        cmocka_unit_test_setup_teardown(subtitles_are_named, open_house, close_house),
        cmocka_unit_test_setup_teardown(a_part_answers_for_what_it_is_handed, open_house, close_house),
        cmocka_unit_test_setup_teardown(faulty_subtitles_leave_the_scene, open_house, close_house),
        cmocka_unit_test_setup_teardown(faulty_names_of_subtitles, open_house, close_house),
        cmocka_unit_test(items_stay_as_long_as_their_clip),
        cmocka_unit_test_setup_teardown(pages_stay_as_long_as_their_clip, open_house, close_house),
        cmocka_unit_test_setup_teardown(unknown_lengths_are_the_default, open_house, close_house),
        cmocka_unit_test_setup_teardown(clips_that_give_no_length, open_house, close_house),
        cmocka_unit_test_setup_teardown(outlines_refuse_what_can_have_no_clip, open_house, close_house),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
