/* SPDX-License-Identifier: EUPL-1.2 */
/* Who may say what a wall plays: every way to roll back, to mix, to expire and to revoke. A case is a signed document and a wall
 * that knows something already; expected is the verdict and what is said. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <inttypes.h>
#include <stdlib.h>

#include "faults.h"
#include "json/write.h"
#include "signers.h"
#include "store/manifest.h"
#include "store/moment.h"

/* ---- releases ---- */

enum damage { WHOLE, NO_SIGNATURE, TWO_SIGNATURES, HTML_SIGNATURE, EMPTY_SIGNATURE, CHANGED, PADDED, CUT, LEGACY, NOT_JSON, UNKNOWN_KEY };

struct release_case {
    const char *name;
    enum who signer;
    int64_t epoch, version; /* of the release */
    int64_t had_epoch, had; /* what the wall accepted before; 0: nothing */
    const char *faults;     /* "" for none; a verdict of REFUSED has an error among them */
    enum sw_verdict verdict;
    enum damage damage;
    const char *wall;        /* NULL: "foyer" */
    sw_instant expires, now; /* 0: never; 0: NOW */
    int needs;               /* the middle number */
    bool other_content;      /* than what was accepted */
    int64_t keys_epoch;      /* 0: 1 */
};

#define MAXIMUM 9007199254740991

