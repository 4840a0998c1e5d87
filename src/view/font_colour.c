/* SPDX-License-Identifier: EUPL-1.2 */
/* Emoji: bitmaps of one size, scaled to the text's. */
#include <SDL2/SDL_ttf.h>
#include <hb-ot.h>
#include <hb.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/memory.h"
#include "view/font.h"
#include "view/font_internal.h"

#define SIDE_MAX 4096

/* Which pixels of a row or column make one of the scaled picture, and how much of each: their mean where it is smaller, between two where
 * it is larger. */
struct share {
    int first, count;
    const float *weights;
};

static struct share *shares_of(struct sw_arena *scratch, int from, int to, double step)
{
    struct share *shares = sw_arena_array(scratch, (size_t)to, sizeof *shares);
    int most = (int)ceil(step) + 2;
    float *weights = sw_arena_array(scratch, (size_t)to * (size_t)most, sizeof *weights);
    double half = fmax(1, step) / 2;
    for (int i = 0; i < to; i++, weights += most) {
        double middle = (i + 0.5) * step, left = middle - half, right = middle + half, sum = 0;
        int first = (int)fmax(0, floor(left)), last = (int)fmin(from, ceil(right));
        first = first < from ? first : from - 1;
        last = last > first ? last : first + 1;
        for (int k = first; k < last && k - first < most; k++)
            sum += weights[k - first] = (float)fmax(0, fmin(right, k + 1) - fmax(left, k));
        for (int k = 0; k < last - first; k++)
            weights[k] = sum > 0 ? weights[k] / (float)sum : 1;
        shares[i] = (struct share){first, last - first, weights};
    }
    return shares;
}

