/* SPDX-License-Identifier: EUPL-1.2 */
#include "elements/clear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ABOVE 0.8 /* of its size: how far letters reach from the baseline */
#define BELOW 0.25
#define BESIDE 0.12 /* of its size: what letters keep from a gap */
#define SLACK 0.01  /* design units */
#define FAR 1e5     /* beyond any canvas */

enum axis { ACROSS, DOWN };

struct stretch {
    double from, to;
};

/* What displays show of an axis, less what letters keep from its gaps. */
struct free_room {
    struct stretch all; /* of the rectangle */
    struct stretch *items;
    size_t count;
};

static struct free_room room_along(const struct sw_clearing *clearing, enum axis axis, struct sw_arena *arena)
{
    struct sw_rect rect = clearing->rect;
    struct sw_span *spans = sw_arena_array(arena, clearing->panes->count, sizeof *spans);
    struct free_room room = {.all = axis == ACROSS ? (struct stretch){rect.x, rect.x + rect.width}
                                                   : (struct stretch){rect.y, rect.y + rect.height}};
    room.count = sw_panes_spans(clearing->panes, rect, (int)axis, spans);
    room.items = sw_arena_array(arena, room.count, sizeof *room.items);
    double beside = BESIDE * clearing->size;
    for (size_t i = 0; i < room.count; i++) /* at the ends of the rectangle the text ends by itself */
        room.items[i] = (struct stretch){spans[i].from > room.all.from + SLACK ? spans[i].from + beside : room.all.from,
                                         spans[i].to < room.all.to - SLACK ? spans[i].to - beside : room.all.to};
    return room;
}

/* What of the axis the ends hide counts as free only if the letters are there already. */
static bool is_free(const struct free_room *room, struct stretch ink, double shift)
{
    for (size_t i = 0; i < room->count; i++) {
        bool first = i == 0 && shift == 0, last = i + 1 == room->count && shift == 0;
        if ((first || ink.from + shift > room->items[i].from - SLACK) && (last || ink.to + shift < room->items[i].to + SLACK))
            return true;
    }
    return false;
}

static struct stretch ink_of(const struct sw_clearing *clearing, int line, enum axis axis)
{
    const struct sw_text_line *own = &clearing->layout->lines[line];
    if (axis == ACROSS)
        return (struct stretch){clearing->x + own->x, clearing->x + own->x + own->width};
    double baseline = clearing->y + own->baseline;
    return (struct stretch){baseline - ABOVE * clearing->size, baseline + BELOW * clearing->size};
}

/* -- as a whole -- */

static bool all_free(const struct sw_clearing *clearing, const struct free_room *room, enum axis axis, double shift)
{
    for (int i = 0; i < clearing->layout->line_count; i++)
        if (!is_free(room, ink_of(clearing, i, axis), shift))
            return false;
    return true;
}

/* The smallest move that frees every line; NAN: there is none. Some line then begins or ends at a gap. */
static double whole_move(const struct sw_clearing *clearing, const struct free_room *room, enum axis axis)
{
    double best = all_free(clearing, room, axis, 0) ? 0 : NAN;
    for (int i = 0; i < clearing->layout->line_count && best != 0; i++) {
        struct stretch ink = ink_of(clearing, i, axis);
        for (size_t k = 0; k < 2 * room->count; k++) {
            const struct stretch *free = &room->items[k / 2];
            double shift = k % 2 == 0 ? free->from - ink.from : free->to - ink.to;
            if (!(fabs(shift) >= fabs(best)) && all_free(clearing, room, axis, shift))
                best = shift;
        }
    }
    return best;
}

/* -- word by word, line by line -- */

/* How much further on (`way` 1: to larger numbers, -1: to smaller) a stretch that is moved by `shift` already must go to be free. */
static double pushed(const struct free_room *room, struct stretch ink, double shift, int way)
{
    for (size_t k = 0; k < room->count; k++) {
        const struct stretch *free = &room->items[way > 0 ? k : room->count - 1 - k];
        double needed = way > 0 ? fmax(shift, free->from - ink.from) : fmin(shift, free->to - ink.to);
        if (ink.from + needed > free->from - SLACK && ink.to + needed < free->to + SLACK)
            return needed;
    }
    return NAN;
}

struct word {
    struct stretch ink; /* on the canvas */
    double shift;
};

static int by_place(const void *a, const void *b)
{
    double x = ((const struct word *)a)->ink.from, y = ((const struct word *)b)->ink.from;
    return (x > y) - (x < y);
}

/* The words of a line from left to right; pieces that touch are one. */
static size_t words_of(const struct sw_clearing *clearing, int line, struct word *words)
{
    const struct sw_text_line *own = &clearing->layout->lines[line];
    size_t found = 0, count = 0;
    for (int i = own->first; i < own->first + own->count; i++) {
        const struct sw_text_piece *piece = &clearing->layout->pieces[i];
        bool space = piece->length > 0 && strspn(clearing->text + piece->offset, " ") >= (size_t)piece->length;
        if (!space)
            words[found++] = (struct word){.ink = {clearing->x + piece->x, clearing->x + piece->x + piece->width}};
    }
    qsort(words, found, sizeof *words, by_place);
    for (size_t i = 0; i < found; i++) {
        if (count > 0 && words[i].ink.from < words[count - 1].ink.to + SLACK)
            words[count - 1].ink.to = fmax(words[count - 1].ink.to, words[i].ink.to);
        else
            words[count++] = words[i];
    }
    return count;
}

