/* SPDX-License-Identifier: EUPL-1.2 */
/* A published folder on disk: all that a stick may be. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "folder.h"
#include "follow/folder.h"
#include "site.h"

#define LENGTH 600000

struct taken {
    char *bytes;
    uint64_t length, stop_at;
    struct sw_fetched fetched;
    char fault[200];
    int ends;
};

static bool take(void *context, uint64_t at, const void *bytes, size_t length)
{
    struct taken *taken = context;
    assert_true(at + length <= LENGTH);
    if (taken->stop_at > 0 && at >= taken->stop_at)
        return false;
    memcpy(taken->bytes + at, bytes, length);
    taken->length = at + length;
    return true;
}

static void done(void *context, const struct sw_fetched *fetched)
{
    struct taken *taken = context;
    taken->fetched = *fetched;
    snprintf(taken->fault, sizeof taken->fault, "%s", fetched->fault);
    taken->ends++;
}

static char place[64], *content;

static int enter(void **state)
{
    enum sw_file_status status;
    folder_make(place, sizeof place);
    content = malloc(LENGTH);
    for (size_t i = 0; i < LENGTH; i++)
        content[i] = (char)(i % 251);
    if (chdir(place) != 0 || mkdir("objects", 0755) != 0 || mkdir("outside", 0755) != 0 ||
        !sw_file_write_atomic("objects/whole", content, LENGTH) || !sw_file_write_atomic("outside/secret", "x", 1) ||
        symlink("../outside/secret", "objects/link") != 0 || mkfifo("objects/fifo", 0644) != 0 || mkdir("objects/folder", 0755) != 0 ||
        !sw_file_write_atomic("objects/empty", "", 0))
        return 1;
    *state = sw_folder_create(".", &status);
    return *state == NULL;
}

static int leave(void **state)
{
    sw_folder_destroy(*state);
    free(content);
    if (chdir("/") != 0)
        return 1;
    folder_remove(place);
    return 0;
}

static void fetch(struct sw_folder *folder, const char *path, uint64_t from, uint64_t bytes, bool exact, struct taken *taken)
{
    struct sw_origin origin = sw_folder_origin(folder);
    struct sw_fetch wanted = {.path = path, .from = from, .bytes = bytes, .exact = exact, .take = take, .done = done, .context = taken};
    taken->bytes = calloc(1, LENGTH);
    assert_true(origin.begin(origin.self, &wanted) > 0);
    assert_int_equal(taken->ends, 0);
    while (sw_folder_turn(folder))
        ;
    assert_int_equal(taken->ends, 1);
}

static void test_brought(void **state)
{
    static const struct {
        const char *path;
        uint64_t from, bytes;
        bool exact;
        enum sw_fetch_status status;
        const char *fault;
    } rows[] = {
        {"objects/whole", 0, LENGTH, true, SW_FETCH_WHOLE, ""},
        {"objects/whole", 1, LENGTH, true, SW_FETCH_WHOLE, ""},
        {"objects/whole", LENGTH - 1, LENGTH, true, SW_FETCH_WHOLE, ""},
        {"objects/whole", 0, 4096, false, SW_FETCH_WHOLE, ""}, /* how much that may be is the taker's to say */
        {"objects/empty", 0, 0, true, SW_FETCH_WHOLE, ""},
        {"objects/whole", 0, LENGTH - 1, true, SW_FETCH_WRONG, "has 600000 bytes; 599999 are wanted"},
        {"objects/whole", 5, LENGTH + 1, true, SW_FETCH_WRONG, "has 600000 bytes; 600001 are wanted"},
        {"objects/none", 0, 1, true, SW_FETCH_MISSING, "does not exist"},
        {"none/none", 0, 1, true, SW_FETCH_MISSING, "does not exist"},
        {"objects/link", 0, 1, true, SW_FETCH_FAILED, NULL},
        {"objects/fifo", 0, 1, true, SW_FETCH_FAILED, NULL},
        {"objects/folder", 0, 1, true, SW_FETCH_FAILED, NULL},
        {"../secret", 0, 1, true, SW_FETCH_FAILED, NULL},
        {"/etc/passwd", 0, 1, false, SW_FETCH_FAILED, NULL},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct taken taken = {.ends = 0};
        fetch(*state, rows[i].path, rows[i].from, rows[i].bytes, rows[i].exact, &taken);
        assert_int_equal(taken.fetched.status, rows[i].status);
        if (rows[i].fault != NULL)
            assert_string_equal(taken.fault, rows[i].fault);
        else
            assert_string_not_equal(taken.fault, "");
        if (taken.fetched.status == SW_FETCH_WHOLE && rows[i].bytes == LENGTH) {
            assert_int_equal(taken.length, LENGTH);
            assert_memory_equal(taken.bytes + rows[i].from, content + rows[i].from, LENGTH - rows[i].from);
        }
        free(taken.bytes);
    }
}

static void test_stopped(void **state)
{
    struct taken taken = {.stop_at = 1};
    fetch(*state, "objects/whole", 0, LENGTH, true, &taken);
    assert_int_equal(taken.fetched.status, SW_FETCH_STOPPED);
    free(taken.bytes);
}

/* Several at once, one of them cancelled on the way. */
static void test_cancelled(void **state)
{
    struct sw_origin origin = sw_folder_origin(*state);
    struct taken taken[3] = {{.ends = 0}};
    uint64_t numbers[3];
    for (int i = 0; i < 3; i++) {
        struct sw_fetch wanted = {
            .path = "objects/whole", .bytes = LENGTH, .exact = true, .take = take, .done = done, .context = &taken[i]};
        taken[i].bytes = calloc(1, LENGTH);
        numbers[i] = origin.begin(origin.self, &wanted);
    }
    assert_true(sw_folder_turn(*state));
    origin.cancel(origin.self, numbers[1]);
    while (sw_folder_turn(*state))
        ;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(taken[i].ends, i != 1);
        free(taken[i].bytes);
    }
    struct sw_fetch last = {.path = "objects/whole", .bytes = LENGTH, .take = take, .done = done, .context = &taken[0]};
    (void)origin.begin(origin.self, &last); /* dropped with the folder */
}

static void test_no_folder(void **state)
{
    enum sw_file_status status;
    (void)state;
    assert_null(sw_folder_create("nowhere", &status));
    assert_int_equal(status, SW_FILE_MISSING);
    sw_folder_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_brought, enter, leave), cmocka_unit_test_setup_teardown(test_stopped, enter, leave),
        cmocka_unit_test_setup_teardown(test_cancelled, enter, leave), cmocka_unit_test_setup_teardown(test_no_folder, enter, leave)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
