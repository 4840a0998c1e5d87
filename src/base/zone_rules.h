/* SPDX-License-Identifier: EUPL-1.2 */
/* What civil.c asks of a zone's rules: the stretch of time around an instant in which the offset does not change. Private to src/base. */
#ifndef SW_BASE_ZONE_RULES_H
#define SW_BASE_ZONE_RULES_H

#include <stdint.h>

#include "base/civil.h"

struct sw_zone_stretch {
    int64_t begin_s, end_s; /* seconds since 1970-01-01T00:00:00Z; the end is outside */
    int offset_s;           /* of local time from UTC; east is positive */
};

/* The stretch that holds `second`. NULL rules are UTC. */
struct sw_zone_stretch sw_zone_rules_stretch(const struct sw_zone_rules *rules, int64_t second);

#endif
