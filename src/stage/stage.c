/* SPDX-License-Identifier: EUPL-1.2 */
#include "stage/stage.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "stage/carry.h"
#include "stage/contact.h"
#include "stage/tell.h"
#include "stage/zone.h"

struct sw_stage {
    struct sw_stage_options options;
    struct sw_zone *zones;
    size_t count;
    struct sw_stage_zone *frames;
    struct sw_contacts contacts;
    sw_instant cleaning_until; /* touches do nothing until then */
    enum sw_welcome welcome;
};

static struct sw_box_px zone_place(const struct sw_wall_zone *zone)
{
    return (struct sw_box_px){zone->px.x, zone->px.y, zone->px.width, zone->px.height};
}

struct sw_stage *sw_stage_create(const struct sw_stage_options *options, struct sw_time now)
{
    struct sw_stage *stage = sw_alloc(sizeof *stage);
    stage->options = *options;
    stage->count = options->wall->zone_count;
    stage->zones = sw_alloc_array(stage->count, sizeof *stage->zones);
    stage->frames = sw_alloc_array(stage->count, sizeof *stage->frames);
    stage->contacts.px_per_mm = options->wall->px_per_mm;
    for (size_t i = 0; i < stage->count; i++)
        sw_zone_init(&stage->zones[i], &stage->options, &options->wall->zones[i], zone_place(&options->wall->zones[i]));
    (void)now;
    return stage;
}

void sw_stage_destroy(struct sw_stage *stage)
{
    if (stage == NULL)
        return;
    sw_contacts_finish(&stage->contacts);
    for (size_t i = 0; i < stage->count; i++)
        sw_zone_finish(&stage->zones[i]);
    free(stage->zones);
    free(stage->frames);
    free(stage);
}

/* What lies above the scenes: the overlay of a running visit, then the contacts' marks. Returns when it changes next. */
static sw_tick draw_top(struct sw_stage *stage, struct sw_zone *zone, struct sw_time now)
{
    if (!zone->top_stale)
        return SW_NEVER;
    sw_draw_list_finish(&zone->top);
    sw_draw_list_init(&zone->top, zone->where.place.width, zone->where.place.height, 0xff000000u);
    if (zone->overlay != NULL && zone->visit.active)
        for (size_t i = 0; i < zone->overlay->list.count; i++)
            sw_draw_list_add(&zone->top, &zone->overlay->list.items[i]);
    zone->top_stale = sw_contacts_draw(&stage->contacts, zone, &zone->top, now.tick);
    return zone->top_stale ? now.tick : SW_NEVER;
}

sw_tick sw_stage_step(struct sw_stage *stage, struct sw_time now, bool assets)
{
    sw_tick next = sw_contacts_step(&stage->contacts, now);
    for (size_t i = 0; i < stage->count; i++) {
        struct sw_zone *zone = &stage->zones[i];
        sw_tick due = sw_zone_step(zone, now, assets);
        next = due < next ? due : next;
        zone->top_stale = zone->top_stale || (assets && sw_contacts_down_in(&stage->contacts, zone) > 0);
        due = draw_top(stage, zone, now);
        next = due < next ? due : next;
        stage->frames[i] = (struct sw_stage_zone){.place = zone->where.place,
                                                  .list = zone->current != NULL ? &zone->current->list : NULL,
                                                  .next = zone->changing ? &zone->incoming->list : NULL,
                                                  .kind = zone->change_kind,
                                                  .way = zone->change_way,
                                                  .mix = sw_zone_mix(zone, now.tick),
                                                  .soon = zone->current != NULL && (zone->incoming != NULL || zone->visit.active),
                                                  .top = zone->top.count > 0 ? &zone->top : NULL};
        if (zone->current == NULL && zone->changing)
            stage->frames[i].list = &zone->incoming->list;
    }
    return next;
}

bool sw_stage_ready(const struct sw_stage *stage)
{
    bool ready = true;
    for (size_t i = 0; i < stage->count; i++)
        ready = ready && stage->zones[i].ready;
    return ready;
}

void sw_stage_release(struct sw_stage *stage) { stage->options.held = false; }

void sw_stage_inherit(struct sw_stage *stage, const struct sw_stage *before)
{
    stage->cleaning_until = before->cleaning_until;
    for (size_t i = 0; i < stage->count; i++)
        for (size_t k = 0; k < before->count; k++)
            if (strcmp(stage->zones[i].model->id, before->zones[k].model->id) == 0)
                sw_zone_inherit(&stage->zones[i], &before->zones[k]);
}

