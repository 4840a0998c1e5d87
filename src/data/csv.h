/* SPDX-License-Identifier: EUPL-1.2 */
/* A CSV row by row (RFC 4180 with other delimiters): cells in quotes hold delimiters, line breaks and doubled quotes; lines end in LF, CRLF
 * or CR; empty lines are none. A byte order mark is passed over; Latin-1 and Windows-1252 become UTF-8. Nothing is copied but the whole
 * once: cells lie in it. One thread. */
#ifndef SW_DATA_CSV_H
#define SW_DATA_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"
#include "exhibition/source.h"

#define SW_CSV_COLUMNS_MAX 1024
#define SW_CSV_CELL_MAX ((size_t)64 << 10) /* bytes of UTF-8 */

struct sw_csv_reader {
    char *text; /* owned by the reader until it is taken */
    char *at, *end;
    char delimiter;
    size_t line, next_line;                /* where the row began, from 1; where the next one will */
    size_t count;                          /* cells of the row */
    const char *cells[SW_CSV_COLUMNS_MAX]; /* UTF-8; they lie in `text` and live as long */
};

enum sw_csv_status { SW_CSV_ROW, SW_CSV_END, SW_CSV_DAMAGED };

/* Passes form->skip lines. false: `fault` (at least 160 bytes) says why; close it in either case. */
bool sw_csv_open(struct sw_csv_reader *reader, const struct sw_csv *form, const char *bytes, size_t length, char *fault, size_t capacity)
    SW_MUST;
/* The next row into count and cells; DAMAGED: `fault` says why. */
enum sw_csv_status sw_csv_next(struct sw_csv_reader *reader, char *fault, size_t capacity) SW_MUST;
/* Hands `text`, and with it all cells, to the caller, who frees it. */
char *sw_csv_take(struct sw_csv_reader *reader) SW_MUST;
void sw_csv_close(struct sw_csv_reader *reader); /* accepts a zeroed one */

#endif
