/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/notices.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/thread.h"

#define WAITING_MAX 16
#define HEAR_MOST 64 /* notices, before anything else is looked at: whoever floods us is not all there is */

/* What holds, in the order in which it is said: what is being loaded comes last, as all others say that nothing is any more. */
enum holding { REFUSED, PLAYS, GOOD, TRYING, HOLDINGS };

struct sw_notices {
    /* constant after init */
    void (*wake)(void *context);
    void *context;
    int bell; /* eventfd: a fresh end, something to say, or stop */
    struct sw_thread thread;
    /* notices thread only */
    int end;
    bool full; /* it takes no more just now */
    /* guarded by lock */
    struct sw_mutex lock;
    struct sw_heard heard;
    bool any_heard;
    struct sw_notice holds[HOLDINGS];      /* type 0: nothing */
    struct sw_notice waiting[WAITING_MAX]; /* to be said, oldest first */
    size_t count;
    int fresh; /* -1: none */
    bool stop;
};

static void ring(const struct sw_notices *notices)
{
    uint64_t one = 1;
    ssize_t written = write(notices->bell, &one, sizeof one);
    (void)written; /* a counter that is full rings too */
}

/* -- the thread -- */

static void shut(struct sw_notices *notices)
{
    if (notices->end >= 0)
        close(notices->end);
    notices->end = -1;
    notices->full = false;
}

/* A new follower knows nothing. The lock is held. */
static void begin(struct sw_notices *notices)
{
    shut(notices);
    notices->end = notices->fresh;
    notices->fresh = -1;
    notices->count = 0;
    for (int i = 0; i < HOLDINGS; i++)
        if (notices->holds[i].type != 0)
            notices->waiting[notices->count++] = notices->holds[i];
}

/* False: stop. */
static bool take_orders(struct sw_notices *notices)
{
    sw_mutex_lock(&notices->lock);
    bool stop = notices->stop;
    if (notices->fresh >= 0)
        begin(notices);
    sw_mutex_unlock(&notices->lock);
    return !stop;
}

static void say_waiting(struct sw_notices *notices)
{
    sw_mutex_lock(&notices->lock);
    size_t said = 0;
    while (notices->end >= 0 && said < notices->count && !notices->full) {
        enum sw_message_status status = sw_notice_send(notices->end, &notices->waiting[said]);
        notices->full = status == SW_MESSAGE_AGAIN;
        if (status == SW_MESSAGE_CLOSED)
            shut(notices);
        said += status == SW_MESSAGE_OK;
    }
    notices->count -= said;
    for (size_t i = 0; i < notices->count; i++)
        notices->waiting[i] = notices->waiting[i + said];
    sw_mutex_unlock(&notices->lock);
}

static struct sw_notice *place_of(struct sw_heard *heard, enum sw_notice_type type)
{
    switch (type) {
    case SW_NOTICE_PROGRESS: return &heard->progress;
    case SW_NOTICE_RELEASE: return &heard->release;
    case SW_NOTICE_PLAYLISTS: return &heard->playlists;
    case SW_NOTICE_CONTACT: return &heard->contact;
    case SW_NOTICE_KEYS: return &heard->keys;
    case SW_NOTICE_TRYING:
    case SW_NOTICE_PLAYS:
    case SW_NOTICE_REFUSED:
    case SW_NOTICE_GOOD:
    case SW_NOTICE_LOOK: return NULL;
    }
    return NULL;
}

static void hear(struct sw_notices *notices)
{
    bool any = false;
    for (int i = 0; i < HEAR_MOST && notices->end >= 0; i++) {
        struct sw_notice notice;
        enum sw_message_status status = sw_notice_receive(notices->end, SW_NOTICE_FOLLOWER, &notice);
        if (status == SW_MESSAGE_AGAIN)
            break;
        if (status == SW_MESSAGE_CLOSED) {
            shut(notices);
            break;
        }
        sw_mutex_lock(&notices->lock);
        struct sw_notice *place = place_of(&notices->heard, notice.type);
        if (place != NULL)
            *place = notice;
        notices->any_heard = any = true;
        sw_mutex_unlock(&notices->lock);
    }
    if (any)
        notices->wake(notices->context);
}

