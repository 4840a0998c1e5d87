/* SPDX-License-Identifier: EUPL-1.2 */
/* Texts that are longer than anything that can be seen: what is left out, drawn in blocks, and drawn on a thread. */
#include <SDL2/SDL_ttf.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "text_bench.h"

#define WORDS 20000
#define LONGEST_MS 20000 /* after which a thread that does not answer fails the test */

struct long_text {
    struct sw_typesetter *typesetter;
    struct sw_buffer words, emoji;
};

static int set_up(void **state)
{
    static struct long_text texts;
    texts.typesetter = bench_typesetter();
    sw_buffer_init(&texts.words, 1u << 20);
    sw_buffer_init(&texts.emoji, 1u << 20);
    for (int i = 0; i < WORDS; i++)
        sw_buffer_printf(&texts.words, i % 40 == 39 ? "Wort%d\n" : "Wort%d ", i);
    for (uint32_t code = 0x1f400; code < 0x1f43f; code++) {
        char bytes[8];
        sw_buffer_add(&texts.emoji, bytes, sw_utf8_encode(code, bytes));
    }
    *state = &texts;
    return texts.typesetter == NULL;
}

static int tear_down(void **state)
{
    struct long_text *texts = *state;
    sw_typesetter_destroy(texts->typesetter);
    sw_buffer_finish(&texts->words);
    sw_buffer_finish(&texts->emoji);
    return 0;
}

/* -- what is left out -- */

static void test_seen(void **state)
{
    struct long_text *texts = *state;
    struct sw_text_request request = bench_request(sw_buffer_text(&texts->words), 36, 900);
    const struct sw_text_layout *whole = sw_text_layout(texts->typesetter, &request);
    request.seen_width = 1000;
    request.seen_height = 600;
    const struct sw_text_layout *seen = sw_text_layout(texts->typesetter, &request);
    assert_true(seen->cut);
    assert_true(seen->height > 600 && seen->height <= 600 + 36 * 1.4);
    for (int i = 0; i < seen->line_count; i++) {
        assert_true(seen->lines[i].baseline == whole->lines[i].baseline && seen->lines[i].width == whole->lines[i].width);
        assert_int_equal(seen->lines[i].count, whole->lines[i].count);
    }
}

/* On one line nothing is wrapped, and what would fill the wall ends it. */
static void test_seen_unwrapped(void **state)
{
    struct long_text *texts = *state;
    char *text = strdup(sw_buffer_text(&texts->words));
    assert_non_null(text);
    for (char *at = text; *at != '\0'; at++)
        *at = *at == '\n' ? ' ' : *at;
    struct sw_text_request request = bench_request(text, 36, INFINITY);
    request.seen_width = 1000;
    request.seen_height = 600;
    const struct sw_text_layout *layout = sw_text_layout(texts->typesetter, &request);
    double most = 1000 * 600 / (36 * 1.4);
    assert_true(layout->cut);
    assert_int_equal(layout->line_count, 1);
    assert_true(layout->width <= most && layout->width > most - 400);
    free(text);
}

/* What fits is as it would be without any limit. */
static void test_seen_fits(void **state)
{
    struct long_text *texts = *state;
    static const char *const few[] = {"Der Rhein steht heute 41 cm höher als gestern", "eins\nzwei\n\ndrei", "Rhein مرحبا بكم Ruhr", ""};
    for (size_t i = 0; i < SW_COUNT(few); i++) {
        for (double width = 100; width < 1000; width *= 1.7) {
            struct sw_text_request request = bench_request(few[i], 36, width);
            struct sw_text_layout whole = *sw_text_layout(texts->typesetter, &request);
            request.seen_width = 1000;
            request.seen_height = 900;
            const struct sw_text_layout *seen = sw_text_layout(texts->typesetter, &request);
            assert_int_equal(seen->line_count, whole.line_count);
            assert_true(seen->width == whole.width && seen->height == whole.height && seen->cut == whole.cut);
        }
    }
    struct sw_text_request request = bench_request("a b c", 36, 0);
    request.seen_width = request.seen_height = 1; /* the widest word is asked for without regard to what is seen */
    assert_true(sw_text_widest_word(texts->typesetter, &request) > 10);
}

