/* SPDX-License-Identifier: EUPL-1.2 */
/* Watches Xvfb's screen through the file that it keeps it in (-fbdir), which costs the server nothing:
 *
 *   bench-screen FILE codes X Y CELLS CELL SECONDS
 *       a number in Gray code, one cell of CELL pixels a bit, lowest bit first, white is 1: "MICROSECONDS NUMBER" at each change
 *   bench-screen FILE changes X Y WIDTH SECONDS
 *       "MICROSECONDS" whenever anything in these pixels of one row has changed
 *   bench-screen FILE first X Y RRGGBB TOLERANCE SECONDS PROGRAM ARGUMENT...
 *       starts the program and says after how many milliseconds the pixel had that colour, or "late"; ends the program and its children
 *
 * The screen is looked at every 0.3 ms, and what was seen counts when it was seen twice. */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "framebuffer.h"

enum { SEEN_MAX = 1 << 20, GRACE_MS = 3000 };

struct seen {
    int64_t us;
    uint64_t what;
};

/* -- codes, changes -- */

static uint64_t read_code(const struct framebuffer *screen, const long *where)
{
    uint64_t gray = 0, number = 0;
    for (long i = 0; i < where[2]; i++)
        gray |= (uint64_t)(framebuffer_pixel(screen, (int)(where[0] + i * where[3] + where[3] / 2), (int)where[1])[1] >> 7) << i;
    for (; gray != 0; gray >>= 1)
        number ^= gray;
    return number;
}

static uint64_t read_row(const struct framebuffer *screen, const long *where)
{
    uint64_t hash = 1469598103934665603u;
    const uint8_t *row = framebuffer_pixel(screen, (int)where[0], (int)where[1]);
    const uint8_t *last = framebuffer_pixel(screen, (int)(where[0] + where[2] - 1), (int)where[1]);
    for (; row <= last; row += 4) {
        uint32_t value;
        memcpy(&value, row, sizeof value);
        hash = (hash ^ (value & 0xffffff)) * 1099511628211u;
    }
    return hash;
}

static void watch(const struct framebuffer *screen, uint64_t (*look)(const struct framebuffer *, const long *), const long *where,
                  double seconds, bool tell_what)
{
    struct seen *seen = calloc(SEEN_MAX, sizeof *seen);
    if (seen == NULL)
        framebuffer_fail("no memory");
    size_t count = 0;
    uint64_t before = look(screen, where), accepted = before;
    int64_t since = framebuffer_now_us(), end = since + (int64_t)(seconds * 1e6);
    while (framebuffer_now_us() < end && count < SEEN_MAX) {
        framebuffer_pause();
        uint64_t what = look(screen, where);
        if (what != before)
            since = framebuffer_now_us();
        else if (what != accepted)
            seen[count++] = (struct seen){since, accepted = what};
        before = what;
    }
    for (size_t i = 0; i < count; i++)
        if (tell_what)
            printf("%lld %llu\n", (long long)seen[i].us, (unsigned long long)seen[i].what);
        else
            printf("%lld\n", (long long)seen[i].us);
    free(seen);
}

/* -- first -- */

static bool near_colour(const uint8_t *bgr, uint32_t rgb, int tolerance)
{
    for (int i = 0; i < 3; i++)
        if (abs(bgr[i] - (int)(rgb >> 8 * i & 255)) > tolerance)
            return false;
    return true;
}

static void end_group(pid_t group)
{
    kill(-group, SIGTERM);
    for (int64_t end = framebuffer_now_us() + GRACE_MS * 1000; framebuffer_now_us() < end && waitpid(group, NULL, WNOHANG) == 0;)
        framebuffer_pause();
    kill(-group, SIGKILL);
    while (waitpid(-group, NULL, 0) > 0)
        continue;
}

static void first(const struct framebuffer *screen, char **arguments)
{
    const uint8_t *place = framebuffer_pixel(screen, (int)strtol(arguments[0], NULL, 10), (int)strtol(arguments[1], NULL, 10));
    uint32_t rgb = (uint32_t)strtoul(arguments[2], NULL, 16);
    int tolerance = (int)strtol(arguments[3], NULL, 10);
    if (near_colour(place, rgb, tolerance))
        framebuffer_fail("the pixel has that colour already");
    int64_t began = framebuffer_now_us(), end = began + (int64_t)(strtod(arguments[4], NULL) * 1e6), now = began;
    pid_t child = fork();
    if (child == 0) {
        setsid();
        int null = open("/dev/null", O_RDWR);
        for (int i = 0; i < 3 && null >= 0; i++)
            dup2(null, i);
        execvp(arguments[5], arguments + 5);
        _exit(127);
    }
    bool there = false;
    while (!there && now < end) {
        framebuffer_pause();
        there = near_colour(place, rgb, tolerance);
        now = framebuffer_now_us();
    }
    if (there)
        printf("%.3f\n", (double)(now - began) / 1000);
    else
        printf("late\n");
    fflush(stdout);
    end_group(child);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        framebuffer_fail("bench-screen FILE codes|changes|first ...");
    struct framebuffer screen = framebuffer_open(argv[1]);
    long where[4] = {0};
    for (int i = 0; i < 4 && i + 3 < argc; i++)
        where[i] = strtol(argv[i + 3], NULL, 10);
    if (strcmp(argv[2], "codes") == 0 && argc == 8)
        watch(&screen, read_code, where, strtod(argv[7], NULL), true);
    else if (strcmp(argv[2], "changes") == 0 && argc == 7)
        watch(&screen, read_row, where, strtod(argv[6], NULL), false);
    else if (strcmp(argv[2], "first") == 0 && argc >= 9)
        first(&screen, argv + 3);
    else
        framebuffer_fail("bench-screen FILE codes X Y CELLS CELL SECONDS | changes X Y WIDTH SECONDS |"
                         " first X Y RRGGBB TOLERANCE SECONDS PROGRAM ...");
    return 0;
}
