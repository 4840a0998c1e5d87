/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/host.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "courier/poll.h"
#include "json/schema.h"

#define FILE_MAX ((size_t)256 << 10)
#define SECRETS_MAX 64

static void judge_host(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    struct sw_allow allow;
    if (!cJSON_IsString(node) || !sw_allow_parse(node->valuestring, &allow))
        sw_verify_fault(verify, node, "a host, host:port or network is wanted, e.g. \"10.1.0.0/16\" or \"broker.city.lan:8080\"");
}

static const struct sw_row allow_rows[] = {
    {"host", SW_TYPE_CUSTOM, SW_ROW_REQUIRED, .judge = judge_host, .meaning = "the address, as it would stand alone"},
    {"every_at_least", SW_TYPE_DURATION, .minimum = (double)SW_POLL_LEAST_ALLOWED / SW_SECOND, .maximum = (double)SW_POLL_LEAST / SW_SECOND,
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

static void judge_path(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    (void)row;
    if (!cJSON_IsString(node) || node->valuestring[0] != '/')
        sw_verify_fault(verify, node, "an absolute path is wanted, e.g. \"/etc/schauwand/key\"");
}

static const struct sw_row allow_row = {.type = SW_TYPE_CUSTOM, .judge = judge_allow};
static const struct sw_row path_row = {.type = SW_TYPE_CUSTOM, .judge = judge_path};
static const struct sw_row rows[] = {
    {"live", SW_TYPE_BOOL, .otherwise = "false", .meaning = "sources may be asked over the network; else their samples are shown"},
    {"allow", SW_TYPE_LIST, .minimum = 0, .maximum = SW_ALLOW_MAX, .item = &allow_row,
     .meaning = "addresses of the house's own network that may be asked, also without TLS"},
    {"secrets", SW_TYPE_MAP, .key_type = SW_TYPE_ID, .item = &path_row,
     .meaning = "where each secret lies: a file that only its owner may read"},
    {"proxy", SW_TYPE_STRING, .meaning = "the proxy that all requests go through"},
    {"ca", SW_TYPE_CUSTOM, .judge = judge_path, .meaning = "certificates to trust beside the system's, a PEM file"},
    {"contact", SW_TYPE_STRING, .meaning = "whom the owner of a source may write to: part of every request"},
    {"state", SW_TYPE_CUSTOM, .judge = judge_path, .meaning = "the folder for what is kept: last values, history"},
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

static void take(struct sw_host *host, const cJSON *root, struct sw_arena *arena)
{
    const cJSON *item = NULL, *allow = sw_json_get(root, "allow"), *secrets = sw_json_get(root, "secrets");
    struct sw_secret *list = sw_arena_array(arena, SECRETS_MAX, sizeof *list);
    host->live = sw_json_bool(root, "live", false);
    cJSON_ArrayForEach(item, allow) host->allow[host->allow_count++] = take_allow(item);
    cJSON_ArrayForEach(item, secrets)
    {
        if (host->secret_count < SECRETS_MAX)
            list[host->secret_count++] =
                (struct sw_secret){sw_arena_strdup(arena, item->string), sw_arena_strdup(arena, item->valuestring)};
    }
    host->secrets = list;
    host->proxy = copy(arena, root, "proxy");
    host->ca = copy(arena, root, "ca");
    host->contact = copy(arena, root, "contact");
    host->state = copy(arena, root, "state");
}

bool sw_host_load(struct sw_host *host, const char *path, struct sw_arena *arena, struct sw_diags *diags)
{
    const char *file = path != NULL ? path : SW_HOST_FILE;
    char *bytes = NULL;
    size_t length = 0;
    *host = (struct sw_host){.live = false};
    enum sw_file_status status = sw_file_read(file, FILE_MAX, &bytes, &length);
    if (status == SW_FILE_MISSING && path == NULL)
        return true;
    if (status != SW_FILE_OK) {
        sw_diags_add(diags, SW_ERROR, file, 0, 0, "", "%s", sw_file_status_text(status));
        return false;
    }
    struct sw_json *json = sw_json_create(bytes, length, SW_JSON_CURATOR, file, diags);
    free(bytes);
    if (json == NULL)
        return false;
    struct sw_verify verify;
    sw_verify_init(&verify, json, diags);
    bool good = sw_verify_object(&verify, &table, json->root);
    if (good)
        take(host, json->root, arena);
    sw_json_destroy(json);
    return good;
}

static const char *find(const struct sw_host *host, const char *name)
{
    for (size_t i = 0; i < host->secret_count; i++) {
        if (strcmp(host->secrets[i].name, name) == 0)
            return host->secrets[i].file;
    }
    return NULL;
}

/* Opens it if nobody else may read it; -1 and *why else. */
static int open_secret(const char *file, const char **why)
{
    struct stat status;
    int fd = file != NULL ? open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) : -1;
    *why = file == NULL ? "the host's configuration names no such secret" : "its file cannot be opened";
    if (fd < 0)
        return -1;
    *why = "its file may be read by others: its mode must be 0600";
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 077) == 0)
        return fd;
    close(fd);
    return -1;
}

/* Through a volatile pointer, or the compiler would leave out what nobody reads. */
void sw_host_wipe(char *bytes, size_t length)
{
    static void *(*const volatile fill)(void *, int, size_t) = memset;
    fill(bytes, 0, length);
}

const char *sw_host_secret(const struct sw_host *host, const char *name, char *out)
{
    const char *why;
    int fd = open_secret(find(host, name), &why);
    if (fd < 0)
        return why;
    ssize_t length = read(fd, out, SW_SECRET_MAX + 1);
    close(fd);
    why = length < 0 ? "its file cannot be read" : length > (ssize_t)SW_SECRET_MAX ? "its file is too large" : NULL;
    if (why == NULL) {
        out[length] = '\0';
        out[strcspn(out, "\r\n")] = '\0';
        why = out[0] == '\0' ? "its file is empty" : NULL;
    }
    if (why != NULL)
        sw_host_wipe(out, SW_SECRET_MAX + 1);
    return why;
}

const char *sw_host_secret_file(const struct sw_host *host, const char *name, const char **why)
{
    const char *file = find(host, name);
    int fd = open_secret(file, why);
    if (fd < 0)
        return NULL;
    close(fd);
    return file;
}
