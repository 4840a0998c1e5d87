/* SPDX-License-Identifier: EUPL-1.2 */
#include "elements/words.h"

#include <math.h>

#include "base/hash.h"
#include "elements/clear.h"

#define SHRINK_STEP 0.05
#define SEEN 1.5   /* canvases that a text is set for: of one that is longer not even two thirds could ever be seen */
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
        .seen_width = context->canvas->width,
        .seen_height = SEEN * context->canvas->height,
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

/* Shrinks it to fit `rect` and puts it there. */
static void settle(const struct sw_view_context *context, const struct sw_box *box, struct sw_words *words, struct sw_rect rect)
{
    words->place = rect;
    words->factor = 1;
    words->factor = shrunk(context, box, words);
    double left = rect.height - sw_words_size(context, box, words).height;
    if (words->valign == SW_ALIGN_CENTER) {
        words->place.y += left / 2;
    } else if (words->valign == SW_ALIGN_END) {
        words->place.y += fmax(0, left);
    }
}

/* The widest stretch of `rect` that one display shows; of equal ones the first that is read. */
static struct sw_rect widest_part(const struct sw_view_context *context, const struct sw_box *box, struct sw_rect rect)
{
    struct sw_span *spans = sw_arena_array(context->arena, box->panes->count, sizeof *spans);
    size_t count = sw_panes_spans(box->panes, rect, 0, spans);
    struct sw_rect widest = {rect.x, rect.y, 0, rect.height};
    for (size_t i = 0; i < count; i++) {
        const struct sw_span *span = &spans[box->right_to_left ? count - 1 - i : i];
        if (span->to - span->from > widest.width + SLACK) {
            widest.x = span->from;
            widest.width = span->to - span->from;
        }
    }
    return widest;
}

static bool moved_clear(const struct sw_view_context *context, const struct sw_box *box, struct sw_words *words, struct sw_rect rect,
                        bool whole)
{
    struct sw_cleared cleared;
    struct sw_clearing clearing = {.text = words->text,
                                   .layout = lay_out(context, box, words, words->factor, words->place.width),
                                   .x = words->place.x,
                                   .y = words->place.y,
                                   .size = box->text.size * words->factor,
                                   .rect = rect,
                                   .whole = whole,
                                   .panes = box->panes};
    if (!sw_words_clear(&clearing, context->arena, &cleared)) {
        return false;
    }
    words->place.x += cleared.x;
    words->place.y += cleared.y;
    words->parts = cleared.parts;
    words->part_count = cleared.count;
    return true;
}

/* Letters that a gap between displays would cut move aside, or are set narrower; where there is no room for either they stay. A line may
 * go on behind the gap; of several lines each would, so they are rather set on one display, if they need not be smaller for that. */
static void keep_clear(const struct sw_view_context *context, struct sw_box *box, struct sw_words *words, struct sw_rect rect)
{
    const struct sw_words settled = *words;
    bool lines = lay_out(context, box, words, words->factor, words->place.width)->line_count > 1;
    if (moved_clear(context, box, words, rect, true)) {
        return;
    }
    settle(context, box, words, widest_part(context, box, rect));
    const struct sw_words narrow = *words;
    bool fit = fits(context, box, words);
    if (fit && lines && narrow.factor == settled.factor && moved_clear(context, box, words, rect, true)) {
        return;
    }
    *words = settled;
    if (moved_clear(context, box, words, rect, false)) {
        return;
    }
    *words = narrow;
    if (!fit || !moved_clear(context, box, words, rect, false)) {
        *words = settled;
        box->cut = true;
    }
}

/* Where the lines are: their box is as wide as what they wrap at. */
static struct sw_rect lines_of(const struct sw_words *words, const struct sw_text_layout *layout)
{
    double from = INFINITY, to = -INFINITY;
    for (int i = 0; i < layout->line_count; i++) {
        from = fmin(from, layout->lines[i].x);
        to = fmax(to, layout->lines[i].x + layout->lines[i].width);
    }
    return (struct sw_rect){words->place.x + fmin(from, to), words->place.y, fmax(0, to - from), layout->height};
}

static void say(const struct sw_view_context *context, struct sw_box *box, const struct sw_words *words, struct sw_rect room)
{
    const struct sw_text_layout *layout = lay_out(context, box, words, words->factor, words->place.width);
    const struct sw_text_request request = request_for(context, box, words, words->factor, INFINITY);
    struct sw_said *said = sw_arena_alloc(context->arena, sizeof *said);
    *said = (struct sw_said){.of = words,
                             .text = words->text,
                             .role = box->text.role,
                             .size = box->text.size * words->factor,
                             .factor = words->factor,
                             .rect = lines_of(words, layout),
                             .room = room,
                             .word = sw_text_widest_word(context->typesetter, &request),
                             .cut = layout->cut,
                             .colour = box->text.colour,
                             .next = box->said != NULL && box->said->of != words ? box->said : NULL};
    if (layout->line_count > 0) {
        box->said = said;
    }
}

void sw_words_fit(const struct sw_view_context *context, struct sw_box *box, struct sw_words *words, struct sw_rect rect)
{
    words->place = rect;
    words->factor = 1;
    words->part_count = 0;
    if (nothing_to_say(context, words)) {
        return;
    }
    settle(context, box, words, rect);
    if (box->panes != NULL && box->common[SW_COMMON_BEZELS].type == SW_VALUE_MISSING) {
        keep_clear(context, box, words, rect);
    }
    if (context->judged) {
        say(context, box, words, rect);
    }
}

const struct sw_text_layout *sw_words_layout(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words)
{
    return nothing_to_say(context, words) ? NULL : lay_out(context, box, words, words->factor, words->place.width);
}

struct sw_size sw_words_size(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words)
{
    const struct sw_text_layout *layout = sw_words_layout(context, box, words);
    return layout != NULL ? (struct sw_size){layout->width, layout->height} : (struct sw_size){0, 0};
}

double sw_words_baseline(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words)
{
    if (nothing_to_say(context, words)) {
        return 0;
    }
    const struct sw_text_layout *layout = lay_out(context, box, words, words->factor, words->place.width);
    return layout->line_count > 0 ? layout->lines[layout->line_count - 1].baseline : layout->baseline;
}

/* Each part through its window, moved. */
static void draw_parts(struct sw_painter *painter, const struct sw_box *box, int part, const struct sw_words *words,
                       const struct sw_text_request *request, uint32_t colour)
{
    const struct sw_painter whole = *painter;
    for (size_t i = 0; i < words->part_count; i++) {
        const struct sw_words_part *own = &words->parts[i];
        struct sw_rect window = own->window;
        window.x += own->shift_x;
        window.y += own->shift_y;
        painter->clip = sw_box_px_intersect(whole.clip, sw_painter_box(painter, window));
        painter->slice = sw_hash_number(whole.slice, ~(uint64_t)i);
        sw_painter_text(painter, box, part, words->place.x + own->shift_x, words->place.y + own->shift_y, request, colour);
    }
    painter->clip = whole.clip;
    painter->slice = whole.slice;
}

void sw_words_draw(struct sw_painter *painter, const struct sw_box *box, int part, const struct sw_words *words, uint32_t colour)
{
    if (nothing_to_say(painter->context, words)) {
        return;
    }
    struct sw_text_request request = request_for(painter->context, box, words, words->factor, words->place.width);
    if (words->part_count > 0) {
        draw_parts(painter, box, part, words, &request, colour);
    } else {
        sw_painter_text(painter, box, part, words->place.x, words->place.y, &request, colour);
    }
}
