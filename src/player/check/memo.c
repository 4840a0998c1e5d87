/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/check/memo.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "store/hash.h"

#define LEAD "schauwand-check 1 "
#define LEAD_BYTES (sizeof LEAD - 1)
#define HEAD_BYTES (LEAD_BYTES + SW_DIGEST_TEXT + 1) /* with the digest of what follows, and a newline */
#define ENDING ".memo"

/* The file: the head, then of each entry "KEY-BYTES TEXT-BYTES\n", key, newline, text, newline; sorted by key. */

const char *sw_memo_usual_folder(struct sw_arena *arena)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (cache != NULL && cache[0] == '/')
        return sw_arena_printf(arena, "%s/schauwand/check", cache);
    return home != NULL && home[0] == '/' ? sw_arena_printf(arena, "%s/.cache/schauwand/check", home) : NULL;
}

static int by_key(const void *a, const void *b)
{
    const struct sw_memo_entry *x = a, *y = b;
    return strcmp(x->key, y->key);
}

/* -- reading -- */

struct rest {
    const char *at, *end;
};

/* The next number, which ends in `last`; false: there is none. */
static bool take_number(struct rest *rest, char last, size_t *number)
{
    size_t value = 0;
    const char *from = rest->at;
    while (rest->at < rest->end && *rest->at >= '0' && *rest->at <= '9' && value < SW_MEMO_BYTES_MAX)
        value = value * 10 + (size_t)(*rest->at++ - '0');
    if (rest->at == from || rest->at == rest->end || *rest->at != last)
        return false;
    rest->at++;
    *number = value;
    return true;
}

static const char *take_text(struct sw_memo *memo, struct rest *rest, size_t length)
{
    if ((size_t)(rest->end - rest->at) <= length || rest->at[length] != '\n' || memchr(rest->at, '\0', length) != NULL)
        return NULL;
    const char *text = sw_arena_strndup(&memo->arena, rest->at, length);
    rest->at += length + 1;
    return text;
}

static bool take_entry(struct sw_memo *memo, struct rest *rest, struct sw_memo_entry *entry)
{
    size_t key = 0, text = 0;
    if (!take_number(rest, ' ', &key) || !take_number(rest, '\n', &text))
        return false;
    *entry = (struct sw_memo_entry){.key = take_text(memo, rest, key)};
    entry->text = entry->key != NULL ? take_text(memo, rest, text) : NULL;
    return entry->text != NULL;
}

static bool is_whole(const char *bytes, size_t length)
{
    struct sw_digest said;
    char text[SW_DIGEST_TEXT + 1] = "";
    if (length < HEAD_BYTES || memcmp(bytes, LEAD, LEAD_BYTES) != 0 || bytes[HEAD_BYTES - 1] != '\n')
        return false;
    memcpy(text, bytes + LEAD_BYTES, SW_DIGEST_TEXT);
    struct sw_digest found = sw_digest_of(bytes + HEAD_BYTES, length - HEAD_BYTES);
    return sw_digest_parse(text, &said) && sw_digest_equal(&said, &found);
}

static void read_file(struct sw_memo *memo)
{
    char *bytes = NULL;
    size_t length = 0, capacity = 0;
    if (sw_file_read(memo->file, SW_MEMO_BYTES_MAX, &bytes, &length) != SW_FILE_OK)
        return;
    struct rest rest = {bytes + (length < HEAD_BYTES ? length : HEAD_BYTES), bytes + length};
    bool good = is_whole(bytes, length);
    while (good && rest.at < rest.end) {
        memo->entries = sw_grow(memo->entries, &capacity, memo->count + 1, sizeof *memo->entries);
        good = take_entry(memo, &rest, &memo->entries[memo->count]);
        good = good && (memo->count == 0 || by_key(&memo->entries[memo->count - 1], &memo->entries[memo->count]) < 0);
        memo->count++;
    }
    if (!good)
        memo->count = 0;
    free(bytes);
}

void sw_memo_open(struct sw_memo *memo, const char *folder, const char *of)
{
    char place[4096];
    *memo = (struct sw_memo){.folder = folder};
    if (folder == NULL || folder[0] == '\0')
        return;
    /* two folders of one name would only forget each other's */
    const char *whole = of[0] != '/' && getcwd(place, sizeof place) != NULL ? sw_arena_printf(&memo->arena, "%s/%s", place, of) : of;
    memo->file = sw_arena_printf(&memo->arena, "%s/%016" PRIx64 ENDING, folder, sw_hash_text(SW_HASH_START, whole));
    read_file(memo);
}

/* -- using -- */

