/* SPDX-License-Identifier: EUPL-1.2 */
/* `play`: the main loop, a list of named steps around one wait. */
#include <stdio.h>
#include <string.h>

#include "base/link.h"
#include "base/log.h"
#include "player/answer.h"
#include "player/commands.h"
#include "player/loop.h"
#include "player/wallshot.h"

#define BEAT_US (4 * SW_SECOND)
#define GOOD_US SW_MINUTE
#define AHEAD_US (4 * SW_MS) /* for the sizes of the first pictures */
#define ANSWER_PART 4        /* of a frame: after the last one a touch waits as long for the next */
#define LOOK_US (2 * SW_MS)  /* between two looks at what fingers do that only move */

/* -- opening -- */

static void measure(struct sw_loop *loop)
{
    const struct sw_wall *wall = loop->edition.wall;
    loop->width = wall != NULL ? wall->width_px : 1920;
    loop->height = wall != NULL ? wall->height_px : 1080;
    if (wall != NULL)
        loop->view = sw_loop_view(loop, wall);
    if (loop->edition.stage == NULL)
        sw_loop_show_card(loop);
}

/* -- the steps of a frame -- */

static sw_tick sooner(sw_tick a, sw_tick b) { return a < b ? a : b; }

static sw_tick next_deadline(const struct sw_loop *loop)
{
    sw_tick due = sooner(sw_flow_real(&loop->flow, sooner(loop->next, sooner(loop->hours.next, loop->volumes.next))),
                         loop->last_beat + BEAT_US);
    due = sooner(due, sw_workshop_next(&loop->workshop));
    due = sooner(due, loop->next_shot);
    due = sooner(due, loop->next_change);
    due = sooner(due, loop->next_status);
    return loop->options->duration > 0 ? sooner(due, loop->started + loop->options->duration) : due;
}

/* While frames follow each other: until the next is due. A finger that comes or goes is answered before, but for a part of a frame after
 * the last; whatever else comes in between is taken with the next. True: the next is due. */
static bool wait_for_slot(struct sw_loop *loop, sw_tick slot)
{
    sw_tick begun = sw_pace_frame(&loop->pace), answer = begun + (slot - begun) / ANSWER_PART;
    bool woken = false;
    loop->touched = false;
    for (sw_tick now = sw_tick_now(); now < slot; now = sw_tick_now()) {
        if (woken)
            sw_loop_collect_input(loop);
        if (loop->touched && now >= answer)
            return false;
        if (woken)
            sw_waker_sleep(loop->waker, loop->touched ? answer : sooner(slot, now + LOOK_US));
        else
            sw_waker_wait(loop->waker, slot);
        woken = !woken;
    }
    return true;
}

/* Sleeps until something comes, or the next deadline. While frames follow each other they keep their pace, so that there are never many
 * more than its puts, however many events come. One that has put nothing does not hold up what is due at its own time. */
static void wait_for_work(struct sw_loop *loop)
{
    sw_tick due = next_deadline(loop), frame = sw_pace_frame(&loop->pace), slot = sw_pace_next(&loop->pace);
    bool put = loop->last_put >= frame, follows = due <= slot && (put || due <= frame);
    if (!follows)
        sw_waker_wait(loop->waker, due);
    if (follows || (put && sw_tick_now() < slot))
        follows = wait_for_slot(loop, slot);
    sw_pace_begin(&loop->pace, sw_tick_now(), follows);
    loop->frame = sw_pace_frame(&loop->pace);
}

static void collect_assets(struct sw_loop *loop)
{
    bool common = sw_house_collect(&loop->house);
    loop->assets = sw_edition_collect(&loop->edition) || common;
}

/* What waits to come has its volumes too: a clip is made ready with its sound, or without. */
static void set_volumes(struct sw_loop *loop)
{
    const struct sw_edition *editions[] = {&loop->edition, &loop->changeover.next};
    for (size_t i = 0; i < SW_COUNT(editions); i++)
        if (editions[i]->stage != NULL)
            sw_volumes_set(&loop->volumes, editions[i]->stage, editions[i]->wall, sw_loop_now(loop).instant);
}

