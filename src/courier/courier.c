/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/courier.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/fence.h"
#include "base/file.h"
#include "base/link.h"
#include "base/log.h"
#include "base/memory.h"
#include "courier/generation.h"
#include "courier/job.h"
#include "courier/recorder.h"
#include "courier/trial.h"
#include "courier/watch.h"
#include "exhibition/exhibition.h"
#include "host/settle.h"

#define BEAT_US SW_SECOND
#define KEEP_US (250 * SW_MS) /* between two flushes where answers follow each other: less than between two of one source */
#define TURN_MOST (100 * SW_MS)
#define AGAIN_US (20 * SW_MS) /* the player has not read yet */

enum { SIGNALS, LINK, FEED, WORKER, FILES };
#define ENDS 5

struct courier {
    const struct sw_courier_options *options;
    struct sw_arena arena;
    struct sw_exhibition *exhibition;
    struct sw_host host;
    const char *place;  /* where the exhibition lies */
    sw_instant trusted; /* it is not before that; 0: nobody says so */
    struct sw_job_tools tools;
    struct sw_watch *watch;
    struct sw_root *recordings;
    struct sw_diags diags;        /* of the exhibition and the host */
    struct sw_recorder *recorder; /* RECORD */
    struct sw_trial *trial;       /* TRY */
    struct sw_job **jobs;
    size_t job_count, first_job;
    int signals;
    sw_tick last_beat, last_kept;
    bool settled, quit;
};

static sw_tick sooner(sw_tick a, sw_tick b) { return a < b ? a : b; }

/* -- opening -- */

/* When the command began. */
static sw_tick begun_at(const struct courier *courier)
{
    return courier->options->since > 0 ? courier->options->since : sw_tick_now();
}

/* It is `instant` when the command begins. One that is started again goes on where the one before it was. */
static void fix_clock(struct courier *courier, sw_instant instant)
{
    sw_clock_fix(&courier->tools.clock, instant, begun_at(courier));
}

static bool set_clock(struct courier *courier)
{
    sw_instant instant;
    sw_clock_init(&courier->tools.clock, begun_at(courier));
    sw_clock_trust(&courier->tools.clock, courier->trusted, sw_tick_now());
    if (courier->options->at == NULL)
        return true;
    if (!sw_civil_parse(courier->exhibition->zone, courier->options->at, &instant))
        return false; /* the player says so */
    fix_clock(courier, instant);
    return true;
}

/* NULL: nothing is kept, as nothing is live, or it is no wall that asks. */
static const char *state_folder(struct courier *courier)
{
    bool keeps = courier->tools.live && courier->options->command == SW_COURIER_SERVE;
    return keeps ? sw_host_state(&courier->host, &courier->arena) : NULL;
}

static bool load_followed(struct courier *courier)
{
    struct sw_generation_place place;
    const struct sw_diags *diags = &courier->diags;
    courier->exhibition = sw_generation_sources(courier->options, &courier->host, &place, &courier->arena, &courier->diags);
    courier->place = place.store;
    courier->trusted = place.trusted;
    if (courier->exhibition == NULL)
        sw_log(SW_LOG_ERROR, "courier", "the sources of generation %" PRId64 " cannot be read%s%s", courier->options->generation,
               diags->count > 0 ? ": " : "", diags->count > 0 ? diags->items[0].text : "");
    return courier->exhibition != NULL;
}

static bool load_folder(struct courier *courier, struct sw_diags *diags)
{
    courier->place = courier->options->folder;
    courier->exhibition = sw_exhibition_create_sources(courier->options->folder, &courier->diags);
    return sw_host_load(&courier->host, courier->options->config, &courier->arena, diags) || courier->options->command == SW_COURIER_SERVE;
}

