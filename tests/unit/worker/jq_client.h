/* SPDX-License-Identifier: EUPL-1.2 */
/* A real jq worker and a client that waits for each answer, starts another worker where one has died, and kills one that says nothing: what
 * courier and supervisor do, on one thread. */
#ifndef SW_TEST_JQ_CLIENT_H
#define SW_TEST_JQ_CLIENT_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/must.h"
#include "base/tick.h"
#include "worker/jq_request.h"

struct jq_client {
    pid_t pid;
    int end;
    uint64_t id;
    int starts;
    sw_tick
        patience;    /* until a worker that says nothing is killed: long, as test machines are slow; SW_JQ_ANSWER_MS is for a real client */
    int wait_status; /* of the last worker that died */
    sw_tick replaced; /* how long it took from its death until the next one ran */
    struct sw_jq_reply reply;
    char *output; /* NUL-terminated; "" where none came */
};

void jq_client_open(struct jq_client *client);
void jq_client_close(struct jq_client *client);
/* The reply to one program, in `reply` and `output`; false: the worker died of it, and another one runs. `context`: NULL: none. */
bool jq_client_run(struct jq_client *client, const char *program, const char *context, const char *body, bool rows) SW_MUST;
/* The same for any request. */
bool jq_client_ask(struct jq_client *client, const struct sw_jq_ask *ask) SW_MUST;

#endif
