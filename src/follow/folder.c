/* SPDX-License-Identifier: EUPL-1.2 */
#include "follow/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

#define PIECE ((size_t)256 << 10)
#define FAULT_ROOM 96

struct reading {
    struct reading *next;
    uint64_t number, at;
    char *path;
    struct sw_fetch fetch;
    int fd; /* -1: not open yet */
    bool cancelled;
};

struct sw_folder {
    struct sw_root *root;
    struct reading *readings; /* in the order of their coming */
    uint64_t numbers;
    unsigned char piece[PIECE];
};

static uint64_t begin(void *self, const struct sw_fetch *fetch)
{
    struct sw_folder *folder = self;
    struct reading *reading = sw_alloc(sizeof *reading), **last = &folder->readings;
    reading->number = ++folder->numbers;
    reading->fetch = *fetch;
    reading->path = sw_strdup(fetch->path);
    reading->at = fetch->from;
    reading->fd = -1;
    while (*last != NULL)
        last = &(*last)->next;
    *last = reading;
    return reading->number;
}

static void cancel(void *self, uint64_t number)
{
    struct sw_folder *folder = self;
    for (struct reading *reading = folder->readings; reading != NULL; reading = reading->next)
        reading->cancelled = reading->cancelled || reading->number == number;
}

static void forget(struct sw_folder *folder, struct reading *reading)
{
    struct reading **link = &folder->readings;
    while (*link != reading)
        link = &(*link)->next;
    *link = reading->next;
    if (reading->fd >= 0)
        (void)close(reading->fd);
    free(reading->path);
    free(reading);
}

static void end(struct sw_folder *folder, struct reading *reading, enum sw_fetch_status status, const char *fault)
{
    const struct sw_fetched fetched = {.status = status, .fault = fault, .etag = "", .max_age = -1, .retry_after = -1};
    struct sw_fetch fetch = reading->fetch;
    forget(folder, reading);
    fetch.done(fetch.context, &fetched);
}

/* False: it has ended. */
static bool open_file(struct sw_folder *folder, struct reading *reading)
{
    char fault[FAULT_ROOM];
    struct stat info;
    enum sw_file_status status = sw_root_open(folder->root, reading->path, &reading->fd);
    if (status != SW_FILE_OK) {
        end(folder, reading, status == SW_FILE_MISSING ? SW_FETCH_MISSING : SW_FETCH_FAILED, sw_file_status_text(status));
        return false;
    }
    if (fstat(reading->fd, &info) != 0 || lseek(reading->fd, (off_t)reading->at, SEEK_SET) < 0) {
        end(folder, reading, SW_FETCH_FAILED, strerror(errno));
        return false;
    }
    if (reading->fetch.exact && (uint64_t)info.st_size != reading->fetch.bytes) {
        (void)snprintf(fault, sizeof fault, "has %llu bytes; %llu are wanted", (unsigned long long)info.st_size,
                       (unsigned long long)reading->fetch.bytes);
        end(folder, reading, SW_FETCH_WRONG, fault);
        return false;
    }
    return true;
}

/* Opens one, or reads its next piece. */
static void read_on(struct sw_folder *folder, struct reading *reading)
{
    if (reading->fd < 0 && !open_file(folder, reading))
        return;
    ssize_t got = read(reading->fd, folder->piece, PIECE);
    if (got > 0 && !reading->fetch.take(reading->fetch.context, reading->at, folder->piece, (size_t)got))
        end(folder, reading, SW_FETCH_STOPPED, "");
    else if (got > 0)
        reading->at += (uint64_t)got;
    else if (got == 0)
        end(folder, reading, SW_FETCH_WHOLE, "");
    else if (errno != EINTR)
        end(folder, reading, SW_FETCH_FAILED, strerror(errno));
}

/* The first that is numbered above `number`. */
static struct reading *behind(struct sw_folder *folder, uint64_t number)
{
    struct reading *reading = folder->readings;
    while (reading != NULL && reading->number <= number)
        reading = reading->next;
    return reading;
}

bool sw_folder_turn(struct sw_folder *folder)
{
    uint64_t number = 0, last = folder->numbers; /* those that begin meanwhile have their turn next */
    for (struct reading *reading = behind(folder, 0); reading != NULL && reading->number <= last; reading = behind(folder, number)) {
        number = reading->number;
        if (reading->cancelled)
            forget(folder, reading);
        else
            read_on(folder, reading);
    }
    return folder->readings != NULL;
}

struct sw_folder *sw_folder_create(const char *path, enum sw_file_status *status)
{
    struct sw_root *root = sw_root_create(path, status);
    if (root == NULL)
        return NULL;
    struct sw_folder *folder = sw_alloc(sizeof *folder);
    folder->root = root;
    return folder;
}

void sw_folder_destroy(struct sw_folder *folder)
{
    if (folder == NULL)
        return;
    while (folder->readings != NULL)
        forget(folder, folder->readings);
    sw_root_destroy(folder->root);
    free(folder);
}

struct sw_origin sw_folder_origin(struct sw_folder *folder) { return (struct sw_origin){folder, begin, cancel}; }
