/* SPDX-License-Identifier: EUPL-1.2 */
/* Manifests, current.json, key lists: what they may hold, what each fault says, and that what is written reads the same. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "faults.h"
#include "store/manifest.h"
#include "store/moment.h"

#define HASH "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define KEY_A "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
#define KEY_B "RWQg6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
#define KEY_C "RWQh6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
#define HEAD "{\"schauwand\": \"release 1\", \"wall\": \"foyer\", \"epoch\": 1, "
#define REST "\"issued\": \"2026-11-23T10:00:00Z\", \"needs\": \"0.1.0\", \"contents\": {\"sha256\": \"" HASH "\", \"bytes\": 7}}"
#define KEYS "{\"schauwand\": \"keys 1\", \"version\": 1, \"epoch\": 1, \"issued\": \"2026-11-23T10:00:00Z\", "
#define ROOTS "\"roots\": {\"keys\": [\"" KEY_A "\"], \"threshold\": 1}, "

struct row {
    const char *name, *text, *faults;
};

static const struct row manifests[] = {
    {"as it should be", HEAD "\"version\": 12, " REST, ""},
    {"the highest version", HEAD "\"version\": 9007199254740991, " REST, ""},
    {"with all", HEAD "\"version\": 1, \"expires\": \"2027-01-01T00:00:00Z\", \"activate\": \"2026-12-01T06:00:00Z\", " REST, ""},
    {"empty", "", "m:1:1: error: "},
    {"HTML", "<html>", "m:1:1: error: "},
    {"a list", "[]", "m:1:1: error: is a list; an object is wanted (release)"},
    {"null", "null", "m:1:1: error: is null; an object is wanted (release)"},
    {"comment", HEAD "/* */ \"version\": 1, " REST, "m:1:"},
    {"comma at the end",
     HEAD "\"version\": 1, "
          "\"x\": 1,}",
     "m:1:"},
    {"twice the version", HEAD "\"version\": 1, \"version\": 2, " REST, "m:1:"},
    {"something behind", HEAD "\"version\": 1, " REST "x", "m:1:"},
    {"version missing", HEAD REST, "m:1:1: error: missing key \"version\""},
    {"version 0", HEAD "\"version\": 0, " REST, "m:1:68: error: version: 0 is outside 1.."},
    {"version 2^53", HEAD "\"version\": 9007199254740992, " REST, "m:1:68: error: "},
    {"version a text", HEAD "\"version\": \"1\", " REST, "m:1:68: error: version: is a string; a whole number is wanted"},
    {"version with a fraction", HEAD "\"version\": 1.5, " REST, "m:1:68: error: version: 1.5 is no whole number"},
    {"another kind", "{\"schauwand\": \"playlists 1\", \"wall\": \"foyer\", \"epoch\": 1, \"version\": 1, " REST,
     "m:1:15: error: schauwand: \"playlists 1\" is not one of \"release 1\""},
    {"unknown key", HEAD "\"version\": 1, \"expire\": \"x\", " REST, "m:1:71: error: unknown key \"expire\"; did you mean \"expires\"?"},
    {"wall with a path", "{\"schauwand\": \"release 1\", \"wall\": \"../x\", \"epoch\": 1, \"version\": 1, " REST,
     "m:1:36: error: wall: \"../x\" is no id"},
    {"expires no instant", HEAD "\"version\": 1, \"expires\": \"tomorrow\", " REST,
     "m:1:82: error: expires: is no instant; write it like \"2026-11-23T10:24:34Z\""},
    {"expires in local time", HEAD "\"version\": 1, \"expires\": \"2027-01-01T00:00:00\", " REST, "m:1:82: error: expires: is no instant"},
    {"expires with an offset", HEAD "\"version\": 1, \"expires\": \"2027-01-01T00:00+01:00\", " REST, "m:1:82: error: expires: is no"},
    {"expires on no day", HEAD "\"version\": 1, \"expires\": \"2027-02-29T00:00:00Z\", " REST, "m:1:82: error: expires: is no instant"},
    {"expires before time", HEAD "\"version\": 1, \"expires\": \"1969-12-31T23:59:59Z\", " REST, "m:1:82: error: expires: is no instant"},
    {"expires a number", HEAD "\"version\": 1, \"expires\": 7, " REST, "m:1:82: error: expires: is no instant"},
    {"needs too little",
     HEAD "\"version\": 1, \"issued\": \"2026-11-23T10:00:00Z\", \"needs\": \"1.2\", \"contents\": {\"sha256\": \"" HASH
          "\", \"bytes\": 7}}",
     "m:1:114: error: needs: is no version of a program; write it like \"1.2.3\""},
    {"needs a number",
     HEAD "\"version\": 1, \"issued\": \"2026-11-23T10:00:00Z\", \"needs\": 1, \"contents\": {\"sha256\": \"" HASH "\", \"bytes\": 7}}",
     "m:1:114: error: needs: is no version of a program"},
    {"contents no hash",
     HEAD "\"version\": 1, \"issued\": \"2026-11-23T10:00:00Z\", \"needs\": \"0.1.0\", \"contents\": {\"sha256\": \"x\", \"bytes\": 7}}",
     "m:1:146: error: contents.sha256: is no SHA-256; 64 of 0-9 and a-f are wanted"},
    {"contents hash a number",
     HEAD "\"version\": 1, \"issued\": \"2026-11-23T10:00:00Z\", \"needs\": \"0.1.0\", \"contents\": {\"sha256\": 7, \"bytes\": 7}}",
     "m:1:146: error: contents.sha256: is no SHA-256"},
    {"contents too large",
     HEAD "\"version\": 1, \"issued\": \"2026-11-23T10:00:00Z\", \"needs\": \"0.1.0\", \"contents\": {\"sha256\": \"" HASH
          "\", \"bytes\": 67108865}}",
     "m:1:223: error: contents.bytes: 67108865 is outside 1..67108864"},
};

