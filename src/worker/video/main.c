/* SPDX-License-Identifier: EUPL-1.2 */
/* schauwand-worker-video: clips into pictures, by libvlc (worker/video_protocol.h). The main thread obeys orders and says that it lives;
 * libvlc's threads decode. */
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "worker/end.h"
#include "worker/video/play.h"

#define LOOK_MS 20 /* while a run comes to its end */

extern char **environ;

/* Nothing of it is libvlc's business: no folder of a user's, no display, no other language, no other plug-ins. */
static bool forget_environment(void)
{
    static char *none[] = {NULL};
    environ = none;
    return setenv("HOME", "/nonexistent", 1) == 0 && chdir("/") == 0;
}

static bool say_alive(sw_tick *due)
{
    sw_tick now = sw_tick_now();
    if (now < *due)
        return true;
    const struct sw_video_word word = {.version = SW_VIDEO_VERSION, .said = SW_VIDEO_ALIVE};
    *due = now + SW_VIDEO_ALIVE_MS * SW_MS;
    return sw_message_send(SW_WORKER_FD, &word, sizeof word, -1) != SW_MESSAGE_CLOSED; /* no room: then there is enough to be read */
}

/* False: the player has gone (*status 0) or says what no player says (1). */
static bool obey(struct sw_play *play, int *status)
{
    struct sw_video_order order;
    size_t length;
    int fd;
    *status = 0;
    enum sw_message_status got = sw_message_receive(SW_WORKER_FD, &order, sizeof order, &length, &fd);
    if (got != SW_MESSAGE_OK)
        return got == SW_MESSAGE_AGAIN;
    if (length == sizeof order && sw_video_order_valid(&order) && sw_play_order(play, &order, fd))
        return true;
    sw_log(SW_LOG_ERROR, "video", "an order that is none");
    *status = 1;
    return false;
}

static int serve(struct sw_play *play, int woken)
{
    sw_tick alive_due = 0;
    int status = 0;
    for (;;) {
        struct pollfd pollers[] = {{.fd = SW_WORKER_FD, .events = POLLIN}, {.fd = woken, .events = POLLIN}};
        char bytes[64];
        bool ending;
        if (!say_alive(&alive_due) || !sw_play_look(play, &ending))
            return 0;
        int64_t left_ms = (alive_due - sw_tick_now()) / SW_MS + 1;
        (void)poll(pollers, 2, ending && left_ms > LOOK_MS ? LOOK_MS : (int)(left_ms > 0 ? left_ms : 0));
        if (pollers[1].revents != 0)
            (void)!read(woken, bytes, sizeof bytes);
        if (pollers[0].revents != 0 && !obey(play, &status))
            return status;
    }
}

int main(void)
{
    struct sw_play play;
    int pipe_ends[2];
    (void)setlocale(LC_ALL, "C");
    if (!forget_environment() || pipe(pipe_ends) != 0)
        return 1;
    (void)fcntl(pipe_ends[0], F_SETFL, O_NONBLOCK);
    (void)fcntl(pipe_ends[1], F_SETFL, O_NONBLOCK);
    int status = sw_worker_begin("schauwand-worker-video", SW_FENCE_VIDEO);
    if (status != 0)
        return status;
    libvlc_instance_t *vlc = sw_run_begin();
    if (vlc == NULL)
        return 1;
    sw_play_init(&play, vlc, SW_WORKER_FD, pipe_ends[1]);
    status = serve(&play, pipe_ends[0]);
    _exit(status); /* the player is gone, or mad: libvlc's own end may hang, and nothing of it is needed */
}
