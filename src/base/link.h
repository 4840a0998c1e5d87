/* SPDX-License-Identifier: EUPL-1.2 */
/* What the supervisor says to player and courier, and they to it: fixed records over a message pair (base/message.h), each range-checked by
 * whoever reads it. Both find their end as descriptor SW_LINK_FD. Any thread may send; in the player only media's thread receives.
 * They are started as `schauwand-player play|check|render|doctor [--fallback|--safe] [--without-gpu] [--played NUMBER] ARGUMENTS` and
 * `schauwand-courier COMMAND ARGUMENTS`, with the same arguments; `--fallback`: show what was played before; `--safe`: show the built-in
 * scene, not the content; `--without-gpu`: draw with the processor, whatever ARGUMENTS say; `--played`: the last that a player before said
 * by PLAYS, or the one that was offered to the built-in scene. Both get `--since TICK` in front of them (microseconds of the monotonic
 * clock): when the supervisor began, so that one that is started again has the same clock (`--at`, `--replay`) as the one before it; the
 * courier then, where the player follows, `--generation NUMBER`: of the store, whose sources it serves; and `--without-replay`, where the
 * player has said so: `--replay` among ARGUMENTS does not count.
 * Who follows for it is a second one, `schauwand-courier follow ARGUMENTS`. */
#ifndef SW_BASE_LINK_H
#define SW_BASE_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/message.h"
#include "base/must.h"

#define SW_LINK_FD 3
#define SW_LINK_VERSION 8
/* The player's exit status where its display is gone or does not answer (EX_UNAVAILABLE of sysexits.h): it is to be started again until one
 * does, and what it plays is not to blame. Xlib ends a process by itself when its server goes, with the other. */
#define SW_LINK_EXIT_NO_DISPLAY 69
#define SW_LINK_EXIT_XLIB 1
/* Its exit status where all is well and only another player can go on, with a window of another size (EX_TEMPFAIL): no crash. */
#define SW_LINK_EXIT_AGAIN 75

enum sw_link_type {
    SW_LINK_HEARTBEAT = 1, /* player: a frame has just been presented, or a still one is alive; `play` sends the first within 20 s, then one
                              at least every 5 s; where they stay out for 10 s it is ended. Courier: its loop turns; at least every second,
                              where they stay out for 3 s it is ended. Follower: the same within 30 s, as disks may take long */
    SW_LINK_NEED,          /* start the worker `peer`; one that runs is ended first and replaced (it does not answer) */
    SW_LINK_GOOD,          /* player: the content has been shown in good health for a minute: earlier crashes are forgotten */
    SW_LINK_GPU,           /* player: it draws with the GPU from now on, or tries to: where such ones hang or crash the next does without */
    SW_LINK_PEER,          /* supervisor: a fresh end to `peer`, as the descriptor that comes with it; an older one is dead */
    SW_LINK_SOURCES,       /* player: the sources of generation `number` are wanted (0: none); a courier of another one is ended. Of a
                              folder: one that began with another number, the first with 0, has read what they were */
    SW_LINK_PLAYS,         /* player: generation `number` has come on the wall: the next player shows nothing older, even where nobody has
                              kept that it plays yet */
    SW_LINK_TRIES,         /* player: it is about to load generation `number`; one that shows the built-in scene (`--safe`): that one is
                              offered, and where nobody has tried it yet the next player does */
    SW_LINK_LOG,           /* player: the most that is written to the log is level `number`: the supervisor reads no configuration */
    SW_LINK_REPLAY,        /* player: couriers play back what was recorded, as at first (`number` 1), or do without it (0); one that does
                              otherwise is ended */
};

/* Whom an end leads to. */
enum sw_link_peer {
    SW_LINK_PICTURE, /* the player's workers */
    SW_LINK_SVG,
    SW_LINK_JQ,      /* the courier's worker */
    SW_LINK_FEED,    /* from courier to player (data/feed.h): both get one whenever either has been started (where the player
                        follows: whenever the courier has been), or the player has said SOURCES; nobody may need it */
    SW_LINK_CONTROL, /* somebody on this machine who asks the player (base/control.h): each their own; nobody may need it */
    SW_LINK_NOTICE,  /* between follower and player (store/notice.h): both get one whenever either has been started; nobody may need it */
    SW_LINK_VIDEO,   /* the player's workers for clips, told apart by `number`: each runs only once it has been needed, and one that has
                        ended not until it is needed again; where none can be started the end that comes is dead */
};
#define SW_LINK_PEERS 7
#define SW_LINK_VIDEOS 16

struct sw_link_message {
    enum sw_link_type type;
    enum sw_link_peer peer; /* NEED, PEER */
    int64_t number;         /* SOURCES, PLAYS, TRIES: >= 0; LOG: of enum sw_log_level; REPLAY: 0 or 1; VIDEO: below SW_LINK_VIDEOS;
                         * else 0 */
};

/* True if descriptor SW_LINK_FD is a message socket: the program was started by the supervisor, not by hand. */
bool sw_link_present(void);
/* Sends one. `fd`: the end for SW_LINK_PEER (copied; still the caller's), else -1. AGAIN: the peer does not read; drop or try
 * again. */
enum sw_message_status sw_link_send(int end, struct sw_link_message message, int fd) SW_MUST;
/* A heartbeat; one that does not fit is dropped. The first one says: the first picture is on the wall. */
void sw_link_heartbeat(int end);
/* Receives one. Of another version, length, type or range, or with a descriptor where none belongs: CLOSED, as the peer is broken.
 * *fd is the caller's, or -1. */
enum sw_message_status sw_link_receive(int end, struct sw_link_message *message, int *fd) SW_MUST;

#endif
