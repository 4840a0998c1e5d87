/* SPDX-License-Identifier: EUPL-1.2 */
/* scenes/playlists/: which scenes play in which order; `scenes` becomes the list of those that fit. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "exhibition/load.h"

#define LOOP_MAX 2000
#define SORT_MAX 8
#define BY_MAX 64

static void judge_name(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    if (!cJSON_IsString(node) || strlen(node->valuestring) > BY_MAX || !sw_utf8_is_line(node->valuestring, BY_MAX + 1))
        sw_verify_fault(verify, node, "a name is wanted, one line of at most %d bytes", BY_MAX);
}

static const struct sw_row item_rows[] = {
    {.key = "scene", .type = SW_TYPE_ID, .flags = SW_ROW_ONE_OF, .meaning = "The scene to show.", .example = "\"welcome\""},
    {.key = "scenes",
     .type = SW_TYPE_CUSTOM,
     .flags = SW_ROW_ONE_OF,
     .means = SW_MEANS_CONDITION,
     .meaning = "All scenes for which this expression is true, one after the other.",
     .example = "\"'project' in tags\""},
    {.key = "sort",
     .type = SW_TYPE_CUSTOM,
     .means = SW_MEANS_SORT,
     .needs = "scenes",
     .meaning = "What those are sorted by; by id without it.",
     .example = "[\"order\", \"-title\"]"},
    {.key = "for",
     .type = SW_TYPE_DURATION,
     .words = sw_length_words,
     .minimum = 1,
     .maximum = 86400,
     .meaning = "How long each stays, or `clip`: as long as its clip; without it the sum of its pages, or the default."},
    {.key = "when",
     .type = SW_TYPE_CUSTOM,
     .means = SW_MEANS_CONDITION,
     .meaning = "Only if this is true at its turn; sources of live data may be read.",
     .example = "\"rhein.level > 800\""},
    {.key = "on",
     .type = SW_TYPE_OBJECT,
     .table = &sw_schedule_table,
     .meaning = "When it is on.",
     .example = "{\"days\": \"mon-fri\", \"time\": \"09:00-18:00\"}"},
    {.key = "from", .type = SW_TYPE_STRING, .meaning = "Not before this instant.", .example = "\"2026-12-01T08:00\""},
    {.key = "until", .type = SW_TYPE_STRING, .meaning = "Not from this instant on.", .example = "\"2026-12-24T18:00\""},
    {.key = "interrupt", .type = SW_TYPE_BOOL, .otherwise = "false", .meaning = "Breaks in as soon as all these hold."},
    {.key = "priority",
     .type = SW_TYPE_INTEGER,
     .minimum = -100,
     .maximum = 100,
     .otherwise = "0",
     .meaning = "Only what is highest of all that is on plays."},
    {.key = "transition", .type = SW_TYPE_OBJECT, .table = &sw_transition_table, .meaning = "How it comes in."},
    {.key = "by",
     .type = SW_TYPE_CUSTOM,
     .judge = judge_name,
     .shape = "{'type': 'string', 'maxLength': 64, 'pattern': '^[^\\\\x00-\\\\x1f\\\\x7f]*$'}",
     .meaning = "Who wants it so, of an override."},
};
static const struct sw_table item_table = {"playlist item", "One scene, or several that fit.", item_rows, SW_COUNT(item_rows)};
static const struct sw_row item_row = {.key = "", .type = SW_TYPE_OBJECT, .table = &item_table};
static const struct sw_row playlist_rows[] = {
    {.key = "loop",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_REQUIRED,
     .item = &item_row,
     .minimum = 0,
     .maximum = LOOP_MAX,
     .meaning = "What plays, over and over."},
    {.key = "otherwise", .type = SW_TYPE_ID, .meaning = "The scene that shows when nothing is on."},
};
const struct sw_table sw_playlist_table = {"playlist", "What a zone plays when nobody touches it.", playlist_rows, SW_COUNT(playlist_rows)};

struct fields {
    struct sw_scope scope;
    const struct sw_exhibition *exhibition;
    const struct sw_scene *scene;
    struct sw_arena *arena;
};

static struct sw_value tags_of(struct sw_arena *arena, const struct sw_scene *scene)
{
    struct sw_value *items = sw_arena_array(arena, scene->tag_count, sizeof *items);
    for (size_t i = 0; i < scene->tag_count; i++)
        items[i] = sw_value_string(scene->tags[i]);
    struct sw_list *list = sw_arena_alloc(arena, sizeof *list);
    *list = (struct sw_list){.count = scene->tag_count, .items = items};
    return (struct sw_value){.type = SW_VALUE_LIST, .as.list = list};
}

static bool lookup_field(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct fields *fields = scope->context;
    const struct sw_scene *scene = fields->scene;
    const struct sw_property *text = strcmp(name, "title") == 0     ? &scene->title
                                     : strcmp(name, "lead") == 0    ? &scene->lead
                                     : strcmp(name, "picture") == 0 ? &scene->picture
                                                                    : NULL;
    if (strcmp(name, "id") == 0) {
        *out = sw_value_string(scene->id);
    } else if (strcmp(name, "order") == 0) {
        *out = sw_value_number(scene->order);
    } else if (strcmp(name, "tags") == 0) {
        *out = tags_of(fields->arena, scene);
    } else if (text != NULL) {
        struct sw_evaluation evaluation = {
            .arena = fields->arena, .zone = fields->exhibition->zone, .language = fields->exhibition->languages[0]};
        struct sw_resolution resolution = {.evaluation = &evaluation, .canvas = fields->exhibition->theme.canvases[0].name};
        *out = sw_property_value(text, &resolution);
    } else {
        return false;
    }
    return true;
}

struct candidate {
    const struct sw_scene *scene;
    struct sw_value keys[SORT_MAX];
    bool falling[SORT_MAX];
    size_t count;
};

static int by_keys(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    for (size_t i = 0; i < x->count; i++) {
        int order = sw_value_compare(x->keys[i], y->keys[i]);
        if (order != 0)
            return x->falling[i] ? -order : order;
    }
    return strcmp(x->scene->id, y->scene->id);
}

/* As long as the clip of its one page. */
static int64_t clip_duration(struct sw_writer *w, const struct sw_scene *scene, const cJSON *node)
{
    int64_t duration = w->loader->exhibition->duration;
    size_t mark = sw_verify_enter(&w->verify, "for");
    if (scene->page_count == 1)
        duration = sw_load_length(w, node, scene, &scene->pages[0], sw_arena_printf(w->loader->arena, "the scene \"%s\"", scene->id));
    else
        sw_verify_fault(&w->verify, node,
                        "the scene \"%s\" has %zu pages; leave \"for\" out here and write it in the pages, that of the clip \"clip\"",
                        scene->id, scene->page_count);
    sw_verify_leave(&w->verify, mark);
    return duration;
}

