/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/dispatch.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/shared.h"
#include "base/thread.h"

#define SENT_MAX 4    /* requests under way to one worker, so that it never waits for the next */
#define DEATHS_MAX 2  /* of workers on one order */
#define SILENCE_S 20  /* after which a worker with work is given up; more than twice the processor time that it grants itself */

/* The dispatch thread's alone. */
struct worker {
    int end, timer;           /* end -1: none at present */
    bool expected;            /* the supervisor has been told, or knows by itself, that one is wanted */
    bool full;                /* the socket takes no more just now */
    struct sw_orders waiting; /* not yet sent */
    struct sw_orders sent;    /* unanswered, oldest first */
    int sent_count;
    uint64_t last_id;
};

struct open_root {
    struct open_root *next;
    uint32_t gallery;
    const struct sw_root *root;
};

struct sw_dispatch {
    /* constant after init */
    void (*wake)(void *context);
    void *wake_context;
    void (*other)(void *context, enum sw_link_peer peer, int64_t number, int end);
    void *other_context;
    int bell; /* eventfd: something came in, or stop */
    struct sw_thread thread;
    /* dispatch thread only */
    struct worker workers[SW_MEDIA_WORKERS];
    int link;
    bool link_full;
    /* guarded by lock */
    struct sw_mutex lock;
    struct sw_condition answered;
    struct sw_orders incoming, done;
    bool stop;
    /* guarded by root_lock, which is held while a file is opened */
    struct sw_mutex root_lock;
    struct open_root *roots;
};

static const char *worker_name(enum sw_link_peer worker)
{
    return worker == SW_LINK_SVG ? "SVG" : "picture";
}

static void ring(const struct sw_dispatch *dispatch)
{
    uint64_t one = 1;
    ssize_t written = write(dispatch->bell, &one, sizeof one);
    (void)written; /* a counter that is full rings too */
}

/* True if the bell or timer has rung since it was last asked or set. */
static bool rang(int fd)
{
    uint64_t count;
    return read(fd, &count, sizeof count) == (ssize_t)sizeof count;
}

static void hand_back(struct sw_dispatch *dispatch, struct sw_order *order, enum sw_order_fate fate)
{
    order->fate = fate;
    sw_mutex_lock(&dispatch->lock);
    bool first = dispatch->done.first == NULL; /* else the main thread has been woken and has yet to come */
    sw_orders_add(&dispatch->done, order);
    sw_condition_signal(&dispatch->answered);
    sw_mutex_unlock(&dispatch->lock);
    if (first && dispatch->wake != NULL)
        dispatch->wake(dispatch->wake_context);
}

/* The gallery's place in the list, or the list's end. The lock is held. */
static struct open_root **root_of(struct sw_dispatch *dispatch, uint32_t gallery)
{
    struct open_root **place = &dispatch->roots;
    while (*place != NULL && (*place)->gallery != gallery)
        place = &(*place)->next;
    return place;
}

/* Opens the order's file and notes its stamp. False: the order has been handed back, or dropped with its gallery. */
static bool open_file(struct sw_dispatch *dispatch, struct sw_order *order, int *fd)
{
    struct stat status;
    sw_mutex_lock(&dispatch->root_lock);
    const struct open_root *found = *root_of(dispatch, order->gallery);
    if (found != NULL)
        order->file = sw_root_open(found->root, order->path, fd);
    sw_mutex_unlock(&dispatch->root_lock);
    if (found == NULL) {
        sw_order_destroy(order);
        return false;
    }
    memset(&order->stamp, 0, sizeof order->stamp);
    if (order->file == SW_FILE_OK && fstat(*fd, &status) != 0) {
        order->file = SW_FILE_FAILED;
        close(*fd);
    }
    if (order->file != SW_FILE_OK) {
        hand_back(dispatch, order, order->look ? SW_ORDER_LOOKED : SW_ORDER_NO_FILE);
        return false;
    }
    order->stamp = (struct sw_stamp){.device = status.st_dev, .inode = status.st_ino, .size = status.st_size,
                                     .seconds = status.st_mtim.tv_sec, .nanoseconds = status.st_mtim.tv_nsec};
    return true;
}

static void look(struct sw_dispatch *dispatch, struct sw_order *order)
{
    int fd;
    if (!open_file(dispatch, order, &fd))
        return;
    close(fd);
    hand_back(dispatch, order, SW_ORDER_LOOKED);
}

/* A worker is silent for too long from the moment on that its oldest request is what it works at. */
static void set_timer(const struct worker *worker)
{
    struct itimerspec when = {.it_value.tv_sec = worker->sent_count > 0 ? SILENCE_S : 0};
    int set = timerfd_settime(worker->timer, 0, &when, NULL);
    assert(set == 0);
    (void)set;
}

