/* SPDX-License-Identifier: EUPL-1.2 */
/* Parts: a scope of parameters that are read when they are first asked for, and the actions that a part's user hands in. */
#include <string.h>

#include "base/hash.h"
#include "view/expand.h"

#define ACTIONS_MAX 64 /* of one tap, those handed in counted too */

struct part_scope {
    struct sw_scope scope;
    const struct sw_view_context *context;
    const struct sw_part *part;
    const struct sw_property *arguments; /* NULL: none */
    const struct sw_scope *user;
    const struct sw_handed *page; /* NULL: no frame */
    struct parameter_value {
        enum { UNREAD, BEING_READ, READ } progress;
        struct sw_value value;
        const struct sw_reads *reads; /* what its value was made of: whoever asks for it has read that; NULL: nothing */
    } * values;
};

static struct sw_value opaque(const struct sw_view_context *context, struct sw_handed handed)
{
    struct sw_handed *copy = sw_arena_alloc(context->arena, sizeof *copy);
    *copy = handed;
    return (struct sw_value){.type = SW_VALUE_OPAQUE, .as.opaque = copy};
}

/* A parameter of type `elements` or `actions` is never missing, so that a part may ask for it without a default. */
static struct sw_value read_property(const struct part_scope *part, const struct sw_parameter *parameter,
                                     const struct sw_property *property, const struct sw_scope *scope)
{
    if (strcmp(parameter->type, "elements") == 0) {
        struct sw_elements elements = {0};
        if (property->form == SW_PROPERTY_ELEMENTS) {
            elements = property->as.elements;
        }
        return opaque(part->context, (struct sw_handed){.elements = elements, .scope = scope});
    }
    if (strcmp(parameter->type, "actions") == 0) {
        const struct sw_actions_model *actions = property->form == SW_PROPERTY_ACTIONS ? property->as.actions : NULL;
        return opaque(part->context, (struct sw_handed){.actions = actions, .scope = scope});
    }
    return sw_view_value(part->context, scope, property);
}

static struct sw_value read_parameter(const struct part_scope *part, size_t index)
{
    const struct sw_parameter *parameter = &part->part->parameters[index];
    if (part->arguments != NULL && part->arguments[index].form != SW_PROPERTY_NONE) {
        return read_property(part, parameter, &part->arguments[index], part->user);
    }
    return read_property(part, parameter, &parameter->otherwise, &part->scope);
}

/* Reads it, and keeps apart what that was made of. */
static void read_once(const struct part_scope *part, size_t index)
{
    const struct sw_view_context *context = part->context;
    struct parameter_value *known = &part->values[index];
    struct sw_reads *reads = context->evaluation->reads, before;
    known->progress = BEING_READ; /* a default that asks for itself finds nothing */
    if (reads == NULL) {
        known->value = read_parameter(part, index);
        known->progress = READ;
        return;
    }
    sw_reads_init(&before);
    sw_reads_merge(&before, reads);
    sw_reads_init(reads);
    known->value = read_parameter(part, index);
    known->progress = READ;
    if (reads->count > 0 || reads->valid_until != SW_NEVER) {
        struct sw_reads *kept = sw_arena_alloc(context->arena, sizeof *kept);
        sw_reads_init(kept);
        sw_reads_merge(kept, reads);
        known->reads = kept;
    }
    sw_reads_init(reads);
    sw_reads_merge(reads, &before);
}

static bool lookup_parameter(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct part_scope *part = scope->context;
    if (part->page != NULL && strcmp(name, SW_FRAME_SLOT) == 0) {
        *out = (struct sw_value){.type = SW_VALUE_OPAQUE, .as.opaque = part->page};
        return true;
    }
    for (size_t i = 0; i < part->part->parameter_count; i++) {
        if (strcmp(part->part->parameters[i].name, name) == 0) {
            struct parameter_value *known = &part->values[i];
            if (known->progress == UNREAD) {
                read_once(part, i);
            }
            if (known->reads != NULL) {
                sw_reads_merge(part->context->evaluation->reads, known->reads);
            }
            *out = known->value;
            return true;
        }
    }
    return false;
}

