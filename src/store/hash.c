/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/hash.h"

#include <sodium.h>
#include <string.h>

bool sw_crypto_start(void) { return sodium_init() >= 0; }

void sw_hashing_init(struct sw_hashing *hashing) { sha256_init(&hashing->state); }

void sw_hashing_add(struct sw_hashing *hashing, const void *bytes, size_t length)
{
    sha256_update(&hashing->state, length, bytes);
}

void sw_hashing_end(struct sw_hashing *hashing, struct sw_digest *out)
{
    sha256_digest(&hashing->state, sizeof out->bytes, out->bytes);
}

struct sw_digest sw_digest_of(const void *bytes, size_t length)
{
    struct sw_hashing hashing;
    struct sw_digest digest;
    sw_hashing_init(&hashing);
    sw_hashing_add(&hashing, bytes, length);
    sw_hashing_end(&hashing, &digest);
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
