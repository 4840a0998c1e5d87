/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/expand.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "view/lack.h"
#include "view/layout.h"

static const struct sw_behaviour plain = {
    .measure = sw_layout_measure,
    .least = sw_layout_least,
    .arrange = sw_layout_arrange,
    .least_width = sw_layout_least_width,
};

static const struct sw_value nothing[SW_COMMON_COUNT];

static void append(struct sw_box *parent, struct sw_box *box)
{
    box->parent = parent;
    if (parent->last == NULL) {
        parent->first = box;
    } else {
        parent->last->next = box;
    }
    parent->last = box;
}

struct sw_box *sw_view_box(const struct sw_view_context *context, struct sw_box *parent, uint64_t identity)
{
    struct sw_box *box = sw_arena_alloc(context->arena, sizeof *box);
    box->behaviour = &plain;
    box->identity = identity;
    box->common = nothing;
    box->given_width = box->given_height = NAN;
    box->opacity = 1;
    box->right_to_left = parent != NULL ? parent->right_to_left : context->right_to_left;
    if (parent != NULL) {
        box->text = parent->text;
        append(parent, box);
    } else {
        box->text = (struct sw_look_of_text){.role = "text", .size = 36, .line = 1.4, .colour = 0xff000000};
        sw_view_text_style(context, context->exhibition->theme.default_style, &box->text);
    }
    return box;
}

struct sw_evaluation sw_view_evaluation(const struct sw_view_context *context, const struct sw_scope *scope)
{
    struct sw_evaluation evaluation = *context->evaluation;
    if (scope != NULL) {
        evaluation.scope = scope;
    }
    evaluation.arena = context->arena;
    return evaluation;
}

struct sw_value sw_view_value(const struct sw_view_context *context, const struct sw_scope *scope, const struct sw_property *property)
{
    if (property->form == SW_PROPERTY_NONE || property->form == SW_PROPERTY_CONSTANT) {
        return property->as.constant; /* NONE is zeroed: missing */
    }
    struct sw_evaluation evaluation = sw_view_evaluation(context, scope);
    struct sw_resolution resolution = {.evaluation = &evaluation, .canvas = context->canvas->name};
    return sw_property_value(property, &resolution);
}

struct sw_value sw_view_own(const struct sw_view_context *context, const struct sw_box *box, int row)
{
    return sw_view_value(context, box->scope, &box->element->own[row]);
}

double sw_value_number_or(struct sw_value value, double otherwise)
{
    return value.type == SW_VALUE_NUMBER && isfinite(value.as.number) ? value.as.number : otherwise;
}

double sw_value_item_or(struct sw_value value, size_t index, double otherwise)
{
    if (value.type != SW_VALUE_LIST || index >= value.as.list->count) {
        return otherwise;
    }
    return sw_value_number_or(value.as.list->items[index], otherwise);
}

int sw_value_word(struct sw_value value, const char *const *words)
{
    for (int i = 0; value.type == SW_VALUE_STRING && words[i] != NULL; i++) {
        if (strcmp(value.as.string, words[i]) == 0) {
            return i;
        }
    }
    return -1;
}

uint32_t sw_view_colour(const struct sw_view_context *context, struct sw_value value, uint32_t otherwise)
{
    uint32_t argb = otherwise;
    if (value.type == SW_VALUE_STRING && !sw_theme_colour(&context->exhibition->theme, value.as.string, context->high_contrast, &argb)) {
        return otherwise;
    }
    return argb;
}

void sw_view_text_style(const struct sw_view_context *context, const struct sw_text_style *style, struct sw_look_of_text *text)
{
    if (style == NULL) {
        return;
    }
    double factor = context->text_factor > 0 ? context->text_factor : 1;
    text->role = style->font != NULL ? style->font : text->role;
    text->size = sw_value_number_or(sw_view_value(context, NULL, &style->size), text->size / factor) * factor;
    text->line = style->line > 0 ? style->line : text->line;
    text->tracking = style->spacing;
    text->colour = sw_view_colour(context, sw_value_string(style->colour), text->colour);
}

