/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "publisher/fault.h"
#include "store/documents.h"

#define PATH_ROOM 4096
#define RELEASE_ROOM 128          /* the path of a release below the folder */
#define LIFE (400 * 24 * SW_HOUR) /* a release expires then, which warns */

/* So that the names in it outlive a power cut. */
static bool sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        (void)close(fd);
    return synced || sw_fault_say(path, "cannot be synced");
}

static bool make_folder(const struct sw_outlet *outlet, const char *name)
{
    char path[PATH_ROOM], above[PATH_ROOM + 4];
    (void)snprintf(path, sizeof path, "%s%s%s", outlet->folder, name[0] != '\0' ? "/" : "", name);
    if (mkdir(path, 0755) != 0)
        return errno == EEXIST || sw_fault_say(path, "cannot be made");
    (void)snprintf(above, sizeof above, "%s/..", path);
    return sync_folder(above);
}

/* Writes PATH below the folder unless the same is there already. */
static bool write_text(const struct sw_outlet *outlet, const char *path, const char *text)
{
    char full[PATH_ROOM], *there;
    size_t length;
    (void)snprintf(full, sizeof full, "%s/%s", outlet->folder, path);
    if (sw_file_read(full, SW_STATEMENT_MAX, &there, &length) == SW_FILE_OK) {
        bool same = length == strlen(text) && memcmp(there, text, length) == 0;
        free(there);
        if (same)
            return true;
    }
    return sw_file_write_atomic(full, text, strlen(text)) || sw_fault_say(full, "cannot be written");
}

bool sw_outlet_prepare(struct sw_outlet *outlet)
{
    char path[128];
    const struct sw_workshop *workshop = outlet->workshop;
    if (!make_folder(outlet, "") || !make_folder(outlet, "objects") || !make_folder(outlet, "keys") || !make_folder(outlet, "walls"))
        return false;
    (void)snprintf(path, sizeof path, "keys/%" PRId64 ".json.minisig", workshop->keyring.version);
    if (!write_text(outlet, path, workshop->signature))
        return false;
    (void)snprintf(path, sizeof path, "keys/%" PRId64 ".json", workshop->keyring.version);
    return write_text(outlet, path, workshop->list);
}

/* ---- objects ---- */

static bool is_there(const struct sw_outlet *outlet, const struct sw_object *object, char path[PATH_ROOM])
{
    char name[SW_DIGEST_TEXT + 1];
    struct stat info;
    (void)snprintf(path, PATH_ROOM, "%s/objects/%s", outlet->folder, sw_digest_text(&object->digest, name));
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && (uint64_t)info.st_size == object->bytes;
}

static bool put_file(struct sw_outlet *outlet, const struct sw_tree *tree, const struct sw_file_entry *file)
{
    char path[PATH_ROOM], temp[PATH_ROOM + 8];
    struct sw_object copy;
    int from;
    if (is_there(outlet, &file->object, path))
        return true;
    (void)snprintf(temp, sizeof temp, "%s.tmp", path);
    if (sw_tree_open_file(tree, file->path, &from) != SW_FILE_OK)
        return sw_fault_say(file->path, "cannot be read");
    int to = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
    bool copied = to >= 0 && sw_tree_copy(from, to, &copy) && sw_digest_equal(&copy.digest, &file->object.digest) && fsync(to) == 0;
    (void)close(from);
    if (to >= 0)
        copied = close(to) == 0 && copied;
    if (!copied || rename(temp, path) != 0) {
        (void)unlink(temp);
        return sw_fault_say(file->path, "changed while it was published, or cannot be written");
    }
    outlet->new_objects++;
    outlet->new_bytes += file->object.bytes;
    return true;
}

bool sw_outlet_put(struct sw_outlet *outlet, const struct sw_tree *tree, struct sw_object *list)
{
    char path[PATH_ROOM];
    size_t length;
    struct sw_diags diags;
    char *text = sw_contents_write(tree->files, tree->count, &length);
    if (text == NULL)
        return sw_fault_say(outlet->folder, "would have more files than a release can have");
    sw_diags_init(&diags);
    struct sw_contents *read = sw_contents_create(text, length, "the exhibition", &diags); /* what no wall would take is not published */
    bool fine = read != NULL;
    sw_faults_say(&diags);
    sw_contents_destroy(read);
    for (size_t i = 0; i < tree->count && fine; i++)
        fine = put_file(outlet, tree, &tree->files[i]);
    (void)snprintf(path, sizeof path, "%s/objects", outlet->folder);
    fine = fine && sync_folder(path); /* also for those of a run that was cut off */
    *list = (struct sw_object){sw_digest_of(text, length), length};
    if (fine && !is_there(outlet, list, path)) {
        fine = sw_file_write_atomic(path, text, length) || sw_fault_say(path, "cannot be written");
        outlet->new_objects++;
        outlet->new_bytes += length;
    }
    free(text);
    return fine;
}

/* ---- releases ---- */

