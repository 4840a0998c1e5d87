/* SPDX-License-Identifier: EUPL-1.2 */
/* Who may say which keys count: every way to follow, to skip, to roll back and to take over a key list. A case is a signed list and a wall
 * that knows one already, or a pin alone; expected is the verdict and what is said. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "faults.h"
#include "signers.h"

#define SIGNERS(...)                                                                                                                       \
    {                                                                                                                                      \
        __VA_ARGS__, WHO_COUNT                                                                                                             \
    }

struct keys_case {
    const char *name;
    enum who signers[5];    /* of the new list, up to WHO_COUNT */
    int64_t version, epoch; /* of the new list; the wall has version 3, epoch 1 */
    enum who roots[4];      /* that the new list names */
    size_t threshold;
    const char *faults;
    enum sw_verdict verdict;
    bool first;               /* the wall has none yet, only its pin: ROOT */
    size_t trusted_threshold; /* 0: one root, else ROOT and ROOT_2 with this */
    sw_instant expires;
    bool same, changed;
};

static const struct keys_case key_cases[] = {
    {.name = "the first, by the pinned root", SIGNERS(ROOT), 1, 1, SIGNERS(ROOT), 1, "", OK, .first = true},
    {.name = "the first, far ahead", SIGNERS(ROOT), 40, 7, SIGNERS(ROOT), 1, "", OK, .first = true},
    {.name = "the first, by a stranger",
     SIGNERS(STRANGER),
     1,
     1,
     SIGNERS(STRANGER),
     1,
     "k: error: is not signed by the root key of this wall",
     NO,
     .first = true},
    {.name = "the first, by nobody",
     {WHO_COUNT},
     1,
     1,
     SIGNERS(ROOT),
     1,
     "k: error: is not signed by the root key of this wall",
     NO,
     .first = true},
    {.name = "the first, by a publisher",
     SIGNERS(ANNA),
     1,
     1,
     SIGNERS(ROOT),
     1,
     "k: error: is not signed by the root key of this wall",
     NO,
     .first = true},
    {.name = "the first, changed",
     SIGNERS(ROOT),
     1,
     1,
     SIGNERS(ROOT),
     1,
     "k: error: the signature does not fit: the file was changed after it was signed\n"
     "k: error: is not signed by the root key of this wall",
     NO,
     .first = true,
     .changed = true},
    {.name = "the first names another root, who signed too", SIGNERS(ROOT, ROOT_2), 4, 1, SIGNERS(ROOT_2), 1, "", OK, .first = true},
    {.name = "the first names another root, who did not",
     SIGNERS(ROOT),
     4,
     1,
     SIGNERS(ROOT_2),
     1,
     "k: error: is not signed by its own root keys",
     NO,
     .first = true},
    {.name = "the next", SIGNERS(ROOT), 4, 1, SIGNERS(ROOT), 1, "", OK},
    {.name = "some were missed", SIGNERS(ROOT), 9, 1, SIGNERS(ROOT), 1, "", OK},
    {.name = "the next, of a new epoch", SIGNERS(ROOT), 4, 2, SIGNERS(ROOT), 1, "", OK},
    {.name = "the same", SIGNERS(ROOT), 3, 1, SIGNERS(ROOT), 1, "", SAME, .same = true},
    {.name = "the same, expired since",
     SIGNERS(ROOT),
     3,
     1,
     SIGNERS(ROOT),
     1,
     "k: warning: has expired on 2026-11-17T11:06:40Z; sign a new key list",
     SAME,
     .same = true,
     .expires = NOW - DAY},
    {.name = "rolled back", SIGNERS(ROOT), 2, 1, SIGNERS(ROOT), 1, "k: error: is version 2; version 3 was here already", NO},
    {.name = "same version, other content",
     SIGNERS(ROOT),
     3,
     1,
     SIGNERS(ROOT, ROOT_2),
     1,
     "k: error: is version 3 again with other content; version 3 was here already",
     NO},
    {.name = "an epoch back", SIGNERS(ROOT), 4, 0, SIGNERS(ROOT), 1, "", NO},
    {.name = "by a stranger",
     SIGNERS(STRANGER),
     4,
     1,
     SIGNERS(STRANGER),
     1,
     "k: error: is not signed by the root keys so far",
     NO},
    {.name = "by a publisher who makes himself root",
     SIGNERS(ANNA),
     4,
     1,
     SIGNERS(ROOT_3),
     1,
     "k: error: is not signed by the root keys so far",
     NO},
    {.name = "by the new root alone",
     SIGNERS(ROOT_2),
     4,
     1,
     SIGNERS(ROOT_2),
     1,
     "k: error: is not signed by the root keys so far",
     NO},
    {.name = "a new root, by the old one alone",
     SIGNERS(ROOT),
     4,
     1,
     SIGNERS(ROOT_2),
     1,
     "k: error: is not signed by its own root keys",
     NO},
    {.name = "a new root, by both", SIGNERS(ROOT, ROOT_2), 4, 1, SIGNERS(ROOT_2), 1, "", OK},
    {.name = "a new root, by both, the other way round", SIGNERS(ROOT_2, ROOT), 4, 1, SIGNERS(ROOT_2), 1, "", OK},
    {.name = "a second root beside, both wanted, one signed",
     SIGNERS(ROOT),
     4,
     1,
     SIGNERS(ROOT, ROOT_2),
     2,
     "k: error: is signed by 1 of its own root keys; 2 must sign it",
     NO},
    {.name = "a second root beside, both signed", SIGNERS(ROOT, ROOT_2), 4, 1, SIGNERS(ROOT, ROOT_2), 2, "", OK},
    {.name = "two wanted, one signed",
     SIGNERS(ROOT),
     4,
     1,
     SIGNERS(ROOT),
     1,
     "k: error: is signed by 1 of the root keys so far; 2 must sign it",
     NO,
     .trusted_threshold = 2},
    {.name = "two wanted, one signed twice",
     SIGNERS(ROOT, ROOT),
     4,
     1,
     SIGNERS(ROOT),
     1,
     "k: error: is signed by 1 of the root keys so far; 2 must sign it",
     NO,
     .trusted_threshold = 2},
    {.name = "two wanted, one and a stranger",
     SIGNERS(ROOT, STRANGER),
     4,
     1,
     SIGNERS(ROOT),
     1,
     "k: error: is signed by 1 of the root keys so far; 2 must sign it",
     NO,
     .trusted_threshold = 2},
    {.name = "two wanted, two signed", SIGNERS(ROOT, ROOT_2), 4, 1, SIGNERS(ROOT), 1, "", OK, .trusted_threshold = 2},
    {.name = "one of two wanted", SIGNERS(ROOT_2), 4, 1, SIGNERS(ROOT_2), 1, "", OK, .trusted_threshold = 1},
    {.name = "expired when it came",
     SIGNERS(ROOT),
     4,
     1,
     SIGNERS(ROOT),
     1,
     "k: warning: has expired on 2026-11-17T11:06:40Z; sign a new key list",
     OK,
     .expires = NOW - DAY},
    {.name = "a stranger's signature beside", SIGNERS(STRANGER, ROOT), 4, 1, SIGNERS(ROOT), 1, "", OK},
};

