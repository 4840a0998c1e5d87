/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/scope.h"

#include <stddef.h>
#include <string.h>

#include "base/hash.h"
#include "exhibition/source.h"

void sw_reads_init(struct sw_reads *reads)
{
    reads->count = reads->source_count = 0;
    reads->all = false;
    reads->valid_until = SW_NEVER;
}

static void add_hash(struct sw_reads *reads, uint64_t hash)
{
    for (int i = 0; i < reads->count; i++) {
        if (reads->names[i] == hash) {
            return;
        }
    }
    if (reads->count == SW_READS_MAX) {
        reads->all = true;
        return;
    }
    reads->names[reads->count++] = hash;
}

void sw_reads_add(struct sw_reads *reads, const char *name)
{
    add_hash(reads, sw_hash_text(SW_HASH_START, name));
}

static void add_source(struct sw_reads *reads, const struct sw_source *source)
{
    if (!sw_reads_has_source(reads, source) && reads->source_count < SW_READ_SOURCES_MAX) {
        reads->sources[reads->source_count++] = source;
    }
}

void sw_reads_add_source(struct sw_reads *reads, const struct sw_source *source)
{
    sw_reads_add(reads, source->name);
    add_source(reads, source);
}

void sw_reads_until(struct sw_reads *reads, sw_instant instant)
{
    if (instant < reads->valid_until) {
        reads->valid_until = instant;
    }
}

void sw_reads_merge(struct sw_reads *into, const struct sw_reads *from)
{
    for (int i = 0; i < from->count; i++) {
        add_hash(into, from->names[i]);
    }
    for (int i = 0; i < from->source_count; i++) {
        add_source(into, from->sources[i]);
    }
    into->all = into->all || from->all;
    sw_reads_until(into, from->valid_until);
}

bool sw_reads_has(const struct sw_reads *reads, const char *name)
{
    uint64_t hash = sw_hash_text(SW_HASH_START, name);
    for (int i = 0; i < reads->count; i++) {
        if (reads->names[i] == hash) {
            return true;
        }
    }
    return reads->all;
}

bool sw_reads_has_source(const struct sw_reads *reads, const struct sw_source *source)
{
    for (int i = 0; i < reads->source_count; i++) {
        if (reads->sources[i] == source) {
            return true;
        }
    }
    return false;
}

/* The start of the second after `now`, also before 1970. */
static sw_instant next_second(sw_instant now)
{
    int64_t into = now % SW_SECOND;
    return now - (into < 0 ? into + SW_SECOND : into) + SW_SECOND;
}

struct sw_value sw_scope_lookup(const struct sw_evaluation *evaluation, const char *name)
{
    struct sw_value value = {.type = SW_VALUE_MISSING};
    if (strcmp(name, "now") == 0) {
        if (evaluation->reads != NULL) {
            sw_reads_until(evaluation->reads, next_second(evaluation->now));
        }
        return (struct sw_value){.type = SW_VALUE_INSTANT, .as.instant = evaluation->now};
    }
    if (evaluation->reads != NULL) {
        sw_reads_add(evaluation->reads, name);
    }
    for (const struct sw_scope *scope = evaluation->scope; scope != NULL; scope = scope->outer) {
        if (scope->lookup(scope, name, &value)) {
            return value;
        }
    }
    return (struct sw_value){.type = SW_VALUE_MISSING};
}
