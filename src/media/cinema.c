/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/cinema.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/thread.h"
#include "media/booth.h"
#include "media/programme.h"

struct sw_hall {
    struct sw_hall *next;
    struct sw_cinema *cinema;
    const struct sw_root *root;
    uint32_t number; /* never given twice */
    bool films;      /* it is expected to ask */
    struct sw_videos videos;
};

struct sw_cinema {
    /* constant after init */
    struct sw_cinema_config config;
    struct sw_programme *programme;
    int bell;     /* eventfd: something is new for the thread */
    int returned; /* eventfd: slots have been let go of */
    /* the thread's alone, while it runs */
    struct sw_booth *booth;
    /* main thread only */
    uint32_t last_hall;
    int64_t delay; /* of those who ask */
    /* guarded by lock */
    struct sw_mutex lock;
    struct sw_condition answered;
    struct sw_thread thread;
    bool started, stop;
    int arrivals[SW_LINK_VIDEOS]; /* fresh ends; -1: none */
    struct sw_inquiry *inquiries;
    size_t workers;
    uint64_t replaced;
    /* guarded by hall_lock, which is held while a file is opened */
    struct sw_mutex hall_lock;
    struct sw_hall *halls;
};

static void ring(const struct sw_cinema *cinema)
{
    uint64_t one = 1;
    ssize_t written = write(cinema->bell, &one, sizeof one);
    (void)written; /* a counter that is full rings too */
}

/* -- the thread -- */

static enum sw_file_status open_file(void *context, uint32_t hall, const char *path, int *file)
{
    struct sw_cinema *cinema = context;
    enum sw_file_status status = SW_FILE_MISSING;
    sw_mutex_lock(&cinema->hall_lock);
    const struct sw_hall *found = cinema->halls;
    while (found != NULL && found->number != hall)
        found = found->next;
    if (found != NULL)
        status = sw_root_open(found->root, path, file);
    sw_mutex_unlock(&cinema->hall_lock);
    return status;
}

static void destroy_inquiry(struct sw_inquiry *inquiry)
{
    close(inquiry->file);
    free(inquiry);
}

static void note_answer(void *context, struct sw_inquiry *inquiry)
{
    struct sw_cinema *cinema = context;
    sw_mutex_lock(&cinema->lock);
    bool abandoned = inquiry->abandoned;
    inquiry->done = true;
    sw_condition_broadcast(&cinema->answered);
    sw_mutex_unlock(&cinema->lock);
    if (abandoned)
        destroy_inquiry(inquiry);
}

/* False: stop. */
static bool take_in(struct sw_cinema *cinema, sw_tick now)
{
    int arrivals[SW_LINK_VIDEOS];
    sw_mutex_lock(&cinema->lock);
    struct sw_inquiry *inquiries = cinema->inquiries;
    bool stop = cinema->stop;
    cinema->inquiries = NULL;
    memcpy(arrivals, cinema->arrivals, sizeof arrivals);
    for (int i = 0; i < SW_LINK_VIDEOS; i++)
        cinema->arrivals[i] = -1;
    cinema->workers = sw_booth_workers(cinema->booth);
    cinema->replaced = sw_booth_replaced(cinema->booth);
    sw_mutex_unlock(&cinema->lock);
    for (int i = 0; i < SW_LINK_VIDEOS; i++)
        if (arrivals[i] >= 0)
            sw_booth_attach(cinema->booth, i, arrivals[i], now);
    while (inquiries != NULL) {
        struct sw_inquiry *next = inquiries->next;
        sw_booth_inquire(cinema->booth, inquiries);
        inquiries = next;
    }
    return !stop;
}

static void wait_for_events(const struct sw_cinema *cinema, sw_tick until)
{
    struct pollfd fds[1 + SW_LINK_VIDEOS] = {{.fd = cinema->bell, .events = POLLIN}};
    size_t count = 1 + sw_booth_ends(cinema->booth, fds + 1);
    sw_tick left = until == SW_NEVER ? SW_HOUR : until - cinema->config.now();
    int ms = left <= 0 ? 0 : left > SW_HOUR ? (int)(SW_HOUR / SW_MS) : (int)((left + SW_MS - 1) / SW_MS);
    uint64_t rung;
    int ready = poll(fds, (nfds_t)count, ms);
    assert(ready >= 0 || errno == EINTR);
    if (ready > 0 && fds[0].revents != 0)
        (void)!read(cinema->bell, &rung, sizeof rung);
}

