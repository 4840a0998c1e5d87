/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/scope.h"

#include <string.h>

static struct sw_value record(struct sw_arena *arena, const char *const *names, const struct sw_value *values, size_t count)
{
    struct sw_value *copies = sw_arena_array(arena, count, sizeof *copies);
    memcpy(copies, values, count * sizeof *copies);
    struct sw_record *made = sw_arena_alloc(arena, sizeof *made);
    *made = (struct sw_record){.count = count, .names = names, .values = copies};
    return (struct sw_value){.type = SW_VALUE_RECORD, .as.record = made};
}

static struct sw_value list(struct sw_arena *arena, const struct sw_value *items, size_t count)
{
    struct sw_list *made = sw_arena_alloc(arena, sizeof *made);
    *made = (struct sw_list){.count = count, .items = items};
    return (struct sw_value){.type = SW_VALUE_LIST, .as.list = made};
}

/* A title may read what the rows of `scenes` and `pages` hold, but not their texts: those would read it in turn, for ever. */
static struct sw_value text_of(const struct sw_show_scope *scope, const struct sw_property *property)
{
    struct sw_evaluation evaluation = *scope->evaluation;
    struct sw_show_scope inside = *scope;
    inside.in_text = true;
    inside.lists = scope->in_text ? scope->lists : scope->lists + 1;
    inside.evaluation = &evaluation;
    inside.global.context = &inside;
    evaluation.scope = scope->in_text ? NULL : &inside.global;
    struct sw_resolution resolution = {.evaluation = &evaluation, .canvas = scope->show->where->canvas->name};
    return sw_template_text(sw_property_value(property, &resolution), &evaluation);
}

static struct sw_value tags_of(struct sw_arena *arena, const struct sw_scene *scene)
{
    struct sw_value *items = sw_arena_array(arena, scene->tag_count, sizeof *items);
    for (size_t i = 0; i < scene->tag_count; i++)
        items[i] = sw_value_string(scene->tags[i]);
    return list(arena, items, scene->tag_count);
}

static struct sw_value scene_row(const struct sw_show_scope *scope, const struct sw_scene *scene)
{
    static const char *const names[] = {"id", "title", "lead", "picture", "tags", "order"};
    struct sw_value values[] = {sw_value_string(scene->id),      text_of(scope, &scene->title), text_of(scope, &scene->lead),
                                text_of(scope, &scene->picture), tags_of(scope->arena, scene),  sw_value_number(scene->order)};
    return record(scope->arena, names, values, SW_COUNT(values));
}

static struct sw_value scenes(const struct sw_show_scope *scope)
{
    const struct sw_exhibition *exhibition = scope->show->where->exhibition;
    struct sw_value *rows = sw_arena_array(scope->arena, exhibition->scene_count, sizeof *rows);
    size_t count = 0;
    for (size_t i = 0; i < exhibition->scene_count; i++)
        if (!exhibition->scenes[i]->draft)
            rows[count++] = scene_row(scope, exhibition->scenes[i]);
    return list(scope->arena, rows, count);
}

static struct sw_value page_row(const struct sw_show_scope *scope, int index)
{
    static const char *const names[] = {"id", "title", "number", "count", "first", "last", "current"};
    const struct sw_scene *scene = scope->show->scene;
    const struct sw_page *page = &scene->pages[index];
    struct sw_value values[] = {sw_value_string(page->id),
                                text_of(scope, &page->title),
                                sw_value_number(index + 1),
                                sw_value_number((double)scene->page_count),
                                sw_value_bool(index == 0),
                                sw_value_bool((size_t)index + 1 == scene->page_count),
                                sw_value_bool(index == scope->show->page)};
    return record(scope->arena, names, values, SW_COUNT(values));
}

static struct sw_value pages(const struct sw_show_scope *scope)
{
    const struct sw_scene *scene = scope->show->scene;
    struct sw_value *rows = sw_arena_array(scope->arena, scene->page_count, sizeof *rows);
    for (size_t i = 0; i < scene->page_count; i++)
        rows[i] = page_row(scope, (int)i);
    return list(scope->arena, rows, scene->page_count);
}

