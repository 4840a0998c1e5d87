/* SPDX-License-Identifier: EUPL-1.2 */
/* Translations as a table (RFC 4180): UTF-8 with its mark, as spreadsheets want it; commas between cells. A cell that a spreadsheet would
 * take for a formula (it begins with = + - @, a tab or a return, quotes ' before them counted in) has one ' more in front, which is taken
 * away again: so every text comes back as it was. Read are commas, semicolons and tabs, and any ends of lines. */
#ifndef SW_LANG_CSV_H
#define SW_LANG_CSV_H

#include "base/buffer.h"
#include "lang/job.h"
#include "lang/offers.h"

void sw_csv_write(struct sw_buffer *out, const struct sw_jobs *jobs);
/* `bytes` without the mark of UTF-8. As sw_offers_read. */
bool sw_csv_read(struct sw_offers *offers, const char *bytes, size_t length) SW_MUST;

#endif