static const struct row currents[] = {
    {"as it should be", "{\"schauwand\": \"current 1\", \"wall\": \"foyer\", \"release\": 12, \"playlists\": 0, \"keys\": 3}", ""},
    {"negative", "{\"schauwand\": \"current 1\", \"wall\": \"foyer\", \"release\": -1, \"playlists\": 0, \"keys\": 3}",
     "m:1:56: error: release: -1 is outside 0.."},
    {"nothing", "{}", "m:1:1: error: missing key \"schauwand\""},
    {"HTML of a captive portal", "<!DOCTYPE html><html><body>Bitte anmelden</body></html>", "m:1:1: error: "},
};

static const struct row key_lists[] = {
    {"as it should be", KEYS ROOTS "\"publishing\": [{\"key\": \"" KEY_B "\", \"name\": \"Anna\"}], \"operating\": []}", ""},
    {"one key in two roles", KEYS ROOTS "\"publishing\": [{\"key\": \"" KEY_B "\"}], \"operating\": [{\"key\": \"" KEY_B "\"}]}", ""},
    {"empty", "", "m:1:1: error: "},
    {"no roots", KEYS "\"roots\": {\"keys\": [], \"threshold\": 1}, \"publishing\": [], \"operating\": []}",
     "m:1:103: error: roots.keys: has 0 items; 1..8 are allowed"},
    {"a root twice", KEYS "\"roots\": {\"keys\": [\"" KEY_A "\", \"" KEY_A "\"], \"threshold\": 1}, \"publishing\": [], \"operating\": []}",
     "m:1:164: error: roots: stands here twice"},
    {"threshold too high", KEYS "\"roots\": {\"keys\": [\"" KEY_A "\"], \"threshold\": 2}, \"publishing\": [], \"operating\": []}",
     "m:1:178: error: roots: is more than there are roots"},
    {"threshold 0", KEYS "\"roots\": {\"keys\": [\"" KEY_A "\"], \"threshold\": 0}, \"publishing\": [], \"operating\": []}",
     "m:1:178: error: roots.threshold: 0 is outside 1..8"},
    {"a root that publishes", KEYS ROOTS "\"publishing\": [{\"key\": \"" KEY_A "\"}], \"operating\": []}",
     "m:1:205: error: publishing: is a root key; roots sign key lists alone"},
    {"a key twice", KEYS ROOTS "\"publishing\": [], \"operating\": [{\"key\": \"" KEY_C "\"}, {\"key\": \"" KEY_C "\"}]}",
     "m:1:291: error: operating: stands here twice"},
    {"the first of two keys again",
     KEYS ROOTS "\"publishing\": [{\"key\": \"" KEY_B "\"}, {\"key\": \"" KEY_C "\"}, {\"key\": \"" KEY_B "\"}], \"operating\": []}",
     "m:1:343: error: publishing: stands here twice"},
    {"no key", KEYS ROOTS "\"publishing\": [{\"key\": \"x\"}], \"operating\": []}",
     "m:1:205: error: publishing[0].key: is no public key; the second line of a .pub file is wanted, 56 characters"},
    {"a number for a key", KEYS ROOTS "\"publishing\": [{\"key\": 1}], \"operating\": []}",
     "m:1:205: error: publishing[0].key: is no public key"},
    {"a number for a name", KEYS ROOTS "\"publishing\": [{\"key\": \"" KEY_B "\", \"name\": 1}], \"operating\": []}",
     "m:1:273: error: publishing[0].name: is no name"},
    {"a name too long", KEYS ROOTS "\"publishing\": [{\"key\": \"" KEY_B "\", \"name\": \"" HASH HASH "\"}], \"operating\": []}",
     "m:1:273: error: publishing[0].name: is no name"},
    {"until no instant", KEYS ROOTS "\"publishing\": [{\"key\": \"" KEY_B "\", \"until\": \"never\"}], \"operating\": []}",
     "m:1:274: error: publishing[0].until: is no instant"},
};

/* `expected` is how the faults begin. */
static void assert_faults(const struct row *row, struct sw_diags *diags, bool read)
{
    char faults[1024];
    take_faults(diags, faults, sizeof faults);
    print_message("%s: %s\n", row->name, faults);
    faults[strlen(row->faults)] = '\0';
    assert_string_equal(faults, row->faults);
    assert_int_equal(read, row->faults[0] == '\0');
}

