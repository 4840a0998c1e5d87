/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/manifest.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "json/write.h"
#include "store/moment.h"

/* ---- tables ---- */

static const char *const release_kinds[] = {"release 1", NULL}, *const playlists_kinds[] = {"playlists 1", NULL},
                         *const current_kinds[] = {"current 1", NULL};

static const struct sw_row object_rows[] = {
    {.key = "sha256", .type = SW_TYPE_CUSTOM, .flags = SW_ROW_REQUIRED, .judge = sw_judge_digest},
    {.key = "bytes", .type = SW_TYPE_INTEGER, .flags = SW_ROW_REQUIRED, .minimum = 1, .maximum = SW_CONTENTS_MAX},
};
static const struct sw_table object_table = {"object", "by what a file is fetched", object_rows, SW_COUNT(object_rows)};
static const struct sw_row manifest_rows[] = {
    SW_STATEMENT_ROWS(release_kinds),
    {.key = "activate", .type = SW_TYPE_CUSTOM, .judge = sw_judge_moment, .meaning = "all walls change then"},
    {.key = "needs", .type = SW_TYPE_CUSTOM, .flags = SW_ROW_REQUIRED, .judge = sw_judge_program_version},
    {.key = "contents", .type = SW_TYPE_OBJECT, .flags = SW_ROW_REQUIRED, .table = &object_table},
};
static const struct sw_table manifest_table = {"release", "one published state", manifest_rows, SW_COUNT(manifest_rows)};

static void judge_playlists(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    if (!cJSON_IsObject(node))
        sw_verify_fault(verify, node, "is no object; playlists by their ids are wanted");
}

static const struct sw_row playlist_item = {.key = "", .type = SW_TYPE_CUSTOM, .judge = judge_playlists};
static const struct sw_row playlists_rows[] = {
    SW_STATEMENT_ROWS(playlists_kinds),
    {.key = "playlists", .type = SW_TYPE_MAP, .flags = SW_ROW_REQUIRED, .key_type = SW_TYPE_ID, .item = &playlist_item},
};
static const struct sw_table playlists_table = {"playlists", "what plays", playlists_rows, SW_COUNT(playlists_rows)};

static const struct sw_row current_rows[] = {
    {.key = "schauwand", .type = SW_TYPE_ENUM, .flags = SW_ROW_REQUIRED, .words = current_kinds, .meaning = "what this is"},
    {.key = "wall", .type = SW_TYPE_ID, .flags = SW_ROW_REQUIRED},
    {.key = "release", .type = SW_TYPE_INTEGER, .flags = SW_ROW_REQUIRED, .minimum = 0, .maximum = SW_VERSION_MAX},
    {.key = "playlists", .type = SW_TYPE_INTEGER, .flags = SW_ROW_REQUIRED, .minimum = 0, .maximum = SW_VERSION_MAX},
    {.key = "keys", .type = SW_TYPE_INTEGER, .flags = SW_ROW_REQUIRED, .minimum = 0, .maximum = SW_VERSION_MAX},
};
static const struct sw_table current_table = {"current", "what the newest is", current_rows, SW_COUNT(current_rows)};

/* ---- reading ---- */

/* Whether the document does without a newer program than this; a fault if not. */
static bool suits_program(const cJSON *root, const char *name, const int *program, struct sw_diags *diags)
{
    int needs[3];
    if (!sw_program_version_parse(sw_json_text(root, "needs", ""), needs) || !sw_program_version_older(program, needs))
        return true;
    sw_diags_add(diags, SW_ERROR, name, 0, 0, NULL, "needs Schauwand %d.%d.%d; this is %d.%d.%d", needs[0], needs[1], needs[2], program[0],
                 program[1], program[2]);
    return false;
}

/* The document if it is one of `table`, and (if not NULL) for this `program`, which is asked first; else NULL. */
static struct sw_json *read_table(const char *bytes, size_t length, const char *name, const struct sw_table *table, const int *program,
                                  struct sw_diags *diags)
{
    struct sw_verify verify;
    struct sw_json *json = sw_json_create(bytes, length, SW_JSON_STRICT, name, diags);
    if (json == NULL)
        return NULL;
    sw_verify_init(&verify, json, diags);
    if ((program == NULL || suits_program(json->root, name, program, diags)) && sw_verify_object(&verify, table, json->root))
        return json;
    sw_json_destroy(json);
    return NULL;
}

bool sw_manifest_read(const char *bytes, size_t length, const char *name, const int *program, struct sw_manifest *out,
                      struct sw_diags *diags)
{
    struct sw_json *json = read_table(bytes, length, name, &manifest_table, program, diags);
    if (json == NULL)
        return false;
    const cJSON *contents = sw_json_get(json->root, "contents");
    sw_statement_take(&out->statement, json->root, bytes, length);
    out->activate = sw_moment_of(json->root, "activate", 0);
    bool has_needs = sw_program_version_parse(sw_json_text(json->root, "needs", ""), out->needs);
    bool has_digest = sw_digest_parse(sw_json_text(contents, "sha256", ""), &out->contents.digest);
    assert(has_needs && has_digest);
    out->contents.bytes = (uint64_t)sw_json_number(contents, "bytes", 0);
    sw_json_destroy(json);
    return true;
}

bool sw_playlists_read(const char *bytes, size_t length, const char *name, struct sw_playlists *out, struct sw_diags *diags)
{
    struct sw_json *json = read_table(bytes, length, name, &playlists_table, NULL, diags);
    if (json == NULL)
        return false;
    *out = (struct sw_playlists){.json = json, .playlists = sw_json_get(json->root, "playlists")};
    sw_statement_take(&out->statement, json->root, bytes, length);
    return true;
}

