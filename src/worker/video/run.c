/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/video/run.h"

#include <inttypes.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/tick.h"
#include "worker/video/medium.h"
#include "worker/video/times.h"
#include "worker/video/watch.h"

#define RATE "31"                     /* times as fast as time goes: what a run decodes ahead, and catches up */
#define AGAIN_US ((int64_t)60000)
#define LAST_PICTURE_US ((int64_t)100000) /* from the end of the file until it is surely on its way */
#define PADDING_MAX 130               /* pixels that a decoder adds to a side */
#define AHEAD_BYTES ((int64_t)8 << 20) /* read before the first picture has been shown */
#define STEP_BYTES ((int64_t)256 << 10)
#define HUNGRY_SLOTS 2
#define LOOK_MS 10
#define THREADS_MAX 4
#define ONE_THREAD_PIXELS ((int64_t)130000000) /* a second: a little more than 1080p60 */

struct sw_run {
    struct sw_run_settings settings; /* constant after create */
    int32_t width, height;           /* of the pictures as they are to come; constant */
    int64_t bytes_a_picture;         /* as the file has them; 0: not known; constant */
    struct sw_medium medium;
    libvlc_media_player_t *player;
    atomic_bool ended, failed, stopping;
    atomic_int_least64_t ended_at, shown;
    atomic_bool busy; /* a picture is between lock and display */
    struct sw_watch watch;
    /* vout's thread only */
    struct sw_video_layout layout;
    int slot, last_slot; /* to be written to next, -1: none; that of the picture before */
    enum sw_colours told, colours; /* by the file; as they come */
    int64_t drawn;       /* the number of the last one (watch.h) */
    sw_tick displayed;   /* when something was drawn; libvlc draws it again 80 ms later */
    struct sw_times times;
    uint8_t *scratch;
};

static void no_log(void *context, int level, const libvlc_log_t *where, const char *format, va_list arguments)
{
    (void)context;
    (void)level;
    (void)where;
    (void)format;
    (void)arguments;
}

libvlc_instance_t *sw_run_begin(void)
{
    static const char *const arguments[] = {
        "--quiet", "--ignore-config", "--no-lua", "--no-interact", "--no-stats", "--no-media-library", "--no-auto-preparse",
        "--no-metadata-network-access", "--no-osd", "--no-spu", "--no-sub-autodetect-file", "--no-video-title-show",
        "--no-snapshot-preview", "--no-mkv-preload-local-dir", "--no-mkv-preload-clusters", "--vout=vmem", "--aout=adummy",
        "--avcodec-hw=none", "--text-renderer=tdummy", "--no-drop-late-frames", "--no-skip-frames",
        /* the clock begins anew where reading was late, and nothing is thrown away */
        "--clock-jitter=0", "--network-caching=0", "--file-caching=0", "--prefetch-buffer-size=256"};
    libvlc_instance_t *vlc = sw_watch_prepare() ? libvlc_new((int)SW_COUNT(arguments), arguments) : NULL;
    if (vlc == NULL)
        sw_log(SW_LOG_ERROR, "run", "libvlc does not start: %s", libvlc_errmsg() != NULL ? libvlc_errmsg() : "it does not say why");
    else
        libvlc_log_set(vlc, no_log, NULL);
    return vlc;
}

/* -- reading: input's threads -- */

/* What is read ahead lies in memory: no more of it than some pictures' worth, unless the decoder is hungry. */
static bool may_read_on(struct sw_run *run, int64_t *allowed)
{
    int64_t all = atomic_load(&run->shown) * run->bytes_a_picture + AHEAD_BYTES, read = run->medium.read;
    if (run->bytes_a_picture == 0 || read < (all > *allowed ? all : *allowed))
        return true;
    if (sw_slots_spare(run->settings.slots) < HUNGRY_SLOTS)
        return false;
    *allowed = read + STEP_BYTES;
    return true;
}

static bool may_read(void *context)
{
    struct sw_run *run = context;
    int64_t allowed = 0;
    while (!atomic_load(&run->stopping) && !may_read_on(run, &allowed))
        (void)poll(NULL, 0, LOOK_MS);
    return !atomic_load(&run->stopping);
}

/* -- pictures: vout's thread -- */

static bool is_padded(unsigned side, int32_t wanted) { return (int64_t)side >= wanted && (int64_t)side <= wanted + PADDING_MAX; }

/* libvlc's names of chromas with the full range begin with a J: they are converted to one of their kind. */
static bool is_full(const char *chroma) { return chroma[0] == 'J'; }

