/* SPDX-License-Identifier: EUPL-1.2 */
#include "ledger/ledger.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/thread.h"

#define GATHER (5 * SW_SECOND)
#define RETRY (30 * SW_SECOND)
#define WAITING_MAX ((size_t)256 << 10)

struct sw_ledger {
    /* constant after init */
    char *folder;
    struct sw_book_limits limits;
    int64_t gather, retry;
    struct sw_thread thread;
    /* ledger thread only */
    struct sw_book *book; /* NULL: it cannot be written at present */
    struct sw_buffer work; /* lines that are being written, or could not be so far */
    bool faulty;           /* which was said */
    /* guarded by lock */
    struct sw_mutex lock;
    struct sw_condition condition; /* there are lines, or stop */
    struct sw_buffer waiting;      /* lines */
    sw_tick due;                   /* when they are to be written */
    sw_tick latest;                /* of the last call */
    sw_instant newest;             /* end of the latest record */
    uint64_t lost;                 /* records that there was no room for */
    bool stop;
};

/* -- the thread -- */

static void say(struct sw_ledger *ledger, int error)
{
    if (!ledger->faulty)
        sw_log(SW_LOG_ERROR, "ledger", "%s: what plays is not written down at present: %s", ledger->folder,
               error == EWOULDBLOCK ? "another player writes there" : strerror(error));
    ledger->faulty = true;
}

/* False: it cannot be written now. What is left is in `work`. */
static bool write_out(struct sw_ledger *ledger, sw_instant newest)
{
    size_t taken = 0, length = ledger->work.length;
    if (ledger->book == NULL)
        ledger->book = sw_book_open(ledger->folder, &ledger->limits);
    bool good = ledger->book != NULL && (length == 0 || sw_book_append(ledger->book, ledger->work.bytes, length, newest, &taken));
    if (!good) {
        say(ledger, errno);
        sw_book_close(ledger->book);
        ledger->book = NULL;
    }
    if (taken > 0)
        memmove(ledger->work.bytes, ledger->work.bytes + taken, length - taken);
    ledger->work.length -= taken;
    return good;
}

/* Waits for lines and until they are due, with the lock held. False: there are none, and no more will come. */
static bool await(struct sw_ledger *ledger)
{
    while (!ledger->stop && ledger->waiting.length == 0 && ledger->work.length == 0)
        sw_condition_wait(&ledger->condition, &ledger->lock);
    while (!ledger->stop && sw_condition_wait_until(&ledger->condition, &ledger->lock, ledger->due))
        continue;
    return ledger->waiting.length > 0 || ledger->work.length > 0;
}

/* With the lock held: what waits joins what is left, as far as there is room. */
static void take_over(struct sw_ledger *ledger)
{
    struct sw_buffer *work = &ledger->work, *waiting = &ledger->waiting;
    size_t room = work->maximum - work->length, fits = waiting->length;
    while (fits > 0 && (fits > room || waiting->bytes[fits - 1] != '\n'))
        fits--;
    for (size_t i = fits; i < waiting->length; i++)
        ledger->lost += waiting->bytes[i] == '\n';
    sw_buffer_add(work, waiting->bytes, fits);
    sw_buffer_clear(waiting);
}

static void run(void *context)
{
    struct sw_ledger *ledger = context;
    (void)!write_out(ledger, 0); /* what a crash has left is put right, and a folder that cannot be written is said at once */
    sw_mutex_lock(&ledger->lock);
    while (await(ledger)) {
        take_over(ledger);
        sw_instant newest = ledger->newest;
        bool last = ledger->stop;
        sw_mutex_unlock(&ledger->lock);
        bool good = write_out(ledger, newest);
        sw_mutex_lock(&ledger->lock);
        if (good && ledger->faulty) {
            sw_log(SW_LOG_NOTICE, "ledger", "%s: what plays is written down again; %llu records are lost", ledger->folder,
                   (unsigned long long)ledger->lost);
            ledger->faulty = false;
            ledger->lost = 0;
        }
        if (!good)
            ledger->due = ledger->latest + ledger->retry;
        if (last)
            break;
    }
    sw_mutex_unlock(&ledger->lock);
    sw_book_close(ledger->book);
}

/* -- the outside -- */

static void finish(struct sw_ledger *ledger)
{
    sw_buffer_finish(&ledger->work);
    sw_buffer_finish(&ledger->waiting);
    sw_condition_finish(&ledger->condition);
    sw_mutex_finish(&ledger->lock);
    free(ledger->folder);
    free(ledger);
}

struct sw_ledger *sw_ledger_create(const struct sw_ledger_options *options)
{
    struct sw_ledger *ledger = sw_alloc(sizeof *ledger);
    *ledger = (struct sw_ledger){.folder = sw_strdup(options->folder),
                                 .limits = options->limits,
                                 .gather = options->gather > 0 ? options->gather : GATHER,
                                 .retry = options->retry > 0 ? options->retry : RETRY};
    sw_buffer_init(&ledger->work, WAITING_MAX);
    sw_buffer_init(&ledger->waiting, WAITING_MAX);
    sw_mutex_init(&ledger->lock);
    sw_condition_init(&ledger->condition);
    if (sw_thread_start(&ledger->thread, "ledger", run, ledger))
        return ledger;
    sw_log(SW_LOG_ERROR, "ledger", "cannot start: what plays is not written down");
    finish(ledger);
    return NULL;
}

void sw_ledger_destroy(struct sw_ledger *ledger)
{
    if (ledger == NULL)
        return;
    sw_mutex_lock(&ledger->lock);
    ledger->stop = true;
    sw_condition_signal(&ledger->condition);
    sw_mutex_unlock(&ledger->lock);
    sw_thread_join(&ledger->thread);
    finish(ledger);
}

void sw_ledger_add(struct sw_ledger *ledger, const struct sw_play *play, sw_tick now)
{
    char line[SW_PLAY_LINE_MAX];
    size_t length = sw_play_write(play, line);
    sw_mutex_lock(&ledger->lock);
    bool first = ledger->waiting.length == 0;
    if (length <= ledger->waiting.maximum - ledger->waiting.length)
        sw_buffer_add(&ledger->waiting, line, length);
    else
        ledger->lost++;
    ledger->latest = now;
    ledger->newest = play->until > ledger->newest ? play->until : ledger->newest;
    if (first && ledger->due < now) /* not where a retry is to come later */
        ledger->due = now + ledger->gather;
    if (first)
        sw_condition_signal(&ledger->condition);
    sw_mutex_unlock(&ledger->lock);
}
