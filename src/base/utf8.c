/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/utf8.h"

#include <string.h>

#include "base/must.h"

#define REPLACEMENT 0xFFFDu

/* Capitals `first`..`last` in steps, each with the small letter `delta` further on: the simple mappings of the Unicode Character Database
 * for Latin, Greek and Cyrillic. */
static const struct run {
    uint32_t first, last;
    int32_t delta;
    uint32_t step;
} runs[] = {
    {0x41, 0x5A, 32, 1}, {0xC0, 0xD6, 32, 1}, {0xD8, 0xDE, 32, 1}, {0x100, 0x12E, 1, 2}, {0x132, 0x136, 1, 2},
    {0x139, 0x147, 1, 2}, {0x14A, 0x176, 1, 2}, {0x178, 0x178, -121, 1}, {0x179, 0x17D, 1, 2}, {0x181, 0x181, 210, 1},
    {0x182, 0x184, 1, 2}, {0x186, 0x186, 206, 1}, {0x187, 0x187, 1, 1}, {0x189, 0x18A, 205, 1}, {0x18B, 0x18B, 1, 1},
    {0x18E, 0x18E, 79, 1}, {0x18F, 0x18F, 202, 1}, {0x190, 0x190, 203, 1}, {0x191, 0x191, 1, 1}, {0x193, 0x193, 205, 1},
    {0x194, 0x194, 207, 1}, {0x196, 0x196, 211, 1}, {0x197, 0x197, 209, 1}, {0x198, 0x198, 1, 1}, {0x19C, 0x19C, 211, 1},
    {0x19D, 0x19D, 213, 1}, {0x19F, 0x19F, 214, 1}, {0x1A0, 0x1A4, 1, 2}, {0x1A6, 0x1A6, 218, 1}, {0x1A7, 0x1A7, 1, 1},
    {0x1A9, 0x1A9, 218, 1}, {0x1AC, 0x1AC, 1, 1}, {0x1AE, 0x1AE, 218, 1}, {0x1AF, 0x1AF, 1, 1}, {0x1B1, 0x1B2, 217, 1},
    {0x1B3, 0x1B5, 1, 2}, {0x1B7, 0x1B7, 219, 1}, {0x1B8, 0x1B8, 1, 1}, {0x1BC, 0x1BC, 1, 1}, {0x1C4, 0x1C4, 2, 1},
    {0x1C7, 0x1C7, 2, 1}, {0x1CA, 0x1CA, 2, 1}, {0x1CD, 0x1DB, 1, 2}, {0x1DE, 0x1EE, 1, 2}, {0x1F1, 0x1F1, 2, 1},
    {0x1F4, 0x1F4, 1, 1}, {0x1F6, 0x1F6, -97, 1}, {0x1F7, 0x1F7, -56, 1}, {0x1F8, 0x21E, 1, 2}, {0x220, 0x220, -130, 1},
    {0x222, 0x232, 1, 2}, {0x23A, 0x23A, 10795, 1}, {0x23B, 0x23B, 1, 1}, {0x23D, 0x23D, -163, 1}, {0x23E, 0x23E, 10792, 1},
    {0x241, 0x241, 1, 1}, {0x243, 0x243, -195, 1}, {0x244, 0x244, 69, 1}, {0x245, 0x245, 71, 1}, {0x246, 0x24E, 1, 2},
    {0x370, 0x372, 1, 2}, {0x376, 0x376, 1, 1}, {0x37F, 0x37F, 116, 1}, {0x386, 0x386, 38, 1}, {0x388, 0x38A, 37, 1},
    {0x38C, 0x38C, 64, 1}, {0x38E, 0x38F, 63, 1}, {0x391, 0x3A1, 32, 1}, {0x3A3, 0x3AB, 32, 1}, {0x3CF, 0x3CF, 8, 1},
    {0x3D8, 0x3EE, 1, 2}, {0x3F7, 0x3F7, 1, 1}, {0x3F9, 0x3F9, -7, 1}, {0x3FA, 0x3FA, 1, 1}, {0x3FD, 0x3FF, -130, 1},
    {0x400, 0x40F, 80, 1}, {0x410, 0x42F, 32, 1}, {0x460, 0x480, 1, 2}, {0x48A, 0x4BE, 1, 2}, {0x4C0, 0x4C0, 15, 1},
    {0x4C1, 0x4CD, 1, 2}, {0x4D0, 0x52E, 1, 2}, {0x1E00, 0x1E94, 1, 2}, {0x1EA0, 0x1EFE, 1, 2}, {0x1F08, 0x1F0F, -8, 1},
    {0x1F18, 0x1F1D, -8, 1}, {0x1F28, 0x1F2F, -8, 1}, {0x1F38, 0x1F3F, -8, 1}, {0x1F48, 0x1F4D, -8, 1}, {0x1F59, 0x1F5F, -8, 2},
    {0x1F68, 0x1F6F, -8, 1}, {0x1F88, 0x1F8F, -8, 1}, {0x1F98, 0x1F9F, -8, 1}, {0x1FA8, 0x1FAF, -8, 1}, {0x1FB8, 0x1FB9, -8, 1},
    {0x1FBA, 0x1FBB, -74, 1}, {0x1FBC, 0x1FBC, -9, 1}, {0x1FC8, 0x1FCB, -86, 1}, {0x1FCC, 0x1FCC, -9, 1}, {0x1FD8, 0x1FD9, -8, 1},
    {0x1FDA, 0x1FDB, -100, 1}, {0x1FE8, 0x1FE9, -8, 1}, {0x1FEA, 0x1FEB, -112, 1}, {0x1FEC, 0x1FEC, -7, 1}, {0x1FF8, 0x1FF9, -128, 1},
    {0x1FFA, 0x1FFB, -126, 1}, {0x1FFC, 0x1FFC, -9, 1},
};

