/* SPDX-License-Identifier: EUPL-1.2 */
/* A root that is a list: it looks like a folder, whatever lies where. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define MANY 100000

static char store[] = "/tmp/schauwand-list-XXXXXX";

static void make_file(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", store, name);
    assert_true(sw_file_write_atomic(path, text, strlen(text)));
}

static int make_store(void **state)
{
    (void)state;
    char path[128];
    if (mkdtemp(store) == NULL) {
        return 1;
    }
    snprintf(path, sizeof path, "%s/objects", store);
    mkdir(path, 0755);
    make_file("objects/aa", "{\"scene\": 1}");
    make_file("objects/bb", "picture");
    make_file("secret", "secret");
    snprintf(path, sizeof path, "%s/objects/link", store);
    return symlink("../secret", path);
}

static int drop_store(void **state)
{
    (void)state;
    static const char *const names[] = {"objects/aa", "objects/bb", "objects/link", "objects", "secret", ""};
    char path[128];
    int failed = 0;
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        snprintf(path, sizeof path, "%s/%s", store, names[i]);
        failed += remove(path) != 0;
    }
    return failed;
}

/* In no order; the last of "scenes/playlists/foyer.json" lies over the first. */
static const struct sw_root_file files[] = {
    {.path = "scenes/rhein/scene.json", .target = "objects/aa"},
    {.path = "scenes/playlists/foyer.json", .target = "objects/aa"},
    {.path = "media/rhein.png", .target = "objects/bb"},
    {.path = "scenes/rhein.json", .target = "objects/aa"},
    {.path = "scenes/rhein-alt.json", .target = "objects/gone"},
    {.path = "scenes/.hidden", .target = "objects/aa"},
    {.path = "media/same.png", .target = "objects/bb"},
    {.path = "media/link.png", .target = "objects/link"},
    {.path = "media/folder.png", .target = "objects"},
    {.path = "scenes/playlists/foyer.json", .bytes = "{\"loop\": []}", .length = 12},
    {.path = "scenes/playlists/empty.json", .bytes = "", .length = 0},
    {.path = "scenes//./theme.json", .bytes = "{}", .length = 2},
};

static struct sw_root *open_list(void)
{
    enum sw_file_status status = SW_FILE_FAILED;
    struct sw_root *root = sw_root_create_list(store, files, SW_COUNT(files), &status);
    assert_non_null(root);
    assert_int_equal(status, SW_FILE_OK);
    return root;
}

static void files_are_opened_by_their_paths(void **state)
{
    static const struct {
        const char *path;
        enum sw_file_status expected;
        const char *content;
    } cases[] = {
        {"scenes/rhein/scene.json", SW_FILE_OK, "{\"scene\": 1}"},
        {"./scenes//rhein/./scene.json", SW_FILE_OK, "{\"scene\": 1}"},
        {"media/same.png", SW_FILE_OK, "picture"},
        {"scenes/playlists/foyer.json", SW_FILE_OK, "{\"loop\": []}"},
        {"scenes/playlists/empty.json", SW_FILE_OK, ""},
        {"scenes/theme.json", SW_FILE_OK, "{}"},
        {"scenes/.hidden", SW_FILE_OK, "{\"scene\": 1}"},
        {"", SW_FILE_MISSING, NULL},
        {"objects/aa", SW_FILE_MISSING, NULL}, /* the folder itself is not to be seen */
        {"secret", SW_FILE_MISSING, NULL},
        {"scene", SW_FILE_MISSING, NULL},
        {"scenes/rhein.jso", SW_FILE_MISSING, NULL},
        {"scenes/rhein.json5", SW_FILE_MISSING, NULL},
        {"scenes/rhein.json/x", SW_FILE_MISSING, NULL},
        {"scenes/rhein-alt.json", SW_FILE_MISSING, NULL}, /* its target is gone */
        {"scenes", SW_FILE_NOT_PLAIN, NULL},
        {"scenes/playlists", SW_FILE_NOT_PLAIN, NULL},
        {"scenes/", SW_FILE_NOT_PLAIN, NULL},
        {".", SW_FILE_NOT_PLAIN, NULL},
        {"media/folder.png", SW_FILE_NOT_PLAIN, NULL},
        {"..", SW_FILE_OUTSIDE, NULL},
        {"scenes/../scenes/rhein.json", SW_FILE_OUTSIDE, NULL},
        {"../secret", SW_FILE_OUTSIDE, NULL},
        {"/etc/passwd", SW_FILE_OUTSIDE, NULL},
        {"media/link.png", SW_FILE_OUTSIDE, NULL},
    };
    (void)state;
    struct sw_root *root = open_list();
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        char *bytes = NULL;
        size_t length = 0;
        enum sw_file_status status = sw_root_read(root, cases[i].path, 100, &bytes, &length);
        if (status != cases[i].expected || (bytes != NULL) != (cases[i].content != NULL)) {
            fail_msg("%s: %d, not %d", cases[i].path, status, cases[i].expected);
        }
        if (bytes != NULL) {
            assert_string_equal(bytes, cases[i].content);
            assert_int_equal(length, strlen(cases[i].content));
        }
        free(bytes);
    }
    sw_root_destroy(root);
}

