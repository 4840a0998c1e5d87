/* SPDX-License-Identifier: EUPL-1.2 */
/* What the readers of each container share. Private to worker/video/track. */
#ifndef SW_WORKER_VIDEO_TRACK_INTERNAL_H
#define SW_WORKER_VIDEO_TRACK_INTERNAL_H

#include "worker/video/track.h"

/* As the standards number them (ITU-T H.273): matrix coefficients, and whether the full range of numbers is used. */
struct sw_colour_claim {
    bool known, full_known;
    unsigned matrix;
    bool full;
};

#define SW_MATRIX_UNSPECIFIED 2u

/* Each fills in what it finds; false: it is cut short where nothing can be shown without it, or no such file at all. `claim`: of the
 * container and of the codec's own head together. */
bool sw_track_read_mp4(struct sw_track *track, const struct sw_source *source, struct sw_colour_claim *claim) SW_MUST;
bool sw_track_read_matroska(struct sw_track *track, const struct sw_source *source, struct sw_colour_claim *claim) SW_MUST;

/* The heads that codecs put beside the pictures: avcC, hvcC and vpcC without their box (`name`: its four letters). Adds to `claim`
 * what it does not have yet. */
void sw_claim_from_head(struct sw_colour_claim *claim, const char *name, const uint8_t *bytes, size_t length);
void sw_claim_add(struct sw_colour_claim *claim, unsigned matrix, bool full_known, bool full);

static inline uint16_t sw_be16(const uint8_t *bytes) { return (uint16_t)(bytes[0] << 8 | bytes[1]); }
static inline uint32_t sw_be32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}
static inline uint64_t sw_be64(const uint8_t *bytes) { return (uint64_t)sw_be32(bytes) << 32 | sw_be32(bytes + 4); }

#endif
