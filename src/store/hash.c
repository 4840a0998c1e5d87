/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/hash.h"

#include <sodium.h>
#include <string.h>

bool sw_crypto_start(void) { return sodium_init() >= 0; }

void sw_hashing_init(struct sw_hashing *hashing) { (void)crypto_hash_sha256_init(&hashing->state); }

void sw_hashing_add(struct sw_hashing *hashing, const void *bytes, size_t length)
{
    (void)crypto_hash_sha256_update(&hashing->state, bytes, length);
}

void sw_hashing_end(struct sw_hashing *hashing, struct sw_digest *out) { (void)crypto_hash_sha256_final(&hashing->state, out->bytes); }

struct sw_digest sw_digest_of(const void *bytes, size_t length)
{
    struct sw_digest digest;
    (void)crypto_hash_sha256(digest.bytes, bytes, length);
    return digest;
}

bool sw_digest_equal(const struct sw_digest *left, const struct sw_digest *right)
{
    return memcmp(left->bytes, right->bytes, sizeof left->bytes) == 0;
}

bool sw_digest_parse(const char *text, struct sw_digest *out)
{
    if (strspn(text, "0123456789abcdef") != SW_DIGEST_TEXT || text[SW_DIGEST_TEXT] != '\0')
        return false;
    (void)sodium_hex2bin(out->bytes, sizeof out->bytes, text, SW_DIGEST_TEXT, NULL, NULL, NULL);
    return true;
}

const char *sw_digest_text(const struct sw_digest *digest, char text[SW_DIGEST_TEXT + 1])
{
    return sodium_bin2hex(text, SW_DIGEST_TEXT + 1, digest->bytes, sizeof digest->bytes);
}
