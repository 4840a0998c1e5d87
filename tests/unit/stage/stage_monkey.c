/* SPDX-License-Identifier: EUPL-1.2 */
/* Twenty fingers without sense on two zones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bed.h"

#define EVENTS 20000
#define FINGERS 20

/* xorshift64*: the same monkey each time. */
static uint64_t draw(uint64_t *seed, uint64_t end)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (*seed * 0x2545f4914f6cdd1dull >> 33) % end;
}

static void check(const struct bed *bed)
{
    const struct sw_stage_zone *frames = NULL;
    size_t count = sw_stage_zones(bed->stage, &frames), contacts = 0;
    for (size_t i = 0; i < count; i++) {
        struct sw_zone_status status = bed_status(bed, i);
        assert_non_null(status.scene);
        assert_non_null(status.language);
        assert_non_null(frames[i].list);
        assert_true(frames[i].mix >= 0 && frames[i].mix <= 1);
        assert_true(status.visit || !status.countdown);
        contacts += status.contacts;
    }
    assert_true(contacts <= FINGERS);
    assert_true(bed->next >= bed->now.tick);
}

static void event(struct bed *bed, uint64_t *seed)
{
    uint64_t finger = 1 + draw(seed, FINGERS), kind = draw(seed, 100);
    double x = (double)draw(seed, 2200) - 100, y = (double)draw(seed, 700) - 50;
    if (draw(seed, 2) == 0) { /* onto some cell */
        x = (double)draw(seed, 20) * 100 + 40;
        y = draw(seed, 2) == 0 ? 40 : 540;
    }
    if (kind < 38)
        bed_down(bed, finger, x, y);
    else if (kind < 55)
        bed_move(bed, finger, x, y);
    else if (kind < 93)
        bed_up(bed, finger);
    else if (kind < 95)
        sw_stage_contact(bed->stage, finger, SW_CONTACT_CANCEL, x, y, bed->now);
    else if (kind < 96)
        sw_stage_cancel_contacts(bed->stage, bed->now);
    else if (kind < 97)
        bed_step(bed, true);
    bed->late_is_there = draw(seed, 50) == 0 ? !bed->late_is_there : bed->late_is_there;
    uint64_t wait = draw(seed, 1000);
    int64_t range = wait < 700 ? 20 : wait < 995 ? 900 : 90000;
    bed_pass(bed, (int64_t)draw(seed, (uint64_t)range) * SW_MS);
}

static void play(uint64_t seed, int events, bool reduced_motion, const char *defaults)
{
    struct bed bed;
    bed_open(&bed, (struct bed_options){.wall = "two",
                                        .reduced_motion = reduced_motion,
                                        .defaults = defaults,
                                        .playlist = "{\"loop\": [{\"scene\": \"a\", \"for\": \"3s\"},"
                                                    " {\"scene\": \"broken\", \"for\": \"1s\"},"
                                                    " {\"scene\": \"late\", \"for\": \"2s\"}, {\"scene\": \"b\", \"for\": \"1s\"}]}"});
    bed_step(&bed, false);
    for (int i = 0; i < events; i++) {
        event(&bed, &seed);
        check(&bed);
    }
    for (uint64_t finger = 1; finger <= FINGERS; finger++)
        bed_up(&bed, finger);
    for (size_t zone = 0; zone < 2; zone++)
        assert_int_equal(bed_status(&bed, zone).contacts, 0);
    bed_pass(&bed, 8 * SW_MINUTE); /* longer than the longest idle time, doubled in high contrast, is only of scene long */
    bed_pass(&bed, 4 * SW_MINUTE);
    for (size_t zone = 0; zone < 2; zone++) {
        assert_false(bed_status(&bed, zone).visit);
        assert_int_equal(bed_marks(&bed, zone), 0);
        assert_string_equal(bed_status(&bed, zone).language, zone == 0 ? "de" : "en");
    }
    print_message("%d events, %d steps, %d and %d changes\n", events, (int)bed.steps, (int)bed_status(&bed, 0).changes,
                  (int)bed_status(&bed, 1).changes);
    assert_true(bed_status(&bed, 0).changes > 100);
    bed_close(&bed);
}

static void a_monkey(void **state)
{
    (void)state;
    play(20261123, EVENTS, false, NULL);
}

static void a_monkey_without_motion(void **state)
{
    (void)state;
    play(47051, EVENTS / 4, true, NULL);
}

static void a_monkey_at_every_kind_of_change(void **state)
{
    (void)state;
    play(28, EVENTS / 4, false,
         "{\"transition\": {\"kind\": \"morph\", \"for\": \"2s\"}, \"turn\": {\"kind\": \"push\", \"for\": \"1s\"}}");
    play(2047, EVENTS / 4, false, "{\"transition\": {\"kind\": \"push\", \"to\": \"up\"}, \"turn\": {\"kind\": \"wipe\"}}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_monkey), cmocka_unit_test(a_monkey_without_motion),
                                       cmocka_unit_test(a_monkey_at_every_kind_of_change)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