/* What maps one way only: forms whose capital is that of another letter, and the reverse. */
struct pair {
    uint32_t from, to;
};
static const struct pair upper_only[] = {
    {0xB5, 0x39C}, {0x131, 0x49}, {0x17F, 0x53}, {0x1C5, 0x1C4}, {0x1C8, 0x1C7}, {0x1CB, 0x1CA}, {0x1F2, 0x1F1},
    {0x3C2, 0x3A3}, {0x3D0, 0x392}, {0x3D1, 0x398}, {0x3D5, 0x3A6}, {0x3D6, 0x3A0}, {0x3F0, 0x39A}, {0x3F1, 0x3A1},
    {0x3F5, 0x395}, {0x1E9B, 0x1E60}, {0x1FBE, 0x399},
};
static const struct pair lower_only[] = {
    {0x130, 0x69}, {0x1C5, 0x1C6}, {0x1C8, 0x1C9}, {0x1CB, 0x1CC}, {0x1F2, 0x1F3}, {0x3F4, 0x3B8}, {0x1E9E, 0xDF},
};

size_t sw_utf8_decode(const char *text, size_t length, uint32_t *code)
{
    const unsigned char *at = (const unsigned char *)text;
    if (length == 0) {
        return 0;
    }
    if (at[0] < 0x80) {
        *code = at[0];
        return 1;
    }
    size_t bytes = at[0] >= 0xF0 ? 4 : at[0] >= 0xE0 ? 3 : 2;
    if (at[0] < 0xC2 || at[0] > 0xF4 || bytes > length) {
        return 0;
    }
    uint32_t value = at[0] & (0x7Fu >> bytes);
    for (size_t i = 1; i < bytes; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
        value = value << 6 | (at[i] & 0x3Fu);
    }
    bool shortest = bytes == 2 || (bytes == 3 && value >= 0x800) || (bytes == 4 && value >= 0x10000);
    if (!shortest || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return 0;
    }
    *code = value;
    return bytes;
}

size_t sw_utf8_encode(uint32_t code, char out[4])
{
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        code = REPLACEMENT;
    }
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t bytes = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = bytes - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (char)((0xF00u >> bytes & 0xFF) | code);
    return bytes;
}

size_t sw_utf8_valid(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        uint32_t code;
        size_t bytes = sw_utf8_decode(text + at, length - at, &code);
        if (bytes == 0) {
            break;
        }
        at += bytes;
    }
    return at;
}

size_t sw_utf8_count(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return count;
}

static uint32_t look_up(const struct pair *pairs, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++) {
        if (pairs[i].from == code) {
            return pairs[i].to;
        }
    }
    return code;
}

static bool in_run(const struct run *run, uint32_t capital)
{
    return capital >= run->first && capital <= run->last && (capital - run->first) % run->step == 0;
}

uint32_t sw_utf8_upper(uint32_t code, bool turkic)
{
    if (turkic && code == 'i') {
        return 0x130;
    }
    if (code < 0x80) {
        return code >= 'a' && code <= 'z' ? code - 32 : code;
    }
    for (size_t i = 0; i < SW_COUNT(runs); i++) {
        uint32_t capital = code - (uint32_t)runs[i].delta;
        if (in_run(&runs[i], capital)) {
            return capital;
        }
    }
    return look_up(upper_only, SW_COUNT(upper_only), code);
}

uint32_t sw_utf8_lower(uint32_t code, bool turkic)
{
    if (turkic && code == 'I') {
        return 0x131;
    }
    if (code < 0x80) {
        return code >= 'A' && code <= 'Z' ? code + 32 : code;
    }
    for (size_t i = 0; i < SW_COUNT(runs); i++) {
        if (in_run(&runs[i], code)) {
            return code + (uint32_t)runs[i].delta;
        }
    }
    return look_up(lower_only, SW_COUNT(lower_only), code);
}

/* The character at `text`, if it is one that a line may hold: its bytes, else 0. */
static size_t line_character(const char *text, size_t length)
{
    uint32_t code = 0;
    size_t bytes = sw_utf8_decode(text, length, &code);
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) ? 0 : bytes;
}

void sw_utf8_put_line(char *out, size_t capacity, const char *text)
{
    size_t length = strnlen(text, capacity), used = 0;
    for (size_t at = 0; at < length;) {
        uint32_t code;
        size_t bytes = line_character(text + at, length - at), whole = sw_utf8_decode(text + at, length - at, &code);
        size_t room = bytes > 0 ? bytes : 1;
        if (used + room >= capacity)
            break;
        memcpy(out + used, bytes > 0 ? text + at : "?", room);
        used += room;
        at += whole > 0 ? whole : 1;
    }
    out[used] = '\0';
}

bool sw_utf8_is_line(const char *text, size_t capacity)
{
    size_t length = strnlen(text, capacity), at = 0, bytes = 1;
    while (at < length && (bytes = line_character(text + at, length - at)) > 0)
        at += bytes;
    return length < capacity && at == length;
}
