/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files that load scenes/sources.json share. */
#ifndef SW_EXHIBITION_LOAD_SOURCE_H
#define SW_EXHIBITION_LOAD_SOURCE_H

#include "exhibition/load.h"

/* For editors: what judges of texts read. */
#define SW_SHAPE(pattern, wanted) "{'type': 'string', 'pattern': '^" pattern "$', 'patternErrorMessage': '" wanted " is wanted'}"
#define SW_SHAPE_POINTER "(?:/(?:[^~/]|~[01])*)*"
#define SW_SHAPE_LINK SW_SHAPE("https?://[!-~]+", "an address that begins with https://")

/* -- load_request.c -- */
extern const char *const sw_format_words[];
extern const struct sw_table sw_csv_table, sw_auth_table, sw_pages_table;
void sw_load_judge_pointer(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
/* Compiles what `object`, of `table`, says of a request of `source`, which may be one of the two of it. request->rows is known. */
void sw_load_request(struct sw_writer *writer, const struct sw_table *table, const struct sw_source *source, struct sw_request *request,
                     const cJSON *object);
/* -- load_field.c -- */
extern const struct sw_row sw_field_row;
/* `decimal`: the mark where a field names none. */
void sw_load_fields(struct sw_writer *writer, const struct sw_source *source, struct sw_request *request, const cJSON *fields,
                    char decimal);
/* -- load_address.c -- */
/* An address that the courier asks, which may be relative to the published folder; one of a server that is named; one that people may go
 * to. */
void sw_load_judge_place(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
void sw_load_judge_address(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
void sw_load_judge_link(struct sw_verify *verify, const struct sw_row *row, const cJSON *node);
/* -- load_source.c -- */
/* The member `key` of `object` (NONE: not there): a text without values in it, perhaps by language. */
struct sw_property sw_load_plain_text(struct sw_writer *writer, const cJSON *object, const char *key);

#endif
