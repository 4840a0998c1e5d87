/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/workshop/saves.h"

#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/thread.h"
#include "base/tree_watch.h"
#include "player/waker.h"

struct sw_saves {
    /* constant after init */
    struct sw_waker *waker;
    char *folder;
    int bell; /* eventfd: stop */
    struct sw_thread thread;
    /* the thread's alone */
    struct sw_tree_watch *watch;
    /* guarded by lock */
    struct sw_mutex lock;
    unsigned kinds;
    bool busy, stop;
};

/* -- names -- */

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name), tail = strlen(ending);
    return length > tail && strcasecmp(name + length - tail, ending) == 0;
}

/* "a.json~", "#a.json#", "4913" (vim's look whether it may write), swap and half-fetched files. */
static bool is_beside(const char *name)
{
    static const char *const endings[] = {"~", ".swp", ".swo", ".swx", ".tmp", ".bak", ".part", ".crdownload"};
    size_t length = strlen(name);
    bool beside = name[0] == '#' && name[length - 1] == '#';
    for (size_t i = 0; i < SW_COUNT(endings) && !beside; i++)
        beside = ends_in(name, endings[i]);
    return beside || strspn(name, "0123456789") == length;
}

unsigned sw_saved_kind(const char *name)
{
    static const struct {
        const char *ending;
        unsigned kind;
    } kinds[] = {{".png", SW_SAVED_PICTURES}, {".jpg", SW_SAVED_PICTURES}, {".jpeg", SW_SAVED_PICTURES}, {".webp", SW_SAVED_PICTURES},
                 {".svg", SW_SAVED_PICTURES}, {".mp4", SW_SAVED_CLIPS},    {".m4v", SW_SAVED_CLIPS},     {".mov", SW_SAVED_CLIPS},
                 {".mkv", SW_SAVED_CLIPS},    {".webm", SW_SAVED_CLIPS},   {".json", SW_SAVED_DOCUMENTS}, {".csv", 0},
                 {".pb", 0},                  {".md", 0},                  {".txt", 0}};
    if (name[0] == '\0' || is_beside(name))
        return 0;
    for (size_t i = 0; i < SW_COUNT(kinds); i++)
        if (ends_in(name, kinds[i].ending))
            return kinds[i].kind;
    return SW_SAVED_OTHER;
}

/* -- the thread -- */

static void wait_until(const struct sw_saves *saves, sw_tick due)
{
    struct pollfd fds[] = {{.fd = saves->bell, .events = POLLIN}, {.fd = sw_tree_watch_end(saves->watch), .events = POLLIN}};
    sw_tick left = due == SW_NEVER ? SW_NEVER : due - sw_tick_now();
    int ms = left == SW_NEVER ? -1 : left <= 0 ? 0 : (int)((left + SW_MS - 1) / SW_MS);
    (void)poll(fds, SW_COUNT(fds), ms);
}

static void run(void *context)
{
    struct sw_saves *saves = context;
    bool stop = false;
    saves->watch = sw_tree_watch_create(saves->folder, sw_saved_kind, 0);
    while (!stop) {
        sw_tick due = sw_tree_watch_step(saves->watch, sw_tick_now());
        unsigned kinds = sw_tree_watch_take(saves->watch, sw_tick_now());
        sw_mutex_lock(&saves->lock);
        saves->kinds |= kinds;
        saves->busy = sw_tree_watch_busy(saves->watch) || (kinds == 0 && sw_tree_watch_pending(saves->watch));
        stop = saves->stop;
        sw_mutex_unlock(&saves->lock);
        if (kinds != 0)
            sw_waker_post(saves->waker);
        else if (!stop)
            wait_until(saves, due);
    }
    sw_tree_watch_destroy(saves->watch);
}

struct sw_saves *sw_saves_create(const char *folder, struct sw_waker *waker)
{
    struct sw_saves *saves = sw_alloc(sizeof *saves);
    saves->waker = waker;
    sw_mutex_init(&saves->lock);
    saves->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    saves->folder = sw_strdup(folder);
    if (saves->bell >= 0 && sw_thread_start(&saves->thread, "saves", run, saves))
        return saves;
    sw_log(SW_LOG_ERROR, "player", "cannot watch %s: what is saved is not shown by itself", folder);
    sw_saves_destroy(saves);
    return NULL;
}

void sw_saves_destroy(struct sw_saves *saves)
{
    uint64_t one = 1;
    if (saves == NULL)
        return;
    sw_mutex_lock(&saves->lock);
    saves->stop = true;
    sw_mutex_unlock(&saves->lock);
    if (saves->bell >= 0)
        (void)!write(saves->bell, &one, sizeof one);
    sw_thread_join(&saves->thread);
    if (saves->bell >= 0)
        close(saves->bell);
    sw_mutex_finish(&saves->lock);
    free(saves->folder);
    free(saves);
}

unsigned sw_saves_take(struct sw_saves *saves)
{
    sw_mutex_lock(&saves->lock);
    unsigned kinds = saves->kinds;
    saves->kinds = 0;
    sw_mutex_unlock(&saves->lock);
    return kinds;
}

bool sw_saves_busy(struct sw_saves *saves)
{
    sw_mutex_lock(&saves->lock);
    bool busy = saves->busy || saves->kinds != 0;
    sw_mutex_unlock(&saves->lock);
    return busy;
}
