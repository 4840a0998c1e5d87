/* SPDX-License-Identifier: EUPL-1.2 */
/* A store as a folder: opened, locked, refused; its state there and back, and damaged at every byte. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "folder.h"
#include "site.h"
#include "store/place.h"

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    folder_make(folder, sizeof folder);
    return chdir(folder);
}

static int remove_folder(void **state)
{
    (void)state;
    if (chdir("/") != 0)
        return 1;
    folder_remove(folder);
    return 0;
}

static struct sw_store *open_store(enum sw_store_mode mode)
{
    enum sw_store_status status;
    struct sw_store *store = sw_store_open("s", mode, &status);
    assert_non_null(store);
    assert_int_equal(status, SW_STORE_OK);
    return store;
}

static void assert_refused(const char *path, enum sw_store_mode mode, enum sw_store_status expected)
{
    enum sw_store_status status = SW_STORE_OK;
    assert_null(sw_store_open(path, mode, &status));
    assert_int_equal(status, expected);
}

static void write_file(const char *path, const char *text) { assert_true(sw_file_write_atomic(path, text, strlen(text))); }

static void test_open(void **state)
{
    (void)state;
    assert_refused("s", SW_STORE_READ, SW_STORE_MISSING);
    assert_refused("no/s", SW_STORE_WRITE, SW_STORE_MISSING);
    write_file("f", "");
    assert_refused("f", SW_STORE_WRITE, SW_STORE_MISSING);
    assert_int_equal(mkdir("s", 0755), 0);
    sw_store_close(open_store(SW_STORE_READ)); /* an empty folder is an empty store */
    sw_store_close(open_store(SW_STORE_WRITE));
    sw_store_close(open_store(SW_STORE_WRITE));
    sw_store_close(open_store(SW_STORE_READ));
    sw_store_close(NULL);
}

static void test_not_folders(void **state)
{
    (void)state;
    assert_int_equal(mkdir("s", 0755), 0);
    write_file("s/objects", "no folder");
    assert_refused("s", SW_STORE_WRITE, SW_STORE_WRONG);
    assert_refused("s", SW_STORE_READ, SW_STORE_WRONG);
    assert_int_equal(unlink("s/objects"), 0);
    assert_int_equal(symlink("/tmp", "s/objects"), 0);
    assert_refused("s", SW_STORE_WRITE, SW_STORE_WRONG);
    assert_int_equal(unlink("s/objects"), 0);
    assert_int_equal(unlink("s/lock"), 0);
    assert_int_equal(symlink("/tmp/x", "s/lock"), 0);
    assert_refused("s", SW_STORE_WRITE, SW_STORE_WRONG);
    assert_int_equal(unlink("s/lock"), 0);
    assert_int_equal(mkdir("s/lock", 0755), 0);
    assert_refused("s", SW_STORE_WRITE, SW_STORE_WRONG);
}

static void test_one_writer(void **state)
{
    (void)state;
    struct sw_store *writer = open_store(SW_STORE_WRITE);
    assert_refused("s", SW_STORE_WRITE, SW_STORE_BUSY);
    pid_t child = fork();
    if (child == 0) {
        enum sw_store_status status;
        struct sw_store *second = sw_store_open("s", SW_STORE_WRITE, &status), *reader = sw_store_open("s", SW_STORE_READ, &status);
        _exit(second == NULL && reader != NULL ? 0 : 1);
    }
    int ended;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_int_equal(ended, 0);
    sw_store_close(writer);
    sw_store_close(open_store(SW_STORE_WRITE));
}

/* What only a crash leaves is put away; what anybody else put there stays. */
static void test_left_behind(void **state)
{
    (void)state;
    struct stat info;
    sw_store_close(open_store(SW_STORE_WRITE));
    static const char *const ours[] = {"s/.state.17-0.tmp", "s/documents/.keys-1.json.17-0.tmp"};
    static const char *const theirs[] = {"s/README", "s/.hidden", "s/state.tmp", "s/.tmp", "s/objects/x", "s/documents/keys-x.json"};
    for (size_t i = 0; i < SW_COUNT(ours); i++)
        write_file(ours[i], "");
    for (size_t i = 0; i < SW_COUNT(theirs); i++)
        write_file(theirs[i], "");
    sw_store_close(open_store(SW_STORE_READ));
    assert_int_equal(stat(ours[0], &info), 0);
    sw_store_close(open_store(SW_STORE_WRITE));
    for (size_t i = 0; i < SW_COUNT(ours); i++)
        assert_int_equal(stat(ours[i], &info), -1);
    for (size_t i = 0; i < SW_COUNT(theirs); i++)
        assert_int_equal(stat(theirs[i], &info), 0);
}

