/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/clip_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct sw_known_clip *sw_clip_list_find(const struct sw_clip_list *list, uint32_t hall, const char *path)
{
    struct sw_known_clip *clip = list->first;
    while (clip != NULL && (clip->hall != hall || clip->shut || strcmp(clip->path, path) != 0))
        clip = clip->next;
    return clip;
}

/* Those of no use at present: of halls that are shut; or (`all`) of any whose facts may as well be asked for again. */
static void forget(struct sw_clip_list *list, bool all)
{
    for (struct sw_known_clip **place = &list->first; *place != NULL;) {
        struct sw_known_clip *clip = *place;
        if (clip->cues > 0 || !(clip->shut || (all && clip->state == SW_ASSET_READY && clip->failures == 0))) {
            place = &clip->next;
            continue;
        }
        *place = clip->next;
        list->count--;
        free(clip->path);
        free(clip);
    }
}

void sw_clip_list_sweep(struct sw_clip_list *list) { forget(list, false); }

struct sw_known_clip *sw_clip_list_find_or_add(struct sw_clip_list *list, uint32_t hall, const char *path)
{
    struct sw_known_clip *clip = sw_clip_list_find(list, hall, path);
    if (clip != NULL)
        return clip;
    if (list->count == SW_CLIPS_MAX)
        forget(list, true);
    if (list->count == SW_CLIPS_MAX)
        return NULL;
    clip = sw_alloc(sizeof *clip);
    *clip = (struct sw_known_clip){.next = list->first, .hall = hall, .path = sw_strdup(path), .state = SW_ASSET_PENDING};
    list->first = clip;
    list->count++;
    return clip;
}

bool sw_known_clip_blame(struct sw_known_clip *clip)
{
    clip->proven = 0;
    return ++clip->failures >= SW_FAILURES_MAX;
}

/* One that takes workers down at a certain place never comes round without. */
void sw_known_clip_prove(struct sw_known_clip *clip, int64_t played, int64_t round)
{
    clip->proven += played;
    if (clip->proven >= (round > 0 && round < SW_PROVEN_MOST ? round : SW_PROVEN_MOST))
        clip->failures = 0;
}
