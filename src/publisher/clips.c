/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/clips.h"

#include <stdlib.h>

#include "exhibition/clip_facts.h"
#include "json/json.h"
#include "publisher/fault.h"

bool sw_clips_add(struct sw_tree *tree, const char *place)
{
    struct sw_clip_facts facts;
    struct sw_diags diags;
    char *bytes;
    size_t length;
    if (place == NULL)
        return true;
    enum sw_file_status status = sw_file_read(place, SW_JSON_BYTES_MAX, &bytes, &length);
    if (status != SW_FILE_OK)
        return sw_fault_say(place, sw_file_status_text(status));
    sw_diags_init(&diags);
    bool fine = sw_clip_facts_read(&facts, bytes, length, SW_CLIP_FACTS_FILE, &diags);
    bool any = facts.count > 0;
    sw_faults_say(&diags);
    sw_clip_facts_finish(&facts);
    free(bytes);
    return fine && (!any || sw_tree_add_guest(tree, SW_CLIP_FACTS_FILE, place));
}
