/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/exhibition.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "exhibition/kept.h"
#include "exhibition/load.h"
#include "exhibition/texts.h"

/* Of one path what is named first comes first: all are of one array. */
static int by_path(const void *a, const void *b)
{
    const struct sw_medium *const *x = a, *const *y = b;
    int order = strcmp((*x)->path, (*y)->path);
    return order != 0 ? order : (*x > *y) - (*x < *y);
}

static void keep_media(struct sw_loader *loader)
{
    const struct sw_medium **named = sw_alloc_array(loader->media_count + 1, sizeof *named);
    struct sw_medium *media = sw_arena_array(loader->arena, loader->media_count, sizeof *media);
    size_t count = 0;
    for (size_t i = 0; i < loader->media_count; i++)
        named[i] = &loader->media[i];
    if (loader->media_count > 1)
        qsort(named, loader->media_count, sizeof *named, by_path);
    for (size_t i = 0; i < loader->media_count; i++)
        if (count == 0 || strcmp(media[count - 1].path, named[i]->path) != 0)
            media[count++] = *named[i];
    free(named);
    loader->exhibition->media = media;
    loader->exhibition->media_count = count;
}

static void load_overlay(struct sw_loader *loader)
{
    struct sw_document *document = sw_loader_document(loader, SW_DOCUMENT_EXHIBITION, NULL);
    const cJSON *overlay = sw_json_get(document->json->root, "overlay");
    if (!cJSON_IsString(overlay))
        return;
    loader->exhibition->overlay = sw_exhibition_part(loader->exhibition, overlay->valuestring);
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    size_t mark = sw_verify_enter(&w.verify, "overlay");
    if (loader->exhibition->overlay != NULL) /* nobody hands it anything */
        (void)sw_load_arguments(&w, loader->exhibition->overlay, NULL, overlay, NULL);
    else if (sw_loader_document(loader, SW_DOCUMENT_PART, overlay->valuestring) == NULL)
        sw_verify_fault(&w.verify, overlay, "there is no part \"%s\" in scenes/parts/%s", overlay->valuestring,
                        sw_load_hint(loader, overlay->valuestring, sw_load_ids(loader, SW_DOCUMENT_PART)));
    sw_verify_leave(&w.verify, mark);
}

/* Whether the folder is an exhibition at all; a fault where it is not. */
static bool check_folder(struct sw_loader *loader, const char *folder)
{
    const char **names = NULL;
    size_t count = 0;
    enum sw_file_status status = sw_root_list(loader->exhibition->root, "", loader->arena, &names, &count);
    if (status != SW_FILE_OK) {
        sw_diags_add(loader->diags, SW_ERROR, folder, 0, 0, NULL, "%s", sw_file_status_text(status));
        return false;
    }
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], "scenes/") == 0)
            return true;
    sw_diags_add(loader->diags, SW_ERROR, folder, 0, 0, NULL,
                 "is no exhibition: it has no folder \"scenes\", where exhibition.json, theme.json and the scenes are");
    return false;
}

/* What all else stands on. */
static bool load_ground(struct sw_loader *loader)
{
    sw_load_documents(loader);
    sw_load_fonts(loader);
    bool whole = sw_load_exhibition(loader);
    whole = sw_load_theme(loader) && whole;
    if (!whole)
        return false;
    size_t faults = loader->diags->errors + loader->diags->warnings;
    sw_load_sources(loader);
    sw_kept_share_sources(loader->kept, loader, loader->diags->errors + loader->diags->warnings == faults);
    sw_load_calendars(loader);
    return true;
}

static bool load(struct sw_loader *loader)
{
    if (!load_ground(loader))
        return false;
    sw_load_part_heads(loader);
    sw_load_scene_heads(loader);
    sw_load_part_elements(loader);
    sw_load_scene_elements(loader);
    sw_load_playlists(loader);
    sw_load_walls(loader);
    load_overlay(loader);
    sw_load_settle_references(loader);
    sw_load_check_translations(loader);
    sw_load_films(loader);
    keep_media(loader);
    return true;
}

static bool load_judged(struct sw_loader *loader)
{
    if (!load(loader))
        return false;
    sw_load_routes(loader);
    sw_load_unused(loader);
    return true;
}

static bool load_sources_alone(struct sw_loader *loader)
{
    sw_load_source_documents(loader);
    bool whole = sw_load_exhibition(loader);
    if (whole)
        sw_load_sources(loader);
    return whole;
}

static bool load_outline(struct sw_loader *loader)
{
    if (!load_ground(loader))
        return false;
    sw_load_scene_heads(loader);
    sw_load_keep_scenes(loader);
    sw_load_playlists(loader);
    sw_load_walls(loader);
    sw_load_settle_references(loader);
    return true;
}

/* What an exhibition is loaded with, beside its folder; all but `load` may be NULL. */
struct manner {
    bool (*load)(struct sw_loader *loader);
    const struct sw_catalogue *catalogue;
    const struct sw_lengths *lengths;
    struct sw_kept *kept;
    struct sw_texts *texts;
};

