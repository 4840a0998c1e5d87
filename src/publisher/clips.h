/* SPDX-License-Identifier: EUPL-1.2 */
/* What `check` has found out of an exhibition's clips goes along in its release. */
#ifndef SW_PUBLISHER_CLIPS_H
#define SW_PUBLISHER_CLIPS_H

#include "publisher/tree.h"

/* Adds the file at `place` (NULL: there is none) as SW_CLIP_FACTS_FILE, if there are any clips; every fault is printed. */
bool sw_clips_add(struct sw_tree *tree, const char *place) SW_MUST;

#endif
