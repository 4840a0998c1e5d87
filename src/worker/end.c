/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/end.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/log.h"

int sw_worker_begin(const char *role, enum sw_fence_role fence)
{
    struct stat status;
    sw_log_init(role, SW_LOG_NOTICE);
    if (fstat(SW_WORKER_FD, &status) != 0 || !S_ISSOCK(status.st_mode)) {
        (void)fprintf(stderr, "%s is started by schauwand, not by hand\n", role);
        return 2;
    }
    (void)signal(SIGINT, SIG_IGN); /* Ctrl-C in a terminal is the supervisor's to answer */
    return sw_fence_raise(fence, NULL, 0) ? 0 : 1;
}

static bool wait_for(int end, short events)
{
    struct pollfd poller = {.fd = end, .events = events};
    return poll(&poller, 1, -1) > 0 || errno == EINTR;
}

bool sw_worker_comes_within(int end, int ms)
{
    struct pollfd poller = {.fd = end, .events = POLLIN};
    return poll(&poller, 1, ms) != 0;
}

enum sw_message_status sw_worker_receive(int end, void *bytes, size_t capacity, size_t *length, int *fd)
{
    for (;;) {
        enum sw_message_status status = sw_message_receive(end, bytes, capacity, length, fd);
        if (status != SW_MESSAGE_AGAIN || !wait_for(end, POLLIN))
            return status == SW_MESSAGE_OK ? SW_MESSAGE_OK : SW_MESSAGE_CLOSED;
    }
}

bool sw_worker_send(int end, const void *bytes, size_t length, int fd)
{
    for (;;) {
        enum sw_message_status status = sw_message_send(end, bytes, length, fd);
        if (status != SW_MESSAGE_AGAIN)
            return status == SW_MESSAGE_OK;
        if (!wait_for(end, POLLOUT))
            return false;
    }
}
