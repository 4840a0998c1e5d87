/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "exhibition/kept.h"

static bool id_of_file(struct sw_loader *loader, const char *name, const char *ending, const char **id)
{
    size_t length = strlen(name), tail = strlen(ending);
    if (length <= tail || strcmp(name + length - tail, ending) != 0)
        return false;
    *id = sw_arena_strndup(loader->arena, name, length - tail);
    return true;
}

static struct sw_document *add(struct sw_loader *loader, enum sw_document_kind kind, const char *id, const char *file, const char *folder)
{
    loader->documents = sw_grow(loader->documents, &loader->document_capacity, loader->document_count + 1, sizeof *loader->documents);
    struct sw_document *document = &loader->documents[loader->document_count++];
    *document = (struct sw_document){.kind = kind, .id = id, .file = file, .folder = folder};
    char *bytes = NULL;
    size_t length = 0;
    enum sw_file_status status = sw_root_read(loader->exhibition->root, file, SW_JSON_BYTES_MAX, &bytes, &length);
    if (status != SW_FILE_OK) {
        sw_diags_add(loader->diags, SW_ERROR, file, 0, 0, NULL, "%s", sw_file_status_text(status));
    } else {
        document->hash = sw_hash_bytes(SW_HASH_START, bytes, length);
        document->length = length;
        document->json = sw_kept_take(loader->kept, file, document->hash, length);
        if (document->json == NULL)
            document->json = sw_json_create(bytes, length, SW_JSON_CURATOR, file, loader->diags);
        free(bytes);
    }
    document->faulty = document->json == NULL;
    if (document->json != NULL && !cJSON_IsObject(document->json->root)) {
        sw_diags_add(loader->diags, SW_ERROR, file, 1, 1, NULL, "holds no object; a file of an exhibition begins with {");
        document->faulty = true;
    }
    if (id != NULL && !sw_id_valid(id)) {
        sw_diags_add(loader->diags, SW_ERROR, file, 0, 0, NULL,
                     "the name \"%s\" is no id; use small letters, digits and hyphens, e.g. \"rhein-pegel\"", id);
        document->faulty = true;
    }
    return document;
}

/* A file that somebody took for one of ours: the ending in capitals, or another one hidden behind it. */
static void check_ending(struct sw_loader *loader, const char *folder, const char *name)
{
    static const char *const endings[] = {".json.txt", ".JSON", ".Json", ".jsonc", ".json5"};
    const char *id = NULL;
    for (size_t i = 0; i < SW_COUNT(endings); i++)
        if (id_of_file(loader, name, endings[i], &id))
            sw_diags_add(loader->diags, SW_WARNING, sw_arena_printf(loader->arena, "%s/%s", folder, name), 0, 0, NULL,
                         "is not read; its name would have to end in \".json\"");
}

static void add_folder(struct sw_loader *loader, const char *folder, enum sw_document_kind kind)
{
    const char **names = NULL;
    size_t count = 0;
    enum sw_file_status status = sw_root_list(loader->exhibition->root, folder, loader->arena, &names, &count);
    if (status != SW_FILE_OK && status != SW_FILE_MISSING)
        sw_diags_add(loader->diags, SW_ERROR, folder, 0, 0, NULL, "%s", sw_file_status_text(status));
    for (size_t i = 0; i < count; i++) {
        const char *id = NULL;
        if (id_of_file(loader, names[i], ".json", &id))
            add(loader, kind, id, sw_arena_printf(loader->arena, "%s/%s", folder, names[i]), sw_arena_printf(loader->arena, "%s/", folder));
        else
            check_ending(loader, folder, names[i]);
    }
}

static void add_scene_file(struct sw_loader *loader, const char *id, const char *name)
{
    const char *file = sw_arena_printf(loader->arena, "scenes/%s", name);
    if (strcmp(id, "exhibition") == 0)
        add(loader, SW_DOCUMENT_EXHIBITION, NULL, file, "scenes/");
    else if (strcmp(id, "theme") == 0)
        add(loader, SW_DOCUMENT_THEME, NULL, file, "scenes/");
    else if (strcmp(id, "sources") == 0)
        add(loader, SW_DOCUMENT_SOURCES, NULL, file, "scenes/");
    else
        add(loader, SW_DOCUMENT_SCENE, id, file, "scenes/");
}

