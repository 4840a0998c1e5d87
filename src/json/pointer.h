/* SPDX-License-Identifier: EUPL-1.2 */
/* JSON Pointers (RFC 6901): "/timeseries/0/value" names a node below another one, "" the node itself; "~1" stands for '/', "~0" for '~'. */
#ifndef SW_JSON_POINTER_H
#define SW_JSON_POINTER_H

#include <stdbool.h>
#include <stddef.h>

#include "json/json.h"

#define SW_POINTER_BYTES_MAX 1024
#define SW_POINTER_TOKEN_MAX 256 /* bytes of one step, decoded, with its NUL */

/* What is wrong with it; NULL: it is a pointer. */
const char *sw_pointer_fault(const char *pointer);
/* Decodes one step: *at stands on its '/' and moves behind it. false at the end, or where it is malformed or longer than `token`. */
bool sw_pointer_next(const char **at, char token[SW_POINTER_TOKEN_MAX]);
/* The number that a step is: digits, without a 0 in front; false for others and beyond `end`. */
bool sw_pointer_index(const char *token, size_t end, size_t *index);
/* The node below `root` (NULL: none), or NULL. Of keys that stand twice, the last. */
const cJSON *sw_pointer_find(const cJSON *root, const char *pointer);

#endif
