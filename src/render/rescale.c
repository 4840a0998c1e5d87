/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/rescale.h"

#include <libyuv.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/must.h"

#define ONE 256 /* the share of two neighbours together */
#define BLOCK 4 /* pixels that are made at once */

/* Between which pixels of the picture an outer pixel's middle lies: `share` of ONE is that of the one behind `at`. */
struct tap {
    int at;
    uint16_t share;
};

static struct tap tap_of(int outer, double origin, double rise, int size)
{
    double position = fmin(fmax((outer + 0.5 - origin) * rise - 0.5, 0), size - 1);
    int steps = (int)floor(position * ONE + 0.5);
    return (struct tap){steps / ONE, (uint16_t)(steps % ONE)};
}

/* The columns of a box. */
struct columns {
    int first, count;  /* pixels of the picture that are read, each row */
    int *at;           /* from the first */
    uint16_t *shares;  /* one a channel */
};

static struct columns make_columns(const struct sw_rescale *rescale, struct sw_box_px box)
{
    size_t count = (size_t)box.width;
    struct columns columns = {.at = sw_alloc_array(count, sizeof *columns.at), .shares = sw_alloc_array(4 * count, sizeof *columns.shares)};
    struct tap last = {0, 0};
    for (int i = 0; i < box.width; i++) {
        last = tap_of(box.x + i, rescale->x, rescale->across, rescale->width);
        columns.first = i == 0 ? last.at : columns.first;
        columns.at[i] = last.at - columns.first;
        for (int k = 0; k < 4; k++)
            columns.shares[4 * i + k] = last.share;
    }
    columns.count = last.at - columns.first + (last.share > 0 ? 2 : 1);
    return columns;
}

/* The channels of a block; its pixels; two pairs of neighbours. */
typedef uint8_t bytes __attribute__((vector_size(4 * BLOCK)));
typedef uint16_t words __attribute__((vector_size(8 * BLOCK)));
typedef uint32_t pixels __attribute__((vector_size(4 * BLOCK)));
typedef uint64_t pairs __attribute__((vector_size(4 * BLOCK)));

static void mix_rows(uint32_t *out, const uint32_t *a, const uint32_t *b, int count, uint16_t share)
{
    (void)InterpolatePlane((const uint8_t *)a, 0, (const uint8_t *)b, 0, (uint8_t *)out, 0, 4 * count, 1, share);
}

static inline uint64_t pair_at(const uint32_t *row)
{
    uint64_t pair;
    memcpy(&pair, row, sizeof pair);
    return pair;
}

/* The row has a pixel more than is read. */
SW_WIDE static void mix_columns(uint32_t *restrict out, const uint32_t *restrict row, const int *restrict at,
                                const uint16_t *restrict shares, int count)
{
    int x = 0;
    for (; x + BLOCK <= count; x += BLOCK) {
        pairs left = {pair_at(row + at[x]), pair_at(row + at[x + 1])}, right = {pair_at(row + at[x + 2]), pair_at(row + at[x + 3])};
        bytes first = (bytes)__builtin_shufflevector((pixels)left, (pixels)right, 0, 2, 4, 6);
        bytes second = (bytes)__builtin_shufflevector((pixels)left, (pixels)right, 1, 3, 5, 7);
        words share;
        memcpy(&share, shares + 4 * (ptrdiff_t)x, sizeof share);
        words sum = __builtin_convertvector(first, words) * (ONE - share) + __builtin_convertvector(second, words) * share;
        bytes mixed = __builtin_convertvector((sum + ONE / 2) / ONE, bytes);
        memcpy(out + x, &mixed, sizeof mixed);
    }
    for (; x < count; x++) {
        const uint8_t *a = (const uint8_t *)(row + at[x]);
        for (int i = 0; i < 4; i++) {
            unsigned share = shares[4 * (ptrdiff_t)x];
            ((uint8_t *)(out + x))[i] = (uint8_t)((a[i] * (ONE - share) + a[4 + i] * share + ONE / 2) / ONE);
        }
    }
}

/* Rows of the picture, the last two that were asked for. */
struct rows {
    const struct sw_rescale *rescale;
    const struct columns *columns;
    int width;       /* of what is kept: pixels of the picture, or of the box if they are scaled across */
    bool across;     /* they are */
    uint32_t *raw;   /* a row of the picture on the way there */
    uint32_t *kept[2];
    int which[2];
};

static const uint32_t *row_of(struct rows *rows, int y)
{
    uint32_t *row = rows->kept[y % 2];
    if (rows->which[y % 2] == y)
        return row;
    rows->which[y % 2] = y;
    const struct sw_rescale *rescale = rows->rescale;
    rescale->row(rescale->context, rows->columns->first, y, rows->columns->count, rows->across ? rows->raw : row);
    if (rows->across)
        mix_columns(row, rows->raw, rows->columns->at, rows->columns->shares, rows->width);
    return row;
}

/* Made smaller, rows are mixed before they are scaled across; made larger, each row of the picture is scaled across but once. */
static void put_row(struct rows *rows, struct tap tap, int width, uint32_t *out)
{
    const uint32_t *row = row_of(rows, tap.at);
    uint32_t *mixed = rows->across ? out : rows->raw;
    if (tap.share > 0)
        mix_rows(mixed, row, row_of(rows, tap.at + 1), rows->width, tap.share);
    else if (rows->across)
        memcpy(out, row, 4 * (size_t)width);
    if (!rows->across)
        mix_columns(out, tap.share > 0 ? mixed : row, rows->columns->at, rows->columns->shares, width);
}

void sw_rescale_put(const struct sw_rescale *rescale, struct sw_box_px box, uint32_t *out, int stride)
{
    if (sw_box_px_empty(box))
        return;
    struct columns columns = make_columns(rescale, box);
    struct rows rows = {.rescale = rescale, .columns = &columns, .across = rescale->down < 1, .which = {-1, -1}};
    rows.width = rows.across ? box.width : columns.count;
    size_t room = (size_t)(columns.count > box.width ? columns.count : box.width) + 1;
    rows.raw = sw_alloc_array(3 * room, sizeof *rows.raw);
    rows.kept[0] = rows.raw + room;
    rows.kept[1] = rows.raw + 2 * room;
    for (int y = 0; y < box.height; y++) {
        struct tap tap = tap_of(box.y + y, rescale->y, rescale->down, rescale->height);
        put_row(&rows, tap, box.width, (uint32_t *)(void *)((uint8_t *)out + (ptrdiff_t)stride * y));
    }
    free(rows.raw);
    free(columns.at);
    free(columns.shares);
}
