/* SPDX-License-Identifier: EUPL-1.2 */
/* What the rooms of a store share: its folders as descriptors, and small files in them. Private to src/store. */
#ifndef SW_STORE_PLACE_H
#define SW_STORE_PLACE_H

#include "store/store.h"

enum sw_place { SW_PLACE_ROOT, SW_PLACE_OBJECTS, SW_PLACE_PARTIAL, SW_PLACE_GENERATIONS, SW_PLACE_DOCUMENTS, SW_PLACES };

struct sw_store {
    enum sw_store_mode mode;
    int folders[SW_PLACES]; /* -1: not there (READ) */
    int lock;               /* -1: READ */
};

/* What errno says. */
enum sw_store_status sw_store_status_of(int error);
/* Makes the file `name` in `folder` hold `bytes`, or leaves it as it was (base/file.h). */
enum sw_store_status sw_place_write(int folder, const char *name, const void *bytes, size_t length) SW_MUST;
/* Writes and syncs a new file, or one in the place of another; not atomic. */
enum sw_store_status sw_place_write_new(int folder, const char *name, const void *bytes, size_t length) SW_MUST;
/* Reads a plain file (no link) whole, NUL-terminated, the caller's to free(). WRONG: it is no plain file, or longer than `maximum`. */
enum sw_store_status sw_place_read(int folder, const char *name, size_t maximum, char **bytes, size_t *length) SW_MUST;
/* Names of what is in the folder, but "." and "..", in no order; free() each and the list. */
enum sw_store_status sw_place_list(int folder, char ***names, size_t *count) SW_MUST;
void sw_place_list_free(char **names, size_t count);
/* A positive number without zeroes in front, and nothing behind; 0: it is none. */
int64_t sw_place_number(const char *text);
/* The numbers in the names LEAD<number>END of what is in the folder (-1: MISSING), the newest first; free() them. Other names are passed
 * over. */
enum sw_store_status sw_place_numbers(int folder, const char *lead, const char *end, int64_t **numbers, size_t *count) SW_MUST;

#endif
