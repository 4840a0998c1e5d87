/* SPDX-License-Identifier: EUPL-1.2 */
#include "load_house.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"

static void run(const char *before, const char *folder)
{
    char command[512];
    (void)snprintf(command, sizeof command, "%s '%s'", before, folder);
    assert_int_equal(system(command), 0);
}

int house_open(void **state)
{
    struct house *house = calloc(1, sizeof *house);
    assert_non_null(house);
    (void)snprintf(house->folder, sizeof house->folder, "/tmp/schauwand-house-XXXXXX");
    assert_non_null(mkdtemp(house->folder));
    run("cp -r '" SW_SOURCE_DIR "/tests/bad/base/.'", house->folder);
    sw_diags_init(&house->diags);
    *state = house;
    return 0;
}

int house_close(void **state)
{
    struct house *house = *state;
    sw_exhibition_destroy(house->exhibition);
    sw_diags_finish(&house->diags);
    run("rm -r", house->folder);
    free(house);
    return 0;
}

void house_put(struct house *house, const char *file, const char *text)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", house->folder, file);
    assert_true(sw_file_write_atomic(path, text, strlen(text)));
}

void house_expect(struct house *house, const char *const *lines, size_t count)
{
    struct sw_arena arena = {0};
    for (size_t i = 0; i < house->diags.count && i < count; i++)
        assert_string_equal(sw_diag_format(&house->diags.items[i], &arena), sw_arena_printf(&arena, "%s\n", lines[i]));
    if (house->diags.count != count)
        sw_diags_print(&house->diags, stderr);
    assert_int_equal(house->diags.count, count);
    sw_arena_finish(&arena);
}
