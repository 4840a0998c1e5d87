/* SPDX-License-Identifier: EUPL-1.2 */
/* Content lists: there and back, and what is none, with its line and column. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "faults.h"
#include "store/contents.h"

#define HEAD "{\"schauwand\": \"contents 1\", \"files\": {\n"
#define TAIL "}}\n"
#define HASH "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define FILE_OF(path, size) "\"" path "\": [\"" HASH "\", " size "]"
#define KIB64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct {
    const char *name, *text, *faults;
} rows[] = {
    {"nothing in it", HEAD TAIL, ""},
    {"one", HEAD FILE_OF("a", "0") "\n" TAIL, ""},
    {"three", HEAD FILE_OF("a", "10") ",\n" FILE_OF("a-b", "1") ",\n" FILE_OF("b/c", "68719476736") "\n" TAIL, ""},
    {"empty", "", "c:1:1: error: a content list has here: " HEAD},
    {"HTML", "<!doctype html>\n", "c:1:1: error: a content list has here: " HEAD},
    {"a newer form", "{\"schauwand\": \"contents 2\", \"files\": {\n" TAIL, "c:1:1: error: a content list has here: " HEAD},
    {"other blanks", "{\"schauwand\":\"contents 1\", \"files\": {\n" TAIL, "c:1:1: error: a content list has here: " HEAD},
    {"cut after the head", HEAD, "c:2:1: error: a content list has here: \""},
    {"cut in a path", HEAD "\"a", "c:2:2: error: the path does not end"},
    {"line end in a path", HEAD "\"a\nb\"", "c:2:2: error: the path does not end"},
    {"cut behind a path", HEAD "\"a\"", "c:2:3: error: a content list has here: \": [\""},
    {"cut in a hash", HEAD "\"a\": [\"ba78", "c:2:8: error: is no SHA-256; 64 of 0-9 and a-f are wanted"},
    {"capital letters", HEAD "\"a\": [\"B" KIB64 "\", 1]\n" TAIL, "c:2:8: error: is no SHA-256; 64 of 0-9 and a-f are wanted"},
    {"hash too long", HEAD "\"a\": [\"" HASH "0\", 1]\n" TAIL, "c:2:72: error: a content list has here: \", "},
    {"no size", HEAD FILE_OF("a", "") "\n" TAIL, "c:2:75: error: is no size; a number of bytes is wanted"},
    {"negative", HEAD FILE_OF("a", "-1") "\n" TAIL, "c:2:75: error: is no size; a number of bytes is wanted"},
    {"hexadecimal", HEAD FILE_OF("a", "0x1") "\n" TAIL, "c:2:76: error: a content list has here: ]"},
    {"a zero in front", HEAD FILE_OF("a", "01") "\n" TAIL, "c:2:75: error: is no size; a number of bytes is wanted"},
    {"fraction", HEAD FILE_OF("a", "1.5") "\n" TAIL, "c:2:76: error: a content list has here: ]"},
    {"too long for a number", HEAD FILE_OF("a", "10000000000000000000") "\n" TAIL,
     "c:2:75: error: is no size; a number of bytes is wanted"},
    {"one byte too many", HEAD FILE_OF("a", "68719476737") "\n" TAIL, "c:2:75: error: is a file of more than 64 GiB"},
    {"not sorted", HEAD FILE_OF("b", "1") ",\n" FILE_OF("a", "1") "\n" TAIL,
     "c:3:2: error: the paths are not sorted, or this one is there twice"},
    {"twice", HEAD FILE_OF("a", "1") ",\n" FILE_OF("a", "1") "\n" TAIL,
     "c:3:2: error: the paths are not sorted, or this one is there twice"},
    {"comma too many", HEAD FILE_OF("a", "1") ",\n" TAIL, "c:3:1: error: a content list has here: \""},
    {"comma missing", HEAD FILE_OF("a", "1") "\n" FILE_OF("b", "1") "\n" TAIL, "c:3:1: error: a content list has here: }}\n"},
    {"more in an entry", HEAD "\"a\": [\"" HASH "\", 1, 2]\n" TAIL, "c:2:76: error: a content list has here: ]"},
    {"a key behind", HEAD "}, \"x\": 1}\n", "c:2:1: error: a content list has here: \""},
    {"something behind", HEAD TAIL "\n", "c:2:4: error: nothing may follow"},
    {"a second list behind", HEAD TAIL HEAD TAIL, "c:2:4: error: nothing may follow"},
    {"Windows", "{\"schauwand\": \"contents 1\", \"files\": {\r\n", "c:1:1: error: a content list has here: " HEAD},
    {"leads out", HEAD FILE_OF("../a", "1") "\n" TAIL, "c:2:2: error: the path has a name in it that begins with \".\""},
    {"absolute", HEAD FILE_OF("/a", "1") "\n" TAIL,
     "c:2:2: error: the path has an empty name in it; it neither begins nor ends with \"/\", and no two of them follow each other"},
    {"escaped", HEAD FILE_OF("a\\u002fb", "1") "\n" TAIL, "c:2:2: error: the path has a backslash or a quotation mark in it"},
    {"differ in case", HEAD FILE_OF("A", "1") ",\n" FILE_OF("a", "1") "\n" TAIL,
     "c:3:2: error: \"A\" and \"a\" differ in upper and lower case alone"},
    {"differ in case twice", HEAD FILE_OF("A", "1") ",\n" FILE_OF("a", "1") ",\n" FILE_OF("aB", "1") ",\n" FILE_OF("ab", "1") "\n" TAIL,
     "c:"},
    {"a file as folder", HEAD FILE_OF("a", "1") ",\n" FILE_OF("a-b", "1") ",\n" FILE_OF("a/b/c", "1") "\n" TAIL,
     "c:4:2: error: \"a\" and \"a/b/c\" cannot both be: a file is no folder"},
    {"a file as a deeper folder", HEAD FILE_OF("a/b", "1") ",\n" FILE_OF("a/b/c", "1") "\n" TAIL,
     "c:3:2: error: \"a/b\" and \"a/b/c\" cannot both be: a file is no folder"},
    {"columns are characters", HEAD FILE_OF("ä", "x") "\n" TAIL, "c:2:75: error: is no size; a number of bytes is wanted"},
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        char faults[512], expected[512];
        struct sw_diags diags;
        size_t length = strlen(rows[i].text), at;
        sw_diags_init(&diags);
        struct sw_contents *contents = sw_contents_create(rows[i].text, length, "c", &diags);
        print_message("%s\n", rows[i].name);
        snprintf(expected, sizeof expected, "%s", rows[i].faults);
        while ((at = strcspn(expected, "\n")) < strlen(expected)) /* no fault says a line end */
            expected[at] = '?';
        take_faults(&diags, faults, sizeof faults);
        if (strcmp(rows[i].faults, "c:") == 0) /* either of two */
            faults[2] = '\0';
        assert_string_equal(faults, expected);
        assert_int_equal(contents != NULL, rows[i].faults[0] == '\0');
        if (contents != NULL) {
            size_t again_length = 0;
            char *again = sw_contents_write(contents->files, contents->count, &again_length);
            assert_string_equal(again, rows[i].text);
            assert_int_equal(again_length, length);
            free(again);
            assert_null(sw_contents_find(contents, "nowhere"));
        }
        sw_contents_destroy(contents);
        sw_diags_finish(&diags);
    }
}

