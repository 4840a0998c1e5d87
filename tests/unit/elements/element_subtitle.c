/* SPDX-License-Identifier: EUPL-1.2 */
/* Subtitles over a picture: where they stand, that all of them can be read, and when they change. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bench.h"
#include "elements/subtitle.h"

#define PARTS "{\"shape\": \"rectangle\", \"name\": \"film\", \"at\": [100, 50], \"size\": [800, 450]}"

static const struct sw_rect picture = {100, 50, 800, 450};

struct drawn {
    int64_t next;
    struct sw_rect ground; /* no width: nothing is drawn */
    struct sw_rect letters;
    size_t count;
};

/* Draws what the file says at `position`, and finds what came of it. */
static struct drawn draw(struct bench *bench, const char *text, int64_t position, struct sw_rect rect, double foot)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    bench_elements(bench, "[" PARTS "]", NULL);
    bench_make(bench);
    struct sw_painter painter = bench_paint(bench, 0);
    size_t before = bench->list.count;
    const struct sw_subtitles *subtitles = sw_subtitles_create(&bench->arena, text, strlen(text), "a.vtt", &diags);
    struct drawn drawn = {.next = sw_subtitle_draw(&painter, bench_find(bench, "film", 0), 2, rect, foot, subtitles, position)};
    for (size_t i = before; i < bench->list.count; i++) {
        const struct sw_draw *item = &bench->list.items[i];
        if (item->kind == SW_DRAW_FILL)
            drawn.ground = item->to;
        else
            drawn.letters = item->to;
        drawn.count++;
    }
    assert_int_equal(diags.count, 0);
    sw_diags_finish(&diags);
    return drawn;
}

static bool inside(struct sw_rect inner, struct sw_rect outer)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width &&
           inner.y + inner.height <= outer.y + outer.height;
}

static void stand_at_the_foot_in_the_middle(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double foot;
    } samples[] = {{"WEBVTT\n\n00:01.000 --> 00:02.000\nEin Satz\n", 0},
                   {"WEBVTT\n\n00:01.000 --> 00:02.000\nEin Satz\n", 90},
                   {"WEBVTT\n\n00:01.000 --> 00:02.000\nEin Satz,\nder zwei Zeilen hat\nund noch eine\n", 0},
                   {"WEBVTT\n\n00:01.000 --> 00:02.000\n\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85 \xd8\xb3\xd9\x84\xd8\xa7\xd9\x85\n", 0}};
    for (size_t i = 0; i < SW_COUNT(samples); i++) {
        struct bench bench;
        struct drawn drawn = draw(&bench, samples[i].text, 1500000, picture, samples[i].foot);
        assert_int_equal(drawn.next, 2000000);
        assert_int_equal(drawn.count, 2);
        assert_true(inside(drawn.ground, picture));
        assert_true(inside(drawn.letters, drawn.ground));
        double right = drawn.ground.x + drawn.ground.width - drawn.letters.x - drawn.letters.width;
        assert_true(fabs(drawn.letters.x - drawn.ground.x - right) < 4);
        assert_true(fabs(drawn.ground.x + drawn.ground.width / 2 - 500) < 1);
        double below = 500 - samples[i].foot - (drawn.ground.y + drawn.ground.height);
        assert_true(below > 5 && below < 30);
        bench_close(&bench);
    }
}

static void nothing_is_said_between_them(void **state)
{
    (void)state;
    static const char text[] = "WEBVTT\n\n00:01.000 --> 00:02.000\nA\n";
    static const struct {
        int64_t position, next;
        size_t count;
    } samples[] = {{0, 1000000, 0}, {1000000, 2000000, 2}, {2000000, INT64_MAX, 0}};
    for (size_t i = 0; i < SW_COUNT(samples); i++) {
        struct bench bench;
        struct drawn drawn = draw(&bench, text, samples[i].position, picture, 0);
        assert_int_equal(drawn.next, samples[i].next);
        assert_int_equal(drawn.count, samples[i].count);
        bench_close(&bench);
    }
}

/* As much as a cue may have, in a picture that is small for it. */
static void letters_shrink_where_there_is_no_room(void **state)
{
    (void)state;
    static const char text[] = "WEBVTT\n\n00:01.000 --> 00:02.000\nDie Schleuse hebt und senkt die Schiffe\n"
                               "um f\xc3\xbcnf Meter, bei Hochwasser um sieben\nund das in einer halben Stunde\n";
    static const struct sw_rect small = {100, 50, 400, 225};
    struct bench bench;
    struct drawn wide = draw(&bench, text, 1500000, picture, 0);
    bench_close(&bench);
    struct drawn narrow = draw(&bench, text, 1500000, small, 0);
    assert_true(inside(narrow.ground, small));
    assert_true(narrow.ground.height < wide.ground.height);
    bench_close(&bench);
    (void)draw(&bench, text, 1500000, (struct sw_rect){100, 50, 3, 2}, 0); /* no room at all: nothing breaks */
    bench_close(&bench);
}

