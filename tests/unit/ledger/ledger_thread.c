/* SPDX-License-Identifier: EUPL-1.2 */
/* The ledger's thread: nobody waits for it, what was added is there in the end, and a folder that cannot be written costs nothing else. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "in_ledger.h"
#include "ledger/ledger.h"

static struct sw_ledger *open_ledger(const char *path, int64_t gather, int64_t retry)
{
    struct sw_ledger *ledger = sw_ledger_create(&(struct sw_ledger_options){.folder = path, .gather = gather, .retry = retry});
    assert_non_null(ledger);
    return ledger;
}

static void add(struct sw_ledger *ledger, long first, long last)
{
    for (long number = first; number <= last; number++) {
        struct sw_play play = diary_play(number);
        sw_ledger_add(ledger, &play, sw_tick_now());
    }
}

static void await_moment(void)
{
    const struct timespec moment = {.tv_nsec = 5000000};
    (void)nanosleep(&moment, NULL);
}

/* Waits until the record is there, however long that takes. */
static void await(long number)
{
    do {
        await_moment();
        diary_read(&diary, folder);
    } while (diary.times[number] == 0);
}

static void test_at_the_end(void **state)
{
    (void)state;
    struct sw_ledger *ledger = open_ledger(folder, SW_HOUR, 0);
    add(ledger, 0, 999);
    sw_ledger_destroy(ledger); /* long before the hour is over */
    expect(0, 999);
    sw_ledger_destroy(open_ledger(folder, 0, 0));
    expect(0, 999);
}

static void test_meanwhile(void **state)
{
    (void)state;
    struct sw_ledger *ledger = open_ledger(folder, 20 * SW_MS, 0);
    for (long number = 0; number < 20; number++) {
        add(ledger, number, number);
        await(number);
    }
    sw_ledger_destroy(ledger);
    expect(0, 19);
}

/* No folder at first: what was added is written when there is one, each once. */
static void test_later(void **state)
{
    (void)state;
    folder_remove(folder);
    struct sw_ledger *ledger = open_ledger(folder, SW_MS, 10 * SW_MS);
    add(ledger, 0, 9);
    await_moment();
    add(ledger, 10, 19);
    assert_int_equal(mkdir(folder, 0700), 0);
    await(19);
    add(ledger, 20, 20);
    sw_ledger_destroy(ledger);
    expect(0, 20);
}

/* More than there is room for while it cannot be written: the oldest are kept, none of them by halves. */
static void test_too_much(void **state)
{
    (void)state;
    folder_remove(folder);
    struct sw_ledger *ledger = open_ledger(folder, SW_MS, 10 * SW_MS);
    add(ledger, 0, 9999);
    assert_int_equal(mkdir(folder, 0700), 0);
    await(0);
    sw_ledger_destroy(ledger);
    diary_read(&diary, folder);
    assert_false(diary.foreign || diary.disorder);
    assert_int_equal(diary.found.damaged + diary.found.torn, 0);
    assert_true(diary.count > 1000 && diary.count < 9999);
}

static void test_never(void **state)
{
    (void)state;
    struct sw_ledger *ledger = open_ledger("/nowhere/at/all", SW_MS, SW_MS);
    add(ledger, 0, 99);
    sw_ledger_destroy(ledger);
    sw_ledger_destroy(NULL);
}

/* A second one writes nothing while the first does. */
static void test_second(void **state)
{
    (void)state;
    struct sw_ledger *first = open_ledger(folder, SW_MS, SW_MS);
    add(first, 0, 0);
    await(0);
    struct sw_ledger *second = open_ledger(folder, SW_MS, SW_HOUR);
    add(second, 500, 509);
    sw_ledger_destroy(second);
    add(first, 1, 1);
    sw_ledger_destroy(first);
    expect(0, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {IN_LEDGER(test_at_the_end), IN_LEDGER(test_meanwhile), IN_LEDGER(test_later),
                                       IN_LEDGER(test_too_much),   IN_LEDGER(test_never),     IN_LEDGER(test_second)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
