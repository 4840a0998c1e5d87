/* SPDX-License-Identifier: EUPL-1.2 */
#include "video_client.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/child.h"
#include "base/log.h"
#include "base/message.h"
#include "base/shared.h"

#define CELL 32 /* pixels of a mark's cell */
#define CELLS 12

void video_client_start(struct video_client *client)
{
    const char *const arguments[] = {SW_BINARY_DIR "/schauwand-worker-video", NULL};
    int ends[2];
    *client = (struct video_client){.slots = 6};
    sw_log_init("test", SW_LOG_ERROR);
    /* for the worker: nobody may look into it, so a leak checker cannot do its work there */
    assert_int_equal(setenv("ASAN_OPTIONS", "detect_leaks=0", 1), 0);
    assert_true(sw_message_pair(ends));
    client->pid = sw_child_start(arguments, &ends[1], 1);
    assert_true(client->pid > 0);
    close(ends[1]);
    client->end = ends[0];
}

int video_client_stop(struct video_client *client)
{
    int status;
    close(client->end);
    assert_int_equal(waitpid(client->pid, &status, 0), client->pid);
    sw_shared_unmap(client->memory, client->size);
    client->memory = NULL;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int video_client_file(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", SW_CLIPS, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        fail_msg("there is no %s", path);
    return file;
}

void video_client_order(struct video_client *client, struct sw_video_order order, int fd)
{
    order.version = SW_VIDEO_VERSION;
    order.clip = client->clip;
    assert_true(sw_video_order_valid(&order));
    assert_int_equal(sw_message_send(client->end, &order, sizeof order, fd), SW_MESSAGE_OK);
}

void video_client_open(struct video_client *client, int file, const struct sw_video_order *order)
{
    client->clip++;
    client->info.said = client->format.said = 0;
    video_client_order(client, *order, file);
    close(file);
}

static void give_slots(struct video_client *client)
{
    int fd;
    void *memory;
    sw_shared_unmap(client->memory, client->size);
    assert_true(sw_video_layout_of(client->format.width, client->format.height, &client->layout));
    client->size = client->layout.slot * client->slots;
    assert_true(sw_shared_create("slots", client->size, &fd, &memory));
    client->memory = memory;
    assert_true(sw_shared_seal_size(fd));
    video_client_order(client, (struct sw_video_order){.op = SW_VIDEO_SLOTS, .format = client->format.format, .count = client->slots}, fd);
    close(fd);
}

bool video_client_next(struct video_client *client)
{
    sw_tick until = sw_tick_now() + VIDEO_PATIENCE;
    for (;;) {
        size_t length;
        int fd;
        enum sw_message_status status = sw_message_receive(client->end, &client->message, sizeof client->message, &length, &fd);
        if (status == SW_MESSAGE_CLOSED)
            return false;
        if (status == SW_MESSAGE_AGAIN) {
            struct pollfd poller = {.fd = client->end, .events = POLLIN};
            (void)poll(&poller, 1, 1000);
            continue;
        }
        assert_int_equal(fd, -1);
        assert_true(sw_tick_now() < until);
        assert_true(sw_video_message_valid(&client->message, length));
        const struct sw_video_word *word = &client->message.word;
        client->alive += word->said == SW_VIDEO_ALIVE;
        if (word->clip != client->clip)
            continue;
        if (word->said == SW_VIDEO_INFO)
            client->info = *word;
        if (word->said == SW_VIDEO_FORMAT) {
            client->format = *word;
            give_slots(client);
        }
        return true;
    }
}

bool video_client_await(struct video_client *client, enum sw_video_said said)
{
    while (video_client_next(client)) {
        const struct sw_video_word *word = &client->message.word;
        if (word->said == said)
            return true;
        if (word->said == SW_VIDEO_FAILED || word->said == SW_VIDEO_ENDED)
            return false;
        if (word->said == SW_VIDEO_FRAME)
            video_client_free(client, word->slot);
    }
    return false;
}

void video_client_free(struct video_client *client, unsigned slot)
{
    video_client_order(client, (struct sw_video_order){.op = SW_VIDEO_FREE, .format = client->format.format, .slot = slot}, -1);
}

const uint8_t *video_client_pixels(const struct video_client *client, unsigned slot)
{
    assert_true(slot < client->slots && client->memory != NULL);
    return client->memory + client->layout.slot * slot;
}

unsigned video_client_mark(const struct video_client *client, unsigned slot)
{
    const uint8_t *row = video_client_pixels(client, slot) + client->layout.strides[0] * (CELL / 2);
    unsigned mark = 0;
    for (unsigned cell = 0; cell < CELLS; cell++)
        mark |= (row[cell * CELL + CELL / 2] > 128 ? 1u : 0u) << cell;
    return mark;
}
