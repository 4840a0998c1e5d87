/* SPDX-License-Identifier: EUPL-1.2 */
/* What is handed out comes back as it was, as a table and as XLIFF; and what becomes of files that are none of ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/must.h"
#include "lang/csv.h"
#include "lang/xliff.h"

/* Texts that a format may trip over, each as source and as its own translation. */
static const char *const texts[] = {
    "Der Rhein", "zwei\nZeilen\n\nund eine leere", "\n", " blank ", "a,b;c\td", "\"quoted\" \"\"", "'single'", "=1+1", "+49 203", "-5 Grad",
    "@home", "'=1", "''@x", "'s avonds", "<b>&amp;</b> & ]]>", "**fett** {a | time} und {b}", "{i | map:'a=gut,b=schl\"echt'}",
    "{{Klammer}}",
    "{n} {n | plural:'Tag','Tage'}", "\302\240\342\200\217\331\205\330\261\330\255\330\250\330\247", "\360\237\232\262", "\t=tab",
};

static void make_jobs(struct sw_jobs *jobs)
{
    *jobs = (struct sw_jobs){.from = "de", .to = "tr", .count = SW_COUNT(texts)};
    jobs->items = sw_arena_array(&jobs->arena, SW_COUNT(texts), sizeof *jobs->items);
    for (size_t i = 0; i < SW_COUNT(texts); i++) {
        struct sw_text *text = sw_arena_alloc(&jobs->arena, sizeof *text);
        struct sw_text_version *target = sw_arena_alloc(&jobs->arena, sizeof *target);
        target->text = texts[i];
        text->file = i < 5 ? "scenes/hub.json" : "scenes/parts/\"a\".json";
        text->path = sw_arena_printf(&jobs->arena, "elements[%zu].text", i);
        jobs->items[i] = (struct sw_job){.text = text, .source = texts[i], .target = target, .state = SW_JOB_TRANSLATED};
    }
}

static void check_all_back(const struct sw_buffer *out, struct sw_jobs *jobs)
{
    struct sw_offers offers;
    struct sw_diags diags;
    sw_diags_init(&diags);
    sw_offers_init(&offers, "handed-in", &diags);
    assert_true(sw_offers_read(&offers, out->bytes, out->length));
    assert_int_equal(diags.count, 0);
    assert_string_equal(offers.from, "de");
    assert_string_equal(offers.to, "tr");
    assert_int_equal(offers.count, SW_COUNT(texts));
    for (size_t i = 0; i < offers.count; i++) {
        assert_string_equal(offers.items[i].file, jobs->items[i].text->file);
        assert_string_equal(offers.items[i].path, jobs->items[i].text->path);
        assert_string_equal(offers.items[i].source, texts[i]);
        assert_string_equal(offers.items[i].target, texts[i]);
    }
    sw_offers_finish(&offers);
    sw_diags_finish(&diags);
}

static void exact_round_trips(void **state)
{
    struct sw_jobs jobs;
    struct sw_buffer out;
    (void)state;
    make_jobs(&jobs);
    sw_buffer_init(&out, 1 << 20);
    sw_csv_write(&out, &jobs);
    check_all_back(&out, &jobs);
    assert_memory_equal(out.bytes, "\xef\xbb\xbf" "file,", 8);
    assert_non_null(strstr(out.bytes, ",\"'=1+1\",")); /* no spreadsheet takes it for a formula */
    assert_non_null(strstr(out.bytes, ",\"''=1\","));
    assert_non_null(strstr(out.bytes, ",\"'s avonds\","));
    sw_buffer_clear(&out);
    sw_xliff_write(&out, &jobs);
    check_all_back(&out, &jobs);
    assert_non_null(strstr(out.bytes, "<ph id=\"1\">{a | time}</ph> und <ph id=\"2\">{b}</ph>"));
    sw_buffer_finish(&out);
    sw_jobs_finish(&jobs);
}

/* What spreadsheets and tools make of the files. */
static void other_hands(void **state)
{
    static const struct {
        const char *bytes, *target;
    } cases[] = {
        {"file;place;source (de);target (tr)\r\na;b;c;d\r\n", "d"},
        {"file\tplace\tsource (de)\ttarget (tr)\na\tb\tc\t\"d\te\"", "d\te"},
        {"target (tr),source (de),note,place,file\n\"x\r\ny\",c,,b,a\n\n,,,,\n", "x\ny"},
        {"file,place,source (de),target (tr)\ra,b,c,d", "d"},
        {"file,place,source (de),target (tr)\na,b,c,'-5", "-5"},
        {"<xliff version='1.2'><file original='a' source-language='de' target-language='tr'><header><x/></header><body><group><trans-unit "
         "id='b'><source>c <ph id='1'>{v}</ph></source><seg-source><mrk mid='0'>q</mrk></seg-source><target><mrk mid='0' mtype='seg'>d "
         "</mrk><x id='1'/></target><alt-trans><target>no</target></alt-trans><mq:meta>no</mq:meta></trans-unit></group></body></file>"
         "</xliff>",
         "d {v}"},
        {"<?xml version='1.0' encoding='ISO-8859-1'?><xliff version='1.2'><file original='a' source-language='de' target-language='tr'>"
         "<body><trans-unit id='b'><source>c</source><target>\xfc &#x20ac; <![CDATA[<b>]]></target></trans-unit></body></file></xliff>",
         "\303\274 \342\202\254 <b>"},
    };
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_offers offers;
        struct sw_diags diags;
        sw_diags_init(&diags);
        sw_offers_init(&offers, "handed-in", &diags);
        assert_true(sw_offers_read(&offers, cases[i].bytes, strlen(cases[i].bytes)));
        assert_int_equal(diags.count, 0);
        assert_int_equal(offers.count, 1);
        assert_string_equal(offers.items[0].file, "a");
        assert_string_equal(offers.items[0].path, "b");
        assert_string_equal(offers.items[0].target, cases[i].target);
        sw_offers_finish(&offers);
        sw_diags_finish(&diags);
    }
}

