/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/text.h"

#include <SDL2/SDL_ttf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "view/font.h"
#include "view/font_file.h"
#include "view/text_layout.h"
#include "view/text_raster.h"

#define BUCKETS 1024
#define LAYOUTS_MAX 1024 /* kept beyond those of the last two frames */
#define SCRATCH_KEPT (1024 * 1024) /* bytes that stay for the next text */
#define SIZE_MIN 1.0
#define SIZE_MAX_EM 2000.0
#define SCALE_MIN 0.01
#define SCALE_MAX 64.0

/* The pixels of a layout at one scale. */
struct raster {
    struct raster *next;
    double scale;
    struct sw_text_pixels pixels;
    size_t bytes;
    uint64_t used;
};

struct entry {
    struct entry *chain;
    uint64_t key;
    struct sw_text_request request; /* its strings are the entry's own, behind it in the same block */
    struct sw_text_set *set;
    struct raster *rasters;
    uint64_t used; /* frame of the last request */
};

struct sw_typesetter {
    struct sw_fonts *fonts;
    struct sw_arena scratch; /* empty between calls */
    struct entry *buckets[BUCKETS];
    size_t entries, bytes, budget;
    uint64_t frame;
};

struct sw_typesetter *sw_typesetter_create(const struct sw_font_set *fonts, size_t budget)
{
    struct sw_typesetter *typesetter = sw_alloc(sizeof *typesetter);
    typesetter->budget = budget;
    sw_arena_init(&typesetter->scratch);
    typesetter->fonts = sw_fonts_create(fonts);
    if (typesetter->fonts != NULL)
        return typesetter;
    sw_typesetter_destroy(typesetter);
    return NULL;
}

static void raster_free(struct sw_typesetter *typesetter, struct raster *raster)
{
    typesetter->bytes -= raster->bytes;
    sw_bitmap_release(raster->pixels.mask);
    sw_bitmap_release(raster->pixels.colours);
    free(raster);
}

static void entry_free(struct sw_typesetter *typesetter, struct entry *entry)
{
    for (struct raster *raster = entry->rasters, *next; raster != NULL; raster = next) {
        next = raster->next;
        raster_free(typesetter, raster);
    }
    sw_text_set_destroy(entry->set);
    free(entry);
    typesetter->entries--;
}

void sw_typesetter_destroy(struct sw_typesetter *typesetter)
{
    if (typesetter == NULL)
        return;
    for (size_t i = 0; i < BUCKETS; i++) {
        for (struct entry *entry = typesetter->buckets[i], *next; entry != NULL; entry = next) {
            next = entry->chain;
            entry_free(typesetter, entry);
        }
    }
    sw_arena_finish(&typesetter->scratch);
    sw_fonts_destroy(typesetter->fonts);
    free(typesetter);
}

/* -- finding -- */

static double clamp(double number, double least, double most, double otherwise)
{
    return isnan(number) ? otherwise : number < least ? least : number > most ? most : number;
}

/* The request within its limits, so that the same picture has one key. */
static struct sw_text_request tidy(const struct sw_text_request *request)
{
    struct sw_text_request tidied = *request;
    tidied.text = request->text != NULL ? request->text : "";
    tidied.role = request->role != NULL ? request->role : "text";
    tidied.language = request->language != NULL ? request->language : "";
    tidied.size = clamp(request->size, SIZE_MIN, SIZE_MAX_EM, SIZE_MIN);
    tidied.line = clamp(request->line, 0.1, 10, 1.4);
    tidied.tracking = clamp(request->tracking, -0.2, 10, 0);
    tidied.width = isnan(request->width) || request->width < 0 ? 0 : request->width;
    tidied.lines = request->lines > 0 ? request->lines : 0;
    return tidied;
}

static uint64_t hash_double(uint64_t hash, double number)
{
    return sw_hash_bytes(hash, &number, sizeof number);
}

static uint64_t key_of(const struct sw_text_request *request)
{
    uint64_t hash = sw_hash_text(SW_HASH_START, request->text);
    hash = sw_hash_text(sw_hash_number(hash, 0), request->role);
    hash = sw_hash_text(sw_hash_number(hash, 0), request->language);
    hash = hash_double(hash_double(hash_double(hash_double(hash, request->size), request->line), request->tracking), request->width);
    return sw_hash_number(hash, (uint64_t)request->lines << 8 | (uint64_t)request->align);
}

static bool same(const struct sw_text_request *a, const struct sw_text_request *b)
{
    return a->size == b->size && a->line == b->line && a->tracking == b->tracking && a->width == b->width && a->lines == b->lines &&
           a->align == b->align && strcmp(a->text, b->text) == 0 && strcmp(a->role, b->role) == 0 && strcmp(a->language, b->language) == 0;
}

static char *copy_behind(char **place, const char *text)
{
    char *copy = *place;
    size_t length = strlen(text) + 1;
    memcpy(copy, text, length);
    *place += length;
    return copy;
}

static struct entry *entry_create(uint64_t key, const struct sw_text_request *request)
{
    struct entry *entry = sw_alloc(sizeof *entry + strlen(request->text) + strlen(request->role) + strlen(request->language) + 3);
    char *place = (char *)(entry + 1);
    entry->key = key;
    entry->request = *request;
    entry->request.text = copy_behind(&place, request->text);
    entry->request.role = copy_behind(&place, request->role);
    entry->request.language = copy_behind(&place, request->language);
    return entry;
}

