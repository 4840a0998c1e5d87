/* SPDX-License-Identifier: EUPL-1.2 */
/* Who writes a ledger: lines go to the end of the newest file, a full file is followed by a new one, and the oldest go. Whatever happens,
 * no line is ever there twice, and one that was cut short by a crash is cut off when the folder is opened next. Any one thread. */
#ifndef SW_LEDGER_BOOK_H
#define SW_LEDGER_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "base/tick.h"

struct sw_book_limits {
    size_t file_bytes;  /* of one file; 0: 1 MiB */
    int64_t all_bytes;  /* of all of them; 0: 256 MiB. One that could become full counts as full */
    int64_t age;        /* microseconds; 0: 400 days. A file goes when its newest record is older; one with each new file or opening, so
                           that a clock that is wrong for a while takes little with it */
};

struct sw_book;

/* Opens the folder for writing; `limits` NULL: the usual ones. NULL: errno says why; EWOULDBLOCK: somebody else writes there. */
struct sw_book *sw_book_open(const char *folder, const struct sw_book_limits *limits) SW_MUST;
void sw_book_close(struct sw_book *book); /* accepts NULL */
/* Appends whole lines (at most `file_bytes` in all) and brings them to the disk. `newest`: the instant of the latest of them. False: errno
 * says why, and the book is to be closed. *taken: the bytes that must not be appended again, whole lines too; all of them where only
 * bringing them to the disk failed, as they may be there. */
bool sw_book_append(struct sw_book *book, const char *lines, size_t length, sw_instant newest, size_t *taken) SW_MUST;

#endif
