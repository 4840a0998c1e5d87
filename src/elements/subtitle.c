/* SPDX-License-Identifier: EUPL-1.2 */
#include "elements/subtitle.h"

#include <math.h>

#define INK 0xFFFFFFFF
#define GROUND 0xCC000000 /* over the brightest picture there is still more than 12 : 1 */
#define WIDTH 0.92        /* of the picture, at most */
#define HEIGHT 0.5        /* the same */
#define SMALLEST 0.6      /* of the style's size */
#define STEP 0.1
#define PADDING 0.3 /* of the letters' size, above and below; beside them twice that */
#define MARGIN 0.6  /* below the ground */

static struct sw_text_request request_for(const struct sw_view_context *context, const struct sw_look_of_text *look, const char *text,
                                          double width)
{
    return (struct sw_text_request){
        .text = text,
        .role = look->role,
        .size = fmin(2000, fmax(1, look->size)),
        .line = fmin(4, fmax(0.8, look->line)),
        .tracking = look->tracking,
        .width = width,
        .lines = SW_SUBTITLE_LINES_MAX,
        .align = SW_TEXT_CENTER,
        .language = context->evaluation->language,
    };
}

/* The largest letters with which all of it is there, else the smallest. */
static struct sw_text_request fitted(const struct sw_view_context *context, const struct sw_look_of_text *style, const char *text,
                                     struct sw_rect rect, double foot)
{
    struct sw_look_of_text look = *style;
    struct sw_text_request request;
    double factor = 1;
    bool fits;
    do {
        look.size = style->size * factor;
        double beside = 4 * PADDING * look.size, room = fmin(HEIGHT * rect.height, rect.height - foot - MARGIN * look.size);
        request = request_for(context, &look, text, fmax(1, WIDTH * rect.width - beside));
        const struct sw_text_layout *layout = sw_text_layout(context->typesetter, &request);
        fits = !layout->cut && layout->width <= request.width + 1 && layout->height + 2 * PADDING * look.size <= room;
        factor -= STEP;
    } while (!fits && factor > SMALLEST - STEP / 2);
    return request;
}

/* The stretch from the first letter of the lines to the last. */
static void widest(const struct sw_text_layout *layout, double *from, double *to)
{
    *from = INFINITY;
    *to = 0;
    for (int i = 0; i < layout->line_count; i++) {
        *from = fmin(*from, layout->lines[i].x);
        *to = fmax(*to, layout->lines[i].x + layout->lines[i].width);
    }
}

int64_t sw_subtitle_draw(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect, double foot,
                         const struct sw_subtitles *subtitles, int64_t position)
{
    const struct sw_view_context *context = painter->context;
    const struct sw_theme *theme = &context->exhibition->theme;
    const struct sw_text_style *style = sw_theme_style(theme, SW_SUBTITLE_STYLE);
    int64_t next = INT64_MAX;
    const struct sw_subtitle *said = sw_subtitles_at(subtitles, position, &next);
    if (said == NULL || context->typesetter == NULL || rect.width <= 0 || rect.height <= foot) {
        return next;
    }
    struct sw_look_of_text look = box->text;
    sw_view_text_style(context, style != NULL ? style : theme->default_style, &look);
    struct sw_text_request request = fitted(context, &look, said->text, rect, foot);
    const struct sw_text_layout *layout = sw_text_layout(context->typesetter, &request);
    double padding = PADDING * request.size, from, to;
    widest(layout, &from, &to);
    double y = rect.y + rect.height - foot - MARGIN * request.size - padding - layout->height;
    double x = rect.x + (rect.width - (to - from)) / 2;
    struct sw_rect ground = {x - 2 * padding, y - padding, to - from + 4 * padding, layout->height + 2 * padding};
    sw_painter_fill(painter, box, part, ground, GROUND);
    sw_painter_text(painter, box, part + 1, x - from, y, &request, INK);
    return next;
}
