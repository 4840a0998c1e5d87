/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/gpu_draw.h"

#include <math.h>

#include "render/paint.h"

/* One side of what is drawn: where in the target, and at which share of the texture's side. Up to four stops, as the texture's end lies
 * within the first and last pixel where the bitmap does not begin and end with pixels of the target. */
struct side {
    float at[4], share[4];
    int count;
};

/* How one side of a bitmap lies in the list: bitmap pixels = (list pixels - origin) * across. */
struct lie {
    double origin, across;
};

static void stop(struct side *side, double at, double share)
{
    side->at[side->count] = (float)at;
    side->share[side->count++] = (float)fmin(fmax(share, 0), 1); /* SDL refuses others */
}

static struct side plain_side(int start, int size)
{
    struct side side = {.count = 0};
    stop(&side, start, 0);
    stop(&side, start + size, 1);
    return side;
}

/* From `start` to `end` of the list, of a texture that has `stored` pixels of the bitmap from `first` on. The share is held where the
 * texture ends, but right in the middle of each pixel: that is where it counts. */
static struct side bitmap_side(double start, double end, struct lie lie, int first, int stored)
{
    struct side side = {.count = 0};
    double rise = lie.across / stored, begin = ((start - lie.origin) * lie.across - first) / stored, finish = begin + (end - start) * rise;
    stop(&side, start, begin);
    if (begin < 0)
        stop(&side, start + 0.5, begin + 0.5 * rise);
    if (finish > 1)
        stop(&side, end - 0.5, finish - 0.5 * rise);
    stop(&side, end, finish);
    return side;
}

/* Rectangles between the stops, as triangles. */
static bool draw_mesh(const struct sw_gpu_brush *brush, SDL_Texture *texture, const struct side *across, const struct side *down,
                      SDL_Color colour)
{
    SDL_Vertex vertices[16];
    int indices[54], index_count = 0, columns = across->count;
    for (int y = 0; y < down->count; y++)
        for (int x = 0; x < columns; x++)
            vertices[y * columns + x] = (SDL_Vertex){{across->at[x] + (float)brush->x, down->at[y] + (float)brush->y},
                                                     colour,
                                                     {across->share[x], down->share[y]}};
    for (int y = 0; y + 1 < down->count; y++)
        for (int x = 0; x + 1 < columns; x++) {
            int corner = y * columns + x;
            const int corners[] = {corner, corner + 1, corner + columns, corner + 1, corner + columns + 1, corner + columns};
            for (int i = 0; i < 6; i++)
                indices[index_count++] = corners[i];
        }
    return SDL_RenderGeometry(brush->device->renderer, texture, vertices, columns * down->count, indices, index_count) == 0;
}

static bool draw_fill(const struct sw_gpu_brush *brush, struct sw_box_px box, SDL_Color colour)
{
    struct side across = plain_side(box.x, box.width), down = plain_side(box.y, box.height);
    return SDL_SetRenderDrawBlendMode(brush->device->renderer, colour.a == 255 ? SDL_BLENDMODE_NONE : brush->device->over) == 0 &&
           draw_mesh(brush, NULL, &across, &down, colour);
}

/* 0xAARRGGBB, not premultiplied, at an opacity of its own, as the processor rounds it. */
static SDL_Color premultiplied(uint32_t argb, uint8_t alpha)
{
    Uint8 channel[3];
    for (int i = 0; i < 3; i++)
        channel[i] = (Uint8)(((argb >> (16 - 8 * i) & 0xff) * alpha + 127) / 255);
    return (SDL_Color){channel[0], channel[1], channel[2], alpha};
}

