/* SPDX-License-Identifier: EUPL-1.2 */
/* What is to be known of one text in one language, as a file of scenes/lang/ writes it; and the file as a whole. */
#ifndef SW_LANG_ENTRY_H
#define SW_LANG_ENTRY_H

#include "base/buffer.h"
#include "base/diag.h"
#include "base/must.h"

struct sw_entry {
    const char *file, *path;
    const char *text;     /* NULL: it stands in the file itself */
    const char *of;       /* stamp of what was translated; NULL: not known */
    const char *by, *reviewed; /* NULL: nobody has reviewed it */
};

/* Puts `entries` into the language file whose bytes are `old` (NULL: there is none): what is there is replaced, the rest is added behind.
 * The new file into `out`. False with faults (file: `name`), nothing put: `old` cannot be read, or the new one would be too large. */
bool sw_entries_put(const struct sw_entry *entries, size_t count, const char *name, const char *old, size_t old_length,
                    struct sw_buffer *out, struct sw_diags *diags) SW_MUST;

#endif
