/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/http.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "courier/credential.h"
#include "courier/header.h"

#define REDIRECTS_MAX 3
#define HEADERS_MAX ((size_t)64 << 10)
#define CONNECT_MS 5000L
#define TOTAL_MS 20000L
#define SLOW_BYTES 1024L /* a second, for SLOW_S seconds */
#define SLOW_S 10L
#define PACKED_LEAST ((size_t)64 << 10)
#define PACKED_RATIO 100 /* JSON packs well; a bomb packs better */
#define WAITS_MAX 16
#define RUNNING_MAX 64
#define FILE_PIECE (256L << 10)         /* bytes that are taken at once of what may be long */
#define UNWANTED_MAX ((size_t)64 << 10) /* of a body that nobody takes */
#define TURN_MOST (100 * SW_MS)         /* of taking answers, before whoever turns does something else */

/* One request under way, over all its redirects. */
struct exchange {
    struct exchange *next;
    struct sw_http *http;
    uint64_t number;
    CURL *easy;
    char *url, *form, *token, *etag, *modified, *user;
    struct sw_word *headers;
    size_t header_count, maximum;
    struct sw_auth auth;
    bool json, same_host, stopped;
    uint64_t from;
    int64_t patience;
    bool (*take)(void *context, int status, const struct sw_headers *headers, const char *bytes, size_t length);
    struct sw_target target, first; /* of this step; what was asked, to whom secrets are said */
    bool named;                     /* the host's list names the target */
    struct curl_slist *lines;
    int redirects;
    struct sw_headers answer;
    size_t header_bytes;
    char *bytes;
    size_t length, capacity;
    const char *fault;                   /* why we broke it off */
    char words[SW_CREDENTIAL_FAULT_MAX]; /* where the fault is said in words of this request's own */
    bool forbidden;
    bool running, unasked; /* neither: it waits for its turn; unasked: it cannot be asked */
    void (*answered)(void *context, const struct sw_http_answer *answer);
    void *context;
};

struct sw_http {
    const struct sw_host *host;
    CURLM *multi;
    struct exchange *exchanges; /* in the order of their coming */
    size_t pending;
    uint64_t numbers;
    int beside;
    struct exchange *running[RUNNING_MAX];
    size_t running_count;
    bool stirred; /* one has come or gone: perhaps others may run */
    bool hurried; /* there may be answers that have not been taken */
    char agent[256];
};

/* -- limits, as bytes come -- */

static size_t take_header(char *line, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    size_t length = size * count;
    exchange->header_bytes += length;
    if (exchange->header_bytes > HEADERS_MAX) {
        exchange->fault = "its headers are larger than 64 KiB";
        return 0;
    }
    if (length >= 5 && strncmp(line, "HTTP/", 5) == 0)
        sw_headers_clear(&exchange->answer); /* behind a proxy or a 1xx another one begins */
    sw_headers_take(&exchange->answer, line, length);
    return length;
}

/* A body that is not collected. False: the transfer is to be broken off. */
static bool pass_on(struct exchange *exchange, const char *bytes, size_t length)
{
    long status = 0;
    curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
    exchange->length += length;
    if (status != 200 && status != 206) {
        exchange->fault = exchange->length > UNWANTED_MAX ? "its body is too large" : NULL;
        return exchange->fault == NULL;
    }
    exchange->stopped = !exchange->take(exchange->context, (int)status, &exchange->answer, bytes, length);
    if (exchange->stopped)
        exchange->fault = "no more of it is wanted";
    return !exchange->stopped;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    size_t length = size * count;
    curl_off_t packed = 0;
    if (exchange->take != NULL)
        return pass_on(exchange, bytes, length) ? length : 0;
    if (length > exchange->maximum - exchange->length) {
        exchange->fault = "its body is too large";
        exchange->forbidden = true;
        return 0;
    }
    curl_easy_getinfo(exchange->easy, CURLINFO_SIZE_DOWNLOAD_T, &packed);
    if (exchange->length + length > PACKED_LEAST && exchange->length + length > (size_t)packed * PACKED_RATIO) {
        exchange->fault = "its body is packed like a bomb";
        exchange->forbidden = true;
        return 0;
    }
    exchange->bytes = sw_grow(exchange->bytes, &exchange->capacity, exchange->length + length + 1, 1);
    memcpy(exchange->bytes + exchange->length, bytes, length);
    exchange->length += length;
    exchange->bytes[exchange->length] = '\0';
    return length;
}

