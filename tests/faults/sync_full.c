/* SPDX-License-Identifier: EUPL-1.2 */
/* The disk is full (full.h) while a wall follows to a release: from the beginning, or from the moment on when objects come. The old release
 * plays, or the new one does, and it is said. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "follow/keeper.h"
#include "full.h"
#include "web.h"

static struct web web;

static void say(void *context, enum sw_log_level level, const char *line)
{
    struct full *full = context;
    if (level <= SW_LOG_ERROR)
        (void)snprintf(full->said, sizeof full->said, "%s", line);
}

static void publish(const struct full *full, int64_t version)
{
    web_finish(&web);
    web_init(&web);
    web_put_keys(&web, 1, full->site.keys, full->site.keys_signature);
    web_put_release(&web, &full->releases[version - 1]);
    web_put_current(&web, "foyer", version, 0, 1);
}

/* One look and all that follows; the options hold from the moment on when an object comes. True: all of it is there, and plays. */
static bool follow(struct full *full, const char *options)
{
    struct sw_follow_options wanted = {
        .store = full->folder, .subscriber = full->site.host, .origin = web_origin(&web), .say = say, .context = full};
    struct sw_follow *engine = sw_follow_create(&wanted);
    struct sw_keeper *keeper = sw_keeper_create(engine);
    full->said[0] = '\0';
    do {
        (void)sw_follow_step(engine, 1, 1796000000 * SW_SECOND);
        if (options != NULL && web_asked(&web, "objects/") > 1) {
            (void)full_remount(full, options); /* less than is used already: it stays as it is */
            options = NULL;
        }
        (void)web_turn(&web);
    } while (!sw_follow_rests(engine));
    bool done = sw_follow_view(engine)->fault[0] == '\0' && sw_keeper_step(keeper);
    if (done) {
        sw_keeper_plays(keeper, sw_keeper_offer(keeper)->number, 0);
        done = sw_keeper_step(keeper);
    }
    sw_keeper_destroy(keeper);
    sw_follow_destroy(engine);
    return done;
}

static void bring_first(struct full *full)
{
    publish(full, 1);
    full_must(full, follow(full, NULL), "release 1 is brought");
    publish(full, 2);
}

static bool bring_second(struct full *full, const char *options, bool meanwhile)
{
    full_must(full, options == NULL || meanwhile || full_remount(full, options), "remount");
    bool came = follow(full, meanwhile ? options : NULL);
    full_must(full, came || full->said[0] != '\0', "it says so");
    return came;
}

int main(void)
{
    static struct full full = {.first = bring_first, .second = bring_second};
    int status = full_run(&full);
    web_finish(&web);
    return status;
}
