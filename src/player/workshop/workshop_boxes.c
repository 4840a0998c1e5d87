/* SPDX-License-Identifier: EUPL-1.2 */
/* The boxes of the elements that are seen: all as outlines, with what they are where there is room to say it; the one under the mouse, and
 * the one that was clicked, with everything. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "player/boxes.h"
#include "player/workshop/workshop_parts.h"

#define BOXES_MAX 4000 /* further ones are not outlined */
#define TAGS_MAX 400
#define TAG_SIZE 10.5
#define TAG_SHARE 0.15 /* of a box that its tag may hide */
#define LINE 200 /* bytes */

/* One box as it is seen. */
struct seen {
    const struct sw_box *box;
    const struct sw_show *show;
    struct sw_rect rect;   /* pixels of the wall */
    struct sw_rect design; /* on the canvas */
    bool leaf;             /* nothing that was written is in it */
};

struct gathering {
    const struct sw_show *show;
    struct seen *items;
    size_t count, capacity;
};

static struct sw_rect on_wall(const struct sw_show *show, struct sw_rect rect)
{
    const struct sw_show_place *where = show->where;
    double x = where->place.x + where->offset_x, y = where->place.y + where->offset_y;
    return (struct sw_rect){x + rect.x * where->scale, y + rect.y * where->scale, rect.width * where->scale, rect.height * where->scale};
}

static bool is_leaf(const struct sw_box *box)
{
    bool leaf = true;
    for (const struct sw_box *child = box->first; child != NULL && leaf; child = child->next)
        leaf = child->element == NULL && is_leaf(child);
    return leaf;
}

static void gather(void *context, const struct sw_box *box)
{
    struct gathering *own = context;
    if (box->element == NULL || sw_boxes_hidden(box) || own->count == BOXES_MAX)
        return;
    struct sw_rect design = sw_view_on_canvas(box, box->rect, true), cut = design;
    for (const struct sw_box *outer = box->parent; outer != NULL; outer = outer->parent)
        if (outer->clips)
            cut = sw_rect_intersect(cut, sw_view_on_canvas(outer, outer->rect, true));
    if (sw_rect_empty(cut))
        return;
    own->items = sw_grow(own->items, &own->capacity, own->count + 1, sizeof *own->items);
    own->items[own->count++] =
        (struct seen){.box = box, .show = own->show, .rect = on_wall(own->show, cut), .design = design, .leaf = is_leaf(box)};
}

/* All that is seen of a zone, what is above behind what is below. The caller frees the items. */
static struct gathering gather_zone(const struct sw_loop *loop, size_t zone)
{
    const struct sw_show *shows[SW_STAGE_SHOWS_MAX];
    struct gathering all = {.count = 0};
    size_t count = sw_stage_shows(loop->edition.stage, zone, shows);
    for (size_t i = 0; i < count; i++) {
        all.show = shows[i];
        sw_view_each(shows[i]->root, gather, &all);
    }
    return all;
}

static double area(const struct seen *seen) { return seen->rect.width * seen->rect.height; }

/* The smallest box at the place that is larger than `beyond` (0: any); of equal ones the topmost. NULL: none. */
static const struct seen *find(const struct gathering *all, double x, double y, double beyond)
{
    const struct seen *best = NULL;
    for (size_t i = 0; i < all->count; i++) {
        const struct seen *seen = &all->items[i];
        bool held = sw_rect_contains(seen->rect, x, y) && area(seen) > beyond;
        if (held && (best == NULL || area(seen) <= area(best)))
            best = seen;
    }
    return best;
}

static const struct seen *find_identity(const struct gathering *all, uint64_t identity)
{
    for (size_t i = 0; i < all->count && identity != 0; i++)
        if (all->items[i].box->identity == identity)
            return &all->items[i];
    return NULL;
}

/* -- where it was written -- */

