/* SPDX-License-Identifier: EUPL-1.2 */
/* Files of keys and signatures, as strangers may write them. What is read holds what the file says; what is not has one fault with its
 * line; no signature that we did not make is right. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "store/signature.h"

static void check_public(const char *bytes, size_t length, struct sw_diags *diags)
{
    struct sw_public_key key, again;
    size_t before = diags->count;
    bool read = sw_public_key_read(bytes, length, "k", &key, diags);
    assert(diags->count == before + !read);
    if (read) {
        char *text = sw_public_key_write(&key);
        bool same = sw_public_key_read(text, strlen(text), "k", &again, diags) && sw_public_key_equal(&key, &again);
        assert(same);
        free(text);
    }
}

static void check_secret(const char *bytes, size_t length, struct sw_diags *diags)
{
    struct sw_secret_key key;
    size_t before = diags->count;
    bool read = sw_secret_key_read(bytes, length, "s", NULL, &key, NULL, diags); /* without a password: no lock is tried */
    assert(diags->count == before + !read);
    if (read)
        sw_secret_key_wipe(&key);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    const char *bytes = (const char *)data;
    static const struct sw_public_key zero = {{0}, {0}};
    struct sw_diags diags;
    struct sw_signature signature;
    sw_diags_init(&diags);
    check_public(bytes, length, &diags);
    check_secret(bytes, length, &diags);
    size_t before = diags.count;
    bool read = sw_signature_read(bytes, length, "x.minisig", &signature, &diags);
    assert(diags.count == before + !read);
    if (read) {
        struct sw_public_key key = zero;
        memcpy(key.id, signature.id, sizeof key.id);
        assert(strlen(signature.comment) <= SW_KEY_COMMENT_MAX);
        assert(sw_signature_verify(&signature, &key, bytes, length) != SW_SIGNATURE_RIGHT);
    }
    sw_diags_finish(&diags);
    return 0;
}