static void test_manifests(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(manifests); i++) {
        struct sw_diags diags;
        struct sw_manifest manifest = {.needs = {9, 9, 9}}, again;
        sw_diags_init(&diags);
        bool read = sw_manifest_read(manifests[i].text, strlen(manifests[i].text), "m", NULL, &manifest, &diags);
        assert_int_equal(diags.errors > 0, !read);
        if (read) {
            char *text = sw_manifest_write(&manifest);
            assert_true(sw_manifest_read(text, strlen(text), "m", NULL, &again, &diags));
            again.statement.digest = manifest.statement.digest;
            assert_int_equal(again.statement.version, manifest.statement.version);
            assert_int_equal(again.statement.expires, manifest.statement.expires);
            assert_int_equal(again.activate, manifest.activate);
            assert_int_equal(again.contents.bytes, 7);
            assert_true(sw_digest_equal(&again.contents.digest, &manifest.contents.digest));
            free(text);
        } else {
            assert_int_equal(manifest.needs[0], 9);
        }
        assert_faults(&manifests[i], &diags, read);
        sw_diags_finish(&diags);
    }
}

static void test_currents(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(currents); i++) {
        struct sw_diags diags;
        struct sw_current current = {.release = -7};
        sw_diags_init(&diags);
        bool read = sw_current_read(currents[i].text, strlen(currents[i].text), "m", &current, &diags);
        if (read) {
            char *text = sw_current_write(&current);
            struct sw_current again;
            assert_true(sw_current_read(text, strlen(text), "m", &again, &diags));
            assert_string_equal(again.wall, "foyer");
            assert_true(again.release == 12 && again.playlists == 0 && again.keys == 3);
            free(text);
        } else {
            assert_int_equal(current.release, -7);
        }
        assert_faults(&currents[i], &diags, read);
        sw_diags_finish(&diags);
    }
}

static void test_key_lists(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(key_lists); i++) {
        struct sw_diags diags;
        struct sw_keyring keyring = {.version = -7};
        sw_diags_init(&diags);
        bool read = sw_keyring_read(key_lists[i].text, strlen(key_lists[i].text), "m", &keyring, &diags);
        if (read) {
            struct sw_keyring again;
            char *text = sw_keyring_write(&keyring);
            assert_true(sw_keyring_read(text, strlen(text), "m", &again, &diags));
            again.digest = keyring.digest;
            assert_int_equal(again.key_counts[0], keyring.key_counts[0]);
            assert_memory_equal(again.keys, keyring.keys, sizeof again.keys);
            free(text);
        } else {
            assert_int_equal(keyring.version, -7);
        }
        assert_faults(&key_lists[i], &diags, read);
        sw_diags_finish(&diags);
    }
}

static void test_moments(void **state)
{
    (void)state;
    static const struct {
        sw_instant moment;
        const char *text;
    } moments[] = {{0, "1970-01-01T00:00:00Z"},
                   {951782400 * SW_SECOND, "2000-02-29T00:00:00Z"},
                   {951782400 * SW_SECOND + 999999, "2000-02-29T00:00:00Z"},
                   {253402300799 * SW_SECOND, "9999-12-31T23:59:59Z"},
                   {INT64_MAX, "9999-12-31T23:59:59Z"},
                   {-1, "1970-01-01T00:00:00Z"}};
    static const char *const wrong[] = {"", "2027-01-01T00:00:00", "2027-01-01T00:00:00+", "2027-13-01T00:00:00Z", "1969-12-31T23:59:59Z"};
    sw_instant untouched = 7;
    for (size_t i = 0; i < SW_COUNT(wrong); i++)
        assert_false(sw_moment_parse(wrong[i], &untouched));
    assert_int_equal(untouched, 7);
    for (size_t i = 0; i < SW_COUNT(moments); i++) {
        char text[SW_MOMENT_TEXT + 1];
        sw_instant back;
        assert_string_equal(sw_moment_text(moments[i].moment, text), moments[i].text);
        assert_true(sw_moment_parse(text, &back));
        assert_true(i == 2 || i > 3 || back == moments[i].moment);
    }
}

static void test_program_versions(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",     "1",      "1.2",    "1.2.",  "1.2.3.",      "1.2.3.4", ".1.2",
                                        "1..2", "1.2.3 ", " 1.2.3", "1.2.x", "1234567.0.0", "-1.0.0"};
    int version[3] = {7, 7, 7}, older[3], newer[3];
    for (size_t i = 0; i < SW_COUNT(wrong); i++)
        assert_false(sw_program_version_parse(wrong[i], version));
    assert_int_equal(version[0], 7);
    assert_true(sw_program_version_parse("0.9.10", older) && sw_program_version_parse("0.10.2", newer));
    assert_true(sw_program_version_older(older, newer));
    assert_false(sw_program_version_older(newer, older));
    assert_false(sw_program_version_older(newer, newer));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_manifests), cmocka_unit_test(test_currents), cmocka_unit_test(test_key_lists),
                                       cmocka_unit_test(test_moments), cmocka_unit_test(test_program_versions)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
