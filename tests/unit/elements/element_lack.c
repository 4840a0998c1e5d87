/* SPDX-License-Identifier: EUPL-1.2 */
/* What becomes of elements whose source has nothing to show, through its states and with each fallback. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/must.h"
#include "bench.h"
#include "live_bench.h"
#include "elements/words.h"

#define SOURCE(name, more) \
    "\"" name "\": {\"file\": \"media/20x20.png\", \"fresh_for\": \"30m\", \"expire_after\": \"6h\", " more \
    "\"fields\": {\"x\": {\"type\": \"number\", \"unit\": \"cm\", \"digits\": 0}}}"

static const struct bench_part parts[] = {
    {"../sources",
     "{" SOURCE("hide", "\"fallback\": \"hide\", ") ", " SOURCE("also", "\"fallback\": \"hide\", ") ", " SOURCE(
         "text", "\"fallback\": {\"text\": {\"de\": \"Zurzeit keine Werte\", \"en\": \"No values\"}}, ") ", "
     SOURCE("last", "\"fallback\": \"last\", ") ", " SOURCE("skip", "\"fallback\": \"skip\", ") ", "
     SOURCE("off", "\"fallback\": \"hide\", \"off\": true, ") ", "
     "\"trend\": {\"file\": \"media/20x20.png\", \"fresh_for\": \"30m\", \"expire_after\": \"6h\", \"fallback\": \"hide\","
     "  \"observed\": \"at\", \"history\": {\"x\": {\"keep\": \"1d\", \"step\": \"15m\"}},"
     "  \"fields\": {\"x\": {\"type\": \"number\"}, \"at\": {\"type\": \"time\"}}},"
     "\"rows\": {\"file\": \"media/20x20.png\", \"fresh_for\": \"30m\", \"expire_after\": \"6h\", \"fallback\": \"hide\", \"rows\": true,"
     "  \"fields\": {\"n\": {\"type\": \"number\"}}},"
     "\"board\": {\"file\": \"media/20x20.png\", \"fresh_for\": \"30m\", \"expire_after\": \"6h\", \"rows\": true,"
     "  \"fallback\": {\"text\": {\"de\": \"Keine Abfahrten\"}}, \"fields\": {\"n\": {\"type\": \"number\"}}}}"},
    {"figure", "{\"parameters\": {\"value\": {\"type\": \"text\"}, \"label\": {\"type\": \"text\"}}, \"elements\": [{\"column\": ["
               "{\"text\": \"{label}\"}, {\"text\": \"{value}\"}, {\"text\": \"{value}\"}]}]}"},
    {"bare", "{\"parameters\": {\"value\": {\"type\": \"text\"}}, \"elements\": [{\"text\": \"{value}\"}]}"},
    {NULL, NULL},
};

/* -- what is seen -- */

struct seen {
    char text[512];
};

/* Texts by what they say, others by their kind; children in parentheses. */
static void describe(struct seen *seen, const struct sw_box *box)
{
    size_t length = strlen(seen->text);
    const char *kind = box->element != NULL ? box->element->kind->name : "";
    const char *says = kind;
    if (strcmp(kind, "text") == 0) {
        says = ((const struct sw_words *)box->data)->text;
    } else if (box->element != NULL && box->behaviour != box->element->kind->behaviour) {
        says = box->data; /* a text in its place */
    }
    (void)snprintf(seen->text + length, sizeof seen->text - length, "%s%s%s", length > 0 && seen->text[length - 1] != '(' ? " " : "",
                   box->hidden ? "!" : "", says);
    for (const struct sw_box *child = box->first; child != NULL; child = child->next) {
        if (child == box->first) {
            strcat(seen->text, "(");
        }
        describe(seen, child);
        if (child->next == NULL) {
            strcat(seen->text, ")");
        }
    }
}

static void expect(struct live_bench *live, const char *expected)
{
    struct seen seen = {.text = ""};
    live_make(live);
    describe(&seen, live->bench.root->first);
    assert_string_equal(seen.text, expected);
    (void)bench_paint(&live->bench, 0);
}

