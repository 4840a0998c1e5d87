/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/damage.h"

#include <stdbool.h>

/* Two boxes become one where that adds no more pixels than this: about what it costs to handle one more box. */
#define WASTE_PX 2048
/* Up to here an overlapping box is cut into pieces; from here on it is merged, so that adding always ends. */
#define SPLIT_COUNT 32

static int64_t area(struct sw_box_px box)
{
    return (int64_t)box.width * box.height;
}

static bool contains(struct sw_box_px a, struct sw_box_px b)
{
    return a.x <= b.x && a.y <= b.y && a.x + a.width >= b.x + b.width && a.y + a.height >= b.y + b.height;
}

static bool overlap(struct sw_box_px a, struct sw_box_px b)
{
    return !sw_box_px_empty(sw_box_px_intersect(a, b));
}

/* How many pixels in neither box their union would hold. */
static int64_t waste(struct sw_box_px a, struct sw_box_px b)
{
    return area(sw_box_px_union(a, b)) - area(a) - area(b) + area(sw_box_px_intersect(a, b));
}

static struct sw_box_px take(struct sw_damage_set *set, size_t index)
{
    struct sw_box_px box = set->boxes[index];
    set->boxes[index] = set->boxes[--set->count];
    return box;
}

/* The first box for which a union with `box` is cheap, or, with `force`, that overlaps it at all; the set's count if there is none. */
static size_t find_merge(const struct sw_damage_set *set, struct sw_box_px box, bool force)
{
    for (size_t i = 0; i < set->count; i++)
        if (waste(set->boxes[i], box) <= WASTE_PX || (force && overlap(set->boxes[i], box)))
            return i;
    return set->count;
}

static size_t cheapest(const struct sw_damage_set *set, struct sw_box_px box)
{
    size_t best = 0;
    for (size_t i = 1; i < set->count; i++)
        if (waste(set->boxes[i], box) < waste(set->boxes[best], box))
            best = i;
    return best;
}

/* Merges until the box overlaps nothing and there is room for it. Every turn takes one box out of the set, so this ends. */
static void add_merging(struct sw_damage_set *set, struct sw_box_px box)
{
    for (;;) {
        size_t i = find_merge(set, box, true);
        if (i == set->count) {
            if (set->count < SW_DAMAGE_BOXES)
                break;
            i = cheapest(set, box);
        }
        box = sw_box_px_union(box, take(set, i));
    }
    set->boxes[set->count++] = box;
}

/* Adds what of `box` lies in no box of the set: above, below, left and right of the first that it overlaps. Pieces only get smaller. */
static void add_pieces(struct sw_damage_set *set, struct sw_box_px box)
{
    if (sw_box_px_empty(box))
        return;
    if (set->count >= SPLIT_COUNT) {
        add_merging(set, box);
        return;
    }
    for (size_t i = 0; i < set->count; i++) {
        struct sw_box_px cut = sw_box_px_intersect(set->boxes[i], box);
        if (sw_box_px_empty(cut))
            continue;
        int end = cut.x + cut.width, bottom = cut.y + cut.height;
        add_pieces(set, (struct sw_box_px){box.x, box.y, box.width, cut.y - box.y});
        add_pieces(set, (struct sw_box_px){box.x, bottom, box.width, box.y + box.height - bottom});
        add_pieces(set, (struct sw_box_px){box.x, cut.y, cut.x - box.x, cut.height});
        add_pieces(set, (struct sw_box_px){end, cut.y, box.x + box.width - end, cut.height});
        return;
    }
    set->boxes[set->count++] = box;
}

void sw_damage_add(struct sw_damage_set *set, struct sw_box_px box)
{
    if (sw_box_px_empty(box))
        return;
    for (size_t i = 0; i < set->count; i++)
        if (contains(set->boxes[i], box))
            return;
    for (size_t i = find_merge(set, box, false); i < set->count; i = find_merge(set, box, false))
        box = sw_box_px_union(box, take(set, i));
    add_pieces(set, box);
}

void sw_damage_add_set(struct sw_damage_set *set, const struct sw_damage_set *more, int x, int y, struct sw_box_px within)
{
    for (size_t i = 0; i < more->count; i++) {
        struct sw_box_px box = more->boxes[i];
        box.x += x;
        box.y += y;
        sw_damage_add(set, sw_box_px_intersect(box, within));
    }
}

void sw_damage_settle(struct sw_damage_set *set)
{
    struct sw_box_px around = {0, 0, 0, 0};
    for (size_t i = 0; i < set->count; i++)
        around = sw_box_px_union(around, set->boxes[i]);
    if (set->count > 1 && sw_damage_area(set) * 4 >= area(around) * 3) {
        set->boxes[0] = around;
        set->count = 1;
    }
}

int64_t sw_damage_area(const struct sw_damage_set *set)
{
    int64_t sum = 0;
    for (size_t i = 0; i < set->count; i++)
        sum += area(set->boxes[i]);
    return sum;
}
