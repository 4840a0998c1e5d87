/* SPDX-License-Identifier: EUPL-1.2 */
/* What `check` prints: faults and warnings, what scenes need, and a line that sums up; or all of it as JSON. Main thread. */
#ifndef SW_PLAYER_CHECK_CHECK_PRINT_H
#define SW_PLAYER_CHECK_CHECK_PRINT_H

#include "player/check/judge.h"

/* What each scene needs, in the exhibition's order. */
struct sw_costs {
    struct sw_cost {
        const struct sw_scene *scene;
        struct sw_needs needs;
    } *items;
    size_t count, capacity;
};

/* One that needs nothing is left out. */
void sw_costs_add(struct sw_costs *costs, const struct sw_scene *scene, struct sw_needs needs);
void sw_costs_finish(struct sw_costs *costs);

/* On stdout. `exhibition` NULL: there is none. The diags have been sorted. */
void sw_check_print(const struct sw_exhibition *exhibition, const struct sw_diags *diags, const struct sw_costs *costs);
/* A list of {"severity", "file", "line", "column", "path", "text"}, an object a line; what scenes need has the severity "info". */
void sw_check_print_json(const struct sw_diags *diags, const struct sw_costs *costs);

#endif