static struct sw_zone *zone_named(struct sw_stage *stage, const char *id)
{
    for (size_t i = 0; i < stage->count; i++)
        if (strcmp(stage->zones[i].model->id, id) == 0)
            return &stage->zones[i];
    return NULL;
}

void sw_stage_carry(struct sw_stage *stage, const struct sw_stage *before, struct sw_time now)
{
    for (size_t i = 0; i < stage->count; i++) {
        const struct sw_wall_zone *model = stage->zones[i].model;
        sw_zone_finish(&stage->zones[i]);
        sw_zone_init(&stage->zones[i], &stage->options, model, zone_place(model));
    }
    sw_stage_inherit(stage, before);
    stage->welcome = before->welcome;
    for (size_t k = 0; k < before->count; k++) {
        struct sw_zone *zone = zone_named(stage, before->zones[k].model->id);
        if (zone != NULL)
            sw_zone_carry(zone, &before->zones[k], now);
    }
}

static struct sw_zone *zone_like(void *context, const struct sw_zone *before) { return zone_named(context, before->model->id); }

void sw_stage_carry_contacts(struct sw_stage *stage, struct sw_stage *before, struct sw_time now)
{
    sw_contacts_carry(&stage->contacts, &before->contacts, zone_like, stage, now);
}

void sw_stage_look_again(struct sw_stage *stage)
{
    for (size_t i = 0; i < stage->count; i++)
        sw_zone_look_again(&stage->zones[i]);
}

void sw_stage_contact(struct sw_stage *stage, uint64_t id, enum sw_contact_phase phase, double x, double y, struct sw_time now)
{
    switch (phase) {
    case SW_CONTACT_DOWN:
        if (now.instant < stage->cleaning_until || stage->welcome == SW_WELCOME_NOBODY)
            return;
        for (size_t i = 0; i < stage->count; i++) {
            struct sw_box_px place = stage->zones[i].where.place;
            if (x >= place.x && y >= place.y && x < place.x + place.width && y < place.y + place.height) {
                if (stage->welcome == SW_WELCOME_ALL || stage->zones[i].visit.active)
                    sw_contacts_down(&stage->contacts, &stage->zones[i], id, x, y, now);
                return;
            }
        }
        break;
    case SW_CONTACT_MOVE: sw_contacts_move(&stage->contacts, id, x, y, now); break;
    case SW_CONTACT_UP: sw_contacts_up(&stage->contacts, id, now); break;
    case SW_CONTACT_CANCEL: sw_contacts_cancel(&stage->contacts, id, now); break;
    }
}

void sw_stage_cancel_contacts(struct sw_stage *stage, struct sw_time now)
{
    for (size_t i = 0; i < stage->contacts.count; i++)
        if (stage->contacts.items[i].ended == SW_NEVER)
            sw_contacts_cancel(&stage->contacts, stage->contacts.items[i].id, now);
}

/* The visit's last countdown begins, or is forgotten. */
static bool hurry(struct sw_zone *zone, bool last, struct sw_time now)
{
    struct sw_visit *visit = &zone->visit;
    if (!visit->active || visit->last == last)
        return false;
    visit->last = last;
    if (!last)
        sw_zone_extend(zone, now);
    else if (visit->countdown_since == SW_NEVER)
        visit->countdown_since = now.tick;
    zone->top_stale = true;
    return true;
}

bool sw_stage_welcome(struct sw_stage *stage, enum sw_welcome welcome, struct sw_time now)
{
    if (welcome == SW_WELCOME_NOBODY && stage->welcome != welcome)
        sw_stage_cancel_contacts(stage, now);
    stage->welcome = welcome;
    bool changed = false;
    for (size_t i = 0; i < stage->count; i++) {
        struct sw_zone *zone = &stage->zones[i];
        bool ends = welcome == SW_WELCOME_NOBODY && zone->visit.active;
        changed = hurry(zone, welcome == SW_WELCOME_LAST, now) || ends || changed;
        if (ends)
            sw_zone_end_visit(zone, now);
    }
    return changed;
}

bool sw_stage_rest(struct sw_stage *stage, bool rests)
{
    bool changed = false;
    for (size_t i = 0; i < stage->count; i++) {
        changed = changed || stage->zones[i].where.rests != rests;
        stage->zones[i].where.rests = rests;
    }
    return changed;
}

