/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/control.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/shared.h"
#include "base/thread.h"
#include "base/tick.h"

#define WAITING_MAX 8
#define PATIENCE (1 * SW_SECOND)

/* One who has come. */
struct asker {
    int end;
    char by[SW_CONTROL_BY_MAX];
    bool asked; /* all is said: the main thread's turn */
    sw_tick until;
    struct sw_control_request request;
};

/* A picture that somebody waits for. */
struct shot {
    int end;
    uint32_t *pixels; /* NULL: none */
    int width, height;
    struct sw_wallview view;
};

struct sw_control {
    /* constant after init */
    void (*wake)(void *context);
    void *context;
    int bell; /* eventfd: somebody new, or stop */
    struct sw_thread thread;
    /* guarded by lock */
    struct sw_mutex lock;
    struct asker askers[WAITING_MAX];
    size_t count;
    struct shot shot;
    bool stop;
};

static void ring(const struct sw_control *control)
{
    uint64_t one = 1;
    ssize_t written = write(control->bell, &one, sizeof one);
    (void)written; /* a counter that is full rings too */
}

static void remove_asker(struct sw_control *control, size_t index)
{
    control->count--;
    memmove(&control->askers[index], &control->askers[index + 1], (control->count - index) * sizeof *control->askers);
}

void sw_control_attach(struct sw_control *control, int end)
{
    struct asker asker = {.end = end, .until = sw_tick_now() + PATIENCE};
    sw_control_asker(end, asker.by);
    sw_mutex_lock(&control->lock);
    bool room = control->count < WAITING_MAX;
    if (room)
        control->askers[control->count++] = asker;
    sw_mutex_unlock(&control->lock);
    if (room)
        ring(control);
    else
        close(end);
}

/* -- the thread -- */

/* Hears whoever has spoken, and lets go whoever has not in time, or has gone. True: somebody asks. */
static bool hear(struct sw_control *control, sw_tick now)
{
    bool asked = false;
    sw_mutex_lock(&control->lock);
    for (size_t i = control->count; i-- > 0;) {
        struct asker *asker = &control->askers[i];
        if (asker->asked)
            continue;
        enum sw_message_status status = sw_control_hear(asker->end, &asker->request);
        asker->asked = status == SW_MESSAGE_OK;
        asked = asked || asker->asked;
        if (status == SW_MESSAGE_CLOSED || (status == SW_MESSAGE_AGAIN && now >= asker->until)) {
            close(asker->end);
            remove_asker(control, i);
        }
    }
    sw_mutex_unlock(&control->lock);
    return asked;
}

static void take_shot(struct sw_control *control)
{
    sw_mutex_lock(&control->lock);
    struct shot shot = control->shot;
    control->shot.pixels = NULL;
    sw_mutex_unlock(&control->lock);
    if (shot.pixels == NULL)
        return;
    struct sw_fit_source wall = {.pixels = shot.pixels, .width = shot.width, .height = shot.height, .stride = shot.width * 4};
    struct sw_buffer file;
    sw_buffer_init(&file, SW_CONTROL_BYTES_MAX);
    bool good = sw_wallview_encode(&shot.view, &wall, &file);
    sw_control_reply(shot.end, good ? 0 : 2, good ? "" : "the picture cannot be made", file.bytes, good ? file.length : 0);
    sw_buffer_finish(&file);
    free(shot.pixels);
}

/* Those who have yet to speak. False: stop. */
static bool list(struct sw_control *control, struct pollfd *fds, size_t *count, int *wait_ms)
{
    sw_mutex_lock(&control->lock);
    bool stop = control->stop;
    *wait_ms = -1;
    for (size_t i = 0; i < control->count; i++) {
        if (control->askers[i].asked)
            continue;
        fds[(*count)++] = (struct pollfd){.fd = control->askers[i].end, .events = POLLIN};
        *wait_ms = (int)(PATIENCE / SW_MS);
    }
    sw_mutex_unlock(&control->lock);
    return !stop;
}

static void run(void *context)
{
    struct sw_control *control = context;
    for (;;) {
        struct pollfd fds[1 + WAITING_MAX] = {{.fd = control->bell, .events = POLLIN}};
        size_t count = 1;
        int wait_ms;
        uint64_t rung;
        if (!list(control, fds, &count, &wait_ms))
            return;
        (void)poll(fds, (nfds_t)count, wait_ms);
        if (fds[0].revents != 0 && read(control->bell, &rung, sizeof rung) < 0)
            continue;
        take_shot(control);
        if (hear(control, sw_tick_now()))
            control->wake(control->context);
    }
}

/* -- the outside -- */

struct sw_control *sw_control_create(void (*wake)(void *context), void *context)
{
    struct sw_control *control = sw_alloc(sizeof *control);
    *control = (struct sw_control){.wake = wake, .context = context};
    sw_mutex_init(&control->lock);
    control->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (control->bell >= 0 && sw_thread_start(&control->thread, "control", run, control))
        return control;
    sw_log(SW_LOG_ERROR, "control", "cannot start: nobody can ask what plays");
    if (control->bell >= 0)
        close(control->bell);
    sw_mutex_finish(&control->lock);
    free(control);
    return NULL;
}

void sw_control_destroy(struct sw_control *control)
{
    if (control == NULL)
        return;
    sw_mutex_lock(&control->lock);
    control->stop = true;
    sw_mutex_unlock(&control->lock);
    ring(control);
    sw_thread_join(&control->thread);
    for (size_t i = 0; i < control->count; i++)
        close(control->askers[i].end);
    if (control->shot.pixels != NULL)
        close(control->shot.end);
    free(control->shot.pixels);
    close(control->bell);
    sw_mutex_finish(&control->lock);
    free(control);
}

bool sw_control_take(struct sw_control *control, struct sw_control_request *request, int *end)
{
    if (control == NULL)
        return false;
    sw_mutex_lock(&control->lock);
    size_t i = 0;
    while (i < control->count && !control->askers[i].asked)
        i++;
    bool any = i < control->count;
    if (any) {
        *request = control->askers[i].request;
        memcpy(request->by, control->askers[i].by, sizeof request->by);
        *end = control->askers[i].end;
        remove_asker(control, i);
    }
    sw_mutex_unlock(&control->lock);
    return any;
}

void sw_control_answer_shot(struct sw_control *control, int end, uint32_t *pixels, int width, int height, const struct sw_wallview *view)
{
    sw_mutex_lock(&control->lock);
    bool busy = control->shot.pixels != NULL;
    if (!busy)
        control->shot = (struct shot){end, pixels, width, height, *view};
    sw_mutex_unlock(&control->lock);
    if (!busy) {
        ring(control);
        return;
    }
    sw_control_reply(end, 2, "another picture is being made", NULL, 0);
    free(pixels);
}

void sw_control_reply(int end, int code, const char *said, const void *bytes, size_t length)
{
    struct sw_control_answer answer = {.code = code, .size = length};
    int fd = length > 0 ? sw_shared_copy("answer", bytes, length) : -1;
    (void)snprintf(answer.said, sizeof answer.said, "%s", said);
    if (length > 0 && fd < 0)
        answer = (struct sw_control_answer){.code = 2, .said = "there is no memory for the answer"};
    (void)!sw_control_answer(end, &answer, fd); /* one who has gone needs none */
    if (fd >= 0)
        close(fd);
    close(end);
}
