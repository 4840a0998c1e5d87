/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/footage.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/thread.h"

#define KNOWN_MAX 4096 /* states of files; then all are forgotten */
#define WALL_US (3 * SW_SECOND)
#define WAIT_US SW_MINUTE

/* A file as it was. */
struct stamp {
    dev_t device;
    ino_t number;
    off_t size;
    struct timespec changed;
};

struct known {
    struct stamp stamp;
    struct sw_probed probed;
};

struct sw_footage {
    struct sw_cinema *cinema; /* constant after init */
    /* guarded by lock */
    struct sw_mutex lock;
    struct known *known;
    size_t count, capacity;
};

struct sw_footage *sw_footage_create(struct sw_cinema *cinema)
{
    struct sw_footage *footage = sw_alloc(sizeof *footage);
    footage->cinema = cinema;
    sw_mutex_init(&footage->lock);
    return footage;
}

void sw_footage_destroy(struct sw_footage *footage)
{
    if (footage == NULL)
        return;
    sw_mutex_finish(&footage->lock);
    free(footage->known);
    free(footage);
}

static bool stamp_of(const struct sw_root *root, const char *path, struct stamp *stamp)
{
    struct stat info;
    int fd;
    if (sw_root_open(root, path, &fd) != SW_FILE_OK)
        return false;
    bool read = fstat(fd, &info) == 0;
    (void)close(fd);
    if (read)
        *stamp = (struct stamp){info.st_dev, info.st_ino, info.st_size, info.st_mtim};
    return read;
}

static bool is_same(const struct stamp *a, const struct stamp *b)
{
    return a->device == b->device && a->number == b->number && a->size == b->size && a->changed.tv_sec == b->changed.tv_sec &&
           a->changed.tv_nsec == b->changed.tv_nsec;
}

static bool recall(struct sw_footage *footage, const struct stamp *stamp, struct sw_probed *out)
{
    bool found = false;
    sw_mutex_lock(&footage->lock);
    for (size_t i = 0; i < footage->count && !found; i++) {
        found = is_same(&footage->known[i].stamp, stamp);
        if (found)
            *out = footage->known[i].probed;
    }
    sw_mutex_unlock(&footage->lock);
    return found;
}

static void keep(struct sw_footage *footage, const struct stamp *stamp, const struct sw_probed *probed)
{
    sw_mutex_lock(&footage->lock);
    if (footage->count == KNOWN_MAX)
        footage->count = 0;
    footage->known = sw_grow(footage->known, &footage->capacity, footage->count + 1, sizeof *footage->known);
    footage->known[footage->count++] = (struct known){*stamp, *probed};
    sw_mutex_unlock(&footage->lock);
}

bool sw_footage_probe(struct sw_footage *footage, const struct sw_root *root, const char *path, sw_tick deadline, struct sw_probed *out)
{
    struct stamp stamp;
    bool stamped = stamp_of(root, path, &stamp);
    if (stamped && recall(footage, &stamp, out))
        return true;
    bool answered = sw_cinema_probe(footage->cinema, root, path, deadline, out);
    if (answered && stamped)
        keep(footage, &stamp, out);
    return answered;
}

static void tell(struct sw_footage_lengths *lent, const char *path, const char *why)
{
    bool told = lent->told != NULL && strcmp(lent->told, path) == 0;
    if (lent->wall && !told)
        sw_log(SW_LOG_WARNING, "player", "%s %s; what stays as long as it does stays for the default", path, why);
    lent->told = path;
}

static int64_t length_of(void *context, const struct sw_root *root, const char *path)
{
    struct sw_footage_lengths *lent = context;
    const struct sw_clip_fact *fact = lent->facts != NULL ? sw_clip_facts_find(lent->facts, path) : NULL;
    struct sw_probed probed = {.fault = ""};
    if (fact != NULL)
        return fact->length;
    if (lent->until == 0)
        lent->until = sw_tick_now() + (lent->wall ? WALL_US : WAIT_US);
    if (!sw_footage_probe(lent->footage, root, path, lent->until, &probed) || !probed.usable)
        tell(lent, path, probed.fault);
    else if (probed.clip.length == 0)
        tell(lent, path, "does not say how long it is");
    return probed.usable ? probed.clip.length : 0;
}

void sw_footage_lend(struct sw_footage *footage, const struct sw_clip_facts *facts, bool wall, struct sw_footage_lengths *out)
{
    *out = (struct sw_footage_lengths){.lengths = {.of = length_of, .context = out}, .footage = footage, .facts = facts, .wall = wall};
}