static struct sw_exhibition *create(struct sw_root *root, const char *name, const struct manner *manner, struct sw_diags *diags)
{
    struct sw_exhibition *exhibition = sw_alloc(sizeof *exhibition);
    sw_arena_init(&exhibition->arena);
    exhibition->root = root;
    struct sw_loader loader = {.exhibition = exhibition,
                               .arena = &exhibition->arena,
                               .diags = diags,
                               .catalogue = manner->catalogue,
                               .lengths = manner->lengths,
                               .kept = manner->kept,
                               .texts = manner->texts};
    static const char *const no_names[] = {NULL};
    exhibition->languages = exhibition->language_names = no_names;
    bool whole = check_folder(&loader, name) && manner->load(&loader);
    exhibition->documents_hash = SW_HASH_START;
    for (size_t i = 0; i < loader.document_count; i++) {
        uint64_t named = sw_hash_text(exhibition->documents_hash, loader.documents[i].file);
        exhibition->documents_hash = sw_hash_number(named, loader.documents[i].hash);
        sw_kept_put(manner->kept, &loader.documents[i]);
    }
    sw_kept_forget(manner->kept, exhibition);
    free(loader.documents);
    free(loader.references);
    free(loader.translations);
    free(loader.media);
    free(loader.films);
    free(loader.subtitles);
    if (!whole) {
        sw_exhibition_destroy(exhibition);
        return NULL;
    }
    return exhibition;
}

static struct sw_root *open_folder(const char *folder, struct sw_diags *diags)
{
    enum sw_file_status status = SW_FILE_OK;
    struct sw_root *root = sw_root_create(folder, &status);
    if (root == NULL)
        sw_diags_add(diags, SW_ERROR, folder, 0, 0, NULL, "%s", sw_file_status_text(status));
    return root;
}

struct sw_exhibition *sw_exhibition_create(const char *folder, const struct sw_catalogue *catalogue, struct sw_diags *diags)
{
    return sw_exhibition_create_timed(folder, catalogue, NULL, diags);
}

struct sw_exhibition *sw_exhibition_create_timed(const char *folder, const struct sw_catalogue *catalogue, const struct sw_lengths *lengths,
                                                 struct sw_diags *diags)
{
    struct sw_root *root = open_folder(folder, diags);
    const struct manner manner = {.load = load, .catalogue = catalogue, .lengths = lengths};
    return root != NULL ? create(root, folder, &manner, diags) : NULL;
}

struct sw_exhibition *sw_exhibition_create_again(const char *folder, const struct sw_catalogue *catalogue,
                                                 const struct sw_lengths *lengths, struct sw_kept *kept, struct sw_diags *diags)
{
    struct sw_root *root = sw_kept_root(kept, folder);
    root = root != NULL ? root : open_folder(folder, diags);
    const struct manner manner = {.load = load, .catalogue = catalogue, .lengths = lengths, .kept = kept};
    return root != NULL ? create(root, folder, &manner, diags) : NULL;
}

struct sw_exhibition *sw_exhibition_create_judged(const char *folder, const struct sw_catalogue *catalogue,
                                                  const struct sw_lengths *lengths, struct sw_diags *diags)
{
    struct sw_root *root = open_folder(folder, diags);
    const struct manner manner = {.load = load_judged, .catalogue = catalogue, .lengths = lengths};
    return root != NULL ? create(root, folder, &manner, diags) : NULL;
}

struct sw_exhibition *sw_exhibition_create_texts(const char *folder, const struct sw_catalogue *catalogue, struct sw_texts *texts,
                                                 struct sw_diags *diags)
{
    struct sw_root *root = open_folder(folder, diags);
    const struct manner manner = {.load = load, .catalogue = catalogue, .texts = texts};
    struct sw_exhibition *exhibition = root != NULL ? create(root, folder, &manner, diags) : NULL;
    if (exhibition != NULL)
        sw_texts_settle(texts);
    return exhibition;
}

struct sw_exhibition *sw_exhibition_create_below(struct sw_root *root, const char *name, const struct sw_catalogue *catalogue,
                                                 const struct sw_lengths *lengths, struct sw_diags *diags)
{
    const struct manner manner = {.load = load, .catalogue = catalogue, .lengths = lengths};
    return create(root, name, &manner, diags);
}

struct sw_exhibition *sw_exhibition_create_sources(const char *folder, struct sw_diags *diags)
{
    struct sw_root *root = open_folder(folder, diags);
    const struct manner manner = {.load = load_sources_alone};
    return root != NULL ? create(root, folder, &manner, diags) : NULL;
}

struct sw_exhibition *sw_exhibition_create_sources_below(struct sw_root *root, const char *name, struct sw_diags *diags)
{
    const struct manner manner = {.load = load_sources_alone};
    return create(root, name, &manner, diags);
}

struct sw_exhibition *sw_exhibition_create_outline_below(struct sw_root *root, const char *name, struct sw_diags *diags)
{
    const struct manner manner = {.load = load_outline};
    return create(root, name, &manner, diags);
}

struct sw_exhibition *sw_exhibition_hold(struct sw_exhibition *exhibition)
{
    (void)atomic_fetch_add(&exhibition->others, 1);
    return exhibition;
}

