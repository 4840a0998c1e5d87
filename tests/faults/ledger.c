/* SPDX-License-Identifier: EUPL-1.2 */
/* A ledger is opened after a crash, written, turned over and tidied while every single call of the system fails, once and from then on, or
 * is the last one before a kill -9, and while a disk takes only so many bytes: no record is ever there twice, out of order, or wrong; what
 * was said to be on the disk is there, and the next start goes on. Each try is a process. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "diary.h"
#include "folder.h"
#include "wrapped.h"

#define BEFORE 20 /* records that are there already, and a torn line */
#define ALL 60
#define BATCH 4
#define TRIES 3

struct try {
    char folder[64];
    struct sw_book_limits limits;
    long *synced; /* shared: the records up to here were said to be on the disk */
    long lost, early; /* records that were not written, and processes that ended early, in all tries */
};

static void prepare(struct try *try)
{
    char path[128];
    folder_make(try->folder, sizeof try->folder);
    struct sw_book *book = sw_book_open(try->folder, &try->limits);
    assert_non_null(book);
    for (long i = 0; i < BEFORE; i++)
        assert_true(diary_append(book, i, i));
    sw_book_close(book);
    (void)diary_newest(try->folder, path, sizeof path);
    int fd = open(path, O_WRONLY | O_APPEND);
    assert_true(fd >= 0 && sw_fd_write_all(fd, "1795442400000000\t17954", 22) && close(fd) == 0);
    *try->synced = BEFORE - 1;
}

/* Brings the records from `first` on to the disk as the ledger's thread does; each failure is followed by another try, up to so many one
 * after the other. True if all of them were taken. */
static bool bring(const struct try *try, long first, int tries)
{
    struct sw_book *book = NULL;
    int failures = 0;
    for (long next = first; next < ALL && failures < tries;) {
        struct sw_buffer lines;
        char line[SW_PLAY_LINE_MAX];
        size_t taken = 0;
        long last = next + BATCH < ALL ? next + BATCH : ALL;
        sw_buffer_init(&lines, (size_t)1 << 20);
        for (long i = next; i < last; i++) {
            struct sw_play play = diary_play(i);
            sw_buffer_add(&lines, line, sw_play_write(&play, line));
        }
        if (book == NULL)
            book = sw_book_open(try->folder, &try->limits);
        bool good = book != NULL && sw_book_append(book, lines.bytes, lines.length, diary_play(last - 1).until, &taken);
        if (taken > 0 && lines.bytes[taken - 1] != '\n')
            exit(1); /* what is left would begin in the middle of a line */
        for (size_t i = 0; i < taken; i++)
            next += lines.bytes[i] == '\n';
        if (good)
            *try->synced = next - 1;
        else
            sw_book_close(book);
        book = good ? book : NULL;
        failures = good ? 0 : failures + 1;
        sw_buffer_finish(&lines);
    }
    sw_book_close(book);
    return failures < tries;
}

/* Whatever happened, this holds. Returns the record after the last one. */
static long judge(const struct try *try, bool whole)
{
    static struct diary diary;
    diary_read(&diary, try->folder);
    assert_false(diary.foreign || diary.disorder);
    long first = 0;
    while (first < diary.last && diary.times[first] == 0)
        first++;
    assert_true(first == 0 || try->limits.all_bytes > 0);
    assert_int_equal(diary.count, diary.last - first + 1); /* none is missing in between */
    assert_true(diary.last >= *try->synced);
    if (whole)
        assert_int_equal(diary.found.damaged + diary.found.torn + diary.found.unread, 0);
    return diary.last + 1;
}

static bool bring_rest(void *context) { return bring(context, BEFORE, TRIES); }

static bool run_one(struct try *try, enum wrapped_fault fault, long n, int error)
{
    prepare(try);
    enum wrapped_end end = wrapped_try(WRAPPED_FILES, fault, n, error, bring_rest, try);
    assert_true(fault != WRAPPED_FAIL_ONCE || end != WRAPPED_UNDONE); /* one failure costs nothing */
    try->early += end == WRAPPED_ENDED;
    long next = judge(try, false);
    assert_true(end != WRAPPED_DONE || next == ALL);
    try->lost += ALL - next;
    assert_true(bring(try, next, 1)); /* the next start */
    assert_int_equal(judge(try, true), ALL);
    folder_remove(try->folder);
    return end != WRAPPED_UNREACHED;
}

