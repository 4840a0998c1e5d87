/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/civil.h"
#include "courier/recording.h"

#define INSTANT INT64_C(1795424700123456) /* 2026-11-23T09:05:00.123456Z */

struct folder {
    char path[64], source[80];
    struct sw_root *root;
    struct sw_arena arena;
    struct sw_recording recording;
};

static int setup(void **state)
{
    struct folder *folder = calloc(1, sizeof *folder);
    enum sw_file_status status;
    strcpy(folder->path, "/tmp/sw-recording-XXXXXX");
    if (mkdtemp(folder->path) == NULL)
        return -1;
    snprintf(folder->source, sizeof folder->source, "%s/rhein", folder->path);
    folder->root = mkdir(folder->source, 0755) == 0 ? sw_root_create(folder->path, &status) : NULL;
    *state = folder;
    return folder->root != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    struct folder *folder = *state;
    char command[160];
    sw_root_destroy(folder->root);
    sw_arena_finish(&folder->arena);
    snprintf(command, sizeof command, "rm -r %s", folder->path);
    int status = system(command);
    free(folder);
    return status;
}

static void write_file(const struct folder *folder, const char *name, const char *mode, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", folder->source, name);
    FILE *file = fopen(path, mode);
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static bool read_all(struct folder *folder)
{
    return sw_recording_read(&folder->recording, folder->root, "rhein", &folder->arena);
}

static void assert_body(const struct folder *folder, const struct sw_recorded_page *page, const char *text)
{
    char *bytes = NULL;
    size_t length;
    assert_int_equal(sw_root_read(folder->root, page->path, 1000, &bytes, &length), SW_FILE_OK);
    assert_string_equal(bytes, text);
    free(bytes);
}

static struct sw_record_draft_page page_of(const char *text)
{
    return (struct sw_record_draft_page){.from = "https://example.org/rhein.json?key=canary#part",
                                         .status = 200,
                                         .type = "application/json; note=\"caf\xe9\"",
                                         .modified = "Mon, 23 Nov 2026 09:00:00 GMT",
                                         .bytes = text,
                                         .length = strlen(text)};
}

static void what_is_written_is_read(void **state)
{
    struct folder *folder = *state;
    struct sw_record_draft_page pages[] = {page_of("{\"a\": 1}"), page_of("{\"a\": 2}")};
    struct sw_record_draft drafts[] = {
        {.at = INSTANT, .extension = "json", .pages = pages, .page_count = 2},
        {.at = INSTANT + SW_SECOND, .extension = "json", .backfill = true, .pages = &pages[1], .page_count = 1},
        {.at = INSTANT + 2 * SW_SECOND, .extension = "json", .unchanged = true},
        {.at = INSTANT + 3 * SW_SECOND, .extension = "json", .fault = "it answers \"503\""},
    };
    for (size_t i = 0; i < SW_COUNT(drafts); i++)
        assert_true(sw_recording_add(folder->path, "rhein", &drafts[i]));
    assert_true(read_all(folder));
    const struct sw_recorded *records = folder->recording.records;
    assert_int_equal(folder->recording.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_true(records[i].at == drafts[i].at);
        assert_int_equal(records[i].backfill, drafts[i].backfill);
        assert_int_equal(records[i].unchanged, drafts[i].unchanged);
        assert_int_equal(records[i].page_count, drafts[i].page_count);
    }
    assert_body(folder, &records[0].pages[0], "{\"a\": 1}");
    assert_body(folder, &records[0].pages[1], "{\"a\": 2}");
    assert_body(folder, &records[1].pages[0], "{\"a\": 2}");
    assert_string_equal(records[0].pages[0].path, "rhein/20261123T090500.123456Z.json");
    assert_string_equal(records[0].pages[1].path, "rhein/20261123T090500.123456Z-2.json");
    assert_int_equal(records[0].pages[0].status, 200);
    assert_string_equal(records[0].pages[0].modified, "Mon, 23 Nov 2026 09:00:00 GMT");
    assert_null(records[0].fault);
    assert_string_equal(records[3].fault, "it answers \"503\"");
}

static void no_query_is_written(void **state)
{
    struct folder *folder = *state;
    struct sw_record_draft_page page = page_of("{}");
    struct sw_record_draft draft = {.at = INSTANT, .extension = "json", .pages = &page, .page_count = 1};
    char *bytes = NULL;
    size_t length;
    assert_true(sw_recording_add(folder->path, "rhein", &draft));
    assert_int_equal(sw_root_read(folder->root, "rhein/index.jsonl", 10000, &bytes, &length), SW_FILE_OK);
    assert_non_null(strstr(bytes, "\"https://example.org/rhein.json\""));
    assert_null(strstr(bytes, "canary"));
    assert_null(strstr(bytes, "part"));
    free(bytes);
}

/* A line, and how many records there are of it where body.json is there. */
static void lines_are_judged_one_by_one(void **state)
{
    struct folder *folder = *state;
    static const struct {
        const char *line;
        size_t count;
    } cases[] = {
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"pages\": [{\"body\": \"body.json\"}]}\n", 1},
        {"{\"at\": \"2026-11-23T10:05:00+01:00\", \"note\": \"ours\", \"pages\": [{\"body\": \"body.json\", \"headers\": 7}]}\r\n", 1},
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"unchanged\": true}\n", 1},
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"fault\": \"it answers 503\", \"pages\": []}\n", 1},
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"pages\": [{\"body\": \"body.json\"}]}", 0}, /* no end of line: who knows what is missing */
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"pages\": [{\"body\": \"bo\n", 0},
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"pages\": []}\n", 0},
        {"{\"at\": \"2026-11-23T09:05:00Z\"}\n", 0},
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"pages\": \"body.json\"}\n", 0},
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"pages\": [\"body.json\"]}\n", 0},
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"pages\": [{\"body\": \"gone.json\"}]}\n", 0},
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"pages\": [{\"body\": \"body.json\"}, {\"body\": \"gone.json\"}]}\n", 0},
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"pages\": [{\"body\": \"../rhein/body.json\"}]}\n", 0},
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"pages\": [{\"body\": \"/etc/hostname\"}]}\n", 0},
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"pages\": [{\"body\": \".hidden\"}]}\n", 0},
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"pages\": [{\"body\": \"link.json\"}]}\n", 0},
        {"{\"at\": \"2026-11-23T09:05:00Z\", \"pages\": [{\"body\": \"\"}]}\n", 0},
        {"{\"at\": \"yesterday\", \"pages\": [{\"body\": \"body.json\"}]}\n", 0},
        {"{\"at\": 7, \"pages\": [{\"body\": \"body.json\"}]}\n", 0},
        {"[1, 2]\n", 0},
        {"\n  \n", 0},
        {"\x80\xff nothing\n", 0},
        {"", 0},
    };
    write_file(folder, "body.json", "w", "{}");
    write_file(folder, ".hidden", "w", "{}");
    char link[160];
    snprintf(link, sizeof link, "%s/link.json", folder->source);
    assert_int_equal(symlink("body.json", link), 0);
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        write_file(folder, "index.jsonl", "w", cases[i].line);
        bool there = read_all(folder);
        if (folder->recording.count != cases[i].count)
            fail_msg("%zu records of %s", folder->recording.count, cases[i].line);
        assert_int_equal(there, cases[i].count > 0);
    }
}

