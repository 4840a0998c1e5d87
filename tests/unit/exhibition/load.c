/* SPDX-License-Identifier: EUPL-1.2 */
/* What becomes of an exhibition with faults: each is said once at its place, and what is whole still plays. The base is tests/bad/base. */
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

static void load(struct house *house)
{
    house->exhibition = sw_exhibition_create(house->folder, sw_catalogue(), &house->diags);
    sw_diags_sort(&house->diags);
}

static void base_is_whole(void **state)
{
    struct house *house = *state;
    load(house);
    assert_int_equal(house->diags.count, 0);
    assert_int_equal(house->exhibition->scene_count, 3);
    assert_string_equal(house->exhibition->scenes[1]->id, "hub");
    assert_int_equal(house->exhibition->part_count, 2);
    assert_int_equal(house->exhibition->media_count, 2);
}

static void faulty_scene_is_left_out(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/rhein.json",
              "{\"title\": \"a\",\n \"about\": {\"tags\": [\"project\"]}, \"elements\": [{\"text\": \"{b}\"}]}");
    load(house);
    EXPECT(house, "scenes/rhein.json:2:58: error: elements[0].text: unknown name \"b\"; a text is written in quotes: 'b'");
    assert_null(sw_exhibition_scene(house->exhibition, "rhein"));
    assert_int_equal(house->exhibition->scene_count, 2);
    /* the playlist keeps its items, without the turns of that scene */
    const struct sw_playlist *playlist = sw_exhibition_playlist(house->exhibition, "foyer");
    assert_int_equal(playlist->count, 3);
    assert_int_equal(playlist->items[0].turn_count, 0);
    assert_int_equal(playlist->items[1].turn_count, 0);
    assert_int_equal(playlist->items[2].turn_count, 1);
}

static void names_that_are_no_ids_are_said(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/Gro\303\237es Haus.json", "{\"title\": \"a\", \"elements\": []}");
    load(house);
    EXPECT(house, "scenes/Gro\303\237es Haus.json: error: the name \"Gro\303\237es Haus\" is no id; use small letters, digits and hyphens, "
                  "e.g. \"rhein-pegel\"");
}

static void faulty_theme_still_serves(void **state)
{
    struct house *house = *state;
    uint32_t argb = 0;
    house_put(house, "scenes/theme.json",
        "{\"canvases\": {\"wide\": {\"size\": [1, 1080], \"areas\": {\"title\": [0], \"main\": [0, 0, 9, 9], \"bar\": [0, 0, 9, 9]}}, "
        "\"tall\": "
        "{\"size\": [1080, 1920], \"areas\": {\"title\": [0, 0, 9, 9], \"main\": [0, 0, 9, 9], \"bar\": [0, 0, 9, 9]}}},\n"
        "\"colours\": {\"paper\": 5, \"ink\": \"#13212C\", \"rhine\": \"#0A4F78\"}, \"ground\": \"paper\",\n"
        "\"styles\": {\"title\": {\"size\": \"big\"}, \"body\": {\"size\": 40}}, \"default_style\": \"body\"}");
    load(house);
    EXPECT(house, "scenes/theme.json:1:33: error: canvases.wide.size[0]: 1 is outside 100..32768 design units",
           "scenes/theme.json:1:62: error: canvases.wide.areas.title: an area is [x, y, width, height] in design units, or {\"at\": [...], "
           "\"reach\": true}",
           "scenes/theme.json:2:22: error: colours.paper: a colour is \"#RRGGBB\" or \"#RRGGBBAA\"",
           "scenes/theme.json:3:30: error: styles.title.size: is a string; a number is wanted");
    assert_int_equal(house->exhibition->scene_count, 3);
    assert_true(house->exhibition->theme.canvases[0].width >= 100);
    assert_true(sw_theme_colour(&house->exhibition->theme, "ink", false, &argb));
    assert_int_equal(argb, 0xFF13212C);
}

