/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/video/medium.h"

#include <stdarg.h>
#include <stdio.h>

static int open_media(void *opaque, void **data, uint64_t *size)
{
    struct sw_medium *medium = opaque;
    *data = medium;
    *size = (uint64_t)medium->source->size;
    medium->at = 0;
    return 0;
}

static ssize_t read_media(void *opaque, unsigned char *bytes, size_t length)
{
    struct sw_medium *medium = opaque;
    int64_t got = medium->may_read(medium->context) ? sw_source_read(medium->source, medium->at, bytes, length) : 0;
    medium->at += got > 0 ? got : 0;
    medium->read += got > 0 ? got : 0;
    return (ssize_t)got;
}

static int seek_media(void *opaque, uint64_t at)
{
    struct sw_medium *medium = opaque;
    if (at > (uint64_t)medium->source->size)
        return -1;
    medium->at = (int64_t)at;
    return 0;
}

bool sw_medium_init(struct sw_medium *medium, libvlc_instance_t *vlc, const struct sw_source *source, const struct sw_track *track)
{
    medium->source = source;
    medium->media = libvlc_media_new_callbacks(vlc, open_media, read_media, seek_media, NULL, medium);
    if (medium->media == NULL)
        return false;
    sw_medium_option(medium, ":demux=%s", track->container == SW_CONTAINER_MP4 ? "mp4" : "mkv");
    sw_medium_option(medium, ":no-spu");
    return true;
}

void sw_medium_finish(struct sw_medium *medium)
{
    if (medium->media != NULL)
        libvlc_media_release(medium->media);
    medium->media = NULL;
}

void sw_medium_option(struct sw_medium *medium, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    libvlc_media_add_option(medium->media, text);
}