static void resolve_padding(struct sw_box *box)
{
    struct sw_value value = box->common[SW_COMMON_PADDING];
    for (size_t i = 0; i < 4; i++) {
        box->padding[i] = fmax(0, sw_value_item_or(value, i, 0));
    }
}

/* What layout and drawing ask for again and again, read once. */
static void resolve_layout(const struct sw_view_context *context, struct sw_box *box)
{
    static const char *const aligns[] = {"start", "center", "end", "stretch", NULL};
    const struct sw_value *common = box->common;
    double width = sw_value_number_or(common[SW_COMMON_WIDTH], NAN), height = sw_value_number_or(common[SW_COMMON_HEIGHT], NAN);
    width = sw_value_item_or(common[SW_COMMON_SIZE], 0, width);
    height = sw_value_item_or(common[SW_COMMON_SIZE], 1, height);
    box->given_width = width >= 0 ? width : NAN;
    box->given_height = height >= 0 ? height : NAN;
    box->grow = fmax(0, sw_value_number_or(common[SW_COMMON_GROW], 0));
    box->opacity = fmin(1, fmax(0, sw_value_number_or(common[SW_COMMON_OPACITY], 1)));
    box->align = (enum sw_align)(sw_value_word(common[SW_COMMON_ALIGN], aligns) + 1);
    struct sw_value mirror = common[SW_COMMON_MIRROR];
    box->right_to_left = box->parent->right_to_left && !(mirror.type == SW_VALUE_BOOL && !mirror.as.truth);
    resolve_padding(box);
    box->fill = sw_view_colour(context, common[SW_COMMON_FILL], 0);
    box->stroke = sw_view_colour(context, common[SW_COMMON_STROKE], 0);
    if (common[SW_COMMON_STYLE].type == SW_VALUE_STRING) {
        sw_view_text_style(context, sw_theme_style(&context->exhibition->theme, common[SW_COMMON_STYLE].as.string), &box->text);
    }
    box->text.colour = sw_view_colour(context, common[SW_COMMON_COLOUR], box->text.colour);
}

static const struct sw_value *resolve(const struct sw_view_context *context, const struct sw_scope *scope, const struct sw_row *rows,
                                      const struct sw_property *properties, size_t count)
{
    struct sw_value *values = sw_arena_array(context->arena, count, sizeof *values);
    for (size_t i = 0; i < count; i++) {
        bool bare = rows[i].means == SW_MEANS_EXPRESSION || rows[i].means == SW_MEANS_CONDITION || rows[i].means == SW_MEANS_ROWS;
        if (!bare) {
            values[i] = sw_view_value(context, scope, &properties[i]);
        }
        if (rows[i].means == SW_MEANS_TEXT || rows[i].means == SW_MEANS_PLAIN_TEXT) {
            struct sw_evaluation evaluation = sw_view_evaluation(context, scope);
            values[i] = sw_template_text(values[i], &evaluation); /* "{count(scenes)}" alone kept its type */
        }
    }
    return values;
}

/* Whether another box may be made; where not, that is logged once a tree. */
static bool room_left(struct sw_expansion *expansion, const struct sw_element *element)
{
    if (expansion->budget > 0 && expansion->depth < SW_VIEW_DEPTH_MAX) {
        return true;
    }
    if (!expansion->told) {
        expansion->told = true;
        sw_log(SW_LOG_WARNING, "view", "%s:%d: %s and what follows is left out: more than %s", element->file, element->line, element->path,
               expansion->budget == 0 ? "20000 boxes" : "64 levels");
    }
    return false;
}

