/* SPDX-License-Identifier: EUPL-1.2 */
/* What is a document and what is not, in both flavours: cases written from RFC 8259 (and RFC 3629 for the bytes), and from json.h where it
 * is stricter. Each case is also read by cJSON where it is taken: json.c asserts that the two agree. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "json/json.h"

enum takes { NEITHER, CURATOR_ONLY, BOTH };

static const struct scan_case {
    const char *bytes;
    size_t length;
    enum takes takes;
    const char *fault; /* a part of what a curator is told, NULL: not looked at */
} cases[] = {
#define CASE(text, takes, fault) {text, sizeof(text) - 1, takes, fault}
    /* structure (section 2, 4, 5) */
    CASE("{}", BOTH, NULL),
    CASE("[]", BOTH, NULL),
    CASE("null", BOTH, NULL),
    CASE("true", BOTH, NULL),
    CASE("false", BOTH, NULL),
    CASE("0", BOTH, NULL),
    CASE("\"\"", BOTH, NULL),
    CASE(" \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n", BOTH, NULL),
    CASE("{ \"a\" : 1 , \"b\" : [ ] }", BOTH, NULL),
    CASE("[[[[]],[]],{}]", BOTH, NULL),
    CASE("{\"a\":{\"a\":{\"a\":1}}}", BOTH, NULL),
    CASE("{\"\":0}", BOTH, NULL),
    CASE("[null,true,false,1,\"x\",{},[]]", BOTH, NULL),
    CASE("", NEITHER, "the file ends here; a value is wanted"),
    CASE(" \n ", NEITHER, "the file ends here"),
    CASE("[", NEITHER, "] is missing"),
    CASE("{", NEITHER, "} is missing"),
    CASE("]", NEITHER, "unexpected ']'"),
    CASE("}", NEITHER, "unexpected '}'"),
    CASE("[1", NEITHER, "] is missing"),
    CASE("[1,", NEITHER, "] is missing"),
    CASE("{\"a\"", NEITHER, "a colon is wanted"),
    CASE("{\"a\":", NEITHER, "a value is wanted"),
    CASE("{\"a\":1", NEITHER, "} is missing"),
    CASE("{\"a\":1,", NEITHER, "} is missing"),
    CASE("[1}", NEITHER, "a comma or ] is wanted"),
    CASE("{\"a\":1]", NEITHER, "a comma or } is wanted"),
    CASE("[1 2]", NEITHER, "a comma or ] is wanted"),
    CASE("{\"a\":1 \"b\":2}", NEITHER, "a comma or } is wanted"),
    CASE("[,1]", NEITHER, "unexpected ','"),
    CASE("[1,,2]", NEITHER, "unexpected ','"),
    CASE("[,]", NEITHER, "unexpected ','"),
    CASE("{,}", NEITHER, "a key in double quotes"),
    CASE("{\"a\" 1}", NEITHER, "a colon is wanted"),
    CASE("{\"a\"::1}", NEITHER, "a value is wanted"),
    CASE("{\"a\"}", NEITHER, "a colon is wanted"),
    CASE("{:1}", NEITHER, "a key in double quotes"),
    CASE("{a:1}", NEITHER, "a key in double quotes"),
    CASE("{1:1}", NEITHER, "a key in double quotes"),
    CASE("{null:1}", NEITHER, "a key in double quotes"),
    CASE("{'a':1}", NEITHER, "a key in double quotes"),
    CASE("{\"a\"=1}", NEITHER, "a colon is wanted"),
    CASE("[\"a\":1]", NEITHER, "a comma or ] is wanted"),
    CASE("{\"a\",\"b\"}", NEITHER, "a colon is wanted"),
    CASE("1 2", NEITHER, "behind the document"),
    CASE("[]]", NEITHER, "behind the document"),
    CASE("{}{}", NEITHER, "behind the document"),
    CASE("[] x", NEITHER, "behind the document"),
    CASE("{},", NEITHER, "behind the document"),
    CASE("[]\0", NEITHER, "U+0000"),
    CASE("\0[]", NEITHER, "U+0000"),
    CASE("[1\0]", NEITHER, "U+0000"),
    CASE("\f[]", NEITHER, "U+000C"),
    CASE("[\v]", NEITHER, "U+000B"),
    CASE("\xC2\xA0[]", NEITHER, "U+00A0"),
    CASE("\xE2\x80\xA8[]", NEITHER, "U+2028"),
    CASE("[\xEF\xBC\x91]", NEITHER, "U+FF11"),
    CASE("\xEF\xBB\xBF{}", NEITHER, "byte order mark"),
    CASE("{\xEF\xBB\xBF}", NEITHER, "U+FEFF"),
    CASE("\xFE\xFF\0{\0}", NEITHER, "not UTF-8"),
    CASE("{\0}\0", NEITHER, "U+0000"),
    CASE("\xC2\xAB" "a\xC2\xBB", NEITHER, "typographic quote (U+00AB)"),
    CASE("\xC2\xBB" "a\xC2\xAB", NEITHER, "typographic quote (U+00BB)"),
    CASE("[\xE2\x80\x9E" "a\xE2\x80\x9C]", NEITHER, "typographic quote (U+201E)"),
    CASE("[1\xE2\x82\xAC]", NEITHER, "unexpected U+20AC"),
    CASE("<html>", NEITHER, "a value is wanted"),
    CASE("*", NEITHER, "a value is wanted"),
    CASE("\\", NEITHER, "a value is wanted"),
    /* words (section 3) */
    CASE("True", NEITHER, "True is no value"),
    CASE("FALSE", NEITHER, "FALSE is no value"),
    CASE("nul", NEITHER, "nul is no value"),
    CASE("nulll", NEITHER, "nulll is no value"),
    CASE("truefalse", NEITHER, "truefalse is no value"),
    CASE("undefined", NEITHER, "undefined is no value"),
    CASE("a123456789b123456789c123456789d123456789e123456789f123456789g", NEITHER, "e123456789f123456789 is no value"),
    CASE("None", NEITHER, "None is no value"),
    CASE("[foyer]", NEITHER, "texts stand in double quotes"),
    CASE("[true1]", NEITHER, "true1 is no value"),
    CASE("tru\xC3\xA9", NEITHER, "tru is no value"),
    CASE("[true true]", NEITHER, "a comma or ] is wanted"),
    /* numbers (section 6) */
    CASE("-0", BOTH, NULL),
    CASE("-1", BOTH, NULL),
    CASE("[10,100]", BOTH, NULL),
    CASE("0.5", BOTH, NULL),
    CASE("-0.0", BOTH, NULL),
    CASE("1.000", BOTH, NULL),
    CASE("1e5", BOTH, NULL),
    CASE("1E5", BOTH, NULL),
    CASE("1e+5", BOTH, NULL),
    CASE("1e-5", BOTH, NULL),
    CASE("0e0", BOTH, NULL),
    CASE("0E+00", BOTH, NULL),
    CASE("12.34e56", BOTH, NULL),
    CASE("1e308", BOTH, NULL),
    CASE("-1.7976931348623157e308", BOTH, NULL),
    CASE("4.9e-324", BOTH, NULL),
    CASE("1e-999", BOTH, NULL),
    CASE("9007199254740992", BOTH, NULL),
    CASE("-9007199254740992", BOTH, NULL),
    CASE("9007199254740993", NEITHER, "write it as a string"),
    CASE("-9007199254740993", NEITHER, "write it as a string"),
    CASE("10000000000000000", NEITHER, "write it as a string"),
    CASE("99999999999999999999999999", NEITHER, "write it as a string"),
    CASE("1e20", BOTH, NULL),
    CASE("9007199254740993.0", BOTH, NULL),
    CASE("0.1234567890123456789012345678901234567890123456789012345678901", BOTH, NULL),
    CASE("0.12345678901234567890123456789012345678901234567890123456789012", NEITHER, "at most 63"),
    CASE("1e999", NEITHER, "too large"),
    CASE("-1e999", NEITHER, "too large"),
    CASE("1.8e308", NEITHER, "too large"),
    CASE("[1e99999999999999999999]", NEITHER, "too large"),
    CASE("01", NEITHER, "does not begin with 0"),
    CASE("-01", NEITHER, "does not begin with 0"),
    CASE("00", NEITHER, "does not begin with 0"),
    CASE("00.5", NEITHER, "does not begin with 0"),
    CASE("+1", NEITHER, "no plus sign"),
    CASE("++1", NEITHER, "no plus sign"),
    CASE("-", NEITHER, "after the minus"),
    CASE("--1", NEITHER, "after the minus"),
    CASE("-+1", NEITHER, "after the minus"),
    CASE("- 1", NEITHER, "after the minus"),
    CASE("-a", NEITHER, "after the minus"),
    CASE("-Infinity", NEITHER, "after the minus"),
    CASE(".5", NEITHER, "before the point"),
    CASE("-.5", NEITHER, "after the minus"),
    CASE("1.", NEITHER, "after the point"),
    CASE("[1.]", NEITHER, "after the point"),
    CASE("1.e5", NEITHER, "after the point"),
    CASE("1.5.5", NEITHER, "behind the document"),
    CASE("1e", NEITHER, "in the exponent"),
    CASE("1e+", NEITHER, "in the exponent"),
    CASE("1e+-5", NEITHER, "in the exponent"),
    CASE("1e5.5", NEITHER, "behind the document"),
    CASE("[1e]", NEITHER, "in the exponent"),
    CASE("0x10", NEITHER, "behind the document"),
    CASE("[0x10]", NEITHER, "a comma or ]"),
    CASE("1_000", NEITHER, NULL),
    CASE("1,5", NEITHER, "behind the document"),
    CASE("[1 000]", NEITHER, "a comma or ]"),
    CASE("NaN", NEITHER, "NaN is no value"),
    CASE("Infinity", NEITHER, "Infinity is no value"),
    CASE("1f", NEITHER, NULL),
    CASE("\xD9\xA1", NEITHER, "U+0661"),
    /* strings (section 7) */
    CASE("\"Gr\xC3\xBC\xC3\x9F" "e\"", BOTH, NULL),
    CASE("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", BOTH, NULL),
    CASE("\"\\u0041\\u00e4\\u20AC\\uFFFF\"", BOTH, NULL),
    CASE("\"\\ud83d\\ude00\"", BOTH, NULL),
    CASE("\"\\uD834\\uDD1E\"", BOTH, NULL),
    CASE("\"\\udbff\\udfff\"", BOTH, NULL),
    CASE("\"\\u001f\"", BOTH, NULL),
    CASE("\"\x7F\"", BOTH, NULL),
    CASE("\"/ ' {}[]:,\"", BOTH, NULL),
    CASE("\"// no comment /* none */\"", BOTH, NULL),
    CASE("\"\xF0\x9F\x98\x80 \xE4\xB8\x96\"", BOTH, NULL),
    CASE("\"\xE2\x80\xA8\xE2\x80\xA9\"", BOTH, NULL),
    CASE("\"\xEF\xBB\xBF\"", BOTH, NULL),
    CASE("\"\xEF\xBF\xBE\xF4\x8F\xBF\xBF\"", BOTH, NULL),
    CASE("{\"\\u0061\":1,\"b\":2}", BOTH, NULL),
    CASE("\"", NEITHER, "not closed"),
    CASE("\"abc", NEITHER, "not closed"),
    CASE("\"abc\\\"", NEITHER, "not closed"),
    CASE("\"abc\\", NEITHER, "unknown escape"),
    CASE("[\"abc]", NEITHER, "not closed"),
    CASE("{\"abc", NEITHER, "not closed"),
    CASE("'abc'", NEITHER, "double quotes"),
    CASE("\"a\nb\"", NEITHER, "not closed on its line"),
    CASE("\"a\rb\"", NEITHER, "not closed on its line"),
    CASE("\"a\tb\"", NEITHER, "U+0009"),
    CASE("\"a\0b\"", NEITHER, "U+0000"),
    CASE("\"a\x1F\"", NEITHER, "U+001F"),
    CASE("\"\\a\"", NEITHER, "unknown escape"),
    CASE("\"\\x41\"", NEITHER, "unknown escape"),
    CASE("\"\\'\"", NEITHER, "unknown escape"),
    CASE("\"\\U0041\"", NEITHER, "unknown escape"),
    CASE("\"\\0\"", NEITHER, "unknown escape"),
    CASE("\"\\\n\"", NEITHER, "unknown escape"),
    CASE("\"\\\0\"", NEITHER, "unknown escape"),
    CASE("\"\\\xC3\xA4\"", NEITHER, "unknown escape"),
    CASE("\"\\u\"", NEITHER, "four hexadecimal digits"),
    CASE("\"\\u12\"", NEITHER, "four hexadecimal digits"),
    CASE("\"\\u123", NEITHER, "four hexadecimal digits"),
    CASE("\"\\u123g\"", NEITHER, "four hexadecimal digits"),
    CASE("\"\\u-123\"", NEITHER, "four hexadecimal digits"),
    CASE("\"\\u 123\"", NEITHER, "four hexadecimal digits"),
    CASE("\"\\u0000\"", NEITHER, "\\u0000 is not allowed"),
    CASE("{\"\\u0000\":1}", NEITHER, "\\u0000 is not allowed"),
    CASE("\"\\ud83d\"", NEITHER, "half a character"),
    CASE("\"\\ud83dx\"", NEITHER, "half a character"),
    CASE("\"\\ud83d\\n\"", NEITHER, "half a character"),
    CASE("\"\\ud83d\\u0041\"", NEITHER, "half a character"),
    CASE("\"\\ud83d\\ud83d\"", NEITHER, "half a character"),
    CASE("\"\\ude00\"", NEITHER, "half a character"),
    CASE("\"\\ude00\\ud83d\"", NEITHER, "half a character"),
    CASE("\"\\ud83d\\u", NEITHER, "half a character"),
    CASE("\"\\ud83d\\ude0", NEITHER, "half a character"),
    /* bytes (section 8.1, RFC 3629) */
    CASE("\"\x80\"", NEITHER, "not UTF-8"),
    CASE("\"\xBF\"", NEITHER, "not UTF-8"),
    CASE("\"\xC3\"", NEITHER, "not UTF-8"),
    CASE("\"\xC3", NEITHER, "not UTF-8"),
    CASE("\"\xC0\xAF\"", NEITHER, "not UTF-8"),
    CASE("\"\xC1\xBF\"", NEITHER, "not UTF-8"),
    CASE("\"\xE0\x80\xAF\"", NEITHER, "not UTF-8"),
    CASE("\"\xE2\x82\"", NEITHER, "not UTF-8"),
    CASE("\"\xED\xA0\x80\"", NEITHER, "not UTF-8"),
    CASE("\"\xED\xA0\xBD\xED\xB8\x80\"", NEITHER, "not UTF-8"),
    CASE("\"\xF0\x80\x80\xAF\"", NEITHER, "not UTF-8"),
    CASE("\"\xF4\x90\x80\x80\"", NEITHER, "not UTF-8"),
    CASE("\"\xF8\x88\x80\x80\x80\"", NEITHER, "not UTF-8"),
    CASE("\"\xFF\"", NEITHER, "byte FF"),
    CASE("\"Gr\xFC\xDF" "e\"", NEITHER, "save the file as UTF-8"),
    CASE("\xE4", NEITHER, "not UTF-8"),
    CASE("{\"\xE4\":1}", NEITHER, "not UTF-8"),
    /* names of members (section 4): no twins, whatever they are written like */
    CASE("{\"a\":1,\"A\":2}", BOTH, NULL),
    CASE("{\"a\":1,\"a \":2,\"\":3}", BOTH, NULL),
    CASE("[{\"a\":1},{\"a\":1}]", BOTH, NULL),
    CASE("{\"a\":{\"a\":1},\"b\":{\"a\":1}}", BOTH, NULL),
    CASE("{\"\xC3\xA4\":1,\"a\xCC\x88\":2}", BOTH, NULL), /* equal to the eye, not to the bytes */
    CASE("{\"a\":1,\"a\":1}", NEITHER, "key \"a\" stands twice"),
    CASE("{\"a\":1,\n\"b\":2,\n\"a\":3}", NEITHER, "before: line 1"),
    CASE("{\"a\":1,\"\\u0061\":1}", NEITHER, "key \"a\" stands twice"),
    CASE("{\"b\":1,\"a\":1,\"a\":1,\"b\":1}", NEITHER, "key \"a\" stands twice"),
    CASE("{\"\":1,\"\":1}", NEITHER, "stands twice"),
    CASE("{\"/\":1,\"\\/\":1}", NEITHER, "stands twice"),
    CASE("{\"\xF0\x9F\x98\x80\":1,\"\\ud83d\\ude00\":1}", NEITHER, "stands twice"),
    CASE("[{\"b\":{\"a\":1,\"c\":[{}],\"a\":1}}]", NEITHER, "key \"a\" stands twice"),
    CASE("{\"a\":{\"b\":1},\"c\":2,\"a\":3}", NEITHER, "key \"a\" stands twice"),
    /* what only curators may write */
    CASE("[1,]", CURATOR_ONLY, "a comma before ] is not allowed"),
    CASE("{\"a\":1,}", CURATOR_ONLY, "a comma before } is not allowed"),
    CASE("[[1,],{\"a\":[2,],},]", CURATOR_ONLY, "a comma before"),
    CASE("[1, /* last */ ]", CURATOR_ONLY, NULL),
    CASE("// a\n{}", CURATOR_ONLY, "comments are not allowed"),
    CASE("{} // a", CURATOR_ONLY, "comments are not allowed"),
    CASE("{} // a\n", CURATOR_ONLY, NULL),
    CASE("{} //", CURATOR_ONLY, NULL),
    CASE("//\n//\r\n[]", CURATOR_ONLY, NULL),
    CASE("/**/[]/**/", CURATOR_ONLY, "comments are not allowed"),
    CASE("/***/[]", CURATOR_ONLY, NULL),
    CASE("/* \n * \xC3\xA4 \n */[]", CURATOR_ONLY, NULL),
    CASE("{/*a*/\"a\"/*b*/:/*c*/1/*d*/,/*e*/\"b\"/*f*/:2/*g*/}", CURATOR_ONLY, "comments are not allowed"),
    CASE("[1/*2*/]", CURATOR_ONLY, NULL),
    CASE("[1//2\n]", CURATOR_ONLY, NULL),
    CASE("[//]\n]", CURATOR_ONLY, NULL),
    CASE("/* // */[]", CURATOR_ONLY, NULL),
    CASE("// /*\n[]", CURATOR_ONLY, NULL),
    CASE("[\"a\" /* \"b */]", CURATOR_ONLY, NULL),
    CASE("[-/**/1]", NEITHER, "after the minus"),
    CASE("[1,/**/,]", NEITHER, NULL),
    CASE("[/*]", NEITHER, NULL),
    CASE("[1/*]", NEITHER, NULL),
    CASE("{\"a\"/*:1}", NEITHER, NULL),
    CASE("{\"a\":/*1}", NEITHER, NULL),
    CASE("[]/*", NEITHER, NULL),
    CASE("[]/*/", NEITHER, NULL),
    CASE("/* /* */ */[]", NEITHER, NULL),
    CASE("//", NEITHER, NULL),
    CASE("/", NEITHER, "unexpected '/'"),
    CASE("[/]", NEITHER, "unexpected '/'"),
    CASE("[] /", NEITHER, "unexpected '/'"),
    CASE("# a\n[]", NEITHER, "unexpected '#'"),
    CASE("// \xFF\n[]", NEITHER, NULL),
    CASE("/* \0 */[]", NEITHER, NULL),
    CASE("// \x1B\n[]", NEITHER, NULL),
    CASE("[] // \xC3", NEITHER, NULL),
};

