/* SPDX-License-Identifier: EUPL-1.2 */
/* What is kept from one load of a folder to the next (struct sw_kept, exhibition.h): documents by their files and bytes, the root while the
 * folder is the same, and whose sources the last load had. The loader's own. All functions accept NULL for `kept`: nothing is. */
#ifndef SW_EXHIBITION_KEPT_H
#define SW_EXHIBITION_KEPT_H

#include "exhibition/load.h"

/* Held for the caller; NULL: the folder is another one, or none is known. */
struct sw_root *sw_kept_root(struct sw_kept *kept, const char *folder) SW_MUST;
/* The document of that file with these bytes, from then on the caller's; NULL: it has to be scanned. */
struct sw_json *sw_kept_take(struct sw_kept *kept, const char *file, uint64_t hash, size_t length) SW_MUST;
/* Takes over the document's JSON for the next load (NULL: there is none), or destroys it. */
void sw_kept_put(struct sw_kept *kept, struct sw_document *document);
/* After a load: forgets documents whose files are gone; the next load's root is this exhibition's. */
void sw_kept_forget(struct sw_kept *kept, const struct sw_exhibition *exhibition);
/* The sources are loaded, `sound`: without a fault. If they are those of the load before, these take their place. */
void sw_kept_share_sources(struct sw_kept *kept, struct sw_loader *loader, bool sound);

#endif
