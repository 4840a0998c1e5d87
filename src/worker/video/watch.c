/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/video/watch.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <string.h>

#include "base/log.h"
#include "worker/video/times.h"

#define OURS __attribute__((visibility("default")))

typedef void sw_put(void *vout, void *picture);
typedef void sw_copy(void *to, const void *from);
typedef void *sw_hold(void *picture);
typedef void sw_release(void *picture);

/* libvlc's calls come with nothing that leads to us: these are the only place where they can find us. */
static _Atomic(struct sw_watch *) watching;
static struct {
    sw_put *put;
    sw_copy *copy;
    sw_hold *hold;
    sw_release *release;
} core; /* constant after prepare */

int64_t decoder_GetDisplayDate(void *decoder, int64_t timestamp);
sw_put vout_PutPicture;
sw_copy picture_CopyPixels;

/* Timestamps count from 1 (VLC_TS_0); 0, as an answer too, is none (VLC_TS_INVALID). */
OURS int64_t decoder_GetDisplayDate(void *decoder, int64_t timestamp)
{
    struct sw_watch *watch = atomic_load(&watching);
    (void)decoder;
    if (watch != NULL) {
        sw_mutex_lock(&watch->lock);
        watch->timestamp = timestamp > 0 ? timestamp - 1 : SW_TIME_UNKNOWN;
        sw_mutex_unlock(&watch->lock);
    }
    return 0;
}

OURS void vout_PutPicture(void *vout, void *picture)
{
    struct sw_watch *watch = atomic_load(&watching);
    if (watch != NULL) {
        sw_mutex_lock(&watch->lock);
        watch->count++;
        watch->last[watch->count % SW_WATCHED_MAX] = (struct sw_watched){picture, watch->count, watch->timestamp};
        watch->timestamp = SW_TIME_UNKNOWN;
        sw_mutex_unlock(&watch->lock);
    }
    core.put(vout, picture);
}

static int64_t find(const struct sw_watch *watch, const void *picture)
{
    for (int64_t number = watch->count; number > 0 && number > watch->count - SW_WATCHED_MAX; number--)
        if (watch->last[number % SW_WATCHED_MAX].picture == picture)
            return number;
    return 0;
}

/* A copy that was not made will not be wanted any more. */
static void let_go(struct sw_watch *watch)
{
    if (watch->held != NULL)
        core.release(watch->held);
    watch->held = NULL;
    watch->copied_to = NULL;
}

/* What is drawn is copied twice, by the output's thread: to a picture of the output, then from that to where we want it. Once that is known
 * of a clip, the first copy is not made, and the second one is made of what the first one would have been of, which is held meanwhile. */
OURS void picture_CopyPixels(void *to, const void *from)
{
    struct sw_watch *watch = atomic_load(&watching);
    if (watch == NULL) {
        core.copy(to, from);
        return;
    }
    if (from == watch->copied_to) {
        core.copy(to, watch->held != NULL ? watch->held : from);
        watch->twice = true;
        let_go(watch);
        return;
    }
    sw_mutex_lock(&watch->lock);
    int64_t number = find(watch, from);
    watch->drawn = number > 0 ? number : watch->drawn;
    sw_mutex_unlock(&watch->lock);
    let_go(watch);
    watch->copied_to = to;
    if (number > 0 && watch->twice)
        watch->held = core.hold((void *)(uintptr_t)from);
    else
        core.copy(to, from);
}

bool sw_watch_prepare(void)
{
    void *library = dlopen("libvlccore.so.9", RTLD_LAZY);
    void *put = library != NULL ? dlsym(library, "vout_PutPicture") : NULL;
    void *copy = library != NULL ? dlsym(library, "picture_CopyPixels") : NULL;
    void *hold = library != NULL ? dlsym(library, "picture_Hold") : NULL;
    void *release = library != NULL ? dlsym(library, "picture_Release") : NULL;
    if (put == NULL || copy == NULL || hold == NULL || release == NULL) {
        sw_log(SW_LOG_ERROR, "watch", "this is not the libvlc that we know");
        return false;
    }
    memcpy(&core.put, &put, sizeof put);
    memcpy(&core.copy, &copy, sizeof copy);
    memcpy(&core.hold, &hold, sizeof hold);
    memcpy(&core.release, &release, sizeof release);
    return true;
}

void sw_watch_begin(struct sw_watch *watch)
{
    memset(watch, 0, sizeof *watch);
    watch->timestamp = SW_TIME_UNKNOWN;
    sw_mutex_init(&watch->lock);
    atomic_store(&watching, watch);
}

void sw_watch_end(struct sw_watch *watch)
{
    atomic_store(&watching, NULL);
    let_go(watch);
    sw_mutex_finish(&watch->lock);
}

int64_t sw_watch_look(struct sw_watch *watch, int64_t *drawn)
{
    sw_mutex_lock(&watch->lock);
    int64_t count = watch->count;
    *drawn = watch->drawn;
    watch->drawn = 0;
    sw_mutex_unlock(&watch->lock);
    let_go(watch);
    return count;
}

int64_t sw_watch_timestamp(struct sw_watch *watch, int64_t number)
{
    sw_mutex_lock(&watch->lock);
    const struct sw_watched *one = &watch->last[number % SW_WATCHED_MAX];
    int64_t timestamp = one->number == number ? one->timestamp : SW_TIME_UNKNOWN;
    sw_mutex_unlock(&watch->lock);
    return timestamp;
}
