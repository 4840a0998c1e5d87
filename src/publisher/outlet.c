/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/outlet_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "publisher/fault.h"

/* So that the names in it outlive a power cut. */
static bool sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        (void)close(fd);
    return synced || sw_fault_say(path, "cannot be synced");
}

bool sw_outlet_make_folder(const struct sw_outlet *outlet, const char *name)
{
    char path[SW_OUTLET_PATH], above[SW_OUTLET_PATH + 4];
    (void)snprintf(path, sizeof path, "%s%s%s", outlet->folder, name[0] != '\0' ? "/" : "", name);
    if (mkdir(path, 0755) != 0)
        return errno == EEXIST || sw_fault_say(path, "cannot be made");
    (void)snprintf(above, sizeof above, "%s/..", path);
    return sync_folder(above);
}

bool sw_outlet_write(const struct sw_outlet *outlet, const char *path, const char *text)
{
    char full[SW_OUTLET_PATH], *there;
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

bool sw_outlet_lock(struct sw_outlet *outlet)
{
    char path[SW_OUTLET_PATH];
    (void)snprintf(path, sizeof path, "%s/.lock", outlet->folder);
    outlet->lock = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (outlet->lock < 0)
        return sw_fault_say(outlet->folder, sw_file_status_text(sw_file_status_of(errno)));
    if (flock(outlet->lock, LOCK_EX | LOCK_NB) == 0)
        return true;
    if (errno == EWOULDBLOCK)
        (void)sw_fault_say(outlet->folder, "is being published into; waiting for that to end");
    return flock(outlet->lock, LOCK_EX) == 0 || sw_fault_say(path, "cannot be locked");
}

void sw_outlet_finish(struct sw_outlet *outlet)
{
    if (outlet->lock >= 0)
        (void)close(outlet->lock);
    outlet->lock = -1;
}

bool sw_outlet_prepare(struct sw_outlet *outlet)
{
    static const char *const folders[] = {"objects", "keys", "walls"};
    char path[128];
    const struct sw_workshop *workshop = outlet->workshop;
    if (!sw_outlet_make_folder(outlet, "") || (outlet->lock < 0 && !sw_outlet_lock(outlet)))
        return false;
    for (size_t i = 0; i < SW_COUNT(folders); i++)
        if (!sw_outlet_make_folder(outlet, folders[i]))
            return false;
    (void)snprintf(path, sizeof path, "keys/%" PRId64 ".json.minisig", workshop->keyring.version);
    if (!sw_outlet_write(outlet, path, workshop->signature))
        return false;
    (void)snprintf(path, sizeof path, "keys/%" PRId64 ".json", workshop->keyring.version);
    return sw_outlet_write(outlet, path, workshop->list);
}

/* ---- objects ---- */

static bool is_there(const struct sw_outlet *outlet, const struct sw_object *object, char path[SW_OUTLET_PATH])
{
    char name[SW_DIGEST_TEXT + 1];
    struct stat info;
    (void)snprintf(path, SW_OUTLET_PATH, "%s/objects/%s", outlet->folder, sw_digest_text(&object->digest, name));
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && (uint64_t)info.st_size == object->bytes;
}

static bool put_file(struct sw_outlet *outlet, const struct sw_tree *tree, const struct sw_file_entry *file)
{
    char path[SW_OUTLET_PATH], temp[SW_OUTLET_PATH + 8];
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
    char path[SW_OUTLET_PATH];
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

struct sw_contents *sw_outlet_contents(const struct sw_outlet *outlet, const struct sw_object *list)
{
    char path[SW_OUTLET_PATH], *text;
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
