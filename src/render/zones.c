/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/zones.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"

static void finish_layer(struct sw_layer *layer)
{
    sw_draw_list_finish(&layer->drawn);
    free(layer->bounds);
    *layer = (struct sw_layer){0};
}

static void finish_items(struct sw_zones *zones)
{
    for (size_t i = 0; i < zones->count; i++) {
        struct sw_zone_layers *zone = &zones->items[i];
        finish_layer(&zone->shown);
        finish_layer(&zone->layers[0]);
        finish_layer(&zone->layers[1]);
        sw_draw_list_finish(&zone->top);
    }
    free(zones->items);
    zones->items = NULL;
    zones->count = 0;
}

void sw_zones_init(struct sw_zones *zones, int width, int height)
{
    *zones = (struct sw_zones){.width = width, .height = height, .everything = true};
}

void sw_zones_finish(struct sw_zones *zones)
{
    finish_items(zones);
    *zones = (struct sw_zones){0};
}

static bool same_places(const struct sw_zones *zones, const struct sw_zone_frame *frames, size_t count)
{
    if (zones->count != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct sw_box_px a = zones->items[i].place, b = frames[i].place;
        if (a.x != b.x || a.y != b.y || a.width != b.width || a.height != b.height)
            return false;
    }
    return true;
}

static void take_places(struct sw_zones *zones, const struct sw_zone_frame *frames, size_t count)
{
    const struct sw_box_px wall = {0, 0, zones->width, zones->height};
    struct sw_damage_set drawn = {.count = 0};
    finish_items(zones);
    zones->items = sw_alloc_array(count, sizeof *zones->items);
    zones->count = count;
    for (size_t i = 0; i < count; i++) {
        zones->items[i].place = frames[i].place;
        if (frames[i].list != NULL)
            sw_damage_add(&drawn, sw_box_px_intersect(frames[i].place, wall));
    }
    zones->covered = drawn.count == 1 && sw_damage_area(&drawn) == (int64_t)wall.width * wall.height;
    zones->everything = true;
}

static void add_damage(void *context, struct sw_box_px box)
{
    sw_damage_add(context, box);
}

static void keep_list(struct sw_layer *layer, const struct sw_draw_list *list)
{
    sw_draw_list_copy(&layer->drawn, list);
    if (list->count > 0)
        layer->bounds = sw_grow(layer->bounds, &layer->bounds_capacity, list->count, sizeof *layer->bounds);
    for (size_t i = 0; i < list->count; i++)
        layer->bounds[i] = sw_draw_bounds(&list->items[i]);
}

/* Finds what of the layer must be drawn again and keeps the list for the next time. */
static void update_layer(struct sw_layer *layer, const struct sw_draw_list *list, struct sw_box_px place)
{
    assert(list->width == place.width && list->height == place.height);
    layer->damage.count = 0;
    if (layer->valid)
        sw_draw_list_compare(&layer->drawn, list, add_damage, &layer->damage);
    else
        sw_damage_add(&layer->damage, (struct sw_box_px){0, 0, place.width, place.height});
    sw_damage_settle(&layer->damage);
    if (!layer->valid || layer->damage.count > 0)
        keep_list(layer, list);
    layer->valid = true;
}

/* No longer in use: lets go of the bitmaps. */
static void drop_layer(struct sw_layer *layer)
{
    sw_draw_list_finish(&layer->drawn);
    layer->valid = false;
    layer->damage.count = 0;
}

static void update_top(struct sw_zone_layers *zone, const struct sw_draw_list *top)
{
    struct sw_draw_list now = {0};
    if (top != NULL)
        now = *top;
    else
        sw_draw_list_init(&now, zone->place.width, zone->place.height, 0);
    assert(now.width == zone->place.width && now.height == zone->place.height);
    now.ground = zone->top.ground;
    if (zone->top.count == 0 && now.count == 0)
        return;
    zone->top.width = now.width;
    zone->top.height = now.height;
    sw_draw_list_compare(&zone->top, &now, add_damage, &zone->damage);
    sw_draw_list_copy(&zone->top, &now);
}

