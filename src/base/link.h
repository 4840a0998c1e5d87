/* SPDX-License-Identifier: EUPL-1.2 */
/* What supervisor and player say to each other: fixed records over a message pair (base/message.h), each range-checked by whoever reads
 * it. The player finds its end as descriptor SW_LINK_FD. Any thread may send; in the player only media's thread receives.
 * The player is started as `schauwand-player play|check|render [--safe] ARGUMENTS`; `--safe`: show the built-in scene, not the content. */
#ifndef SW_BASE_LINK_H
#define SW_BASE_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/message.h"
#include "base/must.h"

#define SW_LINK_FD 3
#define SW_LINK_VERSION 1

enum sw_link_type {
    SW_LINK_HEARTBEAT = 1, /* player: a frame has just been presented, or a still one is alive; `play` sends the first within 20 s, then one
                              at least every 5 s; where they stay out for 10 s it is ended */
    SW_LINK_NEED,          /* player: start the worker `worker`; one that runs is ended first and replaced (it does not answer) */
    SW_LINK_GOOD,          /* player: the content has been shown in good health for a minute: earlier crashes are forgotten */
    SW_LINK_WORKER,        /* supervisor: a fresh end of the worker `worker`, as the descriptor that comes with it; an older one is dead */
};

enum sw_link_worker { SW_LINK_PICTURE, SW_LINK_SVG };
#define SW_LINK_WORKERS 2

struct sw_link_message {
    enum sw_link_type type;
    enum sw_link_worker worker; /* NEED, WORKER */
};

/* True if descriptor SW_LINK_FD is a message socket: the program was started by the supervisor, not by hand. */
bool sw_link_present(void);
/* Sends one. `fd`: the worker's end for SW_LINK_WORKER (copied; still the caller's), else -1. AGAIN: the peer does not read; drop or try
 * again. */
enum sw_message_status sw_link_send(int end, struct sw_link_message message, int fd) SW_MUST;
/* A heartbeat; one that does not fit is dropped. The first one says: the first picture is on the wall. */
void sw_link_heartbeat(int end);
/* Receives one. Of another version, length, type or range, or with a descriptor where none belongs: CLOSED, as the peer is broken.
 * *fd is the caller's, or -1. */
enum sw_message_status sw_link_receive(int end, struct sw_link_message *message, int *fd) SW_MUST;

#endif
