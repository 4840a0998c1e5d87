/* SPDX-License-Identifier: EUPL-1.2 */
/* Files of subtitles: what is said when, and each fault at its place. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "exhibition/subtitles.h"

#define SECOND(x) ((int64_t)llround((x)*1e6))

struct sample {
    const char *name, *text;
    const char *said;   /* "1..2.5: Eins / Zwei; 3..4: Drei", seconds; "/": another line */
    const char *faults; /* as they are printed; "": none */
};

/* What is said, written down; *strong* and _emphasis_. */
static const char *write_down(struct sw_arena *arena, const struct sw_subtitles *subtitles)
{
    char *text = sw_arena_strdup(arena, "");
    for (size_t i = 0; i < subtitles->count; i++) {
        const struct sw_subtitle *item = &subtitles->items[i];
        text = sw_arena_printf(arena, "%s%s%g..%g: ", text, i > 0 ? "; " : "", (double)item->from / 1e6, (double)item->until / 1e6);
        for (const char *c = item->text; *c != '\0'; c++)
            text = *c == '\n'                     ? sw_arena_printf(arena, "%s / ", text)
                   : *c == '\x01' || *c == '\x02' ? sw_arena_printf(arena, "%s*", text)
                   : *c == '\x03' || *c == '\x04' ? sw_arena_printf(arena, "%s_", text)
                                                  : sw_arena_printf(arena, "%s%c", text, *c);
    }
    return text;
}

static const char *faults_of(struct sw_arena *arena, struct sw_diags *diags)
{
    char *text = sw_arena_strdup(arena, "");
    for (size_t i = 0; i < diags->count; i++)
        text = sw_arena_printf(arena, "%s%s", text, sw_diag_format(&diags->items[i], arena));
    return text;
}

static void check(const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct sw_arena arena = {0};
        struct sw_diags diags;
        sw_diags_init(&diags);
        const struct sw_subtitles *subtitles =
            sw_subtitles_create(&arena, samples[i].text, strlen(samples[i].text), samples[i].name, &diags);
        assert_string_equal(write_down(&arena, subtitles), samples[i].said);
        assert_string_equal(faults_of(&arena, &diags), samples[i].faults);
        sw_diags_finish(&diags);
        sw_arena_finish(&arena);
    }
}

static void files_are_read(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"a.vtt", "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nEins\n", "1..2.5: Eins", ""},
        {"a.vtt", "WEBVTT", "", ""},
        {"a.vtt", "WEBVTT - Rhein\nKind: captions\n\n00:01.000 --> 00:02.000\nEins\nZwei\n\n\n00:03.000 --> 99:59:59.999\nDrei",
         "1..2: Eins / Zwei; 3..360000: Drei", ""},
        {"a.srt", "1\n00:00:01,000 --> 00:00:02,500\nEins\n\n2\n00:00:03,000 --> 00:00:04,000\nZwei\n", "1..2.5: Eins; 3..4: Zwei", ""},
        {"a.srt",
         "\xef\xbb\xbf"
         "1\r\n0:00:01,000 --> 0:00:02,500 X1:40 Y1:50\r\n{\\an8}<font color=\"#fff\">Eins</font>\r\n\r\n",
         "1..2.5: Eins", ""},
        {"a.srt", "00:00:01.000 --> 00:00:02.000\rEins\r\r00:00:03.000 --> 00:00:04.000\rZwei\r", "1..2: Eins; 3..4: Zwei", ""},
        {"a.vtt",
         "WEBVTT\n\nNOTE so\nist es\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nname\n00:01.000 --> 00:02.000 line:0 "
         "align:start\nEins\n",
         "1..2: Eins", ""},
        {"a.vtt",
         "WEBVTT\n\n00:01.000 --> 00:02.000\n  <v Anna>Ein <b>fetter <i>und</i> </b>Satz</v> &amp; <c.gelb>mehr</c> &lt;3 a < b > c \n",
         "1..2: Ein *fetter _und_ *Satz & mehr <3 a < b > c", ""},
        {"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<i>offen\n<b>\n</i>\n", "1..2: _offen_", ""},
        {"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>\n\t \n", "", ""},
        {"a.vtt",
         "WEBVTT\n\n00:01.000 --> 00:02.000\nGr\xc3\xbc\xc3\x9f"
         "e \xd8\xb3\xd9\x84\xd8\xa7\xd9\x85\n",
         "1..2: Gr\xc3\xbc\xc3\x9f"
         "e \xd8\xb3\xd9\x84\xd8\xa7\xd9\x85",
         ""},
    };
    check(samples, SW_COUNT(samples));
}

static void what_overlaps_is_put_together(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"a.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\nA\n\n00:02.000 --> 00:03.000\nB\n", "1..2: A; 2..3: A / B; 3..4: A", ""},
        {"a.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\nA\n\n00:02.000 --> 00:04.000\nB\n", "1..2: A; 2..3: A / B; 3..4: B", ""},
        {"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\n00:02.000 --> 00:03.000\nA\n", "1..2: A; 2..3: A", ""},
        /* no more lines than can be read */
        {"a.vtt",
         "WEBVTT\n\n00:01.000 --> 00:09.000\nA\nB\n\n00:02.000 --> 00:09.000\nC\nD\n\n00:03.000 --> 00:05.000\nE\n\n00:04.000 --> "
         "00:09.000\nF\n",
         "1..3: A / B; 3..5: A / B / E; 5..9: A / B / F", ""},
        {"a.vtt", "WEBVTT\n\n00:05.000 --> 00:06.000\nB\n\n00:01.000 --> 00:02.000\nA\n", "1..2: A; 5..6: B",
         "a.vtt:6:1: warning: begins before the cue above it; is the time right?\n"},
    };
    check(samples, SW_COUNT(samples));
}