/* Of `made`. */
static struct sw_playlist_turn turn_of(struct sw_writer *w, struct sw_playlist_item *made, const struct sw_scene *scene, const cJSON *item)
{
    const cJSON *lasts = sw_json_get(item, "for");
    bool clip = sw_load_is_clip(lasts);
    int64_t sum = 0;
    made->clips = made->clips || clip;
    for (size_t i = 0; i < scene->page_count; i++) {
        sum += scene->pages[i].duration;
        made->clips = made->clips || (lasts == NULL && scene->pages[i].clip);
    }
    int64_t otherwise = sum > 0 ? sum : w->loader->exhibition->duration;
    return (struct sw_playlist_turn){
        .scene = scene->id, .duration = clip ? clip_duration(w, scene, lasts) : sw_load_duration(w, &item_table, item, "for", otherwise)};
}

/* Sets the keys that `sort` gives for each candidate. */
static void sort_keys(struct sw_writer *w, const cJSON *sort, struct candidate *candidates, size_t count,
                      const struct sw_evaluation *evaluation, struct fields *fields)
{
    size_t mark = sw_verify_enter(&w->verify, "sort"), keys = sw_load_count(sort);
    if (keys < 1 || keys > SORT_MAX || cJSON_IsBool(sort)) {
        sw_verify_fault(&w->verify, sort, "1 to %d expressions to sort by are wanted, e.g. [\"order\", \"-title\"]", SORT_MAX);
        keys = 0;
    }
    for (size_t k = 0; k < keys; k++) {
        const cJSON *item = sw_load_item(sort, k);
        size_t inner = cJSON_IsArray(sort) ? sw_verify_enter_index(&w->verify, (int)k) : mark;
        bool falling = cJSON_IsString(item) && item->valuestring[0] == '-';
        const struct sw_expression *expression = sw_load_expression_from(w, item, falling ? 1 : 0);
        for (size_t i = 0; i < count && expression != NULL; i++) {
            struct candidate *candidate = &candidates[i];
            fields->scene = candidate->scene;
            candidate->keys[candidate->count] = sw_expression_evaluate(expression, evaluation);
            candidate->falling[candidate->count++] = falling;
        }
        if (cJSON_IsArray(sort))
            sw_verify_leave(&w->verify, inner);
    }
    sw_verify_leave(&w->verify, mark);
}

