/* SPDX-License-Identifier: EUPL-1.2 */
/* What systems answer that are not like the one where the tests run: calls that are interrupted, files that shrink or cannot be read, file
 * systems without inodes. The program is linked with --wrap for each of these calls. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/statvfs.h>

#include "in_store.h"
#include "store/round.h"

static char path[128];

/* ---- the system ---- */

static struct {
    const char *opened; /* openat() of this name fails ... */
    int passes;         /* ... after so many that do not */
    int opened_error;
    int reads; /* so many read() give ... */
    ssize_t read_gives;
    int read_error;
    int made_error; /* of mkdir(); 0: as it is */
    const struct statvfs *disk;
    int syncs; /* how many fsync() there were; the `sync_fails`-th, if not 0, fails */
    int sync_fails;
} odd;

static void even(void) { memset(&odd, 0, sizeof odd); }

int __real_openat(int folder, const char *name, int flags, ...);
int __wrap_openat(int folder, const char *name, int flags, ...);
int __wrap_openat(int folder, const char *name, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    if (odd.opened != NULL && strcmp(odd.opened, name) == 0 && odd.passes-- <= 0) {
        errno = odd.opened_error;
        return -1;
    }
    return __real_openat(folder, name, flags, mode);
}

ssize_t __real_read(int fd, void *bytes, size_t length);
ssize_t __wrap_read(int fd, void *bytes, size_t length);
ssize_t __wrap_read(int fd, void *bytes, size_t length)
{
    if (odd.reads-- <= 0)
        return __real_read(fd, bytes, length);
    errno = odd.read_error;
    return odd.read_gives;
}

int __real_mkdir(const char *name, mode_t mode);
int __wrap_mkdir(const char *name, mode_t mode);
int __wrap_mkdir(const char *name, mode_t mode)
{
    if (odd.made_error == 0)
        return __real_mkdir(name, mode);
    errno = odd.made_error;
    return -1;
}

int __real_fstatvfs(int fd, struct statvfs *info);
int __wrap_fstatvfs(int fd, struct statvfs *info);
int __wrap_fstatvfs(int fd, struct statvfs *info)
{
    if (odd.disk == NULL)
        return __real_fstatvfs(fd, info);
    *info = *odd.disk;
    return 0;
}

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
    odd.syncs++;
    if (odd.syncs != odd.sync_fails)
        return __real_fsync(fd);
    errno = EIO;
    return -1;
}

/* ---- what the store makes of it ---- */

/* A long file is synced on the way, so that its end does not wait for all of it; where that fails, it is said then. */
static void test_long(void **state)
{
    struct in_store *in = *state;
    static const size_t length = (size_t)17 << 20, piece = (size_t)1 << 20;
    char *bytes = test_calloc(1, length);
    struct sw_object object = {sw_digest_of(bytes, length), length};
    for (int fails = 0; fails <= 1; fails++) {
        uint64_t have;
        enum sw_store_status status;
        struct sw_incoming *incoming = sw_incoming_begin(in->store, &object, &have, &status);
        assert_non_null(incoming);
        even();
        odd.sync_fails = fails ? 2 : 0;
        for (size_t at = (size_t)have; at < length && status == SW_STORE_OK; at += piece)
            status = sw_incoming_add(incoming, bytes + at, piece);
        assert_int_equal(odd.syncs, 2);
        even();
        assert_int_equal(status, fails ? SW_STORE_FAILED : SW_STORE_OK);
        sw_incoming_discard(incoming);
    }
    test_free(bytes);
}

/* What an earlier try left is read to the end through an interruption; where it shrinks meanwhile, it is begun anew. */
static void test_resumed(void **state)
{
    struct in_store *in = *state;
    const struct sw_object *object = &in->releases[0].files[5].object;
    for (int shrinks = 0; shrinks <= 1; shrinks++) {
        uint64_t have;
        enum sw_store_status status;
        put_file(path_of("partial", object, path), in->releases[0].bytes[5], 1000);
        odd.reads = 1;
        odd.read_gives = shrinks ? 0 : -1;
        odd.read_error = EINTR;
        struct sw_incoming *incoming = sw_incoming_begin(in->store, object, &have, &status);
        even();
        assert_non_null(incoming);
        assert_int_equal(have, shrinks ? 0 : 1000);
        assert_int_equal(sw_incoming_add(incoming, in->releases[0].bytes[5] + have, SITE_BIG - have), SW_STORE_OK);
        assert_int_equal(sw_incoming_end(incoming), SW_STORE_OK);
        assert_int_equal(sw_store_object_drop(in->store, &object->digest), SW_STORE_OK);
    }
}

