/* SPDX-License-Identifier: EUPL-1.2 */
#include "json/scan_internal.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"

/* Four hexadecimal digits at `at`, or -1. */
static int read_hex(const struct sw_json_reader *reader, size_t at)
{
    int value = 0;
    for (size_t i = at; i < at + 4; i++) {
        int digit = i < reader->length ? tolower((unsigned char)reader->bytes[i]) : 0;
        if (!isxdigit(digit)) {
            return -1;
        }
        value = value * 16 + (isdigit(digit) ? digit - '0' : digit - 'a' + 10);
    }
    return value;
}

/* FEED: what "\uXXXX" at `at` stands for is nothing that a text may hold. It becomes U+FFFD, which is written in as many bytes. */
static size_t replace_escape(struct sw_json_reader *reader, size_t at, uint32_t *code)
{
    memcpy(reader->scan->text + at + 2, "fffd", 4);
    *code = 0xFFFD;
    return 6;
}

/* "\uXXXX" at `at`, with its second half where it is a surrogate. Bytes read, or 0 with the fault set. */
static size_t read_unicode_escape(struct sw_json_reader *reader, size_t at, uint32_t *code)
{
    int high = read_hex(reader, at + 2);
    if (high < 0) {
        sw_json_fail(reader, at, "four hexadecimal digits are wanted after \\u");
        return 0;
    }
    if (high == 0 && reader->flavour == SW_JSON_FEED) {
        return replace_escape(reader, at, code);
    }
    if (high == 0) {
        sw_json_fail(reader, at, "\\u0000 is not allowed; take it out");
        return 0;
    }
    *code = (uint32_t)high;
    if (high < 0xD800 || high > 0xDFFF) {
        return 6;
    }
    bool second = at + 7 < reader->length && reader->bytes[at + 6] == '\\' && reader->bytes[at + 7] == 'u';
    int low = second ? read_hex(reader, at + 8) : -1;
    bool half = high > 0xDBFF || low < 0xDC00 || low > 0xDFFF;
    if (half && reader->flavour == SW_JSON_FEED) {
        return replace_escape(reader, at, code);
    }
    if (half) {
        sw_json_fail(reader, at, "\\u%04x is half a character (a lone surrogate); write the character itself", (unsigned)high);
        return 0;
    }
    *code = 0x10000 + ((uint32_t)(high - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
    return 12;
}

/* The escape at `at`: bytes read, or 0 with the fault set. */
static size_t read_escape(struct sw_json_reader *reader, size_t at, uint32_t *code)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    char name = at + 1 < reader->length ? reader->bytes[at + 1] : '\0';
    if (name == 'u') {
        return read_unicode_escape(reader, at, code);
    }
    const char *known = name != '\0' ? strchr(names, name) : NULL;
    if (known == NULL) {
        sw_json_fail(reader, at, "unknown escape; there are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX (a backslash itself is \\\\)");
        return 0;
    }
    *code = (unsigned char)values[known - names];
    return 2;
}

/* What is wrong with the byte at `at` in a string, which is neither an escape nor valid text. */
static bool fail_in_string(struct sw_json_reader *reader, size_t at, size_t from)
{
    unsigned char byte = (unsigned char)reader->bytes[at];
    if (byte == '\n' || byte == '\r') {
        return sw_json_fail(reader, from,
                            "the string is not closed on its line; a double quote is missing, or \\n is wanted for a line break");
    }
    if (byte < 0x20) {
        return sw_json_fail(reader, at, "control character U+%04X in a string; write it as \\u%04x or take it out", byte, byte);
    }
    reader->at = at;
    return sw_json_fail_unexpected(reader, "");
}

/* Passes the string that begins at reader->at. */
bool sw_json_read_string(struct sw_json_reader *reader, struct sw_json_text *text)
{
    size_t from = reader->at, at = from + 1;
    uint32_t code;
    char encoded[4];
    *text = (struct sw_json_text){.from = at};
    while (at < reader->length && reader->bytes[at] != '"') {
        size_t bytes, decoded;
        if (reader->bytes[at] == '\\') {
            bytes = read_escape(reader, at, &code);
            if (bytes == 0) {
                return false;
            }
            decoded = sw_utf8_encode(code, encoded);
            text->escapes = true;
        } else {
            bytes = decoded = sw_utf8_decode(reader->bytes + at, reader->length - at, &code);
            if (bytes == 0 || code < 0x20) {
                return fail_in_string(reader, at, from);
            }
        }
        at += bytes;
        text->length += decoded;
    }
    if (at >= reader->length) {
        return sw_json_fail(reader, from, "the string is not closed; a double quote is missing");
    }
    if (text->length > SW_JSON_STRING_MAX) {
        return sw_json_fail(reader, from, "the string has %zu bytes; at most %zu are allowed", text->length, SW_JSON_STRING_MAX);
    }
    text->to = at;
    reader->at = at + 1;
    return true;
}

/* The bytes a string that was read stands for. */
const char *sw_json_decode(struct sw_json_reader *reader, const struct sw_json_text *text)
{
    if (!text->escapes) {
        return reader->bytes + text->from;
    }
    char *decoded = sw_arena_alloc(&reader->arena, text->length + 4), *out = decoded;
    for (size_t at = text->from; at < text->to;) {
        uint32_t code = 0;
        size_t bytes = reader->bytes[at] == '\\' ? read_escape(reader, at, &code)
                                                 : sw_utf8_decode(reader->bytes + at, text->to - at, &code);
        out += sw_utf8_encode(code, out);
        at += bytes;
    }
    return decoded;
}
