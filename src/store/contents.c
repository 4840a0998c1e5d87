/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/contents.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"

#define HEAD "{\"schauwand\": \"contents 1\", \"files\": {\n"
#define TAIL "}}\n"
#define SIZE_DIGITS 20

struct reader {
    char *at;
    const char *line; /* where the one that is read begins */
    int number;       /* of it, from 1 */
    const char *name;
    struct sw_diags *diags;
};

/* At `at` of the line that is being read; false, for the caller to return. */
static bool fault(struct reader *reader, const char *at, const char *what, const char *rest)
{
    size_t bytes = sw_utf8_valid(reader->line, (size_t)(at - reader->line));
    int column = (int)sw_utf8_count(reader->line, bytes) + 1;
    sw_diags_add(reader->diags, SW_ERROR, reader->name, reader->number, column, NULL, "%s%s", what, rest);
    return false;
}

/* Passes over `text`. */
static bool expect(struct reader *reader, const char *text)
{
    size_t length = strlen(text);
    if (strncmp(reader->at, text, length) != 0)
        return fault(reader, reader->at, "a content list has here: ", text);
    reader->at += length;
    return true;
}

static bool read_path(struct reader *reader, struct sw_file_entry *entry)
{
    if (!expect(reader, "\""))
        return false;
    char *path = reader->at;
    size_t length = strcspn(path, "\"\n");
    if (path[length] != '"')
        return fault(reader, path, "the path does not end", "");
    const char *wrong = sw_path_fault(path, length);
    if (wrong != NULL)
        return fault(reader, path, "the path ", wrong);
    reader->at += length;
    if (!expect(reader, "\": [\""))
        return false;
    path[length] = '\0';
    entry->path = path;
    return true;
}

static bool read_object(struct reader *reader, struct sw_object *object)
{
    char text[SW_DIGEST_TEXT + 1] = "";
    memcpy(text, reader->at, strnlen(reader->at, SW_DIGEST_TEXT));
    if (!sw_digest_parse(text, &object->digest))
        return fault(reader, reader->at, "is no SHA-256; 64 of 0-9 and a-f are wanted", "");
    reader->at += SW_DIGEST_TEXT;
    if (!expect(reader, "\", "))
        return false;
    size_t digits = strspn(reader->at, "0123456789");
    if (digits == 0 || digits >= SIZE_DIGITS || (digits > 1 && reader->at[0] == '0'))
        return fault(reader, reader->at, "is no size; a number of bytes is wanted", "");
    object->bytes = strtoull(reader->at, NULL, 10);
    if (object->bytes > SW_OBJECT_MAX)
        return fault(reader, reader->at, "is a file of more than 64 GiB", "");
    reader->at += digits;
    return expect(reader, "]");
}

static bool read_files(struct reader *reader, struct sw_contents *contents)
{
    size_t capacity = 0;
    bool more = strncmp(reader->at, TAIL, strlen(TAIL)) != 0;
    while (more) {
        struct sw_file_entry entry;
        if (!read_path(reader, &entry))
            return false;
        if (contents->count > 0 && strcmp(contents->files[contents->count - 1].path, entry.path) >= 0)
            return fault(reader, reader->line + 1, "the paths are not sorted, or this one is there twice", "");
        if (!read_object(reader, &entry.object))
            return false;
        contents->sum += entry.object.bytes;
        if (contents->sum > SW_CONTENTS_SUM_MAX)
            return fault(reader, reader->line, "all files together have more than 2^50 bytes", "");
        contents->files = sw_grow(contents->files, &capacity, contents->count + 1, sizeof *contents->files);
        contents->files[contents->count++] = entry;
        more = *reader->at == ',';
        reader->at += more;
        if (!expect(reader, "\n"))
            return false;
        reader->line = reader->at;
        reader->number++;
    }
    return expect(reader, TAIL);
}

/* ---- what no single line shows ---- */

struct fold {
    uint64_t key;
    size_t index; /* of the file */
};

