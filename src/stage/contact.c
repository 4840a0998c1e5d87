/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/contact.h"

#include <math.h>
#include <string.h>

#include "exhibition/language.h"

static struct sw_contact *find(struct sw_contacts *contacts, uint64_t id)
{
    for (size_t i = 0; i < contacts->count; i++)
        if (contacts->items[i].id == id && contacts->items[i].ended == SW_NEVER)
            return &contacts->items[i];
    return NULL;
}

static void drop(struct sw_contacts *contacts, size_t index)
{
    sw_arena_finish(&contacts->items[index].arena);
    contacts->items[index] = contacts->items[--contacts->count];
}

/* Gives up the mark that has faded most. */
static bool make_room(struct sw_contacts *contacts)
{
    size_t oldest = contacts->count;
    for (size_t i = 0; i < contacts->count; i++)
        if (contacts->items[i].ended != SW_NEVER && (oldest == contacts->count || contacts->items[i].ended < contacts->items[oldest].ended))
            oldest = i;
    if (oldest == contacts->count)
        return false;
    drop(contacts, oldest);
    return true;
}

/* Actions live in the tree that they came from, which may be built anew before the finger lifts: the contact keeps copies. */
static void copy_actions(struct sw_contact *contact, const struct sw_box *box)
{
    contact->actions = sw_arena_array(&contact->arena, box->action_count, sizeof *contact->actions);
    contact->action_count = box->action_count;
    for (size_t i = 0; i < box->action_count; i++) {
        struct sw_action *action = &contact->actions[i];
        *action = box->actions[i];
        if (action->target != NULL)
            action->target = sw_arena_strdup(&contact->arena, action->target);
        if (action->name != NULL)
            action->name = sw_arena_strdup(&contact->arena, action->name);
        if (action->value.type == SW_VALUE_STRING)
            action->value.as.string = sw_arena_strdup(&contact->arena, action->value.as.string);
    }
}

static void press(const struct sw_contact *contact, uint64_t identity)
{
    struct sw_show *show = sw_zone_show(contact->zone, contact->show);
    if (show != NULL && (identity != 0 || show->pressed == contact->owner))
        sw_show_press(show, identity);
}

static bool is_in(const struct sw_box *box, const struct sw_box *outer)
{
    while (box != NULL && box != outer)
        box = box->parent;
    return box != NULL;
}

/* A finger on what can be read by touch reads it, unless something else there takes it; not while scenes change. */
static void begin_reading(struct sw_contact *contact, struct sw_show *show, const struct sw_box *hit, double px_per_mm)
{
    const struct sw_zone *zone = contact->zone;
    double x = contact->x - zone->where.place.x, y = contact->y - zone->where.place.y;
    if (show == NULL || zone->changing || (show != zone->current && show != zone->overlay))
        return;
    const struct sw_box *felt = sw_show_felt(show, x, y);
    contact->reads = felt != NULL && (hit == NULL || is_in(felt, hit));
    if (contact->reads)
        sw_show_finger_down(show, contact->id, felt->identity, x, y, px_per_mm);
}

/* A finger on a video shows its controls, and on their track it moves it. */
static void begin_scrubbing(struct sw_contact *contact, struct sw_show *show, const struct sw_box *hit, sw_tick now)
{
    double x = contact->x - contact->zone->where.place.x, y = contact->y - contact->zone->where.place.y;
    if (show == NULL)
        return;
    contact->wakes = sw_show_wake(show, x, y, now);
    contact->scrubs = hit != NULL && hit->scrubs ? hit->controls : 0;
    if (contact->scrubs != 0)
        sw_show_scrub(show, contact->scrubs, x, y, true, now);
}

void sw_contacts_down(struct sw_contacts *contacts, struct sw_zone *zone, uint64_t id, double x, double y, struct sw_time now)
{
    if (find(contacts, id) != NULL)
        sw_contacts_cancel(contacts, id, now);
    if (contacts->count == SW_CONTACTS_MAX && !make_room(contacts))
        return;
    struct sw_contact *contact = &contacts->items[contacts->count++];
    *contact = (struct sw_contact){
        .id = id, .zone = zone, .start_x = x, .start_y = y, .x = x, .y = y, .began = now.tick, .moved = now.tick, .ended = SW_NEVER};
    const struct sw_box *box = NULL;
    bool modal = false;
    double slack = SW_CONTACT_HIT_MM * contacts->px_per_mm;
    struct sw_show *show = sw_zone_touch(zone, x - zone->where.place.x, y - zone->where.place.y, slack, now, &box, &modal);
    contact->show = show != NULL ? show->serial : 0;
    contact->closes = modal && box == NULL;
    if (box != NULL) {
        contact->owner = box->identity;
        copy_actions(contact, box);
        press(contact, box->identity);
    }
    if (!modal) {
        begin_reading(contact, show, box, contacts->px_per_mm);
        begin_scrubbing(contact, show, box, now.tick);
    }
    sw_zone_extend(zone, now);
    zone->top_stale = true;
}

