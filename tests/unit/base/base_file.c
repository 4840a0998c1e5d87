/* SPDX-License-Identifier: EUPL-1.2 */
/* Files and roots: with openat2, and by the walk that stands in for it (in a sandbox that has no openat2). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "base/file.h"
#include "folder.h"
#include "own_process.h"

static char base[] = "/tmp/schauwand-file-XXXXXX";
static char root_path[64];

static void make_file(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", base, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void in_base(char *path, size_t capacity, const char *name)
{
    snprintf(path, capacity, "%s/%s", base, name);
}

static void make_folder(const char *name)
{
    char path[256];
    in_base(path, sizeof path, name);
    assert_int_equal(mkdir(path, 0755), 0);
}

static void make_link(const char *target, const char *name)
{
    char path[256];
    in_base(path, sizeof path, name);
    assert_int_equal(symlink(target, path), 0);
}

static int make_tree(void **state)
{
    (void)state;
    char path[256];
    if (mkdtemp(base) == NULL) {
        return 1;
    }
    snprintf(root_path, sizeof root_path, "%s/root", base);
    chmod(base, 0755);
    make_folder("root");
    make_folder("root/scenes");
    make_folder("root/scenes/deep");
    make_folder("root/empty");
    make_folder("rootless");
    make_file("secret.txt", "secret");
    make_file("rootless/x", "secret");
    make_file("root/a.txt", "hello");
    make_file("root/nothing", "");
    make_file("root/.hidden", "h");
    make_file("root/..dots", "dots");
    make_file("root/scenes/b.json", "{}");
    make_file("root/scenes/deep/c.json", "[]");
    make_file("root/denied.txt", "no");
    make_link("../secret.txt", "root/out");
    make_link("/etc/passwd", "root/absolute");
    make_link("..", "root/up");
    make_link("scenes", "root/inside");
    make_link("a.txt", "root/alias");
    make_link("nowhere", "root/dangling");
    in_base(path, sizeof path, "root/denied.txt");
    chmod(path, 0);
    in_base(path, sizeof path, "root/fifo");
    return mkfifo(path, 0644);
}

static int drop_tree(void **state)
{
    (void)state;
    folder_remove(base);
    return 0;
}

static const struct opening {
    const char *path;
    enum sw_file_status expected;
} openings[] = {
    {"a.txt", SW_FILE_OK},
    {"./a.txt", SW_FILE_OK},
    {"scenes/b.json", SW_FILE_OK},
    {"scenes//b.json", SW_FILE_OK},
    {"scenes/./b.json", SW_FILE_OK},
    {"scenes/deep/c.json", SW_FILE_OK},
    {"..dots", SW_FILE_OK},
    {".hidden", SW_FILE_OK},
    {"nothing", SW_FILE_OK},
    {"", SW_FILE_MISSING},
    {"none", SW_FILE_MISSING},
    {"none/a.txt", SW_FILE_MISSING},
    {"a.txt/b", SW_FILE_MISSING},
    {"a.txt/b/c", SW_FILE_MISSING},
    {"scenes/none", SW_FILE_MISSING},
    {"scenes", SW_FILE_NOT_PLAIN},
    {"scenes/", SW_FILE_NOT_PLAIN},
    {"a.txt/", SW_FILE_NOT_PLAIN},
    {".", SW_FILE_NOT_PLAIN},
    {"fifo", SW_FILE_NOT_PLAIN},
    {"..", SW_FILE_OUTSIDE},
    {"../", SW_FILE_OUTSIDE},
    {"../secret.txt", SW_FILE_OUTSIDE},
    {"../rootless/x", SW_FILE_OUTSIDE},
    {"scenes/../a.txt", SW_FILE_OUTSIDE},
    {"scenes/../../secret.txt", SW_FILE_OUTSIDE},
    {"scenes/..", SW_FILE_OUTSIDE},
    {"none/../../secret.txt", SW_FILE_OUTSIDE},
    {"/", SW_FILE_OUTSIDE},
    {"/etc/passwd", SW_FILE_OUTSIDE},
    {"//etc/passwd", SW_FILE_OUTSIDE},
    {"out", SW_FILE_OUTSIDE},
    {"absolute", SW_FILE_OUTSIDE},
    {"up/secret.txt", SW_FILE_OUTSIDE},
    {"inside/b.json", SW_FILE_OUTSIDE}, /* a link is a link, wherever it leads */
    {"scenes/../inside/b.json", SW_FILE_OUTSIDE},
    {"alias", SW_FILE_OUTSIDE},
    {"dangling", SW_FILE_OUTSIDE},
};

