/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/hash.h"

#include <string.h>

#define FNV_PRIME 1099511628211ull
#define MIX_PRIME 0x9e3779b97f4a7c15ull /* odd, half of its bits set */

uint64_t sw_hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ at[i]) * FNV_PRIME;
    }
    return hash;
}

uint64_t sw_hash_text(uint64_t hash, const char *text)
{
    return text != NULL ? sw_hash_bytes(hash, text, strlen(text)) : hash;
}

uint64_t sw_hash_number(uint64_t hash, uint64_t number)
{
    for (int shift = 0; shift < 64; shift += 8) { /* lowest byte first, on every machine */
        hash = (hash ^ (number >> shift & 0xff)) * FNV_PRIME;
    }
    return hash;
}

uint64_t sw_hash_mix(uint64_t hash, uint64_t number)
{
    hash = (hash ^ number) * MIX_PRIME;
    return hash ^ hash >> 32; /* what was multiplied up comes down again */
}

uint64_t sw_hash_mix_double(uint64_t hash, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return sw_hash_mix(hash, bits);
}
