/* SPDX-License-Identifier: EUPL-1.2 */
/* The element video: how large it is, what it asks for, what is drawn of it, and what stands for it where there is nothing. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bench.h"

#define FILM "\"video\": \"media/film.mp4\", \"alt\": \"\", \"name\": \"film\""

/* A clip of 20 s, 400 x 200. */
struct cinema {
    enum sw_asset_state clip, frame;
    sw_tick next;
    struct sw_cue asked;
    int asks;
    struct sw_bitmap *bitmap;
    struct sw_videos videos;
};

static enum sw_asset_state clip_of(void *context, const char *path, struct sw_clip *clip)
{
    const struct cinema *cinema = context;
    assert_string_equal(path, "media/film.mp4");
    *clip = (struct sw_clip){.width = 400, .height = 200, .length = 20 * SW_SECOND};
    return cinema->clip;
}

static enum sw_asset_state frame_of(void *context, const struct sw_cue *cue, struct sw_frame *frame)
{
    struct cinema *cinema = context;
    cinema->asked = *cue;
    cinema->asks++;
    *frame = (struct sw_frame){.bitmap = cinema->bitmap, .next = cinema->next};
    return cinema->frame;
}

static void open_film(struct bench *bench, struct cinema *cinema, const char *elements)
{
    static const uint8_t grey[100 * 50];
    struct sw_planes planes = {.width = 100, .height = 50, .planes = {grey, grey, grey}, .strides = {100, 50}};
    *cinema = (struct cinema){.clip = SW_ASSET_READY, .frame = SW_ASSET_READY, .next = SW_NEVER};
    cinema->bitmap = sw_bitmap_wrap_planes(&planes, NULL, NULL);
    assert_non_null(cinema->bitmap);
    cinema->videos = (struct sw_videos){.clip = clip_of, .frame = frame_of, .context = cinema};
    bench_elements(bench, elements, NULL);
    bench->context.videos = &cinema->videos;
}

static void close_film(struct bench *bench, struct cinema *cinema)
{
    bench_close(bench);
    sw_bitmap_release(cinema->bitmap);
}

/* Draws it with a playhead as given, of which identity and key are filled in. */
static struct sw_painter draw(struct bench *bench, struct sw_playback *playback)
{
    bench_make(bench);
    struct sw_painter painter = bench_painter(bench, 0);
    playback->identity = bench_find(bench, "film", 0)->identity;
    playback->key = 9;
    playback->presence = 1;
    painter.playbacks = playback;
    painter.playback_count = 1;
    sw_view_paint(&painter, bench->root);
    painter.playbacks = NULL;
    return painter;
}

static const struct sw_draw *drawn(const struct bench *bench, const struct sw_bitmap *bitmap)
{
    for (size_t i = 0; i < bench->list.count; i++)
        if (bench->list.items[i].bitmap == bitmap)
            return &bench->list.items[i];
    return NULL;
}

static size_t pictures(const struct bench *bench)
{
    size_t count = 0;
    for (size_t i = 0; i < bench->list.count; i++)
        count += bench->list.items[i].kind == SW_DRAW_BITMAP && bench->list.items[i].bitmap->format == SW_PIXELS_XRGB;
    return count;
}

static void it_is_as_large_as_its_clip(void **state)
{
    (void)state;
    static const struct {
        const char *elements;
        double width, height;
    } table[] = {
        {"[{\"column\": [{" FILM "}], \"at\": [0, 0], \"items\": \"start\"}]", 400, 200},
        {"[{\"column\": [{" FILM ", \"width\": 100}], \"at\": [0, 0], \"items\": \"start\"}]", 100, 50},
        {"[{\"column\": [{" FILM ", \"height\": 300}], \"at\": [0, 0], \"items\": \"start\"}]", 600, 300},
        {"[{\"column\": [{" FILM "}], \"at\": [0, 0], \"size\": [200, 200], \"items\": \"start\"}]", 200, 100},
        {"[{" FILM ", \"at\": [0, 0], \"size\": [300, 300]}]", 300, 300},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct bench bench;
        struct cinema cinema;
        open_film(&bench, &cinema, table[i].elements);
        bench_make(&bench);
        const struct sw_box *box = bench_find(&bench, "film", 0);
        if (fabs(box->rect.width - table[i].width) > 0.1 || fabs(box->rect.height - table[i].height) > 0.1)
            fail_msg("%s: %g x %g", table[i].elements, box->rect.width, box->rect.height);
        close_film(&bench, &cinema);
    }
}

