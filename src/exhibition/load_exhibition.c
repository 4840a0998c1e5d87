/* SPDX-License-Identifier: EUPL-1.2 */
/* scenes/exhibition.json, scenes/lang/, fonts/fonts.json, and state declarations. */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "exhibition/load.h"

static const char *const transition_kinds[] = {"fade", "cut", NULL};
static const struct sw_row transition_rows[] = {
    {.key = "kind", .type = SW_TYPE_ENUM, .words = transition_kinds, .otherwise = "\"fade\"", .meaning = "How scenes change."},
    {.key = "for", .type = SW_TYPE_DURATION, .minimum = 0, .maximum = 5, .otherwise = "\"600ms\"", .meaning = "How long a change takes."},
};
static const struct sw_table transition_table = {"transition", "The change from one scene to the next.", transition_rows,
                                                 SW_COUNT(transition_rows)};
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
    {.key = "transition", .type = SW_TYPE_OBJECT, .table = &transition_table, .meaning = "How scenes change."},
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
     .meaning = "Its languages; the first is the default."},
    {.key = "names", .type = SW_TYPE_MAP, .item = &text_row, .key_type = SW_TYPE_ID, .meaning = "What each language calls itself."},
    {.key = "fallbacks",
     .type = SW_TYPE_MAP,
     .item = &language_list_row,
     .key_type = SW_TYPE_ID,
     .meaning = "Where a language looks for a text it lacks."},
    {.key = "timezone", .type = SW_TYPE_STRING, .otherwise = "\"Europe/Berlin\"", .meaning = "The zone of its schedules."},
    {.key = "wall", .type = SW_TYPE_ID, .flags = SW_ROW_REQUIRED, .meaning = "The wall that plays where none is named."},
    {.key = "home", .type = SW_TYPE_ID, .flags = SW_ROW_REQUIRED, .meaning = "The scene that \"home\" goes to."},
    {.key = "contact",
     .type = SW_TYPE_CUSTOM,
     .means = SW_MEANS_TEXT,
     .flags = SW_ROW_PER_LANGUAGE,
     .meaning = "Whom to call, on the card that is shown when nothing else can be."},
    {.key = "defaults", .type = SW_TYPE_OBJECT, .table = &default_table, .meaning = "What holds where nothing is said."},
    {.key = "overlay", .type = SW_TYPE_ID, .meaning = "The part above every scene of a running visit: countdown, \"Neu beginnen\"."},
    {.key = "session", .type = SW_TYPE_CUSTOM, .meaning = "State that lives with a visit: {name: {values, default}}."},
    {.key = "calendars", .type = SW_TYPE_MAP, .item = &text_row, .key_type = SW_TYPE_ID, .meaning = "Calendar files by name."},
};
static const struct sw_table exhibition_table = {"exhibition", "The exhibition as a whole.", exhibition_rows, SW_COUNT(exhibition_rows)};

static const struct sw_row state_rows[] = {
    {.key = "values", .type = SW_TYPE_LIST, .item = &text_row, .minimum = 1, .maximum = 256, .meaning = "The texts it can be."},
    {.key = "min", .type = SW_TYPE_NUMBER, .minimum = -1e9, .maximum = 1e9, .meaning = "The smallest number it can be."},
    {.key = "max", .type = SW_TYPE_NUMBER, .minimum = -1e9, .maximum = 1e9, .meaning = "The largest number it can be."},
    {.key = "default", .type = SW_TYPE_CUSTOM, .flags = SW_ROW_REQUIRED, .meaning = "What it is at first."},
};
static const struct sw_table state_table = {"state", "One thing to remember.", state_rows, SW_COUNT(state_rows)};

static int64_t duration_of(const cJSON *object, const char *key, int64_t otherwise)
{
    int64_t duration = 0;
    const char *text = sw_json_text(object, key, NULL);
    return text != NULL && sw_duration_parse(text, &duration) ? duration : otherwise;
}