/* A list cut anywhere, and with any byte in place of each, is refused or says the same in another way; it never does harm. */
static void test_cut(void **state)
{
    (void)state;
    static const char whole[] = HEAD FILE_OF("a", "10") ",\n" FILE_OF("b/ä", "1") "\n" TAIL;
    size_t length = sizeof whole - 1;
    char changed[sizeof whole];
    for (size_t i = 0; i < length; i++) {
        struct sw_diags diags;
        sw_diags_init(&diags);
        assert_null(sw_contents_create(whole, i, "c", &diags));
        assert_int_equal(diags.count, 1);
        sw_diags_finish(&diags);
        for (int byte = 0; byte < 256; byte++) {
            memcpy(changed, whole, sizeof whole);
            changed[i] = (char)byte;
            sw_diags_init(&diags);
            struct sw_contents *contents = sw_contents_create(changed, length, "c", &diags);
            assert_int_equal(diags.count, contents == NULL);
            if (contents != NULL) {
                size_t again_length;
                char *again = sw_contents_write(contents->files, contents->count, &again_length);
                assert_string_equal(again, changed);
                free(again);
            }
            sw_contents_destroy(contents);
            sw_diags_finish(&diags);
        }
    }
}

static void test_large(void **state)
{
    (void)state;
    struct sw_diags diags;
    char faults[256], *huge = calloc(1, SW_CONTENTS_MAX + 1);
    assert_non_null(huge);
    sw_diags_init(&diags);
    assert_null(sw_contents_create(huge, SW_CONTENTS_MAX + 1, "c", &diags));
    assert_string_equal(take_faults(&diags, faults, sizeof faults), "c: error: is longer than 64 MiB");
    assert_null(sw_contents_create(huge, SW_CONTENTS_MAX, "c", &diags));
    assert_string_equal(take_faults(&diags, faults, sizeof faults), "c:1:1: error: a NUL byte");
    assert_null(sw_contents_create(HEAD "\"a\0b", strlen(HEAD) + 4, "c", &diags));
    assert_string_equal(take_faults(&diags, faults, sizeof faults), "c:2:3: error: a NUL byte");
    sw_diags_finish(&diags);
    free(huge);
}

