/* SPDX-License-Identifier: EUPL-1.2 */
/* The published folder that this machine follows, as sources see it whose address is relative to it: where they are, and who asks. */
#ifndef SW_COURIER_BASE_H
#define SW_COURIER_BASE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/must.h"
#include "exhibition/source.h"
#include "host/host.h"

/* Whether it is known where to ask: at a server that the request names, or there is a base. */
bool sw_base_reaches(const struct sw_host *host, const struct sw_request *request);
/* `address` (sw_request_address of one that is reached) as an absolute URL. Of the arena, or `address` itself. */
const char *sw_base_resolve(const struct sw_host *host, const struct sw_request *request, const char *address,
                            struct sw_arena *arena) SW_MUST;
/* What the base's server is told by `access` of the host's configuration; a user's name goes beside it (struct sw_http_request). */
struct sw_auth sw_base_auth(const struct sw_host_access *access);

#endif
