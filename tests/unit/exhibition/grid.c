/* SPDX-License-Identifier: EUPL-1.2 */
/* From millimetres to the wall's whole pixels. */
#include "exhibition/grid.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"

enum { MOST = 4 };

struct row {
    const char *what;
    double pitch;
    bool skip;
    struct sw_panel panels[MOST];
    struct sw_px_rect parts[MOST], seen[MOST];
    struct sw_mm_rect zone;
    struct sw_px_rect zone_px;
};

#define PANEL(x, y, w, h, px, py, turned) {.id = "", .place = {x, y, w, h}, .width_px = px, .height_px = py, .turn = turned}

static const struct row rows[] = {
    {.what = "one", .panels = {PANEL(0, 0, 1217.6, 684.9, 1920, 1080, 0)}, .parts = {{0, 0, 1920, 1080}}, .seen = {{0, 0, 1920, 1080}},
     .zone = {0, 0, 1217.6, 684.9}, .zone_px = {0, 0, 1920, 1080}},
    {.what = "upright by its pixels", .panels = {PANEL(0, 0, 684.9, 1217.6, 1080, 1920, 0)}, .parts = {{0, 0, 1080, 1920}},
     .seen = {{0, 0, 1080, 1920}}, .zone = {0, 0, 684.9, 1217.6}, .zone_px = {0, 0, 1080, 1920}},
    {.what = "upright by its rotation", .panels = {PANEL(0, 0, 684.9, 1217.6, 1920, 1080, 3)}, .parts = {{0, 0, 1080, 1920}},
     .seen = {{0, 0, 1080, 1920}}, .zone = {0, 608.8, 684.9, 608.8}, .zone_px = {0, 960, 1080, 960}},
    {.what = "edge to edge, sizes rounded", .panels = {PANEL(0, 0, 1218, 685, 1920, 1080, 0), PANEL(1218, 0, 1218, 685, 1920, 1080, 0),
                                                      PANEL(2436, 0, 1217.6, 684.9, 1920, 1080, 0)},
     .parts = {{0, 0, 1920, 1080}, {1920, 0, 1920, 1080}, {3840, 0, 1920, 1080}},
     .seen = {{0, 0, 1920, 1080}, {1920, 0, 1920, 1080}, {3840, 0, 1920, 1080}}, .zone = {1218, 0, 1218, 685},
     .zone_px = {1920, 0, 1920, 1080}},
    {.what = "behind bezels, away from the corner",
     .panels = {PANEL(100, 50, 480, 270, 480, 270, 0), PANEL(590, 50, 480, 270, 480, 270, 2)},
     .parts = {{0, 0, 480, 270}, {490, 0, 480, 270}}, .seen = {{0, 0, 480, 270}, {490, 0, 480, 270}}, .zone = {100, 50, 970, 270},
     .zone_px = {0, 0, 970, 270}},
    {.what = "skipped bezels", .skip = true,
     .panels = {PANEL(0, 0, 480, 270, 480, 270, 0), PANEL(490, 0, 480, 270, 480, 270, 0), PANEL(0, 290, 480, 270, 480, 270, 0),
                PANEL(490, 290, 480, 270, 480, 270, 0)},
     .parts = {{0, 0, 480, 270}, {480, 0, 480, 270}, {0, 270, 480, 270}, {480, 270, 480, 270}},
     .seen = {{0, 0, 480, 270}, {490, 0, 480, 270}, {0, 290, 480, 270}, {490, 290, 480, 270}}, .zone = {240, 290, 730, 135},
     .zone_px = {240, 270, 720, 135}},
    {.what = "mixed pitch: the finest", .panels = {PANEL(0, 0, 480, 270, 480, 270, 0), PANEL(480, 0, 270, 480, 960, 540, 1)},
     .parts = {{0, 0, 960, 540}, {960, 0, 540, 960}}, .seen = {{0, 0, 960, 540}, {960, 0, 540, 960}}, .zone = {0, 0, 480, 270},
     .zone_px = {0, 0, 960, 540}},
    {.what = "mixed pitch: as declared", .pitch = 1, .panels = {PANEL(0, 0, 480, 270, 480, 270, 0), PANEL(480, 0, 270, 480, 960, 540, 1)},
     .parts = {{0, 0, 480, 270}, {480, 0, 270, 480}}, .seen = {{0, 0, 480, 270}, {480, 0, 270, 480}}, .zone = {480, 0, 270, 480},
     .zone_px = {480, 0, 270, 480}},
    {.what = "a zone that lies nowhere", .panels = {PANEL(0, 0, 480, 270, 480, 270, 0)}, .parts = {{0, 0, 480, 270}},
     .seen = {{0, 0, 480, 270}}, .zone = {1000, 0, 480, 270}, .zone_px = {0, 0, 1, 1}},
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        struct sw_panel panels[MOST];
        struct sw_wall_zone zone = {.id = "", .place = rows[i].zone};
        struct sw_wall wall = {.panels = panels, .zones = &zone, .zone_count = 1, .skip_bezels = rows[i].skip};
        memcpy(panels, rows[i].panels, sizeof panels);
        while (wall.panel_count < MOST && panels[wall.panel_count].id != NULL)
            wall.panel_count++;
        print_message("%s\n", rows[i].what);
        assert_true(sw_grid_lay(&wall, panels, &zone, rows[i].pitch));
        int width = 0, height = 0;
        for (size_t k = 0; k < wall.panel_count; k++) {
            assert_memory_equal(&panels[k].part, &rows[i].parts[k], sizeof panels[k].part);
            assert_memory_equal(&panels[k].seen, &rows[i].seen[k], sizeof panels[k].seen);
            width = panels[k].part.x + panels[k].part.width > width ? panels[k].part.x + panels[k].part.width : width;
            height = panels[k].part.y + panels[k].part.height > height ? panels[k].part.y + panels[k].part.height : height;
        }
        assert_int_equal(wall.width_px, width);
        assert_int_equal(wall.height_px, height);
        assert_memory_equal(&zone.px, &rows[i].zone_px, sizeof zone.px);
    }
}

/* However fine and far apart: within the limits, nothing empty, and said. */
static void test_limits(void **state)
{
    (void)state;
    static const struct sw_panel far[] = {PANEL(0, 0, 10, 10, 16384, 16384, 0), PANEL(100000, 100000, 10000, 10000, 16, 16, 1)};
    struct sw_panel panels[SW_COUNT(far)];
    struct sw_wall_zone zone = {.id = "", .place = {0, 0, 10, 10}};
    struct sw_wall wall = {.panels = panels, .panel_count = SW_COUNT(far), .zones = &zone, .zone_count = 1};
    for (int skip = 0; skip < 2; skip++) {
        memcpy(panels, far, sizeof far);
        wall.skip_bezels = skip != 0;
        assert_false(sw_grid_lay(&wall, panels, &zone, 0));
        assert_in_range(wall.seen_width, 10000, SW_GRID_SIDE_MAX);
        assert_in_range(wall.width_px, 1, SW_GRID_SIDE_MAX);
        assert_true((int64_t)wall.width_px * wall.height_px <= SW_GRID_AREA_MAX);
        assert_true(wall.px_per_mm > 0.09 && wall.px_per_mm < 0.12);
        for (size_t i = 0; i < SW_COUNT(far); i++) {
            assert_true(panels[i].part.width > 0 && panels[i].part.height > 0);
            assert_true(panels[i].part.x >= 0 && panels[i].part.x + panels[i].part.width <= wall.width_px);
        }
        assert_true(sw_grid_lay(&wall, panels, &zone, 1.001 / wall.px_per_mm)); /* what was said would do does */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
