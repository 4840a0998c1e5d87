/* SPDX-License-Identifier: EUPL-1.2 */
/* What of the wall's pixels goes where: to the outputs of its panels, or into a picture of the wall as people see it. Main thread. */
#ifndef SW_PLAYER_WALLVIEW_H
#define SW_PLAYER_WALLVIEW_H

#include "base/buffer.h"
#include "exhibition/exhibition.h"
#include "player/options.h"
#include "render/output.h"
#include "render/panels.h"

struct sw_wallview {
    struct sw_panel_place places[SW_PANELS_MAX];
    size_t count;      /* 0: the surface is the wall's pixels as they are */
    int width, height; /* of the surface */
    uint32_t fill;     /* beside the panels */
};

/* Each panel where its output lies in the window over all outputs. */
struct sw_wallview sw_wallview_outputs(const struct sw_wall *wall);
/* Each panel upright where it hangs, bezels and gaps in a neutral dark. */
struct sw_wallview sw_wallview_seen(const struct sw_wall *wall);
/* One panel as its output gets it; false if the wall has none of that id. */
bool sw_wallview_panel(const struct sw_wall *wall, const char *id, struct sw_wallview *view) SW_MUST;
/* Writes a picture of the wall's pixels (as the composer has them) as the view has it; `width` > 0: scaled to fit into that many pixels. */
bool sw_wallview_write(const struct sw_wallview *view, const struct sw_fit_source *wall, int width, int height, const char *path) SW_MUST;
/* The same as a PNG, appended to `out`. Any thread. */
bool sw_wallview_encode(const struct sw_wallview *view, const struct sw_fit_source *wall, struct sw_buffer *out) SW_MUST;
/* Tells an output about it; the view must live until the output is made. */
void sw_wallview_use(const struct sw_wallview *view, struct sw_output_options *options);

#endif
