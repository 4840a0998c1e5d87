/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/signature.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/buffer.h"
#include "store/lines.h"

#define DIGEST_BYTES 64
#define FILE_BYTES 74 /* "ED", id, signature */
#define FILE_TEXT 100 /* in base64 */
#define WHOLE_TEXT 88

static const unsigned char prehashed[2] = {'E', 'D'}, legacy[2] = {'E', 'd'};

bool sw_signature_read(const char *bytes, size_t length, const char *name, struct sw_signature *out, struct sw_diags *diags)
{
    struct sw_lines lines = {.at = bytes, .end = bytes + length, .name = name, .diags = diags};
    struct sw_signature read;
    unsigned char file[FILE_BYTES];
    if (!sw_lines_comment(&lines, SW_LINES_UNTRUSTED, NULL) || !sw_lines_base64(&lines, "signature", file, sizeof file))
        return false;
    if (memcmp(file, legacy, sizeof legacy) == 0)
        return sw_lines_fault(&lines, "is a signature of the older kind; sign with `minisign -S -H` or `schauwand publish`");
    if (memcmp(file, prehashed, sizeof prehashed) != 0)
        return sw_lines_fault(&lines, "is a signature of another kind; sign with `minisign -S -H` or `schauwand publish`");
    if (!sw_lines_comment(&lines, SW_LINES_TRUSTED, read.comment) || !sw_lines_base64(&lines, "signature", read.whole, sizeof read.whole) ||
        !sw_lines_end(&lines))
        return false;
    memcpy(read.id, file + 2, sizeof read.id);
    memcpy(read.bytes, file + 2 + sizeof read.id, sizeof read.bytes);
    *out = read;
    return true;
}

/* What the second signature is over; returns its length. */
static size_t join(const unsigned char bytes[64], const char *comment, unsigned char out[64 + SW_KEY_COMMENT_MAX])
{
    size_t length = strlen(comment);
    assert(length <= SW_KEY_COMMENT_MAX);
    memcpy(out, bytes, 64);
    memcpy(out + 64, comment, length);
    return 64 + length;
}

enum sw_signature_verdict sw_signature_verify(const struct sw_signature *signature, const struct sw_public_key *key, const void *document,
                                              size_t length)
{
    unsigned char digest[DIGEST_BYTES], whole[64 + SW_KEY_COMMENT_MAX];
    if (memcmp(signature->id, key->id, sizeof key->id) != 0)
        return SW_SIGNATURE_OTHER_KEY;
    (void)crypto_generichash(digest, sizeof digest, document, length, NULL, 0);
    if (crypto_sign_verify_detached(signature->bytes, digest, sizeof digest, key->point) != 0)
        return SW_SIGNATURE_WRONG;
    size_t joined = join(signature->bytes, signature->comment, whole);
    if (crypto_sign_verify_detached(signature->whole, whole, joined, key->point) != 0)
        return SW_SIGNATURE_WRONG_COMMENT;
    return SW_SIGNATURE_RIGHT;
}

const char *sw_signature_verdict_text(enum sw_signature_verdict verdict)
{
    static const char *const texts[] = {"is right", "was made with another key", "does not fit: the file was changed after it was signed",
                                        "does not fit its trusted comment, which was changed after it was signed"};
    return texts[verdict];
}

char *sw_signature_write(const struct sw_secret_key *key, const void *document, size_t length, const char *comment)
{
    unsigned char digest[DIGEST_BYTES], file[FILE_BYTES] = {prehashed[0], prehashed[1]}, whole[64 + SW_KEY_COMMENT_MAX], second[64];
    char first_text[FILE_TEXT + 1], second_text[WHOLE_TEXT + 1], id[SW_KEY_ID_TEXT + 1];
    struct sw_buffer buffer;
    (void)crypto_generichash(digest, sizeof digest, document, length, NULL, 0);
    memcpy(file + 2, key->id, sizeof key->id);
    (void)crypto_sign_detached(file + 2 + sizeof key->id, NULL, digest, sizeof digest, key->secret);
    size_t joined = join(file + 2 + sizeof key->id, comment, whole);
    (void)crypto_sign_detached(second, NULL, whole, joined, key->secret);
    (void)sodium_bin2base64(first_text, sizeof first_text, file, sizeof file, sodium_base64_VARIANT_ORIGINAL);
    (void)sodium_bin2base64(second_text, sizeof second_text, second, sizeof second, sodium_base64_VARIANT_ORIGINAL);
    sw_buffer_init(&buffer, SW_SIGNATURE_FILE_MAX);
    sw_buffer_printf(&buffer, SW_LINES_UNTRUSTED "signature of key %s\n%s\n" SW_LINES_TRUSTED "%s\n%s\n", sw_key_id_text(key->id, id),
                     first_text, comment, second_text);
    return buffer.bytes;
}