static bool takes(const struct scan_case *example, enum sw_json_flavour flavour, struct sw_diags *diags)
{
    sw_diags_init(diags);
    /* a copy that ends where the document ends: reading on is seen by the sanitizer */
    char *copy = test_malloc(example->length > 0 ? example->length : 1);
    memcpy(copy, example->bytes, example->length);
    struct sw_json *json = sw_json_create(copy, example->length, flavour, "case.json", diags);
    test_free(copy);
    bool taken = json != NULL;
    sw_json_destroy(json);
    return taken;
}

static void each_flavour_takes_what_it_should(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        for (int flavour = SW_JSON_STRICT; flavour <= SW_JSON_CURATOR; flavour++) {
            struct sw_diags diags;
            bool expected = cases[i].takes == BOTH || (cases[i].takes == CURATOR_ONLY && flavour == SW_JSON_CURATOR);
            bool taken = takes(&cases[i], (enum sw_json_flavour)flavour, &diags);
            bool one_fault = diags.count == (taken ? 0 : 1) && diags.errors == diags.count;
            bool told = taken || cases[i].fault == NULL || strstr(diags.items[0].text, cases[i].fault) != NULL;
            if (taken != expected || !one_fault || !told) {
                print_error("case %zu (%s), flavour %d: %s, \"%s\"\n", i, cases[i].bytes, flavour, taken ? "taken" : "refused",
                            diags.count > 0 ? diags.items[0].text : "");
                wrong++;
            }
            sw_diags_finish(&diags);
        }
    }
    assert_int_equal(wrong, 0);
    assert_true(SW_COUNT(cases) >= 150);
}

