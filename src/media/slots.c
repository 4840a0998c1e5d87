/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/slots.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/shared.h"
#include "worker/video_protocol.h"

struct slot {
    struct sw_slots *of;
    uint32_t bit;
};

struct sw_slots {
    /* constant */
    int width, height, count, bell;
    struct sw_video_layout layout;
    const uint8_t *bytes;
    size_t size;
    struct slot items[SW_VIDEO_SLOTS_MAX];
    /* any thread */
    atomic_int holders; /* its pictures, and who made it */
    atomic_uint returned;
    /* of who made it */
    uint32_t out, seen; /* given out; of those, reported as returned */
};

static void let_go(struct sw_slots *slots)
{
    if (atomic_fetch_sub_explicit(&slots->holders, 1, memory_order_acq_rel) != 1)
        return;
    sw_shared_unmap(slots->bytes, slots->size);
    close(slots->bell);
    free(slots);
}

static void slot_released(struct sw_bitmap *bitmap)
{
    const struct slot *slot = bitmap->owner;
    struct sw_slots *slots = slot->of;
    uint64_t one = 1;
    atomic_fetch_or_explicit(&slots->returned, slot->bit, memory_order_release);
    ssize_t written = write(slots->bell, &one, sizeof one);
    (void)written; /* a counter that is full rings too */
    let_go(slots);
}

/* Memory of a sealed size: *fd for whoever writes, mapped here for reading alone. */
static bool make_memory(struct sw_slots *slots, int *fd)
{
    void *writable;
    if (!sw_shared_create("slots", slots->size, fd, &writable))
        return false;
    sw_shared_unmap(writable, slots->size);
    const void *bytes;
    if (sw_shared_seal_size(*fd) && sw_shared_look(*fd, slots->size, &bytes)) {
        slots->bytes = bytes;
        return true;
    }
    close(*fd);
    *fd = -1;
    return false;
}

struct sw_slots *sw_slots_create(int width, int height, int count, int bell, int *fd)
{
    struct sw_video_layout layout;
    if (!sw_video_layout_of(width, height, &layout) || count < SW_VIDEO_SLOTS_MIN || count > SW_VIDEO_SLOTS_MAX)
        return NULL;
    struct sw_slots *slots = sw_alloc(sizeof *slots);
    *slots = (struct sw_slots){.width = width, .height = height, .count = count, .layout = layout, .size = layout.slot * (size_t)count};
    for (int i = 0; i < count; i++)
        slots->items[i] = (struct slot){slots, 1u << i};
    atomic_init(&slots->holders, 1);
    atomic_init(&slots->returned, 0);
    slots->bell = fcntl(bell, F_DUPFD_CLOEXEC, 0);
    if (slots->bell >= 0 && make_memory(slots, fd))
        return slots;
    if (slots->bell >= 0)
        close(slots->bell);
    free(slots);
    return NULL;
}

void sw_slots_leave(struct sw_slots *slots)
{
    if (slots != NULL)
        let_go(slots);
}

struct sw_bitmap *sw_slots_picture(struct sw_slots *slots, uint32_t slot, enum sw_colours colours)
{
    if (slot >= (uint32_t)slots->count || (slots->out & 1u << slot) != 0)
        return NULL;
    const struct sw_video_layout *layout = &slots->layout;
    const uint8_t *bytes = slots->bytes + layout->slot * slot;
    struct sw_planes planes = {.width = slots->width, .height = slots->height,
                               .strides = {(int)layout->strides[0], (int)layout->strides[1]}, .colours = colours};
    for (int plane = 0; plane < 3; plane++)
        planes.planes[plane] = bytes + layout->offsets[plane];
    struct sw_bitmap *bitmap = sw_bitmap_wrap_planes(&planes, slot_released, &slots->items[slot]);
    if (bitmap == NULL)
        return NULL;
    atomic_fetch_add_explicit(&slots->holders, 1, memory_order_relaxed);
    slots->out |= 1u << slot;
    return bitmap;
}

int sw_slots_returned(struct sw_slots *slots)
{
    uint32_t unseen = atomic_load_explicit(&slots->returned, memory_order_acquire) & ~slots->seen;
    for (int slot = 0; slot < slots->count; slot++) {
        if ((unseen & 1u << slot) != 0) {
            slots->seen |= 1u << slot;
            return slot;
        }
    }
    return -1;
}

void sw_slots_free(struct sw_slots *slots, int slot)
{
    uint32_t bit = 1u << slot;
    atomic_fetch_and_explicit(&slots->returned, ~bit, memory_order_relaxed);
    slots->seen &= ~bit;
    slots->out &= ~bit;
}

int sw_slots_out(const struct sw_slots *slots)
{
    int out = 0;
    for (uint32_t bits = slots->out; bits != 0; bits &= bits - 1)
        out++;
    return out;
}

int sw_slots_count(const struct sw_slots *slots) { return slots->count; }
