/* SPDX-License-Identifier: EUPL-1.2 */
/* How long a text that is hard to set keeps the main thread at a stretch: expanded, measured, arranged and drawn for the first time, on a
 * canvas of 3840 x 2304 pixels, by a typesetter that has drawn one Latin word before; and how long until all of it can be seen.
 *
 * text-speed [RUNS [PLACE [TEXT]]]   prints for each place and text the median (least to most) milliseconds of RUNS that the main thread
 *                                    worked at a stretch, and the median until all was ready; the last line is the slowest. PLACE and
 *                                    TEXT: only those with that in their names. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/must.h"
#include "base/tick.h"
#include "bench.h"
#include "hard_texts.h"

#define SCALE 3.84
#define RUNS_MAX 101
#define INTER "/usr/share/fonts/opentype/inter/"
#define NOTO "/usr/share/fonts/truetype/noto/"

static const struct sw_font_role roles[] = {
    {"text", INTER "Inter-Regular.otf"},
    {"bold", INTER "Inter-SemiBold.otf"},
    {"italic", INTER "Inter-Italic.otf"},
    {"mono", "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"},
};
static const char *const fallbacks[] = {NOTO "NotoSansArabic-Regular.ttf", NOTO "NotoSansHebrew-Regular.ttf",
                                        NOTO "NotoSans-Regular.ttf", NOTO "NotoColorEmoji.ttf"};

#define WHOLE "\"at\": [0, 0], \"size\": [1000, 600]"

static const struct place {
    const char *name, *elements;
} places[] = {
    {"text", "[{\"text\": \"{word}\", " WHOLE "}]"},
    {"small", "[{\"text\": \"{word}\", \"style\": \"small\", " WHOLE "}]"},
    {"narrow", "[{\"text\": \"{word}\", \"at\": [0, 0], \"size\": [60, 600]}]"},
    {"lines", "[{\"text\": \"{word}\", \"lines\": 3, " WHOLE "}]"},
    {"shrink", "[{\"text\": \"{word}\", \"shrink\": 0.3, " WHOLE "}]"},
    {"middle", "[{\"text\": \"{word}\", \"valign\": \"center\", \"align\": \"center\", " WHOLE "}]"},
    {"spaced", "[{\"text\": \"{word}\", \"style\": \"spaced\", " WHOLE "}]"},
    {"row", "[{\"row\": [{\"text\": \"{word}\", \"shrink\": 0.5}, {\"text\": \"Rhein\"}], " WHOLE "}]"},
    {"column", "[{\"column\": [{\"text\": \"{word}\"}, {\"text\": \"{word}\", \"shrink\": 0.5}], " WHOLE "}]"},
    {"grid", "[{\"grid\": [{\"text\": \"{word}\"}, {\"text\": \"Rhein\"}], \"columns\": 2, " WHOLE "}]"},
    {"button", "[{\"button\": \"{word}\", \"tap\": {\"go\": \"test\"}, " WHOLE "}]"},
};

/* With a thread, as the player has it. */
static void fresh_typesetter(struct bench *bench)
{
    struct sw_font_set fonts = {roles, SW_COUNT(roles), fallbacks, SW_COUNT(fallbacks)};
    sw_typesetter_destroy(bench->typesetter);
    bench->typesetter = sw_typesetter_create(&fonts, 64u << 20);
    assert_non_null(bench->typesetter);
    sw_typesetter_start(bench->typesetter, &fonts, NULL, NULL);
    bench->context.typesetter = bench->typesetter;
}

static struct sw_painter draw(struct bench *bench)
{
    bench_make(bench);
    sw_draw_list_finish(&bench->list);
    int width = (int)(bench->context.canvas->width * SCALE), height = (int)(bench->context.canvas->height * SCALE);
    sw_draw_list_init(&bench->list, width, height, 0xffffffff);
    struct sw_painter painter = {
        .context = &bench->context, .list = &bench->list, .scale = SCALE, .zoom = 1, .opacity = 1, .clip = {0, 0, width, height}};
    sw_view_paint(&painter, bench->root);
    return painter;
}

static void check_box(void *context, const struct sw_box *box)
{
    (void)context;
    assert_true(isfinite(box->rect.x) && isfinite(box->rect.y) && isfinite(box->rect.width) && isfinite(box->rect.height));
}

struct times {
    double busy, ready; /* ms: the main thread's time at the longest stretch; until everything is drawn */
};

/* Microseconds that this thread has worked: others on the machine do not count. */
static int64_t worked(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static struct times measure(struct bench *bench, const char *text)
{
    fresh_typesetter(bench);
    bench_set(bench, "word", sw_value_string("Rhein"));
    (void)draw(bench);
    bench_set(bench, "word", sw_value_string(text));
    sw_tick start = sw_tick_now();
    int64_t begun = worked();
    struct sw_painter painter = draw(bench);
    int64_t busy = worked() - begun;
    while (painter.pending > 0) {
        (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        begun = worked();
        if (!sw_typesetter_collect(bench->typesetter))
            continue;
        painter = draw(bench);
        busy = worked() - begun > busy ? worked() - begun : busy;
    }
    struct times times = {(double)busy / 1000, (double)(sw_tick_now() - start) / 1000};
    sw_view_each(bench->root, check_box, NULL);
    return times;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double report(struct bench *bench, const char *place, const struct hard_text *hard, int runs)
{
    double busy[RUNS_MAX], ready[RUNS_MAX];
    struct sw_buffer text;
    sw_buffer_init(&text, 2u << 20);
    hard->make(&text, hard->bytes, hard->unit);
    for (int i = 0; i < runs; i++) {
        struct times times = measure(bench, sw_buffer_text(&text));
        busy[i] = times.busy;
        ready[i] = times.ready;
    }
    sw_buffer_finish(&text);
    qsort(busy, (size_t)runs, sizeof *busy, by_size);
    qsort(ready, (size_t)runs, sizeof *ready, by_size);
    printf("%-8s %-34s %8.2f  (%.2f to %.2f)  %8.2f\n", place, hard->name, busy[runs / 2], busy[0], busy[runs - 1], ready[runs / 2]);
    return busy[runs / 2];
}

int main(int argc, char **argv)
{
    int runs = argc > 1 ? atoi(argv[1]) : 5;
    const char *place = argc > 2 ? argv[2] : "", *text = argc > 3 ? argv[3] : "";
    double most = 0;
    runs = runs < 1 ? 1 : runs > RUNS_MAX ? RUNS_MAX : runs;
    for (size_t i = 0; i < SW_COUNT(places); i++) {
        if (strstr(places[i].name, place) == NULL)
            continue;
        struct bench bench;
        bench_elements(&bench, places[i].elements, NULL);
        for (size_t k = 0; k < hard_text_count; k++) {
            if (strstr(hard_texts[k].name, text) != NULL)
                most = fmax(most, report(&bench, places[i].name, &hard_texts[k], runs));
        }
        bench_close(&bench);
    }
    printf("slowest: %.2f ms\n", most);
    return 0;
}
