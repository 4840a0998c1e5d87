/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/font.h"

#include <SDL2/SDL_ttf.h>
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/thread.h"
#include "base/utf8.h"
#include "view/font_file.h"
#include "view/font_internal.h"

#define REFERENCE_PPEM 2048 /* measured at: most fonts' own units, so that advances come out whole */
#define POINT_DPI 72
#define FILE_KEPT (4u << 20) /* bytes of a file up to which it is read once: a quarter of the time to open it at a further size */
#define BYTES_MAX 4096      /* of one measured stretch, with its two spaces */

static const struct sw_font_metrics usual = {.ascent = 0.97, .descent = 0.24, .space = 0.28, .digit = 0.62, .capital = 0.72};

static int face_of_path(struct sw_fonts *fonts, const char *path)
{
    for (int i = 0; i < fonts->face_count; i++) {
        if (strcmp(fonts->faces[i].path, path) == 0)
            return i;
    }
    struct sw_font_face *face = &fonts->faces[fonts->face_count];
    face->path = sw_strdup(path);
    face->metrics = usual;
    return fonts->face_count++;
}

struct sw_fonts *sw_fonts_create(const struct sw_font_set *set, struct sw_mutex *lock)
{
    if (TTF_Init() < 0) {
        sw_log(SW_LOG_ERROR, "font", "SDL_ttf cannot start: %s", TTF_GetError());
        return NULL;
    }
    struct sw_fonts *fonts = sw_alloc(sizeof *fonts);
    fonts->lock = lock;
    fonts->faces = sw_alloc_array(set->role_count + set->fallback_count, sizeof *fonts->faces);
    fonts->roles = sw_alloc_array(set->role_count, sizeof *fonts->roles);
    fonts->fallbacks = sw_alloc_array(set->fallback_count, sizeof *fonts->fallbacks);
    for (size_t i = 0; i < set->role_count; i++) {
        fonts->roles[i].name = sw_strdup(set->roles[i].name);
        fonts->roles[i].face = face_of_path(fonts, set->roles[i].path);
    }
    for (size_t i = 0; i < set->fallback_count; i++)
        fonts->fallbacks[i] = face_of_path(fonts, set->fallbacks[i]);
    fonts->role_count = (int)set->role_count;
    fonts->fallback_count = (int)set->fallback_count;
    fonts->young = sw_alloc_array(SW_FONT_WORDS_MAX * 2, sizeof *fonts->young);
    fonts->old = sw_alloc_array(SW_FONT_WORDS_MAX * 2, sizeof *fonts->old);
    return fonts;
}

/* SDL_ttf's fonts belong to one thread each, but its list of them to all. */
static TTF_Font *open_font(struct sw_fonts *fonts, SDL_RWops *bytes, unsigned hdpi, unsigned vdpi)
{
    sw_mutex_lock(fonts->lock);
    TTF_Font *font = TTF_OpenFontDPIRW(bytes, 1, 1, hdpi, vdpi); /* at 1 point the resolution is the size, in 1/72 pixel */
    sw_mutex_unlock(fonts->lock);
    return font;
}

static void close_font(struct sw_fonts *fonts, TTF_Font *font)
{
    sw_mutex_lock(fonts->lock);
    TTF_CloseFont(font);
    sw_mutex_unlock(fonts->lock);
}

void sw_fonts_destroy(struct sw_fonts *fonts)
{
    if (fonts == NULL)
        return;
    for (int i = 0; i < fonts->open_count; i++)
        close_font(fonts, fonts->open[i].font);
    for (int i = 0; i < fonts->face_count; i++) {
        free(fonts->faces[i].path);
        free(fonts->faces[i].bytes);
        sw_font_forget_shaper(&fonts->faces[i]);
    }
    for (int i = 0; i < fonts->role_count; i++)
        free(fonts->roles[i].name);
    sw_font_forget_pictures(fonts);
    free(fonts->faces);
    free(fonts->roles);
    free(fonts->fallbacks);
    free(fonts->young);
    free(fonts->old);
    free(fonts);
    TTF_Quit();
}

