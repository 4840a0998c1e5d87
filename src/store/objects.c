/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/objects.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "store/place.h"

#define PIECE ((size_t)64 << 10)
#define SYNC_EVERY ((uint64_t)8 << 20) /* bytes: the last sync of a long file must not take long, as whoever waits for it stands still */

struct sw_incoming {
    struct sw_store *store;
    struct sw_object object;
    char name[SW_DIGEST_TEXT + 1];
    int fd;
    uint64_t have;
    uint64_t left;     /* by an earlier try: so much can be read and hashed; then it is `have` */
    uint64_t unsynced; /* bytes since the last sync */
    struct sw_hashing hashing;
};

/* ---- what is there ---- */

bool sw_store_has(const struct sw_store *store, const struct sw_object *object)
{
    char name[SW_DIGEST_TEXT + 1];
    struct stat info;
    return fstatat(store->folders[SW_PLACE_OBJECTS], sw_digest_text(&object->digest, name), &info, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(info.st_mode) && (uint64_t)info.st_size == object->bytes;
}

enum sw_store_status sw_store_object_open(const struct sw_store *store, const struct sw_object *object, int *fd)
{
    char name[SW_DIGEST_TEXT + 1];
    struct stat info;
    int opened = openat(store->folders[SW_PLACE_OBJECTS], sw_digest_text(&object->digest, name),
                        O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (opened < 0)
        return sw_store_status_of(errno);
    if (fstat(opened, &info) != 0 || !S_ISREG(info.st_mode) || (uint64_t)info.st_size != object->bytes) {
        (void)close(opened);
        return SW_STORE_WRONG;
    }
    *fd = opened;
    return SW_STORE_OK;
}

enum sw_store_status sw_store_object_read(const struct sw_store *store, const struct sw_object *object, size_t maximum, char **bytes)
{
    int fd;
    char *read;
    size_t length;
    if (object->bytes > maximum)
        return SW_STORE_WRONG;
    enum sw_store_status status = sw_store_object_open(store, object, &fd);
    if (status != SW_STORE_OK)
        return status;
    enum sw_file_status file = sw_fd_read_all(fd, maximum, &read, &length);
    (void)close(fd);
    if (file != SW_FILE_OK)
        return SW_STORE_FAILED;
    struct sw_digest digest = sw_digest_of(read, length);
    if (!sw_digest_equal(&digest, &object->digest)) {
        free(read);
        return SW_STORE_WRONG;
    }
    *bytes = read;
    return SW_STORE_OK;
}

enum sw_store_status sw_store_object_drop(struct sw_store *store, const struct sw_digest *digest)
{
    char name[SW_DIGEST_TEXT + 1];
    int folder = store->folders[SW_PLACE_OBJECTS];
    return unlinkat(folder, sw_digest_text(digest, name), 0) == 0 ? SW_STORE_OK : sw_store_status_of(errno);
}

/* ---- what comes in ---- */

/* What an earlier try left that cannot be used is cut off. */
static bool forget_left(struct sw_incoming *incoming)
{
    incoming->have = incoming->left = 0;
    sw_hashing_init(&incoming->hashing);
    return ftruncate(incoming->fd, 0) == 0 && lseek(incoming->fd, 0, SEEK_SET) == 0;
}

static bool look_at_left(struct sw_incoming *incoming)
{
    struct stat info;
    if (fstat(incoming->fd, &info) != 0)
        return false;
    if (!S_ISREG(info.st_mode)) {
        errno = EISDIR;
        return false;
    }
    incoming->left = (uint64_t)info.st_size;
    return incoming->left <= incoming->object.bytes || forget_left(incoming);
}

static void release(struct sw_incoming *incoming)
{
    if (incoming->fd >= 0)
        (void)close(incoming->fd);
    free(incoming);
}

struct sw_incoming *sw_incoming_open(struct sw_store *store, const struct sw_object *object, enum sw_store_status *status)
{
    struct sw_incoming *incoming = sw_alloc(sizeof *incoming);
    incoming->store = store;
    incoming->object = *object;
    (void)sw_digest_text(&object->digest, incoming->name);
    sw_hashing_init(&incoming->hashing);
    incoming->fd = openat(store->folders[SW_PLACE_PARTIAL], incoming->name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644);
    if (incoming->fd >= 0 && look_at_left(incoming)) {
        *status = SW_STORE_OK;
        return incoming;
    }
    *status = sw_store_status_of(errno);
    release(incoming);
    return NULL;
}

enum sw_store_status sw_incoming_catch_up(struct sw_incoming *incoming, uint64_t budget, uint64_t *have, bool *done)
{
    unsigned char *piece = sw_alloc(PIECE);
    bool usable = true;
    while (usable && budget > 0 && incoming->have < incoming->left) {
        uint64_t room = incoming->left - incoming->have;
        room = room < budget ? room : budget;
        ssize_t got = read(incoming->fd, piece, room < PIECE ? (size_t)room : PIECE);
        if (got > 0) {
            sw_hashing_add(&incoming->hashing, piece, (size_t)got);
            incoming->have += (uint64_t)got;
            budget -= (uint64_t)got;
        }
        usable = got > 0 || (got < 0 && errno == EINTR);
    }
    free(piece);
    if (!usable && !forget_left(incoming))
        return sw_store_status_of(errno);
    *have = incoming->have;
    *done = incoming->have >= incoming->left;
    return SW_STORE_OK;
}

struct sw_incoming *sw_incoming_begin(struct sw_store *store, const struct sw_object *object, uint64_t *have, enum sw_store_status *status)
{
    bool done;
    struct sw_incoming *incoming = sw_incoming_open(store, object, status);
    if (incoming == NULL)
        return NULL;
    *status = sw_incoming_catch_up(incoming, UINT64_MAX, have, &done);
    if (*status == SW_STORE_OK)
        return incoming;
    release(incoming);
    return NULL;
}

enum sw_store_status sw_incoming_add(struct sw_incoming *incoming, const void *bytes, size_t length)
{
    if (length > incoming->object.bytes - incoming->have)
        return SW_STORE_WRONG;
    if (!sw_fd_write_all(incoming->fd, bytes, length))
        return sw_store_status_of(errno);
    sw_hashing_add(&incoming->hashing, bytes, length);
    incoming->have += length;
    incoming->left = incoming->have;
    incoming->unsynced += length;
    if (incoming->unsynced < SYNC_EVERY)
        return SW_STORE_OK;
    incoming->unsynced = 0;
    return fsync(incoming->fd) == 0 ? SW_STORE_OK : sw_store_status_of(errno);
}

bool sw_incoming_is_right(const struct sw_incoming *incoming)
{
    struct sw_digest digest;
    struct sw_hashing hashing = incoming->hashing;
    sw_hashing_end(&hashing, &digest);
    return incoming->have == incoming->object.bytes && sw_digest_equal(&digest, &incoming->object.digest);
}

enum sw_store_status sw_incoming_end(struct sw_incoming *incoming)
{
    const int *folders = incoming->store->folders;
    enum sw_store_status status = SW_STORE_OK;
    if (!sw_incoming_is_right(incoming)) {
        sw_incoming_discard(incoming);
        return SW_STORE_WRONG;
    }
    if (fsync(incoming->fd) != 0 || renameat(folders[SW_PLACE_PARTIAL], incoming->name, folders[SW_PLACE_OBJECTS], incoming->name) != 0)
        status = sw_store_status_of(errno);
    release(incoming);
    return status;
}

void sw_incoming_leave(struct sw_incoming *incoming)
{
    if (incoming != NULL)
        release(incoming);
}

void sw_incoming_discard(struct sw_incoming *incoming)
{
    if (incoming == NULL)
        return;
    (void)unlinkat(incoming->store->folders[SW_PLACE_PARTIAL], incoming->name, 0);
    release(incoming);
}

enum sw_store_status sw_store_object_put(struct sw_store *store, const struct sw_object *object, const void *bytes)
{
    uint64_t have;
    enum sw_store_status status;
    if (sw_store_has(store, object))
        return SW_STORE_OK;
    struct sw_incoming *incoming = sw_incoming_begin(store, object, &have, &status);
    if (incoming == NULL)
        return status;
    status = sw_incoming_add(incoming, (const char *)bytes + have, (size_t)(object->bytes - have));
    if (status == SW_STORE_OK)
        return sw_incoming_end(incoming);
    sw_incoming_leave(incoming);
    return status;
}
