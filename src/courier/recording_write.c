/* SPDX-License-Identifier: EUPL-1.2 */
/* How a record gets into its folder: first its bodies, each as a whole, then its line. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/civil.h"
#include "base/log.h"
#include "courier/recording.h"
#include "json/write.h"

#define LINE_MAX_BYTES ((size_t)1 << 20)
#define TEXT_MAX 2048

/* Headers may hold any bytes: what is no plain text becomes "?". Cut where it is too long, and at `stop`. */
static void add_text(struct sw_buffer *line, const char *text, const char *stop)
{
    char plain[TEXT_MAX];
    size_t length = strcspn(text, stop);
    if (length >= sizeof plain)
        length = sizeof plain - 1;
    for (size_t i = 0; i < length; i++)
        plain[i] = text[i] >= ' ' && text[i] <= '~' ? text[i] : '?';
    plain[length] = '\0';
    sw_json_write_text(line, plain);
}

static void add_headers(struct sw_buffer *line, const struct sw_record_draft_page *page)
{
    const struct {
        const char *name, *value;
    } headers[] = {{"Content-Type", page->type},
                   {"ETag", page->etag},
                   {"Last-Modified", page->modified},
                   {"Date", page->date},
                   {"Cache-Control", page->cache}};
    size_t count = 0;
    sw_buffer_add_text(line, "{");
    for (size_t i = 0; i < SW_COUNT(headers); i++) {
        if (headers[i].value == NULL || headers[i].value[0] == '\0')
            continue;
        sw_buffer_printf(line, "%s\"%s\": ", count++ > 0 ? ", " : "", headers[i].name);
        add_text(line, headers[i].value, "");
    }
    sw_buffer_add_text(line, "}");
}

static void name_body(const struct sw_record_draft *draft, size_t page, char *name, size_t capacity)
{
    struct sw_civil at = sw_civil_at(NULL, draft->at);
    char number[16] = "";
    if (page > 0)
        (void)snprintf(number, sizeof number, "-%zu", page + 1);
    (void)snprintf(name, capacity, "%04d%02d%02dT%02d%02d%02d.%06dZ%s%s.%s", at.date.year, at.date.month, at.date.day, at.hour, at.minute,
                   at.second, at.microsecond, draft->backfill ? "-backfill" : "", number, draft->extension);
}

static void add_pages(struct sw_buffer *line, const struct sw_record_draft *draft)
{
    char name[96];
    sw_buffer_add_text(line, ", \"pages\": [");
    for (size_t i = 0; i < draft->page_count; i++) {
        const struct sw_record_draft_page *page = &draft->pages[i];
        sw_buffer_add_text(line, i > 0 ? ", {\"from\": " : "{\"from\": ");
        add_text(line, page->from, "?#");
        if (page->status > 0)
            sw_buffer_printf(line, ", \"status\": %d", page->status);
        sw_buffer_add_text(line, ", \"headers\": ");
        add_headers(line, page);
        name_body(draft, i, name, sizeof name);
        sw_buffer_printf(line, ", \"body\": \"%s\"}", name);
    }
    sw_buffer_add_text(line, "]}\n");
}

static void write_line(struct sw_buffer *line, const struct sw_record_draft *draft)
{
    struct sw_civil at = sw_civil_at(NULL, draft->at);
    sw_buffer_printf(line, "{\"at\": \"%04d-%02d-%02dT%02d:%02d:%02d.%06dZ\"", at.date.year, at.date.month, at.date.day, at.hour, at.minute,
                     at.second, at.microsecond);
    if (draft->backfill)
        sw_buffer_add_text(line, ", \"of\": \"backfill\"");
    if (draft->unchanged)
        sw_buffer_add_text(line, ", \"unchanged\": true");
    if (draft->fault != NULL) {
        sw_buffer_add_text(line, ", \"fault\": ");
        add_text(line, draft->fault, "");
    }
    add_pages(line, draft);
}

static bool write_bodies(const char *folder, const char *source, const struct sw_record_draft *draft)
{
    char path[4352], name[96];
    for (size_t i = 0; i < draft->page_count; i++) {
        name_body(draft, i, name, sizeof name);
        int length = snprintf(path, sizeof path, "%s/%s/%s", folder, source, name);
        if (length < 0 || (size_t)length >= sizeof path || !sw_file_write_atomic(path, draft->pages[i].bytes, draft->pages[i].length))
            return false;
    }
    return true;
}

/* One write at the end of the file. A line that a kill has left unfinished is closed first. */
static bool append(const char *path, const struct sw_buffer *line)
{
    char last = '\n';
    int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return false;
    off_t size = lseek(fd, 0, SEEK_END);
    bool good = size <= 0 || pread(fd, &last, 1, size - 1) == 1;
    good = good && (last == '\n' || sw_fd_write_all(fd, "\n", 1));
    good = good && sw_fd_write_all(fd, line->bytes, line->length) && fsync(fd) == 0;
    close(fd);
    return good;
}

bool sw_recording_add(const char *folder, const char *source, const struct sw_record_draft *draft)
{
    char path[4352];
    struct sw_buffer line;
    int length = snprintf(path, sizeof path, "%s/%s/%s", folder, source, SW_RECORDING_INDEX);
    sw_buffer_init(&line, LINE_MAX_BYTES);
    bool good = length > 0 && (size_t)length < sizeof path && draft->page_count <= SW_RECORDING_PAGES_MAX;
    if (good) {
        write_line(&line, draft);
        good = !line.full && write_bodies(folder, source, draft) && append(path, &line);
    }
    if (!good)
        sw_log(SW_LOG_ERROR, "recording", "cannot write below %s/%s: %s", folder, source, strerror(errno));
    sw_buffer_finish(&line);
    return good;
}