/* -- which file -- */

static bool named(const struct sw_font_named *role, const char *name, const char *suffix)
{
    size_t length = strlen(name);
    return strncmp(role->name, name, length) == 0 && strcmp(role->name + length, suffix) == 0;
}

static void chain_add(struct sw_font_chain *chain, int face)
{
    if (chain->count == SW_FONT_CHAIN_MAX)
        return;
    for (int i = 0; i < chain->count; i++) {
        if (chain->faces[i] == face)
            return;
    }
    chain->faces[chain->count++] = (int16_t)face;
}

/* All faces of the role that is called `name` and `suffix`; false if there is none. */
static bool chain_add_role(struct sw_fonts *fonts, struct sw_font_chain *chain, const char *name, const char *suffix)
{
    bool found = false;
    for (int i = 0; i < fonts->role_count; i++) {
        if (!named(&fonts->roles[i], name, suffix))
            continue;
        chain_add(chain, fonts->roles[i].face);
        found = true;
    }
    return found;
}

static void chain_add_style(struct sw_fonts *fonts, struct sw_font_chain *chain, const char *role, const char *suffix)
{
    if (!chain_add_role(fonts, chain, role, suffix))
        (void)chain_add_role(fonts, chain, suffix + 1, ""); /* "-bold" is also a role of its own */
}

void sw_fonts_chain(struct sw_fonts *fonts, const char *role, int style, struct sw_font_chain *chain)
{
    bool known = false;
    for (int i = 0; role != NULL && !known && i < fonts->role_count; i++)
        known = named(&fonts->roles[i], role, "");
    role = known ? role : "text";
    chain->count = 0;
    if ((style & SW_FONT_CODE) != 0)
        (void)chain_add_role(fonts, chain, "mono", "");
    if ((style & SW_FONT_STRONG) != 0 && (style & SW_FONT_EMPHASIS) != 0)
        chain_add_style(fonts, chain, role, "-bold-italic");
    if ((style & SW_FONT_STRONG) != 0)
        chain_add_style(fonts, chain, role, "-bold");
    if ((style & SW_FONT_EMPHASIS) != 0)
        chain_add_style(fonts, chain, role, "-italic");
    (void)chain_add_role(fonts, chain, role, "");
    (void)chain_add_role(fonts, chain, "text", "");
    for (int i = 0; i < fonts->fallback_count; i++)
        chain_add(chain, fonts->fallbacks[i]);
}

/* -- opening -- */

static TTF_Font *open_sized(struct sw_fonts *fonts, int face, unsigned hdpi, unsigned vdpi)
{
    struct sw_font_open *oldest = NULL;
    for (int i = 0; i < fonts->open_count; i++) {
        struct sw_font_open *open = &fonts->open[i];
        if (open->face == face && open->hdpi == hdpi && open->vdpi == vdpi) {
            open->used = ++fonts->uses;
            return open->font;
        }
        if (oldest == NULL || open->used < oldest->used)
            oldest = open;
    }
    struct sw_font_face *file = &fonts->faces[face];
    SDL_RWops *bytes = file->bytes != NULL ? SDL_RWFromConstMem(file->bytes, (int)file->length) : SDL_RWFromFile(file->path, "rb");
    TTF_Font *font = bytes != NULL ? open_font(fonts, bytes, hdpi, vdpi) : NULL;
    if (font == NULL)
        return NULL;
    TTF_SetFontHinting(font, TTF_HINTING_NONE);
    TTF_SetFontKerning(font, 1);
    struct sw_font_open *place = &fonts->open[fonts->open_count];
    if (fonts->open_count == SW_FONT_OPEN_MAX) {
        close_font(fonts, oldest->font);
        place = oldest;
    } else {
        fonts->open_count++;
    }
    *place = (struct sw_font_open){.face = face, .hdpi = hdpi, .vdpi = vdpi, .font = font, .used = ++fonts->uses};
    return font;
}

static TTF_Font *reference(struct sw_fonts *fonts, int face)
{
    return open_sized(fonts, face, REFERENCE_PPEM * POINT_DPI, REFERENCE_PPEM * POINT_DPI);
}