#define NBSP "\xC2\xA0"
#define NUMBER "{\"x\": 512}"

struct story {
    const char *source, *loading, *error, *fresh, *stale, *expired;
};

static void each_fallback_through_all_states(void **state)
{
    (void)state;
    static const struct story stories[] = {
        {"hide", "(before – after)", "(before after)", "(before 512" NBSP "cm after)", "(before 512" NBSP "cm after)", "(before after)"},
        {"text", "(before – after)", "(before Zurzeit keine Werte after)", "(before 512" NBSP "cm after)", "(before 512" NBSP "cm after)",
         "(before Zurzeit keine Werte after)"},
        {"last", "(before – after)", "(before – after)", "(before 512" NBSP "cm after)", "(before 512" NBSP "cm after)",
         "(before 512" NBSP "cm after)"},
        {"skip", "(before – after)", "(before – after)", "(before 512" NBSP "cm after)", "(before 512" NBSP "cm after)",
         "(before – after)"},
    };
    for (size_t i = 0; i < SW_COUNT(stories); i++) {
        const struct story *story = &stories[i];
        struct live_bench live;
        char elements[256];
        (void)snprintf(elements, sizeof elements, "[{\"text\": \"before\"}, {\"text\": \"{%s.x | value}\"}, {\"text\": \"after\"}]",
                       story->source);
        live_open(&live, elements, parts);
        expect(&live, story->loading);
        live_fail(&live, story->source);
        expect(&live, story->error);
        live_put(&live, story->source, NUMBER, SW_READING_LIVE, 0);
        expect(&live, story->fresh);
        live_fail(&live, story->source); /* a good value is not taken back */
        expect(&live, story->fresh);
        live.bench.evaluation.now = LIVE_NOW + 31 * SW_MINUTE;
        expect(&live, story->stale);
        live.bench.evaluation.now = LIVE_NOW + 6 * SW_HOUR - 1;
        expect(&live, story->stale);
        live.bench.evaluation.now = LIVE_NOW + 6 * SW_HOUR;
        expect(&live, story->expired);
        live_put(&live, story->source, NUMBER, SW_READING_SAMPLE, 1000 * SW_HOUR); /* never expires */
        expect(&live, story->fresh);
        live_close(&live);
    }
}

