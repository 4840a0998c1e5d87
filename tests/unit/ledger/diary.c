/* SPDX-License-Identifier: EUPL-1.2 */
#include "diary.h"

#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

struct sw_play diary_play(long number)
{
    struct sw_play play = {.from = DIARY_BEGIN + number * 10 * SW_SECOND, .begins = number % 3 == 0};
    char scene[32];
    (void)snprintf(scene, sizeof scene, "scene-%ld", number);
    play.until = play.from + 10 * SW_SECOND;
    sw_play_set(play.zone, sizeof play.zone, number % 2 == 0 ? "left" : "right");
    sw_play_set(play.scene, sizeof play.scene, scene);
    sw_play_set(play.why, sizeof play.why, number % 7 == 0 ? "override" : "playlist");
    sw_play_set(play.by, sizeof play.by, number % 7 == 0 ? "J\303\274rgen %\n" : "");
    return play;
}

bool diary_append(struct sw_book *book, long first, long last)
{
    struct sw_buffer lines;
    char line[SW_PLAY_LINE_MAX];
    size_t taken;
    sw_buffer_init(&lines, (size_t)1 << 20);
    for (long number = first; number <= last; number++) {
        struct sw_play play = diary_play(number);
        sw_buffer_add(&lines, line, sw_play_write(&play, line));
    }
    bool good = sw_book_append(book, lines.bytes, lines.length, diary_play(last).until, &taken);
    sw_buffer_finish(&lines);
    return good;
}

static void take(void *context, const struct sw_play *play)
{
    struct diary *diary = context;
    long number = strtol(play->scene + strcspn(play->scene, "0123456789"), NULL, 10);
    if (number < 0 || number >= DIARY_NUMBERS) {
        diary->foreign = true;
        return;
    }
    struct sw_play written = diary_play(number);
    diary->foreign = diary->foreign || memcmp(&written, play, sizeof written) != 0;
    diary->disorder = diary->disorder || number <= diary->last;
    diary->last = number;
    diary->times[number]++;
    diary->count++;
}

void diary_read(struct diary *diary, const char *folder)
{
    memset(diary, 0, sizeof *diary);
    diary->last = -1;
    bool good = sw_ledger_read(folder, take, diary, &diary->found);
    assert(good);
}

size_t diary_newest(const char *folder, char *path, size_t capacity)
{
    size_t count = 0;
    char newest[64] = "";
    DIR *stream = opendir(folder);
    assert(stream != NULL);
    for (const struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
        if (strncmp(entry->d_name, "plays-", 6) != 0 || strlen(entry->d_name) >= sizeof newest)
            continue;
        count++;
        if (strcmp(entry->d_name, newest) > 0)
            memcpy(newest, entry->d_name, strlen(entry->d_name) + 1);
    }
    (void)closedir(stream);
    (void)snprintf(path, capacity, "%s/%s", folder, newest);
    return count;
}
