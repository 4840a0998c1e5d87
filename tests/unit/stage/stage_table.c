/* SPDX-License-Identifier: EUPL-1.2 */
/* A table under fingers: it is sorted and turned as long as the visit lasts, for each finger by itself, and as before when it ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bed.h"

/* Two tables side by side, each two rows a page; what they sort by stands in a visit's choices. */
#define TABLE(at)                                                                                                                          \
    "{\"table\": \"scenes\", \"at\": [" at ", 0], \"size\": [480, 480], \"sort\": [\"it.id\"], \"limit\": 30, \"columns\": [" \
    "{\"title\": \"Id\", \"cell\": \"{it.id}\", \"sort\": [\"it.id\"]},"                                                                \
    " {\"title\": \"Title\", \"cell\": \"{it.title}\", \"sort\": [\"-it.title\"]}]}"
static const struct bed_file files[] = {
    {"scenes/lists.json", "{\"title\": \"Lists\", \"frame\": \"bar\", \"elements\": [" TABLE("0") ", " TABLE("500") "]}"},
    {NULL, NULL},
};
#define FIRST_HEAD 200, 50
#define SECOND_HEAD 700, 50

static void at_lists(struct bed *bed)
{
    bed_open(bed, (struct bed_options){.files = files, .playlist = "{\"loop\": [{\"scene\": \"lists\", \"for\": \"1h\"}]}"});
    bed_step(bed, false);
    bed_settle(bed);
    bed_pass(bed, SW_SECOND);
    assert_shown(bed, 0, "lists");
}

static struct sw_draw_list shown(const struct bed *bed)
{
    const struct sw_stage_zone *zones = NULL;
    struct sw_draw_list copy = {.items = NULL};
    assert_true(sw_stage_zones(bed->stage, &zones) > 0);
    sw_draw_list_copy(&copy, zones[0].list);
    return copy;
}

static void note(void *context, struct sw_box_px box)
{
    (void)box;
    *(bool *)context = true;
}

static bool looks_like(const struct bed *bed, const struct sw_draw_list *list)
{
    bool differs = false;
    struct sw_draw_list now = shown(bed);
    sw_draw_list_compare(list, &now, note, &differs);
    sw_draw_list_finish(&now);
    return !differs;
}

static void a_visit_sorts_and_its_end_forgets(void **state)
{
    (void)state;
    struct bed bed;
    at_lists(&bed);
    struct sw_draw_list at_first = shown(&bed);
    bed_tap(&bed, FIRST_HEAD);
    bed_pass(&bed, SW_SECOND);
    assert_shown(&bed, 0, "lists");
    struct sw_draw_list up = shown(&bed);
    assert_false(looks_like(&bed, &at_first)); /* its arrow */
    bed_tap(&bed, FIRST_HEAD);
    bed_pass(&bed, SW_SECOND);
    assert_false(looks_like(&bed, &up));
    bed_tap(&bed, FIRST_HEAD);
    bed_pass(&bed, SW_SECOND);
    assert_true(looks_like(&bed, &up));
    bed_pass(&bed, 3 * SW_MINUTE);
    assert_false(bed_status(&bed, 0).visit);
    assert_shown(&bed, 0, "lists");
    assert_true(looks_like(&bed, &at_first));
    sw_draw_list_finish(&at_first);
    sw_draw_list_finish(&up);
    bed_close(&bed);
}

static void each_finger_by_itself(void **state)
{
    (void)state;
    struct bed bed;
    at_lists(&bed);
    bed_tap(&bed, FIRST_HEAD);
    bed_tap(&bed, SECOND_HEAD);
    bed_pass(&bed, SW_SECOND);
    struct sw_draw_list both = shown(&bed);
    bed_press(&bed, BED_RESTART, BED_BAR);
    bed_pass(&bed, SW_SECOND);
    assert_false(looks_like(&bed, &both));
    bed_down(&bed, 1, FIRST_HEAD);
    bed_down(&bed, 2, SECOND_HEAD);
    bed_up(&bed, 2);
    bed_pass(&bed, SW_SECOND / 2);
    bed_up(&bed, 1);
    bed_pass(&bed, SW_SECOND);
    assert_true(looks_like(&bed, &both));
    sw_draw_list_finish(&both);
    bed_close(&bed);
}

/* Away and back: the order is the visit's, not the scene's. */
static void it_stays_on_the_way_back(void **state)
{
    (void)state;
    struct bed bed;
    at_lists(&bed);
    bed_tap(&bed, FIRST_HEAD);
    bed_pass(&bed, SW_SECOND);
    struct sw_draw_list sorted = shown(&bed);
    bed_press(&bed, BED_HOME, BED_BAR);
    assert_shown(&bed, 0, "hub");
    bed_press(&bed, BED_BACK, BED_BAR);
    bed_pass(&bed, SW_SECOND);
    assert_shown(&bed, 0, "lists");
    assert_true(looks_like(&bed, &sorted));
    sw_draw_list_finish(&sorted);
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_visit_sorts_and_its_end_forgets),
        cmocka_unit_test(each_finger_by_itself),
        cmocka_unit_test(it_stays_on_the_way_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
