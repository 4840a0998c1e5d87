/* SPDX-License-Identifier: EUPL-1.2 */
/* A look at JSON before jq reads it: what would take it too much memory, stack or time to take in is refused here. Not a check of the
 * grammar: that is jq's. */
#ifndef SW_WORKER_JQ_INPUT_H
#define SW_WORKER_JQ_INPUT_H

#include <stddef.h>

#include "base/must.h"

/* NULL: `bytes` (length) may be given to jq; else why not, behind "the body ...". */
const char *sw_jq_input_fault(const char *bytes, size_t length) SW_MUST;

#endif
