/* SPDX-License-Identifier: EUPL-1.2 */
/* A file of subtitles behind a byte that says of which form. What is said is in order, never over itself, valid text of few lines, and is
 * found at its time; a second reading gives the same. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "exhibition/markup.h"
#include "exhibition/subtitles.h"
#include "fuzz.h"

static void check_text(const char *text)
{
    size_t length = strlen(text), lines = 1;
    assert(length > 0 && length <= SW_SUBTITLE_LINES_MAX * (SW_SUBTITLE_BYTES_MAX + 1) && sw_utf8_valid(text, length) == length);
    for (size_t i = 0; i < length; i++) {
        bool mark =
            text[i] == SW_MARK_STRONG || text[i] == SW_MARK_STRONG_END || text[i] == SW_MARK_EMPHASIS || text[i] == SW_MARK_EMPHASIS_END;
        assert(mark || sw_markup_allowed(text[i]));
        lines += text[i] == '\n';
    }
    assert(lines <= SW_SUBTITLE_LINES_MAX);
}

static uint64_t read_all(const char *bytes, size_t length, const char *name)
{
    struct sw_arena arena = {0};
    struct sw_diags diags;
    uint64_t hash = SW_HASH_START;
    int64_t next, after = 0;
    sw_diags_init(&diags);
    const struct sw_subtitles *subtitles = sw_subtitles_create(&arena, bytes, length, name, &diags);
    for (size_t i = 0; i < subtitles->count; i++) {
        const struct sw_subtitle *item = &subtitles->items[i];
        assert(item->from >= after && item->until > item->from && item->until <= subtitles->end);
        assert(sw_subtitles_at(subtitles, item->from, &next) == item && next == item->until);
        assert(sw_subtitles_at(subtitles, item->until - 1, &next) == item);
        check_text(item->text);
        after = item->until;
        hash = sw_hash_number(sw_hash_text(hash, item->text), (uint64_t)item->from ^ (uint64_t)item->until);
    }
    assert(sw_subtitles_at(subtitles, subtitles->end, &next) == NULL && next == INT64_MAX);
    for (size_t i = 0; i < diags.count; i++)
        hash = sw_hash_number(sw_hash_text(hash, diags.items[i].text), (uint64_t)diags.items[i].line);
    sw_diags_finish(&diags);
    sw_arena_finish(&arena);
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    const char *name = (bytes[0] & 1) != 0 ? "a.srt" : "a.vtt";
    char *copy = malloc(length > 1 ? length - 1 : 1); /* of its very size: what is read behind it is seen by the sanitizer */
    assert(copy != NULL);
    memcpy(copy, bytes + 1, length - 1);
    uint64_t first = read_all(copy, length - 1, name);
    assert(first == read_all(copy, length - 1, name));
    free(copy);
    return 0;
}
