/* SPDX-License-Identifier: EUPL-1.2 */
/* What a file says about its pictures, read by ourselves: libvlc's memory output tells neither colours nor times, and what it does tell
 * comes only with playing. Only heads are read, never a picture; every table has a bound. Numbers are as the file claims them, within
 * the limits of the protocol. */
#ifndef SW_WORKER_VIDEO_TRACK_H
#define SW_WORKER_VIDEO_TRACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bitmap.h"
#include "base/must.h"
#include "worker/video/source.h"

#define SW_TRACK_KEYS_MAX 65536

enum sw_container { SW_CONTAINER_NONE, SW_CONTAINER_MP4, SW_CONTAINER_MATROSKA };

/* A picture that needs no other: decoding can begin with it. */
struct sw_track_key {
    int64_t at; /* microseconds of the file: when it is shown */
};

struct sw_track {
    enum sw_container container;
    int32_t width, height;             /* pixels of a picture as it is coded, before turning */
    int32_t aspect_width, aspect_height; /* of a pixel; 1, 1: square */
    bool sideways;                     /* it is turned by a quarter to stand upright, whichever way: libvlc does that */
    int32_t rate, rate_scale;          /* pictures a second; 0, 0: not even, or not known */
    int64_t length;                    /* microseconds; 0: not known */
    bool sounds;
    enum sw_colours colours;
    char codec[SW_VIDEO_CODEC_MAX];    /* printable, then NULs */
    struct sw_track_key *keys;         /* rising; NULL: not known */
    size_t key_count;
};

/* By the first bytes alone; `length` may be short. Playlists, texts, pictures and sound files are NONE. */
enum sw_container sw_container_sniff(const uint8_t *bytes, size_t length);
/* 0, and `track` is to be finished; else why not. */
enum sw_video_reason sw_track_read(struct sw_track *track, const struct sw_source *source) SW_MUST;
void sw_track_finish(struct sw_track *track);
/* As it is shown: upright, with square pixels. False: out of the protocol's limits. */
bool sw_track_shown_size(const struct sw_track *track, int32_t *width, int32_t *height) SW_MUST;

#endif