static void it_is_fitted_as_images_are(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        struct sw_rect to;
        struct sw_box_px clip;
    } table[] = {
        {"", {0, 100, 400, 200}, {0, 100, 400, 200}},
        {", \"focus\": [0.5, 0]", {0, 0, 400, 200}, {0, 0, 400, 200}},
        {", \"fit\": \"fill\"", {0, 0, 400, 400}, {0, 0, 400, 400}},
        {", \"fit\": \"cover\"", {-200, 0, 800, 400}, {0, 0, 400, 400}},
        {", \"fit\": \"cover\", \"focus\": [1, 0]", {-400, 0, 800, 400}, {0, 0, 400, 400}},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct bench bench;
        struct cinema cinema;
        struct sw_arena arena = {0};
        open_film(&bench, &cinema, sw_arena_printf(&arena, "[{" FILM ", \"at\": [0, 0], \"size\": [400, 400]%s}]", table[i].keys));
        (void)draw(&bench, &(struct sw_playback){.identity = 0});
        const struct sw_draw *item = drawn(&bench, cinema.bitmap);
        assert_non_null(item);
        assert_float_equal(item->to.x, table[i].to.x, 0.01);
        assert_float_equal(item->to.y, table[i].to.y, 0.01);
        assert_float_equal(item->to.width, table[i].to.width, 0.01);
        assert_float_equal(item->to.height, table[i].to.height, 0.01);
        assert_memory_equal(&item->clip, &table[i].clip, sizeof item->clip);
        assert_null(item->shape);
        close_film(&bench, &cinema);
        sw_arena_finish(&arena);
    }
}

static void its_corners_are_round(void **state)
{
    (void)state;
    struct bench bench;
    struct cinema cinema;
    open_film(&bench, &cinema, "[{" FILM ", \"at\": [0, 0], \"size\": [400, 200], \"radius\": 30, \"opacity\": 0.5}]");
    (void)draw(&bench, &(struct sw_playback){.identity = 0});
    assert_non_null(drawn(&bench, cinema.bitmap)->shape);
    assert_float_equal(drawn(&bench, cinema.bitmap)->opacity, 0.5, 0.001);
    close_film(&bench, &cinema);
}

/* -- what is asked for -- */

static void it_asks_for_what_is_due(void **state)
{
    (void)state;
    struct bench bench;
    struct cinema cinema;
    open_film(&bench, &cinema, "[{" FILM ", \"at\": [0, 0], \"size\": [400, 200], \"from\": \"2s\", \"until\": \"7s\", \"loop\": true,"
                               " \"muted\": false}]");
    cinema.next = 1234;
    struct sw_painter painter = draw(
        &bench, &(struct sw_playback){.running = true, .plays = true, .position = 42, .tick = 1000, .volume = 0.25, .there = true});
    assert_int_equal(cinema.asked.key, 9);
    assert_int_equal(cinema.asked.from, 2 * SW_SECOND);
    assert_int_equal(cinema.asked.until, 7 * SW_SECOND);
    assert_true(cinema.asked.loop && cinema.asked.running);
    assert_float_equal(cinema.asked.volume, 0.25, 0);
    assert_int_equal(cinema.asked.position, 42);
    assert_int_equal(cinema.asked.tick, 1000);
    assert_int_equal(painter.next_due, 1234);
    assert_false(painter.awaits);
    cinema.next = SW_NEVER;
    assert_true(draw(&bench, &(struct sw_playback){.running = true}).awaits);
    assert_false(draw(&bench, &(struct sw_playback){.running = false}).awaits); /* it stands, and has its picture */
    const struct sw_reel *reel = bench_find(&bench, "film", 0)->reel;
    assert_int_equal(reel->length, 5 * SW_SECOND);
    assert_true(reel->loop);
    close_film(&bench, &cinema);
    open_film(&bench, &cinema, "[{" FILM ", \"from\": \"15s\"}]");
    (void)draw(&bench, &(struct sw_playback){.volume = 1});
    assert_int_equal(bench_find(&bench, "film", 0)->reel->length, 5 * SW_SECOND);
    assert_float_equal(cinema.asked.volume, 0, 0); /* muted unless told */
    close_film(&bench, &cinema);
}

