/* SPDX-License-Identifier: EUPL-1.2 */
/* The files of an exhibition that are published: all of scenes/, media/ and fonts/ but hidden ones and drafts; and guests, which lie
 * elsewhere on this machine. */
#ifndef SW_PUBLISHER_TREE_H
#define SW_PUBLISHER_TREE_H

#include "base/arena.h"
#include "base/file.h"
#include "store/contents.h"

struct sw_tree_guest {
    const char *path, *place; /* in the release; in the file system */
};

struct sw_tree {
    struct sw_root *root;
    struct sw_arena arena;       /* owns the paths */
    struct sw_file_entry *files; /* owned; sorted by path */
    size_t count, capacity;
    struct sw_tree_guest *guests; /* owned */
    size_t guest_count, guest_capacity;
    const char **walls; /* of the arena: the ids of the walls */
    size_t wall_count;
};

/* Reads the folder; every fault is printed. Finish it in either case. */
bool sw_tree_open(struct sw_tree *tree, const char *folder) SW_MUST;
void sw_tree_finish(struct sw_tree *tree);
bool sw_tree_has(const struct sw_tree *tree, const char *path);
/* Adds what lies at `place` as `path`, which is not there yet; both are of the tree's arena. */
bool sw_tree_add_guest(struct sw_tree *tree, const char *path, const char *place) SW_MUST;
/* Opens a file of the tree for reading. */
enum sw_file_status sw_tree_open_file(const struct sw_tree *tree, const char *path, int *fd) SW_MUST;
/* Reads `from` to its end and says in *object what it was; writes it to `to` as well (-1: nowhere). */
bool sw_tree_copy(int from, int to, struct sw_object *object) SW_MUST;

#endif
