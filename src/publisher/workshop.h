/* SPDX-License-Identifier: EUPL-1.2 */
/* The folder in which one person keeps the keys: root.key, publishing.key, operating.key (each with its .pub) and the list of them,
 * keys.json with keys.json.minisig. Secret keys are files of mode 0600; `minisign` reads them too, and can lock them. */
#ifndef SW_PUBLISHER_WORKSHOP_H
#define SW_PUBLISHER_WORKSHOP_H

#include "store/keyring.h"

struct sw_workshop {
    const char *folder;
    struct sw_keyring keyring;
    char *list, *signature; /* owned: the key list and its signature, as text */
};

/* Makes the three keys and the first list in a folder that has none. Every fault is printed. */
bool sw_workshop_make(const char *folder, sw_instant now) SW_MUST;
/* Reads and verifies the list; finish it. */
bool sw_workshop_open(struct sw_workshop *workshop, const char *folder) SW_MUST;
void sw_workshop_finish(struct sw_workshop *workshop);
/* Puts a new key in the place of that of `role`; `fresh`: in a new epoch, which ends all that the old one signed. */
bool sw_workshop_replace(struct sw_workshop *workshop, enum sw_key_role role, bool fresh, sw_instant now) SW_MUST;
/* The secret key of `role`, which the list must name; wipe it. */
bool sw_workshop_secret(const struct sw_workshop *workshop, enum sw_key_role role, struct sw_secret_key *out) SW_MUST;
void sw_workshop_print(const struct sw_workshop *workshop);

#endif
