/* SPDX-License-Identifier: EUPL-1.2 */
/* The file of a clip: read at any place by any thread, never written to. The descriptor is whose who gave it. */
#ifndef SW_WORKER_VIDEO_SOURCE_H
#define SW_WORKER_VIDEO_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "worker/video_protocol.h"

struct sw_source {
    int fd;
    int64_t size; /* bytes, as they were when it was opened */
};

/* 0: it is a regular file with something in it; else why not. */
enum sw_video_reason sw_source_init(struct sw_source *source, int fd) SW_MUST;
/* Up to `length` bytes from `at` on: how many there were; -1: it cannot be read. */
int64_t sw_source_read(const struct sw_source *source, int64_t at, void *bytes, size_t length) SW_MUST;
/* Exactly so many; false: there are fewer. */
bool sw_source_read_all(const struct sw_source *source, int64_t at, void *bytes, size_t length) SW_MUST;

#endif