static const struct release_case releases[] = {
    {.name = "the first one", ANNA, 1, 1, 0, 0, "", OK},
    {.name = "the next one", ANNA, 1, 13, 1, 12, "", OK},
    {.name = "one far ahead", ANNA, 1, MAXIMUM, 1, 12, "", OK},
    {.name = "by another publisher", BERND, 1, 13, 1, 12, "", OK},
    {.name = "the same again", ANNA, 1, 12, 1, 12, "", SAME},
    {.name = "the very last version again", ANNA, 1, MAXIMUM, 1, MAXIMUM, "", SAME},
    {.name = "rolled back by one", ANNA, 1, 11, 1, 12, "r: error: is version 11; version 12 was here already", NO},
    {.name = "rolled back to the first", ANNA, 1, 1, 1, 12, "r: error: is version 1; version 12 was here already", NO},
    {.name = "after a jump to the end nothing fits",
     ANNA,
     1,
     13,
     1,
     MAXIMUM,
     "r: error: is version 13; version 9007199254740991 was here already",
     NO},
    {.name = "a new epoch heals that", ANNA, 2, 1, 1, MAXIMUM, "", OK, .keys_epoch = 2},
    {.name = "an old epoch after that",
     ANNA,
     1,
     14,
     1,
     12,
     "r: error: is of epoch 1, which the keys ended; now it is 2",
     NO,
     .keys_epoch = 2},
    {.name = "an epoch that no root named",
     ANNA,
     2,
     1,
     1,
     12,
     "r: error: is of epoch 2, of which the key list (epoch 1) does not know yet",
     NO},
    {.name = "an epoch lower than accepted", ANNA, 1, 99, 2, 1, "r: error: is version 99; version 1 was here already", NO},
    {.name = "same version, other content",
     ANNA,
     1,
     12,
     1,
     12,
     "r: error: is version 12 again with other content, which nobody may publish",
     NO,
     .other_content = true},
    {.name = "same version, other content, other publisher",
     BERND,
     1,
     12,
     1,
     12,
     "r: error: is version 12 again with other content, which nobody may publish",
     NO,
     .other_content = true},
    {.name = "for another wall", ANNA, 1, 13, 1, 12, "r: error: is for the wall \"lobby\"; this is \"foyer\"", NO, .wall = "lobby"},
    {.name = "for another wall, the first ever",
     ANNA,
     1,
     1,
     0,
     0,
     "r: error: is for the wall \"lobby\"; this is \"foyer\"",
     NO,
     .wall = "lobby"},
    {.name = "by a stranger",
     STRANGER,
     1,
     13,
     1,
     12,
     "r: error: is signed with the key 7777777777777777, which is none of the publishing keys of list 3",
     NO},
    {.name = "by an operator",
     OPERATOR,
     1,
     13,
     1,
     12,
     "r: error: is signed with the key 6666666666666666, which is none of the publishing keys of list 3",
     NO},
    {.name = "by the root itself",
     ROOT,
     1,
     13,
     1,
     12,
     "r: error: is signed with the key 1111111111111111, which is none of the publishing keys of list 3",
     NO},
    {.name = "by nobody", ANNA, 1, 13, 1, 12, "r: error: has 0 signatures; one is wanted", NO, NO_SIGNATURE},
    {.name = "by two", ANNA, 1, 13, 1, 12, "r: error: has 2 signatures; one is wanted", NO, TWO_SIGNATURES},
    {.name = "captive portal for a signature",
     ANNA,
     1,
     13,
     1,
     12,
     "r:1:1: error: a line that begins with \"untrusted comment: \" is wanted",
     NO,
     HTML_SIGNATURE},
    {.name = "empty signature",
     ANNA,
     1,
     13,
     1,
     12,
     "r:1:1: error: a line that begins with \"untrusted comment: \" is wanted",
     NO,
     EMPTY_SIGNATURE},
    {.name = "changed after signing",
     ANNA,
     1,
     13,
     1,
     12,
     "r: error: the signature does not fit: the file was changed after it was signed",
     NO,
     CHANGED},
    {.name = "padded", ANNA, 1, 13, 1, 12, "r: error: the signature does not fit: the file was changed after it was signed", NO, PADDED},
    {.name = "cut", ANNA, 1, 13, 1, 12, "r: error: the signature does not fit: the file was changed after it was signed", NO, CUT},
    {.name = "an older kind of signature",
     ANNA,
     1,
     13,
     1,
     12,
     "r:2:1: error: is a signature of the older kind; sign with `minisign -S -H` or `schauwand publish`",
     NO,
     LEGACY},
    {.name = "signed, but no JSON", ANNA, 1, 13, 1, 12, "r:1:1: error: ", NO, NOT_JSON},
    {.name = "signed, with a key nobody knows",
     ANNA,
     1,
     13,
     1,
     12,
     "r:3:3: error: unknown key \"wally\"; did you mean \"wall\"?",
     NO,
     UNKNOWN_KEY},
    {.name = "expired yesterday: warns and plays",
     ANNA,
     1,
     13,
     1,
     12,
     "r: warning: has expired on 2026-11-17T11:06:40Z; publish anew",
     OK,
     .expires = NOW - DAY},
    {.name = "the same, expired since",
     ANNA,
     1,
     12,
     1,
     12,
     "r: warning: has expired on 2026-11-17T11:06:40Z; publish anew",
     SAME,
     .expires = NOW - DAY},
    {.name = "expires this very second", ANNA, 1, 13, 1, 12, "", OK, .expires = NOW},
    {.name = "clock 50 years ahead",
     ANNA,
     1,
     13,
     1,
     12,
     "r: warning: has expired on 2026-11-19T11:06:40Z; publish anew",
     OK,
     .expires = NOW + DAY,
     .now = NOW + 50 * 365 * DAY},
    {.name = "clock 50 years behind", ANNA, 1, 13, 1, 12, "", OK, .expires = NOW + DAY, .now = NOW - 50 * 365 * DAY},
    {.name = "clock before 1970", ANNA, 1, 13, 1, 12, "", OK, .expires = NOW + DAY, .now = -DAY},
    {.name = "a key on its last second", BERND, 1, 13, 1, 12, "", OK, .now = NOW + DAY - 1},
    {.name = "a key that ended",
     BERND,
     1,
     13,
     1,
     12,
     "r: error: is signed with the key 5555555555555555 (Bernd), which ended on 2026-11-19T11:06:40Z",
     NO,
     .now = NOW + DAY},
    {.name = "a key that ended, same release",
     BERND,
     1,
     12,
     1,
     12,
     "r: error: is signed with the key 5555555555555555 (Bernd), which ended on 2026-11-19T11:06:40Z",
     NO,
     .now = NOW + 2 * DAY},
    {.name = "a key that ended, taken long ago", BERND, 1, 12, 1, 12, "", SAME, .now = SW_NEVER_ENDED},
    {.name = "needs what this is", ANNA, 1, 13, 1, 12, "", OK, .needs = 2},
    {.name = "needs a newer program", ANNA, 1, 13, 1, 12, "r: error: needs Schauwand 0.3.0; this is 0.2.0", NO, .needs = 3},
    {.name = "needs a newer program, with keys of it",
     ANNA,
     1,
     13,
     1,
     12,
     "r: error: needs Schauwand 0.3.0; this is 0.2.0",
     NO,
     UNKNOWN_KEY,
     .needs = 3},
};

