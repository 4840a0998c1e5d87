/* SPDX-License-Identifier: EUPL-1.2 */
/* Files: read whole with a limit, write atomically, list folders; and a *root*: a folder that opened paths cannot leave, neither by
 * "..", nor absolute, nor through a link (openat2, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS; a component walk where the kernel lacks it),
 * or a list of files that looks like such a folder: a release, whose files lie elsewhere under other names. */
#ifndef SW_BASE_FILE_H
#define SW_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/must.h"

#define SW_FOLDER_MAX 100000

enum sw_file_status { SW_FILE_OK, SW_FILE_MISSING, SW_FILE_DENIED, SW_FILE_OUTSIDE, SW_FILE_TOO_LARGE, SW_FILE_NOT_PLAIN, SW_FILE_FAILED };

/* "does not exist", "may not be read" ...: for the text of a fault. */
const char *sw_file_status_text(enum sw_file_status status);

struct sw_root; /* thread-safe after creation */

/* Opens the folder `path`; NULL with *status set. */
struct sw_root *sw_root_create(const char *path, enum sw_file_status *status) SW_MUST;
/* A file of a root that is a list: at `path` it shows what lies at `target` below the folder, or `bytes` where these are not NULL. */
struct sw_root_file {
    const char *path, *target;
    const char *bytes;
    size_t length; /* of the bytes */
};

/* A root that shows exactly these files, in any order; all is copied. Of files with the same path the last one counts, so that what lies
 * over others is put behind them. NULL with *status set; OUTSIDE: a path or a target leads out. */
struct sw_root *sw_root_create_list(const char *folder, const struct sw_root_file *files, size_t count, enum sw_file_status *status)
    SW_MUST;
void sw_root_destroy(struct sw_root *root);
/* The same root for another owner, who destroys it too: it ends with the last. Any thread. */
struct sw_root *sw_root_hold(struct sw_root *root) __attribute__((returns_nonnull));
/* Whether the folder at its path is still the one that was opened (not so if it was moved away, or another one is there now). */
bool sw_root_stands(const struct sw_root *root) SW_MUST;
/* As it was given; of a list the folder of its targets. */
const char *sw_root_path(const struct sw_root *root);
/* Where a plain file of the root is in the file system, for libraries that open by themselves: of `arena`, relative where the root's path
 * is. NULL: nowhere (what sw_root_open would not open, or bytes). */
const char *sw_root_locate(const struct sw_root *root, const char *path, struct sw_arena *arena) SW_MUST;
/* Whether both are lists over one folder and show the same target at `path`: where targets never change, what is known of one file holds
 * for the other. Nothing is opened. */
bool sw_root_shares(const struct sw_root *root, const struct sw_root *other, const char *path) SW_MUST;
/* Opens a plain file below the root for reading, close-on-exec; *fd is the caller's (bytes of a list: sealed memory, new at each
 * opening). OUTSIDE for any "..", also one that would stay below ("a/../b"), for "/x" and for a link anywhere on the way. */
enum sw_file_status sw_root_open(const struct sw_root *root, const char *path, int *fd) SW_MUST;
/* Reads it whole, NUL-terminated (the NUL not counted); *bytes is the caller's to free(). */
enum sw_file_status sw_root_read(const struct sw_root *root, const char *path, size_t maximum, char **bytes, size_t *length) SW_MUST;
/* Names in the folder `path` below the root ("" = itself), sorted by bytes, without "." files; folders end in '/'. Strings of `arena`.
 * Links are named like files (opening them says what is wrong). MISSING gives an empty list; TOO_LARGE: more than SW_FOLDER_MAX names. */
enum sw_file_status sw_root_list(const struct sw_root *root, const char *path, struct sw_arena *arena, const char ***names, size_t *count)
    SW_MUST;

enum sw_file_status sw_file_read(const char *path, size_t maximum, char **bytes, size_t *length) SW_MUST;
/* New content or old content, never a mixture, also after a power cut: exclusive temp file, fsync, rename, fsync of the folder. The mode of
 * a file that is there already is kept, else it is 0644 as umask allows. A crash in between may leave a `.<name>.<pid>-<n>.tmp`. */
bool sw_file_write_atomic(const char *path, const void *bytes, size_t length) SW_MUST;
/* The same for the file `name` in the open folder; false with errno set. */
bool sw_file_write_atomic_at(int folder, const char *name, const void *bytes, size_t length) SW_MUST;
/* Reads from `fd` to its end, NUL-terminated; NOT_PLAIN unless it is a plain file. Like sw_root_read otherwise; `fd` stays open. */
enum sw_file_status sw_fd_read_all(int fd, size_t maximum, char **bytes, size_t *length) SW_MUST;
/* Makes the folder `path`, and what of those above it is missing, with `mode` (as for mkdir). False with errno set; one that is there is
 * good as it is. */
bool sw_folder_make(const char *path, unsigned mode) SW_MUST;
/* What errno means for a curator. */
enum sw_file_status sw_file_status_of(int error);
/* Writes all of it, through EINTR and short writes. */
bool sw_fd_write_all(int fd, const void *bytes, size_t length) SW_MUST;

#endif
