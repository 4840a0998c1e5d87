/* SPDX-License-Identifier: EUPL-1.2 */
#include "host/host.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "host/judge.h"
#include "json/schema.h"

#define NAMES_MAX 400 /* bytes of a fault that lists the secrets */

static void judge_host(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    struct sw_allow allow;
    if (!cJSON_IsString(node) || !sw_allow_parse(node->valuestring, &allow))
        sw_verify_fault(verify, node, "a host, host:port or network is wanted, e.g. \"10.1.0.0/16\" or \"broker.city.lan:8080\"");
}

static const struct sw_row allow_rows[] = {
    {"host", SW_TYPE_CUSTOM, SW_ROW_REQUIRED, .judge = judge_host, .meaning = "the address, as it would stand alone"},
    {"every_at_least", SW_TYPE_DURATION, .minimum = (double)SW_LEAST_ALLOWED / SW_SECOND, .maximum = (double)SW_LEAST_USUAL / SW_SECOND,
     .otherwise = "5s", .meaning = "sources there may be asked as often as this"},
};
static const struct sw_table allow_table = {"allowed address", "an address with what is allowed there", allow_rows, SW_COUNT(allow_rows)};

/* "10.1.0.0/16", or {"host": "10.1.0.0/16", "every_at_least": "1s"}. */
static void judge_allow(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    if (cJSON_IsObject(node))
        (void)sw_verify_object(verify, &allow_table, node);
    else
        judge_host(verify, row, node);
}

static const char *judge_quota(const char *text)
{
    int64_t bytes;
    return sw_judge_quota(text, &bytes);
}

/* What a row `means`: the rule of judge.h that its text follows. */
enum rule { BASE, ROOT_KEY, USER, PATH, LINE, PROXY, QUOTA };

static void judge_text(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    static const char *(*const rules[])(const char *) = {
        [BASE] = sw_judge_base, [ROOT_KEY] = sw_judge_root_key, [USER] = sw_judge_user, [PATH] = sw_judge_path,
        [LINE] = sw_judge_line, [PROXY] = sw_judge_proxy,       [QUOTA] = judge_quota,
    };
    const char *fault = cJSON_IsString(node) ? rules[row->means](node->valuestring) : "a string is wanted";
    if (fault != NULL)
        sw_verify_fault(verify, node, "%s", fault);
}

static const char *const log_words[] = {"error", "warning", "notice", "info", "debug", NULL}; /* from SW_LOG_ERROR on */
static const struct sw_row access_rows[] = {
    {"user", SW_TYPE_CUSTOM, .judge = judge_text, .means = USER, .meaning = "who asks; without it the secret is a token"},
    {"secret", SW_TYPE_ID, SW_ROW_REQUIRED, .meaning = "the name of the secret that holds the password or token"},
};
static const struct sw_table access_table = {"access", "what the server of the base is told", access_rows, SW_COUNT(access_rows)};

