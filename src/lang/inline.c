/* SPDX-License-Identifier: EUPL-1.2 */
#include "lang/inline.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lang/document.h"

static int compare(const void *a, const void *b)
{
    const struct sw_inline *x = a, *y = b;
    int order = strcmp(x->file, y->file);
    order = order != 0 ? order : (x->line > y->line) - (x->line < y->line);
    return order != 0 ? order : (x->column > y->column) - (x->column < y->column);
}

/* The text that is written at a place; NULL: none is. At most SW_JSON_DEPTH_MAX deep. */
static const cJSON *find(const struct sw_json *json, const cJSON *node, int line, int column)
{
    const cJSON *child = NULL, *found = NULL;
    int l = 0, c = 0;
    sw_json_place(json, node, &l, &c);
    if (l == line && c == column)
        return cJSON_IsString(node) || cJSON_IsArray(node) ? node : NULL;
    cJSON_ArrayForEach (child, node)
        if (found == NULL)
            found = find(json, child, line, column);
    return found;
}

static bool change(struct sw_document_edit *edit, const struct sw_inline *to, struct sw_diags *diags)
{
    struct sw_buffer written;
    const cJSON *node = find(edit->json, edit->json->root, to->line, to->column);
    if (node == NULL) {
        sw_diags_add(diags, SW_ERROR, to->file, to->line, to->column, NULL, "has changed meanwhile; try again");
        return false;
    }
    sw_buffer_init(&written, SIZE_MAX);
    sw_edit_write_lines(&written, to->text);
    sw_edit_replace(edit, node, sw_buffer_text(&written));
    sw_buffer_finish(&written);
    return true;
}

/* One file with all its changes. */
static bool make(const struct sw_root *root, const struct sw_inline *changes, size_t count, struct sw_buffer *made, struct sw_diags *diags)
{
    struct sw_document_edit edit = {.json = NULL};
    char *bytes = NULL;
    size_t length = 0;
    enum sw_file_status status = sw_root_read(root, changes->file, SW_JSON_BYTES_MAX, &bytes, &length);
    if (status != SW_FILE_OK) {
        sw_diags_add(diags, SW_ERROR, changes->file, 0, 0, NULL, "%s", sw_file_status_text(status));
        return false;
    }
    bool done = sw_edit_begin(&edit, changes->file, bytes, length, diags);
    for (size_t i = 0; i < count && done; i++)
        done = change(&edit, &changes[i], diags);
    if (done)
        sw_edit_write(&edit, made);
    sw_edit_finish(&edit);
    free(bytes);
    struct sw_json *json = done ? sw_json_create(sw_buffer_text(made), made->length, SW_JSON_CURATOR, changes->file, diags) : NULL;
    sw_json_destroy(json);
    return json != NULL;
}

bool sw_inline_make(const struct sw_root *root, struct sw_inline *changes, size_t count, struct sw_inline_file **files, size_t *file_count,
                    struct sw_diags *diags)
{
    struct sw_inline_file *list = sw_alloc_array(count + 1, sizeof *list);
    size_t made = 0;
    bool done = true;
    if (count > 0)
        qsort(changes, count, sizeof *changes, compare);
    for (size_t i = 0, next = 0; i < count; i = next) {
        while (next < count && strcmp(changes[next].file, changes[i].file) == 0)
            next++;
        list[made].file = changes[i].file;
        sw_buffer_init(&list[made].made, SW_JSON_BYTES_MAX);
        done = make(root, &changes[i], next - i, &list[made++].made, diags) && done;
    }
    if (!done) {
        sw_inline_free(list, made);
        list = NULL;
        made = 0;
    }
    *files = list;
    *file_count = made;
    return done;
}

void sw_inline_free(struct sw_inline_file *files, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sw_buffer_finish(&files[i].made);
    free(files);
}
