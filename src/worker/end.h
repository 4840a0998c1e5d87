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

/* Log, a look whether it was started as it should be, and the fence. 0: go on; else the exit status, which has been explained. */
int sw_worker_begin(const char *role, enum sw_fence_role fence) SW_MUST;

/* Waits for a message (base/message.h); OK or CLOSED. */
enum sw_message_status sw_worker_receive(int end, void *bytes, size_t capacity, size_t *length, int *fd) SW_MUST;
/* Waits until the peer has room; false: it has gone. */
bool sw_worker_send(int end, const void *bytes, size_t length, int fd) SW_MUST;

#endif
