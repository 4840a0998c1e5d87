/* SPDX-License-Identifier: EUPL-1.2 */
#include "player/follow.h"

#include <stdio.h>
#include <string.h>

#include "base/arguments.h"
#include "base/diag.h"
#include "base/link.h"
#include "base/log.h"
#include "host/settle.h"
#include "player/check/memo.h"
#include "render/output.h"

/* What is wrong with the file is said here and by none of those who read it beside this one. */
static bool load(struct sw_host *host, const struct sw_options *options, bool follows, struct sw_arena *arena)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    bool good = sw_host_load(host, options->config, arena, &diags) || !follows;
    sw_diags_print(&diags, stderr);
    sw_diags_finish(&diags);
    return good;
}

/* Who plays for people, as it is now and to no end, writes down what is shown, and keeps what it is told. */
static bool is_wall(const struct sw_options *options)
{
    bool ends = options->duration > 0 || (options->shot != NULL && options->every == 0);
    bool seen = !options->window && !options->offscreen && sw_output_display_named();
    return options->command == SW_COMMAND_PLAY && !ends && seen && options->at == NULL;
}

/* A folder for each thing that a wall keeps, so that nothing else needs to be within the player's reach. */
static const char *usual(const struct sw_host *host, const char *name, struct sw_arena *arena)
{
    const char *state = sw_host_state(host, arena);
    return state != NULL ? sw_arena_printf(arena, "%s/%s", state, name) : NULL;
}

bool sw_follow_settle(struct sw_options *options, struct sw_arena *arena, const char **fault)
{
    struct sw_host host = {.base = NULL};
    if (options->command == SW_COMMAND_CHECK && options->full && options->cache == NULL)
        options->cache = sw_memo_usual_folder(arena);
    if (options->command != SW_COMMAND_PLAY && options->command != SW_COMMAND_RENDER)
        return true;
    bool follows = options->command == SW_COMMAND_PLAY && sw_arguments_follow(options->exhibition, options->config);
    if (!load(&host, options, follows, arena)) {
        *fault = "what this machine's operator has decided cannot be read";
        return false;
    }
    options->call = host.call;
    if (options->plays == NULL && is_wall(options))
        options->plays = usual(&host, "plays", arena);
    if (options->told == NULL && is_wall(options))
        options->told = usual(&host, "told", arena);
    sw_log_limit(host.log);
    (void)!sw_link_send(SW_LINK_FD, (struct sw_link_message){.type = SW_LINK_LOG, .number = host.log}, -1);
    if (!follows)
        return true;
    const struct sw_host_arguments arguments = {
        .base = options->exhibition, .wall = options->wall, .root_key = options->root_key, .cache = options->cache};
    *fault = sw_host_overrule(&host, &arguments, arena);
    if (*fault == NULL)
        *fault = sw_host_lacks(&host);
    if (*fault != NULL)
        return false;
    options->follows = true;
    options->wall = host.wall;
    options->followed = (struct sw_followed){.cache = sw_host_cache(&host, arena), .wall = host.wall, .root_key = host.root_key};
    *fault = options->followed.cache == NULL ? "there is no place to keep releases: --cache DIR is wanted" : NULL;
    return *fault == NULL;
}
