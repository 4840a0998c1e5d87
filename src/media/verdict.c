/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/verdict.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void say(struct sw_media_verdict *verdict, const char *format, ...) SW_PRINTF(2, 3);

static void say(struct sw_media_verdict *verdict, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(verdict->fault, sizeof verdict->fault, format, arguments);
    va_end(arguments);
}

static void say_too_large(struct sw_media_verdict *verdict)
{
    if (verdict->width <= SW_PICTURE_SIDE_MAX && verdict->height <= SW_PICTURE_SIDE_MAX && verdict->width > 0)
        say(verdict, "is %d × %d pixels; at most %" PRId64 " megapixels (8192 × 8192)", verdict->width, verdict->height,
            SW_PICTURE_PIXELS_MAX >> 20);
    else if (verdict->width > 0)
        say(verdict, "is %d × %d pixels; at most %d a side", verdict->width, verdict->height, SW_PICTURE_SIDE_MAX);
    else
        say(verdict, "is too large; at most %d pixels a side", SW_PICTURE_SIDE_MAX);
}

static void say_unsupported(struct sw_media_verdict *verdict, enum sw_picture_kind kind)
{
    if (kind == SW_PICTURE_WEBP)
        say(verdict, "is an animated WebP; only still ones are shown");
    else
        say(verdict, "is a %s of a rare variety that is not shown; save it again with usual settings", sw_picture_kind_name(kind));
}

static void say_status(struct sw_media_verdict *verdict, enum sw_worker_status status, enum sw_picture_kind kind)
{
    switch (status) {
    case SW_WORKER_OK: return;
    case SW_WORKER_EMPTY: say(verdict, "is empty"); return;
    case SW_WORKER_NOT_A_PICTURE:
    case SW_WORKER_OTHER_KIND: say(verdict, "is not a PNG, JPEG, WebP or SVG picture"); return;
    case SW_WORKER_TRUNCATED: say(verdict, "is cut short"); return;
    case SW_WORKER_DAMAGED: say(verdict, "is damaged"); return;
    case SW_WORKER_TOO_LARGE: say_too_large(verdict); return;
    case SW_WORKER_TOO_MANY_BYTES:
        say(verdict, "is too large; at most %zu MiB, an SVG %zu MiB", SW_PICTURE_BYTES_MAX >> 20, SW_SVG_BYTES_MAX >> 20);
        return;
    case SW_WORKER_TOO_COMPLEX: say(verdict, "is too complex; at most %d elements", SW_SVG_ELEMENTS_MAX); return;
    case SW_WORKER_UNSUPPORTED: say_unsupported(verdict, kind); return;
    case SW_WORKER_FAILED: say(verdict, "could not be decoded"); return;
    }
}

static void say_wrong_name(struct sw_media_verdict *verdict, const char *path, enum sw_picture_kind kind)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash != NULL ? slash : path, '.');
    const char *article = kind == SW_PICTURE_SVG ? "an" : "a";
    if (dot != NULL)
        say(verdict, "is %s %s but named %.16s", article, sw_picture_kind_name(kind), dot);
    else
        say(verdict, "is %s %s but its name does not say so", article, sw_picture_kind_name(kind));
}

void sw_verdict_of(const struct sw_order *order, struct sw_media_verdict *verdict)
{
    memset(verdict, 0, sizeof *verdict);
    switch (order->fate) {
    case SW_ORDER_LOOKED: return;
    case SW_ORDER_NO_FILE: say(verdict, "%s", sw_file_status_text(order->file)); return;
    case SW_ORDER_GIVEN_UP: say(verdict, "is broken or too complex: decoding it was given up"); return;
    case SW_ORDER_NO_WORKER: say(verdict, "could not be decoded: no worker"); return;
    case SW_ORDER_ANSWERED: break;
    }
    enum sw_worker_status status = (enum sw_worker_status)order->reply.status;
    enum sw_picture_kind kind = (enum sw_picture_kind)order->reply.kind;
    verdict->usable = status == SW_WORKER_OK;
    verdict->width = order->reply.picture_width;
    verdict->height = order->reply.picture_height;
    say_status(verdict, status, kind);
    if (verdict->usable && kind != sw_kind_of_name(order->path))
        say_wrong_name(verdict, order->path, kind);
}
