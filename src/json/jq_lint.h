/* SPDX-License-Identifier: EUPL-1.2 */
/* Judges a jq program by its tokens, without jq: what no program of ours may call (files, environment, standard streams, clock), what jq
 * 1.6 and 1.8 understand differently, and brackets that do not close. `check` says it with its place; the jq worker asks once more before
 * it compiles. A program that passes may still not compile: only jq knows. Pure; any thread. */
#ifndef SW_JSON_JQ_LINT_H
#define SW_JSON_JQ_LINT_H

#include <stddef.h>

#include "base/must.h"

#define SW_JQ_PROGRAM_MAX ((size_t)16 << 10) /* bytes */
#define SW_JQ_INDEX_MAX 1000000              /* in `.[1000000]`: jq 1.6 overflows on the largest (CVE-2024-23337) */
#define SW_JQ_DEPTH_MAX 64                   /* of brackets */
#define SW_JQ_FAULTS_MAX 8

struct sw_jq_fault {
    size_t offset;  /* bytes from the start of the program */
    char text[160]; /* what, and what would be right */
};

/* Fills `faults` (room for SW_JQ_FAULTS_MAX, in the order of the text) and returns how many there are; 0: the program may be tried. */
size_t sw_jq_lint(const char *program, size_t length, struct sw_jq_fault faults[SW_JQ_FAULTS_MAX]) SW_MUST;

#endif
