/* SPDX-License-Identifier: EUPL-1.2 */
/* A folder for a test, and its end. */
#ifndef SW_TESTS_BASE_FOLDER_H
#define SW_TESTS_BASE_FOLDER_H

#include <stddef.h>

/* A new empty folder, where syncing costs nothing if there is such a place. */
void folder_make(char *path, size_t capacity);
/* Removes it with all in it. */
void folder_remove(const char *path);

#endif
