/* SPDX-License-Identifier: EUPL-1.2 */
/* The small line with a text that says from when its values are ("Stand 14:05"): below it, or beside it on its last line where that has
 * room. In the body's size or a little less, in the text's own colour. Main thread. */
#ifndef SW_ELEMENTS_STAND_H
#define SW_ELEMENTS_STAND_H

#include "elements/words.h"

enum sw_stand_place { SW_STAND_BELOW, SW_STAND_BESIDE };

struct sw_stand {
    struct sw_words words;
    struct sw_box *box; /* the text's, with a text style of its own; not in the tree */
    enum sw_stand_place place;
};

/* Of the context's arena, as `text` is. */
struct sw_stand *sw_stand_create(const struct sw_view_context *context, const struct sw_box *box, const char *text,
                                 enum sw_stand_place place);
/* As their namesakes in words.h, for the text's words together with their stand. */
struct sw_size sw_stand_measure(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words,
                                const struct sw_stand *stand, double width);
double sw_stand_least(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words,
                      const struct sw_stand *stand, double width);
double sw_stand_least_width(const struct sw_view_context *context, const struct sw_box *box, const struct sw_words *words,
                            const struct sw_stand *stand);
void sw_stand_fit(const struct sw_view_context *context, struct sw_box *box, struct sw_words *words, struct sw_stand *stand,
                  struct sw_rect rect);

#endif
