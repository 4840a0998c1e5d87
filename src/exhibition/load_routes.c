/* SPDX-License-Identifier: EUPL-1.2 */
/* Where visitors get to: from playlists and homes by links and lists to every scene, zone by zone; which scenes nobody reaches, and which
 * lead nobody home. For `check`, when everything is loaded. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "exhibition/load.h"

#define DEPTH_MAX 64           /* parts in parts */
#define EVALUATIONS_MAX 4000000 /* of conditions of lists, one a scene; lists beyond that count as having all scenes */

/* A scene, or a part that scenes use: what the part leads to, they lead to. */
struct node {
    uint64_t shown;  /* in which zones */
    size_t edges;    /* where its own begin; those of the next node end them */
    bool arrived;    /* visitors come here by a touch */
    bool home;       /* something in it leads home, or back */
    bool anywhere;   /* it goes where only data know */
    bool dynamic, lists;
    bool waits;      /* in the queue */
};
struct edge {
    size_t from, to;
};
/* An element that makes something for each scene. */
struct listing {
    size_t from;
    const struct sw_expression *where; /* NULL: all of them */
    const char *as;
};

struct routes {
    struct sw_loader *loader;
    const struct sw_exhibition *exhibition;
    struct node *nodes; /* scenes, then parts */
    size_t node_count;
    struct edge *edges;
    size_t edge_count, edge_capacity;
    struct listing *listings;
    size_t listing_count, listing_capacity;
    size_t evaluations;
    size_t at;          /* the node whose elements are looked at */
    const struct sw_scene *scene; /* that it is of; NULL: a part's */
};

/* -- what leads where -- */

static void add_edge(struct routes *routes, size_t from, size_t to)
{
    routes->edges = sw_grow(routes->edges, &routes->edge_capacity, routes->edge_count + 1, sizeof *routes->edges);
    routes->edges[routes->edge_count++] = (struct edge){from, to};
}

static size_t part_index(const struct routes *routes, const struct sw_part *part)
{
    size_t at = 0;
    while (routes->exhibition->parts[at] != part)
        at++;
    return routes->exhibition->scene_count + at;
}

/* "scene" or "scene#page"; the pages of a scene are one place: a swipe turns them. */
static void add_address(struct routes *routes, const char *address)
{
    size_t to = sw_exhibition_scene_index(routes->exhibition, address);
    if (to < routes->exhibition->scene_count)
        add_edge(routes, routes->at, to);
}

static void look_at_actions(struct routes *routes, const struct sw_property *property)
{
    if (property->form != SW_PROPERTY_ACTIONS || property->as.actions == NULL)
        return;
    struct node *node = &routes->nodes[routes->at];
    for (size_t i = 0; i < property->as.actions->count; i++) {
        const struct sw_action_model *action = &property->as.actions->items[i];
        const char *address = NULL;
        if (action->kind == SW_ACTION_HOME || action->kind == SW_ACTION_BACK || action->kind == SW_ACTION_RESTART)
            node->home = true;
        if (action->kind != SW_ACTION_GO)
            continue;
        if (action->target != NULL && sw_template_constant(action->target, &address))
            add_address(routes, address);
        else
            node->dynamic = true;
    }
}

static void look_for_scenes(void *context, const char *name)
{
    bool *found = context;
    *found = *found || strcmp(name, "scenes") == 0;
}

static void look_at_rows(struct routes *routes, const struct sw_element *element)
{
    struct listing listing = {.from = routes->at, .as = "it"};
    bool lists = false;
    for (size_t i = 0; i < element->kind->count; i++) {
        const struct sw_row *row = &element->kind->rows[i];
        const struct sw_property *own = &element->own[i];
        if (row->means == SW_MEANS_ROWS && own->form == SW_PROPERTY_EXPRESSION)
            sw_expression_each_name(own->as.expression, look_for_scenes, &lists);
        else if (row->means == SW_MEANS_CONDITION && strcmp(row->key, "where") == 0 && own->form == SW_PROPERTY_EXPRESSION)
            listing.where = own->as.expression;
        else if (row->means == SW_MEANS_NAME && own->form == SW_PROPERTY_CONSTANT && own->as.constant.type == SW_VALUE_STRING)
            listing.as = own->as.constant.as.string;
    }
    if (!lists)
        return;
    routes->nodes[routes->at].lists = true;
    routes->listings = sw_grow(routes->listings, &routes->listing_capacity, routes->listing_count + 1, sizeof *routes->listings);
    routes->listings[routes->listing_count++] = listing;
}