static void run(void *context)
{
    struct sw_cinema *cinema = context;
    for (sw_tick now = cinema->config.now(); take_in(cinema, now); now = cinema->config.now()) {
        bool wake;
        sw_tick next = sw_booth_step(cinema->booth, now, &wake);
        if (wake && cinema->config.wake != NULL)
            cinema->config.wake(cinema->config.wake_context);
        wait_for_events(cinema, next);
    }
}

/* Any thread. False (logged): there is none. */
static bool start(struct sw_cinema *cinema)
{
    sw_mutex_lock(&cinema->lock);
    if (!cinema->started) {
        cinema->started = sw_thread_start(&cinema->thread, "cinema", run, cinema);
        if (!cinema->started)
            sw_log(SW_LOG_ERROR, "cinema", "cannot start: no clip plays");
    }
    bool started = cinema->started;
    sw_mutex_unlock(&cinema->lock);
    return started;
}

/* -- what is asked -- */

static void pass_news(struct sw_cinema *cinema)
{
    if (sw_programme_news(cinema->programme) && start(cinema))
        ring(cinema);
}

static enum sw_asset_state ask_clip(void *context, const char *path, struct sw_clip *clip)
{
    const struct sw_hall *hall = context;
    enum sw_asset_state state = sw_programme_clip(hall->cinema->programme, hall->number, path, clip);
    pass_news(hall->cinema);
    return state;
}

static enum sw_asset_state ask_frame(void *context, const struct sw_cue *cue, struct sw_frame *frame)
{
    const struct sw_hall *hall = context;
    struct sw_cue real = *cue;
    real.tick += hall->cinema->delay;
    enum sw_asset_state state = sw_programme_frame(hall->cinema->programme, hall->number, &real, frame);
    if (state == SW_ASSET_READY && frame->next != SW_NEVER)
        frame->next -= hall->cinema->delay;
    pass_news(hall->cinema);
    return state;
}

void sw_cinema_delay(struct sw_cinema *cinema, int64_t delay)
{
    if (cinema != NULL)
        cinema->delay = delay;
}

void sw_cinema_shown(struct sw_cinema *cinema)
{
    uint64_t returned;
    if (read(cinema->returned, &returned, sizeof returned) > 0)
        ring(cinema);
}

bool sw_cinema_collect(struct sw_cinema *cinema) { return sw_programme_collect(cinema->programme); }

size_t sw_cinema_pending(struct sw_cinema *cinema) { return sw_programme_pending(cinema->programme); }

void sw_cinema_describe(struct sw_cinema *cinema, struct sw_cinema_report *report)
{
    sw_programme_describe(cinema->programme, report);
    sw_mutex_lock(&cinema->lock);
    report->workers = cinema->workers;
    report->replaced = cinema->replaced;
    sw_mutex_unlock(&cinema->lock);
}

static bool refuse(struct sw_probed *out, const char *fault)
{
    *out = (struct sw_probed){.usable = false};
    (void)snprintf(out->fault, sizeof out->fault, "%s", fault);
    return false;
}

/* True: it has been answered, and is the caller's again. Else whoever answers it puts it away. */
static bool await_answer(struct sw_cinema *cinema, struct sw_inquiry *inquiry, sw_tick deadline)
{
    bool in_time = true;
    sw_mutex_lock(&cinema->lock);
    inquiry->next = cinema->inquiries;
    cinema->inquiries = inquiry;
    ring(cinema);
    while (!inquiry->done && in_time)
        in_time = sw_condition_wait_until(&cinema->answered, &cinema->lock, deadline);
    bool done = inquiry->done;
    inquiry->abandoned = !done;
    sw_mutex_unlock(&cinema->lock);
    return done;
}

bool sw_cinema_probe(struct sw_cinema *cinema, const struct sw_root *root, const char *path, sw_tick deadline, struct sw_probed *out)
{
    int file;
    if (!start(cinema))
        return refuse(out, "could not be looked at");
    enum sw_file_status status = sw_root_open(root, path, &file);
    if (status != SW_FILE_OK) {
        (void)refuse(out, sw_file_status_text(status));
        return true;
    }
    return sw_cinema_probe_file(cinema, file, deadline, out);
}

