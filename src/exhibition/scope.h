/* SPDX-License-Identifier: EUPL-1.2 */
/* Where the names of an expression come from, and what an evaluation read. Scopes chain: the innermost (a `repeat` row, a part's
 * parameters) first, the built-ins last. Used by one thread at a time. */
#ifndef SW_EXHIBITION_SCOPE_H
#define SW_EXHIBITION_SCOPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/civil.h"
#include "exhibition/value.h"

#define SW_READS_MAX 32
#define SW_READ_SOURCES_MAX 32

struct sw_source;

/* What evaluations depended on: the first names of what they looked up, the sources of live data whose values those led to (through rows
 * and parameters too), and until when the results hold if none of those change. */
struct sw_reads {
    uint64_t names[SW_READS_MAX]; /* sw_hash_text of the first name ("rhein" of rhein.level); a set */
    int count;
    bool all;               /* more than fit: anything may matter */
    const struct sw_source *sources[SW_READ_SOURCES_MAX]; /* a set; those that do not fit are left out */
    int source_count;
    sw_instant valid_until; /* SW_NEVER, or when the passing of time changes a result */
};

void sw_reads_init(struct sw_reads *reads);
void sw_reads_add(struct sw_reads *reads, const char *name);
void sw_reads_add_source(struct sw_reads *reads, const struct sw_source *source); /* its name too */
void sw_reads_until(struct sw_reads *reads, sw_instant instant); /* keeps the earlier one */
void sw_reads_merge(struct sw_reads *into, const struct sw_reads *from);
bool sw_reads_has(const struct sw_reads *reads, const char *name);
bool sw_reads_has_source(const struct sw_reads *reads, const struct sw_source *source);

struct sw_scope {
    const struct sw_scope *outer; /* NULL: the outermost */
    /* Gives the value of the first name of a path; false: not a name of this scope, ask the outer one. */
    bool (*lookup)(const struct sw_scope *scope, const char *name, struct sw_value *out);
    const void *context;
};

/* What every evaluation is given. */
struct sw_evaluation {
    const struct sw_scope *scope;
    struct sw_arena *arena;          /* results live there */
    struct sw_reads *reads;          /* NULL: not wanted */
    sw_instant now;                  /* of the civil clock; reading `now` or a time filter sets reads->valid_until */
    const struct sw_zone_rules *zone; /* the exhibition's time zone */
    const char *language;            /* "de", "en", "de-leicht" ...: for filters */
};

/* Looks `name` up along the chain, noting the read; `now` is known to every scope, comes before all and is noted as "holds until the next
 * second" only. Missing if no scope has it. */
struct sw_value sw_scope_lookup(const struct sw_evaluation *evaluation, const char *name);

struct sw_request;

/* What `check` knows of names before anything runs. */
struct sw_name_type {
    enum sw_value_type type;      /* MISSING: not known */
    const char *const *words;     /* STRING: the declared values, NULL-terminated; NULL: any */
    bool ranged;                  /* NUMBER: within minimum..maximum */
    double minimum, maximum;
    const char *const *members;   /* RECORD: names of its members, NULL-terminated; LIST: of each row; NULL: any */
    const struct sw_request *rows; /* RECORD, LIST: a row is one of a source, its members are this one's fields; NULL: none of a source */
};

struct sw_names {
    const struct sw_names *outer;
    /* What is known of `name`, which may be a path ("session.contrast"): for a path false is a fine answer, then only the members of what
     * stands before the dot are known. */
    bool (*describe)(const struct sw_names *names, const char *name, struct sw_name_type *out);
    /* All of this scope, NULL-terminated: for "did you mean". */
    const char *const *(*list)(const struct sw_names *names, struct sw_arena *arena);
    const void *context;
};

#endif