/* The worker is gone, or is given up. It works in order, so it is the oldest unanswered order that it died of: that one goes behind all
 * others, or is handed back when it has done so before. */
static void lose_worker(struct sw_dispatch *dispatch, struct worker *worker)
{
    struct sw_order *culprit = sw_orders_take(&worker->sent);
    struct sw_orders others = worker->sent;
    close(worker->end);
    worker->end = -1;
    worker->sent = (struct sw_orders){NULL, NULL};
    worker->sent_count = 0;
    worker->full = false;
    set_timer(worker);
    if (others.first != NULL) {
        others.last->next = worker->waiting.first;
        worker->waiting.first = others.first;
        if (worker->waiting.last == NULL)
            worker->waiting.last = others.last;
    }
    if (culprit != NULL && ++culprit->deaths >= DEATHS_MAX)
        hand_back(dispatch, culprit, SW_ORDER_GIVEN_UP);
    else if (culprit != NULL)
        sw_orders_add(&worker->waiting, culprit);
}

/* For one that is alive but must not be: the supervisor replaces it. */
static void give_up_worker(struct sw_dispatch *dispatch, struct worker *worker, const char *why)
{
    sw_log(SW_LOG_WARNING, "media", "the %s worker %s", worker_name((enum sw_link_peer)(worker - dispatch->workers)), why);
    lose_worker(dispatch, worker);
    worker->expected = false;
}

static enum sw_message_status send_order(struct worker *worker, struct sw_order *order, int file)
{
    struct sw_worker_request request = order->request;
    request.version = SW_WORKER_VERSION;
    request.id = ++worker->last_id;
    order->request = request;
    return sw_message_send(worker->end, &request, sizeof request, file);
}

/* Sends what the worker has room for. */
static void feed(struct sw_dispatch *dispatch, struct worker *worker)
{
    while (worker->end >= 0 && worker->sent_count < SENT_MAX && !worker->full) {
        struct sw_order *order = sw_orders_take(&worker->waiting);
        int file;
        if (order == NULL)
            return;
        if (!open_file(dispatch, order, &file))
            continue;
        enum sw_message_status status = send_order(worker, order, file);
        close(file);
        if (status != SW_MESSAGE_OK) {
            sw_orders_add_front(&worker->waiting, order);
            worker->full = status == SW_MESSAGE_AGAIN;
            if (status == SW_MESSAGE_CLOSED)
                lose_worker(dispatch, worker);
            return;
        }
        sw_orders_add(&worker->sent, order);
        if (worker->sent_count++ == 0)
            set_timer(worker);
    }
}

/* A worker that is missed: the supervisor is asked once; without a supervisor there will be none. */
static void summon(struct sw_dispatch *dispatch, enum sw_link_peer which)
{
    struct worker *worker = &dispatch->workers[which];
    if (worker->end >= 0 || worker->waiting.first == NULL)
        return;
    if (dispatch->link >= 0 && !worker->expected) {
        struct sw_link_message message = {.type = SW_LINK_NEED, .peer = which};
        enum sw_message_status status = sw_link_send(dispatch->link, message, -1);
        worker->expected = status == SW_MESSAGE_OK;
        dispatch->link_full = status == SW_MESSAGE_AGAIN;
        if (status == SW_MESSAGE_CLOSED)
            dispatch->link = -1;
    }
    if (dispatch->link >= 0)
        return;
    for (struct sw_order *order; (order = sw_orders_take(&worker->waiting)) != NULL;)
        hand_back(dispatch, order, SW_ORDER_NO_WORKER);
}

static void route(struct sw_dispatch *dispatch, struct sw_order *order)
{
    bool svg = (sw_kind_of_name(order->path) == SW_PICTURE_SVG) != order->redirected;
    sw_orders_add(&dispatch->workers[svg ? SW_LINK_SVG : SW_LINK_PICTURE].waiting, order);
}

/* Takes the pixels over; false if they are not what was promised. */
static bool take_pixels(struct sw_order *order, int fd)
{
    const struct sw_worker_reply *reply = &order->reply;
    bool wanted = reply->status == SW_WORKER_OK && order->request.op == SW_WORKER_RENDER;
    if (!wanted)
        return fd < 0;
    const void *bytes;
    size_t size = (size_t)reply->stride * (size_t)reply->height;
    if (fd < 0 || !sw_shared_map(fd, size, &bytes))
        return false;
    order->bitmap = sw_bitmap_wrap((enum sw_pixels)reply->format, reply->width, reply->height, reply->stride, bytes, size);
    if (order->bitmap == NULL)
        sw_shared_unmap(bytes, size);
    return order->bitmap != NULL;
}

