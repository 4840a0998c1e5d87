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
#include "base/thread.h"
#include "view/font.h"
#include "view/font_file.h"
#include "view/text_layout.h"
#include "view/text_press.h"
#include "view/text_raster.h"
#include "view/text_source.h"

#define BUCKETS 8192
#define LAYOUTS_MAX 8192 /* kept beyond those of the last two frames: a scene of 1 000 texts asks for several of each */
#define SCRATCH_KEPT (1024 * 1024) /* bytes that stay for the next text */
#define COST_AT_ONCE 1.2e6 /* pixels a frame that are drawn at once where there is a press: five milliseconds or so */
#define READINGS 4       /* long texts that are kept as read: each is set at several widths and sizes in turn */
#define LONG_TEXT 1024   /* bytes; a shorter one is read anew */
#define SIZE_MIN 1.0
#define SIZE_MAX_EM 2000.0
#define SCALE_MIN 0.01
#define SCALE_MAX 64.0

struct entry;

/* The pixels of a block at one scale. */
struct raster {
    struct raster *next;
    struct entry *entry;
    double scale;
    int block;
    struct sw_text_pixels pixels;
    size_t bytes;
    uint64_t used;
    struct sw_text_order order; /* while PENDING */
};

struct entry {
    struct entry *chain;
    uint64_t key;
    struct sw_text_request request; /* its strings are the entry's own, behind it in the same block */
    struct sw_text_set *set;
    struct raster *rasters;
    size_t pending; /* rasters that the press has: the entry stays */
    uint64_t used;  /* frame of the last request */
};

struct reading {
    struct sw_arena arena; /* holds the source's text, role and language too */
    struct sw_text_source source;
    const char *role, *language;
    uint64_t used;
};

struct sw_typesetter {
    struct sw_mutex own_lock; /* of the first of several */
    struct sw_mutex *lock;    /* while fonts are opened and closed: own_lock, or that of the one this stands beside */
    struct sw_fonts *fonts;
    struct sw_text_press *press; /* NULL: everything is drawn at once */
    struct sw_arena scratch; /* empty between calls */
    struct reading readings[READINGS];
    uint64_t reads; /* counts up */
    struct entry *buckets[BUCKETS];
    size_t entries, bytes, budget, pending;
    uint64_t frame;
    double spent; /* in this frame, as sw_text_block_cost counts */
};

static struct sw_typesetter *create(const struct sw_font_set *fonts, size_t budget, struct sw_mutex *lock)
{
    struct sw_typesetter *typesetter = sw_alloc(sizeof *typesetter);
    typesetter->budget = budget;
    sw_arena_init(&typesetter->scratch);
    sw_mutex_init(&typesetter->own_lock);
    typesetter->lock = lock != NULL ? lock : &typesetter->own_lock;
    typesetter->fonts = sw_fonts_create(fonts, typesetter->lock);
    if (typesetter->fonts != NULL)
        return typesetter;
    sw_typesetter_destroy(typesetter);
    return NULL;
}

struct sw_typesetter *sw_typesetter_create(const struct sw_font_set *fonts, size_t budget) { return create(fonts, budget, NULL); }

struct sw_typesetter *sw_typesetter_create_beside(struct sw_typesetter *first, const struct sw_font_set *fonts, size_t budget)
{
    return create(fonts, budget, first->lock);
}

static void raster_free(struct sw_typesetter *typesetter, struct raster *raster)
{
    typesetter->bytes -= raster->bytes;
    sw_bitmap_release(raster->pixels.mask);
    sw_bitmap_release(raster->pixels.colours);
    free(raster);
}

static void note_pixels(struct sw_typesetter *typesetter, struct raster *raster, const struct sw_text_pixels *pixels)
{
    raster->pixels = *pixels;
    raster->pixels.state = SW_ASSET_READY;
    raster->bytes = sizeof *raster;
    raster->bytes += pixels->mask != NULL ? sw_bitmap_bytes(pixels->mask) : 0;
    raster->bytes += pixels->colours != NULL ? sw_bitmap_bytes(pixels->colours) : 0;
    typesetter->bytes += raster->bytes;
}

