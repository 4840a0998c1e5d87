/* SPDX-License-Identifier: EUPL-1.2 */
#include "frames_judge.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 3, COLUMNS = 12, SLACK = 2, EDGE = 3 };

/* Where the step of a change is read: in rows if it goes sideways, else in columns, one through each cell of the scene's id. The first row
 * lies in those cells, which take no part in a morph. In parts of 480 rows and of 384 columns. */
static const int row_at[ROWS] = {16, 72, 300};
enum { COLUMN_AT = 16, COLUMN_STEP = 32 };

struct lines {
    uint32_t *rows[ROWS], *columns[COLUMNS];
};

/* What a picture may be: a scene at rest (from == to), or a step of a change. */
struct guess {
    int from, to, step;
};

struct judge {
    const struct zone *zone;
    int index;
    struct lines *lines; /* of each scene */
    struct lines seen;
    uint32_t *want;
    int current;   /* scene; -1: none yet */
    int next;      /* that is coming in; -1: none */
    int step;      /* of that */
    bool between;  /* parts of both were seen */
    struct tally tallies[KINDS][WAYS];
    long skipped, leapt;
    bool told[FAULTS][KINDS][WAYS];
    /* of the last guess */
    int painted_from, painted_to;
    uint32_t *whole[2], *bare[2];   /* the two scenes with and without their assets */
    uint32_t *glided[2]; /* of a morph: with the assets on their way */
    struct scene gliding[2];
};

static const char *const faults[FAULTS] = {"none", "black", "stale", "half", "torn"};

const char *judge_fault(enum fault fault) { return faults[fault]; }

static uint32_t *pixels_for(int count)
{
    uint32_t *pixels = calloc((size_t)count, sizeof *pixels);
    if (pixels == NULL) {
        fprintf(stderr, "frames: no memory\n");
        exit(2);
    }
    return pixels;
}

static void make_lines(const struct zone *zone, struct lines *lines)
{
    for (int i = 0; i < ROWS; i++)
        lines->rows[i] = pixels_for(zone->width);
    for (int i = 0; i < COLUMNS; i++)
        lines->columns[i] = pixels_for(zone->height);
}

static void take_lines(const struct zone *zone, struct lines *lines, const uint32_t *pixels, int stride)
{
    for (int i = 0; i < ROWS; i++)
        memcpy(lines->rows[i], pixels + (ptrdiff_t)stride * (row_at[i] * zone->height / 480), (size_t)zone->width * sizeof *pixels);
    for (int y = 0; y < zone->height; y++)
        for (int i = 0; i < COLUMNS; i++)
            lines->columns[i][y] = pixels[(ptrdiff_t)stride * y + (COLUMN_AT + COLUMN_STEP * i) * zone->width / 384];
}

struct judge *judge_create(const struct plan *plan, int index)
{
    const struct zone *zone = &plan->zones[index];
    struct judge *judge = calloc(1, sizeof *judge);
    if (judge == NULL || (judge->lines = calloc((size_t)zone->scene_count, sizeof *judge->lines)) == NULL) {
        fprintf(stderr, "frames: no memory\n");
        exit(2);
    }
    *judge = (struct judge){.zone = zone, .index = index, .lines = judge->lines, .current = -1, .next = -1, .painted_from = -1};
    int count = zone->width * zone->height;
    for (int i = 0; i < 2; i++) {
        judge->whole[i] = pixels_for(count);
        judge->bare[i] = pixels_for(count);
        judge->glided[i] = pixels_for(count);
    }
    judge->want = pixels_for(zone->width > zone->height ? zone->width : zone->height);
    make_lines(zone, &judge->seen);
    for (int i = 0; i < zone->scene_count; i++) {
        make_lines(zone, &judge->lines[i]);
        plan_paint(zone, &zone->scenes[i], true, judge->whole[0]);
        take_lines(zone, &judge->lines[i], judge->whole[0], zone->width);
    }
    return judge;
}

const struct tally (*judge_tallies(const struct judge *judge))[WAYS] { return judge->tallies; }
long judge_skipped(const struct judge *judge) { return judge->skipped; }
long judge_leapt(const struct judge *judge) { return judge->leapt; }

