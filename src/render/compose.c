/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/compose.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "render/crew.h"
#include "render/damage.h"
#include "render/os_pages.h"
#include "render/paint.h"

#define SIDE_MAX 16384
/* Below this much work waking the helpers costs more than they save. */
#define SHARED_WORK_PX (128 * 1024)

/* A list as it was drawn last, and, while a change runs, its pixels. */
struct layer {
    struct sw_draw_list drawn;
    struct sw_box_px *bounds;    /* of its items */
    size_t bounds_capacity;
    bool valid;                  /* `drawn` is what was drawn; else all must be */
    struct sw_target target;     /* pixels NULL until the zone's first change, then kept for the next */
    struct sw_damage_set damage; /* of this frame, zone pixels */
};

struct zone {
    struct sw_box_px place;
    bool valid;              /* something was drawn, and the wall still has it */
    struct sw_change change; /* as drawn */
    bool layered;            /* the wall is made of the layers, else of `shown` */
    struct layer shown;      /* the one scene that shows; without pixels, drawn straight into the wall */
    struct layer layers[2];  /* the scene that is on, the scene that comes in */
    struct sw_draw_list top; /* as drawn */
    struct sw_damage_set damage;
};

struct sw_composer {
    struct sw_target wall;
    struct sw_crew *crew;
    struct zone *zones;
    size_t zone_count;
    bool everything; /* all counts as changed */
    struct sw_damage_set damage;
};

/* A frame is made in two rounds, as a change may bring any row of a layer into any row of the wall. */
enum round { ROUND_LAYERS, ROUND_WALL };

/* The parts of one round, for the crew. */
struct job {
    const struct sw_composer *composer;
    enum round round;
    int parts, top, bottom; /* rows of the wall, those of zones beside it included */
    int64_t work;           /* damaged pixels */
};

static size_t target_bytes(const struct sw_target *target)
{
    return (size_t)target->stride * (size_t)target->height;
}

/* Fresh pages, not touched yet: painting is the first to write them. */
static struct sw_target new_target(int width, int height)
{
    struct sw_target target = {.width = width, .height = height, .stride = (width * 4 + 63) & ~63};
    target.pixels = sw_pages_map(target_bytes(&target));
    return target;
}

static void finish_layer(struct layer *layer)
{
    sw_draw_list_finish(&layer->drawn);
    free(layer->bounds);
    sw_pages_unmap(layer->target.pixels, target_bytes(&layer->target));
    *layer = (struct layer){0};
}

static void finish_zones(struct sw_composer *composer)
{
    for (size_t i = 0; i < composer->zone_count; i++) {
        struct zone *zone = &composer->zones[i];
        finish_layer(&zone->shown);
        finish_layer(&zone->layers[0]);
        finish_layer(&zone->layers[1]);
        sw_draw_list_finish(&zone->top);
    }
    free(composer->zones);
    composer->zones = NULL;
    composer->zone_count = 0;
}

struct sw_composer *sw_composer_create(int width, int height, int threads)
{
    assert(width >= 1 && height >= 1 && width <= SIDE_MAX && height <= SIDE_MAX);
    struct sw_composer *composer = sw_alloc(sizeof *composer);
    composer->wall = new_target(width, height);
    composer->crew = sw_crew_create(threads);
    composer->everything = true;
    return composer;
}

void sw_composer_destroy(struct sw_composer *composer)
{
    if (composer == NULL)
        return;
    finish_zones(composer);
    sw_crew_destroy(composer->crew);
    sw_pages_unmap(composer->wall.pixels, target_bytes(&composer->wall));
    free(composer);
}

void sw_composer_invalidate(struct sw_composer *composer)
{
    composer->everything = true;
}

const uint32_t *sw_composer_pixels(const struct sw_composer *composer, int *width, int *height, int *stride)
{
    *width = composer->wall.width;
    *height = composer->wall.height;
    *stride = composer->wall.stride;
    return composer->wall.pixels;
}

static bool same_places(const struct sw_composer *composer, const struct sw_zone_frame *frames, size_t count)
{
    if (composer->zone_count != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct sw_box_px a = composer->zones[i].place, b = frames[i].place;
        if (a.x != b.x || a.y != b.y || a.width != b.width || a.height != b.height)
            return false;
    }
    return true;
}

