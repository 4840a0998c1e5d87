/* SPDX-License-Identifier: EUPL-1.2 */
/* What is known of clips before they play: in a release what was found out when it was published; else a worker is asked, once for each
 * state of a file, which is kept while the player lives. */
#ifndef SW_PLAYER_FOOTAGE_H
#define SW_PLAYER_FOOTAGE_H

#include "exhibition/clip_facts.h"
#include "exhibition/exhibition.h"
#include "media/cinema.h"

struct sw_footage;

/* Main thread; the cinema outlives it. */
struct sw_footage *sw_footage_create(struct sw_cinema *cinema) __attribute__((returns_nonnull));
void sw_footage_destroy(struct sw_footage *footage); /* accepts NULL */

/* As sw_cinema_probe. Any thread. */
bool sw_footage_probe(struct sw_footage *footage, const struct sw_root *root, const char *path, sw_tick deadline, struct sw_probed *out)
    SW_MUST;

/* The lengths for one loading, on whose thread they are asked for. */
struct sw_footage_lengths {
    struct sw_lengths lengths; /* for the loader */
    struct sw_footage *footage;
    const struct sw_clip_facts *facts; /* of the release; NULL: of none */
    bool wall;
    sw_tick until;                     /* so long workers are waited for, all together; 0: nobody has asked yet */
    const char *told;                  /* the clip of which it was logged last that it has no length; of the exhibition */
};
/* `wall`: there is nothing to be seen meanwhile, so it is not waited for long, and what is not found out is logged; else there is time, and
 * who asks says it. Nothing is to be finished. */
void sw_footage_lend(struct sw_footage *footage, const struct sw_clip_facts *facts, bool wall, struct sw_footage_lengths *out);

#endif
