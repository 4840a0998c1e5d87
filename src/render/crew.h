/* SPDX-License-Identifier: EUPL-1.2 */
/* Helper threads that wait for work and do it together with the caller: one job at a time, cut in numbered parts that do not depend on each
 * other. The caller's thread owns the crew. */
#ifndef SW_RENDER_CREW_H
#define SW_RENDER_CREW_H

#include <stdbool.h>

#include "base/must.h"

struct sw_crew;

/* A crew of `threads` (1..4) including the caller's; threads that cannot be started are done without. */
struct sw_crew *sw_crew_create(int threads) SW_MUST;
void sw_crew_destroy(struct sw_crew *crew); /* accepts NULL; not while a job runs */
/* How many work, the caller included. */
int sw_crew_size(const struct sw_crew *crew);
/* Calls work(context, part) once for every part of 0..parts-1, in any order, on any of the crew; returns when all are done, and then
 * everything that they wrote is seen. */
void sw_crew_run(struct sw_crew *crew, void (*work)(void *context, int part), void *context, int parts);
/* Gives the helpers something to do while there is no job: one calls work(context), which does a small piece, until that returns false. Not
 * while the last such work is under way (sw_crew_spares); a crew without helpers never does it. */
void sw_crew_spare(struct sw_crew *crew, bool (*work)(void *context), void *context);
bool sw_crew_spares(struct sw_crew *crew);
/* Takes that back and waits for the piece under way. */
void sw_crew_stop_spare(struct sw_crew *crew);

#endif