/* The address is known now: the last door before a connection. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct exchange *exchange = context;
    const struct sw_host *host = exchange->http->host;
    bool proxied = host->proxy != NULL; /* then it is the proxy's address, which the host named */
    (void)purpose;
    if (!sw_address_allowed(host->allow, host->allow_count, exchange->named || proxied, &address->addr)) {
        exchange->fault = "its address is not a public one: where it is the house's own, \"allow\" in the machine's configuration must "
                          "name its host";
        exchange->forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* -- one step: the request itself or a redirect of it -- */

static void add_line(struct exchange *exchange, const char *name, const char *value)
{
    exchange->lines = sw_credential_line(exchange->lines, name, value);
}

static void set_limits(struct exchange *exchange)
{
    CURL *easy = exchange->easy;
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); /* its end never waits for a name server that says nothing */
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, exchange->named ? "http,https" : "https");
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, exchange->patience > 0 ? (long)(exchange->patience / SW_MS) : TOTAL_MS);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, SLOW_S);
    curl_easy_setopt(easy, CURLOPT_PROXY, exchange->http->host->proxy != NULL ? exchange->http->host->proxy : "");
    if (exchange->http->host->ca != NULL)
        curl_easy_setopt(easy, CURLOPT_CAINFO, exchange->http->host->ca);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, exchange);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, exchange);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, exchange);
    if (exchange->take != NULL)
        curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, FILE_PIECE);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, exchange->http->agent);
}

/* false: it must not or cannot be asked; the fault says why. */
static bool judge_target(struct exchange *exchange)
{
    const struct sw_host *host = exchange->http->host;
    bool was_https = exchange->redirects > 0 && exchange->target.https;
    exchange->forbidden = true;
    if (!sw_target_parse(exchange->url, &exchange->target, &exchange->fault))
        return false;
    exchange->named = sw_allow_has_target(host->allow, host->allow_count, &exchange->target);
    exchange->fault = "it leads from https to http";
    if (was_https && !exchange->target.https)
        return false;
    exchange->fault = "it redirects to another host";
    if (exchange->same_host && exchange->redirects > 0 && strcmp(exchange->first.host, exchange->target.host) != 0)
        return false;
    exchange->fault = "only https is asked, but where \"allow\" in the machine's configuration names the host";
    if (!exchange->target.https && !exchange->named)
        return false;
    exchange->forbidden = false;
    exchange->fault = NULL;
    return true;
}

static void set_range(struct exchange *exchange)
{
    char range[32];
    snprintf(range, sizeof range, "%" PRIu64 "-", exchange->from);
    if (exchange->from > 0)
        curl_easy_setopt(exchange->easy, CURLOPT_RANGE, range);
}

