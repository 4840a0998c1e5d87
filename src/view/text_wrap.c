/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/text_wrap.h"

#include <math.h>

#include "view/linebreak.h"
#include "view/text_character.h"

#define SLACK 1e-6 /* em: what was measured must fit into its own width again */

#define GUESSES 4  /* before the search goes by halves */

/* How far a line was measured: all before `at` is final, and `width` wide. */
struct progress {
    int at;
    double width;
};

static double run_width(const struct sw_text_wrap *wrap, const struct sw_text_run *run)
{
    struct sw_text_spelled spelled;
    return sw_text_run_spell(wrap->fonts, run, wrap->text, wrap->tracking, &spelled);
}

static int take(const struct sw_text_wrap *wrap, int from, int to, struct sw_text_run *run)
{
    return sw_text_run_take(wrap->paragraph, from, to, wrap->tracking != 0, run);
}

/* The width from the line's start to `to`, which lies at or behind the progress. */
static double width_to(const struct sw_text_wrap *wrap, struct progress progress, int to, bool hyphen)
{
    while (progress.at < to) {
        struct sw_text_run run;
        progress.at = take(wrap, progress.at, to, &run);
        run.hyphen = hyphen && progress.at == to;
        progress.width += run_width(wrap, &run);
    }
    return progress.width;
}

static bool gap(const struct sw_text_wrap *wrap, int at)
{
    uint32_t code = wrap->paragraph->chars[at].code;
    return sw_character_space(code) && !sw_character_sticky(code);
}

static int without_gaps(const struct sw_text_wrap *wrap, int from, int to)
{
    while (to > from && gap(wrap, to - 1))
        to--;
    return to;
}

static enum sw_break break_at(const struct sw_text_wrap *wrap, int at)
{
    return at < wrap->paragraph->count ? (enum sw_break)wrap->paragraph->chars[at].breaks : SW_BREAK_SPACE;
}

/* Run by run as far as there is room; spaces hang over the edge. `end`: of the run that was too wide, or of the paragraph. */
static struct progress fill(const struct sw_text_wrap *wrap, int from, double room, int *end)
{
    struct progress progress = {from, 0};
    *end = from;
    while (progress.at < wrap->paragraph->count) {
        struct sw_text_run run;
        *end = take(wrap, progress.at, wrap->paragraph->count, &run);
        double width = progress.width + run_width(wrap, &run);
        bool hangs = run.kind == SW_TEXT_SPACE && gap(wrap, *end - 1);
        if (!hangs && width > room + SLACK)
            break;
        progress = (struct progress){*end, width};
    }
    return progress;
}

/* The furthest place in the run [progress.at, end) up to which there is room: guessed by the widths at both ends. */
static int furthest(const struct sw_text_wrap *wrap, struct progress progress, int end, double room)
{
    int low = progress.at, high = end;
    double low_width = progress.width, high_width = width_to(wrap, progress, end, false);
    for (int tries = 0; high - low > 1; tries++) {
        double share = tries < GUESSES ? (room - low_width) / (high_width - low_width) : 0.5;
        int middle = low + (int)((high - low) * fmin(fmax(share, 0), 1));
        middle = middle <= low ? low + 1 : middle >= high ? high - 1 : middle;
        double width = width_to(wrap, progress, middle, false);
        if (width <= room + SLACK) {
            low = middle;
            low_width = width;
        } else {
            high = middle;
            high_width = width;
        }
    }
    return low;
}

static bool breaks_within(const struct sw_text_wrap *wrap, int from, int to)
{
    for (int at = from + 1; at < to; at++) {
        if (break_at(wrap, at) != SW_BREAK_NONE)
            return true;
    }
    return false;
}

/* Whether the line may end at `at`, which lies within the room but for a hyphen or for shaping. */
static bool ends_at(const struct sw_text_wrap *wrap, int from, struct progress progress, int at, double room, bool whole_words)
{
    enum sw_break kind = break_at(wrap, at);
    if (kind == SW_BREAK_NONE)
        return false;
    if (whole_words && kind != SW_BREAK_SPACE && !sw_character_ideograph(wrap->paragraph->chars[at - 1].code))
        return false;
    if (kind != SW_BREAK_HYPHEN && at <= progress.at)
        return true;
    struct progress start = at > progress.at ? progress : (struct progress){from, 0};
    return width_to(wrap, start, at, kind == SW_BREAK_HYPHEN) <= room + SLACK;
}

/* cut.next == from: there is no place to end a line within the room. */
static struct sw_text_cut fit(const struct sw_text_wrap *wrap, int from, double room, bool whole_words)
{
    int count = wrap->paragraph->count, end = count;
    struct progress progress = {count, 0};
    if (room < INFINITY)
        progress = fill(wrap, from, room, &end);
    if (progress.at == count)
        return (struct sw_text_cut){without_gaps(wrap, from, count), count, false};
    int at = breaks_within(wrap, progress.at, end) ? furthest(wrap, progress, end, room) : progress.at;
    while (at > from && !ends_at(wrap, from, progress, at, room, whole_words))
        at--;
    return (struct sw_text_cut){without_gaps(wrap, from, at), at, at > from && break_at(wrap, at) == SW_BREAK_HYPHEN};
}

/* A word that is longer than the line is parted between characters. */
static int part_word(const struct sw_text_wrap *wrap, int from, double room)
{
    int end;
    struct progress progress = fill(wrap, from, room, &end);
    int at = progress.at < wrap->paragraph->count ? furthest(wrap, progress, end, room) : progress.at;
    while (at > from && at < wrap->paragraph->count && !wrap->paragraph->chars[at].starts)
        at--;
    return at;
}

/* The next place after `after` where a line may end. */
static int next_break(const struct sw_text_wrap *wrap, int after)
{
    int at = after + 1;
    while (at < wrap->paragraph->count && break_at(wrap, at) == SW_BREAK_NONE)
        at++;
    return at;
}

static int next_start(const struct sw_text_wrap *wrap, int after)
{
    int at = after + 1;
    while (at < wrap->paragraph->count && !wrap->paragraph->chars[at].starts)
        at++;
    return at;
}

struct sw_text_cut sw_text_wrap_fit(const struct sw_text_wrap *wrap, int from, double room)
{
    if (room <= 0) {
        int to = next_break(wrap, from);
        bool hyphen = to < wrap->paragraph->count && break_at(wrap, to) == SW_BREAK_HYPHEN;
        return (struct sw_text_cut){without_gaps(wrap, from, to), to, hyphen};
    }
    struct sw_text_cut cut = fit(wrap, from, room, false);
    if (cut.next > from)
        return cut;
    int end = part_word(wrap, from, room);
    if (end == from)
        end = next_start(wrap, from);
    return (struct sw_text_cut){without_gaps(wrap, from, end), end, false};
}

/* Not before the dots. */
static bool trails(uint32_t code)
{
    return sw_character_space(code) || sw_character_silent(code) || code == ',' || code == ';' || code == ':' || code == 0x2013 ||
           code == '-';
}

struct sw_text_cut sw_text_wrap_short(const struct sw_text_wrap *wrap, int from, double room)
{
    struct sw_text_cut cut = {from, from, false};
    if (room > 0) {
        cut = fit(wrap, from, room, true);
        if (width_to(wrap, (struct progress){from, 0}, cut.end, false) < room / 3)
            cut.end = part_word(wrap, from, room);
    }
    while (cut.end > from && trails(wrap->paragraph->chars[cut.end - 1].code))
        cut.end--;
    cut.next = cut.end;
    cut.hyphen = false;
    return cut;
}