/* One reply; false if no worker of ours would have said that. */
static bool accept_reply(struct sw_dispatch *dispatch, struct worker *worker, const struct sw_worker_reply *reply, size_t length, int fd)
{
    struct sw_order *order = worker->sent.first;
    if (length != sizeof *reply || order == NULL || !sw_worker_reply_valid(reply, &order->request))
        return false;
    order->reply = *reply;
    if (!take_pixels(order, fd))
        return false;
    sw_orders_take(&worker->sent);
    worker->sent_count--;
    set_timer(worker);
    if (reply->status == SW_WORKER_OTHER_KIND && !order->redirected) {
        order->redirected = true;
        route(dispatch, order);
    } else {
        hand_back(dispatch, order, SW_ORDER_ANSWERED);
    }
    return true;
}

static void read_worker(struct sw_dispatch *dispatch, struct worker *worker)
{
    while (worker->end >= 0) {
        struct sw_worker_reply reply;
        size_t length;
        int fd = -1;
        enum sw_message_status status = sw_message_receive(worker->end, &reply, sizeof reply, &length, &fd);
        if (status == SW_MESSAGE_AGAIN)
            return;
        if (status == SW_MESSAGE_CLOSED) {
            lose_worker(dispatch, worker);
            return;
        }
        bool good = accept_reply(dispatch, worker, &reply, length, fd);
        if (fd >= 0)
            close(fd);
        if (!good)
            give_up_worker(dispatch, worker, "says what makes no sense");
    }
}

/* Not media's: it is only the one that listens. */
static void pass_on(const struct sw_dispatch *dispatch, const struct sw_link_message *message, int fd)
{
    if (dispatch->other != NULL)
        dispatch->other(dispatch->other_context, message->peer, message->number, fd);
    else
        close(fd);
}

static void read_link(struct sw_dispatch *dispatch)
{
    while (dispatch->link >= 0) {
        struct sw_link_message message;
        int fd;
        enum sw_message_status status = sw_link_receive(dispatch->link, &message, &fd);
        if (status == SW_MESSAGE_AGAIN)
            return;
        if (status == SW_MESSAGE_CLOSED) {
            dispatch->link = -1;
            return;
        }
        if (message.type != SW_LINK_PEER)
            continue;
        if (message.peer >= SW_MEDIA_WORKERS) {
            pass_on(dispatch, &message, fd);
            continue;
        }
        struct worker *worker = &dispatch->workers[message.peer];
        read_worker(dispatch, worker); /* what its predecessor still answered */
        if (worker->end >= 0)
            lose_worker(dispatch, worker);
        worker->end = fd;
        worker->expected = true;
    }
}

/* False: stop. */
static bool take_in(struct sw_dispatch *dispatch)
{
    struct sw_orders incoming;
    sw_mutex_lock(&dispatch->lock);
    incoming = dispatch->incoming;
    dispatch->incoming = (struct sw_orders){NULL, NULL};
    bool stop = dispatch->stop;
    sw_mutex_unlock(&dispatch->lock);
    for (struct sw_order *order; (order = sw_orders_take(&incoming)) != NULL;) {
        if (stop)
            sw_order_destroy(order);
        else if (order->look)
            look(dispatch, order);
        else
            route(dispatch, order);
    }
    return !stop;
}

/* Descriptors in the order of: bell, link, then each worker's end and timer. */
static void wait_for_events(struct sw_dispatch *dispatch)
{
    struct pollfd fds[2 + 2 * SW_MEDIA_WORKERS] = {
        {.fd = dispatch->bell, .events = POLLIN},
        {.fd = dispatch->link, .events = dispatch->link_full ? POLLIN | POLLOUT : POLLIN},
    };
    for (int i = 0; i < SW_MEDIA_WORKERS; i++) {
        const struct worker *worker = &dispatch->workers[i];
        fds[2 + 2 * i] = (struct pollfd){.fd = worker->end, .events = worker->full ? POLLIN | POLLOUT : POLLIN};
        fds[3 + 2 * i] = (struct pollfd){.fd = worker->timer, .events = POLLIN};
    }
    int ready = poll(fds, SW_COUNT(fds), -1);
    assert(ready >= 0 || errno == EINTR);
    if (ready <= 0)
        return;
    rang(dispatch->bell);
    dispatch->link_full = dispatch->link_full && (fds[1].revents & POLLOUT) == 0;
    for (int i = 0; i < SW_MEDIA_WORKERS; i++) {
        struct worker *worker = &dispatch->workers[i];
        worker->full = worker->full && (fds[2 + 2 * i].revents & POLLOUT) == 0;
        read_worker(dispatch, worker);
        if (rang(worker->timer) && worker->end >= 0)
            give_up_worker(dispatch, worker, "does not answer");
    }
    read_link(dispatch);
}

