/* SPDX-License-Identifier: EUPL-1.2 */
/* Words: wrapped, shrunk to fit where told, cut with an ellipsis where told. */
#include "elements/elements.h"

#include <math.h>

#include "base/must.h"
#include "elements/words.h"
#include "view/behaviour.h"

static const char *const valigns[] = {"start", "center", "end", NULL};

enum { ROW_TEXT, ROW_LINES, ROW_SHRINK, ROW_VALIGN };

static const struct sw_row rows[] = {
    [ROW_TEXT] = {.key = "text", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT,
        .flags = SW_ROW_KIND | SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "What it says: a string or an array of lines, with inline Markdown, by language."},
    [ROW_LINES] = {.key = "lines", .type = SW_TYPE_INTEGER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 1, .maximum = 1000,
        .meaning = "At most so many lines; what is left over is cut with an ellipsis."},
    [ROW_SHRINK] = {.key = "shrink", .type = SW_TYPE_NUMBER, .flags = SW_ROW_PER_CANVAS, .minimum = 0.2, .maximum = 1,
        .meaning = "The smallest factor by which its size may shrink to fit its box, e.g. 0.7; without it the size stays."},
    [ROW_VALIGN] = {.key = "valign", .type = SW_TYPE_ENUM, .words = valigns, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"start\"",
        .meaning = "Where the lines stand in a box that is higher than they are."},
};

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    struct sw_words *words = sw_arena_alloc(expansion->context->arena, sizeof *words);
    struct sw_value text = box->own[ROW_TEXT];
    words->text = text.type == SW_VALUE_STRING ? text.as.string : "–";
    words->lines = (int)sw_value_number_or(box->own[ROW_LINES], 0);
    words->shrink = fmin(1, sw_value_number_or(box->own[ROW_SHRINK], 1));
    words->align = sw_words_align(box);
    words->valign = SW_ALIGN_START + (unsigned)fmax(0, sw_value_word(box->own[ROW_VALIGN], valigns));
    box->data = words;
}

static struct sw_size measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    (void)height;
    return sw_words_measure(context, box, box->data, width);
}

static double least(const struct sw_view_context *context, struct sw_box *box, double width)
{
    return sw_words_least(context, box, box->data, width);
}

static double least_width(const struct sw_view_context *context, struct sw_box *box)
{
    return sw_words_least_width(context, box, box->data);
}

static void arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content)
{
    sw_words_fit(context, box, box->data, content);
}

static void draw(struct sw_painter *painter, const struct sw_box *box)
{
    sw_words_draw(painter, box, 0, box->data, box->text.colour);
}

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = measure,
    .least = least,
    .arrange = arrange,
    .draw = draw,
    .least_width = least_width,
    .grip = sw_words_grip,
};

const struct sw_kind sw_element_text = {
    .name = "text",
    .meaning = "Words, in a text style of the theme.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
