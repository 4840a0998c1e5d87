/* SPDX-License-Identifier: EUPL-1.2 */
#include "lang/entry.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lang/document.h"

static const char empty[] = "{\n}\n";

static void write_entry(struct sw_buffer *out, const struct sw_entry *entry)
{
    const char *between = "";
    if (entry->of == NULL && entry->by == NULL && entry->text != NULL) {
        sw_edit_write_lines(out, entry->text);
        return;
    }
    sw_buffer_add_text(out, "{");
    if (entry->text != NULL) {
        sw_buffer_add_text(out, "\"text\": ");
        sw_edit_write_lines(out, entry->text);
        between = ", ";
    }
    if (entry->of != NULL) {
        sw_buffer_printf(out, "%s\"of\": \"%s\"", between, entry->of);
        between = ", ";
    }
    if (entry->by != NULL) {
        sw_buffer_printf(out, "%s\"reviewed\": {\"by\": ", between);
        sw_edit_write_text(out, entry->by);
        sw_buffer_printf(out, ", \"text\": \"%s\"}", entry->reviewed);
    }
    sw_buffer_add_text(out, "}");
}

static void write_member(struct sw_buffer *out, const struct sw_entry *entry, bool first)
{
    sw_buffer_add_text(out, first ? "    " : ",\n    ");
    sw_edit_write_text(out, entry->path);
    sw_buffer_add_text(out, ": ");
    write_entry(out, entry);
}

/* The entries of one file, which is there: replaced or added. */
static void put_file(struct sw_document_edit *edit, const cJSON *file, const struct sw_entry *entries, size_t count)
{
    struct sw_buffer added, value;
    sw_buffer_init(&added, SIZE_MAX);
    sw_buffer_init(&value, SIZE_MAX);
    for (size_t i = 0; i < count; i++) {
        const cJSON *node = sw_json_get(file, entries[i].path);
        sw_buffer_clear(&value);
        if (node == NULL) {
            write_member(&added, &entries[i], added.length == 0);
        } else {
            write_entry(&value, &entries[i]);
            sw_edit_replace(edit, node, sw_buffer_text(&value));
        }
    }
    if (added.length > 0)
        sw_edit_append(edit, file, sw_buffer_text(&added), 2);
    sw_buffer_finish(&added);
    sw_buffer_finish(&value);
}

/* Those of a file that is not there yet, as one more member of the document. */
static void write_file(struct sw_buffer *out, const struct sw_entry *entries, size_t count)
{
    sw_buffer_add_text(out, out->length == 0 ? "  " : ",\n  ");
    sw_edit_write_text(out, entries[0].file);
    sw_buffer_add_text(out, ": {\n");
    for (size_t i = 0; i < count; i++)
        write_member(out, &entries[i], i == 0);
    sw_buffer_add_text(out, "\n  }");
}

static int compare(const void *a, const void *b)
{
    const struct sw_entry *x = *(const struct sw_entry *const *)a, *y = *(const struct sw_entry *const *)b;
    int order = strcmp(x->file, y->file);
    return order != 0 ? order : (x > y) - (x < y);
}

/* The entries by file, as they come within one. */
static struct sw_entry *sorted(const struct sw_entry *entries, size_t count)
{
    const struct sw_entry **order = sw_alloc_array(count + 1, sizeof *order);
    struct sw_entry *list = sw_alloc_array(count + 1, sizeof *list);
    for (size_t i = 0; i < count; i++)
        order[i] = &entries[i];
    qsort(order, count, sizeof *order, compare);
    for (size_t i = 0; i < count; i++)
        list[i] = *order[i];
    free(order);
    return list;
}

static void put_all(struct sw_document_edit *edit, const struct sw_entry *list, size_t count)
{
    struct sw_buffer files;
    sw_buffer_init(&files, SIZE_MAX);
    for (size_t i = 0, next = 0; i < count; i = next) {
        while (next < count && strcmp(list[next].file, list[i].file) == 0)
            next++;
        const cJSON *file = sw_json_get(edit->json->root, list[i].file);
        if (cJSON_IsObject(file))
            put_file(edit, file, &list[i], next - i);
        else
            write_file(&files, &list[i], next - i);
    }
    if (files.length > 0)
        sw_edit_append(edit, edit->json->root, sw_buffer_text(&files), 0);
    sw_buffer_finish(&files);
}

/* What was made is a file that the loader takes. */
static bool is_sound(const struct sw_buffer *made, const char *name, struct sw_diags *diags)
{
    if (made->full) {
        sw_diags_add(diags, SW_ERROR, name, 0, 0, NULL, "would become larger than %zu bytes", SW_JSON_BYTES_MAX);
        return false;
    }
    struct sw_json *json = sw_json_create(made->bytes, made->length, SW_JSON_CURATOR, name, diags);
    sw_json_destroy(json);
    return json != NULL;
}

bool sw_entries_put(const struct sw_entry *entries, size_t count, const char *name, const char *old, size_t old_length,
                    struct sw_buffer *out, struct sw_diags *diags)
{
    struct sw_document_edit edit;
    struct sw_buffer made;
    if (old == NULL) {
        old = empty;
        old_length = sizeof empty - 1;
    }
    if (!sw_edit_begin(&edit, name, old, old_length, diags))
        return false;
    if (!cJSON_IsObject(edit.json->root)) {
        sw_diags_add(diags, SW_ERROR, name, 1, 1, NULL, "holds no object; a file of an exhibition begins with {");
        sw_edit_finish(&edit);
        return false;
    }
    struct sw_entry *list = sorted(entries, count);
    put_all(&edit, list, count);
    sw_buffer_init(&made, SW_JSON_BYTES_MAX);
    sw_edit_write(&edit, &made);
    bool sound = is_sound(&made, name, diags);
    if (sound)
        sw_buffer_add(out, made.bytes, made.length);
    sw_buffer_finish(&made);
    free(list);
    sw_edit_finish(&edit);
    return sound;
}
