/* SPDX-License-Identifier: EUPL-1.2 */
/* Signatures: the right one, and every one that is not. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdlib.h>

#include "faults.h"
#include "store/hash.h"
#include "store/signature.h"

static const char document[] = "{\"wall\": \"foyer\"}\n";
#define DOCUMENT_LENGTH (sizeof document - 1)

struct keys {
    struct sw_secret_key secret, other_secret;
    struct sw_public_key public, other_public;
};

static int make_keys(void **state)
{
    static struct keys keys;
    sw_key_make(&keys.secret, &keys.public);
    sw_key_make(&keys.other_secret, &keys.other_public);
    *state = &keys;
    return 0;
}

static struct sw_signature read_signature(const char *text)
{
    struct sw_diags diags;
    struct sw_signature signature;
    sw_diags_init(&diags);
    assert_true(sw_signature_read(text, strlen(text), "x.minisig", &signature, &diags));
    sw_diags_finish(&diags);
    return signature;
}

static void test_right(void **state)
{
    struct keys *keys = *state;
    static const char *const comments[] = {"", "schauwand release foyer 12", "timestamp:1\tfile:x\thashed", "Größe 日本"};
    for (size_t i = 0; i < SW_COUNT(comments); i++) {
        char *text = sw_signature_write(&keys->secret, document, DOCUMENT_LENGTH, comments[i]);
        struct sw_signature signature = read_signature(text);
        assert_string_equal(signature.comment, comments[i]);
        assert_int_equal(sw_signature_verify(&signature, &keys->public, document, DOCUMENT_LENGTH), SW_SIGNATURE_RIGHT);
        assert_string_equal(sw_signature_verdict_text(SW_SIGNATURE_RIGHT), "is right");
        free(text);
    }
}

/* Every bit of the document, of both signatures, of the comment and of the key. */
static void test_every_bit(void **state)
{
    struct keys *keys = *state;
    char changed[sizeof document];
    char *text = sw_signature_write(&keys->secret, document, DOCUMENT_LENGTH, "release 12");
    struct sw_signature signature = read_signature(text), bad;
    memcpy(changed, document, sizeof changed);
    for (size_t bit = 0; bit < 8 * DOCUMENT_LENGTH; bit++) {
        changed[bit / 8] ^= (char)(1 << bit % 8);
        assert_int_equal(sw_signature_verify(&signature, &keys->public, changed, DOCUMENT_LENGTH), SW_SIGNATURE_WRONG);
        changed[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t length = 0; length < DOCUMENT_LENGTH; length++)
        assert_int_equal(sw_signature_verify(&signature, &keys->public, document, length), SW_SIGNATURE_WRONG);
    assert_int_equal(sw_signature_verify(&signature, &keys->public, document, DOCUMENT_LENGTH + 1), SW_SIGNATURE_WRONG);
    for (size_t bit = 0; bit < 512; bit++) {
        bad = signature;
        bad.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_int_equal(sw_signature_verify(&bad, &keys->public, document, DOCUMENT_LENGTH), SW_SIGNATURE_WRONG);
        bad = signature;
        bad.whole[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_int_equal(sw_signature_verify(&bad, &keys->public, document, DOCUMENT_LENGTH), SW_SIGNATURE_WRONG_COMMENT);
    }
    for (size_t i = 0; i < strlen(signature.comment); i++) {
        bad = signature;
        bad.comment[i] ^= 1;
        assert_int_equal(sw_signature_verify(&bad, &keys->public, document, DOCUMENT_LENGTH), SW_SIGNATURE_WRONG_COMMENT);
        bad = signature;
        bad.comment[i] = '\0';
        assert_int_equal(sw_signature_verify(&bad, &keys->public, document, DOCUMENT_LENGTH), SW_SIGNATURE_WRONG_COMMENT);
    }
    for (size_t bit = 0; bit < 256; bit++) {
        struct sw_public_key key = keys->public;
        key.point[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_int_equal(sw_signature_verify(&signature, &key, document, DOCUMENT_LENGTH), SW_SIGNATURE_WRONG);
    }
    free(text);
}

/* The attacks by name. */
static void test_attacks(void **state)
{
    struct keys *keys = *state;
    char *text = sw_signature_write(&keys->secret, document, DOCUMENT_LENGTH, "release 12");
    char *others = sw_signature_write(&keys->other_secret, document, DOCUMENT_LENGTH, "release 12");
    char *elsewhere = sw_signature_write(&keys->secret, "{}", 2, "release 13");
    struct sw_signature right = read_signature(text), other = read_signature(others), old = read_signature(elsewhere), bad;
    assert_int_equal(sw_signature_verify(&other, &keys->public, document, DOCUMENT_LENGTH), SW_SIGNATURE_OTHER_KEY);
    bad = other; /* another's signature under our key's id */
    memcpy(bad.id, right.id, sizeof bad.id);
    assert_int_equal(sw_signature_verify(&bad, &keys->public, document, DOCUMENT_LENGTH), SW_SIGNATURE_WRONG);
    assert_int_equal(sw_signature_verify(&old, &keys->public, document, DOCUMENT_LENGTH), SW_SIGNATURE_WRONG);
    bad = right; /* our comment of another document */
    memcpy(bad.whole, old.whole, sizeof bad.whole);
    memcpy(bad.comment, old.comment, sizeof bad.comment);
    assert_int_equal(sw_signature_verify(&bad, &keys->public, document, DOCUMENT_LENGTH), SW_SIGNATURE_WRONG_COMMENT);
    bad = right; /* the whole signature in the place of the first */
    memcpy(bad.bytes, right.whole, sizeof bad.bytes);
    assert_int_equal(sw_signature_verify(&bad, &keys->public, document, DOCUMENT_LENGTH), SW_SIGNATURE_WRONG);
    memset(&bad, 0, sizeof bad); /* nothing but zeroes, and a key of small order that takes them */
    struct sw_public_key zero = {{0}, {0}};
    assert_int_equal(sw_signature_verify(&bad, &zero, document, DOCUMENT_LENGTH), SW_SIGNATURE_WRONG);
    zero.point[0] = 1;
    bad.bytes[0] = 1;
    assert_int_equal(sw_signature_verify(&bad, &zero, document, DOCUMENT_LENGTH), SW_SIGNATURE_WRONG);
    unsigned char plain[64]; /* the older kind, relabelled: the document itself is signed, not its digest */
    crypto_sign_detached(plain, NULL, (const unsigned char *)document, DOCUMENT_LENGTH, keys->secret.secret);
    bad = right;
    memcpy(bad.bytes, plain, sizeof plain);
    assert_int_equal(sw_signature_verify(&bad, &keys->public, document, DOCUMENT_LENGTH), SW_SIGNATURE_WRONG);
    assert_string_equal(sw_signature_verdict_text(SW_SIGNATURE_WRONG), "does not fit: the file was changed after it was signed");
    free(text);
    free(others);
    free(elsewhere);
}

#define A64 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define SIG "RUQAAAAA" A64 "AAAAAAAAAAAAAAAAAAAAAAAAAAA="
#define ALL A64 "AAAAAAAAAAAAAAAAAAAAAA=="
#define UNTRUSTED "untrusted comment: x\n"
#define TRUSTED "trusted comment: y\n"

static void test_files(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *faults;
    } rows[] = {
        {"as it should be", UNTRUSTED SIG "\n" TRUSTED ALL "\n", ""},
        {"without the last line end", UNTRUSTED SIG "\n" TRUSTED ALL, ""},
        {"written on Windows", "untrusted comment: x\r\n" SIG "\r\ntrusted comment: y\r\n" ALL "\r\n", ""},
        {"empty", "", "s:1:1: error: a line that begins with \"untrusted comment: \" is wanted"},
        {"HTML", "<!doctype html>\n", "s:1:1: error: a line that begins with \"untrusted comment: \" is wanted"},
        {"trusted comment first", TRUSTED SIG "\n" UNTRUSTED ALL "\n",
         "s:1:1: error: a line that begins with \"untrusted comment: \" is wanted"},
        {"no signature", UNTRUSTED, "s:2:1: error: a signature of 74 bytes in base64 is wanted"},
        {"signature cut", UNTRUSTED "RUQAAAAA\n" TRUSTED ALL "\n", "s:2:1: error: a signature of 74 bytes in base64 is wanted"},
        {"older kind", UNTRUSTED "RWQAAAAA" A64 "AAAAAAAAAAAAAAAAAAAAAAAAAAA=\n" TRUSTED ALL "\n",
         "s:2:1: error: is a signature of the older kind; sign with `minisign -S -H` or `schauwand publish`"},
        {"unknown kind", UNTRUSTED "AUQAAAAA" A64 "AAAAAAAAAAAAAAAAAAAAAAAAAAA=\n" TRUSTED ALL "\n",
         "s:2:1: error: is a signature of another kind; sign with `minisign -S -H` or `schauwand publish`"},
        {"without trusted comment", UNTRUSTED SIG "\n", "s:3:1: error: a line that begins with \"trusted comment: \" is wanted"},
        {"trusted comment not readable", UNTRUSTED SIG "\ntrusted comment: \x01\n" ALL "\n",
         "s:3:1: error: the comment is no readable text in UTF-8"},
        {"without its signature", UNTRUSTED SIG "\n" TRUSTED, "s:4:1: error: a signature of 64 bytes in base64 is wanted"},
        {"its signature cut", UNTRUSTED SIG "\n" TRUSTED A64 "\n", "s:4:1: error: a signature of 64 bytes in base64 is wanted"},
        {"two signatures", UNTRUSTED SIG "\n" TRUSTED ALL "\n" UNTRUSTED SIG "\n" TRUSTED ALL "\n", "s:5:1: error: nothing may follow"},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        char faults[512];
        struct sw_diags diags;
        struct sw_signature signature = {.id = {9}};
        sw_diags_init(&diags);
        bool read = sw_signature_read(rows[i].text, strlen(rows[i].text), "s", &signature, &diags);
        print_message("%s\n", rows[i].name);
        assert_string_equal(take_faults(&diags, faults, sizeof faults), rows[i].faults);
        assert_int_equal(read, rows[i].faults[0] == '\0');
        assert_int_equal(signature.id[0], read ? 0 : 9);
        sw_diags_finish(&diags);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_right), cmocka_unit_test(test_every_bit), cmocka_unit_test(test_attacks),
                                       cmocka_unit_test(test_files)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, make_keys, NULL) : 1;
}
