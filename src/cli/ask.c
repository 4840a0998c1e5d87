/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/ask.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/shared.h"
#include "base/tick.h"

#define PATIENCE (10 * SW_SECOND)
#define PAUSE_MS 200 /* between two attempts while the player is started again */

/* One attempt: AGAIN if it may work later. */
static enum sw_message_status attempt(int end, const struct sw_control_request *request, struct sw_control_answer *answer,
                                      const void **bytes, sw_tick until)
{
    int fd = -1;
    enum sw_message_status status = sw_control_ask(end, request);
    while (status == SW_MESSAGE_OK) {
        sw_tick now = sw_tick_now();
        struct pollfd wait = {.fd = end, .events = POLLIN};
        if (now >= until || poll(&wait, 1, (int)((until - now) / SW_MS) + 1) < 0)
            return SW_MESSAGE_AGAIN;
        status = sw_control_learn(end, answer, &fd);
        if (status == SW_MESSAGE_OK)
            break;
        status = status == SW_MESSAGE_AGAIN ? SW_MESSAGE_OK : status;
    }
    if (status != SW_MESSAGE_OK)
        return SW_MESSAGE_AGAIN; /* the player went before it answered */
    bool whole = answer->size == 0 || sw_shared_map(fd, answer->size, bytes);
    if (fd >= 0)
        close(fd);
    return whole ? SW_MESSAGE_OK : SW_MESSAGE_CLOSED;
}

/* This user's own wall, where there is one; else that of the machine's service. */
static const char *usual_path(char *path, size_t capacity)
{
    return sw_control_path(path, capacity) && access(path, F_OK) == 0 ? path : SW_CONTROL_SERVICE;
}

bool sw_ask(const char *path, const struct sw_control_request *request, struct sw_control_answer *answer, const void **bytes)
{
    char usual[256];
    *bytes = NULL;
    if (path == NULL)
        path = usual_path(usual, sizeof usual);
    for (sw_tick until = sw_tick_now() + PATIENCE; sw_tick_now() < until; (void)poll(NULL, 0, PAUSE_MS)) {
        int end = sw_control_connect(path);
        if (end < 0 && errno != EAGAIN) {
            (void)fprintf(stderr, "schauwand: nobody answers at %s: %s\n", path,
                          errno == ENOENT || errno == ECONNREFUSED ? "no wall plays here" : strerror(errno));
            return false;
        }
        if (end < 0)
            continue;
        enum sw_message_status status = attempt(end, request, answer, bytes, until);
        close(end);
        if (status == SW_MESSAGE_OK)
            return true;
        if (status == SW_MESSAGE_CLOSED)
            break;
    }
    (void)fprintf(stderr, "schauwand: the wall at %s does not answer\n", path);
    return false;
}

int sw_ask_seconds(const char *text)
{
    char *end = NULL;
    errno = 0;
    long number = strtol(text, &end, 10), unit = 0;
    if (end == text || errno != 0 || number < 0)
        return -1;
    if (strcmp(end, "s") == 0)
        unit = 1;
    else if (strcmp(end, "m") == 0)
        unit = 60;
    else if (strcmp(end, "h") == 0)
        unit = 3600;
    else if (strcmp(end, "d") == 0)
        unit = 86400;
    return unit == 0 || number > SW_CONTROL_SECONDS_MAX / unit ? -1 : (int)(number * unit);
}
