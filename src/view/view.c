/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/view.h"

#include <math.h>

#include "base/hash.h"
#include "view/expand.h"
#include "view/lack.h"
#include "view/layout.h"

/* -- making the tree -- */

static struct sw_rect area_of(const struct sw_view_context *context, const struct sw_view_layer *layer, struct sw_rect canvas, bool *found)
{
    *found = false;
    if (layer->area == NULL) {
        return canvas;
    }
    struct sw_value name = sw_view_value(context, layer->scope, layer->area);
    const struct sw_area *area = name.type == SW_VALUE_STRING ? sw_canvas_area(context->canvas, name.as.string) : NULL;
    if (area == NULL) {
        return canvas;
    }
    *found = true;
    struct sw_rect rect = {area->x, area->y, area->width, area->height};
    if (context->right_to_left) {
        rect.x = canvas.width - rect.x - rect.width;
    }
    return rect;
}

static void expand_layer(struct sw_expansion *expansion, struct sw_box *box, const struct sw_view_layer *layer)
{
    const struct sw_view_context *context = expansion->context;
    const struct sw_scope *scope = layer->scope != NULL ? layer->scope : context->evaluation->scope;
    expansion->scope = scope;
    box->scope = scope;
    if (layer->frame == NULL) {
        sw_view_expand_elements(expansion, box, layer->elements, scope, box->identity);
        return;
    }
    struct sw_handed *page = sw_arena_alloc(context->arena, sizeof *page);
    *page = (struct sw_handed){.elements = layer->elements, .scope = scope};
    sw_view_expand_part(expansion, box, layer->frame, layer->frame_arguments, scope, page);
}

struct sw_box *sw_view_create(const struct sw_view_context *context, const struct sw_view_layer *layers, size_t count)
{
    struct sw_rect canvas = {0, 0, context->canvas->width, context->canvas->height};
    struct sw_box *root = sw_view_box(context, NULL, SW_HASH_START);
    root->rect = canvas;
    struct sw_expansion expansion = {.context = context, .budget = SW_VIEW_BOXES_MAX, .lacking = sw_view_lacking(context)};
    sw_reads_init(&expansion.read);
    for (size_t i = 0; i < count; i++) {
        struct sw_box *box = sw_view_box(context, root, sw_hash_number(root->identity, layers[i].identity));
        struct sw_layer_notes *notes = sw_arena_alloc(context->arena, sizeof *notes);
        notes->modal = layers[i].modal;
        box->data = notes;
        struct sw_rect rect = area_of(context, &layers[i], canvas, &notes->has_area);
        expand_layer(&expansion, box, &layers[i]);
        sw_view_arrange(context, box, rect);
    }
    if (context->evaluation->reads != NULL) {
        sw_reads_merge(context->evaluation->reads, &expansion.read);
    }
    return root;
}

/* -- touching it -- */

struct search {
    double x, y, slack, slack_below;
    const struct sw_box *exact;   /* the topmost that holds the point */
    const struct sw_box *nearest; /* else the nearest within the slack, the topmost of those as near */
    bool (*wanted)(const struct sw_box *box);
    const struct sw_box *found;   /* the topmost that holds the point and is wanted; only where `wanted` is not NULL */
    double distance;
};

static double beyond(double position, double from, double size)
{
    return position < from ? position - from : position > from + size ? position - from - size : 0;
}

static void consider(struct search *search, const struct sw_box *box, struct sw_rect rect)
{
    if (sw_rect_empty(rect)) {
        return;
    }
    if (sw_rect_contains(rect, search->x, search->y)) {
        search->exact = box;
        return;
    }
    double x = beyond(search->x, rect.x, rect.width), y = beyond(search->y, rect.y, rect.height);
    if (fabs(x) > search->slack || y < -search->slack || y > search->slack_below) {
        return;
    }
    double distance = hypot(x, y);
    if (search->nearest == NULL || distance <= search->distance) {
        search->nearest = box;
        search->distance = distance;
    }
}

static void search_box(struct search *search, const struct sw_box *box, struct sw_rect clip);

/* Children come behind their parent and so win over it, as they are drawn over it. */
static void search_inside(struct search *search, const struct sw_box *box, struct sw_rect clip)
{
    if (box->action_count > 0 || box->scrubs) {
        consider(search, box, sw_rect_intersect(box->rect, clip));
    }
    if (search->wanted != NULL && search->wanted(box) && sw_rect_contains(sw_rect_intersect(box->rect, clip), search->x, search->y)) {
        search->found = box;
    }
    if (box->clips) {
        clip = sw_rect_intersect(clip, box->rect);
    }
    for (const struct sw_box *child = box->first; child != NULL; child = child->next) {
        search_box(search, child, clip);
    }
}

/* `clip`: what of the canvas is seen here. */
static void search_box(struct search *search, const struct sw_box *box, struct sw_rect clip)
{
    if (box->hidden || box->opacity == 0) {
        return;
    }
    if (box->slices == NULL) {
        search_inside(search, box, clip);
        return;
    }
    double x = search->x, y = search->y;
    for (size_t i = 0; i < box->slices->counts[0] * box->slices->counts[1]; i++) {
        double shift_x = 0, shift_y = 0;
        struct sw_rect window = sw_slices_window(box->slices, i % box->slices->counts[0], i / box->slices->counts[0], &shift_x, &shift_y);
        window = sw_rect_intersect(window, clip);
        if (sw_rect_empty(window)) {
            continue;
        }
        window.x -= shift_x;
        window.y -= shift_y;
        search->x = x - shift_x;
        search->y = y - shift_y;
        search_inside(search, box, window);
    }
    search->x = x;
    search->y = y;
}

