/* SPDX-License-Identifier: EUPL-1.2 */
#include "worker/video/source.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum sw_video_reason sw_source_init(struct sw_source *source, int fd)
{
    struct stat status;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size < 0)
        return SW_VIDEO_BROKEN;
    if (status.st_size == 0)
        return SW_VIDEO_EMPTY;
    if (status.st_size > SW_VIDEO_BYTES_MAX)
        return SW_VIDEO_TOO_MANY_BYTES;
    *source = (struct sw_source){.fd = fd, .size = status.st_size};
    return 0;
}

int64_t sw_source_read(const struct sw_source *source, int64_t at, void *bytes, size_t length)
{
    for (;;) {
        ssize_t got = pread(source->fd, bytes, length, (off_t)at);
        if (got >= 0 || errno != EINTR)
            return got;
    }
}

bool sw_source_read_all(const struct sw_source *source, int64_t at, void *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        int64_t got = sw_source_read(source, at + (int64_t)done, (char *)bytes + done, length - done);
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}
