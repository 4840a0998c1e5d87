/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/morph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "view/behaviour.h"

#define FAR 1e5 /* design units: beyond any canvas */

/* A box at rest, with what its parents make of it. */
struct sw_morph_end {
    uint64_t identity;
    struct sw_grip grip;
    double opacity;
    struct sw_rect clip;
};

struct candidate {
    const char *name;
    const struct sw_box *box;
    double opacity;
    struct sw_rect clip;
};

struct candidates {
    struct candidate *items;
    size_t count, capacity;
};

void sw_morph_finish(struct sw_morph *morph)
{
    for (int i = 0; i < 2; i++) {
        free(morph->ends[i]);
        free(morph->glides[i]);
    }
    *morph = (struct sw_morph){.count = 0};
}

static void collect(struct candidates *found, const struct sw_box *box, double opacity, struct sw_rect clip)
{
    struct sw_value name = box->common[SW_COMMON_NAME];
    opacity *= box->opacity;
    if (box->hidden || opacity <= 0)
        return;
    if (name.type == SW_VALUE_STRING && !sw_rect_empty(box->rect)) {
        found->items = sw_grow(found->items, &found->capacity, found->count + 1, sizeof *found->items);
        found->items[found->count++] = (struct candidate){.name = name.as.string, .box = box, .opacity = opacity, .clip = clip};
    }
    if (box->clips)
        clip = sw_rect_intersect(clip, box->rect);
    for (const struct sw_box *child = box->first; child != NULL; child = child->next)
        collect(found, child, opacity, clip);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct candidate *)a)->name, ((const struct candidate *)b)->name);
}

static struct candidates named(const struct sw_box *root)
{
    struct candidates found = {.count = 0};
    if (root != NULL)
        collect(&found, root, 1, (struct sw_rect){-FAR, -FAR, 2 * FAR, 2 * FAR});
    if (found.count > 1)
        qsort(found.items, found.count, sizeof *found.items, by_name);
    return found;
}

/* Whether a touch on the box, or on what it is in, goes to the scene. */
static bool leads_to(const struct sw_box *box, const char *scene)
{
    size_t length = strlen(scene);
    for (; box != NULL; box = box->parent)
        for (size_t i = 0; i < box->action_count; i++) {
            const struct sw_action *action = &box->actions[i];
            if (action->kind == SW_ACTION_GO && action->target != NULL && strncmp(action->target, scene, length) == 0 &&
                (action->target[length] == '\0' || action->target[length] == '#'))
                return true;
        }
    return false;
}

/* The one that is meant of `count` with one name; NULL: none. */
static const struct candidate *chosen(const struct candidate *items, size_t count, const char *other)
{
    const struct candidate *one = NULL;
    if (count == 1)
        return items;
    for (size_t i = 0; i < count; i++) {
        if (!leads_to(items[i].box, other))
            continue;
        if (one != NULL)
            return NULL;
        one = &items[i];
    }
    return one;
}

static struct sw_grip middle(const struct sw_box *box)
{
    struct sw_rect rect = box->rect;
    return (struct sw_grip){rect.x + rect.width / 2, rect.y + rect.height / 2, sqrt(rect.width * rect.height)};
}

static void pair(struct sw_morph *morph, const struct candidate *a, const struct candidate *b)
{
    const struct candidate *both[] = {a, b};
    bool alike = a->box->behaviour == b->box->behaviour && a->box->behaviour->grip != NULL;
    for (int i = 0; i < 2; i++) {
        const struct sw_box *box = both[i]->box;
        morph->ends[i][morph->count] = (struct sw_morph_end){.identity = box->identity,
                                                             .grip = alike ? box->behaviour->grip(box) : middle(box),
                                                             .opacity = both[i]->opacity,
                                                             .clip = both[i]->clip};
    }
    if (morph->ends[0][morph->count].grip.size > 0 && morph->ends[1][morph->count].grip.size > 0)
        morph->count++;
}

/* How many from `at` on have the name of the one there. */
static size_t namesakes(const struct candidates *found, size_t at)
{
    size_t end = at + 1;
    while (end < found->count && strcmp(found->items[end].name, found->items[at].name) == 0)
        end++;
    return end - at;
}

void sw_morph_match(struct sw_morph *morph, struct sw_morph_page from, struct sw_morph_page to)
{
    struct candidates a = named(from.root), b = named(to.root);
    size_t most = a.count < b.count ? a.count : b.count, i = 0, j = 0;
    sw_morph_finish(morph);
    for (int side = 0; side < 2 && most > 0; side++) {
        morph->ends[side] = sw_alloc_array(most, sizeof *morph->ends[side]);
        morph->glides[side] = sw_alloc_array(most, sizeof *morph->glides[side]);
    }
    while (i < a.count && j < b.count) {
        int order = strcmp(a.items[i].name, b.items[j].name);
        size_t in_a = namesakes(&a, i), in_b = namesakes(&b, j);
        const struct candidate *one = order == 0 ? chosen(&a.items[i], in_a, to.scene) : NULL;
        const struct candidate *other = order == 0 ? chosen(&b.items[j], in_b, from.scene) : NULL;
        if (one != NULL && other != NULL)
            pair(morph, one, other);
        i += order <= 0 ? in_a : 0;
        j += order >= 0 ? in_b : 0;
    }
    free(a.items);
    free(b.items);
}

static double between(double a, double b, double progress) { return a + (b - a) * progress; }

void sw_morph_at(struct sw_morph *morph, double progress)
{
    for (size_t i = 0; i < morph->count; i++) {
        const struct sw_morph_end *a = &morph->ends[0][i], *b = &morph->ends[1][i];
        double x = between(a->grip.x, b->grip.x, progress), y = between(a->grip.y, b->grip.y, progress),
               size = between(a->grip.size, b->grip.size, progress);
        double left = between(a->clip.x, b->clip.x, progress), top = between(a->clip.y, b->clip.y, progress);
        struct sw_rect clip = {left, top, between(a->clip.x + a->clip.width, b->clip.x + b->clip.width, progress) - left,
                               between(a->clip.y + a->clip.height, b->clip.y + b->clip.height, progress) - top};
        for (int side = 0; side < 2; side++) {
            const struct sw_morph_end *end = side == 0 ? a : b;
            morph->glides[side][i] = (struct sw_glide){.identity = end->identity,
                                                       .zoom = size / end->grip.size,
                                                       .zoom_x = end->grip.x,
                                                       .zoom_y = end->grip.y,
                                                       .shift_x = x - end->grip.x,
                                                       .shift_y = y - end->grip.y,
                                                       .opacity = end->opacity,
                                                       .clip = clip};
        }
    }
}