/* 0, or 1 + the first case that is not as it should be (100 + for the listing). */
static int try_openings(void)
{
    enum sw_file_status status;
    struct sw_root *root = sw_root_create(root_path, &status);
    if (root == NULL) {
        return 99;
    }
    for (size_t i = 0; i < SW_COUNT(openings); i++) {
        int fd = -1;
        status = sw_root_open(root, openings[i].path, &fd);
        bool opened = fd >= 0 && fcntl(fd, F_GETFD) == FD_CLOEXEC;
        if (status != openings[i].expected || opened != (status == SW_FILE_OK)) {
            return (int)i + 1;
        }
        if (fd >= 0) {
            close(fd);
        }
    }
    struct sw_arena arena = {0};
    const char **names;
    size_t count;
    if (sw_root_list(root, "scenes", &arena, &names, &count) != SW_FILE_OK || count != 2 || strcmp(names[1], "deep/") != 0) {
        return 100;
    }
    if (sw_root_list(root, "up", &arena, &names, &count) != SW_FILE_OUTSIDE ||
        sw_root_list(root, "..", &arena, &names, &count) != SW_FILE_OUTSIDE) {
        return 101;
    }
    sw_arena_finish(&arena);
    sw_root_destroy(root);
    return 0;
}

static void a_root_is_not_left(void **state)
{
    (void)state;
    int failed = try_openings();
    if (failed != 0) {
        fail_msg("case %d: %s", failed, failed <= (int)SW_COUNT(openings) ? openings[failed - 1].path : "listing");
    }
}

/* From here on, openat2 does not exist for this process. */
static bool forbid_openat2(int error)
{
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = SW_COUNT(rules), .filter = rules};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

static int try_without_openat2(void)
{
    return forbid_openat2(ENOSYS) ? try_openings() : 98;
}

static int try_with_openat2_denied(void)
{
    return forbid_openat2(EPERM) ? try_openings() : 98;
}

static void nor_without_openat2(void **state)
{
    (void)state;
    assert_int_equal(run_apart(try_without_openat2), 0);
    assert_int_equal(run_apart(try_with_openat2_denied), 0);
}

static int try_as_nobody(void)
{
    enum sw_file_status status;
    char path[256], *bytes;
    size_t length;
    int fd;
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
        return 1;
    }
    struct sw_root *root = sw_root_create(root_path, &status);
    if (root == NULL || sw_root_open(root, "denied.txt", &fd) != SW_FILE_DENIED) {
        return 2;
    }
    sw_root_destroy(root);
    in_base(path, sizeof path, "root/denied.txt");
    if (sw_file_read(path, 100, &bytes, &length) != SW_FILE_DENIED) {
        return 3;
    }
    return geteuid() == 65534 && sw_file_write_atomic(path, "x", 1) ? 4 : 0;
}

static void what_may_not_be_read_is_denied(void **state)
{
    (void)state;
    assert_int_equal(run_apart(try_as_nobody), 0);
}

