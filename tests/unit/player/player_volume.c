/* SPDX-License-Identifier: EUPL-1.2 */
/* How loud zones are: as written, as told, muted, and while it is quiet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/civil.h"
#include "player/volume.h"

#define START (INT64_C(1795442400) * SW_SECOND) /* 2026-11-23 15:00 in Berlin, a Monday */

/* A wall of three zones, quiet from 16 to 17 o'clock. */
struct bed {
    struct sw_exhibition exhibition;
    struct sw_wall_zone zones[3];
    struct sw_time_span hour;
    struct sw_schedule quiet;
    struct sw_wall wall;
    struct sw_volumes volumes;
    struct sw_time now;
};

static void make(struct bed *bed)
{
    *bed = (struct bed){.zones = {{.id = "left", .volume = 0}, {.id = "middle", .volume = 0.5}, {.id = "right", .volume = 1}},
                        .now = {.tick = SW_SECOND, .instant = START}};
    bed->exhibition.zone = sw_zone_rules_create("Europe/Berlin");
    assert_non_null(bed->exhibition.zone);
    bed->wall = (struct sw_wall){.id = "wall", .zones = bed->zones, .zone_count = 3};
    sw_volumes_init(&bed->volumes, false);
}

static void end(struct bed *bed) { sw_zone_rules_destroy(bed->exhibition.zone); }

static bool step(struct bed *bed, int64_t later)
{
    bed->now.tick += later;
    bed->now.instant += later;
    return sw_volumes_step(&bed->volumes, &bed->wall, &bed->exhibition, false, bed->now);
}

static int percent(const struct bed *bed, int zone)
{
    return (int)(100 * sw_volumes_of(&bed->volumes, &bed->zones[zone], bed->now.instant) + 0.5);
}

static void as_written(void **state)
{
    struct bed bed;
    (void)state;
    make(&bed);
    assert_false(step(&bed, 0));
    assert_int_equal(percent(&bed, 0), 0);
    assert_int_equal(percent(&bed, 1), 50);
    assert_int_equal(percent(&bed, 2), 100);
    assert_true(bed.volumes.next == SW_NEVER);
    end(&bed);
}

static void as_told_until_then(void **state)
{
    struct bed bed;
    (void)state;
    make(&bed);
    assert_true(sw_volumes_tell(&bed.volumes, &bed.wall, "left", 30, START + SW_MINUTE));
    assert_true(sw_volumes_tell(&bed.volumes, &bed.wall, "right", 0, SW_NEVER));
    assert_false(sw_volumes_tell(&bed.volumes, &bed.wall, "cellar", 30, SW_NEVER));
    (void)step(&bed, 0);
    assert_int_equal(percent(&bed, 0), 30);
    assert_int_equal(percent(&bed, 1), 50);
    assert_int_equal(percent(&bed, 2), 0);
    assert_int_equal(bed.volumes.next, bed.now.tick + SW_MINUTE);
    (void)step(&bed, SW_MINUTE);
    assert_int_equal(percent(&bed, 0), 0);
    assert_null(sw_volumes_told(&bed.volumes, "left", bed.now.instant));
    assert_non_null(sw_volumes_told(&bed.volumes, "right", bed.now.instant));
    assert_true(bed.volumes.next == SW_NEVER);
    assert_true(sw_volumes_tell(&bed.volumes, &bed.wall, NULL, SW_VOLUME_AS_WRITTEN, SW_NEVER));
    assert_int_equal(percent(&bed, 2), 100);
    assert_null(sw_volumes_told(&bed.volumes, "right", bed.now.instant));
    end(&bed);
}

static void muted_it_keeps_its_volume(void **state)
{
    struct bed bed;
    (void)state;
    make(&bed);
    assert_true(sw_volumes_tell(&bed.volumes, &bed.wall, "middle", 80, SW_NEVER));
    assert_true(sw_volumes_mute(&bed.volumes, &bed.wall, NULL, START + SW_HOUR));
    (void)step(&bed, 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(percent(&bed, i), 0);
    assert_true(sw_volumes_mute(&bed.volumes, &bed.wall, "right", 0));
    assert_int_equal(percent(&bed, 2), 100);
    assert_int_equal(percent(&bed, 1), 0);
    (void)step(&bed, SW_HOUR);
    assert_int_equal(percent(&bed, 1), 80);
    end(&bed);
}

static void quiet_hours_hush(void **state)
{
    struct bed bed;
    (void)state;
    make(&bed);
    bed.hour = (struct sw_time_span){16 * SW_HOUR, 17 * SW_HOUR};
    bed.quiet = (struct sw_schedule){.times = &bed.hour, .time_count = 1};
    bed.wall.quiet = &bed.quiet;
    bed.wall.quiet_count = 1;
    assert_false(step(&bed, 0));
    assert_int_equal(bed.volumes.next, bed.now.tick + SW_HOUR);
    assert_true(step(&bed, SW_HOUR));
    assert_int_equal(percent(&bed, 2), 100); /* it is only hushed */
    assert_true(step(&bed, SW_HOUR - 1));
    assert_false(step(&bed, 1));
    assert_true(sw_volumes_step(&bed.volumes, &bed.wall, &bed.exhibition, true, bed.now));
    assert_true(sw_volumes_step(&bed.volumes, NULL, NULL, false, bed.now));
    sw_volumes_init(&bed.volumes, true); /* a curator's window */
    bed.now.instant = START + SW_HOUR;
    assert_false(step(&bed, 0));
    end(&bed);
}

/* Walls come and go: what was told of their zones is bounded, and what is told now always has room. */
static void other_walls(void **state)
{
    struct bed bed;
    (void)state;
    make(&bed);
    for (int i = 0; i < 100; i++) {
        char ids[3][32];
        for (int k = 0; k < 3; k++) {
            (void)snprintf(ids[k], sizeof ids[k], "zone-%d-%d", i, k);
            bed.zones[k].id = ids[k];
        }
        assert_true(sw_volumes_tell(&bed.volumes, &bed.wall, NULL, 10, SW_NEVER));
        for (int k = 0; k < 3; k++)
            assert_int_equal(percent(&bed, k), 10);
        assert_true(bed.volumes.count <= SW_ZONES_MAX);
    }
    end(&bed);
}

static void in_words(void **state)
{
    static const char *const wrong[] = {"", "-1", "101", "1000000000000000000000", "4 0", "40%", "loud", " 40", "0x10", "Written"};
    int percent = 7;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(sw_volume_read(wrong[i], &percent));
        assert_int_equal(percent, 7);
    }
    assert_true(sw_volume_read("0", &percent) && percent == 0);
    assert_true(sw_volume_read("100", &percent) && percent == 100);
    assert_true(sw_volume_read("written", &percent) && percent == SW_VOLUME_AS_WRITTEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_written),       cmocka_unit_test(as_told_until_then), cmocka_unit_test(muted_it_keeps_its_volume),
        cmocka_unit_test(quiet_hours_hush), cmocka_unit_test(other_walls),
        cmocka_unit_test(in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
