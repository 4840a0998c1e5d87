/* SPDX-License-Identifier: EUPL-1.2 */
/* The rules of where requests may go. Input: a URL, a line end, an entry of the host's list, a line end, sixteen bytes of an address.
 * libcurl, which asks in the end, must understand an address that we take as we do: the same host and port, no user. */
#include <arpa/inet.h>
#include <assert.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "host/address.h"
#include "fuzz.h"

#define TEXT_MAX 2000

/* What libcurl writes otherwise: an IPv4 address by fewer or other numbers, an IPv6 address by other zeroes. */
static bool same_host(const char *ours, const char *theirs)
{
    uint8_t a[16], b[16];
    char bare[256];
    size_t length = strlen(theirs);
    if (theirs[0] == '[') {
        assert(length - 2 < sizeof bare);
        memcpy(bare, theirs + 1, length - 2);
        bare[length - 2] = '\0';
        return inet_pton(AF_INET6, ours, a) == 1 && inet_pton(AF_INET6, bare, b) == 1 && memcmp(a, b, sizeof a) == 0;
    }
    return strcmp(ours, theirs) == 0 || (inet_pton(AF_INET, theirs, a) == 1 && strspn(ours, "0123456789abcdefx.") == strlen(ours));
}

static void check_as_curl(const char *text, const struct sw_target *target)
{
    char *host = NULL, *port = NULL, *user = NULL;
    CURLU *url = curl_url();
    assert(url != NULL);
    if (curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK) {
        bool had = curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
                   curl_url_get(url, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK;
        assert(had && curl_url_get(url, CURLUPART_USER, &user, 0) == CURLUE_NO_USER);
        for (char *c = host; *c != '\0'; c++)
            *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 'a' - 'A') : *c;
        assert(strtol(port, NULL, 10) == target->port && same_host(target->host, host));
        curl_free(host);
        curl_free(port);
    }
    curl_url_cleanup(url);
}

static void check_target(const char *text, const struct sw_target *target)
{
    struct sw_target again;
    struct sw_allow own;
    const char *why;
    assert(target->port >= 1 && target->port <= 65535);
    assert(target->host[0] != '\0' && strpbrk(target->host, "/@?#[]% ") == NULL);
    bool parsed = sw_target_parse(target->origin, &again, &why);
    assert(parsed && again.https == target->https && again.port == target->port && strcmp(again.host, target->host) == 0 &&
           strcmp(again.origin, target->origin) == 0);
    parsed = sw_allow_parse(strstr(target->origin, "//") + 2, &own);
    assert(!parsed || sw_allow_has_target(&own, 1, target)); /* who writes its origin into the list means it */
    check_as_curl(text, target);
}

/* Whatever the list: of an IPv4 address both spellings are worth the same; with an empty one, nothing of the house is open. */
static void check_address(const struct sw_allow *allow, const uint8_t bytes[16])
{
    struct sockaddr_in6 wide = {.sin6_family = AF_INET6};
    struct sockaddr_in narrow = {.sin_family = AF_INET};
    struct sockaddr unknown = {.sa_family = AF_UNIX};
    memcpy(&wide.sin6_addr, bytes, 16);
    memcpy(&narrow.sin_addr, bytes + 12, 4);
    size_t count = allow != NULL;
    bool open = sw_address_allowed(NULL, 0, false, (const struct sockaddr *)&wide);
    assert(!open || (!IN6_IS_ADDR_LOOPBACK(&wide.sin6_addr) && !IN6_IS_ADDR_LINKLOCAL(&wide.sin6_addr) &&
                     !IN6_IS_ADDR_SITELOCAL(&wide.sin6_addr) && !IN6_IS_ADDR_MULTICAST(&wide.sin6_addr) &&
                     !IN6_IS_ADDR_UNSPECIFIED(&wide.sin6_addr) && !IN6_IS_ADDR_V4COMPAT(&wide.sin6_addr)));
    assert(!open || sw_address_allowed(allow, count, false, (const struct sockaddr *)&wide)); /* a list opens, it closes nothing */
    assert(sw_address_allowed(NULL, 0, true, (const struct sockaddr *)&wide));
    assert(!sw_address_allowed(allow, count, true, &unknown));
    uint32_t v4 = ntohl(narrow.sin_addr.s_addr);
    bool house = v4 >> 24 == 127 || v4 >> 24 == 10 || v4 >> 24 == 0 || v4 >> 20 == 0xac1 || v4 >> 16 == 0xc0a8 || v4 >> 28 >= 0xe;
    assert(!house || !sw_address_allowed(NULL, 0, false, (const struct sockaddr *)&narrow));
    memset(wide.sin6_addr.s6_addr, 0, 10);
    memset(wide.sin6_addr.s6_addr + 10, 0xff, 2);
    assert(sw_address_allowed(allow, count, false, (const struct sockaddr *)&wide) ==
           sw_address_allowed(allow, count, false, (const struct sockaddr *)&narrow));
}

/* The next line of the input, as text up to a NUL in it. */
static const uint8_t *take_line(const uint8_t *at, const uint8_t *end, char text[TEXT_MAX + 1])
{
    size_t length = 0;
    for (; at < end && *at != '\n'; at++)
        if (length < TEXT_MAX)
            text[length++] = (char)*at;
    text[length] = '\0';
    return at < end ? at + 1 : at;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    char text[TEXT_MAX + 1], entry[TEXT_MAX + 1];
    const uint8_t *end = data + length, *at = take_line(data, end, text);
    uint8_t bytes[16] = {0};
    const char *why = NULL;
    struct sw_target target = {.port = -1};
    struct sw_allow allow = {.port = -1};
    at = take_line(at, end, entry);
    memcpy(bytes, at, (size_t)(end - at) < sizeof bytes ? (size_t)(end - at) : sizeof bytes);
    if (sw_target_parse(text, &target, &why))
        check_target(text, &target);
    else
        assert(target.port == -1 && why != NULL);
    bool listed = sw_allow_parse(entry, &allow);
    if (listed) {
        assert((allow.prefix >= 0) == (allow.host[0] == '\0') && allow.prefix <= 128 && allow.port >= 0 && allow.port <= 65535);
        if (target.port != -1)
            assert(sw_allow_least(&allow, 1, &target) == 0);
    } else {
        assert(allow.port == -1);
    }
    check_address(listed ? &allow : NULL, bytes);
    return 0;
}