static void test_round(void **state)
{
    struct in_store *in = *state;
    struct sw_round_step step = {.done = false};
    uint64_t read = 0;
    import(in, 1);
    struct sw_round *round = sw_round_create(in->store);
    while (!step.done) {
        odd.reads = 1;
        odd.read_gives = -1;
        odd.read_error = EINTR;
        assert_int_equal(sw_round_step(round, 1000, &step), SW_STORE_OK);
        assert_false(step.rotten);
        read += step.read;
    }
    even();
    assert_int_equal(read, in->releases[0].contents->sum + in->releases[0].manifest.contents.bytes);
    sw_round_destroy(round);
}

/* Disks without inodes to count, with too few of them, and with too few bytes. */
static void test_disks(void **state)
{
    struct in_store *in = *state;
    struct sw_missing missing;
    struct sw_wanted wanted = {in->releases[0].manifest.contents, in->releases[0].contents};
    static const struct {
        struct statvfs disk;
        enum sw_store_status status;
    } disks[] = {
        {{.f_frsize = 4096, .f_bavail = 1000}, SW_STORE_OK},
        {{.f_frsize = 4096, .f_bavail = 1000, .f_files = 9, .f_favail = SITE_FILES + 1}, SW_STORE_OK},
        {{.f_frsize = 4096, .f_bavail = 1000, .f_files = 9, .f_favail = SITE_FILES}, SW_STORE_FULL},
        {{.f_frsize = 4096, .f_bavail = 1}, SW_STORE_FULL},
    };
    for (size_t i = 0; i < SW_COUNT(disks); i++) {
        odd.disk = &disks[i].disk;
        assert_int_equal(sw_store_make_room(in->store, &wanted, 0, &missing), disks[i].status);
        assert_int_equal(missing.objects, SITE_FILES + 1);
    }
    even();
}

/* Nothing is thrown away because something could not be read. */
static void test_collected(void **state)
{
    struct in_store *in = *state;
    struct sw_collected collected;
    for (int i = 1; i <= 4; i++)
        import(in, i);
    odd.opened = "release.json";
    odd.passes = 1; /* the current one */
    odd.opened_error = EIO;
    assert_int_equal(sw_store_collect(in->store, NULL, &collected), SW_STORE_FAILED);
    even();
    assert_int_equal(collected.objects, 0);
    assert_int_equal(played(in), 4);
}

static void test_selected(void **state)
{
    struct in_store *in = *state;
    import(in, 1);
    odd.opened = "state";
    odd.opened_error = EACCES;
    assert_int_equal(sw_generation_select(in->store, 1, &in->releases[0].manifest.statement), SW_STORE_DENIED);
    even();
    assert_int_equal(played(in), 1);
}

/* A state is not written anew where what was accepted cannot be listed. */
static void test_healed(void **state)
{
    struct in_store *in = *state;
    struct sw_store_state now;
    put_file("s/state", "rot", 3);
    assert_int_equal(sw_store_heal(in->store, &in->site.host), SW_STORE_OK); /* there is nothing: a state that says so */
    assert_int_equal(sw_store_state_read(in->store, &now), SW_STORE_OK);
    assert_int_equal(now.current, 0);
    import(in, 1);
    for (int passes = 0; passes <= 3; passes++) { /* the lists of generations, of keys for one of them, of keys, of playlists */
        put_file("s/state", "rot", 3);
        odd.opened = ".";
        odd.passes = passes;
        odd.opened_error = EIO;
        enum sw_store_status healed = sw_store_heal(in->store, &in->site.host);
        even();
        assert_int_equal(healed, SW_STORE_FAILED);
    }
}

static void test_read_only(void **state)
{
    struct in_store *in = *state;
    enum sw_store_status status;
    odd.made_error = EROFS;
    struct sw_store *store = sw_store_open("t", SW_STORE_WRITE, &status);
    assert_null(store);
    assert_int_equal(status, SW_STORE_MISSING);
    even();
    assert_int_equal(played(in), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {IN_STORE(test_long),      IN_STORE(test_resumed),  IN_STORE(test_round),  IN_STORE(test_disks),
                                       IN_STORE(test_collected), IN_STORE(test_selected), IN_STORE(test_healed), IN_STORE(test_read_only)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
