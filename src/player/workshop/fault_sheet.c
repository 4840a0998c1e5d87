/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/workshop/fault_sheet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define STRIP 0xff132833u /* behind a line of a file */
#define SHARE 0.5         /* of the window that it takes at most */
/* points */
#define MARGIN 16.0
#define PAD 18.0
#define BAR 5.0
#define WIDEST 1080.0
#define GAP 14.0   /* between two faults */
#define STRIP_PAD 8.0
#define GUTTER 44.0 /* for the line's number */
#define CARET 9.0
#define CARET_HIGH 5.0
#define TITLE_SIZE 17.0
#define PLACE_SIZE 13.0
#define TEXT_SIZE 16.0
#define SOURCE_SIZE 14.0
#define SHOWN_BEFORE 24 /* code points before the one that is meant, at least, where a line does not fit */

struct sheet {
    struct sw_overlay *overlay;
    double x, y, width; /* of the column, pixels */
    bool dry;           /* only measured */
};

static double px(const struct sheet *sheet, double points) { return round(points * sheet->overlay->unit); }

static struct sw_rect put(struct sheet *sheet, const struct sw_overlay_words *words, double x, double y)
{
    if (!sheet->dry)
        return sw_overlay_write(sheet->overlay, words, x, y);
    struct sw_rect rect = sw_overlay_measure(sheet->overlay, words);
    return (struct sw_rect){x, y, rect.width, rect.height};
}

static void fill(struct sheet *sheet, struct sw_rect rect, uint32_t colour)
{
    if (!sheet->dry)
        sw_overlay_fill(sheet->overlay, rect, colour, 1);
}

/* -- the line of the file -- */

static const char *skip(const char *text, int count)
{
    for (; count > 0 && *text != '\0'; count--) {
        text++;
        while (((unsigned char)*text & 0xc0) == 0x80)
            text++;
    }
    return text;
}

static double width_of(const struct sheet *sheet, const char *text, size_t length)
{
    char part[4 * SW_FAULT_SOURCE_MAX + 16];
    struct sw_overlay_words words = {.text = part, .role = "mono", .size = SOURCE_SIZE};
    if (length == 0 || length >= sizeof part - 1)
        return 0;
    memcpy(part, text, length); /* a space at its end would have no width: it is closed by a mark that is taken off again */
    memcpy(part + length, "|", 2);
    double with = sw_overlay_measure(sheet->overlay, &words).width;
    words.text = "|";
    return with - sw_overlay_measure(sheet->overlay, &words).width;
}

/* The first code point that is shown of it, so that what is meant is in sight. */
static int first_shown(const struct sheet *sheet, const struct sw_fault *fault, double room)
{
    int first = 0;
    while (fault->caret - first > SHOWN_BEFORE && width_of(sheet, skip(fault->source, first), strlen(skip(fault->source, first))) > room)
        first += 4;
    return first;
}

/* A small triangle that points up. */
static void add_caret(struct sheet *sheet, double x, double y, double character)
{
    double wide = px(sheet, CARET), high = fmax(3, px(sheet, CARET_HIGH)), middle = round(x + character / 2);
    for (double row = 0; row < high; row++) {
        double half = fmax(1, round(wide / 2 * (row + 1) / high));
        fill(sheet, (struct sw_rect){middle - half, y + row, 2 * half, 1}, SW_OVERLAY_AMBER);
    }
}

static void add_source(struct sheet *sheet, const struct sw_fault *fault)
{
    char number[16];
    double pad = px(sheet, STRIP_PAD), gutter = px(sheet, GUTTER), room = sheet->width - 2 * pad - gutter;
    int first = first_shown(sheet, fault, room);
    const char *source = skip(fault->source, first), *meant = skip(source, fault->caret - first);
    (void)snprintf(number, sizeof number, "%d", fault->line);
    struct sw_overlay_words line = {
        .text = source, .role = "mono", .size = SOURCE_SIZE, .width = room / sheet->overlay->unit, .lines = 1, .colour = SW_OVERLAY_PAPER};
    struct sw_overlay_words count = {.text = number, .role = "mono", .size = SOURCE_SIZE, .colour = SW_OVERLAY_MIST};
    double high = sw_overlay_measure(sheet->overlay, &line).height, all = high + 2 * pad + px(sheet, CARET_HIGH);
    fill(sheet, (struct sw_rect){sheet->x, sheet->y, sheet->width, all}, STRIP);
    (void)put(sheet, &count, sheet->x + pad, sheet->y + pad);
    (void)put(sheet, &line, sheet->x + pad + gutter, sheet->y + pad);
    double before = width_of(sheet, source, (size_t)(meant - source)), character = width_of(sheet, meant, (size_t)(skip(meant, 1) - meant));
    if (before + character <= room)
        add_caret(sheet, sheet->x + pad + gutter + before, sheet->y + pad + high, character);
    sheet->y += all;
}

/* -- a fault -- */

