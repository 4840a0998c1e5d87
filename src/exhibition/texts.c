/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/texts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

void sw_texts_init(struct sw_texts *texts) { *texts = (struct sw_texts){.languages = NULL}; }

void sw_texts_finish(struct sw_texts *texts)
{
    free(texts->items);
    free(texts->strays);
    sw_arena_finish(&texts->arena);
    *texts = (struct sw_texts){.languages = NULL};
}

static int compare(const void *a, const void *b)
{
    const struct sw_text *x = a, *y = b;
    int order = strcmp(x->file, y->file);
    order = order != 0 ? order : (x->line > y->line) - (x->line < y->line);
    order = order != 0 ? order : (x->column > y->column) - (x->column < y->column);
    return order != 0 ? order : strcmp(x->path, y->path);
}

void sw_texts_settle(struct sw_texts *texts)
{
    size_t kept = 0;
    if (texts->count > 0)
        qsort(texts->items, texts->count, sizeof *texts->items, compare);
    for (size_t i = 0; i < texts->count; i++) /* what is loaded for two pages is noted twice */
        if (kept == 0 || compare(&texts->items[kept - 1], &texts->items[i]) != 0)
            texts->items[kept++] = texts->items[i];
    texts->count = kept;
}

void sw_text_stamp(const char *text, char out[SW_TEXT_STAMP + 1])
{
    uint64_t hash = sw_hash_text(SW_HASH_START, text);
    (void)snprintf(out, SW_TEXT_STAMP + 1, "%08" PRIx32, (uint32_t)(hash ^ hash >> 32));
}

bool sw_text_stamp_valid(const char *text) { return strlen(text) == SW_TEXT_STAMP && strspn(text, "0123456789abcdef") == SW_TEXT_STAMP; }
