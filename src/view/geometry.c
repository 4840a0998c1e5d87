/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/geometry.h"

#include <math.h>

bool sw_rect_contains(struct sw_rect rect, double x, double y)
{
    return x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height;
}

bool sw_rect_empty(struct sw_rect rect)
{
    return !(rect.width > 0 && rect.height > 0);
}

struct sw_rect sw_rect_intersect(struct sw_rect a, struct sw_rect b)
{
    double x = fmax(a.x, b.x), y = fmax(a.y, b.y);
    double end = fmin(a.x + a.width, b.x + b.width), bottom = fmin(a.y + a.height, b.y + b.height);
    return (struct sw_rect){x, y, fmax(0, end - x), fmax(0, bottom - y)};
}

struct sw_rect sw_rect_inset(struct sw_rect rect, double top, double end, double bottom, double start)
{
    return (struct sw_rect){rect.x + start, rect.y + top, fmax(0, rect.width - start - end), fmax(0, rect.height - top - bottom)};
}

bool sw_box_px_empty(struct sw_box_px box)
{
    return box.width <= 0 || box.height <= 0;
}

struct sw_box_px sw_box_px_intersect(struct sw_box_px a, struct sw_box_px b)
{
    int x = a.x > b.x ? a.x : b.x, y = a.y > b.y ? a.y : b.y;
    int end = a.x + a.width < b.x + b.width ? a.x + a.width : b.x + b.width;
    int bottom = a.y + a.height < b.y + b.height ? a.y + a.height : b.y + b.height;
    return (struct sw_box_px){x, y, end > x ? end - x : 0, bottom > y ? bottom - y : 0};
}

struct sw_box_px sw_box_px_union(struct sw_box_px a, struct sw_box_px b)
{
    if (sw_box_px_empty(a))
        return b;
    if (sw_box_px_empty(b))
        return a;
    int x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
    int end = a.x + a.width > b.x + b.width ? a.x + a.width : b.x + b.width;
    int bottom = a.y + a.height > b.y + b.height ? a.y + a.height : b.y + b.height;
    return (struct sw_box_px){x, y, end - x, bottom - y};
}

/* Far outside any wall, and still safe to add in an int. */
static int clamp(double number)
{
    return number < -1e6 ? -1000000 : number > 1e6 ? 1000000 : (int)number;
}

struct sw_box_px sw_box_px_round_out(struct sw_rect rect)
{
    int x = clamp(floor(rect.x)), y = clamp(floor(rect.y));
    return (struct sw_box_px){x, y, clamp(ceil(rect.x + rect.width)) - x, clamp(ceil(rect.y + rect.height)) - y};
}
