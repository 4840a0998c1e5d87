/* SPDX-License-Identifier: EUPL-1.2 */
/* One drawing of paths to one bitmap, by cairo. No state: any thread, and the same drawing gives the same bytes each time. */
#ifndef SW_VIEW_BAKE_H
#define SW_VIEW_BAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bitmap.h"
#include "base/must.h"
#include "view/vector.h"

/* Whether `vector` can be baked: sides 1..16384 and at most 64 Mpx, all numbers finite and within a million pixels. */
bool sw_bake_possible(const struct sw_vector *vector);
/* A new ARGB bitmap, held once by the caller; NULL if cairo fails. `vector` must be possible. */
struct sw_bitmap *sw_bake(const struct sw_vector *vector) SW_MUST;

#endif