static void files_are_read_whole(void **state)
{
    (void)state;
    enum sw_file_status status;
    char *bytes = NULL;
    size_t length = 4711;
    struct sw_root *root = sw_root_create(root_path, &status);
    assert_non_null(root);
    assert_string_equal(sw_root_path(root), root_path);
    assert_int_equal(sw_root_read(root, "a.txt", 4, &bytes, &length), SW_FILE_TOO_LARGE);
    assert_int_equal(sw_root_read(root, "scenes", 4, &bytes, &length), SW_FILE_NOT_PLAIN);
    assert_int_equal(sw_root_read(root, "../secret.txt", 4, &bytes, &length), SW_FILE_OUTSIDE);
    assert_null(bytes);
    assert_int_equal(length, 4711);
    assert_int_equal(sw_root_read(root, "a.txt", 5, &bytes, &length), SW_FILE_OK);
    assert_int_equal(length, 5);
    assert_string_equal(bytes, "hello");
    free(bytes);
    assert_int_equal(sw_root_read(root, "nothing", 0, &bytes, &length), SW_FILE_OK);
    assert_int_equal(length, 0);
    assert_string_equal(bytes, "");
    free(bytes);
    /* a file whose size the kernel does not say */
    assert_int_equal(sw_file_read("/proc/self/status", 1 << 20, &bytes, &length), SW_FILE_OK);
    assert_true(length > 100 && strlen(bytes) == length);
    free(bytes);
    assert_int_equal(sw_file_read("/proc/self/status", 50, &bytes, &length), SW_FILE_TOO_LARGE);
    assert_int_equal(sw_file_read("/no/such/file", 50, &bytes, &length), SW_FILE_MISSING);
    assert_int_equal(sw_file_read("/tmp", 50, &bytes, &length), SW_FILE_NOT_PLAIN);
    sw_root_destroy(root);
    sw_root_destroy(NULL);
}

static void roots_are_folders(void **state)
{
    (void)state;
    enum sw_file_status status = SW_FILE_OK;
    char path[256];
    assert_null(sw_root_create("/no/such/folder", &status));
    assert_int_equal(status, SW_FILE_MISSING);
    in_base(path, sizeof path, "secret.txt");
    status = SW_FILE_OK;
    assert_null(sw_root_create(path, &status));
    assert_int_not_equal(status, SW_FILE_OK);
}

static void folders_are_listed(void **state)
{
    (void)state;
    static const char *const expected[] = {"a.txt",   "absolute", "alias",  "dangling", "denied.txt", "empty/",
                                           "fifo",    "inside",   "nothing", "out",      "scenes/",    "up"};
    enum sw_file_status status;
    struct sw_arena arena = {0};
    const char **names;
    size_t count;
    struct sw_root *root = sw_root_create(root_path, &status);
    assert_non_null(root);
    assert_int_equal(sw_root_list(root, "", &arena, &names, &count), SW_FILE_OK);
    assert_int_equal(count, SW_COUNT(expected));
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(names[i], expected[i]);
    }
    assert_int_equal(sw_root_list(root, "empty", &arena, &names, &count), SW_FILE_OK);
    assert_int_equal(count, 0);
    assert_int_equal(sw_root_list(root, "scenes/deep/", &arena, &names, &count), SW_FILE_OK);
    assert_int_equal(count, 1);
    assert_int_equal(sw_root_list(root, "none", &arena, &names, &count), SW_FILE_MISSING);
    assert_int_equal(count, 0);
    assert_int_equal(sw_root_list(root, "inside", &arena, &names, &count), SW_FILE_OUTSIDE);
    sw_arena_finish(&arena);
    sw_root_destroy(root);
}

static void assert_content(const char *path, const char *expected)
{
    char *bytes;
    size_t length;
    assert_int_equal(sw_file_read(path, 1 << 20, &bytes, &length), SW_FILE_OK);
    assert_string_equal(bytes, expected);
    free(bytes);
}