bool sw_cinema_probe_file(struct sw_cinema *cinema, int file, sw_tick deadline, struct sw_probed *out)
{
    struct sw_inquiry *inquiry = sw_alloc(sizeof *inquiry);
    *inquiry = (struct sw_inquiry){.file = file};
    if (!start(cinema)) {
        destroy_inquiry(inquiry);
        return refuse(out, "could not be looked at");
    }
    if (!await_answer(cinema, inquiry, deadline))
        return refuse(out, "could not be decoded in time");
    *out = inquiry->answer;
    bool judged = inquiry->judged;
    destroy_inquiry(inquiry);
    return judged;
}

/* -- the outside -- */

struct sw_cinema *sw_cinema_create(const struct sw_cinema_config *config)
{
    struct sw_cinema *cinema = sw_alloc(sizeof *cinema);
    cinema->config = *config;
    for (int i = 0; i < SW_LINK_VIDEOS; i++)
        cinema->arrivals[i] = -1;
    sw_mutex_init(&cinema->lock);
    sw_mutex_init(&cinema->hall_lock);
    sw_condition_init(&cinema->answered);
    cinema->programme = sw_programme_create();
    cinema->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    cinema->returned = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    cinema->booth = sw_booth_create(&(struct sw_booth_config){.link = config->link, .bell = cinema->returned,
                                                              .programme = cinema->programme, .sound = config->sound,
                                                              .open = open_file, .done = note_answer, .context = cinema});
    if (cinema->bell >= 0 && cinema->returned >= 0)
        return cinema;
    sw_log(SW_LOG_ERROR, "cinema", "cannot start: %s", strerror(errno));
    sw_cinema_destroy(cinema);
    return NULL;
}

void sw_cinema_destroy(struct sw_cinema *cinema)
{
    if (cinema == NULL)
        return;
    assert(cinema->halls == NULL);
    sw_mutex_lock(&cinema->lock);
    cinema->stop = true;
    sw_mutex_unlock(&cinema->lock);
    if (cinema->bell >= 0)
        ring(cinema);
    sw_thread_join(&cinema->thread);
    (void)take_in(cinema, 0); /* what came last */
    sw_booth_destroy(cinema->booth);
    sw_programme_destroy(cinema->programme);
    if (cinema->bell >= 0)
        close(cinema->bell);
    if (cinema->returned >= 0)
        close(cinema->returned);
    sw_condition_finish(&cinema->answered);
    sw_mutex_finish(&cinema->hall_lock);
    sw_mutex_finish(&cinema->lock);
    free(cinema);
}

void sw_cinema_attach(struct sw_cinema *cinema, int64_t number, int end)
{
    assert(number >= 0 && number < SW_LINK_VIDEOS);
    sw_mutex_lock(&cinema->lock);
    if (cinema->arrivals[number] >= 0)
        close(cinema->arrivals[number]);
    cinema->arrivals[number] = end;
    sw_mutex_unlock(&cinema->lock);
    ring(cinema);
}

struct sw_hall *sw_cinema_open(struct sw_cinema *cinema, const struct sw_root *root, bool films)
{
    struct sw_hall *hall = sw_alloc(sizeof *hall);
    *hall = (struct sw_hall){.cinema = cinema, .root = root, .number = ++cinema->last_hall, .films = films && !cinema->config.still};
    hall->videos = (struct sw_videos){.clip = ask_clip, .frame = ask_frame, .context = hall, .still = cinema->config.still};
    sw_mutex_lock(&cinema->hall_lock);
    hall->next = cinema->halls;
    cinema->halls = hall;
    sw_mutex_unlock(&cinema->hall_lock);
    if (hall->films)
        sw_programme_expect(cinema->programme, 1);
    pass_news(cinema);
    return hall;
}

void sw_cinema_shut(struct sw_hall *hall)
{
    if (hall == NULL)
        return;
    struct sw_cinema *cinema = hall->cinema;
    sw_mutex_lock(&cinema->hall_lock);
    struct sw_hall **place = &cinema->halls;
    while (*place != hall)
        place = &(*place)->next;
    *place = hall->next;
    sw_mutex_unlock(&cinema->hall_lock);
    if (hall->films)
        sw_programme_expect(cinema->programme, -1);
    sw_programme_shut(cinema->programme, hall->number);
    ring(cinema);
    free(hall);
}

void sw_hall_know(struct sw_hall *hall, const char *path, const struct sw_clip *clip)
{
    (void)!sw_programme_know(hall->cinema->programme, hall->number, path, clip, 0);
}

const struct sw_videos *sw_hall_videos(const struct sw_hall *hall) { return &hall->videos; }
