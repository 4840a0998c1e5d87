/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/video_protocol.h"

#include <assert.h>
#include <string.h>

#define STRIDE_STEP 64 /* rows begin where the widest vectors like it */
#define PAGE 4096

static_assert(sizeof(struct sw_video_sound) <= SW_MESSAGE_MAX, "the longest sound is one message");
static_assert(sizeof(struct sw_video_order) == 80 && sizeof(struct sw_video_word) == 88, "without gaps, which nobody would look at");
static_assert(sizeof(struct sw_video_word) < sizeof(struct sw_video_sound), "the union is as long as the longest");

static bool time_valid(int64_t time, int64_t most) { return time >= 0 && time <= most; }

static bool side_valid(int32_t side) { return side >= 1 && side <= SW_VIDEO_SIDE_MAX; }

/* What the order names is sound; the caller has set that aside, so that all else must be 0. */
static bool parts_valid(const struct sw_video_order *order, struct sw_video_order *rest)
{
    switch ((enum sw_video_op)order->op) {
    case SW_VIDEO_OPEN:
        rest->from = rest->until = 0;
        rest->loop = rest->sound = 0;
        return time_valid(order->from, SW_VIDEO_LENGTH_MAX) && time_valid(order->until, SW_VIDEO_LENGTH_MAX) &&
               (order->until == 0 || order->until > order->from) && order->loop <= 1 && order->sound <= 1;
    case SW_VIDEO_SLOTS:
        rest->format = rest->count = 0;
        return order->format > 0 && order->count >= SW_VIDEO_SLOTS_MIN && order->count <= SW_VIDEO_SLOTS_MAX;
    case SW_VIDEO_STEER:
        rest->tick = rest->position = 0;
        rest->running = rest->jump = 0;
        return order->tick >= 0 && order->tick < SW_NEVER / 2 && time_valid(order->position, SW_VIDEO_POSITION_MAX) && order->running <= 1;
    case SW_VIDEO_FREE:
        rest->format = rest->slot = 0;
        return order->format > 0 && order->slot < SW_VIDEO_SLOTS_MAX;
    case SW_VIDEO_PROBE:
    case SW_VIDEO_STOP:
        return true;
    }
    return false;
}

bool sw_video_order_valid(const struct sw_video_order *order)
{
    static const struct sw_video_order none = {.version = 0};
    struct sw_video_order rest = *order;
    if (order->version != SW_VIDEO_VERSION || order->clip == 0 || !parts_valid(order, &rest))
        return false;
    rest.version = rest.op = 0;
    rest.clip = 0;
    return memcmp(&rest, &none, sizeof rest) == 0;
}

static bool codec_valid(const char *codec)
{
    size_t at = 0;
    while (at < SW_VIDEO_CODEC_MAX && codec[at] >= ' ' && codec[at] <= '~')
        at++;
    if (at == SW_VIDEO_CODEC_MAX)
        return false;
    while (at < SW_VIDEO_CODEC_MAX && codec[at] == '\0')
        at++;
    return at == SW_VIDEO_CODEC_MAX;
}

static bool rate_valid(int32_t rate, int32_t scale)
{
    return (rate == 0 && scale == 0) || (rate > 0 && scale > 0 && rate / scale <= 1000);
}

static bool info_valid(const struct sw_video_word *word, struct sw_video_word *rest)
{
    rest->width = rest->height = rest->rate = rest->rate_scale = 0;
    rest->length = 0;
    rest->sounds = rest->colours = 0;
    memset(rest->codec, 0, sizeof rest->codec);
    return side_valid(word->width) && side_valid(word->height) && time_valid(word->length, SW_VIDEO_LENGTH_MAX) &&
           rate_valid(word->rate, word->rate_scale) && word->sounds <= 1 && word->colours < SW_COLOURS_COUNT && codec_valid(word->codec);
}

/* As parts_valid. */
static bool word_parts_valid(const struct sw_video_word *word, struct sw_video_word *rest)
{
    switch ((enum sw_video_said)word->said) {
    case SW_VIDEO_INFO:
        return info_valid(word, rest);
    case SW_VIDEO_FORMAT:
        rest->width = rest->height = 0;
        rest->format = 0;
        return side_valid(word->width) && side_valid(word->height) && word->format > 0;
    case SW_VIDEO_FRAME:
        rest->format = rest->jump = rest->slot = rest->colours = 0;
        rest->number = rest->position = 0;
        return word->format > 0 && word->slot < SW_VIDEO_SLOTS_MAX && word->colours < SW_COLOURS_COUNT && word->number > 0 &&
               time_valid(word->position, SW_VIDEO_POSITION_MAX);
    case SW_VIDEO_ENDED:
        rest->jump = 0;
        rest->position = 0;
        return time_valid(word->position, SW_VIDEO_POSITION_MAX);
    case SW_VIDEO_FAILED:
        rest->reason = 0;
        return word->reason >= 1 && word->reason <= SW_VIDEO_REASON_LAST;
    case SW_VIDEO_ALIVE:
        return true;
    case SW_VIDEO_SOUND:
        break;
    }
    return false;
}

static bool word_valid(const struct sw_video_word *word)
{
    static const struct sw_video_word none = {.version = 0};
    struct sw_video_word rest = *word;
    if ((word->clip == 0) != (word->said == SW_VIDEO_ALIVE) || !word_parts_valid(word, &rest))
        return false;
    rest.version = rest.said = 0;
    rest.clip = 0;
    return memcmp(&rest, &none, sizeof rest) == 0;
}

size_t sw_video_sound_size(uint32_t frames) { return offsetof(struct sw_video_sound, samples) + (size_t)frames * 4; }

static bool sound_valid(const struct sw_video_sound *sound, size_t length)
{
    return length >= offsetof(struct sw_video_sound, samples) && sound->frames >= 1 && sound->frames <= SW_VIDEO_SOUND_FRAMES_MAX &&
           length == sw_video_sound_size(sound->frames) && sound->clip != 0 && time_valid(sound->position, SW_VIDEO_POSITION_MAX);
}

bool sw_video_message_valid(const union sw_video_message *message, size_t length)
{
    if (length < 2 * sizeof(uint32_t) || message->word.version != SW_VIDEO_VERSION)
        return false;
    if (message->word.said == SW_VIDEO_SOUND)
        return sound_valid(&message->sound, length);
    return length == sizeof message->word && word_valid(&message->word);
}

bool sw_video_layout_of(int32_t width, int32_t height, struct sw_video_layout *layout)
{
    if (!side_valid(width) || !side_valid(height))
        return false;
    size_t at = 0;
    for (int plane = 0; plane < 3; plane++) {
        size_t columns = plane == 0 ? (size_t)width : ((size_t)width + 1) / 2;
        layout->lines[plane] = plane == 0 ? (size_t)height : ((size_t)height + 1) / 2;
        layout->strides[plane] = (columns + STRIDE_STEP - 1) / STRIDE_STEP * STRIDE_STEP;
        layout->offsets[plane] = at;
        at += layout->strides[plane] * layout->lines[plane];
    }
    layout->slot = (at + PAGE - 1) / PAGE * PAGE;
    return true;
}