bool sw_current_read(const char *bytes, size_t length, const char *name, struct sw_current *out, struct sw_diags *diags)
{
    struct sw_json *json = read_table(bytes, length, name, &current_table, NULL, diags);
    if (json == NULL)
        return false;
    int written = snprintf(out->wall, sizeof out->wall, "%s", sw_json_text(json->root, "wall", ""));
    assert(written > 0 && written <= SW_ID_MAX);
    out->release = (int64_t)sw_json_number(json->root, "release", 0);
    out->playlists = (int64_t)sw_json_number(json->root, "playlists", 0);
    out->keys = (int64_t)sw_json_number(json->root, "keys", 0);
    sw_json_destroy(json);
    return true;
}

/* ---- judging ---- */

enum sw_verdict sw_release_judge(const struct sw_signed *document, const struct sw_trust *trust, struct sw_manifest *out,
                                 struct sw_diags *diags)
{
    struct sw_manifest manifest;
    if (!sw_keyring_verify(trust->keyring, SW_KEY_PUBLISHING, document, trust->now, diags) ||
        !sw_manifest_read(document->bytes, document->length, document->name, trust->program, &manifest, diags))
        return SW_VERDICT_REFUSED;
    enum sw_verdict verdict =
        sw_statement_judge(&manifest.statement, trust->wall, trust->keyring->epoch, &trust->accepted, trust->now, document->name, diags);
    if (verdict != SW_VERDICT_REFUSED)
        *out = manifest;
    return verdict;
}

enum sw_verdict sw_playlists_judge(const struct sw_signed *document, const struct sw_trust *trust, struct sw_playlists *out,
                                   struct sw_diags *diags)
{
    struct sw_playlists read;
    if (!sw_keyring_verify(trust->keyring, SW_KEY_OPERATING, document, trust->now, diags) ||
        !sw_playlists_read(document->bytes, document->length, document->name, &read, diags))
        return SW_VERDICT_REFUSED;
    enum sw_verdict verdict =
        sw_statement_judge(&read.statement, trust->wall, trust->keyring->epoch, &trust->accepted, trust->now, document->name, diags);
    if (verdict == SW_VERDICT_REFUSED)
        sw_playlists_finish(&read);
    else
        *out = read;
    return verdict;
}

void sw_playlists_finish(struct sw_playlists *playlists)
{
    if (playlists != NULL) {
        sw_json_destroy(playlists->json);
        *playlists = (struct sw_playlists){0};
    }
}

/* ---- writing ---- */

static void write_line(struct sw_buffer *buffer, const char *key, const char *text)
{
    if (text[0] == '\0')
        return;
    sw_buffer_printf(buffer, "  \"%s\": ", key);
    sw_json_write_text(buffer, text);
    sw_buffer_add_text(buffer, ",\n");
}

static void write_statement(struct sw_buffer *buffer, const struct sw_statement *statement, const char *kind)
{
    char moment[SW_MOMENT_TEXT + 1];
    sw_buffer_printf(buffer, "{\n  \"schauwand\": \"%s\",\n  \"wall\": \"%s\",\n  \"epoch\": %" PRId64 ",\n  \"version\": %" PRId64 ",\n",
                     kind, statement->wall, statement->epoch, statement->version);
    sw_buffer_printf(buffer, "  \"issued\": \"%s\",\n", sw_moment_text(statement->issued, moment));
    if (statement->expires != SW_NEVER)
        sw_buffer_printf(buffer, "  \"expires\": \"%s\",\n", sw_moment_text(statement->expires, moment));
    write_line(buffer, "by", statement->by);
    write_line(buffer, "note", statement->note);
}

char *sw_manifest_write(const struct sw_manifest *manifest)
{
    char moment[SW_MOMENT_TEXT + 1], digest[SW_DIGEST_TEXT + 1];
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, SW_STATEMENT_MAX);
    write_statement(&buffer, &manifest->statement, release_kinds[0]);
    if (manifest->activate != 0)
        sw_buffer_printf(&buffer, "  \"activate\": \"%s\",\n", sw_moment_text(manifest->activate, moment));
    sw_buffer_printf(&buffer, "  \"needs\": \"%d.%d.%d\",\n", manifest->needs[0], manifest->needs[1], manifest->needs[2]);
    sw_buffer_printf(&buffer, "  \"contents\": {\"sha256\": \"%s\", \"bytes\": %" PRIu64 "}\n}\n",
                     sw_digest_text(&manifest->contents.digest, digest), manifest->contents.bytes);
    return buffer.bytes;
}

char *sw_playlists_write(const struct sw_statement *statement, const cJSON *playlists)
{
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, SW_STATEMENT_MAX);
    write_statement(&buffer, statement, playlists_kinds[0]);
    sw_buffer_add_text(&buffer, "  \"playlists\": ");
    sw_json_write(&buffer, playlists);
    sw_buffer_add_text(&buffer, "\n}\n");
    if (!buffer.full)
        return buffer.bytes;
    sw_buffer_finish(&buffer);
    return NULL;
}

char *sw_current_write(const struct sw_current *current)
{
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, SW_CURRENT_MAX);
    sw_buffer_printf(
        &buffer, "{\"schauwand\": \"%s\", \"wall\": \"%s\", \"release\": %" PRId64 ", \"playlists\": %" PRId64 ", \"keys\": %" PRId64 "}\n",
        current_kinds[0], current->wall, current->release, current->playlists, current->keys);
    return buffer.bytes;
}