/* Where there is a player it says what is wrong with the exhibition and with the host's configuration. */
static bool load(struct courier *courier)
{
    struct sw_diags diags;
    bool serves = courier->options->command == SW_COURIER_SERVE;
    sw_diags_init(&diags);
    bool good = courier->options->generation > 0 ? load_followed(courier) : load_folder(courier, &diags);
    if (!serves)
        sw_diags_print(&diags, stderr);
    sw_diags_finish(&diags);
    sw_log_limit(courier->host.log);
    if (courier->options->command == SW_COURIER_TRY && courier->exhibition == NULL)
        sw_trial_print_faults(courier->options, &courier->diags);
    if (courier->options->command == SW_COURIER_RECORD)
        sw_diags_print(&courier->diags, stderr);
    courier->tools.live = courier->options->live || courier->host.live || courier->options->command != SW_COURIER_SERVE;
    courier->tools.live = courier->tools.live && courier->options->replay == NULL;
    return good && courier->exhibition != NULL && set_clock(courier);
}

/* Before the fence: what is to be written has its folders made. */
static bool open_errand(struct courier *courier)
{
    if (courier->options->command == SW_COURIER_RECORD) {
        courier->recorder = sw_recorder_create(courier->options, courier->exhibition, &courier->host);
        if (courier->recorder == NULL)
            return false;
        courier->tools.witness = sw_recorder_witness(courier->recorder);
    }
    if (courier->options->command == SW_COURIER_TRY) {
        courier->trial = sw_trial_create(courier->options, courier->exhibition, &courier->diags);
        courier->tools.witness = sw_trial_witness(courier->trial);
    }
    return true;
}

/* True: it is done. */
static bool step_errand(struct courier *courier, sw_tick *next)
{
    if (courier->trial != NULL)
        return sw_trial_step(courier->trial, courier->jobs, sw_tick_now(), next);
    return courier->recorder != NULL && sw_recorder_step(courier->recorder, courier->jobs, sw_tick_now(), next);
}

static int finish_errand(const struct courier *courier)
{
    if (courier->trial != NULL)
        return courier->quit ? 2 : sw_trial_finish(courier->trial); /* half of a check is none */
    return courier->recorder != NULL ? sw_recorder_finish(courier->recorder) : 0;
}

/* What lies outside of them is out of reach from now on, whatever a stranger's bytes make of this process. */
static bool raise_fence(struct courier *courier)
{
    const struct sw_host *host = &courier->host;
    const char *state = state_folder(courier);
    struct sw_fence_place *places = sw_arena_array(&courier->arena, host->secret_count + 6, sizeof *places);
    size_t count = 0;
    places[count++] = (struct sw_fence_place){courier->place, SW_FENCE_READ};
    places[count++] = (struct sw_fence_place){host->ca, SW_FENCE_READ};
    places[count++] = (struct sw_fence_place){courier->options->to, SW_FENCE_WRITE};
    places[count++] = (struct sw_fence_place){courier->options->replay, SW_FENCE_READ};
    if (state != NULL && sw_folder_make(state, 0700))
        places[count++] = (struct sw_fence_place){state, SW_FENCE_WRITE};
    for (size_t i = 0; i < host->secret_count; i++)
        places[count++] = (struct sw_fence_place){host->secrets[i].file, SW_FENCE_READ};
    return sw_fence_raise(SW_FENCE_COURIER, places, count);
}

static void need_worker(void *context)
{
    (void)context;
    (void)!sw_link_send(SW_LINK_FD, (struct sw_link_message){.type = SW_LINK_NEED, .peer = SW_LINK_JQ}, -1);
}

static bool open_recordings(struct courier *courier)
{
    const char *folder = courier->options->replay;
    enum sw_file_status status = SW_FILE_OK;
    courier->recordings = folder != NULL ? sw_root_create(folder, &status) : NULL;
    if (status != SW_FILE_OK)
        sw_log(SW_LOG_ERROR, "courier", "--replay %s: %s", folder, sw_file_status_text(status));
    return status == SW_FILE_OK;
}

