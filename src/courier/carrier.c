/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/carrier.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "courier/base.h"

#define PATIENCE_LEAST (30 * SW_SECOND)
#define RATE_LEAST 4096 /* bytes a second; who is slower is cut off, and goes on there the next time */
#define FAULT_ROOM 96

/* A file under way. */
struct load {
    struct load *next;
    struct sw_carrier *carrier;
    uint64_t number;
    struct sw_fetch fetch;
    bool conditional;
    bool begun; /* its head has been judged */
    uint64_t at;
    const char *wrong; /* why it is not what was asked for; NULL: it is */
    char words[FAULT_ROOM];
};

struct sw_carrier {
    const struct sw_host *host;
    struct sw_http *http;
    struct load *loads;
};

/* ---- what comes ---- */

static const char *judge_size(struct load *load, int64_t bytes)
{
    if (load->fetch.exact ? (uint64_t)bytes == load->fetch.bytes : (uint64_t)bytes <= load->fetch.bytes)
        return NULL;
    (void)snprintf(load->words, sizeof load->words, "has %" PRId64 " bytes; %s%" PRIu64 " are wanted", bytes,
                   load->fetch.exact ? "" : "at most ", load->fetch.bytes);
    return load->words;
}

/* Where the body stands in the file; or why it is not the file's. */
static const char *judge_head(struct load *load, int status, const struct sw_headers *headers)
{
    load->at = 0;
    if (headers->packed)
        return "is packed, which nobody asked for";
    if (status == 200 && headers->length < 0)
        return load->fetch.partly ? "comes from its beginning, and does not say how large it is" : NULL;
    if (status == 200)
        return judge_size(load, headers->length);
    if (load->fetch.from == 0)
        return "comes in part, where all of it was asked for";
    if (headers->part_from < 0 || (uint64_t)headers->part_from != load->fetch.from)
        return "comes with another part than was asked for";
    load->at = load->fetch.from;
    return judge_size(load, headers->part_whole);
}

static bool take(void *context, int status, const struct sw_headers *headers, const char *bytes, size_t length)
{
    struct load *load = context;
    if (!load->begun)
        load->wrong = judge_head(load, status, headers);
    load->begun = true;
    if (load->wrong == NULL && length > load->fetch.bytes - load->at)
        load->wrong = "is longer than it may be";
    if (load->wrong != NULL || !load->fetch.take(load->fetch.context, load->at, bytes, length))
        return false;
    load->at += length;
    return true;
}

/* ---- how it ends ---- */

static void unlink_load(struct load *load)
{
    struct load **link = &load->carrier->loads;
    while (*link != load)
        link = &(*link)->next;
    *link = load->next;
}

static struct sw_fetched judge_fault(const struct load *load, const struct sw_http_answer *answer)
{
    if (load->wrong != NULL)
        return (struct sw_fetched){.status = SW_FETCH_WRONG, .fault = load->wrong};
    if (answer->stopped)
        return (struct sw_fetched){.status = SW_FETCH_STOPPED, .fault = answer->fault};
    return (struct sw_fetched){.status = answer->forbidden ? SW_FETCH_WRONG : SW_FETCH_FAILED, .fault = answer->fault};
}

static struct sw_fetched judge_status(struct load *load, const struct sw_http_answer *answer)
{
    switch (answer->status) {
    case 200:
    case 206:
        if (!load->begun) /* an empty body */
            load->wrong = judge_head(load, answer->status, answer->headers);
        return (struct sw_fetched){.status = load->wrong == NULL ? SW_FETCH_WHOLE : SW_FETCH_WRONG,
                                   .fault = load->wrong == NULL ? "" : load->wrong};
    case 304:
        return (struct sw_fetched){.status = load->conditional ? SW_FETCH_SAME : SW_FETCH_WRONG,
                                   .fault = "is said to be unchanged, though nobody has it"};
    case 404:
    case 410: return (struct sw_fetched){.status = SW_FETCH_MISSING, .fault = "is not there"};
    case 416: return (struct sw_fetched){.status = SW_FETCH_WRONG, .fault = "does not have the part that was asked for"};
    case 429:
    case 503: return (struct sw_fetched){.status = SW_FETCH_BUSY, .fault = "the server asks to come back later"};
    case 401:
    case 403:
        return (struct sw_fetched){.status = SW_FETCH_FAILED,
                                   .fault = "may not be read: \"access\" in the machine's configuration says who asks"};
    default:
        (void)snprintf(load->words, sizeof load->words, "the server answers with status %d", answer->status);
        return (struct sw_fetched){.status = SW_FETCH_FAILED, .fault = load->words};
    }
}

static void answered(void *context, const struct sw_http_answer *answer)
{
    struct load *load = context;
    struct sw_fetched fetched = answer->fault != NULL ? judge_fault(load, answer) : judge_status(load, answer);
    fetched.etag = answer->etag;
    fetched.max_age = answer->max_age;
    fetched.retry_after = answer->retry_after;
    unlink_load(load);
    load->fetch.done(load->fetch.context, &fetched);
    free(load);
}

/* ---- the outside ---- */

static uint64_t begin(void *self, const struct sw_fetch *fetch)
{
    struct sw_carrier *carrier = self;
    struct load *load = sw_alloc(sizeof *load);
    char url[4096];
    load->carrier = carrier;
    load->fetch = *fetch;
    load->fetch.path = load->fetch.etag = NULL; /* not ours */
    load->conditional = fetch->etag != NULL;
    load->next = carrier->loads;
    carrier->loads = load;
    (void)snprintf(url, sizeof url, "%s/%s", carrier->host->base, fetch->path);
    const struct sw_http_request request = {.url = url,
                                            .auth = sw_base_auth(&carrier->host->access),
                                            .user = carrier->host->access.user,
                                            .etag = fetch->etag,
                                            .same_host = true,
                                            .from = fetch->from,
                                            .patience = PATIENCE_LEAST + (int64_t)(fetch->bytes / RATE_LEAST) * SW_SECOND,
                                            .take = take};
    load->number = sw_http_begin(carrier->http, &request, answered, load);
    return load->number;
}

static void cancel(void *self, uint64_t number)
{
    struct sw_carrier *carrier = self;
    struct load *load = carrier->loads;
    while (load != NULL && load->number != number)
        load = load->next;
    if (load == NULL)
        return;
    sw_http_cancel(carrier->http, number);
    unlink_load(load);
    free(load);
}

struct sw_carrier *sw_carrier_create(const struct sw_host *host, struct sw_http *http)
{
    struct sw_carrier *carrier = sw_alloc(sizeof *carrier);
    carrier->host = host;
    carrier->http = http;
    return carrier;
}

void sw_carrier_destroy(struct sw_carrier *carrier)
{
    if (carrier == NULL)
        return;
    while (carrier->loads != NULL)
        cancel(carrier, carrier->loads->number);
    free(carrier);
}

struct sw_origin sw_carrier_origin(struct sw_carrier *carrier) { return (struct sw_origin){carrier, begin, cancel}; }
