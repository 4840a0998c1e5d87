/* SPDX-License-Identifier: EUPL-1.2 */
/* What the workshop says in words: what is on, the line for an instant, the sheet of keys. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/window_keys.h"
#include "player/workshop/workshop_parts.h"

#define TEXT 200 /* bytes */
#define NOTE_SIZE 12
#define MARGIN 10
#define ENTRY_WIDTH 380
#define ENTRY_HEIGHT 118

/* -- notes -- */

/* A word on a ground of its own, from left to right along the home's lower edge. */
static void note(struct sw_overlay *overlay, double *x, const char *text, uint32_t colour)
{
    const struct sw_overlay_words words = {.text = text, .size = NOTE_SIZE, .colour = colour};
    struct sw_rect size = sw_overlay_measure(overlay, &words);
    double unit = overlay->unit, pad = 9 * unit;
    struct sw_rect rect = {*x, 0, size.width + 2 * pad, size.height + 6 * unit};
    rect.y = overlay->home.y + overlay->home.height - MARGIN * unit - rect.height;
    sw_overlay_fill(overlay, rect, SW_OVERLAY_NIGHT, 1);
    (void)sw_overlay_write(overlay, &words, rect.x + pad, rect.y + 3 * unit);
    *x += rect.width + 4 * unit;
}

/* How long the scene under the mouse has been on, seconds. */
static double age(const struct sw_loop *loop)
{
    const struct sw_show *shows[SW_STAGE_SHOWS_MAX];
    size_t count = loop->edition.stage != NULL ? sw_stage_shows(loop->edition.stage, sw_workshop_zone(loop), shows) : 0;
    sw_tick now = sw_loop_frame_time(loop).tick;
    return count > 0 && shows[0]->entered != SW_NEVER ? (double)(now - shows[0]->entered) / 1e6 : 0;
}

static void say_instant(const struct sw_loop *loop, const char *lead, char *text, size_t size)
{
    struct sw_civil civil = sw_civil_at(loop->edition.exhibition->zone, sw_loop_frame_time(loop).instant);
    (void)snprintf(text, size, "%s%04d-%02d-%02d %02d:%02d:%02d", lead, civil.date.year, civil.date.month, civil.date.day, civil.hour,
                   civil.minute, civil.second);
}

void sw_workshop_draw_notes(struct sw_loop *loop)
{
    struct sw_workshop *workshop = &loop->workshop;
    struct sw_overlay *overlay = &workshop->overlay;
    double x = overlay->home.x + (MARGIN + (workshop->grid ? 2 * SW_RULER : 0)) * overlay->unit;
    char text[TEXT];
    if (workshop->paused) {
        (void)snprintf(text, sizeof text, "paused  %.3f s", age(loop));
        note(overlay, &x, text, SW_OVERLAY_AMBER);
    }
    if (workshop->jumped) {
        say_instant(loop, "at ", text, sizeof text);
        note(overlay, &x, text, SW_OVERLAY_AMBER);
    }
    if (sw_workshop_behind(loop) > 0) {
        (void)snprintf(text, sizeof text, "%" PRId64 " s behind now", sw_workshop_behind(loop));
        note(overlay, &x, text, SW_OVERLAY_AMBER);
    }
    if (workshop->without_replay)
        note(overlay, &x, loop->options->live ? "live data" : "without the recording", SW_OVERLAY_AMBER);
    if (workshop->boxes)
        note(overlay, &x, workshop->picked != 0 ? "boxes" : "boxes: click one", SW_OVERLAY_PAPER);
    if (workshop->grid)
        note(overlay, &x, "grid", SW_OVERLAY_PAPER);
    if (workshop->zones)
        note(overlay, &x, "zones", SW_OVERLAY_PAPER);
    if (workshop->note_until != SW_NEVER)
        note(overlay, &x, workshop->note, SW_OVERLAY_LIGHT);
}

/* -- sheets -- */

