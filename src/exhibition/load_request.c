/* SPDX-License-Identifier: EUPL-1.2 */
/* What a source (or its back-fill) asks for, and how rows come out of the answer. */
#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "exhibition/load_source.h"
#include "json/jq_lint.h"
#include "json/pointer.h"
#include "json/write.h"

#define VARS_BYTES_MAX 4096
#define HEADER_BYTES_MAX 1024

static const char *const charset_words[] = {"utf-8", "latin1", "windows-1252", NULL}; /* as enum sw_charset */
static const char *const decimal_words[] = {".", ",", NULL};
const char *const sw_format_words[] = {"json", "csv", NULL}; /* as enum sw_format */

static void judge_delimiter(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    const char *text = cJSON_IsString(node) ? node->valuestring : "";
    bool good = text[0] != '\0' && text[1] == '\0' && (text[0] == '\t' || (text[0] > ' ' && text[0] < 0x7F)) && text[0] != '"' &&
                !isalnum((unsigned char)text[0]);
    if (!good)
        sw_verify_fault(verify, node, "one sign is wanted, e.g. \";\", \",\" or \"\\t\"");
}

static const struct sw_row csv_rows[] = {
    {.key = "delimiter",
     .type = SW_TYPE_CUSTOM,
     .judge = judge_delimiter,
     .shape = SW_SHAPE("[\\t!#-/:-@[-`{-~]", "one sign"),
     .otherwise = "\",\"",
     .meaning = "What parts the columns."},
    {.key = "decimal",
     .type = SW_TYPE_ENUM,
     .words = decimal_words,
     .otherwise = "\".\"",
     .meaning = "The decimal mark of all its numbers."},
    {.key = "skip", .type = SW_TYPE_INTEGER, .minimum = 0, .maximum = 1000, .otherwise = "0", .meaning = "Lines before the header."},
    {.key = "header", .type = SW_TYPE_BOOL, .otherwise = "true", .meaning = "Whether a line names the columns."},
    {.key = "charset", .type = SW_TYPE_ENUM, .words = charset_words, .otherwise = "\"utf-8\"", .meaning = "How its letters are written."},
};
const struct sw_table sw_csv_table = {"csv", "How a CSV is written.", csv_rows, SW_COUNT(csv_rows)};

static const struct sw_row secret_row = {.key = "", .type = SW_TYPE_ID};
static const struct sw_row auth_rows[] = {
    {.key = "bearer", .type = SW_TYPE_ID, .meaning = "The secret that is the token."},
    {.key = "basic", .type = SW_TYPE_LIST, .item = &secret_row, .minimum = 2, .maximum = 2, .meaning = "The secrets of user and password."},
    {.key = "header", .type = SW_TYPE_STRING, .meaning = "The header that bears `secret`."},
    {.key = "query", .type = SW_TYPE_STRING, .meaning = "The parameter of the address that bears `secret`."},
    {.key = "certificate", .type = SW_TYPE_ID, .meaning = "The secret that is the client's certificate (PEM); `key` is its key."},
    {.key = "oauth2",
     .type = SW_TYPE_CUSTOM,
     .judge = sw_load_judge_address,
     .shape = SW_SHAPE_LINK,
     .meaning = "Where a token is had for `client` and `secret`."},
    {.key = "secret", .type = SW_TYPE_ID, .meaning = "Name of a secret."},
    {.key = "key", .type = SW_TYPE_ID, .meaning = "Name of the secret that is the certificate's key (PEM)."},
    {.key = "client", .type = SW_TYPE_ID, .meaning = "Name of the secret that is the client's id."},
    {.key = "scope", .type = SW_TYPE_STRING, .meaning = "The scope to ask for."},
};
const struct sw_table sw_auth_table = {"auth", "How to prove who asks; secrets are named here and kept by the host.", auth_rows,
                                       SW_COUNT(auth_rows)};

