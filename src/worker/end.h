/* SPDX-License-Identifier: EUPL-1.2 */
/* A worker's end of its connection, and how every worker begins. Its main thread. */
#ifndef SW_WORKER_END_H
#define SW_WORKER_END_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fence.h"
#include "base/message.h"
#include "base/must.h"

#define SW_WORKER_FD 3
#define SW_WORKER_REST_MS 2000 /* without a request: then memory is given back */

/* Log, a look whether it was started as it should be, and the fence. 0: go on; else the exit status, which has been explained. */
int sw_worker_begin(const char *role, enum sw_fence_role fence) SW_MUST;

/* True as soon as there is something to receive, also an end; false after `ms` milliseconds without. */
bool sw_worker_comes_within(int end, int ms);
/* Waits for a message (base/message.h); OK or CLOSED. */
enum sw_message_status sw_worker_receive(int end, void *bytes, size_t capacity, size_t *length, int *fd) SW_MUST;
/* Waits until the peer has room; false: it has gone. */
bool sw_worker_send(int end, const void *bytes, size_t length, int fd) SW_MUST;

#endif
