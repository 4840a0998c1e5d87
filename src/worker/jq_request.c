/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/jq_request.h"

#include <string.h>
#include <unistd.h>

#include "base/shared.h"
#include "base/utf8.h"

static bool sizes_fit(size_t program, size_t context, size_t body)
{
    return program <= SW_JQ_PROGRAM_BYTES_MAX && context <= SW_JQ_CONTEXT_BYTES_MAX && body <= SW_JQ_BODY_BYTES_MAX && program > 0;
}

bool sw_jq_request_valid(const struct sw_jq_request *request)
{
    if (request->version != SW_JQ_VERSION || request->rows > 1 ||
        !sizes_fit(request->program_size, request->context_size, request->body_size))
        return false;
    if (request->op == SW_JQ_COMPILE)
        return request->context_size == 0 && request->body_size == 0 && request->rows == 0;
    return request->op == SW_JQ_RUN && request->body_size > 0;
}

static bool is_plain(const char *text, size_t room)
{
    const char *end = memchr(text, '\0', room);
    if (end == NULL || sw_utf8_valid(text, (size_t)(end - text)) != (size_t)(end - text))
        return false;
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            return false;
    return true;
}

bool sw_jq_reply_valid(const struct sw_jq_reply *reply, const struct sw_jq_request *request)
{
    if (reply->version != SW_JQ_VERSION || reply->id != request->id || reply->status < SW_JQ_OK || reply->status > SW_JQ_STATUS_LAST ||
        !is_plain(reply->text, sizeof reply->text))
        return false;
    bool with_output = reply->status == SW_JQ_OK && request->op == SW_JQ_RUN;
    if ((reply->output_size > 0) != with_output || reply->output_size > SW_JQ_OUTPUT_BYTES_MAX)
        return false;
    if (reply->rows > (with_output && request->rows ? SW_JQ_OUTPUT_ROWS_MAX : 0))
        return false;
    return (reply->text[0] == '\0') == (reply->status == SW_JQ_OK);
}

size_t sw_jq_request_size(const struct sw_jq_request *request)
{
    return (size_t)request->program_size + request->context_size + request->body_size;
}

int sw_jq_request_seal(const struct sw_jq_ask *ask, struct sw_jq_request *request)
{
    if (!sizes_fit(ask->program_size, ask->context_size, ask->body_size))
        return -1;
    struct sw_jq_request made = {.version = SW_JQ_VERSION,
                                 .op = ask->op,
                                 .id = ask->id,
                                 .rows = ask->rows,
                                 .program_size = (uint32_t)ask->program_size,
                                 .context_size = (uint32_t)ask->context_size,
                                 .body_size = (uint32_t)ask->body_size};
    size_t size = sw_jq_request_size(&made);
    int fd = -1;
    void *memory;
    if (!sw_jq_request_valid(&made) || !sw_shared_create("jq", size, &fd, &memory))
        return -1;
    char *bytes = memory;
    memcpy(bytes, ask->program, ask->program_size);
    if (ask->context_size > 0)
        memcpy(bytes + ask->program_size, ask->context, ask->context_size);
    if (ask->body_size > 0)
        memcpy(bytes + ask->program_size + ask->context_size, ask->body, ask->body_size);
    sw_shared_unmap(memory, size);
    if (!sw_shared_seal(fd)) {
        (void)close(fd);
        return -1;
    }
    *request = made;
    return fd;
}
