/* SPDX-License-Identifier: EUPL-1.2 */
/* `for: "clip"`: how long a page stays that stays as long as the one clip on it that ends. Of languages the one with the longest counts, so
 * that what plays when is the same for every visitor. */
#include <string.h>

#include "exhibition/load.h"

const char *const sw_length_words[] = {"clip", NULL};

struct walk {
    struct sw_loader *loader;
    const char *language;              /* of the value that is being read */
    size_t count;                      /* clips that end */
    const struct sw_element *found[2]; /* the first of them */
    bool named;                        /* it is known which file the first is */
    bool late;                         /* it begins after its own end */
    int64_t length;                    /* of the part of it that plays; 0: not known */
};

/* What a part's elements see: its parameters, each read where its user stands. */
struct inside {
    struct sw_scope scope;
    struct walk *walk;
    const struct sw_part *part;
    const struct sw_property *arguments; /* NULL: none */
    const struct sw_scope *user;
};

static struct sw_value value_of(const struct walk *walk, const struct sw_property *property, const struct sw_scope *scope)
{
    const struct sw_exhibition *exhibition = walk->loader->exhibition;
    struct sw_evaluation evaluation = {.scope = scope, .arena = walk->loader->arena, .zone = exhibition->zone, .language = walk->language};
    struct sw_resolution resolution = {.evaluation = &evaluation, .canvas = exhibition->theme.canvases[0].name};
    return sw_property_value(property, &resolution);
}

static bool lookup_parameter(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct inside *inside = scope->context;
    for (size_t i = 0; i < inside->part->parameter_count; i++) {
        const struct sw_parameter *parameter = &inside->part->parameters[i];
        bool given = inside->arguments != NULL && inside->arguments[i].form != SW_PROPERTY_NONE;
        if (strcmp(parameter->name, name) != 0)
            continue;
        *out = value_of(inside->walk, given ? &inside->arguments[i] : &parameter->otherwise, given ? inside->user : NULL);
        return true;
    }
    return false;
}

/* The path of the clip where that is known now: one that is written somewhere. */
static const char *path_of(const struct walk *walk, struct sw_value value)
{
    const char *path = value.type == SW_VALUE_STRING ? value.as.string : "";
    for (size_t i = 0; i < walk->loader->film_count; i++)
        if (strcmp(walk->loader->films[i].medium.path, path) == 0) {
            walk->loader->films[i].timed = true;
            return path;
        }
    return NULL;
}

static int64_t duration_of(struct sw_value value) { return value.type == SW_VALUE_DURATION ? value.as.duration : 0; }

/* How long it plays in the language at hand; 0: that is not known. */
static int64_t length_of(struct walk *walk, const struct sw_element *element, const struct sw_scope *scope)
{
    const struct sw_clip_rows *rows = element->kind->clip;
    const struct sw_lengths *lengths = walk->loader->lengths;
    const char *path = path_of(walk, value_of(walk, &element->own[rows->clip], scope));
    walk->named = walk->named || path != NULL;
    int64_t end = path != NULL && lengths != NULL ? lengths->of(lengths->context, walk->loader->exhibition->root, path) : 0;
    int64_t from = duration_of(value_of(walk, &element->own[rows->from], scope));
    int64_t until = duration_of(value_of(walk, &element->own[rows->until], scope));
    walk->late = walk->late || (end > 0 && from >= end);
    if (until > 0 && until < end)
        end = until;
    return end > from ? end - from : 0;
}

static void look_at(struct walk *walk, const struct sw_element *element, const struct sw_scope *scope)
{
    if (sw_value_true(value_of(walk, &element->own[element->kind->clip->loop], scope)))
        return;
    if (walk->count < SW_COUNT(walk->found))
        walk->found[walk->count] = element;
    if (walk->count++ > 0)
        return;
    const char *const *languages = walk->loader->exhibition->languages;
    for (size_t i = 0; languages[i] != NULL; i++) {
        walk->language = languages[i];
        int64_t length = length_of(walk, element, scope);
        walk->length = length > walk->length ? length : walk->length;
    }
    walk->language = languages[0];
}

static void walk_elements(struct walk *walk, const struct sw_elements *elements, const struct sw_scope *scope);

