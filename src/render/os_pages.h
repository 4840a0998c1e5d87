/* SPDX-License-Identifier: EUPL-1.2 */
/* Memory for whole pictures, straight from the kernel: in huge pages where they are to be had, since the first write to 66 MB in small
 * pages takes 34 ms, in huge ones 7. Any thread. */
#ifndef SW_RENDER_OS_PAGES_H
#define SW_RENDER_OS_PAGES_H

#include <stddef.h>

/* Zeroed, not yet backed by memory until written, at a page's start; never NULL: running out of memory ends the process (as base/memory.h).
 * `size` > 0. */
void *sw_pages_map(size_t size);
/* Backs pixels with memory now, all at once, which takes three quarters of the time that it takes page by page at the first writing. What
 * they hold stays; pages that they fill in part are left as they are, and a kernel that cannot leaves all so. */
void sw_pages_back(void *pixels, size_t size);
void sw_pages_unmap(void *pages, size_t size); /* accepts NULL; the size that was asked for */

#endif
