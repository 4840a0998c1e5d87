/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *checked(void *memory)
{
    if (memory == NULL) {
        fputs("out of memory\n", stderr);
        abort();
    }
    return memory;
}

void *sw_alloc(size_t size)
{
    return checked(calloc(1, size > 0 ? size : 1));
}

void *sw_alloc_array(size_t count, size_t size)
{
    if (count == 0 || size == 0) {
        return sw_alloc(0);
    }
    return checked(calloc(count, size)); /* calloc sees an overflow of the product */
}

void *sw_grow(void *items, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity) {
        return items;
    }
    size_t grown = *capacity > SIZE_MAX / 2 ? needed : *capacity * 2;
    grown = grown < 8 ? 8 : grown;
    grown = grown < needed ? needed : grown;
    if (size > 0 && grown > SIZE_MAX / size) {
        checked(NULL);
    }
    char *place = checked(realloc(items, grown * size > 0 ? grown * size : 1));
    memset(place + *capacity * size, 0, (grown - *capacity) * size);
    *capacity = grown;
    return place;
}

char *sw_strdup(const char *text)
{
    size_t length = strlen(text);
    char *copy = sw_alloc(length + 1);
    memcpy(copy, text, length);
    return copy;
}
