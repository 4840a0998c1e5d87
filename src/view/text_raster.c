/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/text_raster.h"

#include <math.h>
#include <string.h>

#include "base/log.h"
#include "view/text_run.h"

#define SIDE_MAX 16384
#define AREA_MAX (64.0 * 1024 * 1024)
#define COST_RUN 1500      /* in pixels: some 4 ns each */
#define COST_COLOUR 120000 /* to decode an emoji */
#define BOX_HEIGHT 0.72 /* em: of capitals */
#define BOX_LINE 0.06
#define BOX_SIDE 0.06   /* room on either side */

/* One drawn run or letter at its place in the layout. */
struct stamp {
    struct stamp *next;
    struct sw_font_ink ink; /* left and top from the layout's corner */
};

struct raster {
    struct sw_fonts *fonts;
    struct sw_arena *scratch;
    double ppem;
    int baseline;
    struct stamp *stamps; /* the last first */
};

static void add_stamp(struct raster *raster, const struct sw_font_ink *ink)
{
    struct stamp *stamp = sw_arena_alloc(raster->scratch, sizeof *stamp);
    stamp->ink = *ink;
    stamp->ink.top += raster->baseline;
    stamp->next = raster->stamps;
    raster->stamps = stamp;
}

/* An empty box, for what no font has. */
static void add_box(struct raster *raster, double x)
{
    int line = (int)fmax(1, round(BOX_LINE * raster->ppem));
    int width = (int)round((SW_TEXT_BOX_EM - 2 * BOX_SIDE) * raster->ppem), height = (int)round(BOX_HEIGHT * raster->ppem);
    if (width < 1 || height < 1)
        return;
    struct sw_font_ink ink = {.width = width, .height = height, .left = (int)round(x + BOX_SIDE * raster->ppem), .top = -height};
    ink.pixels = sw_arena_alloc(raster->scratch, (size_t)width * (size_t)height);
    for (int row = 0; row < height; row++) {
        bool edge = row < line || row >= height - line;
        for (int column = 0; column < width; column++) {
            if (edge || column < line || column >= width - line)
                ink.pixels[(size_t)row * (size_t)width + (size_t)column] = 255;
        }
    }
    add_stamp(raster, &ink);
}

static void add_text(struct raster *raster, const struct sw_text_run *run, const char *bytes, int length, double x)
{
    struct sw_font_text text = sw_text_run_font(run, bytes, length);
    struct sw_font_ink ink = {0};
    if (sw_fonts_draw(raster->fonts, &text, raster->ppem, x, raster->scratch, &ink))
        add_stamp(raster, &ink);
}

static void add_run(struct raster *raster, const struct sw_text_run *run, const struct sw_text_request *request, double x)
{
    struct sw_text_spelled spelled;
    if (run->kind == SW_TEXT_SPACE || run->kind == SW_TEXT_SILENT)
        return;
    sw_text_run_spell(raster->fonts, run, request->text, request->tracking, &spelled);
    if (run->kind == SW_TEXT_WORD || run->kind == SW_TEXT_COLOUR) {
        add_text(raster, run, spelled.bytes, spelled.length, x);
        return;
    }
    for (int i = 0; i < spelled.letter_count; i++) {
        const struct sw_text_letter *letter = &spelled.letters[i];
        double at = x + letter->x * raster->ppem;
        if (run->kind == SW_TEXT_BOXES)
            add_box(raster, at);
        else
            add_text(raster, run, spelled.bytes + letter->first, letter->length, at);
    }
}

/* Eight at once where nothing is below, which is nearly everywhere. */
static void blend_row(uint8_t *to, const uint8_t *from, int width)
{
    int column = 0;
    for (; column + 8 <= width; column += 8) {
        uint64_t below, above;
        memcpy(&below, to + column, sizeof below);
        memcpy(&above, from + column, sizeof above);
        if (below == 0 || above == 0) {
            below |= above;
            memcpy(to + column, &below, sizeof below);
            continue;
        }
        for (int i = column; i < column + 8; i++)
            to[i] = (uint8_t)(to[i] + from[i] > 255 ? 255 : to[i] + from[i]);
    }
    for (; column < width; column++)
        to[column] = (uint8_t)(to[column] + from[column] > 255 ? 255 : to[column] + from[column]);
}

static void blend_coverage(struct sw_bitmap *mask, int left, int top, const struct sw_font_ink *ink)
{
    for (int row = 0; row < ink->height; row++)
        blend_row(mask->pixels + (ptrdiff_t)(ink->top - top + row) * mask->stride + (ink->left - left),
                  ink->pixels + (size_t)row * (size_t)ink->width, ink->width);
}

static void blend_colours(struct sw_bitmap *colours, int left, int top, const struct sw_font_ink *ink)
{
    for (int row = 0; row < ink->height; row++) {
        const uint8_t *from = ink->pixels + (size_t)row * (size_t)ink->width * 4;
        uint8_t *to = colours->pixels + (ptrdiff_t)(ink->top - top + row) * colours->stride + (ptrdiff_t)(ink->left - left) * 4;
        memcpy(to, from, (size_t)ink->width * 4); /* emoji stand side by side */
    }
}

