/* SPDX-License-Identifier: EUPL-1.2 */
#include "elements/picture.h"

#include <math.h>

#define SIDE_MAX 16384

struct sw_size sw_picture_size(const struct sw_view_context *context, const char *path)
{
    int width = 0, height = 0;
    if (context->pictures == NULL || path == NULL ||
        context->pictures->size(context->pictures->context, path, &width, &height) != SW_ASSET_READY) {
        return (struct sw_size){0, 0};
    }
    return (struct sw_size){width, height};
}

struct sw_size sw_picture_fit(const struct sw_box *box, struct sw_size size, double width, double height)
{
    if (size.width <= 0 || size.height <= 0) {
        return (struct sw_size){0, 0};
    }
    double scale = fmin(1, fmin(width / size.width, height / size.height));
    if (!isnan(box->given_width)) {
        scale = width / size.width;
    } else if (!isnan(box->given_height)) {
        scale = height / size.height;
    }
    return (struct sw_size){size.width * scale, size.height * scale};
}

struct sw_rect sw_picture_contained(struct sw_rect rect, struct sw_size size, const struct sw_picture *picture)
{
    double scale = fmin(rect.width / size.width, rect.height / size.height);
    double width = size.width * scale, height = size.height * scale;
    return (struct sw_rect){rect.x + (rect.width - width) * picture->focus_x, rect.y + (rect.height - height) * picture->focus_y, width,
                            height};
}

struct sw_rect sw_picture_seen(struct sw_size size, struct sw_size place, const struct sw_picture *picture)
{
    double wide = fmin(1, place.width / place.height * size.height / size.width);
    double high = fmin(1, place.height / place.width * size.width / size.height);
    double left = fmin(1 - wide, fmax(0, picture->focus_x - wide / 2)), top = fmin(1 - high, fmax(0, picture->focus_y - high / 2));
    return (struct sw_rect){left, top, wide, high};
}

static bool count_if_absent(struct sw_painter *painter, enum sw_asset_state state)
{
    painter->pending += state == SW_ASSET_PENDING;
    painter->failed += state == SW_ASSET_FAILED;
    return state != SW_ASSET_READY;
}

static bool meets(double a, double b) { return fabs(a - b) < 0.5; }

static unsigned shared_corners(struct sw_rect place, struct sw_rect box)
{
    bool left = meets(place.x, box.x), right = meets(place.x + place.width, box.x + box.width);
    bool top = meets(place.y, box.y), bottom = meets(place.y + place.height, box.y + box.height);
    return (left && top ? SW_CORNER_TOP_LEFT : 0u) | (right && top ? SW_CORNER_TOP_RIGHT : 0u) |
           (left && bottom ? SW_CORNER_BOTTOM_LEFT : 0u) | (right && bottom ? SW_CORNER_BOTTOM_RIGHT : 0u);
}

/* A card's picture ends where the card does. */
struct sw_mask sw_picture_mask(const struct sw_painter *painter, const struct sw_box *box, struct sw_rect place,
                               const struct sw_picture *picture)
{
    struct sw_rect seen = box->slices != NULL ? sw_slices_shown(box->slices, place) : place; /* as those around are laid out */
    struct sw_mask mask = {.radius = picture->radius * painter->scale, .corners = SW_CORNERS, .turned = picture->turned};
    for (const struct sw_box *around = box->parent; mask.radius <= 0 && around != NULL; around = around->parent) {
        mask.radius = sw_value_number_or(around->common[SW_COMMON_RADIUS], 0) * painter->scale;
        mask.corners = shared_corners(seen, around->rect);
        if (mask.corners == 0) {
            break; /* what lies further out does not begin here either */
        }
        bool bordered = around->common[SW_COMMON_STROKE].type != SW_VALUE_MISSING;
        mask.inset = bordered ? sw_value_number_or(around->common[SW_COMMON_STROKE_WIDTH], 2) * painter->scale / 2 : 0;
    }
    if (mask.radius <= 0) {
        mask.corners = 0;
    }
    return mask;
}

struct sw_rect sw_picture_draw(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect,
                               const struct sw_picture *picture)
{
    const struct sw_view_context *context = painter->context;
    int width = 0, height = 0;
    if (context->pictures == NULL || picture->path == NULL) {
        return rect;
    }
    enum sw_asset_state state = context->pictures->size(context->pictures->context, picture->path, &width, &height);
    if (count_if_absent(painter, state) || sw_rect_empty(rect)) {
        return rect;
    }
    struct sw_size size = {fmax(1, width), fmax(1, height)};
    struct sw_rect place = picture->fit == SW_FIT_CONTAIN ? sw_picture_contained(rect, size, picture) : rect;
    struct sw_picture_request request = {.path = picture->path, .right = 1, .bottom = 1};
    sw_painter_pixels(painter, place, &request.width, &request.height);
    if (request.width < 1 || request.height < 1 || request.width > SIDE_MAX || request.height > SIDE_MAX) {
        return place;
    }
    if (picture->fit == SW_FIT_COVER) {
        struct sw_rect seen = sw_picture_seen(size, (struct sw_size){request.width, request.height}, picture);
        request.left = (float)seen.x;
        request.top = (float)seen.y;
        request.right = (float)(seen.x + seen.width);
        request.bottom = (float)(seen.y + seen.height);
    }
    struct sw_bitmap *bitmap = NULL;
    if (count_if_absent(painter, context->pictures->get(context->pictures->context, &request, &bitmap))) {
        return place;
    }
    if (context->masks != NULL) {
        struct sw_mask mask = sw_picture_mask(painter, box, place, picture);
        bitmap = sw_masks_get(context->masks, bitmap, &mask);
    }
    sw_painter_bitmap(painter, box, part, place, bitmap, 0);
    return place;
}

double sw_picture_least(const struct sw_view_context *context, struct sw_box *box, double width)
{
    (void)context;
    (void)box;
    (void)width;
    return 0;
}

double sw_picture_least_width(const struct sw_view_context *context, struct sw_box *box)
{
    return sw_picture_least(context, box, 0);
}

void sw_picture_ground(const struct sw_painter *painter, const struct sw_box *box, uint32_t *fill, double *radius, uint32_t *stroke,
                       double *stroke_width)
{
    (void)painter;
    (void)box;
    (void)fill;
    (void)radius;
    (void)stroke_width;
    *stroke = 0;
}

void sw_picture_border(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect place,
                       const struct sw_picture *picture)
{
    if (box->stroke == 0) {
        return;
    }
    double width = sw_value_number_or(box->common[SW_COMMON_STROKE_WIDTH], 2);
    sw_painter_frame(painter, box, part, place, 0, picture->radius, box->stroke, width);
}
