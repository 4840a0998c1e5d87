/* SPDX-License-Identifier: EUPL-1.2 */
#include "ledger/shelf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

#define LEAD "plays-"
#define DIGITS_MAX 15

void sw_shelf_name(int64_t number, char name[SW_SHELF_NAME_MAX])
{
    (void)snprintf(name, SW_SHELF_NAME_MAX, LEAD "%06" PRId64, number);
}

/* 0: the name is not one of ours. */
static int64_t number_of(const char *name)
{
    char again[SW_SHELF_NAME_MAX];
    if (strncmp(name, LEAD, sizeof LEAD - 1) != 0)
        return 0;
    const char *digits = name + sizeof LEAD - 1;
    size_t length = strspn(digits, "0123456789");
    if (length == 0 || length > DIGITS_MAX || digits[length] != '\0')
        return 0;
    int64_t number = strtoll(digits, NULL, 10);
    sw_shelf_name(number, again);
    return strcmp(again, name) == 0 ? number : 0;
}

static int compare(const void *left, const void *right)
{
    const struct sw_shelf_file *a = left, *b = right;
    return (a->number > b->number) - (a->number < b->number);
}

bool sw_shelf_list(int folder, struct sw_shelf_file **files, size_t *count)
{
    struct sw_shelf_file *list = NULL;
    size_t capacity = 0, found = 0;
    struct stat info;
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
    if (stream == NULL) {
        int why = errno;
        if (fd >= 0)
            (void)close(fd);
        errno = why;
        return false;
    }
    errno = 0;
    for (const struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
        int64_t number = number_of(entry->d_name);
        if (number > 0 && fstatat(folder, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0) {
            list = sw_grow(list, &capacity, found + 1, sizeof *list);
            list[found++] = (struct sw_shelf_file){.number = number, .bytes = info.st_size};
        }
        errno = 0;
    }
    int why = errno;
    (void)closedir(stream);
    if (why != 0) {
        free(list);
        errno = why;
        return false;
    }
    if (found > 0)
        qsort(list, found, sizeof *list, compare);
    *files = list;
    *count = found;
    return true;
}

int sw_shelf_open(int folder, int64_t number, int flags)
{
    char name[SW_SHELF_NAME_MAX];
    struct stat info;
    sw_shelf_name(number, name);
    int fd = openat(folder, name, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0640);
    if (fd < 0)
        return -1;
    bool known = fstat(fd, &info) == 0;
    if (known && S_ISREG(info.st_mode))
        return fd;
    int why = known ? EINVAL : errno;
    (void)close(fd);
    errno = why;
    return -1;
}
