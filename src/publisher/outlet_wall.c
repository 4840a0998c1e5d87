/* SPDX-License-Identifier: EUPL-1.2 */
/* The signed documents of a wall: releases and playlists, by their versions, and which of them are current. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "publisher/fault.h"
#include "publisher/outlet_internal.h"
#include "store/documents.h"

#define NAME_ROOM 128             /* the path of a document below the folder */
#define LIFE (400 * 24 * SW_HOUR) /* a release expires then, which warns */

enum kind { RELEASES, PLAYLISTS };
static const char *const kind_names[] = {"releases", "playlists"};
static const enum sw_key_role kind_roles[] = {SW_KEY_PUBLISHING, SW_KEY_OPERATING};

bool sw_outlet_current(const struct sw_outlet *outlet, const char *wall, struct sw_current *out, bool *missing)
{
    char path[SW_OUTLET_PATH], *text;
    size_t length;
    struct sw_diags diags;
    (void)snprintf(path, sizeof path, "%s/walls/%s/current.json", outlet->folder, wall);
    enum sw_file_status status = sw_file_read(path, SW_CURRENT_MAX, &text, &length);
    *missing = status == SW_FILE_MISSING;
    if (status != SW_FILE_OK)
        return *missing ? false : sw_fault_say(path, sw_file_status_text(status));
    sw_diags_init(&diags);
    bool read = sw_current_read(text, length, path, out, &diags);
    sw_faults_say(&diags);
    free(text);
    return read;
}

/* A file that was written after `before` is younger by a second at least: web servers and rsync tell one from another of the same length
 * by nothing else. */
static bool make_younger(const char *path, const struct stat *before)
{
    struct stat now;
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = before->st_mtime + 1}};
    if (stat(path, &now) != 0)
        return false;
    bool younger = now.st_ino == before->st_ino || now.st_mtime > before->st_mtime; /* the same file: there was nothing to write */
    return younger || utimensat(AT_FDCWD, path, times, 0) == 0;
}

static bool write_current(struct sw_outlet *outlet, struct sw_current *current)
{
    char path[NAME_ROOM], full[SW_OUTLET_PATH];
    struct stat before;
    current->keys = outlet->workshop->keyring.version;
    char *text = sw_current_write(current);
    (void)snprintf(path, sizeof path, "walls/%s/current.json", current->wall);
    (void)snprintf(full, sizeof full, "%s/%s", outlet->folder, path);
    bool other = stat(full, &before) == 0, written = sw_outlet_write(outlet, path, text);
    free(text);
    return written && (!other || make_younger(full, &before) || sw_fault_say(full, "cannot be dated"));
}

/* ---- reading ---- */

static const char *document_path(char path[NAME_ROOM], const char *wall, enum kind kind, int64_t version)
{
    (void)snprintf(path, NAME_ROOM, "walls/%s/%s/%" PRId64 ".json", wall, kind_names[kind], version);
    return path;
}

static bool stands(const struct sw_outlet *outlet, const char *path)
{
    char full[SW_OUTLET_PATH];
    (void)snprintf(full, sizeof full, "%s/%s", outlet->folder, path);
    return access(full, F_OK) == 0;
}

/* A document below the folder with its signature; finish it. */
static enum sw_file_status read_signed(const struct sw_outlet *outlet, const char *path, struct sw_document *out)
{
    char full[SW_OUTLET_PATH], signature[SW_OUTLET_PATH + 16];
    size_t length;
    *out = (struct sw_document){.name = sw_strdup(path)};
    (void)snprintf(full, sizeof full, "%s/%s", outlet->folder, path);
    (void)snprintf(signature, sizeof signature, "%s.minisig", full);
    enum sw_file_status status = sw_file_read(full, SW_STATEMENT_MAX, &out->bytes, &out->as_signed.length);
    if (status == SW_FILE_OK)
        status = sw_file_read(signature, SW_SIGNATURE_FILE_MAX, &out->signatures[0], &length);
    out->as_signed.name = out->name;
    out->as_signed.bytes = out->bytes;
    out->as_signed.signatures = (const char *const *)out->signatures;
    out->as_signed.signature_count = 1;
    if (status != SW_FILE_OK)
        sw_document_finish(out);
    return status;
}

