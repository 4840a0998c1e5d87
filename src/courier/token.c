/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/token.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/log.h"
#include "base/memory.h"
#include "json/json.h"

#define TOKEN_BYTES_MAX ((size_t)64 << 10)
#define EARLY (30 * SW_SECOND)       /* before its end a new one is asked for */
#define LIFE_UNSAID (5 * SW_MINUTE)
#define LIFE_MOST (24 * SW_HOUR)

/* Someone who waits for a token. */
struct waiter {
    struct waiter *next;
    void (*got)(void *context, const char *token, const char *fault);
    void *context;
};

struct entry {
    struct entry *next;
    struct sw_tokens *tokens;
    const struct sw_auth *auth;
    char *token; /* NULL: none */
    sw_tick until;
    struct waiter *waiters; /* not NULL: it is being asked for */
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
        memset(entry->token, 0, strlen(entry->token));
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
static void give(struct entry *entry, const char *fault)
{
    struct waiter *waiter = entry->waiters;
    entry->waiters = NULL;
    while (waiter != NULL) {
        struct waiter *next = waiter->next;
        waiter->got(waiter->context, fault == NULL ? entry->token : NULL, fault);
        free(waiter);
        waiter = next;
    }
}

static const char *take(struct entry *entry, const struct sw_http_answer *answer)
{
    struct sw_diags diags;
    if (answer->fault != NULL)
        return answer->fault;
    if (answer->status != 200)
        return "no token is given: its address refuses";
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(answer->bytes, answer->length, SW_JSON_STRICT, "token", &diags);
    sw_diags_finish(&diags);
    const char *token = json != NULL ? sw_json_text(json->root, "access_token", NULL) : NULL;
    double life = json != NULL ? sw_json_number(json->root, "expires_in", 0) : 0;
    forget(entry);
    if (token != NULL && token[strcspn(token, "\r\n")] == '\0')
        entry->token = sw_strdup(token);
    sw_json_destroy(json);
    int64_t lives = life > 0 && life < 1e9 ? (int64_t)(life * (double)SW_SECOND) : LIFE_UNSAID;
    entry->until = sw_tick_now() + (lives < LIFE_MOST ? lives : LIFE_MOST) - EARLY;
    return entry->token != NULL ? NULL : "no token is in the answer of its address";
}

static void answered(void *context, const struct sw_http_answer *answer)
{
    struct entry *entry = context;
    give(entry, take(entry, answer));
}

static void add(struct sw_buffer *form, const char *name, const char *value)
{
    char *escaped = curl_easy_escape(NULL, value, 0);
    sw_buffer_printf(form, "%s%s=%s", form->length > 0 ? "&" : "", name, escaped);
    curl_free(escaped);
}

/* NULL: it is asked for; else why it cannot be. */
static const char *ask(struct entry *entry)
{
    char id[SW_SECRET_MAX + 1], secret[SW_SECRET_MAX + 1];
    const char *why = sw_host_secret(entry->tokens->host, entry->auth->first, id);
    if (why == NULL)
        why = sw_host_secret(entry->tokens->host, entry->auth->second, secret);
    if (why != NULL) {
        sw_log(SW_LOG_ERROR, "token", "secret \"%s\" or \"%s\": %s", entry->auth->first, entry->auth->second, why);
        return "a secret that it needs is not there";
    }
    struct sw_buffer form;
    sw_buffer_init(&form, 8 * SW_SECRET_MAX);
    add(&form, "grant_type", "client_credentials");
    add(&form, "client_id", id);
    add(&form, "client_secret", secret);
    if (entry->auth->scope != NULL)
        add(&form, "scope", entry->auth->scope);
    memset(id, 0, sizeof id);
    memset(secret, 0, sizeof secret);
    struct sw_http_request request = {
        .url = entry->auth->name, .form = sw_buffer_text(&form), .maximum = TOKEN_BYTES_MAX, .json = true};
    sw_http_begin(entry->tokens->http, &request, answered, entry);
    memset(form.bytes, 0, form.length);
    sw_buffer_finish(&form);
    return NULL;
}

void sw_tokens_get(struct sw_tokens *tokens, const struct sw_auth *auth, sw_tick now,
                   void (*got)(void *context, const char *token, const char *fault), void *context)
{
    struct entry *entry = entry_of(tokens, auth);
    if (entry->token != NULL && now < entry->until) {
        got(context, entry->token, NULL);
        return;
    }
    bool asked = entry->waiters != NULL;
    struct waiter *waiter = sw_alloc(sizeof *waiter);
    *waiter = (struct waiter){entry->waiters, got, context};
    entry->waiters = waiter;
    const char *why = asked ? NULL : ask(entry);
    if (why != NULL)
        give(entry, why);
}

void sw_tokens_drop(struct sw_tokens *tokens, const struct sw_auth *auth)
{
    forget(entry_of(tokens, auth));
}
