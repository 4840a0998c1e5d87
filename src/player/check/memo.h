/* SPDX-License-Identifier: EUPL-1.2 */
/* What `check --full` remembers from one run to the next: texts by their keys, in one file for each exhibition, below the user's cache. A
 * key says all that the text depends on. The file carries a digest of all that is in it: one that is torn, damaged or of another version is
 * no file at all. What a run did not use is forgotten; of several exhibitions the latest are kept. Main thread. */
#ifndef SW_PLAYER_CHECK_MEMO_H
#define SW_PLAYER_CHECK_MEMO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/must.h"

#define SW_MEMO_BYTES_MAX ((size_t)32 << 20) /* of one file; more is not kept */
#define SW_MEMO_FILES_MAX 8

struct sw_memo_entry {
    const char *key, *text;
    bool used;
};

struct sw_memo {
    const char *folder, *file; /* NULL: nothing is remembered */
    struct sw_arena arena;
    struct sw_memo_entry *entries; /* as read, sorted by key */
    size_t count;
    struct sw_memo_entry *news;
    size_t news_count, news_capacity;
};

/* The folder where it is kept, of `arena`: below XDG_CACHE_HOME or HOME; NULL: there is neither. */
const char *sw_memo_usual_folder(struct sw_arena *arena);
/* Of the exhibition in the folder `of`. `folder` is there, or NULL. */
void sw_memo_open(struct sw_memo *memo, const char *folder, const char *of);
/* The text under this key, which lives as long as the memo; NULL: none. */
const char *sw_memo_find(struct sw_memo *memo, const char *key);
/* One that was found is good, and stays. */
void sw_memo_use(struct sw_memo *memo, const char *key);
/* Remembers it; both are copied. */
void sw_memo_keep(struct sw_memo *memo, const char *key, const char *text);
/* Writes what was used and what is new, if anything has changed, and makes room. Failures cost time alone. */
void sw_memo_close(struct sw_memo *memo);

#endif