static int compare_folds(const void *left, const void *right)
{
    const struct fold *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static bool clash(struct reader *reader, const struct sw_contents *contents, size_t first, size_t second, const char *why)
{
    sw_diags_add(reader->diags, SW_ERROR, reader->name, (int)second + 2, 2, NULL, "\"%s\" and \"%s\" %s", contents->files[first].path,
                 contents->files[second].path, why);
    return false;
}

static bool no_twins(struct reader *reader, const struct sw_contents *contents)
{
    struct fold *folds = sw_alloc_array(contents->count, sizeof *folds);
    bool fine = true;
    for (size_t i = 0; i < contents->count; i++)
        folds[i] = (struct fold){sw_path_fold(contents->files[i].path, strlen(contents->files[i].path)), i};
    qsort(folds, contents->count, sizeof *folds, compare_folds);
    for (size_t i = 1; i < contents->count && fine; i++)
        if (folds[i].key == folds[i - 1].key)
            fine = clash(reader, contents, folds[i - 1].index, folds[i].index, "differ in upper and lower case alone");
    free(folds);
    return fine;
}

/* No file is a folder of another: "a" and "a/b". */
static bool no_folders(struct reader *reader, const struct sw_contents *contents)
{
    char folder[SW_PATH_MAX + 1];
    for (size_t i = 0; i < contents->count; i++) {
        const char *path = contents->files[i].path;
        for (const char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
            memcpy(folder, path, (size_t)(slash - path));
            folder[slash - path] = '\0';
            const struct sw_file_entry *file = sw_contents_find(contents, folder);
            if (file != NULL)
                return clash(reader, contents, (size_t)(file - contents->files), i, "cannot both be: a file is no folder");
        }
    }
    return true;
}

/* A NUL would end the text early for all that follows. */
static bool whole_text(struct reader *reader, const char *bytes, size_t length)
{
    const char *nul = memchr(bytes, '\0', length);
    if (nul == NULL)
        return true;
    for (const char *at = bytes; at < nul; at++) {
        if (*at == '\n') {
            reader->line = at + 1;
            reader->number++;
        }
    }
    return fault(reader, nul, "a NUL byte", "");
}

static bool read_all(struct reader *reader, struct sw_contents *contents, size_t length)
{
    if (!whole_text(reader, contents->text, length))
        return false;
    if (!expect(reader, HEAD))
        return false;
    reader->line = reader->at;
    reader->number++;
    if (!read_files(reader, contents))
        return false;
    if (*reader->at != '\0')
        return fault(reader, reader->at, "nothing may follow", "");
    return no_twins(reader, contents) && no_folders(reader, contents);
}

struct sw_contents *sw_contents_create(const char *bytes, size_t length, const char *name, struct sw_diags *diags)
{
    if (length > SW_CONTENTS_MAX) {
        sw_diags_add(diags, SW_ERROR, name, 0, 0, NULL, "is longer than 64 MiB");
        return NULL;
    }
    struct sw_contents *contents = sw_alloc(sizeof *contents);
    contents->text = sw_alloc(length + 1);
    if (length > 0)
        memcpy(contents->text, bytes, length);
    struct reader reader = {.at = contents->text, .line = contents->text, .number = 1, .name = name, .diags = diags};
    if (!read_all(&reader, contents, length)) {
        sw_contents_destroy(contents);
        return NULL;
    }
    return contents;
}

void sw_contents_destroy(struct sw_contents *contents)
{
    if (contents != NULL) {
        free(contents->files);
        free(contents->text);
        free(contents);
    }
}

static int compare_path(const void *path, const void *entry) { return strcmp(path, ((const struct sw_file_entry *)entry)->path); }

const struct sw_file_entry *sw_contents_find(const struct sw_contents *contents, const char *path)
{
    return contents->count > 0 ? bsearch(path, contents->files, contents->count, sizeof *contents->files, compare_path) : NULL;
}

char *sw_contents_write(const struct sw_file_entry *files, size_t count, size_t *length)
{
    char digest[SW_DIGEST_TEXT + 1];
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, SW_CONTENTS_MAX);
    sw_buffer_add_text(&buffer, HEAD);
    for (size_t i = 0; i < count && !buffer.full; i++) {
        assert(sw_path_fault(files[i].path, strlen(files[i].path)) == NULL);
        assert(i == 0 || strcmp(files[i - 1].path, files[i].path) < 0);
        sw_buffer_printf(&buffer, "\"%s\": [\"%s\", %" PRIu64 "]%s\n", files[i].path, sw_digest_text(&files[i].object.digest, digest),
                         files[i].object.bytes, i + 1 < count ? "," : "");
    }
    sw_buffer_add_text(&buffer, TAIL);
    if (buffer.full) {
        sw_buffer_finish(&buffer);
        return NULL;
    }
    *length = buffer.length;
    return buffer.bytes;
}

void sw_contents_place(const struct sw_contents *contents, struct sw_arena *arena, struct sw_root_file *files)
{
    for (size_t i = 0; i < contents->count; i++) {
        const struct sw_file_entry *file = &contents->files[i];
        char digest[SW_DIGEST_TEXT + 1];
        files[i] = (struct sw_root_file){.path = file->path,
                                         .target = sw_arena_printf(arena, "objects/%s", sw_digest_text(&file->object.digest, digest))};
    }
}
