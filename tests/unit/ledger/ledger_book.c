/* SPDX-License-Identifier: EUPL-1.2 */
/* Books: torn at every byte, rotten in every record, turned over, limited; two who would write one, folders that cannot be written. */
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
#include <unistd.h>

#include "base/file.h"
#include "in_ledger.h"

static struct sw_book *open_book(const struct sw_book_limits *limits)
{
    struct sw_book *book = sw_book_open(folder, limits);
    assert_non_null(book);
    return book;
}

static void write_some(long first, long last)
{
    struct sw_book *book = open_book(NULL);
    assert_true(diary_append(book, first, last));
    sw_book_close(book);
}

static char *read_newest(char *path, size_t capacity, size_t *length)
{
    char *bytes;
    (void)diary_newest(folder, path, capacity);
    assert_int_equal(sw_file_read(path, (size_t)1 << 20, &bytes, length), SW_FILE_OK);
    return bytes;
}

static void put(const char *path, const char *bytes, size_t length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0640);
    assert_true(fd >= 0);
    assert_true(sw_fd_write_all(fd, bytes, length));
    assert_int_equal(close(fd), 0);
}

static void test_appended(void **state)
{
    (void)state;
    char path[128];
    write_some(0, 9);
    write_some(10, 10);
    struct sw_book *book = open_book(NULL);
    assert_true(diary_append(book, 11, 30));
    assert_true(diary_append(book, 31, 31));
    expect(0, 31); /* also while it is open */
    sw_book_close(book);
    expect(0, 31);
    assert_int_equal(diary_newest(folder, path, sizeof path), 1);
    assert_int_equal(diary.found.damaged + diary.found.torn + diary.found.unread, 0);
}

/* The file ends at every byte of its last two lines: what was whole stays, and what comes next is whole. */
static void test_torn(void **state)
{
    (void)state;
    char path[128];
    size_t length, whole = 0;
    write_some(0, 4);
    char *bytes = read_newest(path, sizeof path, &length);
    size_t first = length;
    for (int lines = 0; lines < 3; first--)
        lines += first < length && bytes[first - 1] == '\n';
    for (size_t cut = first + 1; cut <= length; cut++) {
        put(path, bytes, cut);
        whole = 0;
        for (size_t i = 0; i < cut; i++)
            whole += bytes[i] == '\n';
        diary_read(&diary, folder);
        assert_int_equal(diary.count, whole);
        assert_int_equal(diary.found.torn, bytes[cut - 1] != '\n');
        assert_int_equal(diary.found.damaged, 0);
        write_some((long)whole, (long)whole + 1);
        expect(0, (long)whole + 1);
        assert_int_equal(diary.found.torn + diary.found.damaged, 0);
    }
    free(bytes);
}

/* Where the size came to the disk but not all that was written: zeros, at the end and in the middle. */
static void test_zeros(void **state)
{
    (void)state;
    char path[128];
    size_t length;
    write_some(0, 9);
    char *bytes = read_newest(path, sizeof path, &length);
    size_t from = length / 2;
    memset(bytes + from, 0, length - from);
    put(path, bytes, length);
    diary_read(&diary, folder);
    long kept = (long)diary.count;
    assert_true(kept > 2 && kept < 9);
    write_some(kept, kept + 2);
    expect(0, kept + 2);
    free(bytes);
    bytes = read_newest(path, sizeof path, &length);
    memset(bytes + 20, 0, 200);
    put(path, bytes, length);
    diary_read(&diary, folder);
    assert_true(diary.found.damaged >= 1 && diary.found.damaged <= 3 && !diary.foreign);
    free(bytes);
}

/* One bit of each byte: that record is lost (two where it was the end of a line), and no other. */
static void test_rot(void **state)
{
    (void)state;
    char path[128];
    size_t length, line = 0;
    write_some(0, 20);
    char *bytes = read_newest(path, sizeof path, &length);
    for (size_t i = 0; i < length; i++) {
        char sound = bytes[i];
        bool end = sound == '\n';
        bytes[i] = (char)(sound ^ (1 << i % 8));
        bool splits = bytes[i] == '\n';
        put(path, bytes, length);
        bytes[i] = sound;
        diary_read(&diary, folder);
        assert_false(diary.foreign);
        assert_false(diary.disorder);
        assert_int_equal(diary.times[line], 0);
        size_t torn = i + 1 == length, lost = end && !torn ? 2 : 1;
        assert_int_equal(diary.count, 21 - lost);
        assert_int_equal(diary.found.damaged, (splits ? 2 : 1) - torn);
        line += end;
    }
    assert_int_equal(line, 21);
    free(bytes);
}

static void test_turned(void **state)
{
    (void)state;
    char path[128];
    struct stat info;
    const struct sw_book_limits limits = {.file_bytes = 2000};
    struct sw_book *book = open_book(&limits);
    for (long i = 0; i < 100; i++) {
        assert_true(diary_append(book, i, i));
        (void)diary_newest(folder, path, sizeof path);
        assert_int_equal(stat(path, &info), 0);
        assert_true(info.st_size <= 2000);
        if (i % 13 == 0) { /* it goes on where it was */
            sw_book_close(book);
            book = open_book(&limits);
        }
    }
    sw_book_close(book);
    expect(0, 99);
    assert_true(diary_newest(folder, path, sizeof path) >= 5);
    assert_int_equal(diary.found.damaged + diary.found.torn, 0);
}

