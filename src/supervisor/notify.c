/* SPDX-License-Identifier: EUPL-1.2 */
#include "supervisor/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

/* "/run/systemd/notify", or "@name": a name of the abstract kind, which begins with a null byte and ends with its length. */
static bool address_of(const char *name, struct sw_notify *notify)
{
    size_t length = strlen(name);
    notify->address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if ((name[0] != '/' && name[0] != '@') || length < 2 || length >= sizeof notify->address.sun_path)
        return false;
    memcpy(notify->address.sun_path, name, length);
    if (name[0] == '@')
        notify->address.sun_path[0] = '\0';
    notify->length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + (name[0] == '/' ? 1 : 0));
    return true;
}

void sw_notify_open(struct sw_notify *notify)
{
    const char *name = getenv("NOTIFY_SOCKET");
    *notify = (struct sw_notify){.socket = -1};
    if (name == NULL)
        return;
    if (address_of(name, notify))
        notify->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (notify->socket < 0)
        sw_log(SW_LOG_WARNING, "supervisor", "nobody can be told at %s that the wall plays", name);
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
}

/* Whoever does not listen misses a word; the next one comes within seconds. */
static void say(const struct sw_notify *notify, const char *words)
{
    if (notify->socket < 0)
        return;
    (void)!sendto(notify->socket, words, strlen(words), MSG_NOSIGNAL, (const struct sockaddr *)&notify->address, notify->length);
}

void sw_notify_alive(struct sw_notify *notify)
{
    say(notify, notify->ready ? "WATCHDOG=1" : "READY=1\nWATCHDOG=1");
    notify->ready = true;
}

void sw_notify_stopping(const struct sw_notify *notify)
{
    say(notify, "STOPPING=1");
}

void sw_notify_close(struct sw_notify *notify)
{
    if (notify->socket >= 0)
        close(notify->socket);
    notify->socket = -1;
}
