/* SPDX-License-Identifier: EUPL-1.2 */
/* What outlives the courier: of each source the last good answer with its validators, and the history of its numbers. One SQLite file; a
 * damaged one is put aside and begun anew: it only holds what can be asked again. What is written between two flushes is there as a whole
 * or not at all, whatever ends the courier. Main thread. */
#ifndef SW_COURIER_ARCHIVE_H
#define SW_COURIER_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "base/tick.h"
#include "data/series.h"

struct sw_archive;

/* In `folder`, which is made if it is not there; NULL, or one that cannot be written (logged): kept in memory only. */
struct sw_archive *sw_archive_create(const char *folder) SW_MUST;
void sw_archive_destroy(struct sw_archive *archive); /* flushes. Accepts NULL */
/* Whether something waits to be flushed; and does it: at the end of a turn of the loop, now and then. What cannot be written (a full disk,
 * somebody's lock) is lost for the next courier, and said once. */
bool sw_archive_waits(const struct sw_archive *archive);
void sw_archive_flush(struct sw_archive *archive);

/* The last good answer of a source. `hash`: of how it is declared; one that was declared in another way is not found. */
struct sw_kept {
    char *bytes; /* a packed reading; the caller's to free() */
    size_t length;
    char etag[256], modified[128]; /* "": none */
};
void sw_archive_keep(struct sw_archive *archive, const char *source, uint64_t hash, const void *bytes, size_t length, const char *etag,
                     const char *modified);
bool sw_archive_find(struct sw_archive *archive, const char *source, uint64_t hash, struct sw_kept *kept) SW_MUST;

/* Adds points (one that is there already takes the new value) and drops those before `since`. */
void sw_archive_add(struct sw_archive *archive, const char *source, const char *field, const struct sw_point *points, size_t count,
                    sw_instant since);
/* All points of a field from `since` on, in order, at most SW_POINTS_MAX (the newest). NULL: none; else the caller's to free(). */
struct sw_point *sw_archive_points(struct sw_archive *archive, const char *source, const char *field, sw_instant since, size_t *count)
    SW_MUST;

#endif