/* -- blocks -- */

static void test_blocks(void **state)
{
    struct long_text *texts = *state;
    struct sw_text_request request = bench_request(sw_buffer_text(&texts->words), 36, 900);
    const struct sw_text_layout *layout = sw_text_layout(texts->typesetter, &request);
    int blocks = sw_text_blocks(layout, 1);
    assert_int_equal(blocks, (int)((layout->height - 36 * 1.4) / SW_TEXT_BLOCK_PX) + 1);
    assert_int_equal(sw_text_blocks(layout, 0.01), 1);
    for (int i = 0; i < blocks; i++) {
        struct sw_text_pixels pixels = sw_text_raster(texts->typesetter, layout, 1, i);
        assert_int_equal(pixels.state, SW_ASSET_READY);
        assert_non_null(pixels.mask);
        assert_in_range(pixels.top, i * SW_TEXT_BLOCK_PX, i * SW_TEXT_BLOCK_PX + 60);
        assert_true(pixels.mask->height <= SW_TEXT_BLOCK_PX + 60);
        sw_typesetter_collect(texts->typesetter);
    }
    request.text = "";
    assert_int_equal(sw_text_blocks(sw_text_layout(texts->typesetter, &request), 1), 0);
}

/* -- the thread -- */

static void count_wake(void *context)
{
    atomic_fetch_add((atomic_int *)context, 1);
}

static struct sw_typesetter *with_thread(atomic_int *wakes)
{
    struct sw_font_set fonts = {bench_roles, SW_COUNT(bench_roles), bench_fallbacks, SW_COUNT(bench_fallbacks)};
    struct sw_typesetter *typesetter = bench_typesetter();
    sw_typesetter_start(typesetter, &fonts, count_wake, wakes);
    return typesetter;
}

