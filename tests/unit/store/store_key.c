/* SPDX-License-Identifier: EUPL-1.2 */
/* Keys: their files there and back, with and without a password, and every way in which such a file may be none. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "faults.h"
#include "store/hash.h"
#include "store/key.h"

/* The example of minisign's own page. */
#define KNOWN "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
#define LEAD "untrusted comment: minisign public key E7620F1842B4E81F\n"

struct row {
    const char *name, *text, *faults;
};

static const struct row publics[] = {
    {"as it should be", LEAD KNOWN "\n", ""},
    {"last line without its end", LEAD KNOWN, ""},
    {"written on Windows", "untrusted comment: x\r\n" KNOWN "\r\n", ""},
    {"comment empty", "untrusted comment: \n" KNOWN "\n", ""},
    {"comment in UTF-8", "untrusted comment: Schlüssel\tA\n" KNOWN "\n", ""},
    {"empty", "", "k:1:1: error: a line that begins with \"untrusted comment: \" is wanted"},
    {"only a line end", "\n", "k:1:1: error: a line that begins with \"untrusted comment: \" is wanted"},
    {"no comment", KNOWN "\n", "k:1:1: error: a line that begins with \"untrusted comment: \" is wanted"},
    {"comment cut", "untrusted comment:\n" KNOWN "\n", "k:1:1: error: a line that begins with \"untrusted comment: \" is wanted"},
    {"comment not UTF-8", "untrusted comment: \xff\n" KNOWN "\n", "k:1:1: error: the comment is no readable text in UTF-8"},
    {"comment steers a terminal", "untrusted comment: \x1b[2J\n" KNOWN "\n", "k:1:1: error: the comment is no readable text in UTF-8"},
    {"comment with DEL", "untrusted comment: \x7f\n" KNOWN "\n", "k:1:1: error: the comment is no readable text in UTF-8"},
    {"no key", LEAD, "k:2:1: error: a public key of 42 bytes in base64 is wanted"},
    {"key cut", LEAD "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO\n",
     "k:2:1: error: a public key of 42 bytes in base64 is wanted"},
    {"key longer", LEAD KNOWN "A\n", "k:2:1: error: a public key of 42 bytes in base64 is wanted"},
    {"key with a blank", LEAD KNOWN " \n", "k:2:1: error: a public key of 42 bytes in base64 is wanted"},
    {"no base64", LEAD "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GF\xc3\xa4\n",
     "k:2:1: error: a public key of 42 bytes in base64 is wanted"},
    {"padded instead of long", LEAD "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GQ==\n",
     "k:2:1: error: a public key of 42 bytes in base64 is wanted"},
    {"of another kind", LEAD "AWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n",
     "k:2:1: error: is a key of another kind; one of `minisign -G` or `schauwand keys` is wanted"},
    {"something behind", LEAD KNOWN "\n\n", "k:3:1: error: nothing may follow"},
    {"two keys", LEAD KNOWN "\n" LEAD KNOWN "\n", "k:3:1: error: nothing may follow"},
};

static void test_public(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(publics); i++) {
        char faults[512], text[SW_KEY_TEXT + 1], id[SW_KEY_ID_TEXT + 1];
        struct sw_diags diags;
        struct sw_public_key key;
        sw_diags_init(&diags);
        bool read = sw_public_key_read(publics[i].text, strlen(publics[i].text), "k", &key, &diags);
        print_message("%s\n", publics[i].name);
        assert_string_equal(take_faults(&diags, faults, sizeof faults), publics[i].faults);
        assert_int_equal(read, publics[i].faults[0] == '\0');
        if (read) {
            assert_string_equal(sw_public_key_text(&key, text), KNOWN);
            assert_string_equal(sw_key_id_text(key.id, id), "E7620F1842B4E81F");
            char *written = sw_public_key_write(&key);
            assert_string_equal(written, LEAD KNOWN "\n");
            free(written);
        }
        sw_diags_finish(&diags);
    }
}

static void test_long_comment(void **state)
{
    (void)state;
    for (int over = 0; over <= 1; over++) {
        char text[2048], faults[256];
        struct sw_diags diags;
        struct sw_public_key key;
        sw_diags_init(&diags);
        int length = snprintf(text, sizeof text, "untrusted comment: %*s\n" KNOWN "\n", SW_KEY_COMMENT_MAX + over, "x");
        assert_int_equal(sw_public_key_read(text, (size_t)length, "k", &key, &diags), !over);
        assert_string_equal(take_faults(&diags, faults, sizeof faults),
                            over ? "k:1:1: error: the comment is too long; at most 1024 bytes are allowed" : "");
        sw_diags_finish(&diags);
    }
}