/* The use of the part that the element was written in; NULL: it was written in the scene. */
static const struct sw_element *use_of(const struct sw_box *box, const char *file, const struct sw_box **outer)
{
    for (box = box->parent; box != NULL; box = box->parent) {
        const struct sw_element *element = box->element;
        if (element != NULL && element->part != NULL && strcmp(element->part->file, file) == 0) {
            *outer = box;
            return element;
        }
    }
    return NULL;
}

/* Line 0: the element itself; then the places of use, from the inside out. Returns how many. */
static size_t trace(const struct seen *seen, char lines[][LINE], size_t capacity)
{
    size_t count = 0;
    const struct sw_box *box = seen->box;
    const struct sw_element *element = box->element;
    const struct sw_scene *scene = seen->show->scene;
    while (element != NULL && count < capacity) {
        const char *file = element->file;
        (void)snprintf(lines[count++], LINE, "%s:%d:%d", file, element->line, element->column);
        element = use_of(box, file, &box);
        bool frame = element == NULL && scene != NULL && scene->frame != NULL && strcmp(scene->frame->file, file) == 0;
        if (frame && count < capacity)
            (void)snprintf(lines[count++], LINE, "%s, as its frame", scene->file);
    }
    return count;
}

static void name_of(const struct seen *seen, char *text, size_t size)
{
    const char *name = sw_boxes_name(seen->box);
    (void)snprintf(text, size, name != NULL ? "%s \"%s\"" : "%s", seen->box->element->kind->name, name);
}

void sw_workshop_pick(struct sw_loop *loop, double x, double y)
{
    struct sw_workshop *workshop = &loop->workshop;
    const struct seen *found = NULL;
    struct gathering all = {.count = 0};
    for (size_t i = 0; i < sw_stage_zone_count(loop->edition.stage) && found == NULL; i++) {
        free(all.items);
        all = gather_zone(loop, i);
        const struct seen *before = workshop->picked_zone == i ? find_identity(&all, workshop->picked) : NULL;
        bool again = before != NULL && sw_rect_contains(before->rect, x, y);
        found = find(&all, x, y, again ? area(before) : 0);
        found = found != NULL ? found : find(&all, x, y, 0);
        workshop->picked_zone = i;
    }
    workshop->picked = found != NULL ? found->box->identity : 0;
    if (found != NULL) {
        char lines[6][LINE], name[LINE];
        size_t count = trace(found, lines, SW_COUNT(lines));
        name_of(found, name, sizeof name);
        printf("%s: %s, %.6g x %.6g at %.6g, %.6g", lines[0], name, found->design.width, found->design.height, found->design.x,
               found->design.y);
        for (size_t i = 1; i < count; i++)
            printf("; used in %s", lines[i]);
        printf("\n");
        (void)fflush(stdout);
    }
    free(all.items);
}

/* -- drawing -- */

static uint32_t colour_of(const struct seen *seen)
{
    if (seen->box->action_count > 0 || seen->box->scrubs)
        return SW_OVERLAY_AMBER;
    return seen->leaf ? SW_OVERLAY_LIGHT : SW_OVERLAY_PAPER;
}

/* A line in a casing, so that it is seen on any ground. */
static void outline(struct sw_overlay *overlay, struct sw_rect rect, double points, uint32_t colour, double opacity)
{
    double casing = points * overlay->unit;
    sw_overlay_frame(overlay, rect, points, colour, opacity);
    if (rect.width > 4 * casing && rect.height > 4 * casing)
        sw_overlay_frame(overlay, sw_rect_inset(rect, casing, casing, casing, casing), points, SW_OVERLAY_NIGHT, opacity * 0.55);
}

struct tags {
    struct sw_rect items[TAGS_MAX];
    size_t count;
};

static bool covers(struct sw_rect outer, struct sw_rect inner)
{
    return outer.x <= inner.x && outer.y <= inner.y && outer.x + outer.width >= inner.x + inner.width &&
           outer.y + outer.height >= inner.y + inner.height;
}

