/* SPDX-License-Identifier: EUPL-1.2 */
/* Scenes: first what others may know of them (title, tags, state, pages), then their elements. */
#include <stdlib.h>
#include <string.h>

#include "exhibition/load.h"

static const struct sw_row tag_row = {.key = "", .type = SW_TYPE_ID};
static const struct sw_row about_rows[] = {
    {.key = "tags",
     .type = SW_TYPE_LIST,
     .item = &tag_row,
     .maximum = 32,
     .meaning = "Words by which lists and playlists find the scene.",
     .example = "[\"project\"]"},
    {.key = "order", .type = SW_TYPE_NUMBER, .minimum = -100000, .maximum = 100000, .otherwise = "0", .meaning = "Its place in lists."},
    {.key = "picture",
     .type = SW_TYPE_CUSTOM,
     .means = SW_MEANS_MEDIA,
     .flags = SW_ROW_PER_LANGUAGE,
     .meaning = "Its picture in lists.",
     .example = "\"media/rhein.svg\""},
    {.key = "lead",
     .type = SW_TYPE_CUSTOM,
     .means = SW_MEANS_TEXT,
     .flags = SW_ROW_PER_LANGUAGE,
     .meaning = "One sentence that invites.",
     .example = "{\"de\": \"Wie hoch steht das Wasser?\"}"},
};
static const struct sw_table about_table = {"about", "What lists show of a scene.", about_rows, SW_COUNT(about_rows)};

static const struct sw_row popup_rows[] = {
    {.key = "in",
     .type = SW_TYPE_CUSTOM,
     .means = SW_MEANS_AREA,
     .flags = SW_ROW_PER_CANVAS,
     .meaning = "The area it is put into; none: the canvas."},
    {.key = "modal", .type = SW_TYPE_BOOL, .otherwise = "true", .meaning = "Dims what is behind; a tap outside closes it."},
    {.key = "elements", .type = SW_TYPE_CUSTOM, .flags = SW_ROW_REQUIRED, .means = SW_MEANS_ELEMENTS, .meaning = "What it shows."},
};
static const struct sw_table popup_table = {"popup", "A group of elements that is opened and closed by name.", popup_rows,
                                            SW_COUNT(popup_rows)};
static const struct sw_row popup_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &popup_table};

static const struct sw_row page_rows[] = {
    {.key = "id", .type = SW_TYPE_ID, .flags = SW_ROW_REQUIRED, .meaning = "Its address within the scene.", .example = "\"now\""},
    {.key = "title", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT, .flags = SW_ROW_PER_LANGUAGE, .meaning = "What lists of pages say."},
    {.key = "for",
     .type = SW_TYPE_DURATION,
     .words = sw_length_words,
     .minimum = 1,
     .maximum = 3600,
     .meaning = "How long it stays in attract mode, or `clip`: as long as the clip on it."},
    {.key = "elements", .type = SW_TYPE_CUSTOM, .flags = SW_ROW_REQUIRED, .means = SW_MEANS_ELEMENTS, .meaning = "What it shows."},
    {.key = "popups", .type = SW_TYPE_MAP, .item = &popup_row, .key_type = SW_TYPE_ID, .meaning = "Popups of this page."},
};
static const struct sw_table page_table = {"page", "One page of a scene.", page_rows, SW_COUNT(page_rows)};
static const struct sw_row page_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &page_table};

static const struct sw_row scene_rows[] = {
    {.key = "title",
     .type = SW_TYPE_CUSTOM,
     .means = SW_MEANS_TEXT,
     .flags = SW_ROW_PER_LANGUAGE | SW_ROW_REQUIRED,
     .meaning = "The scene's title."},
    {.key = "about", .type = SW_TYPE_OBJECT, .table = &about_table, .meaning = "What lists show of it."},
    {.key = "frame", .type = SW_TYPE_ID, .meaning = "The part with a slot \"page\" that its pages are put into.", .example = "\"page\""},
    {.key = "with", .type = SW_TYPE_CUSTOM, .needs = "frame", .shape = "{'type': 'object'}", .meaning = "The frame's parameters."},
    {.key = "state",
     .type = SW_TYPE_MAP,
     .item = &sw_state_row,
     .key_type = SW_TYPE_NAME,
     .meaning = "State that is gone on leaving the scene: {name: {values, default}}.",
     .example = "{\"span\": {\"values\": [\"day\", \"week\"], \"default\": \"day\"}}"},
    {.key = "ground", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_COLOUR, .meaning = "The colour behind it; none: the theme's."},
    {.key = "idle",
     .type = SW_TYPE_DURATION,
     .minimum = 5,
     .maximum = 3600,
     .meaning = "How long nobody touches before the countdown begins."},
    {.key = "transition", .type = SW_TYPE_OBJECT, .table = &sw_transition_table, .meaning = "How it comes in."},
    {.key = "turn",
     .type = SW_TYPE_OBJECT,
     .table = &sw_transition_table,
     .meaning = "How its pages turn; without it, as the exhibition says."},
    {.key = "draft", .type = SW_TYPE_BOOL, .otherwise = "false", .meaning = "Not listed, not played, never published."},
    {.key = "pages",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_ONE_OF,
     .item = &page_row,
     .minimum = 1,
     .maximum = 200,
     .meaning = "Its pages."},
    {.key = "elements",
     .type = SW_TYPE_CUSTOM,
     .flags = SW_ROW_ONE_OF,
     .means = SW_MEANS_ELEMENTS,
     .meaning = "What it shows, if it has no pages."},
    {.key = "popups", .type = SW_TYPE_MAP, .item = &popup_row, .key_type = SW_TYPE_ID, .meaning = "Popups of all its pages."},
};
const struct sw_table sw_scene_table = {"scene", "One presentation: several pages, or elements directly.", scene_rows,
                                        SW_COUNT(scene_rows)};

