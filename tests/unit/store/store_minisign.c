/* SPDX-License-Identifier: EUPL-1.2 */
/* The program `minisign` and ours agree, both ways: keys with and without a password, signatures, and what is none. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "faults.h"
#include "store/hash.h"
#include "store/signature.h"

static char folder[] = "/tmp/schauwand-minisign-XXXXXX";
static const char document[] = "{\"wall\": \"foyer\"}\n";

static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL || chdir(folder) != 0 || !sw_file_write_atomic("d", document, sizeof document - 1);
}

static int leave_folder(void **state)
{
    char command[128];
    (void)state;
    int length = snprintf(command, sizeof command, "rm -r %s", folder);
    return chdir("/") != 0 || length < 0 || system(command) != 0;
}

/* The exit status of a shell's command. */
static int shell(const char *command)
{
    int status = system(command);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void write_text(const char *path, char *text)
{
    assert_non_null(text);
    assert_true(sw_file_write_atomic(path, text, strlen(text)));
    free(text);
}

static bool read_secret(const char *path, const char *password, struct sw_secret_key *key, bool *locked)
{
    char *text;
    size_t length;
    struct sw_diags diags;
    assert_int_equal(sw_file_read(path, SW_KEY_FILE_MAX, &text, &length), SW_FILE_OK);
    sw_diags_init(&diags);
    bool read = sw_secret_key_read(text, length, path, password, key, locked, &diags);
    sw_diags_finish(&diags);
    free(text);
    return read;
}

static struct sw_public_key read_public(const char *path)
{
    char *text;
    size_t length;
    struct sw_diags diags;
    struct sw_public_key key;
    assert_int_equal(sw_file_read(path, SW_KEY_FILE_MAX, &text, &length), SW_FILE_OK);
    sw_diags_init(&diags);
    assert_true(sw_public_key_read(text, length, path, &key, &diags));
    sw_diags_finish(&diags);
    free(text);
    return key;
}

/* What ours says of `d.minisig`; false where it is not even read. */
static bool verify(const struct sw_public_key *key, enum sw_signature_verdict *verdict)
{
    char *text;
    size_t length;
    struct sw_diags diags;
    struct sw_signature signature;
    assert_int_equal(sw_file_read("d.minisig", SW_SIGNATURE_FILE_MAX, &text, &length), SW_FILE_OK);
    sw_diags_init(&diags);
    bool read = sw_signature_read(text, length, "d.minisig", &signature, &diags);
    if (read)
        *verdict = sw_signature_verify(&signature, key, document, sizeof document - 1);
    sw_diags_finish(&diags);
    free(text);
    return read;
}

static void test_theirs(void **state)
{
    (void)state;
    struct sw_secret_key secret;
    struct sw_public_key public, of_secret;
    enum sw_signature_verdict verdict;
    bool locked = true;
    assert_int_equal(shell("minisign -G -W -f -p t.pub -s t.key >/dev/null"), 0);
    public = read_public("t.pub");
    assert_true(read_secret("t.key", NULL, &secret, &locked));
    assert_false(locked);
    sw_secret_key_public(&secret, &of_secret);
    assert_true(sw_public_key_equal(&public, &of_secret));
    assert_int_equal(shell("minisign -S -H -s t.key -m d -t 'release 12' >/dev/null"), 0);
    assert_true(verify(&public, &verdict));
    assert_int_equal(verdict, SW_SIGNATURE_RIGHT);
    public.point[0] ^= 1;
    assert_true(verify(&public, &verdict));
    assert_int_equal(verdict, SW_SIGNATURE_WRONG);
    assert_int_equal(shell("minisign -S -l -s t.key -m d >/dev/null"), 0); /* the older kind */
    assert_false(verify(&public, &verdict));
}

static void test_ours(void **state)
{
    (void)state;
    struct sw_secret_key secret;
    struct sw_public_key public;
    sw_key_make(&secret, &public);
    write_text("o.pub", sw_public_key_write(&public));
    write_text("o.key", sw_secret_key_write(&secret, NULL, SW_LOCK_MINISIGN));
    write_text("d.minisig", sw_signature_write(&secret, document, sizeof document - 1, "release 12"));
    assert_int_equal(shell("minisign -V -H -p o.pub -m d | grep -q 'Trusted comment: release 12'"), 0);
    assert_int_equal(shell("sed s/foyer/foyeR/ d >e; minisign -V -p o.pub -m e -x d.minisig >/dev/null 2>&1"), 1);
    assert_int_equal(shell("sed s/12/13/ d.minisig >e.minisig; minisign -V -p o.pub -m d -x e.minisig >/dev/null 2>&1"), 1);
    enum sw_signature_verdict verdict;
    assert_int_equal(shell("minisign -S -H -s o.key -m d >/dev/null"), 0); /* it takes our secret key */
    assert_true(verify(&public, &verdict));
    assert_int_equal(verdict, SW_SIGNATURE_RIGHT);
    assert_int_equal(shell("minisign -R -s o.key -p p.pub >/dev/null"), 0); /* and makes the same public one of it */
    struct sw_public_key theirs = read_public("p.pub");
    assert_true(sw_public_key_equal(&public, &theirs));
}

/* Each lock costs a GiB and seconds: wrong passwords are tried in store_key.c. */
static void test_password(void **state)
{
    (void)state;
    struct sw_secret_key secret;
    struct sw_public_key public, of_secret;
    bool locked = false;
    assert_int_equal(shell("printf 'Rhein 7\\nRhein 7\\n' | minisign -G -f -p l.pub -s l.key >/dev/null 2>&1"), 0);
    assert_false(read_secret("l.key", NULL, &secret, &locked));
    assert_true(locked);
    assert_true(read_secret("l.key", "Rhein 7", &secret, NULL));
    sw_secret_key_public(&secret, &of_secret);
    public = read_public("l.pub");
    assert_true(sw_public_key_equal(&public, &of_secret));
    write_text("m.key", sw_secret_key_write(&secret, "Ruhr 9", SW_LOCK_MINISIGN));
    assert_int_equal(shell("printf 'Ruhr 9\\n' | minisign -S -H -s m.key -m d >/dev/null 2>&1"), 0);
    assert_int_equal(shell("minisign -V -H -p l.pub -m d >/dev/null"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_theirs), cmocka_unit_test(test_ours), cmocka_unit_test(test_password)};
    return sw_crypto_start() ? cmocka_run_group_tests(tests, enter_folder, leave_folder) : 1;
}
