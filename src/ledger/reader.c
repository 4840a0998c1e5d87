/* SPDX-License-Identifier: EUPL-1.2 */
#include "ledger/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "ledger/shelf.h"

struct reader {
    void (*take)(void *context, const struct sw_play *play);
    void *context;
    struct sw_ledger_found found;
};

static void read_lines(struct reader *reader, const char *bytes, size_t length)
{
    struct sw_play play;
    const char *at = bytes, *end = bytes + length;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (stop == NULL) {
            reader->found.torn++;
            return;
        }
        if (sw_play_read(at, (size_t)(stop - at), &play)) {
            reader->found.records++;
            reader->take(reader->context, &play);
        } else {
            reader->found.damaged++;
        }
        at = stop + 1;
    }
}

static void read_file(struct reader *reader, int folder, int64_t number)
{
    char *bytes = NULL;
    size_t length = 0;
    int fd = sw_shelf_open(folder, number, O_RDONLY);
    if (fd < 0 && errno == ENOENT)
        return; /* the oldest has just gone */
    if (fd >= 0 && sw_fd_read_all(fd, SW_SHELF_READ_MAX, &bytes, &length) == SW_FILE_OK)
        read_lines(reader, bytes, length);
    else
        reader->found.unread++;
    free(bytes);
    if (fd >= 0)
        (void)close(fd);
}

bool sw_ledger_read(const char *folder, void (*take)(void *context, const struct sw_play *play), void *context,
                    struct sw_ledger_found *found)
{
    struct reader reader = {.take = take, .context = context};
    struct sw_shelf_file *files = NULL;
    size_t count = 0;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool listed = sw_shelf_list(fd, &files, &count);
    int why = errno;
    for (size_t i = 0; listed && i < count; i++)
        read_file(&reader, fd, files[i].number);
    free(files);
    (void)close(fd);
    *found = reader.found;
    errno = why;
    return listed;
}
