/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/average.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/must.h"

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
SW_WIDE static void add_row(uint16_t *restrict sums, const uint8_t *restrict row, size_t count, uint16_t weight)
{
    for (size_t i = 0; i < count; i++)
        sums[i] = (uint16_t)(sums[i] + row[i] * weight);
}

/* The four channels of a pixel. */
typedef uint32_t channels __attribute__((vector_size(16)));
typedef uint16_t channel_sums __attribute__((vector_size(8)));

/* A row of target pixels from the rows' sums. */
SW_WIDE static void put_row(uint32_t *restrict out, const uint16_t *restrict sums, const struct span *spans, int count, int first)
{
    for (int x = 0; x < count; x++) {
        const uint16_t *next = sums + 4 * (ptrdiff_t)(spans[x].first - first);
        channels sum = {ONE * ONE / 2, ONE * ONE / 2, ONE * ONE / 2, ONE * ONE / 2};
        for (int i = 0; i < spans[x].count; i++, next += 4) {
            channel_sums one;
            memcpy(&one, next, sizeof one);
            sum += __builtin_convertvector(one, channels) * (uint32_t)spans[x].weights[i];
        }
        sum /= ONE * ONE;
        out[x] = sum[0] | sum[1] << 8 | sum[2] << 16 | sum[3] << 24;
    }
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
        put_row(out, sums, across.spans, box.width, first);
    }
    free(sums);
    finish_axis(&across);
    finish_axis(&down);
}
