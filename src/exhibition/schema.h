/* SPDX-License-Identifier: EUPL-1.2 */
/* What a curator may write, as one JSON Schema (2020-12): made from the very tables that the loader verifies by, so that an editor
 * completes and underlines what `check` would say. `$defs` has one schema a kind of file ("scene", "wall" ...), a kind of object and of
 * element
 * ("element-text"), and a kind of value ("value-colour"). Keywords with `x-` say what JSON Schema has no word for:
 *
 *   x-files                       at the root: the path of each kind of file, and its schema
 *   x-functions, x-filters, x-names    at the root: what expressions may say, each with its name, form and meaning (exhibition/help.h)
 *   x-meaning                     of a schema in $defs: what it is (a `description` is that of a key)
 *   x-unit, x-default, x-minimum, x-maximum    of a key: as text; the last two of durations
 *   x-by-canvas, x-by-language    of a key: it may also be an object by canvas or language
 *   x-computed                    of a key: "{expression}" may stand for it
 *   x-required                    of a key
 *
 * What only `check` can know (names that stand in other files, expressions, lengths of durations) is no fault by this schema;
 * tests/schema/known.py lists it. */
#ifndef SW_EXHIBITION_SCHEMA_H
#define SW_EXHIBITION_SCHEMA_H

#include "exhibition/kind.h"
#include "json/json.h"

/* One kind of file. */
struct sw_schema_file {
    const char *kind; /* its name in $defs */
    const char *path; /* below the exhibition; "*" stands for one name, "|" parts two paths */
    const char *meaning;
};

/* All of them, *count of them; where two paths fit, the first kind is meant. */
const struct sw_schema_file *sw_schema_files(size_t *count);
/* The whole bundle, for cJSON_Delete. */
cJSON *sw_schema_create(const struct sw_catalogue *catalogue);

#endif
