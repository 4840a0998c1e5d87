/* SPDX-License-Identifier: EUPL-1.2 */
#include "elements/picture.h"

#include <math.h>

#include "view/mask.h"

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

static struct sw_rect contained(struct sw_rect rect, struct sw_size size, const struct sw_picture *picture)
{
    double scale = fmin(rect.width / size.width, rect.height / size.height);
    double width = size.width * scale, height = size.height * scale;
    return (struct sw_rect){rect.x + (rect.width - width) * picture->focus_x, rect.y + (rect.height - height) * picture->focus_y, width,
                            height};
}

/* The part of the picture that fills width x height pixels without stretching it, as near to the focus as its edges allow. */
static void crop(struct sw_picture_request *request, struct sw_size size, const struct sw_picture *picture)
{
    double wide = fmin(1, request->width / (double)request->height * size.height / size.width);
    double high = fmin(1, request->height / (double)request->width * size.width / size.height);
    double left = fmin(1 - wide, fmax(0, picture->focus_x - wide / 2)), top = fmin(1 - high, fmax(0, picture->focus_y - high / 2));
    request->left = (float)left;
    request->top = (float)top;
    request->right = (float)(left + wide);
    request->bottom = (float)(top + high);
}

static bool count_if_absent(struct sw_painter *painter, enum sw_asset_state state)
{
    painter->pending += state == SW_ASSET_PENDING;
    painter->failed += state == SW_ASSET_FAILED;
    return state != SW_ASSET_READY;
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
    struct sw_rect place = picture->fit == SW_FIT_CONTAIN ? contained(rect, size, picture) : rect;
    struct sw_picture_request request = {.path = picture->path, .right = 1, .bottom = 1};
    sw_painter_pixels(painter, place, &request.width, &request.height);
    if (request.width < 1 || request.height < 1 || request.width > SIDE_MAX || request.height > SIDE_MAX) {
        return place;
    }
    if (picture->fit == SW_FIT_COVER) {
        crop(&request, size, picture);
    }
    struct sw_bitmap *bitmap = NULL;
    if (count_if_absent(painter, context->pictures->get(context->pictures->context, &request, &bitmap))) {
        return place;
    }
    if (context->masks != NULL) {
        bitmap = sw_masks_get(context->masks, bitmap, picture->radius * painter->scale, picture->turned);
    }
    sw_painter_bitmap(painter, box, part, place, bitmap, 0);
    return place;
}
