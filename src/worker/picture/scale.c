/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/picture/scale.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define RADIUS 2.0 /* of the cubic, in pixels of the coarser side */
#define GATHERED_MAX 8 /* source rows in one target row that is finer: twice the radius, and what rounding adds */

/* Blue, green, red, alpha. A type of gcc's and clang's: the four are added and multiplied at once, each as a float by itself. */
typedef float channels __attribute__((vector_size(16)));

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
    channels *row;                /* the source row */
    channels *ring;               /* `rows` rows of target width, and one of scratch */
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
    assert(ratio > 1 || axis->room <= GATHERED_MAX);
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
    scaler->row = sw_alloc_array((size_t)across.source, sizeof *scaler->row);
    scaler->ring = sw_alloc_array((size_t)across.target * ((size_t)scaler->rows + 1), sizeof *scaler->ring);
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
static channels *ring_row(const struct sw_scaler *scaler, int index)
{
    return scaler->ring + (size_t)index * (size_t)scaler->target_width;
}

static const float *weights_of(const struct axis *axis, int target)
{
    return axis->weights + (size_t)target * (size_t)axis->room;
}

static void spread(const uint32_t *row, int width, channels *out)
{
    for (int x = 0; x < width; x++) {
        uint32_t pixel = row[x];
        out[x] = (channels){(float)(int)(pixel & 0xff), (float)(int)(pixel >> 8 & 0xff), (float)(int)(pixel >> 16 & 0xff),
                            (float)(int)(pixel >> 24)};
    }
}

static void scale_across(const struct sw_scaler *scaler, channels *out)
{
    const struct axis *axis = &scaler->across;
    for (int x = 0; x < axis->target; x++) {
        const float *weights = weights_of(axis, x);
        const channels *from = scaler->row + axis->first[x];
        channels even = {0, 0, 0, 0}, odd = {0, 0, 0, 0}; /* two sums that do not wait for each other */
        int taps = axis->taps[x];
        for (int i = 0; i + 1 < taps; i += 2) {
            even += weights[i] * from[i];
            odd += weights[i + 1] * from[i + 1];
        }
        if (taps % 2 != 0)
            even += weights[taps - 1] * from[taps - 1];
        out[x] = even + odd;
    }
}

static uint32_t level(float value, uint32_t most)
{
    float rounded = value + 0.5f;
    return rounded < 1 ? 0 : rounded >= (float)(int)most ? most : (uint32_t)(int)rounded;
}

/* The cubic may overshoot: alpha is clamped to 0..255, colours to 0..alpha. */
static uint32_t pixel_of(channels sum)
{
    uint32_t alpha = level(sum[3], 255);
    return alpha << 24 | level(sum[2], alpha) << 16 | level(sum[1], alpha) << 8 | level(sum[0], alpha);
}

static uint32_t *target_row(const struct sw_scaler *scaler, int target)
{
    return scaler->pixels + (size_t)target * (size_t)scaler->target_width;
}

/* Every target row whose last source row has come. */
static void gather(struct sw_scaler *scaler, int y)
{
    const struct axis *axis = &scaler->down;
    scale_across(scaler, ring_row(scaler, y % scaler->rows));
    for (; scaler->next_target < axis->target; scaler->next_target++) {
        int target = scaler->next_target, first = axis->first[target], taps = axis->taps[target];
        const float *weights = weights_of(axis, target);
        const channels *rows[GATHERED_MAX];
        uint32_t *out = target_row(scaler, target);
        if (first + taps - 1 > y)
            return;
        for (int i = 0; i < taps; i++)
            rows[i] = ring_row(scaler, (first + i) % scaler->rows);
        for (int x = 0; x < scaler->target_width; x++) {
            channels sum = {0, 0, 0, 0};
            for (int i = 0; i < taps; i++)
                sum += weights[i] * rows[i][x];
            out[x] = pixel_of(sum);
        }
    }
}

/* Adds a part of the row to a target row, or stores what they come to where it is the last. */
static void add_row(const struct sw_scaler *scaler, const channels *row, int target, int tap)
{
    channels *sums = ring_row(scaler, target % scaler->rows);
    float weight = weights_of(&scaler->down, target)[tap];
    uint32_t *out = target_row(scaler, target);
    bool last = tap == scaler->down.taps[target] - 1;
    if (tap == 0)
        memset(sums, 0, (size_t)scaler->target_width * sizeof *sums);
    for (int x = 0; x < scaler->target_width && !last; x++)
        sums[x] += weight * row[x];
    for (int x = 0; x < scaler->target_width && last; x++)
        out[x] = pixel_of(sums[x] + weight * row[x]);
}

/* To every target row that it is part of. */
static void scatter(struct sw_scaler *scaler, int y)
{
    const struct axis *axis = &scaler->down;
    channels *row = ring_row(scaler, scaler->rows);
    scale_across(scaler, row);
    for (int target = scaler->next_target; target < axis->target && axis->first[target] <= y; target++) {
        if (y - axis->first[target] < axis->taps[target])
            add_row(scaler, row, target, y - axis->first[target]);
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
