/* SPDX-License-Identifier: EUPL-1.2 */
/* What can be said of a jq program without running it: whether it keeps within its fence (no other programs, no environment, no further
 * input, no clock), and whether jq 1.6 would read it. Whether it compiles, only jq itself can say. */
#ifndef SW_EXHIBITION_JQ_H
#define SW_EXHIBITION_JQ_H

#include "base/arena.h"
#include "exhibition/expression.h"

#define SW_JQ_BYTES_MAX ((size_t)16 << 10)

/* Appends what is wrong with `program`, offsets being bytes of it. */
void sw_jq_check(const char *program, struct sw_arena *arena, struct sw_expression_faults *faults);

#endif
