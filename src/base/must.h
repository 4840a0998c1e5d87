/* SPDX-License-Identifier: EUPL-1.2 */
/* Marks for the compiler that every header may use. SW_MUST: the result must be looked at. SW_PRINTF: arguments are checked as printf's. */
#ifndef SW_BASE_MUST_H
#define SW_BASE_MUST_H

#define SW_MUST __attribute__((warn_unused_result))
#define SW_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define SW_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