static void test_many(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    struct sw_diags diags;
    struct sw_file_entry *files = calloc(COUNT, sizeof *files);
    char(*paths)[32] = calloc(COUNT, sizeof *paths);
    assert_true(files != NULL && paths != NULL);
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(paths[i], sizeof paths[i], "media/%06zu.jpg", i);
        files[i] = (struct sw_file_entry){paths[i], {sw_digest_of(paths[i], strlen(paths[i])), i}};
    }
    size_t length;
    char *text = sw_contents_write(files, COUNT, &length);
    sw_diags_init(&diags);
    struct sw_contents *contents = sw_contents_create(text, length, "c", &diags);
    assert_non_null(contents);
    assert_int_equal(contents->count, COUNT);
    assert_int_equal(contents->sum, (uint64_t)COUNT * (COUNT - 1) / 2);
    for (size_t i = 0; i < COUNT; i++) {
        const struct sw_file_entry *file = sw_contents_find(contents, paths[i]);
        assert_non_null(file);
        assert_int_equal(file->object.bytes, i);
        assert_true(sw_digest_equal(&file->object.digest, &files[i].object.digest));
    }
    assert_null(sw_contents_find(contents, "media/x"));
    for (size_t i = 0; i < COUNT; i++) /* more together than can be */
        files[i].object.bytes = SW_OBJECT_MAX;
    free(text);
    text = sw_contents_write(files, COUNT, &length);
    char faults[256];
    assert_null(sw_contents_create(text, length, "c", &diags));
    assert_string_equal(take_faults(&diags, faults, sizeof faults), "c:16386:1: error: all files together have more than 2^50 bytes");
    sw_contents_destroy(contents);
    sw_contents_destroy(NULL);
    sw_diags_finish(&diags);
    free(text);
    free(files);
    free(paths);
}

/* More than a list can hold. */
static void test_too_long(void **state)
{
    (void)state;
    enum { COUNT = 250000 };
    struct sw_file_entry *files = calloc(COUNT, sizeof *files);
    char(*paths)[256] = calloc(COUNT, sizeof *paths);
    size_t length = 7;
    assert_true(files != NULL && paths != NULL);
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(paths[i], sizeof paths[i], "%06zu%0190d", i, 0);
        files[i].path = paths[i];
    }
    assert_null(sw_contents_write(files, COUNT, &length));
    assert_int_equal(length, 7);
    free(files);
    free(paths);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_cut), cmocka_unit_test(test_large),
                                       cmocka_unit_test(test_many), cmocka_unit_test(test_too_long)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