static void faults_have_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line, column;
    } places[] = {
        {"", 1, 1},
        {"[1,\n 2,\n  x]", 3, 3},
        {"{\r\n\"a\" 1}", 2, 5},
        {"[\"\xC3\xA4\xF0\x9F\x98\x80\", x]", 1, 8},    /* columns are code points */
        {"/* \xC3\xA4\xC3\xA4\n\xC3\xA4 */ x", 2, 6},
        {"{\"a\":1,\n \"b\":2,\n \"a\":3}", 3, 2},      /* the second of the twins */
        {"{\"z\":1,\"a\":1,\n\"z\":1,\n\"a\":1}", 2, 1}, /* the first second */
        {"[\n\"abc\n]", 2, 1},                          /* a string that is not closed: where it begins */
        {"[\"ab\\q\"]", 1, 5},
        {"[1,\n/* open", 2, 1},
        {"{\n \"a\": [\n  1,", 3, 5},
        {"[]\n\n]", 3, 1},
        {"[12, 1e999]", 1, 6},
    };
    for (size_t i = 0; i < SW_COUNT(places); i++) {
        struct sw_diags diags;
        sw_diags_init(&diags);
        assert_null(sw_json_create(places[i].text, strlen(places[i].text), SW_JSON_CURATOR, "a.json", &diags));
        if (diags.items[0].line != places[i].line || diags.items[0].column != places[i].column) {
            fail_msg("%s: %d:%d %s", places[i].text, diags.items[0].line, diags.items[0].column, diags.items[0].text);
        }
        assert_string_equal(diags.items[0].file, "a.json");
        assert_string_equal(diags.items[0].path, "");
        sw_diags_finish(&diags);
    }
}

