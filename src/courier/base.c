/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/base.h"

#include "courier/http.h"

bool sw_base_reaches(const struct sw_host *host, const struct sw_request *request)
{
    return host->base != NULL || !sw_request_is_relative(request);
}

const char *sw_base_resolve(const struct sw_host *host, const struct sw_request *request, const char *address, struct sw_arena *arena)
{
    char url[4096];
    if (!sw_request_is_relative(request) || !sw_http_resolve(sw_arena_printf(arena, "%s/", host->base), address, url, sizeof url))
        return address;
    return sw_arena_strdup(arena, url);
}

struct sw_auth sw_base_auth(const struct sw_host_access *access)
{
    if (access->secret == NULL)
        return (struct sw_auth){.kind = SW_AUTH_NONE};
    if (access->user == NULL)
        return (struct sw_auth){.kind = SW_AUTH_BEARER, .first = access->secret};
    return (struct sw_auth){.kind = SW_AUTH_BASIC, .second = access->secret};
}
