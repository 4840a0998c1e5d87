/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/schema.h"

#include <string.h>

#include "exhibition/help.h"
#include "exhibition/load.h"
#include "exhibition/schema_internal.h"

static const struct sw_schema_file files[] = {
    {"exhibition", "scenes/exhibition.json", "Title, languages, time zone, defaults, state of a visit, calendars, default wall."},
    {"theme", "scenes/theme.json", "Canvases and their areas, colours, text styles, looks of buttons."},
    {"sources", "scenes/sources.json", "Where live data come from, what they are, whom to name."},
    {"wall", "scenes/walls/*.json", "Displays and zones in millimetres, opening hours."},
    {"playlist", "scenes/playlists/*.json", "What a zone plays when nobody touches it."},
    {"part", "scenes/parts/*.json", "A group of elements with parameters, written once and used in many places."},
    {"calendar", "scenes/calendars/*.json", "A named set of days."},
    {"language", "scenes/lang/*.json", "Translations kept apart, by file and place."},
    {"fonts", "fonts/fonts.json", "Which font file each role is."},
    {"scene", "scenes/*.json|scenes/*/scene.json", "One presentation: several pages, or elements directly."},
};

const struct sw_schema_file *sw_schema_files(size_t *count)
{
    *count = SW_COUNT(files);
    return files;
}

/* Files that are no table but a map of values. */
static void add_map(cJSON *defs, const char *name, const struct sw_row *row)
{
    cJSON *made = sw_schema_row(defs, row);
    cJSON_AddStringToObject(made, "title", name);
    cJSON_AddItemToObject(defs, name, made);
}

static void add_files(cJSON *defs)
{
    const struct sw_table *tables[] = {&sw_exhibition_table, &sw_theme_table,    &sw_wall_table,  &sw_playlist_table,
                                       &sw_part_table,       &sw_calendar_table, &sw_fonts_table, &sw_scene_table,
                                       &sw_translation_table};
    for (size_t i = 0; i < SW_COUNT(tables); i++)
        cJSON_Delete(sw_schema_table(defs, tables[i]));
    add_map(defs, "sources", &sw_sources_row);
    add_map(defs, "language", &sw_translations_row);
    for (size_t i = 0; i < SW_COUNT(files); i++) { /* for VS Code, which else underlines what our scanner allows */
        cJSON *file = cJSON_GetObjectItemCaseSensitive(defs, files[i].kind);
        if (cJSON_GetObjectItemCaseSensitive(file, "x-meaning") == NULL)
            cJSON_AddStringToObject(file, "x-meaning", files[i].meaning);
        cJSON_AddTrueToObject(file, "allowComments");
        cJSON_AddTrueToObject(file, "allowTrailingCommas");
    }
}

/* Words of scenes that are no keys: a list of {name, form, meaning}. */
static void add_words(cJSON *root, const char *key, bool (*help)(size_t index, struct sw_help *out))
{
    cJSON *list = cJSON_AddArrayToObject(root, key);
    struct sw_help word;
    for (size_t i = 0; help(i, &word); i++) {
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "name", word.name);
        cJSON_AddStringToObject(item, "form", word.form);
        cJSON_AddStringToObject(item, "meaning", word.meaning);
        cJSON_AddItemToArray(list, item);
    }
}

cJSON *sw_schema_create(const struct sw_catalogue *catalogue)
{
    cJSON *root = cJSON_CreateObject(), *paths = NULL, *any = NULL, *defs = NULL;
    cJSON_AddStringToObject(root, "$schema", "https://json-schema.org/draft/2020-12/schema");
    cJSON_AddStringToObject(root, "title", "Schauwand");
    cJSON_AddStringToObject(root, "description", "Every file that a curator writes; x-files says which schema of $defs each is of.");
    cJSON_AddStringToObject(root, "x-version", SW_VERSION);
    paths = cJSON_AddObjectToObject(root, "x-files");
    any = cJSON_AddArrayToObject(root, "anyOf");
    for (size_t i = 0; i < SW_COUNT(files); i++) {
        cJSON *file = sw_schema_refer(files[i].kind);
        cJSON_AddStringToObject(file, "description", files[i].meaning);
        cJSON_AddItemToObject(paths, files[i].path, file);
        cJSON_AddItemToArray(any, sw_schema_refer(files[i].kind));
    }
    defs = cJSON_AddObjectToObject(root, "$defs");
    add_files(defs);
    sw_schema_elements(defs, catalogue);
    sw_schema_values(defs);
    add_words(root, "x-functions", sw_function_help);
    add_words(root, "x-filters", sw_filter_help);
    add_words(root, "x-names", sw_builtin_help);
    return root;
}
