/* SPDX-License-Identifier: EUPL-1.2 */
/* Content lists: there is one way to write each, so what is read is, written again, the same bytes; no path in it leads anywhere else. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "store/contents.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_contents *contents = sw_contents_create((const char *)data, length, "c", &diags);
    assert(diags.count == (contents == NULL));
    if (contents != NULL) {
        size_t written = 0;
        char *text = sw_contents_write(contents->files, contents->count, &written);
        assert(text != NULL && written == length && memcmp(text, data, length) == 0);
        for (size_t i = 0; i < contents->count; i++) {
            const char *path = contents->files[i].path;
            assert(path[0] != '/' && path[0] != '.' && strstr(path, "/.") == NULL && strchr(path, '\\') == NULL);
            assert(sw_contents_find(contents, path) == &contents->files[i]);
        }
        free(text);
    }
    sw_contents_destroy(contents);
    sw_diags_finish(&diags);
    return 0;
}
