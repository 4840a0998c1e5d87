/* SPDX-License-Identifier: EUPL-1.2 */
/* A planted call: preloaded (LD_PRELOAD) into a real process, it does there, at the process' first message after the fence was raised, what
 * a taken-over process would try, and says on standard error how that went. SW_PLANT is "PROGRAM:ACT[:PATH]"; in other programs it does
 * nothing. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <unistd.h>

typedef ssize_t receive(int, struct msghdr *, int);

static struct {
    char act[32], path[512];
    receive *next;
} plant; /* of the process' life: an interposed function has no other place */

static int connect_to(int family)
{
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return fd < 0 ? -1 : connect(fd, (struct sockaddr *)&there, sizeof there);
}

static int run_program(void)
{
    char *arguments[] = {plant.path, NULL};
    return execv(plant.path, arguments);
}

static int make_process(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid < 0 ? -1 : 0;
}

static int act(void)
{
    if (strcmp(plant.act, "internet") == 0)
        return connect_to(AF_INET);
    if (strcmp(plant.act, "internet6") == 0)
        return connect_to(AF_INET6);
    if (strcmp(plant.act, "exec") == 0)
        return run_program();
    if (strcmp(plant.act, "fork") == 0)
        return make_process();
    if (strcmp(plant.act, "trace") == 0)
        return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0 ? 0 : -1;
    if (strcmp(plant.act, "read") == 0)
        return open(plant.path, O_RDONLY | O_CLOEXEC);
    if (strcmp(plant.act, "write") == 0)
        return open(plant.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    errno = EINVAL;
    return -1;
}

/* Before main(), and so before the fence: only here is it known who we are. */
__attribute__((constructor)) static void prepare(void)
{
    char own[512] = "";
    const char *wanted = getenv("SW_PLANT");
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    const char *name = length > 0 ? strrchr(own, '/') + 1 : own;
    size_t size = strlen(name);
    *(void **)&plant.next = dlsym(RTLD_NEXT, "recvmsg");
    if (wanted == NULL || size == 0 || strncmp(wanted, name, size) != 0 || wanted[size] != ':')
        return;
    const char *rest = wanted + size + 1;
    size_t part = strcspn(rest, ":");
    snprintf(plant.act, sizeof plant.act, "%.*s", (int)part, rest);
    snprintf(plant.path, sizeof plant.path, "%s", rest[part] == ':' ? rest + part + 1 : "");
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
    if (plant.act[0] != '\0') {
        char line[256];
        int result = act();
        int length = snprintf(line, sizeof line, "plant %s: %s\n", plant.act, result < 0 ? strerrorname_np(errno) : "done");
        plant.act[0] = '\0';
        if (write(STDERR_FILENO, line, (size_t)length) < 0)
            abort();
    }
    return plant.next(fd, message, flags);
}
