/* SPDX-License-Identifier: EUPL-1.2 */
#include "frames_plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[KINDS] = {"cut", "fade", "push", "wipe", "morph"};
static const char *const ways[WAYS] = {"-", "left", "right", "up", "down"};

const char *plan_kind(enum kind kind) { return kinds[kind]; }
const char *plan_way(enum way way) { return ways[way]; }

static void fail(const char *text)
{
    fprintf(stderr, "frames: not of a plan: %s\n", text);
    exit(2);
}

/* The next word of the line, which is cut up. */
static char *word(char **line)
{
    char *start = *line + strspn(*line, " \n");
    char *end = start + strcspn(start, " \n");
    *line = *end == '\0' ? end : end + 1;
    *end = '\0';
    return start;
}

static int number(char **line, int base)
{
    char *text = word(line), *end = NULL;
    long value = strtol(text, &end, base);
    if (end == text || *end != '\0' || value < 0 || value > 0xffffff)
        fail(text);
    return (int)value;
}

static int one_of(char **line, const char *const *words, int count)
{
    const char *text = word(line);
    for (int i = 0; i < count; i++)
        if (strcmp(text, words[i]) == 0)
            return i;
    fail(text);
    return 0;
}

static struct zone *read_zone(struct plan *plan, char *line)
{
    if (plan->zone_count == ZONES_MAX)
        fail("too many zones");
    struct zone *zone = &plan->zones[plan->zone_count++];
    zone->x = number(&line, 10);
    zone->y = number(&line, 10);
    zone->width = number(&line, 10);
    zone->height = number(&line, 10);
    zone->ground = (uint32_t)number(&line, 16);
    zone->scenes = calloc(SCENES_MAX, sizeof *zone->scenes);
    if (zone->scenes == NULL)
        fail("no memory");
    return zone;
}

static struct scene *read_scene(struct zone *zone, char *line)
{
    if (zone == NULL || zone->scene_count == SCENES_MAX)
        fail("too many scenes");
    struct scene *scene = &zone->scenes[zone->scene_count++];
    scene->id = (unsigned)number(&line, 10);
    scene->kind = (enum kind)one_of(&line, kinds, KINDS);
    scene->way = (enum way)one_of(&line, ways, WAYS);
    return scene;
}

static void read_rect(struct scene *scene, char *line)
{
    if (scene == NULL || scene->rect_count == RECTS_MAX)
        fail("too many rectangles");
    struct rect *rect = &scene->rects[scene->rect_count++];
    rect->x = number(&line, 10);
    rect->y = number(&line, 10);
    rect->width = number(&line, 10);
    rect->height = number(&line, 10);
    rect->colour = (uint32_t)number(&line, 16);
    const char *name = word(&line);
    if (strcmp(name, "-") != 0)
        (void)snprintf(rect->name, sizeof rect->name, "%s", name);
}

void plan_read(struct plan *plan, const char *path)
{
    FILE *file = fopen(path, "r");
    char text[160];
    struct zone *zone = NULL;
    struct scene *scene = NULL;
    if (file == NULL)
        fail(path);
    while (fgets(text, sizeof text, file) != NULL) {
        char *line = text, *what = word(&line);
        if (strcmp(what, "clock") == 0) {
            plan->clock_x = number(&line, 10);
            plan->clock_y = number(&line, 10);
        } else if (strcmp(what, "zone") == 0) {
            zone = read_zone(plan, line);
            scene = NULL;
        } else if (strcmp(what, "scene") == 0) {
            scene = read_scene(zone, line);
        } else if (strcmp(what, "rect") == 0) {
            read_rect(scene, line);
        } else {
            fail(what);
        }
    }
    fclose(file);
}

int plan_steps(const struct zone *zone, const struct scene *scene)
{
    switch (scene->kind) {
    case KIND_FADE:
    case KIND_MORPH: return FADE_STEPS;
    case KIND_PUSH:
    case KIND_WIPE: return scene->way == WAY_UP || scene->way == WAY_DOWN ? zone->height : zone->width;
    case KIND_CUT:
    case KINDS: return 0;
    }
    return 0;
}

static int within(double position, int end)
{
    double rounded = floor(position + 0.5);
    return rounded < 0 ? 0 : rounded > end ? end : (int)rounded;
}

void plan_paint(const struct zone *zone, const struct scene *scene, bool assets, uint32_t *pixels)
{
    for (int i = 0; i < zone->width * zone->height; i++)
        pixels[i] = zone->ground;
    for (int i = 0; i < scene->rect_count; i++) {
        const struct rect *rect = &scene->rects[i];
        if (rect->name[0] != '\0' && !assets)
            continue;
        int left = within(rect->x, zone->width), right = within(rect->x + rect->width, zone->width);
        int bottom = within(rect->y + rect->height, zone->height);
        for (int y = within(rect->y, zone->height); y < bottom; y++)
            for (int x = left; x < right; x++)
                pixels[y * zone->width + x] = rect->colour;
    }
}

/* About its middle, which lies at x, y. */
static void resize(struct rect *rect, double zoom, double x, double y)
{
    rect->width *= zoom;
    rect->height *= zoom;
    rect->x = x - rect->width / 2;
    rect->y = y - rect->height / 2;
}

static void glide(struct rect *from, struct rect *to, double progress)
{
    double from_x = from->x + from->width / 2, from_y = from->y + from->height / 2, from_size = sqrt(from->width * from->height);
    double to_x = to->x + to->width / 2, to_y = to->y + to->height / 2, to_size = sqrt(to->width * to->height);
    double x = from_x + (to_x - from_x) * progress, y = from_y + (to_y - from_y) * progress;
    double size = from_size + (to_size - from_size) * progress;
    resize(from, size / from_size, x, y);
    resize(to, size / to_size, x, y);
}

bool plan_glide(struct scene *from, struct scene *to, double progress)
{
    bool any = false;
    for (int i = 0; i < from->rect_count; i++)
        for (int j = 0; j < to->rect_count; j++)
            if (from->rects[i].name[0] != '\0' && strcmp(from->rects[i].name, to->rects[j].name) == 0) {
                glide(&from->rects[i], &to->rects[j], progress);
                any = true;
            }
    return any;
}
