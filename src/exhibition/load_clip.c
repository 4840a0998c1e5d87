/* SPDX-License-Identifier: EUPL-1.2 */
/* Clips, and the files of subtitles that are named or lie beside them: clip.de.vtt, clip.srt. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "exhibition/load.h"

static const struct sw_property none;

const char *const sw_clip_endings[] = {".mp4", ".m4v", ".mov", ".mkv", ".webm", NULL};
const char *const sw_subtitle_endings[] = {".vtt", ".srt", NULL}; /* the first comes first where both are there */

/* The bytes of the path before its ending, which is one of those; 0: it is none. */
static size_t stem_of(const char *path, const char *const *endings)
{
    size_t length = strlen(path);
    for (size_t i = 0; endings[i] != NULL; i++) {
        size_t tail = strlen(endings[i]);
        if (length > tail && strcmp(path + length - tail, endings[i]) == 0)
            return length - tail;
    }
    return 0;
}

/* -- clips -- */

bool sw_load_is_clip_name(const char *path) { return stem_of(path, sw_clip_endings) > 0; }

bool sw_load_is_subtitles_name(const char *path) { return stem_of(path, sw_subtitle_endings) > 0; }

static void note_film(struct sw_writer *w, const cJSON *node, const char *path)
{
    struct sw_loader *loader = w->loader;
    for (size_t i = 0; i < loader->film_count; i++)
        if (strcmp(loader->films[i].medium.path, path) == 0)
            return;
    loader->films = sw_grow(loader->films, &loader->film_capacity, loader->film_count + 1, sizeof *loader->films);
    loader->films[loader->film_count++] = (struct sw_film){.medium = sw_load_medium(w, node, path)};
}

struct sw_property sw_load_clip(struct sw_writer *w, const cJSON *node)
{
    if (!cJSON_IsString(node)) {
        sw_verify_fault(&w->verify, node, "the path of a clip is wanted, e.g. \"media/rhein.mp4\"");
        return none;
    }
    if (sw_json_is_dynamic(node))
        return sw_load_template(w, node, node->valuestring, false);
    if (node->valuestring[0] == '\0')
        return sw_load_string(w, "");
    const char *path = sw_load_file(w, node, "clips");
    if (path != NULL && !sw_load_is_clip_name(path)) {
        sw_verify_fault(&w->verify, node, "\"%s\" is no clip by its name; use .mp4, .m4v, .mov, .mkv or .webm", path);
        return none;
    }
    if (path == NULL)
        return none;
    note_film(w, node, path);
    return sw_load_string(w, path);
}

/* -- files of subtitles -- */

/* Reads it, or finds it among those that were read. What is faulty in it takes nothing away from the scene that names it. */
static const struct sw_subtitles *read_subtitles(struct sw_loader *loader, const char *path)
{
    char *bytes = NULL;
    size_t length = 0, errors = loader->diags->errors;
    for (size_t i = 0; i < loader->subtitle_count; i++)
        if (strcmp(loader->subtitles[i]->file, path) == 0)
            return loader->subtitles[i];
    enum sw_file_status status = sw_root_read(loader->exhibition->root, path, SW_SUBTITLES_BYTES_MAX, &bytes, &length);
    if (status != SW_FILE_OK)
        sw_diags_add(loader->diags, SW_ERROR, path, 0, 0, NULL, "%s", sw_file_status_text(status));
    struct sw_diags unsaid;
    sw_diags_init(&unsaid);
    const struct sw_subtitles *made =
        sw_subtitles_create(loader->arena, bytes != NULL ? bytes : "", length, path, status == SW_FILE_OK ? loader->diags : &unsaid);
    sw_diags_finish(&unsaid);
    free(bytes);
    loader->errors_elsewhere += loader->diags->errors - errors;
    loader->subtitles = sw_grow(loader->subtitles, &loader->subtitle_capacity, loader->subtitle_count + 1, sizeof *loader->subtitles);
    loader->subtitles[loader->subtitle_count++] = made;
    return made;
}