/* -- what a change makes of two scenes -- */

static bool mixes(const struct scene *to) { return to->kind == KIND_FADE || to->kind == KIND_MORPH; }
static bool upright(const struct scene *to) { return to->way == WAY_UP || to->way == WAY_DOWN; }

static uint32_t mixed(uint32_t a, uint32_t b, int step)
{
    uint32_t result = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        uint32_t sum = (a >> shift & 255) * (uint32_t)(FADE_STEPS - step) + (b >> shift & 255) * (uint32_t)step;
        result |= (sum + FADE_STEPS / 2) / FADE_STEPS << shift;
    }
    return result;
}

/* Along the way of a change, of `length` pixels: which pixel of which scene is seen at `at`. */
static int source(const struct scene *to, int length, int step, int at, bool *second)
{
    bool towards_end = to->way == WAY_RIGHT || to->way == WAY_DOWN;
    *second = towards_end ? at < step : at >= length - step;
    if (to->kind == KIND_WIPE)
        return at;
    if (towards_end)
        return *second ? at + length - step : at - step;
    return *second ? at - (length - step) : at + step;
}

/* A line along the way. */
static void line_along(const struct scene *to, const uint32_t *a, const uint32_t *b, int length, int step, uint32_t *want)
{
    for (int at = 0; mixes(to) && at < length; at++)
        want[at] = at > 0 && a[at] == a[at - 1] && b[at] == b[at - 1] ? want[at - 1] : mixed(a[at], b[at], step);
    if (mixes(to))
        return;
    int parts[] = {0, to->way == WAY_RIGHT || to->way == WAY_DOWN ? step : length - step, length};
    for (int i = 0; i < 2; i++) {
        bool second = false;
        int from = parts[i] < parts[i + 1] ? source(to, length, step, parts[i], &second) : 0;
        memcpy(want + parts[i], (second ? b : a) + from, (size_t)(parts[i + 1] - parts[i]) * sizeof *want);
    }
}

static bool near(uint32_t a, uint32_t b, int slack)
{
    for (int shift = 0; shift < 24; shift += 8) {
        int off = (int)(a >> shift & 255) - (int)(b >> shift & 255);
        if (off > slack || off < -slack)
            return false;
    }
    return true;
}

/* -- guessing -- */

struct search {
    struct guess best;
    long cost, of; /* pixels of its lines that are not as they should be */
};

/* Below this share of wrong pixels a guess is good enough to look no further. */
static bool likely(const struct search *search) { return search->of > 0 && search->cost * 10 <= search->of; }

/* How many pixels of a line are not as the guess wants them; more than `limit` need not be counted. */
static long line_cost(struct judge *judge, struct guess guess, bool column, int line, long limit)
{
    const struct scene *to = &judge->zone->scenes[guess.to];
    const struct lines *a = &judge->lines[guess.from], *b = &judge->lines[guess.to];
    int length = column ? judge->zone->height : judge->zone->width;
    const uint32_t *seen = column ? judge->seen.columns[line] : judge->seen.rows[line];
    const uint32_t *from = column ? a->columns[line] : a->rows[line], *want = judge->want;
    long cost = 0;
    if (guess.from == guess.to)
        want = from;
    else
        line_along(to, from, column ? b->columns[line] : b->rows[line], length, guess.step, judge->want);
    if (memcmp(seen, want, (size_t)length * sizeof *want) == 0)
        return 0;
    for (int at = 0; at < length && cost <= limit; at++)
        cost += seen[at] != want[at];
    return cost;
}

