/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/check/check_media.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/hash.h"

#define PICTURE_US (20 * SW_SECOND)
#define PIECE ((size_t)64 << 10)

static bool digest_of(const struct sw_root *root, const char *path, unsigned char *piece, struct sw_digest *digest)
{
    int fd = -1;
    ssize_t got = 1;
    struct sw_hashing hashing;
    if (sw_root_open(root, path, &fd) != SW_FILE_OK)
        return false;
    sw_hashing_init(&hashing);
    while (got > 0 || (got < 0 && errno == EINTR)) {
        got = read(fd, piece, PIECE);
        if (got > 0)
            sw_hashing_add(&hashing, piece, (size_t)got);
    }
    (void)close(fd);
    sw_hashing_end(&hashing, digest);
    return got == 0;
}

/* "USABLE WIDTH HEIGHT FAULT", as it is written below. */
static bool read_verdict(const char *text, struct sw_media_verdict *verdict)
{
    long numbers[3];
    for (size_t i = 0; i < SW_COUNT(numbers); i++) {
        char *end = NULL;
        numbers[i] = strtol(text, &end, 10);
        if (end == text || *end != ' ')
            return false;
        text = end + 1;
    }
    *verdict = (struct sw_media_verdict){.usable = numbers[0] != 0, .width = (int)numbers[1], .height = (int)numbers[2]};
    (void)snprintf(verdict->fault, sizeof verdict->fault, "%s", text);
    return true;
}

static void look_into(struct sw_edition *edition, const char *path, const char *key, struct sw_memo *memo,
                      struct sw_media_verdict *verdict)
{
    char text[SW_MEDIA_FAULT_MAX + 64];
    const char *kept = key != NULL ? sw_memo_find(memo, key) : NULL;
    if (kept != NULL && read_verdict(kept, verdict)) {
        sw_memo_use(memo, key);
        return;
    }
    sw_media_verify(edition->gallery, path, sw_tick_now() + PICTURE_US, verdict);
    (void)snprintf(text, sizeof text, "%d %d %d %s", verdict->usable, verdict->width, verdict->height, verdict->fault);
    if (key != NULL && verdict->usable) /* what went wrong may have been this machine's fault, for a moment */
        sw_memo_keep(memo, key, text);
}

void sw_check_media(struct sw_edition *edition, struct sw_known *known, struct sw_memo *memo, struct sw_diags *diags)
{
    unsigned char *piece = sw_alloc(PIECE);
    struct sw_arena arena = {.blocks = NULL};
    for (size_t i = 0; i < edition->exhibition->media_count; i++) {
        const struct sw_medium *medium = &edition->exhibition->media[i];
        struct sw_media_verdict verdict;
        struct sw_digest digest;
        char digits[SW_DIGEST_TEXT + 1];
        const char *key = NULL;
        if (memo->file != NULL && digest_of(edition->exhibition->root, medium->path, piece, &digest))
            key = sw_arena_printf(&arena, "picture " SW_VERSION " %s %s", sw_digest_text(&digest, digits), medium->path);
        look_into(edition, medium->path, key, memo, &verdict);
        if (verdict.fault[0] != '\0')
            sw_diags_add(diags, SW_ERROR, medium->file, medium->line, medium->column, medium->place, "\"%s\" %s", medium->path,
                         verdict.fault);
        struct sw_fact *fact = sw_known_fact(known, medium->path, false);
        fact->state = verdict.usable ? SW_ASSET_READY : SW_ASSET_FAILED;
        fact->width = verdict.width;
        fact->height = verdict.height;
        sw_arena_reset(&arena);
    }
    sw_arena_finish(&arena);
    free(piece);
}