struct sw_property sw_load_subtitles(struct sw_writer *w, const struct sw_row *row, const cJSON *node)
{
    if (cJSON_IsBool(node) || (cJSON_IsString(node) && sw_json_is_dynamic(node))) {
        struct sw_row truth = {.key = row->key, .type = SW_TYPE_BOOL, .flags = SW_ROW_DYNAMIC};
        return sw_load_value(w, &truth, node);
    }
    if (!cJSON_IsString(node)) {
        sw_verify_fault(&w->verify, node, "the path of a file of subtitles is wanted, e.g. \"media/rhein.de.vtt\", or false: none");
        return none;
    }
    const char *path = sw_load_file(w, node, "subtitles");
    if (path != NULL && stem_of(path, sw_subtitle_endings) == 0) {
        sw_verify_fault(&w->verify, node, "\"%s\" is no file of subtitles by its name; use .vtt or .srt", path);
        return none;
    }
    if (path == NULL)
        return none;
    (void)read_subtitles(w->loader, path);
    return sw_load_string(w, path);
}

void sw_load_answer_for(struct sw_loader *loader, const struct sw_property *clip)
{
    for (size_t i = 0; clip->form == SW_PROPERTY_BY_LANGUAGE && i < clip->as.by.count; i++)
        sw_load_answer_for(loader, &clip->as.by.values[i]);
    for (size_t i = 0; clip->form == SW_PROPERTY_CONSTANT && i < loader->film_count; i++)
        if (clip->as.constant.type == SW_VALUE_STRING && strcmp(loader->films[i].medium.path, clip->as.constant.as.string) == 0)
            loader->films[i].answered = true;
}

/* Neither `true` nor an expression says that there are any. */
static bool is_answer(const struct sw_property *subtitles)
{
    bool truth = subtitles->form == SW_PROPERTY_CONSTANT && sw_value_true(subtitles->as.constant);
    return (subtitles->form == SW_PROPERTY_CONSTANT && !truth) || subtitles->form == SW_PROPERTY_BY_LANGUAGE;
}

bool sw_load_answer(struct sw_loader *loader, const struct sw_element *element)
{
    const struct sw_clip_rows *rows = element->kind->clip;
    if (!is_answer(&element->own[rows->subtitles]))
        return false;
    sw_load_answer_for(loader, &element->own[rows->clip]);
    return element->own[rows->clip].form == SW_PROPERTY_TEMPLATE;
}

/* -- what lies beside clips -- */

/* One folder with clips in it. */
struct beside {
    struct sw_loader *loader;
    const struct sw_film *films; /* of that folder */
    size_t film_count, language_count;
    const struct sw_subtitles **found; /* a film: one a language */
};

/* What a file of subtitles is called after. */
enum called { AFTER_CLIP_AND_LANGUAGE, AFTER_CLIP, AFTER_NONE, CALLED_COUNT };

static int language_of(const struct sw_exhibition *exhibition, const char *name, size_t length)
{
    for (int i = 0; exhibition->languages[i] != NULL; i++)
        if (strlen(exhibition->languages[i]) == length && strncmp(exhibition->languages[i], name, length) == 0)
            return i;
    return -1;
}

static bool has_stem(const struct sw_film *film, const char *path, size_t length)
{
    return stem_of(film->medium.path, sw_clip_endings) == length && strncmp(film->medium.path, path, length) == 0;
}

/* *stem: the bytes of the path that are those of its clip's without ending. */
static enum called called_after(const struct beside *beside, const char *path, size_t whole, size_t *stem)
{
    size_t dot = whole - 1;
    while (dot > 0 && path[dot] != '.' && path[dot] != '/')
        dot--;
    enum called called = AFTER_NONE;
    for (size_t i = 0; i < beside->film_count && called != AFTER_CLIP; i++) {
        if (has_stem(&beside->films[i], path, whole))
            called = AFTER_CLIP;
        else if (path[dot] == '.' && has_stem(&beside->films[i], path, dot))
            called = AFTER_CLIP_AND_LANGUAGE;
    }
    *stem = called == AFTER_CLIP_AND_LANGUAGE ? dot : whole;
    return called;
}

