/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/vector.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/bitmap.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/thread.h"
#include "view/bake.h"

#define THREADS_MAX 4
#define BUCKETS 256
#define HASH_OTHER 0x9e3779b97f4a7c15ull

/* Two hashes of the content with different starts: 128 bits, so that two drawings are never taken for each other. */
struct key {
    uint64_t first, second;
};

/* Queued once for each drawing; owned by the list it stands in. */
struct job {
    struct job *next;
    struct key key;
    struct sw_vector vector; /* a copy, in the same block of memory as the job */
    struct sw_bitmap *bitmap; /* the result: NULL if it failed */
};

struct entry {
    struct entry *chain;
    struct key key;
    enum sw_asset_state state;
    struct sw_bitmap *bitmap; /* held; only when READY */
    uint64_t used;            /* frame of the last get */
};

struct list {
    struct job *first, **end;
};

struct sw_bakery {
    /* constant after init */
    int thread_count;
    size_t budget;
    void (*wake)(void *context);
    void *wake_context;
    struct sw_thread threads[THREADS_MAX];

    /* main thread only */
    struct entry *buckets[BUCKETS];
    size_t bytes, pending;
    uint64_t frame;

    struct sw_mutex lock;
    struct sw_condition filled;
    /* guarded by lock */
    struct list queue, baked;
    bool stopping;
};

static void list_init(struct list *list)
{
    list->first = NULL;
    list->end = &list->first;
}

static void list_append(struct list *list, struct job *job)
{
    job->next = NULL;
    *list->end = job;
    list->end = &job->next;
}

static struct job *list_take(struct list *list)
{
    struct job *job = list->first;
    if (job != NULL) {
        list->first = job->next;
        if (list->first == NULL)
            list->end = &list->first;
    }
    return job;
}

static void list_free(struct list *list)
{
    for (struct job *job; (job = list_take(list)) != NULL;) {
        sw_bitmap_release(job->bitmap);
        free(job);
    }
}

/* Field by field: padding and unused numbers of a step must not count. */
static uint64_t hash_path(uint64_t hash, const struct sw_vector_path *path)
{
    const double numbers[] = {path->fill.angle, path->width, path->dash[0], path->dash[1]};
    hash = sw_hash_mix(hash, path->count);
    for (size_t i = 0; i < path->count; i++) {
        hash = sw_hash_mix(hash, (uint64_t)path->steps[i].op);
        for (int k = 0; k < 6; k++)
            hash = sw_hash_mix_double(hash, path->steps[i].numbers[k]);
    }
    hash = sw_hash_mix(hash, (uint64_t)path->fill.from << 32 | path->fill.to);
    hash = sw_hash_mix(hash, path->stroke);
    for (size_t i = 0; i < SW_COUNT(numbers); i++)
        hash = sw_hash_mix_double(hash, numbers[i]);
    return hash;
}

static uint64_t hash_vector(uint64_t hash, const struct sw_vector *vector)
{
    hash = sw_hash_mix(hash, (uint64_t)(uint32_t)vector->width << 32 | (uint32_t)vector->height);
    for (size_t i = 0; i < vector->count; i++)
        hash = hash_path(hash, &vector->paths[i]);
    return hash;
}

static struct key key_of(const struct sw_vector *vector)
{
    return (struct key){hash_vector(SW_HASH_START, vector), hash_vector(HASH_OTHER, vector)};
}

static struct entry *find(struct sw_bakery *bakery, struct key key)
{
    struct entry *entry = bakery->buckets[key.first % BUCKETS];
    while (entry != NULL && (entry->key.first != key.first || entry->key.second != key.second))
        entry = entry->chain;
    return entry;
}

static struct job *job_create(struct key key, const struct sw_vector *vector)
{
    size_t steps = 0, paths_at = (sizeof(struct job) + 15) & ~(size_t)15;
    for (size_t i = 0; i < vector->count; i++)
        steps += vector->paths[i].count;
    size_t steps_at = (paths_at + vector->count * sizeof(struct sw_vector_path) + 15) & ~(size_t)15;
    char *block = sw_alloc(steps_at + steps * sizeof(struct sw_vector_step));
    struct job *job = (void *)block;
    struct sw_vector_path *paths = (void *)(block + paths_at);
    struct sw_vector_step *step = (void *)(block + steps_at);
    for (size_t i = 0; i < vector->count; i++) {
        paths[i] = vector->paths[i];
        paths[i].steps = step;
        if (paths[i].count > 0)
            memcpy(step, vector->paths[i].steps, paths[i].count * sizeof *step);
        step += paths[i].count;
    }
    job->key = key;
    job->vector = (struct sw_vector){vector->width, vector->height, paths, vector->count};
    return job;
}

static void run(void *context)
{
    struct sw_bakery *bakery = context;
    sw_mutex_lock(&bakery->lock);
    while (!bakery->stopping) {
        struct job *job = list_take(&bakery->queue);
        if (job == NULL) {
            sw_condition_wait(&bakery->filled, &bakery->lock);
            continue;
        }
        sw_mutex_unlock(&bakery->lock);
        job->bitmap = sw_bake(&job->vector);
        sw_mutex_lock(&bakery->lock);
        list_append(&bakery->baked, job);
        sw_mutex_unlock(&bakery->lock);
        if (bakery->wake != NULL)
            bakery->wake(bakery->wake_context);
        sw_mutex_lock(&bakery->lock);
    }
    sw_mutex_unlock(&bakery->lock);
}