#define FILE_OF "<file original='a' source-language='de' target-language='tr'>"

static void faults(void **state)
{
    static const struct {
        const char *bytes, *fault;
    } cases[] = {
        {"", "1:1: error: row 1: there is no column \"file\""},
        {"file,place,source (de)\n", "there is no column \"target (tr)\", with the language in parentheses; `schauwand lang export` writes "
                                      "such a table"},
        {"file,place,source (de),target (tr),place\n", "the column \"place\" is there twice"},
        {"file,place,source (de),target (tr)\na,b,c\n", "2:1: error: row 2: has 3 cells, and the head has 4"},
        {"file,place,source (de),target (tr)\n\"a\n\",b,c,d\na,b,\"c\n",
         "4:1: error: row 3: the quotes of a cell that begins here are never"},
        {"file,place,source (de),target (tr)\na,\"b\"x,c,d\n", "2:1: error: row 2: there is something between the closing quotes"},
        {"file,place,source (de),target (tr)\na,b,c,\xfc\n", "2:1: error: is no text in UTF-8 from here on; save it as \"CSV UTF-8\""},
        {"\xff\xfe" "f\0i\0", "is written in UTF-16; save it as \"CSV UTF-8\""},
        {"<xliff version='1.2'>", "is no XML that could be read: no element found"},
        {"<a/>", "is no XLIFF: it begins with <a>"},
        {"<xliff version='2.0'/>", "is XLIFF 2.0; version 1.2 is wanted"},
        {"<xliff version='1.2'/>", "has no <file>"},
        {"<xliff version='1.2'><file original='a'/></xliff>", "a <file> without source-language"},
        {"<!DOCTYPE lolz [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
         "<xliff>&c;</xliff>", "has a document type (<!DOCTYPE lolz ...>), which no translation needs; take it out"},
        {"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><xliff version='1.2'/>", "has a document type"},
        {"<xliff version='1.2'>" FILE_OF "<body><trans-unit id='b'><source>&x;</source></trans-unit></body></file></xliff>",
         "is no XML that could be read: undefined entity"},
        {"<xliff version='1.2'>" FILE_OF "<body><trans-unit id='b'><target>x</target></trans-unit></body></file></xliff>",
         "a <trans-unit> without <source>"},
        {"<xliff version='1.2'>" FILE_OF "<body><trans-unit id='b'><source>a</source>\n<target><b>x</b></target></trans-unit></body></file>"
         "</xliff>", "2:1: error: <b> in a text is not understood; only the marks that the text has may be there"},
        {"<xliff version='1.2'>" FILE_OF "</file><file original='b' source-language='de' target-language='ar'/></xliff>",
         "a <file> of other languages (ar) than the one before"},
    };
    (void)state;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        struct sw_offers offers;
        struct sw_diags diags;
        size_t length = strlen(cases[i].bytes);
        sw_diags_init(&diags);
        sw_offers_init(&offers, "handed-in", &diags);
        bool read = sw_offers_read(&offers, cases[i].bytes, length > 0 && cases[i].bytes[0] == '\xff' ? 6 : length);
        assert_true(!read || diags.errors > 0);
        assert_true(diags.errors > 0);
        const char *said = sw_diag_format(&diags.items[0], &offers.arena);
        if (strstr(said, cases[i].fault) == NULL)
            fail_msg("case %zu says %s", i, said);
        sw_offers_finish(&offers);
        sw_diags_finish(&diags);
    }
}

/* Nothing is so deep, so long or so much that it would not be refused. */
static void bounds(void **state)
{
    struct sw_buffer out;
    struct sw_offers offers;
    struct sw_diags diags;
    (void)state;
    for (int which = 0; which < 3; which++) {
        sw_buffer_init(&out, 1 << 24);
        sw_buffer_add_text(&out, which == 0 ? "<xliff version='1.2'>" : which == 1 ? "file,place,source (de),target (tr)\na,b,c,"
                                 : "<xliff version='1.2'>" FILE_OF "<body><trans-unit id='b'><source>");
        for (int i = 0; i < 70000; i++)
            sw_buffer_add_text(&out, which == 0 ? "<a>" : "x");
        sw_buffer_add_text(&out, which == 2 ? "</source></trans-unit></body></file></xliff>" : "");
        sw_diags_init(&diags);
        sw_offers_init(&offers, "handed-in", &diags);
        (void)!sw_offers_read(&offers, out.bytes, out.length);
        assert_int_equal(diags.errors, 1);
        assert_non_null(strstr(diags.items[0].text, which == 0 ? "64 deep" : "more than 65536 bytes"));
        sw_offers_finish(&offers);
        sw_diags_finish(&diags);
        sw_buffer_finish(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(exact_round_trips), cmocka_unit_test(other_hands), cmocka_unit_test(faults),
                                       cmocka_unit_test(bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
