/* SPDX-License-Identifier: EUPL-1.2 */
/* Manifests, key lists, current.json: what is read is written again and reads the same; what is not has a fault and leaves what was there.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "store/manifest.h"

static void check_manifest(const char *bytes, size_t length, struct sw_diags *diags)
{
    static const int program[3] = {1, 2, 3};
    struct sw_manifest manifest, again;
    size_t before = diags->errors;
    bool read = sw_manifest_read(bytes, length, "m", program, &manifest, diags);
    assert(read == (diags->errors == before));
    if (!read)
        return;
    assert(!sw_program_version_older(program, manifest.needs) && manifest.statement.version >= 1);
    char *text = sw_manifest_write(&manifest);
    read = sw_manifest_read(text, strlen(text), "m", NULL, &again, diags);
    assert(read && again.statement.version == manifest.statement.version && again.statement.expires == manifest.statement.expires);
    assert(again.activate == manifest.activate && sw_digest_equal(&again.contents.digest, &manifest.contents.digest));
    free(text);
}

static void check_keyring(const char *bytes, size_t length, struct sw_diags *diags)
{
    struct sw_keyring keyring, again;
    size_t before = diags->errors;
    bool read = sw_keyring_read(bytes, length, "k", &keyring, diags);
    assert(read == (diags->errors == before));
    if (!read)
        return;
    assert(keyring.threshold >= 1 && keyring.threshold <= keyring.root_count && keyring.root_count <= SW_KEYRING_ROOTS_MAX);
    char *text = sw_keyring_write(&keyring);
    read = sw_keyring_read(text, strlen(text), "k", &again, diags);
    assert(read && again.version == keyring.version && again.root_count == keyring.root_count);
    assert(again.key_counts[0] == keyring.key_counts[0] && again.key_counts[1] == keyring.key_counts[1]);
    free(text);
}

static void check_current(const char *bytes, size_t length, struct sw_diags *diags)
{
    struct sw_current current, again;
    size_t before = diags->errors;
    bool read = sw_current_read(bytes, length, "c", &current, diags);
    assert(read == (diags->errors == before));
    if (!read)
        return;
    char *text = sw_current_write(&current);
    read = sw_current_read(text, strlen(text), "c", &again, diags);
    assert(read && again.release == current.release && again.keys == current.keys && strcmp(again.wall, current.wall) == 0);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    const char *bytes = (const char *)data;
    struct sw_diags diags;
    sw_diags_init(&diags);
    check_manifest(bytes, length, &diags);
    check_keyring(bytes, length, &diags);
    check_current(bytes, length, &diags);
    sw_diags_finish(&diags);
    return 0;
}
