/* SPDX-License-Identifier: EUPL-1.2 */
/* From when live data are, and whether they are real, in words and in the visitor's language: "Stand 14:05", of another day "Stand
 * 20.11.2026, 14:05"; "Aufzeichnung von 14:05"; "Beispieldaten". Main thread. */
#ifndef SW_VIEW_STANDING_H
#define SW_VIEW_STANDING_H

#include "view/behaviour.h"

/* What has to be said where values of these sources are shown; NULL: nothing, they are all live and fresh, or there are none to show. Of
 * several, samples come before recordings, those before what is old, the oldest before the newer. Of the context's arena. The sources that
 * this speaks for are put into the context's `told`. */
const char *sw_standing_text(const struct sw_view_context *context, const struct sw_reads *reads);

/* "14:05", noted to hold until midnight; of another day than `now`, or `dated`, "20.11.2026, 14:05", as the language writes it. */
const char *sw_standing_instant(const struct sw_evaluation *evaluation, sw_instant instant, bool dated);
/* Whether that is of another day. */
bool sw_standing_other_day(const struct sw_evaluation *evaluation, sw_instant instant);

#endif
