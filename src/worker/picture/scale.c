/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/picture/scale.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define RADIUS 2.0 /* of the cubic, in pixels of the coarser side */

/* What each target pixel takes from the source: `taps[i]` weights from pixel first[i] on. */
struct axis {
    int target;
    int *first, *taps;
    float *weights; /* `room` a target pixel */
    int room;
};

struct sw_scaler {
    struct axis across, down;
    int source_width, target_width;
    int next_source, next_target; /* rows */
    bool gather;                  /* the target has the finer rows: keep source rows; else keep sums of target rows */
    float *row;                   /* the source row as floats, 4 a pixel */
    float *ring;                  /* `rows` rows of target width, 4 floats a pixel */
    int rows;
    uint32_t *pixels;
};

static double cubic(double x)
{
    x = fabs(x);
    if (x < 1)
        return (1.5 * x - 2.5) * x * x + 1;
    if (x < 2)
        return ((-0.5 * x + 2.5) * x - 4) * x + 2;
    return 0;
}

static int clamp_int(double value, int most)
{
    return value < 0 ? 0 : value > most ? most : (int)value;
}

/* The weights of one target pixel whose middle lies at `middle`, normalised to 1. */
static void weigh(struct axis *axis, int at, double middle, double width, int source)
{
    int first = clamp_int(ceil(middle - RADIUS * width - 0.5), source - 1);
    int last = clamp_int(floor(middle + RADIUS * width - 0.5), source - 1);
    assert(last - first < axis->room);
    float *weights = axis->weights + (size_t)at * (size_t)axis->room;
    double sum = 0;
    for (int i = first; i <= last; i++)
        sum += cubic((i + 0.5 - middle) / width);
    for (int i = first; i <= last; i++)
        weights[i - first] = sum == 0 ? 1.0f / (float)(last - first + 1) : (float)(cubic((i + 0.5 - middle) / width) / sum);
    axis->first[at] = first;
    axis->taps[at] = last - first + 1;
}

/* Pixel by pixel: the cubic would give the same at five times the cost. */
static void copy_axis(struct axis *axis, int from)
{
    for (int i = 0; i < axis->target; i++) {
        axis->first[i] = from + i;
        axis->taps[i] = 1;
        axis->weights[(size_t)i * (size_t)axis->room] = 1;
    }
}

static void init_axis(struct axis *axis, struct sw_scale_span span)
{
    double ratio = (span.to - span.from) / span.target, width = ratio > 1 ? ratio : 1;
    axis->target = span.target;
    axis->room = (int)ceil(2 * RADIUS * width) + 2;
    axis->first = sw_alloc_array((size_t)span.target, sizeof *axis->first);
    axis->taps = sw_alloc_array((size_t)span.target, sizeof *axis->taps);
    axis->weights = sw_alloc_array((size_t)span.target * (size_t)axis->room, sizeof *axis->weights);
    if (ratio == 1 && span.from == floor(span.from)) {
        copy_axis(axis, (int)span.from);
        return;
    }
    for (int i = 0; i < span.target; i++)
        weigh(axis, i, span.from + (i + 0.5) * ratio, width, span.source);
}

static void finish_axis(struct axis *axis)
{
    free(axis->first);
    free(axis->taps);
    free(axis->weights);
}

/* The most target rows that one source row is part of. */
static int overlap(const struct axis *axis)
{
    int most = 1;
    for (int i = 0, open = 0; i < axis->target; i++) {
        while (axis->first[open] + axis->taps[open] <= axis->first[i])
            open++;
        if (i - open + 1 > most)
            most = i - open + 1;
    }
    return most;
}

struct sw_scaler *sw_scaler_create(struct sw_scale_span across, struct sw_scale_span down, uint32_t *pixels)
{
    struct sw_scaler *scaler = sw_alloc(sizeof *scaler);
    init_axis(&scaler->across, across);
    init_axis(&scaler->down, down);
    scaler->source_width = across.source;
    scaler->target_width = across.target;
    scaler->pixels = pixels;
    scaler->gather = down.to - down.from < down.target;
    scaler->rows = scaler->gather ? scaler->down.room : overlap(&scaler->down);
    scaler->row = sw_alloc_array((size_t)across.source * 4, sizeof *scaler->row);
    scaler->ring = sw_alloc_array((size_t)across.target * 4 * ((size_t)scaler->rows + 1), sizeof *scaler->ring);
    return scaler;
}

void sw_scaler_destroy(struct sw_scaler *scaler)
{
    if (scaler == NULL)
        return;
    finish_axis(&scaler->across);
    finish_axis(&scaler->down);
    free(scaler->row);
    free(scaler->ring);
    free(scaler);
}