static void load_many(struct sw_writer *w, struct sw_playlist_item *made, const cJSON *item)
{
    const struct sw_exhibition *exhibition = w->loader->exhibition;
    struct fields fields = {.exhibition = exhibition, .arena = w->loader->arena};
    fields.scope = (struct sw_scope){.lookup = lookup_field, .context = &fields};
    struct sw_evaluation evaluation = {
        .scope = &fields.scope, .arena = w->loader->arena, .zone = exhibition->zone, .language = exhibition->languages[0]};
    const struct sw_names *before = w->names;
    w->names = sw_names_scene_fields(w->loader->arena);
    size_t mark = sw_verify_enter(&w->verify, "scenes"), count = 0;
    const struct sw_expression *fits = sw_load_expression_of(w, sw_json_get(item, "scenes"), SW_VALUE_BOOL);
    sw_verify_leave(&w->verify, mark);
    struct candidate *candidates = sw_arena_array(w->loader->arena, exhibition->scene_count, sizeof *candidates);
    for (size_t i = 0; i < exhibition->scene_count && fits != NULL; i++) {
        fields.scene = exhibition->scenes[i];
        if (!exhibition->scenes[i]->draft && sw_value_true(sw_expression_evaluate(fits, &evaluation)))
            candidates[count++].scene = exhibition->scenes[i];
    }
    if (sw_json_get(item, "sort") != NULL)
        sort_keys(w, sw_json_get(item, "sort"), candidates, count, &evaluation, &fields);
    w->names = before;
    if (count > 1)
        qsort(candidates, count, sizeof *candidates, by_keys);
    struct sw_playlist_turn *turns = sw_arena_array(w->loader->arena, count, sizeof *turns);
    for (size_t i = 0; i < count; i++)
        turns[i] = turn_of(w, made, candidates[i].scene, item);
    made->turns = turns;
    made->turn_count = count;
    if (fits != NULL && count == 0 && w->loader->lost_scenes == 0)
        sw_verify_warning(&w->verify, sw_json_get(item, "scenes"), "no scene fits; this item never plays");
}

/* The scene that a playlist names; NULL where there is none to play (the fault is said when references are settled). */
static const struct sw_scene *scene_named(struct sw_writer *w, const struct sw_table *table, const cJSON *object, const char *key)
{
    const cJSON *node = sw_load_member(w, table, object, key);
    if (node == NULL)
        return NULL;
    size_t mark = sw_verify_enter(&w->verify, key);
    sw_load_refer(w, node, node->valuestring, SW_REFERRED_ADDRESS);
    const struct sw_scene *scene = sw_exhibition_scene(w->loader->exhibition, node->valuestring);
    if (scene != NULL && scene->draft)
        sw_verify_warning(&w->verify, node, "the scene \"%s\" is a draft; it is not played", scene->id);
    sw_verify_leave(&w->verify, mark);
    return scene != NULL && !scene->draft ? scene : NULL;
}

static void load_turns(struct sw_writer *w, struct sw_playlist_item *made, const cJSON *item)
{
    bool one = sw_json_get(item, "scene") != NULL, many = sw_json_get(item, "scenes") != NULL;
    if (many)
        load_many(w, made, item);
    const struct sw_scene *scene = one ? scene_named(w, &item_table, item, "scene") : NULL;
    if (scene == NULL)
        return;
    struct sw_playlist_turn *turn = sw_arena_alloc(w->loader->arena, sizeof *turn);
    *turn = turn_of(w, made, scene, item);
    made->turns = turn;
    made->turn_count = 1;
}

/* `from` and `until`. */
static void load_time(struct sw_writer *w, struct sw_playlist_item *made, const cJSON *item)
{
    made->has_from = sw_load_instant(w, &item_table, item, "from", &made->from);
    made->has_until = sw_load_instant(w, &item_table, item, "until", &made->until);
    size_t mark = sw_verify_enter(&w->verify, "until");
    if (made->has_from && made->has_until && made->until <= made->from)
        sw_verify_fault(&w->verify, sw_json_get(item, "until"), "\"%s\" is not after \"from\"", sw_json_text(item, "until", ""));
    sw_verify_leave(&w->verify, mark);
}

