/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/subscription.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arguments.h"
#include "base/fence.h"
#include "base/file.h"
#include "host/settle.h"

struct reading {
    struct sw_subscription *subscription;
    const char *command, *config;
    struct sw_host_arguments typed;
    bool fetches;
};

/* Where a wall follows the player has been given the same, and says what is wrong. */
static bool fail(const struct reading *reading, const char *subject, const char *what)
{
    if (reading->fetches)
        (void)fprintf(stderr, "schauwand %s: %s%s%s\n", reading->command, subject, subject[0] != '\0' ? ": " : "", what);
    return false;
}

static bool take(struct reading *reading, const struct sw_argument *argument)
{
    const char *name = argument->name, *value = argument->value;
    if (name == NULL && reading->fetches)
        return fail(reading, value, "no exhibition is wanted here; where the release lies: --from DIR");
    if (name == NULL)
        reading->typed.base = strstr(value, "://") != NULL ? value : reading->typed.base;
    else if (strcmp(name, "--config") == 0)
        reading->config = value;
    else if (strcmp(name, "--wall") == 0)
        reading->typed.wall = value;
    else if (strcmp(name, "--root-key") == 0)
        reading->typed.root_key = value;
    else if (strcmp(name, "--cache") == 0)
        reading->typed.cache = value;
    else if (strcmp(name, "--from") == 0)
        reading->subscription->from = value;
    else if (reading->fetches && strcmp(name, "--since") != 0)
        return fail(reading, name, "is of another command; see --help");
    return true;
}

static bool take_all(struct reading *reading, int count, char *const *arguments)
{
    char fault[256];
    const struct sw_arguments_fault said = {fault, sizeof fault};
    struct sw_arguments rest = {.items = (const char *const *)arguments, .count = count, .at = 2};
    struct sw_argument argument;
    enum sw_argument_status status;
    while ((status = sw_arguments_next(&rest, &argument)) == SW_ARGUMENT_OK)
        if (!take(reading, &argument))
            return false;
    if (status == SW_ARGUMENT_END)
        return true;
    (void)!sw_arguments_refuse(&said, &argument, status);
    return fail(reading, "", fault);
}

static bool read_config(struct reading *reading)
{
    struct sw_diags diags;
    struct sw_subscription *subscription = reading->subscription;
    sw_diags_init(&diags);
    bool read = sw_host_load(&subscription->host, reading->config, &subscription->arena, &diags);
    if (reading->fetches) /* else the player says so */
        sw_diags_print(&diags, stderr);
    sw_diags_finish(&diags);
    if (!read)
        return false;
    sw_log_limit(subscription->host.log);
    const char *fault = sw_host_overrule(&subscription->host, &reading->typed, &subscription->arena);
    return fault == NULL || fail(reading, "", fault);
}

static bool settle(struct reading *reading)
{
    struct sw_subscription *subscription = reading->subscription;
    struct sw_host *host = &subscription->host;
    if (reading->fetches && host->base == NULL)
        host->base = "https://fetch.invalid"; /* nobody is asked */
    const char *lacks = sw_host_lacks(host);
    if (lacks != NULL)
        return fail(reading, "", lacks);
    subscription->store = sw_host_cache(host, &subscription->arena);
    if (subscription->store == NULL)
        return fail(reading, "", "where to keep releases is wanted: --cache DIR, or \"cache\" in the machine's configuration");
    return sw_subscriber_init(&subscription->subscriber, host->wall, host->root_key) || fail(reading, host->root_key, "is no public key");
}

bool sw_subscription_read(struct sw_subscription *subscription, int count, char *const *arguments)
{
    *subscription = (struct sw_subscription){.store = NULL};
    struct reading reading = {.subscription = subscription, .command = arguments[1], .fetches = strcmp(arguments[1], "fetch") == 0};
    if (!take_all(&reading, count, arguments))
        return false;
    if (reading.fetches && subscription->from == NULL)
        return fail(&reading, "", "where the release lies is wanted: --from DIR");
    return read_config(&reading) && settle(&reading);
}

void sw_subscription_finish(struct sw_subscription *subscription) { sw_arena_finish(&subscription->arena); }

bool sw_subscription_fence(const struct sw_subscription *subscription)
{
    struct sw_fence_place places[4];
    const struct sw_host *host = &subscription->host;
    size_t count = 0;
    if (!sw_folder_make(subscription->store, 0700)) {
        (void)fprintf(stderr, "schauwand: %s cannot be made: %s\n", subscription->store, strerror(errno));
        return false;
    }
    places[count++] = (struct sw_fence_place){subscription->store, SW_FENCE_WRITE};
    places[count++] = (struct sw_fence_place){subscription->from, SW_FENCE_READ};
    places[count++] = (struct sw_fence_place){host->ca, SW_FENCE_READ};
    for (size_t i = 0; i < host->secret_count && host->access.secret != NULL && count < SW_COUNT(places); i++)
        if (strcmp(host->secrets[i].name, host->access.secret) == 0)
            places[count++] = (struct sw_fence_place){host->secrets[i].file, SW_FENCE_READ};
    return sw_fence_raise(SW_FENCE_FOLLOWER, places, count);
}
