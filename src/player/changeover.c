/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/changeover.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/link.h"
#include "base/log.h"
#include "player/fence.h"
#include "player/loop.h"
#include "player/workshop/saves.h"

#define RETRY_US (10 * SW_SECOND)
#define GOOD_US SW_MINUTE
#define LEAD_MAX 40 /* of the line that says what does not play */

static bool is_there(const struct sw_edition *edition) { return edition->house != NULL; }

static bool can_play(const struct sw_edition *edition) { return edition->stage != NULL; }

static void say(struct sw_loop *loop, const struct sw_notice *notice) { sw_notices_say(loop->house.notices, notice); }

void sw_changeover_say_plays(struct sw_loop *loop, const struct sw_edition *edition, int64_t instead_of)
{
    const struct sw_link_message message = {.type = SW_LINK_PLAYS, .number = edition->number};
    say(loop, &(struct sw_notice){
                  .type = SW_NOTICE_PLAYS, .number = edition->number, .playlists = edition->playlists, .instead_of = instead_of});
    if (sw_link_send(SW_LINK_FD, message, -1) != SW_MESSAGE_OK)
        sw_log(SW_LOG_WARNING, "player", "the supervisor does not hear what plays");
}

/* -- opening -- */

void sw_changeover_ask_sources(struct sw_loop *loop, struct sw_edition *edition)
{
    int64_t number = loop->options->follows ? edition->number : loop->changeover.reloaded;
    sw_feed_trust(edition->feed, loop->trusted);
    sw_house_hear_courier(&loop->house, edition->feed);
    const struct sw_link_message message = {.type = SW_LINK_SOURCES, .number = edition->feed != NULL ? number : 0};
    if (sw_link_send(SW_LINK_FD, message, -1) != SW_MESSAGE_OK)
        sw_log(SW_LOG_WARNING, "player", "the supervisor does not hear which sources are wanted");
    loop->changeover.sources_asked = loop->frame;
}

static struct sw_opening_order order_of(const struct sw_loop *loop)
{
    const struct sw_options *options = loop->options;
    return (struct sw_opening_order){.folder = options->safe || options->follows ? NULL : options->folder,
                                     .followed = options->follows && !options->safe ? &options->followed : NULL,
                                     .wanted = {.fallback = options->fallback,
                                                .played = options->played,
                                                .playlists = SW_PLAYLISTS_NEWEST},
                                     .notices = loop->house.notices,
                                     .options = options,
                                     .now = sw_loop_now(loop).instant};
}

/* Why nothing of it can be played. */
static void explain(const struct sw_opened *opened, const struct sw_options *options, char *text, size_t size)
{
    const struct sw_edition *edition = &opened->edition;
    const struct sw_diag *diag = NULL;
    for (size_t i = 0; i < opened->diags.count && diag == NULL; i++)
        diag = opened->diags.items[i].severity == SW_ERROR ? &opened->diags.items[i] : NULL;
    if (edition->exhibition != NULL && edition->wall == NULL)
        (void)snprintf(text, size, "it has no wall \"%s\"", options->followed.wall);
    else if (diag != NULL)
        (void)snprintf(text, size, "%s:%d:%d: %s", diag->file, diag->line, diag->column, diag->text);
    else
        (void)snprintf(text, size, "it has no scene that can be shown");
}

/* A release, or playlists (0: none) for it, that cannot be played. */
static void refuse(struct sw_loop *loop, int64_t number, int64_t playlists, const char *text)
{
    struct sw_changeover *changeover = &loop->changeover;
    struct sw_notice notice = {.type = SW_NOTICE_REFUSED, .number = number, .playlists = playlists};
    (void)snprintf(notice.text, sizeof notice.text, "%s", text);
    (void)snprintf(changeover->refused, sizeof changeover->refused, "%s %" PRId64 ": %.*s", playlists != 0 ? "playlists" : "generation",
                   playlists != 0 ? playlists : number, SW_NOTICE_TEXT_MAX - LEAD_MAX, text);
    sw_log(SW_LOG_ERROR, "player", "not played: %s", changeover->refused);
    say(loop, &notice);
}

/* What was said of a folder's faults is what `check` says; a release has been checked before it was published. */
static void print_faults(const struct sw_loop *loop, struct sw_opened *opened)
{
    if (!loop->options->follows && loop->changeover.live.again == SW_NEVER) /* else it is read again first */
        sw_diags_print(&opened->diags, stderr);
    sw_diags_finish(&opened->diags);
    sw_faults_finish(&opened->faults);
}

/* Its tools and stage, on the main thread. True: it can be played. */
static bool bring_in(struct sw_loop *loop, struct sw_opened *opened, bool held)
{
    if (loop->changeover.live.kept != NULL)
        sw_edition_borrow(&opened->edition, &loop->edition, (loop->changeover.live.loading & SW_SAVED_CLIPS) == 0);
    sw_edition_join(&opened->edition);
    sw_loop_trust(loop, opened->trusted);
    (void)sw_edition_set_up(&opened->edition, loop->options, held, sw_loop_now(loop));
    return can_play(&opened->edition);
}

