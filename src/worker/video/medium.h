/* SPDX-License-Identifier: EUPL-1.2 */
/* A clip's file as an input of libvlc: read through callbacks, never by a path. Its threads read, the main thread does all else. */
#ifndef SW_WORKER_VIDEO_MEDIUM_H
#define SW_WORKER_VIDEO_MEDIUM_H

#include <stdbool.h>
#include <stdint.h>

#include <vlc/vlc.h>

#include "base/must.h"
#include "worker/video/source.h"
#include "worker/video/track.h"

struct sw_medium {
    libvlc_media_t *media;
    const struct sw_source *source;
    /* Before each piece is read; it may wait. False: there is no more. */
    bool (*may_read)(void *context);
    void *context;
    int64_t at, read; /* in the file; bytes so far. Input's thread only */
};

/* Fills in `medium`, which must stay where it is until it is finished; source and track: of the clip, the source stays as long. False:
 * libvlc refuses. */
bool sw_medium_init(struct sw_medium *medium, libvlc_instance_t *vlc, const struct sw_source *source, const struct sw_track *track) SW_MUST;
void sw_medium_finish(struct sw_medium *medium); /* accepts a zeroed one */
void sw_medium_option(struct sw_medium *medium, const char *format, ...) SW_PRINTF(2, 3);

#endif
