/* SPDX-License-Identifier: EUPL-1.2 */
/* What systemd, or another service manager, is told of us: sd_notify(3), by hand, as it is one datagram a word. Where nobody wants to be
 * told ($NOTIFY_SOCKET is not set) all of this does nothing. Main thread. */
#ifndef SW_SUPERVISOR_NOTIFY_H
#define SW_SUPERVISOR_NOTIFY_H

#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

struct sw_notify {
    int socket; /* -1: nobody is told */
    struct sockaddr_un address;
    socklen_t length;
    bool ready;
};

/* Takes the address out of the environment, so that no child of ours can speak for us. Before any child is started. */
void sw_notify_open(struct sw_notify *notify);
/* A picture is on the wall, or still is, and the display has taken it: the first one says that we are up, each that we live. */
void sw_notify_alive(struct sw_notify *notify);
void sw_notify_stopping(const struct sw_notify *notify);
void sw_notify_close(struct sw_notify *notify);

#endif