struct sw_bakery *sw_bakery_create(int threads, size_t budget, void (*wake)(void *context), void *context)
{
    assert(threads >= 0 && threads <= THREADS_MAX);
    struct sw_bakery *bakery = sw_alloc(sizeof *bakery);
    bakery->budget = budget;
    bakery->wake = wake;
    bakery->wake_context = context;
    sw_mutex_init(&bakery->lock);
    sw_condition_init(&bakery->filled);
    list_init(&bakery->queue);
    list_init(&bakery->baked);
    for (int i = 0; i < threads; i++) {
        if (!sw_thread_start(&bakery->threads[i], "bake", run, bakery)) {
            sw_log(SW_LOG_WARNING, "vector", "only %d of %d bake threads could be started", i, threads);
            break;
        }
        bakery->thread_count++; /* without any thread everything is baked at once, which is slower and no less right */
    }
    return bakery;
}

void sw_bakery_destroy(struct sw_bakery *bakery)
{
    if (bakery == NULL)
        return;
    sw_mutex_lock(&bakery->lock);
    bakery->stopping = true;
    sw_condition_broadcast(&bakery->filled);
    sw_mutex_unlock(&bakery->lock);
    for (int i = 0; i < THREADS_MAX; i++)
        sw_thread_join(&bakery->threads[i]);
    list_free(&bakery->queue);
    list_free(&bakery->baked);
    for (size_t i = 0; i < BUCKETS; i++) {
        for (struct entry *entry = bakery->buckets[i], *next; entry != NULL; entry = next) {
            next = entry->chain;
            sw_bitmap_release(entry->bitmap);
            free(entry);
        }
    }
    sw_condition_finish(&bakery->filled);
    sw_mutex_finish(&bakery->lock);
    free(bakery);
}

static void take_in(struct sw_bakery *bakery, struct entry *entry, struct sw_bitmap *bitmap)
{
    entry->bitmap = bitmap;
    entry->state = bitmap != NULL ? SW_ASSET_READY : SW_ASSET_FAILED;
    if (bitmap != NULL)
        bakery->bytes += sw_bitmap_bytes(bitmap);
    else
        sw_log(SW_LOG_WARNING, "vector", "a drawing could not be baked");
}

static struct entry *add_entry(struct sw_bakery *bakery, struct key key)
{
    struct entry *entry = sw_alloc(sizeof *entry);
    entry->key = key;
    entry->state = SW_ASSET_PENDING;
    entry->chain = bakery->buckets[key.first % BUCKETS];
    bakery->buckets[key.first % BUCKETS] = entry;
    return entry;
}

enum sw_asset_state sw_bakery_get(struct sw_bakery *bakery, const struct sw_vector *vector, struct sw_bitmap **bitmap)
{
    *bitmap = NULL;
    if (!sw_bake_possible(vector))
        return SW_ASSET_FAILED;
    struct key key = key_of(vector);
    struct entry *entry = find(bakery, key);
    if (entry == NULL) {
        entry = add_entry(bakery, key);
        if (bakery->thread_count == 0) {
            take_in(bakery, entry, sw_bake(vector));
        } else {
            struct job *job = job_create(key, vector);
            bakery->pending++;
            sw_mutex_lock(&bakery->lock);
            list_append(&bakery->queue, job);
            sw_condition_signal(&bakery->filled);
            sw_mutex_unlock(&bakery->lock);
        }
    }
    entry->used = bakery->frame;
    *bitmap = entry->bitmap;
    return entry->state;
}

static void take_in_baked(struct sw_bakery *bakery)
{
    struct list baked;
    list_init(&baked);
    sw_mutex_lock(&bakery->lock);
    for (struct job *job; (job = list_take(&bakery->baked)) != NULL;)
        list_append(&baked, job);
    sw_mutex_unlock(&bakery->lock);
    for (struct job *job; (job = list_take(&baked)) != NULL;) {
        struct entry *entry = find(bakery, job->key);
        assert(entry != NULL && entry->state == SW_ASSET_PENDING); /* entries that wait are never let go of */
        entry->used = bakery->frame;
        take_in(bakery, entry, job->bitmap);
        bakery->pending--;
        free(job);
    }
}

/* The entry that was not used for longest, of those that are not waiting and were not used in the frame that ended; else NULL. */
static struct entry **oldest(struct sw_bakery *bakery)
{
    struct entry **found = NULL;
    for (size_t i = 0; i < BUCKETS; i++) {
        for (struct entry **at = &bakery->buckets[i]; *at != NULL; at = &(*at)->chain) {
            if ((*at)->state != SW_ASSET_PENDING && (*at)->used + 1 < bakery->frame && (found == NULL || (*at)->used < (*found)->used))
                found = at;
        }
    }
    return found;
}

void sw_bakery_collect(struct sw_bakery *bakery)
{
    bakery->frame++;
    take_in_baked(bakery);
    while (bakery->bytes > bakery->budget) {
        struct entry **at = oldest(bakery);
        if (at == NULL)
            break;
        struct entry *entry = *at;
        *at = entry->chain;
        if (entry->bitmap != NULL)
            bakery->bytes -= sw_bitmap_bytes(entry->bitmap);
        sw_bitmap_release(entry->bitmap);
        free(entry);
    }
}

size_t sw_bakery_pending(const struct sw_bakery *bakery)
{
    return bakery->pending;
}
