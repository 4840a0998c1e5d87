/* SPDX-License-Identifier: EUPL-1.2 */
/* What names are known where, before anything runs: sources, the built-ins, session and scene state, parameters, rows of a repeat. */
#include <string.h>

#include "exhibition/help.h"
#include "exhibition/load.h"

static const char *const scene_members[] = {"id", "title", "lead", "picture", "tags", "order", NULL};
static const char *const page_members[] = {"id", "title", "number", "count", "first", "last", "current", NULL};
static const char *const visit_members[] = {"active", "countdown", "can_back", NULL};
static const char *const language_members[] = {"id", "name", NULL};

struct builtin {
    const char *name;
    enum sw_value_type type;
    const char *const *members;
    const char *form, *meaning; /* for the reference (exhibition/help.h) */
};
static const struct builtin builtins[] = {
    {"language", SW_VALUE_STRING, NULL, "language", "The id of the visitor's language."},
    {"canvas", SW_VALUE_STRING, NULL, "canvas", "The id of the theme's canvas that is shown."},
    {"zone", SW_VALUE_STRING, NULL, "zone", "The id of the wall's zone."},
    {"now", SW_VALUE_INSTANT, NULL, "now", "This instant."},
    {"countdown", SW_VALUE_NUMBER, NULL, "countdown", "The same as visit.countdown."},
    {"scene", SW_VALUE_RECORD, scene_members, "scene: id, title, lead, picture, tags, order", "The scene that is shown."},
    {"page", SW_VALUE_RECORD, page_members, "page: id, title, number, count, first, last, current",
     "The page that is shown: number counts from 1, count is how many there are, first and last are true or false."},
    {"pages", SW_VALUE_LIST, page_members, "pages", "All pages of the scene, each with the members of page; current is true of one."},
    {"scenes", SW_VALUE_LIST, scene_members, "scenes", "All scenes but drafts, each with the members of scene; by id unless sorted."},
    {"visit", SW_VALUE_RECORD, visit_members, "visit: active, countdown, can_back",
     "The visit: whether there is one, the seconds that are left (missing while nobody counts), whether back leads anywhere."},
    {"languages", SW_VALUE_LIST, language_members, "languages: id, name", "The exhibition's languages, each with its own name for itself."},
    {"sources", SW_VALUE_LIST, sw_source_row_members,
     "sources: id, provider, dataset, licence, licence_url, url, changed, status, observed, fetched, sample, recorded",
     "The sources of live data, to credit them: by name, none that are off, and one for those that are credited and doing the same."},
};

bool sw_builtin_help(size_t index, struct sw_help *out)
{
    if (index >= SW_COUNT(builtins))
        return false;
    *out = (struct sw_help){builtins[index].name, builtins[index].form, builtins[index].meaning};
    return true;
}

static bool is_builtin(const char *name)
{
    for (size_t i = 0; i < SW_COUNT(builtins); i++)
        if (strcmp(builtins[i].name, name) == 0)
            return true;
    return false;
}

static bool describe_builtin(const struct sw_names *names, const char *name, struct sw_name_type *out)
{
    const struct sw_loader *loader = names->context;
    for (size_t i = 0; i < SW_COUNT(builtins); i++) {
        if (strcmp(builtins[i].name, name) != 0)
            continue;
        *out = (struct sw_name_type){.type = builtins[i].type, .members = builtins[i].members};
        if (strcmp(name, "language") == 0)
            out->words = loader->exhibition->languages;
        if (strcmp(name, "canvas") == 0)
            out->words = loader->canvas_names;
        return true;
    }
    return false;
}

static const char *const *list_builtins(const struct sw_names *names, struct sw_arena *arena)
{
    const char **all = sw_arena_array(arena, SW_COUNT(builtins) + 1, sizeof *all);
    (void)names;
    for (size_t i = 0; i < SW_COUNT(builtins); i++)
        all[i] = builtins[i].name;
    all[SW_COUNT(builtins)] = NULL;
    return all;
}

/* Of them what there is without a scene and a visit. */
static const char *const playlist_builtins[] = {"language", "canvas", "zone", "now", NULL};

static bool describe_playlist_builtin(const struct sw_names *names, const char *name, struct sw_name_type *out)
{
    for (size_t i = 0; playlist_builtins[i] != NULL; i++)
        if (strcmp(playlist_builtins[i], name) == 0)
            return describe_builtin(names, name, out);
    return false;
}

static const char *const *list_playlist_builtins(const struct sw_names *names, struct sw_arena *arena)
{
    (void)names;
    (void)arena;
    return playlist_builtins;
}

