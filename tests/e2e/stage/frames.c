/* SPDX-License-Identifier: EUPL-1.2 */
/* Watches a wall of the exhibition that changes.py makes, and judges every picture that it sees: frames PLAN CHANGES
 *
 * PLAN, lines: "zone X Y WIDTH SCENES GROUND", then one "scene ID COLOUR" for each of its scenes, in the order of its playlist; colours are
 * hexadecimal RRGGBB. Along the upper edge of a zone lie 12 cells of 32 pixels: 11 bits of the scene's id, white or black, lowest first,
 * and their parity; below them a picture of one colour, and below that the ground.
 *
 * Every few milliseconds thin strips of the screen are fetched from the server, which answers between two of its requests and never within
 * one. What two fetches in a row agree on is judged: a frame stays for several of them, half of one does not. While scenes cross-fade, the
 * cells say how far, and the picture must be just as far. Ends after CHANGES changes in all zones together, or at SIGTERM; the last line
 * says "frames N changes N black N stale N half N unread N skipped N", exit status 1 if any of black, stale, half and unread is not 0. */
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <X11/Xlib.h>
#include <X11/Xutil.h>

enum { CELLS = 12, CELL = 32, ZONES_MAX = 32, SCENES_MAX = 64, SAMPLES = CELLS + 3, PAUSE_NS = 3000000, TOLD_MAX = 20 };

struct colour {
    int part[3];
};
struct scene {
    unsigned id;
    struct colour picture;
};
struct zone {
    int x, y, width, scene_count;
    struct colour ground;
    struct scene scenes[SCENES_MAX];
    int current;                                     /* index; -1: nothing seen yet */
    struct colour samples[SAMPLES], judged[SAMPLES]; /* cells, picture above, picture below, ground */
    bool fresh;
};
struct watch {
    Display *display;
    struct zone zones[ZONES_MAX];
    int count, told;
    long frames, changes, black, stale, half, unread, skipped;
};

static void fail(const char *text)
{
    fprintf(stderr, "frames: %s\n", text);
    exit(2);
}

static struct colour colour_of(unsigned long rgb)
{
    return (struct colour){{(int)(rgb >> 16 & 255), (int)(rgb >> 8 & 255), (int)(rgb & 255)}};
}

static void read_plan(struct watch *watch, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[128];
    if (file == NULL)
        fail("the plan cannot be read");
    while (fgets(line, sizeof line, file) != NULL) {
        struct zone *zone = &watch->zones[watch->count == 0 ? 0 : watch->count - 1];
        unsigned id, rgb;
        if (strncmp(line, "zone", 4) == 0 && watch->count < ZONES_MAX) {
            zone = &watch->zones[watch->count++];
            int scenes;
            if (sscanf(line, "zone %d %d %d %d %x", &zone->x, &zone->y, &zone->width, &scenes, &rgb) != 5)
                fail(line);
            zone->ground = colour_of(rgb);
            zone->current = -1;
        } else if (sscanf(line, "scene %u %x", &id, &rgb) == 2 && watch->count > 0 && zone->scene_count < SCENES_MAX) {
            zone->scenes[zone->scene_count++] = (struct scene){id, colour_of(rgb)};
        } else {
            fail(line);
        }
    }
    fclose(file);
}

/* -- what a scene looks like -- */

static int bit_of(unsigned id, int cell)
{
    int parity = 0;
    if (cell < CELLS - 1)
        return (int)(id >> cell & 1);
    for (int i = 0; i < CELLS - 1; i++)
        parity ^= (int)(id >> i & 1);
    return parity;
}

static int part_of(const struct zone *zone, int scene, int sample, int part)
{
    if (sample < CELLS)
        return bit_of(zone->scenes[scene].id, sample) * 255;
    return sample < CELLS + 2 ? zone->scenes[scene].picture.part[part] : zone->ground.part[part];
}

/* Whether samples first .. end - 1 are a mixture of two scenes, `mix` of 1 being the second. */
static bool fits(const struct zone *zone, int a, int b, double mix, int first, int end, double slack)
{
    for (int i = first; i < end; i++)
        for (int part = 0; part < 3; part++) {
            double wanted = part_of(zone, a, i, part) * (1 - mix) + part_of(zone, b, i, part) * mix;
            double off = zone->samples[i].part[part] - wanted;
            if (off > slack || off < -slack)
                return false;
        }
    return true;
}

/* How far from a to b the cells are; false: not even that can be said. */
static bool measure(const struct zone *zone, int a, int b, double *mix)
{
    int count = 0;
    double sum = 0;
    for (int i = 0; i < CELLS; i++) {
        int from = part_of(zone, a, i, 0), to = part_of(zone, b, i, 0);
        if (from == to)
            continue;
        sum += (double)(zone->samples[i].part[0] - from) / (to - from);
        count++;
    }
    *mix = count > 0 ? sum / count : 0;
    return count > 0;
}

/* -- judging -- */

