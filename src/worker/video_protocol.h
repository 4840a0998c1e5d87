/* SPDX-License-Identifier: EUPL-1.2 */
/* What the player and a video worker say to each other (schauwand-worker-video): fixed records over a message pair (base/message.h),
 * orders one way and words the other, each for one clip that the player has given a number. Both sides check every field, the player
 * because a decoder may have been taken over by what it decoded. One worker plays one clip at a time; another OPEN or PROBE is the end
 * of what went before, as STOP is.
 *
 * OPEN(file) -> INFO -> FORMAT -> SLOTS(memory) -> FRAME... -> ENDED, or FAILED at any point. The worker decodes *ahead*: it fills every
 * slot that is free, whether the clip runs or stands, and waits for FREE. So the first pictures lie ready before the clip is released,
 * and whoever shows them paces them: the picture to be shown is the one with the greatest position that is not beyond where the clip
 * stands, and slots of those before it go back at once. Sound comes ahead likewise, by at most SW_VIDEO_AHEAD_US of the oldest picture
 * that is out.
 *
 * Positions are microseconds from `from` on; where a clip loops they go on through all rounds, and never go back, but after a jump:
 * STEER with another `jump` than before has the worker go to `position` (the picture that is on there comes first, or the one before
 * it; behind the last one the next round's first, or ENDED), also when it has ENDED. FRAME, SOUND and ENDED say which jump they follow:
 * the player drops what is of an earlier one, FREEs its slots, and forgets sound that waits. A worker that falls behind what STEER said
 * by more than SW_VIDEO_BEHIND_US leaves pictures out by itself.
 *
 * SLOTS answers a FORMAT: memory that the player has made of slots of sw_video_layout_of(width, height), sealed against shrinking,
 * growing and further seals (sw_shared_seal_size), which the worker maps for writing (sw_shared_map_sized). Pictures of another size are
 * scaled to the first one's. The player would also take another FORMAT, with the next `format`: pictures of the earlier one may then still
 * be shown, and need no FREE, which is for slots of the newest SLOTS alone.
 *
 * ALIVE comes every SW_VIDEO_ALIVE_MS from the worker's main thread, whatever it does. One that is silent for SW_VIDEO_SILENT_MS hangs
 * (libvlc may, in stopping): it is killed and replaced. The player reads words at all times: a worker whose words find no room waits. */
#ifndef SW_WORKER_VIDEO_PROTOCOL_H
#define SW_WORKER_VIDEO_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bitmap.h"
#include "base/message.h"
#include "base/must.h"
#include "base/tick.h"

#define SW_VIDEO_VERSION 1u
#define SW_VIDEO_BYTES_MAX ((int64_t)64 << 30) /* of a file */
#define SW_VIDEO_SIDE_MAX 8192                 /* pixels a side */
#define SW_VIDEO_SLOTS_MIN 4
#define SW_VIDEO_SLOTS_MAX 8 /* one or two are on the screen; the others bridge the seam of a loop: 6 do up to 30 pictures a second */
#define SW_VIDEO_LENGTH_MAX (SW_HOUR * 24)
#define SW_VIDEO_POSITION_MAX (SW_HOUR * 24 * 366) /* through all rounds */
#define SW_VIDEO_BEHIND_US ((int64_t)250000)
#define SW_VIDEO_AHEAD_US ((int64_t)2000000)
#define SW_VIDEO_ALIVE_MS 250
#define SW_VIDEO_SILENT_MS 1000
#define SW_VIDEO_SOUND_RATE 48000
#define SW_VIDEO_SOUND_FRAMES_MAX 960 /* pairs of samples in a message: 20 ms */
#define SW_VIDEO_CODEC_MAX 8          /* bytes with the NUL */

enum sw_video_op {
    SW_VIDEO_OPEN = 1, /* with the file: a regular one, opened for reading */
    SW_VIDEO_PROBE,    /* with the file: INFO, or FAILED, and nothing more */
    SW_VIDEO_SLOTS,    /* with the memory */
    SW_VIDEO_STEER,
    SW_VIDEO_FREE,
    SW_VIDEO_STOP,
};

enum sw_video_said {
    SW_VIDEO_INFO = 1,
    SW_VIDEO_FORMAT,
    SW_VIDEO_FRAME,
    SW_VIDEO_SOUND,
    SW_VIDEO_ENDED,
    SW_VIDEO_FAILED,
    SW_VIDEO_ALIVE,
};