/* Nobody who is handed such a file can change what another reads. */
static void bytes_are_sealed_memory(void **state)
{
    (void)state;
    struct sw_root *root = open_list();
    int one, other;
    char text[16] = "";
    assert_int_equal(sw_root_open(root, "scenes/playlists/foyer.json", &one), SW_FILE_OK);
    assert_int_equal(sw_root_open(root, "scenes/playlists/foyer.json", &other), SW_FILE_OK);
    assert_int_equal(fcntl(one, F_GETFD), FD_CLOEXEC);
    assert_int_equal(fcntl(one, F_GET_SEALS), F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
    assert_int_equal(write(one, "x", 1), -1);
    assert_int_equal(read(one, text, 4), 4);
    assert_int_equal(read(other, text, sizeof text), 12); /* from its start */
    close(one);
    close(other);
    sw_root_destroy(root);
}

static void check_names(const struct sw_root *root, const char *folder, const char *expected)
{
    struct sw_arena arena = {0};
    const char **names = NULL;
    size_t count = 0;
    char text[256] = "";
    assert_int_equal(sw_root_list(root, folder, &arena, &names, &count), SW_FILE_OK);
    for (size_t i = 0; i < count; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s ", names[i]);
    }
    assert_string_equal(text, expected);
    sw_arena_finish(&arena);
}

static void folders_are_listed_as_a_file_system_does(void **state)
{
    (void)state;
    struct sw_arena arena = {0};
    const char **names = NULL;
    size_t count = 1;
    struct sw_root *root = open_list();
    check_names(root, "", "media/ scenes/ ");
    check_names(root, ".", "media/ scenes/ ");
    check_names(root, "scenes", "playlists/ rhein-alt.json rhein.json rhein/ theme.json ");
    check_names(root, "scenes/", "playlists/ rhein-alt.json rhein.json rhein/ theme.json ");
    check_names(root, "scenes/./playlists", "empty.json foyer.json ");
    check_names(root, "media", "folder.png link.png rhein.png same.png ");
    assert_int_equal(sw_root_list(root, "scene", &arena, &names, &count), SW_FILE_MISSING);
    assert_int_equal(count, 0);
    assert_int_equal(sw_root_list(root, "scenes/rhein.json", &arena, &names, &count), SW_FILE_MISSING);
    assert_int_equal(sw_root_list(root, "objects", &arena, &names, &count), SW_FILE_MISSING);
    assert_int_equal(sw_root_list(root, "scenes/../scenes", &arena, &names, &count), SW_FILE_OUTSIDE);
    assert_int_equal(sw_root_list(root, "/", &arena, &names, &count), SW_FILE_OUTSIDE);
    sw_root_destroy(root);
    sw_arena_finish(&arena);
}

static void files_are_located(void **state)
{
    static const char *const nowhere[] = {
        "", "scenes/playlists/foyer.json", "scenes/rhein-alt.json", "scenes", "media/link.png", "secret", "../secret", "/etc/passwd"};
    (void)state;
    struct sw_arena arena = {0};
    enum sw_file_status status;
    char expected[128];
    struct sw_root *root = open_list(), *folder = sw_root_create(store, &status);
    snprintf(expected, sizeof expected, "%s/objects/bb", store);
    assert_string_equal(sw_root_locate(root, "media/rhein.png", &arena), expected);
    assert_string_equal(sw_root_locate(folder, "objects/bb", &arena), expected);
    for (size_t i = 0; i < SW_COUNT(nowhere); i++) {
        assert_null(sw_root_locate(root, nowhere[i], &arena));
    }
    assert_null(sw_root_locate(folder, "objects/link", &arena));
    assert_null(sw_root_locate(folder, "objects/../secret", &arena));
    assert_null(sw_root_locate(folder, "objects", &arena));
    assert_string_equal(sw_root_path(root), store);
    sw_root_destroy(root);
    sw_root_destroy(folder);
    sw_arena_finish(&arena);
}

static void nothing_leads_out(void **state)
{
    static const struct sw_root_file bad[] = {
        {.path = "a", .target = "../secret"},
        {.path = "a", .target = "/etc/passwd"},
        {.path = "a", .target = "objects/../../x"},
        {.path = "a", .target = ""},
        {.path = "a", .target = NULL},
        {.path = "../a", .target = "objects/aa"},
        {.path = "/a", .target = "objects/aa"},
        {.path = "", .target = "objects/aa"},
        {.path = "./", .target = "objects/aa"},
        {.path = "x/../a", .bytes = "x", .length = 1},
    };
    (void)state;
    enum sw_file_status status;
    for (size_t i = 0; i < SW_COUNT(bad); i++) {
        const struct sw_root_file two[] = {files[0], bad[i]};
        status = SW_FILE_OK;
        assert_null(sw_root_create_list(store, two, 2, &status));
        assert_int_equal(status, SW_FILE_OUTSIDE);
    }
    assert_null(sw_root_create_list("/no/such/folder", files, SW_COUNT(files), &status));
    assert_int_equal(status, SW_FILE_MISSING);
}

static void an_empty_list_is_an_empty_folder(void **state)
{
    (void)state;
    enum sw_file_status status;
    int fd;
    struct sw_root *root = sw_root_create_list(store, NULL, 0, &status);
    assert_non_null(root);
    check_names(root, "", "");
    assert_int_equal(sw_root_open(root, "objects/aa", &fd), SW_FILE_MISSING);
    sw_root_destroy(root);
}

static void a_hundred_thousand_files_are_found(void **state)
{
    (void)state;
    static char paths[MANY + 1][32];
    struct sw_root_file *many = calloc(MANY + 1, sizeof *many);
    struct sw_arena arena = {0};
    enum sw_file_status status;
    const char **names = NULL;
    size_t count = 0;
    assert_non_null(many);
    for (size_t i = 0; i <= MANY; i++) {
        size_t shuffled = i * 7919 % (MANY + 1);
        snprintf(paths[i], sizeof paths[i], "media/%06zu.png", shuffled);
        many[i] = (struct sw_root_file){.path = paths[i], .target = "objects/bb"};
    }
    struct sw_root *root = sw_root_create_list(store, many, MANY, &status);
    assert_non_null(root);
    for (size_t i = 0; i < MANY; i++) {
        int fd;
        assert_int_equal(sw_root_open(root, paths[i], &fd), SW_FILE_OK);
        close(fd);
    }
    assert_int_equal(sw_root_list(root, "media", &arena, &names, &count), SW_FILE_OK);
    assert_int_equal(count, MANY);
    for (size_t i = 1; i < count; i++) {
        assert_true(strcmp(names[i - 1], names[i]) < 0);
    }
    check_names(root, "", "media/ ");
    sw_root_destroy(root);
    root = sw_root_create_list(store, many, MANY + 1, &status);
    assert_int_equal(sw_root_list(root, "media", &arena, &names, &count), SW_FILE_TOO_LARGE); /* as in a folder */
    sw_root_destroy(root);
    sw_arena_finish(&arena);
    free(many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_opened_by_their_paths),
        cmocka_unit_test(bytes_are_sealed_memory),
        cmocka_unit_test(folders_are_listed_as_a_file_system_does),
        cmocka_unit_test(files_are_located),
        cmocka_unit_test(nothing_leads_out),
        cmocka_unit_test(an_empty_list_is_an_empty_folder),
        cmocka_unit_test(a_hundred_thousand_files_are_found),
    };
    return cmocka_run_group_tests(tests, make_store, drop_store);
}
