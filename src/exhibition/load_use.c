/* SPDX-License-Identifier: EUPL-1.2 */
/* Parts in parts: that none is inside itself, and that all of it together is not too much to show. */
#include <stdint.h>
#include <string.h>

#include "exhibition/load.h"

#define NESTING_MAX 64  /* parts in parts; the view shows no more levels */
#define BOXES_MAX 20000 /* elements that one use of a part may become; the view shows no more */

enum mark { UNSEEN, OPEN, DONE };

struct visit {
    struct sw_document *document;
    enum mark mark;
    uint64_t size; /* elements that it becomes, those of its parts counted too */
    bool cut;
};

struct walk {
    struct sw_loader *loader;
    struct visit *visits; /* one a part, in the order of the exhibition's */
    size_t depth;
    size_t path[NESTING_MAX]; /* the parts that are open, outermost first */
};

static void each_in_property(const struct sw_property *property, void (*each)(void *, const struct sw_element *), void *context)
{
    if (property->form == SW_PROPERTY_ELEMENTS)
        sw_load_each_element(&property->as.elements, each, context);
    for (size_t i = 0; property->form == SW_PROPERTY_CASES && i < property->as.by.count; i++)
        each_in_property(&property->as.by.values[i], each, context);
}

void sw_load_each_argument(const struct sw_part *part, const struct sw_property *arguments, void (*each)(void *, const struct sw_element *),
                           void *context)
{
    for (size_t i = 0; arguments != NULL && i < part->parameter_count; i++)
        each_in_property(&arguments[i], each, context);
}

void sw_load_each_element(const struct sw_elements *elements, void (*each)(void *, const struct sw_element *), void *context)
{
    for (size_t i = 0; i < elements->count; i++) {
        const struct sw_element *element = elements->items[i];
        each(context, element);
        for (size_t k = 0; k < element->kind->count; k++)
            each_in_property(&element->own[k], each, context);
        if (element->part != NULL)
            sw_load_each_argument(element->part, element->arguments, each, context);
    }
}

/* -- slots -- */

struct search {
    const char *name;
    bool found;
};

static void look_for_slot(void *context, const struct sw_element *element)
{
    struct search *search = context;
    const struct sw_property *own = &element->own[0];
    bool named = own->form == SW_PROPERTY_CONSTANT && own->as.constant.type == SW_VALUE_STRING;
    if (element->kind->rows[0].means == SW_MEANS_SLOT && named && strcmp(own->as.constant.as.string, search->name) == 0)
        search->found = true;
}

bool sw_load_has_slot(const struct sw_elements *elements, const char *name)
{
    struct search search = {.name = name};
    sw_load_each_element(elements, look_for_slot, &search);
    return search.found;
}

/* -- uses -- */

SW_PRINTF(3, 4) static void cut(struct walk *walk, const struct sw_element *element, const char *format, ...)
{
    struct visit *user = &walk->visits[walk->path[walk->depth - 1]];
    va_list arguments;
    va_start(arguments, format);
    sw_diags_vadd(walk->loader->diags, SW_ERROR, user->document->file, element->line, element->column, element->path, format, arguments);
    va_end(arguments);
    user->document->faulty = user->cut = true;
}

/* "a > b > a" */
static const char *round_of(const struct walk *walk, size_t part)
{
    const struct sw_part *const *parts = walk->loader->exhibition->parts;
    size_t from = 0;
    while (walk->path[from] != part)
        from++;
    const char *text = "";
    for (size_t i = from; i < walk->depth; i++)
        text = sw_arena_printf(walk->loader->arena, "%s%s > ", text, parts[walk->path[i]]->id);
    return sw_arena_printf(walk->loader->arena, "%s%s", text, parts[part]->id);
}

static void visit(struct walk *walk, size_t part);

static size_t index_of(const struct sw_exhibition *exhibition, const struct sw_part *part)
{
    size_t index = 0;
    while (exhibition->parts[index] != part)
        index++;
    return index;
}

static void use(void *context, const struct sw_element *element)
{
    struct walk *walk = context;
    struct visit *user = &walk->visits[walk->path[walk->depth - 1]];
    user->size++;
    if (element->part == NULL)
        return;
    size_t part = index_of(walk->loader->exhibition, element->part);
    const struct visit *used = &walk->visits[part];
    if (used->mark == OPEN) {
        cut(walk, element, "the part \"%s\" is used inside itself: %s", element->part->id, round_of(walk, part));
        return;
    }
    if (used->mark == UNSEEN && walk->depth == NESTING_MAX) {
        cut(walk, element, "parts are used inside each other more than %d deep", NESTING_MAX);
        return;
    }
    visit(walk, part);
    if (!user->cut && user->size + used->size > BOXES_MAX)
        cut(walk, element, "with this use the part becomes more than %d elements", BOXES_MAX);
    user->size += user->cut ? 0 : used->size;
}

/* A part with such a use is emptied, so that what is left comes to an end. */
static void visit(struct walk *walk, size_t index)
{
    struct visit *seen = &walk->visits[index];
    if (seen->mark != UNSEEN)
        return;
    struct sw_part *part = seen->document->made;
    seen->mark = OPEN;
    walk->path[walk->depth++] = index;
    sw_load_each_element(&part->elements, use, walk);
    for (size_t i = 0; i < part->parameter_count; i++)
        each_in_property(&part->parameters[i].otherwise, use, walk);
    walk->depth--;
    seen->mark = DONE;
    if (seen->cut) {
        part->elements = (struct sw_elements){.count = 0};
        seen->size = 0;
    }
}

void sw_load_part_uses(struct sw_loader *loader)
{
    struct walk walk = {.loader = loader};
    size_t count = 0;
    walk.visits = sw_arena_array(loader->arena, loader->exhibition->part_count, sizeof *walk.visits);
    for (size_t i = 0; i < loader->document_count; i++)
        if (loader->documents[i].kind == SW_DOCUMENT_PART && loader->documents[i].made != NULL)
            walk.visits[count++].document = &loader->documents[i];
    for (size_t i = 0; i < count; i++)
        visit(&walk, i);
}