static bool set_up(struct exchange *exchange)
{
    if (!judge_target(exchange))
        return false;
    if (exchange->redirects == 0)
        exchange->first = exchange->target;
    bool home = strcmp(exchange->first.origin, exchange->target.origin) == 0;
    curl_easy_reset(exchange->easy);
    set_limits(exchange);
    curl_easy_setopt(exchange->easy, CURLOPT_URL, exchange->url);
    for (size_t i = 0; home && i < exchange->header_count; i++)
        add_line(exchange, exchange->headers[i].from, exchange->headers[i].to);
    if (exchange->etag != NULL)
        add_line(exchange, "If-None-Match", exchange->etag);
    if (exchange->modified != NULL)
        add_line(exchange, "If-Modified-Since", exchange->modified);
    if (exchange->json)
        curl_easy_setopt(exchange->easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    if (exchange->form != NULL)
        curl_easy_setopt(exchange->easy, CURLOPT_POSTFIELDS, exchange->form);
    set_range(exchange);
    struct sw_credential credential = {
        .easy = exchange->easy, .url = exchange->url, .token = exchange->token, .user = exchange->user, .lines = exchange->lines};
    bool good = !home || sw_credential_use(&credential, exchange->http->host, &exchange->auth);
    exchange->lines = credential.lines;
    if (!good) {
        memcpy(exchange->words, credential.fault, sizeof exchange->words);
        exchange->fault = exchange->words;
        exchange->forbidden = true;
    }
    curl_easy_setopt(exchange->easy, CURLOPT_HTTPHEADER, exchange->lines);
    return good;
}

/* -- from the first step to the answer -- */

static void forget_step(struct exchange *exchange)
{
    curl_slist_free_all(exchange->lines);
    exchange->lines = NULL;
    sw_headers_clear(&exchange->answer);
    exchange->header_bytes = exchange->length = 0;
}

static void destroy_exchange(struct exchange *exchange)
{
    forget_step(exchange);
    curl_easy_cleanup(exchange->easy);
    for (size_t i = 0; i < exchange->header_count; i++) {
        free((void *)(uintptr_t)exchange->headers[i].from);
        free((void *)(uintptr_t)exchange->headers[i].to);
    }
    free(exchange->headers);
    free(exchange->url);
    free(exchange->form);
    free(exchange->token);
    free(exchange->etag);
    free(exchange->modified);
    free(exchange->user);
    free(exchange->bytes);
    free(exchange);
}

static void unlink_exchange(struct exchange *exchange)
{
    struct exchange **link = &exchange->http->exchanges;
    while (*link != exchange)
        link = &(*link)->next;
    *link = exchange->next;
    exchange->http->pending--;
}

static void answer(struct exchange *exchange, int status, const char *fault)
{
    long retry_after = -1;
    curl_off_t wait = 0;
    if (curl_easy_getinfo(exchange->easy, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0)
        retry_after = (long)wait;
    struct sw_http_answer said = {.status = status,
                                  .forbidden = exchange->forbidden,
                                  .stopped = exchange->stopped,
                                  .headers = &exchange->answer,
                                  .fault = fault,
                                  .bytes = exchange->bytes != NULL && exchange->length > 0 ? exchange->bytes : "",
                                  .length = exchange->length,
                                  .url = exchange->url,
                                  .etag = exchange->answer.etag,
                                  .modified = exchange->answer.modified,
                                  .type = exchange->answer.type,
                                  .date = exchange->answer.date,
                                  .cache = exchange->answer.cache,
                                  .next = exchange->answer.next,
                                  .max_age = sw_headers_fresh_for(&exchange->answer),
                                  .retry_after = retry_after,
                                  .published = sw_http_date(exchange->answer.modified)};
    unlink_exchange(exchange);
    exchange->answered(exchange->context, &said);
    destroy_exchange(exchange);
}

/* An answer never comes from within sw_http_begin: one that cannot be asked is answered by the next turn. */
static bool start(struct exchange *exchange)
{
    forget_step(exchange);
    exchange->http->stirred = true;
    return set_up(exchange);
}

static bool may_run(const struct exchange *exchange)
{
    const struct sw_http *http = exchange->http;
    int beside = 0;
    for (size_t i = 0; i < http->running_count; i++)
        beside += strcmp(http->running[i]->target.origin, exchange->target.origin) == 0;
    return beside < http->beside;
}

/* First come, first served, but nobody waits for another host. Those that wait are not libcurl's yet: it would count that against their
 * time. */
static void run_waiting(struct sw_http *http)
{
    if (!http->stirred)
        return;
    http->stirred = false;
    for (struct exchange *exchange = http->exchanges; exchange != NULL && http->running_count < RUNNING_MAX; exchange = exchange->next) {
        if (exchange->running || exchange->unasked || !may_run(exchange))
            continue;
        exchange->running = curl_multi_add_handle(http->multi, exchange->easy) == CURLM_OK;
        exchange->unasked = !exchange->running;
        if (exchange->running)
            http->running[http->running_count++] = exchange;
    }
}

static void stop_running(struct exchange *exchange)
{
    struct sw_http *http = exchange->http;
    if (!exchange->running)
        return;
    curl_multi_remove_handle(http->multi, exchange->easy);
    for (size_t i = 0; i < http->running_count; i++) {
        if (http->running[i] == exchange)
            http->running[i--] = http->running[--http->running_count];
    }
    exchange->running = false;
    http->stirred = true;
}

static const char *fault_of(CURLcode code)
{
    switch ((int)code) {
    case CURLE_COULDNT_RESOLVE_HOST: return "its host is not known";
    case CURLE_COULDNT_CONNECT: return "it cannot be reached";
    case CURLE_OPERATION_TIMEDOUT: return "it takes too long";
    case CURLE_PEER_FAILED_VERIFICATION: return "its certificate is not trusted";
    case CURLE_SSL_CONNECT_ERROR: return "no TLS connection";
    case CURLE_PARTIAL_FILE: return "its body ends too early";
    case CURLE_GOT_NOTHING: return "it answers nothing";
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR: return "the connection breaks off";
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY: return "what it answers is no HTTP";
    case CURLE_BAD_CONTENT_ENCODING: return "its body cannot be unpacked";
    case CURLE_OUT_OF_MEMORY: return "a header of its answer is too large"; /* beyond libcurl's own limit; our memory is another matter */
    default: return curl_easy_strerror(code);
    }
}

static bool is_redirect(long status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

/* true: the next step is under way. */
static bool follow(struct exchange *exchange, const char **fault)
{
    char next[4096];
    exchange->forbidden = true;
    *fault = "it redirects more than three times";
    if (exchange->redirects++ == REDIRECTS_MAX)
        return false;
    *fault = "it redirects to nowhere";
    if (exchange->form != NULL || exchange->answer.location[0] == '\0' ||
        !sw_http_resolve(exchange->url, exchange->answer.location, next, sizeof next))
        return false;
    free(exchange->url);
    exchange->url = sw_strdup(next);
    exchange->forbidden = false;
    if (start(exchange))
        return true;
    *fault = exchange->fault != NULL ? exchange->fault : "it redirects to nowhere";
    return false;
}

static void finish(struct exchange *exchange, CURLcode code)
{
    long status = 0;
    const char *fault = exchange->fault;
    curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
    stop_running(exchange);
    if (fault == NULL && code != CURLE_OK)
        fault = fault_of(code);
    if (status >= 400) {
        fault = NULL; /* it says what is wrong by its status: what its body is like does not matter */
        exchange->forbidden = false;
    }
    if (fault == NULL && is_redirect(status) && follow(exchange, &fault))
        return;
    answer(exchange, fault == NULL ? (int)status : 0, fault);
}

/* -- the outside -- */

struct sw_http *sw_http_create(const struct sw_host *host, int beside)
{
    struct sw_http *http = sw_alloc(sizeof *http);
    http->host = host;
    http->beside = beside;
    snprintf(http->agent, sizeof http->agent, "Schauwand/" SW_VERSION "%s%s%s", host->contact != NULL ? " (" : "",
             host->contact != NULL ? host->contact : "", host->contact != NULL ? ")" : "");
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || (http->multi = curl_multi_init()) == NULL) {
        sw_log(SW_LOG_ERROR, "http", "libcurl does not start");
        free(http);
        return NULL;
    }
    curl_multi_setopt(http->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)beside);
    curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, (long)RUNNING_MAX);
    return http;
}

