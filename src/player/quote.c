/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/quote.h"

void sw_quote(struct sw_buffer *out, const char *text)
{
    if (text == NULL) {
        sw_buffer_add_text(out, "null");
        return;
    }
    sw_buffer_add_text(out, "\"");
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\n') {
            sw_buffer_add_text(out, "\\n");
        } else if ((unsigned char)*at >= 0x20) {
            if (*at == '"' || *at == '\\')
                sw_buffer_add_text(out, "\\");
            sw_buffer_add(out, at, 1);
        }
    }
    sw_buffer_add_text(out, "\"");
}
