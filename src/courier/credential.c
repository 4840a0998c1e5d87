/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/credential.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct curl_slist *sw_credential_line(struct curl_slist *lines, const char *name, const char *value)
{
    char line[1024 + SW_SECRET_MAX];
    int length = snprintf(line, sizeof line, "%s: %s", name, value);
    if (length > 0 && (size_t)length < sizeof line)
        lines = curl_slist_append(lines, line);
    sw_host_wipe(line, sizeof line);
    return lines;
}

static bool lack(struct sw_credential *credential, const char *name, const char *why)
{
    snprintf(credential->fault, sizeof credential->fault, "secret \"%s\": %s", name, why);
    return false;
}

static bool read_secret(struct sw_credential *credential, const struct sw_host *host, const char *name, char *secret)
{
    const char *why = sw_host_secret(host, name, secret);
    return why == NULL || lack(credential, name, why);
}

static bool use_basic(struct sw_credential *credential, const struct sw_host *host, const struct sw_auth *auth, char *secret)
{
    if (credential->user == NULL && !read_secret(credential, host, auth->first, secret))
        return false;
    curl_easy_setopt(credential->easy, CURLOPT_USERNAME, credential->user != NULL ? credential->user : secret);
    if (!read_secret(credential, host, auth->second, secret))
        return false;
    curl_easy_setopt(credential->easy, CURLOPT_PASSWORD, secret);
    curl_easy_setopt(credential->easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    return true;
}

static bool use_bearer(struct sw_credential *credential, const char *token)
{
    curl_easy_setopt(credential->easy, CURLOPT_XOAUTH2_BEARER, token);
    curl_easy_setopt(credential->easy, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
    return true;
}

static bool use_header(struct sw_credential *credential, const char *name, const char *secret)
{
    credential->lines = sw_credential_line(credential->lines, name, secret);
    return true;
}

static bool use_query(struct sw_credential *credential, const char *name, const char *secret)
{
    char *escaped = curl_easy_escape(credential->easy, secret, 0);
    size_t size = strlen(credential->url) + strlen(name) + strlen(escaped) + 4;
    char *url = sw_alloc(size);
    snprintf(url, size, "%s%c%s=%s", credential->url, strchr(credential->url, '?') != NULL ? '&' : '?', name, escaped);
    curl_easy_setopt(credential->easy, CURLOPT_URL, url);
    free(url);
    curl_free(escaped);
    return true;
}

static bool use_certificate(struct sw_credential *credential, const struct sw_host *host, const struct sw_auth *auth)
{
    const char *why = NULL;
    const char *certificate = sw_host_secret_file(host, auth->first, &why);
    if (certificate == NULL)
        return lack(credential, auth->first, why);
    const char *key = sw_host_secret_file(host, auth->second, &why);
    if (key == NULL)
        return lack(credential, auth->second, why);
    curl_easy_setopt(credential->easy, CURLOPT_SSLCERT, certificate);
    curl_easy_setopt(credential->easy, CURLOPT_SSLKEY, key);
    return true;
}

static bool use(struct sw_credential *credential, const struct sw_host *host, const struct sw_auth *auth, char *secret)
{
    switch (auth->kind) {
    case SW_AUTH_NONE: return true;
    case SW_AUTH_BASIC: return use_basic(credential, host, auth, secret);
    case SW_AUTH_BEARER: return read_secret(credential, host, auth->first, secret) && use_bearer(credential, secret);
    case SW_AUTH_HEADER: return read_secret(credential, host, auth->first, secret) && use_header(credential, auth->name, secret);
    case SW_AUTH_QUERY: return read_secret(credential, host, auth->first, secret) && use_query(credential, auth->name, secret);
    case SW_AUTH_CERTIFICATE: return use_certificate(credential, host, auth);
    case SW_AUTH_OAUTH2: return credential->token == NULL || use_bearer(credential, credential->token);
    }
    return true;
}

bool sw_credential_use(struct sw_credential *credential, const struct sw_host *host, const struct sw_auth *auth)
{
    char secret[SW_SECRET_MAX + 1];
    bool good = use(credential, host, auth, secret);
    sw_host_wipe(secret, sizeof secret);
    return good;
}
