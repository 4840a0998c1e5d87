/* SPDX-License-Identifier: EUPL-1.2 */
#include "supervisor/ladder.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/state.h"

#define FILE_BYTES_MAX 256
#define HEAD "schauwand-starts 3"
#define LATEST (SW_NEVER - SW_LADDER_RETRY) /* of instants that can be counted with */

static void forget(struct sw_ladder *ladder, int count)
{
    ladder->count -= count;
    memmove(ladder->starts, ladder->starts + count, (size_t)ladder->count * sizeof *ladder->starts);
}

/* A clock that was set back must not hold old starts against us for ever. */
static bool is_recent(sw_instant then, sw_instant now, int64_t window)
{
    return then <= now && now - then < window;
}

static void step_to(struct sw_ladder *ladder, enum sw_ladder_rung rung, sw_instant since)
{
    ladder->rung = rung;
    ladder->since = since;
    ladder->count = 0;
}

enum sw_ladder_rung sw_ladder_start(struct sw_ladder *ladder, bool fallback, sw_instant now)
{
    bool has = ladder->rung != SW_LADDER_FALLBACK || fallback;
    if (ladder->rung != SW_LADDER_CONTENT && !(has && is_recent(ladder->since, now, SW_LADDER_RETRY)))
        step_to(ladder, SW_LADDER_CONTENT, 0);
    while (ladder->count > 0 && !is_recent(ladder->starts[0], now, SW_LADDER_WINDOW))
        forget(ladder, 1);
    if (ladder->count == SW_LADDER_STARTS)
        step_to(ladder, ladder->rung == SW_LADDER_CONTENT && fallback ? SW_LADDER_FALLBACK : SW_LADDER_SAFE, now);
    if (ladder->rung != SW_LADDER_SAFE)
        ladder->starts[ladder->count++] = now;
    return ladder->rung;
}

void sw_ladder_take_back(struct sw_ladder *ladder)
{
    if (ladder->count > 0)
        ladder->count--;
}

void sw_ladder_forget(struct sw_ladder *ladder)
{
    ladder->count = 0;
}

void sw_ladder_good(struct sw_ladder *ladder)
{
    sw_ladder_forget(ladder);
    if (ladder->rung == SW_LADDER_FALLBACK)
        step_to(ladder, SW_LADDER_CONTENT, 0);
}

bool sw_ladder_try(struct sw_ladder *ladder, int64_t number)
{
    bool due = number > ladder->tried && ladder->rung == SW_LADDER_SAFE;
    ladder->tried = number > ladder->tried ? number : ladder->tried;
    if (due)
        step_to(ladder, SW_LADDER_CONTENT, 0);
    return due;
}

sw_instant sw_ladder_retry_at(const struct sw_ladder *ladder)
{
    return ladder->rung == SW_LADDER_CONTENT ? SW_NEVER : ladder->since + SW_LADDER_RETRY;
}

/* One number from 0 to `most` behind `*text`, which moves on. */
static bool read_number(char **text, int64_t most, int64_t *out)
{
    char *end;
    errno = 0;
    int64_t number = strtoll(*text, &end, 10);
    if (errno != 0 || end == *text || number < 0 || number > most)
        return false;
    *text = end;
    *out = number;
    return true;
}

static bool read_wall(char **text, uint64_t *out)
{
    char *begin = *text;
    errno = 0;
    *out = strtoull(begin, text, 16);
    return errno == 0 && *text != begin;
}

/* "schauwand-starts 3 WALL RUNG SINCE COUNT START... TRIED" */
static bool parse(struct sw_ladder *ladder, char *text)
{
    uint64_t wall;
    int64_t rung, since, count, tried;
    if (strncmp(text, HEAD, strlen(HEAD)) != 0)
        return false;
    text += strlen(HEAD);
    if (!read_wall(&text, &wall) || !read_number(&text, SW_LADDER_SAFE, &rung) || !read_number(&text, LATEST, &since) ||
        !read_number(&text, rung == SW_LADDER_SAFE ? 0 : SW_LADDER_STARTS, &count))
        return false;
    *ladder = (struct sw_ladder){.wall = wall, .rung = (enum sw_ladder_rung)rung, .since = since};
    for (; ladder->count < count; ladder->count++) {
        if (!read_number(&text, LATEST, &ladder->starts[ladder->count]))
            return false;
    }
    if (!read_number(&text, INT64_MAX, &tried))
        return false;
    ladder->tried = tried;
    return *text == '\n';
}

void sw_ladder_load(struct sw_ladder *ladder, const char *path, uint64_t wall)
{
    char *text = NULL;
    size_t length = 0;
    struct sw_ladder read;
    *ladder = (struct sw_ladder){.wall = wall};
    if (sw_file_read(path, FILE_BYTES_MAX, &text, &length) == SW_FILE_OK && parse(&read, text) && read.wall == wall)
        *ladder = read;
    free(text);
}

bool sw_ladder_save(const struct sw_ladder *ladder, const char *path)
{
    char text[FILE_BYTES_MAX];
    int length = snprintf(text, sizeof text, HEAD " %016" PRIx64 " %d %" PRId64 " %d", ladder->wall, (int)ladder->rung, ladder->since,
                          ladder->count);
    for (int i = 0; i < ladder->count; i++)
        length += snprintf(text + length, sizeof text - (size_t)length, " %" PRId64, ladder->starts[i]);
    length += snprintf(text + length, sizeof text - (size_t)length, " %" PRId64 "\n", ladder->tried);
    return sw_file_write_atomic(path, text, (size_t)length);
}

bool sw_ladder_path(char *path, size_t capacity)
{
    if (!sw_state_path("", path, capacity) || !sw_folder_make(path, 0700))
        return false;
    size_t length = strlen(path);
    if (length + sizeof "/starts" > capacity)
        return false;
    memcpy(path + length, "/starts", sizeof "/starts");
    return true;
}
