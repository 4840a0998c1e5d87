/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files that make the schema share. Nodes are made by cJSON and handed to the one who adds them. */
#ifndef SW_EXHIBITION_SCHEMA_INTERNAL_H
#define SW_EXHIBITION_SCHEMA_INTERNAL_H

#include "exhibition/kind.h"
#include "json/json.h"

/* -- schema_row.c -- */
/* A schema that is written with ' for " (our own, so it is sound). */
cJSON *sw_schema_parse(const char *shape);
/* {"$ref": "#/$defs/<name>"} */
cJSON *sw_schema_refer(const char *name);
/* All that is known of a row's value, in `defs` what it stands on. */
cJSON *sw_schema_row(cJSON *defs, const struct sw_row *row);
/* What is said of a row, not what its value may be. */
void sw_schema_describe(cJSON *schema, const struct sw_row *row);
/* The object of `table`, in `defs` under its name ("text style" is "text-style"): a reference to it. */
cJSON *sw_schema_table(cJSON *defs, const struct sw_table *table);
/* Adds to `schema`, an object with "properties", what the flags and `needs` of rows say together. */
void sw_schema_relate(cJSON *schema, const struct sw_row *rows, size_t count);
/* -- schema_value.c -- */
/* The kinds of value that rows refer to. */
void sw_schema_values(cJSON *defs);
/* What a value is that means that; NULL: as the row's type says. */
cJSON *sw_schema_meaning(cJSON *defs, const struct sw_row *row);
/* -- schema_element.c -- */
void sw_schema_elements(cJSON *defs, const struct sw_catalogue *catalogue);

#endif
