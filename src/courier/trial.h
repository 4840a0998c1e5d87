/* SPDX-License-Identifier: EUPL-1.2 */
/* `check --live`: looks on while each source is asked once, and says what came, field by field. A fault is a source that does not answer or
 * cannot be read, and a field that nothing in the answer fits. Main thread. */
#ifndef SW_COURIER_TRIAL_H
#define SW_COURIER_TRIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/must.h"
#include "courier/job.h"
#include "courier/options.h"
#include "exhibition/exhibition.h"

struct sw_trial;

/* `diags`: those of loading the sources; further faults are added to them. All outlive it. */
struct sw_trial *sw_trial_create(const struct sw_courier_options *options, const struct sw_exhibition *exhibition,
                                 struct sw_diags *diags) SW_MUST;
void sw_trial_destroy(struct sw_trial *trial); /* accepts NULL */
const struct sw_job_witness *sw_trial_witness(const struct sw_trial *trial);
/* Once a turn: jobs (one a source, in their order) that have answered rest. True: all have, or will not any more. */
bool sw_trial_step(struct sw_trial *trial, struct sw_job *const *jobs, sw_tick now, sw_tick *next);
/* Prints all of it. The exit status: 0 no faults, 1 faults. */
int sw_trial_finish(struct sw_trial *trial);

/* Prints faults alone, where there is no exhibition to try. */
void sw_trial_print_faults(const struct sw_courier_options *options, struct sw_diags *diags);

#endif
