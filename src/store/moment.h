/* SPDX-License-Identifier: EUPL-1.2 */
/* Instants as signed documents write them: "2026-11-23T10:24:34Z", to the second, in UTC, the years 1970 to 9999. Any thread. */
#ifndef SW_STORE_MOMENT_H
#define SW_STORE_MOMENT_H

#include "base/must.h"
#include "base/tick.h"

#define SW_MOMENT_TEXT 20 /* characters, without the NUL */

bool sw_moment_parse(const char *text, sw_instant *out) SW_MUST;
/* Parts of a second are dropped; what lies outside the years becomes their end. Returns `text`. */
const char *sw_moment_text(sw_instant moment, char text[SW_MOMENT_TEXT + 1]);

#endif
