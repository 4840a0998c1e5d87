/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/jq/input.h"

#include <stdbool.h>
#include <string.h>

#include "worker/jq_request.h"

/* Bytes that jq takes up for a value, as measured with its 1.6: eight slots for the emptiest object, and four for an array. The sum leaves
 * a program several times as much within the worker's memory. */
#define OBJECT_BYTES 448
#define ARRAY_BYTES 304
#define SCALAR_BYTES 48
#define SUM_MAX ((size_t)192 << 20)
#define NUMBER_MAX 63 /* characters: more have overrun jq's reader (CVE-2026-43894) */

struct look {
    size_t depth, sum;
    size_t number; /* characters of the one that is being read */
    const char *fault;
};

/* From behind the opening quote to behind the closing one. */
static size_t pass_text(const char *bytes, size_t length, size_t at)
{
    while (at < length && bytes[at] != '"')
        at += bytes[at] == '\\' ? 2 : 1;
    return at < length ? at + 1 : length;
}

static void look_at(struct look *look, char byte)
{
    static const char in_number[] = "0123456789+-.eE";
    bool number = strchr(in_number, byte) != NULL;
    look->number = number ? look->number + 1 : 0;
    if (number && look->number == 1)
        look->sum += SCALAR_BYTES;
    if (byte == '{' || byte == '[') {
        look->sum += byte == '{' ? OBJECT_BYTES : ARRAY_BYTES;
        look->depth++;
    } else if ((byte == '}' || byte == ']') && look->depth > 0) {
        look->depth--;
    }
    if (look->number > NUMBER_MAX)
        look->fault = "has a number of more than 63 characters";
    else if (look->depth > SW_JQ_JSON_DEPTH_MAX)
        look->fault = "is nested more than 64 levels deep";
}

const char *sw_jq_input_fault(const char *bytes, size_t length)
{
    struct look look = {.depth = 0};
    if (memchr(bytes, '\0', length) != NULL)
        return "has a NUL in it";
    for (size_t at = 0; at < length && look.fault == NULL;) {
        if (bytes[at] == '"') {
            size_t end = pass_text(bytes, length, at + 1);
            look.sum += SCALAR_BYTES + (end - at);
            look.number = 0;
            at = end;
        } else {
            look_at(&look, bytes[at++]);
        }
        if (look.sum > SUM_MAX)
            look.fault = "has more values than can be reshaped";
    }
    return look.fault;
}
