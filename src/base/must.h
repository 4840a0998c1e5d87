/* SPDX-License-Identifier: EUPL-1.2 */
/* Marks for the compiler that every header may use. SW_MUST: the result must be looked at. SW_PRINTF: arguments are checked as printf's.
 * SW_WIDE: a loop over whole pictures: it is made a second time for processors with wider vectors, and the program chooses when it
 * starts. */
#ifndef SW_BASE_MUST_H
#define SW_BASE_MUST_H

#define SW_MUST __attribute__((warn_unused_result))
#define SW_PRINTF(text, first) __attribute__((format(printf, text, first)))
#if defined __x86_64__ && defined __GNUC__ && !defined __clang__ && !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
#define SW_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define SW_WIDE
#endif
#define SW_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