void sw_stage_set_volume(struct sw_stage *stage, size_t index, double volume)
{
    struct sw_zone *zone = &stage->zones[index];
    struct sw_show *shows[] = {zone->current, zone->incoming};
    if (volume >= zone->where.volume && volume <= zone->where.volume)
        return;
    zone->where.volume = volume;
    for (size_t i = 0; i < SW_COUNT(shows); i++)
        if (shows[i] != NULL)
            shows[i]->redraw = true;
}

size_t sw_stage_zones(const struct sw_stage *stage, const struct sw_stage_zone **zones)
{
    *zones = stage->frames;
    return stage->count;
}

size_t sw_stage_zone_count(const struct sw_stage *stage) { return stage->count; }

size_t sw_stage_shows(const struct sw_stage *stage, size_t index, const struct sw_show *shows[SW_STAGE_SHOWS_MAX])
{
    const struct sw_zone *zone = &stage->zones[index];
    bool comes = zone->changing && (zone->current == NULL || stage->frames[index].mix >= 0.5);
    const struct sw_show *scene = comes ? zone->incoming : zone->current;
    size_t count = 0;
    if (scene != NULL && scene->root != NULL)
        shows[count++] = scene;
    if (zone->overlay != NULL && zone->overlay->root != NULL && zone->visit.active)
        shows[count++] = zone->overlay;
    return count;
}

bool sw_stage_tell(struct sw_stage *stage, const struct sw_tell *tell, struct sw_time now, const char **fault)
{
    bool any = false;
    if (stage->welcome == SW_WELCOME_NOBODY && (tell->kind == SW_TELL_GO || tell->kind == SW_TELL_LANGUAGE)) {
        *fault = "the wall is closed, or blank";
        return false;
    }
    *fault = "there is no such zone";
    for (size_t i = 0; i < stage->count; i++) {
        if (tell->zone != NULL && strcmp(tell->zone, stage->zones[i].model->id) != 0)
            continue;
        const char *refusal = sw_zone_refuses(&stage->zones[i], tell);
        if (refusal != NULL)
            *fault = refusal;
        else
            sw_zone_tell(&stage->zones[i], tell, now);
        any = any || refusal == NULL;
    }
    if (tell->kind == SW_TELL_CLEANING) {
        stage->cleaning_until = tell->until;
        sw_stage_cancel_contacts(stage, now);
    }
    return any;
}

size_t sw_stage_told(const struct sw_stage *stage, sw_instant now, struct sw_tell *told, size_t capacity)
{
    size_t count = 0;
    if (now < stage->cleaning_until && capacity > 0)
        told[count++] = (struct sw_tell){.kind = SW_TELL_CLEANING, .until = stage->cleaning_until};
    for (size_t i = 0; i < stage->count && count < capacity; i++) {
        const struct sw_zone_override *override = &stage->zones[i].override;
        if (override->scene != NULL && now < override->until)
            told[count++] = (struct sw_tell){.kind = SW_TELL_OVERRIDE,
                                             .zone = stage->zones[i].model->id,
                                             .text = override->scene->id,
                                             .by = override->by,
                                             .until = override->until};
    }
    return count;
}

void sw_stage_retell(struct sw_stage *stage, const struct sw_tell *tell, struct sw_time now)
{
    if (tell->kind == SW_TELL_CLEANING)
        stage->cleaning_until = tell->until;
    for (size_t i = 0; i < stage->count && tell->kind == SW_TELL_OVERRIDE; i++) {
        struct sw_zone *zone = &stage->zones[i];
        if (strcmp(tell->zone, zone->model->id) != 0)
            continue;
        zone->override.since = now.instant;
        zone->override.until = tell->until;
    }
}

struct sw_zone_status sw_stage_status(const struct sw_stage *stage, size_t index)
{
    const struct sw_zone *zone = &stage->zones[index];
    const struct sw_show *show = zone->current;
    return (struct sw_zone_status){.zone = zone->model->id,
                                   .scene = show != NULL ? show->scene->id : NULL,
                                   .page = show != NULL ? show->scene->pages[show->page].id : NULL,
                                   .language = zone->visit.language,
                                   .why = show != NULL && show->why != NULL ? show->why : "",
                                   .by = show != NULL ? show->by : "",
                                   .until = zone->override.scene != NULL ? zone->override.until
                                            : zone->wanted_known         ? zone->wanted.until
                                                                         : SW_NEVER,
                                   .visit = zone->visit.active,
                                   .countdown = zone->visit.countdown_since != SW_NEVER,
                                   .changing = zone->changing,
                                   .changes = zone->changes,
                                   .contacts = sw_contacts_down_in(&stage->contacts, zone)};
}
