/* SPDX-License-Identifier: EUPL-1.2 */
/* The sources of a generation of the store, for the courier of a wall that follows: verified anew, read where they lie. */
#ifndef SW_COURIER_GENERATION_H
#define SW_COURIER_GENERATION_H

#include "courier/options.h"
#include "exhibition/exhibition.h"
#include "host/host.h"

/* Where it lies, and what that vouches for. */
struct sw_generation_place {
    const char *store;  /* the folder */
    sw_instant trusted; /* the latest instant that was signed; 0: none */
};

/* Reads the host's configuration with what was typed over it into *host, strings of `arena`, and loads the sources of
 * options->generation. NULL: it cannot be, of which faults may say why; the player, who asked for that generation, plays it without. */
struct sw_exhibition *sw_generation_sources(const struct sw_courier_options *options, struct sw_host *host,
                                            struct sw_generation_place *place, struct sw_arena *arena, struct sw_diags *diags) SW_MUST;

#endif