static bool read_current(const struct sw_outlet *outlet, const char *wall, struct sw_current *out, bool *missing)
{
    char path[PATH_ROOM], *text;
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

/* A document below the folder with its signature; finish it. */
static enum sw_file_status read_signed(const struct sw_outlet *outlet, const char *path, struct sw_document *out)
{
    char full[PATH_ROOM], signature[PATH_ROOM + 16];
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

/* Whether a publishing key of today's list, or of one before it, signed this: who may write to the folder may not put words in our
 * mouth. */
static bool is_ours(const struct sw_outlet *outlet, const struct sw_signed *document)
{
    struct sw_diags quiet;
    struct sw_keyring keyring;
    int64_t version = outlet->workshop->keyring.version;
    sw_diags_init(&quiet);
    bool ours = sw_keyring_verify(&outlet->workshop->keyring, SW_KEY_PUBLISHING, document, SW_NEVER_ENDED, &quiet);
    while (!ours && --version > 0)
        ours = read_keys(outlet, version, &keyring, &quiet) &&
               sw_keyring_verify(&keyring, SW_KEY_PUBLISHING, document, SW_NEVER_ENDED, &quiet);
    sw_diags_finish(&quiet);
    return ours;
}

static const char *release_path(char path[RELEASE_ROOM], const char *wall, int64_t version)
{
    (void)snprintf(path, RELEASE_ROOM, "walls/%s/releases/%" PRId64 ".json", wall, version);
    return path;
}

static bool read_release(const struct sw_outlet *outlet, const char *wall, int64_t version, struct sw_manifest *out)
{
    char path[RELEASE_ROOM];
    struct sw_document document;
    struct sw_diags diags;
    enum sw_file_status status = read_signed(outlet, release_path(path, wall, version), &document);
    if (status != SW_FILE_OK)
        return sw_fault_say(path, sw_file_status_text(status));
    sw_diags_init(&diags);
    bool read = is_ours(outlet, &document.as_signed) ? sw_manifest_read(document.bytes, document.as_signed.length, path, NULL, out, &diags)
                                                     : sw_fault_say(path, "is not signed by these keys; was it changed?");
    sw_faults_say(&diags);
    sw_document_finish(&document);
    if (read && (strcmp(out->statement.wall, wall) != 0 || out->statement.version != version))
        return sw_fault_say(path, "is the release of another wall, or another version");
    return read;
}

bool sw_outlet_release(const struct sw_outlet *outlet, const char *wall, int64_t version, struct sw_manifest *out, bool *missing)
{
    struct sw_current current = {.release = version};
    *missing = false;
    if (version == 0 && !read_current(outlet, wall, &current, missing))
        return false;
    return read_release(outlet, wall, current.release, out);
}

struct sw_contents *sw_outlet_contents(const struct sw_outlet *outlet, const struct sw_object *list)
{
    char path[PATH_ROOM], *text;
    size_t length;
    struct sw_diags diags;
    if (!is_there(outlet, list, path) || sw_file_read(path, SW_CONTENTS_MAX, &text, &length) != SW_FILE_OK)
        return NULL;
    sw_diags_init(&diags);
    struct sw_digest digest = sw_digest_of(text, length);
    struct sw_contents *contents = sw_digest_equal(&digest, &list->digest) ? sw_contents_create(text, length, path, &diags) : NULL;
    sw_diags_finish(&diags);
    free(text);
    return contents;
}

static bool write_release(const struct sw_outlet *outlet, const struct sw_manifest *manifest)
{
    char path[RELEASE_ROOM], signature_path[RELEASE_ROOM + 16], comment[128];
    const char *wall = manifest->statement.wall;
    int64_t version = manifest->statement.version;
    (void)snprintf(comment, sizeof comment, "schauwand release %s %" PRId64, wall, version);
    char *text = sw_manifest_write(manifest), *signature = sw_signature_write(outlet->key, text, strlen(text), comment);
    (void)snprintf(signature_path, sizeof signature_path, "%s.minisig", release_path(path, wall, version));
    bool written = write_text(outlet, path, text) && write_text(outlet, signature_path, signature);
    free(text);
    free(signature);
    return written;
}

/* The first version after `version` that nothing stands under: a crash may have left one that current.json never named. */
static int64_t next_version(const struct sw_outlet *outlet, const char *wall, int64_t version)
{
    char path[RELEASE_ROOM], full[PATH_ROOM];
    do {
        (void)snprintf(full, sizeof full, "%s/%s", outlet->folder, release_path(path, wall, ++version));
    } while (access(full, F_OK) == 0);
    return version;
}

bool sw_outlet_publish(struct sw_outlet *outlet, const char *wall, const struct sw_manifest *last, const struct sw_object *list,
                       int64_t *version, bool *same)
{
    char path[256];
    struct sw_current current = {.release = 0};
    struct sw_manifest next = {.activate = outlet->activate, .contents = *list};
    bool missing;
    if (!read_current(outlet, wall, &current, &missing) && !missing)
        return false;
    (void)snprintf(current.wall, sizeof current.wall, "%s", wall);
    (void)snprintf(path, sizeof path, "walls/%s", wall);
    bool made = make_folder(outlet, path);
    (void)snprintf(path, sizeof path, "walls/%s/releases", wall);
    if (!made || !make_folder(outlet, path))
        return false;
    *same = last != NULL && last->statement.epoch == outlet->workshop->keyring.epoch && last->contents.bytes == list->bytes &&
            sw_digest_equal(&last->contents.digest, &list->digest);
    *version = *same ? current.release : next_version(outlet, wall, current.release);
    next.statement.epoch = outlet->workshop->keyring.epoch;
    next.statement.version = *version;
    next.statement.issued = outlet->now;
    next.statement.expires = outlet->now + LIFE;
    (void)snprintf(next.statement.wall, sizeof next.statement.wall, "%s", wall);
    if (!sw_program_version_parse(SW_VERSION, next.needs))
        return sw_fault_say(SW_VERSION, "is no version");
    if (!*same && !write_release(outlet, &next))
        return false;
    current.release = *version;
    current.keys = outlet->workshop->keyring.version;
    char *text = sw_current_write(&current);
    (void)snprintf(path, sizeof path, "walls/%s/current.json", wall);
    bool written = write_text(outlet, path, text);
    free(text);
    return written;
}
