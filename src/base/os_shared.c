/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/shared.h"

#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define SIZE_SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)
#define SEALS (SIZE_SEALS | F_SEAL_WRITE)

bool sw_shared_create(const char *name, size_t size, int *fd, void **bytes)
{
    if (size == 0 || size > PTRDIFF_MAX) {
        return false;
    }
    int made = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (made < 0) {
        return false;
    }
    void *mapped = MAP_FAILED;
    if (ftruncate(made, (off_t)size) == 0) {
        mapped = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, made, 0);
    }
    if (mapped == MAP_FAILED) {
        close(made);
        return false;
    }
    *fd = made;
    *bytes = mapped;
    return true;
}

bool sw_shared_resize(int fd, size_t old, size_t size, void **bytes)
{
    if (size == 0 || size > PTRDIFF_MAX || ftruncate(fd, (off_t)size) != 0) {
        return false;
    }
    void *moved = mremap(*bytes, old, size, MREMAP_MAYMOVE);
    if (moved == MAP_FAILED) {
        return false;
    }
    *bytes = moved;
    return true;
}

void sw_shared_back(void *bytes, size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    madvise(bytes, (size + page - 1) / page * page, MADV_POPULATE_WRITE);
}

bool sw_shared_seal(int fd)
{
    return fcntl(fd, F_ADD_SEALS, SEALS) == 0;
}

/* Written, not mapped: that takes half the calls, and no page is found at its first writing. */
int sw_shared_copy(const char *name, const void *bytes, size_t size)
{
    int fd = size > 0 ? memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING) : -1;
    if (fd >= 0 && sw_fd_write_all(fd, bytes, size) && sw_shared_seal(fd)) {
        return fd;
    }
    if (fd >= 0) {
        close(fd);
    }
    return -1;
}

bool sw_shared_seal_size(int fd)
{
    return fcntl(fd, F_ADD_SEALS, SIZE_SEALS) == 0;
}

/* A memfd with all of `seals` and exactly `size` bytes. */
static bool is_sealed(int fd, int seals, size_t size)
{
    struct stat status;
    int has = fcntl(fd, F_GET_SEALS);
    return has >= 0 && (has & seals) == seals && fstat(fd, &status) == 0 && status.st_size >= 0 && (uintmax_t)status.st_size == size;
}

static void *map_sized(int fd, size_t size, int protection)
{
    void *mapped = is_sealed(fd, SIZE_SEALS, size) ? mmap(NULL, size, protection, MAP_SHARED, fd, 0) : MAP_FAILED;
    return mapped != MAP_FAILED ? mapped : NULL;
}

bool sw_shared_map_sized(int fd, size_t size, void **bytes)
{
    void *mapped = map_sized(fd, size, PROT_READ | PROT_WRITE);
    *bytes = mapped != NULL ? mapped : *bytes;
    return mapped != NULL;
}

bool sw_shared_look(int fd, size_t size, const void **bytes)
{
    const void *mapped = map_sized(fd, size, PROT_READ);
    *bytes = mapped != NULL ? mapped : *bytes;
    return mapped != NULL;
}

bool sw_shared_map(int fd, size_t size, const void **bytes)
{
    if (!is_sealed(fd, SEALS, size)) {
        return false;
    }
    /* private: before Linux 6.7 a shared mapping of what is sealed against writing is refused, even a read-only one */
    void *mapped = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (mapped == MAP_FAILED) {
        return false;
    }
    *bytes = mapped;
    return true;
}

void sw_shared_unmap(const void *bytes, size_t size)
{
    if (bytes != NULL) {
        munmap((void *)(uintptr_t)bytes, size);
    }
}
