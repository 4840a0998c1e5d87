/* SPDX-License-Identifier: EUPL-1.2 */
/* SVG by librsvg and cairo: drawn at exactly the pixels that are asked for. The text is loaded from memory without an address of its own,
 * so that nothing outside of it can be referred to; data: addresses work. */
#ifndef SW_WORKER_SVG_SVG_H
#define SW_WORKER_SVG_SVG_H

#include "worker/serve.h"

/* The size is that of width and height, or of the viewBox, in user units (CSS pixels), at least 1; 300 x 150 where it says neither (CSS
 * 2.2, 10.3.2). */
enum sw_worker_status sw_svg_decode(struct sw_worker_job *job);

/* How many elements begin in `text`, outside of comments and CDATA; stops counting beyond `most`. */
size_t sw_svg_count_elements(const char *text, size_t length, size_t most);

#endif
