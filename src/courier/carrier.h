/* SPDX-License-Identifier: EUPL-1.2 */
/* A published folder on a web server, as an origin: what follow/origin.h asks for, by HTTP. Files come as they lie there, never
 * packed; a part must be the part that was asked for; redirects stay with the same host. An answer that is something else is no answer.
 * Parts are not asked for under a condition (If-Range): files are named by their hashes, so that nothing that is resumed can have changed,
 * and two servers of one address may well have another ETag for it. Main thread. */
#ifndef SW_COURIER_CARRIER_H
#define SW_COURIER_CARRIER_H

#include "courier/http.h"
#include "follow/origin.h"

#define SW_CARRIER_BESIDE 6 /* connections: four objects, and what is asked meanwhile */

struct sw_carrier;

/* Of host->base, with host->access. `host` and `http` must outlive it. */
struct sw_carrier *sw_carrier_create(const struct sw_host *host, struct sw_http *http) SW_MUST;
void sw_carrier_destroy(struct sw_carrier *carrier); /* what is under way is cancelled. Accepts NULL */
struct sw_origin sw_carrier_origin(struct sw_carrier *carrier);

#endif
