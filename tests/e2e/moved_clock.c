/* SPDX-License-Identifier: EUPL-1.2 */
/* Preloaded: a machine whose clock is wrong, or runs fast. The civil clock is what the file that SW_MOVED_CLOCK names says, three numbers
 * of eight bytes: `instant` (microseconds since 1970) at `tick` (of the monotonic clock), and how many times as fast it runs. The test may
 * change them meanwhile. The monotonic clock is left as it is; but where the civil one runs fast nobody sleeps long, as what is due by it
 * comes sooner than sleepers can know. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define NAP_MS 20

struct moved {
    int64_t instant, tick, speed;
};

static const volatile struct moved *moved; /* of the process' life: an interposed function has no other place */

/* Before the fence is raised. */
__attribute__((constructor)) static void open_clock(void)
{
    const char *path = getenv("SW_MOVED_CLOCK");
    int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    const void *memory = fd >= 0 ? mmap(NULL, sizeof *moved, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
    if (memory == MAP_FAILED)
        abort();
    moved = memory;
    (void)close(fd);
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    int (*own)(clockid_t, struct timespec *) = NULL;
    void *symbol = dlsym(RTLD_NEXT, "clock_gettime");
    memcpy(&own, &symbol, sizeof own);
    bool civil = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
    int result = own(civil ? CLOCK_MONOTONIC : clock, time);
    if (!civil || result != 0 || moved == NULL)
        return result;
    int64_t now = ((int64_t)time->tv_sec * 1000000 + time->tv_nsec / 1000 - moved->tick) * moved->speed + moved->instant;
    int64_t part = (now % 1000000 + 1000000) % 1000000;
    *time = (struct timespec){.tv_sec = (time_t)((now - part) / 1000000), .tv_nsec = (long)part * 1000};
    return 0;
}

int SDL_WaitEventTimeout(void *event, int timeout_ms);

int SDL_WaitEventTimeout(void *event, int timeout_ms)
{
    int (*own)(void *, int) = NULL;
    void *symbol = dlsym(RTLD_NEXT, "SDL_WaitEventTimeout");
    memcpy(&own, &symbol, sizeof own);
    bool fast = moved->speed > 1 && timeout_ms > NAP_MS;
    return own(event, fast ? NAP_MS : timeout_ms);
}

time_t time(time_t *out)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (out != NULL)
        *out = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    *out = (struct timeval){.tv_sec = now.tv_sec, .tv_usec = (suseconds_t)(now.tv_nsec / 1000)};
    return 0;
}