static void faults_stand_at_their_place(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"a.vtt", "", "", "a.vtt: error: is empty\n"},
        {"a.vtt", "WEBVTTX\n\n", "", "a.vtt:1:1: error: a file of WebVTT begins with the line \"WEBVTT\" and an empty one\n"},
        {"a.srt", "WEBVTT\n\n", "", "a.srt:1:1: error: this is WebVTT; let the file's name end in \".vtt\"\n"},
        {"a.vtt", "WEBVTT\n\n00:00:01.5 --> 00:00:02.000\nEins\n\n00:03.000 --> 00:04.000\nZwei\n", "3..4: Zwei",
         "a.vtt:3:1: error: \"00:00:01.5\" is no time; write it like 00:00:01.500, up to 99:59:59.999\n"},
        {"a.vtt", "WEBVTT\n\n00:01.000 --> 00:61.000\nEins\n", "",
         "a.vtt:3:15: error: \"00:61.000\" is no time; write it like 00:00:01.500, up to 99:59:59.999\n"},
        {"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000x\nEins\n", "",
         "a.vtt:3:15: error: \"00:02.000x\" is no time; write it like 00:00:01.500, up to 99:59:59.999\n"},
        {"a.vtt", "WEBVTT\n\n00:01.000 -> 00:02.000\nEins\n", "", "a.vtt:3:11: error: \"-->\" is wanted between the two times of a cue\n"},
        {"a.vtt", "WEBVTT\n\n00:02.000 --> 00:02.000\nEins\n", "",
         "a.vtt:3:15: error: the cue ends before it has begun; the second time is that of its end\n"},
        {"a.srt", "1\nEins\n\n2\n00:00:01,000 --> 00:00:02,000\nZwei\n", "1..2: Zwei",
         "a.srt:2:1: error: the times of a cue are wanted here, like 00:00:01.500 --> 00:00:04.000\n"},
        {"a.srt", "Text", "", "a.srt:1:1: error: the times of a cue are wanted here, like 00:00:01.500 --> 00:00:04.000\n"},
        {"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nEins\n00:03.000 --> 00:04.000\nZwei\n", "1..2: Eins; 3..4: Zwei",
         "a.vtt:5:1: error: the times of a cue; an empty line is wanted above it, after the cue before\n"},
        {"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nA\nB\nC\nD\n", "",
         "a.vtt:3:1: error: the cue has more than 3 lines, or 600 bytes; part it in two\n"},
        {"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n\xc3\xa4\x07\nB\n", "1..2: B",
         "a.vtt:4:2: error: a control character; only letters can be shown\n"},
        {"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n\xc3\xa4 gr\xfc\xdf\n", "",
         "a.vtt:4:5: error: no valid UTF-8; save the file as UTF-8\n"},
        {"a.vtt", "\xff\xfeW", "", "a.vtt: error: is UTF-16; save it as UTF-8\n"},
    };
    check(samples, SW_COUNT(samples));
}

static void too_much_is_refused(void **state)
{
    (void)state;
    struct sw_arena arena = {0};
    struct sw_diags diags;
    sw_diags_init(&diags);
    char *many = sw_arena_alloc(&arena, SW_SUBTITLES_BYTES_MAX + 2);
    memset(many, 'a', SW_SUBTITLES_BYTES_MAX + 1);
    assert_int_equal(sw_subtitles_create(&arena, many, SW_SUBTITLES_BYTES_MAX + 1, "a.vtt", &diags)->count, 0);
    static const char nul[] = "WEBVTT\n\n\0";
    assert_int_equal(sw_subtitles_create(&arena, nul, sizeof nul - 1, "b.vtt", &diags)->count, 0);
    assert_string_equal(faults_of(&arena, &diags), "a.vtt: error: has more than 256 KiB\nb.vtt:3:1: error: a NUL byte; this is no text\n");
    sw_diags_finish(&diags);
    sw_arena_finish(&arena);
}

static void position_finds_what_is_said(void **state)
{
    (void)state;
    static const char text[] = "WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\n00:02.000 --> 00:03.500\nB\n\n00:05.000 --> 00:06.000\nC\n";
    static const struct {
        double at;
        const char *said; /* NULL: nothing */
        double next;      /* negative: never */
    } samples[] = {{-1, NULL, 1}, {0, NULL, 1},   {0.999999, NULL, 1}, {1, "A", 2},   {1.999999, "A", 2},
                   {2, "B", 3.5}, {3.5, NULL, 5}, {5.5, "C", 6},       {6, NULL, -1}, {1000, NULL, -1}};
    struct sw_arena arena = {0};
    struct sw_diags diags;
    sw_diags_init(&diags);
    const struct sw_subtitles *subtitles = sw_subtitles_create(&arena, text, strlen(text), "a.vtt", &diags);
    assert_int_equal(subtitles->end, SECOND(6));
    assert_int_equal(subtitles->end_line, 9);
    for (size_t i = 0; i < SW_COUNT(samples); i++) {
        int64_t next = 0;
        const struct sw_subtitle *item = sw_subtitles_at(subtitles, SECOND(samples[i].at), &next);
        assert_int_equal(next, samples[i].next < 0 ? INT64_MAX : SECOND(samples[i].next));
        assert_int_equal(item != NULL, samples[i].said != NULL);
        if (item != NULL)
            assert_string_equal(item->text, samples[i].said);
    }
    sw_diags_finish(&diags);
    sw_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_read),
        cmocka_unit_test(what_overlaps_is_put_together),
        cmocka_unit_test(faults_stand_at_their_place),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(position_finds_what_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