bool sw_changeover_begin(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    struct sw_opening_order order = order_of(loop);
    struct sw_opened opened;
    *changeover = (struct sw_changeover){
        .next_try = SW_NEVER, .offered = SW_NEVER, .sources_asked = SW_NEVER, .faded_since = SW_NEVER, .plays_since = SW_NEVER};
    sw_live_begin(loop);
    sw_live_order(loop, &order);
    sw_opening_do(&order, &loop->house, &opened);
    bool plays = opened.whole && bring_in(loop, &opened, false);
    while (!plays && opened.whole && opened.edition.number > 0) {
        char text[SW_NOTICE_TEXT_MAX];
        explain(&opened, loop->options, text, sizeof text);
        refuse(loop, opened.edition.number, 0, text);
        order.wanted.before = order.wanted.besides > 0 ? opened.edition.number : 0;
        order.wanted.besides = order.wanted.besides > 0 ? order.wanted.besides : opened.edition.number;
        sw_edition_close(&opened.edition);
        sw_diags_finish(&opened.diags);
        sw_opening_do(&order, &loop->house, &opened);
        plays = opened.whole && bring_in(loop, &opened, false);
    }
    if (changeover->live.kept != NULL)
        (void)sw_live_wants(loop, &opened);
    print_faults(loop, &opened);
    loop->edition = opened.edition;
    changeover->asked_number = loop->edition.number;
    changeover->asked_playlists = loop->edition.playlists;
    changeover->opening = opened.whole && !loop->options->safe ? sw_opening_create(&loop->house) : NULL;
    if (!plays && !loop->options->safe && !loop->options->follows)
        changeover->next_try = loop->started + RETRY_US;
    if (loop->options->follows)
        sw_changeover_ask_sources(loop, &loop->edition);
    return opened.whole;
}

void sw_changeover_end(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    if (is_there(&changeover->next))
        sw_edition_close(&changeover->next);
    if (is_there(&changeover->old))
        sw_edition_close(&changeover->old);
    sw_opening_destroy(changeover->opening);
    sw_draw_list_finish(&changeover->old_wall);
    sw_draw_list_finish(&changeover->new_wall);
    sw_live_end(loop);
}

static void drop(struct sw_loop *loop, struct sw_edition *edition)
{
    sw_edition_leave(edition);
    sw_opening_unload(loop->changeover.opening, edition);
}

/* Another one is wanted instead. */
static void drop_next(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    bool asked = changeover->sources_asked != SW_NEVER;
    drop(loop, &changeover->next);
    if (asked)
        sw_changeover_ask_sources(loop, &loop->edition);
    changeover->sources_asked = SW_NEVER;
}

/* -- what is offered -- */

/* The follower's newest word, if it is another one than what plays, waits or was refused. While one is loaded it waits, so that what then
 * comes is always what was asked for. */
static void ask_for_offered(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    const struct sw_heard *heard = &changeover->heard;
    int64_t number = heard->release.type != 0 ? heard->release.number : loop->edition.number;
    int64_t playlists = heard->playlists.type != 0 ? heard->playlists.playlists : changeover->asked_playlists;
    if (number == 0 || changeover->loading || is_there(&changeover->old) ||
        (number == changeover->asked_number && playlists == changeover->asked_playlists))
        return;
    struct sw_opening_order order = order_of(loop);
    order.wanted = (struct sw_release_wanted){.number = number, .playlists = playlists};
    order.proven = loop->edition.playlists;
    order.rehearse = can_play(&loop->edition);
    bool plays = number == loop->edition.number && playlists == loop->edition.playlists;
    if (!plays && !sw_opening_ask(changeover->opening, &order))
        return;
    if (is_there(&changeover->next))
        drop_next(loop);
    changeover->loading = !plays;
    changeover->asked_number = number;
    changeover->asked_playlists = playlists;
    changeover->refused[0] = '\0';
}

static void open_folder(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    if (!sw_player_fence_reaches(loop->options->folder)) {
        loop->quit = loop->failed = true; /* it has come since, or is another one: the next player may read it */
        return;
    }
    struct sw_opening_order order = order_of(loop);
    order.rehearse = can_play(&loop->edition);
    sw_live_order(loop, &order);
    changeover->loading = sw_opening_ask(changeover->opening, &order);
}

static void reload_folder(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    if (!changeover->reload || changeover->loading || is_there(&changeover->old))
        return;
    if (is_there(&changeover->next) && changeover->live.kept != NULL && can_play(&loop->edition))
        return; /* it comes at once; else an endless burst of saves would show nothing */
    if (is_there(&changeover->next))
        drop_next(loop);
    changeover->reload = false;
    changeover->reloaded = loop->frame;
    open_folder(loop);
}

/* While the card is on, the folder is looked at again. */
static void try_folder_again(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    if (can_play(&loop->edition) || changeover->loading || is_there(&changeover->next) || loop->frame < changeover->next_try)
        return;
    changeover->next_try = loop->frame + RETRY_US;
    open_folder(loop);
}

