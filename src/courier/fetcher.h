/* SPDX-License-Identifier: EUPL-1.2 */
/* `fetch`: brings the newest release of a published folder, a USB stick's for instance, into the store, once. */
#ifndef SW_COURIER_FETCHER_H
#define SW_COURIER_FETCHER_H

#include "base/must.h"

/* `courier fetch ARGUMENTS`. The exit status: 0 all of it is there, 1 not all of it was taken, 2 cannot run. */
int sw_fetcher_run(int count, char *const *arguments) SW_MUST;

#endif
