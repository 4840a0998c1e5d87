/* SPDX-License-Identifier: EUPL-1.2 */
/* What comes to the player from a video worker, what comes to the worker, and heads of files. The first byte says which. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/shared.h"
#include "fuzz.h"
#include "worker/video/track.h"

static void try_message(const uint8_t *bytes, size_t length)
{
    union sw_video_message message;
    memset(&message, 0, sizeof message);
    memcpy(&message, bytes, length < sizeof message ? length : sizeof message);
    if (!sw_video_message_valid(&message, length))
        return;
    assert(length <= sizeof message && length <= SW_MESSAGE_MAX);
    if (message.word.said == SW_VIDEO_FRAME)
        assert(message.word.slot < SW_VIDEO_SLOTS_MAX && message.word.position >= 0 && message.word.colours < SW_COLOURS_COUNT);
    if (message.word.said == SW_VIDEO_INFO)
        assert(memchr(message.word.codec, '\0', sizeof message.word.codec) != NULL && message.word.width > 0);
    if (message.word.said == SW_VIDEO_SOUND)
        assert(sw_video_sound_size(message.sound.frames) == length);
    struct sw_video_layout layout;
    if (message.word.said == SW_VIDEO_FORMAT)
        assert(sw_video_layout_of(message.word.width, message.word.height, &layout) && layout.slot > 0);
}

static void try_order(const uint8_t *bytes, size_t length)
{
    struct sw_video_order order = {0};
    memcpy(&order, bytes, length < sizeof order ? length : sizeof order);
    if (sw_video_order_valid(&order))
        assert(order.clip != 0 && order.from >= 0 && order.slot < SW_VIDEO_SLOTS_MAX && order.count <= SW_VIDEO_SLOTS_MAX);
}

static void try_file(const uint8_t *bytes, size_t length)
{
    struct sw_track track;
    int32_t width, height;
    struct sw_source source = {.fd = sw_shared_copy("clip", bytes, length), .size = (int64_t)length};
    if (source.fd < 0)
        return;
    if (sw_track_read(&track, &source) == 0) {
        assert(sw_track_shown_size(&track, &width, &height) && width <= SW_VIDEO_SIDE_MAX && height <= SW_VIDEO_SIDE_MAX);
        assert(track.length >= 0 && track.length <= SW_VIDEO_LENGTH_MAX && (track.rate == 0) == (track.rate_scale == 0));
        assert(memchr(track.codec, '\0', sizeof track.codec) != NULL && track.codec[0] != '\0');
    }
    sw_track_finish(&track);
    (void)close(source.fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    if (bytes[0] == 'm')
        try_message(bytes + 1, length - 1);
    else if (bytes[0] == 'o')
        try_order(bytes + 1, length - 1);
    else
        try_file(bytes + 1, length - 1);
    return 0;
}