/* What the press has done; true if there was something. */
static bool take_in(struct sw_typesetter *typesetter)
{
    size_t before = typesetter->pending;
    for (struct sw_text_order *order; typesetter->press != NULL && (order = sw_text_press_take(typesetter->press)) != NULL;) {
        struct raster *raster = order->owner;
        note_pixels(typesetter, raster, &order->pixels);
        raster->used = raster->entry->used = typesetter->frame; /* somebody waits for it */
        raster->entry->pending--;
        typesetter->pending--;
    }
    return typesetter->pending < before;
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

static void reading_finish(struct reading *reading)
{
    sw_text_source_finish(&reading->source);
    sw_arena_finish(&reading->arena);
    *reading = (struct reading){.used = 0};
}

void sw_typesetter_destroy(struct sw_typesetter *typesetter)
{
    if (typesetter == NULL)
        return;
    sw_text_press_stop(typesetter->press);
    (void)take_in(typesetter);
    sw_text_press_destroy(typesetter->press);
    for (size_t i = 0; i < READINGS; i++)
        reading_finish(&typesetter->readings[i]);
    for (size_t i = 0; i < BUCKETS; i++) {
        for (struct entry *entry = typesetter->buckets[i], *next; entry != NULL; entry = next) {
            next = entry->chain;
            entry_free(typesetter, entry);
        }
    }
    sw_arena_finish(&typesetter->scratch);
    sw_fonts_destroy(typesetter->fonts);
    sw_mutex_finish(&typesetter->own_lock);
    free(typesetter);
}

void sw_typesetter_start(struct sw_typesetter *typesetter, const struct sw_font_set *fonts, void (*wake)(void *context), void *context)
{
    if (typesetter->press == NULL)
        typesetter->press = sw_text_press_create(fonts, typesetter->lock, wake, context);
    if (typesetter->press == NULL)
        sw_log(SW_LOG_WARNING, "text", "no thread for long texts: the wall will stop for them");
}

size_t sw_typesetter_pending(const struct sw_typesetter *typesetter)
{
    return typesetter->pending;
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
    bool limited = request->seen_width > 0 && request->seen_height > 0;
    tidied.seen_width = limited ? request->seen_width : INFINITY;
    tidied.seen_height = limited ? request->seen_height : INFINITY;
    return tidied;
}

/* A text may be a mebibyte, and is asked for several times a frame. */
static uint64_t hash_text(uint64_t hash, const char *text)
{
    size_t length = strlen(text), at = 0;
    uint64_t word = 0;
    for (; at + sizeof word <= length; at += sizeof word) {
        memcpy(&word, text + at, sizeof word);
        hash = sw_hash_mix(hash, word);
    }
    word = 0;
    memcpy(&word, text + at, length - at);
    return sw_hash_mix(sw_hash_mix(hash, word), length);
}

static uint64_t key_of(const struct sw_text_request *request)
{
    const double numbers[] = {request->size, request->line, request->tracking, request->width, request->seen_width, request->seen_height};
    uint64_t hash = hash_text(hash_text(hash_text(SW_HASH_START, request->text), request->role), request->language);
    for (size_t i = 0; i < SW_COUNT(numbers); i++)
        hash = sw_hash_mix_double(hash, numbers[i]);
    return sw_hash_mix(hash, (uint64_t)request->lines << 8 | (uint64_t)request->align);
}

static bool same(const struct sw_text_request *a, const struct sw_text_request *b)
{
    return a->size == b->size && a->line == b->line && a->tracking == b->tracking && a->width == b->width && a->lines == b->lines &&
           a->align == b->align && a->seen_width == b->seen_width && a->seen_height == b->seen_height &&
           strcmp(a->text, b->text) == 0 && strcmp(a->role, b->role) == 0 && strcmp(a->language, b->language) == 0;
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

static bool reads_same(const struct reading *reading, const struct sw_text_request *request)
{
    return reading->source.text != NULL && strcmp(reading->role, request->role) == 0 &&
           strcmp(reading->language, request->language) == 0 && strcmp(reading->source.text, request->text) == 0;
}

/* A long text as read before, or in place of the one that was not asked for longest. */
static struct sw_text_source *obtain_source(struct sw_typesetter *typesetter, const struct sw_text_request *request)
{
    struct reading *reading = &typesetter->readings[0];
    for (size_t i = 0; i < READINGS; i++) {
        struct reading *other = &typesetter->readings[i];
        if (reads_same(other, request)) {
            other->used = ++typesetter->reads;
            return &other->source;
        }
        reading = other->used < reading->used ? other : reading;
    }
    reading_finish(reading);
    reading->used = ++typesetter->reads;
    reading->role = sw_arena_strdup(&reading->arena, request->role);
    reading->language = sw_arena_strdup(&reading->arena, request->language);
    const char *text = sw_arena_strdup(&reading->arena, request->text);
    sw_text_source_init(&reading->source, typesetter->fonts, &reading->arena, text, reading->role, reading->language);
    return &reading->source;
}

static struct sw_text_set *set_text(struct sw_typesetter *typesetter, const struct sw_text_request *request)
{
    if (strlen(request->text) >= LONG_TEXT)
        return sw_text_set_create(request, obtain_source(typesetter, request), &typesetter->scratch);
    struct sw_text_source source;
    sw_text_source_init(&source, typesetter->fonts, &typesetter->scratch, request->text, request->role, request->language);
    struct sw_text_set *set = sw_text_set_create(request, &source, &typesetter->scratch);
    sw_text_source_finish(&source);
    return set;
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
        entry->set = set_text(typesetter, &entry->request);
        entry->set->entry = entry;
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
    words.seen_width = words.seen_height = 0;
    words.align = SW_TEXT_START;
    return sw_text_layout(typesetter, &words)->width;
}

double sw_text_capital(struct sw_typesetter *typesetter, const char *role)
{
    struct sw_font_chain chain;
    sw_fonts_chain(typesetter->fonts, role, 0, &chain);
    return sw_fonts_metrics(typesetter->fonts, chain.count > 0 ? chain.faces[0] : SW_FACE_NONE).capital;
}

static void draw(struct sw_typesetter *typesetter, struct raster *raster)
{
    struct entry *entry = raster->entry;
    typesetter->spent += sw_text_block_cost(&entry->request, entry->set, raster->scale, raster->block);
    if (typesetter->press == NULL || typesetter->spent <= COST_AT_ONCE) {
        struct sw_text_pixels pixels = sw_text_pixels_create(typesetter->fonts, &entry->request, entry->set, raster->scale, raster->block,
                                                             &typesetter->scratch);
        note_pixels(typesetter, raster, &pixels);
        clear_scratch(typesetter);
        return;
    }
    raster->pixels.state = SW_ASSET_PENDING;
    raster->order = (struct sw_text_order){
        .request = &entry->request, .set = entry->set, .scale = raster->scale, .block = raster->block, .owner = raster};
    entry->pending++;
    typesetter->pending++;
    sw_text_press_order(typesetter->press, &raster->order);
}

struct sw_text_pixels sw_text_raster(struct sw_typesetter *typesetter, const struct sw_text_layout *layout, double scale, int block)
{
    const struct sw_text_set *set = (const struct sw_text_set *)layout;
    struct entry *entry = set->entry;
    entry->used = typesetter->frame;
    scale = clamp(scale, SCALE_MIN, SCALE_MAX, 1);
    struct raster *raster = entry->rasters;
    while (raster != NULL && (raster->scale != scale || raster->block != block))
        raster = raster->next;
    if (raster == NULL) {
        raster = sw_alloc(sizeof *raster);
        raster->entry = entry;
        raster->scale = scale;
        raster->block = block;
        raster->next = entry->rasters;
        entry->rasters = raster;
        draw(typesetter, raster);
    }
    raster->used = typesetter->frame;
    return raster->pixels;
}

/* -- letting go -- */

/* Frees every raster last used before `frame` that nobody waits for; returns when the oldest of the others was used. */
static uint64_t drop_rasters(struct sw_typesetter *typesetter, uint64_t frame)
{
    uint64_t oldest = typesetter->frame;
    for (size_t i = 0; i < BUCKETS; i++) {
        for (struct entry *entry = typesetter->buckets[i]; entry != NULL; entry = entry->chain) {
            for (struct raster **at = &entry->rasters; *at != NULL;) {
                struct raster *raster = *at;
                bool waits = raster->pixels.state == SW_ASSET_PENDING;
                if (raster->used < frame && !waits) {
                    *at = raster->next;
                    raster_free(typesetter, raster);
                    continue;
                }
                oldest = raster->used < oldest && !waits ? raster->used : oldest;
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
            if (entry->used < frame && entry->pending == 0) {
                *at = entry->chain;
                entry_free(typesetter, entry);
                continue;
            }
            oldest = entry->used < oldest && entry->pending == 0 ? entry->used : oldest;
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

bool sw_typesetter_collect(struct sw_typesetter *typesetter)
{
    typesetter->frame++;
    typesetter->spent = 0;
    bool came = take_in(typesetter);
    for (size_t i = 0; i < READINGS; i++)
        reading_finish(&typesetter->readings[i]);
    drop_to(typesetter, drop_rasters, &typesetter->bytes, typesetter->budget);
    drop_to(typesetter, drop_entries, &typesetter->entries, LAYOUTS_MAX);
    return came;
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
