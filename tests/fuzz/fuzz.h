/* SPDX-License-Identifier: EUPL-1.2 */
/* What a fuzz target gives to libFuzzer (or to replay.c), and how it says that something is wrong: asserts stay in every build. */
#ifndef SW_TESTS_FUZZ_FUZZ_H
#define SW_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Tries one input; 0. What must not be ends the program. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#endif