/* What is made of RGB by libvlc is BT.601, limited. */
static enum sw_colours colours_from(enum sw_colours told, const char *chroma)
{
    bool hd = told == SW_COLOURS_709_LIMITED || told == SW_COLOURS_709_FULL;
    if (is_full(chroma))
        return hd ? SW_COLOURS_709_FULL : SW_COLOURS_601_FULL;
    return memcmp(chroma, "RV", 2) == 0 || memcmp(chroma, "RGB", 3) == 0 || memcmp(chroma, "BGR", 3) == 0 ? SW_COLOURS_601_LIMITED : told;
}

/* Decoders pad their pictures, and libvlc passes the padded size: what the file says is what is shown of them. A picture of another size
 * than the first is scaled to it by libvlc. */
static unsigned set_format(void **opaque, char *chroma, unsigned *width, unsigned *height, unsigned *pitches, unsigned *lines)
{
    struct sw_run *run = *opaque;
    if (run->layout.slot == 0) {
        bool told = is_padded(*width, run->width) && is_padded(*height, run->height);
        run->width = told ? run->width : (int32_t)(*width < INT32_MAX ? *width : INT32_MAX);
        run->height = told ? run->height : (int32_t)(*height < INT32_MAX ? *height : INT32_MAX);
        if (!sw_video_layout_of(run->width, run->height, &run->layout))
            return 0;
        run->scratch = sw_alloc(run->layout.slot);
    }
    run->colours = colours_from(run->told, chroma);
    memcpy(chroma, is_full(chroma) ? "J420" : "I420", 4);
    *width = (unsigned)run->width;
    *height = (unsigned)run->height;
    for (int plane = 0; plane < 3; plane++) {
        pitches[plane] = (unsigned)run->layout.strides[plane];
        lines[plane] = (unsigned)run->layout.lines[plane];
    }
    return 1;
}

static void drop_slot(struct sw_run *run)
{
    if (run->slot >= 0)
        sw_slots_free(run->settings.slots, (unsigned)run->slot);
    run->slot = -1;
}

static uint8_t *place_of(const struct sw_run *run)
{
    return run->slot >= 0 ? run->settings.slots->memory + (size_t)run->slot * run->layout.slot : run->scratch;
}

/* Never waits: what libvlc measures as the time that drawing takes would have it show pictures again. That is for display_picture. */
static void *lock_picture(void *opaque, void **planes)
{
    struct sw_run *run = opaque;
    uint8_t *place = place_of(run);
    atomic_store(&run->busy, true);
    for (int plane = 0; plane < 3; plane++)
        planes[plane] = place + run->layout.offsets[plane];
    return NULL;
}

static void unlock_picture(void *opaque, void *picture, void *const *planes)
{
    (void)opaque;
    (void)picture;
    (void)planes;
}

static size_t bright_bytes(const struct sw_run *run) { return run->layout.strides[0] * run->layout.lines[0]; }

/* The player never writes to its slots, and nobody else has written to the last one since. */
static bool looks_like_the_last(const struct sw_run *run)
{
    const uint8_t *last = run->settings.slots->memory + (size_t)run->last_slot * run->layout.slot;
    return run->last_slot != run->slot && memcmp(place_of(run), last, bright_bytes(run)) == 0;
}

/* The number of what has been drawn, if it is a new one; 0: it is the last one again. */
static int64_t what_is_new(struct sw_run *run)
{
    int64_t number, count = sw_watch_look(&run->watch, &number);
    if (number > 0)
        return number != run->drawn ? number : 0;
    if (count <= run->drawn)
        return 0;
    /* it was converted: known by its looks, where there may be one that is still on its way */
    bool early = run->times.count <= 1 || (count == run->drawn + 1 && sw_tick_now() - run->displayed >= AGAIN_US);
    return early && run->last_slot >= 0 && looks_like_the_last(run) ? 0 : run->drawn + 1;
}

/* There are no slots yet when the first picture is drawn. False: nobody wants it any more. */
static bool place_first(struct sw_run *run)
{
    run->settings.size(run->settings.context, run->width, run->height);
    run->slot = sw_slots_take(run->settings.slots);
    if (run->slot >= 0)
        memcpy(place_of(run), run->scratch, run->layout.slot);
    return run->slot >= 0;
}

static void show_picture(struct sw_run *run, int64_t number)
{
    int64_t time = sw_times_next(&run->times, sw_watch_timestamp(&run->watch, number));
    atomic_fetch_add(&run->shown, 1);
    run->drawn = number;
    run->last_slot = run->slot;
    const struct sw_run_picture picture = {time, sw_times_end(&run->times), run->times.round, (unsigned)run->slot, run->colours};
    if (run->settings.show(run->settings.context, &picture) == SW_RUN_KEEP)
        run->slot = -1;
    else
        drop_slot(run); /* for another one: what is in it is still to be looked at */
}

