/* SPDX-License-Identifier: EUPL-1.2 */
/* What an operator wants of a zone. */
#include <stdio.h>
#include <string.h>

#include "stage/tell.h"
#include "stage/zone.h"

/* The scene of "scene" or "scene#page"; NULL: there is none, or no such page. */
static const struct sw_scene *scene_of(const struct sw_zone *zone, const char *address)
{
    char id[65];
    size_t length = strcspn(address, "#");
    if (length == 0 || length >= sizeof id)
        return NULL;
    memcpy(id, address, length);
    id[length] = '\0';
    const struct sw_scene *scene = sw_exhibition_scene(zone->options->exhibition, id);
    bool there = scene != NULL && (address[length] == '\0' || sw_scene_page(scene, address + length + 1) >= 0);
    return there ? scene : NULL;
}

static bool has_language(const struct sw_zone *zone, const char *language)
{
    const char *const *languages = zone->options->exhibition->languages;
    for (size_t i = 0; languages[i] != NULL; i++)
        if (strcmp(languages[i], language) == 0)
            return true;
    return false;
}

const char *sw_zone_refuses(const struct sw_zone *zone, const struct sw_tell *tell)
{
    switch (tell->kind) {
    case SW_TELL_GO:
        if (zone->current == NULL)
            return "nothing is on yet";
        return scene_of(zone, tell->text) == NULL ? "there is no such scene or page" : NULL;
    case SW_TELL_OVERRIDE:
        return scene_of(zone, tell->text) == NULL || strchr(tell->text, '#') != NULL ? "there is no such scene" : NULL;
    case SW_TELL_LANGUAGE:
        if (zone->current == NULL)
            return "nothing is on yet";
        return has_language(zone, tell->text) ? NULL : "the exhibition does not have this language";
    case SW_TELL_NEXT: return zone->model->playlist->count == 0 ? "the playlist has no scenes" : NULL;
    case SW_TELL_HOME:
    case SW_TELL_CLEAR:
    case SW_TELL_CLEANING: return NULL;
    }
    return NULL;
}

static void show_instead(struct sw_zone *zone, const struct sw_scene *scene, const char *by, sw_instant until, struct sw_time now)
{
    if (zone->visit.active)
        sw_zone_end_visit(zone, now);
    zone->override = (struct sw_zone_override){.scene = scene, .since = now.instant, .until = until};
    (void)snprintf(zone->override.by, sizeof zone->override.by, "%s", by != NULL ? by : "");
    zone->wanted_known = false; /* asked anew when it is over */
}

static void next_turn(struct sw_zone *zone, const char *by, struct sw_time now)
{
    const struct sw_exhibition *exhibition = zone->options->exhibition;
    const struct sw_timeline_data *data = &zone->conditions.data;
    struct sw_wanted wanted = sw_timeline(zone->model->playlist, exhibition->zone, data, now.instant);
    struct sw_wanted after = sw_timeline_after(zone->model->playlist, exhibition->zone, data, &wanted);
    const struct sw_scene *scene = after.scene != NULL ? sw_exhibition_scene(exhibition, after.scene) : NULL;
    if (scene != NULL)
        show_instead(zone, scene, by, wanted.until, now);
}

/* What a visitor could have done. */
static void act(struct sw_zone *zone, struct sw_action action, struct sw_time now)
{
    sw_zone_begin_visit(zone, zone->current, now);
    sw_zone_act(zone, zone->current, &action, 1, now);
}

void sw_zone_tell(struct sw_zone *zone, const struct sw_tell *tell, struct sw_time now)
{
    switch (tell->kind) {
    case SW_TELL_GO: act(zone, (struct sw_action){.kind = SW_ACTION_GO, .target = tell->text}, now); break;
    case SW_TELL_LANGUAGE:
        act(zone, (struct sw_action){.kind = SW_ACTION_SET, .name = "language", .value = sw_value_string(tell->text)}, now);
        break;
    case SW_TELL_NEXT: next_turn(zone, tell->by, now); break;
    case SW_TELL_OVERRIDE: show_instead(zone, scene_of(zone, tell->text), tell->by, tell->until, now); break;
    case SW_TELL_CLEAR: zone->override.scene = NULL; break;
    case SW_TELL_HOME:
    case SW_TELL_CLEANING:
        if (zone->visit.active)
            sw_zone_end_visit(zone, now);
        break;
    }
}

void sw_zone_inherit(struct sw_zone *zone, const struct sw_zone *before)
{
    const struct sw_scene *scene = before->override.scene;
    scene = scene != NULL ? sw_exhibition_scene(zone->options->exhibition, scene->id) : NULL;
    if (scene == NULL)
        return;
    zone->override = before->override;
    zone->override.scene = scene;
}

bool sw_zone_follow_override(struct sw_zone *zone, struct sw_time now)
{
    struct sw_zone_override *override = &zone->override;
    if (override->scene == NULL)
        return false;
    bool back = now.instant + SW_SECOND < override->since; /* the clock was put back; frames are paced to just before the present */
    bool over = now.instant >= override->until || back || sw_zone_has_failed(zone, override->scene->id);
    if (over) {
        override->scene = NULL;
        return false;
    }
    zone->scene = override->scene;
    zone->page = 0;
    return true;
}
