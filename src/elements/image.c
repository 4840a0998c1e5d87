/* SPDX-License-Identifier: EUPL-1.2 */
/* A picture of a file, at the exact size in pixels that it is shown at. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"

static const char *const fits[] = {"contain", "cover", "fill", NULL};

enum { ROW_IMAGE, ROW_FIT, ROW_FOCUS };

static const struct sw_row rows[] = {
    [ROW_IMAGE] = {.key = "image", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_MEDIA,
        .flags = SW_ROW_KIND | SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "The file: JPEG, PNG, WebP or SVG, by its path in the exhibition or from `./` beside the scene, by language."},
    [ROW_FIT] = {.key = "fit", .type = SW_TYPE_ENUM, .words = fits, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"contain\"",
        .meaning = "`contain`: all of it is seen; `cover`: it fills the box and is cut at its edges; `fill`: it is stretched."},
    [ROW_FOCUS] = {.key = "focus", .type = SW_TYPE_PAIR, .flags = SW_ROW_PER_CANVAS, .minimum = 0, .maximum = 1,
        .otherwise = "[0.5, 0.5]",
        .meaning = "What `cover` keeps in sight, as shares of the picture from its left and its top; for `contain`, where in the box "
                   "it stands."},
};

static const struct sw_behaviour behaviour = {0};

const struct sw_kind sw_element_image = {
    .name = "image",
    .meaning = "A picture.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .wants_alt = true,
    .behaviour = &behaviour,
};