static void set_roots(struct sw_keyring *keyring, const enum who *roots, size_t threshold)
{
    keyring->root_count = 0;
    for (; *roots != WHO_COUNT; roots++)
        keyring->roots[keyring->root_count++] = publics[*roots];
    keyring->threshold = threshold;
}

static void read_back(struct sw_keyring *keyring)
{
    struct sw_diags diags;
    char *text = sw_keyring_write(keyring);
    sw_diags_init(&diags);
    assert_true(sw_keyring_read(text, strlen(text), "t", keyring, &diags));
    sw_diags_finish(&diags);
    free(text);
}

static void test_key_lists(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(key_cases); i++) {
        const struct keys_case *row = &key_cases[i];
        struct sw_keyring next = signers_keyring(), trusted = signers_keyring(), out = {.version = -7};
        static const enum who both[] = {ROOT, ROOT_2, WHO_COUNT};
        char *signatures[5], faults[1024];
        struct sw_diags diags;
        size_t count = 0;
        next.version = row->version;
        next.epoch = row->epoch;
        next.expires = row->expires != 0 ? row->expires : SW_NEVER;
        set_roots(&next, row->roots, row->threshold);
        if (row->trusted_threshold > 0)
            set_roots(&trusted, both, row->trusted_threshold);
        if (row->same)
            trusted = next;
        read_back(&trusted);
        char *text = sw_keyring_write(&next);
        for (; row->signers[count] != WHO_COUNT; count++)
            signatures[count] = sw_signature_write(&secrets[row->signers[count]], text, strlen(text), "keys");
        if (row->changed)
            *strchr(text, '1') = '7';
        struct sw_signed document = {"k", text, strlen(text), (const char *const *)signatures, count};
        sw_diags_init(&diags);
        enum sw_verdict verdict = sw_keyring_judge(&document, row->first ? NULL : &trusted, &publics[ROOT], NOW, &out, &diags);
        take_faults(&diags, faults, sizeof faults);
        print_message("%s: %s\n", row->name, faults);
        if (row->epoch != 0)
            assert_string_equal(faults, row->faults);
        assert_int_equal(verdict, row->verdict);
        assert_int_equal(out.version, verdict == OK ? row->version : -7);
        sw_diags_finish(&diags);
        while (count > 0)
            free(signatures[--count]);
        free(text);
    }
}