static void an_open_bracket_is_named_with_its_line(void **state)
{
    (void)state;
    struct sw_diags diags;
    static const char text[] = "{\n \"a\": [\n  1\n";
    sw_diags_init(&diags);
    assert_null(sw_json_create(text, strlen(text), SW_JSON_STRICT, "a.json", &diags));
    assert_string_equal(diags.items[0].text, "the file ends, but [ in line 2 is still open; ] is missing");
    sw_diags_finish(&diags);
}

/* Every prefix of a document, and every one of its bytes changed, is read without harm. */
static void cut_and_changed_documents_do_no_harm(void **state)
{
    (void)state;
    static const char whole[] = "// \xC3\xA4\n"
                                "{\"a\": [1, -2.5e3, true, null, \"x\\u00e4\\ud83d\\ude00\\n\"], /* c */ \"b\": {\"c\": \"d\",},}";
    const size_t length = sizeof whole - 1;
    for (size_t i = 0; i <= length; i++) {
        struct scan_case cut = {.bytes = whole, .length = i};
        struct sw_diags diags;
        assert_int_equal(takes(&cut, SW_JSON_CURATOR, &diags), i == length);
        sw_diags_finish(&diags);
        for (unsigned byte = 0; i < length && byte < 256; byte++) {
            char changed[sizeof whole];
            memcpy(changed, whole, sizeof whole);
            changed[i] = (char)byte;
            struct scan_case other = {.bytes = changed, .length = length};
            (void)takes(&other, SW_JSON_CURATOR, &diags);
            sw_diags_finish(&diags);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_flavour_takes_what_it_should),
        cmocka_unit_test(faults_have_their_place),
        cmocka_unit_test(an_open_bracket_is_named_with_its_line),
        cmocka_unit_test(cut_and_changed_documents_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
