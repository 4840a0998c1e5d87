/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiled programs, kept by their text: compiling takes jq some 20 ms whatever the program. Bounded; the one that was not used for longest
 * makes room. The thread that evaluates. */
#ifndef SW_WORKER_JQ_PROGRAM_H
#define SW_WORKER_JQ_PROGRAM_H

#include <jq.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "worker/jq_request.h"

#define SW_PROGRAMS_MAX 1024

struct sw_program {
    uint64_t hash, used;
    char *text; /* owned */
    size_t length;
    jq_state *jq; /* owned */
};

struct sw_programs {
    struct sw_program *items;
    size_t count, capacity;
    uint64_t uses;
};

void sw_programs_finish(struct sw_programs *programs);
/* The program, compiled now or before; NULL: *status (REFUSED, UNCOMPILED) and `text` (room for SW_JQ_TEXT_MAX + 1 bytes) say why. It lives
 * until the next call. */
struct sw_program *sw_programs_get(struct sw_programs *programs, const char *text, size_t length, enum sw_jq_status *status, char *why)
    SW_MUST;
/* Forgets one that did not come to its own end: what it holds is freed, and it is compiled anew where it is asked for again. */
void sw_programs_drop(struct sw_programs *programs, struct sw_program *program);

#endif
