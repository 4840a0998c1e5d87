/* SPDX-License-Identifier: EUPL-1.2 */
/* What this machine's operator has decided, apart from any exhibition: whether the network may be used, which inner addresses may be asked,
 * where secrets lie. A JSON file of the host: /etc/schauwand/host.json or the one of `--host`. Immutable once loaded. */
#ifndef SW_COURIER_HOST_H
#define SW_COURIER_HOST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/must.h"
#include "courier/address.h"

#define SW_HOST_FILE "/etc/schauwand/host.json"
#define SW_SECRET_MAX ((size_t)16 << 10)

struct sw_secret {
    const char *name, *file; /* absolute */
};

struct sw_host {
    bool live; /* sources may be asked; else samples are shown */
    struct sw_allow allow[SW_ALLOW_MAX];
    size_t allow_count;
    const struct sw_secret *secrets;
    size_t secret_count;
    const char *proxy, *ca, *contact, *state; /* NULL: none; `ca`: a PEM file; `state`: a folder */
};

/* Reads `path` (NULL: SW_HOST_FILE, which may be absent) into *host, its strings of `arena`. False: it is there but faulty, or it was asked
 * for and is not there: the faults say so, and *host is as without a file. */
bool sw_host_load(struct sw_host *host, const char *path, struct sw_arena *arena, struct sw_diags *diags) SW_MUST;

/* The first line of a secret, of the caller's buffer of SW_SECRET_MAX + 1 bytes, which is wiped where this fails. NULL, or else why not:
 * there is none of that name, its file may be read by others (its mode must be 0600 or stricter), is empty or too large. */
const char *sw_host_secret(const struct sw_host *host, const char *name, char *out) SW_MUST;
/* The path of a secret that a library reads itself (a key), under the same rules; *why where NULL. */
const char *sw_host_secret_file(const struct sw_host *host, const char *name, const char **why) SW_MUST;

/* Forgets a secret in the caller's memory. */
void sw_host_wipe(char *bytes, size_t length);

#endif