/* A key list that was published, by the same root. */
static bool read_keys(const struct sw_outlet *outlet, int64_t version, struct sw_keyring *out, struct sw_diags *diags)
{
    char path[64];
    struct sw_document document;
    (void)snprintf(path, sizeof path, "keys/%" PRId64 ".json", version);
    if (read_signed(outlet, path, &document) != SW_FILE_OK)
        return false;
    const struct sw_public_key *root = &outlet->workshop->keyring.roots[0];
    bool read = sw_keyring_judge(&document.as_signed, NULL, root, SW_NEVER_ENDED, out, diags) == SW_VERDICT_NEW;
    sw_document_finish(&document);
    return read;
}

/* Whether a key of today's list signed this. */
static bool is_of_today(const struct sw_outlet *outlet, enum kind kind, const struct sw_signed *document)
{
    struct sw_diags quiet;
    sw_diags_init(&quiet);
    bool ours = sw_keyring_verify(&outlet->workshop->keyring, kind_roles[kind], document, SW_NEVER_ENDED, &quiet);
    sw_diags_finish(&quiet);
    return ours;
}

/* Whether a key of today's list, or of one before it, signed this: who may write to the folder may not put words in our mouth. */
static bool is_ours(const struct sw_outlet *outlet, enum kind kind, const struct sw_signed *document)
{
    struct sw_diags quiet;
    struct sw_keyring keyring;
    int64_t version = outlet->workshop->keyring.version;
    bool ours = is_of_today(outlet, kind, document);
    sw_diags_init(&quiet);
    while (!ours && --version > 0)
        ours = read_keys(outlet, version, &keyring, &quiet) &&
               sw_keyring_verify(&keyring, kind_roles[kind], document, SW_NEVER_ENDED, &quiet);
    sw_diags_finish(&quiet);
    return ours;
}

/* A document whose signature is verified; finish it. */
static bool read_ours(const struct sw_outlet *outlet, const char *path, enum kind kind, struct sw_document *out)
{
    enum sw_file_status status = read_signed(outlet, path, out);
    if (status != SW_FILE_OK)
        return sw_fault_say(path, sw_file_status_text(status));
    if (is_ours(outlet, kind, &out->as_signed))
        return true;
    sw_document_finish(out);
    return sw_fault_say(path, "is not signed by these keys; was it changed?");
}

static bool is_for(const struct sw_statement *statement, const char *wall, int64_t version, const char *path)
{
    return (strcmp(statement->wall, wall) == 0 && statement->version == version) ||
           sw_fault_say(path, "is of another wall, or another version");
}

bool sw_outlet_release(const struct sw_outlet *outlet, const char *wall, int64_t version, struct sw_manifest *out, bool *missing)
{
    char path[NAME_ROOM];
    struct sw_document document;
    struct sw_diags diags;
    struct sw_current current = {.release = version};
    *missing = false;
    if (version == 0 && !sw_outlet_current(outlet, wall, &current, missing))
        return false;
    *missing = version != 0 && !stands(outlet, document_path(path, wall, RELEASES, version));
    if (*missing || !read_ours(outlet, document_path(path, wall, RELEASES, current.release), RELEASES, &document))
        return false;
    sw_diags_init(&diags);
    bool read = sw_manifest_read(document.bytes, document.as_signed.length, path, NULL, out, &diags);
    sw_faults_say(&diags);
    sw_document_finish(&document);
    return read && is_for(&out->statement, wall, current.release, path);
}

bool sw_outlet_playlists(const struct sw_outlet *outlet, const char *wall, int64_t version, struct sw_playlists *out, bool *counts)
{
    char path[NAME_ROOM];
    struct sw_document document;
    struct sw_diags diags;
    if (!read_ours(outlet, document_path(path, wall, PLAYLISTS, version), PLAYLISTS, &document))
        return false;
    sw_diags_init(&diags);
    bool read = sw_playlists_read(document.bytes, document.as_signed.length, path, out, &diags);
    *counts = read && out->statement.epoch == outlet->workshop->keyring.epoch && is_of_today(outlet, PLAYLISTS, &document.as_signed);
    sw_faults_say(&diags);
    sw_document_finish(&document);
    if (read && is_for(&out->statement, wall, version, path))
        return true;
    if (read)
        sw_playlists_finish(out);
    return false;
}

/* ---- publishing ---- */

/* The first version after `version` that nothing stands under: a crash may have left one that current.json never named. */
static int64_t next_version(const struct sw_outlet *outlet, const char *wall, enum kind kind, int64_t version)
{
    char path[NAME_ROOM];
    while (stands(outlet, document_path(path, wall, kind, ++version)))
        continue;
    return version;
}