static struct sw_property member(struct sw_writer *w, const struct sw_table *table, const cJSON *object, const char *key)
{
    struct sw_property property = {.form = SW_PROPERTY_NONE};
    const cJSON *node = sw_json_get(object, key);
    for (size_t i = 0; i < table->count && node != NULL; i++) {
        if (strcmp(table->rows[i].key, key) != 0)
            continue;
        size_t mark = sw_verify_enter(&w->verify, key);
        property = sw_load_property(w, &table->rows[i], node);
        sw_verify_leave(&w->verify, mark);
    }
    return property;
}

static void load_about(struct sw_writer *w, struct sw_scene *scene, const cJSON *about)
{
    if (!cJSON_IsObject(about))
        return;
    size_t mark = sw_verify_enter(&w->verify, "about");
    const cJSON *order = sw_load_member(w, &about_table, about, "order");
    scene->order = order != NULL ? order->valuedouble : 0;
    scene->picture = member(w, &about_table, about, "picture");
    scene->lead = member(w, &about_table, about, "lead");
    const cJSON *tags = sw_json_get(about, "tags"), *item = NULL;
    const char **list = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(tags) + 1, sizeof *list);
    cJSON_ArrayForEach (item, tags)
        if (cJSON_IsString(item))
            list[scene->tag_count++] = sw_arena_strdup(w->loader->arena, item->valuestring);
    scene->tags = list;
    sw_verify_leave(&w->verify, mark);
}

/* Popups known by name now, their elements filled in later. */
static struct sw_popups popup_heads(struct sw_writer *w, const cJSON *object)
{
    size_t count = cJSON_IsObject(object) ? (size_t)cJSON_GetArraySize(object) : 0;
    struct sw_popup *popups = sw_arena_array(w->loader->arena, count, sizeof *popups);
    const cJSON *item = NULL;
    size_t at = 0;
    if (count > 0)
        cJSON_ArrayForEach (item, object)
            popups[at++] =
                (struct sw_popup){.name = sw_arena_strdup(w->loader->arena, item->string), .modal = sw_json_bool(item, "modal", true)};
    return (struct sw_popups){.items = popups, .count = count};
}

static void said_twice(struct sw_writer *w, const cJSON *id)
{
    size_t mark = sw_verify_enter(&w->verify, "id");
    if (id != NULL)
        sw_verify_fault(&w->verify, id, "the page \"%s\" is there already", cJSON_IsString(id) ? id->valuestring : "");
    sw_verify_leave(&w->verify, mark);
}