/* Here it waits for the slot of the next one. */
static void display_picture(void *opaque, void *picture)
{
    struct sw_run *run = opaque;
    (void)picture;
    bool there = run->times.begun ? run->slot >= 0 : place_first(run);
    int64_t number = there ? what_is_new(run) : 0;
    run->displayed = sw_tick_now();
    if (number > 0)
        show_picture(run, number);
    atomic_store(&run->busy, false);
    if (run->slot < 0)
        run->slot = sw_slots_take(run->settings.slots);
}

/* -- the main thread -- */

static void wake(struct sw_run *run) { (void)!write(run->settings.wake, "", 1); }

static void on_event(const libvlc_event_t *event, void *opaque)
{
    struct sw_run *run = opaque;
    atomic_store(&run->ended_at, sw_tick_now());
    atomic_store(event->type == libvlc_MediaPlayerEndReached ? &run->ended : &run->failed, true);
    wake(run);
}

static int threads_for(const struct sw_track *track)
{
    int64_t rate = track->rate_scale > 0 ? track->rate / track->rate_scale : 30;
    int64_t pixels = (int64_t)track->width * track->height * (rate > 0 ? rate : 1);
    int64_t threads = pixels / ONE_THREAD_PIXELS + 1;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    threads = threads < cores ? threads : cores;
    return threads > THREADS_MAX ? THREADS_MAX : threads < 1 ? 1 : (int)threads;
}

static void add_options(struct sw_run *run, const struct sw_track *track)
{
    int threads = threads_for(track);
    sw_medium_option(&run->medium, ":no-audio");
    sw_medium_option(&run->medium, ":rate=" RATE);
    sw_medium_option(&run->medium, ":avcodec-threads=%d", threads);
    sw_medium_option(&run->medium, ":dav1d-thread-frames=%d", threads);
    sw_medium_option(&run->medium, ":dav1d-thread-tiles=1");
    if (run->settings.loop)
        sw_medium_option(&run->medium, ":input-repeat=65535");
    if (run->settings.from > 0) {
        /* else it leaves out what decoders think that they can do without */
        sw_medium_option(&run->medium, ":input-fast-seek");
        int64_t from = run->settings.from;
        sw_medium_option(&run->medium, ":start-time=%" PRId64 ".%06" PRId64, from / SW_SECOND, from % SW_SECOND);
    }
}

static bool start(struct sw_run *run)
{
    if (!sw_medium_init(&run->medium, run->settings.vlc, run->settings.source, run->settings.track))
        return false;
    add_options(run, run->settings.track);
    run->player = libvlc_media_player_new_from_media(run->medium.media);
    if (run->player == NULL)
        return false;
    libvlc_event_manager_t *events = libvlc_media_player_event_manager(run->player);
    if (libvlc_event_attach(events, libvlc_MediaPlayerEndReached, on_event, run) != 0 ||
        libvlc_event_attach(events, libvlc_MediaPlayerEncounteredError, on_event, run) != 0)
        return false;
    libvlc_video_set_callbacks(run->player, lock_picture, unlock_picture, display_picture, run);
    libvlc_video_set_format_callbacks(run->player, set_format, NULL);
    return libvlc_media_player_play(run->player) == 0;
}

struct sw_run *sw_run_create(const struct sw_run_settings *settings)
{
    const struct sw_track *track = settings->track;
    struct sw_run *run = sw_alloc(sizeof *run);
    run->settings = *settings;
    run->medium.may_read = may_read;
    run->medium.context = run;
    run->slot = run->last_slot = -1;
    sw_watch_begin(&run->watch);
    sw_times_init(&run->times, track, settings->loop, settings->from == 0);
    run->told = run->colours = track->colours;
    run->width = track->sideways ? track->height : track->width;
    run->height = track->sideways ? track->width : track->height;
    if (track->rate_scale > 0 && track->length > 0)
        run->bytes_a_picture = settings->source->size / (track->length * track->rate / track->rate_scale / SW_SECOND + 1) * 2 + 1;
    if (start(run))
        return run;
    sw_run_destroy(run);
    return NULL;
}

enum sw_run_state sw_run_state(struct sw_run *run)
{
    if (atomic_load(&run->failed))
        return SW_RUN_FAILED;
    if (!atomic_load(&run->ended))
        return SW_RUN_GOING;
    bool over = !atomic_load(&run->busy) && sw_tick_now() - atomic_load(&run->ended_at) >= LAST_PICTURE_US;
    return over ? SW_RUN_ENDED : SW_RUN_ENDING;
}

void sw_run_destroy(struct sw_run *run)
{
    if (run == NULL)
        return;
    atomic_store(&run->stopping, true);
    sw_slots_close(run->settings.slots, true);
    if (run->player != NULL) {
        libvlc_media_player_stop(run->player);
        libvlc_media_player_release(run->player);
    }
    sw_medium_finish(&run->medium);
    drop_slot(run);
    sw_watch_end(&run->watch);
    free(run->scratch);
    free(run);
}
