/* SPDX-License-Identifier: EUPL-1.2 */
/* malloc that does not fail: running out of memory is not survivable in half-made states, the supervisor starts the role again.
 * All return zeroed memory that the caller frees with free(). */
#ifndef SW_BASE_MEMORY_H
#define SW_BASE_MEMORY_H

#include <stddef.h>

void *sw_alloc(size_t size);
void *sw_alloc_array(size_t count, size_t size);
/* Grows `items` (malloc'd or NULL) so that it holds at least `needed`; updates *capacity; new room is zeroed. Returns the new place. */
void *sw_grow(void *items, size_t *capacity, size_t needed, size_t size);
char *sw_strdup(const char *text);
/* Gives back to the system what free() keeps for later. */
void sw_memory_trim(void);

#endif
