/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/average.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define ONE 256 /* what the weights of one target pixel add up to in each direction */

/* The source pixels that one target pixel covers in one direction, and how much of it each of them makes. */
struct span {
    int first, count;
    const uint16_t *weights;
};

/* The spans of target pixels `begin`..`end` of `target`, over `source` pixels. */
struct axis {
    struct span *spans;
    uint16_t *weights;
};

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

/* In units of which a source pixel has `target` and a target pixel `source`. Cut from sums, so that no rounding is left over. */
static int weigh(int index, int source, int target, struct span *span, uint16_t *weights)
{
    int64_t start = (int64_t)index * source, end = start + source, before = 0;
    span->first = (int)(start / target);
    span->count = (int)((end + target - 1) / target) - span->first;
    for (int i = 0; i < span->count; i++) {
        int64_t sum = (least((int64_t)(span->first + i + 1) * target, end) - start) * ONE / source;
        weights[i] = (uint16_t)(sum - before);
        before = sum;
    }
    span->weights = weights;
    return span->count;
}

static struct axis make_axis(int begin, int end, int source, int target)
{
    size_t count = (size_t)(end - begin), room = count * ((size_t)source / (size_t)target + 2);
    struct axis axis = {.spans = sw_alloc_array(count, sizeof *axis.spans), .weights = sw_alloc_array(room, sizeof *axis.weights)};
    uint16_t *next = axis.weights;
    for (int i = begin; i < end; i++)
        next += weigh(i, source, target, &axis.spans[i - begin], next);
    return axis;
}

static void finish_axis(struct axis *axis)
{
    free(axis->spans);
    free(axis->weights);
}

/* sums += weight * row: at most 255 * ONE in all, which 16 bits hold. Compilers make vectors of it. */
static void add_row(uint16_t *restrict sums, const uint8_t *restrict row, size_t count, uint16_t weight)
{
    for (size_t i = 0; i < count; i++)
        sums[i] = (uint16_t)(sums[i] + row[i] * weight);
}

/* One target pixel from the rows' sums. */
static uint32_t pixel_of(const uint16_t *sums, struct span span)
{
    uint32_t channels[4] = {0};
    for (int i = 0; i < span.count; i++)
        for (int k = 0; k < 4; k++)
            channels[k] += (uint32_t)sums[4 * i + k] * span.weights[i];
    uint32_t pixel = 0;
    for (int k = 0; k < 4; k++)
        pixel |= (channels[k] + ONE * ONE / 2) / (ONE * ONE) << 8 * k;
    return pixel;
}

void sw_average_put(const struct sw_average *average, struct sw_box_px box)
{
    if (sw_box_px_empty(box))
        return;
    int left = box.x - average->x, top = box.y - average->y;
    struct axis across = make_axis(left, left + box.width, average->from_width, average->width);
    struct axis down = make_axis(top, top + box.height, average->from_height, average->height);
    int first = across.spans[0].first;
    size_t width = (size_t)(across.spans[box.width - 1].first + across.spans[box.width - 1].count - first);
    uint16_t *sums = sw_alloc_array(4 * width, sizeof *sums);
    for (int y = 0; y < box.height; y++) {
        struct span rows = down.spans[y];
        memset(sums, 0, 4 * width * sizeof *sums);
        for (int i = 0; i < rows.count; i++)
            add_row(sums, (const uint8_t *)average->from + (ptrdiff_t)average->from_stride * (rows.first + i) + 4 * (ptrdiff_t)first,
                    4 * width, rows.weights[i]);
        uint32_t *out = (uint32_t *)((uint8_t *)average->to + (ptrdiff_t)average->stride * (box.y + y)) + box.x;
        for (int x = 0; x < box.width; x++)
            out[x] = pixel_of(sums + 4 * (across.spans[x].first - first), across.spans[x]);
    }
    free(sums);
    finish_axis(&across);
    finish_axis(&down);
}
