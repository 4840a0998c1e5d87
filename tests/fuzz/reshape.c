/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands in front of jq: the judgement of a program by its tokens, the look at a body, and the records between courier and worker. The
 * first byte says which. */
#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "json/jq_lint.h"
#include "worker/jq/input.h"
#include "worker/jq_request.h"

/* No fault beyond the text, in its order, and each says something; what is let through has no word that reaches out, outside of texts,
 * comments, fields and keys, whatever stands around it. */
static void try_program(const char *text, size_t length)
{
    struct sw_jq_fault faults[SW_JQ_FAULTS_MAX];
    size_t count = sw_jq_lint(text, length, faults);
    assert(count <= SW_JQ_FAULTS_MAX);
    for (size_t i = 0; i < count; i++)
        assert(faults[i].offset <= length && faults[i].text[0] != '\0');
    if (count > 0 || length + 8 > SW_JQ_PROGRAM_MAX)
        return;
    assert(sw_utf8_valid(text, length) == length);
    static char more[SW_JQ_PROGRAM_MAX];
    memcpy(more, text, length);
    memcpy(more + length, "\n|env", 5); /* sound so far, so this is code */
    assert(sw_jq_lint(more, length + 5, faults) == 1);
    assert(faults[0].offset == length + 2);
}

static void try_body(const char *text, size_t length)
{
    const char *fault = sw_jq_input_fault(text, length);
    size_t deepest = 0, depth = 0;
    bool in_text = false;
    for (size_t i = 0; i < length; i++) {
        if (in_text) {
            in_text = text[i] != '"';
            i += text[i] == '\\';
        } else if (text[i] == '"') {
            in_text = true;
        } else if (text[i] == '[' || text[i] == '{') {
            depth++;
        } else if ((text[i] == ']' || text[i] == '}') && depth > 0) {
            depth--;
        }
        deepest = depth > deepest ? depth : deepest;
    }
    assert(fault != NULL || deepest <= SW_JQ_JSON_DEPTH_MAX);
}

static void try_records(const uint8_t *bytes, size_t length)
{
    struct sw_jq_request request = {0};
    struct sw_jq_reply reply = {0};
    memcpy(&request, bytes, length < sizeof request ? length : sizeof request);
    if (sw_jq_request_valid(&request)) {
        assert(request.program_size > 0 && request.program_size <= SW_JQ_PROGRAM_BYTES_MAX);
        assert(sw_jq_request_size(&request) <= SW_JQ_PROGRAM_BYTES_MAX + SW_JQ_CONTEXT_BYTES_MAX + SW_JQ_BODY_BYTES_MAX);
        assert((request.op == SW_JQ_COMPILE) == (request.body_size == 0));
    }
    if (length > sizeof request)
        memcpy(&reply, bytes + sizeof request, length - sizeof request < sizeof reply ? length - sizeof request : sizeof reply);
    if (sw_jq_reply_valid(&reply, &request)) {
        assert(memchr(reply.text, '\0', sizeof reply.text) != NULL && reply.id == request.id);
        assert(reply.output_size <= SW_JQ_OUTPUT_BYTES_MAX && reply.rows <= SW_JQ_OUTPUT_ROWS_MAX);
        assert((reply.status == SW_JQ_OK) == (reply.text[0] == '\0'));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    char *text = malloc(length); /* exactly as long, so that one byte too many is seen */
    assert(text != NULL);
    memcpy(text, bytes + 1, length - 1);
    if (bytes[0] == 'p')
        try_program(text, length - 1);
    else if (bytes[0] == 'b')
        try_body(text, length - 1);
    else
        try_records(bytes + 1, length - 1);
    free(text);
    return 0;
}