static bool is_free(const struct tags *tags, struct sw_rect rect)
{
    for (size_t i = 0; i < tags->count; i++)
        if (!sw_rect_empty(sw_rect_intersect(tags->items[i], rect)))
            return false;
    return tags->count < TAGS_MAX;
}

/* Of what is in nothing, in the corner where writing ends; on the shoulder where that is too small. Of what holds others, on the shoulder
 * alone, where that hides none of them. */
static bool place_tag(const struct tags *tags, const struct gathering *all, const struct seen *seen, struct sw_rect *rect)
{
    double left = seen->rect.x, right = seen->rect.x + seen->rect.width - rect->width, top = seen->rect.y;
    double start = seen->box->right_to_left ? right : left, end = seen->box->right_to_left ? left : right;
    struct sw_rect corner = {end, top, rect->width, rect->height}, shoulder = {start, top - rect->height, rect->width, rect->height};
    bool fits = rect->width <= seen->rect.width && rect->height <= seen->rect.height;
    if (seen->leaf && fits && is_free(tags, corner)) {
        *rect = corner;
        return true;
    }
    bool hides = shoulder.y < 0 || !is_free(tags, shoulder);
    for (size_t i = 0; i < all->count && !hides && !seen->leaf; i++)
        hides = all->items[i].leaf && !covers(all->items[i].rect, seen->rect) &&
                !sw_rect_empty(sw_rect_intersect(all->items[i].rect, shoulder));
    *rect = shoulder;
    return !hides;
}

/* `always`: also where it hides much. */
static void tag(struct sw_overlay *overlay, struct tags *tags, const struct gathering *all, const struct seen *seen, bool always)
{
    char name[LINE], size_text[40];
    name_of(seen, name, sizeof name);
    (void)snprintf(size_text, sizeof size_text, "%.6g × %.6g", round(seen->design.width), round(seen->design.height));
    const struct sw_overlay_words kind = {.text = name, .size = TAG_SIZE, .colour = colour_of(seen)};
    const struct sw_overlay_words size = {.text = size_text, .size = TAG_SIZE, .colour = SW_OVERLAY_MIST};
    double pad = 4 * overlay->unit, kind_width = sw_overlay_measure(overlay, &kind).width;
    struct sw_rect rect = sw_overlay_measure(overlay, &size);
    rect.width += kind_width + 4 * pad;
    bool hides = rect.width * rect.height > TAG_SHARE * area(seen);
    bool placed = (always || !hides) && place_tag(tags, all, seen, &rect);
    if (!placed && !always)
        return;
    if (!placed)
        rect = (struct sw_rect){seen->rect.x, seen->rect.y, rect.width, rect.height};
    if (tags->count < TAGS_MAX)
        tags->items[tags->count++] = rect;
    sw_overlay_fill(overlay, rect, SW_OVERLAY_NIGHT, 0.88);
    (void)sw_overlay_write(overlay, &kind, rect.x + pad, rect.y);
    (void)sw_overlay_write(overlay, &size, rect.x + kind_width + 3 * pad, rect.y);
}

