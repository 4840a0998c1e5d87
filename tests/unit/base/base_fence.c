/* SPDX-License-Identifier: EUPL-1.2 */
/* The fence of each role, tried from inside: every case is a process of its own that raises it and then does one thing. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "base/fence.h"
#include "base/log.h"
#include "base/message.h"
#include "base/shared.h"
#include "own_process.h"

/* A build that looks for faults in itself may start processes and trace them: see base/filter/rules.h. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    #define WATCHED true
#else
    #define WATCHED false
#endif

#define UNWATCHED 100 /* in place of a Landlock: what a watched build does allow */
#define DONE 0
#define KILLED 200 /* by the fence */

static char folder[] = "/tmp/schauwand-fence-XXXXXX"; /* with a file in each of read/, write/ and outside/ */
static int ends[2];                                   /* of a pair that the process was given */

static int code(bool done) { return done ? DONE : errno; }

static const char *in_folder(const char *name)
{
    static char path[2][128];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static int open_as(const char *path, int flags) { return code(open(path, flags | O_CLOEXEC, 0600) >= 0); }

/* -- files -- */
static int read_place(void) { return open_as(in_folder("read/file"), O_RDONLY); }
static int list_place(void) { return open_as(in_folder("read"), O_RDONLY | O_DIRECTORY); }
static int write_to_read_place(void) { return open_as(in_folder("read/file"), O_WRONLY); }
static int make_in_read_place(void) { return open_as(in_folder("read/new"), O_WRONLY | O_CREAT); }
static int write_place(void) { return open_as(in_folder("write/new"), O_RDWR | O_CREAT | O_TRUNC); }
static int rename_in_place(void)
{
    bool there = rename(in_folder("write/file"), in_folder("write/renamed")) == 0;
    return code(there && rename(in_folder("write/renamed"), in_folder("write/file")) == 0);
}
static int rename_out(void) { return code(rename(in_folder("write/file"), in_folder("outside/renamed")) == 0); }
static int link_in_place(void) { return code(symlink("/etc/shadow", in_folder("write/link")) == 0); }
static int fifo_in_place(void) { return code(mkfifo(in_folder("write/fifo"), 0600) == 0); }
static int read_outside(void) { return open_as(in_folder("outside/file"), O_RDONLY); }
static int write_outside(void) { return open_as(in_folder("outside/new"), O_WRONLY | O_CREAT); }
static int remove_outside(void) { return code(unlink(in_folder("outside/file")) == 0); }
static int truncate_outside(void) { return code(truncate(in_folder("outside/file"), 0) == 0); }
static int read_shadow(void) { return open_as("/etc/shadow", O_RDONLY); }
static int read_library(void) { return open_as("/usr/lib/os-release", O_RDONLY); }
static int read_passwd(void) { return open_as("/etc/passwd", O_RDONLY); }
static int read_fonts(void) { return open_as("/etc/fonts/fonts.conf", O_RDONLY); }
static int read_self(void) { return open_as("/proc/self/status", O_RDONLY); }
static int read_certificates(void) { return open_as("/etc/ssl/certs", O_RDONLY | O_DIRECTORY); }
static int write_null(void) { return open_as("/dev/null", O_WRONLY); }

/* -- sockets -- */
static int internet(void) { return code(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0); }
static int internet_6(void) { return code(socket(AF_INET6, SOCK_DGRAM, 0) >= 0); }
static int netlink(void) { return code(socket(AF_NETLINK, SOCK_RAW, 0) >= 0); }
static int kernel_events(void) { return code(socket(AF_NETLINK, SOCK_RAW, 15) >= 0); }
static int packets(void) { return code(socket(AF_PACKET, SOCK_RAW, 0) >= 0); }
static int local(void) { return code(socket(AF_UNIX, SOCK_STREAM, 0) >= 0); }
static int pair(void)
{
    int made[2];
    return code(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, made) == 0);
}
/* A pair that comes from outside is used all the same; this is what a worker lives on. */
static int hand_on_memory(void)
{
    void *bytes;
    int fd = -1, came = -1;
    char byte = 'x';
    size_t length;
    if (!sw_shared_create("test", 4096, &fd, &bytes))
        return errno;
    memset(bytes, 7, 4096);
    sw_shared_unmap(bytes, 4096);
    const void *mapped;
    bool done = sw_shared_seal(fd) && sw_message_send(ends[0], &byte, 1, fd) == SW_MESSAGE_OK &&
                sw_message_receive(ends[1], &byte, 1, &length, &came) == SW_MESSAGE_OK && sw_shared_map(came, 4096, &mapped);
    return code(done && ((const char *)mapped)[4095] == 7);
}

