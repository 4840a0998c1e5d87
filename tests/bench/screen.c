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
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PAUSE_NS = 300000, HEADER_WORDS = 25, SEEN_MAX = 1 << 20, GRACE_MS = 3000 };

struct screen {
    const uint8_t *pixels; /* blue, green, red, unused */
    size_t line;
    int width, height;
};
struct seen {
    int64_t us;
    uint64_t what;
};

static void fail(const char *what)
{
    fprintf(stderr, "bench-screen: %s\n", what);
    exit(2);
}

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void pause_briefly(void)
{
    struct timespec pause = {.tv_nsec = PAUSE_NS};
    nanosleep(&pause, NULL);
}

static uint32_t word(const uint8_t *header, int index)
{
    const uint8_t *at = header + 4 * index;
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* An X window dump: header, colours of 12 bytes, pixels. */
static struct screen open_screen(const char *path)
{
    int file = open(path, O_RDONLY);
    struct stat facts;
    if (file < 0 || fstat(file, &facts) != 0 || facts.st_size < 4 * HEADER_WORDS)
        fail("the screen's file cannot be read");
    const uint8_t *bytes = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_SHARED, file, 0);
    if (bytes == MAP_FAILED || word(bytes, 11) != 32)
        fail("the screen's file is of another kind");
    close(file);
    const uint8_t *pixels = bytes + word(bytes, 0) + 12 * (size_t)word(bytes, 19);
    return (struct screen){pixels, word(bytes, 12), (int)word(bytes, 4), (int)word(bytes, 5)};
}

static const uint8_t *pixel(const struct screen *screen, int x, int y)
{
    if (x < 0 || y < 0 || x >= screen->width || y >= screen->height)
        fail("not on the screen");
    return screen->pixels + screen->line * (size_t)y + 4 * (size_t)x;
}

/* -- codes, changes -- */

static uint64_t read_code(const struct screen *screen, const long *where)
{
    uint64_t gray = 0, number = 0;
    for (long i = 0; i < where[2]; i++)
        gray |= (uint64_t)(pixel(screen, (int)(where[0] + i * where[3] + where[3] / 2), (int)where[1])[1] >> 7) << i;
    for (; gray != 0; gray >>= 1)
        number ^= gray;
    return number;
}

static uint64_t read_row(const struct screen *screen, const long *where)
{
    uint64_t hash = 1469598103934665603u;
    const uint8_t *row = pixel(screen, (int)where[0], (int)where[1]), *last = pixel(screen, (int)(where[0] + where[2] - 1), (int)where[1]);
    for (; row <= last; row += 4) {
        uint32_t value;
        memcpy(&value, row, sizeof value);
        hash = (hash ^ (value & 0xffffff)) * 1099511628211u;
    }
    return hash;
}

static void watch(const struct screen *screen, uint64_t (*look)(const struct screen *, const long *), const long *where, double seconds,
                  bool tell_what)
{
    struct seen *seen = calloc(SEEN_MAX, sizeof *seen);
    if (seen == NULL)
        fail("no memory");
    size_t count = 0;
    uint64_t before = look(screen, where), accepted = before;
    int64_t since = now_us(), end = since + (int64_t)(seconds * 1e6);
    while (now_us() < end && count < SEEN_MAX) {
        pause_briefly();
        uint64_t what = look(screen, where);
        if (what != before)
            since = now_us();
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
    for (int64_t end = now_us() + GRACE_MS * 1000; now_us() < end && waitpid(group, NULL, WNOHANG) == 0;)
        pause_briefly();
    kill(-group, SIGKILL);
    while (waitpid(-group, NULL, 0) > 0)
        continue;
}

static void first(const struct screen *screen, char **arguments)
{
    const uint8_t *place = pixel(screen, (int)strtol(arguments[0], NULL, 10), (int)strtol(arguments[1], NULL, 10));
    uint32_t rgb = (uint32_t)strtoul(arguments[2], NULL, 16);
    int tolerance = (int)strtol(arguments[3], NULL, 10);
    if (near_colour(place, rgb, tolerance))
        fail("the pixel has that colour already");
    int64_t began = now_us(), end = began + (int64_t)(strtod(arguments[4], NULL) * 1e6), now = began;
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
        pause_briefly();
        there = near_colour(place, rgb, tolerance);
        now = now_us();
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
        fail("bench-screen FILE codes|changes|first ...");
    struct screen screen = open_screen(argv[1]);
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
        fail("bench-screen FILE codes X Y CELLS CELL SECONDS | changes X Y WIDTH SECONDS | first X Y RRGGBB TOLERANCE SECONDS PROGRAM ...");
    return 0;
}
