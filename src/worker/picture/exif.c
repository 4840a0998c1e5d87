/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/picture/exif.h"

#include <stdbool.h>
#include <string.h>

#define ORIENTATION 0x0112
#define TYPE_SHORT 3
#define ENTRY_BYTES 12

struct tiff {
    const uint8_t *bytes;
    size_t length;
    bool big_endian;
};

/* An unsigned number of 2 or 4 bytes at `at`; false if it lies outside. */
static bool number(const struct tiff *tiff, size_t at, size_t count, uint32_t *out)
{
    if (at > tiff->length || tiff->length - at < count)
        return false;
    *out = 0;
    for (size_t i = 0; i < count; i++)
        *out |= (uint32_t)tiff->bytes[at + i] << 8 * (tiff->big_endian ? count - 1 - i : i);
    return true;
}

static bool begin(struct tiff *tiff, const uint8_t *bytes, size_t length)
{
    if (length >= 6 && memcmp(bytes, "Exif\0", 5) == 0) {
        bytes += 6;
        length -= 6;
    }
    if (length < 8 || (memcmp(bytes, "II*\0", 4) != 0 && memcmp(bytes, "MM\0*", 4) != 0))
        return false;
    *tiff = (struct tiff){.bytes = bytes, .length = length, .big_endian = bytes[0] == 'M'};
    return true;
}

int sw_exif_orientation(const uint8_t *bytes, size_t length)
{
    struct tiff tiff;
    uint32_t directory, entries, tag, type, count, value;
    if (!begin(&tiff, bytes, length) || !number(&tiff, 4, 4, &directory) || !number(&tiff, directory, 2, &entries))
        return 1;
    for (size_t at = (size_t)directory + 2; entries > 0; entries--, at += ENTRY_BYTES) {
        if (!number(&tiff, at, 2, &tag) || !number(&tiff, at + 2, 2, &type) || !number(&tiff, at + 4, 4, &count) ||
            !number(&tiff, at + 8, 2, &value))
            return 1;
        if (tag == ORIENTATION)
            return type == TYPE_SHORT && count == 1 && value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}
