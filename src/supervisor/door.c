/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/control.h"
#include "base/log.h"
#include "supervisor/role.h"

void sw_door_open(struct sw_supervisor *supervisor)
{
    const char *path = supervisor->what->door;
    supervisor->door = path != NULL ? sw_control_listen(path) : -1;
    if (path == NULL || supervisor->door >= 0)
        return;
    if (errno == EADDRINUSE)
        sw_log(SW_LOG_NOTICE, "supervisor", "another wall plays on this machine and answers at %s: this one does not", path);
    else
        sw_log(SW_LOG_WARNING, "supervisor", "cannot open %s: %s: nobody can ask what plays", path, strerror(errno));
}

/* Whoever comes while there is no player finds the connection shut, and tries again. */
void sw_door_answer(struct sw_supervisor *supervisor)
{
    static const struct sw_link_message message = {.type = SW_LINK_PEER, .peer = SW_LINK_CONTROL};
    int link = supervisor->partners[SW_ROLE_PLAYER].link;
    for (int end; supervisor->door >= 0 && (end = sw_control_accept(supervisor->door)) >= 0;) {
        if (link >= 0 && sw_link_send(link, message, end) != SW_MESSAGE_OK)
            sw_log(SW_LOG_WARNING, "supervisor", "the player does not take a question");
        close(end);
    }
}

void sw_door_shut(struct sw_supervisor *supervisor)
{
    if (supervisor->door >= 0)
        (void)!unlink(supervisor->what->door);
    sw_close_end(&supervisor->door);
}