static bool open_tools(struct courier *courier)
{
    struct sw_job_tools *tools = &courier->tools;
    const struct sw_exhibition *exhibition = courier->exhibition;
    tools->host = &courier->host;
    tools->root = exhibition->root;
    tools->zone = exhibition->zone;
    tools->http = sw_http_create(&courier->host, SW_HTTP_BESIDE);
    tools->reshape = sw_reshape_create(need_worker, courier);
    tools->archive = sw_archive_create(state_folder(courier));
    tools->news = sw_news_create(exhibition->sources, exhibition->source_count, exhibition->sources_hash);
    tools->recordings = courier->recordings;
    courier->watch = courier->options->generation == 0 ? sw_watch_create(exhibition->root) : NULL; /* a release does not change */
    if (tools->http == NULL || tools->archive == NULL)
        return false;
    tools->tokens = sw_tokens_create(&courier->host, tools->http);
    return true;
}

static bool open_signals(struct courier *courier)
{
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
    sigset_t heard;
    sigemptyset(&heard);
    for (size_t i = 0; i < SW_COUNT(numbers); i++)
        sigaddset(&heard, numbers[i]);
    courier->signals = sigprocmask(SIG_BLOCK, &heard, NULL) == 0 ? signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK) : -1;
    return courier->signals >= 0;
}

/* What is played without an instant of its own begins with the first record. */
static void begin_recording(struct courier *courier)
{
    sw_instant first = SW_NEVER;
    for (size_t i = 0; i < courier->job_count; i++)
        first = sooner(first, sw_job_recorded_since(courier->jobs[i]));
    if (courier->options->from_start && courier->options->at == NULL && first != SW_NEVER)
        fix_clock(courier, first);
}

static void open_jobs(struct courier *courier)
{
    const struct sw_exhibition *exhibition = courier->exhibition;
    courier->jobs = sw_alloc_array(exhibition->source_count, sizeof(struct sw_job *));
    courier->tools.agenda = sw_alloc_array(exhibition->source_count, sizeof(sw_tick)); /* 0: all at once */
    courier->job_count = exhibition->source_count;
    for (size_t i = 0; i < courier->job_count; i++) {
        const struct sw_source *source = &exhibition->sources[i];
        courier->jobs[i] = sw_job_create(&courier->tools, source, i);
        if (source->transport == SW_TRANSPORT_FILE && !source->off && !source->faulty)
            sw_watch_add(courier->watch, source->request.address, i);
    }
    sw_jobs_pair(courier->jobs, courier->job_count);
    begin_recording(courier);
    sw_tick never = SW_NEVER;
    (void)step_errand(courier, &never); /* those that nobody has named rest from the beginning */
}

static void close_all(struct courier *courier)
{
    struct sw_job_tools *tools = &courier->tools;
    sw_http_destroy(tools->http);
    sw_reshape_destroy(tools->reshape);
    for (size_t i = 0; i < courier->job_count; i++)
        sw_job_destroy(courier->jobs[i]);
    free(courier->jobs);
    free(tools->agenda);
    sw_tokens_destroy(tools->tokens);
    sw_news_destroy(tools->news);
    sw_archive_destroy(tools->archive);
    sw_watch_destroy(courier->watch);
    sw_recorder_destroy(courier->recorder);
    sw_trial_destroy(courier->trial);
    sw_diags_finish(&courier->diags);
    sw_exhibition_destroy(courier->exhibition);
    sw_root_destroy(courier->recordings);
    sw_arena_finish(&courier->arena);
    if (courier->signals >= 0)
        close(courier->signals);
}

/* -- the steps of a turn -- */

static void hurry(void *context, size_t id)
{
    struct courier *courier = context;
    sw_job_hurry(courier->jobs[id], sw_tick_now());
}

static void read_link(struct courier *courier)
{
    struct sw_link_message message;
    enum sw_message_status status;
    int fd;
    while ((status = sw_link_receive(SW_LINK_FD, &message, &fd)) == SW_MESSAGE_OK) {
        if (message.type == SW_LINK_PEER && message.peer == SW_LINK_FEED)
            sw_news_attach(courier->tools.news, fd);
        else if (message.type == SW_LINK_PEER && message.peer == SW_LINK_JQ)
            sw_reshape_attach(courier->tools.reshape, fd);
        else if (fd >= 0)
            close(fd);
    }
    if (status == SW_MESSAGE_CLOSED)
        courier->quit = true; /* nobody is there to fetch for */
}

