/* SPDX-License-Identifier: EUPL-1.2 */
/* One file of an exhibition, FUZZ_FILE, through the loader, the others being sound. Whatever stands in it, every fault is said with its
 * place, and what comes out can be played: playlists, walls, fonts and sources are whole. The courier's loader, which reads the
 * sources alone, comes to the same sources. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "fuzz.h"
#include "house.h"

static void check_walls(const struct sw_exhibition *exhibition)
{
    for (size_t i = 0; i < exhibition->wall_count; i++) {
        const struct sw_wall *wall = exhibition->walls[i];
        assert(wall->panel_count >= 1 && wall->panel_count <= SW_PANELS_MAX && wall->width_px > 0 && wall->height_px > 0);
        assert(isfinite(wall->px_per_mm) && wall->px_per_mm > 0);
        for (size_t p = 0; p < wall->panel_count; p++)
            assert(wall->panels[p].width_px > 0 && wall->panels[p].height_px > 0 && wall->panels[p].turn >= 0 && wall->panels[p].turn <= 3);
        for (size_t z = 0; z < wall->zone_count; z++) {
            const struct sw_wall_zone *zone = &wall->zones[z];
            assert(zone->language != NULL && zone->home != NULL && zone->volume >= 0 && zone->volume <= 1);
            assert(zone->px.x >= 0 && zone->px.y >= 0 && zone->px.x + zone->px.width <= wall->width_px);
            assert(zone->px.y + zone->px.height <= wall->height_px);
        }
    }
}

static void check_theme(const struct sw_theme *theme)
{
    for (size_t i = 0; i < theme->canvas_count; i++) {
        const struct sw_canvas *canvas = &theme->canvases[i];
        assert(isfinite(canvas->width) && isfinite(canvas->height) && canvas->width > 0 && canvas->height > 0);
        for (size_t a = 0; a < canvas->area_count; a++)
            assert(isfinite(canvas->areas[a].x) && isfinite(canvas->areas[a].width) && canvas->areas[a].width >= 0);
    }
}

static void check_sources(const struct sw_exhibition *exhibition, const uint8_t *bytes, size_t length)
{
    struct sw_root_file overlay = {.path = FUZZ_FILE, .bytes = length > 0 ? (const char *)bytes : "", .length = length};
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_exhibition *alone = sw_exhibition_create_sources_below(house_root(&overlay, 1), "house", &diags);
    assert(alone != NULL && alone->source_count == exhibition->source_count && alone->sources_hash == exhibition->sources_hash);
    for (size_t i = 0; i < alone->source_count; i++) {
        const struct sw_source *one = &alone->sources[i], *other = &exhibition->sources[i];
        assert(strcmp(one->name, other->name) == 0 && one->faulty == other->faulty && one->every == other->every);
    }
    sw_exhibition_destroy(alone);
    sw_diags_finish(&diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_exhibition *exhibition = house_load(FUZZ_FILE, bytes, length, &diags);
    house_check_faults(&diags, FUZZ_FILE, bytes, length);
    assert(exhibition != NULL || diags.errors > 0);
    if (exhibition != NULL) {
        check_theme(&exhibition->theme);
        check_walls(exhibition);
        house_check_playlists(exhibition);
        check_sources(exhibition, bytes, length);
        for (size_t i = 0; i < exhibition->font_count; i++)
            assert(exhibition->fonts[i].role != NULL && exhibition->fonts[i].path != NULL);
        sw_exhibition_destroy(exhibition);
    }
    sw_diags_finish(&diags);
    return 0;
}
