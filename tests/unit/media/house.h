/* SPDX-License-Identifier: EUPL-1.2 */
/* A house for tests of media: a folder of pictures, and a stand-in for the supervisor that starts real workers when they are asked for. */
#ifndef TESTS_MEDIA_HOUSE_H
#define TESTS_MEDIA_HOUSE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/link.h"
#include "base/thread.h"
#include "media/media.h"
#include "samples.h"

struct house {
    char folder[32];
    struct sw_root *root;
    struct sw_media *media;
    struct sw_gallery *gallery; /* of the folder */
    int link; /* the supervisor's end */
    pid_t pids[SW_MEDIA_WORKERS];
    int needs[SW_MEDIA_WORKERS]; /* how often each was asked for */
    atomic_int wakes;
};

/* An empty folder, and media with a budget (0: the usual); no worker yet. */
void house_open(struct house *house, size_t budget);
void house_close(struct house *house);
/* Starts a worker and hands its end over the link; the one before it, if any, is killed first. */
void house_start(struct house *house, enum sw_link_peer worker);
/* Kills a worker and sees it gone. */
void house_kill(struct house *house, enum sw_link_peer worker);
/* Answers what media asks of its supervisor. */
void house_serve(struct house *house);
/* Serves and settles until nothing is pending: fails the test after a minute. */
void house_settle(struct house *house);

/* Writes a file below the folder (a new one each time, by renaming), and frees its bytes. */
void house_put(struct house *house, const char *name, struct sample_file file);
void house_put_text(struct house *house, const char *name, const char *text);

enum sw_asset_state house_get(struct house *house, const char *name, int width, int height, struct sw_bitmap **bitmap);
enum sw_asset_state house_size(struct house *house, const char *name, int *width, int *height);

#endif
