/* SPDX-License-Identifier: EUPL-1.2 */
/* Colours as codecs declare them: H.264 (ITU-T H.264, 7.3.2.1.1 and E.1.1) and HEVC (H.265, 7.3.2.2 and E.2.1) in their sequence parameter
 * sets, VP9 in "vpcC". AV1 has its colours in the container too ("colr", Colour). */
#include "worker/video/track_internal.h"

#include <string.h>

#define SET_BYTES_MAX 4096

/* Bits, most significant first, of a NAL unit with its emulation prevention bytes taken out. Beyond the end there are zeros. */
struct bits {
    const uint8_t *bytes;
    size_t length, at; /* at: bits */
};

static unsigned read_bit(struct bits *bits)
{
    size_t byte = bits->at / 8, shift = 7 - bits->at % 8;
    bits->at++;
    return byte < bits->length ? bits->bytes[byte] >> shift & 1u : 0;
}

static uint32_t read_bits(struct bits *bits, int count)
{
    uint32_t value = 0;
    for (int i = 0; i < count; i++)
        value = value << 1 | read_bit(bits);
    return value;
}

/* Exp-Golomb (H.264, 9.1). */
static uint32_t read_golomb(struct bits *bits)
{
    int zeros = 0;
    while (zeros < 32 && read_bit(bits) == 0)
        zeros++;
    return zeros >= 32 ? UINT32_MAX : (1u << zeros) - 1 + read_bits(bits, zeros);
}

static void skip_golombs(struct bits *bits, uint32_t count)
{
    for (uint32_t i = 0; i < count && bits->at / 8 < bits->length; i++)
        (void)read_golomb(bits);
}

static bool ended(const struct bits *bits) { return bits->at > bits->length * 8; }

void sw_claim_add(struct sw_colour_claim *claim, unsigned matrix, bool full_known, bool full)
{
    if (!claim->known && matrix != SW_MATRIX_UNSPECIFIED) {
        claim->known = true;
        claim->matrix = matrix;
    }
    if (!claim->full_known && full_known) {
        claim->full_known = true;
        claim->full = full;
    }
}

/* vui_parameters() as far as the colours; the same in both standards. */
static void read_vui(struct bits *bits, struct sw_colour_claim *claim)
{
    if (read_bit(bits) != 0 && read_bits(bits, 8) == 255) /* aspect ratio */
        (void)read_bits(bits, 32);
    if (read_bit(bits) != 0) /* overscan */
        (void)read_bit(bits);
    if (read_bit(bits) == 0) /* video signal type */
        return;
    (void)read_bits(bits, 3);
    bool full = read_bit(bits) != 0;
    unsigned matrix = SW_MATRIX_UNSPECIFIED;
    if (read_bit(bits) != 0) {
        (void)read_bits(bits, 16);
        matrix = read_bits(bits, 8);
    }
    if (!ended(bits))
        sw_claim_add(claim, matrix, true, full);
}

static void skip_scaling_lists(struct bits *bits, int count)
{
    for (int list = 0; list < count; list++) {
        if (read_bit(bits) == 0)
            continue;
        int last = 8, next = 8, size = list < 6 ? 16 : 64;
        for (int i = 0; i < size && !ended(bits); i++) {
            if (next != 0) {
                uint32_t code = read_golomb(bits);
                int delta = (code & 1) != 0 ? (int)((code >> 1) & 0xffff) + 1 : -(int)((code >> 1) & 0xffff);
                next = (last + delta + 256) % 256;
            }
            last = next == 0 ? last : next;
        }
    }
}

static bool has_chroma_info(uint32_t profile)
{
    static const uint8_t profiles[] = {100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135};
    return memchr(profiles, (int)profile, sizeof profiles) != NULL;
}

static void read_avc_set(struct bits *bits, struct sw_colour_claim *claim)
{
    (void)read_bits(bits, 8); /* the unit's head */
    uint32_t profile = read_bits(bits, 8);
    (void)read_bits(bits, 16);
    (void)read_golomb(bits); /* id */
    if (has_chroma_info(profile)) {
        uint32_t chroma = read_golomb(bits);
        if (chroma == 3)
            (void)read_bit(bits);
        skip_golombs(bits, 2);
        (void)read_bit(bits);
        if (read_bit(bits) != 0)
            skip_scaling_lists(bits, chroma == 3 ? 12 : 8);
    }
    (void)read_golomb(bits); /* log2_max_frame_num */
    uint32_t order = read_golomb(bits);
    if (order == 0)
        (void)read_golomb(bits);
    if (order == 1) {
        (void)read_bit(bits);
        skip_golombs(bits, 2);
        skip_golombs(bits, read_golomb(bits) & 0xff);
    }
    (void)read_golomb(bits); /* references */
    (void)read_bit(bits);
    skip_golombs(bits, 2); /* size */
    if (read_bit(bits) == 0)
        (void)read_bit(bits);
    (void)read_bit(bits);
    if (read_bit(bits) != 0)
        skip_golombs(bits, 4); /* cropping */
    if (read_bit(bits) != 0 && !ended(bits))
        read_vui(bits, claim);
}

/* Profile, tier and level, of the layers below too. */
static void skip_hevc_profile(struct bits *bits, unsigned layers)
{
    bits->at += 96;
    unsigned has[8] = {0}, levels[8] = {0};
    for (unsigned i = 0; i < layers; i++) {
        has[i] = read_bit(bits);
        levels[i] = read_bit(bits);
    }
    if (layers > 0)
        bits->at += 2 * (8 - layers);
    for (unsigned i = 0; i < layers; i++)
        bits->at += (has[i] != 0 ? 88 : 0) + (levels[i] != 0 ? 8 : 0);
}