static struct sw_box *make_box(struct sw_expansion *expansion, struct sw_box *parent, const struct sw_element *element,
                               const struct sw_scope *scope, uint64_t identity, bool hidden)
{
    const struct sw_view_context *context = expansion->context;
    struct sw_box *box = sw_view_box(context, parent, sw_hash_number(identity, element->identity));
    box->element = element;
    box->behaviour = element->kind->behaviour;
    box->scope = scope;
    box->hidden = hidden;
    box->common = resolve(context, scope, sw_common_rows(), element->common, SW_COMMON_COUNT);
    box->own = resolve(context, scope, element->kind->rows, element->own, element->kind->count);
    resolve_layout(context, box);
    sw_view_tap(context, box);
    return box;
}

/* Takes the box just appended, which follows `before`, back. */
static void take_back(struct sw_box *parent, struct sw_box *before)
{
    if (before == NULL) {
        parent->first = NULL;
    } else {
        before->next = NULL;
    }
    parent->last = before;
}

static bool says_nothing(const struct sw_element *element)
{
    for (int i = 0; i < SW_COMMON_COUNT; i++) {
        if (i != SW_COMMON_WHEN && i != SW_COMMON_NAME && element->common[i].form != SW_PROPERTY_NONE) {
            return false;
        }
    }
    return true;
}

/* Puts the box's children where the box, the last child of its parent, stands. */
static void hoist(struct sw_box *parent, struct sw_box *before, const struct sw_box *box)
{
    take_back(parent, before);
    for (struct sw_box *child = box->first, *next = NULL; child != NULL; child = next) {
        next = child->next;
        child->next = NULL;
        append(parent, child);
    }
}

/* Several things in a slot or a case stand as what is around them does. */
static void flow_as_parent(struct sw_box *box)
{
    const struct sw_arrangement *around = box->parent->arrangement;
    if (box->first != box->last && around != NULL && around->form != SW_FORM_GRID) {
        box->arrangement = around;
    }
}

static void expand_children(struct sw_expansion *expansion, struct sw_box *box)
{
    const struct sw_scope *outer = expansion->scope;
    if (box->behaviour->expand == NULL) {
        return;
    }
    expansion->scope = box->scope;
    expansion->depth++;
    box->behaviour->expand(expansion, box);
    expansion->depth--;
    expansion->scope = outer;
}

/* -- what an element's source lacks -- */

/* A text says what there is to say in its own way. True: the box is to go. */
static bool lacks_before(struct sw_expansion *expansion, struct sw_box *box, const struct sw_reads *own, enum sw_lack *lack)
{
    const char *text = "";
    *lack = expansion->lacking && !box->behaviour->decides ? sw_view_lack(expansion->context, own, &text) : SW_LACK_NONE;
    if (*lack == SW_LACK_TEXT && box->element->kind->rows[0].means == SW_MEANS_TEXT) {
        struct sw_value *values = sw_arena_array(expansion->context->arena, box->element->kind->count, sizeof *values);
        memcpy(values, box->own, box->element->kind->count * sizeof *values);
        values[0] = sw_value_string(text);
        box->own = values;
    }
    return *lack == SW_LACK_HIDE;
}

/* What rows and series it reads is known only now; and whether there is anything left in it. `gone`: before its children were made. */
static bool lacks_behind(struct sw_expansion *expansion, struct sw_box *box, const struct sw_reads *own, enum sw_lack before, size_t gone)
{
    const char *text = "";
    if (!expansion->lacking || (before != SW_LACK_NONE && box->element->kind->rows[0].means == SW_MEANS_TEXT)) {
        return false;
    }
    enum sw_lack lack = box->behaviour->decides ? SW_LACK_NONE : sw_view_lack(expansion->context, own, &text);
    if (lack == SW_LACK_TEXT) {
        sw_view_say_instead(expansion->context, box, text);
    }
    return lack == SW_LACK_HIDE || (lack == SW_LACK_NONE && box->first == NULL && expansion->gone > gone);
}

