/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/answer.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "stage/tell.h"

#define REPORT_MAX ((size_t)1 << 20)

static void answer_status(struct sw_loop *loop, const struct sw_control_request *request, int end)
{
    struct sw_status_facts facts = sw_loop_facts(loop);
    struct sw_buffer report;
    sw_buffer_init(&report, REPORT_MAX);
    int code = sw_report(loop, &facts, request->form, &report);
    sw_control_reply(end, code, "", report.bytes, report.length);
    sw_buffer_finish(&report);
}

/* Only the copy is made here; what takes long is left to the control thread. */
static void answer_shot(struct sw_loop *loop, int end)
{
    struct sw_wallview view = {.count = 0};
    int width = 0, height = 0, stride = 0;
    const uint32_t *pixels = sw_screen_pixels(loop->screen, &width, &height, &stride);
    if (loop->last_put == 0 || pixels == NULL) {
        sw_control_reply(end, 2, loop->last_put == 0 ? "nothing is on yet" : "the picture cannot be read back", NULL, 0);
        return;
    }
    if (loop->edition.wall != NULL)
        view = sw_wallview_seen(loop->edition.wall);
    uint32_t *copy = sw_alloc_array((size_t)width * (size_t)height, sizeof *copy);
    for (int y = 0; y < height; y++)
        memcpy(copy + (size_t)y * (size_t)width, (const unsigned char *)pixels + (size_t)y * (size_t)stride, (size_t)width * sizeof *copy);
    sw_control_answer_shot(loop->house.control, end, copy, width, height, &view);
}

static bool kind_of(enum sw_control_verb verb, enum sw_tell_kind *kind)
{
    switch (verb) {
    case SW_CONTROL_GO: *kind = SW_TELL_GO; return true;
    case SW_CONTROL_HOME: *kind = SW_TELL_HOME; return true;
    case SW_CONTROL_NEXT: *kind = SW_TELL_NEXT; return true;
    case SW_CONTROL_OVERRIDE: *kind = SW_TELL_OVERRIDE; return true;
    case SW_CONTROL_CLEAR: *kind = SW_TELL_CLEAR; return true;
    case SW_CONTROL_LANGUAGE: *kind = SW_TELL_LANGUAGE; return true;
    case SW_CONTROL_CLEANING: *kind = SW_TELL_CLEANING; return true;
    case SW_CONTROL_STATUS:
    case SW_CONTROL_SHOT:
    case SW_CONTROL_OPEN:
    case SW_CONTROL_CLOSE:
    case SW_CONTROL_BLANK:
    case SW_CONTROL_RELOAD:
    case SW_CONTROL_VOLUME:
    case SW_CONTROL_MUTE:
    case SW_CONTROL_UNMUTE: return false;
    }
    return false;
}

static void do_as_told(struct sw_loop *loop, const struct sw_control_request *request, int end)
{
    sw_loop_recall(loop); /* what the clock has done so far concerns what was told before */
    struct sw_time now = sw_loop_now(loop);
    struct sw_tell tell = {.zone = request->zone[0] != '\0' ? request->zone : NULL, .text = request->text, .by = request->by};
    const char *fault = "there is nothing on but the built-in card";
    bool endless = request->seconds == 0 && request->verb == SW_CONTROL_OVERRIDE;
    tell.until = endless ? SW_NEVER : now.instant + request->seconds * SW_SECOND;
    bool done = false;
    if (kind_of(request->verb, &tell.kind))
        done = loop->edition.stage != NULL && sw_stage_tell(loop->edition.stage, &tell, now, &fault);
    else
        done = sw_loop_order(loop, request, &fault);
    loop->recall.look_at = 0;
    sw_log(SW_LOG_NOTICE, "control", "told by %s: %s%s%s%s%s: %s", request->by, sw_control_verb_name(request->verb),
           request->text[0] != '\0' ? " " : "", request->text, tell.zone != NULL ? " in zone " : "", request->zone, done ? "done" : fault);
    sw_control_reply(end, done ? 0 : 1, done ? "" : fault, NULL, 0);
}

void sw_loop_answer(struct sw_loop *loop)
{
    struct sw_control_request request;
    int end;
    while (sw_control_take(loop->house.control, &request, &end)) {
        if (request.verb == SW_CONTROL_STATUS)
            answer_status(loop, &request, end);
        else if (request.verb == SW_CONTROL_SHOT)
            answer_shot(loop, end);
        else
            do_as_told(loop, &request, end);
    }
}
