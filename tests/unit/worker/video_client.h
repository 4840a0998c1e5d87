/* SPDX-License-Identifier: EUPL-1.2 */
/* A real video worker and a client that plays the player's part on one thread: gives slots, takes pictures, frees them. */
#ifndef SW_TEST_VIDEO_CLIENT_H
#define SW_TEST_VIDEO_CLIENT_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/must.h"
#include "base/tick.h"
#include "worker/video_protocol.h"

#define VIDEO_PATIENCE (10 * SW_SECOND) /* test machines are slow */

struct video_client {
    pid_t pid;
    int end;
    uint64_t clip;
    uint8_t *memory;
    size_t size;
    struct sw_video_layout layout;
    unsigned slots; /* to be given */
    struct sw_video_word info, format; /* of this clip; said 0: not come yet */
    union sw_video_message message; /* the last one */
    int64_t alive; /* how often it has said so */
};

void video_client_start(struct video_client *client);
/* Ends the worker by going away; its exit status. */
int video_client_stop(struct video_client *client);

/* A file of tests/: `name` in the folder that the build made clips in. */
int video_client_file(const char *name);
/* OPEN or PROBE of a descriptor, which is closed. */
void video_client_open(struct video_client *client, int file, const struct sw_video_order *order);
void video_client_order(struct video_client *client, struct sw_video_order order, int fd);
/* The next message that is not ALIVE; INFO and FORMAT are kept, and FORMAT answered with slots. False: the worker has gone. */
bool video_client_next(struct video_client *client) SW_MUST;
/* Until one of this kind; all else is passed over, FRAMEs are freed. False: the worker has gone, or the clip has failed or ended before. */
bool video_client_await(struct video_client *client, enum sw_video_said said) SW_MUST;
void video_client_free(struct video_client *client, unsigned slot);
/* The plane of brightness of a slot. */
const uint8_t *video_client_pixels(const struct video_client *client, unsigned slot);
/* The number that a marked clip carries in its first row of cells. */
unsigned video_client_mark(const struct video_client *client, unsigned slot);

#endif
