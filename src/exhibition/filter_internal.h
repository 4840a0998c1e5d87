/* SPDX-License-Identifier: EUPL-1.2 */
/* The catalogue of filters: each is defined in one of filter_*.c and named here once. */
#ifndef SW_EXHIBITION_FILTER_INTERNAL_H
#define SW_EXHIBITION_FILTER_INTERNAL_H

#include "exhibition/filter.h"

#define SW_FILTERS(EACH) \
    EACH(value) EACH(number) EACH(percent) EACH(time) EACH(date) EACH(ago) EACH(upper) EACH(lower) EACH(map) EACH(plural) EACH(default)

#define SW_FILTER_DECLARE(name) extern const struct sw_filter sw_filter_##name;
SW_FILTERS(SW_FILTER_DECLARE)
#undef SW_FILTER_DECLARE

#define SW_TAKES(type) (1u << (type))

#endif
