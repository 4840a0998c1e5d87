/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/loop.h"

#include "base/log.h"
#include "player/card.h"

/* -- the clock -- */

static struct sw_time real_now(const struct sw_loop *loop)
{
    sw_tick tick = sw_tick_now();
    return (struct sw_time){.tick = tick, .instant = sw_clock_at(&loop->clock, tick, sw_instant_now())};
}

struct sw_time sw_loop_now(const struct sw_loop *loop) { return sw_flow_time(&loop->flow, real_now(loop)); }

struct sw_time sw_loop_real(const struct sw_loop *loop)
{
    struct sw_time now = real_now(loop);
    return (struct sw_time){.tick = loop->frame, .instant = now.instant - (now.tick - loop->frame)};
}

struct sw_time sw_loop_frame_time(const struct sw_loop *loop) { return sw_flow_time(&loop->flow, sw_loop_real(loop)); }

void sw_loop_trust(struct sw_loop *loop, sw_instant instant)
{
    sw_tick tick = sw_tick_now();
    bool behind = sw_clock_doubt(&loop->clock, tick, sw_instant_now()) == SW_CLOCK_BEHIND;
    sw_clock_trust(&loop->clock, instant, tick);
    loop->trusted = instant > loop->trusted ? instant : loop->trusted;
    sw_feed_trust(loop->edition.feed, loop->trusted);
    sw_feed_trust(loop->changeover.next.feed, loop->trusted);
    if (!behind && sw_clock_doubt(&loop->clock, tick, sw_instant_now()) == SW_CLOCK_BEHIND)
        sw_log(SW_LOG_WARNING, "player", "the clock is behind what signed documents state: it is not believed");
}

/* A player that is started again goes on with the clock of the one before it. */
static sw_tick began(const struct sw_loop *loop)
{
    return loop->options->since > 0 ? loop->options->since : loop->started;
}

void sw_loop_start_clock(struct sw_loop *loop)
{
    sw_clock_init(&loop->clock, began(loop));
    if (loop->options->at != NULL)
        return;
    switch (sw_clock_doubt(&loop->clock, loop->started, sw_instant_now())) {
    case SW_CLOCK_FINE: break;
    case SW_CLOCK_BEHIND: sw_log(SW_LOG_WARNING, "player", "the clock is before the day this was built: it is not believed"); break;
    case SW_CLOCK_FAR_AHEAD:
        sw_log(SW_LOG_WARNING, "player", "the clock is more than ten years after the day this was built: is it right?");
        break;
    }
}

bool sw_loop_set_clock(struct sw_loop *loop)
{
    sw_instant instant = 0;
    if (loop->options->at == NULL || loop->edition.exhibition == NULL) /* the card has no clock */
        return true;
    if (!sw_civil_parse(loop->edition.exhibition->zone, loop->options->at, &instant)) {
        sw_log(SW_LOG_ERROR, "player", "--at %s: an instant is wanted, e.g. 2026-11-23T14:05", loop->options->at);
        return false;
    }
    sw_clock_fix(&loop->clock, instant, began(loop));
    return true;
}

/* -- the wall -- */

struct sw_wallview sw_loop_view(const struct sw_loop *loop, const struct sw_wall *wall)
{
    return loop->options->window ? sw_wallview_seen(wall) : sw_wallview_outputs(wall);
}

/* -- the card -- */

static enum sw_card_reason card_reason(const struct sw_loop *loop)
{
    return loop->options->safe ? SW_CARD_SAFE : loop->edition.exhibition != NULL ? SW_CARD_EMPTY : SW_CARD_NOTHING;
}

const char *sw_loop_card_code(const struct sw_loop *loop) { return sw_card_code(card_reason(loop)); }

static void show_start(struct sw_loop *loop)
{
    static const enum sw_card_phase phases[] = {[SW_NOTICE_ASKING] = SW_CARD_ASKING,
                                                [SW_NOTICE_LISTS] = SW_CARD_LISTS,
                                                [SW_NOTICE_OBJECTS] = SW_CARD_FETCHING,
                                                [SW_NOTICE_WAITING] = SW_CARD_WAITING};
    const struct sw_notice *progress = &loop->changeover.heard.progress;
    const struct sw_card_start start = {.phase = phases[progress->phase],
                                        .done_bytes = progress->done_bytes,
                                        .all_bytes = progress->all_bytes,
                                        .text = progress->text};
    sw_card_draw_start(&loop->card, loop->width, loop->height, loop->edition.typesetter, &start, loop->options->call);
}

void sw_loop_show_card(struct sw_loop *loop)
{
    struct sw_arena arena = {.blocks = NULL};
    sw_draw_list_finish(&loop->card);
    const char *contact = sw_edition_contact(&loop->edition, &arena);
    if (loop->options->follows && !loop->options->safe && loop->changeover.refused[0] == '\0')
        show_start(loop);
    else
        sw_card_draw(&loop->card, loop->width, loop->height, loop->edition.typesetter, card_reason(loop),
                     loop->options->call != NULL ? loop->options->call : contact);
    sw_arena_finish(&arena);
}
