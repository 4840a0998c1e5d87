/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows of a list in the order in which they are shown: what `repeat` and `table` have in common. Main thread. */
#ifndef SW_ELEMENTS_ROWS_H
#define SW_ELEMENTS_ROWS_H

#include "view/behaviour.h"

#define SW_ROW_ORDERS 2

/* A row under its name, and its place as `index`. */
struct sw_row_scope {
    struct sw_scope scope;
    const char *as;
    struct sw_value value;
    double index; /* from 1 */
};

/* `as` may be no string: then "it". The scope lives as long as `row`, which is the caller's. */
void sw_row_scope_init(struct sw_row_scope *row, const struct sw_scope *outer, struct sw_value as, struct sw_value value, size_t place);

/* Which rows of `list`, and in what order. */
struct sw_rows {
    const struct sw_scope *outer;
    struct sw_value as;
    const struct sw_list *list;
    const struct sw_property *where; /* not written: all */
    struct {
        const struct sw_property *by; /* SORT; not written or NULL: none */
        bool reversed;
    } orders[SW_ROW_ORDERS];          /* the first that tells two rows apart decides, else their places in the list */
};

/* Fills `chosen`, which has room for all of the list, and returns how many there are. Missing is last in either direction. Nothing is
 * evaluated that does not matter: without `where` and orders it costs a copy. */
size_t sw_rows_choose(const struct sw_view_context *context, const struct sw_rows *rows, struct sw_value *chosen);

#endif
