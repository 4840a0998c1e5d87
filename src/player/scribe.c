/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/scribe.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/thread.h"

#define RETRY (30 * SW_SECOND)

struct sw_scribe {
    /* constant after init */
    char *path;
    struct sw_thread thread;
    /* scribe thread only */
    bool faulty; /* which was said */
    /* guarded by lock */
    struct sw_mutex lock;
    struct sw_condition condition; /* there is a text, or stop */
    char *text;                    /* the newest that is not on the disk; NULL: none */
    size_t length;
    bool stop;
};

/* -- the thread -- */

static bool write_out(struct sw_scribe *scribe, const char *text, size_t length)
{
    bool good = sw_file_write_atomic(scribe->path, text, length);
    if (!good && !scribe->faulty)
        sw_log(SW_LOG_ERROR, "scribe", "%s cannot be written at present: %s", scribe->path, strerror(errno));
    if (good && scribe->faulty)
        sw_log(SW_LOG_NOTICE, "scribe", "%s is written again", scribe->path);
    scribe->faulty = !good;
    return good;
}

/* With the lock held: what could not be written is tried again later, unless there is a newer one. */
static void keep(struct sw_scribe *scribe, char *text, size_t length)
{
    if (scribe->text == NULL) {
        scribe->text = text;
        scribe->length = length;
    } else {
        free(text);
    }
    sw_tick until = sw_tick_now() + RETRY;
    while (!scribe->stop && sw_condition_wait_until(&scribe->condition, &scribe->lock, until))
        continue;
}

static void run(void *context)
{
    struct sw_scribe *scribe = context;
    sw_mutex_lock(&scribe->lock);
    for (;;) {
        while (!scribe->stop && scribe->text == NULL)
            sw_condition_wait(&scribe->condition, &scribe->lock);
        char *text = scribe->text;
        size_t length = scribe->length;
        bool last = scribe->stop;
        scribe->text = NULL;
        sw_mutex_unlock(&scribe->lock);
        bool good = text == NULL || write_out(scribe, text, length);
        sw_mutex_lock(&scribe->lock);
        if (good || last)
            free(text);
        else
            keep(scribe, text, length);
        if (last)
            break;
    }
    sw_mutex_unlock(&scribe->lock);
}

/* -- the outside -- */

static void finish(struct sw_scribe *scribe)
{
    sw_condition_finish(&scribe->condition);
    sw_mutex_finish(&scribe->lock);
    free(scribe->text);
    free(scribe->path);
    free(scribe);
}

struct sw_scribe *sw_scribe_create(const char *path)
{
    struct sw_scribe *scribe = sw_alloc(sizeof *scribe);
    *scribe = (struct sw_scribe){.path = sw_strdup(path)};
    sw_mutex_init(&scribe->lock);
    sw_condition_init(&scribe->condition);
    if (sw_thread_start(&scribe->thread, "scribe", run, scribe))
        return scribe;
    sw_log(SW_LOG_ERROR, "scribe", "cannot start: %s is not written", path);
    finish(scribe);
    return NULL;
}

void sw_scribe_destroy(struct sw_scribe *scribe)
{
    if (scribe == NULL)
        return;
    sw_mutex_lock(&scribe->lock);
    scribe->stop = true;
    sw_condition_signal(&scribe->condition);
    sw_mutex_unlock(&scribe->lock);
    sw_thread_join(&scribe->thread);
    finish(scribe);
}

void sw_scribe_write(struct sw_scribe *scribe, const char *text, size_t length)
{
    char *copy = sw_alloc(length + 1);
    memcpy(copy, text, length);
    sw_mutex_lock(&scribe->lock);
    char *old = scribe->text;
    scribe->text = copy;
    scribe->length = length;
    sw_condition_signal(&scribe->condition);
    sw_mutex_unlock(&scribe->lock);
    free(old);
}