/* A folder of scenes/ is a scene with its media: the file scene.json is looked for, nothing else. */
static void add_scene_folder(struct sw_loader *loader, const char *id)
{
    static const char *const taken[] = {"exhibition", "theme", "sources"};
    const char *folder = sw_arena_printf(loader->arena, "scenes/%s", id), **names = NULL;
    size_t count = 0;
    enum sw_file_status status = sw_root_list(loader->exhibition->root, folder, loader->arena, &names, &count);
    if (status != SW_FILE_OK) {
        sw_diags_add(loader->diags, SW_ERROR, folder, 0, 0, NULL, "%s", sw_file_status_text(status));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], "scene.json") != 0)
            continue;
        const char *file = sw_arena_printf(loader->arena, "%s/scene.json", folder);
        for (size_t t = 0; t < SW_COUNT(taken); t++)
            if (strcmp(taken[t], id) == 0)
                sw_diags_add(loader->diags, SW_ERROR, file, 0, 0, NULL, "a scene cannot be called \"%s\"; choose another name", id);
        add(loader, SW_DOCUMENT_SCENE, id, file, sw_arena_printf(loader->arena, "%s/", folder));
        return;
    }
    sw_diags_add(loader->diags, SW_WARNING, folder, 0, 0, NULL, "holds no scene.json; a scene with a folder of its own is described there");
}

void sw_load_source_documents(struct sw_loader *loader)
{
    const char **names = NULL;
    size_t count = 0;
    if (sw_root_list(loader->exhibition->root, "scenes", loader->arena, &names, &count) != SW_FILE_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], "exhibition.json") == 0)
            add(loader, SW_DOCUMENT_EXHIBITION, NULL, "scenes/exhibition.json", "scenes/");
        else if (strcmp(names[i], "sources.json") == 0)
            add(loader, SW_DOCUMENT_SOURCES, NULL, "scenes/sources.json", "scenes/");
    }
}

static void add_scenes(struct sw_loader *loader)
{
    static const char *const other[] = {"parts/", "walls/", "playlists/", "lang/", "calendars/"};
    const char **names = NULL;
    size_t count = 0;
    enum sw_file_status status = sw_root_list(loader->exhibition->root, "scenes", loader->arena, &names, &count);
    if (status != SW_FILE_OK) {
        sw_diags_add(loader->diags, SW_ERROR, "scenes", 0, 0, NULL, "%s; an exhibition keeps its scenes in this folder",
                     sw_file_status_text(status));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const char *id = NULL;
        bool scene = true;
        for (size_t k = 0; k < SW_COUNT(other); k++)
            scene = scene && strcmp(names[i], other[k]) != 0;
        if (id_of_file(loader, names[i], ".json", &id))
            add_scene_file(loader, id, names[i]);
        else if (scene && id_of_file(loader, names[i], "/", &id))
            add_scene_folder(loader, id);
        else
            check_ending(loader, "scenes", names[i]);
    }
}

void sw_load_documents(struct sw_loader *loader)
{
    add_scenes(loader);
    add_folder(loader, "scenes/parts", SW_DOCUMENT_PART);
    add_folder(loader, "scenes/walls", SW_DOCUMENT_WALL);
    add_folder(loader, "scenes/playlists", SW_DOCUMENT_PLAYLIST);
    add_folder(loader, "scenes/calendars", SW_DOCUMENT_CALENDAR);
    add_folder(loader, "scenes/lang", SW_DOCUMENT_LANGUAGE);
    add(loader, SW_DOCUMENT_FONTS, NULL, "fonts/fonts.json", "");
}

struct sw_document *sw_loader_document(struct sw_loader *loader, enum sw_document_kind kind, const char *id)
{
    for (size_t i = 0; i < loader->document_count; i++) {
        struct sw_document *document = &loader->documents[i];
        if (document->kind == kind && (id == NULL || (document->id != NULL && strcmp(document->id, id) == 0)))
            return document;
    }
    return NULL;
}

struct sw_document *sw_loader_file(struct sw_loader *loader, const char *file)
{
    for (size_t i = 0; i < loader->document_count; i++)
        if (strcmp(loader->documents[i].file, file) == 0)
            return &loader->documents[i];
    return NULL;
}

void sw_writer_init(struct sw_writer *writer, struct sw_loader *loader, struct sw_document *document)
{
    *writer = (struct sw_writer){.loader = loader, .document = document, .folder = document->folder};
    sw_verify_init(&writer->verify, document->json, loader->diags);
    writer->verify.canvases = loader->canvas_names;
    writer->verify.languages = loader->exhibition->languages;
    writer->names = sw_names_global(loader);
}