static char *write_release(const struct release_case *row, bool other)
{
    struct sw_manifest manifest = {.statement = {.epoch = row->epoch, .version = row->version, .issued = NOW, .expires = SW_NEVER},
                                   .needs = {0, row->needs, 0},
                                   .contents = {.bytes = other ? 8 : 7}};
    snprintf(manifest.statement.wall, sizeof manifest.statement.wall, "%s", row->wall != NULL ? row->wall : "foyer");
    if (row->expires != 0)
        manifest.statement.expires = row->expires;
    char *text = sw_manifest_write(&manifest);
    if (row->damage == UNKNOWN_KEY) {
        struct sw_buffer buffer;
        sw_buffer_init(&buffer, 4096);
        const char *at = strstr(text, "\"wall\"");
        sw_buffer_add(&buffer, text, (size_t)(at - text));
        sw_buffer_printf(&buffer, "\"wally\": 1,\n  %s", at);
        free(text);
        text = buffer.bytes;
    } else if (row->damage == NOT_JSON) {
        text[0] = '<';
    }
    return text;
}

static char *legacy_signature(void)
{
    static const char text[] = "untrusted comment: x\n"
                               "RWQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    char *copy = malloc(sizeof text);
    assert_non_null(copy);
    return memcpy(copy, text, sizeof text);
}

static enum sw_verdict judge_release(const struct release_case *row, const struct sw_trust *trust, struct sw_diags *diags)
{
    char *text = write_release(row, false);
    size_t length = strlen(text);
    char *signature = row->damage == LEGACY ? legacy_signature() : sw_signature_write(&secrets[row->signer], text, length, "release");
    const char *signatures[2] = {signature, signature};
    struct sw_signed document = {.name = "r", .bytes = text, .length = length, .signatures = signatures, .signature_count = 1};
    struct sw_manifest manifest = {.activate = -7};
    if (row->damage == NO_SIGNATURE)
        document.signature_count = 0;
    else if (row->damage == TWO_SIGNATURES)
        document.signature_count = 2;
    else if (row->damage == HTML_SIGNATURE)
        signatures[0] = "<html>";
    else if (row->damage == EMPTY_SIGNATURE)
        signatures[0] = "";
    else if (row->damage == CHANGED)
        text[length / 2] ^= 1;
    else if (row->damage == PADDED)
        document.length++; /* the NUL */
    else if (row->damage == CUT)
        document.length--;
    enum sw_verdict verdict = sw_release_judge(&document, trust, &manifest, diags);
    assert_int_equal(manifest.activate, verdict == NO ? -7 : 0);
    if (verdict != NO)
        assert_int_equal(manifest.statement.version, row->version);
    free(text);
    free(signature);
    return verdict;
}

static void test_releases(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(releases); i++) {
        const struct release_case *row = &releases[i];
        struct sw_keyring keyring = signers_keyring();
        struct sw_diags diags;
        char faults[1024];
        keyring.epoch = row->keys_epoch != 0 ? row->keys_epoch : 1;
        struct sw_trust trust = {.keyring = &keyring, .wall = "foyer", .now = row->now != 0 ? row->now : NOW, .program = {0, 2, 0}};
        trust.accepted.epoch = row->had_epoch;
        trust.accepted.version = row->had;
        char *accepted = write_release(row, row->other_content);
        trust.accepted.digest = sw_digest_of(accepted, strlen(accepted));
        free(accepted);
        sw_diags_init(&diags);
        enum sw_verdict verdict = judge_release(row, &trust, &diags);
        assert_int_equal(diags.errors > 0, verdict == NO);
        take_faults(&diags, faults, sizeof faults);
        print_message("%s: %s\n", row->name, faults);
        if (row->damage == NOT_JSON)
            faults[strlen(row->faults)] = '\0';
        assert_string_equal(faults, row->faults);
        assert_int_equal(verdict, row->verdict);
        sw_diags_finish(&diags);
    }
}