static void test_public_text(void **state)
{
    (void)state;
    struct sw_public_key key, other;
    static const char *const wrong[] = {"", "RWQ", KNOWN "=", LEAD KNOWN, "AWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"};
    assert_true(sw_public_key_parse(KNOWN, &key));
    for (size_t i = 0; i < SW_COUNT(wrong); i++) {
        other = key;
        assert_false(sw_public_key_parse(wrong[i], &other));
        assert_true(sw_public_key_equal(&key, &other));
    }
    other.id[0] ^= 1;
    assert_false(sw_public_key_equal(&key, &other));
}

static void assert_secret(const char *text, size_t length, const char *password, bool locked, const struct sw_secret_key *wanted,
                          const char *expected)
{
    char faults[512];
    struct sw_diags diags;
    struct sw_secret_key key;
    bool is_locked = !locked;
    sw_diags_init(&diags);
    bool read = sw_secret_key_read(text, length, "s", password, &key, &is_locked, &diags);
    assert_string_equal(take_faults(&diags, faults, sizeof faults), expected);
    assert_int_equal(read, expected[0] == '\0');
    if (read) {
        assert_int_equal(is_locked, locked);
        assert_memory_equal(&key, wanted, sizeof key);
        sw_diags_init(&diags);
        assert_true(sw_secret_key_read(text, length, "s", password, &key, NULL, &diags));
    }
    sw_diags_finish(&diags);
}

static void test_secret(void **state)
{
    (void)state;
    struct sw_secret_key secret, wiped = {{0}, {0}};
    struct sw_public_key public, again;
    sw_key_make(&secret, &public);
    sw_secret_key_public(&secret, &again);
    assert_true(sw_public_key_equal(&public, &again));
    char *open = sw_secret_key_write(&secret, NULL, SW_LOCK_MINISIGN), *locked = sw_secret_key_write(&secret, "Rhein 7", SW_LOCK_LIGHT);
    assert_secret(open, strlen(open), NULL, false, &secret, "");
    assert_secret(open, strlen(open), "not asked for", false, &secret, "");
    assert_secret(locked, strlen(locked), "Rhein 7", true, &secret, "");
    assert_secret(locked, strlen(locked), "Rhein 8", true, &secret, "s:2:1: error: cannot be unlocked: the password is wrong");
    assert_secret(locked, strlen(locked), "", true, &secret, "s:2:1: error: cannot be unlocked: the password is wrong");
    assert_secret(locked, strlen(locked), NULL, true, &secret, "s:2:1: error: is locked; its password is wanted");
    assert_null(strstr(locked, strchr(open, '\n') + 1));
    for (size_t cut = 0; cut < strlen(open) - 1; cut++) {
        struct sw_diags diags;
        struct sw_secret_key key;
        sw_diags_init(&diags);
        assert_false(sw_secret_key_read(open, cut, "s", NULL, &key, NULL, &diags));
        assert_int_equal(diags.count, 1);
        sw_diags_finish(&diags);
    }
    free(open);
    free(locked);
    sw_secret_key_wipe(&secret);
    assert_memory_equal(&secret, &wiped, sizeof secret);
}

static void read_raw(const char *file, unsigned char raw[158])
{
    size_t got;
    const char *text = strchr(file, '\n') + 1;
    assert_int_equal(sodium_base642bin(raw, 158, text, 212, NULL, &got, NULL, sodium_base64_VARIANT_ORIGINAL), 0);
}

/* One byte of the file changed, wherever it stands. */
static void test_changed(void **state)
{
    (void)state;
    struct sw_secret_key secret;
    struct sw_public_key public;
    unsigned char raw[158];
    char text[213], file[512];
    static const struct {
        size_t at;
        const char *faults;
    } changes[] = {
        {0, "s:2:1: error: is a key of another kind; one of `minisign -G` or `schauwand keys` is wanted"},
        {2, "s:2:1: error: is a key of another kind; one of `minisign -G` or `schauwand keys` is wanted"},
        {4, "s:2:1: error: is a key of another kind; one of `minisign -G` or `schauwand keys` is wanted"},
        {54, "s:2:1: error: is damaged: its checksum is wrong"},
        {62, "s:2:1: error: is damaged: its checksum is wrong"},
        {157, "s:2:1: error: is damaged: its checksum is wrong"},
        {6, ""}, /* the salt of no lock says nothing */
    };
    sw_key_make(&secret, &public);
    char *open = sw_secret_key_write(&secret, NULL, SW_LOCK_LIGHT);
    for (size_t i = 0; i < SW_COUNT(changes); i++) {
        read_raw(open, raw);
        raw[changes[i].at] ^= 1;
        sodium_bin2base64(text, sizeof text, raw, sizeof raw, sodium_base64_VARIANT_ORIGINAL);
        int length = snprintf(file, sizeof file, "untrusted comment: \n%s\n", text);
        assert_secret(file, (size_t)length, NULL, false, &secret, changes[i].faults);
        length = snprintf(file, sizeof file, "untrusted comment: \n%s\nx", text);
        assert_secret(file, (size_t)length, NULL, false, &secret, "s:3:1: error: nothing may follow");
    }
    free(open);
}

