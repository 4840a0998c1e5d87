/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/request.h"

#include <math.h>
#include <string.h>

static bool side_valid(int64_t side)
{
    return side >= 1 && side <= SW_PICTURE_SIDE_MAX;
}

bool sw_picture_size_fits(int64_t width, int64_t height)
{
    return side_valid(width) && side_valid(height) && width * height <= SW_PICTURE_PIXELS_MAX;
}

/* A share of less than a hundred-thousandth would be less than a pixel of the largest picture. */
static bool span_valid(float from, float to)
{
    return isfinite(from) && isfinite(to) && from >= 0 && to <= 1 && to - from >= 1e-5f;
}

bool sw_worker_request_valid(const struct sw_worker_request *request)
{
    if (request->version != SW_WORKER_VERSION || request->op < SW_WORKER_PROBE || request->op > SW_WORKER_RENDER)
        return false;
    if (request->op != SW_WORKER_RENDER)
        return true;
    return sw_picture_size_fits(request->width, request->height) && span_valid(request->left, request->right) &&
           span_valid(request->top, request->bottom);
}

bool sw_worker_reply_valid(const struct sw_worker_reply *reply, const struct sw_worker_request *request)
{
    if (reply->version != SW_WORKER_VERSION || reply->id != request->id || reply->kind >= SW_PICTURE_KINDS)
        return false;
    if (reply->status < SW_WORKER_OK || reply->status > SW_WORKER_STATUS_LAST)
        return false;
    if (reply->picture_width < 0 || reply->picture_height < 0)
        return false;
    if (reply->status != SW_WORKER_OK)
        return true;
    if (!sw_picture_size_fits(reply->picture_width, reply->picture_height))
        return false;
    if (request->op != SW_WORKER_RENDER)
        return true;
    return (reply->format == SW_PIXELS_XRGB || reply->format == SW_PIXELS_ARGB) && reply->width == request->width &&
           reply->height == request->height && reply->stride == reply->width * 4;
}

const char *sw_picture_kind_name(enum sw_picture_kind kind)
{
    switch (kind) {
    case SW_PICTURE_PNG: return "PNG";
    case SW_PICTURE_JPEG: return "JPEG";
    case SW_PICTURE_WEBP: return "WebP";
    case SW_PICTURE_SVG: return "SVG";
    case SW_PICTURE_UNKNOWN: break;
    }
    return "unknown";
}

/* SVG has no magic bytes: text that begins with '<' (after a byte order mark and white space) and names an svg element early on. */
static bool looks_like_svg(const char *text, size_t length)
{
    size_t at = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n'))
        at++;
    if (at >= length || text[at] != '<')
        return false;
    size_t end = length < 65536 ? length : 65536;
    for (; at + 4 <= end; at++) {
        if ((text[at] == '<' || text[at] == ':') && memcmp(text + at + 1, "svg", 3) == 0)
            return true;
    }
    return false;
}

enum sw_picture_kind sw_picture_sniff(const uint8_t *bytes, size_t length)
{
    if (length >= 8 && memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
        return SW_PICTURE_PNG;
    if (length >= 3 && memcmp(bytes, "\xff\xd8\xff", 3) == 0)
        return SW_PICTURE_JPEG;
    if (length >= 12 && memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WEBP", 4) == 0)
        return SW_PICTURE_WEBP;
    return looks_like_svg((const char *)bytes, length) ? SW_PICTURE_SVG : SW_PICTURE_UNKNOWN;
}
