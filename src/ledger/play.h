/* SPDX-License-Identifier: EUPL-1.2 */
/* Proof of play: one record says what one zone showed from when to when, and why. It stands for itself: a line of text with a checksum,
 * which needs no other line to be understood. What is on for long is written in pieces, so that a power cut costs little of it. Nothing in
 * it is about a visitor but that there was one. */
#ifndef SW_LEDGER_PLAY_H
#define SW_LEDGER_PLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"
#include "base/tick.h"

#define SW_PLAY_LINE_MAX 1280 /* of a line, with its end and a NUL */
#define SW_PLAY_INSTANT_MAX (INT64_C(253402300799) * SW_SECOND) /* the end of the year 9999 */

struct sw_play {
    sw_instant from, until; /* 0 <= from < until; `until` is `from` and what the monotonic clock has measured since */
    bool begins;            /* false: a record before it has the beginning of this showing; now it goes on, or turned a page */
    char zone[65], scene[65], page[65]; /* page "": the scene has none */
    char why[17];     /* "playlist", "visit", "override", "otherwise" */
    char release[33]; /* its version; "": played from a folder */
    char by[65];      /* who wanted the override; "": not known, or it is none */
};

/* Copies `text` (NULL: "") into a field of `capacity` bytes, cut between two characters where it is too long. */
void sw_play_set(char *field, size_t capacity, const char *text);
/* Writes the record with its end of line and a NUL; returns the length. */
size_t sw_play_write(const struct sw_play *play, char line[SW_PLAY_LINE_MAX]);
/* Reads a line (without its end). False: it is not, to the last bit, what sw_play_write wrote. */
bool sw_play_read(const char *line, size_t length, struct sw_play *play) SW_MUST;

#endif
