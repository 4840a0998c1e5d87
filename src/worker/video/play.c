/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/video/play.h"

#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "worker/end.h"

#define FORMAT 1u                   /* there is one a clip: pictures of another size are scaled to the first one's */
#define SOUND_AHEAD_US ((int64_t)1000000) /* of the pictures */
#define SHOWN_ANYWAY_US ((int64_t)500000) /* of those that come too late, one a while is shown all the same */

void sw_play_init(struct sw_play *play, libvlc_instance_t *vlc, int end, int wake)
{
    memset(play, 0, sizeof *play);
    play->vlc = vlc;
    play->end = end;
    play->wake = wake;
    play->source.fd = -1;
    sw_slots_init(&play->slots);
    sw_mutex_init(&play->steer_lock);
}

static bool tell(struct sw_play *play, struct sw_video_word word)
{
    word.version = SW_VIDEO_VERSION;
    word.clip = play->open.clip;
    return sw_worker_send(play->end, &word, sizeof word, -1);
}

static void end_run(struct sw_play *play)
{
    sw_run_destroy(play->run);
    play->run = NULL;
    sw_hear_destroy(play->hear);
    play->hear = NULL;
}

static void close_clip(struct sw_play *play)
{
    end_run(play);
    sw_slots_reset(&play->slots);
    sw_track_finish(&play->track);
    if (play->source.fd >= 0)
        (void)close(play->source.fd);
    play->source.fd = -1;
    memset(&play->open, 0, sizeof play->open);
    play->jump = 0;
    play->steer_running = false;
    play->steer_position = 0;
    atomic_store(&play->size, 0);
    atomic_store(&play->number, 0);
    atomic_store(&play->shown_until, 0);
}

void sw_play_finish(struct sw_play *play)
{
    close_clip(play);
    sw_mutex_finish(&play->steer_lock);
    sw_slots_finish(&play->slots);
}

static bool fail(struct sw_play *play, enum sw_video_reason reason)
{
    bool told = tell(play, (struct sw_video_word){.said = SW_VIDEO_FAILED, .reason = reason});
    close_clip(play);
    return told;
}

/* -- what the run calls back -- */

static bool is_behind(struct sw_play *play, int64_t position)
{
    sw_mutex_lock(&play->steer_lock);
    int64_t now = play->steer_running ? play->steer_position + sw_tick_now() - play->steer_tick : 0;
    sw_mutex_unlock(&play->steer_lock);
    return now - position > SW_VIDEO_BEHIND_US;
}

static bool comes_too_late(struct sw_play *play, int64_t position)
{
    return is_behind(play, position) && position - atomic_load(&play->shown_until) < SHOWN_ANYWAY_US;
}

static enum sw_run_use show_picture(void *context, const struct sw_run_picture *picture)
{
    struct sw_play *play = context;
    int64_t number = atomic_fetch_add(&play->number, 1) + 1, at = play->base + picture->time - play->open.from;
    sw_hear_allow(play->hear, picture->time + SOUND_AHEAD_US, picture->round);
    if (play->open.until != 0 && picture->time >= play->open.until) {
        if (!atomic_exchange(&play->over, true))
            (void)!write(play->wake, "", 1);
        return SW_RUN_DROP;
    }
    /* where it begins within a picture, that one is on from there */
    if (picture->time < play->begin)
        at = play->base + play->begin - play->open.from;
    if (picture->end <= play->begin || at < 0 || at > SW_VIDEO_POSITION_MAX || comes_too_late(play, at))
        return SW_RUN_DROP;
    bool told = tell(play, (struct sw_video_word){.said = SW_VIDEO_FRAME,
                                                  .format = FORMAT,
                                                  .jump = play->jump,
                                                  .slot = picture->slot,
                                                  .colours = picture->colours,
                                                  .number = number,
                                                  .position = at});
    atomic_store(&play->shown_until, play->base + picture->end - play->open.from);
    return told ? SW_RUN_KEEP : SW_RUN_DROP;
}