void sw_contacts_move(struct sw_contacts *contacts, uint64_t id, double x, double y, struct sw_time now)
{
    struct sw_contact *contact = find(contacts, id);
    if (contact == NULL)
        return;
    contact->x = x;
    contact->y = y;
    contact->moved = now.tick;
    if (!contact->slid && hypot(x - contact->start_x, y - contact->start_y) > SW_CONTACT_SLOP_MM * contacts->px_per_mm) {
        contact->slid = true;
        press(contact, 0);
    }
    struct sw_show *show = contact->reads || contact->scrubs != 0 ? sw_zone_show(contact->zone, contact->show) : NULL;
    x -= contact->zone->where.place.x;
    y -= contact->zone->where.place.y;
    if (show != NULL && contact->reads)
        sw_show_finger_move(show, contact->id, x, y);
    if (show != NULL && contact->scrubs != 0)
        sw_show_scrub(show, contact->scrubs, x, y, false, now.tick);
    sw_zone_extend(contact->zone, now);
    contact->zone->top_stale = true;
}

static void end(struct sw_contact *contact, struct sw_time now)
{
    press(contact, 0);
    struct sw_show *show = contact->reads || contact->scrubs != 0 ? sw_zone_show(contact->zone, contact->show) : NULL;
    if (show != NULL && contact->reads)
        sw_show_finger_up(show, contact->id, now.tick);
    if (show != NULL && contact->scrubs != 0)
        sw_show_let_go(show, contact->scrubs, now.tick);
    contact->ended = now.tick;
    contact->zone->top_stale = true;
}

/* Left or right over the zone: the next or previous page. In a right-to-left session the other way round. */
static void swipe(const struct sw_contacts *contacts, const struct sw_contact *contact, const struct sw_show *show, struct sw_time now)
{
    double across = contact->x - contact->start_x, along = contact->y - contact->start_y;
    bool swiped = contact->slid && fabs(across) >= SW_SWIPE_MM * contacts->px_per_mm && fabs(across) > 2 * fabs(along) &&
                  now.tick - contact->began <= SW_SWIPE_US;
    if (!swiped || contact->reads || contact->scrubs != 0 || show == contact->zone->overlay)
        return;
    bool forward = (across < 0) != sw_language_right_to_left(contact->zone->visit.language);
    struct sw_action action = {.kind = forward ? SW_ACTION_NEXT : SW_ACTION_PREVIOUS};
    sw_zone_act(contact->zone, show, &action, 1, now);
}

void sw_contacts_up(struct sw_contacts *contacts, uint64_t id, struct sw_time now)
{
    struct sw_contact *contact = find(contacts, id);
    if (contact == NULL)
        return;
    end(contact, now);
    sw_zone_extend(contact->zone, now);
    const struct sw_show *show = sw_zone_show(contact->zone, contact->show);
    if (show == NULL)
        return;
    if (contact->slid) {
        swipe(contacts, contact, show, now);
    } else if (contact->closes && show != contact->zone->overlay) {
        struct sw_action action = {.kind = SW_ACTION_CLOSE};
        sw_zone_act(contact->zone, show, &action, 1, now);
    } else if (contact->action_count > 0) {
        sw_zone_act(contact->zone, show, contact->actions, contact->action_count, now);
    }
}

void sw_contacts_cancel(struct sw_contacts *contacts, uint64_t id, struct sw_time now)
{
    struct sw_contact *contact = find(contacts, id);
    if (contact != NULL)
        end(contact, now);
}

void sw_contacts_finish(struct sw_contacts *contacts)
{
    while (contacts->count > 0)
        drop(contacts, contacts->count - 1);
}

sw_tick sw_contacts_step(struct sw_contacts *contacts, struct sw_time now)
{
    sw_tick next = SW_NEVER;
    for (size_t i = contacts->count; i-- > 0;) {
        struct sw_contact *contact = &contacts->items[i];
        if (contact->ended == SW_NEVER && now.tick - contact->moved >= SW_CONTACT_STUCK_US)
            end(contact, now);
        if (contact->ended != SW_NEVER && now.tick - contact->ended >= SW_MARK_FADE_US) {
            contact->zone->top_stale = true;
            drop(contacts, i);
            continue;
        }
        sw_tick due = contact->ended == SW_NEVER ? contact->moved + SW_CONTACT_STUCK_US : contact->ended + SW_MARK_FADE_US;
        next = due < next ? due : next;
    }
    return next;
}

