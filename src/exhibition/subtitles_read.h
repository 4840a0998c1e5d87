/* SPDX-License-Identifier: EUPL-1.2 */
/* Files of subtitles, cue by cue, as they are written. Private to subtitles.c. */
#ifndef SW_EXHIBITION_SUBTITLES_READ_H
#define SW_EXHIBITION_SUBTITLES_READ_H

#include "exhibition/subtitles.h"

struct sw_subtitle_cue {
    int64_t from, until; /* `until` is later */
    const char *text;
    int lines; /* of the text: 1..SW_SUBTITLE_LINES_MAX */
    int line;  /* of its times in the file */
};

struct sw_subtitle_cues {
    struct sw_subtitle_cue *items; /* in the order of the file; the caller's to free() */
    size_t count, capacity;
};

/* As sw_subtitles_create; texts are of `arena`. */
void sw_subtitles_read(struct sw_subtitle_cues *cues, struct sw_arena *arena, const char *bytes, size_t length, const char *name,
                       struct sw_diags *diags);

#endif
