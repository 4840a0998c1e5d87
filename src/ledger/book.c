/* SPDX-License-Identifier: EUPL-1.2 */
#include "ledger/book.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "ledger/play.h"
#include "ledger/shelf.h"

#define LOCK_NAME "lock"
#define TAIL_BYTES (4 * SW_PLAY_LINE_MAX)
#define DAY (24 * SW_HOUR)

struct sw_book {
    struct sw_book_limits limits;
    int folder, lock;
    int file; /* the newest; -1: the next lines begin a new one */
    int64_t number;
    size_t length;
    bool fresh; /* opened or begun since the last look at what is too old or too much */
};

/* -- opening -- */

static bool take_lock(struct sw_book *book)
{
    book->lock = openat(book->folder, LOCK_NAME, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0640);
    return book->lock >= 0 && flock(book->lock, LOCK_EX | LOCK_NB) == 0;
}

/* Cuts off what follows the last whole line: a crash came in between. False: errno says why. */
static bool mend(struct sw_book *book)
{
    char *bytes = NULL;
    size_t length = 0;
    if (sw_fd_read_all(book->file, SW_SHELF_READ_MAX, &bytes, &length) != SW_FILE_OK) {
        errno = EIO;
        return false;
    }
    size_t whole = length;
    while (whole > 0 && bytes[whole - 1] != '\n')
        whole--;
    free(bytes);
    book->length = whole;
    return whole == length || ftruncate(book->file, (off_t)whole) == 0;
}

/* The newest file is gone on with. Where it cannot be, a new one will be begun, as long as it is not for want of room. */
static bool open_newest(struct sw_book *book)
{
    struct sw_shelf_file *files = NULL;
    size_t count = 0;
    if (!sw_shelf_list(book->folder, &files, &count))
        return false;
    bool too_long = count > 0 && files[count - 1].bytes > (int64_t)SW_SHELF_READ_MAX;
    book->number = count > 0 ? files[count - 1].number : 0;
    free(files);
    if (count == 0 || too_long)
        return true;
    book->file = sw_shelf_open(book->folder, book->number, O_RDWR | O_APPEND);
    return book->file >= 0 ? mend(book) : errno == EACCES || errno == ELOOP || errno == EINVAL || errno == EISDIR;
}

struct sw_book *sw_book_open(const char *folder, const struct sw_book_limits *limits)
{
    struct sw_book *book = sw_alloc(sizeof *book);
    *book = (struct sw_book){.folder = -1, .lock = -1, .file = -1, .fresh = true};
    if (limits != NULL)
        book->limits = *limits;
    book->limits.file_bytes = book->limits.file_bytes > 0 ? book->limits.file_bytes : (size_t)1 << 20;
    book->limits.all_bytes = book->limits.all_bytes > 0 ? book->limits.all_bytes : (int64_t)256 << 20;
    book->limits.age = book->limits.age > 0 ? book->limits.age : 400 * DAY;
    book->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (book->folder >= 0 && take_lock(book) && open_newest(book))
        return book;
    int why = errno;
    sw_book_close(book);
    errno = why;
    return NULL;
}

void sw_book_close(struct sw_book *book)
{
    if (book == NULL)
        return;
    const int fds[] = {book->file, book->lock, book->folder};
    for (size_t i = 0; i < SW_COUNT(fds); i++)
        if (fds[i] >= 0)
            (void)close(fds[i]);
    free(book);
}

/* -- what is too old or too much -- */

/* The end of the newest record in the file; SW_NEVER: it cannot be said. */
static sw_instant newest_of(const struct sw_book *book, const struct sw_shelf_file *file)
{
    char tail[TAIL_BYTES];
    int fd = sw_shelf_open(book->folder, file->number, O_RDONLY);
    if (fd < 0)
        return SW_NEVER;
    off_t at = file->bytes > TAIL_BYTES ? (off_t)(file->bytes - TAIL_BYTES) : 0;
    ssize_t length = pread(fd, tail, sizeof tail, at);
    (void)close(fd);
    struct sw_play play;
    sw_instant newest = SW_NEVER;
    for (ssize_t begin = 0, i = 0; i < length; i++) {
        if (tail[i] != '\n')
            continue;
        if (sw_play_read(tail + begin, (size_t)(i - begin), &play))
            newest = play.until;
        begin = i + 1;
    }
    return newest;
}

static void remove_file(const struct sw_book *book, int64_t number)
{
    char name[SW_SHELF_NAME_MAX];
    sw_shelf_name(number, name);
    (void)!unlinkat(book->folder, name, 0); /* what stays is looked at again with the next file */
}

static void tidy(struct sw_book *book, sw_instant now)
{
    struct sw_shelf_file *files = NULL;
    size_t count = 0, gone = 0;
    if (!sw_shelf_list(book->folder, &files, &count))
        return;
    book->fresh = false;
    int64_t all = (int64_t)book->limits.file_bytes; /* the newest, when it is full */
    for (size_t i = 0; i + 1 < count; i++)
        all += files[i].bytes;
    for (; gone + 1 < count && all > book->limits.all_bytes; gone++) {
        all -= files[gone].bytes;
        remove_file(book, files[gone].number);
    }
    if (gone == 0 && count > 1) {
        sw_instant newest = newest_of(book, &files[0]);
        if (newest != SW_NEVER && newest < now - book->limits.age)
            remove_file(book, files[0].number);
    }
    free(files);
}

/* -- writing -- */

static bool begin_file(struct sw_book *book)
{
    if (book->file >= 0)
        (void)close(book->file);
    book->file = sw_shelf_open(book->folder, book->number + 1, O_RDWR | O_APPEND | O_CREAT | O_EXCL);
    if (book->file < 0)
        return false;
    book->number++;
    book->length = 0;
    book->fresh = true;
    return fsync(book->folder) == 0;
}

/* How much of it was written. */
static size_t write_some(int file, const char *bytes, size_t length)
{
    size_t done = 0;
    while (done < length) {
        ssize_t written = write(file, bytes + done, length - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            break;
        done += (size_t)written;
    }
    return done;
}

bool sw_book_append(struct sw_book *book, const char *lines, size_t length, sw_instant newest, size_t *taken)
{
    *taken = 0;
    bool full = book->length > 0 && book->length + length > book->limits.file_bytes;
    if ((book->file < 0 || full) && !begin_file(book))
        return false;
    size_t written = write_some(book->file, lines, length);
    while (written > 0 && lines[written - 1] != '\n')
        written--;
    *taken = written;
    if (written < length)
        return false;
    book->length += length;
    if (fdatasync(book->file) != 0)
        return false;
    if (book->fresh)
        tidy(book, newest);
    return true;
}
