/* SPDX-License-Identifier: EUPL-1.2 */
/* When another edition comes: every way in which visits, turns, instants, readiness and patience meet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "player/boundary.h"

#define TICK (100 * SW_HOUR) /* now, and an instant far from it */
#define INSTANT (1795388400 * SW_SECOND)
#define S SW_SECOND

enum { WAITS, COMES };

/* Seconds from now; NEVER: not known. */
#define NEVER 1000000

static const struct {
    const char *what;
    int waited_s, turn_s, activate_s; /* activate 0: none */
    bool nothing, visit, visit_ended, ready;
    int comes;
    bool near;
    int as_of_s, again_s;
} rows[] = {
    {"nothing plays, it is not ready", 0, NEVER, 0, true, false, false, false, WAITS, true, 0, NEVER},
    {"nothing plays, it is ready", 0, NEVER, 0, true, false, false, true, COMES, true, 0, NEVER},
    {"nothing plays: no instant is waited for", 0, NEVER, 60, true, false, false, true, COMES, true, 0, NEVER},
    {"a turn goes on", 0, 20, 0, false, false, false, true, WAITS, false, 0, 15},
    {"a turn ends soon: it is made ready for that", 0, 4, 0, false, false, false, false, WAITS, true, 4, 4},
    {"a turn ends soon: it is ready, and waits", 0, 4, 0, false, false, false, true, WAITS, true, 4, 4},
    {"a turn ends, ready", 0, 0, 0, false, false, false, true, COMES, true, 0, NEVER},
    {"a turn has just ended, ready", 0, -1, 0, false, false, false, true, COMES, true, 0, NEVER},
    {"a turn ends, not ready: at the next one", 0, 0, 0, false, false, false, false, WAITS, true, 0, NEVER},
    {"no turn ends: at once", 0, NEVER, 0, false, false, false, true, COMES, true, 0, NEVER},
    {"a turn ends after all patience: at once", 0, 601, 0, false, false, false, true, COMES, true, 0, NEVER},
    {"a turn ends with the last of patience", 0, 600, 0, false, false, false, true, WAITS, false, 0, 595},
    {"somebody is there", 0, 20, 0, false, true, false, true, WAITS, false, 0, 600},
    {"somebody is there, another zone's turn ends", 0, 0, 0, false, true, false, true, WAITS, false, 0, 600},
    {"somebody has been there for long", 599, 0, 0, false, true, false, true, WAITS, false, 0, 1},
    {"somebody has been there for too long", 600, 20, 0, false, true, false, true, COMES, true, 0, NEVER},
    {"too long, but it is not ready", 700, 20, 0, false, true, false, false, WAITS, true, 0, NEVER},
    {"they have gone", 30, 20, 0, false, false, true, true, COMES, true, 0, NEVER},
    {"they have gone, it is not ready", 30, 20, 0, false, false, true, false, WAITS, true, 0, NEVER},
    {"all walls change together later", 0, 0, 60, false, false, false, true, WAITS, false, 0, 55},
    {"all walls change together soon", 0, 0, 3, false, false, false, true, WAITS, true, 3, 3},
    {"all walls change together now", 0, 20, -1, false, false, false, true, COMES, true, 0, NEVER},
    {"all walls change together, whoever is there", 0, 20, -1, false, true, false, true, COMES, true, 0, NEVER},
    {"the instant has come, it is not ready", 0, 20, -1, false, false, false, false, WAITS, true, 0, NEVER},
    {"the instant is far, patience or not", 700, 20, 3600, false, false, false, true, WAITS, false, 0, 3595},
};

static void every_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_boundary_view view = {.now = {TICK, INSTANT},
                                        .offered = TICK - rows[i].waited_s * S,
                                        .activate = rows[i].activate_s == 0 ? 0 : INSTANT + rows[i].activate_s * S,
                                        .turn_ends = rows[i].turn_s == NEVER ? SW_NEVER : INSTANT + rows[i].turn_s * S,
                                        .nothing = rows[i].nothing,
                                        .visit = rows[i].visit,
                                        .visit_ended = rows[i].visit_ended,
                                        .ready = rows[i].ready};
        struct sw_boundary boundary = sw_boundary_judge(&view);
        if (boundary.change != (rows[i].comes == COMES) || boundary.near != rows[i].near)
            fail_msg("%s: change %d, near %d", rows[i].what, boundary.change, boundary.near);
        if (boundary.as_of != INSTANT + rows[i].as_of_s * S)
            fail_msg("%s: as of %lld s", rows[i].what, (long long)((boundary.as_of - INSTANT) / S));
        if (boundary.again != (rows[i].again_s == NEVER ? SW_NEVER : TICK + rows[i].again_s * S))
            fail_msg("%s: again at %lld s", rows[i].what, (long long)((boundary.again - TICK) / S));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_row)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
