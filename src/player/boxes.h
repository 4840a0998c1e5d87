/* SPDX-License-Identifier: EUPL-1.2 */
/* `render --boxes FILE`: where each element of the picture lies, what it says and where it was written, as JSON: for curators' tools and
 * for tests that touch what they see. Main thread. */
#ifndef SW_PLAYER_BOXES_H
#define SW_PLAYER_BOXES_H

#include "base/buffer.h"
#include "stage/show.h"

#define SW_BOXES_BYTES_MAX ((size_t)16 << 20)

/* Appends [{"identity", "kind", "name", "file", "line", "path", "rect": [x, y, width, height] in pixels, "touchable", "text"}, ...] of the
 * shows' trees, parents first and the lowest show first (one that is NULL has none); what is hidden is left out. `text`: what the
 * element's own key says (a text, a picture's path), or null. */
void sw_boxes_describe(const struct sw_show *const *shows, size_t count, struct sw_buffer *out);

/* Whether it, or what it is in, takes its place unseen. */
bool sw_boxes_hidden(const struct sw_box *box);
/* Its name; NULL: it has none. */
const char *sw_boxes_name(const struct sw_box *box);

#endif
