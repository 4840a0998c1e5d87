/* SPDX-License-Identifier: EUPL-1.2 */
/* The configuration as it is going to be: what stood in the file that it began with, and what has been answered since. It is sound at any
 * time, judged by the rules by which the wall will read it. */
#ifndef SW_SETUP_DRAFT_H
#define SW_SETUP_DRAFT_H

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "host/host.h"
#include "setup/order.h"

struct sw_draft {
    struct sw_arena arena;
    struct sw_host host; /* what it means */
    cJSON *root, *began; /* owned; began: what stood in the file */
};

/* Reads `file`; `absent`: it need not be there. False: said on standard error. Finish it in either case. */
bool sw_draft_open(struct sw_draft *draft, const char *file, bool absent) SW_MUST;
void sw_draft_finish(struct sw_draft *draft);

/* As it would be answered; NULL: not said. */
const char *sw_draft_text(const struct sw_draft *draft, enum sw_setup_key key);
/* NULL: it is taken ("": the key is left out), or else what is wrong with it, of the arena; then nothing changes. */
const char *sw_draft_set(struct sw_draft *draft, enum sw_setup_key key, const char *text) SW_MUST;
/* The same for one more address that may be asked. */
const char *sw_draft_allow(struct sw_draft *draft, const char *address) SW_MUST;
/* The same for what the server is told: the secret of this name, which lies in `file`; `user`: NULL for a token. `name`: NULL for nothing.
 */
const char *sw_draft_access(struct sw_draft *draft, const char *name, const char *file, const char *user) SW_MUST;

/* Whether it says anything else than the file that it began with. */
bool sw_draft_changed(const struct sw_draft *draft);
/* As text; the caller's to free(). */
char *sw_draft_print(const struct sw_draft *draft) SW_MUST;

#endif
