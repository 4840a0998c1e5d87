/* SPDX-License-Identifier: EUPL-1.2 */
/* What a root shows that is a list and not a folder (sw_root_create_list): its files by path, and the folders that their paths imply.
 * Paths are asked for as on a file system: "a//b" and "a/./b" are "a/b". Any thread after creation. */
#ifndef SW_BASE_FILE_LIST_H
#define SW_BASE_FILE_LIST_H

#include "base/file.h"

struct sw_file_list;

/* Copies them; NULL: a path or a target leads out. */
struct sw_file_list *sw_file_list_create(const struct sw_root_file *files, size_t count) SW_MUST;
void sw_file_list_destroy(struct sw_file_list *list);
/* *file is the list's. NOT_PLAIN: it is a folder. */
enum sw_file_status sw_file_list_find(const struct sw_file_list *list, const char *path, const struct sw_root_file **file) SW_MUST;
/* As sw_root_list. */
enum sw_file_status sw_file_list_names(const struct sw_file_list *list, const char *path, struct sw_arena *arena, const char ***names,
                                       size_t *count) SW_MUST;
/* No absolute path and no "..", whatever it would lead to. */
bool sw_file_stays_below(const char *path) SW_MUST;

#endif
