/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/kind.h"

#define LENGTH_MAX 20000 /* design units: more than any wall */

static const char *const anchors[] = {"top-start", "top", "top-end", "start", "center", "end", "bottom-start", "bottom",
        "bottom-end", NULL};
static const char *const bezels[] = {"behind", "skip", NULL};
static const char *const aligns[] = {"start", "center", "end", "stretch", NULL};

static const struct sw_row rows[SW_COMMON_COUNT] = {
    [SW_COMMON_IN] = {.key = "in", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_AREA, .flags = SW_ROW_PER_CANVAS,
        .meaning = "The area of the theme's canvas that the element is put into; at the top level of a page, popup or part.",
     .example = "\"main\""},
    [SW_COMMON_AT] = {.key = "at", .type = SW_TYPE_PAIR, .flags = SW_ROW_PER_CANVAS, .minimum = -LENGTH_MAX, .maximum = LENGTH_MAX,
        .unit = "design units", .otherwise = "[0, 0]",
        .meaning = "Where its `anchor` is, measured from the same point of the parent (or of the area); right-to-left sessions mirror "
                   "it.",
        .example = "[40, 40]"},
    [SW_COMMON_SIZE] = {.key = "size", .type = SW_TYPE_PAIR, .flags = SW_ROW_PER_CANVAS | SW_ROW_HOLES, .minimum = 0,
        .maximum = LENGTH_MAX,
        .unit = "design units", .meaning = "Its width and height; null in one place means: as large as its content.",
        .example = "[600, null]"},
    [SW_COMMON_WIDTH] = {.key = "width", .type = SW_TYPE_NUMBER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 0,
        .maximum = LENGTH_MAX, .unit = "design units", .meaning = "Its width alone, for children of rows and columns."},
    [SW_COMMON_HEIGHT] = {.key = "height", .type = SW_TYPE_NUMBER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 0,
        .maximum = LENGTH_MAX, .unit = "design units", .meaning = "Its height alone, for children of rows and columns."},
    [SW_COMMON_ANCHOR] = {.key = "anchor", .type = SW_TYPE_ENUM, .words = anchors, .flags = SW_ROW_PER_CANVAS,
        .otherwise = "\"top-start\"",
        .meaning = "Which point of the parent and of the element `at` joins."},
    [SW_COMMON_ALIGN] = {.key = "align", .type = SW_TYPE_ENUM, .words = aligns, .flags = SW_ROW_PER_CANVAS,
        .meaning = "Where it stands on its row's or column's cross axis, before the parent's `items`; for texts also where the lines "
                   "stand."},
    [SW_COMMON_GROW] = {.key = "grow", .type = SW_TYPE_NUMBER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 0,
        .maximum = 1000,
        .otherwise = "0", .meaning = "Its share of the room that is left over on the parent's main axis."},
    [SW_COMMON_PADDING] = {.key = "padding", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_PADDING, .flags = SW_ROW_PER_CANVAS,
        .unit = "design units", .otherwise = "0",
        .meaning = "Room between its edge and its content: n, [y, x] or [top, end, bottom, start].",
        .example = "[16, 32]"},
    [SW_COMMON_FILL] = {.key = "fill", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_COLOUR, .flags = SW_ROW_DYNAMIC,
        .meaning = "The colour of its ground.",
        .example = "\"rhine\""},
    [SW_COMMON_RADIUS] = {.key = "radius", .type = SW_TYPE_NUMBER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 0,
        .maximum = LENGTH_MAX, .unit = "design units", .otherwise = "0",
        .meaning = "How far its corners are rounded; pictures are cut to it."},
    [SW_COMMON_STROKE] = {.key = "stroke", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_COLOUR, .flags = SW_ROW_DYNAMIC,
        .meaning = "The colour of its border, which is drawn inside its edge."},
    [SW_COMMON_STROKE_WIDTH] = {.key = "stroke_width", .type = SW_TYPE_NUMBER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC,
        .minimum = 0,
        .maximum = 1000, .unit = "design units", .otherwise = "2", .meaning = "The width of its border, or of a shape's line."},
    [SW_COMMON_WHEN] = {.key = "when", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_CONDITION,
        .meaning = "It is shown only while this expression is true; missing is not true.",
        .example = "\"step > 1\""},
    [SW_COMMON_KEEP] = {.key = "keep", .type = SW_TYPE_BOOL, .flags = SW_ROW_DYNAMIC, .otherwise = "false",
        .meaning = "Whether it keeps its place while `when` is not true."},
    [SW_COMMON_OPACITY] = {.key = "opacity", .type = SW_TYPE_NUMBER, .flags = SW_ROW_DYNAMIC, .minimum = 0, .maximum = 1,
        .otherwise = "1",
        .meaning = "How opaque it is with all that is in it."},
    [SW_COMMON_STYLE] = {.key = "style", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_STYLE, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC,
        .meaning = "The theme's text style of its texts and of those in it; without one, the parent's.",
        .example = "\"body\""},
    [SW_COMMON_COLOUR] = {.key = "colour", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_COLOUR, .flags = SW_ROW_DYNAMIC,
        .meaning = "The colour of its texts and of those in it; without one, the style's or the parent's.",
        .example = "\"ink\""},
    [SW_COMMON_TAP] = {.key = "tap", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ACTIONS,
        .meaning = "What a touch on it does: one action or a list, done in order.",
        .example = "{\"go\": \"hub\"}"},
    [SW_COMMON_ANIMATE] = {.key = "animate", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ANIMATION,
        .meaning = "How it enters, with all that is in it; left out under reduced motion.",
        .example = "{\"enter\": \"rise\", \"for\": \"300ms\"}"},
    [SW_COMMON_NAME] = {.key = "name", .type = SW_TYPE_ID,
        .meaning = "A name among its siblings that lets its state survive an edit of the scene; in a morph it glides to what has the same "
                   "name on the next page; actions on a video say it.",
        .example = "\"map\""},
    [SW_COMMON_ALT] = {.key = "alt", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_PLAIN_TEXT,
        .flags = SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "Says what is seen, for those who cannot see it; \"\" means: decoration only.",
        .example = "{\"de\": \"Ein Schiff\", \"en\": \"A ship\"}"},
    [SW_COMMON_MIRROR] = {.key = "mirror", .type = SW_TYPE_BOOL,
        .meaning = "Whether it is mirrored in right-to-left sessions; pictures are not unless told, QR codes never."},
    [SW_COMMON_BEZELS] = {.key = "bezels", .type = SW_TYPE_ENUM, .words = bezels, .flags = SW_ROW_PER_CANVAS,
        .meaning = "Where it lies over a gap between displays: `behind`: it goes on behind it; `skip`: all of it is seen, its parts moved "
                   "apart. Without, as the wall does, and texts move out of the way where they can."},
};

const struct sw_row *sw_common_rows(void)
{
    return rows;
}
