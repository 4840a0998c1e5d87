/* SPDX-License-Identifier: EUPL-1.2 */
/* scenes/exhibition.json. */
#include <stdlib.h>
#include <string.h>

#include "exhibition/load.h"

static const struct sw_row default_rows[] = {
    {.key = "for",
     .type = SW_TYPE_DURATION,
     .minimum = 1,
     .maximum = 86400,
     .otherwise = "\"30s\"",
     .meaning = "How long a scene stays in a playlist."},
    {.key = "idle",
     .type = SW_TYPE_DURATION,
     .minimum = 5,
     .maximum = 3600,
     .otherwise = "\"60s\"",
     .meaning = "How long nobody touches before the countdown begins."},
    {.key = "countdown",
     .type = SW_TYPE_DURATION,
     .minimum = 20,
     .maximum = 120,
     .otherwise = "\"20s\"",
     .meaning = "How long the countdown is; at least 20 s (WCAG 2.2.1)."},
    {.key = "transition", .type = SW_TYPE_OBJECT, .table = &sw_transition_table, .meaning = "How scenes change."},
    {.key = "turn",
     .type = SW_TYPE_OBJECT,
     .table = &sw_transition_table,
     .meaning = "How the pages of a scene turn; without it, as scenes change."},
    {.key = "reduced_motion", .type = SW_TYPE_BOOL, .otherwise = "false", .meaning = "No movement: changes are cuts, nothing is animated."},
};
static const struct sw_table default_table = {"defaults", "What holds where a scene or playlist says nothing.", default_rows,
                                              SW_COUNT(default_rows)};
static const struct sw_row language_row = {.key = "", .type = SW_TYPE_ID};
static const struct sw_row language_list_row = {.key = "", .type = SW_TYPE_LIST, .item = &language_row, .minimum = 1, .maximum = 7};
static const struct sw_row text_row = {.key = "", .type = SW_TYPE_STRING};
static const struct sw_row exhibition_rows[] = {
    {.key = "title",
     .type = SW_TYPE_CUSTOM,
     .means = SW_MEANS_TEXT,
     .flags = SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE,
     .meaning = "The exhibition's title."},
    {.key = "languages",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_REQUIRED,
     .item = &language_row,
     .minimum = 1,
     .maximum = 32,
     .meaning = "Its languages; the first is the default.",
     .example = "[\"de\", \"en\"]"},
    {.key = "names",
     .type = SW_TYPE_MAP,
     .item = &text_row,
     .key_type = SW_TYPE_ID,
     .meaning = "What each language calls itself.",
     .example = "{\"de\": \"Deutsch\", \"en\": \"English\"}"},
    {.key = "fallbacks",
     .type = SW_TYPE_MAP,
     .item = &language_list_row,
     .key_type = SW_TYPE_ID,
     .meaning = "Where a language looks for a text it lacks.",
     .example = "{\"en\": [\"de\"]}"},
    {.key = "timezone", .type = SW_TYPE_STRING, .otherwise = "\"Europe/Berlin\"", .meaning = "The time zone of its clocks and schedules."},
    {.key = "wall", .type = SW_TYPE_ID, .flags = SW_ROW_REQUIRED, .meaning = "The wall that plays where none is named.",
     .example = "\"foyer\""},
    {.key = "home", .type = SW_TYPE_ID, .flags = SW_ROW_REQUIRED, .meaning = "The scene that \"home\" goes to.",
     .example = "\"hub\""},
    {.key = "contact",
     .type = SW_TYPE_CUSTOM,
     .means = SW_MEANS_TEXT,
     .flags = SW_ROW_PER_LANGUAGE,
     .meaning = "Whom to call, on the card that is shown when nothing else can be."},
    {.key = "defaults", .type = SW_TYPE_OBJECT, .table = &default_table, .meaning = "What holds where nothing is said."},
    {.key = "overlay", .type = SW_TYPE_ID, .meaning = "The part above every scene of a running visit: countdown, \"Neu beginnen\"."},
    {.key = "session",
     .type = SW_TYPE_MAP,
     .item = &sw_state_row,
     .key_type = SW_TYPE_NAME,
     .meaning = "State that lives with a visit: {name: {values, default}}.",
     .example = "{\"contrast\": {\"values\": [\"normal\", \"high\"], \"default\": \"normal\"}}"},
    {.key = "calendars",
     .type = SW_TYPE_MAP,
     .item = &text_row,
     .key_type = SW_TYPE_ID,
     .meaning = "Calendar files by name.",
     .example = "{\"closed\": \"scenes/calendars/closed.json\"}"},
};
const struct sw_table sw_exhibition_table = {"exhibition", "The exhibition as a whole.", exhibition_rows, SW_COUNT(exhibition_rows)};