void sw_view_expand_part(struct sw_expansion *expansion, struct sw_box *box, const struct sw_part *part,
                         const struct sw_property *arguments, const struct sw_scope *user, const struct sw_handed *page)
{
    const struct sw_view_context *context = expansion->context;
    struct part_scope *scope = sw_arena_alloc(context->arena, sizeof *scope);
    *scope = (struct part_scope){
        .scope = {.outer = context->evaluation->scope, .lookup = lookup_parameter, .context = scope},
        .context = context,
        .part = part,
        .arguments = arguments,
        .user = user,
        .page = page,
        .values = sw_arena_array(context->arena, part->parameter_count, sizeof *scope->values),
    };
    sw_view_expand_elements(expansion, box, part->elements, &scope->scope, sw_hash_text(box->identity, part->id));
}

/* -- actions -- */

struct gathering {
    const struct sw_view_context *context;
    uint64_t identity;       /* of the box that does them */
    struct sw_action *items; /* ACTIONS_MAX of them, on the stack */
    size_t count;
};

static struct sw_value evaluate(const struct sw_view_context *context, const struct sw_scope *scope, const struct sw_template *template)
{
    struct sw_evaluation evaluation = sw_view_evaluation(context, scope);
    return sw_template_evaluate(template, &evaluation);
}

/* false: its target is missing now. */
static bool resolve_action(const struct sw_view_context *context, const struct sw_scope *scope, const struct sw_action_model *model,
                           uint64_t identity, struct sw_action *action)
{
    *action = (struct sw_action){.kind = model->kind, .name = model->name, .identity = identity};
    if (model->target != NULL) {
        struct sw_value target = evaluate(context, scope, model->target);
        if (target.type != SW_VALUE_STRING || target.as.string[0] == '\0') {
            return false;
        }
        action->target = target.as.string;
    }
    if (model->has_constant) {
        action->value = model->constant;
    } else if (model->value != NULL) {
        action->value = evaluate(context, scope, model->value);
    }
    return true;
}

static void gather(struct gathering *gathering, const struct sw_scope *scope, const struct sw_actions_model *model, int depth)
{
    for (size_t i = 0; model != NULL && i < model->count && gathering->count < ACTIONS_MAX; i++) {
        const struct sw_action_model *item = &model->items[i];
        if (item->kind != SW_ACTION_COUNT) {
            struct sw_action *action = &gathering->items[gathering->count];
            gathering->count += resolve_action(gathering->context, scope, item, gathering->identity, action);
            continue;
        }
        struct sw_evaluation evaluation = sw_view_evaluation(gathering->context, scope);
        struct sw_value value = sw_scope_lookup(&evaluation, item->name);
        if (value.type == SW_VALUE_OPAQUE && depth < SW_VIEW_DEPTH_MAX) {
            const struct sw_handed *handed = value.as.opaque;
            gather(gathering, handed->scope, handed->actions, depth + 1);
        }
    }
}

static size_t resolve(const struct sw_view_context *context, const struct sw_box *box, const struct sw_property *property,
                      const struct sw_action **actions)
{
    struct sw_action items[ACTIONS_MAX];
    struct gathering gathering = {.context = context, .identity = box->identity, .items = items};
    if (property->form != SW_PROPERTY_ACTIONS) {
        return 0;
    }
    gather(&gathering, box->scope, property->as.actions, 0);
    struct sw_action *kept = sw_arena_array(context->arena, gathering.count, sizeof *kept);
    memcpy(kept, items, gathering.count * sizeof *kept);
    *actions = kept;
    return gathering.count;
}

void sw_view_tap(const struct sw_view_context *context, struct sw_box *box)
{
    box->action_count = resolve(context, box, &box->element->common[SW_COMMON_TAP], &box->actions);
}

size_t sw_view_own_actions(const struct sw_view_context *context, const struct sw_box *box, int row, const struct sw_action **actions)
{
    return resolve(context, box, &box->element->own[row], actions);
}
