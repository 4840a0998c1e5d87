/* SPDX-License-Identifier: EUPL-1.2 */
/* Runs a piece of a test in a process of its own: what must end the program, or what cannot be undone (a sandbox, another user). */
#ifndef SW_TEST_OWN_PROCESS_H
#define SW_TEST_OWN_PROCESS_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* The wait status of a process that ran `run`; its exit code is what `run` returned. */
static inline int run_apart(int (*run)(void))
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        const struct rlimit no_core = {0, 0};
        setrlimit(RLIMIT_CORE, &no_core);
        _exit(run());
    }
    int status = -1;
    waitpid(pid, &status, 0);
    return status;
}

/* Whether `run` ended by abort(), as a failed assert does. */
static inline int aborts(int (*run)(void))
{
    int status = run_apart(run);
    return WIFSIGNALED(status) && WTERMSIG(status) == 6;
}

#endif