static const struct sw_row allow_row = {.type = SW_TYPE_CUSTOM, .judge = judge_allow};
static const struct sw_row path_row = {.type = SW_TYPE_CUSTOM, .judge = judge_text, .means = PATH};
static const struct sw_row rows[] = {
    {"base", SW_TYPE_CUSTOM, .judge = judge_text, .means = BASE, .meaning = "the address of the published exhibition"},
    {"wall", SW_TYPE_ID, .meaning = "which of its walls this is"},
    {"root_key", SW_TYPE_CUSTOM, .judge = judge_text, .means = ROOT_KEY,
     .meaning = "the public root key: what it did not sign is not played"},
    {"access", SW_TYPE_OBJECT, .table = &access_table, .meaning = "what the server of the base wants to be told"},
    {"poll", SW_TYPE_DURATION, .minimum = 2, .maximum = 3600, .otherwise = "10s", .meaning = "how often to ask for something new"},
    {"cache", SW_TYPE_CUSTOM, .judge = judge_text, .means = PATH, .otherwise = "cache in the state",
     .meaning = "the folder in which releases are kept"},
    {"quota", SW_TYPE_CUSTOM, .judge = judge_text, .means = QUOTA, .otherwise = "0",
     .meaning = "how much releases may take of the disk; 0: no bound"},
    {"live", SW_TYPE_BOOL, .otherwise = "false", .meaning = "sources may be asked over the network; else their samples are shown"},
    {"allow", SW_TYPE_LIST, .minimum = 0, .maximum = SW_ALLOW_MAX, .item = &allow_row,
     .meaning = "addresses of the house's own network that may be asked, also without TLS"},
    {"secrets", SW_TYPE_MAP, .key_type = SW_TYPE_ID, .item = &path_row,
     .meaning = "where each secret lies: a file that only its owner may read"},
    {"proxy", SW_TYPE_CUSTOM, .judge = judge_text, .means = PROXY, .meaning = "the proxy that all requests go through"},
    {"ca", SW_TYPE_CUSTOM, .judge = judge_text, .means = PATH, .meaning = "certificates to trust beside the system's, a PEM file"},
    {"contact", SW_TYPE_CUSTOM, .judge = judge_text, .means = LINE,
     .meaning = "whom the owner of a source may write to: part of every request"},
    {"state", SW_TYPE_CUSTOM, .judge = judge_text, .means = PATH, .meaning = "the folder for what is kept: last values, history, releases"},
    {"call", SW_TYPE_CUSTOM, .judge = judge_text, .means = LINE,
     .meaning = "whom to call, as it stands on the card of a wall that has nothing to show"},
    {"log", SW_TYPE_ENUM, .words = log_words, .otherwise = "info", .meaning = "the most that is written to the log"},
};
static const struct sw_table table = {"host", "what this machine's operator has decided", rows, SW_COUNT(rows)};

static const char *copy(struct sw_arena *arena, const cJSON *root, const char *key)
{
    const char *text = sw_json_text(root, key, NULL);
    return text != NULL && text[0] != '\0' ? sw_arena_strdup(arena, text) : NULL;
}

/* One that has been judged. */
static struct sw_allow take_allow(const cJSON *node)
{
    struct sw_allow allow = {.prefix = -1};
    const char *least = sw_json_text(node, "every_at_least", NULL);
    (void)!sw_allow_parse(cJSON_IsObject(node) ? sw_json_text(node, "host", "") : node->valuestring, &allow);
    if (least != NULL)
        (void)!sw_duration_parse(least, &allow.least);
    return allow;
}

static void take_secrets(struct sw_host *host, const cJSON *secrets, struct sw_arena *arena)
{
    const cJSON *item = NULL;
    int count = secrets != NULL ? cJSON_GetArraySize(secrets) : 0;
    struct sw_secret *list = sw_arena_array(arena, (size_t)count, sizeof *list);
    cJSON_ArrayForEach (item, secrets)
        list[host->secret_count++] = (struct sw_secret){sw_arena_strdup(arena, item->string), sw_arena_strdup(arena, item->valuestring)};
    host->secrets = list;
}

static enum sw_log_level take_log(const cJSON *root)
{
    const char *word = sw_json_text(root, "log", "info");
    int level = 0;
    while (strcmp(log_words[level], word) != 0)
        level++;
    return (enum sw_log_level)(SW_LOG_ERROR + level);
}

static void take_published(struct sw_host *host, const cJSON *root, struct sw_arena *arena)
{
    const cJSON *access = sw_json_get(root, "access");
    const char *base = sw_json_text(root, "base", NULL), *poll = sw_json_text(root, "poll", NULL);
    host->base = base != NULL ? sw_base_trim(base, arena) : NULL;
    host->wall = copy(arena, root, "wall");
    host->root_key = copy(arena, root, "root_key");
    host->access = (struct sw_host_access){copy(arena, access, "user"), copy(arena, access, "secret")};
    if (poll != NULL)
        (void)!sw_duration_parse(poll, &host->poll);
    host->cache = copy(arena, root, "cache");
    (void)!sw_judge_quota(sw_json_text(root, "quota", "0"), &host->quota);
}

