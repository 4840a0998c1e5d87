/* SPDX-License-Identifier: EUPL-1.2 */
/* Texts in the JSON that the player writes. Main thread. */
#ifndef SW_PLAYER_QUOTE_H
#define SW_PLAYER_QUOTE_H

#include "base/buffer.h"

/* Appends `text` (UTF-8) as a JSON string, `null` for NULL. Marks of Markdown and other control characters are left out, but line breaks.
 */
void sw_quote(struct sw_buffer *out, const char *text);

#endif
