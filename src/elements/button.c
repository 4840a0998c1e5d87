/* SPDX-License-Identifier: EUPL-1.2 */
/* Something to press: a label, perhaps with a picture, in a look of the theme. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"

static const char *const icon_places[] = {"start", "end", "top", NULL};

enum { ROW_BUTTON, ROW_LOOK, ROW_SELECTED, ROW_ENABLED, ROW_ICON, ROW_ICON_AT };

static const struct sw_row rows[] = {
    [ROW_BUTTON] = {.key = "button", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT,
        .flags = SW_ROW_KIND | SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "The label: it says what a touch does."},
    [ROW_LOOK] = {.key = "look", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_LOOK, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC,
        .meaning = "The theme's look; without one, its `default_button`."},
    [ROW_SELECTED] = {.key = "selected", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_EXPRESSION,
        .meaning = "While true it is shown as the one that is chosen."},
    [ROW_ENABLED] = {.key = "enabled", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_EXPRESSION,
        .meaning = "While this is not true it is shown as disabled and does nothing."},
    [ROW_ICON] = {.key = "icon", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_MEDIA, .flags = SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "A picture at the label."},
    [ROW_ICON_AT] = {.key = "icon_at", .type = SW_TYPE_ENUM, .words = icon_places, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"start\"",
        .meaning = "Where the picture is, seen from the label."},
};

static const struct sw_behaviour behaviour = {0};

const struct sw_kind sw_element_button = {
    .name = "button",
    .meaning = "Something to press.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
