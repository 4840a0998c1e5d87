/* SPDX-License-Identifier: EUPL-1.2 */
#include <SDL2/SDL_ttf.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "view/font.h"
#include "view/font_internal.h"

#define BYTES_MAX 4096
#define PPEM_MAX 16383.0
#define SHARES_SMALL 160 /* pixels an em up to which a pixel is parted in four across, so that letters stand evenly */
#define SHARES_MEDIUM 640

/* A stretch as SDL_ttf drew it: coverage, several columns a pixel. */
struct drawn {
    const uint8_t *pixels;
    int pitch, shares;
    int first, last, top, bottom; /* ink, half open */
};

static int shares_of(double ppem)
{
    return ppem <= SHARES_SMALL ? 4 : ppem <= SHARES_MEDIUM ? 2 : 1;
}

static int floor_div(int a, int b)
{
    return a >= 0 ? a / b : -((b - 1 - a) / b);
}

/* Looks at eight columns at once. The surface's rows are longer than its width by zeros, so the last ones may be read too. */
static bool find_ink(const SDL_Surface *surface, struct sw_arena *scratch, struct drawn *drawn)
{
    int words = surface->pitch / 8;
    uint64_t *columns = sw_arena_array(scratch, (size_t)words + 1, sizeof *columns);
    drawn->pixels = surface->pixels;
    drawn->pitch = surface->pitch;
    drawn->top = surface->h;
    drawn->bottom = 0;
    for (int y = 0; y < surface->h; y++) {
        const uint8_t *row = drawn->pixels + (ptrdiff_t)y * drawn->pitch;
        uint64_t any = 0;
        for (int i = 0; i < words; i++) {
            uint64_t word;
            memcpy(&word, row + (ptrdiff_t)i * 8, sizeof word);
            columns[i] |= word;
            any |= word;
        }
        if (any != 0) {
            drawn->top = y < drawn->top ? y : drawn->top;
            drawn->bottom = y + 1;
        }
    }
    const uint8_t *inked = (const uint8_t *)columns;
    drawn->first = 0;
    drawn->last = surface->w < words * 8 ? surface->w : words * 8;
    while (drawn->first < drawn->last && inked[drawn->first] == 0)
        drawn->first++;
    while (drawn->last > drawn->first && inked[drawn->last - 1] == 0)
        drawn->last--;
    return drawn->bottom > drawn->top && drawn->last > drawn->first;
}

/* The mean of the columns of one pixel, as far as they are ink. */
static uint8_t mean_of(const struct drawn *drawn, const uint8_t *row, int column)
{
    int sum = drawn->shares / 2;
    for (int k = column; k < column + drawn->shares; k++)
        sum += k >= drawn->first && k < drawn->last ? row[k] : 0;
    return (uint8_t)(sum / drawn->shares);
}

/* Averages the columns of each pixel; `shift` is where the first column lies in its pixel. */
static void gather(const struct drawn *drawn, int shift, struct sw_font_ink *ink)
{
    int start = drawn->first - shift;
    for (int y = 0; y < ink->height; y++) {
        const uint8_t *from = drawn->pixels + (ptrdiff_t)(drawn->top + y) * drawn->pitch;
        uint8_t *to = ink->pixels + (size_t)y * (size_t)ink->width;
        to[0] = mean_of(drawn, from, start);
        int x = 1;
        for (; drawn->shares == 4 && x < ink->width - 1; x++) { /* four columns in one read, added in pairs */
            uint32_t four;
            memcpy(&four, from + start + (ptrdiff_t)x * 4, sizeof four);
            uint32_t pairs = (four & 0x00ff00ff) + (four >> 8 & 0x00ff00ff);
            to[x] = (uint8_t)(((pairs & 0xffff) + (pairs >> 16) + 2) / 4);
        }
        for (; x < ink->width; x++)
            to[x] = mean_of(drawn, from, start + x * drawn->shares);
    }
}

/* Row of the baseline in the surface. SDL_ttf moves it down where ink stands above the font's ascent, and does not say so. */
static int baseline_of(TTF_Font *font, const SDL_Surface *surface, const struct drawn *drawn)
{
    int extra = surface->h - TTF_FontHeight(font);
    bool above = extra > 0 && drawn->top <= 1, below = extra > 0 && drawn->bottom >= surface->h - 1;
    return TTF_FontAscent(font) + (above && below ? extra / 2 : above ? extra : 0);
}

/* A space stands to the left of the text: so ink that reaches out to the left stays in the surface, and the pen's place is known. */
static SDL_Surface *render(TTF_Font *font, const struct sw_font_text *text, bool pad)
{
    char padded[BYTES_MAX];
    if (text->length > sizeof padded - 2)
        return NULL;
    size_t at = 0;
    if (pad && !text->rtl)
        padded[at++] = ' ';
    memcpy(padded + at, text->text, text->length);
    at += text->length;
    if (pad && text->rtl)
        padded[at++] = ' ';
    padded[at] = '\0';
    SDL_Color black = {0, 0, 0, 255}, white = {255, 255, 255, 255};
    return TTF_RenderUTF8_Shaded(font, padded, white, black); /* 8 bits a pixel: the palette's index is the coverage */
}

static bool draw_coverage(struct sw_fonts *fonts, const struct sw_font_text *text, double ppem, double x, struct sw_arena *scratch,
                          struct sw_font_ink *ink)
{
    struct drawn drawn = {.shares = shares_of(ppem)};
    unsigned dpi = (unsigned)lround(ppem * 72);
    TTF_Font *font = sw_font_for(fonts, text, dpi * (unsigned)drawn.shares, dpi);
    if (font == NULL)
        return false;
    const struct sw_font_face *face = &fonts->faces[text->face];
    SDL_Surface *surface = render(font, text, face->has_space);
    if (surface == NULL)
        return false;
    bool inked = surface->format->BytesPerPixel == 1 && find_ink(surface, scratch, &drawn);
    if (inked) {
        double pad = face->has_space ? face->metrics.space * (double)dpi / 72 * drawn.shares : 0;
        int column = (int)lround(x * drawn.shares) - (int)lround(pad) + drawn.first;
        int left = floor_div(column, drawn.shares), shift = column - left * drawn.shares;
        ink->colour = false;
        ink->left = left;
        ink->top = drawn.top - baseline_of(font, surface, &drawn);
        ink->width = (drawn.last - drawn.first + shift + drawn.shares - 1) / drawn.shares;
        ink->height = drawn.bottom - drawn.top;
        ink->pixels = sw_arena_alloc(scratch, (size_t)ink->width * (size_t)ink->height);
        gather(&drawn, shift, ink);
    }
    SDL_FreeSurface(surface);
    return inked;
}

bool sw_fonts_draw(struct sw_fonts *fonts, const struct sw_font_text *text, double ppem, double x, struct sw_arena *scratch,
                   struct sw_font_ink *ink)
{
    if (text->length == 0 || text->face == SW_FACE_NONE || !(ppem >= 0.25) || ppem > PPEM_MAX)
        return false;
    return sw_fonts_coloured(fonts, text->face) ? sw_font_draw_colours(fonts, text, ppem, x, scratch, ink)
                                                : draw_coverage(fonts, text, ppem, x, scratch, ink);
}