/* What is handed to a part: actions, and scenes that it may go to. */
static void look_at_arguments(struct routes *routes, const struct sw_part *part, const struct sw_property *arguments)
{
    add_edge(routes, routes->at, part_index(routes, part));
    for (size_t i = 0; arguments != NULL && i < part->parameter_count; i++) {
        const struct sw_property *given = &arguments[i];
        look_at_actions(routes, given);
        if (strcmp(part->parameters[i].type, "scene") == 0 && given->form == SW_PROPERTY_CONSTANT &&
            given->as.constant.type == SW_VALUE_STRING)
            add_address(routes, given->as.constant.as.string);
        else if (strcmp(part->parameters[i].type, "scene") == 0 && given->form != SW_PROPERTY_NONE)
            routes->nodes[routes->at].dynamic = true;
    }
}

static void look_at_element(void *context, const struct sw_element *element)
{
    struct routes *routes = context;
    look_at_actions(routes, &element->common[SW_COMMON_TAP]);
    look_at_rows(routes, element);
    for (size_t i = 0; i < element->kind->count; i++)
        look_at_actions(routes, &element->own[i]);
    if (element->part != NULL)
        look_at_arguments(routes, element->part, element->arguments);
}

static void look_at_popups(struct routes *routes, const struct sw_popups *popups)
{
    for (size_t i = 0; i < popups->count; i++)
        sw_load_each_element(&popups->items[i].elements, look_at_element, routes);
}

static void look_at_scene(struct routes *routes, const struct sw_scene *scene)
{
    for (size_t i = 0; i < scene->page_count; i++) {
        sw_load_each_element(&scene->pages[i].elements, look_at_element, routes);
        look_at_popups(routes, &scene->pages[i].popups);
    }
    look_at_popups(routes, &scene->popups);
    if (scene->frame != NULL) {
        look_at_arguments(routes, scene->frame, scene->frame_arguments);
        sw_load_each_argument(scene->frame, scene->frame_arguments, look_at_element, routes);
    }
}

static void look_at_all(struct routes *routes)
{
    const struct sw_exhibition *exhibition = routes->exhibition;
    for (size_t i = 0; i < exhibition->scene_count; i++) {
        routes->at = i;
        look_at_scene(routes, exhibition->scenes[i]);
    }
    for (size_t i = 0; i < exhibition->part_count; i++) {
        routes->at = exhibition->scene_count + i;
        sw_load_each_element(&exhibition->parts[i]->elements, look_at_element, routes);
        for (size_t k = 0; k < exhibition->parts[i]->parameter_count; k++) /* a part goes where its parameters say */
            look_at_actions(routes, &exhibition->parts[i]->parameters[k].otherwise);
    }
    for (size_t i = 0; i < exhibition->scene_count; i++)
        routes->nodes[i].anywhere = routes->nodes[i].dynamic && !routes->nodes[i].lists;
}

/* -- lists -- */

struct row {
    struct sw_scope scope;
    const char *as;
    struct sw_value value;
};

static bool lookup_row(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct row *row = scope->context;
    if (strcmp(name, row->as) != 0)
        return false;
    *out = row->value;
    return true;
}

struct foreign {
    const char *as;
    bool found;
};

static void look_for_foreign(void *context, const char *name)
{
    struct foreign *foreign = context;
    foreign->found = foreign->found || strcmp(name, foreign->as) != 0;
}

