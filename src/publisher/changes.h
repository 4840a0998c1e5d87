/* SPDX-License-Identifier: EUPL-1.2 */
/* What is new in a release: scenes and files that were added, changed or removed, and what a wall has to fetch. */
#ifndef SW_PUBLISHER_CHANGES_H
#define SW_PUBLISHER_CHANGES_H

#include "store/contents.h"

/* Prints a line for each scene, then one for each file (of many: how many), then the bytes to fetch for a wall that has `before` (NULL:
 * nothing): each object once, and the content list itself, of `list_bytes`. */
void sw_changes_print(const struct sw_contents *before, const struct sw_contents *now, uint64_t list_bytes);

#endif