static const struct sw_row pages_rows[] = {
    {.key = "next",
     .type = SW_TYPE_CUSTOM,
     .judge = sw_load_judge_pointer,
     .shape = SW_SHAPE(SW_SHAPE_POINTER, "a JSON Pointer"),
     .meaning = "JSON Pointer to the address of the next page, or to a list of links (rel `next`)."},
    {.key = "link", .type = SW_TYPE_BOOL, .meaning = "The header Link says it (rel=next)."},
    {.key = "offset", .type = SW_TYPE_STRING, .needs = "limit", .meaning = "The parameter that counts the rows before a page."},
    {.key = "size", .type = SW_TYPE_STRING, .needs = "offset", .meaning = "The parameter that says how many rows a page has."},
    {.key = "limit",
     .type = SW_TYPE_INTEGER,
     .minimum = 1,
     .maximum = SW_ROWS_MAX,
     .needs = "offset",
     .meaning = "offset: how many rows a page has."},
    {.key = "max", .type = SW_TYPE_INTEGER, .minimum = 1, .maximum = 100, .otherwise = "10", .meaning = "Pages at most."},
};
const struct sw_table sw_pages_table = {"pages", "How the next page is found.", pages_rows, SW_COUNT(pages_rows)};

static const char *copy(struct sw_writer *w, const cJSON *node)
{
    return cJSON_IsString(node) ? sw_arena_strdup(w->loader->arena, node->valuestring) : NULL;
}

static size_t index_of(const char *const *words, const cJSON *node)
{
    size_t index = 0;
    while (node != NULL && words[index] != NULL && strcmp(words[index], node->valuestring) != 0)
        index++;
    return node != NULL && words[index] != NULL ? index : 0;
}

/* -- csv -- */

static char load_csv(struct sw_writer *w, struct sw_csv *csv, const cJSON *node)
{
    const cJSON *delimiter = sw_load_member(w, &sw_csv_table, node, "delimiter");
    const cJSON *skip = sw_load_member(w, &sw_csv_table, node, "skip");
    const cJSON *decimal = sw_load_member(w, &sw_csv_table, node, "decimal");
    csv->delimiter = delimiter != NULL ? delimiter->valuestring[0] : ',';
    csv->skip = skip != NULL ? skip->valueint : 0;
    csv->header = sw_json_bool(node, "header", true);
    csv->charset = (enum sw_charset)index_of(charset_words, sw_load_member(w, &sw_csv_table, node, "charset"));
    return decimal != NULL ? decimal->valuestring[0] : '.';
}

/* -- headers -- */

