/* SPDX-License-Identifier: EUPL-1.2 */
/* The courier's whole: one loop over the network, files, its worker, the player and the supervisor. */
#ifndef SW_COURIER_COURIER_H
#define SW_COURIER_COURIER_H

#include "base/must.h"
#include "courier/options.h"

/* Until it is told to stop. The exit status: 0 ended on purpose, 2 cannot run. */
int sw_courier_run(const struct sw_courier_options *options) SW_MUST;

#endif