static void one_picture_is_made_of_its_poster(void **state)
{
    (void)state;
    for (int poster = 0; poster < 2; poster++) {
        struct bench bench;
        struct cinema cinema;
        open_film(&bench, &cinema, poster ? "[{" FILM ", \"poster\": \"media/400x200.png\"}]" : "[{" FILM "}]");
        cinema.videos.still = true;
        struct sw_painter painter = draw(&bench, &(struct sw_playback){.running = true, .position = 42});
        assert_int_equal(cinema.asks, 1 - poster);
        assert_false(cinema.asked.running);
        assert_int_equal(cinema.asked.position, 0);
        assert_int_equal(pictures(&bench), poster);
        assert_int_equal(painter.pending + painter.failed, 0);
        cinema.clip = SW_ASSET_PENDING;
        painter = draw(&bench, &(struct sw_playback){.running = true});
        assert_int_equal(painter.pending, 1); /* how large and long it is has to be known all the same */
        close_film(&bench, &cinema);
    }
}

/* -- where there is nothing -- */

static void what_is_not_there(void **state)
{
    (void)state;
    enum { R = SW_ASSET_READY, P = SW_ASSET_PENDING, F = SW_ASSET_FAILED };
    static const struct {
        const char *what;
        int clip, frame;
        bool poster, none; /* none: there are no videos at all */
        size_t pending, frames, failed, posters;
        bool there;
    } table[] = {
        {"all is there", R, R, true, false, 0, 0, 0, 0, true},
        {"nothing is known", P, R, false, false, 1, 0, 0, 0, false},
        {"nothing is known, with a poster", P, R, true, false, 1, 0, 0, 1, false},
        {"no picture yet", R, P, false, false, 1, 1, 0, 0, false},
        {"no picture yet, with a poster", R, P, true, false, 1, 1, 0, 1, false},
        {"no picture", R, F, false, false, 0, 0, 1, 0, true},
        {"no picture, with a poster", R, F, true, false, 0, 0, 0, 1, true},
        {"no clip", F, R, false, false, 0, 0, 1, 0, true},
        {"no clip, with a poster", F, R, true, false, 0, 0, 0, 1, true},
        {"no videos", R, R, false, true, 0, 0, 1, 0, true},
        {"no videos, with a poster", R, R, true, true, 0, 0, 0, 1, true},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct bench bench;
        struct cinema cinema;
        open_film(&bench, &cinema, table[i].poster ? "[{" FILM ", \"poster\": \"media/400x200.png\"}]" : "[{" FILM "}]");
        cinema.clip = (enum sw_asset_state)table[i].clip;
        cinema.frame = (enum sw_asset_state)table[i].frame;
        bench.context.videos = table[i].none ? NULL : &cinema.videos;
        struct sw_playback playback = {.running = true};
        struct sw_painter painter = draw(&bench, &playback);
        if (painter.pending != table[i].pending || painter.frames != table[i].frames || painter.failed != table[i].failed ||
            pictures(&bench) != table[i].posters || playback.there != table[i].there)
            fail_msg("%s: pending %zu, frames %zu, failed %zu, posters %zu, there %d", table[i].what, painter.pending, painter.frames,
                     painter.failed, pictures(&bench), playback.there);
        close_film(&bench, &cinema);
    }
}

