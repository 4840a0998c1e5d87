/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/token.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "json/json.h"

#define TOKEN_BYTES_MAX ((size_t)64 << 10)
#define EARLY (30 * SW_SECOND)       /* before its end a new one is asked for */
#define LIFE_UNSAID (5 * SW_MINUTE)
#define LIFE_MOST (24 * SW_HOUR)

/* Someone who waits for a token. */
struct waiter {
    struct waiter *next;
    void (*got)(void *context, const char *token, enum sw_poll_outcome outcome, const char *fault);
    void *context;
};

struct entry {
    struct entry *next;
    struct sw_tokens *tokens;
    const struct sw_auth *auth;
    char *token; /* NULL: none */
    sw_tick until;
    struct waiter *waiters; /* not NULL: it is being asked for */
    char fault[160];        /* why there is none */
    enum sw_poll_outcome outcome;
};

struct sw_tokens {
    const struct sw_host *host;
    struct sw_http *http;
    struct entry *entries;
};

struct sw_tokens *sw_tokens_create(const struct sw_host *host, struct sw_http *http)
{
    struct sw_tokens *tokens = sw_alloc(sizeof *tokens);
    tokens->host = host;
    tokens->http = http;
    return tokens;
}

static void forget(struct entry *entry)
{
    if (entry->token != NULL)
        sw_host_wipe(entry->token, strlen(entry->token));
    free(entry->token);
    entry->token = NULL;
}

void sw_tokens_destroy(struct sw_tokens *tokens)
{
    if (tokens == NULL)
        return;
    while (tokens->entries != NULL) {
        struct entry *entry = tokens->entries;
        tokens->entries = entry->next;
        while (entry->waiters != NULL) {
            struct waiter *waiter = entry->waiters;
            entry->waiters = waiter->next;
            free(waiter);
        }
        forget(entry);
        free(entry);
    }
    free(tokens);
}

static bool equal(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static struct entry *entry_of(struct sw_tokens *tokens, const struct sw_auth *auth)
{
    struct entry *entry = tokens->entries;
    while (entry != NULL && !(equal(entry->auth->name, auth->name) && equal(entry->auth->first, auth->first) &&
                              equal(entry->auth->second, auth->second) && equal(entry->auth->scope, auth->scope)))
        entry = entry->next;
    if (entry != NULL)
        return entry;
    entry = sw_alloc(sizeof *entry);
    entry->tokens = tokens;
    entry->auth = auth;
    entry->next = tokens->entries;
    tokens->entries = entry;
    return entry;
}

/* Those who come meanwhile wait for the next one: a callback may ask again. */
static void give(struct entry *entry)
{
    struct waiter *waiter = entry->waiters;
    entry->waiters = NULL;
    while (waiter != NULL) {
        struct waiter *next = waiter->next;
        waiter->got(waiter->context, entry->token, entry->outcome, entry->token == NULL ? entry->fault : NULL);
        free(waiter);
        waiter = next;
    }
}

static void lack(struct entry *entry, enum sw_poll_outcome outcome, const char *why)
{
    entry->outcome = outcome;
    snprintf(entry->fault, sizeof entry->fault, "%s", why);
}

static void take(struct entry *entry, const struct sw_http_answer *answer)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(answer->bytes, answer->length, SW_JSON_STRICT, "token", &diags);
    sw_diags_finish(&diags);
    const char *token = json != NULL ? sw_json_text(json->root, "access_token", NULL) : NULL;
    double life = json != NULL ? sw_json_number(json->root, "expires_in", 0) : 0;
    if (token != NULL && token[0] != '\0' && token[strcspn(token, "\r\n")] == '\0')
        entry->token = sw_strdup(token);
    else
        lack(entry, SW_POLL_UNREACHED, "no token is in the answer of its address");
    sw_json_destroy(json);
    int64_t lives = life > 0 && life < 1e9 ? (int64_t)(life * (double)SW_SECOND) : LIFE_UNSAID;
    entry->until = sw_tick_now() + (lives < LIFE_MOST ? lives : LIFE_MOST) - EARLY;
}

/* One that does not answer is asked again soon; one that says no is not. */
static void answered(void *context, const struct sw_http_answer *answer)
{
    struct entry *entry = context;
    char why[sizeof entry->fault];
    enum sw_poll_outcome outcome = sw_poll_outcome_of(answer->status);
    forget(entry);
    snprintf(why, sizeof why, "no token is given: its address answers %d", answer->status);
    if (answer->fault != NULL)
        lack(entry, answer->forbidden ? SW_POLL_FORBIDDEN : SW_POLL_UNREACHED, answer->fault);
    else if (answer->status != 200)
        lack(entry, outcome == SW_POLL_REFUSED ? SW_POLL_DENIED : outcome, why);
    else
        take(entry, answer);
    give(entry);
}

static void add(struct sw_buffer *form, const char *name, const char *value)
{
    char *escaped = curl_easy_escape(NULL, value, 0);
    sw_buffer_printf(form, "%s%s=%s", form->length > 0 ? "&" : "", name, escaped);
    curl_free(escaped);
}

static bool read_secret(struct entry *entry, const char *name, char *out)
{
    char text[sizeof entry->fault];
    const char *why = sw_host_secret(entry->tokens->host, name, out);
    if (why == NULL)
        return true;
    snprintf(text, sizeof text, "secret \"%s\": %s", name, why);
    lack(entry, SW_POLL_DENIED, text);
    return false;
}

/* False: it cannot be asked for. */
static bool ask(struct entry *entry)
{
    char id[SW_SECRET_MAX + 1], secret[SW_SECRET_MAX + 1];
    if (!read_secret(entry, entry->auth->first, id))
        return false;
    if (!read_secret(entry, entry->auth->second, secret)) {
        sw_host_wipe(id, sizeof id);
        return false;
    }
    struct sw_buffer form;
    sw_buffer_init(&form, 8 * SW_SECRET_MAX);
    add(&form, "grant_type", "client_credentials");
    add(&form, "client_id", id);
    add(&form, "client_secret", secret);
    if (entry->auth->scope != NULL)
        add(&form, "scope", entry->auth->scope);
    sw_host_wipe(id, sizeof id);
    sw_host_wipe(secret, sizeof secret);
    struct sw_http_request request = {
        .url = entry->auth->name, .form = sw_buffer_text(&form), .maximum = TOKEN_BYTES_MAX, .json = true};
    sw_http_begin(entry->tokens->http, &request, answered, entry);
    sw_host_wipe(form.bytes, form.length);
    sw_buffer_finish(&form);
    return true;
}

void sw_tokens_get(struct sw_tokens *tokens, const struct sw_auth *auth, sw_tick now,
                   void (*got)(void *context, const char *token, enum sw_poll_outcome outcome, const char *fault), void *context)
{
    struct entry *entry = entry_of(tokens, auth);
    if (entry->token != NULL && now < entry->until) {
        got(context, entry->token, SW_POLL_GOOD, NULL);
        return;
    }
    bool asked = entry->waiters != NULL;
    struct waiter *waiter = sw_alloc(sizeof *waiter);
    *waiter = (struct waiter){entry->waiters, got, context};
    entry->waiters = waiter;
    if (!asked && !ask(entry)) {
        forget(entry);
        give(entry);
    }
}

void sw_tokens_drop(struct sw_tokens *tokens, const struct sw_auth *auth)
{
    forget(entry_of(tokens, auth));
}