/* To each clip of that name in that language; what came first stays. */
static void give(struct beside *beside, const char *path, size_t stem, int language)
{
    for (size_t i = 0; i < beside->film_count; i++) {
        const struct sw_subtitles **place = &beside->found[i * beside->language_count + (size_t)language];
        if (!has_stem(&beside->films[i], path, stem))
            continue;
        if (*place == NULL)
            *place = read_subtitles(beside->loader, path);
        else
            sw_diags_add(beside->loader->diags, SW_WARNING, path, 0, 0, NULL, "is not used: \"%s\" is there for the same clip and language",
                         (*place)->file);
    }
}

static bool is_read(const struct sw_loader *loader, const char *path)
{
    for (size_t i = 0; i < loader->subtitle_count; i++)
        if (strcmp(loader->subtitles[i]->file, path) == 0)
            return true;
    return false;
}

/* The file at `path`, if it is called so. */
static void take(struct beside *beside, const char *path, const char *ending, enum called called)
{
    struct sw_loader *loader = beside->loader;
    size_t whole = strlen(path) - strlen(ending), stem;
    if (called_after(beside, path, whole, &stem) != called)
        return;
    const char *word = called == AFTER_CLIP_AND_LANGUAGE ? sw_arena_strndup(loader->arena, path + stem + 1, whole - stem - 1) : "";
    int language = called == AFTER_CLIP ? 0 : language_of(loader->exhibition, word, strlen(word));
    if (called != AFTER_NONE && language >= 0)
        give(beside, path, stem, language);
    else if (is_read(loader, path))
        return;
    else if (called == AFTER_NONE)
        sw_diags_add(loader->diags, SW_WARNING, path, 0, 0, NULL,
                     "is not used: no clip is called so; beside \"clip.mp4\" lies \"clip.%s%s\"", loader->exhibition->languages[0], ending);
    else
        sw_diags_add(loader->diags, SW_WARNING, path, 0, 0, NULL, "is not used: \"%s\" is no language of this exhibition%s", word,
                     sw_load_hint(loader, word, loader->exhibition->languages));
}

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name), tail = strlen(ending);
    return length > tail && strcmp(name + length - tail, ending) == 0;
}

/* Languages that have none of their own get those of their fallbacks. */
static void fill_films(const struct beside *beside, struct sw_film *films)
{
    struct sw_loader *loader = beside->loader;
    bool *given = sw_arena_array(loader->arena, beside->language_count, sizeof *given);
    for (size_t i = 0; i < beside->film_count; i++) {
        const struct sw_subtitles **own = beside->found + i * beside->language_count;
        const struct sw_subtitles **filled = sw_arena_array(loader->arena, beside->language_count, sizeof *filled);
        bool any = false;
        for (size_t l = 0; l < beside->language_count; l++) {
            given[l] = own[l] != NULL;
            any = any || given[l];
        }
        for (size_t l = 0; l < beside->language_count && any; l++)
            filled[l] = own[sw_load_fallback(loader, (int)l, given, (int)beside->language_count)];
        films[i].subtitles = any ? filled : NULL;
    }
}

static void look_beside(struct sw_loader *loader, const char *folder, struct sw_film *films, size_t count)
{
    const char **names = NULL;
    size_t name_count = 0, languages = 0;
    while (loader->exhibition->languages[languages] != NULL)
        languages++;
    struct beside beside = {.loader = loader, .films = films, .film_count = count, .language_count = languages};
    beside.found = sw_arena_array(loader->arena, count * languages, sizeof *beside.found);
    if (sw_root_list(loader->exhibition->root, folder, loader->arena, &names, &name_count) != SW_FILE_OK)
        return;
    const char *slash = folder[0] != '\0' ? "/" : "";
    for (enum called called = AFTER_CLIP_AND_LANGUAGE; called < CALLED_COUNT; called++)
        for (size_t e = 0; sw_subtitle_endings[e] != NULL; e++)
            for (size_t i = 0; i < name_count; i++)
                if (ends_in(names[i], sw_subtitle_endings[e]))
                    take(&beside, sw_arena_printf(loader->arena, "%s%s%s", folder, slash, names[i]), sw_subtitle_endings[e], called);
    fill_films(&beside, films);
}