struct parts {
    struct sw_words_part *items;
    size_t count;
};

/* What lies between the lines above and below. */
static struct sw_rect line_window(const struct sw_clearing *clearing, int line)
{
    int last = clearing->layout->line_count - 1;
    double top = line == 0 ? -FAR : (ink_of(clearing, line - 1, DOWN).to + ink_of(clearing, line, DOWN).from) / 2;
    double bottom = line == last ? FAR : (ink_of(clearing, line, DOWN).to + ink_of(clearing, line + 1, DOWN).from) / 2;
    return (struct sw_rect){-FAR, top, 2 * FAR, bottom - top};
}

/* Moves the words one after the other, as they are read, from `start` on. */
static bool push_words(const struct free_room *room, struct word *words, size_t count, int way, double start)
{
    double shift = start;
    for (size_t k = 0; k < count; k++) {
        struct word *word = &words[way > 0 ? k : count - 1 - k];
        word->shift = shift = pushed(room, word->ink, shift, way);
        if (isnan(shift))
            return false;
    }
    return true;
}

/* One part for every stretch of words that stay together. */
static bool split_line(const struct sw_clearing *clearing, const struct free_room *room, int line, struct sw_arena *arena,
                       struct parts *parts)
{
    const struct sw_text_line *own = &clearing->layout->lines[line];
    const struct sw_text_piece *pieces = &clearing->layout->pieces[own->first];
    struct word *words = sw_arena_array(arena, (size_t)own->count + 1, sizeof *words);
    size_t count = words_of(clearing, line, words);
    if (count == 0)
        return true;
    int way = pieces[0].x > pieces[own->count - 1].x ? -1 : 1;
    double back = way > 0 ? room->all.from - words[0].ink.from : room->all.to - words[count - 1].ink.to;
    if (!push_words(room, words, count, way, 0) && !push_words(room, words, count, way, back))
        return false;
    struct sw_rect window = line_window(clearing, line);
    for (size_t k = 0; k < count; k++) {
        bool last = k + 1 == count;
        if (!last && words[k].shift == words[k + 1].shift)
            continue;
        double end = last ? FAR : (words[k].ink.to + words[k + 1].ink.from) / 2;
        window.width = end - window.x;
        parts->items[parts->count++] = (struct sw_words_part){.window = window, .shift_x = words[k].shift};
        window.x = end;
    }
    return true;
}

/* Moves the lines one after the other from `start` on. */
static bool push_lines(const struct sw_clearing *clearing, const struct free_room *room, double *shifts, double start)
{
    double shift = start;
    for (int i = 0; i < clearing->layout->line_count; i++) {
        shifts[i] = shift = pushed(room, ink_of(clearing, i, DOWN), shift, 1);
        if (isnan(shift))
            return false;
    }
    return true;
}

static bool split(const struct sw_clearing *clearing, const struct free_room rooms[2], bool across, bool down, struct sw_arena *arena,
                  struct parts *parts)
{
    double *shifts = sw_arena_array(arena, (size_t)clearing->layout->line_count, sizeof *shifts);
    double back = rooms[DOWN].all.from - ink_of(clearing, 0, DOWN).from;
    if (down && !push_lines(clearing, &rooms[DOWN], shifts, 0) && !push_lines(clearing, &rooms[DOWN], shifts, back))
        return false;
    for (int i = 0; i < clearing->layout->line_count; i++) {
        size_t first = parts->count;
        if (across && !split_line(clearing, &rooms[ACROSS], i, arena, parts))
            return false;
        if (!across)
            parts->items[parts->count++] = (struct sw_words_part){.window = line_window(clearing, i)};
        for (size_t k = first; k < parts->count; k++)
            parts->items[k].shift_y = down ? shifts[i] : 0;
    }
    return true;
}

bool sw_words_clear(const struct sw_clearing *given, struct sw_arena *arena, struct sw_cleared *cleared)
{
    struct sw_clearing clearing = *given;
    struct free_room rooms[2] = {room_along(given, ACROSS, arena), room_along(given, DOWN, arena)};
    if (rooms[ACROSS].count == 0 || rooms[DOWN].count == 0) { /* no display shows it */
        *cleared = (struct sw_cleared){.parts = NULL};
        return true;
    }
    double x = whole_move(given, &rooms[ACROSS], ACROSS), y = whole_move(given, &rooms[DOWN], DOWN);
    clearing.x += isnan(x) ? 0 : x;
    clearing.y += isnan(y) ? 0 : y;
    struct parts parts = {.count = 0};
    if (isnan(x) || isnan(y)) {
        parts.items = sw_arena_array(arena, (size_t)(given->layout->piece_count + given->layout->line_count), sizeof *parts.items);
        if (given->whole || !split(&clearing, rooms, isnan(x), isnan(y), arena, &parts))
            return false;
    }
    *cleared = (struct sw_cleared){.x = clearing.x - given->x, .y = clearing.y - given->y, .parts = parts.items, .count = parts.count};
    return true;
}
