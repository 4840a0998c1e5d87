/* SPDX-License-Identifier: EUPL-1.2 */
/* Children: their descriptors, signals, failures, and that they die with their parent. What is waited for is always an end of a pipe. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/child.h"
#include "own_process.h"

/* Reads all that comes out of `fd` until everybody has closed the other end. */
static const char *read_all(int fd)
{
    static char text[8192];
    size_t length = 0;
    ssize_t got;
    while ((got = read(fd, text + length, sizeof text - 1 - length)) > 0) {
        length += (size_t)got;
    }
    text[length] = '\0';
    close(fd);
    return text;
}

/* Runs a shell command with descriptor 3 going to us; what it writes there. */
static const char *run_shell(const char *command, const int *more, size_t more_count)
{
    const char *const arguments[] = {"/bin/sh", "-c", command, NULL};
    int out[2], fds[8], status;
    assert_int_equal(pipe2(out, O_CLOEXEC), 0);
    fds[0] = out[1];
    for (size_t i = 0; i < more_count; i++) {
        fds[i + 1] = more[i];
    }
    pid_t pid = sw_child_start(arguments, fds, more_count + 1);
    assert_true(pid > 0);
    close(out[1]);
    const char *text = read_all(out[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return text;
}

static void descriptors_become_3_and_on(void **state)
{
    (void)state;
    int others[2];
    assert_int_equal(pipe2(others, O_CLOEXEC), 0);
    assert_int_equal(write(others[1], "from the pipe\n", 14), 14);
    close(others[1]);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    const int more[] = {others[0], null};
    assert_string_equal(run_shell("cat <&4 >&3; for i in 3 4 5 6 7 8 9; do [ -e /proc/$$/fd/$i ] && echo $i >&3; done", more, 2),
                        "from the pipe\n3\n4\n5\n");
    close(others[0]);
    close(null);
}

static int swap_numbers(void)
{
    int fd = open("/dev/null", O_RDWR);
    FILE *three = tmpfile(), *four = tmpfile();
    const char *const arguments[] = {"/bin/sh", "-c", "echo first >&3; echo second >&4", NULL};
    const int fds[] = {4, 3};
    int status;
    char text[16] = "";
    if (fd < 0 || three == NULL || four == NULL) {
        return 1;
    }
    int file_three = fcntl(fileno(three), F_DUPFD, 50), file_four = fcntl(fileno(four), F_DUPFD, 50);
    dup2(file_three, 3);
    dup2(file_four, 4);
    pid_t pid = sw_child_start(arguments, fds, 2);
    if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
        return 2;
    }
    if (pread(file_four, text, sizeof text, 0) != 6 || memcmp(text, "first\n", 6) != 0) {
        return 3;
    }
    return pread(file_three, text, sizeof text, 0) != 7 || memcmp(text, "second\n", 7) != 0 ? 4 : 0;
}

static void descriptors_may_lie_in_each_others_way(void **state)
{
    (void)state;
    assert_int_equal(run_apart(swap_numbers), 0);
}

static void nothing_else_is_inherited(void **state)
{
    (void)state;
    int leak = fcntl(STDERR_FILENO, F_DUPFD, 200); /* not close-on-exec */
    char command[128];
    assert_true(leak >= 200);
    snprintf(command, sizeof command, "[ -e /proc/$$/fd/%d ] && echo leak >&3; echo end >&3", leak);
    assert_string_equal(run_shell(command, NULL, 0), "end\n");
    close(leak);
}

static void ignore(int number)
{
    (void)number;
}

static void signals_are_as_at_boot(void **state)
{
    (void)state;
    struct sigaction handled = {.sa_handler = ignore}, ignored = {.sa_handler = SIG_IGN}, before[2];
    sigset_t blocked, mask;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR1);
    sigaddset(&blocked, SIGTERM);
    sigaction(SIGUSR2, &handled, &before[0]);
    sigaction(SIGPIPE, &ignored, &before[1]);
    sigprocmask(SIG_BLOCK, &blocked, &mask);
    const char *text = run_shell("exec grep -E '^Sig(Blk|Ign):' /proc/self/status >&3", NULL, 0);
    assert_string_equal(text, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
    sigset_t now;
    sigprocmask(SIG_SETMASK, &mask, &now);
    assert_int_equal(sigismember(&now, SIGUSR1), 1); /* ours are untouched */
    assert_int_equal(sigismember(&now, SIGUSR2), 0);
    sigaction(SIGUSR2, &before[0], NULL);
    sigaction(SIGPIPE, &before[1], NULL);
}

static void a_failed_exec_is_told(void **state)
{
    (void)state;
    char script[] = "/tmp/schauwand-child-XXXXXX";
    int fd = mkstemp(script);
    assert_int_equal(write(fd, "no program", 10), 10);
    close(fd);
    const struct {
        const char *path;
        mode_t mode;
        int expected;
    } cases[] = {
        {"/no/such/program", 0600, ENOENT}, {script, 0600, EACCES}, {script, 0700, ENOEXEC}, {"/tmp", 0600, EACCES}, {"", 0600, ENOENT},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        const char *const arguments[] = {cases[i].path, NULL};
        chmod(script, cases[i].mode);
        errno = 0;
        assert_int_equal(sw_child_start(arguments, NULL, 0), -1);
        assert_int_equal(errno, cases[i].expected);
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* nobody is left behind */
        assert_int_equal(errno, ECHILD);
    }
    const char *const arguments[] = {"/bin/true", NULL};
    const int closed[] = {900};
    assert_int_equal(sw_child_start(arguments, closed, 1), -1);
    assert_int_equal(errno, EBADF);
    unlink(script);
}

static int told[2];

/* Starts a child that holds the pipe and never ends by itself, and is killed. */
static int parent_that_dies(void)
{
    const char *const arguments[] = {"/bin/sh", "-c", "trap '' HUP TERM INT; echo up >&3; read forever <&4; echo overrun >&3", NULL};
    int never[2];
    if (pipe2(never, O_CLOEXEC) != 0) {
        return 1;
    }
    const int fds[] = {told[1], never[0], never[1]}; /* the child holds both ends: no end of file for it */
    if (sw_child_start(arguments, fds, 3) < 0) {
        return 2;
    }
    close(told[1]);
    char text[3];
    if (read(told[0], text, 3) != 3) { /* it runs */
        return 3;
    }
    kill(getpid(), SIGKILL);
    return 4;
}

static void a_child_dies_with_its_parent(void **state)
{
    (void)state;
    assert_int_equal(pipe2(told, O_CLOEXEC), 0);
    int status = run_apart(parent_that_dies);
    assert_true(WIFSIGNALED(status));
    close(told[1]);
    assert_string_equal(read_all(told[0]), ""); /* ends only when the child is gone, too */
}

static void helpers_lie_beside_us(void **state)
{
    (void)state;
    char path[4096], little[30];
    assert_true(sw_child_helper_folder("test_base_child", path, sizeof path));
    assert_int_equal(path[0], '/');
    assert_true(strlen(path) > 1 && path[strlen(path) - 1] != '/');
    strcat(path, "/test_base_child");
    assert_int_equal(access(path, X_OK), 0);
    assert_false(sw_child_helper_folder("test_base_nothing", path, sizeof path));
    assert_false(sw_child_helper_folder("test_base_child", little, sizeof little));
    assert_false(sw_child_helper_folder("test_base_child", little, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(descriptors_become_3_and_on), cmocka_unit_test(descriptors_may_lie_in_each_others_way),
        cmocka_unit_test(nothing_else_is_inherited),   cmocka_unit_test(signals_are_as_at_boot),
        cmocka_unit_test(a_failed_exec_is_told),       cmocka_unit_test(a_child_dies_with_its_parent),
        cmocka_unit_test(helpers_lie_beside_us),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
