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

#define PATH_ROOM 4096
#define PIECE ((size_t)64 << 10)
#define LIFE (400 * 24 * SW_HOUR) /* a release expires then, which warns */

static bool fail(const char *path, const char *what)
{
    (void)fprintf(stderr, "schauwand: %s %s\n", path, what);
    return false;
}

static bool make_folder(const struct sw_outlet *outlet, const char *name)
{
    char path[PATH_ROOM];
    (void)snprintf(path, sizeof path, "%s%s%s", outlet->folder, name[0] != '\0' ? "/" : "", name);
    return mkdir(path, 0755) == 0 || errno == EEXIST || fail(path, "cannot be made");
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
    return sw_file_write_atomic(full, text, strlen(text)) || fail(full, "cannot be written");
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

/* From one descriptor to the other; true if what was copied is the object. */
static bool copy(int from, int to, const struct sw_object *object)
{
    unsigned char *piece = sw_alloc(PIECE);
    struct sw_hashing hashing;
    struct sw_digest digest;
    bool fine = true;
    ssize_t got = 1;
    sw_hashing_init(&hashing);
    while (fine && got != 0) {
        got = read(from, piece, PIECE);
        fine = got >= 0 || errno == EINTR;
        if (got > 0) {
            sw_hashing_add(&hashing, piece, (size_t)got);
            fine = sw_fd_write_all(to, piece, (size_t)got);
        }
    }
    free(piece);
    sw_hashing_end(&hashing, &digest);
    return fine && fsync(to) == 0 && sw_digest_equal(&digest, &object->digest);
}

static bool put_file(struct sw_outlet *outlet, const struct sw_tree *tree, const struct sw_file_entry *file)
{
    char path[PATH_ROOM], temp[PATH_ROOM + 8];
    int from;
    if (is_there(outlet, &file->object, path))
        return true;
    (void)snprintf(temp, sizeof temp, "%s.tmp", path);
    if (sw_root_open(tree->root, file->path, &from) != SW_FILE_OK)
        return fail(file->path, "cannot be read");
    int to = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
    bool copied = to >= 0 && copy(from, to, &file->object);
    (void)close(from);
    if (to >= 0)
        copied = close(to) == 0 && copied;
    if (!copied || rename(temp, path) != 0) {
        (void)unlink(temp);
        return fail(file->path, "changed while it was published, or cannot be written");
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
        return fail(outlet->folder, "would have more files than a release can have");
    sw_diags_init(&diags);
    struct sw_contents *read = sw_contents_create(text, length, "the exhibition", &diags); /* what no wall would take is not published */
    bool fine = read != NULL;
    sw_diags_print(&diags, stderr);
    sw_diags_finish(&diags);
    sw_contents_destroy(read);
    for (size_t i = 0; i < tree->count && fine; i++)
        fine = put_file(outlet, tree, &tree->files[i]);
    *list = (struct sw_object){sw_digest_of(text, length), length};
    if (fine && !is_there(outlet, list, path)) {
        fine = sw_file_write_atomic(path, text, length) || fail(path, "cannot be written");
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
        return *missing ? false : fail(path, sw_file_status_text(status));
    sw_diags_init(&diags);
    bool read = sw_current_read(text, length, path, out, &diags);
    sw_diags_print(&diags, stderr);
    sw_diags_finish(&diags);
    free(text);
    return read;
}

static bool read_release(const char *path, struct sw_manifest *out)
{
    char *text;
    size_t length;
    struct sw_diags diags;
    enum sw_file_status status = sw_file_read(path, SW_STATEMENT_MAX, &text, &length);
    if (status != SW_FILE_OK)
        return fail(path, sw_file_status_text(status));
    sw_diags_init(&diags);
    bool read = sw_manifest_read(text, length, path, NULL, out, &diags);
    sw_diags_print(&diags, stderr);
    sw_diags_finish(&diags);
    free(text);
    return read;
}

bool sw_outlet_release(const struct sw_outlet *outlet, const char *wall, int64_t version, struct sw_manifest *out, bool *missing)
{
    char path[PATH_ROOM];
    struct sw_current current = {.release = version};
    *missing = false;
    if (version == 0 && !read_current(outlet, wall, &current, missing))
        return false;
    (void)snprintf(path, sizeof path, "%s/walls/%s/releases/%" PRId64 ".json", outlet->folder, wall, current.release);
    return read_release(path, out);
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
    char path[256], comment[128];
    const char *wall = manifest->statement.wall;
    int64_t version = manifest->statement.version;
    (void)snprintf(comment, sizeof comment, "schauwand release %s %" PRId64, wall, version);
    char *text = sw_manifest_write(manifest), *signature = sw_signature_write(outlet->key, text, strlen(text), comment);
    (void)snprintf(path, sizeof path, "walls/%s/releases/%" PRId64 ".json", wall, version);
    bool written = write_text(outlet, path, text);
    (void)snprintf(path, sizeof path, "walls/%s/releases/%" PRId64 ".json.minisig", wall, version);
    written = written && write_text(outlet, path, signature);
    free(text);
    free(signature);
    return written;
}

bool sw_outlet_publish(struct sw_outlet *outlet, const char *wall, const struct sw_object *list, int64_t *version, bool *same)
{
    char path[256];
    struct sw_manifest last = {.activate = 0};
    struct sw_current current = {.release = 0};
    bool missing;
    bool had = sw_outlet_release(outlet, wall, 0, &last, &missing);
    if (!had && !missing)
        return false;
    if (had && !read_current(outlet, wall, &current, &missing))
        return false;
    (void)snprintf(current.wall, sizeof current.wall, "%s", wall);
    *same = had && last.statement.epoch == outlet->workshop->keyring.epoch && last.contents.bytes == list->bytes &&
            sw_digest_equal(&last.contents.digest, &list->digest);
    *version = *same ? current.release : current.release + 1;
    struct sw_manifest next = {.statement = {.epoch = outlet->workshop->keyring.epoch, .version = *version, .issued = outlet->now},
                               .activate = outlet->activate,
                               .contents = *list};
    (void)snprintf(next.statement.wall, sizeof next.statement.wall, "%s", wall);
    next.statement.expires = outlet->now + LIFE;
    if (!sw_program_version_parse(SW_VERSION, next.needs))
        return fail(SW_VERSION, "is no version");
    (void)snprintf(path, sizeof path, "walls/%s", wall);
    bool made = make_folder(outlet, path);
    (void)snprintf(path, sizeof path, "walls/%s/releases", wall);
    if (!made || !make_folder(outlet, path) || (!*same && !write_release(outlet, &next)))
        return false;
    current.release = *version;
    current.keys = outlet->workshop->keyring.version;
    char *text = sw_current_write(&current);
    (void)snprintf(path, sizeof path, "walls/%s/current.json", wall);
    bool written = write_text(outlet, path, text);
    free(text);
    return written;
}
