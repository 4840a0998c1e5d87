/* SPDX-License-Identifier: EUPL-1.2 */
/* Watches marked clips (marks.py) on Xvfb's screen, and says what is to be seen whenever that is something else:
 *
 *   clip-watch FILE SECONDS RRGGBB,RRGGBB,... X,Y,CELL...
 *
 * FILE: Xvfb's framebuffer. The colours are those of the clips, in the order of their numbers. Each X,Y,CELL is an eye: a row of 16 cells,
 * CELL pixels wide (a decimal number), that begins at X of the screen, is read along the one line Y. Lines come at once:
 *
 *   EYE MICROSECONDS CLIP FRAME
 *   EYE MICROSECONDS BLACK
 *   EYE MICROSECONDS UNKNOWN RRGGBB      the colour where that of the clip should be
 *
 * The screen is looked at every 0.3 ms, and what was seen counts when it was seen twice; the time is that of the first. Ends after SECONDS
 * (0: never), when it is told to (SIGTERM), or when who has started it has ended. */
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "framebuffer.h"

enum { BITS = 12, CELLS = 16, EYES_MAX = 64, COLOURS_MAX = 64, OWN = BITS, WHITE = 14, BLACK = 15 };
enum { DARK_MAX = 24, LOW_MAX = 95, HIGH_MIN = 160, COLOUR_TOLERANCE = 36 };
enum kind { KIND_CLIP, KIND_BLACK, KIND_UNKNOWN };

struct sight {
    enum kind kind;
    uint32_t clip, what; /* number of the frame, or RRGGBB */
};
struct eye {
    int x[CELLS], y;
    struct sight before, told;
    int64_t since_us;
};
struct watch {
    struct framebuffer screen;
    uint32_t colours[COLOURS_MAX];
    int colour_count, eye_count;
    struct eye eyes[EYES_MAX];
};

static volatile sig_atomic_t ended;

static void end(int number)
{
    (void)number;
    ended = 1;
}

static bool same(struct sight a, struct sight b)
{
    return a.kind == b.kind && a.clip == b.clip && a.what == b.what;
}

static bool near_colour(uint32_t a, uint32_t b)
{
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 255) - (int)(b >> shift & 255)) > COLOUR_TOLERANCE)
            return false;
    return true;
}

static uint32_t rgb_of(const uint8_t *pixel)
{
    return (uint32_t)pixel[2] << 16 | (uint32_t)pixel[1] << 8 | pixel[0];
}

/* -1 dark, 1 bright, 0 neither. */
static int brightness(uint32_t rgb)
{
    int low = 255, high = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int channel = (int)(rgb >> shift & 255);
        low = channel < low ? channel : low;
        high = channel > high ? channel : high;
    }
    return high <= LOW_MAX ? -1 : low >= HIGH_MIN ? 1 : 0;
}

static bool all_black(const uint32_t *cells)
{
    for (int i = 0; i < CELLS; i++)
        if ((cells[i] >> 16) > DARK_MAX || (cells[i] >> 8 & 255) > DARK_MAX || (cells[i] & 255) > DARK_MAX)
            return false;
    return true;
}

static struct sight look(const struct watch *watch, const struct eye *eye)
{
    uint32_t cells[CELLS], gray = 0, number = 0;
    bool sound = true;
    for (int i = 0; i < CELLS; i++)
        cells[i] = rgb_of(framebuffer_pixel(&watch->screen, eye->x[i], eye->y));
    if (all_black(cells))
        return (struct sight){.kind = KIND_BLACK};
    for (int bit = 0; bit < BITS; bit++) {
        int bright = brightness(cells[bit]);
        sound = sound && bright != 0;
        gray |= (uint32_t)(bright > 0) << bit;
    }
    for (; gray != 0; gray >>= 1)
        number ^= gray;
    sound = sound && brightness(cells[WHITE]) > 0 && brightness(cells[BLACK]) < 0;
    for (int clip = 0; sound && clip < watch->colour_count; clip++)
        if (near_colour(cells[OWN], watch->colours[clip]) && near_colour(cells[OWN + 1], watch->colours[clip]))
            return (struct sight){KIND_CLIP, (uint32_t)clip, number};
    return (struct sight){KIND_UNKNOWN, 0, cells[OWN]};
}

static void tell(int eye, int64_t us, struct sight sight)
{
    if (sight.kind == KIND_CLIP)
        printf("%d %lld %u %u\n", eye, (long long)us, sight.clip, sight.what);
    else if (sight.kind == KIND_BLACK)
        printf("%d %lld BLACK\n", eye, (long long)us);
    else
        printf("%d %lld UNKNOWN %06X\n", eye, (long long)us, sight.what);
    fflush(stdout);
}

static void watch_eyes(struct watch *watch, double seconds)
{
    int64_t began = framebuffer_now_us();
    pid_t parent = getppid();
    for (int i = 0; i < watch->eye_count; i++) {
        struct eye *eye = &watch->eyes[i];
        eye->before = eye->told = look(watch, eye);
        tell(i, eye->since_us = began, eye->told);
    }
    while (!ended && getppid() == parent && (seconds <= 0 || framebuffer_now_us() - began < (int64_t)(seconds * 1e6))) {
        framebuffer_pause();
        for (int i = 0; i < watch->eye_count; i++) {
            struct eye *eye = &watch->eyes[i];
            struct sight sight = look(watch, eye);
            if (!same(sight, eye->before)) {
                eye->since_us = framebuffer_now_us();
                eye->before = sight;
            } else if (!same(sight, eye->told)) {
                tell(i, eye->since_us, eye->told = sight);
            }
        }
    }
}

static bool read_eye(struct eye *eye, const char *text)
{
    char *after = NULL;
    double x = strtod(text, &after), cell = 0;
    if (*after != ',')
        return false;
    eye->y = (int)strtol(after + 1, &after, 10);
    if (*after != ',')
        return false;
    cell = strtod(after + 1, &after);
    for (int i = 0; i < CELLS; i++)
        eye->x[i] = (int)(x + (i + 0.5) * cell);
    return *after == '\0' && cell > 0;
}

int main(int argc, char **argv)
{
    static struct watch watch;
    if (argc < 5 || argc - 4 > EYES_MAX)
        framebuffer_fail("clip-watch FILE SECONDS RRGGBB,RRGGBB,... X,Y,CELL...");
    watch.screen = framebuffer_open(argv[1]);
    for (const char *text = argv[3]; *text != '\0' && watch.colour_count < COLOURS_MAX;) {
        char *after = NULL;
        watch.colours[watch.colour_count++] = (uint32_t)strtoul(text, &after, 16);
        if (after == text || (*after != ',' && *after != '\0'))
            framebuffer_fail("colours are RRGGBB,RRGGBB,...");
        text = *after == ',' ? after + 1 : after;
    }
    for (; watch.eye_count < argc - 4; watch.eye_count++)
        if (!read_eye(&watch.eyes[watch.eye_count], argv[4 + watch.eye_count]))
            framebuffer_fail("an eye is X,Y,CELL");
    struct sigaction action = {.sa_handler = end};
    sigaction(SIGTERM, &action, NULL);
    watch_eyes(&watch, strtod(argv[2], NULL));
    return 0;
}