/* -- processes -- */
static int run_program(void)
{
    char *arguments[] = {(char[]){"/bin/true"}, NULL};
    execv(arguments[0], arguments);
    return errno;
}
static int make_process(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return code(pid > 0);
}
static void *nothing(void *unused) { return unused; }
static void *sleep_for_good(void *unused)
{
    for (;;)
        (void)sleep(1000);
    return unused;
}
static int make_thread(void)
{
    pthread_t thread;
    int status = pthread_create(&thread, NULL, nothing, NULL);
    return status == 0 ? pthread_join(thread, NULL) : status;
}
static int hidden_clone(void) { return code(syscall(SYS_clone3, NULL, 0) >= 0); }
static int trace_parent(void) { return code(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0); }
static int signal_parent(void) { return code(kill(getppid(), 0) == 0); }
static int aim_at_parent(void) { return code(syscall(SYS_tgkill, getppid(), getppid(), 0) == 0); }
static int new_world(void) { return code(unshare(CLONE_NEWUSER) == 0); }
static int ring(void) { return code(syscall(SYS_io_uring_setup, 1, NULL) >= 0); }
static int more_files(void)
{
    for (int i = 0; i < 100; i++)
        if (dup(ends[0]) < 0)
            return errno;
    return DONE;
}
static int type_into_terminal(void) { return code(ioctl(STDIN_FILENO, TIOCSTI, "x") == 0); }
static int type_with_a_long_number(void) { return code(syscall(SYS_ioctl, STDIN_FILENO, 1ull << 32 | TIOCSTI, "x") == 0); }
static int ask_terminal(void) { return isatty(STDERR_FILENO) == 1 ? DONE : errno == ENOTTY ? DONE : errno; }

