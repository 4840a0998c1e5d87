/* SPDX-License-Identifier: EUPL-1.2 */
/* The published folder (design.md section 5), which any web server serves: objects, releases and playlists of each wall, key lists; what is
 * there is never changed but current.json, which is written last. One publisher at a time. Every fault is printed.
 *
 * A release says in `needs` which program is the oldest that can play it. Today that is this one's first two numbers: files of an
 * exhibition may hold what came with them, and nobody asks yet which of it they do hold. */
#ifndef SW_PUBLISHER_OUTLET_H
#define SW_PUBLISHER_OUTLET_H

#include "publisher/tree.h"
#include "publisher/workshop.h"
#include "store/manifest.h"

struct sw_outlet {
    const char *folder;
    const struct sw_workshop *workshop;
    const struct sw_secret_key *key; /* of publishing, or of operating: by what is signed */
    sw_instant now, activate;        /* activate 0: at once */
    sw_instant expires;              /* of a release; 0: after 400 days */
    int lock;                        /* -1: not taken */
    size_t new_objects;
    uint64_t new_bytes;
};

/* Keeps others from publishing into the folder, which must be there, until sw_outlet_finish; waits for one who does. */
bool sw_outlet_lock(struct sw_outlet *outlet) SW_MUST;
void sw_outlet_finish(struct sw_outlet *outlet);
/* Makes the folders, takes the lock if it is not taken, and puts the key list there. */
bool sw_outlet_prepare(struct sw_outlet *outlet) SW_MUST;
/* Puts the files that are not there, and their content list, which becomes *list. */
bool sw_outlet_put(struct sw_outlet *outlet, const struct sw_tree *tree, struct sw_object *list) SW_MUST;
/* The content list of a release; destroy it. NULL: it is not there, or damaged. */
struct sw_contents *sw_outlet_contents(const struct sw_outlet *outlet, const struct sw_object *list) SW_MUST;

/* What the newest is of a wall; unsigned. False and *missing: nothing was published for it, and nothing was printed. */
bool sw_outlet_current(const struct sw_outlet *outlet, const char *wall, struct sw_current *out, bool *missing) SW_MUST;
/* The manifest of a wall's release, its signature verified; version 0: the current one. False and *missing: the wall has none, and nothing
 * was printed. */
bool sw_outlet_release(const struct sw_outlet *outlet, const char *wall, int64_t version, struct sw_manifest *out, bool *missing) SW_MUST;
/* Playlists of a wall, their signature verified; finish them. *counts: a key of today's list signed it, in its epoch, so that new walls
 * take them as well. */
bool sw_outlet_playlists(const struct sw_outlet *outlet, const char *wall, int64_t version, struct sw_playlists *out, bool *counts) SW_MUST;
/* Publishes a content list as the next version of a wall's release, which *version becomes. *same: nothing was written, as `last` (the
 * current release; NULL: none) says the same, has not expired, and was signed by a key that still counts. */
bool sw_outlet_publish(struct sw_outlet *outlet, const char *wall, const struct sw_manifest *last, const struct sw_object *list,
                       int64_t *version, bool *same) SW_MUST;
/* Publishes playlists (an object of them by their ids) as the next version of those of current->wall. `by`, `note`: "" not said. */
bool sw_outlet_publish_playlists(struct sw_outlet *outlet, const struct sw_current *current, const char *by, const char *note,
                                 const cJSON *playlists, int64_t *version) SW_MUST;

#endif
