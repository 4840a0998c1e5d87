/* SPDX-License-Identifier: EUPL-1.2 */
/* For tests of a ledger in a folder of their own: what they say again and again. After cmocka.h. */
#ifndef SW_TESTS_LEDGER_IN_LEDGER_H
#define SW_TESTS_LEDGER_IN_LEDGER_H

#include <sys/stat.h>

#include "diary.h"
#include "folder.h"

static char folder[64];
static struct diary diary;

static inline int enter(void **state)
{
    (void)state;
    folder_make(folder, sizeof folder);
    return 0;
}

static inline int leave(void **state)
{
    (void)state;
    (void)chmod(folder, 0700); /* a test may have shut it */
    folder_remove(folder);
    return 0;
}

/* The folder has these records, each once and in order, and no others. */
static inline void expect(long first, long last)
{
    diary_read(&diary, folder);
    assert_false(diary.foreign || diary.disorder);
    assert_int_equal(diary.count, last - first + 1);
    for (long number = first; number <= last; number++)
        assert_int_equal(diary.times[number], 1);
}

#define IN_LEDGER(test) cmocka_unit_test_setup_teardown(test, enter, leave)

#endif
