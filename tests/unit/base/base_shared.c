/* SPDX-License-Identifier: EUPL-1.2 */
/* Sealed memory, and what the receiver refuses. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/must.h"
#include "base/shared.h"

#define SIZE ((size_t)10000)

static void sealed_memory_crosses(void **state)
{
    (void)state;
    int fd;
    void *bytes;
    const void *seen;
    assert_true(sw_shared_create("picture", SIZE, &fd, &bytes));
    assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
    memset(bytes, 0x5A, SIZE);
    assert_false(sw_shared_seal(fd)); /* it is still mapped for writing */
    sw_shared_unmap(bytes, SIZE);
    assert_true(sw_shared_seal(fd));
    assert_true(sw_shared_map(fd, SIZE, &seen));
    assert_int_equal(((const unsigned char *)seen)[0], 0x5A);
    assert_int_equal(((const unsigned char *)seen)[SIZE - 1], 0x5A);
    /* the maker cannot change it any more */
    assert_int_equal(pwrite(fd, "x", 1, 0), -1);
    assert_int_equal(errno, EPERM);
    assert_int_equal(ftruncate(fd, 1), -1);
    assert_int_equal(ftruncate(fd, (off_t)SIZE * 2), -1);
    assert_ptr_equal(mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), MAP_FAILED);
    assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK), -1);
    sw_shared_unmap(seen, SIZE);
    sw_shared_unmap(NULL, SIZE);
    close(fd);
}

static void each_missing_seal_is_refused(void **state)
{
    (void)state;
    static const int seals[] = {F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_WRITE, F_SEAL_SEAL};
    const void *seen = NULL;
    for (unsigned set = 0; set < 16; set++) {
        int fd = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING), with = 0;
        assert_int_equal(ftruncate(fd, SIZE), 0);
        for (unsigned i = 0; i < SW_COUNT(seals); i++) {
            with |= (set >> i & 1) != 0 ? seals[i] : 0;
        }
        assert_int_equal(fcntl(fd, F_ADD_SEALS, with), 0);
        bool mapped = sw_shared_map(fd, SIZE, &seen);
        if (mapped != (set == 15)) {
            fail_msg("seals %#x: %d", (unsigned)with, mapped);
        }
        close(fd);
    }
    sw_shared_unmap(seen, SIZE);
}

static void another_size_is_refused(void **state)
{
    (void)state;
    static const size_t wrong[] = {0, 1, SIZE - 1, SIZE + 1, SIZE * 2, SIZE_MAX};
    int fd;
    void *bytes;
    const void *seen = NULL;
    assert_true(sw_shared_create("picture", SIZE, &fd, &bytes));
    sw_shared_unmap(bytes, SIZE);
    assert_true(sw_shared_seal(fd));
    for (size_t i = 0; i < SW_COUNT(wrong); i++) {
        assert_false(sw_shared_map(fd, wrong[i], &seen));
    }
    assert_null(seen);
    close(fd);
}

static void what_is_no_memfd_is_refused(void **state)
{
    (void)state;
    int pipe_ends[2];
    const void *seen;
    FILE *file = tmpfile();
    assert_int_equal(ftruncate(fileno(file), SIZE), 0);
    assert_false(sw_shared_map(fileno(file), SIZE, &seen));
    fclose(file);
    assert_int_equal(pipe(pipe_ends), 0);
    assert_false(sw_shared_map(pipe_ends[0], SIZE, &seen));
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    assert_false(sw_shared_map(-1, SIZE, &seen));
    assert_false(sw_shared_seal(-1));
}

static bool all_are(const unsigned char *bytes, size_t count, unsigned char value)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != value) {
            return false;
        }
    }
    return true;
}

static void another_size_keeps_what_was_there(void **state)
{
    (void)state;
    static const size_t sizes[] = {SIZE / 3, SIZE * 100, SIZE * 2, 1};
    int fd;
    void *bytes;
    const void *seen;
    size_t size = SIZE, kept = SIZE;
    assert_true(sw_shared_create("picture", SIZE, &fd, &bytes));
    sw_shared_back(bytes, SIZE);
    assert_true(all_are(bytes, SIZE, 0));
    memset(bytes, 0x5A, SIZE);
    for (size_t i = 0; i < SW_COUNT(sizes); i++) {
        assert_true(sw_shared_resize(fd, size, sizes[i], &bytes));
        size = sizes[i];
        kept = size < kept ? size : kept;
        assert_true(all_are(bytes, kept, 0x5A));
        assert_true(all_are((unsigned char *)bytes + kept, size - kept, 0));
    }
    assert_false(sw_shared_resize(fd, size, 0, &bytes));
    assert_false(sw_shared_resize(fd, size, SIZE_MAX, &bytes));
    sw_shared_unmap(bytes, size);
    assert_true(sw_shared_seal(fd));
    assert_true(sw_shared_map(fd, size, &seen));
    assert_int_equal(*(const unsigned char *)seen, 0x5A);
    sw_shared_unmap(seen, size);
    close(fd);
}

static void a_copy_is_sealed(void **state)
{
    (void)state;
    static const char bytes[] = "what is there once, and stays";
    const void *seen;
    int fd = sw_shared_copy("copy", bytes, sizeof bytes);
    assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
    assert_true(sw_shared_map(fd, sizeof bytes, &seen));
    assert_memory_equal(seen, bytes, sizeof bytes);
    sw_shared_unmap(seen, sizeof bytes);
    close(fd);
    assert_int_equal(sw_shared_copy("copy", bytes, 0), -1);
}

/* Of a sealed size: both write, neither can make it another. */
static void memory_of_a_sealed_size(void **state)
{
    (void)state;
    int fd;
    void *bytes, *others = NULL;
    assert_true(sw_shared_create("slots", SIZE, &fd, &bytes));
    assert_false(sw_shared_map_sized(fd, SIZE, &others)); /* not sealed yet */
    assert_true(sw_shared_seal_size(fd));
    assert_false(sw_shared_map_sized(fd, SIZE - 1, &others));
    assert_false(sw_shared_map_sized(fd, SIZE + 1, &others));
    assert_null(others);
    assert_true(sw_shared_map_sized(fd, SIZE, &others));
    memset(others, 0x5A, SIZE);
    assert_true(all_are(bytes, SIZE, 0x5A));
    assert_int_equal(ftruncate(fd, 1), -1);
    assert_int_equal(ftruncate(fd, (off_t)SIZE * 2), -1);
    assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), -1);
    sw_shared_unmap(others, SIZE);
    sw_shared_unmap(bytes, SIZE);
    close(fd);
    assert_false(sw_shared_map_sized(-1, SIZE, &others));
    assert_false(sw_shared_seal_size(-1));
}

static void impossible_sizes_are_refused(void **state)
{
    (void)state;
    int fd = 4711;
    void *bytes;
    assert_false(sw_shared_create("picture", 0, &fd, &bytes));
    assert_false(sw_shared_create("picture", SIZE_MAX, &fd, &bytes));
    assert_false(sw_shared_create("picture", SIZE_MAX / 2, &fd, &bytes));
    assert_int_equal(fd, 4711);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sealed_memory_crosses),       cmocka_unit_test(each_missing_seal_is_refused),
        cmocka_unit_test(another_size_is_refused),     cmocka_unit_test(what_is_no_memfd_is_refused),
        cmocka_unit_test(impossible_sizes_are_refused), cmocka_unit_test(another_size_keeps_what_was_there),
        cmocka_unit_test(a_copy_is_sealed),            cmocka_unit_test(memory_of_a_sealed_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
