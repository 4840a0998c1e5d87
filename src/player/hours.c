/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/hours.h"

#include <stdio.h>

#include "base/log.h"
#include "view/change.h"

#define LOOK_US (4 * SW_SECOND)  /* a touch switches screens on that DPMS has switched off */
#define DARK_US (1 * SW_SECOND)  /* between two steps of a stage that nobody sees */
#define COVER 0xb1acc0be11f00d5eu /* identity of the black above a zone */

void sw_wall_hours_init(struct sw_wall_hours *opening, bool always)
{
    *opening = (struct sw_wall_hours){.always = always, .hours = {true, SW_NEVER}, .asked = SW_NEVER, .next = SW_NEVER};
}

/* -- hours and orders -- */

static struct sw_hours hours_at(const struct sw_wall_hours *opening, sw_instant instant)
{
    size_t i = 0;
    if (opening->wall != NULL && !opening->always)
        return sw_hours_at(opening->wall->opening, opening->wall->opening_count, opening->zone, instant);
    while (i < opening->foreseen_count && opening->foreseen[i].until <= instant)
        i++;
    bool known = opening->wall == NULL && !opening->always && i < opening->foreseen_count;
    return known ? opening->foreseen[i] : (struct sw_hours){.open = true, .until = SW_NEVER};
}

static bool is_ordered(const struct sw_wall_hours *opening, sw_instant now)
{
    return opening->order != SW_HOURS_AS_WRITTEN && now < opening->ordered_until;
}

/* An order that ends when the hours say the same changes nothing then. */
static struct sw_hours judge(const struct sw_wall_hours *opening, sw_instant now)
{
    if (!is_ordered(opening, now))
        return hours_at(opening, now);
    struct sw_hours ordered = {.open = opening->order == SW_HOURS_TOLD_OPEN, .until = opening->ordered_until};
    struct sw_hours after = ordered.until != SW_NEVER ? hours_at(opening, ordered.until) : ordered;
    return after.open == ordered.open ? after : ordered;
}

/* The first change of the hours after `now` to this state. */
static sw_instant next_time(const struct sw_wall_hours *opening, bool open, sw_instant now)
{
    struct sw_hours hours = hours_at(opening, now);
    if (hours.open == open && hours.until != SW_NEVER)
        hours = hours_at(opening, hours.until);
    return hours.until;
}

void sw_wall_hours_tell(struct sw_wall_hours *opening, enum sw_hours_order order, sw_instant until, sw_instant now)
{
    bool open = order == SW_HOURS_TOLD_OPEN, as_hours = hours_at(opening, now).open == open;
    opening->order = until == 0 && as_hours ? SW_HOURS_AS_WRITTEN : order;
    opening->ordered_until = until != 0 ? until : next_time(opening, !open, now);
    opening->asked = SW_NEVER;
}

void sw_wall_hours_blank(struct sw_wall_hours *opening, sw_instant until) { opening->blank_until = until; }

static void say(const struct sw_wall_hours *opening, bool first)
{
    char until[32] = "it is told otherwise";
    if (opening->zone == NULL) {
        if (!first || !opening->hours.open)
            sw_log(SW_LOG_NOTICE, "player", "the wall is %s, as far as its hours were known", opening->hours.open ? "open" : "closed");
        return;
    }
    if (opening->hours.until != SW_NEVER) {
        struct sw_civil civil = sw_civil_at(opening->zone, opening->hours.until);
        (void)snprintf(until, sizeof until, "%04d-%02d-%02d %02d:%02d", civil.date.year, civil.date.month, civil.date.day, civil.hour,
                       civil.minute);
    }
    if (!opening->hours.open)
        sw_log(SW_LOG_NOTICE, "player", "the wall is closed until %s; `schauwand tell open` opens it", until);
    else if (!first)
        sw_log(SW_LOG_NOTICE, "player", "the wall is open%s%s", opening->hours.until != SW_NEVER ? " until " : "",
               opening->hours.until != SW_NEVER ? until : "");
}

static void ask(struct sw_wall_hours *opening, sw_instant now)
{
    bool known = opening->asked != SW_NEVER && now >= opening->asked && now < opening->hours.until;
    if (known)
        return;
    bool first = !opening->curtain.begun, before = opening->hours.open;
    opening->hours = judge(opening, now);
    opening->asked = now;
    if (first || before != opening->hours.open)
        say(opening, first);
}

/* -- screens -- */

static void light(struct sw_wall_hours *opening, struct sw_screen *screen, bool lit, sw_tick now)
{
    bool due = !lit && opening->look <= now;
    if (opening->switched && opening->lit == lit && !due)
        return;
    opening->able = sw_screen_light(screen, lit);
    opening->switched = true;
    opening->lit = lit;
    opening->look = lit ? SW_NEVER : now + LOOK_US;
    if (opening->able || lit || opening->said)
        return;
    sw_log(SW_LOG_NOTICE, "player", "the screens cannot be switched off from here: the wall is black while it is closed");
    opening->said = true;
}

