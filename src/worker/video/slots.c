/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/video/slots.h"

#include <string.h>

#include "base/shared.h"

void sw_slots_init(struct sw_slots *slots)
{
    memset(slots, 0, sizeof *slots);
    sw_mutex_init(&slots->lock);
    sw_condition_init(&slots->changed);
}

static void forget(struct sw_slots *slots)
{
    sw_shared_unmap(slots->memory, slots->size);
    slots->memory = NULL;
    slots->count = 0;
    memset(slots->taken, 0, sizeof slots->taken);
}

void sw_slots_finish(struct sw_slots *slots)
{
    forget(slots);
    sw_condition_finish(&slots->changed);
    sw_mutex_finish(&slots->lock);
}

void sw_slots_reset(struct sw_slots *slots)
{
    sw_mutex_lock(&slots->lock);
    forget(slots);
    slots->closed = false;
    sw_mutex_unlock(&slots->lock);
}

bool sw_slots_give(struct sw_slots *slots, int fd, const struct sw_video_layout *layout, unsigned count)
{
    void *memory;
    size_t size = layout->slot * count;
    if (count > SW_VIDEO_SLOTS_MAX || !sw_shared_map_sized(fd, size, &memory))
        return false;
    sw_mutex_lock(&slots->lock);
    bool wanted = slots->memory == NULL;
    if (wanted) {
        slots->memory = memory;
        slots->size = size;
        slots->layout = *layout;
        slots->count = count;
        sw_condition_broadcast(&slots->changed);
    }
    sw_mutex_unlock(&slots->lock);
    if (!wanted)
        sw_shared_unmap(memory, size);
    return wanted;
}

void sw_slots_free(struct sw_slots *slots, unsigned slot)
{
    sw_mutex_lock(&slots->lock);
    if (slot < slots->count) {
        slots->taken[slot] = false;
        sw_condition_signal(&slots->changed);
    }
    sw_mutex_unlock(&slots->lock);
}

void sw_slots_close(struct sw_slots *slots, bool closed)
{
    sw_mutex_lock(&slots->lock);
    slots->closed = closed;
    sw_condition_broadcast(&slots->changed);
    sw_mutex_unlock(&slots->lock);
}

static int find_free(const struct sw_slots *slots)
{
    for (unsigned i = 0; i < slots->count; i++) {
        unsigned slot = (slots->next + i) % slots->count;
        if (!slots->taken[slot])
            return (int)slot;
    }
    return -1;
}

int sw_slots_take(struct sw_slots *slots)
{
    int slot = -1;
    sw_mutex_lock(&slots->lock);
    while (!slots->closed && (slot = find_free(slots)) < 0)
        sw_condition_wait(&slots->changed, &slots->lock);
    if (slot >= 0) {
        slots->taken[slot] = true;
        slots->next = (unsigned)slot + 1;
    }
    sw_mutex_unlock(&slots->lock);
    return slot;
}

unsigned sw_slots_spare(struct sw_slots *slots)
{
    unsigned spare = 0;
    sw_mutex_lock(&slots->lock);
    for (unsigned slot = 0; slot < slots->count; slot++)
        spare += !slots->taken[slot];
    if (slots->memory == NULL)
        spare = SW_VIDEO_SLOTS_MAX;
    sw_mutex_unlock(&slots->lock);
    return spare;
}
