/* SPDX-License-Identifier: EUPL-1.2 */
#include "elements/words.h"

#include <math.h>

#define SHRINK_STEP 0.05
#define SLACK 0.01 /* design units: sums of fractions must not wrap what was measured to fit */

static struct sw_text_request request_for(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words,
                                          double factor, double width)
{
    return (struct sw_text_request){
        .text = words->text,
        .role = box->text.role,
        .size = fmin(2000, fmax(1, box->text.size * factor)),
        .line = fmin(4, fmax(0.8, box->text.line)),
        .tracking = box->text.tracking,
        .width = width + SLACK,
        .lines = words->lines,
        .align = words->align,
        .language = context->evaluation->language,
    };
}

static bool nothing_to_say(const struct sw_view_context *context, const struct sw_words *words)
{
    return context->typesetter == NULL || words->text == NULL || words->text[0] == '\0';
}

static const struct sw_text_layout *lay_out(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words,
                                            double factor, double width)
{
    struct sw_text_request request = request_for(context, box, words, factor, width);
    return sw_text_layout(context->typesetter, &request);
}

enum sw_text_align sw_words_align(const struct sw_box *box)
{
    switch (box->align) {
    case SW_ALIGN_CENTER: return SW_TEXT_CENTER;
    case SW_ALIGN_END: return SW_TEXT_END;
    case SW_ALIGN_NONE:
    case SW_ALIGN_START:
    case SW_ALIGN_STRETCH: return SW_TEXT_START;
    }
    return SW_TEXT_START;
}

struct sw_grip sw_words_grip(const struct sw_box *box)
{
    const struct sw_words *words = box->data;
    double across = words->align == SW_TEXT_CENTER ? 0.5 : (words->align == SW_TEXT_END) != box->right_to_left ? 1 : 0;
    double size = box->text.size * words->factor;
    return (struct sw_grip){words->place.x + across * words->place.width, words->place.y + size * box->text.line / 2, size};
}

struct sw_size sw_words_measure(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words, double width)
{
    if (nothing_to_say(context, words)) {
        return (struct sw_size){0, 0};
    }
    const struct sw_text_layout *layout = lay_out(context, box, words, 1, width);
    return (struct sw_size){layout->width, layout->height};
}

double sw_words_least(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words, double width)
{
    return nothing_to_say(context, words) ? 0 : lay_out(context, box, words, words->shrink, width)->height;
}

double sw_words_least_width(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words)
{
    if (nothing_to_say(context, words)) {
        return 0;
    }
    struct sw_text_request request = request_for(context, box, words, words->shrink, INFINITY);
    return sw_text_widest_word(context->typesetter, &request);
}

/* Whole, and no word parted for want of room. */
static bool fits(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words)
{
    struct sw_rect rect = words->place;
    const struct sw_text_layout *layout = lay_out(context, box, words, words->factor, rect.width);
    if (layout->cut || layout->height > rect.height + SLACK || layout->width > rect.width + 2 * SLACK) {
        return false;
    }
    struct sw_text_request request = request_for(context, box, words, words->factor, INFINITY);
    return sw_text_widest_word(context->typesetter, &request) <= rect.width + 2 * SLACK;
}

/* The largest factor at which it fits, else the smallest: found at once for a text that is far too long. */
static double shrunk(const struct sw_view_context *context, const struct sw_box *box, struct sw_words *words)
{
    if (words->shrink >= 1 || fits(context, box, words)) {
        return 1;
    }
    words->factor = words->shrink;
    if (!fits(context, box, words)) {
        return words->shrink;
    }
    for (int step = 1; 1 - SHRINK_STEP * step > words->shrink; step++) {
        words->factor = 1 - SHRINK_STEP * step;
        if (fits(context, box, words)) {
            return words->factor;
        }
    }
    return words->shrink;
}

void sw_words_fit(const struct sw_view_context *context, const struct sw_box *box, struct sw_words *words, struct sw_rect rect)
{
    words->place = rect;
    words->factor = 1;
    if (nothing_to_say(context, words)) {
        return;
    }
    words->factor = shrunk(context, box, words);
    double left = rect.height - sw_words_size(context, box, words).height;
    if (words->valign == SW_ALIGN_CENTER) {
        words->place.y += left / 2;
    } else if (words->valign == SW_ALIGN_END) {
        words->place.y += fmax(0, left);
    }
}

struct sw_size sw_words_size(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words)
{
    if (nothing_to_say(context, words)) {
        return (struct sw_size){0, 0};
    }
    const struct sw_text_layout *layout = lay_out(context, box, words, words->factor, words->place.width);
    return (struct sw_size){layout->width, layout->height};
}

void sw_words_draw(struct sw_painter *painter, const struct sw_box *box, int part, const struct sw_words *words, uint32_t colour)
{
    if (nothing_to_say(painter->context, words)) {
        return;
    }
    struct sw_text_request request = request_for(painter->context, box, words, words->factor, words->place.width);
    sw_painter_text(painter, box, part, words->place.x, words->place.y, &request, colour);
}
