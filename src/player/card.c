/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/card.h"

#include <math.h>
#include <stdio.h>

#define NIGHT 0xff0b1a24u
#define PAPER 0xfff5f2eau
#define AMBER 0xfff2b33du
#define DUSK 0xff2b3d49u

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

static void add_bar(struct sw_draw_list *list, double x, double y, double width, double height, uint32_t colour)
{
    struct sw_draw bar = {.kind = SW_DRAW_FILL,
                          .identity = (uint64_t)(y + 1) << 16 | (colour & 0xffff),
                          .to = {x, y, width, height},
                          .clip = {0, 0, list->width, list->height},
                          .colour = colour,
                          .opacity = 1};
    sw_draw_list_add(list, &bar);
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
    add_bar(list, width * 0.08, height * 0.24, unit * 0.09, fmax(2, unit * 0.008), AMBER);
    double y = height * 0.28;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        y = add_line(list, typesetter, &lines[i], unit, width * 0.08, y);
}

/* -- the start -- */

/* "412 MB", "1.6 GB". */
static void amount(char *text, size_t size, int64_t bytes, char point)
{
    double mega = (double)bytes / 1e6;
    if (mega < 1000)
        (void)snprintf(text, size, "%.0f MB", ceil(mega));
    else
        (void)snprintf(text, size, "%d%c%d GB", (int)(mega / 1000), point, (int)(mega / 100) % 10);
}

static void say_fetching(char *text, size_t size, const struct sw_card_start *start, bool german)
{
    char done[32], all[32];
    amount(done, sizeof done, start->done_bytes, german ? ',' : '.');
    amount(all, sizeof all, start->all_bytes, german ? ',' : '.');
    (void)snprintf(text, size, german ? "%s von %s sind da." : "%s of %s are here.", done, all);
}

void sw_card_draw_start(struct sw_draw_list *list, int width, int height, struct sw_typesetter *typesetter,
                        const struct sw_card_start *start, const char *contact)
{
    static const char *const german[] = {"Sie fragt, was sie zeigen soll.", "Sie prüft, was sie dafür braucht.", NULL,
                                         "Sie wartet, bis es etwas zu zeigen gibt."};
    static const char *const english[] = {"It asks what it is to show.", "It checks what it needs for that.", NULL,
                                          "It waits until there is something to show."};
    char amounts[2][64];
    bool fetching = start->phase == SW_CARD_FETCHING;
    say_fetching(amounts[0], sizeof amounts[0], start, true);
    say_fetching(amounts[1], sizeof amounts[1], start, false);
    sw_draw_list_init(list, width, height, NIGHT);
    double unit = width < height ? width : height, left = width * 0.08;
    const struct line lines[] = {
        {"Diese Wand richtet sich gerade ein.", 0.075, PAPER, 0.01},
        {"This wall is getting ready.", 0.04, PAPER, 0.06},
        {fetching ? amounts[0] : german[start->phase], 0.036, PAPER, 0.005},
        {fetching ? amounts[1] : english[start->phase], 0.03, PAPER, 0.045},
    };
    add_bar(list, left, height * 0.24, unit * 0.09, fmax(2, unit * 0.008), AMBER);
    double y = height * 0.28;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        y = add_line(list, typesetter, &lines[i], unit, left, y);
    double share = fetching && start->all_bytes > 0 ? (double)start->done_bytes / (double)start->all_bytes : 0;
    double thick = fmax(4, unit * 0.016), whole = width - 2 * left;
    add_bar(list, left, y, whole, thick, DUSK);
    if (share > 0)
        add_bar(list, left, y, fmax(thick, floor(whole * fmin(share, 1))), thick, AMBER);
    y += thick + 0.03 * unit;
    if (start->text != NULL && start->text[0] != '\0')
        y = add_line(list, typesetter, &(struct line){start->text, 0.026, start->phase == SW_CARD_WAITING ? AMBER : PAPER, 0.02}, unit,
                     left, y);
    if (contact != NULL && contact[0] != '\0')
        (void)add_line(list, typesetter, &(struct line){contact, 0.034, AMBER, 0}, unit, left, y + 0.02 * unit);
}
