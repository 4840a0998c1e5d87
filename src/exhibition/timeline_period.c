/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/timeline_period.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"

/* No local day is that long, so what lies beyond is never reached. */
#define LENGTH_ENOUGH (96 * SW_HOUR)

/* Narrows the local day of `instant` to the stretch between the two edges around it. */
static void narrow_to_edges(struct sw_timeline_period *period, const struct sw_playlist *playlist, const struct sw_zone_rules *zone,
                            sw_instant instant)
{
    const sw_instant day = period->from;
    const sw_instant next_day = period->to;
    for (size_t i = 0; i < playlist->count; i++) {
        const struct sw_playlist_item *item = &playlist->items[i];
        if (item->turn_count == 0) {
            continue;
        }
        sw_instant edge = sw_playlist_item_edge(item, zone, day, next_day - day);
        while (edge <= instant) {
            period->from = edge > period->from ? edge : period->from;
            edge = sw_playlist_item_edge(item, zone, edge, next_day - edge);
        }
        period->to = edge < period->to ? edge : period->to;
    }
}

static int64_t length_of(const struct sw_playlist_item *item)
{
    int64_t length = 0;
    for (size_t i = 0; i < item->turn_count && length < LENGTH_ENOUGH; i++) {
        assert(item->turns[i].duration > 0);
        length += item->turns[i].duration;
    }
    return length;
}

static void collect(struct sw_timeline_period *period, const struct sw_playlist *playlist, const struct sw_zone_rules *zone,
                    sw_instant instant)
{
    period->cycle = sw_alloc_array(2 * playlist->count + 1, sizeof *period->cycle);
    period->interrupts = period->cycle + playlist->count;
    for (size_t i = 0; i < playlist->count; i++) {
        const struct sw_playlist_item *item = &playlist->items[i];
        if (item->turn_count > 0 && sw_playlist_item_on(item, zone, instant)) {
            struct sw_timeline_entry entry = {item, length_of(item)};
            if (item->interrupt) {
                period->interrupts[period->interrupt_count++] = entry;
            } else {
                period->cycle[period->cycle_count++] = entry;
            }
        }
    }
}

static size_t drop_below(struct sw_timeline_entry *entries, size_t count, int priority)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (entries[i].item->priority >= priority) {
            entries[kept++] = entries[i];
        }
    }
    return kept;
}

static bool any_asks(const struct sw_timeline_entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (entries[i].item->when != NULL) {
            return true;
        }
    }
    return false;
}

void sw_timeline_period_init(struct sw_timeline_period *period, const struct sw_playlist *playlist, const struct sw_zone_rules *zone,
                             const struct sw_timeline_data *data, sw_instant instant)
{
    *period = (struct sw_timeline_period){.data = data};
    sw_schedule_day(zone, instant, &period->from, &period->to);
    narrow_to_edges(period, playlist, zone, instant);
    collect(period, playlist, zone, instant);

    int certain = INT_MIN; /* below an item of the cycle without a condition nothing has ever a turn */
    for (size_t i = 0; i < period->cycle_count; i++) {
        const struct sw_playlist_item *item = period->cycle[i].item;
        if (item->when == NULL && item->priority > certain) {
            certain = item->priority;
        }
    }
    period->cycle_count = drop_below(period->cycle, period->cycle_count, certain);
    period->interrupt_count = drop_below(period->interrupts, period->interrupt_count, certain);
    period->top = INT_MIN;
    for (size_t i = 0; i < period->cycle_count; i++) {
        period->top = period->cycle[i].item->priority > period->top ? period->cycle[i].item->priority : period->top;
    }
    period->asks = any_asks(period->cycle, period->cycle_count) || any_asks(period->interrupts, period->interrupt_count);
}

void sw_timeline_period_finish(struct sw_timeline_period *period)
{
    if (period != NULL) {
        free(period->cycle);
        *period = (struct sw_timeline_period){0};
    }
}

sw_instant sw_timeline_period_change(const struct sw_timeline_period *period, sw_instant instant)
{
    if (!period->asks || period->data == NULL) {
        return SW_NEVER;
    }
    sw_instant change = period->data->next_change(period->data->context, instant);
    assert(change > instant);
    return change;
}

bool sw_timeline_period_holds(const struct sw_timeline_period *period, const struct sw_timeline_entry *entry, sw_instant instant)
{
    const struct sw_expression *when = entry->item->when;
    return when == NULL || (period->data != NULL && period->data->truth(period->data->context, when, instant));
}

size_t sw_timeline_period_choose(const struct sw_timeline_period *period, size_t last, sw_instant instant)
{
    size_t best = SW_TIMELINE_NONE;
    for (size_t step = 1; step <= period->cycle_count; step++) {
        size_t i = (last + step) % period->cycle_count;
        int priority = period->cycle[i].item->priority;
        if (best != SW_TIMELINE_NONE && priority <= period->cycle[best].item->priority) {
            continue;
        }
        if (sw_timeline_period_holds(period, &period->cycle[i], instant)) {
            best = i;
            if (priority == period->top) {
                break;
            }
        }
    }
    return best;
}

struct sw_timeline_break sw_timeline_period_break(const struct sw_timeline_period *period, size_t entry, sw_instant instant)
{
    struct sw_timeline_break best = {.priority = entry == SW_TIMELINE_NONE ? INT_MIN : period->cycle[entry].item->priority};
    for (size_t i = 0; i < period->interrupt_count; i++) {
        const struct sw_timeline_entry *interrupt = &period->interrupts[i];
        int priority = interrupt->item->priority;
        if (priority < best.priority || !sw_timeline_period_holds(period, interrupt, instant)) {
            continue;
        }
        if (best.count == 0 || priority > best.priority) {
            best = (struct sw_timeline_break){.priority = priority, .hash = SW_HASH_START};
        }
        best.count++;
        best.length += interrupt->length;
        best.hash = sw_hash_number(best.hash, i);
    }
    return best;
}
