/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/jq/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

void sw_words_copy(char *out, const char *text, size_t length)
{
    size_t room = length < SW_JQ_TEXT_MAX ? length : SW_JQ_TEXT_MAX;
    size_t kept = sw_utf8_valid(text, room);
    memcpy(out, text, kept);
    out[kept] = '\0';
    for (char *at = out; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            *at = ' ';
}

void sw_words_print(char *out, const char *format, ...)
{
    char text[SW_JQ_TEXT_MAX * 2];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t most = sizeof text - 1;
    sw_words_copy(out, text, length < 0 ? 0 : (size_t)length < most ? (size_t)length : most);
}