/* Takes the guess if it fits better than the best so far. At rest rows and columns are looked at, in a change those that go its way. */
static void attempt(struct judge *judge, struct search *search, struct guess guess)
{
    const struct zone *zone = judge->zone;
    const struct scene *to = &zone->scenes[guess.to];
    bool rest = guess.from == guess.to, along_columns = !rest && !mixes(to) && upright(to);
    int rows = along_columns ? 0 : !rest && to->kind == KIND_MORPH ? 1 : ROWS, columns = rest || along_columns ? COLUMNS : 0;
    long of = (long)rows * zone->width + (long)columns * zone->height;
    long cost = 0, limit = search->of > 0 ? search->cost * of / search->of : of;
    if (search->of > 0 && search->cost == 0)
        return;
    for (int i = 0; i < rows && cost <= limit; i++)
        cost += line_cost(judge, guess, false, i, limit - cost);
    for (int i = 0; i < columns && cost <= limit; i++)
        cost += line_cost(judge, guess, true, i, limit - cost);
    if (search->of == 0 || cost * search->of < search->cost * of)
        *search = (struct search){guess, cost, of};
}

/* How far a fade is, by the cell in which the two differ most. */
static int measure(const struct judge *judge, int from, int to)
{
    const uint32_t *a = judge->lines[from].rows[0], *b = judge->lines[to].rows[0], *seen = judge->seen.rows[0];
    int most = 0, at = 0;
    for (int x = 0; x < judge->zone->width; x++) {
        int apart = abs((int)(b[x] & 255) - (int)(a[x] & 255));
        if (apart > most) {
            most = apart;
            at = x;
        }
    }
    if (most == 0)
        return 0;
    double share = ((double)(seen[at] & 255) - (double)(a[at] & 255)) / ((double)(b[at] & 255) - (double)(a[at] & 255));
    return share < 0 ? 0 : share > 1 ? FADE_STEPS : (int)(share * FADE_STEPS + 0.5);
}

static void attempt_change(struct judge *judge, struct search *search, int from, int to, int first)
{
    const struct scene *scene = &judge->zone->scenes[to];
    int steps = plan_steps(judge->zone, scene);
    if (from == to || steps == 0)
        return;
    if (mixes(scene)) {
        int about = measure(judge, from, to);
        for (int step = about - 2; step <= about + 2; step++)
            if (step >= 0 && step <= steps)
                attempt(judge, search, (struct guess){from, to, step});
        return;
    }
    for (int i = 1; i < steps; i++)
        attempt(judge, search, (struct guess){from, to, (first + i - 1) % (steps - 1) + 1});
}

static struct search search(struct judge *judge)
{
    struct search found = {.of = 0};
    int count = judge->zone->scene_count, current = judge->current;
    if (current >= 0) {
        int next = judge->next >= 0 ? judge->next : (current + 1) % count;
        attempt(judge, &found, (struct guess){current, current, 0});
        attempt(judge, &found, (struct guess){next, next, 0});
        attempt_change(judge, &found, current, next, judge->next >= 0 ? judge->step - 1 : 0);
        if (likely(&found))
            return found;
    }
    for (int i = 0; i < count; i++)
        attempt(judge, &found, (struct guess){i, i, 0});
    for (int i = 0; i < count && found.cost > 0; i++) {
        attempt_change(judge, &found, i, (i + 1) % count, 0);
        if (current >= 0)
            attempt_change(judge, &found, current, i, 0);
    }
    return found;
}

/* -- looking at every pixel -- */

static void paint(struct judge *judge, struct guess guess)
{
    const struct zone *zone = judge->zone;
    const struct scene *scenes[] = {&zone->scenes[guess.from], &zone->scenes[guess.to]};
    bool same = judge->painted_from == guess.from && judge->painted_to == guess.to;
    for (int i = 0; i < 2 && !same; i++) {
        plan_paint(zone, scenes[i], true, judge->whole[i]);
        plan_paint(zone, scenes[i], false, judge->bare[i]);
    }
    judge->painted_from = guess.from;
    judge->painted_to = guess.to;
    if (guess.from == guess.to || scenes[1]->kind != KIND_MORPH)
        return;
    judge->gliding[0] = *scenes[0];
    judge->gliding[1] = *scenes[1];
    (void)plan_glide(&judge->gliding[0], &judge->gliding[1], (double)guess.step / FADE_STEPS);
    for (int i = 0; i < 2; i++)
        plan_paint(zone, &judge->gliding[i], true, judge->glided[i]);
}

