/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/workshop/workshop.h"

#include "base/link.h"
#include "player/workshop/fault_sheet.h"
#include "player/workshop/workshop_parts.h"

void sw_workshop_init(struct sw_workshop *workshop, const struct sw_options *options)
{
    *workshop = (struct sw_workshop){.open = options->window && !options->follows && !options->safe, .note_until = SW_NEVER};
    if (workshop->open && options->replay != NULL) /* a player before this one may have said otherwise */
        (void)!sw_link_send(SW_LINK_FD, (struct sw_link_message){.type = SW_LINK_REPLAY, .number = 1}, -1);
}

void sw_workshop_finish(struct sw_workshop *workshop)
{
    sw_faults_finish(&workshop->faults);
    sw_overlay_finish(&workshop->overlay);
    for (size_t i = 0; i < SW_ZONES_MAX; i++)
        sw_draw_list_finish(&workshop->tops[i]);
}

void sw_workshop_tell_faults(struct sw_workshop *workshop, const struct sw_faults *faults)
{
    sw_faults_finish(&workshop->faults);
    if (workshop->open)
        sw_faults_copy(&workshop->faults, faults);
}

/* -- onto the wall -- */

static bool anything_on(const struct sw_loop *loop)
{
    const struct sw_workshop *workshop = &loop->workshop;
    if (sw_workshop_behind(loop) > 0)
        return true;
    bool said = workshop->paused || workshop->jumped || workshop->without_replay || workshop->entering || workshop->note_until != SW_NEVER;
    return said || workshop->boxes || workshop->grid || workshop->zones || workshop->help || workshop->faults.count > 0;
}

sw_tick sw_workshop_next(const struct sw_workshop *workshop)
{
    sw_tick until = workshop->until > 0 ? workshop->until : SW_NEVER;
    return until < workshop->note_until ? until : workshop->note_until;
}

static void begin(struct sw_loop *loop)
{
    struct sw_box_px panels[SW_PANELS_MAX];
    struct sw_overlay_place place = {.wall_width = loop->width,
                                     .wall_height = loop->height,
                                     .picture_width = loop->view.count > 0 ? loop->view.width : loop->width,
                                     .picture_height = loop->view.count > 0 ? loop->view.height : loop->height,
                                     .panels = panels};
    for (const struct sw_wall *wall = loop->edition.wall; wall != NULL && place.panel_count < wall->panel_count; place.panel_count++) {
        struct sw_px_rect part = wall->panels[place.panel_count].part;
        panels[place.panel_count] = (struct sw_box_px){part.x, part.y, part.width, part.height};
    }
    sw_screen_size(loop->screen, &place.window_width, &place.window_height);
    sw_overlay_begin(&loop->workshop.overlay, &place, loop->edition.typesetter);
}

static void draw(struct sw_loop *loop)
{
    const struct sw_workshop *workshop = &loop->workshop;
    begin(loop);
    if (workshop->grid && loop->edition.stage != NULL)
        sw_workshop_draw_grid(loop);
    if (workshop->boxes && loop->edition.stage != NULL)
        sw_workshop_draw_boxes(loop);
    if (workshop->zones && loop->edition.stage != NULL)
        sw_workshop_draw_zones(loop);
    sw_workshop_draw_notes(loop);
    if (workshop->help)
        sw_workshop_draw_help(loop);
    if (workshop->entering)
        sw_workshop_draw_entry(loop);
    sw_fault_sheet_draw(&loop->workshop.overlay, &workshop->faults);
}

/* What the zone has above it, and what of the overlay lies there. */
static void lay_over(const struct sw_overlay *overlay, struct sw_zone_frame *frame, struct sw_draw_list *top)
{
    const struct sw_box_px place = frame->place;
    if (frame->top != NULL) {
        sw_draw_list_copy(top, frame->top);
    } else {
        sw_draw_list_finish(top);
        sw_draw_list_init(top, place.width, place.height, 0xff000000u);
    }
    for (size_t i = 0; i < overlay->list.count; i++) {
        struct sw_draw draw = overlay->list.items[i];
        draw.to.x -= place.x;
        draw.to.y -= place.y;
        draw.clip = (struct sw_box_px){0, 0, place.width, place.height};
        sw_draw_list_add(top, &draw);
    }
    frame->top = top;
}

void sw_workshop_cover(struct sw_loop *loop, struct sw_zone_frame *frames, size_t count)
{
    struct sw_workshop *workshop = &loop->workshop;
    if (loop->frame >= workshop->note_until)
        workshop->note_until = SW_NEVER;
    if (!workshop->open || !anything_on(loop))
        return;
    draw(loop);
    for (size_t i = 0; i < count && i < SW_ZONES_MAX; i++)
        lay_over(&workshop->overlay, &frames[i], &workshop->tops[i]);
}