enum sw_video_reason {
    SW_VIDEO_EMPTY = 1,      /* no bytes */
    SW_VIDEO_NOT_A_VIDEO,    /* neither MP4/MOV nor Matroska/WebM, by its first bytes */
    SW_VIDEO_NO_PICTURES,    /* one of those, but without a track of pictures that can be decoded */
    SW_VIDEO_DAMAGED,        /* nothing of it can be shown: cut short, or no clip inside */
    SW_VIDEO_TOO_LARGE,      /* more than SW_VIDEO_SIDE_MAX a side */
    SW_VIDEO_TOO_MANY_BYTES, /* more than SW_VIDEO_BYTES_MAX */
    SW_VIDEO_BROKEN,         /* not the file's fault: memory, or slots that are none */
};
#define SW_VIDEO_REASON_LAST SW_VIDEO_BROKEN

/* Fields that an order does not name are 0. */
struct sw_video_order {
    uint32_t version, op;
    uint64_t clip;        /* a number that never comes again on this connection; not 0 */
    int64_t from, until;  /* OPEN: microseconds of the file; `until` 0: to its end */
    uint32_t loop, sound; /* OPEN: 0 or 1 */
    sw_tick tick;         /* STEER: at this moment of CLOCK_MONOTONIC ... */
    int64_t position;     /* STEER: ... the clip stands here */
    uint32_t running;     /* STEER: 1: and goes on from there as time does; 0: it stands */
    uint32_t jump;        /* STEER: 0 before the first jump */
    uint32_t format;      /* SLOTS, FREE */
    uint32_t slot;        /* FREE: below `count` */
    uint32_t count;       /* SLOTS: SW_VIDEO_SLOTS_MIN.._MAX */
    uint32_t reserved;    /* 0 */
};

/* Fields that a word does not name are 0. */
struct sw_video_word {
    uint32_t version, said;
    uint64_t clip;            /* ALIVE: 0 */
    int32_t width, height;    /* INFO: as shown: turned upright, square pixels; FORMAT: pixels of a picture, turned upright, of any shape */
    int64_t length;           /* INFO: microseconds of the whole file, not of `from` to `until`; 0: not known */
    int32_t rate, rate_scale; /* INFO: pictures a second = rate / rate_scale; 0, 0: not known, or not even */
    uint32_t sounds;          /* INFO: 1: it has a sound track */
    uint32_t colours;         /* INFO, FRAME: enum sw_colours; of each picture, as damaged files change their minds */
    uint32_t format;          /* FORMAT: from 1, each time the next number; FRAME */
    uint32_t jump;            /* FRAME, ENDED */
    uint32_t slot;            /* FRAME */
    uint32_t reason;          /* FAILED */
    int64_t number;           /* FRAME: counts pictures since OPEN from 1 on, those too that were left out */
    int64_t position;         /* FRAME; ENDED: where the last picture ends */
    char codec[SW_VIDEO_CODEC_MAX]; /* INFO: what the file calls it, as "avc1": printable ASCII, then NULs */
};

/* As long as its samples need: sw_video_sound_size. */
struct sw_video_sound {
    uint32_t version, said; /* SW_VIDEO_SOUND */
    uint64_t clip;
    uint32_t jump, frames; /* pairs of samples: 1..SW_VIDEO_SOUND_FRAMES_MAX */
    int64_t position;      /* of the first */
    int16_t samples[2 * SW_VIDEO_SOUND_FRAMES_MAX]; /* left, right, left, ...; 48 kHz; the machine's byte order */
};

union sw_video_message {
    struct sw_video_word word; /* version and said are those of all */
    struct sw_video_sound sound;
};

/* How a picture of width x height lies in a slot, and slots in their memory, one behind the other. */
struct sw_video_layout {
    size_t strides[3], lines[3], offsets[3]; /* Y, U, V: bytes; lines; bytes from the start of the slot */
    size_t slot;                             /* bytes, whole pages of 4 KiB */
};

/* Every field in its range. */
bool sw_video_order_valid(const struct sw_video_order *order);
/* What came, `length` bytes, is one of the records above, whole, and every field in its range. */
bool sw_video_message_valid(const union sw_video_message *message, size_t length);
/* Bytes of a message with so many pairs of samples. */
size_t sw_video_sound_size(uint32_t frames);
/* Both sides reckon for themselves. False: a side is out of 1..SW_VIDEO_SIDE_MAX. */
bool sw_video_layout_of(int32_t width, int32_t height, struct sw_video_layout *layout) SW_MUST;

#endif
