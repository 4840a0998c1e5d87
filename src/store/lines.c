/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/lines.h"

#include <sodium.h>
#include <string.h>

#include "base/utf8.h"

bool sw_lines_fault(struct sw_lines *lines, const char *what)
{
    sw_diags_add(lines->diags, SW_ERROR, lines->name, lines->line, 1, NULL, "%s", what);
    return false;
}

/* False where there is none. */
static bool next_line(struct sw_lines *lines, const char **text, size_t *length)
{
    lines->line++;
    if (lines->at == lines->end)
        return false;
    const char *stop = memchr(lines->at, '\n', (size_t)(lines->end - lines->at));
    *text = lines->at;
    lines->at = stop != NULL ? stop + 1 : lines->end;
    *length = (size_t)((stop != NULL ? stop : lines->end) - *text);
    if (*length > 0 && (*text)[*length - 1] == '\r')
        --*length;
    return true;
}

static bool is_readable(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (((unsigned char)text[i] < 0x20 && text[i] != '\t') || text[i] == 0x7f)
            return false;
    return sw_utf8_valid(text, length) == length;
}

bool sw_lines_comment(struct sw_lines *lines, const char *lead, char *comment)
{
    const char *text;
    size_t length, skip = strlen(lead);
    if (!next_line(lines, &text, &length) || length < skip || memcmp(text, lead, skip) != 0) {
        sw_diags_add(lines->diags, SW_ERROR, lines->name, lines->line, 1, NULL, "a line that begins with \"%s\" is wanted", lead);
        return false;
    }
    length -= skip;
    if (length > SW_LINES_COMMENT_MAX)
        return sw_lines_fault(lines, "the comment is too long; at most 1024 bytes are allowed");
    if (!is_readable(text + skip, length))
        return sw_lines_fault(lines, "the comment is no readable text in UTF-8");
    if (comment != NULL) {
        memcpy(comment, text + skip, length);
        comment[length] = '\0';
    }
    return true;
}

/* libsodium 1.0.18 takes some bytes beyond ASCII for digits. */
static bool is_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] > 0x7f)
            return false;
    return true;
}

bool sw_base64_read(const char *text, size_t length, unsigned char *out, size_t size)
{
    size_t got;
    return length == sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL) - 1 && is_ascii(text, length) &&
           sodium_base642bin(out, size, text, length, NULL, &got, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 && got == size;
}

bool sw_lines_base64(struct sw_lines *lines, const char *what, unsigned char *out, size_t length)
{
    const char *text;
    size_t got;
    if (!next_line(lines, &text, &got) || !sw_base64_read(text, got, out, length)) {
        sw_diags_add(lines->diags, SW_ERROR, lines->name, lines->line, 1, NULL, "a %s of %zu bytes in base64 is wanted", what, length);
        return false;
    }
    return true;
}

bool sw_lines_end(struct sw_lines *lines)
{
    if (lines->at == lines->end)
        return true;
    lines->line++;
    return sw_lines_fault(lines, "nothing may follow");
}