static struct sw_store_state some_state(void)
{
    struct sw_store_state state = {.current = 7, .previous = 6, .trusted = 1795000000 * SW_SECOND};
    state.release = (struct sw_accepted){1, 12, sw_digest_of("r", 1)};
    state.playlists = (struct sw_accepted){2, 9007199254740991, sw_digest_of("p", 1)};
    sw_store_state_mark(&state, 6, SW_MARK_GOOD);
    sw_store_state_mark(&state, 3, SW_MARK_PINNED | SW_MARK_GOOD);
    return state;
}

static void test_state(void **state)
{
    (void)state;
    struct sw_store *store = open_store(SW_STORE_WRITE);
    struct sw_store_state empty = {0}, some = some_state(), read = some;
    assert_int_equal(sw_store_state_read(store, &read), SW_STORE_MISSING);
    assert_memory_equal(&read, &empty, sizeof read);
    assert_int_equal(sw_store_state_write(store, &empty), SW_STORE_OK);
    assert_int_equal(sw_store_state_read(store, &read), SW_STORE_OK);
    assert_memory_equal(&read, &empty, sizeof read);
    assert_int_equal(sw_store_state_write(store, &some), SW_STORE_OK);
    assert_int_equal(sw_store_state_read(store, &read), SW_STORE_OK);
    assert_true(read.current == 7 && read.previous == 6 && read.trusted == some.trusted);
    assert_memory_equal(&read.release, &some.release, sizeof read.release);
    assert_memory_equal(&read.playlists, &some.playlists, sizeof read.playlists);
    assert_int_equal(sw_store_marks(&read, 6), SW_MARK_GOOD);
    assert_int_equal(sw_store_marks(&read, 3), SW_MARK_PINNED | SW_MARK_GOOD);
    assert_int_equal(sw_store_marks(&read, 7), 0);
    sw_store_close(store);
}

/* Every byte changed in three ways, every length: never a state that nobody wrote. */
static void test_state_rot(void **state)
{
    (void)state;
    struct sw_store *store = open_store(SW_STORE_WRITE);
    struct sw_store_state some = some_state(), empty = {0}, read;
    char *bytes;
    size_t length;
    assert_int_equal(sw_store_state_write(store, &some), SW_STORE_OK);
    assert_int_equal(sw_file_read("s/state", 8192, &bytes, &length), SW_FILE_OK);
    for (size_t i = 0; i < length; i++) {
        static const char changes[] = {1, 32, (char)0x80};
        for (size_t c = 0; c < sizeof changes; c++) {
            bytes[i] ^= changes[c];
            assert_true(sw_file_write_atomic("s/state", bytes, length));
            assert_int_equal(sw_store_state_read(store, &read), SW_STORE_WRONG);
            assert_memory_equal(&read, &empty, sizeof read);
            bytes[i] ^= changes[c];
        }
        assert_true(sw_file_write_atomic("s/state", bytes, i));
        assert_int_equal(sw_store_state_read(store, &read), SW_STORE_WRONG);
    }
    assert_true(sw_file_write_atomic("s/state", bytes, length));
    assert_int_equal(sw_store_state_read(store, &read), SW_STORE_OK);
    free(bytes);
    char *huge = calloc(1, 10000);
    assert_non_null(huge);
    assert_true(sw_file_write_atomic("s/state", huge, 10000));
    assert_int_equal(sw_store_state_read(store, &read), SW_STORE_WRONG);
    free(huge);
    assert_int_equal(unlink("s/state"), 0);
    assert_int_equal(mkdir("s/state", 0755), 0);
    assert_int_equal(sw_store_state_read(store, &read), SW_STORE_WRONG);
    assert_int_equal(sw_store_state_write(store, &some), SW_STORE_WRONG);
    sw_store_close(store);
}

