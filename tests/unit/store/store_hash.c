/* SPDX-License-Identifier: EUPL-1.2 */
/* Digests: the examples of FIPS 180-4, in one piece and in many, and how they are written. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "store/hash.h"

static const struct {
    const char *text, *digest;
} known[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

static void test_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(known); i++) {
        char text[SW_DIGEST_TEXT + 1];
        size_t length = strlen(known[i].text);
        struct sw_digest digest = sw_digest_of(known[i].text, length), again, parsed;
        assert_string_equal(sw_digest_text(&digest, text), known[i].digest);
        for (size_t cut = 0; cut <= length; cut++) {
            struct sw_hashing hashing, copy;
            sw_hashing_init(&hashing);
            sw_hashing_add(&hashing, known[i].text, cut);
            copy = hashing;
            sw_hashing_add(&copy, known[i].text + cut, length - cut);
            sw_hashing_end(&copy, &again);
            assert_true(sw_digest_equal(&digest, &again));
        }
        assert_true(sw_digest_parse(known[i].digest, &parsed));
        assert_true(sw_digest_equal(&digest, &parsed));
        parsed.bytes[31] ^= 1;
        assert_false(sw_digest_equal(&digest, &parsed));
    }
}

static void test_no_digest(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "ab",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 ",
        "E3B0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        " 3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "../../../../../../../../../../../../../../../../../../etc/passwd",
    };
    for (size_t i = 0; i < SW_COUNT(texts); i++) {
        struct sw_digest digest = {{7}};
        assert_false(sw_digest_parse(texts[i], &digest));
        assert_int_equal(digest.bytes[0], 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_known), cmocka_unit_test(test_no_digest)};
    return sw_crypto_start() && sw_crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
