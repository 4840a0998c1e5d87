/* SPDX-License-Identifier: EUPL-1.2 */
/* Words: wrapped, shrunk to fit where told, cut with an ellipsis where told; from when their values are, where told. */
#include "elements/elements.h"

#include <math.h>

#include "base/hash.h"
#include "base/must.h"
#include "elements/stand.h"
#include "elements/words.h"
#include "view/behaviour.h"
#include "view/fade.h"
#include "view/standing.h"

static const char *const valigns[] = {"start", "center", "end", NULL};

static const char *const stands[] = {"below", "beside", NULL}; /* enum sw_stand_place */

enum { ROW_TEXT, ROW_LINES, ROW_SHRINK, ROW_VALIGN, ROW_STAND };

static const struct sw_row rows[] = {
    [ROW_TEXT] = {.key = "text", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT,
        .flags = SW_ROW_KIND | SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "What it says: a string or an array of lines, with inline Markdown, by language.",
        .example = "{\"de\": \"Der Rhein\", \"en\": \"The Rhine\"}"},
    [ROW_LINES] = {.key = "lines", .type = SW_TYPE_INTEGER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 1, .maximum = 1000,
        .meaning = "At most so many lines; what is left over is cut with an ellipsis."},
    [ROW_SHRINK] = {.key = "shrink", .type = SW_TYPE_NUMBER, .flags = SW_ROW_PER_CANVAS, .minimum = 0.2, .maximum = 1,
        .meaning = "The smallest factor by which its size may shrink to fit its box, e.g. 0.7; without it the size stays.",
        .example = "0.7"},
    [ROW_VALIGN] = {.key = "valign", .type = SW_TYPE_ENUM, .words = valigns, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"start\"",
        .meaning = "Where the lines stand in a box that is higher than they are."},
    [ROW_STAND] = {.key = "stand", .type = SW_TYPE_ENUM, .words = stands, .flags = SW_ROW_PER_CANVAS,
        .meaning = "Where it says from when its values are, once they are not fresh, and that they are samples or recorded if they are."},
};

struct text {
    struct sw_words words; /* the first: what words.h does with a box's data */
    struct sw_stand *stand; /* NULL: there is nothing to say */
};

static struct sw_stand *stand_of(const struct sw_view_context *context, const struct sw_box *box)
{
    int place = sw_value_word(box->own[ROW_STAND], stands);
    const struct sw_reads *reads = context->evaluation->reads;
    const char *standing = place >= 0 && reads != NULL && !box->hidden ? sw_standing_text(context, reads) : NULL;
    return standing != NULL ? sw_stand_create(context, box, standing, (enum sw_stand_place)place) : NULL;
}

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    struct text *made = sw_arena_alloc(expansion->context->arena, sizeof *made);
    struct sw_words *words = &made->words;
    struct sw_value text = box->own[ROW_TEXT];
    words->text = text.type == SW_VALUE_STRING ? text.as.string : "–";
    words->lines = (int)sw_value_number_or(box->own[ROW_LINES], 0);
    words->shrink = fmin(1, sw_value_number_or(box->own[ROW_SHRINK], 1));
    words->align = sw_words_align(box);
    words->valign = SW_ALIGN_START + (unsigned)fmax(0, sw_value_word(box->own[ROW_VALIGN], valigns));
    made->stand = stand_of(expansion->context, box);
    box->data = made;
    if (box->element->own[ROW_TEXT].form != SW_PROPERTY_CONSTANT) {
        box->shows = sw_hash_text(SW_HASH_START, words->text);
        box->shows_lasts = SW_FADE_TEXT_US;
    }
}

static struct sw_size measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    const struct text *text = box->data;
    (void)height;
    return text->stand != NULL ? sw_stand_measure(context, box, &text->words, text->stand, width)
                               : sw_words_measure(context, box, &text->words, width);
}

static double least(const struct sw_view_context *context, struct sw_box *box, double width)
{
    const struct text *text = box->data;
    return text->stand != NULL ? sw_stand_least(context, box, &text->words, text->stand, width)
                               : sw_words_least(context, box, &text->words, width);
}

static double least_width(const struct sw_view_context *context, struct sw_box *box)
{
    const struct text *text = box->data;
    return text->stand != NULL ? sw_stand_least_width(context, box, &text->words, text->stand)
                               : sw_words_least_width(context, box, &text->words);
}

static void arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content)
{
    struct text *text = box->data;
    if (text->stand != NULL) {
        sw_stand_fit(context, box, &text->words, text->stand, content);
    } else {
        sw_words_fit(context, box, &text->words, content);
    }
}

static void draw(struct sw_painter *painter, const struct sw_box *box)
{
    const struct text *text = box->data;
    sw_words_draw(painter, box, 0, &text->words, box->text.colour);
    if (text->stand != NULL) {
        sw_words_draw(painter, text->stand->box, 1, &text->stand->words, box->text.colour);
    }
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