static void item_with_a_faulty_condition_never_plays(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/playlists/foyer.json",
        "{\"loop\": [\n{\"scene\": \"haus\", \"when\": \"contrast == 'hihg'\"},\n"
        "{\"scene\": \"haus\", \"on\": {\"time\": \"9-18\"}},\n{\"scene\": \"haus\"}]}");
    load(house);
    EXPECT(house, "scenes/playlists/foyer.json:2:40: error: loop[0].when: contrast is never 'hihg'; it is one of 'normal', 'high'",
           "scenes/playlists/foyer.json:3:34: error: loop[1].on.time: \"9-18\" is no span of time; write \"09:00-18:00\", over midnight "
           "\"22:00-02:00\"");
    const struct sw_playlist *playlist = sw_exhibition_playlist(house->exhibition, "foyer");
    assert_int_equal(playlist->items[0].turn_count, 0);
    assert_int_equal(playlist->items[1].turn_count, 0);
    assert_int_equal(playlist->items[2].turn_count, 1);
}

static void faulty_translation_leaves_the_scene(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/lang/en.json", "{\"scenes/haus/scene.json\": {\"title\": \"The {houses}\"}}");
    load(house);
    EXPECT(house, "scenes/lang/en.json:1:44: error: scenes/haus/scene.json: title: unknown name \"houses\"; a text is written in quotes: "
                  "'houses'");
    assert_non_null(sw_exhibition_scene(house->exhibition, "haus"));
}

static void faulty_state_keeps_its_name(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/rhein.json",
        "{\"title\": \"a\", \"about\": {\"tags\": [\"project\"]},\n"
        "\"state\": {\"span\": {\"values\": [\"day\", \"week\"]}, \"step\": {\"min\": 0, \"max\": \"9\", \"default\": 0}},\n"
        "\"elements\": [{\"text\": \"{step}\", \"when\": \"span == 'day'\", \"tap\": {\"set\": {\"span\": \"week\"}}}]}");
    load(house);
    EXPECT(house, "scenes/rhein.json:2:19: error: state.span: missing key \"default\"",
           "scenes/rhein.json:2:74: error: state.step.max: is a string; a number is wanted");
}

static void cycle_of_parts_is_cut(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/parts/a.json", "{\"elements\": [{\"use\": \"b\"}]}");
    house_put(house, "scenes/parts/b.json", "{\"elements\": [{\"row\": [{\"use\": \"a\"}]}]}");
    house_put(house, "scenes/rhein.json", "{\"title\": \"a\", \"about\": {\"tags\": [\"project\"]}, \"elements\": [{\"use\": \"a\"}]}");
    load(house);
    EXPECT(house, "scenes/parts/b.json:1:24: error: elements[0].row[0]: the part \"a\" is used inside itself: a > b > a");
    assert_int_equal(sw_exhibition_part(house->exhibition, "b")->elements.count, 0);
    assert_int_equal(sw_exhibition_part(house->exhibition, "a")->elements.count, 1);
}

/* One table for all: where it may stand, and what a fault in it is told as. */
static void transitions_stand_in_four_places(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/rhein.json",
        "{\"title\": \"a\", \"about\": {\"tags\": [\"project\"]},\n"
        "\"transition\": {\"kind\": \"push\", \"to\": \"up\"}, \"turn\": {\"kind\": \"wipe\", \"for\": \"1s\"}, \"elements\": []}");
    house_put(house, "scenes/haus/scene.json",
        "{\"title\": \"a\",\n\"transition\": {\"kind\": \"fade\", \"to\": \"up\"},\n\"turn\": {\"kind\": \"slide\"}, \"elements\": []}");
    house_put(house, "scenes/playlists/foyer.json",
        "{\"loop\": [{\"scene\": \"rhein\", \"transition\": {\"kind\": \"morph\"}}, {\"scene\": \"rhein\"},\n"
        " {\"scene\": \"rhein\", \"transition\": {\"kind\": \"push\", \"to\": \"left\"}}]}");
    load(house);
    EXPECT(house, "scenes/haus/scene.json:2:38: error: transition.to: a fade goes nowhere; \"to\" is for push and wipe",
           "scenes/haus/scene.json:3:18: error: turn.kind: \"slide\" is not one of \"cut\", \"fade\", \"push\", \"wipe\" or \"morph\"",
           "scenes/playlists/foyer.json:2:58: error: loop[2].transition.to: \"left\" is not one of \"start\", \"end\", \"up\" or \"down\"");
    const struct sw_scene *rhein = sw_exhibition_scene(house->exhibition, "rhein");
    assert_non_null(rhein);
    assert_true(rhein->has_transition && rhein->transition.kind == SW_TRANSITION_PUSH && rhein->transition.to == SW_TRANSITION_TO_UP);
    assert_true(rhein->has_turn && rhein->turn.kind == SW_TRANSITION_WIPE && rhein->turn.duration == SW_SECOND);
    const struct sw_playlist *playlist = sw_exhibition_playlist(house->exhibition, "foyer");
    assert_true(playlist->items[0].has_transition && playlist->items[0].transition.kind == SW_TRANSITION_MORPH);
    assert_false(playlist->items[1].has_transition);
}