/* What is known of a member that every source has. */
static struct sw_name_type common_member(const char *member)
{
    struct sw_name_type type = {.type = SW_VALUE_STRING};
    if (strcmp(member, "status") == 0)
        type.words = sw_source_states;
    else if (strcmp(member, "observed") == 0 || strcmp(member, "fetched") == 0)
        type.type = SW_VALUE_INSTANT;
    else if (strcmp(member, "sample") == 0 || strcmp(member, "recorded") == 0)
        type.type = SW_VALUE_BOOL;
    return type;
}

static bool describe_member(const struct sw_source *source, const char *member, struct sw_name_type *out)
{
    const struct sw_request *request = &source->request;
    const struct sw_field *field = request->rows ? NULL : sw_request_field(request, member);
    if (field != NULL) {
        *out = sw_field_type(field);
        return true;
    }
    if (request->rows && strcmp(member, "rows") == 0) {
        *out = (struct sw_name_type){.type = SW_VALUE_LIST, .members = request->names, .rows = request};
        return true;
    }
    for (size_t i = 0; sw_source_members[i] != NULL; i++) {
        if (strcmp(sw_source_members[i], member) == 0) {
            *out = common_member(member);
            return true;
        }
    }
    return false;
}

/* Of a source with faults nothing but its name is certain. */
static bool describe_source(const struct sw_names *names, const char *name, struct sw_name_type *out)
{
    const struct sw_loader *loader = names->context;
    const struct sw_exhibition *exhibition = loader->exhibition;
    const char *dot = strchr(name, '.');
    size_t length = dot != NULL ? (size_t)(dot - name) : strlen(name);
    for (size_t i = 0; i < exhibition->source_count; i++) {
        const struct sw_source *source = &exhibition->sources[i];
        if (strlen(source->name) != length || memcmp(source->name, name, length) != 0)
            continue;
        if (dot != NULL)
            return !source->faulty && describe_member(source, dot + 1, out);
        *out = source->faulty ? (struct sw_name_type){.type = SW_VALUE_MISSING}
                              : (struct sw_name_type){.type = SW_VALUE_RECORD, .members = source->members};
        return true;
    }
    return loader->sources_unread;
}

static const char *const *list_sources(const struct sw_names *names, struct sw_arena *arena)
{
    const struct sw_loader *loader = names->context;
    const struct sw_exhibition *exhibition = loader->exhibition;
    const char **list = sw_arena_array(arena, exhibition->source_count + 1, sizeof *list);
    for (size_t i = 0; i < exhibition->source_count; i++)
        list[i] = exhibition->sources[i].name;
    return list;
}

static bool describe_state(const struct sw_names *names, const char *name, struct sw_name_type *out)
{
    const struct sw_states *states = names->context;
    for (size_t i = 0; i < states->count; i++) {
        const struct sw_state *state = &states->items[i];
        if (strcmp(state->name, name) == 0) {
            *out = (struct sw_name_type){.type = state->start.type,
                                         .words = state->words,
                                         .ranged = state->ranged,
                                         .minimum = state->minimum,
                                         .maximum = state->maximum};
            return true;
        }
    }
    return false;
}

static const char *const *list_states(const struct sw_names *names, struct sw_arena *arena)
{
    const struct sw_states *states = names->context;
    const char **list = sw_arena_array(arena, states->count + 1, sizeof *list);
    for (size_t i = 0; i < states->count; i++)
        list[i] = states->items[i].name;
    return list;
}

static bool describe_parameter(const struct sw_names *names, const char *name, struct sw_name_type *out)
{
    const struct sw_part *part = names->context;
    for (size_t i = 0; i < part->parameter_count; i++) {
        const struct sw_parameter *parameter = &part->parameters[i];
        if (strcmp(parameter->name, name) != 0)
            continue;
        *out = (struct sw_name_type){.words = parameter->words};
        if (strcmp(parameter->type, "number") == 0)
            out->type = SW_VALUE_NUMBER;
        else if (strcmp(parameter->type, "bool") == 0)
            out->type = SW_VALUE_BOOL;
        else if (strcmp(parameter->type, "elements") == 0 || strcmp(parameter->type, "actions") == 0)
            out->type = SW_VALUE_OPAQUE;
        else if (strcmp(parameter->type, "any") != 0)
            out->type = SW_VALUE_STRING;
        return true;
    }
    return false;
}

static const char *const *list_parameters(const struct sw_names *names, struct sw_arena *arena)
{
    const struct sw_part *part = names->context;
    const char **list = sw_arena_array(arena, part->parameter_count + 1, sizeof *list);
    for (size_t i = 0; i < part->parameter_count; i++)
        list[i] = part->parameters[i].name;
    return list;
}

