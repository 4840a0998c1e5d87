/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/check/known.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

void sw_known_init(struct sw_known *known)
{
    *known = (struct sw_known){.first = NULL};
    sw_mutex_init(&known->lock);
    known->last = &known->first;
}

void sw_known_finish(struct sw_known *known)
{
    sw_arena_finish(&known->arena);
    sw_mutex_finish(&known->lock);
}

struct sw_fact *sw_known_fact(struct sw_known *known, const char *path, bool is_clip)
{
    struct sw_fact **bucket = &known->buckets[(sw_hash_text(SW_HASH_START, path) + is_clip) % SW_KNOWN_BUCKETS];
    sw_mutex_lock(&known->lock);
    struct sw_fact *fact = *bucket;
    while (fact != NULL && (fact->is_clip != is_clip || strcmp(fact->path, path) != 0))
        fact = fact->next;
    if (fact == NULL) {
        fact = sw_arena_alloc(&known->arena, sizeof *fact);
        *fact = (struct sw_fact){
            .path = sw_arena_strdup(&known->arena, path), .is_clip = is_clip, .state = SW_ASSET_PENDING, .next = *bucket};
        *bucket = fact;
        *known->last = fact;
        known->last = &fact->after;
    }
    sw_mutex_unlock(&known->lock);
    return fact;
}

static const struct sw_fact *ask(struct sw_asking *asking, const char *path, bool is_clip)
{
    struct sw_fact *fact = sw_known_fact(asking->known, path, is_clip);
    for (size_t i = 0; i < asking->count; i++)
        if (asking->asked[i] == fact)
            return fact;
    asking->asked = sw_grow(asking->asked, &asking->capacity, asking->count + 1, sizeof(struct sw_fact *));
    asking->asked[asking->count++] = fact;
    return fact;
}

static enum sw_asset_state ask_size(void *context, const char *path, int *width, int *height)
{
    const struct sw_fact *fact = ask(context, path, false);
    *width = fact->width;
    *height = fact->height;
    return fact->state;
}

static enum sw_asset_state ask_pixels(void *context, const struct sw_picture_request *request, struct sw_bitmap **bitmap)
{
    (void)context;
    (void)request;
    *bitmap = NULL;
    return SW_ASSET_FAILED; /* nobody draws */
}

static enum sw_asset_state ask_clip(void *context, const char *path, struct sw_clip *clip)
{
    const struct sw_fact *fact = ask(context, path, true);
    *clip = fact->clip;
    return fact->state;
}

static enum sw_asset_state ask_frame(void *context, const struct sw_cue *cue, struct sw_frame *frame)
{
    (void)context;
    (void)cue;
    *frame = (struct sw_frame){.next = SW_NEVER};
    return SW_ASSET_FAILED;
}

void sw_asking_init(struct sw_asking *asking, struct sw_known *known)
{
    *asking = (struct sw_asking){.known = known,
                                 .pictures = {.size = ask_size, .get = ask_pixels, .context = asking},
                                 .videos = {.clip = ask_clip, .frame = ask_frame, .context = asking, .still = true}};
}

void sw_asking_finish(struct sw_asking *asking) { free(asking->asked); }

void sw_asking_begin(struct sw_asking *asking) { asking->count = 0; }

bool sw_asking_pends(const struct sw_asking *asking)
{
    for (size_t i = 0; i < asking->count; i++)
        if (asking->asked[i]->state == SW_ASSET_PENDING)
            return true;
    return false;
}
