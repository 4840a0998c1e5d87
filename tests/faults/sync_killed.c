/* SPDX-License-Identifier: EUPL-1.2 */
/* usage: sync-killed PUBLISHED WALL ROOT_KEY STORE CALL
 *
 * A wall brings the newest release of a published folder into its store and says that it plays, as a real follower does, and is killed
 * right behind the CALL-th call of the file system (0: never). Ends with 0 where there is no such call, 1 where it could not be brought.
 * What a wall starts with after that is left in STORE (tests/bench/states.py). */
#include <stdio.h>
#include <stdlib.h>

#include "follow/folder.h"
#include "follow/follow.h"
#include "follow/keeper.h"
#include "wrapped.h"

static void say(void *context, enum sw_log_level level, const char *line)
{
    (void)context;
    if (level <= SW_LOG_ERROR)
        (void)fprintf(stderr, "sync-killed: %s\n", line);
}

/* All that is published, then the player's word that it plays, and that it does so well. */
static bool bring(const struct sw_follow_options *options, struct sw_folder *folder)
{
    struct sw_follow *follow = sw_follow_create(options);
    struct sw_keeper *keeper = sw_keeper_create(follow);
    do {
        (void)sw_follow_step(follow, sw_tick_now(), sw_instant_now());
        (void)sw_folder_turn(folder);
    } while (!sw_follow_rests(follow));
    bool done = sw_follow_view(follow)->fault[0] == '\0' && sw_keeper_step(keeper);
    int64_t number = sw_keeper_offer(keeper)->number;
    if (number > 0) {
        sw_keeper_plays(keeper, number, 0);
        sw_keeper_good(keeper, number);
        done = sw_keeper_step(keeper) && done;
    }
    sw_keeper_destroy(keeper);
    sw_follow_destroy(follow);
    return done && number > 0;
}

int main(int count, char **arguments)
{
    enum sw_file_status status;
    if (count != 6 || !sw_crypto_start()) {
        (void)fputs("usage: sync-killed PUBLISHED WALL ROOT_KEY STORE CALL\n", stderr);
        return 2;
    }
    struct sw_follow_options options = {.store = arguments[4], .subscriber = {.wall = arguments[2]}, .say = say};
    struct sw_folder *folder = sw_folder_create(arguments[1], &status);
    if (folder == NULL || !sw_public_key_parse(arguments[3], &options.subscriber.pin) ||
        !sw_program_version_parse(SW_VERSION, options.subscriber.program))
        return 2;
    long call = strtol(arguments[5], NULL, 10);
    options.origin = sw_folder_origin(folder);
    if (call > 0)
        wrapped_start(WRAPPED_FILES, WRAPPED_KILL_AFTER, call, 0);
    bool done = bring(&options, folder);
    (void)wrapped_stop();
    sw_folder_destroy(folder);
    return done ? 0 : 1;
}
