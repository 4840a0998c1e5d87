/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/machine.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/timex.h>

#include "base/fence.h"

static int64_t hard_limit(__rlimit_resource_t resource)
{
    struct rlimit limit;
    return getrlimit(resource, &limit) != 0 || limit.rlim_max > (rlim_t)INT64_MAX ? SW_MACHINE_UNLIMITED : (int64_t)limit.rlim_max;
}

static bool first_line(const char *path, char *line, size_t size)
{
    FILE *file = fopen(path, "re");
    bool read = file != NULL && fgets(line, (int)size, file) != NULL;
    if (file != NULL)
        (void)fclose(file);
    if (read)
        line[strcspn(line, "\n")] = '\0';
    return read;
}

/* cgroup v2 alone: "0::/system.slice/schauwand.service". What is above it may allow less. */
static int64_t group_memory(void)
{
    char line[1024], path[1200], most[64], *end = NULL;
    if (!first_line("/proc/self/cgroup", line, sizeof line) || strncmp(line, "0::/", 4) != 0)
        return SW_MACHINE_UNLIMITED;
    (void)snprintf(path, sizeof path, "/sys/fs/cgroup%s/memory.max", line + 3);
    if (!first_line(path, most, sizeof most))
        return SW_MACHINE_UNLIMITED;
    long long bytes = strtoll(most, &end, 10);
    return end == most || bytes <= 0 ? SW_MACHINE_UNLIMITED : bytes;
}

void sw_machine_look(struct sw_machine *machine)
{
    struct timex clock = {.modes = 0};
    int state = adjtimex(&clock);
    *machine = (struct sw_machine){.landlock = sw_fence_landlock(),
                                   .clock_known = state >= 0,
                                   .clock_held = state >= 0 && state != TIME_ERROR && (clock.status & STA_UNSYNC) == 0,
                                   .descriptors = hard_limit(RLIMIT_NOFILE),
                                   .tasks = hard_limit(RLIMIT_NPROC),
                                   .memory = group_memory()};
}

/* A line of proc_pid_mountinfo(5), "36 35 98:0 /root /mount options ... - kind source options": how long its /mount is, which has `path`
 * in it; 0: it has not. */
static size_t holds(const char *line, const char *path)
{
    const char *place = line;
    for (int i = 0; i < 4 && place != NULL; i++) {
        place = strchr(place, ' ');
        place = place != NULL ? place + 1 : NULL;
    }
    size_t length = place != NULL ? strcspn(place, " ") : 0;
    if (length == 0 || strncmp(place, path, length) != 0)
        return 0;
    return length == 1 || path[length] == '/' || path[length] == '\0' ? length : 0;
}

static bool read_kind(const char *line, struct sw_mount *out)
{
    const char *kind = strstr(line, " - ");
    const char *source = kind != NULL ? strchr(kind + 3, ' ') : NULL, *options = source != NULL ? strchr(source + 1, ' ') : NULL;
    if (options == NULL)
        return false;
    (void)snprintf(out->kind, sizeof out->kind, "%.*s", (int)(source - (kind + 3)), kind + 3);
    (void)snprintf(out->options, sizeof out->options, "%.*s", (int)strcspn(options + 1, "\n"), options + 1);
    return true;
}

bool sw_mount_of(const char *path, struct sw_mount *out)
{
    char whole[PATH_MAX], line[4096];
    FILE *file = realpath(path, whole) != NULL ? fopen("/proc/self/mountinfo", "re") : NULL;
    size_t longest = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        size_t length = holds(line, whole);
        if (length > 0 && length >= longest && read_kind(line, out)) /* one that is mounted over another comes behind it */
            longest = length;
    }
    if (file != NULL)
        (void)fclose(file);
    return longest > 0;
}