void sw_http_destroy(struct sw_http *http)
{
    if (http == NULL)
        return;
    while (http->exchanges != NULL) {
        struct exchange *exchange = http->exchanges;
        stop_running(exchange);
        unlink_exchange(exchange);
        destroy_exchange(exchange);
    }
    curl_multi_cleanup(http->multi);
    curl_global_cleanup();
    free(http);
}

static char *copy(const char *text) { return text != NULL && text[0] != '\0' ? sw_strdup(text) : NULL; }

uint64_t sw_http_begin(struct sw_http *http, const struct sw_http_request *request,
                       void (*answered)(void *context, const struct sw_http_answer *answer), void *context)
{
    struct exchange *exchange = sw_alloc(sizeof *exchange);
    exchange->http = http;
    exchange->number = ++http->numbers;
    exchange->answered = answered;
    exchange->context = context;
    exchange->url = sw_strdup(request->url);
    exchange->form = copy(request->form);
    exchange->token = copy(request->token);
    exchange->etag = copy(request->etag);
    exchange->modified = copy(request->modified);
    exchange->auth = request->auth;
    exchange->maximum = request->maximum < SW_HTTP_BODY_MAX ? request->maximum : SW_HTTP_BODY_MAX;
    exchange->json = request->json;
    exchange->user = copy(request->user);
    exchange->same_host = request->same_host;
    exchange->from = request->from;
    exchange->patience = request->patience;
    exchange->take = request->take;
    exchange->headers = sw_alloc_array(request->header_count, sizeof *exchange->headers);
    exchange->header_count = request->header_count;
    for (size_t i = 0; i < request->header_count; i++)
        exchange->headers[i] = (struct sw_word){sw_strdup(request->headers[i].from), sw_strdup(request->headers[i].to)};
    struct exchange **last = &http->exchanges;
    while (*last != NULL)
        last = &(*last)->next;
    *last = exchange;
    http->pending++;
    exchange->easy = curl_easy_init();
    exchange->unasked = exchange->easy == NULL || !start(exchange);
    return exchange->number;
}