static void what_is_killed_is_left_out(void **state)
{
    struct folder *folder = *state;
    struct sw_record_draft_page page = page_of("{}");
    struct sw_record_draft draft = {.at = INSTANT, .extension = "json", .pages = &page, .page_count = 1};
    assert_true(sw_recording_add(folder->path, "rhein", &draft));
    write_file(folder, "index.jsonl", "a", "{\"at\": \"2026-11-23T09:05:01Z\", \"pa");
    write_file(folder, ".20261123T090501Z.json.123-0.tmp", "w", "{");
    write_file(folder, "20261123T090501Z.json", "w", "{}");
    write_file(folder, "notes of ours.txt", "w", "foreign");
    assert_true(read_all(folder));
    assert_int_equal(folder->recording.count, 1);
    draft.at += 2 * SW_SECOND;
    assert_true(sw_recording_add(folder->path, "rhein", &draft));
    assert_true(read_all(folder));
    assert_int_equal(folder->recording.count, 2);
    assert_true(folder->recording.records[1].at == draft.at);
}

static void records_are_in_order(void **state)
{
    struct folder *folder = *state;
    static const int minutes[] = {7, 5, 6, 5, 59, 0};
    char line[160];
    write_file(folder, "body.json", "w", "{}");
    for (size_t i = 0; i < SW_COUNT(minutes); i++) {
        snprintf(line, sizeof line, "{\"at\": \"2026-11-23T09:%02d:00Z\", \"fault\": \"%zu\"}\n", minutes[i], i);
        write_file(folder, "index.jsonl", "a", line);
    }
    static const char *const order[] = {"5", "1", "3", "2", "0", "4"};
    assert_true(read_all(folder));
    assert_int_equal(folder->recording.count, SW_COUNT(order));
    for (size_t i = 0; i < SW_COUNT(order); i++)
        assert_string_equal(folder->recording.records[i].fault, order[i]);
}

static void nothing_is_no_recording(void **state)
{
    struct folder *folder = *state;
    assert_false(read_all(folder));
    assert_false(sw_recording_read(&folder->recording, folder->root, "other", &folder->arena));
    struct sw_record_draft draft = {.at = INSTANT, .extension = "json", .fault = "it answers 503"};
    assert_false(sw_recording_add(folder->path, "other", &draft));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(no_query_is_written, setup, teardown),
        cmocka_unit_test_setup_teardown(lines_are_judged_one_by_one, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_killed_is_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(records_are_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_is_no_recording, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
