/* SPDX-License-Identifier: EUPL-1.2 */
#include "signers.h"

#include <string.h>

struct sw_secret_key secrets[WHO_COUNT];
struct sw_public_key publics[WHO_COUNT];

int signers_make(void **state)
{
    (void)state;
    for (int i = 0; i < WHO_COUNT; i++) {
        sw_key_make(&secrets[i], &publics[i]);
        memset(secrets[i].id, 0x11 * (i + 1), SW_KEY_ID_BYTES); /* so that faults name the same id in every run */
        memset(publics[i].id, 0x11 * (i + 1), SW_KEY_ID_BYTES);
    }
    return 0;
}

struct sw_keyring signers_keyring(void)
{
    struct sw_keyring keyring = {.version = 3, .epoch = 1, .issued = NOW, .expires = SW_NEVER, .root_count = 1, .threshold = 1};
    keyring.roots[0] = publics[ROOT];
    keyring.keys[SW_KEY_PUBLISHING][0] = (struct sw_keyring_key){publics[ANNA], "Anna", SW_NEVER};
    keyring.keys[SW_KEY_PUBLISHING][1] = (struct sw_keyring_key){publics[BERND], "Bernd", NOW + DAY};
    keyring.keys[SW_KEY_OPERATING][0] = (struct sw_keyring_key){publics[OPERATOR], "Pult", SW_NEVER};
    keyring.key_counts[SW_KEY_PUBLISHING] = 2;
    keyring.key_counts[SW_KEY_OPERATING] = 1;
    return keyring;
}
