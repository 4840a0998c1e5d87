/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/reel.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/shared.h"
#include "worker/video_protocol.h"

struct slot {
    struct sw_reel *reel;
    uint32_t bit;
};

struct sw_reel {
    /* constant */
    int width, height, count, bell;
    struct sw_video_layout layout;
    const uint8_t *bytes;
    size_t size;
    struct slot slots[SW_VIDEO_SLOTS_MAX];
    /* any thread */
    atomic_int holders; /* its pictures, and who made it */
    atomic_uint returned;
    /* of who made it */
    uint32_t out, seen; /* given out; of those, reported as returned */
};

static void let_go(struct sw_reel *reel)
{
    if (atomic_fetch_sub_explicit(&reel->holders, 1, memory_order_acq_rel) != 1)
        return;
    sw_shared_unmap(reel->bytes, reel->size);
    close(reel->bell);
    free(reel);
}

static void slot_released(struct sw_bitmap *bitmap)
{
    const struct slot *slot = bitmap->owner;
    struct sw_reel *reel = slot->reel;
    uint64_t one = 1;
    atomic_fetch_or_explicit(&reel->returned, slot->bit, memory_order_release);
    ssize_t written = write(reel->bell, &one, sizeof one);
    (void)written; /* a counter that is full rings too */
    let_go(reel);
}

/* Memory of a sealed size: *fd for whoever writes, mapped here for reading alone. */
static bool make_memory(struct sw_reel *reel, int *fd)
{
    void *writable;
    if (!sw_shared_create("reel", reel->size, fd, &writable))
        return false;
    sw_shared_unmap(writable, reel->size);
    const void *bytes;
    if (sw_shared_seal_size(*fd) && sw_shared_look(*fd, reel->size, &bytes)) {
        reel->bytes = bytes;
        return true;
    }
    close(*fd);
    *fd = -1;
    return false;
}

struct sw_reel *sw_reel_create(int width, int height, int count, int bell, int *fd)
{
    struct sw_video_layout layout;
    if (!sw_video_layout_of(width, height, &layout) || count < SW_VIDEO_SLOTS_MIN || count > SW_VIDEO_SLOTS_MAX)
        return NULL;
    struct sw_reel *reel = sw_alloc(sizeof *reel);
    *reel = (struct sw_reel){.width = width, .height = height, .count = count, .layout = layout, .size = layout.slot * (size_t)count};
    for (int i = 0; i < count; i++)
        reel->slots[i] = (struct slot){reel, 1u << i};
    atomic_init(&reel->holders, 1);
    atomic_init(&reel->returned, 0);
    reel->bell = fcntl(bell, F_DUPFD_CLOEXEC, 0);
    if (reel->bell >= 0 && make_memory(reel, fd))
        return reel;
    if (reel->bell >= 0)
        close(reel->bell);
    free(reel);
    return NULL;
}

void sw_reel_leave(struct sw_reel *reel)
{
    if (reel != NULL)
        let_go(reel);
}

struct sw_bitmap *sw_reel_picture(struct sw_reel *reel, uint32_t slot, enum sw_colours colours)
{
    if (slot >= (uint32_t)reel->count || (reel->out & 1u << slot) != 0)
        return NULL;
    const struct sw_video_layout *layout = &reel->layout;
    const uint8_t *bytes = reel->bytes + layout->slot * slot;
    struct sw_planes planes = {.width = reel->width, .height = reel->height,
                               .strides = {(int)layout->strides[0], (int)layout->strides[1]}, .colours = colours};
    for (int plane = 0; plane < 3; plane++)
        planes.planes[plane] = bytes + layout->offsets[plane];
    struct sw_bitmap *bitmap = sw_bitmap_wrap_planes(&planes, slot_released, &reel->slots[slot]);
    if (bitmap == NULL)
        return NULL;
    atomic_fetch_add_explicit(&reel->holders, 1, memory_order_relaxed);
    reel->out |= 1u << slot;
    return bitmap;
}

int sw_reel_returned(struct sw_reel *reel)
{
    uint32_t unseen = atomic_load_explicit(&reel->returned, memory_order_acquire) & ~reel->seen;
    for (int slot = 0; slot < reel->count; slot++) {
        if ((unseen & 1u << slot) != 0) {
            reel->seen |= 1u << slot;
            return slot;
        }
    }
    return -1;
}

void sw_reel_free(struct sw_reel *reel, int slot)
{
    uint32_t bit = 1u << slot;
    atomic_fetch_and_explicit(&reel->returned, ~bit, memory_order_relaxed);
    reel->seen &= ~bit;
    reel->out &= ~bit;
}

int sw_reel_out(const struct sw_reel *reel)
{
    int out = 0;
    for (uint32_t bits = reel->out; bits != 0; bits &= bits - 1)
        out++;
    return out;
}

int sw_reel_slots(const struct sw_reel *reel) { return reel->count; }