static void step_stage(struct sw_loop *loop)
{
    set_volumes(loop);
    loop->next = loop->edition.stage != NULL ? sw_stage_step(loop->edition.stage, sw_loop_frame_time(loop), loop->assets) : SW_NEVER;
}

static void keep_hours(struct sw_loop *loop)
{
    const struct sw_edition *edition = &loop->edition;
    sw_wall_hours_step(&loop->hours, loop->screen, edition->stage, edition->wall, edition->exhibition, sw_loop_frame_time(loop),
                       &loop->next);
}

/* What is not to be seen is not to be heard. */
static void keep_quiet(struct sw_loop *loop)
{
    const struct sw_edition *edition = &loop->edition;
    const struct sw_wall *wall = edition->stage != NULL ? edition->wall : NULL;
    bool hushed = sw_volumes_step(&loop->volumes, wall, edition->exhibition, loop->hours.state.black > 0, sw_loop_frame_time(loop));
    sw_sound_hush(loop->house.sound, hushed);
}

static void change_over(struct sw_loop *loop) { loop->next_change = sw_changeover_step(loop); }

static void show(struct sw_loop *loop)
{
    struct sw_zone_frame frames[SW_ZONES_MAX];
    size_t count = sw_changeover_frames(loop, frames, SW_ZONES_MAX);
    if (count == 0)
        return; /* the first scene is not ready: whatever is on the display stays */
    sw_wall_hours_cover(&loop->hours, frames, count);
    sw_workshop_cover(loop, frames, count);
    sw_tick began = sw_tick_now();
    enum sw_screen_outcome shown = sw_screen_show(loop->screen, frames, count);
    bool first = loop->last_put == 0;
    if (shown == SW_SCREEN_GONE) {
        sw_log(SW_LOG_ERROR, "player", "the display is gone");
        loop->quit = loop->dark = true;
    }
    if (shown == SW_SCREEN_NEW)
        sw_pace_follow(&loop->pace, sw_screen_sync_hz(loop->screen), began, sw_tick_now());
    if (shown == SW_SCREEN_NEW || first) {
        loop->last_put = loop->frame;
        loop->frames++;
    }
}

/* After the picture: a heartbeat says that it is there. On a still wall one pixel is put again first, so that it says the truth. */
static void heartbeat(struct sw_loop *loop)
{
    if (loop->last_put == 0)
        return;
    bool first = loop->last_beat == loop->started;
    if (!first && loop->frame - loop->last_beat < BEAT_US)
        return;
    if (loop->frame - loop->last_put >= BEAT_US && !sw_screen_heartbeat(loop->screen)) {
        loop->quit = loop->dark = true;
        return;
    }
    if (sw_link_present())
        sw_link_heartbeat(SW_LINK_FD);
    loop->last_beat = loop->frame;
    loop->heartbeats++;
    if (loop->edition.stage != NULL && loop->frame - loop->started >= GOOD_US && loop->frame - loop->started < GOOD_US + 2 * BEAT_US)
        (void)!sw_link_send(SW_LINK_FD, (struct sw_link_message){.type = SW_LINK_GOOD}, -1);
}

struct sw_status_facts sw_loop_facts(const struct sw_loop *loop)
{
    return (struct sw_status_facts){.wall = loop->edition.wall != NULL ? loop->edition.wall->id : NULL,
                                    .release = loop->edition.version,
                                    .generation = loop->edition.number,
                                    .playlists = loop->edition.playlists,
                                    .refused = loop->changeover.refused[0] != '\0' ? loop->changeover.refused : NULL,
                                    .faults = loop->workshop.faults.errors,
                                    .card = loop->edition.stage == NULL ? sw_loop_card_code(loop) : NULL,
                                    .backend = sw_backend_name(sw_screen_backend(loop->screen).backend),
                                    .hours = &loop->hours,
                                    .volumes = &loop->volumes,
                                    .sound = sw_sound_status(loop->house.sound),
                                    .now = sw_loop_now(loop).instant,
                                    .stage = loop->edition.stage,
                                    .cinema = loop->house.cinema,
                                    .frames = loop->frames,
                                    .heartbeats = loop->heartbeats};
}