/* An epoch back, which the table cannot write as its wall has the first: and a list that is damaged though a root signed it. */
static void test_epoch_back(void **state)
{
    (void)state;
    struct sw_keyring next = signers_keyring(), trusted = signers_keyring(), out;
    struct sw_diags diags;
    char faults[512];
    trusted.epoch = 5;
    next.version = 4;
    next.epoch = 4;
    read_back(&trusted);
    char *text = sw_keyring_write(&next), *signature = sw_signature_write(&secrets[ROOT], text, strlen(text), "keys");
    struct sw_signed document = {"k", text, strlen(text), (const char *const *)&signature, 1};
    sw_diags_init(&diags);
    assert_int_equal(sw_keyring_judge(&document, &trusted, &publics[ROOT], NOW, &out, &diags), NO);
    assert_string_equal(take_faults(&diags, faults, sizeof faults), "k: error: is of epoch 4; epoch 5 was here already");
    const char *many[SW_KEYRING_SIGNATURES_MAX + 1]; /* more than are looked at: the last one does not count */
    for (size_t i = 0; i < SW_KEYRING_SIGNATURES_MAX; i++)
        many[i] = "";
    many[SW_KEYRING_SIGNATURES_MAX] = signature;
    document.signatures = many;
    document.signature_count = SW_COUNT(many);
    assert_int_equal(sw_keyring_judge(&document, &trusted, &publics[ROOT], NOW, &out, &diags), NO);
    assert_int_equal(diags.errors, SW_KEYRING_SIGNATURES_MAX + 1);
    take_faults(&diags, faults, sizeof faults);
    document.signature_count = 1;
    const char *html = "<html>";
    document.signatures = &html;
    assert_int_equal(sw_keyring_judge(&document, &trusted, &publics[ROOT], NOW, &out, &diags), NO);
    assert_string_equal(take_faults(&diags, faults, sizeof faults),
                        "k:1:1: error: a line that begins with \"untrusted comment: \" is wanted\n"
                        "k: error: is not signed by the root keys so far");
    sw_diags_finish(&diags);
    free(text);
    free(signature);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_key_lists), cmocka_unit_test(test_epoch_back)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, signers_make, NULL) : 1;
}
