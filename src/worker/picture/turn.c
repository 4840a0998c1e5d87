/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/picture/turn.h"

#include <stddef.h>

/* Of a shown pixel: whether its place in the stored picture swaps x and y, and then counts from the right or from below. */
struct turning {
    bool swaps, from_right, from_below;
};

static struct turning turning_of(int orientation)
{
    switch (orientation) {
    case 2: return (struct turning){false, true, false};
    case 3: return (struct turning){false, true, true};
    case 4: return (struct turning){false, false, true};
    case 5: return (struct turning){true, false, false};
    case 6: return (struct turning){true, false, true};
    case 7: return (struct turning){true, true, true};
    case 8: return (struct turning){true, true, false};
    default: return (struct turning){false, false, false};
    }
}

bool sw_turn_swaps(int orientation)
{
    return turning_of(orientation).swaps;
}

struct sw_shares sw_turn_back(int orientation, struct sw_shares shown)
{
    struct turning turning = turning_of(orientation);
    struct sw_shares stored = turning.swaps ? (struct sw_shares){shown.top, shown.left, shown.bottom, shown.right} : shown;
    if (turning.from_right)
        stored = (struct sw_shares){1 - stored.right, stored.top, 1 - stored.left, stored.bottom};
    if (turning.from_below)
        stored = (struct sw_shares){stored.left, 1 - stored.bottom, stored.right, 1 - stored.top};
    return stored;
}

void sw_turn_pixels(int orientation, const uint32_t *stored, int width, int height, uint32_t *shown)
{
    struct turning turning = turning_of(orientation);
    int shown_width = turning.swaps ? height : width, shown_height = turning.swaps ? width : height;
    ptrdiff_t right = turning.from_right ? -1 : 1, below = turning.from_below ? -(ptrdiff_t)width : width;
    const uint32_t *origin = stored + (turning.from_right ? width - 1 : 0) + (turning.from_below ? (ptrdiff_t)(height - 1) * width : 0);
    ptrdiff_t step_x = turning.swaps ? below : right, step_y = turning.swaps ? right : below;
    for (int y = 0; y < shown_height; y++) {
        const uint32_t *from = origin + y * step_y;
        for (int x = 0; x < shown_width; x++)
            *shown++ = from[x * step_x];
    }
}