/* What is beyond the part that plays, or too late, is nobody's. */
static void put_sound(void *context, int64_t time, const int16_t *samples, size_t frames)
{
    struct sw_play *play = context;
    int64_t at = play->base + time - play->open.from;
    struct sw_video_sound sound = {.version = SW_VIDEO_VERSION,
                                   .said = SW_VIDEO_SOUND,
                                   .clip = play->open.clip,
                                   .jump = play->jump,
                                   .frames = (uint32_t)frames,
                                   .position = at};
    bool over = play->open.until != 0 && time >= play->open.until;
    if (over || time < play->begin || at < 0 || at > SW_VIDEO_POSITION_MAX || is_behind(play, at))
        return;
    memcpy(sound.samples, samples, frames * 2 * sizeof *samples);
    (void)!sw_worker_send(play->end, &sound, sw_video_sound_size(sound.frames), -1);
}

static void size_is_known(void *context, int32_t width, int32_t height)
{
    struct sw_play *play = context;
    if (atomic_exchange(&play->size, (uint64_t)width << 32 | (uint64_t)height) == 0)
        (void)!tell(play, (struct sw_video_word){.said = SW_VIDEO_FORMAT, .width = width, .height = height, .format = FORMAT});
}

/* -- orders -- */

static bool tell_info(struct sw_play *play)
{
    const struct sw_track *track = &play->track;
    struct sw_video_word word = {.said = SW_VIDEO_INFO,
                                 .length = track->length,
                                 .rate = track->rate,
                                 .rate_scale = track->rate_scale,
                                 .sounds = track->sounds,
                                 .colours = track->colours};
    memcpy(word.codec, track->codec, sizeof word.codec);
    return sw_track_shown_size(track, &word.width, &word.height) && tell(play, word);
}

/* The part that plays ends here, microseconds of the file; 0: not known before it has ended. */
static int64_t end_of(const struct sw_play *play)
{
    int64_t length = play->track.length;
    return play->open.until != 0 && (length == 0 || play->open.until < length) ? play->open.until : length;
}

/* From `begin` on, microseconds of the file, in the round that has its beginning at the position `base`. */
static bool begin_run(struct sw_play *play, int64_t begin, int64_t base)
{
    struct sw_run_settings settings = {.vlc = play->vlc,
                                       .source = &play->source,
                                       .track = &play->track,
                                       .slots = &play->slots,
                                       .from = begin,
                                       .loop = play->open.loop != 0 && begin == 0 && play->open.until == 0,
                                       .wake = play->wake,
                                       .show = show_picture,
                                       .size = size_is_known,
                                       .context = play};
    const struct sw_hear_settings sound = {.vlc = play->vlc,
                                           .source = &play->source,
                                           .track = &play->track,
                                           .loop = settings.loop,
                                           .put = put_sound,
                                           .context = play};
    play->begin = begin;
    play->base = base;
    atomic_store(&play->over, false);
    atomic_store(&play->shown_until, base + begin - play->open.from);
    sw_slots_close(&play->slots, false);
    play->hear = play->open.sound != 0 && play->track.sounds ? sw_hear_create(&sound) : NULL;
    sw_hear_allow(play->hear, begin + SOUND_AHEAD_US, 0);
    play->run = sw_run_create(&settings);
    return play->run != NULL || fail(play, SW_VIDEO_BROKEN);
}

/* OPEN and PROBE. */
static bool open_clip(struct sw_play *play, const struct sw_video_order *order, int fd)
{
    close_clip(play);
    play->open = *order;
    enum sw_video_reason reason = sw_source_init(&play->source, fd);
    play->source.fd = fd;
    if (reason == 0)
        reason = sw_track_read(&play->track, &play->source);
    if (reason != 0)
        return fail(play, reason);
    if (!tell_info(play))
        return false;
    if (order->op == SW_VIDEO_OPEN)
        return begin_run(play, order->from, 0);
    close_clip(play);
    return true;
}