static void walk_property(struct walk *walk, const struct sw_property *property, const struct sw_scope *scope)
{
    if (property->form == SW_PROPERTY_ELEMENTS)
        walk_elements(walk, &property->as.elements, scope);
    for (size_t i = 0; property->form == SW_PROPERTY_CASES && i < property->as.by.count; i++)
        walk_property(walk, &property->as.by.values[i], scope);
}

static void walk_part(struct walk *walk, const struct sw_part *part, const struct sw_property *arguments, const struct sw_scope *user)
{
    struct inside inside = {.walk = walk, .part = part, .arguments = arguments, .user = user};
    inside.scope = (struct sw_scope){.lookup = lookup_parameter, .context = &inside};
    walk_elements(walk, &part->elements, &inside.scope);
    for (size_t i = 0; i < part->parameter_count; i++) {
        if (arguments != NULL && arguments[i].form != SW_PROPERTY_NONE)
            walk_property(walk, &arguments[i], user);
        else
            walk_property(walk, &part->parameters[i].otherwise, &inside.scope);
    }
}

static void walk_elements(struct walk *walk, const struct sw_elements *elements, const struct sw_scope *scope)
{
    for (size_t i = 0; i < elements->count; i++) {
        const struct sw_element *element = elements->items[i];
        if (element->kind->clip != NULL)
            look_at(walk, element, scope);
        for (size_t k = 0; k < element->kind->count; k++)
            walk_property(walk, &element->own[k], scope);
        if (element->part != NULL)
            walk_part(walk, element->part, element->arguments, scope);
    }
}

/* Whether a string in it is called like a clip. */
static bool names_clip(const cJSON *node)
{
    const cJSON *item = NULL;
    if (cJSON_IsString(node))
        return sw_load_is_clip_name(node->valuestring);
    cJSON_ArrayForEach (item, node)
        if (names_clip(item))
            return true;
    return false;
}

/* Of a scene of which only the document is known, and those of all parts. */
static bool may_have_clip(const struct sw_loader *loader, const struct sw_scene *scene)
{
    for (size_t i = 0; i < loader->document_count; i++) {
        const struct sw_document *document = &loader->documents[i];
        if ((document->made == scene || document->kind == SW_DOCUMENT_PART) && document->json != NULL && names_clip(document->json->root))
            return true;
    }
    return false;
}

static const char no_clip[] = "%s has no clip that ends; \"clip\" wants one, without \"loop\": true";

int64_t sw_load_length(struct sw_writer *w, const cJSON *node, const struct sw_scene *scene, const struct sw_page *page, const char *where)
{
    const struct sw_exhibition *exhibition = w->loader->exhibition;
    struct walk walk = {.loader = w->loader, .language = exhibition->languages[0]};
    if (w->loader->catalogue == NULL) { /* an outline: nobody has looked at elements */
        if (!may_have_clip(w->loader, scene))
            sw_verify_fault(&w->verify, node, no_clip, where);
        return exhibition->duration;
    }
    walk_elements(&walk, &page->elements, NULL);
    if (scene->frame != NULL)
        walk_part(&walk, scene->frame, scene->frame_arguments, NULL);
    if (walk.count == 0)
        sw_verify_fault(&w->verify, node, no_clip, where);
    else if (walk.count > 1)
        sw_verify_fault(&w->verify, node,
                        "%s has %zu clips that end, such as %s and %s; \"clip\" wants one, or write a duration like \"20s\"", where,
                        walk.count, walk.found[0]->path, walk.found[1]->path);
    else if (!walk.named)
        sw_verify_fault(&w->verify, node, "which clip %s shows is not known before it plays; write a duration like \"20s\"",
                        walk.found[0]->path);
    else if (walk.late)
        sw_verify_fault(&w->verify, node, "%s begins behind the end of its clip; let its \"from\" be earlier", walk.found[0]->path);
    int64_t length = walk.count == 1 && walk.length > 0 ? walk.length : exhibition->duration;
    return length > SW_SECOND ? length : SW_SECOND;
}

bool sw_load_is_clip(const cJSON *node) { return cJSON_IsString(node) && strcmp(node->valuestring, sw_length_words[0]) == 0; }
