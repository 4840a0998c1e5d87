/* SPDX-License-Identifier: EUPL-1.2 */
/* Who signs in the tests of trust, with keys of their own in every run, and what a wall says to it. */
#ifndef SW_TESTS_STORE_SIGNERS_H
#define SW_TESTS_STORE_SIGNERS_H

#include "store/keyring.h"

#define NOW (1795000000 * SW_SECOND)
#define DAY (86400 * SW_SECOND)

#define OK SW_VERDICT_NEW
#define SAME SW_VERDICT_SAME
#define NO SW_VERDICT_REFUSED

enum who { ROOT, ROOT_2, ROOT_3, ANNA, BERND, OPERATOR, STRANGER, WHO_COUNT };

extern struct sw_secret_key secrets[WHO_COUNT];
extern struct sw_public_key publics[WHO_COUNT];

/* The set-up of a group of tests: makes the keys. Their ids are the same in every run. */
int signers_make(void **state);
/* Version 3 of epoch 1: ROOT signs it; Anna and Bernd publish, Bernd until tomorrow; an operator. */
struct sw_keyring signers_keyring(void);

#endif