struct sw_transition sw_load_transition(const cJSON *object, struct sw_transition otherwise)
{
    if (!cJSON_IsObject(object))
        return otherwise;
    struct sw_transition transition = otherwise;
    transition.kind = strcmp(sw_json_text(object, "kind", "fade"), "cut") == 0 ? SW_TRANSITION_CUT : SW_TRANSITION_FADE;
    transition.duration =
        transition.kind == SW_TRANSITION_CUT ? 0 : duration_of(object, "for", otherwise.duration > 0 ? otherwise.duration : 600 * SW_MS);
    return transition;
}

/* -- state -- */

static bool state_value(struct sw_writer *w, const cJSON *node, struct sw_value *out)
{
    if (cJSON_IsString(node))
        *out = sw_value_string(sw_arena_strdup(w->loader->arena, node->valuestring));
    else if (cJSON_IsNumber(node))
        *out = sw_value_number(node->valuedouble);
    else if (cJSON_IsBool(node))
        *out = sw_value_bool(cJSON_IsTrue(node));
    else
        sw_verify_fault(&w->verify, node, "a text, a number, true or false is wanted");
    return out->type != SW_VALUE_MISSING;
}

static void load_state(struct sw_writer *w, struct sw_state *state, const cJSON *node)
{
    const cJSON *values = sw_json_get(node, "values"), *start = sw_json_get(node, "default"), *item = NULL;
    if (start != NULL)
        (void)state_value(w, start, &state->start);
    if (cJSON_IsArray(values)) {
        const char **words = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(values) + 1, sizeof *words);
        size_t count = 0;
        bool found = false;
        cJSON_ArrayForEach (item, values)
            if (cJSON_IsString(item))
                words[count++] = sw_arena_strdup(w->loader->arena, item->valuestring);
        for (size_t i = 0; i < count; i++)
            found = found || (state->start.type == SW_VALUE_STRING && strcmp(words[i], state->start.as.string) == 0);
        state->words = words;
        if (!found && start != NULL)
            sw_verify_fault(&w->verify, start, "the default is none of the declared values");
    }
    const cJSON *minimum = sw_json_get(node, "min"), *maximum = sw_json_get(node, "max");
    state->ranged = minimum != NULL || maximum != NULL;
    state->minimum = cJSON_IsNumber(minimum) ? minimum->valuedouble : -INFINITY;
    state->maximum = cJSON_IsNumber(maximum) ? maximum->valuedouble : INFINITY;
    if (state->ranged && start != NULL &&
        (state->start.type != SW_VALUE_NUMBER || state->start.as.number < state->minimum || state->start.as.number > state->maximum))
        sw_verify_fault(&w->verify, start, "the default is no number from \"min\" to \"max\"");
}

struct sw_states sw_load_states(struct sw_writer *w, const cJSON *object)
{
    struct sw_states states = {.count = 0};
    if (object == NULL)
        return states;
    size_t mark = sw_verify_enter(&w->verify, object->string);
    if (!cJSON_IsObject(object)) {
        sw_verify_fault(&w->verify, object, "an object is wanted: {name: {\"values\": [...], \"default\": ...}}");
        sw_verify_leave(&w->verify, mark);
        return states;
    }
    struct sw_state *items = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(object), sizeof *items);
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, object) {
        size_t inner = sw_verify_enter(&w->verify, item->string);
        if (!sw_name_valid(item->string))
            sw_verify_key_fault(&w->verify, item, "is no name; use small letters, digits and _, e.g. \"open_tab\"");
        if (sw_names_builtin(item->string))
            sw_verify_key_fault(&w->verify, item, "\"%s\" is a built-in name; choose another", item->string);
        for (size_t i = 0; i < w->loader->exhibition->session.count; i++)
            if (strcmp(w->loader->exhibition->session.items[i].name, item->string) == 0)
                sw_verify_key_fault(&w->verify, item, "\"%s\" is session state of this exhibition; choose another name", item->string);
        if (sw_verify_object(&w->verify, &state_table, item)) {
            items[states.count].name = sw_arena_strdup(w->loader->arena, item->string);
            load_state(w, &items[states.count++], item);
        }
        sw_verify_leave(&w->verify, inner);
    }
    states.items = items;
    sw_verify_leave(&w->verify, mark);
    return states;
}

