/* SPDX-License-Identifier: EUPL-1.2 */
/* The published folder (design.md section 5), which any web server serves: objects, releases of each wall, key lists; what is there is
 * never changed but current.json, which is written last. */
#ifndef SW_PUBLISHER_OUTLET_H
#define SW_PUBLISHER_OUTLET_H

#include "publisher/tree.h"
#include "publisher/workshop.h"
#include "store/manifest.h"

struct sw_outlet {
    const char *folder;
    const struct sw_workshop *workshop;
    const struct sw_secret_key *key; /* of publishing */
    sw_instant now, activate;        /* activate 0: at once */
    size_t new_objects;
    uint64_t new_bytes;
};

/* Makes the folders and puts the key list there. Every fault is printed, here and below. */
bool sw_outlet_prepare(struct sw_outlet *outlet) SW_MUST;
/* Puts the files that are not there, and their content list, which becomes *list. */
bool sw_outlet_put(struct sw_outlet *outlet, const struct sw_tree *tree, struct sw_object *list) SW_MUST;
/* The manifest of a wall's release, its signature verified; version 0: the current one. False and *missing: the wall has none, and nothing
 * was printed. */
bool sw_outlet_release(const struct sw_outlet *outlet, const char *wall, int64_t version, struct sw_manifest *out, bool *missing) SW_MUST;
/* The content list of a release; destroy it. NULL: it is not there, or damaged. */
struct sw_contents *sw_outlet_contents(const struct sw_outlet *outlet, const struct sw_object *list) SW_MUST;
/* Publishes a content list as the next version of a wall's release, which *version becomes; where it is that of the wall's current release
 * `last` (NULL: there is none), *same, and *version is the one there is. */
bool sw_outlet_publish(struct sw_outlet *outlet, const char *wall, const struct sw_manifest *last, const struct sw_object *list,
                       int64_t *version, bool *same) SW_MUST;

#endif
