/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/keyring.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "json/write.h"
#include "store/moment.h"

static const char *const role_keys[SW_KEY_ROLES] = {"publishing", "operating"};

const char *sw_key_role_text(enum sw_key_role role) { return role_keys[role]; }

/* ---- reading ---- */

static void judge_name(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    if (!cJSON_IsString(node) || strlen(node->valuestring) > SW_KEYRING_NAME_MAX)
        sw_verify_fault(verify, node, "is no name; a text of at most 100 bytes is wanted");
}

static const struct sw_row root_item = {.key = "", .type = SW_TYPE_CUSTOM, .judge = sw_judge_key};
static const struct sw_row roots_rows[] = {
    {.key = "keys", .type = SW_TYPE_LIST, .flags = SW_ROW_REQUIRED, .item = &root_item, .minimum = 1, .maximum = SW_KEYRING_ROOTS_MAX},
    {.key = "threshold", .type = SW_TYPE_INTEGER, .flags = SW_ROW_REQUIRED, .minimum = 1, .maximum = SW_KEYRING_ROOTS_MAX},
};
static const struct sw_table roots_table = {"roots", "who signs this list", roots_rows, SW_COUNT(roots_rows)};
static const struct sw_row key_rows[] = {
    {.key = "key", .type = SW_TYPE_CUSTOM, .flags = SW_ROW_REQUIRED, .judge = sw_judge_key},
    {.key = "name", .type = SW_TYPE_CUSTOM, .judge = judge_name, .meaning = "whose it is"},
    {.key = "until", .type = SW_TYPE_CUSTOM, .judge = sw_judge_moment, .meaning = "nothing new that it signs counts from then on"},
};
static const struct sw_table key_table = {"key", "who may sign", key_rows, SW_COUNT(key_rows)};
static const struct sw_row key_item = {.key = "", .type = SW_TYPE_OBJECT, .table = &key_table};
static const char *const kinds[] = {"keys 1", NULL};
static const struct sw_row rows[] = {
    {.key = "schauwand", .type = SW_TYPE_ENUM, .flags = SW_ROW_REQUIRED, .words = kinds, .meaning = "what this is"},
    {.key = "version", .type = SW_TYPE_INTEGER, .flags = SW_ROW_REQUIRED, .minimum = 1, .maximum = SW_VERSION_MAX},
    {.key = "epoch", .type = SW_TYPE_INTEGER, .flags = SW_ROW_REQUIRED, .minimum = 1, .maximum = SW_VERSION_MAX},
    {.key = "issued", .type = SW_TYPE_CUSTOM, .flags = SW_ROW_REQUIRED, .judge = sw_judge_moment},
    {.key = "expires", .type = SW_TYPE_CUSTOM, .judge = sw_judge_moment},
    {.key = "roots", .type = SW_TYPE_OBJECT, .flags = SW_ROW_REQUIRED, .table = &roots_table},
    {.key = "publishing", .type = SW_TYPE_LIST, .flags = SW_ROW_REQUIRED, .item = &key_item, .minimum = 0, .maximum = SW_KEYRING_KEYS_MAX},
    {.key = "operating", .type = SW_TYPE_LIST, .flags = SW_ROW_REQUIRED, .item = &key_item, .minimum = 0, .maximum = SW_KEYRING_KEYS_MAX},
};
static const struct sw_table table = {"key list", "which keys may sign what", rows, SW_COUNT(rows)};

static const struct sw_public_key *find_root(const struct sw_keyring *keyring, const unsigned char *id)
{
    for (size_t i = 0; i < keyring->root_count; i++)
        if (memcmp(keyring->roots[i].id, id, SW_KEY_ID_BYTES) == 0)
            return &keyring->roots[i];
    return NULL;
}

static const struct sw_keyring_key *find_key(const struct sw_keyring *keyring, enum sw_key_role role, const unsigned char *id)
{
    for (size_t i = 0; i < keyring->key_counts[role]; i++)
        if (memcmp(keyring->keys[role][i].key.id, id, SW_KEY_ID_BYTES) == 0)
            return &keyring->keys[role][i];
    return NULL;
}

