/* SPDX-License-Identifier: EUPL-1.2 */
/* What a release keeps of its clips: written and read, and refused where it is not what we write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "exhibition/clip_facts.h"

#define HEAD "{\"schauwand\": \"clips 1\", \"clips\": {\n"

static void facts_are_read_as_they_were_written(void **state)
{
    (void)state;
    static const struct sw_clip_fact items[] = {
        {"media/a \xc3\xa4\\.mp4", 1920, 1080, 12500000, true},
        {"media/b.webm", 1, SW_CLIP_SIDE_MAX, 0, false},
        {"scenes/c/d.mkv", 3840, 2160, SW_CLIP_LENGTH_MAX, false},
    };
    struct sw_clip_facts facts;
    struct sw_diags diags;
    size_t length, again;
    sw_diags_init(&diags);
    char *text = sw_clip_facts_write(items, SW_COUNT(items), &length);
    assert_int_equal(length, strlen(text));
    assert_true(sw_clip_facts_read(&facts, text, length, "clips.json", &diags));
    assert_int_equal(facts.count, SW_COUNT(items));
    for (size_t i = 0; i < SW_COUNT(items); i++) {
        const struct sw_clip_fact *fact = sw_clip_facts_find(&facts, items[i].path);
        assert_non_null(fact);
        assert_int_equal(fact->width, items[i].width);
        assert_int_equal(fact->height, items[i].height);
        assert_int_equal(fact->length, items[i].length);
        assert_int_equal(fact->sound, items[i].sound);
    }
    assert_null(sw_clip_facts_find(&facts, "media/b.web"));
    char *same = sw_clip_facts_write(facts.items, facts.count, &again);
    assert_string_equal(same, text);
    free(same);
    free(text);
    sw_clip_facts_finish(&facts);
    sw_diags_finish(&diags);
}

static void no_clips_are_no_fault(void **state)
{
    (void)state;
    struct sw_clip_facts facts;
    struct sw_diags diags;
    size_t length;
    sw_diags_init(&diags);
    char *text = sw_clip_facts_write(NULL, 0, &length);
    assert_true(sw_clip_facts_read(&facts, text, length, "clips.json", &diags));
    assert_null(sw_clip_facts_find(&facts, "media/a.mp4"));
    free(text);
    sw_clip_facts_finish(&facts);
    sw_diags_finish(&diags);
}

static void what_we_do_not_write_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *fault;
    } samples[] = {
        {"", "clips.json:1:1: error: "},
        {"{\"schauwand\": \"clips 2\", \"clips\": {}}", "clips.json:1:15: error: schauwand: \"clips 2\" is not one of \"clips 1\""},
        {"{\"schauwand\": \"clips 1\"}", "clips.json:1:1: error: "},
        {HEAD "\"a\": {\"width\": 1920, \"height\": 1080, \"length\": 1.5, \"sound\": true}}}", "clips.json:2:48: error: clips.a.length: "},
        {HEAD "\"a\": {\"width\": 0, \"height\": 1080, \"length\": 1, \"sound\": true}}}", "clips.json:2:16: error: clips.a.width: "},
        {HEAD "\"a\": {\"width\": 1, \"height\": 8193, \"length\": 1, \"sound\": true}}}", "clips.json:2:29: error: clips.a.height: "},
        {HEAD "\"a\": {\"width\": 1, \"height\": 1, \"length\": -1, \"sound\": true}}}", "clips.json:2:42: error: clips.a.length: "},
        {HEAD "\"a\": {\"width\": 1, \"height\": 1, \"length\": 86400000001, \"sound\": true}}}",
         "clips.json:2:42: error: clips.a.length: "},
        {HEAD "\"a\": {\"width\": 1, \"height\": 1, \"length\": 1}}}", "clips.json:2:6: error: clips.a: "},
        {HEAD "\"a\": {\"width\": 1, \"height\": 1, \"length\": 1, \"sound\": true, \"x\": 1}}}", "clips.json:2:60: error: clips.a: "},
        {HEAD "\"a\": {}, \"a\": {}}}", "clips.json:2:10: error: "},
        {HEAD "}} // x", "clips.json:2:4: error: "},
    };
    for (size_t i = 0; i < SW_COUNT(samples); i++) {
        struct sw_clip_facts facts;
        struct sw_diags diags;
        struct sw_arena arena = {0};
        sw_diags_init(&diags);
        assert_false(sw_clip_facts_read(&facts, samples[i].text, strlen(samples[i].text), "clips.json", &diags));
        assert_true(diags.count >= 1);
        const char *said = sw_diag_format(&diags.items[0], &arena);
        if (strncmp(said, samples[i].fault, strlen(samples[i].fault)) != 0)
            assert_string_equal(said, samples[i].fault);
        sw_clip_facts_finish(&facts);
        sw_arena_finish(&arena);
        sw_diags_finish(&diags);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_are_read_as_they_were_written),
        cmocka_unit_test(no_clips_are_no_fault),
        cmocka_unit_test(what_we_do_not_write_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
