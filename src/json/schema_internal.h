/* SPDX-License-Identifier: EUPL-1.2 */
/* How the walker's files put faults into words. */
#ifndef SW_JSON_SCHEMA_INTERNAL_H
#define SW_JSON_SCHEMA_INTERNAL_H

#include "base/buffer.h"
#include "json/json.h"

#define SW_LISTED_MAX 12            /* words that a fault lists; of more it names the nearest only */
#define SW_PHRASE_MAX ((size_t)800) /* bytes of a phrase in a fault */

/* How many bytes of a curator's text a fault quotes: not too many, whole characters. */
int sw_verify_shown(const char *text);
/* `did you mean "column"?` or, where nothing is near, `<lead> "a", "b" or "c"`. The buffer is the caller's to finish. */
const char *sw_verify_advise(struct sw_buffer *out, const char *word, const char *const *words, size_t count, const char *lead);
/* "a string", "an object" ...: what the value is. */
const char *sw_verify_type_text(const cJSON *node);

#endif