static void tell(struct watch *watch, const struct zone *zone, const char *what, int a, int b)
{
    if (watch->told++ >= TOLD_MAX)
        return;
    printf("%s: zone at %d,%d after scene %d (found %d, %d):", what, zone->x, zone->y, zone->current, a, b);
    for (int i = 0; i < SAMPLES; i++)
        printf(" %02x%02x%02x", (unsigned)zone->samples[i].part[0], (unsigned)zone->samples[i].part[1], (unsigned)zone->samples[i].part[2]);
    printf("\n");
}

static void arrive(struct watch *watch, struct zone *zone, int scene)
{
    int forward = zone->current < 0 ? 0 : (scene - zone->current + zone->scene_count) % zone->scene_count;
    if (forward > zone->scene_count / 2) {
        watch->stale++;
        tell(watch, zone, "stale", scene, -1);
    } else if (forward > 0) {
        watch->changes++;
        watch->skipped += forward - 1;
    }
    zone->current = scene;
}

static bool find(const struct zone *zone, int end, double slack, int *a, int *b)
{
    for (int i = 0; i < zone->scene_count; i++)
        if (fits(zone, i, i, 0, 0, end, slack)) {
            *a = *b = i;
            return true;
        }
    for (int step = 1; step < zone->scene_count; step++) /* the next one first */
        for (int k = 0; k < zone->scene_count; k++) {
            int i = ((zone->current < 0 ? 0 : zone->current) + k) % zone->scene_count, j = (i + step) % zone->scene_count;
            double mix;
            if (measure(zone, i, j, &mix) && mix > 0 && mix < 1 && fits(zone, i, j, mix, 0, end, slack)) {
                *a = i;
                *b = j;
                return true;
            }
        }
    return false;
}

static void judge(struct watch *watch, struct zone *zone)
{
    int a = -1, b = -1;
    static const struct colour none = {{0, 0, 0}};
    watch->frames++;
    if (memcmp(&zone->samples[SAMPLES - 1], &none, sizeof none) == 0 && memcmp(&zone->samples[CELLS], &none, sizeof none) == 0) {
        watch->black += zone->current >= 0 ? 1 : 0;
        watch->frames -= zone->current >= 0 ? 0 : 1; /* before the first picture */
        if (zone->current >= 0)
            tell(watch, zone, "black", -1, -1);
    } else if (find(zone, SAMPLES, 4, &a, &b)) {
        if (a != zone->current)
            arrive(watch, zone, a);
    } else if (find(zone, CELLS, 4, &a, &b)) {
        watch->half++;
        tell(watch, zone, "half ready", a, b);
    } else {
        watch->unread++;
        tell(watch, zone, "unread", -1, -1);
    }
}

/* -- looking -- */

static struct colour pixel(XImage *image, int x, int y) { return colour_of(XGetPixel(image, x, y) & 0xffffff); }

static void look(struct watch *watch, struct zone *zone)
{
    struct colour seen[SAMPLES];
    XImage *above = XGetImage(watch->display, DefaultRootWindow(watch->display), zone->x, zone->y + CELL - 4, (unsigned)zone->width, 8,
                              AllPlanes, ZPixmap);
    XImage *below =
        XGetImage(watch->display, DefaultRootWindow(watch->display), zone->x + zone->width / 2, zone->y + 512, 1, 16, AllPlanes, ZPixmap);
    if (above == NULL || below == NULL)
        fail("no image");
    for (int i = 0; i < CELLS; i++)
        seen[i] = pixel(above, i * CELL + CELL / 2, 2);
    seen[CELLS] = pixel(above, zone->width / 2, 6);
    seen[CELLS + 1] = pixel(below, 0, 2);
    seen[CELLS + 2] = pixel(below, 0, 14);
    XDestroyImage(above);
    XDestroyImage(below);
    bool same = memcmp(seen, zone->samples, sizeof seen) == 0;
    memcpy(zone->samples, seen, sizeof seen);
    if (same && (!zone->fresh || memcmp(seen, zone->judged, sizeof seen) != 0)) {
        zone->fresh = true;
        memcpy(zone->judged, seen, sizeof seen);
        judge(watch, zone);
    }
}

static volatile sig_atomic_t ended;

static void end(int number)
{
    (void)number;
    ended = 1;
}

int main(int argc, char **argv)
{
    static struct watch watch;
    if (argc != 3)
        fail("use: frames PLAN CHANGES");
    setvbuf(stdout, NULL, _IOLBF, 0);
    read_plan(&watch, argv[1]);
    long wanted = strtol(argv[2], NULL, 10);
    watch.display = XOpenDisplay(NULL);
    if (watch.display == NULL)
        fail("no display");
    signal(SIGTERM, end);
    while (!ended && watch.changes < wanted) {
        for (int i = 0; i < watch.count; i++)
            look(&watch, &watch.zones[i]);
        struct timespec pause = {.tv_nsec = PAUSE_NS};
        nanosleep(&pause, NULL);
    }
    XCloseDisplay(watch.display);
    printf("frames %ld changes %ld black %ld stale %ld half %ld unread %ld skipped %ld\n", watch.frames, watch.changes, watch.black,
           watch.stale, watch.half, watch.unread, watch.skipped);
    return watch.black + watch.stale + watch.half + watch.unread == 0 && watch.changes >= wanted ? 0 : 1;
}
