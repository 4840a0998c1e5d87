/* SPDX-License-Identifier: EUPL-1.2 */
/* Addresses on the network, as far as an exhibition can be judged by itself: which hosts may be asked, and where the published folder is,
 * is for the host's own configuration. */
#include <ctype.h>
#include <string.h>

#include "exhibition/load_source.h"

#define ADDRESS_BYTES_MAX 2000

/* Where the parts of "https://host:port/path" begin and end. */
struct address {
    const char *host, *port, *rest; /* port: behind the colon, or NULL; rest: from the path on */
    size_t host_length;
    bool encrypted;
};

static const char *not_an_address(struct sw_arena *arena, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte <= 0x20 || byte > 0x7E)
            return byte == ' ' ? "holds a blank; it is written %20" : "holds a character that is written with % in an address: ü is %C3%BC";
        if (strchr("\"<>\\^`|", *at) != NULL)
            return sw_arena_printf(arena, "holds %c, which is written %%%02X in an address", *at, (unsigned)byte);
        if (*at == '#')
            return "has a part behind #, which no server is told; leave it out";
    }
    return NULL;
}

/* What is wrong with it, of the arena; NULL: nothing. */
static const char *split(struct sw_arena *arena, const char *text, struct address *out)
{
    size_t scheme = strncmp(text, "https://", 8) == 0 ? 8 : strncmp(text, "http://", 7) == 0 ? 7 : 0;
    if (scheme == 0)
        return "is no address; it begins with https://";
    if (strlen(text) > ADDRESS_BYTES_MAX)
        return "has more than 2000 bytes";
    const char *fault = not_an_address(arena, text);
    if (fault != NULL)
        return fault;
    *out = (struct address){.host = text + scheme, .encrypted = scheme == 8};
    out->rest = out->host + strcspn(out->host, "/?");
    size_t authority = (size_t)(out->rest - out->host);
    if (memchr(out->host, '@', authority) != NULL)
        return "holds a user; \"auth\" names the secrets, which the host keeps";
    out->host_length = out->host[0] == '[' ? strcspn(out->host, "]") + 1 : strcspn(out->host, ":/?");
    if (out->host_length == 0 || out->host_length > authority || memchr(out->host, '{', authority) != NULL)
        return "has no host behind ://";
    if (out->host + out->host_length == out->rest)
        return NULL;
    out->port = out->host + out->host_length + 1;
    size_t digits = strspn(out->port, "0123456789");
    bool good = out->port[-1] == ':' && digits > 0 && digits <= 5 && out->port + digits == out->rest;
    return good ? NULL : "has a port that is no number, e.g. :8443";
}

static bool is_loopback(const struct address *address)
{
    static const char *const names[] = {"localhost", "[::1]"};
    for (size_t i = 0; i < SW_COUNT(names); i++)
        if (strlen(names[i]) == address->host_length && strncmp(names[i], address->host, address->host_length) == 0)
            return true;
    return strncmp(address->host, "127.", 4) == 0 && strspn(address->host, "0123456789.") == address->host_length;
}

static const char *days_fault(const char *text)
{
    static const char *const words[] = {"{yesterday}", "{today}", "{tomorrow}"};
    for (const char *at = strpbrk(text, "{}"); at != NULL; at = strpbrk(at, "{}")) {
        size_t word = 0;
        while (word < SW_COUNT(words) && strncmp(at, words[word], strlen(words[word])) != 0)
            word++;
        if (word == SW_COUNT(words))
            return "may hold {today}, {yesterday} and {tomorrow}, and no other braces";
        at += strlen(words[word]);
    }
    return NULL;
}

/* A parameter that looks like a secret; its length, or 0. */
static size_t find_secret(const char *rest, const char **found)
{
    static const char *const names[] = {"token", "access_token", "apikey", "api_key", "api-key", "appid", "secret", "password", "passwd"};
    for (const char *at = strpbrk(rest, "?&"); at != NULL; at = strpbrk(at, "?&")) {
        size_t length = strcspn(++at, "=&");
        for (size_t i = 0; i < SW_COUNT(names); i++) {
            size_t same = 0;
            while (same < length && tolower((unsigned char)at[same]) == names[i][same])
                same++;
            if (same == length && names[i][same] == '\0' && at[length] == '=') {
                *found = at;
                return length;
            }
        }
    }
    return 0;
}

/* -- below the published folder -- */

