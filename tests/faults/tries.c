/* SPDX-License-Identifier: EUPL-1.2 */
#include "tries.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>

#include "folder.h"

/* How often the old release was played, and the new one; how often the process ended early, and how often it said that it failed. */
struct sum {
    long old, new, ended, undone;
};

/* One try with a fault at call `n`, and what is left of it. True while there is a call `n`. */
static bool try(struct tries *tries, enum wrapped_calls calls, enum wrapped_fault fault, long n, int error, struct sum *sum)
{
    folder_make(tries->folder, sizeof tries->folder);
    tries->prepare(tries);
    enum wrapped_end end = wrapped_try(calls, fault, n, error, tries->bring, tries);
    sum->ended += end == WRAPPED_ENDED;
    sum->undone += end == WRAPPED_UNDONE;
    int64_t version = site_played(tries->site, tries->folder);
    assert_true(version == tries->old || version == 2);
    assert_true(end != WRAPPED_DONE || version == 2); /* what is said to be done is done */
    sum->old += version == tries->old;
    sum->new += version == 2;
    assert_true(tries->bring(tries));
    assert_int_equal(site_played(tries->site, tries->folder), 2);
    folder_remove(tries->folder);
    return end != WRAPPED_UNREACHED;
}

void tries_all(struct tries *tries, const char *name, enum wrapped_calls calls, enum wrapped_fault fault, int error)
{
    struct sum sum = {0};
    long n = 1;
    while (try(tries, calls, fault, n, error, &sum))
        n++;
    print_message("%s, %s: %ld places, %ld ended early, %ld said so; %ld played the old release, %ld the new one\n", tries->name, name,
                  n - 1, sum.ended, sum.undone, sum.old, sum.new);
    assert_true(n > 100);
    assert_true(sum.old > 10 && sum.new > 5);
}

void tries_killed(void **state)
{
    tries_all(*state, "killed before each call", WRAPPED_FILES, WRAPPED_KILL_BEFORE, 0);
    tries_all(*state, "killed after each call", WRAPPED_FILES, WRAPPED_KILL_AFTER, 0);
}

void tries_failing(void **state)
{
    tries_all(*state, "each call fails once (EIO)", WRAPPED_FILES, WRAPPED_FAIL_ONCE, EIO);
    tries_all(*state, "calls fail from each on (ENOSPC)", WRAPPED_FILES, WRAPPED_FAIL_ON, ENOSPC);
}

void tries_failing_otherwise(void **state)
{
    tries_all(*state, "each call fails once (interrupted)", WRAPPED_FILES, WRAPPED_FAIL_ONCE, EINTR);
    tries_all(*state, "calls fail from each on (EIO)", WRAPPED_FILES, WRAPPED_FAIL_ON, EIO);
    tries_all(*state, "calls fail from each on (EROFS)", WRAPPED_FILES, WRAPPED_FAIL_ON, EROFS);
}

void tries_memory(void **state) { tries_all(*state, "out of memory at each allocation", WRAPPED_MEMORY, WRAPPED_FAIL_ONCE, ENOMEM); }