/* -- code -- */
static int map(int protection) { return code(mmap(NULL, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED); }
static int map_data(void) { return map(PROT_READ | PROT_WRITE); }
static int map_code(void) { return map(PROT_READ | PROT_EXEC); }
static int map_written_code(void) { return map(PROT_READ | PROT_WRITE | PROT_EXEC); }
static int make_code(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return code(mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0);
}
static int map_much(void) { return code(mmap(NULL, (size_t)2 << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED); }

static const struct {
    const char *name;
    int (*act)(void);
    int needs; /* the Landlock from which on it is forbidden; 0: something else forbids it; UNWATCHED */
    int player, courier, picture, svg, jq, video;
} cases[] = {
    {"read in a place", read_place, 3, DONE, DONE, EACCES, DONE, EACCES, DONE},
    {"list a place", list_place, 3, DONE, DONE, EACCES, DONE, EACCES, DONE},
    {"write where only reading is allowed", write_to_read_place, 3, EACCES, EACCES, EACCES, ENOSYS, EACCES, ENOSYS},
    {"make a file there", make_in_read_place, 3, EACCES, EACCES, EACCES, ENOSYS, EACCES, ENOSYS},
    {"make a file where that is allowed", write_place, 3, DONE, DONE, EACCES, ENOSYS, EACCES, ENOSYS},
    {"rename there", rename_in_place, 3, DONE, DONE, ENOSYS, ENOSYS, ENOSYS, ENOSYS},
    {"rename out of there", rename_out, 3, EACCES, EACCES, ENOSYS, ENOSYS, ENOSYS, ENOSYS},
    {"make a link", link_in_place, 3, ENOSYS, ENOSYS, ENOSYS, ENOSYS, ENOSYS, ENOSYS},
    {"make a pipe with a name", fifo_in_place, 3, ENOSYS, ENOSYS, ENOSYS, ENOSYS, ENOSYS, ENOSYS},
    {"read outside", read_outside, 3, EACCES, EACCES, EACCES, EACCES, EACCES, EACCES},
    {"write outside", write_outside, 3, EACCES, EACCES, EACCES, ENOSYS, EACCES, ENOSYS},
    {"remove outside", remove_outside, 3, EACCES, EACCES, ENOSYS, ENOSYS, ENOSYS, ENOSYS},
    {"truncate outside", truncate_outside, 3, EACCES, EACCES, ENOSYS, ENOSYS, ENOSYS, ENOSYS},
    {"read the passwords", read_shadow, 3, EACCES, EACCES, EACCES, EACCES, EACCES, EACCES},
    {"read a library", read_library, 3, DONE, DONE, EACCES, DONE, EACCES, DONE},
    {"read the users", read_passwd, 3, DONE, DONE, EACCES, EACCES, EACCES, EACCES},
    {"read how fonts are found", read_fonts, 3, DONE, EACCES, EACCES, DONE, EACCES, EACCES},
    {"read about itself", read_self, 3, DONE, DONE, EACCES, DONE, EACCES, EACCES},
    {"read certificates", read_certificates, 3, EACCES, DONE, EACCES, EACCES, EACCES, EACCES},
    {"write to nowhere", write_null, 3, DONE, DONE, EACCES, ENOSYS, EACCES, ENOSYS},
    {"a socket of the internet", internet, 0, EAFNOSUPPORT, DONE, KILLED, EAFNOSUPPORT, KILLED, KILLED},
    {"one of IPv6", internet_6, 0, EAFNOSUPPORT, DONE, KILLED, EAFNOSUPPORT, KILLED, KILLED},
    {"one for addresses", netlink, 0, EAFNOSUPPORT, DONE, KILLED, EAFNOSUPPORT, KILLED, KILLED},
    {"one for devices", kernel_events, 0, EAFNOSUPPORT, ENOSYS, KILLED, EAFNOSUPPORT, KILLED, KILLED},
    {"one for packets", packets, 0, EAFNOSUPPORT, ENOSYS, KILLED, EAFNOSUPPORT, KILLED, KILLED},
    {"a socket of this machine", local, 0, DONE, DONE, KILLED, EAFNOSUPPORT, KILLED, KILLED},
    {"a pair", pair, 0, DONE, DONE, KILLED, EAFNOSUPPORT, KILLED, KILLED},
    {"memory handed on", hand_on_memory, 0, DONE, DONE, DONE, DONE, DONE, DONE},
    {"another program", run_program, 0, EACCES, EACCES, KILLED, KILLED, KILLED, KILLED},
    {"another process", make_process, UNWATCHED, ENOSYS, ENOSYS, ENOSYS, ENOSYS, ENOSYS, ENOSYS},
    {"a thread", make_thread, UNWATCHED, DONE, DONE, ENOSYS, DONE, DONE, DONE},
    {"clone3", hidden_clone, 0, ENOSYS, ENOSYS, ENOSYS, ENOSYS, ENOSYS, ENOSYS},
    {"look into its parent", trace_parent, UNWATCHED, ENOSYS, ENOSYS, KILLED, KILLED, KILLED, KILLED},
    {"a signal to its parent", signal_parent, 0, EPERM, EPERM, KILLED, KILLED, KILLED, KILLED},
    {"a signal to a thread of its parent", aim_at_parent, WATCHED ? UNWATCHED : 6, EPERM, EPERM, ENOSYS, ENOSYS, ENOSYS, ENOSYS},
    {"a new name space", new_world, 0, ENOSYS, ENOSYS, KILLED, KILLED, KILLED, KILLED},
    {"an io_uring", ring, 0, ENOSYS, ENOSYS, KILLED, KILLED, KILLED, KILLED},
    {"a hundred descriptors", more_files, 0, DONE, DONE, EMFILE, EMFILE, EMFILE, EMFILE},
    {"typing into the terminal", type_into_terminal, 0, EPERM, EPERM, ENOSYS, ENOSYS, ENOSYS, ENOSYS},
    {"the same with a longer number", type_with_a_long_number, 0, EPERM, EPERM, ENOSYS, ENOSYS, ENOSYS, ENOSYS},
    {"asking for the terminal", ask_terminal, 0, DONE, DONE, ENOSYS, ENOSYS, ENOSYS, ENOSYS},
    {"memory", map_data, 0, DONE, DONE, DONE, DONE, DONE, DONE},
    {"code", map_code, 0, DONE, DONE, EACCES, DONE, EACCES, DONE},
    {"code that is written to", map_written_code, 0, DONE, EACCES, EACCES, EACCES, EACCES, EACCES},
    {"what was written as code", make_code, 0, DONE, EACCES, EACCES, EACCES, EACCES, EACCES},
};

static enum sw_fence_role role;
static size_t number;

static int fenced(void)
{
    struct sw_fence_place places[] = {
        {in_folder("read"), SW_FENCE_READ}, {NULL, SW_FENCE_READ}, {"/no/such/place", SW_FENCE_WRITE}, {NULL, SW_FENCE_WRITE}};
    char write_to[128];
    snprintf(write_to, sizeof write_to, "%s", in_folder("write"));
    places[1].path = write_to;
    places[1].access = SW_FENCE_WRITE;
    if (!sw_fence_raise(role, places, SW_COUNT(places)))
        return 199;
    return cases[number].act();
}

static int ended(int status)
{
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGSYS ? KILLED : -WTERMSIG(status);
    return WEXITSTATUS(status);
}

static int build_folder(void **state)
{
    static const char *const names[] = {"read", "write", "outside"};
    char command[128];
    (void)state;
    sw_log_init("test", SW_LOG_ERROR);
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        snprintf(command, sizeof command, "mkdir %s/%s && touch %s/%s/file", folder, names[i], folder, names[i]);
        assert_int_equal(system(command), 0);
    }
    return !sw_message_pair(ends);
}

static int remove_folder(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static void check_role(enum sw_fence_role which)
{
    size_t faults = 0;
    role = which;
    for (number = 0; number < SW_COUNT(cases); number++) {
        int expected[SW_FENCE_ROLES] = {[SW_FENCE_PLAYER] = cases[number].player,
                                        [SW_FENCE_COURIER] = cases[number].courier,
                                        [SW_FENCE_FOLLOWER] = cases[number].courier,
                                        [SW_FENCE_PICTURE] = cases[number].picture,
                                        [SW_FENCE_SVG] = cases[number].svg,
                                        [SW_FENCE_JQ] = cases[number].jq,
                                        [SW_FENCE_VIDEO] = cases[number].video};
        if (cases[number].needs == UNWATCHED ? WATCHED : sw_fence_landlock() < cases[number].needs)
            continue;
        int result = ended(run_apart(fenced));
        if (result != expected[role]) {
            print_error("%s: %d (%s) instead of %d (%s)\n", cases[number].name, result, strerror(result), expected[role],
                        strerror(expected[role]));
            faults++;
        }
    }
    assert_int_equal(faults, 0);
}

static void player(void **state)
{
    (void)state;
    check_role(SW_FENCE_PLAYER);
}

static void courier(void **state)
{
    (void)state;
    check_role(SW_FENCE_COURIER);
}

static void follower(void **state)
{
    (void)state;
    check_role(SW_FENCE_FOLLOWER);
}

static void picture(void **state)
{
    (void)state;
    check_role(SW_FENCE_PICTURE);
}

static void svg(void **state)
{
    (void)state;
    check_role(SW_FENCE_SVG);
}

static void jq(void **state)
{
    (void)state;
    check_role(SW_FENCE_JQ);
}

static void video(void **state)
{
    (void)state;
    check_role(SW_FENCE_VIDEO);
}

/* It reaches its places, and nobody outside of this machine or in it. */
static int translated(void)
{
    char write_to[128];
    (void)snprintf(write_to, sizeof write_to, "%s", in_folder("write"));
    const struct sw_fence_place place = {write_to, SW_FENCE_WRITE};
    if (!sw_fence_raise(SW_FENCE_LANG, &place, 1))
        return 199;
    if (write_place() != DONE || (sw_fence_landlock() > 0 && open_as(in_folder("outside/file"), O_RDONLY) == DONE))
        return 198;
    return code(socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
}

static void lang(void **state)
{
    (void)state;
    assert_int_equal(ended(run_apart(translated)), KILLED);
}

static int cancelled(void)
{
    pthread_t thread;
    if (!sw_fence_raise(SW_FENCE_VIDEO, NULL, 0) || pthread_create(&thread, NULL, sleep_for_good, NULL) != 0)
        return 1;
    return pthread_cancel(thread) == 0 && pthread_join(thread, NULL) == 0 ? DONE : 2;
}

static int cancel_others(void)
{
    return sw_fence_raise(SW_FENCE_VIDEO, NULL, 0) ? code(syscall(SYS_tgkill, getppid(), getppid(), 32) == 0) : 199;
}

/* libvlc cancels threads, which takes a signal: to its own ones alone. */
static void threads_are_cancelled(void **state)
{
    (void)state;
    assert_int_equal(ended(run_apart(cancelled)), DONE);
    if (!WATCHED)
        assert_int_equal(ended(run_apart(cancel_others)), EPERM);
}

/* The same program as another machine would call it: other numbers for the same calls, past the list. */
static int call_as_x32(void)
{
    if (!sw_fence_raise(SW_FENCE_PLAYER, NULL, 0))
        return 199;
    return code(syscall(0x40000000 | SYS_socket, AF_INET, SOCK_STREAM, 0) >= 0);
}

static void no_other_machine(void **state)
{
    (void)state;
#ifdef __x86_64__
    assert_int_equal(ended(run_apart(call_as_x32)), KILLED);
#else
    skip();
#endif
}

static int widen(void)
{
    const struct sw_fence_place all = {"/", SW_FENCE_WRITE};
    if (!sw_fence_raise(SW_FENCE_SVG, NULL, 0))
        return 199;
    close(STDERR_FILENO);
    (void)!sw_fence_raise(SW_FENCE_COURIER, &all, 1); /* refused, and said so */
    return read_shadow() == EACCES && internet() == EAFNOSUPPORT ? DONE : 1;
}

static void a_fence_is_for_good(void **state)
{
    (void)state;
    if (sw_fence_landlock() > 0)
        assert_int_equal(ended(run_apart(widen)), DONE);
}

/* The limits are there, and a child of the supervisor takes over its part, yet may fence itself otherwise. */
static int supervise(void)
{
    struct rlimit core;
    if (!sw_fence_raise(SW_FENCE_SUPERVISOR, NULL, 0) || prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
        return 1;
    if (getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_max != 0)
        return 2;
    pid_t pid = fork();
    int status = 0;
    if (pid == 0)
        _exit(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 && sw_fence_raise(SW_FENCE_COURIER, NULL, 0) && internet() == DONE ? 0 : 1);
    return waitpid(pid, &status, 0) == pid && status == 0 && internet() == DONE && read_outside() == DONE ? DONE : 3;
}

static void the_supervisor_keeps_what_its_children_need(void **state)
{
    (void)state;
    assert_int_equal(ended(run_apart(supervise)), DONE);
}

static int take_much_memory(void) { return sw_fence_raise(SW_FENCE_JQ, NULL, 0) ? map_much() : 199; }

static void memory_is_limited(void **state)
{
    (void)state;
    int result = ended(run_apart(take_much_memory));
    if (result == DONE)
        skip(); /* a build that maps more than the limit by itself says so and goes without */
    assert_int_equal(result, ENOMEM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(player),
        cmocka_unit_test(courier), cmocka_unit_test(follower),
        cmocka_unit_test(picture),
        cmocka_unit_test(svg),
        cmocka_unit_test(jq),
        cmocka_unit_test(video), cmocka_unit_test(lang),
        cmocka_unit_test(threads_are_cancelled),
        cmocka_unit_test(no_other_machine),
        cmocka_unit_test(a_fence_is_for_good),
        cmocka_unit_test(the_supervisor_keeps_what_its_children_need),
        cmocka_unit_test(memory_is_limited),
    };
    return cmocka_run_group_tests(tests, build_folder, remove_folder);
}