static double width_of(TTF_Font *font, const char *text)
{
    int width = 0, height = 0;
    return TTF_SizeUTF8(font, text, &width, &height) < 0 ? 0 : (double)width / REFERENCE_PPEM;
}

static void read_metrics(struct sw_font_face *face, TTF_Font *font)
{
    face->coloured = TTF_FontHeight(font) < REFERENCE_PPEM / 2; /* it did not take the size: bitmaps of one size only */
    face->has_space = TTF_GlyphIsProvided32(font, ' ') != 0;
    if (face->coloured)
        return;
    face->metrics.ascent = (double)TTF_FontAscent(font) / REFERENCE_PPEM;
    face->metrics.descent = (double)-TTF_FontDescent(font) / REFERENCE_PPEM;
    face->spaces = face->has_space ? width_of(font, "  ") : 0;
    if (face->has_space)
        face->metrics.space = face->spaces / 2;
    int left = 0, right = 0, bottom = 0, top = 0, advance = 0;
    if (TTF_GlyphMetrics32(font, 'H', &left, &right, &bottom, &top, &advance) == 0 && TTF_GlyphIsProvided32(font, 'H') != 0 && top > 0)
        face->metrics.capital = (double)top / REFERENCE_PPEM;
    double digit = 0;
    for (char text[2] = "0"; text[0] <= '9'; text[0]++) {
        double width = TTF_GlyphIsProvided32(font, (Uint32)text[0]) != 0 ? width_of(font, text) : 0;
        digit = width > digit ? width : digit;
    }
    if (digit > 0)
        face->metrics.digit = digit;
}

/* The face's state, after a first try to open it. */
static struct sw_font_face *face_ready(struct sw_fonts *fonts, int number)
{
    assert(number >= 0 && number < fonts->face_count);
    struct sw_font_face *face = &fonts->faces[number];
    if (face->state != SW_FONT_UNTRIED)
        return face;
    face->state = SW_FONT_BROKEN;
    const char *fault = sw_font_file_fault(face->path);
    if (fault[0] == '\0' && sw_file_read(face->path, FILE_KEPT, &face->bytes, &face->length) != SW_FILE_OK)
        face->bytes = NULL; /* too large to keep: read piece by piece */
    TTF_Font *font = fault[0] == '\0' ? reference(fonts, number) : NULL;
    if (font == NULL) {
        sw_log(SW_LOG_WARNING, "font", "%s %s: other fonts stand in", face->path, fault[0] != '\0' ? fault : TTF_GetError());
        return face;
    }
    face->state = SW_FONT_GOOD;
    read_metrics(face, font);
    return face;
}

bool sw_fonts_has(struct sw_fonts *fonts, int face, uint32_t code)
{
    if (face == SW_FACE_NONE || face_ready(fonts, face)->state != SW_FONT_GOOD)
        return false;
    TTF_Font *font = reference(fonts, face);
    return font != NULL && TTF_GlyphIsProvided32(font, code) != 0;
}

bool sw_fonts_coloured(struct sw_fonts *fonts, int face)
{
    return face != SW_FACE_NONE && face_ready(fonts, face)->coloured;
}

struct sw_font_metrics sw_fonts_metrics(struct sw_fonts *fonts, int face)
{
    return face == SW_FACE_NONE ? usual : face_ready(fonts, face)->metrics;
}

/* Variation selectors and joiners need no glyph of their own. */
static bool optional(uint32_t code)
{
    return code == 0x200c || code == 0x200d || (code >= 0xfe00 && code <= 0xfe0f) || code >= 0xe0000;
}

static bool has_all(struct sw_fonts *fonts, int face, const uint32_t *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!optional(codes[i]) && !sw_fonts_has(fonts, face, codes[i]))
            return false;
    }
    return true;
}