/* An item whose conditions are faulty never plays: better too little than at the wrong time. */
static void load_item(struct sw_writer *w, struct sw_playlist_item *made, const cJSON *item)
{
    const cJSON *when = sw_json_get(item, "when"), *on = sw_json_get(item, "on");
    const cJSON *from = sw_json_get(item, "from"), *until = sw_json_get(item, "until");
    load_turns(w, made, item);
    load_time(w, made, item);
    if (when != NULL) {
        size_t mark = sw_verify_enter(&w->verify, "when");
        const struct sw_names *before = w->names;
        w->names = sw_names_playlist(w->loader);
        made->when = sw_load_expression_of(w, when, SW_VALUE_BOOL);
        w->names = before;
        sw_verify_leave(&w->verify, mark);
    }
    if (on != NULL) {
        size_t mark = sw_verify_enter(&w->verify, "on");
        made->has_schedule = sw_load_schedule(w, on, &made->schedule);
        sw_verify_leave(&w->verify, mark);
    }
    const cJSON *priority = sw_load_member(w, &item_table, item, "priority");
    made->interrupt = sw_json_bool(item, "interrupt", false);
    made->priority = priority != NULL ? (int)priority->valuedouble : 0;
    const cJSON *by = sw_load_member(w, &item_table, item, "by");
    made->by = by != NULL ? sw_arena_strdup(w->loader->arena, by->valuestring) : NULL;
    made->transition = w->loader->exhibition->transition;
    made->has_transition = sw_load_transition(w, item, "transition", &made->transition);
    size_t mark = sw_verify_enter(&w->verify, "interrupt");
    if (made->interrupt && when == NULL && on == NULL && until == NULL)
        sw_verify_fault(&w->verify, sw_json_get(item, "interrupt"),
                        "an interrupt wants \"when\", \"on\" or \"until\"; without one it would never end");
    sw_verify_leave(&w->verify, mark);
    if ((when != NULL && made->when == NULL) || (on != NULL && !made->has_schedule) || (from != NULL && !made->has_from) ||
        (until != NULL && !made->has_until))
        made->turn_count = 0;
}

static const struct sw_playlist *load_playlist(struct sw_loader *loader, struct sw_document *document)
{
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    const cJSON *root = document->json->root, *loop = sw_json_get(root, "loop"), *item = NULL;
    size_t errors = sw_load_errors(loader);
    struct sw_playlist *playlist = sw_arena_alloc(loader->arena, sizeof *playlist);
    *playlist = (struct sw_playlist){.id = document->id};
    (void)sw_verify_object(&w.verify, &sw_playlist_table, root);
    loop = cJSON_IsArray(loop) && cJSON_GetArraySize(loop) <= LOOP_MAX ? loop : NULL;
    struct sw_playlist_item *items = sw_arena_array(loader->arena, (size_t)cJSON_GetArraySize(loop), sizeof *items);
    size_t mark = sw_verify_enter(&w.verify, "loop");
    cJSON_ArrayForEach (item, loop) {
        size_t inner = sw_verify_enter_index(&w.verify, (int)playlist->count);
        struct sw_playlist_item *made = &items[playlist->count++];
        if (cJSON_IsObject(item))
            load_item(&w, made, item);
        sw_verify_leave(&w.verify, inner);
    }
    sw_verify_leave(&w.verify, mark);
    playlist->items = items;
    const struct sw_scene *otherwise = scene_named(&w, &sw_playlist_table, root, "otherwise");
    playlist->otherwise = otherwise != NULL ? otherwise->id : NULL;
    document->faulty = document->faulty || sw_load_errors(loader) != errors;
    return playlist;
}

void sw_load_playlists(struct sw_loader *loader)
{
    const struct sw_playlist **playlists = sw_arena_array(loader->arena, loader->document_count, sizeof *playlists);
    size_t count = 0;
    for (size_t i = 0; i < loader->document_count; i++) {
        struct sw_document *document = &loader->documents[i];
        const struct sw_playlist *made =
            document->kind == SW_DOCUMENT_PLAYLIST && !document->faulty ? load_playlist(loader, document) : NULL;
        if (made != NULL)
            playlists[count++] = made;
    }
    loader->exhibition->playlists = playlists;
    loader->exhibition->playlist_count = count;
}
