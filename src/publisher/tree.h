/* SPDX-License-Identifier: EUPL-1.2 */
/* The files of an exhibition that are published: all of scenes/, media/ and fonts/ but hidden ones and drafts. */
#ifndef SW_PUBLISHER_TREE_H
#define SW_PUBLISHER_TREE_H

#include "base/arena.h"
#include "base/file.h"
#include "store/contents.h"

struct sw_tree {
    struct sw_root *root;
    struct sw_arena arena;       /* owns the paths */
    struct sw_file_entry *files; /* owned; sorted by path */
    size_t count, capacity;
    const char **walls; /* of the arena: the ids of the walls */
    size_t wall_count;
};

/* Reads the folder; every fault is printed. Finish it in either case. */
bool sw_tree_open(struct sw_tree *tree, const char *folder) SW_MUST;
void sw_tree_finish(struct sw_tree *tree);
/* Reads `from` to its end and says in *object what it was; writes it to `to` as well (-1: nowhere). */
bool sw_tree_copy(int from, int to, struct sw_object *object) SW_MUST;

#endif
