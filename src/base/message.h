/* SPDX-License-Identifier: EUPL-1.2 */
/* Messages between roles: datagrams with at most SW_MESSAGE_MAX bytes and one descriptor over a SOCK_SEQPACKET socket pair. Both ends are
 * non-blocking. What comes from a less trusted role is range-checked by whoever reads it. */
#ifndef SW_BASE_MESSAGE_H
#define SW_BASE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"

#define SW_MESSAGE_MAX 4096

enum sw_message_status { SW_MESSAGE_OK, SW_MESSAGE_AGAIN, SW_MESSAGE_CLOSED };

/* Makes a pair of connected ends, close-on-exec, non-blocking. */
bool sw_message_pair(int ends[2]) SW_MUST;
/* Sends one message and, unless `fd` is -1, a copy of a descriptor. AGAIN: the other side does not read fast enough. */
enum sw_message_status sw_message_send(int end, const void *bytes, size_t length, int fd) SW_MUST;
/* Receives one message of at most `capacity` bytes (a longer one, or one with more than one descriptor, counts as CLOSED: the peer is
 * broken). *fd becomes the descriptor that came with it (the caller's, close-on-exec) or -1. */
enum sw_message_status sw_message_receive(int end, void *bytes, size_t capacity, size_t *length, int *fd) SW_MUST;

#endif
