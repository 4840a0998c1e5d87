/* SPDX-License-Identifier: EUPL-1.2 */
/* What is known of clips: a worker is asked once for each state of a file, a release's own facts come first, and a wall does not wait long.
 * In the place of the cinema stands one that counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "player/footage.h"

struct sw_cinema {
    int asked;
    sw_tick until;
    bool silent; /* nobody can say anything */
};

bool sw_cinema_probe(struct sw_cinema *cinema, const struct sw_root *root, const char *path, sw_tick deadline, struct sw_probed *out)
{
    char *bytes = NULL;
    size_t length = 0;
    cinema->asked++;
    cinema->until = deadline;
    *out = (struct sw_probed){.fault = "could not be decoded in time"};
    if (cinema->silent)
        return false;
    if (sw_root_read(root, path, 100, &bytes, &length) != SW_FILE_OK)
        return true;
    *out = (struct sw_probed){.usable = bytes[0] != 'x', .clip = {.width = 4, .height = 3, .length = strtoll(bytes, NULL, 10)}};
    free(bytes);
    return true;
}

struct scene {
    char folder[64];
    struct sw_root *root;
    struct sw_cinema cinema;
    struct sw_footage *footage;
};

static void put(const struct scene *scene, const char *name, const char *text)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", scene->folder, name);
    assert_true(sw_file_write_atomic(path, text, strlen(text)));
}

static int open_scene(void **state)
{
    enum sw_file_status status;
    struct scene *scene = calloc(1, sizeof *scene);
    assert_non_null(scene);
    (void)snprintf(scene->folder, sizeof scene->folder, "/tmp/schauwand-footage-XXXXXX");
    assert_non_null(mkdtemp(scene->folder));
    scene->root = sw_root_create(scene->folder, &status);
    assert_non_null(scene->root);
    scene->footage = sw_footage_create(&scene->cinema);
    put(scene, "a.mp4", "5000000");
    *state = scene;
    return 0;
}

static int close_scene(void **state)
{
    struct scene *scene = *state;
    char command[128];
    sw_footage_destroy(scene->footage);
    sw_root_destroy(scene->root);
    (void)snprintf(command, sizeof command, "rm -r '%s'", scene->folder);
    assert_int_equal(system(command), 0);
    free(scene);
    return 0;
}

static int64_t length_of(struct scene *scene, const struct sw_clip_facts *facts, const char *path)
{
    struct sw_footage_lengths lent;
    sw_footage_lend(scene->footage, facts, true, &lent);
    return lent.lengths.of(lent.lengths.context, scene->root, path);
}

static void a_file_is_looked_into_once(void **state)
{
    struct scene *scene = *state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(length_of(scene, NULL, "a.mp4"), 5000000);
    assert_int_equal(scene->cinema.asked, 1);
    put(scene, "a.mp4", "7000000 and longer");
    assert_int_equal(length_of(scene, NULL, "a.mp4"), 7000000);
    assert_int_equal(scene->cinema.asked, 2);
}

static void what_is_no_clip_is_remembered_too(void **state)
{
    struct scene *scene = *state;
    put(scene, "b.mp4", "x");
    assert_int_equal(length_of(scene, NULL, "b.mp4"), 0);
    assert_int_equal(length_of(scene, NULL, "b.mp4"), 0);
    assert_int_equal(scene->cinema.asked, 1);
}

static void what_nobody_answered_is_asked_again(void **state)
{
    struct scene *scene = *state;
    scene->cinema.silent = true;
    assert_int_equal(length_of(scene, NULL, "a.mp4"), 0);
    scene->cinema.silent = false;
    assert_int_equal(length_of(scene, NULL, "a.mp4"), 5000000);
    assert_int_equal(scene->cinema.asked, 2);
}

static void a_release_knows_by_itself(void **state)
{
    struct scene *scene = *state;
    struct sw_clip_fact items[] = {{.path = "a.mp4", .width = 4, .height = 3, .length = 9000000}};
    const struct sw_clip_facts facts = {.items = items, .count = 1};
    put(scene, "b.mp4", "1000000");
    assert_int_equal(length_of(scene, &facts, "a.mp4"), 9000000);
    assert_int_equal(scene->cinema.asked, 0);
    assert_int_equal(length_of(scene, &facts, "b.mp4"), 1000000); /* of which it says nothing */
    assert_int_equal(scene->cinema.asked, 1);
}

/* One end of waiting for all the questions of a loading. */
static void questions_share_their_time(void **state)
{
    struct scene *scene = *state;
    struct sw_footage_lengths lent;
    put(scene, "b.mp4", "1000000");
    sw_footage_lend(scene->footage, NULL, true, &lent);
    (void)lent.lengths.of(lent.lengths.context, scene->root, "a.mp4");
    sw_tick first = scene->cinema.until;
    (void)lent.lengths.of(lent.lengths.context, scene->root, "b.mp4");
    assert_true(scene->cinema.until == first && first != SW_NEVER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_looked_into_once, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(what_is_no_clip_is_remembered_too, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(what_nobody_answered_is_asked_again, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(a_release_knows_by_itself, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(questions_share_their_time, open_scene, close_scene),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
