/* SPDX-License-Identifier: EUPL-1.2 */
#include "elements/stand.h"

#include <math.h>

#define SHARE 0.85      /* of the body's size, or of the text's where that is smaller */
#define GAP_BELOW 0.15  /* of its own size */
#define GAP_BESIDE 0.6
#define ROOM_BESIDE 0.5 /* of the width: a stand that wants more goes below */

struct sw_stand *sw_stand_create(const struct sw_view_context *context, const struct sw_box *box, const char *text,
                                 enum sw_stand_place place)
{
    struct sw_stand *stand = sw_arena_alloc(context->arena, sizeof *stand);
    struct sw_look_of_text body = box->text;
    stand->box = sw_arena_alloc(context->arena, sizeof *stand->box);
    *stand->box = *box;
    sw_view_text_style(context, context->exhibition->theme.default_style, &body);
    body.size = SHARE * fmin(body.size, box->text.size);
    body.colour = box->text.colour;
    stand->box->text = body;
    stand->place = place;
    stand->words = (struct sw_words){.text = text, .shrink = 1, .align = sw_words_align(box), .valign = SW_ALIGN_START};
    return stand;
}

static double gap_of(const struct sw_stand *stand)
{
    return stand->box->text.size * (stand->place == SW_STAND_BESIDE ? GAP_BESIDE : GAP_BELOW);
}

/* The width that it takes away beside the text; 0: it stands below. */
static double beside(const struct sw_view_context *context, const struct sw_stand *stand, double width)
{
    if (stand->place != SW_STAND_BESIDE) {
        return 0;
    }
    double wanted = sw_words_measure(context, stand->box, &stand->words, INFINITY).width + gap_of(stand);
    return wanted <= width * ROOM_BESIDE ? wanted : 0;
}

static double height_below(const struct sw_view_context *context, const struct sw_stand *stand, double width)
{
    return sw_words_measure(context, stand->box, &stand->words, width).height + GAP_BELOW * stand->box->text.size;
}

struct sw_size sw_stand_measure(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words,
                                const struct sw_stand *stand, double width)
{
    double taken = beside(context, stand, width);
    struct sw_size size = sw_words_measure(context, box, words, width - taken);
    if (taken > 0) {
        return (struct sw_size){size.width + taken, size.height};
    }
    size.width = fmax(size.width, sw_words_measure(context, stand->box, &stand->words, width).width);
    size.height += height_below(context, stand, width);
    return size;
}

double sw_stand_least(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words,
                      const struct sw_stand *stand, double width)
{
    double taken = beside(context, stand, width);
    return sw_words_least(context, box, words, width - taken) + (taken > 0 ? 0 : height_below(context, stand, width));
}

double sw_stand_least_width(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words,
                            const struct sw_stand *stand)
{
    return fmax(sw_words_least_width(context, box, words), sw_words_least_width(context, stand->box, &stand->words));
}

static void fit_below(const struct sw_view_context *context, struct sw_box *box, struct sw_words *words, struct sw_stand *stand,
                      struct sw_rect rect)
{
    double below = height_below(context, stand, rect.width), gap = GAP_BELOW * stand->box->text.size;
    sw_words_fit(context, box, words, (struct sw_rect){rect.x, rect.y, rect.width, fmax(0, rect.height - below)});
    double bottom = words->place.y + sw_words_size(context, box, words).height;
    sw_words_fit(context, stand->box, &stand->words, (struct sw_rect){rect.x, bottom + gap, rect.width, below - gap});
}

/* Both keep together, wherever the text's lines are aligned to. */
static void fit_beside(const struct sw_view_context *context, struct sw_box *box, struct sw_words *words, struct sw_stand *stand,
                       struct sw_rect rect, double taken)
{
    double own = fmin(rect.width - taken, sw_words_measure(context, box, words, rect.width - taken).width), left = rect.width - taken - own;
    double lead = words->align == SW_TEXT_CENTER ? left / 2 : words->align == SW_TEXT_END ? left : 0;
    double x = rect.x + (box->right_to_left ? left - lead : lead), width = taken - gap_of(stand);
    double text_x = box->right_to_left ? x + taken : x, stand_x = box->right_to_left ? x : x + own + gap_of(stand);
    sw_words_fit(context, box, words, (struct sw_rect){text_x, rect.y, own, rect.height});
    sw_words_fit(context, stand->box, &stand->words, (struct sw_rect){stand_x, words->place.y, width, rect.height});
    stand->words.place.y = words->place.y + sw_words_baseline(context, box, words) - sw_words_baseline(context, stand->box, &stand->words);
}

void sw_stand_fit(const struct sw_view_context *context, struct sw_box *box, struct sw_words *words, struct sw_stand *stand,
                  struct sw_rect rect)
{
    double taken = beside(context, stand, rect.width);
    stand->box->panes = box->panes;
    if (taken > 0) {
        fit_beside(context, box, words, stand, rect, taken);
    } else {
        fit_below(context, box, words, stand, rect);
    }
    box->cut = box->cut || stand->box->cut;
}