static bool take_slots(struct sw_play *play, const struct sw_video_order *order, int fd)
{
    struct sw_video_layout layout;
    uint64_t size = atomic_load(&play->size);
    bool good = order->format == FORMAT && sw_video_layout_of((int32_t)(size >> 32), (int32_t)(size & UINT32_MAX), &layout) &&
                sw_slots_give(&play->slots, fd, &layout, order->count);
    (void)close(fd);
    return good || fail(play, SW_VIDEO_BROKEN);
}

/* To a position, which counts all rounds of a loop; there is no run. */
static bool jump(struct sw_play *play, int64_t position)
{
    int64_t round = end_of(play) - play->open.from, base = 0;
    if (play->open.loop != 0 && round > 0)
        base = position / round * round;
    return begin_run(play, play->open.from + position - base, base);
}

static bool steer(struct sw_play *play, const struct sw_video_order *order)
{
    sw_mutex_lock(&play->steer_lock);
    play->steer_tick = order->tick;
    play->steer_position = order->position;
    play->steer_running = order->running != 0;
    sw_mutex_unlock(&play->steer_lock);
    if (order->jump == play->jump)
        return true;
    end_run(play);
    play->jump = order->jump;
    return jump(play, order->position);
}

bool sw_play_order(struct sw_play *play, const struct sw_video_order *order, int fd)
{
    bool with_file = order->op == SW_VIDEO_OPEN || order->op == SW_VIDEO_PROBE, with_fd = with_file || order->op == SW_VIDEO_SLOTS;
    if (with_fd != (fd >= 0)) {
        sw_log(SW_LOG_ERROR, "play", "an order %u %s a descriptor", order->op, with_fd ? "without" : "with");
        return false;
    }
    if (with_file)
        return open_clip(play, order, fd);
    if (order->clip != play->open.clip) { /* of one that has failed here meanwhile */
        if (fd >= 0)
            (void)close(fd);
        return true;
    }
    if (order->op == SW_VIDEO_SLOTS)
        return take_slots(play, order, fd);
    if (order->op == SW_VIDEO_STEER)
        return steer(play, order);
    if (order->op == SW_VIDEO_FREE && order->format == FORMAT)
        sw_slots_free(&play->slots, order->slot);
    else if (order->op == SW_VIDEO_STOP)
        close_clip(play);
    return true;
}

bool sw_play_look(struct sw_play *play, bool *ending)
{
    *ending = false;
    if (play->run == NULL)
        return true;
    enum sw_run_state state = atomic_load(&play->over) ? SW_RUN_ENDED : sw_run_state(play->run);
    *ending = state == SW_RUN_ENDING;
    if (state == SW_RUN_GOING || state == SW_RUN_ENDING)
        return true;
    int64_t until = atomic_load(&play->shown_until), round = end_of(play) - play->open.from;
    bool midst = play->begin > play->open.from, nothing = until == play->base + play->begin - play->open.from;
    if (state == SW_RUN_FAILED || (atomic_load(&play->number) == 0 && !midst))
        return fail(play, SW_VIDEO_DAMAGED);
    /* its sound too, unless that has missed its time */
    *ending = play->open.loop == 0 && !sw_hear_has(play->hear, until - play->base + play->open.from) && !is_behind(play, until);
    if (*ending)
        return true;
    end_run(play);
    if (midst && nothing && round > 0) /* it has begun behind the last picture */
        until = play->base + round;
    /* a loop that cannot be left to libvlc, as it has begun in its midst or ends before the file does */
    if (play->open.loop != 0 && until > play->base)
        return begin_run(play, play->open.from, until);
    return tell(play, (struct sw_video_word){.said = SW_VIDEO_ENDED, .jump = play->jump, .position = until});
}