static struct sw_public_key take_key(const char *text)
{
    struct sw_public_key key;
    bool parsed = sw_public_key_parse(text, &key);
    assert(parsed);
    return key;
}

static void take_roots(struct sw_verify *verify, const cJSON *object, struct sw_keyring *out)
{
    const cJSON *item, *keys = sw_json_get(object, "keys");
    for (item = keys->child; item != NULL; item = item->next) {
        struct sw_public_key key = take_key(item->valuestring);
        if (find_root(out, key.id) != NULL)
            sw_verify_fault(verify, item, "stands here twice");
        else
            out->roots[out->root_count++] = key;
    }
    out->threshold = (size_t)sw_json_number(object, "threshold", 0);
    if (out->threshold > out->root_count)
        sw_verify_fault(verify, sw_json_get(object, "threshold"), "is more than there are roots");
}

static void take_keys(struct sw_verify *verify, const cJSON *list, struct sw_keyring *out, enum sw_key_role role)
{
    const cJSON *item;
    for (item = list->child; item != NULL; item = item->next) {
        const cJSON *text = sw_json_get(item, "key");
        struct sw_keyring_key key = {.key = take_key(text->valuestring), .until = sw_moment_of(item, "until", SW_NEVER)};
        int length = snprintf(key.name, sizeof key.name, "%s", sw_json_text(item, "name", ""));
        assert(length >= 0 && length <= SW_KEYRING_NAME_MAX);
        if (find_key(out, role, key.key.id) != NULL)
            sw_verify_fault(verify, text, "stands here twice");
        else if (find_root(out, key.key.id) != NULL)
            sw_verify_fault(verify, text, "is a root key; roots sign key lists alone");
        else
            out->keys[role][out->key_counts[role]++] = key;
    }
}

static void take(struct sw_verify *verify, const cJSON *root, struct sw_keyring *out)
{
    size_t mark = sw_verify_enter(verify, "roots");
    out->version = (int64_t)sw_json_number(root, "version", 0);
    out->epoch = (int64_t)sw_json_number(root, "epoch", 0);
    out->issued = sw_moment_of(root, "issued", 0);
    out->expires = sw_moment_of(root, "expires", SW_NEVER);
    take_roots(verify, sw_json_get(root, "roots"), out);
    sw_verify_leave(verify, mark);
    for (int role = 0; role < SW_KEY_ROLES; role++) {
        mark = sw_verify_enter(verify, role_keys[role]);
        take_keys(verify, sw_json_get(root, role_keys[role]), out, (enum sw_key_role)role);
        sw_verify_leave(verify, mark);
    }
}

bool sw_keyring_read(const char *bytes, size_t length, const char *name, struct sw_keyring *out, struct sw_diags *diags)
{
    struct sw_verify verify;
    struct sw_keyring read = {0};
    size_t before = diags->errors;
    struct sw_json *json = sw_json_create(bytes, length, SW_JSON_STRICT, name, diags);
    if (json == NULL)
        return false;
    sw_verify_init(&verify, json, diags);
    if (sw_verify_object(&verify, &table, json->root))
        take(&verify, json->root, &read);
    sw_json_destroy(json);
    read.digest = sw_digest_of(bytes, length);
    if (diags->errors > before)
        return false;
    *out = read;
    return true;
}

/* ---- writing ---- */

