/* SPDX-License-Identifier: EUPL-1.2 */
/* The two kinds of time. sw_tick: microseconds of the monotonic clock, for animation, contacts and deadlines. sw_instant: microseconds
 * since 1970-01-01T00:00:00Z, for schedules. Nobody below player/, supervisor/ and cli/ calls the two *_now functions (but the log, which
 * counts repeats): `now` is a parameter. */
#ifndef SW_BASE_TICK_H
#define SW_BASE_TICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"

typedef int64_t sw_tick;
typedef int64_t sw_instant;

#define SW_MS ((int64_t)1000)
#define SW_SECOND ((int64_t)1000000)
#define SW_MINUTE (60 * SW_SECOND)
#define SW_HOUR (60 * SW_MINUTE)
#define SW_NEVER INT64_MAX

sw_tick sw_tick_now(void);
sw_instant sw_instant_now(void);
/* "20s", "1m30s", "500ms", "2h", "1d" (whole numbers, units falling, each once) to microseconds; false if malformed or beyond 366 days. */
bool sw_duration_parse(const char *text, int64_t *out) SW_MUST;
/* The same text back ("1m30s"), parts below a millisecond dropped, "0s" for what is less; cut where `capacity` (> 0; 32 suffices for a
 * year) is too small. Returns `out`. */
const char *sw_duration_text(int64_t duration, char *out, size_t capacity);

#endif