static void run(void *context)
{
    struct sw_notices *notices = context;
    while (take_orders(notices)) {
        uint64_t rung;
        say_waiting(notices);
        struct pollfd fds[] = {{.fd = notices->bell, .events = POLLIN},
                               {.fd = notices->end, .events = notices->full ? POLLIN | POLLOUT : POLLIN}};
        (void)poll(fds, SW_COUNT(fds), -1);
        notices->full = notices->full && (fds[1].revents & POLLOUT) == 0;
        if (fds[0].revents != 0 && read(notices->bell, &rung, sizeof rung) < 0)
            continue;
        if (fds[1].revents != 0)
            hear(notices);
    }
}

/* -- the outside -- */

struct sw_notices *sw_notices_create(void (*wake)(void *context), void *context)
{
    struct sw_notices *notices = sw_alloc(sizeof *notices);
    *notices = (struct sw_notices){.wake = wake, .context = context, .end = -1, .fresh = -1};
    sw_mutex_init(&notices->lock);
    notices->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (notices->bell >= 0 && sw_thread_start(&notices->thread, "notices", run, notices))
        return notices;
    sw_log(SW_LOG_ERROR, "player", "cannot hear the follower: nothing new will be played");
    if (notices->bell >= 0)
        close(notices->bell);
    sw_mutex_finish(&notices->lock);
    free(notices);
    return NULL;
}

void sw_notices_destroy(struct sw_notices *notices)
{
    if (notices == NULL)
        return;
    sw_mutex_lock(&notices->lock);
    notices->stop = true;
    sw_mutex_unlock(&notices->lock);
    ring(notices);
    sw_thread_join(&notices->thread);
    say_waiting(notices);
    if (notices->fresh >= 0)
        close(notices->fresh);
    shut(notices);
    close(notices->bell);
    sw_mutex_finish(&notices->lock);
    free(notices);
}

void sw_notices_attach(struct sw_notices *notices, int end)
{
    sw_mutex_lock(&notices->lock);
    if (notices->fresh >= 0)
        close(notices->fresh);
    notices->fresh = end;
    sw_mutex_unlock(&notices->lock);
    ring(notices);
}

bool sw_notices_look(struct sw_notices *notices, struct sw_heard *heard)
{
    if (notices == NULL)
        return false;
    sw_mutex_lock(&notices->lock);
    bool any = notices->any_heard;
    notices->any_heard = false;
    if (any)
        *heard = notices->heard;
    sw_mutex_unlock(&notices->lock);
    return any;
}

/* What no longer holds is not said again; a new follower looks anyway. */
static void hold(struct sw_notices *notices, const struct sw_notice *notice)
{
    static const enum holding holdings[] = {
        [SW_NOTICE_TRYING] = TRYING, [SW_NOTICE_PLAYS] = PLAYS, [SW_NOTICE_REFUSED] = REFUSED, [SW_NOTICE_GOOD] = GOOD};
    if (notice->type == SW_NOTICE_LOOK)
        return;
    if (notice->type == SW_NOTICE_PLAYS || notice->type == SW_NOTICE_REFUSED)
        notices->holds[TRYING].type = 0;
    if (notice->type == SW_NOTICE_PLAYS)
        notices->holds[GOOD].type = 0;
    notices->holds[holdings[notice->type]] = *notice;
}

void sw_notices_say(struct sw_notices *notices, const struct sw_notice *notice)
{
    if (notices == NULL)
        return;
    sw_mutex_lock(&notices->lock);
    hold(notices, notice);
    if (notices->count == WAITING_MAX) { /* nobody hears: the next one is told all that holds */
        notices->count--;
        for (size_t i = 0; i < notices->count; i++)
            notices->waiting[i] = notices->waiting[i + 1];
    }
    notices->waiting[notices->count++] = *notice;
    sw_mutex_unlock(&notices->lock);
    ring(notices);
}