static void write_keys(struct sw_buffer *buffer, const struct sw_keyring *keyring, enum sw_key_role role)
{
    char text[SW_KEY_TEXT + 1], moment[SW_MOMENT_TEXT + 1];
    sw_buffer_printf(buffer, ",\n  \"%s\": [", role_keys[role]);
    for (size_t i = 0; i < keyring->key_counts[role]; i++) {
        const struct sw_keyring_key *key = &keyring->keys[role][i];
        sw_buffer_printf(buffer, "%s\n    {\"key\": \"%s\"", i > 0 ? "," : "", sw_public_key_text(&key->key, text));
        if (key->name[0] != '\0') {
            sw_buffer_add_text(buffer, ", \"name\": ");
            sw_json_write_text(buffer, key->name);
        }
        if (key->until != SW_NEVER)
            sw_buffer_printf(buffer, ", \"until\": \"%s\"", sw_moment_text(key->until, moment));
        sw_buffer_add_text(buffer, "}");
    }
    sw_buffer_add_text(buffer, keyring->key_counts[role] > 0 ? "\n  ]" : "]");
}

char *sw_keyring_write(const struct sw_keyring *keyring)
{
    char text[SW_KEY_TEXT + 1], moment[SW_MOMENT_TEXT + 1];
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, SW_STATEMENT_MAX);
    sw_buffer_printf(&buffer,
                     "{\n  \"schauwand\": \"%s\",\n  \"version\": %" PRId64 ",\n  \"epoch\": %" PRId64 ",\n  \"issued\": \"%s\",\n",
                     kinds[0], keyring->version, keyring->epoch, sw_moment_text(keyring->issued, moment));
    if (keyring->expires != SW_NEVER)
        sw_buffer_printf(&buffer, "  \"expires\": \"%s\",\n", sw_moment_text(keyring->expires, moment));
    sw_buffer_add_text(&buffer, "  \"roots\": {\"keys\": [");
    for (size_t i = 0; i < keyring->root_count; i++)
        sw_buffer_printf(&buffer, "%s\"%s\"", i > 0 ? ", " : "", sw_public_key_text(&keyring->roots[i], text));
    sw_buffer_printf(&buffer, "], \"threshold\": %zu}", keyring->threshold);
    write_keys(&buffer, keyring, SW_KEY_PUBLISHING);
    write_keys(&buffer, keyring, SW_KEY_OPERATING);
    sw_buffer_add_text(&buffer, "\n}\n");
    return buffer.bytes;
}

/* ---- who signed ---- */

/* How many of `roots` (count) signed `document`, each counted once. Signatures of others are passed over. */
static size_t count_signers(const struct sw_signed *document, const struct sw_public_key *roots, size_t count, struct sw_diags *diags)
{
    bool signers[SW_KEYRING_ROOTS_MAX] = {false};
    size_t found = 0;
    for (size_t s = 0; s < document->signature_count && s < SW_KEYRING_SIGNATURES_MAX; s++) {
        struct sw_signature signature;
        const char *text = document->signatures[s];
        if (!sw_signature_read(text, strlen(text), document->name, &signature, diags))
            continue;
        for (size_t i = 0; i < count; i++) {
            enum sw_signature_verdict verdict = sw_signature_verify(&signature, &roots[i], document->bytes, document->length);
            if (verdict == SW_SIGNATURE_RIGHT && !signers[i]) {
                signers[i] = true;
                found++;
            } else if (verdict != SW_SIGNATURE_RIGHT && verdict != SW_SIGNATURE_OTHER_KEY) {
                sw_diags_add(diags, SW_ERROR, document->name, 0, 0, NULL, "the signature %s", sw_signature_verdict_text(verdict));
            }
        }
    }
    return found;
}

static bool signed_by(const struct sw_signed *document, const struct sw_public_key *roots, size_t count, size_t threshold,
                      const char *whose, struct sw_diags *diags)
{
    size_t found = count_signers(document, roots, count, diags);
    if (found == 0)
        sw_diags_add(diags, SW_ERROR, document->name, 0, 0, NULL, "is not signed by %s", whose);
    else if (found < threshold)
        sw_diags_add(diags, SW_ERROR, document->name, 0, 0, NULL, "is signed by %zu of %s; %zu must sign it", found, whose, threshold);
    return found >= threshold;
}