static uint32_t wanted(const struct judge *judge, struct guess guess, const uint32_t *a, const uint32_t *b, int x, int y)
{
    const struct zone *zone = judge->zone;
    const struct scene *to = &zone->scenes[guess.to];
    bool second = false;
    if (guess.from == guess.to)
        return a[y * zone->width + x];
    if (mixes(to))
        return mixed(a[y * zone->width + x], b[y * zone->width + x], guess.step);
    if (upright(to)) {
        y = source(to, zone->height, guess.step, y, &second);
        return (second ? b : a)[y * zone->width + x];
    }
    x = source(to, zone->width, guess.step, x, &second);
    return (second ? b : a)[y * zone->width + x];
}

static bool at_edge(const struct scene *scene, int x, int y)
{
    for (int i = 0; i < scene->rect_count; i++) {
        const struct rect *rect = &scene->rects[i];
        if (rect->name[0] == '\0')
            continue;
        double outside = x - rect->x + EDGE, across = rect->x + rect->width + EDGE - x;
        double above = y - rect->y + EDGE, below = rect->y + rect->height + EDGE - y;
        bool near_it = outside >= 0 && across >= 0 && above >= 0 && below >= 0;
        bool inside = outside > 2 * EDGE && across > 2 * EDGE && above > 2 * EDGE && below > 2 * EDGE;
        if (near_it && !inside)
            return true;
    }
    return false;
}

static enum fault classify(const struct judge *judge, struct guess guess, int x, int y, uint32_t seen)
{
    const struct zone *zone = judge->zone;
    bool glides = guess.from != guess.to && zone->scenes[guess.to].kind == KIND_MORPH;
    const uint32_t *a = glides ? judge->glided[0] : judge->whole[0], *b = glides ? judge->glided[1] : judge->whole[1];
    const uint32_t *pairs[3][2] = {{judge->bare[0], b}, {a, judge->bare[1]}, {judge->bare[0], judge->bare[1]}};
    if (seen == 0)
        return FAULT_BLACK;
    for (int i = 0; i < 3; i++)
        if (near(seen, wanted(judge, guess, pairs[i][0], pairs[i][1], x, y), SLACK))
            return FAULT_HALF;
    for (int i = 0; i < zone->scene_count; i++)
        for (int k = 0; i != guess.from && i != guess.to && k < zone->scenes[i].rect_count; k++)
            if (zone->scenes[i].rects[k].name[0] != '\0' && near(seen, zone->scenes[i].rects[k].colour, SLACK))
                return FAULT_STALE;
    return FAULT_TORN;
}

static void tell(struct judge *judge, enum fault fault, struct guess guess, int x, int y, uint32_t seen)
{
    const struct scene *from = &judge->zone->scenes[guess.from], *to = &judge->zone->scenes[guess.to];
    bool *told = &judge->told[fault][to->kind][to->way];
    if (!*told)
        printf("%s: zone %d, %s %s from scene %u to %u at step %d: %06x at %d, %d\n", faults[fault], judge->index, plan_kind(to->kind),
               plan_way(to->way), from->id, to->id, guess.step, (unsigned)seen, x, y);
    *told = true;
}

/* The row that should be seen. */
static const uint32_t *wanted_row(const struct judge *judge, struct guess guess, int y)
{
    const struct zone *zone = judge->zone;
    const struct scene *to = &zone->scenes[guess.to];
    const uint32_t *a = judge->whole[0], *b = judge->whole[1];
    bool rest = guess.from == guess.to, second = false;
    if (!rest && to->kind == KIND_MORPH) {
        a = judge->glided[0];
        b = judge->glided[1];
    }
    if (rest)
        return a + y * zone->width;
    if (upright(to) && !mixes(to)) {
        y = source(to, zone->height, guess.step, y, &second);
        return (second ? b : a) + y * zone->width;
    }
    line_along(to, a + y * zone->width, b + y * zone->width, zone->width, guess.step, judge->want);
    return judge->want;
}