static bool shows_at(const struct sw_box *box, double x, double y);

static bool shows_inside(const struct sw_box *box, double x, double y)
{
    bool drawn = box->behaviour->draw != NULL || box->behaviour->ground != NULL || box->common[SW_COMMON_FILL].type != SW_VALUE_MISSING;
    if (drawn && sw_rect_contains(box->rect, x, y)) {
        return true;
    }
    for (const struct sw_box *child = box->first; child != NULL; child = child->next) {
        if (shows_at(child, x, y)) {
            return true;
        }
    }
    return false;
}

/* Whether something of the box, or in it, is drawn at the point. */
static bool shows_at(const struct sw_box *box, double x, double y)
{
    bool shown = false;
    if (box->hidden || box->opacity == 0) {
        return false;
    }
    if (box->slices == NULL) {
        return shows_inside(box, x, y);
    }
    for (size_t i = 0; i < box->slices->counts[0] * box->slices->counts[1] && !shown; i++) {
        double shift_x = 0, shift_y = 0;
        struct sw_rect window = sw_slices_window(box->slices, i % box->slices->counts[0], i / box->slices->counts[0], &shift_x, &shift_y);
        shown = sw_rect_contains(window, x, y) && shows_inside(box, x - shift_x, y - shift_y);
    }
    return shown;
}

static bool layer_shows_at(const struct sw_box *layer, double x, double y)
{
    const struct sw_layer_notes *notes = layer->data;
    return (notes->has_area && sw_rect_contains(layer->rect, x, y)) || shows_at(layer, x, y);
}

/* Touches go no deeper than the topmost modal layer. */
static const struct sw_box *lowest_layer(const struct sw_box *root, bool *modal)
{
    const struct sw_box *lowest = root->first;
    *modal = false;
    for (const struct sw_box *layer = root->first; layer != NULL; layer = layer->next) {
        const struct sw_layer_notes *notes = layer->data;
        if (notes->modal) {
            lowest = layer;
            *modal = true;
        }
    }
    return lowest;
}

const struct sw_box *sw_view_hit(const struct sw_box *root, double x, double y, double slack, double slack_below, bool *modal)
{
    struct search search = {.x = x, .y = y, .slack = slack, .slack_below = slack_below};
    const struct sw_box *lowest = lowest_layer(root, modal);
    bool shown = false;
    for (const struct sw_box *layer = lowest; layer != NULL; layer = layer->next) {
        search_box(&search, layer, root->rect);
        shown = shown || layer_shows_at(layer, x, y);
    }
    const struct sw_box *hit = search.exact != NULL ? search.exact : search.nearest;
    *modal = *modal && hit == NULL && !shown;
    return hit;
}

static const struct sw_box *topmost(const struct sw_box *root, double x, double y, bool (*wanted)(const struct sw_box *box))
{
    struct search search = {.x = x, .y = y, .wanted = wanted};
    bool modal = false;
    for (const struct sw_box *layer = lowest_layer(root, &modal); layer != NULL; layer = layer->next) {
        if (search.found != NULL && layer_shows_at(layer, x, y)) {
            search.found = NULL;
        }
        search_box(&search, layer, root->rect);
    }
    return search.found;
}

static bool feels(const struct sw_box *box) { return box->feels; }

static bool plays(const struct sw_box *box) { return box->reel != NULL; }

const struct sw_box *sw_view_felt(const struct sw_box *root, double x, double y) { return topmost(root, x, y, feels); }

const struct sw_box *sw_view_played(const struct sw_box *root, double x, double y) { return topmost(root, x, y, plays); }

void sw_view_inside(const struct sw_box *box, double *x, double *y)
{
    if (box->parent != NULL) {
        sw_view_inside(box->parent, x, y);
    }
    double best = INFINITY, best_x = 0, best_y = 0;
    for (size_t i = 0; box->slices != NULL && i < box->slices->counts[0] * box->slices->counts[1]; i++) {
        double shift_x = 0, shift_y = 0;
        struct sw_rect window = sw_slices_window(box->slices, i % box->slices->counts[0], i / box->slices->counts[0], &shift_x, &shift_y);
        double distance = hypot(beyond(*x, window.x, window.width), beyond(*y, window.y, window.height));
        if (distance < best) {
            best = distance;
            best_x = shift_x;
            best_y = shift_y;
        }
    }
    *x -= best_x;
    *y -= best_y;
}

void sw_view_each(const struct sw_box *root, void (*each)(void *context, const struct sw_box *box), void *context)
{
    each(context, root);
    for (const struct sw_box *child = root->first; child != NULL; child = child->next) {
        sw_view_each(child, each, context);
    }
}

void sw_view_fit(const struct sw_canvas *canvas, int width, int height, double *scale, double *offset_x, double *offset_y)
{
    *scale = fmin(width / canvas->width, height / canvas->height);
    *offset_x = floor((width - *scale * canvas->width) / 2 + 0.5);
    *offset_y = floor((height - *scale * canvas->height) / 2 + 0.5);
}
