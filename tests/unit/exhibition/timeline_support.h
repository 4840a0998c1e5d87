/* SPDX-License-Identifier: EUPL-1.2 */
/* What the tests of the timeline share: conditions, data by a script, playlists by chance. */
#ifndef SW_TESTS_EXHIBITION_TIMELINE_SUPPORT_H
#define SW_TESTS_EXHIBITION_TIMELINE_SUPPORT_H

#include "exhibition/timeline.h"
#include "schedule_support.h"

#define CONDITIONS 8
#define ITEMS_MAX 8
#define TURNS_MAX 3

/* The timeline only hands conditions on, so here they are numbers in disguise: places in this row. */
static const char conditions[CONDITIONS];

#define CONDITION(number) ((const struct sw_expression *)(const void *)&conditions[number])

static inline size_t number_of(const struct sw_expression *when)
{
    return (size_t)((const char *)(const void *)when - conditions);
}

/* How often the data were asked, and the latest instant that they were asked about. */
struct asked {
    unsigned truths, changes;
    sw_instant latest;
};

/* Bit n: condition n is true from `at` on. */
struct script_step {
    sw_instant at;
    unsigned truths;
};

/* Before the first step nothing is true. */
struct script {
    const struct script_step *steps;
    size_t count;
    struct asked *asked;
};

/* How many steps there are up to `instant`. */
static inline size_t script_place(const struct script *script, sw_instant instant)
{
    size_t low = 0;
    for (size_t high = script->count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (script->steps[middle].at <= instant) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static inline unsigned script_truths(const struct script *script, sw_instant instant)
{
    size_t place = script_place(script, instant);
    return place > 0 ? script->steps[place - 1].truths : 0;
}

static inline bool script_truth(const void *context, const struct sw_expression *when, sw_instant instant)
{
    const struct script *script = context;
    script->asked->truths++;
    script->asked->latest = instant > script->asked->latest ? instant : script->asked->latest;
    return (script_truths(script, instant) >> number_of(when) & 1u) != 0;
}

static inline sw_instant script_next_change(const void *context, sw_instant instant)
{
    const struct script *script = context;
    script->asked->changes++;
    script->asked->latest = instant > script->asked->latest ? instant : script->asked->latest;
    size_t place = script_place(script, instant);
    return place < script->count ? script->steps[place].at : SW_NEVER;
}

static inline struct sw_timeline_data script_data(const struct script *script)
{
    return (struct sw_timeline_data){script_truth, script_next_change, script};
}

static inline bool same_wanted(const struct sw_wanted *a, const struct sw_wanted *b)
{
    return a->scene == b->scene && a->item == b->item && a->since == b->since && a->until == b->until && a->turn == b->turn;
}

/* A playlist by chance, and what it points to. Stays where it is made. */
struct world {
    struct spelt spelt[ITEMS_MAX];
    char names[ITEMS_MAX][TURNS_MAX][8];
    struct sw_playlist_turn turns[ITEMS_MAX][TURNS_MAX];
    struct sw_playlist_item items[ITEMS_MAX];
    struct sw_playlist playlist;
};

struct chances {
    int64_t shortest, longest;          /* of a turn, in steps of 1 s */
    int scheduled, asking, interrupting; /* in 100 items */
    int timed;                           /* in 100 items: have a `from`, an `until` or both, around `about` */
    sw_instant about;
};

static inline void make_world(struct world *world, uint64_t *random, const struct chances *chances)
{
    static const struct words words[] = {
        {.times = {"09:00-18:00"}},
        {.times = {"22:00-02:00"}},
        {.times = {"02:00-03:00"}},
        {.times = {"02:15-02:45"}},
        {.times = {"01:30-02:30", "02:40-03:20"}},
        {.times = {"12:00-15:30", "15:30-24:00"}},
        {.times = {"15:00-18:30"}, .days = "mon-fri", .not_holidays = true},
        {.days = "sat,sun"},
        {.days = "sun", .times = {"00:30-04:00"}},
        {.times = {"00:00-24:00"}, .not_holidays = true},
        {.in_holidays = true},
        {.days = "sat", .times = {"23:00-06:00"}},
    };
    memset(world, 0, sizeof *world);
    world->playlist = (struct sw_playlist){.id = "chance", .items = world->items, .otherwise = "otherwise"};
    world->playlist.count = (size_t)random_below(random, ITEMS_MAX) + 1;
    for (size_t i = 0; i < world->playlist.count; i++) {
        struct sw_playlist_item *item = &world->items[i];
        item->turns = world->turns[i];
        item->turn_count = (size_t)random_below(random, 10) == 0 ? 0 : (size_t)random_below(random, TURNS_MAX) + 1;
        for (size_t t = 0; t < item->turn_count; t++) {
            world->names[i][t][0] = (char)('a' + i);
            world->names[i][t][1] = (char)('0' + t);
            int64_t more = random_below(random, (chances->longest - chances->shortest) / SW_SECOND + 1);
            world->turns[i][t] = (struct sw_playlist_turn){world->names[i][t], chances->shortest + more * SW_SECOND};
        }
        if (random_below(random, 100) < chances->scheduled) {
            spell(&world->spelt[i], &words[random_below(random, SW_COUNT(words))]);
            item->has_schedule = true;
            item->schedule = world->spelt[i].schedule;
        }
        if (random_below(random, 100) < chances->timed) {
            sw_instant first = chances->about + random_below(random, 2880) * SW_MINUTE;
            item->has_from = random_below(random, 3) > 0;
            item->has_until = !item->has_from || random_below(random, 2) == 0;
            item->from = first;
            item->until = first + (1 + random_below(random, 600)) * SW_MINUTE;
        }
        item->when = random_below(random, 100) < chances->asking ? CONDITION((size_t)random_below(random, CONDITIONS)) : NULL;
        item->interrupt = random_below(random, 100) < chances->interrupting;
        item->priority = (int)random_below(random, 4) - 1;
    }
}

/* Which items are on by schedule, bit by bit. */
static inline unsigned on_by_schedule(const struct sw_playlist *playlist, const struct sw_zone_rules *zone, sw_instant instant)
{
    unsigned on = 0;
    for (size_t i = 0; i < playlist->count; i++) {
        const struct sw_playlist_item *item = &playlist->items[i];
        bool in_time = (!item->has_from || item->from <= instant) && (!item->has_until || item->until > instant);
        if (item->turn_count > 0 && in_time && (!item->has_schedule || sw_schedule_on(&item->schedule, zone, instant))) {
            on |= 1u << i;
        }
    }
    return on;
}

/* The period around `instant`, minute by minute: the words above know no finer edge. */
static inline void scan_period(const struct sw_playlist *playlist, const struct sw_zone_rules *zone, sw_instant instant, sw_instant *from,
                               sw_instant *to)
{
    struct sw_date date = sw_civil_at(zone, instant).date;
    sw_instant start = sw_civil_instant(zone, date, 0);
    sw_instant end = sw_civil_instant(zone, sw_date_from_days(sw_date_to_days(date) + 1), 0);
    unsigned on = on_by_schedule(playlist, zone, instant);
    *from = start + (instant - start) / SW_MINUTE * SW_MINUTE;
    while (*from > start && on_by_schedule(playlist, zone, *from - SW_MINUTE) == on) {
        *from -= SW_MINUTE;
    }
    *to = start + (instant - start) / SW_MINUTE * SW_MINUTE + SW_MINUTE;
    while (*to < end && on_by_schedule(playlist, zone, *to) == on) {
        *to += SW_MINUTE;
    }
}

#endif