/* Zones take their places; where none will be drawn the wall is black. */
static void place_zones(struct sw_composer *composer, const struct sw_zone_frame *frames, size_t count)
{
    const struct sw_target *wall = &composer->wall;
    struct sw_damage_set drawn = {.count = 0};
    finish_zones(composer);
    composer->zones = sw_alloc_array(count, sizeof *composer->zones);
    composer->zone_count = count;
    for (size_t i = 0; i < count; i++) {
        composer->zones[i].place = frames[i].place;
        if (frames[i].list != NULL)
            sw_damage_add(&drawn, sw_box_px_intersect(frames[i].place, (struct sw_box_px){0, 0, wall->width, wall->height}));
    }
    bool all = drawn.count == 1 && sw_damage_area(&drawn) == (int64_t)wall->width * wall->height;
    for (size_t i = 0; !all && i < target_bytes(wall) / 4; i++)
        wall->pixels[i] = 0xff000000u;
    composer->everything = true;
}

static void add_damage(void *context, struct sw_box_px box)
{
    sw_damage_add(context, box);
}

static void keep_list(struct layer *layer, const struct sw_draw_list *list)
{
    sw_draw_list_copy(&layer->drawn, list);
    if (list->count > 0)
        layer->bounds = sw_grow(layer->bounds, &layer->bounds_capacity, list->count, sizeof *layer->bounds);
    for (size_t i = 0; i < list->count; i++)
        layer->bounds[i] = sw_draw_bounds(&list->items[i]);
}

/* Finds what of the layer must be drawn again and keeps the list for the next time. */
static void update_layer(struct layer *layer, const struct sw_draw_list *list, struct sw_box_px place)
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
static void drop_layer(struct layer *layer)
{
    sw_draw_list_finish(&layer->drawn);
    layer->valid = false;
    layer->damage.count = 0;
}

static void update_top(struct zone *zone, const struct sw_draw_list *top)
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
static void update_layer_of(struct zone *zone, int index, const struct sw_draw_list *list, bool seen)
{
    struct layer *layer = &zone->layers[index];
    int width = zone->place.width, height = zone->place.height;
    if (layer->target.pixels == NULL && width > 0 && height > 0)
        layer->target = new_target(width, height);
    update_layer(layer, list, zone->place);
    struct sw_change_view view = sw_change_view(&zone->change, index == 1, width, height);
    if (seen)
        sw_damage_add_set(&zone->damage, &layer->damage, view.x, view.y, view.seen);
}

static void update_between(struct zone *zone, const struct sw_zone_frame *frame, struct sw_change change, bool layered)
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
static void end_layers(struct zone *zone, const struct sw_draw_list *list, bool second)
{
    zone->change.step = second ? zone->change.steps : 0;
    drop_layer(&zone->layers[second ? 0 : 1]);
    update_layer_of(zone, second ? 1 : 0, list, true);
    sw_damage_add(&zone->damage, (struct sw_box_px){0, 0, zone->place.width, zone->place.height});
    keep_list(&zone->shown, list);
    zone->shown.valid = true;
}

/* Brings what is kept of the zone up to date and collects its damage. */
static void update_zone(struct zone *zone, const struct sw_zone_frame *frame)
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

static void paint_layers(const struct zone *zone, int y, int height)
{
    struct sw_box_px band = {0, y - zone->place.y, zone->place.width, height};
    for (int i = 0; i < 2; i++) {
        const struct layer *layer = &zone->layers[i];
        for (size_t k = 0; k < layer->damage.count; k++)
            sw_paint_list(&layer->target, &layer->drawn, layer->bounds, true, sw_box_px_intersect(layer->damage.boxes[k], band));
    }
}

/* A part of the zone from the layers. */
static void paint_change(const struct sw_target *wall, const struct zone *zone, struct sw_box_px box)
{
    const struct layer *layers = zone->layers;
    if (zone->change.kind == SW_CHANGE_FADE && sw_change_between(&zone->change)) {
        sw_paint_mix(wall, layers[0].target.pixels, layers[1].target.pixels, layers[0].target.stride, (uint8_t)zone->change.step, box);
        return;
    }
    for (int i = 0; i < 2; i++) {
        struct sw_change_view view = sw_change_view(&zone->change, i == 1, zone->place.width, zone->place.height);
        bool hidden = zone->change.step == (i == 0 ? zone->change.steps : 0);
        if (!hidden)
            sw_paint_copy(wall, layers[i].target.pixels, layers[i].target.stride, view.x, view.y, sw_box_px_intersect(box, view.seen));
    }
}

