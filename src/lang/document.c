/* SPDX-License-Identifier: EUPL-1.2 */
#include "lang/document.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "json/write.h"

/* `length` bytes from `at` on give way to `text`. */
struct sw_patch {
    size_t at, length, order;
    char *text; /* owned */
};

bool sw_edit_begin(struct sw_document_edit *edit, const char *file, const char *bytes, size_t length, struct sw_diags *diags)
{
    *edit = (struct sw_document_edit){.bytes = bytes, .length = length};
    edit->json = sw_json_create(bytes, length, SW_JSON_CURATOR, file, diags);
    if (edit->json == NULL)
        return false;
    size_t count = 0, capacity = 0;
    for (size_t at = 0; at <= length;) {
        edit->lines = sw_grow(edit->lines, &capacity, count + 1, sizeof *edit->lines);
        edit->lines[count++] = at;
        const char *end = at < length ? memchr(bytes + at, '\n', length - at) : NULL;
        at = end != NULL ? (size_t)(end - bytes) + 1 : length + 1;
    }
    return true;
}

void sw_edit_finish(struct sw_document_edit *edit)
{
    for (size_t i = 0; i < edit->count; i++)
        free(edit->patches[i].text);
    free(edit->patches);
    free(edit->lines);
    sw_json_destroy(edit->json);
    *edit = (struct sw_document_edit){.json = NULL};
}

static void patch(struct sw_document_edit *edit, size_t at, size_t length, const char *text)
{
    edit->patches = sw_grow(edit->patches, &edit->capacity, edit->count + 1, sizeof *edit->patches);
    edit->patches[edit->count] = (struct sw_patch){at, length, edit->count, sw_strdup(text)};
    edit->count++;
}

/* -- where things are; the document has been found to be sound -- */

/* Where the value `node` begins. */
static size_t begin_of(const struct sw_document_edit *edit, const cJSON *node)
{
    int line = 0, column = 0;
    sw_json_place(edit->json, node, &line, &column);
    assert(line > 0);
    size_t at = edit->lines[line - 1];
    for (int c = 1; c < column; c++) {
        uint32_t code = 0;
        at += sw_utf8_decode(edit->bytes + at, edit->length - at, &code);
    }
    return at;
}

/* Behind the string that begins at `at`. */
static size_t string_end(const struct sw_document_edit *edit, size_t at)
{
    for (at++; edit->bytes[at] != '"'; at++)
        at += edit->bytes[at] == '\\';
    return at + 1;
}

/* Behind the comment at `at`; `at` where there is none. */
static size_t comment_end(const struct sw_document_edit *edit, size_t at)
{
    const char *bytes = edit->bytes;
    if (bytes[at] != '/' || at + 1 >= edit->length)
        return at;
    if (bytes[at + 1] == '/') {
        const char *end = memchr(bytes + at, '\n', edit->length - at);
        return end != NULL ? (size_t)(end - bytes) : edit->length;
    }
    for (at += 2; bytes[at] != '*' || bytes[at + 1] != '/'; at++)
        continue;
    return at + 2;
}

/* Behind the value that begins at `at`. */
static size_t value_end(const struct sw_document_edit *edit, size_t at)
{
    const char *bytes = edit->bytes;
    int depth = 0;
    do {
        if (bytes[at] == '"') {
            at = string_end(edit, at);
        } else if (bytes[at] == '/') {
            at = comment_end(edit, at);
        } else {
            depth += bytes[at] == '{' || bytes[at] == '[';
            depth -= bytes[at] == '}' || bytes[at] == ']';
            at++;
        }
    } while (depth > 0);
    if (bytes[at - 1] != '"' && bytes[at - 1] != '}' && bytes[at - 1] != ']')
        while (at < edit->length && strchr(",]} \t\r\n/", bytes[at]) == NULL)
            at++;
    return at;
}

/* -- what is changed -- */

void sw_edit_replace(struct sw_document_edit *edit, const cJSON *node, const char *written)
{
    size_t at = begin_of(edit, node);
    patch(edit, at, value_end(edit, at) - at, written);
}

