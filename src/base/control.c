/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/control.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define VERSION 2

const char *sw_control_verb_name(enum sw_control_verb verb)
{
    static const char *const names[] = {
        [SW_CONTROL_STATUS] = "status",     [SW_CONTROL_SHOT] = "shot",         [SW_CONTROL_GO] = "go",
        [SW_CONTROL_HOME] = "home",         [SW_CONTROL_NEXT] = "next",         [SW_CONTROL_OVERRIDE] = "override",
        [SW_CONTROL_CLEAR] = "clear",       [SW_CONTROL_LANGUAGE] = "language", [SW_CONTROL_CLEANING] = "cleaning",
        [SW_CONTROL_OPEN] = "open",         [SW_CONTROL_CLOSE] = "close",       [SW_CONTROL_BLANK] = "blank",
        [SW_CONTROL_RELOAD] = "reload",     [SW_CONTROL_VOLUME] = "volume",     [SW_CONTROL_MUTE] = "mute",
        [SW_CONTROL_UNMUTE] = "unmute",
    };
    return names[verb];
}

/* As they cross: of fixed size, without padding. */
struct question {
    uint32_t version, verb, form, seconds;
    char zone[SW_CONTROL_TEXT_MAX], text[SW_CONTROL_TEXT_MAX], until[SW_CONTROL_UNTIL_MAX];
};

struct reply {
    uint32_t version, code;
    uint64_t size;
    char said[SW_CONTROL_SAID_MAX];
};

static bool ends(const char *text, size_t capacity)
{
    return memchr(text, '\0', capacity) != NULL;
}

enum sw_message_status sw_control_ask(int end, const struct sw_control_request *request)
{
    struct question question = {
        .version = VERSION, .verb = request->verb, .form = request->form, .seconds = (uint32_t)request->seconds};
    memcpy(question.zone, request->zone, sizeof question.zone);
    memcpy(question.text, request->text, sizeof question.text);
    memcpy(question.until, request->until, sizeof question.until);
    return sw_message_send(end, &question, sizeof question, -1);
}

static bool valid_question(const struct question *question, size_t length)
{
    return length == sizeof *question && question->version == VERSION && question->verb >= SW_CONTROL_STATUS &&
           question->verb <= SW_CONTROL_VERBS && question->form <= SW_CONTROL_NAGIOS && question->seconds <= SW_CONTROL_SECONDS_MAX &&
           ends(question->zone, sizeof question->zone) && ends(question->text, sizeof question->text) &&
           ends(question->until, sizeof question->until);
}

enum sw_message_status sw_control_hear(int end, struct sw_control_request *request)
{
    struct question question;
    size_t length;
    int fd;
    enum sw_message_status status = sw_message_receive(end, &question, sizeof question, &length, &fd);
    if (status != SW_MESSAGE_OK)
        return status;
    if (fd >= 0)
        close(fd);
    if (fd >= 0 || !valid_question(&question, length))
        return SW_MESSAGE_CLOSED;
    *request = (struct sw_control_request){.verb = (enum sw_control_verb)question.verb,
                                           .form = (enum sw_control_form)question.form,
                                           .seconds = (int)question.seconds};
    memcpy(request->zone, question.zone, sizeof request->zone);
    memcpy(request->text, question.text, sizeof request->text);
    memcpy(request->until, question.until, sizeof request->until);
    return SW_MESSAGE_OK;
}

enum sw_message_status sw_control_answer(int end, const struct sw_control_answer *answer, int fd)
{
    struct reply reply = {.version = VERSION, .code = (uint32_t)answer->code, .size = answer->size};
    memcpy(reply.said, answer->said, sizeof reply.said);
    return sw_message_send(end, &reply, sizeof reply, fd);
}

enum sw_message_status sw_control_learn(int end, struct sw_control_answer *answer, int *fd)
{
    struct reply reply;
    size_t length;
    enum sw_message_status status = sw_message_receive(end, &reply, sizeof reply, &length, fd);
    if (status != SW_MESSAGE_OK)
        return status;
    if (length != sizeof reply || reply.version != VERSION || reply.code > 3 || reply.size > SW_CONTROL_BYTES_MAX ||
        (reply.size > 0) != (*fd >= 0) || !ends(reply.said, sizeof reply.said)) {
        if (*fd >= 0)
            close(*fd);
        *fd = -1;
        return SW_MESSAGE_CLOSED;
    }
    *answer = (struct sw_control_answer){.code = (int)reply.code, .size = (size_t)reply.size};
    memcpy(answer->said, reply.said, sizeof answer->said);
    return SW_MESSAGE_OK;
}
