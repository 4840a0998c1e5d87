/* SPDX-License-Identifier: EUPL-1.2 */
/* What this machine's operator has decided, apart from any exhibition: which published wall it is, where secrets lie and what is kept,
 * which addresses of the house may be asked, whom to call. A JSON file of the machine: /etc/schauwand/wall.json or the one of `--config`.
 * Immutable once loaded. */
#ifndef SW_HOST_HOST_H
#define SW_HOST_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/log.h"
#include "base/must.h"
#include "host/address.h"

#define SW_HOST_FILE "/etc/schauwand/wall.json"
#define SW_HOST_BYTES_MAX ((size_t)256 << 10)
#define SW_HOST_POLL (10 * SW_SECOND)
#define SW_SECRET_MAX ((size_t)16 << 10)

struct sw_secret {
    const char *name, *file; /* absolute */
};

/* What the server of `base` wants to be told: a user with a password, or without a user a token. */
struct sw_host_access {
    const char *user;   /* NULL: `secret` is a token (Bearer) */
    const char *secret; /* a name among the secrets; NULL: nothing is told */
};

struct sw_host {
    /* the published exhibition; NULL: not said */
    const char *base;     /* "https://...", without a '/' at its end */
    const char *wall;     /* an id */
    const char *root_key; /* the public key as text, "RW..." */
    struct sw_host_access access;
    int64_t poll;      /* between two questions for something new, microseconds */
    const char *cache; /* absolute; NULL: see sw_host_cache */
    int64_t quota;     /* bytes that releases may take; 0: as many as there are */
    /* sources */
    bool live; /* they may be asked; else samples are shown */
    struct sw_allow allow[SW_ALLOW_MAX];
    size_t allow_count;
    /* both */
    const struct sw_secret *secrets;
    size_t secret_count;
    const char *proxy, *ca, *contact, *state; /* NULL: none; `ca`: a PEM file; `state`: a folder, see sw_host_state */
    const char *call;                         /* whom to call, for the card; NULL: not said */
    enum sw_log_level log;                    /* the most that is written; SW_LOG_INFO where it is not said */
};

/* Reads `path` (NULL: SW_HOST_FILE, which may be absent) into *host, its strings of `arena`. False: it is there but faulty, or it was asked
 * for and is not there: the faults say so, and *host is as without a file. */
bool sw_host_load(struct sw_host *host, const char *path, struct sw_arena *arena, struct sw_diags *diags) SW_MUST;
/* The same of bytes that stand for the file `name`. */
bool sw_host_read(struct sw_host *host, const char *bytes, size_t length, const char *name, struct sw_arena *arena, struct sw_diags *diags)
    SW_MUST;

/* The first line of a secret, of the caller's buffer of SW_SECRET_MAX + 1 bytes, which is wiped where this fails. NULL, or else why not:
 * there is none of that name, its file may be read by others (its mode must be 0600 or stricter), is empty or too large. */
const char *sw_host_secret(const struct sw_host *host, const char *name, char *out) SW_MUST;
/* The path of a secret that a library reads itself (a key), under the same rules; *why where NULL. */
const char *sw_host_secret_file(const struct sw_host *host, const char *name, const char **why) SW_MUST;

/* Forgets a secret in the caller's memory. */
void sw_host_wipe(char *bytes, size_t length);

#endif
