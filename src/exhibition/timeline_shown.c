/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/timeline.h"

#include <limits.h>
#include <string.h>

#include "exhibition/timeline_walk.h"

/* What may take the place of a scene that cannot show. */
struct search {
    const struct sw_shown_input *input;
    const struct sw_timeline_period *period;
    bool ready; /* only what may show at once */
};

static bool fits(const struct search *search, const char *scene)
{
    const struct sw_shown_input *input = search->input;
    return scene != NULL && !input->failed(input->context, scene) && (!search->ready || input->ready(input->context, scene));
}

/* The first that fits of the turns first .. end - 1. */
static const char *in_turns(const struct search *search, const struct sw_playlist_item *item, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        if (fits(search, item->turns[i].scene)) {
            return item->turns[i].scene;
        }
    }
    return NULL;
}

static size_t place_of(const struct sw_playlist_item *item, const char *scene)
{
    for (size_t i = 0; i < item->turn_count; i++) {
        if (strcmp(item->turns[i].scene, scene) == 0) {
            return i;
        }
    }
    return 0;
}

/* The items that the cycle would choose after entry `own`, until it comes round. */
static const char *in_rest_of_cycle(const struct search *search, size_t own)
{
    const struct sw_timeline_period *period = search->period;
    sw_instant since = search->input->wanted->since;
    size_t first = SW_TIMELINE_NONE;
    for (size_t last = own;;) {
        size_t next = sw_timeline_period_choose(period, last, since);
        if (next == SW_TIMELINE_NONE || next == own || next == first) {
            return NULL;
        }
        const struct sw_playlist_item *item = period->cycle[next].item;
        const char *found = in_turns(search, item, 0, item->turn_count);
        if (found != NULL) {
            return found;
        }
        first = first == SW_TIMELINE_NONE ? next : first;
        last = next;
    }
}

/* One round of the cycle from a turn on. */
static const char *in_cycle(const struct search *search, size_t entry, size_t place)
{
    const struct sw_playlist_item *item = search->period->cycle[entry].item;
    const char *found = in_turns(search, item, place, item->turn_count);
    found = found != NULL ? found : in_rest_of_cycle(search, entry);
    return found != NULL ? found : in_turns(search, item, 0, place);
}

/* The interrupts of one priority that hold, once round from the one after `last`. */
static const char *in_interrupts_of(const struct search *search, size_t last, int priority)
{
    const struct sw_timeline_period *period = search->period;
    const char *found = NULL;
    for (size_t step = 1; found == NULL && step <= period->interrupt_count; step++) {
        const struct sw_timeline_entry *entry = &period->interrupts[(last + step) % period->interrupt_count];
        if (entry->item->priority == priority && sw_timeline_period_holds(period, entry, search->input->wanted->since)) {
            found = in_turns(search, entry->item, 0, entry->item->turn_count);
        }
    }
    return found;
}

/* Moves *priority to the next lower one of an interrupt, whether that holds or not; false: there is none. */
static bool next_priority(const struct sw_timeline_period *period, int *priority)
{
    bool found = false;
    int best = 0;
    for (size_t i = 0; i < period->interrupt_count; i++) {
        int candidate = period->interrupts[i].item->priority;
        if (candidate < *priority && (!found || candidate > best)) {
            best = candidate;
            found = true;
        }
    }
    *priority = found ? best : *priority;
    return found;
}

/* One round of the interrupts that hold, from a turn of `own` on; then those of lower priorities, as far as they stand over `beneath`. */
static const char *in_interrupts(const struct search *search, size_t own, size_t place, size_t beneath)
{
    const struct sw_timeline_period *period = search->period;
    const struct sw_playlist_item *item = period->interrupts[own].item;
    int lowest = beneath != SW_TIMELINE_NONE ? period->cycle[beneath].item->priority : INT_MIN;
    int priority = item->priority;
    const char *found = in_turns(search, item, place, item->turn_count);
    found = found != NULL ? found : in_interrupts_of(search, own, priority);
    while (found == NULL && next_priority(period, &priority) && priority >= lowest) {
        found = in_interrupts_of(search, period->interrupt_count - 1, priority);
    }
    return found;
}

static size_t entry_of(const struct sw_timeline_entry *entries, size_t count, const struct sw_playlist_item *item)
{
    for (size_t i = 0; i < count; i++) {
        if (entries[i].item == item) {
            return i;
        }
    }
    return SW_TIMELINE_NONE;
}

/* The wanted scene, or the first after it that fits; NULL: none does. */
static const char *aim_of(const struct sw_playlist *playlist, const struct sw_zone_rules *zone, const struct sw_timeline_data *data,
                          const struct sw_shown_input *input, bool ready)
{
    const struct sw_wanted *wanted = input->wanted;
    struct sw_timeline_period period;
    struct search search = {input, &period, ready};
    const char *found = fits(&search, wanted->scene) ? wanted->scene : NULL;
    if (found != NULL || wanted->item == NULL) {
        return found;
    }
    sw_timeline_period_init(&period, playlist, zone, data, wanted->since);
    size_t place = place_of(wanted->item, wanted->scene);
    size_t entry = entry_of(period.cycle, period.cycle_count, wanted->item);
    if (wanted->item->interrupt) {
        size_t own = entry_of(period.interrupts, period.interrupt_count, wanted->item);
        struct sw_timeline_walk beneath = sw_timeline_walk(&period, wanted->since);
        entry = beneath.entry;
        found = own != SW_TIMELINE_NONE ? in_interrupts(&search, own, place, entry) : NULL;
        place = entry != SW_TIMELINE_NONE ? sw_timeline_place(period.cycle[entry].item, &beneath.began, wanted->since) : 0;
    }
    if (found == NULL && entry != SW_TIMELINE_NONE) {
        found = in_cycle(&search, entry, place);
    }
    sw_timeline_period_finish(&period);
    return found != NULL || !fits(&search, playlist->otherwise) ? found : playlist->otherwise;
}

struct sw_shown sw_shown(const struct sw_playlist *playlist, const struct sw_zone_rules *zone, const struct sw_timeline_data *data,
                         const struct sw_shown_input *input)
{
    const char *aim = aim_of(playlist, zone, data, input, false);
    if (aim != NULL && input->ready(input->context, aim)) {
        return (struct sw_shown){.show = aim};
    }
    if (input->current != NULL && !input->failed(input->context, input->current)) {
        return (struct sw_shown){.show = input->current, .prepare = aim};
    }
    return (struct sw_shown){.show = aim_of(playlist, zone, data, input, true), .prepare = aim};
}