static void clear_scratch(struct sw_typesetter *typesetter)
{
    if (typesetter->scratch.used > SCRATCH_KEPT)
        sw_arena_finish(&typesetter->scratch);
    else
        sw_arena_reset(&typesetter->scratch);
}

static struct entry *obtain(struct sw_typesetter *typesetter, const struct sw_text_request *request)
{
    struct sw_text_request tidied = tidy(request);
    uint64_t key = key_of(&tidied);
    struct entry **bucket = &typesetter->buckets[key % BUCKETS], *entry = *bucket;
    while (entry != NULL && (entry->key != key || !same(&entry->request, &tidied)))
        entry = entry->chain;
    if (entry == NULL) {
        entry = entry_create(key, &tidied);
        entry->set = sw_text_set_create(typesetter->fonts, &entry->request, &typesetter->scratch);
        clear_scratch(typesetter);
        entry->chain = *bucket;
        *bucket = entry;
        typesetter->entries++;
    }
    entry->used = typesetter->frame;
    return entry;
}

const struct sw_text_layout *sw_text_layout(struct sw_typesetter *typesetter, const struct sw_text_request *request)
{
    return &obtain(typesetter, request)->set->layout;
}

double sw_text_widest_word(struct sw_typesetter *typesetter, const struct sw_text_request *request)
{
    struct sw_text_request words = *request;
    words.width = 0;
    words.lines = 0;
    words.align = SW_TEXT_START;
    return sw_text_layout(typesetter, &words)->width;
}

struct sw_text_pixels sw_text_raster(struct sw_typesetter *typesetter, const struct sw_text_request *request, double scale)
{
    struct entry *entry = obtain(typesetter, request);
    scale = clamp(scale, SCALE_MIN, SCALE_MAX, 1);
    struct raster *raster = entry->rasters;
    while (raster != NULL && raster->scale != scale)
        raster = raster->next;
    if (raster == NULL) {
        raster = sw_alloc(sizeof *raster);
        raster->scale = scale;
        raster->pixels = sw_text_pixels_create(typesetter->fonts, &entry->request, entry->set, scale, &typesetter->scratch);
        clear_scratch(typesetter);
        raster->bytes = sizeof *raster;
        raster->bytes += raster->pixels.mask != NULL ? sw_bitmap_bytes(raster->pixels.mask) : 0;
        raster->bytes += raster->pixels.colours != NULL ? sw_bitmap_bytes(raster->pixels.colours) : 0;
        typesetter->bytes += raster->bytes;
        raster->next = entry->rasters;
        entry->rasters = raster;
    }
    raster->used = typesetter->frame;
    return raster->pixels;
}

/* -- letting go -- */

/* Frees every raster last used before `frame`; returns when the oldest of the others was used. */
static uint64_t drop_rasters(struct sw_typesetter *typesetter, uint64_t frame)
{
    uint64_t oldest = typesetter->frame;
    for (size_t i = 0; i < BUCKETS; i++) {
        for (struct entry *entry = typesetter->buckets[i]; entry != NULL; entry = entry->chain) {
            for (struct raster **at = &entry->rasters; *at != NULL;) {
                struct raster *raster = *at;
                if (raster->used < frame) {
                    *at = raster->next;
                    raster_free(typesetter, raster);
                    continue;
                }
                oldest = raster->used < oldest ? raster->used : oldest;
                at = &raster->next;
            }
        }
    }
    return oldest;
}

static uint64_t drop_entries(struct sw_typesetter *typesetter, uint64_t frame)
{
    uint64_t oldest = typesetter->frame;
    for (size_t i = 0; i < BUCKETS; i++) {
        for (struct entry **at = &typesetter->buckets[i]; *at != NULL;) {
            struct entry *entry = *at;
            if (entry->used < frame) {
                *at = entry->chain;
                entry_free(typesetter, entry);
                continue;
            }
            oldest = entry->used < oldest ? entry->used : oldest;
            at = &entry->chain;
        }
    }
    return oldest;
}

/* Frame by frame from the oldest, or in larger steps where most are old; what the frame that has just ended used stays. */
static void drop_to(struct sw_typesetter *typesetter, uint64_t (*drop)(struct sw_typesetter *, uint64_t), const size_t *amount,
                    size_t limit)
{
    uint64_t newest = typesetter->frame - 1, before = 0;
    while (*amount > limit && before < newest) {
        uint64_t oldest = drop(typesetter, before);
        if (oldest >= newest)
            break;
        before = oldest + 1 + (newest - oldest - 1) / 8;
    }
    if (*amount > limit)
        (void)drop(typesetter, before < newest ? before : newest);
}

void sw_typesetter_collect(struct sw_typesetter *typesetter)
{
    typesetter->frame++;
    drop_to(typesetter, drop_rasters, &typesetter->bytes, typesetter->budget);
    drop_to(typesetter, drop_entries, &typesetter->entries, LAYOUTS_MAX);
}

const char *sw_typesetter_probe(const char *path)
{
    const char *fault = sw_font_file_fault(path);
    if (fault[0] != '\0')
        return fault;
    if (TTF_Init() < 0)
        return "cannot be read";
    TTF_Font *font = TTF_OpenFont(path, 32);
    fault = font != NULL ? "" : "is no font";
    if (font != NULL)
        TTF_CloseFont(font);
    TTF_Quit();
    return fault;
}
