/* SPDX-License-Identifier: EUPL-1.2 */
/* UTF-8 as RFC 3629 has it: shortest forms, no surrogates, at most U+10FFFF. */
#ifndef SW_BASE_UTF8_H
#define SW_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads one code point at `text` (at most `length` bytes). Returns its bytes, or 0 if they are not valid. */
size_t sw_utf8_decode(const char *text, size_t length, uint32_t *code);
/* Writes one code point (1 to 4 bytes, no NUL behind) and returns the bytes. A code point that is none becomes U+FFFD. */
size_t sw_utf8_encode(uint32_t code, char out[4]);
/* Length of the valid prefix of `text` in bytes; == length if all is valid. */
size_t sw_utf8_valid(const char *text, size_t length);
/* Code points in a valid string. */
size_t sw_utf8_count(const char *text, size_t length);
/* A line for people from anywhere: whole characters of `text`, as many as fit `capacity` (> 0), what is no text in it (control characters,
 * broken bytes) written as "?". `text` ends with a NUL or after `capacity` bytes. And whether `text` is such a line. */
void sw_utf8_put_line(char *out, size_t capacity, const char *text);
bool sw_utf8_is_line(const char *text, size_t capacity);
/* Simple case mapping of one code point for Latin, Greek and Cyrillic; `turkic`: dotted and dotless i. ß stays. */
uint32_t sw_utf8_upper(uint32_t code, bool turkic);
uint32_t sw_utf8_lower(uint32_t code, bool turkic);

#endif
