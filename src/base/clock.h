/* SPDX-License-Identifier: EUPL-1.2 */
/* What time it is, as far as a machine can know. Its own clock may be wrong by decades (an empty battery, a typing error): it is not
 * believed where it is before this program was built, or before what something signed has stated. From there time goes on by the monotonic
 * clock. What lies ahead cannot be refuted. Pure, but for sw_built; one thread. */
#ifndef SW_BASE_CLOCK_H
#define SW_BASE_CLOCK_H

#include <stdbool.h>

#include "base/tick.h"

#define SW_CLOCK_AHEAD (10 * 365 * 24 * SW_HOUR) /* so far beyond all that is known to be past, a clock is doubted */

struct sw_clock {
    bool fixed;         /* by --at: the machine's does not count */
    sw_instant instant; /* what it is, or not before which it is, at `tick` */
    sw_tick tick;
};

/* The day on which this program was built, its first instant (UTC). */
sw_instant sw_built(void);

/* `tick`: now. */
void sw_clock_init(struct sw_clock *clock, sw_tick tick);
/* From now on it is a clock of its own: `instant` at `tick`. */
void sw_clock_fix(struct sw_clock *clock, sw_instant instant, sw_tick tick);
/* It is not before `instant` at `tick` (0: nothing is stated). */
void sw_clock_trust(struct sw_clock *clock, sw_instant instant, sw_tick tick);
/* `machine`: what the machine's clock says at `tick`. */
sw_instant sw_clock_at(const struct sw_clock *clock, sw_tick tick, sw_instant machine);
/* The same, now. */
sw_instant sw_clock_now(const struct sw_clock *clock);

enum sw_clock_doubt { SW_CLOCK_FINE, SW_CLOCK_BEHIND, SW_CLOCK_FAR_AHEAD };
/* Whether the machine's clock is to be doubted. */
enum sw_clock_doubt sw_clock_doubt(const struct sw_clock *clock, sw_tick tick, sw_instant machine);

#endif
