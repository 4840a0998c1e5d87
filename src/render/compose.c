/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/compose.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "render/crew.h"
#include "render/os_pages.h"
#include "render/paint.h"

#define SIDE_MAX 16384
/* Below this much work waking the helpers costs more than they save. */
#define SHARED_WORK_PX (128 * 1024)

/* What a helper backs with memory at once. */
#define PIECE_BYTES ((size_t)1 << 20)

/* The pixels of a zone's two layers: NULL until its first change is near, then kept for the next. */
struct layer_pixels {
    struct sw_target targets[2];
    bool backed; /* has been, or is on the list for it */
};

/* Pixels that a helper backs with memory before they are painted to for the first time. */
struct backing {
    struct sw_target *targets;
    size_t count, next, offset; /* next: the first not yet done; offset: bytes of it that are */
};

struct sw_composer {
    struct sw_target wall;
    bool borrowed; /* the wall's pixels are the caller's */
    bool unknown;  /* what they hold is */
    struct sw_crew *crew;
    struct sw_zones zones;
    struct layer_pixels *layers; /* one a zone */
    size_t layer_count;
    struct backing backing; /* a helper's while it is the crew's spare work */
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

static void drop_pixels(struct sw_composer *composer)
{
    sw_crew_stop_spare(composer->crew);
    for (size_t i = 0; i < composer->layer_count; i++)
        for (int k = 0; k < 2; k++)
            sw_pages_unmap(composer->layers[i].targets[k].pixels, target_bytes(&composer->layers[i].targets[k]));
    free(composer->backing.targets);
    composer->backing = (struct backing){.targets = NULL};
    free(composer->layers);
    composer->layers = NULL;
    composer->layer_count = 0;
}

struct sw_composer *sw_composer_create(int width, int height, int threads)
{
    assert(width >= 1 && height >= 1 && width <= SIDE_MAX && height <= SIDE_MAX);
    struct sw_composer *composer = sw_alloc(sizeof *composer);
    composer->wall = new_target(width, height);
    composer->crew = sw_crew_create(threads);
    sw_zones_init(&composer->zones, width, height);
    return composer;
}

static void drop_wall(struct sw_composer *composer)
{
    if (!composer->borrowed)
        sw_pages_unmap(composer->wall.pixels, target_bytes(&composer->wall));
    composer->wall.pixels = NULL;
}

bool sw_composer_uses(const struct sw_composer *composer, const uint32_t *pixels)
{
    return pixels == NULL ? !composer->borrowed : composer->borrowed && composer->wall.pixels == pixels;
}

void sw_composer_use(struct sw_composer *composer, uint32_t *pixels, int stride)
{
    struct sw_target *wall = &composer->wall;
    if (sw_composer_uses(composer, pixels) && (pixels == NULL || wall->stride == stride))
        return;
    drop_wall(composer);
    composer->borrowed = pixels != NULL;
    if (composer->borrowed)
        *wall = (struct sw_target){.pixels = pixels, .width = wall->width, .height = wall->height, .stride = stride};
    else
        *wall = new_target(wall->width, wall->height);
    composer->unknown = true;
    sw_composer_invalidate(composer);
}

void sw_composer_destroy(struct sw_composer *composer)
{
    if (composer == NULL)
        return;
    drop_pixels(composer);
    sw_zones_finish(&composer->zones);
    sw_crew_destroy(composer->crew);
    drop_wall(composer);
    free(composer);
}

struct sw_crew *sw_composer_crew(struct sw_composer *composer)
{
    return composer->crew;
}

void sw_composer_invalidate(struct sw_composer *composer)
{
    composer->zones.everything = true;
    composer->unknown = composer->unknown || composer->borrowed;
}

const uint32_t *sw_composer_pixels(const struct sw_composer *composer, int *width, int *height, int *stride)
{
    *width = composer->wall.width;
    *height = composer->wall.height;
    *stride = composer->wall.stride;
    return composer->wall.pixels;
}

static void place_zones(struct sw_composer *composer)
{
    drop_pixels(composer);
    composer->layer_count = composer->zones.count;
    composer->layers = sw_alloc_array(composer->layer_count, sizeof *composer->layers);
    composer->unknown = true;
}

/* Where no zone will be drawn the wall is black. */
static void blacken(struct sw_composer *composer)
{
    const struct sw_target *wall = &composer->wall;
    for (int y = 0; !composer->zones.covered && y < wall->height; y++) {
        uint32_t *row = (uint32_t *)((uint8_t *)wall->pixels + (ptrdiff_t)wall->stride * y);
        for (int x = 0; x < wall->width; x++)
            row[x] = 0xff000000u;
    }
    composer->unknown = false;
}

static bool back_piece(void *context)
{
    struct backing *backing = context;
    if (backing->next == backing->count)
        return false;
    const struct sw_target *target = &backing->targets[backing->next];
    size_t left = target_bytes(target) - backing->offset, size = left < PIECE_BYTES ? left : PIECE_BYTES;
    sw_pages_back((uint8_t *)target->pixels + backing->offset, size);
    backing->offset += size;
    if (size == left) {
        backing->next++;
        backing->offset = 0;
    }
    return backing->next < backing->count;
}

/* The layers of zones whose change is near: to write to them for the first time takes longer than a frame. */
static void back_layers(struct sw_composer *composer, const struct sw_zone_frame *frames)
{
    bool wanted = false;
    for (size_t i = 0; i < composer->layer_count; i++)
        wanted = wanted || (frames[i].soon && !composer->layers[i].backed);
    if (!wanted || sw_crew_spares(composer->crew) || sw_crew_size(composer->crew) == 1)
        return;
    struct backing *backing = &composer->backing;
    free(backing->targets);
    *backing = (struct backing){.targets = sw_alloc_array(2 * composer->layer_count, sizeof *backing->targets)};
    for (size_t i = 0; i < composer->layer_count; i++) {
        struct layer_pixels *layers = &composer->layers[i];
        struct sw_box_px place = composer->zones.items[i].place;
        if (!frames[i].soon || layers->backed || sw_box_px_empty(place))
            continue;
        layers->backed = true;
        for (int k = 0; k < 2; k++) {
            if (layers->targets[k].pixels == NULL)
                layers->targets[k] = new_target(place.width, place.height);
            backing->targets[backing->count++] = layers->targets[k];
        }
    }
    sw_crew_spare(composer->crew, back_piece, backing);
}

static void make_pixels(struct sw_composer *composer)
{
    for (size_t i = 0; i < composer->zones.count; i++) {
        const struct sw_zone_layers *zone = &composer->zones.items[i];
        for (int k = 0; k < 2; k++) {
            struct sw_target *target = &composer->layers[i].targets[k];
            if (zone->layers[k].valid && target->pixels == NULL && !sw_box_px_empty(zone->place))
                *target = new_target(zone->place.width, zone->place.height);
            composer->layers[i].backed = composer->layers[i].backed || zone->layers[k].valid;
        }
    }
}

static void paint_layers(const struct sw_zone_layers *zone, const struct layer_pixels *pixels, int y, int height)
{
    struct sw_box_px band = {0, y - zone->place.y, zone->place.width, height};
    for (int i = 0; i < 2; i++) {
        const struct sw_layer *layer = &zone->layers[i];
        for (size_t k = 0; k < layer->damage.count; k++)
            sw_paint_list(&pixels->targets[i], &layer->drawn, layer->bounds, true, sw_box_px_intersect(layer->damage.boxes[k], band));
    }
}

/* A part of the zone from the layers. */
static void paint_change(const struct sw_target *wall, const struct sw_zone_layers *zone, const struct layer_pixels *pixels,
                         struct sw_box_px box)
{
    const struct sw_target *layers = pixels->targets;
    if (zone->change.kind == SW_CHANGE_FADE && sw_change_between(&zone->change)) {
        sw_paint_mix(wall, layers[0].pixels, layers[1].pixels, layers[0].stride, (uint8_t)zone->change.step, box);
        return;
    }
    for (int i = 0; i < 2; i++) {
        struct sw_change_view view = sw_change_view(&zone->change, i == 1, zone->place.width, zone->place.height);
        bool hidden = zone->change.step == (i == 0 ? zone->change.steps : 0);
        if (!hidden)
            sw_paint_copy(wall, layers[i].pixels, layers[i].stride, view.x, view.y, sw_box_px_intersect(box, view.seen));
    }
}

/* Draws what of the zone is damaged in the wall's rows y..y + height. */
static void paint_zone(const struct sw_composer *composer, size_t index, int y, int height)
{
    const struct sw_zone_layers *zone = &composer->zones.items[index];
    struct sw_target wall = composer->wall;
    wall.x = zone->place.x;
    wall.y = zone->place.y;
    struct sw_box_px band = {0, y - zone->place.y, zone->place.width, height};
    for (size_t k = 0; k < zone->damage.count; k++) {
        struct sw_box_px box = sw_box_px_intersect(zone->damage.boxes[k], band);
        if (sw_box_px_empty(box))
            continue;
        if (zone->layered)
            paint_change(&wall, zone, &composer->layers[index], box);
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
    for (size_t i = 0; i < composer->zones.count; i++) {
        const struct sw_zone_layers *zone = &composer->zones.items[i];
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
    for (size_t i = 0; y < bottom && i < job->composer->zones.count; i++) {
        if (job->round == ROUND_LAYERS)
            paint_layers(&job->composer->zones.items[i], &job->composer->layers[i], y, bottom - y);
        else
            paint_zone(job->composer, i, y, bottom - y);
    }
}

static void paint_round(struct sw_composer *composer, enum round round)
{
    struct job job = {.composer = composer, .round = round, .top = 0, .bottom = composer->wall.height};
    for (size_t i = 0; i < composer->zones.count; i++) {
        struct sw_box_px place = composer->zones.items[i].place;
        job.top = place.y < job.top ? place.y : job.top;
        job.bottom = place.y + place.height > job.bottom ? place.y + place.height : job.bottom;
    }
    job.work = zones_work_above(composer, round, job.bottom);
    int size = sw_crew_size(composer->crew);
    job.parts = size == 1 || job.work < SHARED_WORK_PX ? 1 : 2 * size;
    if (job.work > 0)
        sw_crew_run(composer->crew, paint_part, &job, job.parts);
}

struct sw_damage sw_composer_compose(struct sw_composer *composer, const struct sw_zone_frame *frames, size_t count)
{
    sw_zones_step(&composer->zones, frames, count);
    if (composer->zones.placed)
        place_zones(composer);
    if (composer->unknown)
        blacken(composer);
    make_pixels(composer);
    paint_round(composer, ROUND_LAYERS);
    paint_round(composer, ROUND_WALL);
    back_layers(composer, frames);
    return (struct sw_damage){composer->zones.damage.boxes, composer->zones.damage.count};
}

void sw_compose_list(const struct sw_draw_list *list, uint32_t *pixels, int stride, const struct sw_box_px *clip)
{
    struct sw_target target = {.pixels = pixels, .width = list->width, .height = list->height, .stride = stride};
    sw_paint_list(&target, list, NULL, true, clip != NULL ? *clip : (struct sw_box_px){0, 0, list->width, list->height});
}