static void skip_hevc_scaling(struct bits *bits)
{
    for (int size = 0; size < 4; size++) {
        for (int list = 0; list < 6; list += size == 3 ? 3 : 1) {
            if (read_bit(bits) == 0)
                (void)read_golomb(bits);
            else
                skip_golombs(bits, (size == 0 ? 16u : 64u) + (size > 1 ? 1u : 0u));
        }
    }
}

/* st_ref_pic_set() of H.265, 7.3.7, all of them. False: more than there can be. */
static bool skip_hevc_references(struct bits *bits)
{
    uint32_t sets = read_golomb(bits), before = 0;
    if (sets > 64)
        return false;
    for (uint32_t set = 0; set < sets && !ended(bits); set++) {
        uint32_t now = 0;
        if (set > 0 && read_bit(bits) != 0) {
            (void)read_bit(bits);
            (void)read_golomb(bits);
            for (uint32_t i = 0; i <= before; i++) {
                bool used = read_bit(bits) != 0;
                if (used || read_bit(bits) != 0)
                    now++;
            }
        } else {
            uint32_t negative = read_golomb(bits), positive = read_golomb(bits);
            if (negative > 16 || positive > 16)
                return false;
            now = negative + positive;
            for (uint32_t i = 0; i < now; i++) {
                (void)read_golomb(bits);
                (void)read_bit(bits);
            }
        }
        before = now;
    }
    return true;
}

static void read_hevc_set(struct bits *bits, struct sw_colour_claim *claim)
{
    (void)read_bits(bits, 16 + 4);
    unsigned layers = read_bits(bits, 3);
    (void)read_bit(bits);
    skip_hevc_profile(bits, layers);
    (void)read_golomb(bits); /* id */
    if (read_golomb(bits) == 3)
        (void)read_bit(bits);
    skip_golombs(bits, 2); /* size */
    if (read_bit(bits) != 0)
        skip_golombs(bits, 4); /* cropping */
    skip_golombs(bits, 2);     /* depths */
    uint32_t order_bits = read_golomb(bits) + 4;
    unsigned each = read_bit(bits);
    skip_golombs(bits, 3 * (each != 0 ? layers + 1 : 1));
    skip_golombs(bits, 6);
    if (read_bit(bits) != 0 && read_bit(bits) != 0)
        skip_hevc_scaling(bits);
    (void)read_bits(bits, 2);
    if (read_bit(bits) != 0) { /* PCM */
        (void)read_bits(bits, 8);
        skip_golombs(bits, 2);
        (void)read_bit(bits);
    }
    if (!skip_hevc_references(bits) || order_bits > 16)
        return;
    if (read_bit(bits) != 0) { /* long-term references */
        uint32_t count = read_golomb(bits);
        if (count > 32)
            return;
        bits->at += count * (order_bits + 1);
    }
    (void)read_bits(bits, 2);
    if (read_bit(bits) != 0 && !ended(bits))
        read_vui(bits, claim);
}

static void read_set(const uint8_t *bytes, size_t length, void (*read)(struct bits *, struct sw_colour_claim *),
                     struct sw_colour_claim *claim)
{
    uint8_t plain[SET_BYTES_MAX];
    struct bits bits = {.bytes = plain};
    int zeros = 0;
    for (size_t i = 0; i < length && bits.length < sizeof plain; i++) {
        if (zeros >= 2 && bytes[i] == 3) {
            zeros = 0;
            continue;
        }
        zeros = bytes[i] == 0 ? zeros + 1 : 0;
        plain[bits.length++] = bytes[i];
    }
    read(&bits, claim);
}

/* ISO/IEC 14496-15, 5.3.3.1: the first sequence parameter set. */
static void read_avcc(struct sw_colour_claim *claim, const uint8_t *bytes, size_t length)
{
    if (length < 8 || (bytes[5] & 0x1f) == 0)
        return;
    size_t size = sw_be16(bytes + 6);
    if (size <= length - 8)
        read_set(bytes + 8, size, read_avc_set, claim);
}

/* ISO/IEC 14496-15, 8.3.3.1: of the arrays of units the one with the sequence parameter set (33). */
static void read_hvcc(struct sw_colour_claim *claim, const uint8_t *bytes, size_t length)
{
    if (length < 23)
        return;
    size_t at = 23;
    for (unsigned array = 0; array < bytes[22] && at + 3 <= length; array++) {
        unsigned type = bytes[at] & 0x3f, units = sw_be16(bytes + at + 1);
        at += 3;
        for (unsigned unit = 0; unit < units && at + 2 <= length; unit++) {
            size_t size = sw_be16(bytes + at);
            at += 2;
            if (size > length - at)
                return;
            if (type == 33) {
                read_set(bytes + at, size, read_hevc_set, claim);
                return;
            }
            at += size;
        }
    }
}

/* VP Codec ISO Media File Format Binding, version 1. */
static void read_vpcc(struct sw_colour_claim *claim, const uint8_t *bytes, size_t length)
{
    if (length >= 10 && bytes[0] == 1)
        sw_claim_add(claim, bytes[9], true, (bytes[6] & 1) != 0);
}

void sw_claim_from_head(struct sw_colour_claim *claim, const char *name, const uint8_t *bytes, size_t length)
{
    if (memcmp(name, "avcC", 4) == 0)
        read_avcc(claim, bytes, length);
    else if (memcmp(name, "hvcC", 4) == 0)
        read_hvcc(claim, bytes, length);
    else if (memcmp(name, "vpcC", 4) == 0)
        read_vpcc(claim, bytes, length);
}