/* -- from another stage -- */

static const struct sw_box *find_box(const struct sw_box *box, uint64_t identity)
{
    const struct sw_box *found = box != NULL && box->identity == identity && !box->hidden ? box : NULL;
    for (const struct sw_box *child = box != NULL ? box->first : NULL; child != NULL && found == NULL; child = child->next)
        found = find_box(child, identity);
    return found;
}

/* Whether what it began on is still there; it does what that says now. */
static bool survives(struct sw_contact *contact)
{
    const struct sw_show *show = sw_zone_show(contact->zone, contact->show);
    if (show == NULL)
        return contact->show == 0;
    if (contact->scrubs != 0 && find_box(show->root, contact->scrubs) == NULL)
        return false;
    const struct sw_box *box = contact->owner != 0 ? find_box(show->root, contact->owner) : NULL;
    if (contact->owner == 0)
        return true;
    if (box == NULL)
        return false;
    sw_arena_reset(&contact->arena);
    copy_actions(contact, box);
    return true;
}

void sw_contacts_carry(struct sw_contacts *contacts, struct sw_contacts *before,
                       struct sw_zone *(*zone_like)(void *context, const struct sw_zone *before), void *context, struct sw_time now)
{
    sw_contacts_finish(contacts);
    for (size_t i = 0; i < before->count; i++) {
        struct sw_contact *contact = &before->items[i];
        contact->zone = zone_like(context, contact->zone);
        if (contact->zone == NULL) {
            sw_arena_finish(&contact->arena);
            continue;
        }
        struct sw_contact *own = &contacts->items[contacts->count++];
        *own = *contact;
        if (own->ended == SW_NEVER && !survives(own))
            end(own, now);
        own->zone->top_stale = true;
    }
    before->count = 0;
}

size_t sw_contacts_down_in(const struct sw_contacts *contacts, const struct sw_zone *zone)
{
    size_t count = 0;
    for (size_t i = 0; i < contacts->count; i++)
        count += contacts->items[i].zone == zone && contacts->items[i].ended == SW_NEVER ? 1 : 0;
    return count;
}

/* A ring for every finger; filled where it is on something, open where there is nothing to touch. Dark within light: seen on any ground. */
bool sw_contacts_draw(const struct sw_contacts *contacts, const struct sw_zone *zone, struct sw_draw_list *list, sw_tick now)
{
    bool fading = false;
    double radius = fmax(10, SW_MARK_MM * contacts->px_per_mm), line = fmax(1.5, radius * 0.13);
    int side = 2 * (int)ceil(radius + 2 * line);
    for (size_t i = 0; i < contacts->count; i++) {
        const struct sw_contact *contact = &contacts->items[i];
        if (contact->zone != zone)
            continue;
        double gone = contact->ended == SW_NEVER ? 0 : (double)(now - contact->ended) / (double)SW_MARK_FADE_US;
        fading = fading || contact->ended != SW_NEVER;
        struct sw_vector_step ring = {SW_VECTOR_CIRCLE, {side / 2.0, side / 2.0, radius}};
        uint32_t fill = contact->owner != 0 || contact->reads || contact->wakes ? 0x40ffffffu : 0;
        struct sw_vector_path paths[] = {
            {.steps = &ring, .count = 1, .fill = {.from = fill, .to = fill}, .stroke = 0x8013212cu, .width = line * 2.4},
            {.steps = &ring, .count = 1, .stroke = 0xffffffffu, .width = line},
        };
        struct sw_vector vector = {.width = side, .height = side, .paths = paths, .count = SW_COUNT(paths)};
        struct sw_bitmap *bitmap = NULL;
        if (sw_bakery_get(zone->options->tools.bakery, &vector, &bitmap) != SW_ASSET_READY)
            continue;
        struct sw_draw draw = {
            .kind = SW_DRAW_BITMAP,
            .identity = contact->id,
            .to = {round(contact->x - zone->where.place.x) - side / 2, round(contact->y - zone->where.place.y) - side / 2, side, side},
            .clip = {0, 0, list->width, list->height},
            .opacity = fmax(0, 1 - gone),
            .bitmap = bitmap};
        sw_draw_list_add(list, &draw);
    }
    return fading;
}