struct row_names {
    const char *as;
    struct sw_name_type row;
};

static bool describe_row(const struct sw_names *names, const char *name, struct sw_name_type *out)
{
    const struct row_names *row = names->context;
    if (strcmp(name, "index") == 0) {
        *out = (struct sw_name_type){.type = SW_VALUE_NUMBER};
        return true;
    }
    if (strcmp(name, row->as) != 0)
        return false;
    *out = row->row;
    return true;
}

static const char *const *list_row(const struct sw_names *names, struct sw_arena *arena)
{
    const struct row_names *row = names->context;
    const char **list = sw_arena_array(arena, 3, sizeof *list);
    list[0] = row->as;
    list[1] = "index";
    return list;
}

static const struct sw_names *make(struct sw_arena *arena, const struct sw_names *outer,
                                   bool (*describe)(const struct sw_names *, const char *, struct sw_name_type *),
                                   const char *const *(*list)(const struct sw_names *, struct sw_arena *), const void *context)
{
    struct sw_names *names = sw_arena_alloc(arena, sizeof *names);
    *names = (struct sw_names){.outer = outer, .describe = describe, .list = list, .context = context};
    return names;
}

const struct sw_names *sw_names_states(struct sw_arena *arena, const struct sw_names *outer, const struct sw_states *states)
{
    return make(arena, outer, describe_state, list_states, states);
}

const struct sw_names *sw_names_global(struct sw_loader *loader)
{
    const struct sw_names *sources = make(loader->arena, NULL, describe_source, list_sources, loader);
    const struct sw_names *builtin = make(loader->arena, sources, describe_builtin, list_builtins, loader);
    return sw_names_states(loader->arena, builtin, &loader->exhibition->session);
}

const struct sw_names *sw_names_playlist(struct sw_loader *loader)
{
    const struct sw_names *sources = make(loader->arena, NULL, describe_source, list_sources, loader);
    const struct sw_names *builtin = make(loader->arena, sources, describe_playlist_builtin, list_playlist_builtins, loader);
    return sw_names_states(loader->arena, builtin, &loader->exhibition->session);
}

const struct sw_names *sw_names_parameters(struct sw_arena *arena, const struct sw_names *outer, const struct sw_part *part)
{
    return make(arena, outer, describe_parameter, list_parameters, part);
}

const struct sw_names *sw_names_row(struct sw_arena *arena, const struct sw_names *outer, const char *as, struct sw_name_type row)
{
    struct row_names *names = sw_arena_alloc(arena, sizeof *names);
    *names = (struct row_names){.as = as, .row = row};
    return make(arena, outer, describe_row, list_row, names);
}

const char *sw_names_taken(const struct sw_names *names, const char *name)
{
    struct sw_name_type type;
    if (is_builtin(name))
        return "a built-in name";
    for (; names != NULL; names = names->outer) {
        if (names->describe == describe_source) {
            const struct sw_loader *loader = names->context;
            return sw_exhibition_source(loader->exhibition, name) != NULL ? "a source of live data" : NULL;
        }
        if (names->describe != describe_row && names->describe(names, name, &type))
            return names->describe == describe_parameter ? "a parameter of this part" : "state that is declared";
    }
    return NULL;
}

const char *sw_names_global_taken(const struct sw_loader *loader, const char *name)
{
    const struct sw_exhibition *exhibition = loader->exhibition;
    if (is_builtin(name))
        return "a built-in name";
    for (size_t i = 0; i < exhibition->session.count; i++)
        if (strcmp(exhibition->session.items[i].name, name) == 0)
            return "session state of this exhibition";
    return sw_exhibition_source(exhibition, name) != NULL ? "a source of live data" : NULL;
}

static bool describe_field(const struct sw_names *names, const char *name, struct sw_name_type *out)
{
    (void)names;
    for (size_t i = 0; scene_members[i] != NULL; i++) {
        if (strcmp(scene_members[i], name) == 0) {
            *out = (struct sw_name_type){.type = strcmp(name, "tags") == 0    ? SW_VALUE_LIST
                                                 : strcmp(name, "order") == 0 ? SW_VALUE_NUMBER
                                                                              : SW_VALUE_STRING};
            return true;
        }
    }
    return false;
}

static const char *const *list_fields(const struct sw_names *names, struct sw_arena *arena)
{
    (void)names;
    (void)arena;
    return scene_members;
}

const struct sw_names *sw_names_scene_fields(struct sw_arena *arena) { return make(arena, NULL, describe_field, list_fields, NULL); }