/* -- exhibition.json -- */

static void load_language_list(struct sw_writer *w, const cJSON *root)
{
    struct sw_loader *loader = w->loader;
    const cJSON *list = sw_json_get(root, "languages"), *names = sw_json_get(root, "names"), *fallbacks = sw_json_get(root, "fallbacks"),
                *item = NULL;
    size_t capacity = (size_t)(cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0) + 2, count = 0;
    const char **languages = sw_arena_array(loader->arena, capacity, sizeof *languages);
    const char **called = sw_arena_array(loader->arena, capacity, sizeof *called);
    cJSON_ArrayForEach (item, list)
        if (cJSON_IsString(item) && sw_id_valid(item->valuestring))
            languages[count++] = sw_arena_strdup(loader->arena, item->valuestring);
    if (count == 0)
        languages[count++] = "de";
    const char *(*chains)[8] = sw_arena_array(loader->arena, count, sizeof *chains);
    for (size_t i = 0; i < count; i++) {
        called[i] = sw_arena_strdup(loader->arena, sw_json_text(names, languages[i], languages[i]));
        const cJSON *chain = sw_json_get(fallbacks, languages[i]);
        size_t at = 0;
        if (cJSON_IsArray(chain))
            cJSON_ArrayForEach (item, chain)
                if (cJSON_IsString(item) && at < 7)
                    chains[i][at++] = sw_arena_strdup(loader->arena, item->valuestring);
    }
    loader->exhibition->languages = languages;
    loader->exhibition->language_names = called;
    loader->fallbacks = (const char *const(*)[8])chains;
    w->verify.languages = languages;
    const cJSON *both[] = {names, fallbacks};
    for (size_t b = 0; b < SW_COUNT(both); b++) {
        size_t mark = sw_verify_enter(&w->verify, b == 0 ? "names" : "fallbacks");
        if (cJSON_IsObject(both[b]))
            cJSON_ArrayForEach (item, both[b]) {
                bool known = false;
                for (size_t i = 0; i < count; i++)
                    known = known || strcmp(languages[i], item->string) == 0;
                if (!known)
                    sw_verify_key_fault(&w->verify, item, "\"%s\" is not among \"languages\"", item->string);
            }
        sw_verify_leave(&w->verify, mark);
    }
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
    static const char *const no_languages[] = {NULL};
    exhibition->languages = no_languages;
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    w.verify.languages = NULL;
    const cJSON *root = document->json->root, *defaults = sw_json_get(root, "defaults");
    (void)sw_verify_object(&w.verify, &exhibition_table, root);
    load_language_list(&w, root);
    exhibition->session = sw_load_states(&w, sw_json_get(root, "session"));
    exhibition->default_wall = sw_arena_strdup(loader->arena, sw_json_text(root, "wall", ""));
    exhibition->home = sw_arena_strdup(loader->arena, sw_json_text(root, "home", ""));
    exhibition->duration = duration_of(defaults, "for", 30 * SW_SECOND);
    exhibition->idle = duration_of(defaults, "idle", 60 * SW_SECOND);
    exhibition->countdown = duration_of(defaults, "countdown", 20 * SW_SECOND);
    exhibition->reduced_motion = sw_json_bool(defaults, "reduced_motion", false);
    exhibition->transition =
        sw_load_transition(sw_json_get(defaults, "transition"), (struct sw_transition){SW_TRANSITION_FADE, 600 * SW_MS});
    const char *zone = sw_json_text(root, "timezone", "Europe/Berlin");
    exhibition->zone = sw_zone_rules_create(zone);
    if (exhibition->zone == NULL) {
        size_t mark = sw_verify_enter(&w.verify, "timezone");
        sw_verify_fault(&w.verify, sw_json_get(root, "timezone"), "there is no time zone \"%s\"; write e.g. \"Europe/Berlin\"", zone);
        sw_verify_leave(&w.verify, mark);
        exhibition->zone = sw_zone_rules_create("UTC");
    }
    static const char *const texts[] = {"title", "contact"};
    struct sw_property *places[] = {&exhibition->title, &exhibition->contact};
    static const struct sw_row localised = {.key = "", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT, .flags = SW_ROW_PER_LANGUAGE};
    for (size_t i = 0; i < SW_COUNT(texts); i++) {
        const cJSON *node = sw_json_get(root, texts[i]);
        size_t mark = sw_verify_enter(&w.verify, texts[i]);
        if (node != NULL)
            *places[i] = sw_load_property(&w, &localised, node);
        sw_verify_leave(&w.verify, mark);
    }
    if (sw_json_get(root, "home") != NULL)
        sw_load_refer(&w, sw_json_get(root, "home"), exhibition->home, false);
    return true;
}

