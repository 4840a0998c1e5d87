/* SPDX-License-Identifier: EUPL-1.2 */
/* What check remembers: what was used stays, what was not goes, and of a file that is not whole nothing is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "player/check/memo.h"

struct bed {
    char folder[64], file[128];
};

static void path_of(struct bed *bed)
{
    struct sw_memo memo;
    sw_memo_open(&memo, bed->folder, "/an/exhibition");
    (void)snprintf(bed->file, sizeof bed->file, "%s", memo.file);
    sw_memo_close(&memo);
}

static int begin(void **state)
{
    struct bed *bed = calloc(1, sizeof *bed);
    (void)snprintf(bed->folder, sizeof bed->folder, "/tmp/schauwand-memo-XXXXXX");
    assert_non_null(mkdtemp(bed->folder));
    path_of(bed);
    *state = bed;
    return 0;
}

static int end(void **state)
{
    struct bed *bed = *state;
    (void)unlink(bed->file);
    assert_int_equal(rmdir(bed->folder), 0);
    free(bed);
    return 0;
}

static void keep_two(const struct bed *bed)
{
    struct sw_memo memo;
    sw_memo_open(&memo, bed->folder, "/an/exhibition");
    sw_memo_keep(&memo, "scene b", "one\ntwo\n");
    sw_memo_keep(&memo, "scene a", "");
    sw_memo_close(&memo);
}

static void what_is_used_stays(void **state)
{
    const struct bed *bed = *state;
    struct sw_memo memo;
    keep_two(bed);
    sw_memo_open(&memo, bed->folder, "/an/exhibition");
    assert_string_equal(sw_memo_find(&memo, "scene b"), "one\ntwo\n");
    assert_string_equal(sw_memo_find(&memo, "scene a"), "");
    assert_null(sw_memo_find(&memo, "scene"));
    sw_memo_use(&memo, "scene b");
    sw_memo_close(&memo);
    sw_memo_open(&memo, bed->folder, "/an/exhibition");
    assert_non_null(sw_memo_find(&memo, "scene b"));
    assert_null(sw_memo_find(&memo, "scene a"));
    sw_memo_close(&memo);
    sw_memo_open(&memo, bed->folder, "/another");
    assert_null(sw_memo_find(&memo, "scene b"));
    sw_memo_close(&memo);
}

/* Every byte in turn, and every length. */
static void nothing_damaged_is_believed(void **state)
{
    const struct bed *bed = *state;
    char *whole = NULL;
    size_t length = 0;
    keep_two(bed);
    assert_int_equal(sw_file_read(bed->file, SW_MEMO_BYTES_MAX, &whole, &length), SW_FILE_OK);
    for (size_t i = 0; i < 2 * length; i++) {
        struct sw_memo memo;
        FILE *file = fopen(bed->file, "wb");
        assert_non_null(file);
        if (i < length)
            whole[i] ^= 1;
        assert_int_equal(fwrite(whole, 1, i < length ? length : i - length, file), i < length ? length : i - length);
        assert_int_equal(fclose(file), 0);
        if (i < length)
            whole[i] ^= 1;
        sw_memo_open(&memo, bed->folder, "/an/exhibition");
        assert_int_equal(memo.count, 0);
        assert_null(sw_memo_find(&memo, "scene b"));
        sw_memo_close(&memo);
    }
    free(whole);
}

static void old_ones_go(void **state)
{
    const struct bed *bed = *state;
    char names[SW_MEMO_FILES_MAX + 4][192];
    size_t there = 0;
    for (size_t i = 0; i < SW_COUNT(names); i++) {
        struct sw_memo memo;
        char of[32];
        (void)snprintf(of, sizeof of, "/exhibition-%zu", i);
        sw_memo_open(&memo, bed->folder, of);
        (void)snprintf(names[i], sizeof names[i], "%s", memo.file);
        sw_memo_keep(&memo, "key", "text");
        sw_memo_close(&memo);
        assert_int_equal(access(names[i], F_OK), 0);
    }
    for (size_t i = 0; i < SW_COUNT(names); i++)
        there += unlink(names[i]) == 0;
    assert_int_equal(there, SW_MEMO_FILES_MAX);
}

static void without_a_folder_nothing_is_kept(void **state)
{
    (void)state;
    static const char *const folders[] = {NULL, "", "/dev/null/none"};
    for (size_t i = 0; i < SW_COUNT(folders); i++) {
        struct sw_memo memo;
        sw_memo_open(&memo, folders[i], "/an/exhibition");
        sw_memo_keep(&memo, "key", "text");
        assert_null(sw_memo_find(&memo, "key"));
        sw_memo_close(&memo);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_used_stays, begin, end),
        cmocka_unit_test_setup_teardown(nothing_damaged_is_believed, begin, end),
        cmocka_unit_test_setup_teardown(old_ones_go, begin, end),
        cmocka_unit_test(without_a_folder_nothing_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