static void ground(struct sw_overlay *overlay, struct sw_rect rect)
{
    sw_overlay_fill(overlay, rect, SW_OVERLAY_NIGHT, 1);
    sw_overlay_fill(overlay, (struct sw_rect){rect.x, rect.y, rect.width, 3 * overlay->unit}, SW_OVERLAY_AMBER, 1);
}

/* A sheet of so many points and a margin around it: how large a point may be for it to fit. */
static double unit_for(const struct sw_overlay *overlay, double width, double height)
{
    double high = overlay->home.height / (height + 2 * MARGIN), wide = overlay->home.width / (width + 2 * MARGIN);
    return fmin(overlay->unit, fmin(high, wide));
}

/* It in the middle of the home; `high`: in the upper part. */
static struct sw_rect middle(const struct sw_overlay *overlay, double width, double height, bool high)
{
    struct sw_rect home = overlay->home, sheet = {0, 0, width * overlay->unit, height * overlay->unit};
    sheet.x = round(home.x + (home.width - sheet.width) / 2);
    sheet.y = round(home.y + (home.height - sheet.height) / (high ? 4 : 2));
    return sheet;
}

void sw_workshop_draw_entry(struct sw_loop *loop)
{
    const struct sw_workshop *workshop = &loop->workshop;
    struct sw_overlay *overlay = &loop->workshop.overlay;
    double before = overlay->unit, unit = unit_for(overlay, ENTRY_WIDTH, ENTRY_HEIGHT), pad = 18 * unit;
    overlay->unit = unit;
    struct sw_rect sheet = middle(overlay, ENTRY_WIDTH, ENTRY_HEIGHT, true);
    char now[TEXT];
    struct sw_civil civil = sw_civil_at(loop->edition.exhibition->zone, sw_loop_frame_time(loop).instant);
    (void)snprintf(now, sizeof now, "%04d-%02d-%02dT%02d:%02d", civil.date.year, civil.date.month, civil.date.day, civil.hour,
                   civil.minute);
    bool empty = workshop->entry[0] == '\0';
    const struct sw_overlay_words title = {.text = "Jump to an instant", .role = "bold", .size = 14, .colour = SW_OVERLAY_PAPER};
    const struct sw_overlay_words typed = {
        .text = empty ? now : workshop->entry, .size = 18, .colour = empty ? 0xff6b7c88u : SW_OVERLAY_PAPER};
    const struct sw_overlay_words hint = {
        .text = workshop->refused ? "An instant is wanted, e.g. 2026-11-23T14:05" : "Enter goes there  ·  Esc",
        .size = 12,
        .colour = workshop->refused ? SW_OVERLAY_AMBER : SW_OVERLAY_MIST};
    ground(overlay, sheet);
    double y = sheet.y + pad * 0.8;
    y += sw_overlay_write(overlay, &title, sheet.x + pad, y).height + 4 * unit;
    struct sw_rect line = {sheet.x + pad, y, sheet.width - 2 * pad, 34 * unit};
    sw_overlay_fill(overlay, line, SW_OVERLAY_DUSK, 1);
    struct sw_rect written = sw_overlay_write(overlay, &typed, line.x + 10 * unit, line.y + 4 * unit);
    double caret = line.x + 10 * unit + (empty ? -3 * unit : written.width + 2 * unit);
    sw_overlay_fill(overlay, (struct sw_rect){caret, line.y + 6 * unit, 2 * unit, 22 * unit}, SW_OVERLAY_AMBER, 1);
    (void)sw_overlay_write(overlay, &hint, sheet.x + pad, line.y + line.height + 8 * unit);
    overlay->unit = before;
}

#define KEY_WIDTH 62
#define ROW 25
#define GROUP_GAP 14
#define GROUP_ROW 18
#define TITLE_ROW 32
#define COLUMN_GAP 28
#define SHEET_PAD 24