static struct sw_value row_of(const struct sw_scene *scene, struct sw_arena *arena)
{
    static const char *const names[] = {"id", "order", "tags"};
    struct sw_value *tags = sw_arena_array(arena, scene->tag_count, sizeof *tags), *values = sw_arena_array(arena, 3, sizeof *values);
    struct sw_list *list = sw_arena_alloc(arena, sizeof *list);
    struct sw_record *record = sw_arena_alloc(arena, sizeof *record);
    for (size_t i = 0; i < scene->tag_count; i++)
        tags[i] = sw_value_string(scene->tags[i]);
    *list = (struct sw_list){.count = scene->tag_count, .items = tags};
    values[0] = sw_value_string(scene->id);
    values[1] = sw_value_number(scene->order);
    values[2] = (struct sw_value){.type = SW_VALUE_LIST, .as.list = list};
    *record = (struct sw_record){.count = 3, .names = names, .values = values};
    return (struct sw_value){.type = SW_VALUE_RECORD, .as.record = record};
}

/* What a list has, as far as the scene alone says it: a condition on anything else may become true. */
static void add_listed(struct routes *routes, const struct listing *listing)
{
    const struct sw_exhibition *exhibition = routes->exhibition;
    struct foreign foreign = {.as = listing->as};
    struct sw_arena arena = {.blocks = NULL};
    struct row row = {.as = listing->as};
    row.scope = (struct sw_scope){.lookup = lookup_row, .context = &row};
    if (listing->where != NULL)
        sw_expression_each_name(listing->where, look_for_foreign, &foreign);
    routes->evaluations += exhibition->scene_count;
    if (routes->evaluations > EVALUATIONS_MAX) {
        routes->nodes[listing->from].anywhere = true;
        return;
    }
    for (size_t i = 0; i < exhibition->scene_count; i++) {
        struct sw_evaluation evaluation = {
            .scope = &row.scope, .arena = &arena, .zone = exhibition->zone, .language = exhibition->languages[0]};
        bool fits = !exhibition->scenes[i]->draft;
        if (fits && listing->where != NULL && !foreign.found) {
            row.value = row_of(exhibition->scenes[i], &arena);
            fits = sw_value_true(sw_expression_evaluate(listing->where, &evaluation));
        }
        if (fits)
            add_edge(routes, listing->from, i);
        sw_arena_reset(&arena);
    }
    sw_arena_finish(&arena);
}

/* -- following them -- */

static int by_origin(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;
    int order = (x->from > y->from) - (x->from < y->from);
    return order != 0 ? order : (x->to > y->to) - (x->to < y->to);
}

static void sort_edges(struct routes *routes)
{
    if (routes->edge_count > 1)
        qsort(routes->edges, routes->edge_count, sizeof *routes->edges, by_origin);
    size_t at = 0;
    for (size_t i = 0; i <= routes->node_count; i++) {
        while (at < routes->edge_count && routes->edges[at].from < i)
            at++;
        routes->nodes[i].edges = at;
    }
}

struct queue {
    size_t *items;
    size_t from, count;
};

static void enter(struct routes *routes, struct queue *queue, size_t at, uint64_t zones, bool touched)
{
    struct node *node = &routes->nodes[at];
    bool news = (node->shown | zones) != node->shown || (touched && !node->arrived);
    node->shown |= zones;
    node->arrived = node->arrived || touched;
    if (!news || node->waits)
        return;
    node->waits = true;
    queue->items[(queue->from + queue->count++) % routes->node_count] = at;
}

static void enter_id(struct routes *routes, struct queue *queue, const char *id, uint64_t zones)
{
    size_t count = routes->exhibition->scene_count, at = id != NULL ? sw_exhibition_scene_index(routes->exhibition, id) : count;
    if (at < count)
        enter(routes, queue, at, zones, false);
}