/* Across: every row of the surface becomes `width` premultiplied pixels of four floats. */
static float *scale_rows(const SDL_Surface *surface, int width, double step, struct sw_arena *scratch)
{
    const struct share *shares = shares_of(scratch, surface->w, width, step);
    float(*row)[4] = sw_arena_array(scratch, (size_t)surface->w, sizeof *row);
    float(*rows)[4] = sw_arena_array(scratch, (size_t)width * (size_t)surface->h, sizeof *rows);
    for (int y = 0; y < surface->h; y++) {
        for (int x = 0; x < surface->w; x++) {
            uint32_t pixel;
            memcpy(&pixel, (const uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch + (ptrdiff_t)x * 4, sizeof pixel);
            float alpha = (float)(pixel >> 24), share = alpha / 255;
            for (int k = 0; k < 3; k++)
                row[x][k] = (float)(pixel >> 8 * k & 0xff) * share;
            row[x][3] = alpha;
        }
        for (int x = 0; x < width; x++) {
            float *to = rows[(size_t)y * (size_t)width + (size_t)x];
            for (int i = 0; i < shares[x].count; i++) {
                for (int k = 0; k < 4; k++)
                    to[k] += row[shares[x].first + i][k] * shares[x].weights[i];
            }
        }
    }
    return rows[0];
}

static void scale_columns(const float *rows, int from, double step, struct sw_arena *scratch, struct sw_font_ink *ink)
{
    const struct share *shares = shares_of(scratch, from, ink->height, step);
    size_t length = (size_t)ink->width * 4;
    float *sums = sw_arena_array(scratch, length, sizeof *sums);
    for (int y = 0; y < ink->height; y++) {
        memset(sums, 0, length * sizeof *sums);
        for (int i = 0; i < shares[y].count; i++) {
            const float *row = rows + (size_t)(shares[y].first + i) * length;
            for (size_t k = 0; k < length; k++)
                sums[k] += row[k] * shares[y].weights[i];
        }
        uint8_t *to = ink->pixels + (size_t)y * length;
        for (size_t k = 0; k < length; k++)
            to[k] = (uint8_t)(sums[k] < 255 ? sums[k] + 0.5F : 255);
    }
}

/* -- measuring -- */

static hb_font_t *shaper_of(struct sw_font_face *face)
{
    if (face->shaper_tried)
        return face->shaper;
    face->shaper_tried = true;
    hb_blob_t *blob = hb_blob_create_from_file(face->path); /* mapped, not read */
    hb_face_t *file = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    if (hb_face_get_glyph_count(file) > 0)
        face->shaper = hb_font_create(file);
    hb_face_destroy(file);
    return face->shaper;
}

/* SDL_ttf decodes each picture to know how wide it is. The widths of a font's table are the same, but for its pixels being whole. */
bool sw_font_measure_colours(struct sw_font_face *face, const struct sw_font_text *text, double *em)
{
    hb_font_t *shaper = shaper_of(face);
    if (shaper == NULL)
        return false;
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_set_direction(buffer, text->rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, hb_script_from_string(sw_script_name(text->script), -1));
    hb_buffer_add_utf8(buffer, text->text, (int)text->length, 0, -1);
    hb_shape(shaper, buffer, NULL, 0);
    unsigned count = 0;
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    int64_t units = 0;
    for (unsigned i = 0; i < count; i++)
        units += positions[i].x_advance;
    hb_buffer_destroy(buffer);
    double pixels = (double)units / hb_face_get_upem(hb_font_get_face(shaper)) / SW_FONT_COLOUR_EM;
    *em = fmax(0, (double)lround(pixels)) * SW_FONT_COLOUR_EM;
    return true;
}

void sw_font_forget_shaper(struct sw_font_face *face)
{
    hb_font_destroy(face->shaper);
    face->shaper = NULL;
}

/* -- drawing -- */

static bool scale(struct sw_fonts *fonts, const struct sw_font_text *text, double ppem, struct sw_arena *scratch, struct sw_font_ink *ink)
{
    TTF_Font *font = sw_font_for(fonts, text, 0, 0);
    SDL_Surface *surface = font != NULL ? TTF_RenderUTF8_Blended(font, text->text, (SDL_Color){255, 255, 255, 255}) : NULL;
    if (surface == NULL)
        return false;
    struct sw_arena rows;
    sw_arena_init(&rows);
    double step = 1 / (ppem * SW_FONT_COLOUR_EM); /* bitmap pixels a pixel */
    ink->width = (int)fmin(SIDE_MAX, fmax(1, ceil(surface->w / step)));
    ink->height = (int)fmin(SIDE_MAX, fmax(1, ceil(surface->h / step)));
    ink->top = -(int)lround(TTF_FontAscent(font) / step);
    ink->pixels = sw_arena_alloc(scratch, (size_t)ink->width * (size_t)ink->height * 4);
    scale_columns(scale_rows(surface, ink->width, step, &rows), surface->h, step, &rows, ink);
    sw_arena_finish(&rows);
    SDL_FreeSurface(surface);
    return true;
}

static void keep(struct sw_font_picture *picture, uint64_t key, const struct sw_font_ink *ink)
{
    if (ink->width > SW_FONT_PICTURE_SIDE || ink->height > SW_FONT_PICTURE_SIDE)
        return;
    size_t bytes = (size_t)ink->width * (size_t)ink->height * 4;
    free(picture->pixels);
    *picture = (struct sw_font_picture){key, ink->width, ink->height, ink->top, sw_alloc(bytes)};
    memcpy(picture->pixels, ink->pixels, bytes);
}

bool sw_font_draw_colours(struct sw_fonts *fonts, const struct sw_font_text *text, double ppem, double x, struct sw_arena *scratch,
                          struct sw_font_ink *ink)
{
    uint64_t key = sw_hash_number(sw_hash_bytes(SW_HASH_START, text->text, text->length), (uint64_t)text->face);
    key = sw_hash_bytes(key, &ppem, sizeof ppem);
    key += key == 0;
    struct sw_font_picture *picture = &fonts->pictures[key % SW_FONT_PICTURES_MAX];
    *ink = (struct sw_font_ink){.colour = true, .left = (int)lround(x)};
    if (picture->key == key) {
        size_t bytes = (size_t)picture->width * (size_t)picture->height * 4;
        ink->width = picture->width;
        ink->height = picture->height;
        ink->top = picture->top;
        ink->pixels = sw_arena_alloc(scratch, bytes);
        memcpy(ink->pixels, picture->pixels, bytes);
        return true;
    }
    if (!scale(fonts, text, ppem, scratch, ink))
        return false;
    keep(picture, key, ink);
    return true;
}

void sw_font_forget_pictures(struct sw_fonts *fonts)
{
    for (int i = 0; i < SW_FONT_PICTURES_MAX; i++)
        free(fonts->pictures[i].pixels);
}
