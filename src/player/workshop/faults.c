/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/workshop/faults.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "json/json.h"

#define LINE_BYTES (4 * SW_FAULT_SOURCE_MAX + 1)
#define BEFORE 56 /* code points that are left before what is meant, where a line is too long */

static bool continues(char byte) { return ((unsigned char)byte & 0xc0) == 0x80; }

/* `count` code points further, but not beyond `end`. */
static const char *skip(const char *at, const char *end, int count)
{
    while (count > 0 && at < end) {
        at++;
        while (at < end && continues(*at))
            at++;
        count--;
    }
    return at;
}

static int length_of(const char *at, const char *end)
{
    int count = 0;
    for (; at < end; at++)
        count += !continues(*at);
    return count;
}

/* The line's bytes; false: there is no such line. */
static bool find_line(const char *bytes, size_t length, int line, const char **from, const char **to)
{
    const char *at = bytes, *end = bytes + length;
    for (int i = 1; i < line && at != NULL; i++) {
        at = memchr(at, '\n', (size_t)(end - at));
        at = at != NULL ? at + 1 : NULL;
    }
    if (at == NULL)
        return false;
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    *from = at;
    *to = stop != NULL ? stop : end;
    return true;
}

/* Spaces instead of tabs; what is no text is written as such lines are. */
static const char *plain(struct sw_arena *arena, const char *before, const char *from, const char *to, const char *after)
{
    char raw[LINE_BYTES], line[LINE_BYTES];
    size_t length = (size_t)(to - from) < LINE_BYTES - 1 ? (size_t)(to - from) : LINE_BYTES - 1;
    for (size_t i = 0; i < length; i++)
        raw[i] = from[i] == '\t' || from[i] == '\0' ? ' ' : from[i];
    raw[length] = '\0';
    sw_utf8_put_line(line, sizeof line, raw);
    return sw_arena_printf(arena, "%s%s%s", before, line, after);
}

static void quote_line(struct sw_faults *faults, struct sw_fault *fault, const char *from, const char *to)
{
    int column = fault->column > 0 ? fault->column - 1 : 0;
    const char *first = from;
    while (first < to && (*first == ' ' || *first == '\t'))
        first++;
    while (to > first && (to[-1] == '\r' || to[-1] == ' '))
        to--;
    int indent = (int)(first - from), all = length_of(first, to), caret = column > indent ? column - indent : 0;
    caret = caret < all ? caret : all;
    int cut = all > SW_FAULT_SOURCE_MAX && caret > BEFORE ? caret - BEFORE : 0;
    if (cut > all - SW_FAULT_SOURCE_MAX && cut > 0)
        cut = all - SW_FAULT_SOURCE_MAX;
    const char *begin = skip(first, to, cut), *end = skip(begin, to, SW_FAULT_SOURCE_MAX);
    fault->source = plain(&faults->arena, cut > 0 ? "…" : "", begin, end, end < to ? "…" : "");
    fault->caret = caret - cut + (cut > 0 ? 1 : 0);
}

static void quote_source(struct sw_faults *faults, struct sw_fault *fault, const struct sw_root *root)
{
    char *bytes = NULL;
    size_t length = 0;
    const char *from = NULL, *to = NULL;
    if (root == NULL || fault->line <= 0 || sw_root_read(root, fault->file, SW_JSON_BYTES_MAX, &bytes, &length) != SW_FILE_OK)
        return;
    if (find_line(bytes, length, fault->line, &from, &to))
        quote_line(faults, fault, from, to);
    free(bytes);
}

static struct sw_fault *add(struct sw_faults *faults, const struct sw_diag *diag)
{
    struct sw_fault *fault = &faults->items[faults->count++];
    *fault = (struct sw_fault){.file = sw_arena_strdup(&faults->arena, diag->file),
                               .line = diag->line,
                               .column = diag->column,
                               .path = sw_arena_strdup(&faults->arena, diag->path),
                               .text = sw_arena_strdup(&faults->arena, diag->text)};
    return fault;
}

void sw_faults_append(struct sw_faults *faults, const struct sw_diag *diag)
{
    faults->errors++;
    if (faults->count < SW_FAULTS_MAX)
        (void)add(faults, diag);
}

void sw_faults_quote(struct sw_faults *faults, const struct sw_diags *diags, const char *folder)
{
    enum sw_file_status status = SW_FILE_OK;
    *faults = (struct sw_faults){.errors = diags->errors};
    sw_arena_init(&faults->arena);
    struct sw_root *root = diags->errors > 0 ? sw_root_create(folder, &status) : NULL;
    for (size_t i = 0; i < diags->count && faults->count < SW_FAULTS_MAX; i++) {
        const struct sw_diag *diag = &diags->items[i];
        if (diag->severity == SW_ERROR)
            quote_source(faults, add(faults, diag), root);
    }
    sw_root_destroy(root);
}

void sw_faults_copy(struct sw_faults *to, const struct sw_faults *from)
{
    *to = *from;
    sw_arena_init(&to->arena);
    for (size_t i = 0; i < from->count; i++) {
        struct sw_fault *fault = &to->items[i];
        fault->file = sw_arena_strdup(&to->arena, fault->file);
        fault->path = sw_arena_strdup(&to->arena, fault->path);
        fault->text = sw_arena_strdup(&to->arena, fault->text);
        fault->source = fault->source != NULL ? sw_arena_strdup(&to->arena, fault->source) : NULL;
    }
}

void sw_faults_finish(struct sw_faults *faults)
{
    sw_arena_finish(&faults->arena);
    *faults = (struct sw_faults){.count = 0};
}
