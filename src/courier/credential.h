/* SPDX-License-Identifier: EUPL-1.2 */
/* A request's credentials: secrets from the host's files into libcurl's handle, and nowhere else. Main thread. */
#ifndef SW_COURIER_CREDENTIAL_H
#define SW_COURIER_CREDENTIAL_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/must.h"
#include "host/host.h"
#include "exhibition/source.h"

#define SW_CREDENTIAL_FAULT_MAX 160

/* One request, as it is set up; all the caller's. */
struct sw_credential {
    CURL *easy;
    const char *url, *token;  /* token: of OAUTH2; NULL: none, then none is sent */
    const char *user;         /* of BASIC, as it stands; NULL: a secret is */
    struct curl_slist *lines; /* headers: more may come to them */
    char fault[SW_CREDENTIAL_FAULT_MAX];
};

/* False: a secret is not there, or may be read by others; the fault names it (its name is none). */
bool sw_credential_use(struct sw_credential *credential, const struct sw_host *host, const struct sw_auth *auth) SW_MUST;
/* `lines` with one more, "name: value"; one that is too long is left out. */
struct curl_slist *sw_credential_line(struct curl_slist *lines, const char *name, const char *value) SW_MUST;

#endif
