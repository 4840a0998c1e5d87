/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows and columns for people, aligned, or as CSV (RFC 4180) for programs that calculate. */
#ifndef SW_CLI_SHEET_H
#define SW_CLI_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/must.h"

struct sw_sheet {
    struct sw_arena arena;
    const char **cells; /* row by row */
    size_t count, capacity, columns;
    unsigned right; /* bit i: column i is aligned to the right */
};

void sw_sheet_init(struct sw_sheet *sheet, size_t columns, unsigned right);
void sw_sheet_finish(struct sw_sheet *sheet);
/* The next cell; the first ones are the columns' names. */
void sw_sheet_add(struct sw_sheet *sheet, const char *format, ...) SW_PRINTF(2, 3);
/* Control characters and what is no UTF-8 become "?"; a column is as wide as its longest cell. */
void sw_sheet_print(const struct sw_sheet *sheet, FILE *out);
/* A cell that a spreadsheet would take for a formula gets an apostrophe in front. */
void sw_sheet_print_csv(const struct sw_sheet *sheet, FILE *out);

#endif