/* A key as it lies on the keyboard, and what it does. */
static void draw_key(struct sw_overlay *overlay, const struct sw_window_key_row *row, double x, double y)
{
    double unit = overlay->unit;
    const struct sw_overlay_words key = {.text = row->key, .size = 12, .colour = SW_OVERLAY_PAPER};
    const struct sw_overlay_words what = {.text = row->what, .size = 13, .colour = SW_OVERLAY_PAPER};
    struct sw_rect size = sw_overlay_measure(overlay, &key), cap = {x, y, fmax(26 * unit, size.width + 14 * unit), 20 * unit};
    sw_overlay_fill(overlay, cap, SW_OVERLAY_DUSK, 1);
    (void)sw_overlay_write(overlay, &key, cap.x + (cap.width - size.width) / 2, cap.y + (cap.height - size.height) / 2);
    size = sw_overlay_measure(overlay, &what);
    (void)sw_overlay_write(overlay, &what, x + KEY_WIDTH * unit, y + (cap.height - size.height) / 2);
}

static bool is_last_group(size_t from)
{
    for (size_t i = from + 1; i < SW_KEY_COUNT; i++)
        if (sw_window_keys[i].group != NULL)
            return false;
    return sw_window_keys[from].group != NULL;
}

/* In one column, or in two with the last group in a second. Points. */
struct extent {
    size_t columns;
    double width, height, column;
};

static struct extent extent_of(const struct sw_overlay *overlay, size_t columns)
{
    struct extent extent = {.columns = columns};
    double height = 0;
    for (size_t i = 0; i < SW_KEY_COUNT; i++) {
        const struct sw_overlay_words what = {.text = sw_window_keys[i].what, .size = 13};
        extent.column = fmax(extent.column, KEY_WIDTH + sw_overlay_measure(overlay, &what).width / overlay->unit);
        height = columns > 1 && is_last_group(i) ? 0 : height;
        height += ROW + (sw_window_keys[i].group != NULL ? GROUP_GAP + GROUP_ROW : 0);
        extent.height = fmax(extent.height, height);
    }
    extent.height += TITLE_ROW + 2 * SHEET_PAD - GROUP_GAP;
    extent.width = (double)columns * extent.column + (double)(columns - 1) * COLUMN_GAP + 2 * SHEET_PAD;
    return extent;
}

static void draw_keys(struct sw_overlay *overlay, const struct extent *extent, double left, double top)
{
    double unit = overlay->unit, y = top;
    for (size_t i = 0; i < SW_KEY_COUNT; i++) {
        const struct sw_window_key_row *row = &sw_window_keys[i];
        const struct sw_overlay_words group = {.text = row->group, .size = 12, .colour = SW_OVERLAY_LIGHT};
        if (extent->columns > 1 && is_last_group(i)) {
            left += (extent->column + COLUMN_GAP) * unit;
            y = top;
        }
        if (row->group != NULL) {
            (void)sw_overlay_write(overlay, &group, left, y + (y > top ? GROUP_GAP - 2 : -2) * unit);
            y += (GROUP_ROW + (y > top ? GROUP_GAP : 0)) * unit;
        }
        draw_key(overlay, row, left, y);
        y += ROW * unit;
    }
}

/* Where it would not fit it is drawn smaller. */
void sw_workshop_draw_help(struct sw_loop *loop)
{
    struct sw_overlay *overlay = &loop->workshop.overlay;
    struct extent extent = extent_of(overlay, 1), two = extent_of(overlay, 2);
    if (unit_for(overlay, two.width, two.height) > unit_for(overlay, extent.width, extent.height))
        extent = two;
    double unit = overlay->unit;
    overlay->unit = unit_for(overlay, extent.width, extent.height);
    struct sw_rect sheet = middle(overlay, extent.width, extent.height, false);
    double pad = SHEET_PAD * overlay->unit;
    const struct sw_overlay_words title = {.text = "Keys of this window", .role = "bold", .size = 16, .colour = SW_OVERLAY_PAPER};
    ground(overlay, sheet);
    (void)sw_overlay_write(overlay, &title, sheet.x + pad, sheet.y + pad * 0.8);
    draw_keys(overlay, &extent, sheet.x + pad, sheet.y + pad + TITLE_ROW * overlay->unit);
    overlay->unit = unit;
}
