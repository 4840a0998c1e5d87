/* SPDX-License-Identifier: EUPL-1.2 */
/* The subtitles of a clip in one language: what is said when. From a file of WebVTT (W3C) or SubRip (.srt), of which times are taken
 * strictly and looks are left: where a cue stands, how it is aligned and coloured is the wall's own affair. Immutable, any thread. */
#ifndef SW_EXHIBITION_SUBTITLES_H
#define SW_EXHIBITION_SUBTITLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/must.h"

#define SW_SUBTITLES_BYTES_MAX ((size_t)256 << 10) /* of a file */
#define SW_SUBTITLES_MAX 4000                      /* cues of a file */
#define SW_SUBTITLE_BYTES_MAX 600                  /* of the text of a cue */
#define SW_SUBTITLE_LINES_MAX 3                    /* to be seen at once */

struct sw_subtitle {
    int64_t from, until; /* microseconds of the clip; `until` not included */
    const char *text;    /* 1..SW_SUBTITLE_LINES_MAX lines, with marks (markup.h) where it is emphasised */
};

struct sw_subtitles {
    const char *file;                /* where they are from */
    const struct sw_subtitle *items; /* in the order of time, none over another: cues that overlap are put together */
    size_t count;
    int64_t end;  /* of the cue that ends last; 0: there are none */
    int end_line; /* its line in the file */
};

/* Reads a file; what is faulty in it is said and left out, the rest is there. Never NULL; all of it is of `arena`. `name` is kept: it is
 * the path below the exhibition's root, and its ending says what it is: ".vtt" or else ".srt". */
const struct sw_subtitles *sw_subtitles_create(struct sw_arena *arena, const char *bytes, size_t length, const char *name,
                                               struct sw_diags *diags) SW_MUST;
/* What is said at `position` (microseconds of the clip); NULL: nothing. *next: the position from which on something else is said;
 * INT64_MAX: never. */
const struct sw_subtitle *sw_subtitles_at(const struct sw_subtitles *subtitles, int64_t position, int64_t *next);

#endif
