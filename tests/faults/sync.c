/* SPDX-License-Identifier: EUPL-1.2 */
/* A wall follows a published folder (in memory), while every single call of the system fails, once and from then on, or is the last one
 * before a kill -9: its first release, and the next one, which shares files with it. Whatever happens, what plays is the old release or the
 * new one, whole; what was not done has been said; and the next try without faults brings the new one. Each try is a process. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "follow/keeper.h"
#include "tries.h"
#include "web.h"

#define SILENT 99 /* not all was brought, and nobody said why */

struct scene {
    struct site site;
    struct site_release releases[2];
    struct web web;
    int64_t published; /* the version */
    bool said;         /* a fault */
};

static void say(void *context, enum sw_log_level level, const char *line)
{
    (void)line;
    ((struct scene *)context)->said = ((struct scene *)context)->said || level <= SW_LOG_ERROR;
}

static void publish(struct scene *scene, int64_t version)
{
    scene->published = version;
    web_finish(&scene->web);
    web_init(&scene->web);
    web_put_keys(&scene->web, 1, scene->site.keys, scene->site.keys_signature);
    web_put_release(&scene->web, &scene->releases[version - 1]);
    web_put_playlists(&scene->web, &scene->site, version, "x");
    web_put_current(&scene->web, "foyer", version, version, 1);
}

/* One look, all that follows from it, and the player's playing it. True: all of it was done; else it was said, or all ends here. */
static bool follow(void *context)
{
    const struct tries *tries = context;
    struct scene *scene = tries->context;
    struct sw_follow_options options = {.store = tries->folder,
                                        .subscriber = scene->site.host,
                                        .origin = web_origin(&scene->web),
                                        .quota = (uint64_t)1 << 40,
                                        .say = say,
                                        .context = scene};
    struct sw_follow *engine = sw_follow_create(&options);
    struct sw_keeper *keeper = sw_keeper_create(engine);
    scene->said = false;
    do {
        (void)sw_follow_step(engine, 1, 1796000000 * SW_SECOND);
        (void)web_turn(&scene->web);
    } while (!sw_follow_rests(engine));
    bool done = sw_follow_view(engine)->fault[0] == '\0', kept = sw_keeper_step(keeper);
    const struct sw_offer offer = *sw_keeper_offer(keeper);
    if (offer.number > 0) {
        sw_keeper_plays(keeper, offer.number, 0);
        sw_keeper_good(keeper, offer.number);
        kept = sw_keeper_step(keeper) && kept;
    }
    bool said = scene->said, plays = offer.number > 0 && offer.version == scene->published;
    sw_keeper_destroy(keeper);
    sw_follow_destroy(engine);
    if (!done && !said)
        exit(SILENT);
    return done && kept && plays;
}

static void prepare(struct tries *tries)
{
    struct scene *scene = tries->context;
    if (tries->old > 0) {
        publish(scene, tries->old);
        assert_true(follow(tries));
        assert_int_equal(site_played(&scene->site, tries->folder), tries->old);
    }
    enum sw_store_status status;
    uint64_t have; /* a file that is half here already */
    struct sw_store *store = sw_store_open(tries->folder, SW_STORE_WRITE, &status);
    assert_non_null(store);
    struct sw_incoming *incoming = sw_incoming_begin(store, &scene->releases[1].files[5].object, &have, &status);
    assert_non_null(incoming);
    assert_int_equal(sw_incoming_add(incoming, scene->releases[1].bytes[5], 1000), SW_STORE_OK);
    sw_incoming_leave(incoming);
    sw_store_close(store);
    publish(scene, 2);
}

int main(int count, char **arguments)
{
    static struct scene scene;
    static struct tries first = {.name = "first release", .site = &scene.site, .prepare = prepare, .bring = follow, .context = &scene};
    static struct tries next = {
        .name = "next release", .site = &scene.site, .old = 1, .prepare = prepare, .bring = follow, .context = &scene};
#define BOTH(test) cmocka_unit_test_prestate(test, &first), cmocka_unit_test_prestate(test, &next)
    const struct CMUnitTest tests[] = {BOTH(tries_killed), BOTH(tries_failing)};
    const struct CMUnitTest nightly[] = {BOTH(tries_failing_otherwise), BOTH(tries_memory)};
    if (!sw_crypto_start())
        return 1;
    site_init(&scene.site);
    for (int i = 0; i < 2; i++)
        site_release_init(&scene.site, &scene.releases[i], i + 1);
    bool night = count > 1 && strcmp(arguments[1], "--nightly") == 0;
    int failed = night ? cmocka_run_group_tests(nightly, NULL, NULL) : cmocka_run_group_tests(tests, NULL, NULL);
    for (int i = 0; i < 2; i++)
        site_release_finish(&scene.releases[i]);
    web_finish(&scene.web);
    site_finish(&scene.site);
    return failed;
}