/* The first fault of the picture. */
static enum fault compare(struct judge *judge, struct guess guess, const uint32_t *pixels, int stride)
{
    const struct zone *zone = judge->zone;
    const struct scene *to = &zone->scenes[guess.to];
    bool rest = guess.from == guess.to, glides = !rest && to->kind == KIND_MORPH;
    paint(judge, guess);
    for (int y = 0; y < zone->height; y++) {
        const uint32_t *seen = pixels + (ptrdiff_t)stride * y, *want = wanted_row(judge, guess, y);
        if (memcmp(seen, want, (size_t)zone->width * sizeof *want) == 0)
            continue;
        for (int x = 0; x < zone->width; x++) {
            if (seen[x] == want[x] || near(seen[x], want[x], !rest && mixes(to) ? SLACK : 0))
                continue;
            if (glides && (at_edge(&judge->gliding[0], x, y) || at_edge(&judge->gliding[1], x, y)))
                continue;
            enum fault fault = classify(judge, guess, x, y, seen[x]);
            tell(judge, fault, guess, x, y, seen[x]);
            return fault;
        }
    }
    return FAULT_NONE;
}

/* -- the order of things -- */

static struct tally *tally_of(struct judge *judge, int scene)
{
    const struct scene *model = &judge->zone->scenes[scene];
    return &judge->tallies[model->kind][model->way];
}

static void arrive(struct judge *judge, int scene)
{
    int count = judge->zone->scene_count, forward = (scene - judge->current + count) % count;
    tally_of(judge, scene)->changes++;
    judge->skipped += forward > 1 ? forward - 1 : 0;
    judge->leapt += judge->between || plan_steps(judge->zone, &judge->zone->scenes[scene]) == 0 ? 0 : 1;
    judge->current = scene;
    judge->next = -1;
    judge->step = 0;
    judge->between = false;
}

static bool older(const struct judge *judge, int scene)
{
    int count = judge->zone->scene_count;
    return (scene - judge->current + count) % count > count / 2;
}

/* Whether parts of both scenes are seen. */
static bool both(const struct judge *judge, struct guess guess)
{
    return guess.from != guess.to && guess.step > 0 && guess.step < plan_steps(judge->zone, &judge->zone->scenes[guess.to]);
}

/* Takes note of what is on. False: it goes back in time. */
static bool follow(struct judge *judge, struct guess guess)
{
    bool rest = guess.from == guess.to;
    if (judge->current < 0)
        judge->current = guess.from;
    if (guess.from != judge->current) {
        if (older(judge, guess.from)) {
            judge->current = guess.from;
            judge->next = -1;
            return false;
        }
        arrive(judge, guess.from);
    } else if (rest && judge->next >= 0 && judge->between) {
        judge->next = -1;
        judge->between = false;
        return false; /* the change began, and now it has not */
    }
    if (rest)
        return true;
    bool good = !older(judge, guess.to) && (judge->next != guess.to || guess.step >= judge->step);
    judge->next = guess.to;
    judge->step = guess.step;
    judge->between = judge->between || both(judge, guess);
    return good;
}

static bool is_black(const struct judge *judge)
{
    for (int i = 0; i < ROWS; i++)
        for (int x = 0; x < judge->zone->width; x++)
            if (judge->seen.rows[i][x] != 0)
                return false;
    return true;
}

enum fault judge_frame(struct judge *judge, const uint32_t *pixels, int stride)
{
    enum fault fault = FAULT_NONE;
    struct guess guess = {judge->current, judge->current, 0};
    take_lines(judge->zone, &judge->seen, pixels, stride);
    if (is_black(judge)) {
        if (judge->current < 0)
            return FAULT_NONE;
        fault = FAULT_BLACK;
        tell(judge, fault, guess, 0, 0, 0);
    } else {
        struct search found = search(judge);
        bool known = found.cost * 2 < found.of, forward = known && follow(judge, found.best);
        guess = found.best;
        fault = compare(judge, guess, pixels, stride);
        if (fault == FAULT_NONE && !forward) {
            fault = FAULT_STALE;
            tell(judge, fault, guess, 0, 0, judge->seen.rows[0][0]);
        }
    }
    struct tally *tally = tally_of(judge, guess.to);
    tally->frames++;
    tally->between += both(judge, guess);
    tally->faults[fault]++;
    return fault;
}
