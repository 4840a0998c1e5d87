/* SPDX-License-Identifier: EUPL-1.2 */
/* What is known of the clips of all halls, and how they have treated the workers that played them. No lock: part of a programme. */
#ifndef SW_MEDIA_CLIP_LIST_H
#define SW_MEDIA_CLIP_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "base/tick.h"
#include "view/asset.h"

#define SW_CLIPS_MAX 4096
#define SW_FAILURES_MAX 3              /* workers that one clip may take down */
#define SW_PROVEN_MOST (5 * SW_MINUTE) /* so long, or once through, a clip plays until earlier failures are forgotten */

struct sw_known_clip {
    struct sw_known_clip *next;
    uint32_t hall;
    char *path;
    struct sw_clip facts; /* READY */
    int64_t period;       /* microseconds between two pictures; 0: not known, or not even */
    enum sw_asset_state state;
    bool wanted, probing; /* somebody waits for its facts; a worker has been asked */
    bool shut;            /* its hall is: kept for its cues alone */
    size_t cues;
    int failures;   /* workers that it took down since it was proven */
    int64_t proven; /* microseconds of it that were played since the last of them */
};

struct sw_clip_list { /* zeroed: empty */
    struct sw_known_clip *first;
    size_t count;
};

/* NULL: it is not there, or its hall is shut. */
struct sw_known_clip *sw_clip_list_find(const struct sw_clip_list *list, uint32_t hall, const char *path);
/* NULL: too many are in use. */
struct sw_known_clip *sw_clip_list_find_or_add(struct sw_clip_list *list, uint32_t hall, const char *path);
/* Those of halls that are shut and without cues go. */
void sw_clip_list_sweep(struct sw_clip_list *list);

/* It has taken a worker down. True: once too often. */
bool sw_known_clip_blame(struct sw_known_clip *clip);
/* So much more of it has been played; once through is `round` (0: not known). */
void sw_known_clip_prove(struct sw_known_clip *clip, int64_t played, int64_t round);

#endif