static void run(void *context)
{
    struct sw_dispatch *dispatch = context;
    read_link(dispatch);
    while (take_in(dispatch)) {
        for (int i = 0; i < SW_MEDIA_WORKERS; i++) {
            feed(dispatch, &dispatch->workers[i]);
            summon(dispatch, (enum sw_link_peer)i);
        }
        wait_for_events(dispatch);
    }
}

static bool init(struct sw_dispatch *dispatch, const struct sw_media_config *config)
{
    sw_mutex_init(&dispatch->lock);
    sw_mutex_init(&dispatch->root_lock);
    sw_condition_init(&dispatch->answered);
    dispatch->wake = config->wake;
    dispatch->wake_context = config->wake_context;
    dispatch->other = config->other;
    dispatch->other_context = config->other_context;
    dispatch->link = config->link;
    dispatch->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    bool good = dispatch->bell >= 0;
    for (int i = 0; i < SW_MEDIA_WORKERS; i++) {
        struct worker *worker = &dispatch->workers[i];
        worker->end = config->workers[i];
        worker->expected = worker->end >= 0 || i == SW_LINK_PICTURE; /* the supervisor starts that one unasked */
        worker->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
        good = good && worker->timer >= 0;
    }
    return good && sw_thread_start(&dispatch->thread, "media", run, dispatch);
}

struct sw_dispatch *sw_dispatch_create(const struct sw_media_config *config)
{
    struct sw_dispatch *dispatch = sw_alloc(sizeof *dispatch);
    if (!init(dispatch, config)) {
        sw_log(SW_LOG_ERROR, "media", "cannot start: %s", strerror(errno));
        sw_dispatch_destroy(dispatch);
        return NULL;
    }
    return dispatch;
}

void sw_dispatch_destroy(struct sw_dispatch *dispatch)
{
    if (dispatch == NULL)
        return;
    sw_mutex_lock(&dispatch->lock);
    dispatch->stop = true;
    sw_mutex_unlock(&dispatch->lock);
    if (dispatch->bell >= 0)
        ring(dispatch);
    sw_thread_join(&dispatch->thread);
    for (int i = 0; i < SW_MEDIA_WORKERS; i++) {
        struct worker *worker = &dispatch->workers[i];
        sw_orders_finish(&worker->waiting);
        sw_orders_finish(&worker->sent);
        if (worker->end >= 0)
            close(worker->end);
        if (worker->timer >= 0)
            close(worker->timer);
    }
    sw_orders_finish(&dispatch->incoming);
    sw_orders_finish(&dispatch->done);
    if (dispatch->bell >= 0)
        close(dispatch->bell);
    sw_condition_finish(&dispatch->answered);
    sw_mutex_finish(&dispatch->root_lock);
    sw_mutex_finish(&dispatch->lock);
    free(dispatch);
}

void sw_dispatch_give(struct sw_dispatch *dispatch, struct sw_order *order)
{
    sw_mutex_lock(&dispatch->lock);
    sw_orders_add(&dispatch->incoming, order);
    sw_mutex_unlock(&dispatch->lock);
    ring(dispatch);
}

void sw_dispatch_take(struct sw_dispatch *dispatch, struct sw_orders *orders)
{
    sw_mutex_lock(&dispatch->lock);
    *orders = dispatch->done;
    dispatch->done = (struct sw_orders){NULL, NULL};
    sw_mutex_unlock(&dispatch->lock);
}

bool sw_dispatch_wait(struct sw_dispatch *dispatch, sw_tick deadline)
{
    bool in_time = true;
    sw_mutex_lock(&dispatch->lock);
    while (dispatch->done.first == NULL && in_time)
        in_time = sw_condition_wait_until(&dispatch->answered, &dispatch->lock, deadline);
    bool ready = dispatch->done.first != NULL;
    sw_mutex_unlock(&dispatch->lock);
    return ready;
}

void sw_dispatch_open_root(struct sw_dispatch *dispatch, uint32_t gallery, const struct sw_root *root)
{
    struct open_root *entry = sw_alloc(sizeof *entry);
    sw_mutex_lock(&dispatch->root_lock);
    *entry = (struct open_root){.next = dispatch->roots, .gallery = gallery, .root = root};
    dispatch->roots = entry;
    sw_mutex_unlock(&dispatch->root_lock);
}

void sw_dispatch_shut_root(struct sw_dispatch *dispatch, uint32_t gallery)
{
    sw_mutex_lock(&dispatch->root_lock);
    struct open_root **place = root_of(dispatch, gallery), *entry = *place;
    if (entry != NULL)
        *place = entry->next;
    sw_mutex_unlock(&dispatch->root_lock);
    free(entry);
}