static double linear(double channel) { return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4); }

static double contrast(double a, double b) { return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05); }

static void can_be_read_over_any_picture(void **state)
{
    (void)state;
    struct bench bench;
    struct drawn drawn = draw(&bench, "WEBVTT\n\n00:01.000 --> 00:02.000\nA\n", 1500000, picture, 0);
    const struct sw_draw *letters = &bench.list.items[bench.list.count - 1], *ground = letters - 1;
    assert_int_equal(drawn.count, 2);
    double cover = (double)(ground->colour >> 24) / 255, ink = linear((double)(letters->colour & 0xFF) / 255);
    assert_int_equal(letters->colour >> 24, 0xFF);
    for (int grey = 0; grey <= 255; grey++) {
        double behind = (double)grey / 255 * (1 - cover) + (double)(ground->colour & 0xFF) / 255 * cover;
        assert_true(contrast(ink, linear(behind)) >= 7);
    }
    bench_close(&bench);
}

/* -- of a video -- */

static enum sw_asset_state clip_of(void *context, const char *path, struct sw_clip *clip)
{
    (void)context;
    assert_string_equal(path, "media/film.mp4");
    *clip = (struct sw_clip){.width = 1600, .height = 900, .length = 8000000, .sounds = true};
    return SW_ASSET_READY;
}

static enum sw_asset_state frame_of(void *context, const struct sw_cue *cue, struct sw_frame *frame)
{
    (void)cue;
    *frame = (struct sw_frame){.bitmap = context, .next = SW_NEVER};
    return SW_ASSET_READY;
}

struct seen {
    size_t letters; /* masks: words of the subtitles */
    sw_tick next_due;
};

static struct seen see(const char *keys, const char *language, int64_t position)
{
    struct bench bench;
    char elements[512];
    struct seen seen = {0};
    struct sw_bitmap *bitmap = sw_bitmap_create(SW_PIXELS_ARGB, 16, 9);
    struct sw_videos videos = {.clip = clip_of, .frame = frame_of, .context = bitmap};
    (void)snprintf(elements, sizeof elements,
                   "[{\"video\": \"media/film.mp4\", \"name\": \"film\", \"alt\": \"\", \"at\": [100, 50], \"size\": [800, 450]%s}]", keys);
    bench_elements(&bench, elements, NULL);
    bench_language(&bench, language);
    bench.context.videos = &videos;
    bench_make(&bench);
    struct sw_painter painter = bench_painter(&bench, 0);
    struct sw_playback playback = {.identity = bench_find(&bench, "film", 0)->identity,
                                   .key = 1,
                                   .running = true,
                                   .position = position,
                                   .shown = position,
                                   .tick = 1000,
                                   .plays = true,
                                   .there = true};
    painter.playbacks = &playback;
    painter.playback_count = 1;
    painter.next_due = SW_NEVER;
    sw_view_draw(&painter, bench.root);
    for (size_t i = 0; i < bench.list.count; i++)
        seen.letters += bench.list.items[i].kind == SW_DRAW_MASK;
    seen.next_due = painter.next_due;
    bench_close(&bench);
    sw_bitmap_release(bitmap);
    return seen;
}

static void a_video_says_what_its_session_reads(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *language;
        int64_t position;
        bool said;
        int64_t next; /* from now on; negative: never */
    } samples[] = {
        {"", "de", 2500000, false, 500000},
        {"", "de", 3500000, true, 1500000},
        {"", "de", 5500000, false, -1},
        {"", "en", 2500000, true, 1500000},
        {"", "ar", 3500000, true, 1500000}, /* the first there is */
        {", \"subtitles\": false", "de", 3500000, false, -1},
        {", \"subtitles\": \"{flag}\"", "de", 3500000, true, 1500000},
        {", \"subtitles\": \"{not flag}\"", "de", 3500000, false, -1},
        {", \"subtitles\": {\"de\": \"media/film.en.srt\"}", "de", 2500000, true, 1500000},
        {", \"from\": \"1s\"", "de", 2500000, true, 1500000},
    };
    for (size_t i = 0; i < SW_COUNT(samples); i++) {
        struct seen seen = see(samples[i].keys, samples[i].language, samples[i].position);
        assert_int_equal(seen.letters > 0, samples[i].said);
        assert_int_equal(seen.next_due, samples[i].next < 0 ? SW_NEVER : 1000 + samples[i].next);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stand_at_the_foot_in_the_middle),       cmocka_unit_test(nothing_is_said_between_them),
        cmocka_unit_test(letters_shrink_where_there_is_no_room), cmocka_unit_test(can_be_read_over_any_picture),
        cmocka_unit_test(a_video_says_what_its_session_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
