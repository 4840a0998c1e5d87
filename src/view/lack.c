/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/lack.h"

#include <math.h>

/* Nothing to show, and known to be so. */
static bool lacks(const struct sw_view_context *context, const struct sw_source *source)
{
    struct sw_data_view view = sw_data_look(context->data, source, context->evaluation->now);
    return !view.usable && view.freshness.state != SW_FRESHNESS_LOADING;
}

bool sw_view_lacking(const struct sw_view_context *context)
{
    for (size_t i = 0; context->data != NULL && i < context->exhibition->source_count; i++) {
        const struct sw_source *source = &context->exhibition->sources[i];
        if ((source->fallback == SW_FALLBACK_HIDE || source->fallback == SW_FALLBACK_TEXT) && lacks(context, source)) {
            return true;
        }
    }
    return false;
}

enum sw_lack sw_view_lack(const struct sw_view_context *context, const struct sw_reads *own, const char **text)
{
    enum sw_lack lack = SW_LACK_NONE;
    for (int i = 0; i < own->source_count; i++) {
        const struct sw_source *source = own->sources[i];
        if (!lacks(context, source)) {
            return SW_LACK_NONE;
        }
        if (source->fallback == SW_FALLBACK_HIDE && lack == SW_LACK_NONE) {
            lack = SW_LACK_HIDE;
        } else if (source->fallback == SW_FALLBACK_TEXT && lack != SW_LACK_TEXT) {
            struct sw_value value = sw_view_value(context, NULL, &source->fallback_text);
            *text = value.type == SW_VALUE_STRING ? value.as.string : "";
            lack = SW_LACK_TEXT;
        }
    }
    return lack;
}

/* -- the text in its place -- */

static struct sw_text_request request_for(const struct sw_view_context *context, const struct sw_box *box, double width)
{
    return (struct sw_text_request){.text = box->data,
                                    .role = box->text.role,
                                    .size = fmin(2000, fmax(1, box->text.size)),
                                    .line = fmin(4, fmax(0.8, box->text.line)),
                                    .tracking = box->text.tracking,
                                    .width = width,
                                    .align = SW_TEXT_CENTER,
                                    .language = context->evaluation->language};
}

static struct sw_size measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    (void)height;
    if (context->typesetter == NULL) {
        return (struct sw_size){0, 0};
    }
    struct sw_text_request request = request_for(context, box, width);
    const struct sw_text_layout *layout = sw_text_layout(context->typesetter, &request);
    return (struct sw_size){layout->width, layout->height};
}

static void draw(struct sw_painter *painter, const struct sw_box *box)
{
    struct sw_rect content = sw_view_content(box);
    if (painter->context->typesetter == NULL) {
        return;
    }
    struct sw_text_request request = request_for(painter->context, box, content.width);
    const struct sw_text_layout *layout = sw_text_layout(painter->context->typesetter, &request);
    sw_painter_text(painter, box, 0, content.x, content.y + fmax(0, content.height - layout->height) / 2, &request, box->text.colour);
}

void sw_view_say_instead(const struct sw_view_context *context, struct sw_box *box, const char *text)
{
    static const struct sw_behaviour words = {.measure = measure, .draw = draw};
    if (box->behaviour->ground != NULL) { /* that was the element itself, such as a shape: nothing for words to stand on */
        box->fill = box->stroke = 0;
    }
    box->behaviour = &words;
    box->first = box->last = NULL;
    box->arrangement = NULL;
    box->clips = false;
    box->data = sw_arena_strdup(context->arena, text);
}