/* The picked one's card: beside the box where there is room, in the zone at any rate. */
static void draw_card(struct sw_loop *loop, const struct seen *seen)
{
    struct sw_overlay *overlay = &loop->workshop.overlay;
    char lines[6][LINE], name[LINE], sizes[LINE];
    size_t count = trace(seen, lines, SW_COUNT(lines)), rows = 0;
    double mm = loop->edition.wall->px_per_mm, pad = 12 * overlay->unit, width = 0, height = 0;
    name_of(seen, name, sizeof name);
    (void)snprintf(sizes, sizeof sizes, "%.6g × %.6g at %.6g, %.6g  ·  %.0f × %.0f mm", seen->design.width, seen->design.height,
                   seen->design.x, seen->design.y, seen->design.width * seen->show->where->scale / mm,
                   seen->design.height * seen->show->where->scale / mm);
    struct sw_overlay_words words[9] = {{.text = name, .role = "bold", .size = 14, .colour = SW_OVERLAY_PAPER}};
    char used[5][LINE + 10];
    words[1] = (struct sw_overlay_words){.text = lines[0], .size = 13, .colour = SW_OVERLAY_AMBER};
    words[2] = (struct sw_overlay_words){.text = sizes, .size = 12, .colour = SW_OVERLAY_MIST};
    rows = 3;
    for (size_t i = 1; i < count; i++) {
        (void)snprintf(used[i - 1], sizeof used[i - 1], "used in %s", lines[i]);
        words[rows++] = (struct sw_overlay_words){.text = used[i - 1], .size = 12, .colour = SW_OVERLAY_MIST};
    }
    for (size_t i = 0; i < rows; i++) {
        struct sw_rect size = sw_overlay_measure(overlay, &words[i]);
        width = fmax(width, size.width);
        height += size.height;
    }
    const struct sw_box_px place = seen->show->where->place;
    struct sw_rect card = {seen->rect.x, seen->rect.y + seen->rect.height + pad / 2, width + 2 * pad, height + 1.5 * pad};
    if (card.y + card.height > place.y + place.height)
        card.y = seen->rect.y - card.height - pad / 2;
    card.y = fmax(place.y, fmin(card.y, place.y + place.height - card.height));
    card.x = fmax(place.x, fmin(card.x, place.x + place.width - card.width));
    sw_overlay_fill(overlay, card, SW_OVERLAY_NIGHT, 1);
    sw_overlay_fill(overlay, (struct sw_rect){card.x, card.y, 3 * overlay->unit, card.height}, SW_OVERLAY_AMBER, 1);
    double y = card.y + pad * 0.75;
    for (size_t i = 0; i < rows; i++)
        y += sw_overlay_write(overlay, &words[i], card.x + pad, y).height;
}

/* What can hold other things is outlined below them, and named where they leave room. */
static void draw_all(struct sw_overlay *overlay, const struct gathering *all, struct tags *tags)
{
    for (int leaf = 0; leaf < 2; leaf++)
        for (size_t i = 0; i < all->count; i++)
            if (all->items[i].leaf == (leaf == 1))
                outline(overlay, all->items[i].rect, 1, colour_of(&all->items[i]), leaf == 1 ? 0.95 : 0.5);
    for (int leaf = 1; leaf >= 0; leaf--)
        for (size_t i = 0; i < all->count; i++)
            if (all->items[i].leaf == (leaf == 1))
                tag(overlay, tags, all, &all->items[i], false);
}

static void draw_one(struct sw_overlay *overlay, const struct seen *seen, double shade)
{
    sw_overlay_fill(overlay, seen->rect, colour_of(seen), shade);
    outline(overlay, seen->rect, 2, colour_of(seen), 1);
}

void sw_workshop_draw_boxes(struct sw_loop *loop)
{
    struct sw_workshop *workshop = &loop->workshop;
    struct tags *tags = sw_alloc(sizeof *tags);
    double x = 0, y = 0;
    bool pointed = sw_workshop_pointer(loop, &x, &y);
    for (size_t i = 0; i < sw_stage_zone_count(loop->edition.stage); i++) {
        struct gathering all = gather_zone(loop, i);
        const struct seen *under = pointed ? find(&all, x, y, 0) : NULL;
        const struct seen *picked = workshop->picked_zone == i ? find_identity(&all, workshop->picked) : NULL;
        tags->count = 0;
        draw_all(&workshop->overlay, &all, tags);
        if (under != NULL && under != picked) {
            draw_one(&workshop->overlay, under, 0.12);
            tags->count = 0; /* it may hide others' */
            tag(&workshop->overlay, tags, &all, under, true);
        }
        if (picked != NULL) {
            draw_one(&workshop->overlay, picked, 0.16);
            draw_card(loop, picked);
        }
        free(all.items);
    }
    free(tags);
}