static void test_limited(void **state)
{
    (void)state;
    const struct sw_book_limits limits = {.file_bytes = 2000, .all_bytes = 10000};
    char path[128];
    struct sw_book *book = open_book(&limits);
    for (long i = 0; i < 1000; i++) {
        assert_true(diary_append(book, i, i));
        assert_true(diary_newest(folder, path, sizeof path) <= 6);
    }
    sw_book_close(book);
    diary_read(&diary, folder);
    assert_true(diary.count > 60 && diary.count < 130);
    expect(1000 - (long)diary.count, 999);
}

/* By age one file goes at a time, so that a clock far ahead takes little with it. */
static void test_old(void **state)
{
    (void)state;
    const struct sw_book_limits limits = {.file_bytes = 2000, .age = 600 * SW_SECOND};
    char path[128];
    struct sw_book *book = open_book(&limits);
    for (long i = 0; i < 1000; i++) {
        assert_true(diary_append(book, i, i));
        size_t count = diary_newest(folder, path, sizeof path);
        assert_true(count <= 7);
    }
    diary_read(&diary, folder);
    assert_true(diary.count >= 60 && diary.count < 100);
    expect(1000 - (long)diary.count, 999);
    size_t before = diary_newest(folder, path, sizeof path);
    assert_true(diary_append(book, 90000, 90000));
    assert_true(diary_newest(folder, path, sizeof path) >= before - 1);
    sw_book_close(book);
    book = open_book(&limits); /* and the clock is right again */
    assert_true(diary_append(book, 1000, 1000));
    sw_book_close(book);
    assert_true(diary_newest(folder, path, sizeof path) >= before - 2);
}

static void test_one_writer(void **state)
{
    (void)state;
    struct sw_book *book = open_book(NULL);
    errno = 0;
    assert_null(sw_book_open(folder, NULL));
    assert_int_equal(errno, EWOULDBLOCK);
    assert_true(diary_append(book, 0, 0));
    sw_book_close(book);
    write_some(1, 1);
    expect(0, 1);
}

/* What lies in the folder and is none of ours stays, and is not in the way. */
static void test_foreign_files(void **state)
{
    (void)state;
    static const char *const names[] = {"plays-", "plays-x", "plays-1", "plays-0000001", "plays-000002.txt", "notes", ".plays-000001",
                                        "plays-9999999999999999", "plays--00001"};
    char path[128];
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        put(path, "mine\n", 5);
    }
    write_some(0, 3);
    expect(0, 3);
    assert_int_equal(diary.found.damaged, 0);
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        assert_int_equal(access(path, F_OK), 0);
    }
}

/* The newest file is a folder, a link, a pipe, or longer than any of ours: the next one is begun. */
static void test_obstacles(void **state)
{
    (void)state;
    char path[128], target[128];
    (void)snprintf(target, sizeof target, "%s/target", folder);
    put(target, "", 0);
    for (int kind = 0; kind < 4; kind++) {
        (void)snprintf(path, sizeof path, "%s/plays-%06d", folder, 10 * kind + 1);
        if (kind == 0)
            assert_int_equal(mkdir(path, 0755), 0);
        else if (kind == 1)
            assert_int_equal(symlink(target, path), 0);
        else if (kind == 2)
            assert_int_equal(mkfifo(path, 0600), 0);
        else
            put(path, "", 0);
        if (kind == 3)
            assert_int_equal(truncate(path, (off_t)9 << 20), 0);
        write_some(kind, kind);
        (void)snprintf(path, sizeof path, "%s/plays-%06d", folder, 10 * kind + 2);
        assert_int_equal(access(path, F_OK), 0);
    }
    expect(0, 3);
    assert_int_equal(diary.found.unread, 4);
    struct stat info;
    assert_int_equal(stat(target, &info), 0);
    assert_int_equal(info.st_size, 0);
}

static void test_folders(void **state)
{
    (void)state;
    char path[128];
    (void)snprintf(path, sizeof path, "%s/a/b/plays", folder);
    assert_null(sw_book_open(path, NULL));
    assert_int_equal(errno, ENOENT);
    (void)snprintf(path, sizeof path, "%s/file", folder);
    put(path, "", 0);
    assert_null(sw_book_open(path, NULL));
    assert_int_equal(errno, ENOTDIR);
    assert_false(sw_ledger_read(path, NULL, NULL, &diary.found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {IN_LEDGER(test_appended),  IN_LEDGER(test_torn),       IN_LEDGER(test_zeros),
                                       IN_LEDGER(test_rot),       IN_LEDGER(test_turned),     IN_LEDGER(test_limited),
                                       IN_LEDGER(test_old),       IN_LEDGER(test_one_writer), IN_LEDGER(test_foreign_files),
                                       IN_LEDGER(test_obstacles), IN_LEDGER(test_folders)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
