/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/subtitles.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "exhibition/subtitles_read.h"

/* -- cues put together where they overlap -- */

struct join {
    struct sw_arena *arena;
    const struct sw_subtitle_cue *cues; /* by their begin */
    size_t count;
    size_t *active; /* cues that are on, in the order of their begin */
    size_t active_count;
    const struct sw_subtitle_cue *shown[SW_SUBTITLE_LINES_MAX]; /* of the item that is being made */
    size_t shown_count;
    struct sw_subtitle *items;
    size_t item_count;
};

static int by_begin(const void *a, const void *b)
{
    const struct sw_subtitle_cue *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Those of the active ones that there are lines for. Returns how many. */
static size_t choose(const struct join *join, const struct sw_subtitle_cue *chosen[SW_SUBTITLE_LINES_MAX])
{
    size_t count = 0;
    int lines = 0;
    for (size_t i = 0; i < join->active_count && lines < SW_SUBTITLE_LINES_MAX; i++) {
        const struct sw_subtitle_cue *cue = &join->cues[join->active[i]];
        if (lines + cue->lines > SW_SUBTITLE_LINES_MAX)
            continue;
        chosen[count++] = cue;
        lines += cue->lines;
    }
    return count;
}

static const char *text_of(struct join *join)
{
    const char *text = join->shown[0]->text;
    for (size_t i = 1; i < join->shown_count; i++)
        text = sw_arena_printf(join->arena, "%s\n%s", text, join->shown[i]->text);
    return text;
}

/* What shows from `at` on, where that is something else than before. */
static void show(struct join *join, int64_t at)
{
    const struct sw_subtitle_cue *chosen[SW_SUBTITLE_LINES_MAX];
    size_t count = choose(join, chosen);
    if (count == join->shown_count && memcmp(chosen, join->shown, count * sizeof chosen[0]) == 0)
        return;
    if (join->shown_count > 0)
        join->items[join->item_count - 1].until = at;
    join->shown_count = count;
    memcpy(join->shown, chosen, count * sizeof chosen[0]);
    if (count > 0)
        join->items[join->item_count++] = (struct sw_subtitle){.from = at, .text = text_of(join)};
}

static void put_together(struct join *join, const int64_t *edges, size_t edge_count)
{
    size_t next = 0;
    for (size_t e = 0; e < edge_count; e++) {
        size_t kept = 0;
        for (size_t i = 0; i < join->active_count; i++)
            if (join->cues[join->active[i]].until > edges[e])
                join->active[kept++] = join->active[i];
        join->active_count = kept;
        for (; next < join->count && join->cues[next].from == edges[e]; next++)
            join->active[join->active_count++] = next;
        show(join, edges[e]);
    }
}

static void make_items(struct sw_arena *arena, struct sw_subtitles *subtitles, struct sw_subtitle_cues *cues)
{
    size_t edge_count = 0, distinct = 0;
    int64_t *edges = sw_alloc_array(2 * cues->count, sizeof *edges);
    qsort(cues->items, cues->count, sizeof *cues->items, by_begin);
    for (size_t i = 0; i < cues->count; i++) {
        edges[edge_count++] = cues->items[i].from;
        edges[edge_count++] = cues->items[i].until;
    }
    qsort(edges, edge_count, sizeof *edges, by_value);
    for (size_t i = 0; i < edge_count; i++)
        if (i == 0 || edges[i] != edges[i - 1])
            edges[distinct++] = edges[i];
    struct join join = {.arena = arena, .cues = cues->items, .count = cues->count};
    join.active = sw_alloc_array(cues->count, sizeof *join.active);
    join.items = sw_arena_array(arena, distinct, sizeof *join.items);
    put_together(&join, edges, distinct);
    subtitles->items = join.items;
    subtitles->count = join.item_count;
    free(join.active);
    free(edges);
}

const struct sw_subtitles *sw_subtitles_create(struct sw_arena *arena, const char *bytes, size_t length, const char *name,
                                               struct sw_diags *diags)
{
    struct sw_subtitles *subtitles = sw_arena_alloc(arena, sizeof *subtitles);
    struct sw_subtitle_cues cues = {.count = 0};
    *subtitles = (struct sw_subtitles){.file = name};
    sw_subtitles_read(&cues, arena, bytes, length, name, diags);
    for (size_t i = 0; i < cues.count; i++)
        if (cues.items[i].until > subtitles->end) {
            subtitles->end = cues.items[i].until;
            subtitles->end_line = cues.items[i].line;
        }
    if (cues.count > 0)
        make_items(arena, subtitles, &cues);
    free(cues.items);
    return subtitles;
}

const struct sw_subtitle *sw_subtitles_at(const struct sw_subtitles *subtitles, int64_t position, int64_t *next)
{
    size_t low = 0;
    for (size_t high = subtitles->count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (subtitles->items[middle].until <= position)
            low = middle + 1;
        else
            high = middle;
    }
    const struct sw_subtitle *item = low < subtitles->count ? &subtitles->items[low] : NULL;
    bool said = item != NULL && item->from <= position;
    *next = item == NULL ? INT64_MAX : said ? item->until : item->from;
    return said ? item : NULL;
}
