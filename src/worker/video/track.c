/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/video/track_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define SNIFFED 64 /* bytes */
#define HD_LINES 720 /* from here on BT.709 where nobody says otherwise */

enum sw_container sw_container_sniff(const uint8_t *bytes, size_t length)
{
    static const char first_boxes[][5] = {"ftyp", "moov", "mdat", "wide", "free", "skip"};
    static const uint8_t ebml[] = {0x1a, 0x45, 0xdf, 0xa3}, jpeg[] = {0xff, 0xd8, 0xff}, riff[] = {'R', 'I', 'F', 'F'};
    if (length >= sizeof ebml && memcmp(bytes, ebml, sizeof ebml) == 0)
        return SW_CONTAINER_MATROSKA;
    if (length >= sizeof riff && (memcmp(bytes, jpeg, sizeof jpeg) == 0 || memcmp(bytes, riff, sizeof riff) == 0))
        return SW_CONTAINER_NONE; /* a length of theirs may read like the name of a box */
    for (size_t i = 0; i < SW_COUNT(first_boxes) && length >= 8; i++)
        if (memcmp(bytes + 4, first_boxes[i], 4) == 0)
            return SW_CONTAINER_MP4;
    return SW_CONTAINER_NONE;
}

static enum sw_colours colours_of(const struct sw_track *track, const struct sw_colour_claim *claim)
{
    bool hd = track->height >= HD_LINES || track->width >= HD_LINES * 16 / 9;
    if (claim->known && claim->matrix != SW_MATRIX_UNSPECIFIED)
        hd = claim->matrix == 1 || claim->matrix == 9 || claim->matrix == 10; /* BT.2020 is nearer to BT.709 than to BT.601 */
    bool full = claim->full_known ? claim->full : memcmp(track->codec, "jpeg", 4) == 0;
    if (hd)
        return full ? SW_COLOURS_709_FULL : SW_COLOURS_709_LIMITED;
    return full ? SW_COLOURS_601_FULL : SW_COLOURS_601_LIMITED;
}

static void keep_in_bounds(struct sw_track *track)
{
    if (track->length < 0 || track->length > SW_VIDEO_LENGTH_MAX)
        track->length = 0;
    if (track->rate <= 0 || track->rate_scale <= 0 || track->rate / track->rate_scale > 1000)
        track->rate = track->rate_scale = 0;
    if (track->aspect_width < 1 || track->aspect_height < 1 || track->aspect_width > 65536 || track->aspect_height > 65536)
        track->aspect_width = track->aspect_height = 1;
    track->codec[SW_VIDEO_CODEC_MAX - 1] = '\0';
    for (size_t i = 0; i < SW_VIDEO_CODEC_MAX - 1 && track->codec[i] != '\0'; i++)
        if (track->codec[i] < ' ' || track->codec[i] > '~')
            track->codec[i] = '?';
}

enum sw_video_reason sw_track_read(struct sw_track *track, const struct sw_source *source)
{
    uint8_t head[SNIFFED];
    struct sw_colour_claim claim = {.known = false};
    memset(track, 0, sizeof *track);
    int64_t length = sw_source_read(source, 0, head, sizeof head);
    if (length < 0)
        return SW_VIDEO_BROKEN;
    track->aspect_width = track->aspect_height = 1;
    track->container = sw_container_sniff(head, (size_t)length);
    if (track->container == SW_CONTAINER_NONE)
        return SW_VIDEO_NOT_A_VIDEO;
    bool read = track->container == SW_CONTAINER_MP4 ? sw_track_read_mp4(track, source, &claim)
                                                     : sw_track_read_matroska(track, source, &claim);
    int32_t width, height;
    enum sw_video_reason reason = 0;
    if (!read)
        reason = SW_VIDEO_DAMAGED;
    else if (track->codec[0] == '\0')
        reason = SW_VIDEO_NO_PICTURES;
    keep_in_bounds(track);
    if (reason == 0 && !sw_track_shown_size(track, &width, &height))
        reason = track->width < 1 || track->height < 1 ? SW_VIDEO_DAMAGED : SW_VIDEO_TOO_LARGE;
    track->colours = colours_of(track, &claim);
    if (reason != 0)
        sw_track_finish(track);
    return reason;
}

void sw_track_finish(struct sw_track *track)
{
    if (track == NULL)
        return;
    free(track->keys);
    track->keys = NULL;
    track->key_count = 0;
}

static bool side_fits(int64_t side) { return side >= 1 && side <= SW_VIDEO_SIDE_MAX; }

bool sw_track_shown_size(const struct sw_track *track, int32_t *width, int32_t *height)
{
    int64_t across = track->width, down = track->height;
    if (!side_fits(across) || !side_fits(down))
        return false;
    /* as a player does it: the pixels' own count stays in one direction, the other one grows */
    if (track->aspect_width > track->aspect_height)
        across = (across * track->aspect_width + track->aspect_height / 2) / track->aspect_height;
    else
        down = (down * track->aspect_height + track->aspect_width / 2) / track->aspect_width;
    if (!side_fits(across) || !side_fits(down))
        return false;
    *width = (int32_t)(track->sideways ? down : across);
    *height = (int32_t)(track->sideways ? across : down);
    return true;
}