static void run_all(struct try *try, const char *name, enum wrapped_fault fault, int error)
{
    long n = 1;
    try->lost = try->early = 0;
    while (run_one(try, fault, n, error))
        n++;
    print_message("%s: %ld places, %ld ended early, %.1f of %d records not written on average\n", name, n - 1, try->early,
                  (double)try->lost / (double)n, ALL - BEFORE);
    assert_true(n > 40);
}

static void test_killed(void **state)
{
    run_all(*state, "killed before each call", WRAPPED_KILL_BEFORE, 0);
    run_all(*state, "killed after each call", WRAPPED_KILL_AFTER, 0);
}

/* The same where the oldest files have to go meanwhile. */
static void test_crowded(void **state)
{
    struct try *try = *state;
    try->limits.all_bytes = 5000;
    run_all(try, "crowded, killed before each call", WRAPPED_KILL_BEFORE, 0);
    run_all(try, "crowded, each call fails once", WRAPPED_FAIL_ONCE, EIO);
    try->limits.all_bytes = 0;
}

static void test_failing_once(void **state)
{
    static const int errors[] = {EIO, ENOSPC, EINTR};
    for (size_t i = 0; i < SW_COUNT(errors); i++)
        run_all(*state, strerror(errors[i]), WRAPPED_FAIL_ONCE, errors[i]);
}

static void test_failing_on(void **state)
{
    run_all(*state, "calls fail from each on (ENOSPC)", WRAPPED_FAIL_ON, ENOSPC);
    run_all(*state, "calls fail from each on (EROFS)", WRAPPED_FAIL_ON, EROFS);
}

/* Files may grow up to every length, then there is room again: writes end in the middle of a line, and nothing is lost. */
static void test_full(void **state)
{
    struct try *try = *state;
    const size_t most = try->limits.file_bytes + 10;
    int halves = 0;
    for (size_t room = 0; room < most; room += 7) {
        int ended;
        prepare(try);
        (void)fflush(NULL);
        pid_t child = fork();
        if (child == 0) {
            struct rlimit limit;
            (void)signal(SIGXFSZ, SIG_IGN);
            bool set = getrlimit(RLIMIT_FSIZE, &limit) == 0;
            rlim_t before = limit.rlim_cur;
            limit.rlim_cur = room;
            set = set && setrlimit(RLIMIT_FSIZE, &limit) == 0;
            bool done = bring(try, BEFORE, 2);
            limit.rlim_cur = before;
            exit(!set || setrlimit(RLIMIT_FSIZE, &limit) != 0 ? WRAPPED_UNREACHED : done ? WRAPPED_DONE : WRAPPED_UNDONE);
        }
        assert_true(child > 0);
        assert_int_equal(waitpid(child, &ended, 0), child);
        assert_true(WIFEXITED(ended) && (WEXITSTATUS(ended) == WRAPPED_DONE || WEXITSTATUS(ended) == WRAPPED_UNDONE));
        long next = judge(try, false);
        halves += WEXITSTATUS(ended) == WRAPPED_UNDONE && next > BEFORE;
        assert_true(bring(try, next, 1));
        assert_int_equal(judge(try, true), ALL);
        folder_remove(try->folder);
    }
    print_message("files of at most each 7th length up to %zu: %d ended in between\n", most, halves);
    assert_true(halves > 10);
}

int main(void)
{
    static struct try try = {.limits = {.file_bytes = 1600}};
    try.synced = mmap(NULL, sizeof *try.synced, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (try.synced == MAP_FAILED)
        return 1;
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(test_killed, &try), cmocka_unit_test_prestate(test_crowded, &try),
                                       cmocka_unit_test_prestate(test_failing_once, &try), cmocka_unit_test_prestate(test_failing_on, &try),
                                       cmocka_unit_test_prestate(test_full, &try)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
