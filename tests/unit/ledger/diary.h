/* SPDX-License-Identifier: EUPL-1.2 */
/* A ledger for tests: numbered records in a folder that goes again. */
#ifndef SW_TESTS_LEDGER_DIARY_H
#define SW_TESTS_LEDGER_DIARY_H

#include "ledger/book.h"
#include "ledger/reader.h"

#define DIARY_NUMBERS 100000
#define DIARY_BEGIN (INT64_C(1795442400) * SW_SECOND) /* 2026-11-23T14:00:00Z */

/* What the folder holds, by number. */
struct diary {
    unsigned char times[DIARY_NUMBERS]; /* how often each record is there */
    size_t count;                       /* of all */
    long last;                          /* number read last; -1: none */
    bool foreign;                       /* a record that nobody wrote */
    bool disorder;                      /* a lower number after a higher one */
    struct sw_ledger_found found;
};

/* The record with a number: of two zones by turns, ten seconds each. */
struct sw_play diary_play(long number);
/* Appends the records from `first` to `last`. False: the book is to be closed. */
bool diary_append(struct sw_book *book, long first, long last);
/* Reads all that is there. */
void diary_read(struct diary *diary, const char *folder);
/* The newest file's path, and how many files there are. */
size_t diary_newest(const char *folder, char *path, size_t capacity);

#endif
