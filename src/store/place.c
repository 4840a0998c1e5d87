/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

#define NUMBER_DIGITS 16 /* below 2^53 */

enum sw_store_status sw_store_status_of(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR: return SW_STORE_MISSING;
    case EROFS:
    case EACCES:
    case EPERM: return SW_STORE_DENIED;
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return SW_STORE_FULL;
    case ELOOP:
    case EISDIR:
    case ENXIO: return SW_STORE_WRONG;
    default: return SW_STORE_FAILED;
    }
}

enum sw_store_status sw_place_write_new(int folder, const char *name, const void *bytes, size_t length)
{
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (fd < 0)
        return sw_store_status_of(errno);
    bool written = sw_fd_write_all(fd, bytes, length) && fsync(fd) == 0;
    int error = errno;
    if (close(fd) != 0 && written) {
        written = false;
        error = errno;
    }
    return written ? SW_STORE_OK : sw_store_status_of(error);
}

enum sw_store_status sw_place_write(int folder, const char *name, const void *bytes, size_t length)
{
    return sw_file_write_atomic_at(folder, name, bytes, length) ? SW_STORE_OK : sw_store_status_of(errno);
}

enum sw_store_status sw_place_read(int folder, const char *name, size_t maximum, char **bytes, size_t *length)
{
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return sw_store_status_of(errno);
    enum sw_file_status status = sw_fd_read_all(fd, maximum, bytes, length);
    (void)close(fd);
    if (status == SW_FILE_FAILED)
        return SW_STORE_FAILED;
    return status == SW_FILE_OK ? SW_STORE_OK : SW_STORE_WRONG;
}

void sw_place_list_free(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

enum sw_store_status sw_place_list(int folder, char ***names, size_t *count)
{
    size_t capacity = 0, found = 0;
    char **list = NULL;
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
    if (stream == NULL) {
        enum sw_store_status status = sw_store_status_of(errno);
        if (fd >= 0)
            (void)close(fd);
        return status;
    }
    errno = 0;
    for (const struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            list = sw_grow(list, &capacity, found + 1, sizeof *list);
            list[found++] = sw_strdup(entry->d_name);
        }
        errno = 0;
    }
    int error = errno;
    (void)closedir(stream);
    if (error != 0) {
        sw_place_list_free(list, found);
        return sw_store_status_of(error);
    }
    *names = list;
    *count = found;
    return SW_STORE_OK;
}

int64_t sw_place_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits >= NUMBER_DIGITS || text[0] == '0' || text[digits] != '\0')
        return 0;
    return strtoll(text, NULL, 10);
}

/* The number in `name`, which is cut; 0: it is none. */
static int64_t number_between(char *name, const char *lead, const char *end)
{
    size_t length = strlen(name), before = strlen(lead), behind = strlen(end);
    if (length < before + behind || strncmp(name, lead, before) != 0 || strcmp(name + length - behind, end) != 0)
        return 0;
    name[length - behind] = '\0';
    return sw_place_number(name + before);
}

static int compare_numbers(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a < b) - (a > b);
}

enum sw_store_status sw_place_numbers(int folder, const char *lead, const char *end, int64_t **numbers, size_t *count)
{
    char **names;
    size_t name_count, found = 0;
    if (folder < 0)
        return SW_STORE_MISSING;
    enum sw_store_status status = sw_place_list(folder, &names, &name_count);
    if (status != SW_STORE_OK)
        return status;
    int64_t *list = sw_alloc_array(name_count, sizeof *list);
    for (size_t i = 0; i < name_count; i++) {
        int64_t number = number_between(names[i], lead, end);
        if (number > 0)
            list[found++] = number;
    }
    qsort(list, found, sizeof *list, compare_numbers);
    sw_place_list_free(names, name_count);
    *numbers = list;
    *count = found;
    return SW_STORE_OK;
}
