/* SPDX-License-Identifier: EUPL-1.2 */
/* Texts that take long are drawn on a thread: a scene enters when they are there, and what is on the wall stays as it is until then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/must.h"
#include "bed.h"

#define LONGEST_MS 20000
#define WORDS 3000

static void start_thread(struct bed *bed)
{
    const struct sw_font_role role = {.name = "text", .path = bed->exhibition->fonts[0].path};
    const struct sw_font_set fonts = {.roles = &role, .role_count = 1};
    sw_typesetter_start(bed->typesetter, &fonts, NULL, NULL);
}

/* Until the thread has drawn all that was asked for, as the player does it: collect, then a step. */
static void wait_for_texts(struct bed *bed)
{
    for (int i = 0; sw_typesetter_pending(bed->typesetter) > 0; i++) {
        assert_true(i < LONGEST_MS);
        (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        if (sw_typesetter_collect(bed->typesetter))
            bed_step(bed, true);
    }
}

/* Scene `id`: a cell that counts, a sign of the count's colour, and thousands of words about it. */
static void write_scene(struct sw_buffer *json, const char *id)
{
    sw_buffer_printf(json,
                     "{\"title\": \"%s\", \"state\": {\"n\": {\"min\": 1, \"max\": 3, \"default\": 1}}, \"elements\": ["
                     "{\"shape\": \"rectangle\", \"at\": [0, 0], \"size\": [80, 80], \"fill\": \"#808080\","
                     " \"tap\": {\"set\": {\"n\": \"{n + 1}\"}}},"
                     "{\"shape\": \"rectangle\", \"at\": [900, 0], \"size\": [20, 20], \"fill\": \"#000101\", \"when\": \"n == 1\"},"
                     "{\"shape\": \"rectangle\", \"at\": [900, 0], \"size\": [20, 20], \"fill\": \"#000102\", \"when\": \"n == 2\"},"
                     "{\"at\": [0, 100], \"size\": [1000, 500], \"style\": \"tiny\", \"text\": \"{n} ",
                     id);
    for (int i = 0; i < WORDS; i++)
        sw_buffer_printf(json, "%s%d ", id, i % 400);
    sw_buffer_add_text(json, "\"}]}");
}

static void open(struct bed *bed)
{
    static struct sw_buffer a, b;
    sw_buffer_init(&a, 1u << 20);
    sw_buffer_init(&b, 1u << 20);
    write_scene(&a, "A");
    write_scene(&b, "B");
    const struct bed_file files[] = {
        {"scenes/theme.json",
         "{\"canvases\": {\"wide\": {\"size\": [1000, 600], \"areas\": {\"sheet\": [300, 150, 400, 300]}}},"
         " \"colours\": {\"ink\": \"#101010\", \"paper\": \"#FFFFFF\"}, \"ground\": \"paper\", \"default_style\": \"body\","
         " \"styles\": {\"body\": {\"font\": \"text\", \"size\": 20, \"line\": 1.5, \"colour\": \"ink\"},"
         "              \"tiny\": {\"font\": \"text\", \"size\": 12, \"line\": 1, \"colour\": \"ink\"}}}"},
        {"scenes/a.json", sw_buffer_text(&a)},
        {"scenes/b.json", sw_buffer_text(&b)},
        {"scenes/hub.json", "{\"title\": \"Hub\", \"elements\": []}"},
        {NULL, NULL}};
    bed_open(bed, (struct bed_options){.files = files});
    sw_buffer_finish(&a);
    sw_buffer_finish(&b);
    start_thread(bed);
}

static size_t draws(const struct bed *bed)
{
    const struct sw_stage_zone *zones = NULL;
    assert_int_equal(sw_stage_zones(bed->stage, &zones), 1);
    return zones->list != NULL ? zones->list->count : 0;
}

static void what_is_on_the_wall_stays(void **state)
{
    (void)state;
    struct bed bed;
    open(&bed);
    bed_step(&bed, false);
    assert_true(sw_typesetter_pending(bed.typesetter) > 0);
    wait_for_texts(&bed);
    bed_settle(&bed);
    assert_shown(&bed, 0, "a");
    size_t before = draws(&bed);
    assert_true(bed_fills(&bed, 0, BED_N(1)) && before > 1);
    bed_tap(&bed, 40, 40); /* other words, which are not there yet: the old ones stay, and so do the sign and the finger's shade */
    bed_pass(&bed, 200 * SW_MS);
    assert_true(sw_typesetter_pending(bed.typesetter) > 0);
    assert_true(bed_fills(&bed, 0, BED_N(1)));
    assert_int_equal(draws(&bed), before + 1);
    wait_for_texts(&bed);
    bed_step(&bed, false);
    assert_false(bed_fills(&bed, 0, BED_N(1)));
    assert_true(bed_fills(&bed, 0, BED_N(2)));
    assert_int_equal(draws(&bed), before);
    bed_close(&bed);
}

static void a_scene_enters_when_its_texts_are_there(void **state)
{
    (void)state;
    struct bed bed;
    open(&bed);
    bed_step(&bed, false);
    wait_for_texts(&bed);
    bed_settle(&bed);
    assert_shown(&bed, 0, "a");
    bed_pass(&bed, 12 * SW_SECOND); /* its time is over, but b's words are not there */
    assert_shown(&bed, 0, "a");
    assert_false(bed_status(&bed, 0).changing);
    assert_true(sw_typesetter_pending(bed.typesetter) > 0);
    wait_for_texts(&bed);
    bed_pass(&bed, 50 * SW_MS);
    assert_true(bed_status(&bed, 0).changing);
    bed_settle(&bed);
    assert_shown(&bed, 0, "b");
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_on_the_wall_stays),
        cmocka_unit_test(a_scene_enters_when_its_texts_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