/* Sound by its digest, but not as we write it: what a newer program may add, and what it may not. */
static void test_state_of_others(void **state)
{
    (void)state;
    struct sw_store *store = open_store(SW_STORE_WRITE);
    struct sw_store_state read;
    static const struct {
        const char *text;
        enum sw_store_status status;
        int64_t current, release;
    } rows[] = {
        {"schauwand store 1\ncurrent 3\nfuture 9\n", SW_STORE_OK, 3, 0},
        {"schauwand store 1\nrelease 1 12 nothash\n", SW_STORE_OK, 0, 0},
        {"schauwand store 2\ncurrent 3\n", SW_STORE_WRONG, 0, 0},
        {"current 3\n", SW_STORE_WRONG, 0, 0},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        char file[512], digest[SW_DIGEST_TEXT + 1];
        struct sw_digest sum = sw_digest_of(rows[i].text, strlen(rows[i].text));
        snprintf(file, sizeof file, "%s%s\n", rows[i].text, sw_digest_text(&sum, digest));
        write_file("s/state", file);
        assert_int_equal(sw_store_state_read(store, &read), rows[i].status);
        assert_int_equal(read.current, rows[i].current);
        assert_int_equal(read.release.version, rows[i].release);
    }
    char many[4096] = "schauwand store 1\n", digest[SW_DIGEST_TEXT + 1];
    for (int i = 1; i <= 40; i++)
        snprintf(many + strlen(many), sizeof many - strlen(many), "mark %d 1\n", i);
    struct sw_digest sum = sw_digest_of(many, strlen(many));
    snprintf(many + strlen(many), sizeof many - strlen(many), "%s\n", sw_digest_text(&sum, digest));
    write_file("s/state", many);
    assert_int_equal(sw_store_state_read(store, &read), SW_STORE_OK);
    assert_int_equal(read.mark_count, SW_STORE_MARKS_MAX);
    sw_store_close(store);
}

static void test_marks(void **state)
{
    (void)state;
    struct sw_store_state some = {0};
    sw_store_state_mark(&some, 1, SW_MARK_PINNED);
    for (int64_t i = 2; i <= 60; i++)
        sw_store_state_mark(&some, i, SW_MARK_GOOD);
    assert_int_equal(some.mark_count, SW_STORE_MARKS_MAX);
    assert_int_equal(sw_store_marks(&some, 1), SW_MARK_PINNED); /* a pin stays */
    assert_int_equal(sw_store_marks(&some, 2), 0);
    assert_int_equal(sw_store_marks(&some, 60), SW_MARK_GOOD);
    sw_store_state_mark(&some, 60, SW_MARK_BAD);
    assert_int_equal(sw_store_marks(&some, 60), SW_MARK_BAD);
    sw_store_state_mark(&some, 60, 0);
    sw_store_state_mark(&some, 61, 0);
    assert_int_equal(sw_store_marks(&some, 60), 0);
    assert_int_equal(some.mark_count, SW_STORE_MARKS_MAX - 1);
    for (int64_t i = 100; i < 140; i++) /* all pinned: the newest place goes */
        sw_store_state_mark(&some, i, SW_MARK_PINNED);
    assert_int_equal(some.mark_count, SW_STORE_MARKS_MAX);
    assert_int_equal(sw_store_marks(&some, 139), SW_MARK_PINNED);
    assert_int_equal(sw_store_marks(&some, 1), SW_MARK_PINNED);
}

static void test_texts(void **state)
{
    (void)state;
    static const struct {
        int error;
        enum sw_store_status status;
    } rows[] = {{ENOENT, SW_STORE_MISSING}, {ENOTDIR, SW_STORE_MISSING}, {EROFS, SW_STORE_DENIED}, {EACCES, SW_STORE_DENIED},
                {EPERM, SW_STORE_DENIED},   {ENOSPC, SW_STORE_FULL},     {EDQUOT, SW_STORE_FULL},  {EFBIG, SW_STORE_FULL},
                {ELOOP, SW_STORE_WRONG},    {EISDIR, SW_STORE_WRONG},    {ENXIO, SW_STORE_WRONG},  {EIO, SW_STORE_FAILED}};
    for (size_t i = 0; i < SW_COUNT(rows); i++)
        assert_int_equal(sw_store_status_of(rows[i].error), rows[i].status);
    for (int i = SW_STORE_OK; i <= SW_STORE_FAILED; i++)
        assert_true(strlen(sw_store_status_text((enum sw_store_status)i)) > 5);
    static const struct {
        const char *text;
        int64_t number;
    } numbers[] = {{"1", 1},
                   {"9007199254740", 9007199254740},
                   {"", 0},
                   {"0", 0},
                   {"01", 0},
                   {"1x", 0},
                   {"x", 0},
                   {"-1", 0},
                   {" 1", 0},
                   {"1 ", 0},
                   {"99999999999999999", 0},
                   {"123456789012345", 123456789012345}};
    for (size_t i = 0; i < SW_COUNT(numbers); i++)
        assert_int_equal(sw_place_number(numbers[i].text), numbers[i].number);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_open),        IN_FOLDER(test_not_folders), IN_FOLDER(test_one_writer),      IN_FOLDER(test_left_behind),
        IN_FOLDER(test_state),       IN_FOLDER(test_state_rot),   IN_FOLDER(test_state_of_others), cmocka_unit_test(test_marks),
        cmocka_unit_test(test_texts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