static void enter_playlist(struct routes *routes, struct queue *queue, const struct sw_playlist *playlist, uint64_t zones)
{
    for (size_t i = 0; playlist != NULL && i < playlist->count; i++)
        for (size_t k = 0; k < playlist->items[i].turn_count; k++)
            enter_id(routes, queue, playlist->items[i].turns[k].scene, zones);
    if (playlist != NULL && playlist->otherwise != NULL)
        enter_id(routes, queue, playlist->otherwise, zones);
    else if (playlist != NULL && routes->exhibition->scene_count > 0)
        enter(routes, queue, 0, zones, false);
}

static void enter_roots(struct routes *routes, struct queue *queue)
{
    const struct sw_exhibition *exhibition = routes->exhibition;
    size_t zone = 0;
    for (size_t w = 0; w < exhibition->wall_count; w++)
        for (size_t z = 0; z < exhibition->walls[w]->zone_count; z++, zone++) {
            const struct sw_wall_zone *place = &exhibition->walls[w]->zones[z];
            enter_playlist(routes, queue, place->playlist, sw_shown_bit(zone));
            enter_id(routes, queue, place->home, sw_shown_bit(zone));
            if (exhibition->overlay != NULL)
                enter(routes, queue, part_index(routes, exhibition->overlay), sw_shown_bit(zone), true);
        }
    for (size_t i = 0; i < exhibition->playlist_count; i++) /* an operator may put any of them on */
        enter_playlist(routes, queue, exhibition->playlists[i], SW_SHOWN_SOMEWHERE);
    enter_id(routes, queue, exhibition->home, SW_SHOWN_SOMEWHERE);
}

static void follow(struct routes *routes)
{
    struct queue queue = {.items = sw_alloc_array(routes->node_count + 1, sizeof(size_t))};
    enter_roots(routes, &queue);
    while (queue.count > 0) {
        size_t at = queue.items[queue.from];
        struct node *node = &routes->nodes[at];
        queue.from = (queue.from + 1) % routes->node_count;
        queue.count--;
        node->waits = false;
        for (size_t i = node->edges; i < routes->nodes[at + 1].edges; i++)
            enter(routes, &queue, routes->edges[i].to, node->shown, true);
        for (size_t i = 0; node->anywhere && i < routes->exhibition->scene_count; i++)
            enter(routes, &queue, i, node->shown, true);
    }
    free(queue.items);
}

/* Who leads to somebody who leads home does so too. */
static void find_homes(struct routes *routes)
{
    const struct sw_exhibition *exhibition = routes->exhibition;
    size_t home = sw_exhibition_scene_index(exhibition, exhibition->home);
    bool always = exhibition->overlay != NULL && routes->nodes[part_index(routes, exhibition->overlay)].home, news = true;
    if (home < exhibition->scene_count)
        routes->nodes[home].home = true;
    for (size_t i = 0; i < routes->node_count; i++)
        routes->nodes[i].home = routes->nodes[i].home || routes->nodes[i].anywhere || always;
    while (news) {
        news = false;
        for (size_t i = 0; i < routes->edge_count; i++) {
            struct node *from = &routes->nodes[routes->edges[i].from];
            if (!from->home && routes->nodes[routes->edges[i].to].home)
                from->home = news = true;
        }
    }
}

static void warn(struct routes *routes, const struct sw_scene *scene, const char *text)
{
    sw_diags_add(routes->loader->diags, SW_WARNING, scene->file, scene->line, scene->column, NULL, "%s", text);
}

static void say(struct routes *routes)
{
    for (size_t i = 0; i < routes->exhibition->scene_count; i++) {
        const struct sw_scene *scene = routes->exhibition->scenes[i];
        const struct node *node = &routes->nodes[i];
        if (scene->draft)
            continue;
        if (node->shown == 0)
            warn(routes, scene,
                 "nobody gets to this scene: no playlist plays it, and no link or list leads to it; put it into a playlist, or say "
                 "\"draft\": true");
        else if (node->arrived && !node->home)
            warn(routes, scene, "nothing leads home from this scene; a button with \"tap\": \"home\" or \"back\" does");
    }
}

/* -- what each scene is made of -- */