static void tell_status(struct sw_loop *loop)
{
    struct sw_status_facts facts = sw_loop_facts(loop);
    loop->next_status = sw_status_step(&loop->status, &facts, loop->frame);
}

/* From the first picture on. On a wall that is closed or blank nothing plays. */
static void note_plays(struct sw_loop *loop)
{
    const struct sw_stage *stage = loop->hours.state.black < 1 ? loop->edition.stage : NULL;
    if (loop->last_put != 0)
        sw_played_step(&loop->played, stage, loop->edition.version, sw_loop_now(loop));
}

static void write_shot(struct sw_loop *loop)
{
    struct sw_fit_source source;
    struct sw_wallview view = {.count = 0};
    if (loop->edition.wall != NULL)
        view = sw_wallview_seen(loop->edition.wall);
    source.pixels = sw_screen_pixels(loop->screen, &source.width, &source.height, &source.stride);
    if (source.pixels == NULL || !sw_wallview_write(&view, &source, 0, 0, loop->options->shot))
        sw_log(SW_LOG_ERROR, "player", "cannot write %s", loop->options->shot);
}

static bool settled(const struct sw_loop *loop)
{
    for (size_t i = 0; loop->edition.stage != NULL && i < sw_stage_zone_count(loop->edition.stage); i++)
        if (sw_stage_status(loop->edition.stage, i).changing)
            return false;
    return loop->last_put != 0;
}

static void take_shots(struct sw_loop *loop)
{
    const struct sw_options *options = loop->options;
    if (options->shot == NULL)
        return;
    if (options->every > 0) {
        if (loop->frame < loop->next_shot || loop->last_put == 0)
            return;
        write_shot(loop);
        loop->next_shot = loop->frame + options->every;
    } else if (options->duration == 0 && settled(loop)) {
        write_shot(loop);
        loop->quit = true;
    }
}

static void look_at_end(struct sw_loop *loop)
{
    if (sw_waker_quit(loop->waker))
        loop->quit = true;
    if (loop->options->duration > 0 && loop->frame - loop->started >= loop->options->duration) {
        if (loop->options->shot != NULL && loop->options->every == 0)
            write_shot(loop);
        loop->quit = true;
    }
}

/* -- opening, to the end -- */

/* The first scene's pictures are asked for before the display is opened, so that they are decoded meanwhile. Their pixels can be asked for
 * only when their sizes are known, but those come at once. */
static void ask_ahead(struct sw_loop *loop, int64_t patience)
{
    if (loop->edition.stage == NULL)
        return;
    sw_tick until = sw_tick_now() + patience;
    do {
        loop->frame = sw_tick_now();
        collect_assets(loop);
        step_stage(loop);
    } while (sw_edition_wait_sizes(&loop->edition, until));
    loop->next = sw_loop_frame_time(loop).tick;
}

/* The built-in scene may be on because of a GPU: it goes without. */
static enum sw_backend wished_backend(const struct sw_options *options)
{
    return options->safe || options->without_gpu ? SW_BACKEND_CPU : options->backend;
}

/* The supervisor is told of the GPU before it is touched: its driver may be the end of this process. */
static void announce_gpu(enum sw_backend wish, bool display)
{
    const struct sw_backend_machine machine = sw_backend_machine(display);
    if (sw_backend_choose(wish, &machine).backend == SW_BACKEND_GPU && sw_link_present())
        (void)!sw_link_send(SW_LINK_FD, (struct sw_link_message){.type = SW_LINK_GPU}, -1);
}

