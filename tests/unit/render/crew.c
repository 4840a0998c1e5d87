/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/crew.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PARTS = 37 };

struct tally {
    int done[PARTS]; /* each part has its own: no lock is needed, the crew's hand-over must do */
    int factor;
};

static void count(void *context, int part)
{
    struct tally *tally = context;
    tally->done[part] += tally->factor;
}

static void test_every_part_once(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        struct sw_crew *crew = sw_crew_create(threads);
        assert_int_equal(sw_crew_size(crew), threads);
        struct tally tally = {.factor = 1};
        int expected = 0;
        for (int turn = 0; turn < 200; turn++) {
            tally.factor = turn; /* written by the caller between jobs, read by all in the next */
            expected += turn;
            sw_crew_run(crew, count, &tally, PARTS);
            for (int i = 0; i < PARTS; i++)
                assert_int_equal(tally.done[i], expected);
        }
        sw_crew_run(crew, count, &tally, 0);
        sw_crew_run(crew, count, &tally, 1);
        assert_int_equal(tally.done[0], expected + 199);
        assert_int_equal(tally.done[1], expected);
        sw_crew_destroy(crew);
    }
    sw_crew_destroy(NULL);
}

struct spare {
    int pieces, left;
};

static bool piece(void *context)
{
    struct spare *spare = context;
    spare->pieces++;
    return --spare->left > 0;
}

static bool endless(void *context)
{
    struct spare *spare = context;
    spare->pieces++;
    return true;
}

/* What helpers do besides: all of it, one piece after the other, and jobs go on meanwhile. */
static void test_spare_work(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        struct sw_crew *crew = sw_crew_create(threads);
        struct tally tally = {.factor = 1};
        for (int turn = 1; turn <= 50; turn++) {
            struct spare spare = {.left = turn};
            sw_crew_spare(crew, piece, &spare);
            sw_crew_run(crew, count, &tally, PARTS);
            while (sw_crew_spares(crew)) {
            }
            assert_int_equal(spare.pieces, threads > 1 ? turn : 0);
            assert_int_equal(tally.done[PARTS - 1], turn);
            sw_crew_spare(crew, endless, &spare);
            sw_crew_run(crew, count, &tally, 0);
            sw_crew_stop_spare(crew);
            assert_false(sw_crew_spares(crew));
        }
        struct spare last = {.left = 0};
        sw_crew_spare(crew, endless, &last);
        sw_crew_destroy(crew);
    }
}

static void test_crews_without_work_end(void **state)
{
    (void)state;
    for (int i = 0; i < 50; i++) {
        struct sw_crew *crew = sw_crew_create(4);
        sw_crew_destroy(crew);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_part_once), cmocka_unit_test(test_spare_work),
                                       cmocka_unit_test(test_crews_without_work_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
