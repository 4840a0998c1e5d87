/* SPDX-License-Identifier: EUPL-1.2 */
/* What a reader said, as text, for tables: "name:3: error: path: text", one a line. */
#ifndef SW_TESTS_STORE_FAULTS_H
#define SW_TESTS_STORE_FAULTS_H

#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/must.h"

/* Writes all of `diags` (as the command would print them) to `out` and empties the list. */
static inline const char *take_faults(struct sw_diags *diags, char *out, size_t capacity)
{
    struct sw_arena arena = {0};
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < diags->count && used < capacity; i++) {
        int length = snprintf(out + used, capacity - used, "%s", sw_diag_format(&diags->items[i], &arena));
        used += length > 0 ? (size_t)length : 0;
    }
    used = strlen(out);
    if (used > 0 && out[used - 1] == '\n')
        out[used - 1] = '\0';
    sw_arena_finish(&arena);
    sw_diags_finish(diags);
    sw_diags_init(diags);
    return out;
}

#endif