/* "." or "..", also in the spelling that servers read the same. */
static bool leads_up(const char *segment, size_t length)
{
    size_t dots = 0;
    for (size_t at = 0; at < length; dots++) {
        bool escaped = length - at >= 3 && segment[at] == '%' && segment[at + 1] == '2' && tolower((unsigned char)segment[at + 2]) == 'e';
        if (!escaped && segment[at] != '.')
            return false;
        at += escaped ? 3 : 1;
    }
    return dots == 1 || dots == 2;
}

/* What is wrong with an address without a server; NULL: nothing. */
static const char *relative_fault(struct sw_arena *arena, const char *text)
{
    const char *fault = not_an_address(arena, text);
    size_t path = strcspn(text, "?"), first = strcspn(text, "/?");
    if (fault != NULL)
        return fault;
    if (path == 0)
        return "is no address; https://... is wanted, or the path of a file in the published folder, e.g. data/levels.json";
    if (memchr(text, ':', first) != NULL)
        return "is no address; it begins with https://, or is the path of a file in the published folder, e.g. data/levels.json";
    if (strncmp(text, "//", 2) == 0)
        return "names a server without https://";
    for (const char *segment = text; segment < text + path; segment += strcspn(segment, "/?") + 1)
        if (leads_up(segment, strcspn(segment, "/?")))
            return "leads out of the published folder; a path without . and .. is wanted";
    return strlen(text) > ADDRESS_BYTES_MAX ? "has more than 2000 bytes" : NULL;
}

/* Somebody may have forgotten how an address begins. */
static bool looks_like_a_host(const char *text)
{
    size_t first = strcspn(text, "/?");
    return text[first] == '/' && memchr(text, '.', first) != NULL;
}

/* `named`: of a server that the address names. */
static void warn_of_secret(struct sw_verify *verify, const cJSON *node, const char *rest, bool named)
{
    const char *secret = NULL;
    size_t length = find_secret(rest, &secret);
    if (length > 0 && !named)
        sw_verify_warning(verify, node,
                          "\"%.*s\" looks like a secret, which does not belong into an exhibition; in the published folder the \"access\" "
                          "of the machine's configuration says who asks",
                          (int)length, secret);
    else if (length > 0)
        sw_verify_warning(verify, node,
                          "\"%.*s\" looks like a secret, which does not belong into an exhibition; {\"auth\": {\"query\": "
                          "\"%.*s\", \"secret\": \"name\"}} names one that the host keeps",
                          (int)length, secret, (int)length, secret);
}

void sw_load_judge_place(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    struct sw_arena arena = {.blocks = NULL};
    const char *text = cJSON_IsString(node) ? node->valuestring : NULL;
    if (text == NULL || strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0) {
        sw_load_judge_address(verify, row, node);
        return;
    }
    const char *fault = relative_fault(&arena, text);
    fault = fault != NULL ? fault : days_fault(text);
    if (fault != NULL)
        sw_verify_fault(verify, node, "%s", fault);
    else if (looks_like_a_host(text))
        sw_verify_warning(verify, node, "is a path in the published folder; an address on the network begins with https://");
    if (fault == NULL)
        warn_of_secret(verify, node, text, false);
    sw_arena_finish(&arena);
}

void sw_load_judge_link(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    struct address address;
    struct sw_arena arena = {.blocks = NULL};
    (void)row;
    const char *fault = cJSON_IsString(node) ? split(&arena, node->valuestring, &address) : "is no address; one in double quotes is wanted";
    if (fault != NULL)
        sw_verify_fault(verify, node, "%s", fault);
    sw_arena_finish(&arena);
}

void sw_load_judge_address(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    struct address address;
    struct sw_arena arena = {.blocks = NULL};
    (void)row;
    const char *fault = cJSON_IsString(node) ? split(&arena, node->valuestring, &address) : "is no address; one in double quotes is wanted";
    fault = fault != NULL ? fault : days_fault(node->valuestring);
    if (fault != NULL) {
        sw_verify_fault(verify, node, "%s", fault);
        sw_arena_finish(&arena);
        return;
    }
    if (!address.encrypted && !is_loopback(&address))
        sw_verify_warning(verify, node, "is not encrypted; https:// is wanted, else the configuration of every host must allow \"%.*s\"",
                          (int)address.host_length, address.host);
    warn_of_secret(verify, node, address.rest, true);
    sw_arena_finish(&arena);
}
