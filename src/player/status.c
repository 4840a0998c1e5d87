/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/status.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "player/quote.h"
#include "player/videos.h"

#define TEXT_MAX 65536

void sw_status_init(struct sw_status_file *status, const char *path)
{
    *status = (struct sw_status_file){.path = path, .last = SW_NEVER};
    sw_buffer_init(&status->text, TEXT_MAX);
    sw_buffer_init(&status->written, TEXT_MAX);
    if (path == NULL)
        return;
    size_t size = strlen(path) + sizeof ".new";
    status->temporary = sw_alloc(size);
    (void)snprintf(status->temporary, size, "%s.new", path);
}

void sw_status_finish(struct sw_status_file *status)
{
    sw_buffer_finish(&status->text);
    sw_buffer_finish(&status->written);
    free(status->temporary);
    *status = (struct sw_status_file){.path = NULL};
}

static void add_text(struct sw_buffer *out, const char *key, const char *text)
{
    sw_buffer_printf(out, "\"%s\": ", key);
    sw_quote(out, text);
    sw_buffer_add_text(out, ", ");
}

static void add_truth(struct sw_buffer *out, const char *key, bool truth)
{
    sw_buffer_printf(out, "\"%s\": %s, ", key, truth ? "true" : "false");
}

/* 0: null. */
static void add_version(struct sw_buffer *out, const char *key, int64_t version)
{
    if (version == 0)
        sw_buffer_printf(out, "\"%s\": null, ", key);
    else
        sw_buffer_printf(out, "\"%s\": %" PRId64 ", ", key, version);
}

static const struct sw_wall_zone *wall_zone(const struct sw_status_facts *facts, const char *id)
{
    const struct sw_wall *wall = facts->volumes->wall;
    for (size_t i = 0; wall != NULL && i < wall->zone_count; i++)
        if (strcmp(wall->zones[i].id, id) == 0)
            return &wall->zones[i];
    return NULL;
}

int sw_status_volume(const struct sw_status_facts *facts, const char *zone)
{
    const struct sw_wall_zone *model = wall_zone(facts, zone);
    return model != NULL ? (int)lrint(100 * sw_volumes_of(facts->volumes, model, facts->now)) : 0;
}

const char *sw_status_sound(const struct sw_status_facts *facts)
{
    static const char *const words[] = {[SW_SOUND_CLOSED] = "off",
                                        [SW_SOUND_OPENING] = "opening",
                                        [SW_SOUND_OPEN] = "on",
                                        [SW_SOUND_ABSENT] = "absent"};
    const struct sw_wall *wall = facts->volumes->wall;
    bool any = false;
    for (size_t i = 0; wall != NULL && i < wall->zone_count; i++)
        any = any || wall->zones[i].volume > 0 || sw_volumes_of(facts->volumes, &wall->zones[i], facts->now) > 0;
    if (!any)
        return NULL;
    return facts->volumes->hushed && facts->sound.state != SW_SOUND_ABSENT ? "quiet" : words[facts->sound.state];
}

static void describe_zone(struct sw_buffer *out, const struct sw_status_facts *facts, struct sw_zone_status zone)
{
    sw_buffer_add_text(out, "\n  {");
    add_text(out, "zone", zone.zone);
    add_text(out, "scene", zone.scene);
    add_text(out, "page", zone.page != NULL && zone.page[0] != '\0' ? zone.page : NULL);
    add_text(out, "why", zone.why);
    add_text(out, "language", zone.language);
    add_truth(out, "visit", zone.visit);
    add_truth(out, "countdown", zone.countdown);
    add_truth(out, "changing", zone.changing);
    sw_buffer_printf(out, "\"changes\": %" PRIu64 ", \"contacts\": %zu, \"volume\": %d}", zone.changes, zone.contacts,
                     sw_status_volume(facts, zone.zone));
}

void sw_status_describe(struct sw_buffer *out, const struct sw_status_facts *facts)
{
    sw_buffer_clear(out);
    sw_buffer_add_text(out, "{");
    add_text(out, "player", SW_VERSION);
    add_version(out, "release", facts->release);
    add_version(out, "generation", facts->generation);
    add_version(out, "playlists", facts->playlists);
    add_text(out, "refused", facts->refused);
    sw_buffer_printf(out, "\"faults\": %zu, ", facts->faults);
    add_text(out, "wall", facts->wall);
    add_text(out, "card", facts->card);
    add_text(out, "backend", facts->backend);
    add_text(out, "hours", sw_wall_hours_word(facts->hours));
    if (facts->hours->hours.until == SW_NEVER)
        sw_buffer_add_text(out, "\"hours_until\": null, ");
    else
        sw_buffer_printf(out, "\"hours_until\": %" PRId64 ", ", facts->hours->hours.until / SW_SECOND);
    add_text(out, "screens", sw_wall_hours_dark(facts->hours) ? "off" : "on");
    add_text(out, "sound", sw_status_sound(facts));
    sw_buffer_printf(out, "\"frames\": %" PRIu64 ", \"heartbeats\": %" PRIu64 ", \"zones\": [", facts->frames, facts->heartbeats);
    size_t count = facts->stage != NULL ? sw_stage_zone_count(facts->stage) : 0;
    for (size_t i = 0; i < count; i++) {
        sw_buffer_add_text(out, i > 0 ? "," : "");
        describe_zone(out, facts, sw_stage_status(facts->stage, i));
    }
    sw_buffer_add_text(out, "], \"videos\": ");
    sw_videos_describe(out, facts->cinema);
    sw_buffer_add_text(out, "}\n");
}

static bool replace(const struct sw_status_file *status)
{
    int fd = open(status->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return false;
    bool good = sw_fd_write_all(fd, status->text.bytes, status->text.length);
    good = close(fd) == 0 && good;
    return good && rename(status->temporary, status->path) == 0;
}

sw_tick sw_status_step(struct sw_status_file *status, const struct sw_status_facts *facts, sw_tick now)
{
    if (status->path == NULL)
        return SW_NEVER;
    sw_status_describe(&status->text, facts);
    if (strcmp(sw_buffer_text(&status->text), sw_buffer_text(&status->written)) == 0)
        return SW_NEVER;
    if (status->last != SW_NEVER && now - status->last < SW_STATUS_EVERY)
        return status->last + SW_STATUS_EVERY;
    status->last = now;
    if (!replace(status)) {
        if (!status->faulty)
            sw_log(SW_LOG_ERROR, "player", "--status %s: %s", status->path, strerror(errno));
        status->faulty = true;
        return now + SW_SECOND;
    }
    status->faulty = false;
    sw_buffer_clear(&status->written);
    sw_buffer_add(&status->written, status->text.bytes, status->text.length);
    return SW_NEVER;
}