/* ---- playlists ---- */

static void test_playlists(void **state)
{
    (void)state;
    static const struct {
        const char *name, *playlists;
        enum who signer;
        int64_t version, had;
        const char *faults;
        enum sw_verdict verdict;
    } rows[] = {
        {"the next one", "{\"foyer\": {\"loop\": []}}", OPERATOR, 5, 4, "", OK},
        {"of none", "{}", OPERATOR, 5, 4, "", OK},
        {"the same", "{\"foyer\": {\"loop\": []}}", OPERATOR, 5, 5, "", SAME},
        {"an older one", "{\"foyer\": {\"loop\": []}}", OPERATOR, 5, 6, "p: error: is version 5; version 6 was here already", NO},
        {"by a publisher", "{}", ANNA, 5, 4,
         "p: error: is signed with the key 4444444444444444, which is none of the operating keys of list 3", NO},
        {"no object", "[]", OPERATOR, 5, 4, "p:8:16: error: playlists: is a list; an object is wanted", NO},
        {"a playlist that is none", "{\"foyer\": 1}", OPERATOR, 5, 4,
         "p:8:25: error: playlists.foyer: is no object; playlists by their ids are wanted", NO},
        {"a path for an id", "{\"../x\": {}}", OPERATOR, 5, 4,
         "p:8:17: error: playlists: \"../x\" is no id; small letters a-z, digits and - are allowed, 1 to 64 of them", NO},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_keyring keyring = signers_keyring();
        struct sw_statement statement = {.wall = "foyer", .epoch = 1, .version = rows[i].version, .issued = NOW, .expires = NOW + DAY};
        cJSON *json = cJSON_Parse(rows[i].playlists);
        char *text = sw_playlists_write(&statement, json),
             *signature = sw_signature_write(&secrets[rows[i].signer], text, strlen(text), "");
        struct sw_signed document = {"p", text, strlen(text), (const char *const *)&signature, 1};
        struct sw_trust trust = {.keyring = &keyring, .wall = "foyer", .now = NOW};
        trust.accepted = (struct sw_accepted){1, rows[i].had, sw_digest_of(text, strlen(text))};
        struct sw_playlists playlists = {.json = NULL};
        struct sw_diags diags;
        char faults[1024];
        sw_diags_init(&diags);
        enum sw_verdict verdict = sw_playlists_judge(&document, &trust, &playlists, &diags);
        print_message("%s\n", rows[i].name);
        assert_string_equal(take_faults(&diags, faults, sizeof faults), rows[i].faults);
        assert_int_equal(verdict, rows[i].verdict);
        assert_int_equal(playlists.json != NULL, verdict != NO);
        if (verdict != NO)
            assert_true(cJSON_Compare(playlists.playlists, json, 1) && playlists.statement.expires == NOW + DAY);
        sw_playlists_finish(&playlists);
        sw_playlists_finish(&playlists);
        sw_playlists_finish(NULL);
        sw_diags_finish(&diags);
        cJSON_Delete(json);
        free(signature);
        free(text);
    }
}

