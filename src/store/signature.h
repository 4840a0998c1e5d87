/* SPDX-License-Identifier: EUPL-1.2 */
/* Signatures in the format of `minisign` (0.11), prehashed only ("ED"): Ed25519 over the BLAKE2b-512 digest of the document, and a second
 * one over the first and the trusted comment. The older kind ("Ed") is refused. Any thread. */
#ifndef SW_STORE_SIGNATURE_H
#define SW_STORE_SIGNATURE_H

#include "store/key.h"

#define SW_SIGNATURE_FILE_MAX 4096 /* bytes */

/* As it stands in a file. Nothing of it is trusted before sw_signature_verify. */
struct sw_signature {
    unsigned char id[SW_KEY_ID_BYTES], bytes[64], whole[64]; /* `whole` is over `bytes` and `comment` */
    char comment[SW_KEY_COMMENT_MAX + 1];                    /* the trusted one: readable text, tabs among it */
};

enum sw_signature_verdict {
    SW_SIGNATURE_RIGHT,
    SW_SIGNATURE_OTHER_KEY,     /* by its id, it was made with another key */
    SW_SIGNATURE_WRONG,         /* the document was changed, or the signature */
    SW_SIGNATURE_WRONG_COMMENT, /* the trusted comment was changed */
};

/* The four lines of a `.minisig` file; a fault goes to `diags` under `name`, with its line. */
bool sw_signature_read(const char *bytes, size_t length, const char *name, struct sw_signature *out, struct sw_diags *diags) SW_MUST;
enum sw_signature_verdict sw_signature_verify(const struct sw_signature *signature, const struct sw_public_key *key, const void *document,
                                              size_t length) SW_MUST;
/* "is right", "was made with another key" ... */
const char *sw_signature_verdict_text(enum sw_signature_verdict verdict);

/* Signs: a `.minisig` file as text, the caller's to free(). `comment`: readable text of one line, at most SW_KEY_COMMENT_MAX bytes. */
char *sw_signature_write(const struct sw_secret_key *key, const void *document, size_t length, const char *comment) SW_MUST;

#endif