static void wait_for_all(struct sw_typesetter *typesetter)
{
    for (int i = 0; sw_typesetter_pending(typesetter) > 0; i++) {
        assert_true(i < LONGEST_MS);
        (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        sw_typesetter_collect(typesetter);
    }
}

static uint64_t hash_bitmap(const struct sw_bitmap *bitmap)
{
    return bitmap != NULL ? sw_hash_bytes(SW_HASH_START, bitmap->pixels, (size_t)bitmap->stride * (size_t)bitmap->height) : 0;
}

static void test_thread(void **state)
{
    struct long_text *texts = *state;
    atomic_int wakes = 0;
    struct sw_typesetter *threaded = with_thread(&wakes);
    const char *both[] = {sw_buffer_text(&texts->words), sw_buffer_text(&texts->emoji)};
    for (size_t i = 0; i < SW_COUNT(both); i++) {
        struct sw_text_request request = bench_request(both[i], 36, 900);
        struct sw_text_pixels late = bench_raster(threaded, &request, 2), small;
        assert_int_equal(late.state, SW_ASSET_PENDING);
        assert_null(late.mask);
        assert_null(late.colours);
        assert_int_equal(bench_raster(threaded, &request, 2).state, SW_ASSET_PENDING);
        assert_int_equal(sw_typesetter_pending(threaded), 1);
        wait_for_all(threaded);
        assert_int_equal(atomic_load(&wakes), i + 1);
        late = bench_raster(threaded, &request, 2);
        assert_int_equal(late.state, SW_ASSET_READY);
        struct sw_text_pixels once = bench_raster(texts->typesetter, &request, 2);
        assert_true(hash_bitmap(late.mask) == hash_bitmap(once.mask) && hash_bitmap(late.colours) == hash_bitmap(once.colours));
        assert_int_equal(late.left, once.left);
        assert_int_equal(late.colours_top, once.colours_top);
        request.text = "Rhein"; /* little is drawn at once */
        small = bench_raster(threaded, &request, 2);
        assert_int_equal(small.state, SW_ASSET_READY);
    }
    sw_typesetter_destroy(threaded);
}

/* Many small texts are as much as a long one. */
static void test_frame_at_once(void **state)
{
    (void)state;
    atomic_int wakes = 0;
    struct sw_typesetter *threaded = with_thread(&wakes);
    char text[32];
    int ready = 0, pending = 0;
    for (int i = 0; i < 200; i++) {
        (void)snprintf(text, sizeof text, "Rhein %d", i);
        struct sw_text_request request = bench_request(text, 100, INFINITY);
        enum sw_asset_state made = bench_raster(threaded, &request, 1).state;
        ready += made == SW_ASSET_READY;
        pending += made == SW_ASSET_PENDING;
        assert_true(made == SW_ASSET_PENDING || pending == 0);
    }
    assert_true(ready > 10 && pending > 10);
    sw_typesetter_collect(threaded); /* another frame */
    struct sw_text_request request = bench_request("Ruhr", 100, INFINITY);
    assert_int_equal(bench_raster(threaded, &request, 1).state, SW_ASSET_READY);
    wait_for_all(threaded);
    assert_int_equal(atomic_load(&wakes), pending);
    sw_typesetter_destroy(threaded);
}

/* What waits is not let go of, however long nobody asks; and an end in the middle of it all leaves nothing behind. */
static void test_thread_ends(void **state)
{
    struct long_text *texts = *state;
    atomic_int wakes = 0;
    struct sw_typesetter *threaded = with_thread(&wakes);
    struct sw_text_request request = bench_request(sw_buffer_text(&texts->words), 36, 900);
    for (int i = 0; i < 8; i++)
        assert_int_equal(sw_text_raster(threaded, sw_text_layout(threaded, &request), 1, i).state, SW_ASSET_PENDING);
    for (int i = 0; i < 2000; i++) {
        char text[32];
        (void)snprintf(text, sizeof text, "%d", i);
        struct sw_text_request other = bench_request(text, 36, INFINITY);
        (void)sw_text_layout(threaded, &other);
        if (i % 8 == 0)
            sw_typesetter_collect(threaded);
    }
    for (int i = 8; i < 16; i++)
        (void)sw_text_raster(threaded, sw_text_layout(threaded, &request), 1, i);
    sw_typesetter_destroy(threaded);
}

/* -- emoji are measured without being decoded: as SDL_ttf would -- */

static void test_emoji_widths(void **state)
{
    struct long_text *texts = *state;
    static const char *const clusters[] = {
        "\U0001f600", "\U0001f44d\U0001f3fe", "\U0001f1e9\U0001f1ea", "\U0001f1e9\U0001f1ff", "\u2764\ufe0f", "1\ufe0f\u20e3",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\U0001f3fb\u200d\U0001f469\U0001f3ff\u200d\U0001f467\U0001f3fd",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "\U0001f469\u200d\u2695\ufe0f", "\U0001f3fb",
    };
    TTF_Font *font = TTF_OpenFontDPI(NOTO "NotoColorEmoji.ttf", 1, 2048 * 72, 2048 * 72);
    assert_non_null(font);
    TTF_SetFontDirection(font, TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(font, "Latn");
    for (size_t i = 0; i < SW_COUNT(clusters); i++) {
        int width = 0, height = 0;
        assert_int_equal(TTF_SizeUTF8(font, clusters[i], &width, &height), 0);
        struct sw_text_request request = bench_request(clusters[i], 109, INFINITY);
        const struct sw_text_layout *layout = sw_text_layout(texts->typesetter, &request);
        assert_int_equal(layout->piece_count, 1);
        bool several = width > 109 * 2; /* the font does not know the sequence: its parts, which SDL_ttf puts on whole pixels */
        assert_float_equal(layout->width, width, several ? 1.5 : 1e-9);
    }
    TTF_CloseFont(font);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seen),
        cmocka_unit_test(test_seen_unwrapped),
        cmocka_unit_test(test_seen_fits),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_thread),
        cmocka_unit_test(test_frame_at_once),
        cmocka_unit_test(test_thread_ends),
        cmocka_unit_test(test_emoji_widths),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
