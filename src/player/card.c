/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/card.h"

#include <math.h>
#include <stdio.h>

#define NIGHT 0xff0b1a24u
#define PAPER 0xfff5f2eau
#define MIST 0xffaab4bbu
#define AMBER 0xfff2b33du
#define DUSK 0xff2b3d49u

#define DETAIL_LINES 3 /* of what only who looks after the wall wants to know; they stand before it, as far away as visitors do */

struct line {
    const char *text;
    double size; /* shares of the unit */
    uint32_t colour;
    double gap;
    const char *language;
    int lines; /* at most; 0: any number */
};

/* A card while it is written from top to bottom. */
struct sheet {
    struct sw_draw_list *list;
    struct sw_typesetter *typesetter;
    double unit; /* the wall's shorter side */
    double left, width; /* of the column */
    double y;
};

static void add_line(struct sheet *sheet, const struct line *line)
{
    struct sw_draw_list *list = sheet->list;
    struct sw_text_request request = {.text = line->text,
                                      .role = "text",
                                      .size = fmax(8, line->size * sheet->unit),
                                      .line = 1.35,
                                      .width = sheet->width,
                                      .lines = line->lines,
                                      .language = line->language};
    const struct sw_text_layout *layout = sw_text_layout(sheet->typesetter, &request);
    struct sw_text_pixels pixels = sw_text_raster(sheet->typesetter, layout, 1, 0);
    if (pixels.mask != NULL) {
        struct sw_draw draw = {.kind = SW_DRAW_MASK,
                               .identity = (uint64_t)(sheet->y + 1),
                               .to = {round(sheet->left) + pixels.left, round(sheet->y) + pixels.top, pixels.mask->width,
                                      pixels.mask->height},
                               .clip = {0, 0, list->width, list->height},
                               .colour = line->colour,
                               .opacity = 1,
                               .bitmap = pixels.mask};
        sw_draw_list_add(list, &draw);
    }
    sheet->y += layout->height + line->gap * sheet->unit;
}

static void add_bar(struct sheet *sheet, double width, double height, uint32_t colour)
{
    struct sw_draw bar = {.kind = SW_DRAW_FILL,
                          .identity = (uint64_t)(sheet->y + 1) << 16 | (colour & 0xffff),
                          .to = {sheet->left, sheet->y, width, height},
                          .clip = {0, 0, sheet->list->width, sheet->list->height},
                          .colour = colour,
                          .opacity = 1};
    sw_draw_list_add(sheet->list, &bar);
}

/* Its heading, and a sentence below it, each in both languages. On a wide wall of several panels it keeps to the first one. */
static struct sheet begin(struct sw_draw_list *list, int width, int height, struct sw_typesetter *typesetter,
                          const struct line lines[4])
{
    sw_draw_list_init(list, width, height, NIGHT);
    double unit = width < height ? width : height, panel = fmin(width, unit * 16 / 9), margin = panel * 0.08;
    struct sheet sheet = {list, typesetter, unit, margin, panel - 2 * margin, height * 0.24};
    add_bar(&sheet, unit * 0.09, fmax(2, unit * 0.008), AMBER);
    sheet.y = height * 0.28;
    for (int i = 0; i < 4; i++)
        add_line(&sheet, &lines[i]);
    return sheet;
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
    const struct line lines[] = {{"Diese Wand macht gerade Pause.", 0.075, PAPER, 0.01, "de", 0},
                                 {"This wall is taking a break.", 0.04, MIST, 0.06, "en", 0},
                                 {german[reason], 0.036, PAPER, 0.005, "de", 0},
                                 {english[reason], 0.03, MIST, 0.05, "en", 0}};
    struct sheet sheet = begin(list, width, height, typesetter, lines);
    if (contact == NULL || contact[0] == '\0')
        contact = "Bitte sagen Sie dem Personal Bescheid. · Please tell the staff.";
    add_line(&sheet, &(struct line){contact, 0.034, AMBER, 0.01, "de", 0});
    add_line(&sheet, &(struct line){sw_card_code(reason), 0.026, MIST, 0, "de", 0});
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
    char done[24], all[24];
    amount(done, sizeof done, start->done_bytes, german ? ',' : '.');
    amount(all, sizeof all, start->all_bytes, german ? ',' : '.');
    (void)snprintf(text, size, german ? "%.20s von %.20s sind da." : "%.20s of %.20s are here.", done, all);
}

static void add_progress(struct sheet *sheet, const struct sw_card_start *start)
{
    double share = start->all_bytes > 0 ? (double)start->done_bytes / (double)start->all_bytes : 0, thick = fmax(4, sheet->unit * 0.016);
    add_bar(sheet, sheet->width, thick, DUSK);
    if (share > 0)
        add_bar(sheet, fmax(thick, floor(sheet->width * fmin(share, 1))), thick, AMBER);
    sheet->y += thick + 0.03 * sheet->unit;
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
    const struct line lines[] = {{"Diese Wand richtet sich gerade ein.", 0.075, PAPER, 0.01, "de", 0},
                                 {"This wall is getting ready.", 0.04, MIST, 0.06, "en", 0},
                                 {fetching ? amounts[0] : german[start->phase], 0.036, PAPER, 0.005, "de", 0},
                                 {fetching ? amounts[1] : english[start->phase], 0.03, MIST, 0.045, "en", 0}};
    struct sheet sheet = begin(list, width, height, typesetter, lines);
    if (fetching)
        add_progress(&sheet, start);
    if (contact != NULL && contact[0] != '\0')
        add_line(&sheet, &(struct line){contact, 0.034, AMBER, 0.01, "de", 0});
    if (start->text != NULL && start->text[0] != '\0')
        add_line(&sheet, &(struct line){start->text, 0.03, PAPER, 0, "en", DETAIL_LINES});
}