/* -- lang/ -- */

static void load_translations(struct sw_loader *loader, struct sw_document *document)
{
    const cJSON *file = NULL, *text = NULL;
    cJSON_ArrayForEach (file, document->json->root) {
        if (!cJSON_IsObject(file)) {
            struct sw_writer w;
            sw_writer_init(&w, loader, document);
            sw_verify_fault(&w.verify, file, "texts of a file are wanted: {\"pages[0].title\": \"...\"}");
            continue;
        }
        cJSON_ArrayForEach (text, file) {
            loader->translations =
                sw_grow(loader->translations, &loader->translation_capacity, loader->translation_count + 1, sizeof *loader->translations);
            loader->translations[loader->translation_count++] = (struct sw_translation){
                .language = document->id, .file = file->string, .path = text->string, .text = text, .document = document};
        }
    }
}

void sw_load_languages(struct sw_loader *loader)
{
    for (size_t i = 0; i < loader->document_count; i++) {
        struct sw_document *document = &loader->documents[i];
        if (document->kind != SW_DOCUMENT_LANGUAGE || document->faulty)
            continue;
        bool known = false;
        for (size_t k = 0; loader->exhibition->languages[k] != NULL; k++)
            known = known || strcmp(loader->exhibition->languages[k], document->id) == 0;
        if (known)
            load_translations(loader, document);
        else
            sw_diags_add(loader->diags, SW_ERROR, document->file, 0, 0, NULL, "\"%s\" is not among the exhibition's languages",
                         document->id);
    }
}

/* -- fonts -- */

static const struct sw_row font_rows[] = {
    {.key = "package", .type = SW_TYPE_STRING, .meaning = "The Debian package that the file is of."},
    {.key = "file",
     .type = SW_TYPE_STRING,
     .flags = SW_ROW_REQUIRED,
     .meaning = "The file's name in the package, or a path below the exhibition."},
};
static const struct sw_table font_table = {"font", "One font file.", font_rows, SW_COUNT(font_rows)};
static const struct sw_row font_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &font_table};
static const struct sw_row fonts_rows[] = {
    {.key = "roles",
     .type = SW_TYPE_MAP,
     .flags = SW_ROW_REQUIRED,
     .item = &font_row,
     .key_type = SW_TYPE_ID,
     .meaning = "Which font each role is."},
    {.key = "fallbacks",
     .type = SW_TYPE_LIST,
     .item = &font_row,
     .maximum = 32,
     .meaning = "Fonts for what a role's font lacks, in order."},
};
static const struct sw_table fonts_table = {"fonts", "The fonts of the exhibition.", fonts_rows, SW_COUNT(fonts_rows)};