static void add_place(struct sheet *sheet, const struct sw_fault *fault)
{
    char place[320];
    if (fault->line > 0)
        (void)snprintf(place, sizeof place, "%s:%d:%d", fault->file, fault->line, fault->column);
    else
        (void)snprintf(place, sizeof place, "%s", fault->file);
    struct sw_overlay_words words = {.text = place, .role = "mono", .size = PLACE_SIZE, .colour = SW_OVERLAY_AMBER};
    struct sw_rect written = put(sheet, &words, sheet->x, sheet->y);
    double left = sheet->width - written.width - px(sheet, GAP);
    if (fault->path[0] != '\0' && left > px(sheet, 80)) {
        words = (struct sw_overlay_words){.text = fault->path,
                                          .role = "mono",
                                          .size = PLACE_SIZE,
                                          .width = left / sheet->overlay->unit,
                                          .lines = 1,
                                          .colour = SW_OVERLAY_MIST};
        (void)put(sheet, &words, sheet->x + written.width + px(sheet, GAP), sheet->y);
    }
    sheet->y += written.height;
}

static void add_fault(struct sheet *sheet, const struct sw_fault *fault)
{
    const struct sw_overlay_words text = {
        .text = fault->text, .size = TEXT_SIZE, .width = sheet->width / sheet->overlay->unit, .lines = 3, .colour = SW_OVERLAY_PAPER};
    sheet->y += px(sheet, GAP);
    add_place(sheet, fault);
    sheet->y += put(sheet, &text, sheet->x, sheet->y + px(sheet, 1)).height + px(sheet, 1);
    if (fault->source == NULL || fault->source[0] == '\0')
        return;
    sheet->y += px(sheet, 5);
    add_source(sheet, fault);
}

static void add_title(struct sheet *sheet, const struct sw_faults *faults)
{
    char title[64];
    if (faults->errors == 1)
        (void)snprintf(title, sizeof title, "There is a fault in what was saved.");
    else
        (void)snprintf(title, sizeof title, "There are %zu faults in what was saved.", faults->errors);
    const struct sw_overlay_words words = {.text = title, .size = TITLE_SIZE, .colour = SW_OVERLAY_PAPER};
    const char *shown = faults->refused ? "The picture stays as it was before." : "What has none is shown.";
    const struct sw_overlay_words then = {.text = shown, .size = PLACE_SIZE, .colour = SW_OVERLAY_MIST};
    struct sw_rect written = put(sheet, &words, sheet->x, sheet->y), small = sw_overlay_measure(sheet->overlay, &then);
    if (written.width + small.width + px(sheet, GAP) <= sheet->width)
        (void)put(sheet, &then, sheet->x + sheet->width - small.width, sheet->y + written.height - small.height - px(sheet, 1));
    sheet->y += written.height;
}

static void add_rest(struct sheet *sheet, size_t left_out)
{
    char text[64];
    (void)snprintf(text, sizeof text, "and %zu more; `schauwand check` says them all", left_out);
    const struct sw_overlay_words words = {.text = text, .size = PLACE_SIZE, .colour = SW_OVERLAY_MIST};
    sheet->y += px(sheet, GAP);
    sheet->y += put(sheet, &words, sheet->x, sheet->y).height;
}

/* All of it with so many faults; returns how high it is. */
static double write_down(struct sheet *sheet, const struct sw_faults *faults, size_t count)
{
    double top = sheet->y;
    sheet->y += px(sheet, PAD);
    add_title(sheet, faults);
    for (size_t i = 0; i < count; i++)
        add_fault(sheet, &faults->items[i]);
    if (faults->errors > count)
        add_rest(sheet, faults->errors - count);
    sheet->y += px(sheet, PAD);
    return sheet->y - top;
}

void sw_fault_sheet_draw(struct sw_overlay *overlay, const struct sw_faults *faults)
{
    struct sw_rect home = overlay->home;
    struct sheet sheet = {.overlay = overlay, .dry = true};
    if (faults->count == 0)
        return;
    double margin = px(&sheet, MARGIN), pad = px(&sheet, PAD), bar = px(&sheet, BAR);
    double width = fmin(home.width - 2 * margin, px(&sheet, WIDEST));
    sheet.width = width - bar - 2 * pad;
    size_t count = faults->count;
    double high = write_down(&sheet, faults, count);
    while (count > 1 && high > home.height * SHARE) {
        sheet.y = 0;
        high = write_down(&sheet, faults, --count);
    }
    double x = home.x + round((home.width - width) / 2), y = home.y + home.height - margin - high;
    sw_overlay_fill(overlay, (struct sw_rect){x, y, width, high}, SW_OVERLAY_NIGHT, 1);
    sw_overlay_fill(overlay, (struct sw_rect){x, y, bar, high}, SW_OVERLAY_AMBER, 1);
    sheet = (struct sheet){.overlay = overlay, .x = x + bar + pad, .y = y, .width = sheet.width};
    (void)write_down(&sheet, faults, count);
}
