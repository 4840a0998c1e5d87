/* SPDX-License-Identifier: EUPL-1.2 */
/* What editors do to a folder is told as one change when it has settled; folders come, go and are renamed; the folder itself goes and comes
 * back; and where the kernel has no room it is looked at. Time is the test's own, events are the kernel's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/tree_watch.h"
#include "folder.h"

#define PICTURES 1u
#define OTHER 2u

static char base[256];
static char place[300]; /* the exhibition in it */
static struct sw_tree_watch *watch;
static sw_tick now;

static unsigned kind_of(const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || name[length - 1] == '~' || strcmp(name, "4913") == 0)
        return 0;
    return length > 4 && strcmp(name + length - 4, ".png") == 0 ? PICTURES : OTHER;
}

static const char *in(const char *name)
{
    static char paths[4][600];
    static int turn;
    char *path = paths[turn++ % 4];
    (void)snprintf(path, sizeof paths[0], "%s%s%s", place, name[0] != '\0' ? "/" : "", name);
    return path;
}

static FILE *begin_writing(const char *name, const char *text)
{
    FILE *file = fopen(in(name), "w");
    assert_non_null(file);
    (void)fputs(text, file);
    (void)fflush(file);
    return file;
}

static void write_file(const char *name) { (void)fclose(begin_writing(name, "text")); }

static void move_file(const char *from, const char *to) { assert_int_equal(rename(in(from), in(to)), 0); }

static void make_folder(const char *name) { assert_int_equal(mkdir(in(name), 0755), 0); }

static void pass(int64_t duration)
{
    now += duration;
    (void)sw_tree_watch_step(watch, now);
}

static unsigned taken(void) { return sw_tree_watch_take(watch, now); }

/* Everything that has happened, once it has settled. */
static unsigned settled(void)
{
    pass(0);
    pass(SW_TREE_MOST_US);
    return taken();
}

static void open_watch(size_t most)
{
    watch = sw_tree_watch_create(place, kind_of, most);
    now = SW_HOUR;
    pass(0);
}

