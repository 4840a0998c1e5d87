/* SPDX-License-Identifier: EUPL-1.2 */
#include "supervisor/ladder.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"

#define FILE_BYTES_MAX 256
#define HEAD "schauwand-starts 1"

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

bool sw_ladder_start(struct sw_ladder *ladder, sw_instant now)
{
    if (ladder->safe_since != 0) {
        if (is_recent(ladder->safe_since, now, SW_LADDER_RETRY))
            return true;
        ladder->safe_since = 0;
    }
    while (ladder->count > 0 && !is_recent(ladder->starts[0], now, SW_LADDER_WINDOW))
        forget(ladder, 1);
    if (ladder->count == SW_LADDER_STARTS) {
        ladder->count = 0;
        ladder->safe_since = now;
        return true;
    }
    ladder->starts[ladder->count++] = now;
    return false;
}

void sw_ladder_take_back(struct sw_ladder *ladder)
{
    if (ladder->count > 0)
        ladder->count--;
}

void sw_ladder_good(struct sw_ladder *ladder)
{
    ladder->count = 0;
}

sw_instant sw_ladder_retry_at(const struct sw_ladder *ladder)
{
    return ladder->safe_since == 0 ? SW_NEVER : ladder->safe_since + SW_LADDER_RETRY;
}

/* One number behind `*text`, which moves on. */
static bool read_number(char **text, int base, int64_t *out)
{
    char *end;
    errno = 0;
    int64_t number = base == 16 ? (int64_t)strtoull(*text, &end, base) : strtoll(*text, &end, base);
    if (errno != 0 || end == *text || number == SW_NEVER)
        return false;
    *text = end;
    *out = number;
    return true;
}

static bool parse(struct sw_ladder *ladder, char *text)
{
    int64_t wall, safe_since, count;
    if (strncmp(text, HEAD, strlen(HEAD)) != 0)
        return false;
    text += strlen(HEAD);
    if (!read_number(&text, 16, &wall) || !read_number(&text, 10, &safe_since) || !read_number(&text, 10, &count) || count < 0 ||
        count > SW_LADDER_STARTS || safe_since < 0)
        return false;
    *ladder = (struct sw_ladder){.wall = (uint64_t)wall, .safe_since = safe_since};
    for (; ladder->count < count; ladder->count++) {
        if (!read_number(&text, 10, &ladder->starts[ladder->count]))
            return false;
    }
    return true;
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
    int length = snprintf(text, sizeof text, HEAD " %016" PRIx64 " %" PRId64 " %d", ladder->wall, ladder->safe_since, ladder->count);
    for (int i = 0; i < ladder->count; i++)
        length += snprintf(text + length, sizeof text - (size_t)length, " %" PRId64, ladder->starts[i]);
    length += snprintf(text + length, sizeof text - (size_t)length, "\n");
    return sw_file_write_atomic(path, text, (size_t)length);
}

/* Makes every folder of `path`, which ends in one. */
static bool make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
        if (slash != NULL)
            *slash = '\0';
        bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
        if (slash != NULL)
            *slash = '/';
        if (!made || slash == NULL)
            return made;
    }
}

bool sw_ladder_path(char *path, size_t capacity)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    int length = -1;
    if (state != NULL && state[0] == '/')
        length = snprintf(path, capacity, "%s/schauwand", state);
    else if (home != NULL && home[0] == '/')
        length = snprintf(path, capacity, "%s/.local/state/schauwand", home);
    if (length < 0 || (size_t)length + sizeof "/starts" > capacity || !make_folders(path))
        return false;
    memcpy(path + length, "/starts", sizeof "/starts");
    return true;
}