/* Where Debian's font packages keep their files; `file` has no slash. NULL: not installed. */
static const char *package_font(struct sw_loader *loader, const char *package, const char *file)
{
    static const char *const folders[] = {"opentype", "truetype"};
    const char *short_name = strncmp(package, "fonts-", 6) == 0 ? package + 6 : package;
    const char *dash = strchr(short_name, '-');
    const char *family = dash != NULL ? sw_arena_strndup(loader->arena, short_name, (size_t)(dash - short_name)) : short_name;
    const char *names[] = {short_name, family};
    for (size_t f = 0; f < SW_COUNT(folders); f++)
        for (size_t n = 0; n < SW_COUNT(names); n++) {
            const char *path = sw_arena_printf(loader->arena, "/usr/share/fonts/%s/%s/%s", folders[f], names[n], file);
            if (access(path, R_OK) == 0)
                return path;
        }
    return NULL;
}

static bool load_font(struct sw_writer *w, const cJSON *node, struct sw_font *font)
{
    const char *file = sw_json_text(node, "file", ""), *package = sw_json_text(node, "package", NULL);
    sw_json_place(w->document->json, sw_json_get(node, "file"), &font->line, &font->column);
    if (package != NULL) {
        if (strchr(file, '/') == NULL && strchr(package, '/') == NULL && strstr(package, "..") == NULL)
            font->path = package_font(w->loader, package, file);
        if (font->path == NULL)
            sw_verify_fault(&w->verify, sw_json_get(node, "file"), "the package %s has no font \"%s\" on this machine; apt-get install %s",
                            package, file, package);
        return font->path != NULL;
    }
    int fd = -1;
    enum sw_file_status status = sw_root_open(w->loader->exhibition->root, file, &fd);
    if (status != SW_FILE_OK) {
        sw_verify_fault(&w->verify, sw_json_get(node, "file"), "\"%s\" %s", file, sw_file_status_text(status));
        return false;
    }
    (void)close(fd);
    font->path = sw_arena_printf(w->loader->arena, "%s/%s", sw_root_path(w->loader->exhibition->root), file);
    return true;
}

void sw_load_fonts(struct sw_loader *loader)
{
    struct sw_document *document = sw_loader_document(loader, SW_DOCUMENT_FONTS, NULL);
    if (document->faulty)
        return;
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    if (!sw_verify_object(&w.verify, &fonts_table, document->json->root))
        return;
    const cJSON *roles = sw_json_get(document->json->root, "roles"), *fallbacks = sw_json_get(document->json->root, "fallbacks"),
                *item = NULL;
    struct sw_font *fonts = sw_arena_array(loader->arena, (size_t)cJSON_GetArraySize(roles), sizeof *fonts);
    struct sw_font *others = sw_arena_array(loader->arena, (size_t)cJSON_GetArraySize(fallbacks) + 1, sizeof *others);
    size_t mark = sw_verify_enter(&w.verify, "roles");
    cJSON_ArrayForEach (item, roles) {
        size_t inner = sw_verify_enter(&w.verify, item->string);
        fonts[loader->exhibition->font_count].role = sw_arena_strdup(loader->arena, item->string);
        loader->exhibition->font_count += load_font(&w, item, &fonts[loader->exhibition->font_count]) ? 1 : 0;
        sw_verify_leave(&w.verify, inner);
    }
    sw_verify_leave(&w.verify, mark);
    mark = sw_verify_enter(&w.verify, "fallbacks");
    int index = 0;
    cJSON_ArrayForEach (item, fallbacks) {
        size_t inner = sw_verify_enter_index(&w.verify, index++);
        loader->exhibition->fallback_count += load_font(&w, item, &others[loader->exhibition->fallback_count]) ? 1 : 0;
        sw_verify_leave(&w.verify, inner);
    }
    sw_verify_leave(&w.verify, mark);
    loader->exhibition->fonts = fonts;
    loader->exhibition->fallback_fonts = others;
}
