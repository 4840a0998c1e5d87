/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/finger.h"

#include <math.h>

static void drop(struct sw_fingers *fingers, size_t index)
{
    for (fingers->count--; index < fingers->count; index++)
        fingers->items[index] = fingers->items[index + 1];
}

static struct sw_finger_note *find(struct sw_fingers *fingers, uint64_t contact)
{
    for (size_t i = 0; i < fingers->count; i++)
        if (fingers->items[i].lifted == SW_NEVER && fingers->items[i].contact == contact)
            return &fingers->items[i];
    return NULL;
}

/* The first that was lifted; they stand in the order in which they came down. */
static bool make_room(struct sw_fingers *fingers)
{
    size_t oldest = fingers->count;
    for (size_t i = 0; i < fingers->count; i++) {
        const struct sw_finger_note *note = &fingers->items[i];
        if (note->lifted != SW_NEVER && (oldest == fingers->count || note->lifted < fingers->items[oldest].lifted))
            oldest = i;
    }
    if (oldest == fingers->count)
        return false;
    drop(fingers, oldest);
    return true;
}

void sw_fingers_down(struct sw_fingers *fingers, uint64_t contact, uint64_t identity, double x, double y, double px_per_mm)
{
    for (size_t i = fingers->count; i-- > 0;)
        if (fingers->items[i].lifted != SW_NEVER && fingers->items[i].identity == identity)
            drop(fingers, i);
    if (fingers->count == SW_FINGERS_MAX && !make_room(fingers))
        return;
    fingers->items[fingers->count++] =
        (struct sw_finger_note){.contact = contact, .identity = identity, .x = x, .y = y, .px_per_mm = px_per_mm, .lifted = SW_NEVER};
}

bool sw_fingers_move(struct sw_fingers *fingers, uint64_t contact, double x, double y)
{
    struct sw_finger_note *note = find(fingers, contact);
    if (note == NULL)
        return false;
    double leash = SW_FINGER_LEASH_MM * note->px_per_mm, far = hypot(x - note->x, y - note->y);
    if (!(far > leash))
        return false;
    note->x = x + (note->x - x) * leash / far;
    note->y = y + (note->y - y) * leash / far;
    return true;
}

void sw_fingers_up(struct sw_fingers *fingers, uint64_t contact, sw_tick now)
{
    struct sw_finger_note *note = find(fingers, contact);
    if (note != NULL)
        note->lifted = now;
}

bool sw_fingers_forget(struct sw_fingers *fingers, bool still, sw_tick now)
{
    size_t before = fingers->count;
    int64_t stays = SW_FINGER_STAY_US + (still ? 0 : SW_FINGER_FADE_US);
    for (size_t i = fingers->count; i-- > 0;) {
        const struct sw_finger_note *note = &fingers->items[i];
        if (note->lifted != SW_NEVER && now - note->lifted >= stays)
            drop(fingers, i);
    }
    return fingers->count < before;
}

sw_tick sw_fingers_next(const struct sw_fingers *fingers, sw_tick now)
{
    sw_tick next = SW_NEVER;
    for (size_t i = 0; i < fingers->count; i++) {
        const struct sw_finger_note *note = &fingers->items[i];
        if (note->lifted == SW_NEVER)
            continue;
        sw_tick fades = note->lifted + SW_FINGER_STAY_US, due = now < fades ? fades : now;
        next = due < next ? due : next;
    }
    return next;
}

size_t sw_fingers_drawn(const struct sw_fingers *fingers, sw_tick now, double scale, double offset_x, double offset_y,
                        struct sw_finger out[SW_FINGERS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < fingers->count; i++) {
        const struct sw_finger_note *note = &fingers->items[i];
        double fading = note->lifted == SW_NEVER ? -1 : (double)(now - note->lifted - SW_FINGER_STAY_US) / (double)SW_FINGER_FADE_US;
        double presence = fmin(1, fmax(0, 1 - fading));
        if (presence > 0)
            out[count++] = (struct sw_finger){.identity = note->identity,
                                              .x = (note->x - offset_x) / scale,
                                              .y = (note->y - offset_y) / scale,
                                              .reach = SW_FINGER_REACH_MM * note->px_per_mm / scale,
                                              .presence = presence};
    }
    return count;
}