static bool is_token(const char *text)
{
    size_t length = strlen(text); /* RFC 9110, 5.6.2 */
    return length > 0 && length <= 64 &&
           strspn(text, "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == length;
}

static bool same_header(const char *a, const char *b)
{
    while (*a != '\0' && tolower((unsigned char)*a) == tolower((unsigned char)*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

static const char *header_fault(const char *name, const char *value)
{
    static const char *const own[] = {"Host",
                                      "Content-Length",
                                      "Transfer-Encoding",
                                      "Connection",
                                      "User-Agent",
                                      "Accept-Encoding",
                                      "If-None-Match",
                                      "If-Modified-Since",
                                      "Range",
                                      "Expect",
                                      "TE",
                                      "Upgrade"};
    static const char *const secret[] = {"Authorization", "Proxy-Authorization", "Cookie", "X-Api-Key", "X-Auth-Token"};
    if (!is_token(name))
        return "is no name of a header; letters, digits and - are allowed";
    for (size_t i = 0; i < SW_COUNT(own); i++)
        if (same_header(own[i], name))
            return "is a header that the courier sees to; leave it out";
    for (size_t i = 0; i < SW_COUNT(secret); i++)
        if (same_header(secret[i], name))
            return "is for secrets, which do not belong into an exhibition; \"auth\" names them";
    for (const char *at = value; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || (unsigned char)*at > 0x7E)
            return "has a value with characters that no header may hold";
    return strlen(value) > HEADER_BYTES_MAX ? "has a value of more than 1024 bytes" : NULL;
}

static void load_headers(struct sw_writer *w, struct sw_request *request, const cJSON *object)
{
    const cJSON *item = NULL;
    struct sw_word *headers = sw_arena_array(w->loader->arena, (size_t)cJSON_GetArraySize(object), sizeof *headers);
    size_t mark = sw_verify_enter(&w->verify, "headers");
    cJSON_ArrayForEach (item, object) {
        const char *fault = header_fault(item->string, item->valuestring);
        if (fault != NULL)
            sw_verify_key_fault(&w->verify, item, "\"%s\" %s", item->string, fault);
        headers[request->header_count++] = (struct sw_word){.from = sw_arena_strdup(w->loader->arena, item->string), .to = copy(w, item)};
    }
    sw_verify_leave(&w->verify, mark);
    request->headers = headers;
}

/* -- auth -- */

static const struct {
    const char *key;
    enum sw_auth_kind kind;
    const char *wanted[3], *allowed;
} auth_kinds[] = {
    {"bearer", SW_AUTH_BEARER, {NULL}, NULL},
    {"basic", SW_AUTH_BASIC, {NULL}, NULL},
    {"header", SW_AUTH_HEADER, {"secret"}, NULL},
    {"query", SW_AUTH_QUERY, {"secret"}, NULL},
    {"certificate", SW_AUTH_CERTIFICATE, {"key"}, NULL},
    {"oauth2", SW_AUTH_OAUTH2, {"client", "secret"}, "scope"},
};

static bool goes_with(size_t kind, const char *key)
{
    bool goes = strcmp(key, auth_kinds[kind].key) == 0 || (auth_kinds[kind].allowed != NULL && strcmp(key, auth_kinds[kind].allowed) == 0);
    for (size_t i = 0; auth_kinds[kind].wanted[i] != NULL; i++)
        goes = goes || strcmp(key, auth_kinds[kind].wanted[i]) == 0;
    return goes;
}

static void check_auth(struct sw_writer *w, size_t kind, const cJSON *node)
{
    const cJSON *item = NULL;
    for (size_t i = 0; auth_kinds[kind].wanted[i] != NULL; i++)
        if (sw_json_get(node, auth_kinds[kind].wanted[i]) == NULL)
            sw_verify_fault(&w->verify, node, "missing key \"%s\", which goes with \"%s\"", auth_kinds[kind].wanted[i],
                            auth_kinds[kind].key);
    cJSON_ArrayForEach (item, node)
        if (!goes_with(kind, item->string))
            sw_verify_key_fault(&w->verify, item, "\"%s\" does not go with \"%s\"", item->string, auth_kinds[kind].key);
}

static void load_auth(struct sw_writer *w, struct sw_auth *auth, const cJSON *node)
{
    size_t kind = 0;
    size_t mark = sw_verify_enter(&w->verify, "auth");
    while (kind < SW_COUNT(auth_kinds) && sw_json_get(node, auth_kinds[kind].key) == NULL)
        kind++;
    if (kind == SW_COUNT(auth_kinds))
        sw_verify_fault(&w->verify, node, "one of bearer, basic, header, query, certificate and oauth2 is wanted");
    else
        check_auth(w, kind, node);
    sw_verify_leave(&w->verify, mark);
    if (kind == SW_COUNT(auth_kinds))
        return;
    const cJSON *main_key = sw_load_member(w, &sw_auth_table, node, auth_kinds[kind].key);
    const char *secret = copy(w, sw_load_member(w, &sw_auth_table, node, "secret")), *name = copy(w, main_key);
    auth->kind = auth_kinds[kind].kind;
    switch (auth->kind) {
    case SW_AUTH_BEARER: auth->first = name; break;
    case SW_AUTH_BASIC:
        auth->first = copy(w, cJSON_GetArrayItem(main_key, 0));
        auth->second = copy(w, cJSON_GetArrayItem(main_key, 1));
        break;
    case SW_AUTH_HEADER:
    case SW_AUTH_QUERY:
        auth->name = name;
        auth->first = secret;
        break;
    case SW_AUTH_CERTIFICATE:
        auth->first = name;
        auth->second = copy(w, sw_load_member(w, &sw_auth_table, node, "key"));
        break;
    case SW_AUTH_OAUTH2:
        auth->name = name;
        auth->first = copy(w, sw_load_member(w, &sw_auth_table, node, "client"));
        auth->second = secret;
        auth->scope = copy(w, sw_load_member(w, &sw_auth_table, node, "scope"));
        break;
    case SW_AUTH_NONE: break;
    }
}

/* -- pages -- */

static void load_pages(struct sw_writer *w, struct sw_paging *paging, const cJSON *node)
{
    const cJSON *next = sw_load_member(w, &sw_pages_table, node, "next"), *offset = sw_load_member(w, &sw_pages_table, node, "offset");
    const cJSON *limit = sw_load_member(w, &sw_pages_table, node, "limit"), *size = sw_load_member(w, &sw_pages_table, node, "size");
    const cJSON *maximum = sw_load_member(w, &sw_pages_table, node, "max");
    bool link = sw_json_bool(node, "link", false);
    size_t mark = sw_verify_enter(&w->verify, "pages");
    int ways = (sw_json_get(node, "next") != NULL) + (sw_json_get(node, "offset") != NULL) + link;
    if (ways != 1)
        sw_verify_fault(&w->verify, node, "one of \"next\": \"/pointer\", \"link\": true and \"offset\": \"parameter\" is wanted");
    sw_verify_leave(&w->verify, mark);
    *paging = (struct sw_paging){.kind = next != NULL     ? SW_PAGING_NEXT
                                         : offset != NULL ? SW_PAGING_OFFSET
                                                          : SW_PAGING_LINK,
                                 .name = copy(w, next != NULL ? next : offset),
                                 .size_name = copy(w, size),
                                 .size = limit != NULL ? limit->valueint : 0,
                                 .max = maximum != NULL ? maximum->valueint : 10};
}

/* -- pick and select -- */

void sw_load_judge_pointer(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    const char *fault = cJSON_IsString(node) ? sw_pointer_fault(node->valuestring) : "";
    if (fault != NULL)
        sw_verify_fault(verify, node, "a JSON Pointer, e.g. \"/data/items\", is wanted%s%s", fault[0] != '\0' ? "; this one " : "",
                        fault[0] == 'b' ? "has no slash in front" : fault);
}

/* As the worker will judge it before it compiles it. */
static void judge_program(const char *program, struct sw_arena *arena, struct sw_expression_faults *faults)
{
    struct sw_jq_fault found[SW_JQ_FAULTS_MAX];
    static_assert(SW_JQ_FAULTS_MAX <= SW_COUNT(faults->items), "all are said");
    faults->count = sw_jq_lint(program, strlen(program), found);
    for (size_t i = 0; i < faults->count; i++)
        faults->items[i] = (struct sw_expression_fault){.offset = found[i].offset, .text = sw_arena_strdup(arena, found[i].text)};
}

static const char *load_select(struct sw_writer *w, const cJSON *node)
{
    struct sw_expression_faults faults = {.count = 0};
    size_t mark = sw_verify_enter(&w->verify, "select");
    const char *program = NULL;
    if (cJSON_IsString(node) || cJSON_IsArray(node))
        program = sw_load_lines(w, node);
    else
        sw_verify_fault(&w->verify, node, "a program in jq 1.6 is wanted: a string, or an array of lines");
    if (program != NULL)
        judge_program(program, w->loader->arena, &faults);
    (void)sw_load_say(w, node, 0, &faults);
    sw_verify_leave(&w->verify, mark);
    return program != NULL ? sw_arena_strdup(w->loader->arena, program) : "empty"; /* a single line is the document's own */
}

static const char *load_vars(struct sw_writer *w, const cJSON *node)
{
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, VARS_BYTES_MAX);
    sw_json_write(&buffer, node);
    size_t mark = sw_verify_enter(&w->verify, "vars");
    if (!cJSON_IsObject(node))
        sw_verify_fault(&w->verify, node, "an object is wanted: {\"stop\": \"Duisburg Hbf\"}; the program sees it as .vars");
    else if (buffer.full)
        sw_verify_fault(&w->verify, node, "has more than %d bytes", VARS_BYTES_MAX);
    sw_verify_leave(&w->verify, mark);
    const char *text = sw_arena_strdup(w->loader->arena, buffer.full ? "{}" : sw_buffer_text(&buffer));
    sw_buffer_finish(&buffer);
    return text;
}

/* Of a CSV only a row can be picked, by its number. */
static void check_pick(struct sw_writer *w, const struct sw_request *request, const cJSON *object, const cJSON *pick)
{
    size_t row = 0, mark = sw_verify_enter(&w->verify, "pick");
    if (request->format == SW_FORMAT_CSV && request->select == NULL) {
        bool one = pick != NULL && pick->valuestring[0] == '/' && sw_pointer_index(pick->valuestring + 1, SW_ROWS_MAX, &row);
        if (pick != NULL && pick->valuestring[0] != '\0' && !one)
            sw_verify_fault(&w->verify, pick, "of a CSV a row is picked, by its number from 0: \"/0\"");
        else if (request->rows == one)
            sw_verify_fault(&w->verify, pick != NULL ? pick : object,
                            one ? "is one row, and \"rows\" wants all of them; leave one of the two out"
                                : "a CSV is rows: \"rows\": true gives all of them, \"pick\": \"/0\" the first");
    }
    sw_verify_leave(&w->verify, mark);
}

static void check_request(struct sw_writer *w, const struct sw_request *request, const cJSON *object, bool network)
{
    const cJSON *csv = sw_json_get(object, "csv"), *select = sw_json_get(object, "select");
    if (network && request->address != NULL && sw_request_is_relative(request) && sw_json_get(object, "auth") != NULL)
        sw_verify_key_fault(&w->verify, sw_json_get(object, "auth"),
                            "\"auth\" goes with an address that begins with https://; in the published folder the \"access\" of the "
                            "machine's configuration says who asks");
    if (csv != NULL && request->format != SW_FORMAT_CSV)
        sw_verify_key_fault(&w->verify, csv, "\"csv\" goes with \"format\": \"csv\"");
    if (select != NULL && sw_json_get(object, "pick") != NULL)
        sw_verify_key_fault(&w->verify, select, "rows are got by \"pick\" or by \"select\", not by both");
    if (sw_json_get(object, "pages") != NULL && !request->rows)
        sw_verify_key_fault(&w->verify, sw_json_get(object, "pages"), "pages are of rows; \"rows\": true is wanted");
    if (sw_json_get(object, "limit") != NULL && !request->rows)
        sw_verify_key_fault(&w->verify, sw_json_get(object, "limit"), "\"limit\" is of rows; \"rows\": true is wanted");
}

void sw_load_request(struct sw_writer *w, const struct sw_table *table, const struct sw_source *source, struct sw_request *request,
                     const cJSON *object)
{
    const cJSON *csv = sw_load_member(w, table, object, "csv"), *headers = sw_load_member(w, table, object, "headers");
    const cJSON *auth = sw_json_get(object, "auth"), *pages = sw_json_get(object, "pages");
    const cJSON *pick = sw_load_member(w, table, object, "pick"), *select = sw_json_get(object, "select");
    const cJSON *limit = sw_load_member(w, table, object, "limit"), *vars = sw_json_get(object, "vars");
    bool network = sw_json_get(object, "http") != NULL;
    request->address = copy(w, sw_load_member(w, table, object, network ? "http" : "file"));
    request->format = (enum sw_format)index_of(sw_format_words, sw_load_member(w, table, object, "format"));
    request->limit = limit != NULL ? limit->valueint : 1000;
    request->observed = -1;
    if (select != NULL)
        request->select = load_select(w, select);
    else
        request->pick = pick != NULL ? copy(w, pick) : "";
    if (vars != NULL)
        request->vars = load_vars(w, vars);
    if (headers != NULL)
        load_headers(w, request, headers);
    if (cJSON_IsObject(auth))
        load_auth(w, &request->auth, auth);
    if (cJSON_IsObject(pages))
        load_pages(w, &request->paging, pages);
    char decimal = load_csv(w, &request->csv, csv);
    check_request(w, request, object, network);
    check_pick(w, request, object, pick);
    sw_load_fields(w, source, request, sw_json_get(object, "fields"), decimal);
}
