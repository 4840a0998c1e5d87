/* SPDX-License-Identifier: EUPL-1.2 */
/* A tree as text, so that every number reads back as the same one (cJSON's own printing gives up digits beyond the 15th). */
#ifndef SW_JSON_WRITE_H
#define SW_JSON_WRITE_H

#include "base/buffer.h"
#include "json/json.h"

/* Adds `node`, without blanks; at most SW_JSON_DEPTH_MAX deep. Strings are UTF-8. A buffer that is full says so itself. */
void sw_json_write(struct sw_buffer *buffer, const cJSON *node);
/* Adds a string, in its quotes. */
void sw_json_write_text(struct sw_buffer *buffer, const char *text);

#endif