static uint64_t file_hash(const struct sw_loader *loader, const void *made)
{
    for (size_t i = 0; i < loader->document_count; i++)
        if (loader->documents[i].made == made)
            return loader->documents[i].hash;
    return 0;
}

/* Of the node's own file with those of the parts that it uses. No part is inside itself; of one that is done it is known already. */
static uint64_t content_of(const struct routes *routes, size_t at, uint64_t *own, bool *done, int depth)
{
    const struct sw_exhibition *exhibition = routes->exhibition;
    uint64_t hash = own[at];
    if (done[at])
        return hash;
    for (size_t i = routes->nodes[at].edges; i < routes->nodes[at + 1].edges && depth < DEPTH_MAX; i++) {
        size_t to = routes->edges[i].to;
        bool again = i > routes->nodes[at].edges && routes->edges[i - 1].to == to;
        if (to >= exhibition->scene_count && to != at && !again)
            hash = sw_hash_number(hash, content_of(routes, to, own, done, depth + 1));
    }
    done[at] = true;
    return own[at] = hash;
}

static void note_contents(struct routes *routes)
{
    struct sw_exhibition *exhibition = routes->loader->exhibition;
    const struct sw_loader *loader = routes->loader;
    uint64_t *own = sw_alloc_array(routes->node_count + 1, sizeof *own);
    bool *done = sw_alloc_array(routes->node_count + 1, sizeof *done);
    uint64_t *contents = sw_arena_array(&exhibition->arena, exhibition->scene_count + 1, sizeof *contents);
    for (size_t i = 0; i < exhibition->scene_count; i++)
        own[i] = exhibition->scenes[i]->hash;
    for (size_t i = 0; i < exhibition->part_count; i++)
        own[exhibition->scene_count + i] = file_hash(loader, exhibition->parts[i]);
    for (size_t i = 0; i < exhibition->scene_count; i++) {
        exhibition->scenes_content = sw_hash_number(exhibition->scenes_content, own[i]);
        contents[i] = content_of(routes, i, own, done, 0);
    }
    if (exhibition->overlay != NULL)
        contents[exhibition->scene_count] = content_of(routes, part_index(routes, exhibition->overlay), own, done, 0);
    exhibition->ground_content = SW_HASH_START;
    for (size_t i = 0; i < loader->document_count; i++) {
        enum sw_document_kind kind = loader->documents[i].kind;
        bool ground = kind != SW_DOCUMENT_SCENE && kind != SW_DOCUMENT_PART && kind != SW_DOCUMENT_PLAYLIST && kind != SW_DOCUMENT_WALL;
        if (ground)
            exhibition->ground_content = sw_hash_number(exhibition->ground_content, loader->documents[i].hash);
    }
    exhibition->contents = contents;
    free(own);
    free(done);
}

static void keep(struct routes *routes)
{
    struct sw_exhibition *exhibition = routes->loader->exhibition;
    uint64_t *shown = sw_arena_array(&exhibition->arena, exhibition->scene_count + 1, sizeof *shown);
    for (size_t i = 0; i < exhibition->scene_count; i++)
        shown[i] = routes->nodes[i].shown;
    exhibition->shown = shown;
    note_contents(routes);
}

void sw_load_routes(struct sw_loader *loader)
{
    struct sw_exhibition *exhibition = loader->exhibition;
    struct routes routes = {
        .loader = loader, .exhibition = exhibition, .node_count = exhibition->scene_count + exhibition->part_count};
    routes.nodes = sw_alloc_array(routes.node_count + 1, sizeof *routes.nodes);
    look_at_all(&routes);
    for (size_t i = 0; i < routes.listing_count; i++)
        add_listed(&routes, &routes.listings[i]);
    sort_edges(&routes);
    if (routes.node_count > 0) {
        follow(&routes);
        find_homes(&routes);
        keep(&routes);
    }
    if (loader->lost_scenes == 0 && loader->diags->errors == 0) /* what is faulty may have led somewhere */
        say(&routes);
    free(routes.nodes);
    free(routes.edges);
    free(routes.listings);
}
