/* SPDX-License-Identifier: EUPL-1.2 */
/* What the player and a picture or SVG worker say to each other: one request with the file as a descriptor, one reply with the pixels as
 * sealed memory, in the order of the requests. Fixed records over a message pair (base/message.h); both sides check every field, the player
 * because a decoder may have been taken over by what it decoded. */
#ifndef SW_WORKER_REQUEST_H
#define SW_WORKER_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bitmap.h"
#include "base/message.h"
#include "base/must.h"

#define SW_WORKER_VERSION 1u

#define SW_PICTURE_SIDE_MAX 16384                         /* pixels a side, of a picture and of what is asked for */
#define SW_PICTURE_PIXELS_MAX ((int64_t)64 << 20)         /* 64 Mpx */
#define SW_PICTURE_BYTES_MAX ((size_t)128 << 20)          /* of a PNG, JPEG or WebP file */
#define SW_SVG_BYTES_MAX ((size_t)4 << 20)
#define SW_SVG_ELEMENTS_MAX 100000

enum sw_worker_op {
    SW_WORKER_PROBE = 1, /* the picture's size, from its header */
    SW_WORKER_VERIFY,    /* the same, but everything is decoded once */
    SW_WORKER_RENDER,    /* a part of it, scaled to width x height */
};

enum sw_picture_kind { SW_PICTURE_UNKNOWN, SW_PICTURE_PNG, SW_PICTURE_JPEG, SW_PICTURE_WEBP, SW_PICTURE_SVG };
#define SW_PICTURE_KINDS 5

enum sw_worker_status {
    SW_WORKER_OK = 1,
    SW_WORKER_EMPTY,         /* no bytes */
    SW_WORKER_NOT_A_PICTURE, /* none of the kinds, by its first bytes */
    SW_WORKER_OTHER_KIND,    /* a picture, but for the other worker */
    SW_WORKER_TRUNCATED,
    SW_WORKER_DAMAGED,
    SW_WORKER_TOO_LARGE,     /* pixels: more than SW_PICTURE_SIDE_MAX a side or SW_PICTURE_PIXELS_MAX */
    SW_WORKER_TOO_MANY_BYTES,
    SW_WORKER_TOO_COMPLEX,   /* an SVG of more than SW_SVG_ELEMENTS_MAX elements */
    SW_WORKER_UNSUPPORTED,   /* a variety that is not shown: an animated WebP, a JPEG with an unusual number of colours */
    SW_WORKER_FAILED,        /* memory, or the file could not be read */
};
#define SW_WORKER_STATUS_LAST SW_WORKER_FAILED

struct sw_worker_request {
    uint32_t version, op;
    uint64_t id;
    int32_t width, height;          /* RENDER: pixels wanted; else 0 */
    float left, top, right, bottom; /* RENDER: shares of the picture, 0 <= left < right <= 1 ...; else 0 */
};

struct sw_worker_reply {
    uint32_t version, status;
    uint64_t id;
    uint32_t kind, format;                  /* sw_picture_kind; sw_pixels (RENDER: XRGB or ARGB; else 0) */
    int32_t picture_width, picture_height;  /* after turning; 0 where unknown; what a header claims, also beyond the limits */
    int32_t width, height, stride, reserved; /* RENDER: of the memory that comes with it; else 0 */
};

/* Every field in its range (both sides call these on what they receive). */
bool sw_worker_request_valid(const struct sw_worker_request *request);
/* A reply that fits `request`; one with status OK to a RENDER has pixels of exactly width x height x 4 bytes. */
bool sw_worker_reply_valid(const struct sw_worker_reply *reply, const struct sw_worker_request *request);
/* True if a picture of this size may be decoded. */
bool sw_picture_size_fits(int64_t width, int64_t height);
/* "PNG", "JPEG", "WebP", "SVG"; "unknown". */
const char *sw_picture_kind_name(enum sw_picture_kind kind);
/* By the first bytes alone; `length` may be short. */
enum sw_picture_kind sw_picture_sniff(const uint8_t *bytes, size_t length);

#endif