/* Row `index` of the ring; the one behind the last is scratch. */
static float *ring_row(const struct sw_scaler *scaler, int index)
{
    return scaler->ring + (size_t)index * (size_t)scaler->target_width * 4;
}

static void spread(const uint32_t *row, int width, float *out)
{
    for (int x = 0; x < width; x++) {
        uint32_t pixel = row[x];
        out[4 * x] = (float)(int)(pixel & 0xff);
        out[4 * x + 1] = (float)(int)(pixel >> 8 & 0xff);
        out[4 * x + 2] = (float)(int)(pixel >> 16 & 0xff);
        out[4 * x + 3] = (float)(int)(pixel >> 24);
    }
}

static void scale_across(const struct sw_scaler *scaler, float *out)
{
    const struct axis *axis = &scaler->across;
    for (int x = 0; x < axis->target; x++) {
        const float *weights = axis->weights + (size_t)x * (size_t)axis->room;
        const float *from = scaler->row + (size_t)axis->first[x] * 4;
        float sum[4] = {0, 0, 0, 0};
        for (int i = 0; i < axis->taps[x]; i++) {
            for (int c = 0; c < 4; c++)
                sum[c] += weights[i] * from[4 * i + c];
        }
        memcpy(out + 4 * (size_t)x, sum, sizeof sum);
    }
}

static void add_row(float *restrict sums, const float *restrict row, float weight, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sums[i] += weight * row[i];
}

static uint32_t level(float value, uint32_t most)
{
    float rounded = value + 0.5f;
    return rounded < 1 ? 0 : rounded >= (float)(int)most ? most : (uint32_t)(int)rounded;
}

/* The cubic may overshoot: alpha is clamped to 0..255, colours to 0..alpha. */
static void store(const float *sums, int width, uint32_t *out)
{
    for (int x = 0; x < width; x++, sums += 4) {
        uint32_t alpha = level(sums[3], 255);
        out[x] = alpha << 24 | level(sums[2], alpha) << 16 | level(sums[1], alpha) << 8 | level(sums[0], alpha);
    }
}

/* Every target row whose last source row has come. */
static void gather(struct sw_scaler *scaler, int y)
{
    const struct axis *axis = &scaler->down;
    size_t count = (size_t)scaler->target_width * 4;
    float *sums = ring_row(scaler, scaler->rows);
    scale_across(scaler, ring_row(scaler, y % scaler->rows));
    for (; scaler->next_target < axis->target; scaler->next_target++) {
        int target = scaler->next_target, first = axis->first[target], taps = axis->taps[target];
        if (first + taps - 1 > y)
            return;
        const float *weights = axis->weights + (size_t)target * (size_t)axis->room;
        memset(sums, 0, count * sizeof *sums);
        for (int i = 0; i < taps; i++)
            add_row(sums, ring_row(scaler, (first + i) % scaler->rows), weights[i], count);
        store(sums, scaler->target_width, scaler->pixels + (size_t)target * (size_t)scaler->target_width);
    }
}

/* Adds the row to every target row that it is part of; those that are complete are stored. */
static void scatter(struct sw_scaler *scaler, int y)
{
    const struct axis *axis = &scaler->down;
    size_t count = (size_t)scaler->target_width * 4;
    float *row = ring_row(scaler, scaler->rows);
    scale_across(scaler, row);
    for (int target = scaler->next_target; target < axis->target && axis->first[target] <= y; target++) {
        float *sums = ring_row(scaler, target % scaler->rows);
        int tap = y - axis->first[target];
        if (tap == 0)
            memset(sums, 0, count * sizeof *sums);
        if (tap < axis->taps[target])
            add_row(sums, row, axis->weights[(size_t)target * (size_t)axis->room + (size_t)tap], count);
        if (tap == axis->taps[target] - 1)
            store(sums, scaler->target_width, scaler->pixels + (size_t)target * (size_t)scaler->target_width);
    }
    while (scaler->next_target < axis->target && axis->first[scaler->next_target] + axis->taps[scaler->next_target] - 1 <= y)
        scaler->next_target++;
}

void sw_scaler_row(struct sw_scaler *scaler, const uint32_t *row)
{
    int y = scaler->next_source++;
    if (sw_scaler_done(scaler) || y < scaler->down.first[0])
        return;
    spread(row, scaler->source_width, scaler->row);
    if (scaler->gather)
        gather(scaler, y);
    else
        scatter(scaler, y);
}

bool sw_scaler_done(const struct sw_scaler *scaler)
{
    return scaler->next_target >= scaler->down.target;
}
