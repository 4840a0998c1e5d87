/* SPDX-License-Identifier: EUPL-1.2 */
/* Takes secrets out of what is written down: a server may repeat in its answer what it was asked with. Each secret of a request is looked
 * for as it is, as URLs and JSON write it, and user and password as HTTP sends them. Main thread. */
#ifndef SW_COURIER_CONCEAL_H
#define SW_COURIER_CONCEAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/must.h"
#include "host/host.h"
#include "exhibition/source.h"

#define SW_CONCEAL_FORMS_MAX 32
#define SW_CONCEAL_LEAST 4 /* bytes: what is shorter stands anywhere */
#define SW_CONCEALED "***"

struct sw_conceal {
    char *forms[SW_CONCEAL_FORMS_MAX]; /* owned; wiped by finish */
    size_t count;
};

void sw_conceal_finish(struct sw_conceal *conceal); /* a zeroed one is empty */
/* The secrets that `auth` names, as far as they can be read. */
void sw_conceal_add_auth(struct sw_conceal *conceal, const struct sw_host *host, const struct sw_auth *auth);
/* What the server of the host's base is told, likewise. */
void sw_conceal_add_access(struct sw_conceal *conceal, const struct sw_host *host);
/* One more: a token that was granted. What does not fit any more, or is too short, is passed over. */
void sw_conceal_add(struct sw_conceal *conceal, const char *secret);
/* A copy of `bytes` with SW_CONCEALED in the place of every secret, NUL-terminated, the caller's to free(); *length is made its own.
 * *found: there was one. */
char *sw_conceal_copy(const struct sw_conceal *conceal, const char *bytes, size_t *length, bool *found) SW_MUST;

#endif
