/* SPDX-License-Identifier: EUPL-1.2 */
/* A copy of tests/bad/base in a folder of its own: a test writes over it, loads it and says which faults it wants. What fails is
 * asserted. */
#ifndef SW_TEST_LOAD_HOUSE_H
#define SW_TEST_LOAD_HOUSE_H

#include <stddef.h>

#include "exhibition/exhibition.h"

struct house {
    char folder[64];
    struct sw_diags diags;
    struct sw_exhibition *exhibition; /* the test's to make; destroyed with the house */
    void *own;                        /* the test's */
};

/* cmocka's setup and teardown: *state becomes a house. */
int house_open(void **state);
int house_close(void **state);
void house_put(struct house *house, const char *file, const char *text);
/* The faults are those and no others, in this order. */
void house_expect(struct house *house, const char *const *lines, size_t count);
#define EXPECT(house, ...)                                                                                                                 \
    do {                                                                                                                                   \
        static const char *const lines_[] = {__VA_ARGS__};                                                                                 \
        house_expect(house, lines_, sizeof lines_ / sizeof lines_[0]);                                                                     \
    } while (0)

#endif