static void load_pages(struct sw_writer *w, struct sw_scene *scene, const cJSON *root)
{
    const cJSON *pages = sw_json_get(root, "pages"), *item = NULL;
    size_t count = cJSON_IsArray(pages) ? (size_t)cJSON_GetArraySize(pages) : 0;
    struct sw_page *made = sw_arena_array(w->loader->arena, count + 1, sizeof *made);
    scene->pages = made;
    if (count == 0) {
        made[0] = (struct sw_page){.id = "", .line = scene->line, .column = scene->column};
        scene->page_count = 1;
        return;
    }
    size_t mark = sw_verify_enter(&w->verify, "pages");
    cJSON_ArrayForEach (item, pages) {
        struct sw_page *page = &made[scene->page_count];
        size_t inner = sw_verify_enter_index(&w->verify, (int)scene->page_count);
        page->id = sw_arena_strdup(w->loader->arena, sw_json_text(item, "id", ""));
        sw_json_place(w->document->json, item, &page->line, &page->column);
        if (sw_scene_page(scene, page->id) >= 0)
            said_twice(w, sw_json_get(item, "id"));
        page->title = member(w, &page_table, item, "title");
        page->clip = sw_load_is_clip(sw_json_get(item, "for"));
        page->duration = sw_load_duration(w, &page_table, item, "for", page->clip ? w->loader->exhibition->duration : 0);
        page->popups = popup_heads(w, sw_json_get(item, "popups"));
        scene->page_count++;
        sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
}

/* A frame is a part with a place for the page. */
static void check_frame(struct sw_writer *w, const struct sw_part *frame, const cJSON *node)
{
    const struct sw_document *document = sw_loader_document(w->loader, SW_DOCUMENT_PART, frame->id);
    if (document != NULL && !document->faulty && !sw_load_has_slot(&frame->elements, "page"))
        sw_verify_fault(&w->verify, node, "the part \"%s\" has no slot \"page\"; a frame has one, for the elements of the page", frame->id);
}

static const struct sw_part *frame_of(struct sw_writer *w, const cJSON *root)
{
    const cJSON *node = sw_load_member(w, &sw_scene_table, root, "frame");
    const struct sw_part *frame = node != NULL ? sw_exhibition_part(w->loader->exhibition, node->valuestring) : NULL;
    size_t mark = sw_verify_enter(&w->verify, "frame");
    if (frame != NULL)
        check_frame(w, frame, node);
    else if (node != NULL && sw_loader_document(w->loader, SW_DOCUMENT_PART, node->valuestring) == NULL)
        sw_verify_fault(&w->verify, node, "there is no part \"%s\" in scenes/parts/%s", node->valuestring,
                        sw_load_hint(w->loader, node->valuestring, sw_load_ids(w->loader, SW_DOCUMENT_PART)));
    sw_verify_leave(&w->verify, mark);
    return frame;
}

static void load_frame(struct sw_writer *w, struct sw_scene *scene, const cJSON *root)
{
    const cJSON *frame = sw_json_get(root, "frame"), *with = sw_json_get(root, "with");
    if (with != NULL && !cJSON_IsObject(with))
        sw_verify_fault(&w->verify, with, "an object is wanted: the frame's parameters");
    scene->frame = frame_of(w, root);
    if (scene->frame == NULL)
        return;
    size_t mark = sw_verify_enter(&w->verify, cJSON_IsObject(with) ? "with" : "frame");
    scene->frame_arguments = sw_load_arguments(w, scene->frame, cJSON_IsObject(with) ? with : NULL, frame, NULL);
    sw_verify_leave(&w->verify, mark);
}

static struct sw_scene *load_head(struct sw_loader *loader, struct sw_document *document)
{
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    const cJSON *root = document->json->root;
    size_t errors = sw_load_errors(loader);
    (void)sw_verify_object(&w.verify, &sw_scene_table, root);
    struct sw_scene *scene = sw_arena_alloc(loader->arena, sizeof *scene);
    *scene = (struct sw_scene){.id = document->id, .file = document->file, .hash = document->hash};
    sw_json_place(document->json, root, &scene->line, &scene->column);
    w.scene = scene;
    scene->states = sw_load_states(&w, sw_json_get(root, "state"));
    scene->title = member(&w, &sw_scene_table, root, "title");
    scene->ground = member(&w, &sw_scene_table, root, "ground");
    scene->draft = sw_json_bool(root, "draft", false);
    scene->idle = sw_load_duration(&w, &sw_scene_table, root, "idle", 0);
    scene->transition = loader->exhibition->transition;
    scene->turn = loader->exhibition->turn;
    scene->has_transition = sw_load_transition(&w, root, "transition", &scene->transition);
    scene->has_turn = sw_load_transition(&w, root, "turn", &scene->turn);
    load_about(&w, scene, sw_json_get(root, "about"));
    load_pages(&w, scene, root);
    scene->popups = popup_heads(&w, sw_json_get(root, "popups"));
    document->faulty = document->faulty || sw_load_errors(loader) != errors;
    return scene;
}

static int by_id(const void *a, const void *b)
{
    const struct sw_scene *const *x = a, *const *y = b;
    int order = strcmp((*x)->id, (*y)->id);
    return order != 0 ? order : strcmp((*x)->file, (*y)->file);
}

static void check_twins(struct sw_loader *loader)
{
    for (size_t i = 1; i < loader->scene_count; i++) {
        const struct sw_scene *first = loader->scenes[i - 1], *twin = loader->scenes[i];
        if (strcmp(first->id, twin->id) != 0)
            continue;
        sw_diags_add(loader->diags, SW_ERROR, twin->file, 0, 0, NULL, "the scene \"%s\" is there already: %s", twin->id, first->file);
        for (size_t d = 0; d < loader->document_count; d++)
            loader->documents[d].faulty = loader->documents[d].faulty || loader->documents[d].made == twin;
    }
}

/* Of those with or without faults that were loaded; sorted by id. */
static size_t gather(struct sw_loader *loader, bool faulty, const struct sw_scene **scenes)
{
    size_t count = 0;
    for (size_t i = 0; i < loader->document_count; i++) {
        const struct sw_document *document = &loader->documents[i];
        if (document->kind == SW_DOCUMENT_SCENE && document->made != NULL && (faulty || !document->faulty))
            scenes[count++] = document->made;
    }
    if (count > 1)
        qsort(scenes, count, sizeof *scenes, by_id);
    return count;
}

void sw_load_scene_heads(struct sw_loader *loader)
{
    for (size_t i = 0; i < loader->document_count; i++) {
        struct sw_document *document = &loader->documents[i];
        if (document->kind == SW_DOCUMENT_SCENE && !document->faulty)
            document->made = load_head(loader, document);
    }
    const struct sw_scene **scenes = sw_arena_array(loader->arena, loader->document_count, sizeof *scenes);
    loader->scene_count = gather(loader, true, scenes);
    loader->scenes = scenes;
    check_twins(loader);
}

/* The popups with their elements, in place of their heads. */
static struct sw_popups load_popups(struct sw_writer *w, struct sw_popups popups, const cJSON *object)
{
    if (popups.count == 0)
        return popups;
    struct sw_popup *made = sw_arena_array(w->loader->arena, popups.count, sizeof *made);
    memcpy(made, popups.items, popups.count * sizeof *made);
    size_t mark = sw_verify_enter(&w->verify, "popups"), at = 0;
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, object) {
        size_t inner = sw_verify_enter(&w->verify, item->string);
        made[at].in = member(w, &popup_table, item, "in");
        made[at].elements = member(w, &popup_table, item, "elements").as.elements;
        at++;
        sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
    return (struct sw_popups){.items = made, .count = popups.count};
}

static struct sw_elements elements_of(struct sw_writer *w, const cJSON *object)
{
    const cJSON *node = sw_json_get(object, "elements");
    struct sw_elements elements = {.count = 0};
    size_t mark = sw_verify_enter(&w->verify, "elements");
    if (node != NULL)
        elements = sw_load_elements(w, node);
    sw_verify_leave(&w->verify, mark);
    return elements;
}

static int64_t length_of(struct sw_writer *w, const struct sw_scene *scene, const struct sw_page *page, const cJSON *object)
{
    size_t mark = sw_verify_enter(&w->verify, "for");
    int64_t length = sw_load_length(w, sw_json_get(object, "for"), scene, page, "the page");
    sw_verify_leave(&w->verify, mark);
    return length;
}

static void load_elements(struct sw_loader *loader, struct sw_document *document)
{
    struct sw_scene *scene = document->made;
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    w.scene = scene;
    w.names = sw_names_states(loader->arena, w.names, &scene->states);
    const cJSON *root = document->json->root, *pages = sw_json_get(root, "pages"), *item = NULL;
    size_t errors = sw_load_errors(loader), at = 0;
    struct sw_page *made = sw_arena_array(loader->arena, scene->page_count, sizeof *made);
    memcpy(made, scene->pages, scene->page_count * sizeof *made);
    load_frame(&w, scene, root);
    if (cJSON_IsArray(pages)) {
        size_t mark = sw_verify_enter(&w.verify, "pages");
        cJSON_ArrayForEach (item, pages) {
            size_t inner = sw_verify_enter_index(&w.verify, (int)at);
            made[at].elements = elements_of(&w, item);
            made[at].popups = load_popups(&w, made[at].popups, sw_json_get(item, "popups"));
            if (made[at].clip)
                made[at].duration = length_of(&w, scene, &made[at], item);
            at++;
            sw_verify_leave(&w.verify, inner);
        }
        sw_verify_leave(&w.verify, mark);
    } else {
        made[0].elements = elements_of(&w, root);
    }
    scene->popups = load_popups(&w, scene->popups, sw_json_get(root, "popups"));
    scene->pages = made;
    document->faulty = document->faulty || sw_load_errors(loader) != errors;
}

void sw_load_scene_elements(struct sw_loader *loader)
{
    for (size_t i = 0; i < loader->document_count; i++)
        if (loader->documents[i].kind == SW_DOCUMENT_SCENE && loader->documents[i].made != NULL)
            load_elements(loader, &loader->documents[i]);
    sw_load_keep_scenes(loader);
}

void sw_load_keep_scenes(struct sw_loader *loader)
{
    const struct sw_scene **sound = sw_arena_array(loader->arena, loader->document_count, sizeof *sound);
    loader->exhibition->scene_count = gather(loader, false, sound);
    loader->exhibition->scenes = sound;
    for (size_t i = 0; i < loader->document_count; i++)
        loader->lost_scenes += loader->documents[i].kind == SW_DOCUMENT_SCENE ? 1 : 0;
    loader->lost_scenes -= loader->exhibition->scene_count;
}