/* An item's time is of the exhibition's clock; where it is not sound the item never plays. */
static void items_have_a_time(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/playlists/foyer.json",
        "{\"loop\": [{\"scene\": \"rhein\", \"from\": \"2026-11-23T12:00\", \"until\": \"2026-11-23T12:00Z\"},\n"
        "{\"scene\": \"rhein\", \"until\": \"2026-07-01T00:00:30\", \"interrupt\": true, \"by\": \"Änne\"},\n"
        "{\"scene\": \"rhein\", \"until\": \"heute\"}, {\"scene\": \"rhein\"}]}");
    load(house);
    EXPECT(house, "scenes/playlists/foyer.json:3:29: error: loop[2].until: \"heute\" is no instant; write e.g. \"2026-11-20T14:05\"");
    const struct sw_playlist *playlist = sw_exhibition_playlist(house->exhibition, "foyer");
    const struct sw_playlist_item *items = playlist->items;
    assert_int_equal(playlist->count, 4);
    assert_true(items[0].has_from && items[0].has_until && items[0].until - items[0].from == SW_HOUR);
    assert_true(!items[1].has_from && items[1].has_until && items[1].until == INT64_C(1782856830) * SW_SECOND);
    assert_true(items[1].interrupt && items[1].turn_count == 1);
    assert_string_equal(items[1].by, "Änne");
    assert_null(items[0].by);
    assert_int_equal(items[2].turn_count, 0);
    assert_false(items[3].has_from || items[3].has_until);
}

/* Nothing sounds that nobody has wished for, and what is out of range is nothing. */
static void zones_have_their_volumes(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/walls/foyer.json",
        "{\"panels\": [{\"id\": \"p\", \"at\": [0, 0], \"size\": [900, 500], \"pixels\": [1920, 1080]}], \"zones\": ["
        "{\"id\": \"a\", \"at\": [0, 0], \"size\": [300, 500], \"playlist\": \"foyer\"},"
        "{\"id\": \"b\", \"at\": [300, 0], \"size\": [300, 500], \"playlist\": \"foyer\", \"volume\": 0.25},"
        "{\"id\": \"c\", \"at\": [600, 0], \"size\": [300, 500], \"playlist\": \"foyer\", \"volume\": 1.01}],"
        "\"quiet\": [{\"days\": \"sun\"}, {\"time\": \"never\"}, {\"time\": \"12:00-13:00\"}]}");
    load(house);
    const struct sw_wall *wall = sw_exhibition_wall(house->exhibition, NULL);
    assert_non_null(wall);
    assert_int_equal(wall->zone_count, 3);
    assert_true(wall->zones[0].volume <= 0 && wall->zones[1].volume >= 0.25 && wall->zones[1].volume <= 0.25);
    assert_true(wall->zones[2].volume <= 0);
    assert_int_equal(wall->quiet_count, 2);
    assert_int_equal(wall->opening_count, 0);
    assert_int_equal(house->diags.errors, 2);
}

