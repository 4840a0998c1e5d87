/* SPDX-License-Identifier: EUPL-1.2 */
#include "ledger/summary.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

void sw_summary_init(struct sw_summary *summary, const struct sw_summary_options *options)
{
    *summary = (struct sw_summary){.options = *options, .begin = SW_NEVER, .end = SW_NEVER};
}

void sw_summary_finish(struct sw_summary *summary)
{
    free(summary->rows);
    free(summary->overrides);
    free(summary->table);
    *summary = (struct sw_summary){.rows = NULL};
}

/* -- rows -- */

static uint64_t hash_of(const char *name, sw_instant begin) { return sw_hash_number(sw_hash_text(SW_HASH_START, name), (uint64_t)begin); }

static size_t *place_of(const struct sw_summary *summary, const char *name, sw_instant begin)
{
    size_t at = (size_t)hash_of(name, begin) & (summary->table_size - 1);
    for (;; at = (at + 1) & (summary->table_size - 1)) {
        size_t number = summary->table[at];
        if (number == 0 || (summary->rows[number - 1].begin == begin && strcmp(summary->rows[number - 1].name, name) == 0))
            return &summary->table[at];
    }
}

static void widen(struct sw_summary *summary)
{
    free(summary->table);
    summary->table_size = summary->table_size > 0 ? 4 * summary->table_size : 64;
    summary->table = sw_alloc_array(summary->table_size, sizeof *summary->table);
    for (size_t i = 0; i < summary->count; i++)
        *place_of(summary, summary->rows[i].name, summary->rows[i].begin) = i + 1;
}

static struct sw_summary_row *row_of(struct sw_summary *summary, const char *name, sw_instant begin)
{
    if (2 * (summary->count + 1) > summary->table_size)
        widen(summary);
    size_t *place = place_of(summary, name, begin);
    if (*place == 0) {
        summary->rows = sw_grow(summary->rows, &summary->capacity, summary->count + 1, sizeof *summary->rows);
        struct sw_summary_row *row = &summary->rows[summary->count];
        *row = (struct sw_summary_row){.begin = begin, .first = SW_NEVER, .last = -1};
        sw_play_set(row->name, sizeof row->name, name);
        *place = ++summary->count;
    }
    return &summary->rows[*place - 1];
}

static void add_to(struct sw_summary *summary, struct sw_summary_row *row, sw_instant from, sw_instant until, bool begins)
{
    row->times += begins;
    row->shown += until - from;
    row->first = from < row->first ? from : row->first;
    row->last = until > row->last ? until : row->last;
    summary->shown += until - from;
}

/* -- hours and days -- */

/* Finds the hour or day that `at` lies in. */
static void find_slot(struct sw_summary *summary, sw_instant at)
{
    const struct sw_zone_rules *rules = summary->options.rules;
    if (summary->begin != SW_NEVER && at >= summary->begin && at < summary->end)
        return;
    struct sw_civil civil = sw_civil_at(rules, at);
    if (summary->options.by == SW_SUMMARY_HOUR) {
        summary->begin = at - (civil.minute * SW_MINUTE + civil.second * SW_SECOND + civil.microsecond);
        summary->end = summary->begin + SW_HOUR;
        return;
    }
    summary->begin = sw_civil_instant(rules, civil.date, 0);
    summary->end = sw_civil_instant(rules, sw_date_from_days(sw_date_to_days(civil.date) + 1), 0);
    if (summary->end <= at) /* a day that comes twice */
        summary->end = at + SW_HOUR;
}

static void add_by_time(struct sw_summary *summary, sw_instant from, sw_instant until, bool begins)
{
    while (from < until) {
        find_slot(summary, from);
        sw_instant end = until < summary->end ? until : summary->end;
        add_to(summary, row_of(summary, "", summary->begin), from, end, begins);
        begins = false;
        from = end;
    }
}

/* -- overrides -- */

static bool is_same(const struct sw_summary_override *override, const struct sw_play *play)
{
    return strcmp(override->zone, play->zone) == 0 && strcmp(override->scene, play->scene) == 0 && strcmp(override->by, play->by) == 0;
}

static void add_override(struct sw_summary *summary, const struct sw_play *play, sw_instant from, sw_instant until)
{
    size_t i = summary->override_count;
    while (i > 0 && strcmp(summary->overrides[i - 1].zone, play->zone) != 0)
        i--;
    struct sw_summary_override *last = i > 0 ? &summary->overrides[i - 1] : NULL;
    if (last == NULL || play->begins || !is_same(last, play)) {
        summary->overrides =
            sw_grow(summary->overrides, &summary->override_capacity, summary->override_count + 1, sizeof *summary->overrides);
        last = &summary->overrides[summary->override_count++];
        *last = (struct sw_summary_override){.from = from};
        sw_play_set(last->zone, sizeof last->zone, play->zone);
        sw_play_set(last->scene, sizeof last->scene, play->scene);
        sw_play_set(last->by, sizeof last->by, play->by);
    }
    last->until = until;
    last->shown += until - from;
}

/* -- the outside -- */

void sw_summary_add(struct sw_summary *summary, const struct sw_play *play)
{
    const struct sw_summary_options *options = &summary->options;
    sw_instant from = play->from > options->from ? play->from : options->from;
    sw_instant until = play->until < options->to ? play->until : options->to;
    if (from >= until || (options->zone != NULL && strcmp(options->zone, play->zone) != 0))
        return;
    bool begins = play->begins && from == play->from;
    switch (options->by) {
    case SW_SUMMARY_SCENE: add_to(summary, row_of(summary, play->scene, 0), from, until, begins); break;
    case SW_SUMMARY_WHY: add_to(summary, row_of(summary, play->why, 0), from, until, begins); break;
    case SW_SUMMARY_HOUR:
    case SW_SUMMARY_DAY: add_by_time(summary, from, until, begins); break;
    }
    if (strcmp(play->why, "override") == 0)
        add_override(summary, play, from, until);
}

static int compare(const void *left, const void *right)
{
    const struct sw_summary_row *a = left, *b = right;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    if (a->shown != b->shown)
        return a->shown > b->shown ? -1 : 1;
    return strcmp(a->name, b->name);
}

void sw_summary_sort(struct sw_summary *summary)
{
    if (summary->count > 0)
        qsort(summary->rows, summary->count, sizeof *summary->rows, compare);
    free(summary->table);
    summary->table = NULL;
    summary->table_size = 0;
}
