/* SPDX-License-Identifier: EUPL-1.2 */
/* Records summed up for a report: how often and for how long each scene was on (or in each hour, on each day, for each reason), and every
 * override with who wanted it. Records come in the order in which they were written. */
#ifndef SW_LEDGER_SUMMARY_H
#define SW_LEDGER_SUMMARY_H

#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"
#include "ledger/play.h"

enum sw_summary_by { SW_SUMMARY_SCENE, SW_SUMMARY_HOUR, SW_SUMMARY_DAY, SW_SUMMARY_WHY };

struct sw_summary_options {
    enum sw_summary_by by;
    sw_instant from, to;               /* what lies outside is left out; SW_NEVER: no end */
    const char *zone;                  /* NULL: all */
    const struct sw_zone_rules *rules; /* for hours and days; NULL: UTC */
};

struct sw_summary_row {
    char name[65];    /* of the scene, or why; "": an hour or a day */
    sw_instant begin; /* of the hour or day */
    uint64_t times;   /* showings that began */
    int64_t shown;    /* microseconds; zones add up */
    sw_instant first, last; /* when it was on */
};

struct sw_summary_override {
    char zone[65], scene[65], by[65]; /* by "": not known */
    sw_instant from, until;
    int64_t shown; /* microseconds: less than until - from where the player was down meanwhile */
};

struct sw_summary {
    struct sw_summary_options options;
    struct sw_summary_row *rows;
    size_t count, capacity;
    int64_t shown; /* of all rows */
    struct sw_summary_override *overrides;
    size_t override_count, override_capacity;
    size_t *table; /* row numbers from 1 by hash of their key; 0: free */
    size_t table_size;
    sw_instant begin, end; /* the hour or day found last */
};

void sw_summary_init(struct sw_summary *summary, const struct sw_summary_options *options);
void sw_summary_finish(struct sw_summary *summary);
void sw_summary_add(struct sw_summary *summary, const struct sw_play *play);
/* Puts rows in order: hours and days as they came, others by how long they were shown. Nothing can be added afterwards. */
void sw_summary_sort(struct sw_summary *summary);

#endif