/* Without what scenes show, what plays when is the same; and no fault of an element is looked for. */
static void an_outline_plays_the_same(void **state)
{
    struct house *house = *state;
    enum sw_file_status status;
    load(house);
    house_put(house, "scenes/parts/tile.json", "{\"elements\": [{\"no-such-kind\": 1}]}");
    struct sw_root *root = sw_root_create(house->folder, &status);
    assert_non_null(root);
    struct sw_exhibition *outline = sw_exhibition_create_outline_below(root, house->folder, &house->diags), *whole = house->exhibition;
    assert_int_equal(house->diags.count, 0);
    assert_non_null(outline);
    assert_int_equal(outline->scene_count, whole->scene_count);
    for (size_t i = 0; i < whole->scene_count; i++)
        assert_string_equal(outline->scenes[i]->id, whole->scenes[i]->id);
    assert_int_equal(outline->wall_count, whole->wall_count);
    assert_string_equal(outline->walls[0]->zones[0].playlist->id, whole->walls[0]->zones[0].playlist->id);
    assert_int_equal(outline->font_count, whole->font_count);
    const struct sw_playlist *own = sw_exhibition_playlist(outline, "foyer"), *theirs = sw_exhibition_playlist(whole, "foyer");
    assert_int_equal(own->count, theirs->count);
    for (size_t i = 0; i < own->count; i++) {
        assert_int_equal(own->items[i].turn_count, theirs->items[i].turn_count);
        for (size_t t = 0; t < own->items[i].turn_count; t++) {
            assert_string_equal(own->items[i].turns[t].scene, theirs->items[i].turns[t].scene);
            assert_true(own->items[i].turns[t].duration == theirs->items[i].turns[t].duration);
        }
    }
    sw_exhibition_destroy(outline);
    root = sw_root_create("/usr/share/doc", &status);
    assert_non_null(root);
    assert_null(sw_exhibition_create_outline_below(root, "/usr/share/doc", &house->diags));
    assert_int_equal(house->diags.errors, 1);
}

/* Each part uses the next ten times: the sixth would be a million elements. */
static void parts_do_not_explode(void **state)
{
    struct house *house = *state;
    for (int i = 0; i < 6; i++) {
        char file[64], text[512];
        (void)snprintf(file, sizeof file, "scenes/parts/p%d.json", i);
        size_t length = (size_t)snprintf(text, sizeof text, "{\"elements\": [");
        for (int k = 0; k < 10; k++)
            length += (size_t)snprintf(text + length, sizeof text - length, i < 5 ? "%s{\"use\": \"p%d\"}" : "%s{\"text\": \"%d\"}",
                                       k > 0 ? ", " : "", i + 1);
        (void)snprintf(text + length, sizeof text - length, "]}");
        house_put(house, file, text);
    }
    load(house);
    EXPECT(house, "scenes/parts/p1.json:1:30: error: elements[1]: with this use the part becomes more than 20000 elements");
}

static void folder_that_is_no_exhibition(void **state)
{
    struct house *house = *state;
    char command[128], line[256];
    (void)snprintf(command, sizeof command, "rm -r '%s'/scenes", house->folder);
    assert_int_equal(system(command), 0);
    load(house);
    assert_null(house->exhibition);
    (void)snprintf(line, sizeof line,
                   "%s: error: is no exhibition: it has no folder \"scenes\", where exhibition.json, theme.json and the scenes are",
                   house->folder);
    const char *lines[] = {line};
    house_expect(house, lines, 1);
}