/* minisign leaves the checksum zero where it sets no lock: the two halves of the secret must fit then. */
static void test_without_checksum(void **state)
{
    (void)state;
    struct sw_secret_key secret;
    struct sw_public_key public;
    char file[512];
    sw_key_make(&secret, &public);
    char *open = sw_secret_key_write(&secret, NULL, SW_LOCK_LIGHT);
    for (int change = 0; change <= 1; change++) {
        unsigned char raw[158];
        char text[213];
        read_raw(open, raw);
        memset(raw + 126, 0, 32);
        raw[70] ^= (unsigned char)change;
        sodium_bin2base64(text, sizeof text, raw, sizeof raw, sodium_base64_VARIANT_ORIGINAL);
        int length = snprintf(file, sizeof file, "untrusted comment: \n%s\n", text);
        assert_secret(file, (size_t)length, NULL, false, &secret, change ? "s:2:1: error: is damaged: its checksum is wrong" : "");
    }
    free(open);
}

/* What a lock asks for: more memory or time than minisign ever takes, and more than libsodium can give. */
static void test_lock_limits(void **state)
{
    (void)state;
    struct sw_secret_key secret;
    struct sw_public_key public;
    unsigned char raw[158];
    char text[213], file[512];
    static const char greedy[] = "s:2:1: error: wants more than 1 GiB of memory to be unlocked; it is damaged, or not made by minisign";
    static const struct {
        size_t at;
        unsigned char byte;
        const char *faults;
    } changes[] = {{38 + 7, 1, greedy}, {46 + 7, 1, greedy}, {46 + 3, 0x41, greedy}};
    sw_key_make(&secret, &public);
    char *locked = sw_secret_key_write(&secret, "x", SW_LOCK_LIGHT);
    for (size_t i = 0; i < SW_COUNT(changes); i++) {
        read_raw(locked, raw);
        raw[changes[i].at] = changes[i].byte;
        sodium_bin2base64(text, sizeof text, raw, sizeof raw, sodium_base64_VARIANT_ORIGINAL);
        int length = snprintf(file, sizeof file, "untrusted comment: \n%s\n", text);
        assert_secret(file, (size_t)length, "x", true, &secret, changes[i].faults);
    }
    free(locked);
}

/* A machine without the memory that minisign's lock takes. It is a process of its own, which may not grow; a sanitizer's has to. */
static void test_no_memory(void **state)
{
    (void)state;
#if defined __SANITIZE_ADDRESS__
    skip();
#endif
    struct sw_secret_key secret;
    struct sw_public_key public;
    sw_key_make(&secret, &public);
    char *locked = sw_secret_key_write(&secret, "x", SW_LOCK_LIGHT);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct sw_diags diags;
        struct rlimit limit = {(rlim_t)8 << 20, (rlim_t)8 << 20};
        sw_diags_init(&diags);
        bool limited = setrlimit(RLIMIT_DATA, &limit) == 0;
        bool refused = sw_secret_key_write(&secret, "x", SW_LOCK_MINISIGN) == NULL;
        bool unread = !sw_secret_key_read(locked, strlen(locked), "s", "x", &secret, NULL, &diags);
        exit(limited && refused && unread && diags.count == 1 ? 0 : 1);
    }
    int ended;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_int_equal(ended, 0);
    free(locked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_public),      cmocka_unit_test(test_long_comment),
                                       cmocka_unit_test(test_public_text), cmocka_unit_test(test_secret),
                                       cmocka_unit_test(test_changed),     cmocka_unit_test(test_without_checksum),
                                       cmocka_unit_test(test_lock_limits), cmocka_unit_test(test_no_memory)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
