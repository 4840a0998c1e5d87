/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/strip.h"

#include <string.h>

#define EARLY_US (1 * SW_MS) /* one that is due so soon is on: another drawing for it would be for nothing */

static struct sw_picture_at take_first(struct sw_strip *strip)
{
    struct sw_picture_at first = strip->waiting[0];
    strip->count--;
    memmove(strip->waiting, strip->waiting + 1, strip->count * sizeof *strip->waiting);
    return first;
}

size_t sw_strip_put(struct sw_strip *strip, struct sw_bitmap *bitmap, int64_t position)
{
    size_t left_out = strip->count == SW_STRIP_MAX;
    if (left_out > 0)
        sw_bitmap_release(take_first(strip).bitmap);
    strip->waiting[strip->count++] = (struct sw_picture_at){bitmap, position};
    return left_out;
}

size_t sw_strip_turn(struct sw_strip *strip, int64_t position)
{
    size_t passed = 0;
    while (strip->count > 0 && (strip->fresh || strip->waiting[0].position <= position + EARLY_US)) {
        sw_bitmap_release(strip->on.bitmap);
        strip->on = take_first(strip);
        strip->fresh = false;
        passed++;
    }
    return passed;
}

void sw_strip_restart(struct sw_strip *strip)
{
    while (strip->count > 0)
        sw_bitmap_release(take_first(strip).bitmap);
    strip->fresh = true;
}

void sw_strip_finish(struct sw_strip *strip)
{
    sw_strip_restart(strip);
    sw_bitmap_release(strip->on.bitmap);
    strip->on = (struct sw_picture_at){.bitmap = NULL};
}

bool sw_strip_is_held(const struct sw_strip *strip)
{
    return strip->on.bitmap != NULL && atomic_load(&strip->on.bitmap->holders) > 1;
}
