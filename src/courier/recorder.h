/* SPDX-License-Identifier: EUPL-1.2 */
/* `record`: looks on while sources are asked and keeps what they answer. Main thread. */
#ifndef SW_COURIER_RECORDER_H
#define SW_COURIER_RECORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"
#include "courier/job.h"
#include "courier/options.h"
#include "exhibition/exhibition.h"

struct sw_recorder;

/* Before the fence: makes the folders. The arguments outlive it. NULL: it cannot be, which has been said. */
struct sw_recorder *sw_recorder_create(const struct sw_courier_options *options, const struct sw_exhibition *exhibition,
                                       const struct sw_host *host) SW_MUST;
void sw_recorder_destroy(struct sw_recorder *recorder); /* accepts NULL */
const struct sw_job_witness *sw_recorder_witness(const struct sw_recorder *recorder);
/* Once a turn: jobs (one a source, in their order) that are not to be recorded, or no longer, rest. True: nothing is left to wait for. */
bool sw_recorder_step(struct sw_recorder *recorder, struct sw_job *const *jobs, sw_tick now, sw_tick *next);
/* Says what there is now. The exit status: 0 every source has answered, 1 one has not, 2 what they answered could not be written. */
int sw_recorder_finish(const struct sw_recorder *recorder);

#endif