/* The comma between `at` and `end`; `end`: there is none. */
static size_t comma_between(const struct sw_document_edit *edit, size_t at, size_t end)
{
    while (at < end && edit->bytes[at] != ',')
        at = edit->bytes[at] == '/' ? comment_end(edit, at) : at + 1;
    return at;
}

void sw_edit_append(struct sw_document_edit *edit, const cJSON *object, const char *written, int indent)
{
    struct sw_buffer text;
    const cJSON *last = object->child;
    size_t brace = value_end(edit, begin_of(edit, object)) - 1, at = brace;
    while (last != NULL && last->next != NULL)
        last = last->next;
    if (last != NULL) {
        size_t end = value_end(edit, begin_of(edit, last));
        if (comma_between(edit, end, brace) == brace)
            patch(edit, end, 0, ",");
    }
    while (at > 0 && strchr(" \t", edit->bytes[at - 1]) != NULL)
        at--;
    sw_buffer_init(&text, SIZE_MAX);
    bool line = at > 0 && edit->bytes[at - 1] == '\n';
    if (line) {
        sw_buffer_printf(&text, "%s\n", written);
    } else {
        sw_buffer_printf(&text, "\n%s\n%*s", written, indent, "");
    }
    patch(edit, at, line ? 0 : brace - at, sw_buffer_text(&text));
    sw_buffer_finish(&text);
}

static int compare(const void *a, const void *b)
{
    const struct sw_patch *x = a, *y = b;
    int order = (x->at > y->at) - (x->at < y->at);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

void sw_edit_write(const struct sw_document_edit *edit, struct sw_buffer *out)
{
    size_t at = 0;
    if (edit->count > 0)
        qsort(edit->patches, edit->count, sizeof *edit->patches, compare);
    for (size_t i = 0; i < edit->count; i++) {
        const struct sw_patch *patch_of = &edit->patches[i];
        assert(patch_of->at >= at);
        sw_buffer_add(out, edit->bytes + at, patch_of->at - at);
        sw_buffer_add_text(out, patch_of->text);
        at = patch_of->at + patch_of->length;
    }
    sw_buffer_add(out, edit->bytes + at, edit->length - at);
}

/* -- texts -- */

/* Whether nobody sees it, or takes it for something else: spaces that do not break, soft hyphens, marks of direction. */
static bool is_unseen(uint32_t code)
{
    return code == 0xa0 || code == 0xad || code == 0x61c || (code >= 0x2000 && code <= 0x200f) || (code >= 0x2028 && code <= 0x202f) ||
           (code >= 0x205f && code <= 0x206f) || code == 0xfeff;
}

static void write_part(struct sw_buffer *out, const char *text, size_t length)
{
    char *copy = sw_alloc(length + 1);
    memcpy(copy, text, length);
    struct sw_buffer quoted;
    sw_buffer_init(&quoted, SIZE_MAX);
    sw_json_write_text(&quoted, copy);
    const char *bytes = sw_buffer_text(&quoted);
    for (size_t i = 0; i < quoted.length;) {
        uint32_t code = 0;
        size_t count = sw_utf8_decode(bytes + i, quoted.length - i, &code);
        if (is_unseen(code))
            sw_buffer_printf(out, "\\u%04x", (unsigned)code);
        else
            sw_buffer_add(out, bytes + i, count);
        i += count;
    }
    sw_buffer_finish(&quoted);
    free(copy);
}

void sw_edit_write_text(struct sw_buffer *out, const char *text) { write_part(out, text, strlen(text)); }

void sw_edit_write_lines(struct sw_buffer *out, const char *text)
{
    size_t length = strcspn(text, "\n");
    if (text[length] == '\0') {
        sw_edit_write_text(out, text);
        return;
    }
    sw_buffer_add_text(out, "[");
    for (;;) {
        write_part(out, text, length);
        if (text[length] == '\0')
            break;
        sw_buffer_add_text(out, ", ");
        text += length + 1;
        length = strcspn(text, "\n");
    }
    sw_buffer_add_text(out, "]");
}