static bool open_screen(struct sw_loop *loop)
{
    bool display = !loop->options->offscreen && sw_output_display_named();
    loop->dark = display && !sw_output_display_exists();
    if (loop->dark)
        return false;
    struct sw_screen_options options = {.output = {.kind = !display                ? SW_OUTPUT_OFFSCREEN
                                                           : loop->options->window ? SW_OUTPUT_WINDOW
                                                                                   : SW_OUTPUT_FULLSCREEN,
                                                   .width = loop->width,
                                                   .height = loop->height,
                                                   .window_width = loop->options->window_width,
                                                   .window_height = loop->options->window_height,
                                                   .title = loop->workshop.open ? "Schauwand (F1: keys)" : "Schauwand"},
                                        .backend = wished_backend(loop->options),
                                        .threads = loop->options->threads > 0 ? loop->options->threads : 2};
    sw_wallview_use(&loop->view, &options.output);
    if (!display && !loop->options->offscreen)
        sw_log(SW_LOG_NOTICE, "player", "there is no display: playing off-screen%s%s", loop->options->shot != NULL ? ", pictures in " : "",
               loop->options->shot != NULL ? loop->options->shot : "");
    announce_gpu(options.backend, display);
    ask_ahead(loop, 0);
    loop->screen = sw_screen_create(&options);
    if (display)
        sw_output_release_display();
    if (loop->screen == NULL)
        return false;
    if (display)
        sw_waker_use_sdl(loop->waker);
    return true;
}

static void run(struct sw_loop *loop)
{
    while (!loop->quit) {
        wait_for_work(loop);
        collect_assets(loop);
        sw_loop_collect_input(loop);
        sw_loop_answer(loop);
        change_over(loop);
        sw_loop_recall(loop);
        step_stage(loop);
        sw_workshop_keep_time(loop);
        keep_hours(loop);
        keep_quiet(loop);
        show(loop);
        sw_cinema_shown(loop->house.cinema);
        heartbeat(loop);
        sw_changeover_shown(loop);
        note_plays(loop);
        tell_status(loop);
        take_shots(loop);
        look_at_end(loop);
    }
}

int sw_player_play(const struct sw_options *options, struct sw_waker *waker)
{
    struct sw_loop loop = {.options = options, .waker = waker};
    loop.started = loop.last_beat = sw_tick_now();
    sw_loop_start_clock(&loop);
    loop.next = loop.started;
    loop.next_change = loop.started;
    loop.next_status = loop.last_touch = SW_NEVER;
    sw_status_init(&loop.status, options->status);
    sw_wall_hours_init(&loop.hours, options->window);
    sw_volumes_init(&loop.volumes, options->window);
    sw_workshop_init(&loop.workshop, options);
    loop.next_shot = options->shot != NULL && options->every > 0 ? loop.started : SW_NEVER;
    bool good = sw_house_open(&loop.house, options, waker, options->threads >= 0 ? options->threads : 1) && sw_changeover_begin(&loop) &&
                sw_loop_set_clock(&loop);
    sw_recall_init(&loop.recall, good ? options->told : NULL);
    sw_loop_recall(&loop);
    if (good)
        measure(&loop);
    ask_ahead(&loop, AHEAD_US);
    good = good && open_screen(&loop);
    sw_played_init(&loop.played, good ? options->plays : NULL);
    if (good)
        run(&loop);
    sw_played_finish(&loop.played, sw_loop_now(&loop));
    sw_recall_finish(&loop.recall);
    sw_wall_hours_finish(&loop.hours, loop.screen);
    sw_changeover_end(&loop);
    sw_workshop_finish(&loop.workshop);
    sw_draw_list_finish(&loop.card);
    sw_edition_close(&loop.edition);
    sw_house_close(&loop.house);
    sw_waker_stop_sdl(waker);
    sw_screen_destroy(loop.screen);
    sw_status_finish(&loop.status);
    if (loop.dark || loop.again)
        return loop.dark ? SW_LINK_EXIT_NO_DISPLAY : SW_LINK_EXIT_AGAIN;
    return good && !loop.failed ? 0 : 2;
}