static struct sw_change change_of(const struct sw_zone_frame *frame)
{
    if (frame->next == NULL)
        return sw_change_at(SW_CHANGE_FADE, SW_WAY_LEFT, 0, frame->place.width, frame->place.height);
    return sw_change_at(frame->kind, frame->way, frame->mix, frame->place.width, frame->place.height);
}

/* Brings one layer of the zone up to date; `seen`: the wall shows it in this frame. */
static void update_layer_of(struct sw_zone_layers *zone, int index, const struct sw_draw_list *list, bool seen)
{
    struct sw_layer *layer = &zone->layers[index];
    update_layer(layer, list, zone->place);
    struct sw_change_view view = sw_change_view(&zone->change, index == 1, zone->place.width, zone->place.height);
    if (seen)
        sw_damage_add_set(&zone->damage, &layer->damage, view.x, view.y, view.seen);
}

static void update_between(struct sw_zone_layers *zone, const struct sw_zone_frame *frame, struct sw_change change, bool layered)
{
    struct sw_box_px all = {0, 0, zone->place.width, zone->place.height};
    sw_damage_add(&zone->damage, layered ? sw_change_damage(&zone->change, &change, all.width, all.height) : all);
    drop_layer(&zone->shown);
    zone->change = change;
    zone->layered = true;
    update_layer_of(zone, 0, frame->list, true);
    update_layer_of(zone, 1, frame->next, true);
}

/* The last picture of a change is made of the layer that has it, as those before it were: nothing is painted anew, and it comes in time. */
static void end_layers(struct sw_zone_layers *zone, const struct sw_draw_list *list, bool second)
{
    zone->change.step = second ? zone->change.steps : 0;
    drop_layer(&zone->layers[second ? 0 : 1]);
    update_layer_of(zone, second ? 1 : 0, list, true);
    sw_damage_add(&zone->damage, (struct sw_box_px){0, 0, zone->place.width, zone->place.height});
    keep_list(&zone->shown, list);
    zone->shown.valid = true;
}

/* Brings what is kept of the zone up to date and collects its damage. */
static void update_zone(struct sw_zone_layers *zone, const struct sw_zone_frame *frame)
{
    struct sw_change change = change_of(frame);
    struct sw_box_px all = {0, 0, zone->place.width, zone->place.height};
    const struct sw_draw_list *list = change.step > 0 ? frame->next : frame->list;
    bool layered = zone->layered && zone->valid && sw_change_between(&zone->change);
    if (!zone->valid)
        zone->shown.valid = zone->layers[0].valid = zone->layers[1].valid = false;
    if (sw_change_between(&change)) {
        update_between(zone, frame, change, layered);
    } else if (layered) {
        end_layers(zone, list, change.step > 0 || frame->next == NULL);
    } else {
        zone->layered = false;
        zone->change = change;
        update_layer(&zone->shown, list, zone->place);
        sw_damage_add_set(&zone->damage, &zone->shown.damage, 0, 0, all);
        if (frame->next != NULL && change.step == 0) { /* it is about to begin: all that takes long is done before anything moves */
            update_layer_of(zone, 0, frame->list, false);
            update_layer_of(zone, 1, frame->next, false);
        } else {
            drop_layer(&zone->layers[0]);
            drop_layer(&zone->layers[1]);
        }
    }
    update_top(zone, frame->top);
    zone->valid = true;
}

void sw_zones_step(struct sw_zones *zones, const struct sw_zone_frame *frames, size_t count)
{
    const struct sw_box_px wall = {0, 0, zones->width, zones->height};
    zones->placed = !same_places(zones, frames, count);
    if (zones->placed)
        take_places(zones, frames, count);
    zones->damage.count = 0;
    if (zones->everything)
        sw_damage_add(&zones->damage, wall);
    for (size_t i = 0; i < count; i++) {
        struct sw_zone_layers *zone = &zones->items[i];
        zone->damage.count = zone->layers[0].damage.count = zone->layers[1].damage.count = 0;
        zone->valid = zone->valid && !zones->everything;
        if (frames[i].list == NULL)
            continue;
        update_zone(zone, &frames[i]);
        sw_damage_add_set(&zones->damage, &zone->damage, zone->place.x, zone->place.y, wall);
    }
    zones->everything = false;
}
