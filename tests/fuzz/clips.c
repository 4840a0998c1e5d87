/* SPDX-License-Identifier: EUPL-1.2 */
/* What a release keeps of its clips. Facts that are taken lie within their ranges, and are the same when they are written and read again.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "exhibition/clip_facts.h"
#include "fuzz.h"

static void write_and_read(const struct sw_clip_facts *facts, struct sw_diags *diags)
{
    struct sw_clip_facts again;
    size_t length;
    char *text = sw_clip_facts_write(facts->items, facts->count, &length);
    if (text == NULL)
        return;
    assert(sw_clip_facts_read(&again, text, length, "again", diags) && again.count == facts->count);
    for (size_t i = 0; i < facts->count; i++) {
        const struct sw_clip_fact *a = &facts->items[i], *b = sw_clip_facts_find(&again, a->path);
        assert(b != NULL && a->width == b->width && a->height == b->height && a->length == b->length && a->sound == b->sound);
    }
    sw_clip_facts_finish(&again);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct sw_clip_facts facts;
    struct sw_diags diags;
    sw_diags_init(&diags);
    bool read = sw_clip_facts_read(&facts, (const char *)bytes, length, "clips.json", &diags);
    assert(read == (diags.errors == 0));
    for (size_t i = 0; i < facts.count; i++) {
        const struct sw_clip_fact *fact = &facts.items[i];
        assert(fact->width >= 1 && fact->width <= SW_CLIP_SIDE_MAX && fact->height >= 1 && fact->height <= SW_CLIP_SIDE_MAX);
        assert(fact->length >= 0 && fact->length <= SW_CLIP_LENGTH_MAX);
    }
    if (read)
        write_and_read(&facts, &diags);
    sw_clip_facts_finish(&facts);
    sw_diags_finish(&diags);
    return 0;
}
