/* SPDX-License-Identifier: EUPL-1.2 */
/* A wall that follows a folder in memory, on a clock of its own: what tests of src/follow say again and again. After cmocka.h. */
#ifndef SW_TESTS_FOLLOW_WALL_H
#define SW_TESTS_FOLLOW_WALL_H

#include <string.h>
#include <unistd.h>

#include "folder.h"
#include "web.h"

#define WALL_LINES 64
#define WALL_NOW (1796000000 * SW_SECOND)

struct wall {
    struct site site;
    struct site_release releases[3]; /* versions 1..3 */
    struct web web;
    char folder[64];
    struct sw_follow_options options;
    struct sw_follow *follow;
    sw_tick tick;
    sw_instant now;
    char lines[WALL_LINES][SW_FOLLOW_TEXT_MAX + 200]; /* what it said, in order */
    size_t line_count;
};

static inline void wall_say(void *context, enum sw_log_level level, const char *line)
{
    struct wall *wall = context;
    assert_true(wall->line_count < WALL_LINES);
    snprintf(wall->lines[wall->line_count++], sizeof wall->lines[0], "%d %s", (int)level, line);
}

/* How many lines hold `part`. */
static inline int wall_said(const struct wall *wall, const char *part)
{
    int count = 0;
    for (size_t i = 0; i < wall->line_count; i++)
        count += strstr(wall->lines[i], part) != NULL;
    return count;
}

/* Lines of faults. */
static inline int wall_faults(const struct wall *wall)
{
    int count = 0;
    for (size_t i = 0; i < wall->line_count; i++)
        count += wall->lines[i][0] == '0' + SW_LOG_ERROR;
    return count;
}

static inline void wall_begin(struct wall *wall) { wall->follow = sw_follow_create(&wall->options); }

/* Until it rests or waits for somebody who is silent. */
static inline void wall_settle(struct wall *wall)
{
    bool more = true;
    while (more) {
        sw_tick next = sw_follow_step(wall->follow, wall->tick, wall->now);
        more = web_turn(&wall->web) || next <= wall->tick;
    }
}

/* The clock goes on to the next look, and that runs its course. Returns how long that was. */
static inline int64_t wall_next(struct wall *wall)
{
    sw_tick before = wall->tick, next = sw_follow_step(wall->follow, wall->tick, wall->now);
    assert_true(next > before && next != SW_NEVER);
    wall->tick = next;
    wall->now += next - before;
    wall_settle(wall);
    return next - before;
}

/* The version of the release that would play, every byte of it compared; 0: none. */
static inline int64_t wall_plays(struct wall *wall) { return site_played(&wall->site, wall->folder); }

static inline const char *wall_fault(const struct wall *wall) { return sw_follow_view(wall->follow)->fault; }

/* Publishes all of a version. */
static inline void wall_publish(struct wall *wall, int64_t version)
{
    web_put_release(&wall->web, &wall->releases[version - 1]);
    web_put_current(&wall->web, "foyer", version, 0, 1);
}

/* Makes the newest generation the one that plays, as a follower does when the player says so. */
static inline void wall_select_newest(struct wall *wall)
{
    enum sw_store_status status;
    int64_t *numbers;
    size_t count;
    struct sw_start start;
    struct sw_diags diags;
    struct sw_store *store = sw_follow_hold(wall->follow, &status);
    assert_non_null(store);
    assert_int_equal(sw_generation_list(store, &numbers, &count), SW_STORE_OK);
    assert_true(count > 0);
    sw_diags_init(&diags);
    assert_int_equal(sw_start_try(store, &wall->site.host, numbers[0], &start, &diags), SW_STORE_OK);
    assert_int_equal(sw_generation_select(store, numbers[0], &start.manifest.statement), SW_STORE_OK);
    sw_start_finish(&start);
    sw_diags_finish(&diags);
    free(numbers);
    sw_follow_let_go(wall->follow);
}

/* In setup: release 1 is published. */
static inline int wall_enter(void **state)
{
    static struct wall wall;
    memset(&wall, 0, sizeof wall);
    site_init(&wall.site);
    for (size_t i = 0; i < SW_COUNT(wall.releases); i++)
        site_release_init(&wall.site, &wall.releases[i], (int64_t)i + 1);
    web_init(&wall.web);
    web_put_keys(&wall.web, 1, wall.site.keys, wall.site.keys_signature);
    wall_publish(&wall, 1);
    folder_make(wall.folder, sizeof wall.folder);
    wall.tick = 1000 * SW_SECOND;
    wall.now = WALL_NOW;
    wall.options = (struct sw_follow_options){.store = wall.folder,
                                              .subscriber = wall.site.host,
                                              .origin = web_origin(&wall.web),
                                              .poll = 10 * SW_SECOND,
                                              .chance = 1,
                                              .say = wall_say,
                                              .context = &wall};
    *state = &wall;
    return 0;
}

static inline int wall_leave(void **state)
{
    struct wall *wall = *state;
    sw_follow_destroy(wall->follow);
    for (size_t i = 0; i < SW_COUNT(wall->releases); i++)
        site_release_finish(&wall->releases[i]);
    web_finish(&wall->web);
    site_finish(&wall->site);
    folder_remove(wall->folder);
    return 0;
}

#define AT_WALL(test) cmocka_unit_test_setup_teardown(test, wall_enter, wall_leave)

#endif