void sw_exhibition_destroy(struct sw_exhibition *exhibition)
{
    if (exhibition == NULL || atomic_fetch_sub(&exhibition->others, 1) > 0)
        return;
    sw_exhibition_destroy(exhibition->sources_of);
    sw_zone_rules_destroy(exhibition->zone);
    sw_root_destroy(exhibition->root);
    sw_arena_finish(&exhibition->arena);
    free(exhibition);
}

void sw_exhibition_check_dates(const struct sw_exhibition *exhibition, sw_instant now, struct sw_diags *diags)
{
    int64_t today = sw_date_to_days(sw_civil_at(exhibition->zone, now).date);
    for (size_t i = 0; i < exhibition->calendar_count; i++) {
        const struct sw_calendar *calendar = &exhibition->calendars[i];
        int64_t left = sw_date_to_days(calendar->until) - today;
        if (calendar->holidays || calendar->until.year == 0 || left > SW_CALENDAR_WARNING_DAYS)
            continue;
        sw_diags_add(diags, SW_WARNING, "scenes/exhibition.json", 0, 0, "calendars",
                     "the calendar \"%s\" %s on %04d-%02d-%02d; add the days that follow", calendar->name, left < 0 ? "ended" : "ends",
                     calendar->until.year, calendar->until.month, calendar->until.day);
    }
}

/* -- finders -- */

size_t sw_exhibition_scene_index(const struct sw_exhibition *exhibition, const char *address)
{
    size_t low = 0, high = exhibition->scene_count, length = strcspn(address, "#");
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *id = exhibition->scenes[middle]->id;
        int order = strncmp(id, address, length);
        order = order == 0 && id[length] != '\0' ? 1 : order;
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return exhibition->scene_count;
}

const struct sw_scene *sw_exhibition_scene(const struct sw_exhibition *exhibition, const char *id)
{
    size_t index = sw_exhibition_scene_index(exhibition, id);
    bool found = index < exhibition->scene_count && strcmp(exhibition->scenes[index]->id, id) == 0;
    return found ? exhibition->scenes[index] : NULL;
}

const struct sw_part *sw_exhibition_part(const struct sw_exhibition *exhibition, const char *id)
{
    for (size_t i = 0; i < exhibition->part_count; i++)
        if (strcmp(exhibition->parts[i]->id, id) == 0)
            return exhibition->parts[i];
    return NULL;
}

const struct sw_wall *sw_exhibition_wall(const struct sw_exhibition *exhibition, const char *id)
{
    for (size_t i = 0; i < exhibition->wall_count; i++)
        if (strcmp(exhibition->walls[i]->id, id != NULL ? id : exhibition->default_wall) == 0)
            return exhibition->walls[i];
    return NULL;
}

const struct sw_playlist *sw_exhibition_playlist(const struct sw_exhibition *exhibition, const char *id)
{
    for (size_t i = 0; i < exhibition->playlist_count; i++)
        if (strcmp(exhibition->playlists[i]->id, id) == 0)
            return exhibition->playlists[i];
    return NULL;
}

const struct sw_source *sw_exhibition_source(const struct sw_exhibition *exhibition, const char *name)
{
    size_t low = 0, high = exhibition->source_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(exhibition->sources[middle].name, name);
        if (order == 0)
            return &exhibition->sources[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

int sw_scene_page(const struct sw_scene *scene, const char *page)
{
    for (size_t i = 0; i < scene->page_count; i++)
        if (strcmp(scene->pages[i].id, page) == 0)
            return (int)i;
    return -1;
}

const struct sw_canvas *sw_theme_canvas(const struct sw_theme *theme, const char *name)
{
    for (size_t i = 0; i < theme->canvas_count; i++)
        if (strcmp(theme->canvases[i].name, name) == 0)
            return &theme->canvases[i];
    return NULL;
}

const struct sw_canvas *sw_theme_canvas_nearest(const struct sw_theme *theme, double width, double height)
{
    const struct sw_canvas *nearest = NULL;
    double least = INFINITY;
    for (size_t i = 0; i < theme->canvas_count; i++) {
        const struct sw_canvas *canvas = &theme->canvases[i];
        double distance = fabs(log((canvas->width / canvas->height) / (width / height)));
        if (distance < least) {
            least = distance;
            nearest = canvas;
        }
    }
    return nearest;
}

const struct sw_area *sw_canvas_area(const struct sw_canvas *canvas, const char *name)
{
    for (size_t i = 0; i < canvas->area_count; i++)
        if (strcmp(canvas->areas[i].name, name) == 0)
            return &canvas->areas[i];
    return NULL;
}

const struct sw_text_style *sw_theme_style(const struct sw_theme *theme, const char *name)
{
    for (size_t i = 0; i < theme->style_count; i++)
        if (strcmp(theme->styles[i].name, name) == 0)
            return &theme->styles[i];
    return NULL;
}

const struct sw_look *sw_theme_look(const struct sw_theme *theme, const char *name)
{
    for (size_t i = 0; i < theme->look_count; i++)
        if (strcmp(theme->looks[i].name, name) == 0)
            return &theme->looks[i];
    return NULL;
}
