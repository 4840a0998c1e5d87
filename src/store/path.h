/* SPDX-License-Identifier: EUPL-1.2 */
/* What the path of a published file may be, so that it means the same file on every machine and cannot lead out of its folder: names
 * divided by single "/", none beginning with ".", of letters in NFC that can be seen; no "\", no quotation mark. Any thread. */
#ifndef SW_STORE_PATH_H
#define SW_STORE_PATH_H

#include <stddef.h>
#include <stdint.h>

#define SW_PATH_MAX 512      /* bytes of a path */
#define SW_PATH_NAME_MAX 200 /* bytes of each name in it */
#define SW_PATH_DEPTH_MAX 16 /* names */

/* What is wrong with it, to be put behind the path: "is ...", "has ..."; NULL: nothing. */
const char *sw_path_fault(const char *path, size_t length);
/* Equal for two paths that a file system without upper and lower case takes for one; of a path without fault. */
uint64_t sw_path_fold(const char *path, size_t length);

#endif