/* One side of a tile: it reaches to the item's end where it is the first or the last, else to where its own pixels end. */
static struct side tile_side(struct sw_box_px bounds, bool vertical, struct lie lie, const struct sw_gpu_tile *tile, int bitmap_side_px)
{
    int first = vertical ? tile->part.y : tile->part.x, size = vertical ? tile->part.height : tile->part.width;
    double start = vertical ? bounds.y : bounds.x, end = start + (vertical ? bounds.height : bounds.width);
    if (first > 0)
        start = fmax(start, lie.origin + first / lie.across);
    if (first + size < bitmap_side_px)
        end = fmin(end, lie.origin + (first + size) / lie.across);
    if (end <= start)
        return (struct side){.count = 0};
    return bitmap_side(start, end, lie, vertical ? tile->stored.y : tile->stored.x, vertical ? tile->stored.height : tile->stored.width);
}

/* As the processor scales: from the item's own place, whatever part of it is painted. `to`: where it is to go, `start`: the first whole
 * pixel there. */
static struct lie lie_of(bool scales, int start, double to, double size, int pixels)
{
    return scales ? (struct lie){to, pixels / fmax(size, 1)} : (struct lie){start, 1};
}

/* A bitmap of a list on its way into the target. */
struct stroke {
    const struct sw_gpu_image *image;
    int width, height; /* of the bitmap */
    struct lie across, down;
};

static struct stroke stroke_of(const struct sw_gpu_image *image, const struct sw_bitmap *bitmap, struct sw_rect to, struct sw_box_px place,
                               bool scales)
{
    return (struct stroke){.image = image,
                           .width = bitmap->width,
                           .height = bitmap->height,
                           .across = lie_of(scales, place.x, to.x, to.width, bitmap->width),
                           .down = lie_of(scales, place.y, to.y, to.height, bitmap->height)};
}

static bool draw_stroke(const struct sw_gpu_brush *brush, const struct stroke *stroke, struct sw_box_px bounds, SDL_BlendMode blend,
                        SDL_Color colour)
{
    for (size_t i = 0; i < stroke->image->tile_count; i++) {
        const struct sw_gpu_tile *tile = &stroke->image->tiles[i];
        struct side x = tile_side(bounds, false, stroke->across, tile, stroke->width);
        struct side y = tile_side(bounds, true, stroke->down, tile, stroke->height);
        if (x.count == 0 || y.count == 0)
            continue;
        if (SDL_SetTextureBlendMode(tile->texture, blend) != 0 || !draw_mesh(brush, tile->texture, &x, &y, colour))
            return false;
    }
    return true;
}

static bool draw_bitmap(const struct sw_gpu_brush *brush, const struct sw_draw *draw, struct sw_box_px bounds)
{
    uint8_t alpha = sw_draw_alpha(draw);
    SDL_Color colour = draw->kind == SW_DRAW_MASK ? premultiplied(draw->colour, alpha) : (SDL_Color){alpha, alpha, alpha, alpha};
    const struct sw_gpu_image *image = sw_gpu_textures_get(brush->textures, draw->bitmap);
    if (image == NULL)
        return false;
    const struct stroke stroke = stroke_of(image, draw->bitmap, draw->to, sw_draw_place(draw), sw_draw_scales(draw));
    return draw_stroke(brush, &stroke, bounds, sw_draw_opaque(draw) ? SDL_BLENDMODE_NONE : brush->device->over, colour);
}

/* A part of the bounds, which the shape lets through whole or, `shaped`, as it does. */
static bool draw_film_part(const struct sw_gpu_brush *brush, const struct sw_draw *draw, const struct sw_film *film, struct sw_box_px part,
                           bool shaped)
{
    uint8_t alpha = sw_draw_alpha(draw);
    SDL_Color colour = {alpha, alpha, alpha, alpha}, whole = {255, 255, 255, 255};
    SDL_BlendMode blend = shaped ? brush->device->through : alpha == 255 ? SDL_BLENDMODE_NONE : brush->device->over;
    if (sw_box_px_empty(part))
        return true;
    if (shaped) {
        const struct sw_gpu_image *shape = sw_gpu_textures_get(brush->textures, draw->shape);
        if (shape == NULL)
            return false;
        struct stroke mark = stroke_of(shape, draw->shape, draw->frame, sw_draw_frame(draw), sw_draw_shape_scales(draw));
        if (!draw_stroke(brush, &mark, part, brush->device->mark, colour))
            return false;
    }
    struct stroke stroke = {.image = sw_gpu_films_get(brush->films, draw->identity, film),
                            .width = film->width,
                            .height = film->height,
                            .across = {film->x, film->across},
                            .down = {film->y, film->down}};
    return stroke.image != NULL && draw_stroke(brush, &stroke, part, blend, shaped ? whole : colour);
}

