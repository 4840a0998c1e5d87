/* SPDX-License-Identifier: EUPL-1.2 */
/* Judges the pictures of one zone, each as a whole: which scene it shows, or which change between which two and how far it has come, and
 * whether each of its pixels is what that scene, or those two, put there.
 *
 *   black  the zone shows no scene, or black where there should be a part of one
 *   stale  an older scene, or an earlier step of the change, after a newer one; or a piece of a scene that is neither of the two
 *   half   what lies below an asset where the asset should be: a scene that came in without it
 *   torn   anything else that neither of the two explains: steps mixed in one picture, pieces in wrong places, foreign colours
 *
 * While a push or wipe runs, each pixel belongs to exactly one of the two scenes; in a fade and morph it is the mixture of both that goes
 * with the step, in a morph with named assets on their way. Around edges that glide three pixels are left out (they are smoothed). */
#ifndef SW_FRAMES_JUDGE_H
#define SW_FRAMES_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "frames_plan.h"

enum fault { FAULT_NONE, FAULT_BLACK, FAULT_STALE, FAULT_HALF, FAULT_TORN, FAULTS };

/* What was seen of one kind of change, rest after it included. */
struct tally {
    long changes, frames, between; /* between: frames in which both scenes were seen */
    long faults[FAULTS];
};

struct judge;

/* `plan` outlives it. `zone`: its index. */
struct judge *judge_create(const struct plan *plan, int zone);
/* The zone's pixels 00RRGGBB, `stride` pixels a row; called once for each picture that differs from the one before. Faults are told on
 * standard output, the first of each sort in each kind of change. Before the first scene was seen, black is no fault. */
enum fault judge_frame(struct judge *judge, const uint32_t *pixels, int stride);
/* By the way a scene comes in: tallies[kind][way]. */
const struct tally (*judge_tallies(const struct judge *judge))[WAYS];
/* Scenes that were passed over, and changes of which no frame in between was seen though they have such. */
long judge_skipped(const struct judge *judge);
long judge_leapt(const struct judge *judge);
const char *judge_fault(enum fault fault);

#endif
