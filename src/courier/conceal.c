/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/conceal.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void forget(char *form)
{
    sw_host_wipe(form, strlen(form));
    free(form);
}

/* Taken over. */
static void add_form(struct sw_conceal *conceal, char *form)
{
    bool known = strlen(form) < SW_CONCEAL_LEAST || conceal->count == SW_CONCEAL_FORMS_MAX;
    for (size_t i = 0; i < conceal->count && !known; i++)
        known = strcmp(conceal->forms[i], form) == 0;
    if (known) {
        forget(form);
    } else {
        conceal->forms[conceal->count++] = form;
    }
}

/* As in a URL (RFC 3986), with digits of either case. */
static char *percent(const char *secret, const char *digits)
{
    char *form = sw_alloc(strlen(secret) * 3 + 1), *to = form;
    for (const unsigned char *at = (const unsigned char *)secret; *at != '\0'; at++) {
        if (isalnum(*at) || strchr("-._~", *at) != NULL) {
            *to++ = (char)*at;
        } else {
            *to++ = '%';
            *to++ = digits[*at >> 4];
            *to++ = digits[*at & 15];
        }
    }
    return form;
}

/* As in a JSON string; many writers put a backslash in front of a slash too. */
static char *escaped(const char *secret, const char *special)
{
    char *form = sw_alloc(strlen(secret) * 2 + 1), *to = form;
    for (; *secret != '\0'; secret++) {
        if (strchr(special, *secret) != NULL)
            *to++ = '\\';
        *to++ = *secret;
    }
    return form;
}

static char *base64(const char *text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t length = strlen(text);
    char *form = sw_alloc((length + 2) / 3 * 4 + 1), *to = form;
    for (size_t i = 0; i < length; i += 3) {
        uint32_t bits = (uint32_t)(unsigned char)text[i] << 16;
        bits |= i + 1 < length ? (uint32_t)(unsigned char)text[i + 1] << 8 : 0;
        bits |= i + 2 < length ? (uint32_t)(unsigned char)text[i + 2] : 0;
        for (int k = 0; k < 4; k++)
            *to++ = i + (size_t)k > length ? '=' : digits[bits >> (18 - 6 * k) & 63];
    }
    return form;
}

void sw_conceal_add(struct sw_conceal *conceal, const char *secret)
{
    if (strlen(secret) < SW_CONCEAL_LEAST)
        return;
    add_form(conceal, sw_strdup(secret));
    add_form(conceal, percent(secret, "0123456789ABCDEF"));
    add_form(conceal, percent(secret, "0123456789abcdef"));
    add_form(conceal, escaped(secret, "\"\\"));
    add_form(conceal, escaped(secret, "\"\\/"));
}

static void add_pair(struct sw_conceal *conceal, const char *user, const char *password)
{
    size_t size = strlen(user) + strlen(password) + 2;
    char *pair = sw_alloc(size);
    (void)snprintf(pair, size, "%s:%s", user, password);
    add_form(conceal, base64(pair));
    forget(pair);
}

void sw_conceal_add_auth(struct sw_conceal *conceal, const struct sw_host *host, const struct sw_auth *auth)
{
    char *first = sw_alloc(SW_SECRET_MAX + 1), *second = sw_alloc(SW_SECRET_MAX + 1);
    bool has_first = auth->first != NULL && sw_host_secret(host, auth->first, first) == NULL;
    bool has_second = auth->second != NULL && sw_host_secret(host, auth->second, second) == NULL;
    switch (auth->kind) {
    case SW_AUTH_NONE:
    case SW_AUTH_CERTIFICATE: break; /* a key never leaves its file */
    case SW_AUTH_BEARER:
    case SW_AUTH_HEADER:
    case SW_AUTH_QUERY:
        if (has_first)
            sw_conceal_add(conceal, first);
        break;
    case SW_AUTH_BASIC:
    case SW_AUTH_OAUTH2: /* a user's or client's name is no secret, and may well stand in what it may see */
        if (has_second)
            sw_conceal_add(conceal, second);
        if (has_first && has_second)
            add_pair(conceal, first, second);
        break;
    }
    sw_host_wipe(first, SW_SECRET_MAX + 1); /* a file may have more than its first line */
    sw_host_wipe(second, SW_SECRET_MAX + 1);
    free(first);
    free(second);
}

void sw_conceal_add_access(struct sw_conceal *conceal, const struct sw_host *host)
{
    const struct sw_host_access *access = &host->access;
    char *secret = sw_alloc(SW_SECRET_MAX + 1);
    if (access->secret != NULL && sw_host_secret(host, access->secret, secret) == NULL) {
        sw_conceal_add(conceal, secret);
        if (access->user != NULL)
            add_pair(conceal, access->user, secret);
    }
    sw_host_wipe(secret, SW_SECRET_MAX + 1);
    free(secret);
}

void sw_conceal_finish(struct sw_conceal *conceal)
{
    for (size_t i = 0; i < conceal->count; i++)
        forget(conceal->forms[i]);
    conceal->count = 0;
}

/* The longest secret that stands at `bytes`; 0: none. */
static size_t secret_at(const struct sw_conceal *conceal, const char *bytes, size_t left)
{
    size_t longest = 0;
    for (size_t i = 0; i < conceal->count; i++) {
        size_t length = strlen(conceal->forms[i]);
        if (length <= left && length > longest && memcmp(conceal->forms[i], bytes, length) == 0)
            longest = length;
    }
    return longest;
}

char *sw_conceal_copy(const struct sw_conceal *conceal, const char *bytes, size_t *length, bool *found)
{
    char *copy = sw_alloc(*length + 1), *to = copy;
    *found = false;
    for (size_t at = 0; at < *length;) {
        size_t secret = conceal->count > 0 ? secret_at(conceal, bytes + at, *length - at) : 0;
        if (secret > 0) {
            memcpy(to, SW_CONCEALED, strlen(SW_CONCEALED));
            to += strlen(SW_CONCEALED);
            at += secret;
            *found = true;
        } else {
            *to++ = bytes[at++];
        }
    }
    *length = (size_t)(to - copy);
    return copy;
}
