/* SPDX-License-Identifier: EUPL-1.2 */
/* The time or the date of now, as people of the language write it. */
#include "elements/elements.h"

#include "base/must.h"
#include "view/behaviour.h"

static const char *const forms[] = {"time", "date", "weekday", "date-long", NULL};

enum { ROW_CLOCK };

static const struct sw_row rows[] = {
    [ROW_CLOCK] = {.key = "clock", .type = SW_TYPE_ENUM, .words = forms, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "14:05, 23.11.2026, Montag or 23. November 2026, as the language writes it."},
};

static const struct sw_behaviour behaviour = {0};

const struct sw_kind sw_element_clock = {
    .name = "clock",
    .meaning = "The time or the date of now.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
