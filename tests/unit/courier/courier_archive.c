/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/must.h"
#include "courier/archive.h"

static char folder[] = "/tmp/sw-archive-XXXXXX", file[64], said[65536];
static const struct sw_point points[] = {{1000, 1.5}, {2000, 2.5}, {3000, 3.5}};

static int make(void **state)
{
    (void)state;
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(file, sizeof file, "%s/courier.sqlite", folder);
    return 0;
}

static int clear(void **state)
{
    static const char *const names[] = {"", "-wal", "-shm", ".damaged", ".damaged-wal", ".damaged-shm"};
    char path[128];
    (void)state;
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        snprintf(path, sizeof path, "%s%s", file, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

static void write_file(const char *bytes, size_t length)
{
    int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0 && write(fd, bytes, length) == (ssize_t)length);
    close(fd);
}

static size_t kept_points(struct sw_archive *archive, const char *source)
{
    size_t count;
    free(sw_archive_points(archive, source, "level", INT64_MIN, &count));
    return count;
}

/* What is logged from here to `said_end`. */
static int said_begin(FILE **out)
{
    int before = dup(STDERR_FILENO);
    *out = tmpfile();
    dup2(fileno(*out), STDERR_FILENO);
    sw_log_init("test", SW_LOG_NOTICE);
    return before;
}

static void said_end(FILE *out, int before)
{
    dup2(before, STDERR_FILENO);
    close(before);
    rewind(out);
    said[fread(said, 1, sizeof said - 1, out)] = '\0';
    fclose(out);
}

static size_t times_said(const char *words)
{
    size_t count = 0;
    for (const char *at = said; (at = strstr(at, words)) != NULL; at++)
        count++;
    return count;
}

static void what_is_kept_is_found(void **state)
{
    struct sw_kept kept;
    (void)state;
    struct sw_archive *archive = sw_archive_create(folder);
    sw_archive_keep(archive, "rhein", 7, "bytes", 5, "\"tag\"", "then");
    sw_archive_add(archive, "rhein", "level", points, 3, 0);
    sw_archive_add(archive, "rhein", "level", &(struct sw_point){2000, 9.0}, 1, 1500); /* takes the place of one, and drops one */
    sw_archive_destroy(archive);
    archive = sw_archive_create(folder);
    assert_false(sw_archive_find(archive, "rhein", 8, &kept)); /* declared in another way */
    assert_false(sw_archive_find(archive, "ruhr", 7, &kept));
    assert_true(sw_archive_find(archive, "rhein", 7, &kept));
    assert_memory_equal(kept.bytes, "bytes", 5);
    assert_string_equal(kept.etag, "\"tag\"");
    assert_string_equal(kept.modified, "then");
    free(kept.bytes);
    size_t count;
    struct sw_point *found = sw_archive_points(archive, "rhein", "level", 0, &count);
    assert_int_equal(count, 2);
    assert_true(found[0].at == 2000 && found[0].value > 8.9 && found[1].at == 3000);
    free(found);
    sw_archive_destroy(archive);
}

/* Only what was flushed is there, and that whole. */
static void a_courier_that_is_killed_loses_its_last_turn(void **state)
{
    (void)state;
    struct sw_archive *archive = sw_archive_create(folder), *next;
    sw_archive_add(archive, "rhein", "level", points, 2, 0);
    sw_archive_flush(archive);
    sw_archive_add(archive, "rhein", "level", points + 2, 1, 0);
    next = sw_archive_create(folder); /* the other one has not come to its flush */
    assert_int_equal(kept_points(next, "rhein"), 2);
    sw_archive_destroy(next);
    sw_archive_destroy(archive);
}

static void a_damaged_file_is_put_aside(void **state)
{
    char garbage[8192], aside[96];
    struct sw_archive *archive;
    FILE *out;
    (void)state;
    snprintf(aside, sizeof aside, "%s.damaged", file);
    for (int round = 0; round < 4; round++) {
        for (size_t i = 0; i < sizeof garbage; i++)
            garbage[i] = (char)(i * 37 + (size_t)round);
        if (round == 1)
            memcpy(garbage, "SQLite format 3", 16); /* its head, and nothing behind it */
        if (round == 2) { /* a real one, of which a page is overwritten */
            archive = sw_archive_create(folder);
            for (int i = 0; i < 2000; i++)
                sw_archive_add(archive, "rhein", "level", &(struct sw_point){i, i}, 1, 0);
            sw_archive_destroy(archive);
            int fd = open(file, O_WRONLY);
            assert_true(fd >= 0 && pwrite(fd, garbage, 4096, 3 * 4096) == 4096);
            close(fd);
        } else {
            write_file(garbage, round == 3 ? 100 : sizeof garbage); /* 3: it was cut */
        }
        int before = said_begin(&out);
        archive = sw_archive_create(folder);
        sw_archive_add(archive, "rhein", "level", points, 3, 0);
        sw_archive_flush(archive);
        said_end(out, before);
        assert_int_equal(times_said("is damaged"), 1);
        assert_int_equal(kept_points(archive, "rhein"), 3);
        sw_archive_destroy(archive);
        assert_int_equal(access(aside, F_OK), 0);
        archive = sw_archive_create(folder); /* the new one is whole */
        assert_int_equal(kept_points(archive, "rhein"), 3);
        sw_archive_destroy(archive);
        unlink(file);
    }
}

static void where_nothing_can_be_kept_it_goes_on(void **state)
{
    char below[96];
    FILE *out;
    (void)state;
    write_file("", 0);
    snprintf(below, sizeof below, "%s/state", file); /* below a file there is no folder */
    int before = said_begin(&out);
    struct sw_archive *archive = sw_archive_create(below);
    for (int i = 0; i < 100; i++) {
        sw_archive_add(archive, "rhein", "level", points, 3, 0);
        sw_archive_flush(archive);
    }
    said_end(out, before);
    assert_int_equal(times_said("nothing can be kept"), 1);
    assert_int_equal(times_said("\n"), 1);
    assert_int_equal(kept_points(archive, "rhein"), 3);
    sw_archive_destroy(archive);
    archive = sw_archive_create(NULL);
    sw_archive_add(archive, "rhein", "level", points, 3, 0);
    assert_int_equal(kept_points(archive, "rhein"), 3);
    sw_archive_destroy(archive);
}

static void set_file_limit(rlim_t bytes)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* No file may grow: it is said once, nothing hangs, and when there is room again it is written again. */
static void a_full_disk_is_said_once(void **state)
{
    static char large[100000];
    struct sw_kept kept;
    FILE *out;
    (void)state;
    (void)signal(SIGXFSZ, SIG_IGN);
    struct sw_archive *archive = sw_archive_create(folder);
    sw_archive_keep(archive, "rhein", 7, "first", 5, "", "");
    sw_archive_flush(archive);
    int before = said_begin(&out);
    set_file_limit(20000);
    for (int i = 0; i < 100; i++) {
        sw_archive_keep(archive, "rhein", 7, large, sizeof large, "", "");
        sw_archive_add(archive, "rhein", "level", points, 3, 0);
        sw_archive_flush(archive);
    }
    set_file_limit(RLIM_INFINITY);
    sw_archive_add(archive, "rhein", "level", points, 3, 0);
    sw_archive_flush(archive);
    said_end(out, before);
    assert_int_equal(times_said("cannot write"), 1);
    assert_int_equal(times_said("can write again"), 1);
    assert_true(sw_archive_find(archive, "rhein", 7, &kept)); /* the last one that was whole */
    assert_memory_equal(kept.bytes, "first", 5);
    free(kept.bytes);
    sw_archive_destroy(archive);
    archive = sw_archive_create(folder);
    assert_int_equal(kept_points(archive, "rhein"), 3);
    sw_archive_destroy(archive);
}

static void somebody_elses_lock_is_said_once(void **state)
{
    sqlite3 *other;
    FILE *out;
    (void)state;
    struct sw_archive *archive = sw_archive_create(folder);
    assert_int_equal(sqlite3_open(file, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    int before = said_begin(&out);
    for (int i = 0; i < 5; i++) {
        sw_archive_add(archive, "rhein", "level", points, 2, 0);
        sw_archive_flush(archive);
    }
    assert_int_equal(sqlite3_exec(other, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    sw_archive_add(archive, "rhein", "level", points, 3, 0);
    sw_archive_flush(archive);
    said_end(out, before);
    assert_int_equal(times_said("cannot write"), 1);
    assert_int_equal(times_said("can write again"), 1);
    assert_int_equal(kept_points(archive, "rhein"), 3);
    sw_archive_destroy(archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_kept_is_found, make, clear),
        cmocka_unit_test_setup_teardown(a_courier_that_is_killed_loses_its_last_turn, make, clear),
        cmocka_unit_test_setup_teardown(a_damaged_file_is_put_aside, make, clear),
        cmocka_unit_test_setup_teardown(where_nothing_can_be_kept_it_goes_on, make, clear),
        cmocka_unit_test_setup_teardown(a_full_disk_is_said_once, make, clear),
        cmocka_unit_test_setup_teardown(somebody_elses_lock_is_said_once, make, clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