/* Out of its place, or with `keep` out of sight. True: it is no more. */
static bool leave(struct sw_expansion *expansion, struct sw_box *parent, struct sw_box *before, struct sw_box *box)
{
    expansion->gone++;
    box->hidden = sw_value_true(box->common[SW_COMMON_KEEP]);
    if (!box->hidden) {
        take_back(parent, before);
    }
    return !box->hidden;
}

/* Makes the box and all that is in it. True: it stays. */
static bool expand_box(struct sw_expansion *expansion, struct sw_box *parent, struct sw_box *before, struct sw_box *box,
                       const struct sw_reads *own)
{
    enum sw_lack lack = SW_LACK_NONE;
    size_t gone = expansion->gone;
    bool leaves = own != NULL && lacks_before(expansion, box, own, &lack);
    if (leaves && leave(expansion, parent, before, box)) {
        return false;
    }
    expand_children(expansion, box);
    if (!leaves && own != NULL && lacks_behind(expansion, box, own, lack, gone)) {
        return !leave(expansion, parent, before, box);
    }
    return true;
}

/* What the element at hand has read joins what was read before it; it is of the sources in it if `needs`. */
static void join_reads(struct sw_expansion *expansion, struct sw_reads *own, bool needs)
{
    sw_reads_merge(&expansion->read, own);
    if (needs && expansion->context->needs != NULL && own->source_count > 0) {
        sw_reads_merge(expansion->context->needs, own);
    }
    sw_reads_init(own);
}

static void make_element(struct sw_expansion *expansion, struct sw_box *parent, const struct sw_element *element,
                         const struct sw_scope *scope, uint64_t identity)
{
    const struct sw_view_context *context = expansion->context;
    const struct sw_property *when = &element->common[SW_COMMON_WHEN];
    struct sw_reads *own = context->evaluation->reads;
    bool hidden = when->form != SW_PROPERTY_NONE && !sw_value_true(sw_view_value(context, scope, when));
    if (hidden && !sw_value_true(sw_view_value(context, scope, &element->common[SW_COMMON_KEEP]))) {
        return;
    }
    if (own != NULL) {
        join_reads(expansion, own, false);
    }
    struct sw_box *before = parent->last;
    struct sw_box *box = make_box(expansion, parent, element, scope, identity, hidden);
    bool stays = expand_box(expansion, parent, before, box, own);
    if (own != NULL) {
        join_reads(expansion, own, !hidden && !box->behaviour->decides);
    }
    if (!stays) {
        return;
    }
    if (box->behaviour->vanishes && box->first == NULL) {
        take_back(parent, before);
    } else if (box->behaviour->hoists && says_nothing(element)) {
        hoist(parent, before, box);
    } else if (box->behaviour->hoists) {
        flow_as_parent(box);
    }
}

/* What its parent has read so far is kept apart meanwhile: each element has what it reads itself. */
static void expand_element(struct sw_expansion *expansion, struct sw_box *parent, const struct sw_element *element,
                           const struct sw_scope *scope, uint64_t identity)
{
    struct sw_reads *own = expansion->context->evaluation->reads, outer;
    if (own == NULL) {
        make_element(expansion, parent, element, scope, identity);
        return;
    }
    sw_reads_init(&outer);
    sw_reads_merge(&outer, own);
    sw_reads_init(own);
    make_element(expansion, parent, element, scope, identity);
    sw_reads_merge(&expansion->read, own);
    sw_reads_init(own);
    sw_reads_merge(own, &outer);
}

void sw_view_expand_elements(struct sw_expansion *expansion, struct sw_box *box, struct sw_elements elements, const struct sw_scope *scope,
                             uint64_t identity)
{
    for (size_t i = 0; i < elements.count; i++) {
        if (!room_left(expansion, elements.items[i])) {
            return;
        }
        expansion->budget--;
        expand_element(expansion, box, elements.items[i], scope, identity);
    }
}
