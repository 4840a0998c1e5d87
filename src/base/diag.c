/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/diag.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

#define WORD_MAX 64

struct sw_diag_file {
    uint64_t hash;
    const char *name;
    size_t kept, warnings_kept;
};

void sw_diags_init(struct sw_diags *diags)
{
    *diags = (struct sw_diags){0};
}

void sw_diags_finish(struct sw_diags *diags)
{
    if (diags != NULL) {
        sw_arena_finish(&diags->arena);
        free(diags->items);
        free(diags->files);
        sw_diags_init(diags);
    }
}

/* Faults quote what a stranger may have written: C0, DEL and C1 (as UTF-8) become '?'. */
static const char *printable(char *text)
{
    for (unsigned char *at = (unsigned char *)text; *at != '\0'; at++) {
        if (*at < 0x20 || *at == 0x7F) {
            *at = '?';
        } else if (*at == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0) {
            at[0] = at[1] = '?';
        }
    }
    return text;
}

static struct sw_diag_file *find_file(struct sw_diags *diags, const char *name)
{
    uint64_t hash = sw_hash_text(SW_HASH_START, name);
    for (size_t i = 0; i < diags->file_count; i++) { /* faults of one file mostly come in a row: the last one first */
        size_t at = (diags->file_last + i) % diags->file_count;
        if (diags->files[at].hash == hash && strcmp(diags->files[at].name, name) == 0) {
            diags->file_last = at;
            return &diags->files[at];
        }
    }
    diags->files = sw_grow(diags->files, &diags->file_capacity, diags->file_count + 1, sizeof *diags->files);
    diags->file_last = diags->file_count++;
    struct sw_diag_file *file = &diags->files[diags->file_last];
    *file = (struct sw_diag_file){.hash = hash, .name = printable(sw_arena_strdup(&diags->arena, name))};
    return file;
}

/* The place for one more fault of `file`, or NULL where it has enough of them. */
static struct sw_diag *find_place(struct sw_diags *diags, struct sw_diag_file *file, enum sw_severity severity)
{
    if (file->kept < SW_DIAG_FILE_MAX) {
        diags->items = sw_grow(diags->items, &diags->capacity, diags->count + 1, sizeof *diags->items);
        file->kept++;
        file->warnings_kept += severity == SW_WARNING;
        return &diags->items[diags->count++];
    }
    diags->left_out++;
    if (severity == SW_WARNING || file->warnings_kept == 0) {
        return NULL;
    }
    size_t at = diags->count - 1;
    while (diags->items[at].file != file->name || diags->items[at].severity != SW_WARNING) {
        at--;
    }
    file->warnings_kept--;
    return &diags->items[at];
}

void sw_diags_add(struct sw_diags *diags, enum sw_severity severity, const char *file, int line, int column, const char *path,
                  const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    sw_diags_vadd(diags, severity, file, line, column, path, format, arguments);
    va_end(arguments);
}

void sw_diags_vadd(struct sw_diags *diags, enum sw_severity severity, const char *file, int line, int column, const char *path,
                   const char *format, va_list arguments)
{
    if (severity == SW_ERROR) {
        diags->errors++;
    } else {
        diags->warnings++;
    }
    struct sw_diag_file *place_of = find_file(diags, file != NULL ? file : "");
    struct sw_diag *diag = find_place(diags, place_of, severity);
    if (diag != NULL) {
        *diag = (struct sw_diag){
            .severity = severity,
            .file = place_of->name,
            .line = line,
            .column = column,
            .path = printable(sw_arena_strdup(&diags->arena, path)),
            .text = printable(sw_arena_vprintf(&diags->arena, format, arguments)),
        };
    }
}

static int compare(const void *left, const void *right)
{
    const struct sw_diag *a = left, *b = right;
    int by = strcmp(a->file, b->file);
    by = by != 0 ? by : (a->line > b->line) - (a->line < b->line);
    by = by != 0 ? by : (a->column > b->column) - (a->column < b->column);
    by = by != 0 ? by : strcmp(a->text, b->text);
    by = by != 0 ? by : strcmp(a->path, b->path);
    return by != 0 ? by : (int)b->severity - (int)a->severity;
}

void sw_diags_sort(struct sw_diags *diags)
{
    if (diags->count < 2) {
        return;
    }
    qsort(diags->items, diags->count, sizeof *diags->items, compare);
    size_t kept = 1;
    for (size_t i = 1; i < diags->count; i++) {
        if (compare(&diags->items[kept - 1], &diags->items[i]) != 0) {
            diags->items[kept++] = diags->items[i];
        } else if (diags->items[i].severity == SW_ERROR) {
            diags->errors--;
        } else {
            diags->warnings--;
        }
    }
    diags->count = kept;
}

const char *sw_diag_format(const struct sw_diag *diag, struct sw_arena *arena)
{
    const char *place = "";
    if (diag->file[0] != '\0' && diag->line > 0) {
        place = sw_arena_printf(arena, "%s:%d:%d: ", diag->file, diag->line, diag->column);
    } else if (diag->file[0] != '\0') {
        place = sw_arena_printf(arena, "%s: ", diag->file);
    }
    return sw_arena_printf(arena, "%s%s: %s%s%s\n", place, diag->severity == SW_ERROR ? "error" : "warning", diag->path,
                           diag->path[0] != '\0' ? ": " : "", diag->text);
}

void sw_diags_print(const struct sw_diags *diags, FILE *out)
{
    struct sw_arena scratch = {0};
    for (size_t i = 0; i < diags->count; i++) {
        fputs(sw_diag_format(&diags->items[i], &scratch), out);
        sw_arena_reset(&scratch);
    }
    if (diags->left_out > 0) {
        fprintf(out, "and %zu more, of files that have more than %d faults\n", diags->left_out, SW_DIAG_FILE_MAX);
    }
    sw_arena_finish(&scratch);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance with swaps of neighbours ("optimal string alignment"); both words are at most WORD_MAX bytes long. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b_length; j++) {
        last[j] = j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            now[j] = smaller(last[j - 1] + (a[i - 1] != b[j - 1]), smaller(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                now[j] = smaller(now[j], before[j - 2] + 1);
            }
        }
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[b_length];
}

const char *sw_nearest(const char *word, const char *const *known, size_t count)
{
    size_t length = strlen(word);
    size_t best = length / 4 + 2; /* one more than is allowed */
    const char *nearest = NULL;
    for (size_t i = 0; i < count && length > 0 && length <= WORD_MAX; i++) {
        size_t known_length = strlen(known[i]);
        if (known_length == 0 || known_length > WORD_MAX) {
            continue;
        }
        size_t edits = distance(word, length, known[i], known_length);
        bool shares = edits < (length > known_length ? length : known_length); /* else no letter stayed in place */
        if (edits < best && shares) {
            best = edits;
            nearest = known[i];
        }
    }
    return nearest;
}
