/* SPDX-License-Identifier: EUPL-1.2 */
/* JSON documents: our strict scanner (RFC 8259) in front of cJSON, and the place of every node. The scanner refuses what cJSON lets
 * through: invalid UTF-8, duplicate keys, numbers that are not finite, longer than 63 characters or integers beyond 2^53, "\u0000", lone
 * surrogates, a BOM, control characters, anything behind the document; how flavours differ stands below. A document is immutable and may
 * be read from any thread. Numbers are read with strtod: LC_NUMERIC stays "C" in every role.
 * Limits: 4 MiB, depth 64, 200 000 nodes, 64 KiB a string (reliability-and-security.md section 7). */
#ifndef SW_JSON_JSON_H
#define SW_JSON_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/must.h"

#define SW_JSON_BYTES_MAX ((size_t)4 << 20)
#define SW_JSON_DEPTH_MAX 64
#define SW_JSON_NODES_MAX 200000
#define SW_JSON_STRING_MAX ((size_t)64 << 10)

enum sw_json_flavour {
    SW_JSON_STRICT,  /* RFC 8259 and nothing else */
    SW_JSON_CURATOR, /* with comments and trailing commas */
    SW_JSON_FEED,    /* what strangers' servers write within RFC 8259, whatever it is: a BOM is passed over; integers beyond 2^53 and
                      * numbers that are not finite become strings as they were written; of a key that stands twice the last one counts;
                      * "\u0000" and lone surrogates become U+FFFD. The limits are the same. */
};

struct sw_json {
    cJSON *root;      /* owned; never NULL in a document that was made */
    const char *file; /* owned: the name that faults carry */
    struct sw_json_places *places; /* NULL: a feed's */
};

/* Parses `length` bytes. On a fault: appends it (first fault only, with its place) and returns NULL. `file` is copied. */
struct sw_json *sw_json_create(const char *bytes, size_t length, enum sw_json_flavour flavour, const char *file,
                               struct sw_diags *diags) SW_MUST;
void sw_json_destroy(struct sw_json *json);

/* Where the value `node` begins (1-based; columns in code points). A node that is not of this document, or of a feed, gives 0, 0. */
void sw_json_place(const struct sw_json *json, const cJSON *node, int *line, int *column);
/* Where the key of the member `node` begins; for array items and the root: the value itself. */
void sw_json_key_place(const struct sw_json *json, const cJSON *node, int *line, int *column);

/* The member `key`, case-sensitive, or NULL (also where `object` is NULL or no object). */
const cJSON *sw_json_get(const cJSON *object, const char *key);
/* Its text or number, or the default where it is absent or of another type. */
const char *sw_json_text(const cJSON *object, const char *key, const char *otherwise);
double sw_json_number(const cJSON *object, const char *key, double otherwise);
bool sw_json_bool(const cJSON *object, const char *key, bool otherwise);

#endif
