/* SPDX-License-Identifier: EUPL-1.2 */
/* Translations that stand beside the text itself, changed where they stand: all else of their files stays. One thread. */
#ifndef SW_LANG_INLINE_H
#define SW_LANG_INLINE_H

#include "base/buffer.h"
#include "base/diag.h"
#include "base/file.h"

struct sw_inline {
    const char *file; /* below the root */
    int line, column; /* where the translation is written */
    const char *text; /* what it becomes */
};

/* A file as it will be. */
struct sw_inline_file {
    const char *file;
    struct sw_buffer made;
};

/* Makes the files that `changes` (sorted here by file) change: *files of them, the caller's to free with sw_inline_free. False with faults:
 * one cannot be read, or is not any more as it was; *files is 0. */
bool sw_inline_make(const struct sw_root *root, struct sw_inline *changes, size_t count, struct sw_inline_file **files, size_t *file_count,
                    struct sw_diags *diags) SW_MUST;
void sw_inline_free(struct sw_inline_file *files, size_t count); /* accepts NULL */

#endif
