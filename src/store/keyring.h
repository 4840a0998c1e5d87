/* SPDX-License-Identifier: EUPL-1.2 */
/* The key list: which keys may sign releases ("publishing") and playlists ("operating"), named by the offline root keys, who sign this
 * list. A wall knows one root key from its own configuration (the pin). Each list has a rising version; a root is replaced by a list that
 * old and new roots sign. The epoch begins versions anew: after a stolen key it rises, and whatever was signed before counts no longer.
 * Immutable once made; any thread. */
#ifndef SW_STORE_KEYRING_H
#define SW_STORE_KEYRING_H

#include "store/signature.h"
#include "store/statement.h"

#define SW_KEYRING_ROOTS_MAX 8
#define SW_KEYRING_KEYS_MAX 64  /* of each role */
#define SW_KEYRING_NAME_MAX 100 /* bytes */
#define SW_KEYRING_SIGNATURES_MAX (2 * SW_KEYRING_ROOTS_MAX)

enum sw_key_role { SW_KEY_PUBLISHING, SW_KEY_OPERATING };
#define SW_KEY_ROLES 2

struct sw_keyring_key {
    struct sw_public_key key;
    char name[SW_KEYRING_NAME_MAX + 1]; /* whose it is; "" not said */
    sw_instant until;                   /* SW_NEVER: no end. From then on nothing new that it signed is taken */
};

struct sw_keyring {
    int64_t version, epoch;
    sw_instant issued, expires; /* SW_NEVER: does not. What has expired warns */
    struct sw_public_key roots[SW_KEYRING_ROOTS_MAX];
    size_t root_count;
    size_t threshold; /* so many of the roots sign, 1..root_count */
    struct sw_keyring_key keys[SW_KEY_ROLES][SW_KEYRING_KEYS_MAX];
    size_t key_counts[SW_KEY_ROLES];
    struct sw_digest digest; /* of the document's bytes */
};

/* A document and its signatures (a `.minisig` each), all the caller's. */
struct sw_signed {
    const char *name; /* of the document, for faults */
    const char *bytes;
    size_t length;
    const char *const *signatures; /* as text, NUL-terminated */
    size_t signature_count;
};

const char *sw_key_role_text(enum sw_key_role role);
/* Reads a key list; says nothing of who signed it. */
bool sw_keyring_read(const char *bytes, size_t length, const char *name, struct sw_keyring *out, struct sw_diags *diags) SW_MUST;
/* The document that reads as `keyring` (but for the digest), to be signed; the caller's to free(). */
char *sw_keyring_write(const struct sw_keyring *keyring) SW_MUST;

/* Whether the key list `document` may take the place of `trusted` (NULL: there is none yet, and `pin` must have signed it). SAME: it is
 * `trusted` itself. NEW: *out is filled. Nothing is parsed that no root signed. Being expired as of `now` is a warning. */
enum sw_verdict sw_keyring_judge(const struct sw_signed *document, const struct sw_keyring *trusted, const struct sw_public_key *pin,
                                 sw_instant now, struct sw_keyring *out, struct sw_diags *diags) SW_MUST;

/* Whether one key of `role` signed `document` (which has one signature). A key that ended before `now` does not count: SW_NEVER_ENDED as
 * `now` for what was accepted long ago. */
#define SW_NEVER_ENDED INT64_MIN
bool sw_keyring_verify(const struct sw_keyring *keyring, enum sw_key_role role, const struct sw_signed *document, sw_instant now,
                       struct sw_diags *diags) SW_MUST;

#endif
