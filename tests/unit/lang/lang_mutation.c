/* SPDX-License-Identifier: EUPL-1.2 */
/* Files of translators with bytes changed, doubled and cut at random: each is read or refused with a fault; and what is put into a
 * language's file leaves all else of it as it was, wherever comments and commas stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "json/json.h"
#include "lang/entry.h"
#include "lang/offers.h"
#include "lang/placeholder.h"

#define ROUNDS 4000

static uint32_t next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* Some bytes of `text` become others, go, or come twice. The caller frees. */
static char *mutate(const char *text, uint32_t *random, size_t *length)
{
    static const char odd[] = "\"'<>&{}[],;\n\r\t=\\/*|:x\xff\x00";
    size_t count = strlen(text), room = 2 * count + 16;
    char *out = malloc(room);
    assert_non_null(out);
    memcpy(out, text, count);
    for (uint32_t times = 1 + next(random) % 4; times > 0 && count > 1; times--) {
        size_t at = next(random) % count, span = 1 + next(random) % (count - at < 24 ? count - at : 24);
        switch (next(random) % 4) {
        case 0: out[at] = odd[next(random) % sizeof odd]; break;
        case 1: out[at] = (char)(next(random) & 0xff); break;
        case 2:
            memmove(out + at, out + at + span, count - at - span);
            count -= span;
            break;
        default:
            if (count + span > room)
                break;
            memmove(out + at + span, out + at, count - at);
            count += span;
            break;
        }
    }
    *length = count;
    return out;
}

static void offers_are_read_or_refused(void **state)
{
    static const char *const whole[] = {
        "\xef\xbb\xbf" "file,place,source (de),target (tr),state,reviewed by\r\n"
        "\"a\",\"b\",\"c\n{d | map:'e=f'}\",\"'=g\"\"h\",\"\",\"\"\r\n",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">"
        "<file original=\"a\" source-language=\"de\" target-language=\"tr\" datatype=\"plaintext\"><body>"
        "<trans-unit id=\"b\"><source>c <ph id=\"1\">{d}</ph>"
        "</source><target state=\"new\">e <x id=\"1\"/><mrk>f</mrk></target></trans-unit></body></file></xliff>",
    };
    uint32_t random = 7;
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct sw_offers offers;
        struct sw_diags diags;
        size_t length = 0;
        char *bytes = mutate(whole[i % 2], &random, &length);
        sw_diags_init(&diags);
        sw_offers_init(&offers, "handed-in", &diags);
        bool read = sw_offers_read(&offers, bytes, length);
        assert_true(read || diags.errors > 0);
        for (size_t k = 0; k < offers.count && read; k++)
            (void)sw_placeholder_fault(&offers.arena, offers.items[k].source, offers.items[k].target);
        sw_offers_finish(&offers);
        sw_diags_finish(&diags);
        free(bytes);
    }
}

/* The members of `now` are those of `before`, but for scenes/hub.json: title, which is new. */
static void expect_same(const cJSON *before, const cJSON *now)
{
    const cJSON *file = NULL, *text = NULL;
    assert_string_equal(sw_json_text(sw_json_get(sw_json_get(now, "scenes/hub.json"), "title"), "text", ""), "T\303\274m");
    cJSON_ArrayForEach (file, before)
        cJSON_ArrayForEach (text, file) {
            if (strcmp(file->string, "scenes/hub.json") == 0 && (!cJSON_IsObject(file) || strcmp(text->string, "title") == 0))
                continue;
            const cJSON *other = sw_json_get(now, file->string);
            other = cJSON_IsObject(file) ? sw_json_get(other, text->string) : other->child;
            assert_true(cJSON_IsArray(file) || cJSON_Compare(text, other, true));
        }
}

static void the_rest_of_a_file_stays(void **state)
{
    static const char whole[] = "// a\n{\n  /* b */ \"scenes/a.json\": {\"x\": [\"1\", // c\n \"2\",], \"y\": \"z\"},\n"
                                "  \"scenes/hub.json\": {\n    \"u\": {\"text\": \"v\", \"of\": \"01234567\"}, // d\n"
                                "    \"title\" : \"w\", /* e */\n"
                                "    \"t\": -1.5e3 // f\n  }, // g\n}\n";
    static const struct sw_entry entry = {.file = "scenes/hub.json", .path = "title", .text = "T\303\274m", .of = "0123abcd"};
    uint32_t random = 11;
    int put = 0;
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct sw_buffer out;
        struct sw_diags diags;
        size_t length = 0;
        char *bytes = mutate(whole, &random, &length);
        sw_diags_init(&diags);
        sw_buffer_init(&out, 1 << 20);
        struct sw_json *before = sw_json_create(bytes, length, SW_JSON_CURATOR, "", &diags);
        bool done = sw_entries_put(&entry, 1, "", bytes, length, &out, &diags);
        if (done) {
            struct sw_json *now = sw_json_create(out.bytes, out.length, SW_JSON_CURATOR, "", &diags);
            assert_non_null(before);
            assert_non_null(now);
            expect_same(before->root, now->root);
            sw_json_destroy(now);
            put++;
        }
        sw_json_destroy(before);
        sw_buffer_finish(&out);
        sw_diags_finish(&diags);
        free(bytes);
    }
    assert_true(put > ROUNDS / 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(offers_are_read_or_refused), cmocka_unit_test(the_rest_of_a_file_stays)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
