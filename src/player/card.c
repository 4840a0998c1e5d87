/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/card.h"

#include <math.h>

#define NIGHT 0xff0b1a24u
#define PAPER 0xfff5f2eau
#define AMBER 0xfff2b33du

struct line {
    const char *text;
    double size; /* shares of the zone's shorter side */
    uint32_t colour;
    double gap;
};

static double add_line(struct sw_draw_list *list, struct sw_typesetter *typesetter, const struct line *line, double unit, double x,
                       double y)
{
    struct sw_text_request request = {.text = line->text,
                                      .role = "text",
                                      .size = fmax(8, line->size * unit),
                                      .line = 1.35,
                                      .width = list->width - 2 * x,
                                      .language = "de"};
    const struct sw_text_layout *layout = sw_text_layout(typesetter, &request);
    struct sw_text_pixels pixels = sw_text_raster(typesetter, layout, 1, 0);
    if (pixels.mask != NULL) {
        struct sw_draw draw = {.kind = SW_DRAW_MASK,
                               .identity = (uint64_t)(y + 1),
                               .to = {round(x) + pixels.left, round(y) + pixels.top, pixels.mask->width, pixels.mask->height},
                               .clip = {0, 0, list->width, list->height},
                               .colour = line->colour,
                               .opacity = 1,
                               .bitmap = pixels.mask};
        sw_draw_list_add(list, &draw);
    }
    return y + layout->height + line->gap * unit;
}

const char *sw_card_code(enum sw_card_reason reason)
{
    static const char *const codes[] = {"SW-1", "SW-2", "SW-3"};
    return codes[reason];
}

void sw_card_draw(struct sw_draw_list *list, int width, int height, struct sw_typesetter *typesetter, enum sw_card_reason reason,
                  const char *contact)
{
    static const char *const german[] = {"Hier ist noch keine Ausstellung eingerichtet.", "Die Ausstellung wird gerade wiederhergestellt.",
                                         "Die Ausstellung hat zurzeit nichts zu zeigen."};
    static const char *const english[] = {"No exhibition has been set up here yet.", "The exhibition is being restored.",
                                          "The exhibition has nothing to show right now."};
    sw_draw_list_init(list, width, height, NIGHT);
    double unit = width < height ? width : height;
    const struct line lines[] = {
        {"Diese Wand macht gerade Pause.", 0.075, PAPER, 0.01},
        {"This wall is taking a break.", 0.04, PAPER, 0.06},
        {german[reason], 0.036, PAPER, 0.005},
        {english[reason], 0.03, PAPER, 0.05},
        {contact != NULL && contact[0] != '\0' ? contact : "Bitte sagen Sie dem Personal Bescheid. · Please tell the staff.", 0.034, AMBER,
         0.01},
        {sw_card_code(reason), 0.03, AMBER, 0},
    };
    struct sw_draw bar = {.kind = SW_DRAW_FILL,
                          .identity = 1,
                          .to = {width * 0.08, height * 0.24, unit * 0.09, fmax(2, unit * 0.008)},
                          .clip = {0, 0, width, height},
                          .colour = AMBER,
                          .opacity = 1};
    sw_draw_list_add(list, &bar);
    double y = height * 0.28;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        y = add_line(list, typesetter, &lines[i], unit, width * 0.08, y);
}
