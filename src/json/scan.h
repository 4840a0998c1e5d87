/* SPDX-License-Identifier: EUPL-1.2 */
/* The strict scanner: one pass over the bytes of a document that refuses everything json.h names and notes where each value and key stands.
 * What it lets through, cJSON reads without a fault. Private to src/json. */
#ifndef SW_JSON_SCAN_H
#define SW_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"
#include "json/json.h"

/* Where one value and its key begin, from 1, columns in code points. Items of arrays and the root have the value's place for both. */
struct sw_json_spot {
    int key_line, key_column, line, column;
};

/* FEED: a number that cJSON is not given (it reads 0 there): the so manieth value, and where it stands in the document. */
struct sw_json_long_number {
    size_t value, from, length;
    bool text; /* it becomes a string, else it is a number of many digits */
};

struct sw_json_scan {
    char *text; /* owned: the document, NUL-terminated, with comments and trailing commas blanked: offsets stay */
    size_t length;
    size_t count;               /* of values */
    struct sw_json_spot *spots; /* owned: one a value, in document order (an object before its members); none in a FEED */
    size_t capacity;
    struct sw_json_long_number *texts; /* owned; in document order */
    size_t text_count, text_capacity;
    size_t *dropped; /* owned; FEED: values whose key stands again behind them, in no order */
    size_t dropped_count, dropped_capacity;
    int fault_line, fault_column; /* of the first fault; 0 = none, or none of the text */
    char fault[320];              /* what, and what would be right */
};

/* Fills a zeroed `scan`. false with fault* set, where the document is not what it must be; finish it in either case. */
bool sw_json_scan_run(struct sw_json_scan *scan, const char *bytes, size_t length, enum sw_json_flavour flavour) SW_MUST;
/* FEED: puts numbers that were set aside into the tree that cJSON made of `text`, and takes out what is dropped. Once. */
void sw_json_scan_repair(struct sw_json_scan *scan, const char *bytes, cJSON *root);
void sw_json_scan_finish(struct sw_json_scan *scan);

#endif