static void every_fault_of_every_file(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/exhibition.json",
              "{\"title\": \"a\", \"languages\": [\"de\", \"en\"], \"wall\": \"foyer\", \"hoem\": \"hub\"}");
    house_put(house, "scenes/walls/foyer.json", "{\"panels\": []}");
    house_put(house, "scenes/parts/tile.json", "{\"elements\": 5}");
    house_put(house, "scenes/calendars/closed.json", "{");
    house_put(house, "fonts/fonts.json", "{\"roles\": {\"text\": {\"file\": \"x.otf\"}}}");
    load(house);
    EXPECT(house, "fonts/fonts.json:1:29: error: roles.text.file: \"x.otf\" does not exist",
           "scenes/calendars/closed.json:1:2: error: the file ends, but { in line 1 is still open; } is missing",
           "scenes/exhibition.json:1:1: error: missing key \"home\"",
           "scenes/exhibition.json:1:60: error: unknown key \"hoem\"; did you mean \"home\"?",
           "scenes/hub.json:5:31: error: elements[0].each: the part \"tile\" has no parameter \"title\"",
           "scenes/parts/tile.json:1:14: error: elements: an element is wanted: an object such as {\"text\": \"…\"}",
           "scenes/playlists/foyer.json:5:56: error: loop[2].on.not: there is no calendar \"closed\"",
           "scenes/theme.json:9:32: error: styles.title.font: fonts/fonts.json has no role \"bold\"",
           "scenes/walls/foyer.json:1:1: error: missing key \"zones\"",
           "scenes/walls/foyer.json:1:12: error: panels: has 0 items; 1..64 are allowed");
}

/* A condition is true or false, `repeat` takes a list, and an expression has the type of what it stands for. */
static void expressions_have_their_types(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/haus/scene.json",
        "{\"title\": \"Haus\", \"state\": {\"n\": {\"default\": 1}, \"w\": {\"default\": \"a\"},"
        " \"on\": {\"default\": true}}, \"elements\": [\n"
        "{\"text\": \"a\", \"when\": \"n\", \"opacity\": \"{on}\", \"keep\": \"{w}\"},\n"
        "{\"button\": \"a\", \"selected\": \"w\", \"enabled\": \"on\"},\n"
        "{\"repeat\": \"n\", \"each\": {\"text\": \"a\"}},\n"
        "{\"repeat\": \"scenes\", \"where\": \"count(scenes)\", \"each\": {\"text\": \"{index}\", \"opacity\": \"{it.order}\"}}]}");
    house_put(house, "scenes/playlists/foyer.json", "{\"loop\": [{\"scene\": \"hub\", \"when\": \"hour(now)\"}, {\"scenes\": \"order\"}]}");
    load(house);
    EXPECT(house, "scenes/haus/scene.json:2:23: error: elements[0].when: true or false is wanted; this is a number",
           "scenes/haus/scene.json:2:39: error: elements[0].opacity: a number is wanted; this is true or false",
           "scenes/haus/scene.json:2:55: error: elements[0].keep: true or false is wanted; this is a text",
           "scenes/haus/scene.json:3:29: error: elements[1].selected: true or false is wanted; this is a text",
           "scenes/haus/scene.json:4:12: error: elements[2].repeat: a list is wanted; this is a number",
           "scenes/haus/scene.json:5:31: error: elements[3].where: true or false is wanted; this is a number",
           "scenes/playlists/foyer.json:1:36: error: loop[0].when: true or false is wanted; this is a number",
           "scenes/playlists/foyer.json:1:61: error: loop[1].scenes: true or false is wanted; this is a number");
}

/* Side files hold for exhibition.json too. */
static void every_file_has_its_translations(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/exhibition.json",
        "{\"title\": {\"de\": \"Probe\"}, \"languages\": [\"de\", \"en\"], \"wall\": \"foyer\", \"home\": \"hub\","
        " \"contact\": \"Empfang\","
        " \"session\": {\"contrast\": {\"values\": [\"normal\", \"high\"], \"default\": \"normal\"}},"
        " \"calendars\": {\"closed\": \"scenes/calendars/closed.json\"}}");
    house_put(house, "scenes/lang/en.json",
        "{\"scenes/exhibition.json\": {\"title\": \"Trial\", \"contact\": \"Front desk\"}}");
    load(house);
    house_expect(house, NULL, 0);
    struct sw_evaluation evaluation = {.language = "en"};
    struct sw_resolution resolution = {.evaluation = &evaluation, .canvas = "wide"};
    assert_string_equal(sw_property_value(&house->exhibition->title, &resolution).as.string, "Trial");
    assert_string_equal(sw_property_value(&house->exhibition->contact, &resolution).as.string, "Front desk");
}