static void what_goes_and_what_stays(void **state)
{
    (void)state;
    static const struct {
        const char *elements, *lacking, *whole;
    } cases[] = {
        /* one of two sources is enough to stay */
        {"[{\"text\": \"{hide.x} {last.x}\"}, {\"text\": \"{hide.x} {also.x}\"}]", "(– 7)", "(512 7 512 512)"},
        /* conditions decide for themselves */
        {"[{\"text\": \"gone\", \"when\": \"hide.status == 'expired'\"}, {\"text\": \"x\", \"when\": \"hide.x > 5\"}]", "(gone)", "(x)"},
        {"[{\"switch\": \"hide.x > 5\", \"cases\": {\"true\": {\"text\": \"high\"}}, \"else\": {\"text\": \"not known\"}}]",
         "(not known)", "(high)"},
        /* a container goes with the last of its children, not with less */
        {"[{\"row\": [{\"column\": [{\"text\": \"{hide.x}\"}]}, {\"text\": \"{also.x}\"}]}]", "", "(row(column(512) 512))"},
        {"[{\"row\": [{\"text\": \"Pegel\"}, {\"text\": \"{hide.x}\"}]}]", "(row(Pegel))", "(row(Pegel 512))"},
        /* it leaves its place, or its room */
        {"[{\"text\": \"{hide.x}\", \"keep\": true}, {\"text\": \"y\"}]", "(!– y)", "(512 y)"},
        /* through parameters, for each who reads them */
        {"[{\"use\": \"figure\", \"value\": \"{hide.x | value}\", \"label\": \"Pegel\"}]", "(use(column(Pegel)))",
         "(use(column(Pegel 512" NBSP "cm 512" NBSP "cm)))"},
        {"[{\"use\": \"bare\", \"value\": \"{hide.x}\"}, {\"text\": \"y\"}]", "(y)", "(use(512) y)"},
        /* other values than texts count too */
        {"[{\"shape\": \"rectangle\", \"opacity\": \"{hide.x / 1000}\"}, {\"text\": \"y\"}]", "(y)", "(shape y)"},
        /* rows */
        {"[{\"repeat\": \"rows.rows\", \"as\": \"r\", \"each\": {\"text\": \"{r.n}\"}, \"empty\": {\"text\": \"none\"}},"
         " {\"text\": \"y\"}]",
         "(y)", "(repeat(1 2) y)"},
        {"[{\"repeat\": \"board.rows\", \"as\": \"r\", \"each\": {\"text\": \"{r.n}\"}}, {\"text\": \"y\"}]", "(Keine Abfahrten y)",
         "(repeat(3) y)"},
        /* series */
        {"[{\"chart\": \"line\", \"alt\": \"\", \"series\": [{\"of\": \"trend.x\"}]}, {\"text\": \"y\"}]", "(y)", "(chart y)"},
        /* a text for each, and for what is not a text */
        {"[{\"shape\": \"rectangle\", \"opacity\": \"{text.x / 1000}\"}, {\"button\": \"{text.x}\", \"tap\": \"home\"}]",
         "(Zurzeit keine Werte button)", "(shape button)"},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct live_bench live;
        live_open(&live, cases[i].elements, parts);
        static const char *const names[] = {"hide", "also", "text"};
        for (size_t k = 0; k < SW_COUNT(names); k++) {
            live_put(&live, names[k], NUMBER, SW_READING_LIVE, 0);
        }
        live_put(&live, "last", "{\"x\": 7}", SW_READING_LIVE, 0);
        live_put(&live, "rows", "[{\"n\": 1}, {\"n\": 2}]", SW_READING_LIVE, 0);
        live_put(&live, "trend", "{\"x\": 5, \"at\": \"2026-11-23T14:00\"}", SW_READING_LIVE, 0);
        live_put(&live, "board", "[{\"n\": 3}]", SW_READING_LIVE, 0);
        expect(&live, cases[i].whole);
        live.bench.evaluation.now += 7 * SW_HOUR;
        expect(&live, cases[i].lacking);
        live.bench.evaluation.now -= 7 * SW_HOUR;
        expect(&live, cases[i].whole);
        live_close(&live);
    }
}

static void off_has_nothing_to_show(void **state)
{
    (void)state;
    struct live_bench live;
    live_open(&live, "[{\"text\": \"{off.x}\"}, {\"text\": \"y\"}]", parts);
    expect(&live, "(y)");
    live_close(&live);
}

static void the_text_is_in_the_visitors_language(void **state)
{
    (void)state;
    struct live_bench live;
    live_open(&live, "[{\"text\": \"{text.x}\"}]", parts);
    live_fail(&live, "text");
    bench_language(&live.bench, "en");
    expect(&live, "(No values)");
    live_close(&live);
}

/* What the show waits for, and is passed over for: what elements say, not what conditions ask. */
static void what_is_needed(void **state)
{
    (void)state;
    struct live_bench live;
    live_open(&live,
              "[{\"text\": \"{skip.x}\", \"when\": \"hide.status != 'off'\"}, {\"text\": \"y\", \"when\": \"also.x == missing\"},"
              " {\"text\": \"{last.x}\", \"when\": \"also.x == 9\"}]",
              parts);
    live_make(&live);
    assert_int_equal(live.needs.source_count, 1);
    assert_string_equal(live.needs.sources[0]->name, "skip");
    assert_int_equal(live.bench.reads.source_count, 3);
    assert_true(sw_reads_has(&live.bench.reads, "also") && sw_reads_has(&live.bench.reads, "hide"));
    assert_false(sw_reads_has(&live.bench.reads, "last"));
    live_close(&live);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fallback_through_all_states),
        cmocka_unit_test(what_goes_and_what_stays),
        cmocka_unit_test(off_has_nothing_to_show),
        cmocka_unit_test(the_text_is_in_the_visitors_language),
        cmocka_unit_test(what_is_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
