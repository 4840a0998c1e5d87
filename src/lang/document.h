/* SPDX-License-Identifier: EUPL-1.2 */
/* A curator's JSON file that is changed at some places and left as it is everywhere else: comments, order, blanks. One thread. */
#ifndef SW_LANG_DOCUMENT_H
#define SW_LANG_DOCUMENT_H

#include "base/buffer.h"
#include "json/json.h"

struct sw_patch;

struct sw_document_edit {
    struct sw_json *json; /* as it was */
    const char *bytes;    /* likewise: the caller's */
    size_t length;
    size_t *lines; /* where each line begins */
    struct sw_patch *patches;
    size_t count, capacity;
};

/* Begins with `bytes`, which stay where they are. False with faults: it cannot be read. */
bool sw_edit_begin(struct sw_document_edit *edit, const char *file, const char *bytes, size_t length, struct sw_diags *diags) SW_MUST;
void sw_edit_finish(struct sw_document_edit *edit); /* accepts a zeroed one */
/* Puts `written`, which is JSON, in the place of the value `node` of the document. */
void sw_edit_replace(struct sw_document_edit *edit, const cJSON *node, const char *written);
/* Adds members at the end of `object`: `written` is lines like `    "key": value`, with commas and newlines between them, none at the end;
 * the closing brace gets `indent` blanks where it had no line of its own. Once an object. */
void sw_edit_append(struct sw_document_edit *edit, const cJSON *object, const char *written, int indent);
/* The new document into `out`. */
void sw_edit_write(const struct sw_document_edit *edit, struct sw_buffer *out);

/* A text as curators' files write it: characters that nobody sees (no-break spaces, marks of direction ...) as \uXXXX. */
void sw_edit_write_text(struct sw_buffer *out, const char *text);
/* The same, a list of lines where it has several. */
void sw_edit_write_lines(struct sw_buffer *out, const char *text);

#endif