static struct sw_value once(struct sw_value *list, const struct sw_show_scope *scope,
                            struct sw_value (*make)(const struct sw_show_scope *scope))
{
    if (list->type == SW_VALUE_MISSING)
        *list = make(scope);
    return *list;
}

static struct sw_value languages(const struct sw_show_scope *scope)
{
    static const char *const names[] = {"id", "name"};
    const struct sw_exhibition *exhibition = scope->show->where->exhibition;
    size_t count = 0;
    while (exhibition->languages[count] != NULL)
        count++;
    struct sw_value *rows = sw_arena_array(scope->arena, count, sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        struct sw_value values[] = {sw_value_string(exhibition->languages[i]), sw_value_string(exhibition->language_names[i])};
        rows[i] = record(scope->arena, names, values, SW_COUNT(values));
    }
    return list(scope->arena, rows, count);
}

static struct sw_value countdown(const struct sw_show_scope *scope)
{
    double left = scope->show->countdown_s;
    return left >= 0 ? sw_value_number(left) : (struct sw_value){.type = SW_VALUE_MISSING};
}

static struct sw_value visit(const struct sw_show_scope *scope)
{
    static const char *const names[] = {"active", "countdown", "can_back"};
    const struct sw_visit *present = scope->show->where->visit;
    struct sw_value values[] = {sw_value_bool(present->active), countdown(scope), sw_value_bool(present->history_count > 0)};
    return record(scope->arena, names, values, SW_COUNT(values));
}

/* The record of a source, as its values are worth now. */
static bool find_source(const struct sw_show_scope *scope, const char *name, struct sw_value *out)
{
    const struct sw_show_place *where = scope->show->where;
    const struct sw_source *source = where->tools.data != NULL ? sw_exhibition_source(where->exhibition, name) : NULL;
    if (source != NULL)
        *out = sw_data_value(where->tools.data, source, scope->evaluation);
    return source != NULL;
}

static bool lookup_scene(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct sw_show_scope *own = scope->context;
    return own->show->scene != NULL && sw_state_values_get(&own->show->state, name, out);
}

static bool lookup_global(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct sw_show_scope *own = scope->context;
    const struct sw_show_place *where = own->show->where;
    bool scene = own->show->scene != NULL;
    if (sw_state_values_get(&where->visit->session, name, out))
        return true;
    *out = (struct sw_value){.type = SW_VALUE_MISSING};
    if (strcmp(name, "language") == 0)
        *out = sw_value_string(where->visit->language);
    else if (strcmp(name, "canvas") == 0)
        *out = sw_value_string(where->canvas->name);
    else if (strcmp(name, "zone") == 0)
        *out = sw_value_string(where->zone);
    else if (strcmp(name, "countdown") == 0)
        *out = countdown(own);
    else if (strcmp(name, "visit") == 0)
        *out = visit(own);
    else if (strcmp(name, "languages") == 0)
        *out = languages(own);
    else if (strcmp(name, "sources") == 0)
        *out = where->tools.data != NULL ? sw_data_sources(where->tools.data, own->evaluation) : list(own->arena, NULL, 0);
    else if (strcmp(name, "scenes") == 0)
        *out = once(&own->lists->scenes, own, scenes);
    else if (scene && strcmp(name, "scene") == 0)
        *out = scene_row(own, own->show->scene);
    else if (scene && strcmp(name, "page") == 0)
        *out = page_row(own, own->show->page);
    else if (scene && strcmp(name, "pages") == 0)
        *out = once(&own->lists->pages, own, pages);
    else if (find_source(own, name, out))
        return true;
    else
        return strcmp(name, "scene") == 0 || strcmp(name, "page") == 0 || strcmp(name, "pages") == 0;
    return true;
}

void sw_show_scope_init(struct sw_show_scope *scope, const struct sw_show *show, struct sw_arena *arena,
                        const struct sw_evaluation *evaluation)
{
    *scope = (struct sw_show_scope){.show = show, .arena = arena, .evaluation = evaluation};
    scope->lists = scope->own;
    scope->global = (struct sw_scope){.lookup = lookup_global, .context = scope};
    scope->scene = (struct sw_scope){.outer = &scope->global, .lookup = lookup_scene, .context = scope};
}
