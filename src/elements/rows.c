/* SPDX-License-Identifier: EUPL-1.2 */
#include "elements/rows.h"

#include <stdlib.h>
#include <string.h>

#define KEYS_MAX 8 /* of one order: what a `sort` may hold */

/* What a row is sorted by: of a text also its letters as they count, so that comparing is comparing bytes. */
struct key {
    struct sw_value value;
    const char *letters; /* NULL: no text */
    uint64_t first;      /* eight of their bytes */
};

/* A row on its way to its place. */
struct candidate {
    struct sw_value value;
    const struct key *keys;
    const struct keys *all;
    size_t place;
};

/* The expressions of all orders, and which of them run downwards. */
struct keys {
    const struct sw_property *items[SW_ROW_ORDERS * KEYS_MAX];
    bool falls[SW_ROW_ORDERS * KEYS_MAX];
    size_t count;
};

static bool lookup_row(const struct sw_scope *scope, const char *name, struct sw_value *out)
{
    const struct sw_row_scope *row = scope->context;
    if (strcmp(name, row->as) == 0) {
        *out = row->value;
        return true;
    }
    if (strcmp(name, "index") == 0) {
        *out = sw_value_number(row->index);
        return true;
    }
    return false;
}

void sw_row_scope_init(struct sw_row_scope *row, const struct sw_scope *outer, struct sw_value as, struct sw_value value, size_t place)
{
    *row = (struct sw_row_scope){
        .scope = {.outer = outer, .lookup = lookup_row, .context = row},
        .as = as.type == SW_VALUE_STRING ? as.as.string : "it",
        .value = value,
        .index = (double)place + 1,
    };
}

static struct keys keys_of(const struct sw_rows *rows)
{
    struct keys keys = {.count = 0};
    for (size_t i = 0; i < SW_ROW_ORDERS; i++) {
        const struct sw_property *by = rows->orders[i].by;
        for (size_t k = 0; by != NULL && by->form == SW_PROPERTY_LIST && k < by->as.by.count && k < KEYS_MAX; k++) {
            keys.falls[keys.count] = (by->as.by.keys[k][0] == '-') != rows->orders[i].reversed;
            keys.items[keys.count++] = &by->as.by.values[k];
        }
    }
    return keys;
}

static int compare_keys(const struct key *a, const struct key *b)
{
    if (a->letters == NULL || b->letters == NULL) {
        return sw_value_compare(a->value, b->value);
    }
    if (a->first != b->first) {
        return a->first < b->first ? -1 : 1;
    }
    int order = strcmp(a->letters, b->letters);
    order = order != 0 ? order : strcmp(a->value.as.string, b->value.as.string);
    return (order > 0) - (order < 0);
}

static int compare(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    for (size_t i = 0; i < a->all->count; i++) {
        int order = compare_keys(&a->keys[i], &b->keys[i]);
        if (order != 0) {
            bool missing = a->keys[i].value.type == SW_VALUE_MISSING || b->keys[i].value.type == SW_VALUE_MISSING;
            return a->all->falls[i] && !missing ? -order : order;
        }
    }
    return a->place < b->place ? -1 : 1;
}

static struct key make_key(const struct sw_view_context *context, struct sw_value value)
{
    struct key key = {.value = value};
    if (value.type == SW_VALUE_STRING) {
        char *letters = sw_arena_alloc(context->arena, strlen(value.as.string) * 3 + 1);
        size_t length = sw_value_sort_key(value.as.string, letters);
        for (size_t i = 0; i < 8; i++) {
            key.first = key.first << 8 | (i < length ? (unsigned char)letters[i] : 0u);
        }
        key.letters = letters;
    }
    return key;
}

static const struct key *make_keys(const struct sw_view_context *context, const struct sw_row_scope *row, const struct keys *all)
{
    struct key *keys = sw_arena_array(context->arena, all->count, sizeof *keys);
    for (size_t i = 0; i < all->count; i++) {
        keys[i] = make_key(context, sw_view_value(context, &row->scope, all->items[i]));
    }
    return keys;
}

size_t sw_rows_choose(const struct sw_view_context *context, const struct sw_rows *rows, struct sw_value *chosen)
{
    const struct sw_list *list = rows->list;
    const struct keys keys = keys_of(rows);
    bool filtered = rows->where->form != SW_PROPERTY_NONE;
    if (!filtered && keys.count == 0) {
        for (size_t i = 0; i < list->count; i++) {
            chosen[i] = list->items[i];
        }
        return list->count;
    }
    struct candidate *candidates = sw_arena_array(context->arena, list->count, sizeof *candidates);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct sw_row_scope row;
        sw_row_scope_init(&row, rows->outer, rows->as, list->items[i], i);
        if (!filtered || sw_value_true(sw_view_value(context, &row.scope, rows->where))) {
            const struct key *own = make_keys(context, &row, &keys);
            candidates[count++] = (struct candidate){.value = list->items[i], .keys = own, .all = &keys, .place = i};
        }
    }
    if (keys.count > 0) {
        qsort(candidates, count, sizeof *candidates, compare);
    }
    for (size_t i = 0; i < count; i++) {
        chosen[i] = candidates[i].value;
    }
    return count;
}
