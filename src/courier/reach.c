/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/reach.h"

#include <stdio.h>
#include <string.h>

#include "base/arguments.h"
#include "base/fence.h"
#include "base/log.h"
#include "courier/carrier.h"
#include "host/settle.h"

#define CURRENT_MAX 65536 /* bytes of current.json, of which it has a hundred */
#define TURN_MS 1000

struct reach {
    struct sw_host host;
    struct sw_arena arena;
    sw_tick began;
    bool done;
};

static const char *config_of(int count, char *const *arguments)
{
    struct sw_arguments rest = {.items = (const char *const *)arguments, .count = count, .at = 2};
    struct sw_argument argument;
    const char *config = NULL;
    while (sw_arguments_next(&rest, &argument) == SW_ARGUMENT_OK)
        if (argument.name != NULL && strcmp(argument.name, "--config") == 0)
            config = argument.value;
    return config;
}

/* What is wrong with the file the player says. */
static bool knows_whom_to_ask(struct reach *reach, const char *config)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    bool read = sw_host_load(&reach->host, config, &reach->arena, &diags);
    sw_diags_finish(&diags);
    return read && reach->host.base != NULL && sw_host_lacks(&reach->host) == NULL;
}

static bool raise_fence(const struct sw_host *host)
{
    struct sw_fence_place places[2] = {{host->ca, SW_FENCE_READ}};
    for (size_t i = 0; i < host->secret_count && host->access.secret != NULL; i++)
        if (strcmp(host->secrets[i].name, host->access.secret) == 0)
            places[1] = (struct sw_fence_place){host->secrets[i].file, SW_FENCE_READ};
    return sw_fence_raise(SW_FENCE_COURIER, places, SW_COUNT(places));
}

static bool take(void *context, uint64_t at, const void *bytes, size_t length)
{
    (void)context;
    (void)at;
    (void)bytes;
    (void)length;
    return true;
}

static void say(struct reach *reach, const char *level, const char *found, const char *advice)
{
    (void)printf("%s\t%s %s\t%s\n", level, reach->host.base, found, advice);
    reach->done = true;
}

static void done(void *context, const struct sw_fetched *fetched)
{
    struct reach *reach = context;
    char found[512];
    if (fetched->status == SW_FETCH_WHOLE) {
        (void)snprintf(found, sizeof found, "answers within %d ms, and has the wall %s", (int)((sw_tick_now() - reach->began) / SW_MS),
                       reach->host.wall);
        say(reach, "ok", found, "");
    } else if (fetched->status == SW_FETCH_MISSING) {
        (void)snprintf(found, sizeof found, "answers, but has nothing for the wall %s", reach->host.wall);
        say(reach, "problem", found, "is it published (`schauwand publish`), and is that its name? `schauwand setup` asks for it again");
    } else {
        (void)snprintf(found, sizeof found, "is not reached: %s", fetched->fault);
        say(reach, "problem", found, "the wall plays what it has; cable, address, name server, proxy and \"allow\" are what to look at");
    }
}

static void ask(struct reach *reach, struct sw_http *http)
{
    struct sw_carrier *carrier = sw_carrier_create(&reach->host, http);
    struct sw_origin origin = sw_carrier_origin(carrier);
    const struct sw_fetch fetch = {.path = sw_arena_printf(&reach->arena, "walls/%s/current.json", reach->host.wall),
                                   .bytes = CURRENT_MAX,
                                   .take = take,
                                   .done = done,
                                   .context = reach};
    reach->began = sw_tick_now();
    (void)origin.begin(origin.self, &fetch);
    while (!reach->done)
        sw_http_turn(http, NULL, 0, TURN_MS);
    sw_carrier_destroy(carrier);
}

int sw_reach_run(int count, char *const *arguments)
{
    struct reach reach = {.done = false};
    int status = 0;
    sw_log_limit(SW_LOG_ERROR); /* what is said is said once, by the doctor */
    if (knows_whom_to_ask(&reach, config_of(count, arguments))) {
        struct sw_http *http = raise_fence(&reach.host) ? sw_http_create(&reach.host, SW_HTTP_BESIDE) : NULL;
        status = http != NULL ? 0 : 2;
        if (http != NULL)
            ask(&reach, http);
        sw_http_destroy(http);
    }
    sw_arena_finish(&reach.arena);
    return fflush(stdout) == 0 ? status : 2;
}
