/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/text_wrap.h"

#include "view/linebreak.h"
#include "view/text_character.h"

#define SLACK 1e-6 /* em: what was measured must fit into its own width again */

/* How far a line was measured: up to `run`, where the last run that may still grow begins. */
struct progress {
    int run;
    double width;
};

static double run_width(const struct sw_text_wrap *wrap, const struct sw_text_run *run)
{
    struct sw_text_spelled spelled;
    return sw_text_run_spell(wrap->fonts, run, wrap->text, wrap->tracking, &spelled);
}

/* The width from the line's start to `to`; runs that end before it are final and are not measured again. */
static double width_to(const struct sw_text_wrap *wrap, struct progress *progress, int to, bool hyphen)
{
    while (progress->run < to) {
        struct sw_text_run run;
        int end = sw_text_run_take(wrap->fonts, wrap->paragraph, progress->run, to, wrap->tracking != 0, &run);
        run.hyphen = hyphen && end == to;
        double width = run_width(wrap, &run);
        if (end == to)
            return progress->width + width;
        progress->width += width;
        progress->run = end;
    }
    return progress->width;
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

static int next_break(const struct sw_text_wrap *wrap, int after)
{
    int at = after + 1;
    while (at < wrap->paragraph->count && wrap->paragraph->chars[at].breaks == SW_BREAK_NONE)
        at++;
    return at < wrap->paragraph->count ? at : wrap->paragraph->count;
}

static int next_start(const struct sw_text_wrap *wrap, int after)
{
    int at = after + 1;
    while (at < wrap->paragraph->count && !wrap->paragraph->chars[at].starts)
        at++;
    return at;
}

/* A word that is longer than the line is parted between characters. Run by run, then by halves within the one that is too long. */
static int part_word(const struct sw_text_wrap *wrap, int from, double room)
{
    struct progress progress = {from, 0};
    int good = from;
    for (;;) {
        struct sw_text_run run;
        if (progress.run >= wrap->paragraph->count)
            return good;
        int end = sw_text_run_take(wrap->fonts, wrap->paragraph, progress.run, wrap->paragraph->count, wrap->tracking != 0, &run);
        double width = run_width(wrap, &run);
        if (progress.width + width > room + SLACK) {
            int low = progress.run, high = end;
            while (high - low > 1) {
                int middle = low + (high - low) / 2;
                struct progress trial = progress;
                if (width_to(wrap, &trial, middle, false) <= room + SLACK)
                    low = middle;
                else
                    high = middle;
            }
            while (low > progress.run && !wrap->paragraph->chars[low].starts)
                low--;
            return low > good ? low : good;
        }
        progress.width += width;
        progress.run = good = end;
    }
}

static struct sw_text_cut fit(const struct sw_text_wrap *wrap, int from, double room, bool whole_words, double *taken)
{
    int count = wrap->paragraph->count, at = from;
    struct progress progress = {from, 0};
    struct sw_text_cut best = {from, from, false};
    *taken = 0;
    while (at < count) {
        int to = next_break(wrap, at), end = without_gaps(wrap, from, to);
        enum sw_break kind = to < count ? (enum sw_break)wrap->paragraph->chars[to].breaks : SW_BREAK_SPACE;
        double width = width_to(wrap, &progress, end, false);
        if (width > room + SLACK)
            return best;
        bool usable = !whole_words || kind == SW_BREAK_SPACE || sw_character_ideograph(wrap->paragraph->chars[to - 1].code);
        if (kind == SW_BREAK_HYPHEN && usable) {
            struct progress trial = progress;
            usable = width_to(wrap, &trial, end, true) <= room + SLACK;
        }
        if (usable) {
            best = (struct sw_text_cut){end, to, kind == SW_BREAK_HYPHEN};
            *taken = width;
        }
        at = to;
    }
    return best;
}

bool sw_text_wrap_all(const struct sw_text_wrap *wrap, int from, double room)
{
    struct progress progress = {from, 0};
    return width_to(wrap, &progress, without_gaps(wrap, from, wrap->paragraph->count), false) <= room + SLACK;
}

struct sw_text_cut sw_text_wrap_fit(const struct sw_text_wrap *wrap, int from, double room)
{
    double taken;
    struct sw_text_cut cut = fit(wrap, from, room, false, &taken);
    if (cut.next > from)
        return cut;
    if (room <= 0) {
        int to = next_break(wrap, from);
        bool hyphen = to < wrap->paragraph->count && wrap->paragraph->chars[to].breaks == SW_BREAK_HYPHEN;
        return (struct sw_text_cut){without_gaps(wrap, from, to), to, hyphen};
    }
    int end = part_word(wrap, from, room);
    if (end == from)
        end = next_start(wrap, from);
    return (struct sw_text_cut){end, end, false};
}

struct sw_text_cut sw_text_wrap_short(const struct sw_text_wrap *wrap, int from, double room)
{
    double taken;
    struct sw_text_cut cut = fit(wrap, from, room, true, &taken);
    if (taken < room / 2) {
        int end = room > 0 ? part_word(wrap, from, room) : from;
        if (end > cut.end)
            cut = (struct sw_text_cut){end, end, false};
    }
    while (cut.end > from) { /* no comma, dash or space before the dots */
        uint32_t last = wrap->paragraph->chars[cut.end - 1].code;
        if (!sw_character_space(last) && !sw_character_silent(last) && last != ',' && last != ';' && last != ':' && last != 0x2013 && last != '-')
            break;
        cut.end--;
    }
    return cut;
}
