/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/arena.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define BLOCK_FIRST ((size_t)4 << 10)
#define BLOCK_LARGEST ((size_t)1 << 20)
#define ALIGNMENT _Alignof(max_align_t)

struct sw_arena_block {
    struct sw_arena_block *next;
    size_t capacity, used; /* bytes behind this head */
    max_align_t bytes[];
};

struct sw_arena_deferred {
    struct sw_arena_deferred *next;
    void (*release)(void *thing);
    void *thing;
};

void sw_arena_init(struct sw_arena *arena)
{
    *arena = (struct sw_arena){0};
}

static void free_blocks(struct sw_arena_block *block)
{
    while (block != NULL) {
        struct sw_arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void sw_arena_defer(struct sw_arena *arena, void (*release)(void *thing), void *thing)
{
    struct sw_arena_deferred *deferred = sw_arena_alloc(arena, sizeof *deferred);
    *deferred = (struct sw_arena_deferred){.next = arena->deferred, .release = release, .thing = thing};
    arena->deferred = deferred;
}

static void release_deferred(struct sw_arena *arena)
{
    const struct sw_arena_deferred *deferred = arena->deferred;
    arena->deferred = NULL;
    for (; deferred != NULL; deferred = deferred->next) {
        deferred->release(deferred->thing);
    }
}

void sw_arena_finish(struct sw_arena *arena)
{
    if (arena != NULL) {
        release_deferred(arena);
        free_blocks(arena->blocks);
        sw_arena_init(arena);
    }
}

void sw_arena_reset(struct sw_arena *arena)
{
    release_deferred(arena);
    struct sw_arena_block **largest = &arena->blocks;
    for (struct sw_arena_block **at = &arena->blocks; *at != NULL; at = &(*at)->next) {
        if ((*at)->capacity > (*largest)->capacity) {
            largest = at;
        }
    }
    struct sw_arena_block *kept = *largest;
    if (kept != NULL) {
        *largest = kept->next;
        free_blocks(arena->blocks);
        kept->next = NULL;
        kept->used = 0;
    }
    arena->blocks = kept;
    arena->used = 0;
}

static struct sw_arena_block *add_block(struct sw_arena *arena, size_t size)
{
    size_t capacity = BLOCK_FIRST;
    if (arena->blocks != NULL) {
        capacity = arena->blocks->capacity < BLOCK_LARGEST / 2 ? arena->blocks->capacity * 2 : BLOCK_LARGEST;
    }
    bool alone = size > capacity / 2 && arena->blocks != NULL;
    if (size > capacity || alone) {
        capacity = size;
    }
    struct sw_arena_block *block = sw_alloc(sizeof *block + capacity);
    block->capacity = capacity;
    if (alone) { /* a large piece goes behind the newest block, whose room stays in use */
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        block->next = arena->blocks;
        arena->blocks = block;
    }
    return block;
}

void *sw_arena_alloc(struct sw_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2) {
        fputs("out of memory\n", stderr);
        abort();
    }
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    rounded = rounded > 0 ? rounded : ALIGNMENT;
    struct sw_arena_block *block = arena->blocks;
    if (block == NULL || block->capacity - block->used < rounded) {
        block = add_block(arena, rounded);
    }
    char *place = (char *)block->bytes + block->used;
    block->used += rounded;
    arena->used += rounded;
    return memset(place, 0, rounded);
}

void *sw_arena_array(struct sw_arena *arena, size_t count, size_t size)
{
    bool overflows = size > 0 && count > SIZE_MAX / size;
    return sw_arena_alloc(arena, overflows ? SIZE_MAX : count * size);
}

char *sw_arena_strdup(struct sw_arena *arena, const char *text)
{
    return sw_arena_strndup(arena, text, text != NULL ? strlen(text) : 0);
}

char *sw_arena_strndup(struct sw_arena *arena, const char *text, size_t length)
{
    size_t kept = text != NULL ? strnlen(text, length) : 0;
    char *copy = sw_arena_alloc(arena, kept + 1);
    if (kept > 0) {
        memcpy(copy, text, kept);
    }
    return copy;
}

char *sw_arena_printf(struct sw_arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = sw_arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}

char *sw_arena_vprintf(struct sw_arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    assert(length >= 0);
    char *text = sw_arena_alloc(arena, (size_t)length + 1);
    int written = vsnprintf(text, (size_t)length + 1, format, arguments);
    assert(written == length);
    return text;
}
