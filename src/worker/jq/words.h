/* SPDX-License-Identifier: EUPL-1.2 */
/* Texts of jq for a reply: cut to its room between characters, without control characters, in one line. */
#ifndef SW_WORKER_JQ_WORDS_H
#define SW_WORKER_JQ_WORDS_H

#include <stddef.h>

#include "base/must.h"
#include "worker/jq_request.h"

/* Fills `out` (SW_JQ_TEXT_MAX + 1 bytes) with `text` (length). */
void sw_words_copy(char *out, const char *text, size_t length);
SW_PRINTF(2, 3) void sw_words_print(char *out, const char *format, ...);

#endif