/* Who published it and what for go along, and can steer no terminal. */
static void test_said(void **state)
{
    (void)state;
    static const struct {
        const char *said, *by, *note, *faults;
    } rows[] = {
        {"\"by\": \"anna\", \"note\": \"Besuch \\\"Hamm\\\"\"", "anna", "Besuch \"Hamm\"", ""},
        {"\"note\": \"\"", "", "", ""},
        {"\"by\": \"a\\nb\"", "", "", "p:1:113: error: by: is no line of text of at most 64 bytes"},
        {"\"note\": \"\\u001b[2J\"", "", "", "p:1:115: error: note: is no line of text of at most 200 bytes"},
        {"\"by\": 5", "", "", "p:1:113: error: by: is no line of text of at most 64 bytes"},
        {"\"by\": \"0123456789012345678901234567890123456789012345678901234567890123\"",
         "0123456789012345678901234567890123456789012345678901234567890123", "", ""},
        {"\"by\": \"0123456789012345678901234567890123456789012345678901234567890123ä\"", "", "",
         "p:1:113: error: by: is no line of text of at most 64 bytes"},
    };
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        char text[512], faults[512];
        struct sw_playlists playlists = {.json = NULL};
        struct sw_diags diags;
        (void)snprintf(text, sizeof text,
                       "{\"schauwand\": \"playlists 1\", \"wall\": \"foyer\", \"epoch\": 1, \"version\": 2, "
                       "\"issued\": \"2026-11-23T10:00:00Z\", %s, \"playlists\": {}}",
                       rows[i].said);
        sw_diags_init(&diags);
        bool read = sw_playlists_read(text, strlen(text), "p", &playlists, &diags);
        assert_string_equal(take_faults(&diags, faults, sizeof faults), rows[i].faults);
        assert_int_equal(read, rows[i].faults[0] == '\0');
        if (read) {
            assert_string_equal(playlists.statement.by, rows[i].by);
            assert_string_equal(playlists.statement.note, rows[i].note);
            char *again = sw_playlists_write(&playlists.statement, playlists.playlists);
            struct sw_playlists twin;
            assert_true(sw_playlists_read(again, strlen(again), "p", &twin, &diags));
            assert_string_equal(twin.statement.by, rows[i].by);
            assert_string_equal(twin.statement.note, rows[i].note);
            sw_playlists_finish(&twin);
            free(again);
        }
        sw_playlists_finish(&playlists);
        sw_diags_finish(&diags);
    }
}

/* What no wall would read is not written. */
static void test_too_long(void **state)
{
    (void)state;
    struct sw_statement statement = {.wall = "foyer", .epoch = 1, .version = 1, .issued = NOW, .expires = SW_NEVER};
    char *much = calloc(1, SW_STATEMENT_MAX + 1);
    assert_non_null(much);
    memset(much, 'x', SW_STATEMENT_MAX);
    cJSON *playlists = cJSON_CreateObject();
    assert_non_null(cJSON_AddStringToObject(playlists, "foyer", much));
    assert_null(sw_playlists_write(&statement, playlists));
    cJSON_Delete(playlists);
    free(much);
}

/* ---- rotation ---- */

/* What rotation is for: a key that is taken out of the list can no longer say anything new; what it said stays known. */
static void test_revoked(void **state)
{
    (void)state;
    static const struct release_case by_bernd = {.name = "", BERND, 1, 13, 1, 12, "", OK},
                                     by_anna = {.name = "", ANNA, 1, 13, 1, 12, "", OK};
    struct sw_keyring before = signers_keyring(), after = signers_keyring();
    struct sw_diags diags;
    char faults[512];
    after.version = 4;
    after.key_counts[SW_KEY_PUBLISHING] = 1; /* without Bernd */
    struct sw_trust trust = {.keyring = &before, .wall = "foyer", .accepted = {.epoch = 1, .version = 12}, .now = NOW};
    sw_diags_init(&diags);
    assert_int_equal(judge_release(&by_bernd, &trust, &diags), OK);
    trust.keyring = &after;
    assert_int_equal(judge_release(&by_bernd, &trust, &diags), NO);
    assert_string_equal(take_faults(&diags, faults, sizeof faults),
                        "r: error: is signed with the key 5555555555555555, which is none of the publishing keys of list 4");
    assert_int_equal(judge_release(&by_anna, &trust, &diags), OK);
    sw_diags_finish(&diags);
    assert_string_equal(sw_key_role_text(SW_KEY_PUBLISHING), "publishing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_releases), cmocka_unit_test(test_playlists), cmocka_unit_test(test_said),
                                       cmocka_unit_test(test_too_long), cmocka_unit_test(test_revoked)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, signers_make, NULL) : 1;
}