void sw_wall_hours_finish(struct sw_wall_hours *opening, struct sw_screen *screen)
{
    if (screen != NULL && opening->switched && !opening->lit)
        light(opening, screen, true, 0);
    for (size_t i = 0; i < SW_ZONES_MAX; i++) {
        sw_draw_list_finish(&opening->covers[i]);
        sw_draw_list_finish(&opening->black[i]);
    }
}

/* -- a frame -- */

static sw_tick sooner(sw_tick a, sw_tick b) { return a < b ? a : b; }

static sw_tick tick_of(sw_instant instant, struct sw_time now)
{
    return instant == SW_NEVER || instant <= now.instant ? SW_NEVER : now.tick + (instant - now.instant);
}

static bool somebody_there(const struct sw_stage *stage)
{
    for (size_t i = 0; i < sw_stage_zone_count(stage); i++)
        if (sw_stage_status(stage, i).visit)
            return true;
    return false;
}

void sw_wall_hours_step(struct sw_wall_hours *opening, struct sw_screen *screen, struct sw_stage *stage, const struct sw_wall *wall,
                     const struct sw_exhibition *exhibition, struct sw_time now, sw_tick *next)
{
    if (stage == NULL && opening->foreseen_count == 0) {
        opening->state = (struct sw_curtain_state){.lit = true, .next = SW_NEVER};
        light(opening, screen, true, now.tick);
        return;
    }
    if (opening->wall != wall)
        opening->asked = SW_NEVER;
    opening->wall = stage != NULL ? wall : NULL;
    opening->zone = stage != NULL ? exhibition->zone : NULL;
    ask(opening, now.instant);
    const struct sw_curtain_wish wish = {.open = opening->hours.open,
                                         .opens = opening->hours.open ? SW_NEVER : opening->hours.until,
                                         .blank = now.instant < opening->blank_until,
                                         .visits = stage != NULL && somebody_there(stage),
                                         .countdown = stage != NULL ? exhibition->countdown : 0};
    opening->state = sw_curtain_step(&opening->curtain, &wish, now);
    bool due = stage != NULL && sw_stage_welcome(stage, opening->state.welcome, now);
    due = (stage != NULL && sw_stage_rest(stage, opening->stands || opening->state.black >= 1)) || due;
    light(opening, screen, opening->state.lit, now.tick);
    opening->next = sooner(opening->state.next, tick_of(opening->hours.until, now));
    opening->next = sooner(opening->next, tick_of(opening->blank_until, now));
    opening->next = sooner(opening->next, opening->look);
    if (due)
        *next = now.tick;
    else if (opening->state.black >= 1 && *next < now.tick + DARK_US)
        *next = now.tick + DARK_US;
}

/* What the stage has above the zone, and black above that. */
static const struct sw_draw_list *cover(struct sw_draw_list *list, const struct sw_zone_frame *frame, double black)
{
    const int width = frame->place.width, height = frame->place.height;
    if (frame->top != NULL) {
        sw_draw_list_copy(list, frame->top);
    } else {
        sw_draw_list_finish(list);
        sw_draw_list_init(list, width, height, 0xff000000u);
    }
    sw_draw_list_add(list, &(struct sw_draw){.kind = SW_DRAW_FILL,
                                             .identity = COVER,
                                             .to = {0, 0, width, height},
                                             .clip = {0, 0, width, height},
                                             .colour = 0xff000000u,
                                             .opacity = black});
    return list;
}

void sw_wall_hours_cover(struct sw_wall_hours *opening, struct sw_zone_frame *frames, size_t count)
{
    double black = sw_smooth(opening->state.black);
    for (size_t i = 0; i < count && i < SW_ZONES_MAX && black > 0; i++) {
        struct sw_zone_frame *frame = &frames[i];
        if (black < 1) {
            frame->top = cover(&opening->covers[i], frame, black);
            continue;
        }
        sw_draw_list_finish(&opening->black[i]);
        sw_draw_list_init(&opening->black[i], frame->place.width, frame->place.height, 0xff000000u);
        *frame = (struct sw_zone_frame){.place = frame->place, .list = &opening->black[i]};
    }
}

bool sw_wall_hours_dark(const struct sw_wall_hours *opening)
{
    return opening->switched && !opening->lit && opening->able;
}

const char *sw_wall_hours_word(const struct sw_wall_hours *opening)
{
    const struct sw_curtain_state *state = &opening->state;
    if (!opening->curtain.begun)
        return "open"; /* the card is on */
    if (opening->hours.open && !opening->curtain.up)
        return "blank";
    if (opening->hours.open)
        return state->black > 0 ? "opening" : "open";
    if (state->black >= 1)
        return "closed";
    return opening->curtain.up && state->welcome == SW_WELCOME_NOBODY ? "opening" : "closing";
}
