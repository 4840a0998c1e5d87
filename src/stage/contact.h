/* SPDX-License-Identifier: EUPL-1.2 */
/* Fingers on the wall: each belongs, from down to up, to the zone and the element where it began, and carries what that element says. A
 * tap, a swipe, or nothing; a mark for each that fades when it lifts. Thresholds are millimetres of the wall. Private to src/stage. Main
 * thread. */
#ifndef SW_STAGE_CONTACT_H
#define SW_STAGE_CONTACT_H

#include "stage/zone.h"

#define SW_CONTACTS_MAX 128
#define SW_CONTACT_SLOP_MM 8.0
#define SW_CONTACT_HIT_MM 5.0 /* how far a target reaches beyond its edge, downwards; less to the sides */
#define SW_SWIPE_MM 60.0
#define SW_SWIPE_US (800 * SW_MS)
#define SW_CONTACT_STUCK_US (30 * SW_SECOND)
#define SW_MARK_FADE_US (250 * SW_MS)
#define SW_MARK_MM 13.0 /* radius: the ring is seen around a fingertip */

struct sw_contact {
    uint64_t id;
    struct sw_zone *zone;
    uint64_t show;                 /* serial of what it acts on, which may be gone by now; 0: nothing */
    double start_x, start_y, x, y; /* wall pixels */
    sw_tick began, moved, ended;   /* ended: SW_NEVER while down */
    uint64_t owner;                /* identity of the element; 0: empty ground */
    bool reads;                    /* a chart: it shows what is under it, and turns no page */
    uint64_t scrubs;               /* identity of the video that it moves along its track; 0: none */
    bool wakes;                    /* a video has shown its controls for it */
    bool closes;                   /* it came down beside a modal popup */
    bool slid;                     /* it went beyond the slop: no tap */
    struct sw_arena arena;         /* of the actions */
    struct sw_action *actions;
    size_t action_count;
};

struct sw_contacts {
    struct sw_contact items[SW_CONTACTS_MAX];
    size_t count;
    double px_per_mm;
};

/* `zone` is where it came down. */
void sw_contacts_down(struct sw_contacts *contacts, struct sw_zone *zone, uint64_t id, double x, double y, struct sw_time now);
void sw_contacts_move(struct sw_contacts *contacts, uint64_t id, double x, double y, struct sw_time now);
void sw_contacts_up(struct sw_contacts *contacts, uint64_t id, struct sw_time now);
void sw_contacts_cancel(struct sw_contacts *contacts, uint64_t id, struct sw_time now);
void sw_contacts_finish(struct sw_contacts *contacts);
/* Takes over those of another stage, by the zone that `zone_like` says (NULL: none). Cancelled is what began on an element that is gone. */
void sw_contacts_carry(struct sw_contacts *contacts, struct sw_contacts *before,
                       struct sw_zone *(*zone_like)(void *context, const struct sw_zone *before), void *context, struct sw_time now);
/* Cancels what is stuck, forgets marks that have faded. Returns when to look again. */
sw_tick sw_contacts_step(struct sw_contacts *contacts, struct sw_time now);
size_t sw_contacts_down_in(const struct sw_contacts *contacts, const struct sw_zone *zone);
/* Appends the marks of the zone's contacts. True while one fades. */
bool sw_contacts_draw(const struct sw_contacts *contacts, const struct sw_zone *zone, struct sw_draw_list *list, sw_tick now);

#endif