/* A translation may say what it was made from and who has reviewed it; so it may of one that stands beside the text itself. */
static void translations_with_what_is_known_of_them(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/rhein.json",
        "{\"title\": {\"de\": \"Der Rhein\", \"en\": \"The Rhine\"}, \"about\": {\"tags\": [\"project\"]},"
        " \"elements\": [{\"text\": {\"de\": \"Wasser\"}}, {\"text\": \"Haus\"}]}");
    house_put(house, "scenes/lang/en.json",
        "{\"scenes/rhein.json\": {\"title\": {\"of\": \"0123abcd\", \"reviewed\": {\"by\": \"B\", \"text\": \"89abcdef\"}},"
        "\n"
        "\"elements[0].text\": {\"text\": [\"Wa\", \"ter\"], \"of\": \"0123abcd\"}}}");
    load(house);
    house_expect(house, NULL, 0);
    house_put(house, "scenes/lang/en.json",
        "{\"scenes/rhein.json\": {\"title\": {\"text\": \"The Rhine\", \"of\": \"12\"},\n"
        "\"elements[0].text\": {\"of\": \"0123abcd\"},\n"
        "\"elements[1].text\": {\"text\": 5, \"reviewed\": {\"text\": \"0123abcd\"}, \"note\": \"\"},\n"
        "\"elements[7].text\": {\"text\": \"x\"}}}");
    sw_exhibition_destroy(house->exhibition);
    load(house);
    EXPECT(house,
           "scenes/lang/en.json:1:24: error: scenes/rhein.json has no text at \"title\" that lacks this language; remove the line or mend "
           "its path",
           "scenes/lang/en.json:1:61: error: scenes/rhein.json: title.of: the stamp of a text is wanted, eight of 0-9 and a-f, as "
           "`schauwand lang import` writes it",
           "scenes/lang/en.json:2:1: error: scenes/rhein.json has no text in this language at \"elements[0].text\"; remove the line, mend "
           "its path or give it a \"text\"",
           "scenes/lang/en.json:3:30: error: scenes/rhein.json: elements[1].text: a text is wanted: a string, an array of lines, or one of "
           "these a language",
           "scenes/lang/en.json:3:45: error: scenes/rhein.json: elements[1].text.reviewed: missing key \"by\"",
           "scenes/lang/en.json:3:67: error: scenes/rhein.json: elements[1].text: unknown key \"note\"; translation may hold \"text\", "
           "\"of\" or \"reviewed\"",
           "scenes/lang/en.json:4:1: error: scenes/rhein.json has no text at \"elements[7].text\" that lacks this language; remove the "
           "line or mend its path");
}

/* Elements and actions may have defaults: judged like all others, with the part's parameters, uses of parts in them counted. */
static void defaults_of_every_type(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/parts/tile.json",
        "{\"parameters\": {\"title\": {\"type\": \"text\", \"default\": \"x\"},"
        " \"n\": {\"type\": \"number\", \"values\": [\"1\"], \"default\": 1},\n"
        "\"body\": {\"type\": \"elements\", \"default\": [{\"text\": \"{title} {nix}\"}, {\"use\": \"tile\"}]},\n"
        "\"then\": {\"type\": \"actions\", \"default\": \"bak\"}},\n"
        "\"elements\": [{\"slot\": \"body\", \"tap\": \"{then}\"}]}");
    house_put(house, "scenes/hub.json", "{\"title\": \"Hub\", \"elements\": [{\"use\": \"tile\"}]}");
    load(house);
    EXPECT(house, "scenes/parts/tile.json:1:84: error: parameters.n: \"values\" are texts; a parameter of type \"number\" holds none",
           "scenes/parts/tile.json:2:61: error: parameters.body.default[0].text: unknown name \"nix\"; a text is written in quotes: 'nix'",
           "scenes/parts/tile.json:2:69: error: parameters.body.default[1]: the part \"tile\" is used inside itself: tile > tile",
           "scenes/parts/tile.json:3:40: error: parameters.then.default: \"bak\" is no action; did you mean \"back\"?");
}

