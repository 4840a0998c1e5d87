/* SPDX-License-Identifier: EUPL-1.2 */
/* SHA-256 (FIPS 180-4), by which objects are named, and how a digest is written: 64 of [0-9a-f]. By nettle, which uses what the processor
 * has for it: five times as fast as libsodium's. Any thread. */
#ifndef SW_STORE_HASH_H
#define SW_STORE_HASH_H

#include <nettle/sha2.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"

#define SW_DIGEST_BYTES 32
#define SW_DIGEST_TEXT 64 /* characters, without the NUL */

struct sw_digest {
    unsigned char bytes[SW_DIGEST_BYTES];
};

/* Of bytes that come one after another. By value: copying it copies what was added so far. */
struct sw_hashing {
    struct sha256_ctx state;
};

/* Makes libsodium ready; before keys are made and once at the start of main(). Again does nothing. False: the system gives no chance. */
bool sw_crypto_start(void) SW_MUST;

void sw_hashing_init(struct sw_hashing *hashing);
void sw_hashing_add(struct sw_hashing *hashing, const void *bytes, size_t length);
/* The digest of all that was added; init before it is used again. */
void sw_hashing_end(struct sw_hashing *hashing, struct sw_digest *out);

struct sw_digest sw_digest_of(const void *bytes, size_t length);
bool sw_digest_equal(const struct sw_digest *left, const struct sw_digest *right);
/* Exactly SW_DIGEST_TEXT characters, small letters, up to the NUL; false: *out is untouched. */
bool sw_digest_parse(const char *text, struct sw_digest *out) SW_MUST;
/* Writes them and a NUL; returns `text`. */
const char *sw_digest_text(const struct sw_digest *digest, char text[SW_DIGEST_TEXT + 1]);

#endif