int sw_fonts_pick(struct sw_fonts *fonts, const struct sw_font_chain *chain, const uint32_t *codes, size_t count, bool colour)
{
    for (int i = 0; colour && i < chain->count; i++) {
        if (sw_fonts_coloured(fonts, chain->faces[i]) && sw_fonts_has(fonts, chain->faces[i], codes[0]))
            return chain->faces[i];
    }
    for (int i = 0; i < chain->count; i++) {
        if (has_all(fonts, chain->faces[i], codes, count))
            return chain->faces[i];
    }
    for (int i = 0; count > 1 && i < chain->count; i++) {
        if (sw_fonts_has(fonts, chain->faces[i], codes[0]))
            return chain->faces[i];
    }
    return SW_FACE_NONE;
}

/* -- measuring -- */

TTF_Font *sw_font_for(struct sw_fonts *fonts, const struct sw_font_text *text, unsigned hdpi, unsigned vdpi)
{
    if (text->face == SW_FACE_NONE || face_ready(fonts, text->face)->state != SW_FONT_GOOD)
        return NULL;
    TTF_Font *font = hdpi == 0 ? reference(fonts, text->face) : open_sized(fonts, text->face, hdpi, vdpi);
    if (font == NULL)
        return NULL;
    TTF_SetFontDirection(font, text->rtl ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(font, sw_script_name(text->script));
    return font;
}

/* Between two spaces: the width that SDL_ttf gives is that of the ink where ink stands out beyond the advance. */
static double measure(struct sw_fonts *fonts, const struct sw_font_text *text)
{
    TTF_Font *font = sw_font_for(fonts, text, 0, 0);
    double guess = usual.digit * (double)sw_utf8_count(text->text, text->length);
    if (font == NULL || text->length > BYTES_MAX - 3)
        return guess;
    struct sw_font_face *face = &fonts->faces[text->face];
    char padded[BYTES_MAX];
    double em = 0;
    if (face->coloured && sw_font_measure_colours(face, text, &em))
        return em;
    bool pads = face->has_space && !face->coloured;
    size_t at = 0;
    if (pads)
        padded[at++] = ' ';
    memcpy(padded + at, text->text, text->length);
    at += text->length;
    if (pads)
        padded[at++] = ' ';
    padded[at] = '\0';
    int width = 0, height = 0;
    if (TTF_SizeUTF8(font, padded, &width, &height) < 0) {
        if (!face->complained)
            sw_log(SW_LOG_WARNING, "font", "%s has a glyph that cannot be read: %s", face->path, TTF_GetError());
        face->complained = true;
        return guess;
    }
    if (face->coloured)
        return width * SW_FONT_COLOUR_EM;
    em = (double)width / REFERENCE_PPEM - (pads ? face->spaces : 0);
    return em > 0 ? em : 0;
}

static struct sw_font_word *word_place(struct sw_font_word *table, uint64_t key)
{
    size_t at = (size_t)(key % (SW_FONT_WORDS_MAX * 2));
    while (table[at].key != 0 && table[at].key != key)
        at = (at + 1) % (SW_FONT_WORDS_MAX * 2);
    return &table[at];
}

/* Two tables: what is asked for moves to the young one; when that is half full it becomes the old one and the old one is forgotten. */
double sw_fonts_measure(struct sw_fonts *fonts, const struct sw_font_text *text)
{
    uint64_t head = (uint64_t)(text->face + 1) << 16 | (uint64_t)text->script << 1 | text->rtl;
    uint64_t key = sw_hash_number(sw_hash_bytes(SW_HASH_START, text->text, text->length), head);
    key += key == 0;
    struct sw_font_word *word = word_place(fonts->young, key);
    if (word->key == key)
        return word->em;
    const struct sw_font_word *before = word_place(fonts->old, key);
    double em = before->key == key ? before->em : measure(fonts, text);
    if (fonts->young_count == SW_FONT_WORDS_MAX) {
        struct sw_font_word *table = fonts->old;
        fonts->old = fonts->young;
        fonts->young = table;
        fonts->young_count = 0;
        memset(table, 0, SW_FONT_WORDS_MAX * 2 * sizeof *table);
        word = word_place(table, key);
    }
    *word = (struct sw_font_word){key, em};
    fonts->young_count++;
    return em;
}
