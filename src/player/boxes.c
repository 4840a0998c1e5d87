/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/boxes.h"

#include <inttypes.h>

#include "player/quote.h"
#include "view/view.h"

struct describing {
    const struct sw_show_place *where;
    struct sw_buffer *out;
    bool first;
};

static void add_text(struct sw_buffer *out, const char *key, const char *text)
{
    sw_buffer_printf(out, "\"%s\": ", key);
    sw_quote(out, text);
    sw_buffer_add_text(out, ", ");
}

static const char *string_of(const struct sw_value *values, size_t at)
{
    return values != NULL && values[at].type == SW_VALUE_STRING ? values[at].as.string : NULL;
}

const char *sw_boxes_name(const struct sw_box *box) { return string_of(box->common, SW_COMMON_NAME); }

bool sw_boxes_hidden(const struct sw_box *box)
{
    for (; box != NULL; box = box->parent)
        if (box->hidden)
            return true;
    return false;
}

static void describe(void *context, const struct sw_box *box)
{
    struct describing *own = context;
    struct sw_buffer *out = own->out;
    const struct sw_element *element = box->element;
    if (element == NULL || sw_boxes_hidden(box))
        return;
    struct sw_rect rect = sw_view_on_canvas(box, box->rect, true);
    double scale = own->where->scale, x = own->where->offset_x + rect.x * scale, y = own->where->offset_y + rect.y * scale;
    sw_buffer_printf(out, "%s\n  {\"identity\": \"%016" PRIx64 "\", ", own->first ? "" : ",", box->identity);
    add_text(out, "kind", element->kind->name);
    add_text(out, "name", sw_boxes_name(box));
    add_text(out, "file", element->file);
    sw_buffer_printf(out, "\"line\": %d, ", element->line);
    add_text(out, "path", element->path);
    sw_buffer_printf(out, "\"rect\": [%.2f, %.2f, %.2f, %.2f], \"touchable\": %s, \"text\": ", x, y, rect.width * scale,
                     rect.height * scale, box->action_count > 0 || box->scrubs ? "true" : "false");
    sw_quote(out, string_of(box->own, 0));
    sw_buffer_add_text(out, "}");
    own->first = false;
}

void sw_boxes_describe(const struct sw_show *const *shows, size_t count, struct sw_buffer *out)
{
    struct describing own = {.out = out, .first = true};
    sw_buffer_add_text(out, "[");
    for (size_t i = 0; i < count; i++) {
        if (shows[i] == NULL)
            continue;
        own.where = shows[i]->where;
        sw_view_each(shows[i]->root, describe, &own);
    }
    sw_buffer_add_text(out, "]\n");
}