static void ways_to_drafts_are_named(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/rhein.json", "{\"title\": \"R\", \"draft\": true, \"about\": {\"tags\": [\"project\"]}, \"elements\": []}");
    house_put(house, "scenes/hub.json", "{\"title\": \"Hub\", \"elements\": [{\"text\": \"a\", \"tap\": {\"go\": \"rhein\"}}]}");
    house_put(house, "scenes/playlists/foyer.json", "{\"loop\": [{\"scene\": \"rhein\"}, {\"scene\": \"hub\"}]}");
    load(house);
    EXPECT(house, "scenes/hub.json:1:59: warning: elements[0].tap.go: the scene \"rhein\" is a draft; it is not published",
           "scenes/playlists/foyer.json:1:21: warning: loop[0].scene: the scene \"rhein\" is a draft; it is not played");
}

/* Nobody hands the overlay anything. */
static void overlay_wants_nothing(void **state)
{
    struct house *house = *state;
    house_put(house, "scenes/exhibition.json",
        "{\"title\": \"Probe\", \"languages\": [\"de\", \"en\"], \"wall\": \"foyer\", \"home\": \"hub\", \"overlay\": \"tile\","
        " \"calendars\": {\"closed\": \"scenes/calendars/closed.json\"}}");
    load(house);
    EXPECT(house, "scenes/exhibition.json:1:90: error: overlay: the part \"tile\" wants \"title\" (text)");
}

/* A release brings the fonts of packages along, so that a wall needs none of them. */
static void fonts_of_packages_lie_in_the_exhibition(void **state)
{
    struct house *house = *state;
    char path[128];
    static const char *const folders[] = {"fonts/packages", "fonts/packages/fonts-nowhere"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", house->folder, folders[i]);
        assert_int_equal(mkdir(path, 0755), 0);
    }
    house_put(house, "fonts/packages/fonts-nowhere/Own.otf", "font");
    house_put(house, "fonts/own.otf", "font");
    house_put(house, "fonts/fonts.json",
        "{\"roles\": {\"text\": {\"package\": \"fonts-nowhere\", \"file\": \"Own.otf\"}, \"bold\": {\"file\": \"fonts/own.otf\"}},\n"
        " \"fallbacks\": [{\"package\": \"fonts-nowhere\", \"file\": \"Other.otf\"}]}");
    load(house);
    EXPECT(house, "fonts/fonts.json:2:53: error: fallbacks[0].file: the package fonts-nowhere is not installed on this machine; "
                  "apt-get install fonts-nowhere");
    assert_int_equal(house->exhibition->font_count, 2);
    (void)snprintf(path, sizeof path, "%s/fonts/packages/fonts-nowhere/Own.otf", house->folder);
    assert_string_equal(house->exhibition->fonts[0].path, path);
    (void)snprintf(path, sizeof path, "%s/fonts/own.otf", house->folder);
    assert_string_equal(house->exhibition->fonts[1].path, path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)
    const struct CMUnitTest tests[] = {
        TEST(base_is_whole),
        TEST(faulty_scene_is_left_out),
        TEST(names_that_are_no_ids_are_said),
        TEST(faulty_theme_still_serves),
        TEST(item_with_a_faulty_condition_never_plays),
        TEST(faulty_translation_leaves_the_scene),
        TEST(faulty_state_keeps_its_name),
        TEST(cycle_of_parts_is_cut),
        TEST(transitions_stand_in_four_places),
        TEST(items_have_a_time),
        TEST(zones_have_their_volumes),
        TEST(an_outline_plays_the_same),
        TEST(parts_do_not_explode),
        TEST(folder_that_is_no_exhibition),
        TEST(every_fault_of_every_file),
        TEST(overlay_wants_nothing),
        TEST(expressions_have_their_types),
        TEST(every_file_has_its_translations),
        TEST(translations_with_what_is_known_of_them),
        TEST(defaults_of_every_type),
        TEST(ways_to_drafts_are_named),
        TEST(fonts_of_packages_lie_in_the_exhibition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