/* One bitmap of all stamps of a kind, as large as their ink. */
static struct sw_bitmap *unite(const struct raster *raster, bool colour, int *left, int *top)
{
    int64_t first = INT32_MAX, last = INT32_MIN, high = INT32_MAX, low = INT32_MIN;
    for (const struct stamp *stamp = raster->stamps; stamp != NULL; stamp = stamp->next) {
        if (stamp->ink.colour != colour)
            continue;
        first = stamp->ink.left < first ? stamp->ink.left : first;
        high = stamp->ink.top < high ? stamp->ink.top : high;
        last = stamp->ink.left + stamp->ink.width > last ? stamp->ink.left + stamp->ink.width : last;
        low = stamp->ink.top + stamp->ink.height > low ? stamp->ink.top + stamp->ink.height : low;
    }
    if (first >= last)
        return NULL;
    struct sw_bitmap *bitmap = NULL;
    if (last - first <= SIDE_MAX && low - high <= SIDE_MAX && (double)(last - first) * (double)(low - high) <= AREA_MAX)
        bitmap = sw_bitmap_create(colour ? SW_PIXELS_ARGB : SW_PIXELS_A8, (int)(last - first), (int)(low - high));
    if (bitmap == NULL) {
        sw_log(SW_LOG_WARNING, "text", "a text of %d x %d pixels is too large to be drawn", (int)(last - first), (int)(low - high));
        return NULL;
    }
    *left = (int)first;
    *top = (int)high;
    for (const struct stamp *stamp = raster->stamps; stamp != NULL; stamp = stamp->next) {
        if (stamp->ink.colour != colour)
            continue;
        if (colour)
            blend_colours(bitmap, *left, *top, &stamp->ink);
        else
            blend_coverage(bitmap, *left, *top, &stamp->ink);
    }
    return bitmap;
}

static int block_of(const struct sw_text_layout *layout, int line, double scale)
{
    double top = (layout->lines[line].baseline - layout->baseline) * scale;
    return (int)fmin(fmax(0, floor(top / SW_TEXT_BLOCK_PX)), SW_TEXT_LINES_MAX);
}

int sw_text_blocks(const struct sw_text_layout *layout, double scale)
{
    return layout->line_count > 0 ? block_of(layout, layout->line_count - 1, scale) + 1 : 0;
}

/* Before any glyph is drawn: a single word of that size could already be too much. */
static bool too_large(const struct sw_text_request *request, const struct sw_text_set *set, double scale)
{
    double width = 0, height = fmin(set->layout.height * scale, SW_TEXT_BLOCK_PX + request->size * request->line * scale);
    for (int i = 0; i < set->layout.line_count; i++)
        width = fmax(width, set->lines[i].width * scale);
    return height > SIDE_MAX || fmin(width, SIDE_MAX) * height > AREA_MAX;
}

double sw_text_block_cost(const struct sw_text_request *request, const struct sw_text_set *set, double scale, int block)
{
    double cost = 0, height = request->size * scale;
    for (int i = 0; i < set->layout.line_count; i++) {
        const struct sw_text_line *line = &set->lines[i];
        for (int k = line->first; block_of(&set->layout, i, scale) == block && k < line->first + line->count; k++) {
            enum sw_text_kind kind = (enum sw_text_kind)set->runs[k].kind;
            if (kind == SW_TEXT_SPACE)
                continue;
            bool letters = kind == SW_TEXT_SPREAD || kind == SW_TEXT_DIGITS;
            cost += COST_RUN * (letters ? set->runs[k].length : 1) + (kind == SW_TEXT_COLOUR ? COST_COLOUR : 0);
            cost += set->pieces[k].width * scale * height;
        }
    }
    return cost;
}

struct sw_text_pixels sw_text_pixels_create(struct sw_fonts *fonts, const struct sw_text_request *request, const struct sw_text_set *set,
                                            double scale, int block, struct sw_arena *scratch)
{
    struct sw_text_pixels pixels = {0};
    if (too_large(request, set, scale)) {
        sw_log(SW_LOG_WARNING, "text", "a text of %.0f x %.0f design units is too large to be drawn %.2f times", set->layout.width,
               set->layout.height, scale);
        return pixels;
    }
    struct raster raster = {.fonts = fonts, .scratch = scratch, .ppem = request->size * scale};
    for (int i = 0; i < set->layout.line_count; i++) {
        const struct sw_text_line *line = &set->lines[i];
        raster.baseline = (int)lround(line->baseline * scale);
        for (int k = line->first; block_of(&set->layout, i, scale) == block && k < line->first + line->count; k++) {
            const struct sw_text_piece *piece = &set->pieces[k];
            bool beyond = line->count > 1 && (piece->x + piece->width + request->size) * scale > SIDE_MAX; /* no wall is that wide */
            if (!beyond)
                add_run(&raster, &set->runs[k], request, piece->x * scale);
        }
    }
    pixels.mask = unite(&raster, false, &pixels.left, &pixels.top);
    pixels.colours = unite(&raster, true, &pixels.colours_left, &pixels.colours_top);
    return pixels;
}
