/* SPDX-License-Identifier: EUPL-1.2 */
/* One scene giving way to the next: how, where to, how far it is, and back again. */
#include "exhibition/language.h"
#include "stage/zone.h"

/* -- which change -- */

/* How the incoming show takes the current one's place. What comes anew without going anywhere fades. */
static struct sw_transition transition_into(const struct sw_zone *zone, const struct sw_show *incoming)
{
    const struct sw_exhibition *exhibition = zone->options->exhibition;
    const struct sw_show *current = zone->current;
    const struct sw_scene *scene = incoming->scene;
    if (zone->where.still || current == NULL)
        return (struct sw_transition){.kind = SW_TRANSITION_CUT};
    bool within = current->scene == scene, turns = within && current->page != incoming->page;
    if (turns && (scene->has_turn || exhibition->has_turn))
        return scene->has_turn ? scene->turn : exhibition->turn;
    struct sw_transition transition = scene->has_transition ? scene->transition : exhibition->transition;
    if (!zone->visit.active && zone->wanted_known && zone->wanted.item != NULL && zone->wanted.item->has_transition)
        transition = zone->wanted.item->transition;
    if (within && !turns && transition.kind != SW_TRANSITION_CUT)
        transition.kind = SW_TRANSITION_FADE;
    return transition;
}

/* A visitor's page turns go as its pages lie, all else forward but what leads back; in a right-to-left session the other way round. */
static enum sw_way way_of(const struct sw_zone *zone, const struct sw_show *incoming, enum sw_transition_to to)
{
    bool mirrored = sw_language_right_to_left(zone->visit.language);
    bool backwards = zone->backwards;
    if (zone->visit.active && zone->current != NULL && zone->current->scene == incoming->scene)
        backwards = incoming->page < zone->current->page;
    enum sw_way way = SW_WAY_LEFT;
    switch (to) {
    case SW_TRANSITION_TO_START: way = mirrored ? SW_WAY_RIGHT : SW_WAY_LEFT; break;
    case SW_TRANSITION_TO_END: way = mirrored ? SW_WAY_LEFT : SW_WAY_RIGHT; break;
    case SW_TRANSITION_TO_UP: way = SW_WAY_UP; break;
    case SW_TRANSITION_TO_DOWN: way = SW_WAY_DOWN; break;
    }
    return backwards ? sw_way_back(way) : way;
}

static enum sw_change_kind kind_of(enum sw_transition_kind kind)
{
    switch (kind) {
    case SW_TRANSITION_PUSH: return SW_CHANGE_PUSH;
    case SW_TRANSITION_WIPE: return SW_CHANGE_WIPE;
    case SW_TRANSITION_CUT:
    case SW_TRANSITION_FADE:
    case SW_TRANSITION_MORPH: return SW_CHANGE_FADE;
    }
    return SW_CHANGE_FADE;
}

/* -- its course -- */

double sw_zone_mix(const struct sw_zone *zone, sw_tick now)
{
    if (!zone->changing)
        return 0;
    if (zone->change_duration <= 0 || now - zone->change_start >= zone->change_duration)
        return 1;
    return sw_smooth((double)(now - zone->change_start) / (double)zone->change_duration);
}

void sw_zone_begin_change(struct sw_zone *zone, struct sw_time now)
{
    struct sw_transition transition = transition_into(zone, zone->incoming);
    zone->changing = true;
    zone->automatic = !zone->visit.active;
    zone->change_start = now.tick;
    zone->change_duration = transition.kind == SW_TRANSITION_CUT ? 0 : transition.duration;
    zone->change_kind = kind_of(transition.kind);
    zone->change_way = way_of(zone, zone->incoming, transition.to);
    zone->morphs = transition.kind == SW_TRANSITION_MORPH;
    zone->backwards = false;
    zone->changes++;
    if (!zone->visit.active && zone->wanted_known)
        zone->shown_turn = zone->wanted.turn;
    if (zone->incoming->entered == SW_NEVER) /* else it comes back to the wall */
        sw_show_enter(zone->incoming, now.tick);
    sw_zone_glide(zone, now.tick);
    (void)sw_show_update(zone->incoming, now, false);
}

void sw_zone_end_change(struct sw_zone *zone, sw_tick now)
{
    if (zone->current != NULL)
        sw_show_glide(zone->current, NULL, 0);
    sw_show_glide(zone->incoming, NULL, 0);
    sw_morph_finish(&zone->morph);
    zone->matched_serials[0] = zone->matched_serials[1] = 0;
    sw_show_destroy(zone->outgoing);
    zone->outgoing = zone->current;
    zone->outgoing_until = zone->automatic ? now + SW_OUTGOING_US : now;
    zone->current = zone->incoming;
    zone->incoming = NULL;
    zone->changing = false;
    zone->morphs = false;
}

void sw_zone_turn_round(struct sw_zone *zone, sw_tick now)
{
    int64_t gone = now - zone->change_start;
    struct sw_show *back = zone->current;
    zone->current = zone->incoming;
    zone->incoming = back;
    zone->change_start = now - (zone->change_duration > gone ? zone->change_duration - gone : 0);
    zone->change_way = sw_way_back(zone->change_way);
    zone->automatic = false;
}

/* -- what glides -- */

/* Pairs what both shows have, where either is another one than last time or was built anew. */
static bool match(struct sw_zone *zone)
{
    struct sw_show *shows[] = {zone->current, zone->incoming};
    bool same = true;
    for (int i = 0; i < 2; i++) {
        same = same && zone->matched_serials[i] == shows[i]->serial && zone->matched_trees[i] == shows[i]->generation;
        zone->matched_serials[i] = shows[i]->serial;
        zone->matched_trees[i] = shows[i]->generation;
    }
    if (!same)
        sw_morph_match(&zone->morph, (struct sw_morph_page){shows[0]->root, shows[0]->scene->id},
                       (struct sw_morph_page){shows[1]->root, shows[1]->scene->id});
    return !same;
}

void sw_zone_glide(struct sw_zone *zone, sw_tick now)
{
    if (!zone->changing || !zone->morphs || zone->current == NULL || zone->incoming == NULL)
        return;
    bool anew = match(zone);
    sw_morph_at(&zone->morph, sw_zone_mix(zone, now));
    for (size_t i = 0; i < zone->morph.count && anew; i++) {
        sw_show_settle(zone->current, zone->morph.glides[0][i].identity, now);
        sw_show_settle(zone->incoming, zone->morph.glides[1][i].identity, now);
    }
    sw_show_glide(zone->current, zone->morph.glides[0], zone->morph.count);
    sw_show_glide(zone->incoming, zone->morph.glides[1], zone->morph.count);
}

/* -- what is touched -- */

void sw_zone_to_outgoing(const struct sw_zone *zone, sw_tick now, double *x, double *y)
{
    struct sw_box_px place = zone->where.place;
    struct sw_change change = sw_change_at(zone->change_kind, zone->change_way, sw_zone_mix(zone, now), place.width, place.height);
    struct sw_change_view view = sw_change_view(&change, false, place.width, place.height);
    *x -= view.x;
    *y -= view.y;
}