/* Draws what of the zone is damaged in the wall's rows y..y + height. */
static void paint_zone(const struct sw_composer *composer, const struct zone *zone, int y, int height)
{
    struct sw_target wall = composer->wall;
    wall.x = zone->place.x;
    wall.y = zone->place.y;
    struct sw_box_px band = {0, y - zone->place.y, zone->place.width, height};
    for (size_t k = 0; k < zone->damage.count; k++) {
        struct sw_box_px box = sw_box_px_intersect(zone->damage.boxes[k], band);
        if (sw_box_px_empty(box))
            continue;
        if (zone->layered)
            paint_change(&wall, zone, box);
        else
            sw_paint_list(&wall, &zone->shown.drawn, zone->shown.bounds, true, box);
        if (zone->top.count > 0)
            sw_paint_list(&wall, &zone->top, NULL, false, box);
    }
}

/* Damaged pixels of the set above row y of the zone. */
static int64_t work_above(const struct sw_damage_set *set, int y)
{
    int64_t sum = 0;
    for (size_t i = 0; i < set->count; i++) {
        struct sw_box_px box = set->boxes[i];
        int rows = y - box.y;
        sum += (int64_t)box.width * (rows < 0 ? 0 : rows > box.height ? box.height : rows);
    }
    return sum;
}

static int64_t zones_work_above(const struct sw_composer *composer, enum round round, int y)
{
    int64_t sum = 0;
    for (size_t i = 0; i < composer->zone_count; i++) {
        const struct zone *zone = &composer->zones[i];
        int row = y - zone->place.y;
        sum += round == ROUND_WALL ? work_above(&zone->damage, row)
                                   : work_above(&zone->layers[0].damage, row) + work_above(&zone->layers[1].damage, row);
    }
    return sum;
}

/* The first row with `part` of `parts` of the work above it. */
static int band_start(const struct job *job, int part)
{
    if (part == 0 || part == job->parts)
        return part == 0 ? job->top : job->bottom;
    int low = job->top, high = job->bottom;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (zones_work_above(job->composer, job->round, middle) * job->parts < job->work * part)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void paint_part(void *context, int part)
{
    const struct job *job = context;
    int y = band_start(job, part), bottom = band_start(job, part + 1);
    for (size_t i = 0; y < bottom && i < job->composer->zone_count; i++) {
        const struct zone *zone = &job->composer->zones[i];
        if (job->round == ROUND_LAYERS)
            paint_layers(zone, y, bottom - y);
        else
            paint_zone(job->composer, zone, y, bottom - y);
    }
}

static void paint_round(struct sw_composer *composer, enum round round)
{
    struct job job = {.composer = composer, .round = round, .top = 0, .bottom = composer->wall.height};
    for (size_t i = 0; i < composer->zone_count; i++) {
        struct sw_box_px place = composer->zones[i].place;
        job.top = place.y < job.top ? place.y : job.top;
        job.bottom = place.y + place.height > job.bottom ? place.y + place.height : job.bottom;
    }
    job.work = zones_work_above(composer, round, job.bottom);
    int size = sw_crew_size(composer->crew);
    job.parts = size == 1 || job.work < SHARED_WORK_PX ? 1 : 2 * size;
    if (job.work > 0)
        sw_crew_run(composer->crew, paint_part, &job, job.parts);
}

struct sw_damage sw_composer_compose(struct sw_composer *composer, const struct sw_zone_frame *zones, size_t count)
{
    struct sw_box_px all = {0, 0, composer->wall.width, composer->wall.height};
    if (!same_places(composer, zones, count))
        place_zones(composer, zones, count);
    composer->damage.count = 0;
    if (composer->everything)
        sw_damage_add(&composer->damage, all);
    for (size_t i = 0; i < count; i++) {
        struct zone *zone = &composer->zones[i];
        zone->damage.count = zone->layers[0].damage.count = zone->layers[1].damage.count = 0;
        zone->valid = zone->valid && !composer->everything;
        if (zones[i].list == NULL)
            continue;
        update_zone(zone, &zones[i]);
        sw_damage_add_set(&composer->damage, &zone->damage, zone->place.x, zone->place.y, all);
    }
    composer->everything = false;
    paint_round(composer, ROUND_LAYERS);
    paint_round(composer, ROUND_WALL);
    return (struct sw_damage){composer->damage.boxes, composer->damage.count};
}

void sw_compose_list(const struct sw_draw_list *list, uint32_t *pixels, int stride, const struct sw_box_px *clip)
{
    struct sw_target target = {.pixels = pixels, .width = list->width, .height = list->height, .stride = stride};
    sw_paint_list(&target, list, NULL, true, clip != NULL ? *clip : (struct sw_box_px){0, 0, list->width, list->height});
}
