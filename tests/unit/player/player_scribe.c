/* SPDX-License-Identifier: EUPL-1.2 */
/* A small file kept as it is wanted: the newest text is on the disk at the end, whole, and nothing else is left beside it; where there is
 * no way to write, nothing hangs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "player/scribe.h"

static char folder[] = "/tmp/sw-scribe-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return rmdir(folder);
}

static void the_newest_is_there_at_the_end(void **state)
{
    (void)state;
    char path[64], text[32] = "", *bytes = NULL;
    size_t length = 0, entries = 0;
    (void)snprintf(path, sizeof path, "%s/words", folder);
    struct sw_scribe *scribe = sw_scribe_create(path);
    for (int i = 0; i < 2000; i++) {
        int written = snprintf(text, sizeof text, "text %d\n", i);
        sw_scribe_write(scribe, text, (size_t)written);
    }
    sw_scribe_destroy(scribe);
    assert_int_equal(sw_file_read(path, sizeof text, &bytes, &length), SW_FILE_OK);
    assert_string_equal(bytes, "text 1999\n");
    free(bytes);
    DIR *stream = opendir(folder);
    while (readdir(stream) != NULL)
        entries++;
    (void)closedir(stream);
    assert_int_equal(entries, 3); /* with "." and ".." */
    assert_int_equal(unlink(path), 0);
}

static void nowhere_to_write(void **state)
{
    (void)state;
    char path[64];
    (void)snprintf(path, sizeof path, "%s/none/words", folder);
    struct sw_scribe *scribe = sw_scribe_create(path);
    for (int i = 0; i < 20; i++)
        sw_scribe_write(scribe, "text", 4);
    sw_scribe_destroy(scribe);
    assert_int_equal(access(path, F_OK), -1);
    sw_scribe_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_newest_is_there_at_the_end), cmocka_unit_test(nowhere_to_write)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
