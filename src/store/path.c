/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/path.h"

#include <assert.h>
#include <stdbool.h>

#include "base/hash.h"
#include "base/must.h"
#include "base/utf8.h"
#include "store/path_table.h"

#define REFUSED 255

/* The combining class of a character, or REFUSED. */
static unsigned char rank_of(uint32_t code)
{
    size_t low = 0, high = SW_COUNT(ranks);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ranks[middle].to < code)
            low = middle + 1;
        else
            high = middle;
    }
    assert(low < SW_COUNT(ranks)); /* the last row is that of the last code point */
    return ranks[low].from <= code ? ranks[low].rank : 0;
}

/* Characters; `path` is not yet known to be UTF-8. */
static const char *fault_of_characters(const char *path, size_t length)
{
    unsigned char before = 0;
    for (size_t at = 0; at < length;) {
        uint32_t code;
        size_t bytes = sw_utf8_decode(path + at, length - at, &code);
        if (bytes == 0)
            return "is no valid UTF-8";
        if (code < 0x20 || code == 0x7f)
            return "has a control character in it";
        if (code == '\\' || code == '"')
            return "has a backslash or a quotation mark in it";
        unsigned char rank = rank_of(code);
        if (rank == REFUSED || (rank != 0 && before > rank))
            return "has a character in it that cannot be seen or is written in pieces; write each letter as one character (NFC)";
        before = rank;
        at += bytes;
    }
    return NULL;
}

static const char *fault_of_name(const char *name, size_t length)
{
    if (length == 0)
        return "has an empty name in it; it neither begins nor ends with \"/\", and no two of them follow each other";
    if (name[0] == '.')
        return "has a name in it that begins with \".\"";
    return length > SW_PATH_NAME_MAX ? "has a name in it of more than 200 bytes" : NULL;
}

const char *sw_path_fault(const char *path, size_t length)
{
    size_t from = 0, depth = 1;
    if (length > SW_PATH_MAX)
        return "is longer than 512 bytes";
    const char *fault = fault_of_characters(path, length);
    for (size_t at = 0; at < length && fault == NULL; at++) {
        if (path[at] == '/') {
            fault = fault_of_name(path + from, at - from);
            from = at + 1;
            depth++;
        }
    }
    fault = fault == NULL ? fault_of_name(path + from, length - from) : fault;
    return fault == NULL && depth > SW_PATH_DEPTH_MAX ? "lies more than 16 folders deep" : fault;
}

uint64_t sw_path_fold(const char *path, size_t length)
{
    uint64_t hash = SW_HASH_START;
    for (size_t at = 0; at < length;) {
        uint32_t code;
        size_t bytes = sw_utf8_decode(path + at, length - at, &code);
        assert(bytes > 0);
        hash = sw_hash_number(hash, sw_utf8_lower(code, false));
        at += bytes;
    }
    return hash;
}
