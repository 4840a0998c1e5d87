/* SPDX-License-Identifier: EUPL-1.2 */
/* Keys as the program `minisign` (0.11) keeps them in files: Ed25519, named by eight random bytes. A public key is one line of base64; a
 * secret key may be locked by a password (scrypt), which costs about 1 GiB of memory and seconds, on purpose. Secret bytes are wiped as
 * soon as they are done with. Any thread. */
#ifndef SW_STORE_KEY_H
#define SW_STORE_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/must.h"

#define SW_KEY_ID_BYTES 8
#define SW_KEY_ID_TEXT 16    /* characters, without the NUL */
#define SW_KEY_TEXT 56       /* characters of a public key in base64, without the NUL */
#define SW_KEY_FILE_MAX 4096 /* bytes of a key's file */
#define SW_KEY_COMMENT_MAX 1024

struct sw_public_key {
    unsigned char id[SW_KEY_ID_BYTES], point[32];
};

struct sw_secret_key {
    unsigned char id[SW_KEY_ID_BYTES], secret[64]; /* the seed, then the public key */
};

bool sw_public_key_equal(const struct sw_public_key *left, const struct sw_public_key *right);
/* "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3": what stands in key lists and in a wall's configuration. */
bool sw_public_key_parse(const char *text, struct sw_public_key *out) SW_MUST;
const char *sw_public_key_text(const struct sw_public_key *key, char text[SW_KEY_TEXT + 1]);
/* "E7620F1842B4E81F", as `minisign` shows the id. */
const char *sw_key_id_text(const unsigned char id[SW_KEY_ID_BYTES], char text[SW_KEY_ID_TEXT + 1]);

/* The two lines of a `.pub` file; a fault goes to `diags` under `name` with its line. */
bool sw_public_key_read(const char *bytes, size_t length, const char *name, struct sw_public_key *out, struct sw_diags *diags) SW_MUST;
/* Such a file as text; the caller's to free(). */
char *sw_public_key_write(const struct sw_public_key *key) SW_MUST;

/* A new pair. sw_crypto_start comes first. */
void sw_key_make(struct sw_secret_key *secret, struct sw_public_key *public);
void sw_secret_key_public(const struct sw_secret_key *secret, struct sw_public_key *public);
void sw_secret_key_wipe(struct sw_secret_key *secret);

enum sw_lock_cost {
    SW_LOCK_MINISIGN, /* what `minisign` takes: 1 GiB, seconds */
    SW_LOCK_LIGHT,    /* 16 MiB: for machines that have no more, and for tests */
};

/* The two lines of a secret key's file. `password`: NULL for a key without; it is looked at only where the key is locked. *locked (if not
 * NULL) says whether it is, also where the password is missing or wrong. */
bool sw_secret_key_read(const char *bytes, size_t length, const char *name, const char *password, struct sw_secret_key *out, bool *locked,
                        struct sw_diags *diags) SW_MUST;
/* Such a file as text, locked unless `password` is NULL; the caller's to wipe and free(). NULL where there is not enough memory for the
 * lock. */
char *sw_secret_key_write(const struct sw_secret_key *secret, const char *password, enum sw_lock_cost cost) SW_MUST;

#endif
