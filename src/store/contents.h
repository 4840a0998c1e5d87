/* SPDX-License-Identifier: EUPL-1.2 */
/* The content list of a release: which files it has, and by which object each is fetched. It is JSON that anybody may read, in one form
 * only, a file a line, sorted by the bytes of its path, so that ours is read in one pass without a tree:
 *
 *     {"schauwand": "contents 1", "files": {
 *     "media/rhein.svg": ["<sha256>", 2048],
 *     "scenes/rhein.json": ["<sha256>", 733]
 *     }}
 *
 * Immutable once made; any thread. */
#ifndef SW_STORE_CONTENTS_H
#define SW_STORE_CONTENTS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "store/hash.h"
#include "store/path.h"

#define SW_CONTENTS_MAX ((size_t)64 << 20)      /* bytes of the list */
#define SW_OBJECT_MAX ((uint64_t)64 << 30)      /* bytes of one file */
#define SW_CONTENTS_SUM_MAX ((uint64_t)1 << 50) /* bytes of all files */

struct sw_object {
    struct sw_digest digest;
    uint64_t bytes;
};

struct sw_file_entry {
    const char *path; /* NUL-terminated */
    struct sw_object object;
};

struct sw_contents {
    struct sw_file_entry *files; /* owned; sorted by path */
    size_t count;
    uint64_t sum; /* of all files' bytes, a file that is there twice counting twice */
    char *text;   /* owned: what the paths are of */
};

/* Reads a list; NULL after one fault with its line and column. */
struct sw_contents *sw_contents_create(const char *bytes, size_t length, const char *name, struct sw_diags *diags) SW_MUST;
void sw_contents_destroy(struct sw_contents *contents);
/* The entry of `path`, or NULL. */
const struct sw_file_entry *sw_contents_find(const struct sw_contents *contents, const char *path);
/* The list of `files` (count), which must be sorted by path, each once, their paths without fault; the caller's to free(). NULL: it is
 * longer than SW_CONTENTS_MAX. */
char *sw_contents_write(const struct sw_file_entry *files, size_t count, size_t *length) SW_MUST;
/* The files as a root takes them (base/file.h) over the folder of a store, or over one that is published: contents->count of them, strings
 * of `arena` and of `contents`. */
void sw_contents_place(const struct sw_contents *contents, struct sw_arena *arena, struct sw_root_file *files);

#endif
