/* SPDX-License-Identifier: EUPL-1.2 */
/* Faults in what a curator wrote, as values. Every reader of a curator's file appends to the list it is given and goes on, so that
 * one run names all faults of all files. Lines and columns count from 1, columns in code points; 0 = no position. */
#ifndef SW_BASE_DIAG_H
#define SW_BASE_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"

#define SW_DIAG_FILE_MAX 20 /* faults kept a file; the rest is counted. Where it is full, an error takes the place of a warning. */

enum sw_severity { SW_WARNING, SW_ERROR };

struct sw_diag {
    enum sw_severity severity;
    const char *file; /* relative to the exhibition's root; "" = the exhibition as a whole */
    int line, column;
    const char *path; /* "elements[2].every", "" = the file as a whole */
    const char *text; /* what, and what would be right */
};

struct sw_diag_file;

struct sw_diags {
    struct sw_arena arena; /* owns every string */
    struct sw_diag *items;
    size_t count, capacity;
    size_t errors, warnings; /* all, kept or not */
    size_t left_out;         /* beyond SW_DIAG_FILE_MAX a file */
    struct sw_diag_file *files; /* what was kept of which file: diag.c's own */
    size_t file_count, file_capacity, file_last;
};

void sw_diags_init(struct sw_diags *diags);
void sw_diags_finish(struct sw_diags *diags);
/* Appends one; all strings are copied, control characters become "?" (a curator's key must not steer a terminal). `file` and `path` may
 * be NULL (""). */
void sw_diags_add(struct sw_diags *diags, enum sw_severity severity, const char *file, int line, int column, const char *path,
                  const char *format, ...) SW_PRINTF(7, 8);
void sw_diags_vadd(struct sw_diags *diags, enum sw_severity severity, const char *file, int line, int column, const char *path,
                   const char *format, va_list arguments) SW_PRINTF(7, 0);
/* By file, line, column, text; equal entries become one. Call once before printing. */
void sw_diags_sort(struct sw_diags *diags);
/* `file:line:column: error: path: text` and a newline, into a string of the arena; what is empty or 0 is left out with its colon. */
const char *sw_diag_format(const struct sw_diag *diag, struct sw_arena *arena);
/* Every one of them, then how many were left out. */
void sw_diags_print(const struct sw_diags *diags, FILE *out);

/* The nearest of `count` known words to `word` (edit distance <= 1 + length/4, two swapped letters counting as one edit; at most 64 bytes),
 * or NULL. For "unknown key, did you mean ...". */
const char *sw_nearest(const char *word, const char *const *known, size_t count);

#endif
