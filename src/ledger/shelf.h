/* SPDX-License-Identifier: EUPL-1.2 */
/* The files of a ledger in their folder: plays-<number>, the higher the newer. Who writes and who reads see them through this. Private to
 * src/ledger. */
#ifndef SW_LEDGER_SHELF_H
#define SW_LEDGER_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"

#define SW_SHELF_NAME_MAX 32
#define SW_SHELF_READ_MAX ((size_t)8 << 20) /* a longer file is none of ours */

struct sw_shelf_file {
    int64_t number; /* from 1 */
    int64_t bytes;
};

/* plays-<number> */
void sw_shelf_name(int64_t number, char name[SW_SHELF_NAME_MAX]);
/* The files in the open folder, the oldest first; free() the list. False: errno says why. */
bool sw_shelf_list(int folder, struct sw_shelf_file **files, size_t *count) SW_MUST;
/* Opens one of them (`flags` as open's); what is no plain file is refused. -1: errno says why. */
int sw_shelf_open(int folder, int64_t number, int flags) SW_MUST;

#endif
