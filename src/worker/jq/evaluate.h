/* SPDX-License-Identifier: EUPL-1.2 */
/* One program over one body. The thread that evaluates. */
#ifndef SW_WORKER_JQ_EVALUATE_H
#define SW_WORKER_JQ_EVALUATE_H

#include <jq.h>

#include "worker/guard.h"
#include "worker/jq/deadline.h"
#include "worker/jq/program.h"
#include "worker/jq_request.h"

struct sw_evaluator {
    struct sw_programs programs;
    struct sw_deadline deadline;
    struct sw_guard *guard; /* what cannot be halted ends the process; NULL (tests): it does not */
};

struct sw_result {
    enum sw_jq_status status;
    jv output; /* OK to a RUN: a string of JSON; else invalid. To be freed by jv_free */
    uint32_t rows;
    char text[SW_JQ_TEXT_MAX + 1];
};

/* `request` is valid, `bytes` the memory that came with it. */
void sw_evaluate(struct sw_evaluator *evaluator, const struct sw_jq_request *request, const char *bytes, struct sw_result *result);

#endif