/* The one that follows: newer, of no older epoch, signed by its own roots too. */
static bool may_follow(const struct sw_keyring *next, const struct sw_signed *document, const struct sw_keyring *trusted,
                       struct sw_diags *diags)
{
    if (trusted != NULL && next->version <= trusted->version) {
        sw_diags_add(diags, SW_ERROR, document->name, 0, 0, NULL,
                     next->version == trusted->version ? "is version %" PRId64 " again with other content; version %" PRId64
                                                         " was here already"
                                                       : "is version %" PRId64 "; version %" PRId64 " was here already",
                     next->version, trusted->version);
        return false;
    }
    if (trusted != NULL && next->epoch < trusted->epoch) {
        sw_diags_add(diags, SW_ERROR, document->name, 0, 0, NULL, "is of epoch %" PRId64 "; epoch %" PRId64 " was here already",
                     next->epoch, trusted->epoch);
        return false;
    }
    return signed_by(document, next->roots, next->root_count, next->threshold, "its own root keys", diags);
}

enum sw_verdict sw_keyring_judge(const struct sw_signed *document, const struct sw_keyring *trusted, const struct sw_public_key *pin,
                                 sw_instant now, struct sw_keyring *out, struct sw_diags *diags)
{
    struct sw_keyring next;
    char moment[SW_MOMENT_TEXT + 1];
    struct sw_digest digest = sw_digest_of(document->bytes, document->length);
    bool same = trusted != NULL && sw_digest_equal(&digest, &trusted->digest);
    if (!same) {
        bool known = trusted != NULL
                         ? signed_by(document, trusted->roots, trusted->root_count, trusted->threshold, "the root keys so far", diags)
                         : signed_by(document, pin, 1, 1, "the root key of this wall", diags);
        if (!known || !sw_keyring_read(document->bytes, document->length, document->name, &next, diags) ||
            !may_follow(&next, document, trusted, diags))
            return SW_VERDICT_REFUSED;
    }
    const struct sw_keyring *valid = same ? trusted : &next;
    if (valid->expires < now)
        sw_diags_add(diags, SW_WARNING, document->name, 0, 0, NULL, "has expired on %s; sign a new key list",
                     sw_moment_text(valid->expires, moment));
    if (same)
        return SW_VERDICT_SAME;
    *out = next;
    return SW_VERDICT_NEW;
}

bool sw_keyring_verify(const struct sw_keyring *keyring, enum sw_key_role role, const struct sw_signed *document, sw_instant now,
                       struct sw_diags *diags)
{
    struct sw_signature signature;
    char id[SW_KEY_ID_TEXT + 1], moment[SW_MOMENT_TEXT + 1];
    if (document->signature_count != 1) {
        sw_diags_add(diags, SW_ERROR, document->name, 0, 0, NULL, "has %zu signatures; one is wanted", document->signature_count);
        return false;
    }
    const char *text = document->signatures[0];
    if (!sw_signature_read(text, strlen(text), document->name, &signature, diags))
        return false;
    const struct sw_keyring_key *key = find_key(keyring, role, signature.id);
    if (key == NULL) {
        sw_diags_add(diags, SW_ERROR, document->name, 0, 0, NULL,
                     "is signed with the key %s, which is none of the %s keys of list %" PRId64, sw_key_id_text(signature.id, id),
                     role_keys[role], keyring->version);
        return false;
    }
    enum sw_signature_verdict verdict = sw_signature_verify(&signature, &key->key, document->bytes, document->length);
    if (verdict != SW_SIGNATURE_RIGHT) {
        sw_diags_add(diags, SW_ERROR, document->name, 0, 0, NULL, "the signature %s", sw_signature_verdict_text(verdict));
        return false;
    }
    if (key->until <= now) {
        sw_diags_add(diags, SW_ERROR, document->name, 0, 0, NULL, "is signed with the key %s (%s), which ended on %s",
                     sw_key_id_text(signature.id, id), key->name, sw_moment_text(key->until, moment));
        return false;
    }
    return true;
}
