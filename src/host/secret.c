/* SPDX-License-Identifier: EUPL-1.2 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/host.h"

static const char *find(const struct sw_host *host, const char *name)
{
    for (size_t i = 0; i < host->secret_count; i++) {
        if (strcmp(host->secrets[i].name, name) == 0)
            return host->secrets[i].file;
    }
    return NULL;
}

/* Opens it if nobody else may read it; -1 and *why else. */
static int open_secret(const char *file, const char **why)
{
    struct stat status;
    int fd = file != NULL ? open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) : -1;
    *why = file == NULL ? "the machine's configuration names no such secret" : "its file cannot be opened";
    if (fd < 0)
        return -1;
    *why = "its file may be read by others: its mode must be 0600";
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 077) == 0)
        return fd;
    close(fd);
    return -1;
}

/* Through a volatile pointer, or the compiler would leave out what nobody reads. */
void sw_host_wipe(char *bytes, size_t length)
{
    static void *(*const volatile fill)(void *, int, size_t) = memset;
    fill(bytes, 0, length);
}

const char *sw_host_secret(const struct sw_host *host, const char *name, char *out)
{
    const char *why;
    int fd = open_secret(find(host, name), &why);
    if (fd < 0)
        return why;
    ssize_t length = read(fd, out, SW_SECRET_MAX + 1);
    close(fd);
    why = length < 0 ? "its file cannot be read" : length > (ssize_t)SW_SECRET_MAX ? "its file is too large" : NULL;
    if (why == NULL) {
        out[length] = '\0';
        out[strcspn(out, "\r\n")] = '\0';
        why = out[0] == '\0' ? "its file is empty" : NULL;
    }
    if (why != NULL)
        sw_host_wipe(out, SW_SECRET_MAX + 1);
    return why;
}

const char *sw_host_secret_file(const struct sw_host *host, const char *name, const char **why)
{
    const char *file = find(host, name);
    int fd = open_secret(file, why);
    if (fd < 0)
        return NULL;
    close(fd);
    return file;
}
