/* SPDX-License-Identifier: EUPL-1.2 */
/* Memory that is freed all at once: one arena for each loaded exhibition or scene, one scratch arena a frame.
 * Not thread-safe: one owner at a time. Running out of memory ends the program (the supervisor starts it again). */
#ifndef SW_BASE_ARENA_H
#define SW_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/must.h"

struct sw_arena_block;
struct sw_arena_deferred;

struct sw_arena {
    struct sw_arena_block *blocks;      /* newest first */
    struct sw_arena_deferred *deferred; /* newest first; of the blocks */
    size_t used;                        /* bytes given out since the last reset, all blocks */
};

/* Makes an empty arena; the first block is allocated by the first use. A zeroed struct is a valid empty arena too. */
void sw_arena_init(struct sw_arena *arena);
/* Frees everything. Accepts NULL and a zeroed arena; the arena is empty and usable again afterwards. */
void sw_arena_finish(struct sw_arena *arena);
/* Forgets everything but keeps the largest block for the next round. */
void sw_arena_reset(struct sw_arena *arena);
/* `size` zeroed bytes aligned for any type; never NULL (size 0 gives a valid pointer). */
void *sw_arena_alloc(struct sw_arena *arena, size_t size);
/* `count` zeroed items of `size` bytes; an overflow of the product ends the program. */
void *sw_arena_array(struct sw_arena *arena, size_t count, size_t size);
/* Copies of strings; never NULL (a NULL `text` gives ""). */
char *sw_arena_strdup(struct sw_arena *arena, const char *text);
char *sw_arena_strndup(struct sw_arena *arena, const char *text, size_t length);
char *sw_arena_printf(struct sw_arena *arena, const char *format, ...) SW_PRINTF(2, 3);
char *sw_arena_vprintf(struct sw_arena *arena, const char *format, va_list arguments) SW_PRINTF(2, 0);
/* Calls release(thing) once, when the arena is reset or finished: for what its values point into but it does not own. Newest first. */
void sw_arena_defer(struct sw_arena *arena, void (*release)(void *thing), void *thing);

#endif
