/* SPDX-License-Identifier: EUPL-1.2 */
#include "host/settle.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/state.h"
#include "host/judge.h"
#include "json/schema.h"

/* An argument's path as the file would have it. */
static const char *absolute(const char *path, struct sw_arena *arena)
{
    char folder[PATH_MAX];
    if (path[0] == '/')
        return path;
    return getcwd(folder, sizeof folder) != NULL ? sw_arena_printf(arena, "%s/%s", folder, path) : NULL;
}

static const char *judge(const struct sw_host *host, const struct sw_host_arguments *arguments)
{
    const char *fault = NULL;
    if (arguments->base != NULL)
        fault = sw_judge_base(arguments->base);
    if (fault == NULL && arguments->base != NULL)
        fault = sw_judge_plain(arguments->base, host->allow, host->allow_count);
    if (fault == NULL && arguments->wall != NULL && !sw_id_valid(arguments->wall))
        fault = "--wall: an id is wanted: a-z, 0-9 and \"-\"";
    if (fault == NULL && arguments->root_key != NULL && sw_judge_root_key(arguments->root_key) != NULL)
        fault = "--root-key: a public key of 56 characters is wanted, \"RW...\": the line \"root\" of `schauwand keys`";
    if (fault == NULL && arguments->cache != NULL && arguments->cache[0] == '\0')
        fault = "--cache: a folder is wanted";
    return fault;
}

const char *sw_host_overrule(struct sw_host *host, const struct sw_host_arguments *arguments, struct sw_arena *arena)
{
    const char *fault = judge(host, arguments);
    const char *cache = fault == NULL && arguments->cache != NULL ? absolute(arguments->cache, arena) : NULL;
    if (fault == NULL && arguments->cache != NULL && cache == NULL)
        fault = "--cache: an absolute path is wanted, as the working folder is gone";
    if (fault != NULL)
        return fault;
    if (arguments->base != NULL)
        host->base = sw_base_trim(arguments->base, arena);
    if (arguments->wall != NULL)
        host->wall = sw_arena_strdup(arena, arguments->wall);
    if (arguments->root_key != NULL)
        host->root_key = sw_arena_strdup(arena, arguments->root_key);
    if (cache != NULL)
        host->cache = sw_arena_strdup(arena, cache);
    return NULL;
}

const char *sw_host_lacks(const struct sw_host *host)
{
    if (host->base == NULL)
        return "which exhibition is wanted: its address as argument, or \"base\" in the machine's configuration";
    if (host->wall == NULL)
        return "which wall this is, is wanted: --wall, or \"wall\" in the machine's configuration";
    if (host->root_key == NULL)
        return "whose releases to trust is wanted: --root-key, or \"root_key\" in the machine's configuration";
    return NULL;
}

const char *sw_host_state(const struct sw_host *host, struct sw_arena *arena)
{
    char usual[PATH_MAX];
    if (host->state != NULL)
        return host->state;
    return sw_state_path("", usual, sizeof usual) ? sw_arena_strdup(arena, usual) : NULL;
}

const char *sw_host_cache(const struct sw_host *host, struct sw_arena *arena)
{
    const char *state = host->cache == NULL ? sw_host_state(host, arena) : NULL;
    if (host->cache != NULL)
        return host->cache;
    return state != NULL ? sw_arena_printf(arena, "%s/cache", state) : NULL;
}
