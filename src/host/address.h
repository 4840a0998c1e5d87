/* SPDX-License-Identifier: EUPL-1.2 */
/* Where requests may go. An exhibition names addresses, but only the host's own configuration may open the house's network to them: what
 * is not public (RFC 6890 and its heirs) is refused, judged by the address that was resolved, not by the name. Pure. */
#ifndef SW_HOST_ADDRESS_H
#define SW_HOST_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "base/tick.h"

struct sockaddr;

#define SW_ALLOW_MAX 64
/* Between two requests for one source, whatever it wishes; an entry of the host's list may say less for an address of its house, but not
 * less than SW_LEAST_ALLOWED. */
#define SW_LEAST_USUAL (5 * SW_SECOND)
#define SW_LEAST_ALLOWED SW_SECOND

/* An entry of the host's list: "broker.city.lan", "127.0.0.1:8080", "10.1.0.0/16", "[fd00::1]:8443". */
struct sw_allow {
    char host[256];    /* in lower case; "" for a network */
    uint8_t bytes[16]; /* of a network or numeric host, IPv4 as ::ffff:a.b.c.d */
    int prefix;        /* bits; -1: a name */
    int port;          /* 0: any */
    int64_t least;     /* between two requests for one source there; 0: as usual. Not of the text */
};

/* False: `text` is none of these. */
bool sw_allow_parse(const char *text, struct sw_allow *out) SW_MUST;

/* A request's target as its URL has it. */
struct sw_target {
    bool https;
    char host[256]; /* in lower case, without brackets */
    int port;
    char origin[300]; /* "https://host:port": what credentials and connections belong to */
};
/* False where the URL is not absolute, neither http nor https, or has a user, a space or a control character in it; *why says what. */
bool sw_target_parse(const char *url, struct sw_target *out, const char **why) SW_MUST;

/* Whether the list names the target itself: then http and addresses that are not public are fine for it. */
bool sw_allow_has_target(const struct sw_allow *list, size_t count, const struct sw_target *target);
/* The shortest `least` of those entries that name the target; 0: none says. */
int64_t sw_allow_least(const struct sw_allow *list, size_t count, const struct sw_target *target);
/* Whether a connection to this resolved address may be opened: it is public, or within a network of the list, or `named`. */
bool sw_address_allowed(const struct sw_allow *list, size_t count, bool named, const struct sockaddr *address);

#endif