static bool draw_film(const struct sw_gpu_brush *brush, const struct sw_draw *draw, struct sw_box_px bounds)
{
    const struct sw_film film = sw_film_of(draw);
    struct sw_box_px solid = draw->shape != NULL ? sw_box_px_intersect(bounds, draw->solid) : bounds;
    if (solid.width < bounds.width || solid.height == 0)
        solid = (struct sw_box_px){bounds.x, bounds.y, bounds.width, 0};
    int end = solid.y + solid.height;
    struct sw_box_px above = {bounds.x, bounds.y, bounds.width, solid.y - bounds.y};
    struct sw_box_px below = {bounds.x, end, bounds.width, bounds.y + bounds.height - end};
    return draw_film_part(brush, draw, &film, solid, false) && draw_film_part(brush, draw, &film, above, true) &&
           draw_film_part(brush, draw, &film, below, true);
}

static bool draw_item(const struct sw_gpu_brush *brush, const struct sw_draw *draw, struct sw_box_px bounds)
{
    if (draw->kind == SW_DRAW_FILL)
        return draw_fill(brush, bounds, premultiplied(draw->colour, sw_draw_alpha(draw)));
    if (draw->kind == SW_DRAW_BITMAP && draw->bitmap->format == SW_PIXELS_I420)
        return draw_film(brush, draw, bounds);
    return draw_bitmap(brush, draw, bounds);
}

static bool clip_to(const struct sw_gpu_brush *brush, struct sw_box_px box)
{
    SDL_Rect clip = {box.x + brush->x, box.y + brush->y, box.width, box.height};
    return SDL_RenderSetClipRect(brush->device->renderer, &clip) == 0;
}

bool sw_gpu_draw_list(const struct sw_gpu_brush *brush, const struct sw_draw_list *list, const struct sw_box_px *bounds, bool ground,
                      struct sw_box_px box)
{
    const struct sw_box_px all = {0, 0, list->width, list->height};
    box = sw_box_px_intersect(box, all);
    if (sw_box_px_empty(box) || (!ground && list->count == 0))
        return true;
    size_t first = sw_paint_cover(list, bounds, box);
    if (!clip_to(brush, box))
        return false;
    if (first == list->count) {
        first = 0;
        if (ground && !draw_fill(brush, box, premultiplied(list->ground, 255)))
            return false;
    }
    for (size_t i = first; i < list->count; i++) {
        struct sw_box_px item = sw_box_px_intersect(bounds != NULL ? bounds[i] : sw_draw_bounds(&list->items[i]), all);
        if (!sw_box_px_empty(sw_box_px_intersect(item, box)) && !draw_item(brush, &list->items[i], item))
            return false;
    }
    return true;
}

bool sw_gpu_draw_layer(const struct sw_gpu_brush *brush, SDL_Texture *layer, int x, int y, uint8_t opacity, struct sw_box_px box)
{
    int width = 0, height = 0;
    if (sw_box_px_empty(box) || SDL_QueryTexture(layer, NULL, NULL, &width, &height) != 0)
        return sw_box_px_empty(box);
    struct side across = plain_side(x, width), down = plain_side(y, height);
    return clip_to(brush, box) && SDL_SetTextureBlendMode(layer, opacity == 255 ? SDL_BLENDMODE_NONE : brush->device->over) == 0 &&
           draw_mesh(brush, layer, &across, &down, (SDL_Color){opacity, opacity, opacity, opacity});
}