/* Signs `text` and puts both there, in the folders that they need. */
static bool put_document(const struct sw_outlet *outlet, const char *wall, enum kind kind, int64_t version, const char *text)
{
    char path[NAME_ROOM], signature_path[NAME_ROOM + 16], comment[128];
    (void)snprintf(path, sizeof path, "walls/%s", wall);
    if (!sw_outlet_make_folder(outlet, path))
        return false;
    (void)snprintf(path, sizeof path, "walls/%s/%s", wall, kind_names[kind]);
    if (!sw_outlet_make_folder(outlet, path))
        return false;
    (void)snprintf(comment, sizeof comment, "schauwand %s %s %" PRId64, kind == RELEASES ? "release" : "playlists", wall, version);
    (void)snprintf(signature_path, sizeof signature_path, "%s.minisig", document_path(path, wall, kind, version));
    char *signature = sw_signature_write(outlet->key, text, strlen(text), comment);
    bool written = sw_outlet_write(outlet, path, text) && sw_outlet_write(outlet, signature_path, signature);
    free(signature);
    return written;
}

static void make_statement(const struct sw_outlet *outlet, struct sw_statement *statement, const char *wall, int64_t version)
{
    *statement = (struct sw_statement){
        .epoch = outlet->workshop->keyring.epoch, .version = version, .issued = outlet->now, .expires = SW_NEVER};
    (void)snprintf(statement->wall, sizeof statement->wall, "%s", wall);
}

/* Whether the current release says all that is to be said, to walls that are new as well. */
static bool is_same(const struct sw_outlet *outlet, const struct sw_manifest *last, const struct sw_object *list)
{
    char path[NAME_ROOM];
    struct sw_document document;
    const struct sw_statement *statement = &last->statement;
    if (statement->epoch != outlet->workshop->keyring.epoch || last->contents.bytes != list->bytes ||
        !sw_digest_equal(&last->contents.digest, &list->digest) || statement->expires <= outlet->now ||
        (outlet->activate != 0 && outlet->activate != last->activate) ||
        (outlet->expires != 0 && outlet->expires != statement->expires))
        return false;
    if (read_signed(outlet, document_path(path, statement->wall, RELEASES, statement->version), &document) != SW_FILE_OK)
        return false;
    bool today = is_of_today(outlet, RELEASES, &document.as_signed);
    sw_document_finish(&document);
    return today;
}

static bool write_release(const struct sw_outlet *outlet, const struct sw_manifest *manifest)
{
    char *text = sw_manifest_write(manifest);
    bool written = put_document(outlet, manifest->statement.wall, RELEASES, manifest->statement.version, text);
    free(text);
    return written;
}

bool sw_outlet_publish(struct sw_outlet *outlet, const char *wall, const struct sw_manifest *last, const struct sw_object *list,
                       int64_t *version, bool *same)
{
    struct sw_current current = {.release = 0};
    struct sw_manifest next = {.activate = outlet->activate, .contents = *list};
    bool missing;
    if (!sw_outlet_current(outlet, wall, &current, &missing) && !missing)
        return false;
    (void)snprintf(current.wall, sizeof current.wall, "%s", wall);
    *same = last != NULL && is_same(outlet, last, list);
    *version = *same ? current.release : next_version(outlet, wall, RELEASES, current.release);
    make_statement(outlet, &next.statement, wall, *version);
    next.statement.expires = outlet->expires != 0 ? outlet->expires : outlet->now + LIFE;
    if (!sw_program_version_parse(SW_VERSION, next.needs))
        return sw_fault_say(SW_VERSION, "is no version");
    next.needs[2] = 0;
    if (!*same && !write_release(outlet, &next))
        return false;
    current.release = *version;
    return write_current(outlet, &current);
}

bool sw_outlet_publish_playlists(struct sw_outlet *outlet, const struct sw_current *current, const char *by, const char *note,
                                 const cJSON *playlists, int64_t *version)
{
    struct sw_statement statement;
    struct sw_current next = *current;
    next.playlists = *version = next_version(outlet, current->wall, PLAYLISTS, current->playlists);
    make_statement(outlet, &statement, current->wall, *version);
    sw_utf8_put_line(statement.by, sizeof statement.by, by);
    sw_utf8_put_line(statement.note, sizeof statement.note, note);
    char *text = sw_playlists_write(&statement, playlists);
    if (text == NULL)
        return sw_fault_say(current->wall, "would have playlists too long to be signed");
    bool written = put_document(outlet, current->wall, PLAYLISTS, *version, text);
    free(text);
    return written && write_current(outlet, &next);
}