static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? (size_t)(slash - path) : 0;
}

/* -- what the exhibition keeps -- */

static int by_folder(const void *a, const void *b)
{
    const char *x = ((const struct sw_film *)a)->medium.path, *y = ((const struct sw_film *)b)->medium.path;
    size_t x_length = folder_length(x), y_length = folder_length(y);
    int order = strncmp(x, y, x_length < y_length ? x_length : y_length);
    return order != 0 ? order : x_length != y_length ? (x_length < y_length ? -1 : 1) : strcmp(x, y);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct sw_film *)a)->medium.path, ((const struct sw_film *)b)->medium.path);
}

static int by_file(const void *a, const void *b)
{
    const struct sw_subtitles *const *x = a, *const *y = b;
    return strcmp((*x)->file, (*y)->file);
}

void sw_load_films(struct sw_loader *loader)
{
    struct sw_exhibition *exhibition = loader->exhibition;
    struct sw_film *films = sw_arena_array(loader->arena, loader->film_count, sizeof *films);
    for (size_t i = 0; i < loader->film_count; i++)
        films[i] = loader->films[i];
    if (loader->film_count > 0)
        qsort(films, loader->film_count, sizeof *films, by_folder);
    for (size_t from = 0, to; from < loader->film_count; from = to) {
        const char *path = films[from].medium.path;
        size_t length = folder_length(path);
        for (to = from + 1; to < loader->film_count; to++)
            if (folder_length(films[to].medium.path) != length || strncmp(films[to].medium.path, path, length) != 0)
                break;
        look_beside(loader, sw_arena_strndup(loader->arena, path, length), films + from, to - from);
    }
    if (loader->film_count > 0)
        qsort(films, loader->film_count, sizeof *films, by_path);
    const struct sw_subtitles **subtitles = sw_arena_array(loader->arena, loader->subtitle_count, sizeof *subtitles);
    for (size_t i = 0; i < loader->subtitle_count; i++)
        subtitles[i] = loader->subtitles[i];
    if (loader->subtitle_count > 0)
        qsort(subtitles, loader->subtitle_count, sizeof *subtitles, by_file);
    exhibition->films = films;
    exhibition->film_count = loader->film_count;
    exhibition->subtitles = subtitles;
    exhibition->subtitle_count = loader->subtitle_count;
}

/* -- finders -- */

const struct sw_film *sw_exhibition_film(const struct sw_exhibition *exhibition, const char *path)
{
    struct sw_film wanted = {.medium = {.path = path}};
    return exhibition->film_count > 0 ? bsearch(&wanted, exhibition->films, exhibition->film_count, sizeof wanted, by_path) : NULL;
}

const struct sw_subtitles *sw_exhibition_subtitles(const struct sw_exhibition *exhibition, const char *path, struct sw_value chosen,
                                                   const char *language)
{
    if (chosen.type == SW_VALUE_BOOL && !chosen.as.truth)
        return NULL;
    if (chosen.type == SW_VALUE_STRING) {
        struct sw_subtitles named = {.file = chosen.as.string};
        const struct sw_subtitles *wanted = &named, *const *found = NULL;
        if (exhibition->subtitle_count > 0)
            found = bsearch(&wanted, exhibition->subtitles, exhibition->subtitle_count, sizeof wanted, by_file);
        return found != NULL ? *found : NULL;
    }
    const struct sw_film *film = sw_exhibition_film(exhibition, path);
    for (size_t i = 0; film != NULL && film->subtitles != NULL && exhibition->languages[i] != NULL; i++)
        if (strcmp(exhibition->languages[i], language) == 0)
            return film->subtitles[i];
    return NULL;
}