static void take(struct sw_host *host, const cJSON *root, struct sw_arena *arena)
{
    const cJSON *item = NULL, *allow = sw_json_get(root, "allow");
    take_published(host, root, arena);
    host->live = sw_json_bool(root, "live", false);
    cJSON_ArrayForEach (item, allow)
        host->allow[host->allow_count++] = take_allow(item);
    take_secrets(host, sw_json_get(root, "secrets"), arena);
    host->proxy = copy(arena, root, "proxy");
    host->ca = copy(arena, root, "ca");
    host->contact = copy(arena, root, "contact");
    host->state = copy(arena, root, "state");
    host->call = copy(arena, root, "call");
    host->log = take_log(root);
}

/* ---- what only the whole of it can say ---- */

static bool judge_access(struct sw_verify *verify, const struct sw_host *host, const cJSON *root)
{
    struct sw_buffer names;
    bool known = host->access.secret == NULL;
    sw_buffer_init(&names, NAMES_MAX);
    for (size_t i = 0; i < host->secret_count; i++) {
        known = known || strcmp(host->secrets[i].name, host->access.secret) == 0;
        sw_buffer_printf(&names, "%s \"%s\"", i == 0 ? "" : ",", host->secrets[i].name);
    }
    if (!known) {
        size_t mark = sw_verify_enter(verify, "access"), inner = sw_verify_enter(verify, "secret");
        sw_verify_fault(verify, sw_json_get(sw_json_get(root, "access"), "secret"), "there is no secret \"%s\"; \"secrets\" has%s",
                        host->access.secret, host->secret_count > 0 ? sw_buffer_text(&names) : " none");
        sw_verify_leave(verify, inner);
        sw_verify_leave(verify, mark);
    }
    sw_buffer_finish(&names);
    return known;
}

static bool judge_plain_base(struct sw_verify *verify, const struct sw_host *host, const cJSON *root)
{
    const char *fault = host->base != NULL ? sw_judge_plain(host->base, host->allow, host->allow_count) : NULL;
    if (fault != NULL) {
        size_t mark = sw_verify_enter(verify, "base");
        sw_verify_fault(verify, sw_json_get(root, "base"), "%s", fault);
        sw_verify_leave(verify, mark);
    }
    return fault == NULL;
}

bool sw_host_read(struct sw_host *host, const char *bytes, size_t length, const char *name, struct sw_arena *arena, struct sw_diags *diags)
{
    struct sw_verify verify;
    struct sw_host read = {.poll = SW_HOST_POLL, .log = SW_LOG_INFO};
    *host = read;
    struct sw_json *json = sw_json_create(bytes, length, SW_JSON_CURATOR, name, diags);
    if (json == NULL)
        return false;
    sw_verify_init(&verify, json, diags);
    bool good = sw_verify_object(&verify, &table, json->root);
    if (good) {
        take(&read, json->root, arena);
        good = judge_access(&verify, &read, json->root);
        good = judge_plain_base(&verify, &read, json->root) && good;
    }
    if (good)
        *host = read;
    sw_json_destroy(json);
    return good;
}

bool sw_host_load(struct sw_host *host, const char *path, struct sw_arena *arena, struct sw_diags *diags)
{
    const char *file = path != NULL ? path : SW_HOST_FILE;
    char *bytes = NULL;
    size_t length = 0;
    *host = (struct sw_host){.poll = SW_HOST_POLL, .log = SW_LOG_INFO};
    enum sw_file_status status = sw_file_read(file, SW_HOST_BYTES_MAX, &bytes, &length);
    if (status == SW_FILE_MISSING && path == NULL)
        return true;
    if (status != SW_FILE_OK) {
        sw_diags_add(diags, SW_ERROR, file, 0, 0, "", "%s", sw_file_status_text(status));
        return false;
    }
    bool good = sw_host_read(host, bytes, length, file, arena, diags);
    free(bytes);
    return good;
}