static int set_up(void **state)
{
    (void)state;
    folder_make(base, sizeof base);
    (void)snprintf(place, sizeof place, "%s/show", base);
    make_folder("");
    make_folder("scenes");
    make_folder("media");
    make_folder(".git");
    write_file("scenes/a.json");
    open_watch(0);
    assert_int_equal(taken(), 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    sw_tree_watch_destroy(watch);
    folder_remove(base);
    return 0;
}

static void a_save_is_told_when_it_is_quiet(void **state)
{
    (void)state;
    write_file("scenes/a.json");
    pass(0);
    assert_int_equal(taken(), 0);
    pass(SW_TREE_QUIET_US);
    assert_int_equal(taken(), OTHER);
    pass(SW_SECOND);
    assert_int_equal(taken(), 0);
    write_file("media/p.png");
    assert_int_equal(settled(), PICTURES);
}

static void written_beside_and_renamed(void **state)
{
    (void)state;
    write_file("scenes/.a.json.1234");
    pass(0);
    pass(SW_SECOND);
    assert_int_equal(taken(), 0);
    move_file("scenes/.a.json.1234", "scenes/a.json");
    pass(0);
    pass(SW_TREE_QUIET_US);
    assert_int_equal(taken(), OTHER);
}

static void what_lies_beside_is_not_told(void **state)
{
    (void)state;
    write_file("scenes/4913");
    assert_int_equal(unlink(in("scenes/4913")), 0);
    write_file("scenes/a.json~");
    write_file("scenes/.a.json.swp");
    write_file(".git/index");
    assert_int_equal(settled(), 0);
}

static void moved_away_and_made_anew_is_one_change(void **state)
{
    (void)state;
    move_file("scenes/a.json", "scenes/a.json~"); /* vim */
    pass(0);
    pass(SW_TREE_QUIET_US);
    assert_int_equal(taken(), 0); /* it may come back */
    write_file("scenes/a.json");
    pass(0);
    pass(SW_TREE_QUIET_US);
    assert_int_equal(taken(), OTHER);
}

static void what_is_gone_for_good_is_told(void **state)
{
    (void)state;
    assert_int_equal(unlink(in("scenes/a.json")), 0);
    pass(0);
    pass(SW_TREE_LOOSE_QUIET_US);
    assert_int_equal(taken(), OTHER);
}

static void cut_and_written_is_waited_for(void **state)
{
    (void)state;
    FILE *file = begin_writing("scenes/a.json", "half");
    write_file("scenes/b.json");
    pass(0);
    assert_true(sw_tree_watch_busy(watch));
    pass(SW_TREE_QUIET_US);
    assert_int_equal(taken(), 0);
    (void)fclose(file);
    pass(0);
    assert_false(sw_tree_watch_busy(watch));
    pass(SW_TREE_QUIET_US);
    assert_int_equal(taken(), OTHER);
}

static void a_writer_that_never_ends_holds_up_nobody(void **state)
{
    (void)state;
    FILE *file = begin_writing("scenes/log.json", "for ever");
    write_file("scenes/b.json");
    pass(0);
    pass(SW_TREE_MOST_US);
    assert_int_equal(taken(), OTHER);
    pass(SW_SECOND);
    assert_false(sw_tree_watch_busy(watch));
    (void)fclose(file);
}

static void an_endless_burst_is_told_all_the_same(void **state)
{
    (void)state;
    int told = 0;
    for (int i = 0; i < 1000; i++) {
        write_file("scenes/a.json");
        pass(SW_TREE_QUIET_US / 3);
        told += taken() != 0;
    }
    assert_in_range(told, 30, 50); /* 4 s of it, each tenth of a second */
    assert_int_equal(settled(), OTHER);
    assert_int_equal(sw_tree_watch_branches(watch), 3);
}

static void folders_are_made_renamed_and_removed(void **state)
{
    (void)state;
    make_folder("scenes/new");
    make_folder("scenes/new/deep");
    assert_int_equal(settled(), SW_TREE_ALL);
    assert_int_equal(sw_tree_watch_branches(watch), 5);
    write_file("scenes/new/deep/scene.json");
    assert_int_equal(settled(), OTHER);
    move_file("scenes/new", "scenes/other");
    assert_int_equal(settled(), SW_TREE_ALL);
    assert_int_equal(sw_tree_watch_branches(watch), 5);
    write_file("scenes/other/deep/scene.json");
    assert_int_equal(settled(), OTHER);
    move_file("scenes/other", "../outside");
    assert_int_equal(settled(), SW_TREE_ALL);
    assert_int_equal(sw_tree_watch_branches(watch), 3);
    write_file("../outside/deep/scene.json");
    assert_int_equal(settled(), 0);
    for (int i = 0; i < 100; i++) {
        make_folder("scenes/brief");
        assert_int_equal(rmdir(in("scenes/brief")), 0);
        pass(SW_MS);
    }
    assert_int_equal(settled(), SW_TREE_ALL);
    assert_int_equal(sw_tree_watch_branches(watch), 3);
}

static void a_link_is_told_and_not_followed(void **state)
{
    (void)state;
    assert_int_equal(symlink("/tmp", in("scenes/link")), 0);
    assert_int_equal(settled(), OTHER);
    assert_int_equal(sw_tree_watch_branches(watch), 3);
}

static void the_folder_goes_and_comes_back(void **state)
{
    (void)state;
    char away[600];
    (void)snprintf(away, sizeof away, "%s/away", base);
    assert_int_equal(rename(place, away), 0);
    assert_int_equal(settled(), SW_TREE_ALL);
    assert_false(sw_tree_watch_told(watch));
    pass(3 * SW_SECOND);
    assert_int_equal(taken(), 0);
    assert_int_equal(rename(away, place), 0);
    pass(SW_TREE_LOOK_US);
    assert_int_equal(settled(), SW_TREE_ALL);
    assert_true(sw_tree_watch_told(watch));
    write_file("scenes/a.json");
    assert_int_equal(settled(), OTHER);
}

static void where_the_kernel_has_no_room_it_is_looked_at(void **state)
{
    (void)state;
    sw_tree_watch_destroy(watch);
    open_watch(2);
    assert_false(sw_tree_watch_told(watch));
    assert_int_equal(sw_tree_watch_end(watch), -1);
    assert_int_equal(settled(), 0);
    FILE *file = begin_writing("scenes/a.json", "something longer");
    (void)fclose(file);
    pass(SW_TREE_LOOK_US);
    pass(SW_TREE_QUIET_US);
    assert_int_equal(taken(), SW_TREE_ALL);
    pass(3 * SW_TREE_LOOK_US);
    assert_int_equal(taken(), 0);
}

static void a_folder_too_many_later_on(void **state)
{
    (void)state;
    sw_tree_watch_destroy(watch);
    open_watch(3);
    assert_true(sw_tree_watch_told(watch));
    make_folder("scenes/more");
    assert_int_equal(settled(), SW_TREE_ALL);
    assert_false(sw_tree_watch_told(watch));
    write_file("scenes/more/scene.json");
    pass(SW_TREE_LOOK_US);
    assert_int_equal(settled(), SW_TREE_ALL);
}

int main(void)
{
    sw_log_init("test", SW_LOG_ERROR);
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(a_save_is_told_when_it_is_quiet),
        CASE(written_beside_and_renamed),
        CASE(what_lies_beside_is_not_told),
        CASE(moved_away_and_made_anew_is_one_change),
        CASE(what_is_gone_for_good_is_told),
        CASE(cut_and_written_is_waited_for),
        CASE(a_writer_that_never_ends_holds_up_nobody),
        CASE(an_endless_burst_is_told_all_the_same),
        CASE(folders_are_made_renamed_and_removed),
        CASE(a_link_is_told_and_not_followed),
        CASE(the_folder_goes_and_comes_back),
        CASE(where_the_kernel_has_no_room_it_is_looked_at),
        CASE(a_folder_too_many_later_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
