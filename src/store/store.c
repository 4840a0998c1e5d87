/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "store/place.h"

#define STATE_MAX 8192
#define STATE_FORM "schauwand store 1\n"

const char *sw_store_status_text(enum sw_store_status status)
{
    static const char *const texts[] = {"is as it should be",
                                        "is not there",
                                        "is in use by another process",
                                        "may not be written or read: its rights, or a disk that is read only",
                                        "is full",
                                        "is damaged",
                                        "cannot be read or written"};
    return texts[status];
}

/* ---- open and close ---- */

static bool take_lock(struct sw_store *store, enum sw_store_status *status)
{
    store->lock = openat(store->folders[SW_PLACE_ROOT], "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (store->lock >= 0 && flock(store->lock, LOCK_EX | LOCK_NB) == 0)
        return true;
    *status = errno == EWOULDBLOCK ? SW_STORE_BUSY : sw_store_status_of(errno);
    return false;
}

static bool open_folders(struct sw_store *store, enum sw_store_status *status)
{
    static const char *const names[SW_PLACES] = {NULL, "objects", "partial", "generations", "documents"};
    int root = store->folders[SW_PLACE_ROOT];
    for (int i = SW_PLACE_OBJECTS; i < SW_PLACES; i++) {
        if (store->mode == SW_STORE_WRITE && mkdirat(root, names[i], 0755) != 0 && errno != EEXIST) {
            *status = sw_store_status_of(errno);
            return false;
        }
        store->folders[i] = openat(root, names[i], O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (store->folders[i] < 0 && (store->mode == SW_STORE_WRITE || errno != ENOENT)) {
            *status = errno == ENOTDIR ? SW_STORE_WRONG : sw_store_status_of(errno);
            return false;
        }
    }
    if (store->mode == SW_STORE_WRITE && fsync(root) != 0) {
        *status = sw_store_status_of(errno);
        return false;
    }
    return true;
}

/* What a crash left beside a file that was being written (base/file.h): ".name...tmp", which only we call so. */
static void put_away(int folder)
{
    char **names;
    size_t count;
    if (sw_place_list(folder, &names, &count) != SW_STORE_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(names[i]);
        if (names[i][0] == '.' && length > 4 && strcmp(names[i] + length - 4, ".tmp") == 0)
            (void)unlinkat(folder, names[i], 0);
    }
    sw_place_list_free(names, count);
}

struct sw_store *sw_store_open(const char *path, enum sw_store_mode mode, enum sw_store_status *status)
{
    struct sw_store *store = sw_alloc(sizeof *store);
    store->mode = mode;
    store->lock = -1;
    for (int i = 0; i < SW_PLACES; i++)
        store->folders[i] = -1;
    *status = SW_STORE_FAILED;
    if (mode == SW_STORE_WRITE && mkdir(path, 0755) != 0 && errno != EEXIST && errno != EROFS)
        goto fail;
    store->folders[SW_PLACE_ROOT] = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (store->folders[SW_PLACE_ROOT] < 0)
        goto fail;
    if ((mode == SW_STORE_WRITE && !take_lock(store, status)) || !open_folders(store, status))
        goto close;
    if (mode == SW_STORE_WRITE) {
        put_away(store->folders[SW_PLACE_ROOT]);
        put_away(store->folders[SW_PLACE_DOCUMENTS]);
    }
    *status = SW_STORE_OK;
    return store;
fail:
    *status = sw_store_status_of(errno);
close:
    sw_store_close(store);
    return NULL;
}

void sw_store_close(struct sw_store *store)
{
    if (store == NULL)
        return;
    for (int i = 0; i < SW_PLACES; i++)
        if (store->folders[i] >= 0)
            (void)close(store->folders[i]);
    if (store->lock >= 0)
        (void)close(store->lock);
    free(store);
}

/* ---- the state ---- */

static void write_accepted(struct sw_buffer *buffer, const char *name, const struct sw_accepted *accepted)
{
    char digest[SW_DIGEST_TEXT + 1];
    sw_buffer_printf(buffer, "%s %" PRId64 " %" PRId64 " %s\n", name, accepted->epoch, accepted->version,
                     sw_digest_text(&accepted->digest, digest));
}

enum sw_store_status sw_store_state_write(struct sw_store *store, const struct sw_store_state *state)
{
    char digest[SW_DIGEST_TEXT + 1];
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, STATE_MAX);
    sw_buffer_printf(&buffer, STATE_FORM "current %" PRId64 "\nprevious %" PRId64 "\ntrusted %" PRId64 "\n", state->current,
                     state->previous, state->trusted);
    write_accepted(&buffer, "release", &state->release);
    write_accepted(&buffer, "playlists", &state->playlists);
    for (size_t i = 0; i < state->mark_count; i++)
        sw_buffer_printf(&buffer, "mark %" PRId64 " %u\n", state->marks[i].number, state->marks[i].marks);
    struct sw_digest sum = sw_digest_of(buffer.bytes, buffer.length);
    sw_buffer_printf(&buffer, "%s\n", sw_digest_text(&sum, digest));
    enum sw_store_status status = sw_place_write(store->folders[SW_PLACE_ROOT], "state", buffer.bytes, buffer.length);
    sw_buffer_finish(&buffer);
    return status;
}

/* " 17": a number behind a blank. */
static int64_t take_number(char **at) { return strtoll(*at, at, 10); }

static void take_accepted(char *at, struct sw_accepted *accepted)
{
    accepted->epoch = take_number(&at);
    accepted->version = take_number(&at);
    at += strspn(at, " ");
    if (!sw_digest_parse(at, &accepted->digest))
        *accepted = (struct sw_accepted){0};
}

/* A line without its end. Its digest was right: so it is as we wrote it, and what a newer program added is passed over. */
static void take_line(char *line, struct sw_store_state *state)
{
    char *at = line + strcspn(line, " ");
    if (strncmp(line, "current ", 8) == 0) {
        state->current = take_number(&at);
    } else if (strncmp(line, "previous ", 9) == 0) {
        state->previous = take_number(&at);
    } else if (strncmp(line, "trusted ", 8) == 0) {
        state->trusted = take_number(&at);
    } else if (strncmp(line, "release ", 8) == 0) {
        take_accepted(at, &state->release);
    } else if (strncmp(line, "playlists ", 10) == 0) {
        take_accepted(at, &state->playlists);
    } else if (strncmp(line, "mark ", 5) == 0 && state->mark_count < SW_STORE_MARKS_MAX) {
        state->marks[state->mark_count].number = take_number(&at);
        state->marks[state->mark_count++].marks = (unsigned)take_number(&at);
    }
}

/* Whether its last line is the digest of all before. */
static bool is_sound(char *bytes, size_t length)
{
    struct sw_digest said, is;
    size_t last = SW_DIGEST_TEXT + 1;
    if (length < last || bytes[length - 1] != '\n' || strncmp(bytes, STATE_FORM, strlen(STATE_FORM)) != 0)
        return false;
    bytes[length - 1] = '\0';
    is = sw_digest_of(bytes, length - last);
    return sw_digest_parse(bytes + length - last, &said) && sw_digest_equal(&is, &said);
}

enum sw_store_status sw_store_state_read(const struct sw_store *store, struct sw_store_state *out)
{
    char *bytes;
    size_t length;
    *out = (struct sw_store_state){0};
    enum sw_store_status status = sw_place_read(store->folders[SW_PLACE_ROOT], "state", STATE_MAX, &bytes, &length);
    if (status != SW_STORE_OK)
        return status;
    status = is_sound(bytes, length) ? SW_STORE_OK : SW_STORE_WRONG;
    for (char *line = bytes; status == SW_STORE_OK && *line != '\0';) {
        char *end = line + strcspn(line, "\n");
        bool more = *end == '\n';
        *end = '\0';
        take_line(line, out);
        line = end + more;
    }
    free(bytes);
    return status;
}

void sw_store_state_accept(struct sw_store_state *state, struct sw_accepted *accepted, const struct sw_statement *statement)
{
    if (sw_statement_newer(statement, accepted))
        *accepted = (struct sw_accepted){statement->epoch, statement->version, statement->digest};
    if (statement->issued > state->trusted)
        state->trusted = statement->issued;
}

unsigned sw_store_marks(const struct sw_store_state *state, int64_t number)
{
    for (size_t i = 0; i < state->mark_count; i++)
        if (state->marks[i].number == number)
            return state->marks[i].marks;
    return 0;
}

static void forget(struct sw_store_state *state, size_t index)
{
    state->mark_count--;
    memmove(&state->marks[index], &state->marks[index + 1], (state->mark_count - index) * sizeof state->marks[0]);
}

void sw_store_state_mark(struct sw_store_state *state, int64_t number, unsigned marks)
{
    size_t oldest = 0;
    for (size_t i = 0; i < state->mark_count; i++) {
        if (state->marks[i].number == number) {
            forget(state, i);
            break;
        }
    }
    if (marks == 0)
        return;
    while (oldest + 1 < state->mark_count && (state->marks[oldest].marks & SW_MARK_PINNED) != 0)
        oldest++;
    if (state->mark_count == SW_STORE_MARKS_MAX)
        forget(state, oldest);
    state->marks[state->mark_count].number = number;
    state->marks[state->mark_count++].marks = marks;
}