void sw_http_cancel(struct sw_http *http, uint64_t number)
{
    struct exchange *exchange = http->exchanges;
    while (exchange != NULL && exchange->number != number)
        exchange = exchange->next;
    if (exchange == NULL)
        return;
    stop_running(exchange);
    unlink_exchange(exchange);
    destroy_exchange(exchange);
}

size_t sw_http_pending(const struct sw_http *http) { return http->pending; }

/* Those that were never under way. One at a time: an answer may begin others. */
static bool answer_unasked(struct sw_http *http)
{
    for (struct exchange *exchange = http->exchanges; exchange != NULL; exchange = exchange->next) {
        if (!exchange->unasked)
            continue;
        answer(exchange, 0, exchange->fault != NULL ? exchange->fault : "libcurl cannot ask for it");
        return true;
    }
    return false;
}

/* What is left over is taken in the next turn. */
static void finish_done(struct sw_http *http)
{
    CURLMsg *message;
    int left;
    sw_tick begun = sw_tick_now();
    while (!(http->hurried = sw_tick_now() - begun >= TURN_MOST) && (message = curl_multi_info_read(http->multi, &left)) != NULL) {
        char *private = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private);
        finish((struct exchange *)(void *)private, code);
    }
}

void sw_http_turn(struct sw_http *http, struct pollfd *fds, size_t fd_count, int timeout_ms)
{
    struct curl_waitfd waits[WAITS_MAX];
    int running = 0;
    size_t count = 0;
    for (size_t i = 0; i < fd_count; i++) {
        fds[i].revents = 0;
        if (fds[i].fd >= 0 && count < WAITS_MAX)
            waits[count++] = (struct curl_waitfd){.fd = fds[i].fd, .events = CURL_WAIT_POLLIN};
    }
    bool unasked = answer_unasked(http);
    run_waiting(http);
    curl_multi_poll(http->multi, waits, (unsigned)count, unasked || http->hurried ? 0 : timeout_ms, NULL);
    count = 0;
    for (size_t i = 0; i < fd_count; i++) {
        if (fds[i].fd >= 0 && count < WAITS_MAX && waits[count++].revents != 0)
            fds[i].revents = POLLIN;
    }
    curl_multi_perform(http->multi, &running);
    finish_done(http);
    run_waiting(http);
    while (answer_unasked(http))
        ;
}

sw_instant sw_http_date(const char *text)
{
    time_t seconds = text[0] != '\0' ? curl_getdate(text, NULL) : -1;
    return seconds > 0 ? (sw_instant)seconds * SW_SECOND : SW_NEVER;
}

bool sw_http_resolve(const char *base, const char *reference, char *out, size_t capacity)
{
    CURLU *url = curl_url();
    char *whole = NULL;
    bool good = url != NULL && curl_url_set(url, CURLUPART_URL, base, 0) == CURLUE_OK &&
                curl_url_set(url, CURLUPART_URL, reference, 0) == CURLUE_OK && curl_url_get(url, CURLUPART_URL, &whole, 0) == CURLUE_OK;
    good = good && strlen(whole) < capacity;
    if (good)
        memcpy(out, whole, strlen(whole) + 1);
    curl_free(whole);
    curl_url_cleanup(url);
    return good;
}