int64_t sw_load_duration(struct sw_writer *w, const struct sw_table *table, const cJSON *object, const char *key, int64_t otherwise)
{
    int64_t duration = 0;
    const cJSON *node = sw_load_member(w, table, object, key);
    return node != NULL && sw_duration_parse(node->valuestring, &duration) ? duration : otherwise;
}

bool sw_load_instant(struct sw_writer *w, const struct sw_table *table, const cJSON *object, const char *key, sw_instant *out)
{
    const cJSON *node = sw_load_member(w, table, object, key);
    size_t mark = sw_verify_enter(&w->verify, key);
    bool read = node != NULL && sw_civil_parse(w->loader->exhibition->zone, node->valuestring, out);
    if (node != NULL && !read)
        sw_verify_fault(&w->verify, node, "\"%s\" is no instant; write e.g. \"2026-11-20T14:05\"", node->valuestring);
    sw_verify_leave(&w->verify, mark);
    return read;
}

/* -- languages and defaults -- */

static bool is_language(const struct sw_exhibition *exhibition, const char *name)
{
    for (size_t i = 0; exhibition->languages[i] != NULL; i++)
        if (strcmp(exhibition->languages[i], name) == 0)
            return true;
    return false;
}

static void load_language_list(struct sw_writer *w, const cJSON *list)
{
    struct sw_loader *loader = w->loader;
    size_t count = 0;
    int index = 0;
    const char **languages = sw_arena_array(loader->arena, (size_t)cJSON_GetArraySize(list) + 2, sizeof *languages);
    const cJSON *item = NULL;
    loader->exhibition->languages = languages;
    size_t mark = sw_verify_enter(&w->verify, "languages");
    cJSON_ArrayForEach (item, list) {
        size_t inner = sw_verify_enter_index(&w->verify, index++);
        if (cJSON_IsString(item) && is_language(loader->exhibition, item->valuestring))
            sw_verify_fault(&w->verify, item, "\"%s\" is there already", item->valuestring);
        else if (cJSON_IsString(item) && sw_id_valid(item->valuestring))
            languages[count++] = sw_arena_strdup(loader->arena, item->valuestring);
        sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
    if (count == 0)
        languages[0] = "de";
    w->verify.languages = languages;
}

static void check_language(struct sw_writer *w, const cJSON *node, const char *name, bool key)
{
    if (is_language(w->loader->exhibition, name))
        return;
    const char *hint = sw_load_hint(w->loader, name, w->loader->exhibition->languages);
    if (key)
        sw_verify_key_fault(&w->verify, node, "\"%s\" is not among \"languages\"%s", name, hint);
    else
        sw_verify_fault(&w->verify, node, "\"%s\" is not among \"languages\"%s", name, hint);
}

/* The languages that are looked into after `language`. */
static void load_chain(struct sw_writer *w, const char *chain[8], const cJSON *list)
{
    const cJSON *item = NULL;
    int index = 0;
    size_t at = 0;
    cJSON_ArrayForEach (item, list) {
        size_t mark = sw_verify_enter_index(&w->verify, index++);
        if (cJSON_IsString(item))
            check_language(w, item, item->valuestring, false);
        if (cJSON_IsString(item) && at < 7)
            chain[at++] = sw_arena_strdup(w->loader->arena, item->valuestring);
        sw_verify_leave(&w->verify, mark);
    }
}

/* What each language calls itself, and where it looks for what it lacks. */
static void load_language_traits(struct sw_writer *w, const cJSON *names, const cJSON *fallbacks)
{
    struct sw_loader *loader = w->loader;
    const char *const *languages = loader->exhibition->languages;
    size_t count = 0;
    const cJSON *item = NULL;
    while (languages[count] != NULL)
        count++;
    const char **called = sw_arena_array(loader->arena, count + 1, sizeof *called);
    const char *(*chains)[8] = sw_arena_array(loader->arena, count, sizeof *chains);
    for (size_t i = 0; i < count; i++)
        called[i] = sw_arena_strdup(loader->arena, sw_json_text(names, languages[i], languages[i]));
    size_t mark = sw_verify_enter(&w->verify, "names");
    cJSON_ArrayForEach (item, names)
        check_language(w, item, item->string, true);
    sw_verify_leave(&w->verify, mark);
    mark = sw_verify_enter(&w->verify, "fallbacks");
    cJSON_ArrayForEach (item, fallbacks) {
        check_language(w, item, item->string, true);
        size_t inner = sw_verify_enter(&w->verify, item->string);
        for (size_t i = 0; i < count && cJSON_IsArray(item); i++)
            if (strcmp(languages[i], item->string) == 0)
                load_chain(w, chains[i], item);
        sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
    loader->exhibition->language_names = called;
    loader->fallbacks = (const char *const(*)[8])chains;
}

static void load_defaults(struct sw_writer *w, const cJSON *defaults)
{
    struct sw_exhibition *exhibition = w->loader->exhibition;
    exhibition->duration = sw_load_duration(w, &default_table, defaults, "for", 30 * SW_SECOND);
    exhibition->idle = sw_load_duration(w, &default_table, defaults, "idle", 60 * SW_SECOND);
    exhibition->countdown = sw_load_duration(w, &default_table, defaults, "countdown", 20 * SW_SECOND);
    exhibition->reduced_motion = sw_json_bool(defaults, "reduced_motion", false);
    size_t mark = sw_verify_enter(&w->verify, "defaults");
    exhibition->transition = (struct sw_transition){.kind = SW_TRANSITION_FADE, .duration = 600 * SW_MS};
    (void)sw_load_transition(w, defaults, "transition", &exhibition->transition);
    exhibition->turn = exhibition->transition;
    exhibition->has_turn = sw_load_transition(w, defaults, "turn", &exhibition->turn);
    sw_verify_leave(&w->verify, mark);
}

static void load_zone(struct sw_writer *w, const cJSON *root)
{
    struct sw_exhibition *exhibition = w->loader->exhibition;
    const char *zone = sw_json_text(root, "timezone", "Europe/Berlin");
    exhibition->zone = sw_zone_rules_create(zone);
    if (exhibition->zone != NULL)
        return;
    const cJSON *node = sw_json_get(root, "timezone");
    size_t mark = sw_verify_enter(&w->verify, "timezone");
    sw_verify_fault(&w->verify, node != NULL ? node : root, "there is no time zone \"%s\"; write e.g. \"Europe/Berlin\"", zone);
    sw_verify_leave(&w->verify, mark);
    exhibition->zone = sw_zone_rules_create("UTC");
}

static struct sw_property load_text(struct sw_writer *w, const cJSON *root, const char *key)
{
    static const struct sw_row localised = {.key = "", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT, .flags = SW_ROW_PER_LANGUAGE};
    const cJSON *node = sw_json_get(root, key);
    struct sw_property text = {.form = SW_PROPERTY_NONE};
    size_t mark = sw_verify_enter(&w->verify, key);
    if (node != NULL)
        text = sw_load_property(w, &localised, node);
    sw_verify_leave(&w->verify, mark);
    return text;
}

/* -- exhibition.json -- */

static const cJSON *of_type(const cJSON *root, const char *key, cJSON_bool (*fits)(const cJSON *))
{
    const cJSON *node = sw_json_get(root, key);
    return fits(node) ? node : NULL;
}

bool sw_load_exhibition(struct sw_loader *loader)
{
    struct sw_exhibition *exhibition = loader->exhibition;
    struct sw_document *document = sw_loader_document(loader, SW_DOCUMENT_EXHIBITION, NULL);
    if (document == NULL) {
        sw_diags_add(loader->diags, SW_ERROR, "scenes/exhibition.json", 0, 0, NULL,
                     "does not exist; an exhibition says its title, languages, wall and home there");
        return false;
    }
    if (document->faulty)
        return false;
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    w.verify.languages = NULL;
    const cJSON *root = document->json->root, *home = sw_load_member(&w, &sw_exhibition_table, root, "home");
    (void)sw_verify_object(&w.verify, &sw_exhibition_table, root);
    load_language_list(&w, of_type(root, "languages", cJSON_IsArray));
    load_language_traits(&w, of_type(root, "names", cJSON_IsObject), of_type(root, "fallbacks", cJSON_IsObject));
    sw_load_translations(loader);
    exhibition->session = sw_load_states(&w, sw_json_get(root, "session"));
    exhibition->default_wall = sw_arena_strdup(loader->arena, sw_json_text(root, "wall", ""));
    exhibition->home = sw_arena_strdup(loader->arena, sw_json_text(root, "home", ""));
    load_defaults(&w, of_type(root, "defaults", cJSON_IsObject));
    load_zone(&w, root);
    exhibition->title = load_text(&w, root, "title");
    exhibition->contact = load_text(&w, root, "contact");
    size_t mark = sw_verify_enter(&w.verify, "home");
    if (home != NULL)
        sw_load_refer(&w, home, exhibition->home, SW_REFERRED_ADDRESS);
    sw_verify_leave(&w.verify, mark);
    return true;
}
