/* SPDX-License-Identifier: EUPL-1.2 */
/* Preloaded: a disk that stands still. Each fdatasync waits until the file that $SW_HELD_GATE names is there; "<that>.held" says that one
 * does. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int fdatasync(int fd)
{
    union {
        void *found;
        int (*call)(int fd);
    } real = {.found = dlsym(RTLD_NEXT, "fdatasync")};
    const struct timespec moment = {.tv_nsec = 5000000};
    const char *gate = getenv("SW_HELD_GATE");
    char held[4096];
    if (gate != NULL && access(gate, F_OK) != 0) {
        (void)snprintf(held, sizeof held, "%s.held", gate);
        int mark = open(held, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        if (mark >= 0)
            (void)close(mark);
        while (access(gate, F_OK) != 0)
            (void)nanosleep(&moment, NULL);
    }
    return real.call(fd);
}