static void files_are_replaced_whole(void **state)
{
    (void)state;
    char path[256];
    struct stat status;
    in_base(path, sizeof path, "rootless/state.json");
    assert_true(sw_file_write_atomic(path, "one", 3));
    assert_content(path, "one");
    chmod(path, 0600);
    /* whoever has the old one open keeps the old one */
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char old[8] = "";
    assert_true(sw_file_write_atomic(path, "second", 6));
    assert_content(path, "second");
    assert_int_equal(read(fd, old, sizeof old), 3);
    close(fd);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_true(sw_file_write_atomic(path, "", 0));
    assert_content(path, "");
    unlink(path);
    in_base(path, sizeof path, "none/state.json");
    assert_false(sw_file_write_atomic(path, "one", 3));
    in_base(path, sizeof path, "root");
    assert_false(sw_file_write_atomic(path, "one", 3));
    /* no temp file is left */
    enum sw_file_status opened;
    struct sw_root *root = sw_root_create(base, &opened);
    int left;
    char name[64];
    snprintf(name, sizeof name, ".root.%ld-0.tmp", (long)getpid());
    assert_int_equal(sw_root_open(root, name, &left), SW_FILE_MISSING);
    sw_root_destroy(root);
}

/* A file (or a trap) that bears the name of our temp file is left alone. */
static void temp_files_are_new(void **state)
{
    (void)state;
    char path[256], file[256], link[256], name[64];
    snprintf(name, sizeof name, "rootless/.state.json.%ld-0.tmp", (long)getpid());
    make_file(name, "another's");
    in_base(file, sizeof file, name);
    snprintf(name, sizeof name, "rootless/.state.json.%ld-1.tmp", (long)getpid());
    make_link("../secret.txt", name);
    in_base(link, sizeof link, name);
    in_base(path, sizeof path, "rootless/state.json");
    assert_true(sw_file_write_atomic(path, "ours", 4));
    assert_content(path, "ours");
    assert_content(file, "another's");
    assert_content(link, "secret");
    unlink(path);
    unlink(file);
    unlink(link);
}

static int fill_the_disk(void)
{
    static char bytes[100000];
    char path[256];
    const struct rlimit little = {4096, 4096};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &little);
    in_base(path, sizeof path, "secret.txt");
    return sw_file_write_atomic(path, bytes, sizeof bytes);
}

static void a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    char path[256];
    assert_int_equal(run_apart(fill_the_disk), 0);
    in_base(path, sizeof path, "secret.txt");
    assert_content(path, "secret");
}

static void folders_are_made_with_those_above(void **state)
{
    (void)state;
    char path[256], above[256], endless[5000];
    struct stat status;
    in_base(above, sizeof above, "rootless/a");
    in_base(path, sizeof path, "rootless/a/b/c");
    assert_true(sw_folder_make(path, 0700));
    assert_true(sw_folder_make(path, 0755)); /* stays as it is */
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_int_equal(stat(above, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    in_base(path, sizeof path, "secret.txt/a");
    assert_false(sw_folder_make(path, 0700));
    assert_int_equal(errno, ENOTDIR);
    memset(endless, 'a', sizeof endless);
    endless[sizeof endless - 1] = '\0';
    assert_false(sw_folder_make(endless, 0700));
    assert_false(sw_folder_make("", 0700));
}

static void every_status_has_words(void **state)
{
    (void)state;
    for (int status = SW_FILE_OK; status <= SW_FILE_FAILED; status++) {
        assert_true(strlen(sw_file_status_text((enum sw_file_status)status)) > 5);
    }
    assert_int_equal(sw_file_status_of(EIO), SW_FILE_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_root_is_not_left),       cmocka_unit_test(nor_without_openat2),
        cmocka_unit_test(files_are_read_whole),     cmocka_unit_test(what_may_not_be_read_is_denied),
        cmocka_unit_test(roots_are_folders),        cmocka_unit_test(folders_are_listed),
        cmocka_unit_test(files_are_replaced_whole), cmocka_unit_test(temp_files_are_new),
        cmocka_unit_test(a_full_disk_leaves_the_old_file),
        cmocka_unit_test(folders_are_made_with_those_above),
        cmocka_unit_test(every_status_has_words),
    };
    return cmocka_run_group_tests(tests, make_tree, drop_tree);
}
