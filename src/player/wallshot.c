/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/wallshot.h"

#include "player/wallview.h"

#define SETTLE_US (30 * SW_SECOND)

size_t sw_wallshot_frames(const struct sw_stage *stage, struct sw_zone_frame *frames, size_t capacity)
{
    const struct sw_stage_zone *zones = NULL;
    size_t count = sw_stage_zones(stage, &zones);
    for (size_t i = 0; i < count && i < capacity; i++)
        frames[i] = (struct sw_zone_frame){.place = zones[i].place,
                                           .list = zones[i].list,
                                           .next = zones[i].next,
                                           .kind = zones[i].kind,
                                           .way = zones[i].way,
                                           .mix = zones[i].mix,
                                           .soon = zones[i].soon,
                                           .top = zones[i].top};
    return count < capacity ? count : capacity;
}

static bool all_shown(const struct sw_stage *stage)
{
    bool shown = true;
    for (size_t i = 0; i < sw_stage_zone_count(stage); i++) {
        struct sw_zone_status status = sw_stage_status(stage, i);
        shown = shown && status.scene != NULL && !status.changing;
    }
    return shown;
}

/* Steps the stage, its clock standing still, until every zone shows what it wants. */
static bool settle(struct sw_edition *edition, struct sw_stage *stage, struct sw_time now)
{
    sw_tick deadline = sw_tick_now() + SETTLE_US;
    (void)sw_stage_step(stage, now, false);
    while (!all_shown(stage)) {
        if (!sw_edition_wait(edition, deadline))
            return false;
        (void)sw_stage_step(stage, now, true);
    }
    return true;
}

struct sw_screen *sw_wallshot_screen(const struct sw_options *options, int width, int height)
{
    struct sw_screen_options wanted = {.output = {.kind = SW_OUTPUT_OFFSCREEN, .width = width, .height = height, .title = "Schauwand"},
                                       .backend = options->backend == SW_BACKEND_AUTO ? SW_BACKEND_CPU : options->backend,
                                       .only = true,
                                       .threads = options->threads > 0 ? options->threads : 1};
    return sw_screen_create(&wanted);
}

static bool write_picture(const struct sw_stage *stage, const struct sw_wall *wall, const struct sw_wallview *view,
                          const struct sw_options *options)
{
    struct sw_fit_source source;
    struct sw_zone_frame frames[SW_ZONES_MAX];
    struct sw_screen *screen = sw_wallshot_screen(options, wall->width_px, wall->height_px);
    bool shown = screen != NULL && sw_screen_show(screen, frames, sw_wallshot_frames(stage, frames, SW_ZONES_MAX)) != SW_SCREEN_GONE;
    source.pixels = shown ? sw_screen_pixels(screen, &source.width, &source.height, &source.stride) : NULL;
    bool written = source.pixels != NULL && sw_wallview_write(view, &source, options->width, options->height, options->output);
    sw_screen_destroy(screen);
    return written;
}

bool sw_wallshot_write(struct sw_edition *edition, const struct sw_options *options, sw_instant instant, struct sw_arena *arena,
                       const char **fault)
{
    const struct sw_wall *wall = sw_exhibition_wall(edition->exhibition, options->wall);
    if (wall == NULL) {
        *fault = sw_arena_printf(arena, "there is no wall \"%s\"", options->wall);
        return false;
    }
    struct sw_wallview view = sw_wallview_seen(wall);
    if (options->panel != NULL && !sw_wallview_panel(wall, options->panel, &view)) {
        *fault = sw_arena_printf(arena, "the wall \"%s\" has no panel \"%s\"", wall->id, options->panel);
        return false;
    }
    struct sw_stage_options what = {.exhibition = edition->exhibition,
                                    .wall = wall,
                                    .tools = sw_edition_tools(edition),
                                    .reduced_motion = options->time_s < 0,
                                    .language = options->language};
    struct sw_time now = {.tick = SW_HOUR, .instant = instant};
    struct sw_stage *stage = sw_stage_create(&what, now);
    bool good = settle(edition, stage, now);
    *fault = "the wall's scenes were not ready in time";
    if (good && options->time_s > 0) {
        now.tick += (int64_t)(options->time_s * 1e6);
        (void)sw_stage_step(stage, now, true);
    }
    if (good) {
        *fault = sw_arena_printf(arena, "cannot write %s", options->output);
        good = write_picture(stage, wall, &view, options);
    }
    sw_stage_destroy(stage);
    return good;
}