static struct sw_memo_entry *find(struct sw_memo *memo, const char *key)
{
    const struct sw_memo_entry wanted = {.key = key};
    return memo->count > 0 ? bsearch(&wanted, memo->entries, memo->count, sizeof *memo->entries, by_key) : NULL;
}

const char *sw_memo_find(struct sw_memo *memo, const char *key)
{
    const struct sw_memo_entry *entry = find(memo, key);
    return entry != NULL ? entry->text : NULL;
}

void sw_memo_use(struct sw_memo *memo, const char *key)
{
    struct sw_memo_entry *entry = find(memo, key);
    if (entry != NULL)
        entry->used = true;
}

void sw_memo_keep(struct sw_memo *memo, const char *key, const char *text)
{
    if (memo->file == NULL)
        return;
    memo->news = sw_grow(memo->news, &memo->news_capacity, memo->news_count + 1, sizeof *memo->news);
    memo->news[memo->news_count++] = (struct sw_memo_entry){sw_arena_strdup(&memo->arena, key), sw_arena_strdup(&memo->arena, text), true};
}

/* -- writing -- */

/* What was used and what is new, sorted. Returns how many. */
static size_t gather(struct sw_memo *memo, struct sw_memo_entry *all)
{
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < memo->count; i++)
        if (memo->entries[i].used)
            all[count++] = memo->entries[i];
    for (size_t i = 0; i < memo->news_count; i++)
        all[count++] = memo->news[i];
    if (count > 1)
        qsort(all, count, sizeof *all, by_key);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || by_key(&all[kept - 1], &all[i]) != 0)
            all[kept++] = all[i];
    return kept;
}

struct kept_file {
    char name[64];
    int64_t written;
};

static int latest_first(const void *a, const void *b)
{
    const struct kept_file *x = a, *y = b;
    int order = (x->written < y->written) - (x->written > y->written);
    return order != 0 ? order : strcmp(x->name, y->name);
}

/* Of files beyond SW_MEMO_FILES_MAX the oldest go. */
static void make_room(const struct sw_memo *memo)
{
    struct kept_file *files = NULL;
    size_t count = 0, capacity = 0;
    DIR *folder = opendir(memo->folder);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        struct stat info;
        size_t length = strlen(entry->d_name), tail = strlen(ENDING);
        if (length <= tail || length >= sizeof files->name || strcmp(entry->d_name + length - tail, ENDING) != 0 ||
            fstatat(dirfd(folder), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(info.st_mode))
            continue;
        files = sw_grow(files, &capacity, count + 1, sizeof *files);
        files[count].written = (int64_t)info.st_mtim.tv_sec * 1000000 + info.st_mtim.tv_nsec / 1000;
        memcpy(files[count++].name, entry->d_name, length + 1);
    }
    if (count > 1)
        qsort(files, count, sizeof *files, latest_first);
    for (size_t i = SW_MEMO_FILES_MAX; i < count; i++)
        (void)unlinkat(dirfd(folder), files[i].name, 0);
    if (folder != NULL)
        (void)closedir(folder);
    free(files);
}

static void write_file(struct sw_memo *memo)
{
    struct sw_memo_entry *all = sw_alloc_array(memo->count + memo->news_count + 1, sizeof *all);
    struct sw_buffer body, file;
    char digest[SW_DIGEST_TEXT + 1];
    size_t count = gather(memo, all);
    sw_buffer_init(&body, SW_MEMO_BYTES_MAX);
    sw_buffer_init(&file, SW_MEMO_BYTES_MAX);
    for (size_t i = 0; i < count; i++)
        sw_buffer_printf(&body, "%zu %zu\n%s\n%s\n", strlen(all[i].key), strlen(all[i].text), all[i].key, all[i].text);
    const struct sw_digest found = sw_digest_of(sw_buffer_text(&body), body.length);
    sw_buffer_printf(&file, LEAD "%s\n", sw_digest_text(&found, digest));
    sw_buffer_add(&file, sw_buffer_text(&body), body.length);
    if (!body.full && !file.full && sw_file_write_atomic(memo->file, file.bytes, file.length))
        make_room(memo);
    sw_buffer_finish(&body);
    sw_buffer_finish(&file);
    free(all);
}

void sw_memo_close(struct sw_memo *memo)
{
    bool changed = memo->news_count > 0;
    for (size_t i = 0; i < memo->count; i++)
        changed = changed || !memo->entries[i].used;
    if (memo->file != NULL && changed)
        write_file(memo);
    free(memo->entries);
    free(memo->news);
    sw_arena_finish(&memo->arena);
    *memo = (struct sw_memo){.folder = NULL};
}
