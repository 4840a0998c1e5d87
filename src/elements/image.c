/* SPDX-License-Identifier: EUPL-1.2 */
/* A picture of a file, at the exact size in pixels that it is shown at. */
#include "elements/elements.h"

#include <math.h>

#include "base/must.h"
#include "elements/picture.h"
#include "view/behaviour.h"

static const char *const fits[] = {"contain", "cover", "fill", NULL};

enum { ROW_IMAGE, ROW_FIT, ROW_FOCUS };

static const struct sw_row rows[] = {
    [ROW_IMAGE] = {.key = "image", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_MEDIA,
        .flags = SW_ROW_KIND | SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "The file: JPEG, PNG, WebP or SVG, by its path in the exhibition or from `./` beside the scene, by language.",
        .example = "\"media/rhein.svg\""},
    [ROW_FIT] = {.key = "fit", .type = SW_TYPE_ENUM, .words = fits, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"contain\"",
        .meaning = "`contain`: all of it is seen; `cover`: it fills the box and is cut at its edges; `fill`: it is stretched."},
    [ROW_FOCUS] = {.key = "focus", .type = SW_TYPE_PAIR, .flags = SW_ROW_PER_CANVAS, .minimum = 0, .maximum = 1,
        .otherwise = "[0.5, 0.5]",
        .meaning = "What `cover` keeps in sight, as shares of the picture from its left and its top; for `contain`, where in the box "
                   "it stands."},
};

static struct sw_size measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    struct sw_value path = box->own[ROW_IMAGE];
    struct sw_size size = sw_picture_size(context, path.type == SW_VALUE_STRING ? path.as.string : NULL);
    return sw_picture_fit(box, size, width, height);
}

static void draw(struct sw_painter *painter, const struct sw_box *box)
{
    struct sw_value path = box->own[ROW_IMAGE], mirror = box->common[SW_COMMON_MIRROR];
    struct sw_picture picture = {
        .path = path.type == SW_VALUE_STRING ? path.as.string : NULL,
        .fit = (enum sw_fit)fmax(0, sw_value_word(box->own[ROW_FIT], fits)),
        .focus_x = sw_value_item_or(box->own[ROW_FOCUS], 0, 0.5),
        .focus_y = sw_value_item_or(box->own[ROW_FOCUS], 1, 0.5),
        .radius = sw_value_number_or(box->common[SW_COMMON_RADIUS], 0),
        .turned = box->right_to_left && sw_value_true(mirror),
    };
    struct sw_rect place = sw_picture_draw(painter, box, 0, sw_view_content(box), &picture);
    sw_picture_border(painter, box, 1, place, &picture);
}

static const struct sw_behaviour behaviour = {
    .measure = measure,
    .least = sw_picture_least,
    .draw = draw,
    .ground = sw_picture_ground,
    .least_width = sw_picture_least_width,
};

const struct sw_kind sw_element_image = {
    .name = "image",
    .meaning = "A picture of a file.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .wants_alt = true,
    .behaviour = &behaviour,
};