static void note_outcome(struct sw_loop *loop, const struct sw_opened *opened, bool plays)
{
    struct sw_changeover *changeover = &loop->changeover;
    char text[SW_NOTICE_TEXT_MAX];
    if (opened->playlists_fault[0] != '\0')
        refuse(loop, changeover->asked_number, changeover->asked_playlists, opened->playlists_fault);
    if (!plays) {
        explain(opened, loop->options, text, sizeof text);
        refuse(loop, changeover->asked_number, 0, text);
    } else if (opened->playlists_fault[0] != '\0' && opened->edition.number != loop->edition.number) {
        say(loop, &(struct sw_notice){
                      .type = SW_NOTICE_TRYING, .number = opened->edition.number, .playlists = opened->edition.playlists});
    }
}

/* What was asked for is open: it waits, or goes again. */
static void take_opened(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    struct sw_opened opened;
    if (!sw_opening_take(changeover->opening, &opened))
        return;
    changeover->loading = false;
    bool live = changeover->live.kept != NULL, wanted = opened.whole && (!live || sw_live_wants(loop, &opened));
    bool plays = wanted && bring_in(loop, &opened, true);
    if (loop->options->follows)
        note_outcome(loop, &opened, plays);
    else if (!plays && !live && can_play(&loop->edition))
        sw_log(SW_LOG_ERROR, "player", "%s cannot be played: what was on stays", loop->options->folder);
    print_faults(loop, &opened);
    const struct sw_edition *now = &loop->edition, *edition = &opened.edition;
    bool same = plays && loop->options->follows && edition->number == now->number && edition->playlists == now->playlists;
    if (!plays || same) {
        if (opened.whole)
            drop(loop, &opened.edition);
        return;
    }
    changeover->next = opened.edition;
    changeover->offered = changeover->offered == SW_NEVER ? loop->frame : changeover->offered;
    changeover->next_due = loop->frame;
    changeover->sources_asked = SW_NEVER;
    const struct sw_notice *release = &changeover->heard.release;
    bool ahead = release->number == edition->number && release->activate > sw_loop_now(loop).instant;
    changeover->activate = ahead ? release->activate : 0;
}

bool sw_changeover_reload(struct sw_loop *loop, const char **fault)
{
    struct sw_changeover *changeover = &loop->changeover;
    if (changeover->opening == NULL) {
        *fault = "there is nothing on but the built-in card";
        return false;
    }
    if (loop->options->follows) {
        say(loop, &(struct sw_notice){.type = SW_NOTICE_LOOK});
        return true;
    }
    changeover->live.told = changeover->live.kept != NULL;
    changeover->reload = true;
    return true;
}

/* The built-in scene tries nothing itself: the supervisor is told, who knows what players have ended with. */
static void pass_on_offered(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    const struct sw_notice *release = &changeover->heard.release;
    if (!sw_notices_look(loop->house.notices, &changeover->heard) || release->type == 0 || release->number == changeover->asked_number)
        return;
    const struct sw_link_message message = {.type = SW_LINK_TRIES, .number = release->number};
    if (sw_link_send(SW_LINK_FD, message, -1) == SW_MESSAGE_OK)
        changeover->asked_number = release->number;
}

sw_tick sw_changeover_step(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    if (loop->options->safe)
        pass_on_offered(loop);
    if (changeover->opening == NULL)
        return SW_NEVER;
    if (sw_notices_look(loop->house.notices, &changeover->heard)) {
        sw_loop_trust(loop, changeover->heard.release.trusted);
        if (!can_play(&loop->edition))
            sw_loop_show_card(loop);
    }
    if (is_there(&changeover->old)) {
        if (loop->frame - changeover->faded_since < SW_CHANGEOVER_FADE)
            return loop->frame;
        drop(loop, &changeover->old);
    }
    take_opened(loop);
    if (loop->options->follows) {
        ask_for_offered(loop);
    } else {
        changeover->reload = sw_live_look(loop) || changeover->reload;
        reload_folder(loop);
        try_folder_again(loop);
    }
    if (is_there(&changeover->next) && changeover->live.kept != NULL && can_play(&loop->edition))
        return sw_live_pursue(loop);
    sw_tick again = can_play(&loop->edition) ? changeover->live.again : changeover->next_try;
    return is_there(&changeover->next) ? sw_changeover_pursue(loop) : again;
}

/* -- what is on the wall -- */

void sw_changeover_shown(struct sw_loop *loop)
{
    struct sw_changeover *changeover = &loop->changeover;
    const struct sw_edition *edition = &loop->edition;
    if (!loop->options->follows || !can_play(edition) || loop->last_put == 0)
        return;
    if (changeover->plays_since == SW_NEVER) {
        changeover->plays_since = loop->frame;
        sw_log(SW_LOG_NOTICE, "player", "plays release %" PRId64 " (generation %" PRId64 ", playlists %" PRId64 ")", edition->version,
               edition->number, edition->playlists);
        sw_changeover_say_plays(loop, edition, edition->instead_of);
    }
    if (!changeover->good && loop->frame - changeover->plays_since >= GOOD_US) {
        changeover->good = true;
        say(loop, &(struct sw_notice){.type = SW_NOTICE_GOOD, .number = edition->number});
    }
}