static void the_last_picture_stays_until_the_next_is_there(void **state)
{
    (void)state;
    struct bench bench;
    struct cinema cinema;
    open_film(&bench, &cinema, "[{" FILM ", \"poster\": \"media/400x200.png\"}]");
    struct sw_draw_list before;
    (void)draw(&bench, &(struct sw_playback){.running = true});
    sw_draw_list_init(&before, 1000, 600, 0);
    sw_draw_list_copy(&before, &bench.list);
    for (int frame = SW_ASSET_PENDING; frame <= SW_ASSET_FAILED; frame++) {
        if (frame == SW_ASSET_READY)
            continue;
        cinema.frame = (enum sw_asset_state)frame;
        bench_make(&bench);
        struct sw_painter painter = bench_painter(&bench, 0);
        struct sw_playback playback = {.identity = bench_find(&bench, "film", 0)->identity, .key = 9, .running = true};
        painter.before = &before;
        painter.playbacks = &playback;
        painter.playback_count = 1;
        sw_view_paint(&painter, bench.root);
        assert_true(painter.awaits);
        assert_int_equal(drawn(&bench, cinema.bitmap) != NULL, frame == SW_ASSET_PENDING);
        assert_int_equal(pictures(&bench), frame == SW_ASSET_PENDING ? 0 : 1);
    }
    sw_draw_list_finish(&before);
    close_film(&bench, &cinema);
}

/* -- what is over it -- */

static void subtitles_stand_above_the_controls(void **state)
{
    (void)state;
    double bottoms[2] = {0, 0};
    for (int controls = 0; controls < 2; controls++) {
        struct bench bench;
        struct cinema cinema;
        open_film(&bench, &cinema, controls ? "[{" FILM ", \"at\": [0, 0], \"size\": [1000, 500], \"controls\": true, \"from\": \"1s\"}]"
                                            : "[{" FILM ", \"at\": [0, 0], \"size\": [1000, 500], \"from\": \"1s\"}]");
        struct sw_painter painter = draw(&bench, &(struct sw_playback){.running = true, .tick = 100, .shown = SW_SECOND});
        assert_int_equal(painter.next_due, 100 + SW_SECOND); /* at 3 s of the file it begins; here a second on */
        painter = draw(&bench, &(struct sw_playback){.running = true, .there = true, .tick = 100, .shown = 2500 * SW_MS});
        size_t item = 0;
        while (item < bench.list.count && (bench.list.items[item].kind != SW_DRAW_FILL || bench.list.items[item].to.width < 50))
            item++;
        assert_true(item < bench.list.count);
        bottoms[controls] = bench.list.items[item].to.y + bench.list.items[item].to.height;
        close_film(&bench, &cinema);
    }
    assert_true(bottoms[0] > 450 && bottoms[1] < 500 - 112);
}

static void controls_are_as_wide_as_there_is_room(void **state)
{
    (void)state;
    static const struct {
        int width, height;
        bool track;
    } table[] = {{1000, 560, true}, {400, 225, true}, {200, 112, true}, {60, 60, false}, {8, 8, false}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct bench bench;
        struct cinema cinema;
        struct sw_arena arena = {0};
        open_film(&bench, &cinema, sw_arena_printf(&arena, "[{" FILM ", \"at\": [0, 0], \"size\": [%d, %d], \"fit\": \"fill\","
                                                           " \"controls\": true}]", table[i].width, table[i].height));
        (void)draw(&bench, &(struct sw_playback){.plays = true, .shown = 5 * SW_SECOND});
        const struct sw_box *film = bench_find(&bench, "film", 0), *bar = film->reel->controls;
        assert_non_null(bar);
        assert_int_equal(film->reel->track != NULL, table[i].track);
        for (const struct sw_box *box = bar; box != NULL; box = box == bar ? bar->first : box->next) {
            assert_true(box->rect.width >= 0 && box->rect.height >= 0);
            assert_true(box->rect.x >= film->rect.x - 0.01 && box->rect.y >= film->rect.y - 0.01);
            assert_true(box->hidden || box->rect.x + box->rect.width <= film->rect.x + film->rect.width + 0.01);
            assert_true(box->rect.y + box->rect.height <= film->rect.y + film->rect.height + 0.01);
        }
        assert_int_equal(bar->first->action_count, 1);
        close_film(&bench, &cinema);
        sw_arena_finish(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_as_large_as_its_clip),
        cmocka_unit_test(it_is_fitted_as_images_are),
        cmocka_unit_test(its_corners_are_round),
        cmocka_unit_test(it_asks_for_what_is_due),
        cmocka_unit_test(one_picture_is_made_of_its_poster),
        cmocka_unit_test(what_is_not_there),
        cmocka_unit_test(the_last_picture_stays_until_the_next_is_there),
        cmocka_unit_test(subtitles_stand_above_the_controls),
        cmocka_unit_test(controls_are_as_wide_as_there_is_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
