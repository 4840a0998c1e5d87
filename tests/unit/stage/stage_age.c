/* SPDX-License-Identifier: EUPL-1.2 */
/* Since when a moving element has been there: what changes beside it, another language and another minute leave its movement alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "elements/catalogue.h"
#include "stage/show.h"

#define MOVE "\"animate\": {\"for\": \"5s\"}"
static const char scene[] = "{\"title\": \"Haus\","
                            " \"state\": {\"on\": {\"default\": false}, \"tab\": {\"values\": [\"a\", \"b\"], \"default\": \"a\"}},"
                            " \"elements\": ["
                            " {\"text\": \"new\", \"when\": \"on\", " MOVE "}, {\"text\": {\"de\": \"alt\", \"en\": \"old\"}, " MOVE "},"
                            " {\"switch\": \"tab\", \"cases\": {\"a\": {\"text\": \"a\", " MOVE "}, \"b\": {\"text\": \"b\", " MOVE "}}},"
                            " {\"repeat\": \"languages\", \"as\": \"l\", \"key\": \"l.id\", \"sort\": [\"on ? -index : index\"],"
                            "  \"each\": {\"text\": \"{l.id} {now | time}\", " MOVE "}}]}";

struct fixture {
    char folder[64];
    struct sw_diags diags;
    struct sw_exhibition *exhibition;
    struct sw_visit visit;
    struct sw_show_place where;
    struct sw_show *show;
    struct sw_time now;
};

static int open_show(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    char text[256];
    assert_non_null(f);
    (void)snprintf(f->folder, sizeof f->folder, "/tmp/schauwand-age-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    (void)snprintf(text, sizeof text, "cp -r '%s'/tests/bad/base/. '%s'", SW_SOURCE_DIR, f->folder);
    assert_int_equal(system(text), 0);
    (void)snprintf(text, sizeof text, "%s/scenes/haus/scene.json", f->folder);
    assert_true(sw_file_write_atomic(text, scene, strlen(scene)));
    (void)snprintf(text, sizeof text, "%s/scenes/lang/en.json", f->folder);
    assert_true(sw_file_write_atomic(text, "{}", 2));
    sw_diags_init(&f->diags);
    f->exhibition = sw_exhibition_create(f->folder, sw_catalogue(), &f->diags);
    sw_diags_print(&f->diags, stderr);
    assert_int_equal(f->diags.count, 0);
    sw_visit_init(&f->visit, f->exhibition, "de");
    f->where = (struct sw_show_place){
        .exhibition = f->exhibition,
        .canvas = &f->exhibition->theme.canvases[0],
        .zone = "z",
        .visit = &f->visit,
        .place = {0, 0, 1920, 1080},
        .scale = 1,
    };
    f->show = sw_show_create(&f->where, sw_exhibition_scene(f->exhibition, "haus"), 0);
    f->now = (struct sw_time){.tick = SW_HOUR, .instant = 1795388400 * SW_SECOND};
    (void)sw_show_update(f->show, f->now, false);
    sw_show_enter(f->show, f->now.tick);
    (void)sw_show_update(f->show, f->now, false);
    *state = f;
    return 0;
}

static int close_show(void **state)
{
    struct fixture *f = *state;
    char command[128];
    sw_show_destroy(f->show);
    sw_visit_finish(&f->visit);
    sw_exhibition_destroy(f->exhibition);
    sw_diags_finish(&f->diags);
    (void)snprintf(command, sizeof command, "rm -r '%s'", f->folder);
    assert_int_equal(system(command), 0);
    free(f);
    return 0;
}

/* A second passes and the page is built anew; then so many elements move, of them so many since now. */
static void expect(struct fixture *f, size_t all, size_t since_now)
{
    f->now.tick += SW_SECOND;
    f->now.instant += SW_SECOND;
    f->show->stale = true;
    (void)sw_show_update(f->show, f->now, false);
    size_t fresh = 0;
    for (size_t i = 0; i < f->show->age_count; i++)
        fresh += f->show->ages[i].since == f->now.tick;
    assert_int_equal(f->show->age_count, all);
    assert_int_equal(fresh, since_now);
}

static void set(struct fixture *f, const char *name, struct sw_value value)
{
    bool changed = false;
    assert_true(sw_state_values_set(&f->show->state, name, value, &changed));
    assert_true(changed);
}

static void what_stays_goes_on(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(f->show->age_count, 4);
    expect(f, 4, 0);
    set(f, "on", sw_value_bool(true)); /* one comes in front of it, and the list turns round */
    expect(f, 5, 1);
    expect(f, 5, 0);
    set(f, "tab", sw_value_string("b"));
    expect(f, 5, 1);
    f->visit.language = "en";
    expect(f, 5, 0);
    f->now.instant += SW_MINUTE;
    expect(f, 5, 0);
}

static void what_comes_back_begins_anew(void **state)
{
    struct fixture *f = *state;
    set(f, "on", sw_value_bool(true));
    expect(f, 5, 1);
    set(f, "on", sw_value_bool(false));
    expect(f, 4, 0);
    set(f, "on", sw_value_bool(true));
    expect(f, 5, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_stays_goes_on, open_show, close_show),
        cmocka_unit_test_setup_teardown(what_comes_back_begins_anew, open_show, close_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
