/* SPDX-License-Identifier: EUPL-1.2 */
/* What is known of clips before they play: found out once, when an exhibition is published, and kept in the release in one file,
 *
 *     {"schauwand": "clips 1", "clips": {
 *     "media/rhein.mp4": {"width": 1920, "height": 1080, "length": 12500000, "sound": true}
 *     }}
 *
 * at its top, where no file of a curator is published. Same facts, same bytes. Immutable once made; any thread. */
#ifndef SW_EXHIBITION_CLIP_FACTS_H
#define SW_EXHIBITION_CLIP_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/must.h"

#define SW_CLIP_FACTS_FILE "clips.json"
#define SW_CLIP_SIDE_MAX 8192                          /* pixels */
#define SW_CLIP_LENGTH_MAX ((int64_t)86400 * 1000000) /* microseconds */
#define SW_CLIP_FACTS_MAX 10000

struct sw_clip_fact {
    const char *path;
    int width, height; /* pixels as shown, 1..SW_CLIP_SIDE_MAX */
    int64_t length;    /* microseconds, 0..SW_CLIP_LENGTH_MAX; 0: not known */
    bool sound;        /* it has a sound track */
};

struct sw_clip_facts {
    struct sw_clip_fact *items; /* owned; by path, once each */
    size_t count;
    struct sw_arena arena; /* of the paths */
};

/* Reads `length` bytes; false after faults, `name` being the file they are of. Finish it in either case. */
bool sw_clip_facts_read(struct sw_clip_facts *facts, const char *bytes, size_t length, const char *name, struct sw_diags *diags) SW_MUST;
/* The same of the file of a release; a release without clips has none, which is no fault. */
bool sw_clip_facts_load(struct sw_clip_facts *facts, const struct sw_root *root, struct sw_diags *diags) SW_MUST;
void sw_clip_facts_finish(struct sw_clip_facts *facts); /* accepts a zeroed one */
/* The facts as text, `items` sorted by path, each within its ranges; the caller's to free(). NULL: too
 * many for one file. */
char *sw_clip_facts_write(const struct sw_clip_fact *items, size_t count, size_t *length) SW_MUST;
/* NULL: none are known of that clip. */
const struct sw_clip_fact *sw_clip_facts_find(const struct sw_clip_facts *facts, const char *path);

#endif