static void read_feed(struct courier *courier)
{
    struct sw_feed_message message;
    while (sw_news_hear(courier->tools.news, &message)) {
        if (message.type == SW_FEED_SOON)
            hurry(courier, message.source);
        else
            sw_clock_trust(&courier->tools.clock, message.instant, sw_tick_now());
    }
}

/* Once all have had their first outcome, which nobody loses again. */
static void settle(struct courier *courier)
{
    size_t i = 0;
    if (courier->settled)
        return;
    while (i < courier->job_count && sw_job_settled(courier->jobs[i]))
        i++;
    if (i < courier->job_count)
        return;
    courier->settled = true;
    sw_news_settled(courier->tools.news);
}

/* Many files at once are read in several turns, those that were left out first. */
static sw_tick step_jobs(struct courier *courier)
{
    sw_tick now = sw_tick_now(), next = SW_NEVER, *agenda = courier->tools.agenda;
    for (size_t i = 0; i < courier->job_count; i++) {
        size_t at = (courier->first_job + i) % courier->job_count;
        if (agenda[at] <= now) {
            agenda[at] = sw_job_step(courier->jobs[at], now);
            if (sw_tick_now() - now >= TURN_MOST) {
                courier->first_job = at + 1;
                return now;
            }
        }
        next = sooner(next, agenda[at]);
    }
    settle(courier);
    return next;
}

static sw_tick beat(struct courier *courier)
{
    sw_tick now = sw_tick_now();
    if (now - courier->last_beat >= BEAT_US) {
        sw_link_heartbeat(SW_LINK_FD);
        courier->last_beat = now;
    }
    return courier->last_beat + BEAT_US;
}

/* At once where answers are few. A thousand a second would each cost a flush. */
static sw_tick keep(struct courier *courier)
{
    sw_tick now = sw_tick_now();
    if (!sw_archive_waits(courier->tools.archive))
        return SW_NEVER;
    if (now - courier->last_kept < KEEP_US)
        return courier->last_kept + KEEP_US;
    sw_archive_flush(courier->tools.archive);
    courier->last_kept = now;
    return SW_NEVER;
}

static int wait_ms(sw_tick next)
{
    int64_t left = next - sw_tick_now();
    return left <= 0 ? 0 : (int)((left + SW_MS - 1) / SW_MS);
}

static void run(struct courier *courier)
{
    struct sw_job_tools *tools = &courier->tools;
    while (!courier->quit) {
        sw_tick next = step_jobs(courier);
        next = sooner(next, sw_reshape_turn(tools->reshape, sw_tick_now()));
        next = sooner(next, beat(courier));
        if (step_errand(courier, &next))
            return;
        next = sooner(next, keep(courier));
        if (sw_news_send(tools->news))
            next = sooner(next, sw_tick_now() + AGAIN_US);
        struct pollfd ends[ENDS] = {[SIGNALS] = {.fd = courier->signals},
                                    [LINK] = {.fd = SW_LINK_FD},
                                    [FEED] = {.fd = sw_news_end(tools->news)},
                                    [WORKER] = {.fd = sw_reshape_end(tools->reshape)},
                                    [FILES] = {.fd = sw_watch_end(courier->watch)}};
        sw_http_turn(tools->http, ends, ENDS, wait_ms(next));
        if (ends[SIGNALS].revents != 0)
            courier->quit = true;
        if (ends[LINK].revents != 0)
            read_link(courier);
        if (ends[FEED].revents != 0)
            read_feed(courier);
        if (ends[FILES].revents != 0)
            sw_watch_read(courier->watch, hurry, courier);
    }
}

int sw_courier_run(const struct sw_courier_options *options)
{
    struct courier courier = {.options = options, .signals = -1};
    int status = 2;
    sw_diags_init(&courier.diags);
    if (open_signals(&courier) && load(&courier) && open_errand(&courier) && raise_fence(&courier) && open_recordings(&courier) &&
        open_tools(&courier)) {
        open_jobs(&courier);
        run(&courier);
        status = finish_errand(&courier);
    }
    close_all(&courier);
    return status;
}
