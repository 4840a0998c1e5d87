/* SPDX-License-Identifier: EUPL-1.2 */
#include "host/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/must.h"

/* What is not public: IANA's special-purpose registries (RFC 6890 and updates), IPv4 as ::ffff:0:0/96. */
static const struct {
    const char *network;
    int prefix;
} special[] = {
    {"::ffff:0.0.0.0", 96 + 8},      {"::ffff:10.0.0.0", 96 + 8},     {"::ffff:100.64.0.0", 96 + 10}, {"::ffff:127.0.0.0", 96 + 8},
    {"::ffff:169.254.0.0", 96 + 16}, {"::ffff:172.16.0.0", 96 + 12},  {"::ffff:192.0.0.0", 96 + 24},  {"::ffff:192.0.2.0", 96 + 24},
    {"::ffff:192.88.99.0", 96 + 24}, {"::ffff:192.168.0.0", 96 + 16}, {"::ffff:198.18.0.0", 96 + 15}, {"::ffff:198.51.100.0", 96 + 24},
    {"::ffff:203.0.113.0", 96 + 24}, {"::ffff:224.0.0.0", 96 + 4},    {"::ffff:240.0.0.0", 96 + 4},
};

static bool within(const uint8_t address[16], const uint8_t network[16], int prefix)
{
    int whole = prefix / 8, rest = prefix % 8;
    if (memcmp(address, network, (size_t)whole) != 0)
        return false;
    return rest == 0 || ((address[whole] ^ network[whole]) & (0xff00 >> rest) & 0xff) == 0;
}

static bool is_v4(const uint8_t address[16])
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return memcmp(address, mapped, sizeof mapped) == 0;
}

/* Of IPv6 only the global unicast addresses are public, and of them those that carry no IPv4 address of their own (6to4, Teredo) and are no
 * documentation. */
static bool is_public(const uint8_t address[16])
{
    uint8_t network[16];
    if (!is_v4(address)) {
        bool global = (address[0] & 0xe0) == 0x20;
        bool carries = (address[0] == 0x20 && address[1] == 0x02) || (address[0] == 0x20 && address[1] == 0x01 && address[2] < 0x02);
        bool written = (address[0] == 0x20 && address[1] == 0x01 && address[2] == 0x0d && address[3] == 0xb8) ||
                       (address[0] == 0x3f && address[1] == 0xff && address[2] < 0x10);
        return global && !carries && !written;
    }
    for (size_t i = 0; i < SW_COUNT(special); i++) {
        if (inet_pton(AF_INET6, special[i].network, network) == 1 && within(address, network, special[i].prefix))
            return false;
    }
    return true;
}

/* Any numeric address as 16 bytes; false for a name. Only the usual spelling: what inet_aton would take besides is a name that no resolver
 * should be asked for. */
static bool read_address(const char *text, uint8_t out[16])
{
    char mapped[64];
    if (inet_pton(AF_INET6, text, out) == 1)
        return true;
    int length = snprintf(mapped, sizeof mapped, "::ffff:%s", text);
    return length > 0 && (size_t)length < sizeof mapped && strchr(text, ':') == NULL && inet_pton(AF_INET6, mapped, out) == 1;
}

static bool read_number(const char *text, int maximum, int *out)
{
    char *end;
    if (*text < '0' || *text > '9')
        return false;
    long value = strtol(text, &end, 10);
    *out = (int)value;
    return *end == '\0' && value <= maximum;
}

static bool lower_host(const char *text, size_t length, char *out, size_t capacity)
{
    if (length == 0 || length >= capacity)
        return false;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool fine = letter || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == ':';
        if (!fine)
            return false;
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
    }
    out[length] = '\0';
    return true;
}

/* "host", "host:port", "[v6]", "[v6]:port". */
static bool read_authority(const char *text, size_t length, char *host, size_t capacity, int *port)
{
    const char *end = text + length, *colon = NULL;
    if (length > 0 && text[0] == '[') {
        const char *close = memchr(text, ']', length);
        if (close == NULL || !lower_host(text + 1, (size_t)(close - text - 1), host, capacity))
            return false;
        colon = close + 1 < end ? close + 1 : NULL;
        if (colon != NULL && *colon != ':')
            return false;
    } else {
        colon = memchr(text, ':', length);
        size_t host_length = colon != NULL ? (size_t)(colon - text) : length;
        if (!lower_host(text, host_length, host, capacity))
            return false;
    }
    if (colon == NULL)
        return true;
    char digits[8];
    size_t count = (size_t)(end - colon - 1);
    if (count == 0 || count >= sizeof digits)
        return false;
    memcpy(digits, colon + 1, count);
    digits[count] = '\0';
    return read_number(digits, 65535, port) && *port > 0;
}

bool sw_allow_parse(const char *text, struct sw_allow *out)
{
    struct sw_allow allow = {.prefix = -1};
    const char *slash = strchr(text, '/');
    uint8_t bytes[16];
    if (slash != NULL) {
        char network[64];
        size_t length = (size_t)(slash - text);
        if (length == 0 || length >= sizeof network)
            return false;
        memcpy(network, text, length);
        network[length] = '\0';
        if (!read_address(network, allow.bytes) || !read_number(slash + 1, is_v4(allow.bytes) ? 32 : 128, &allow.prefix))
            return false;
        allow.prefix += is_v4(allow.bytes) ? 96 : 0;
    } else if (read_address(text, bytes)) {
        if (!lower_host(text, strlen(text), allow.host, sizeof allow.host))
            return false;
    } else if (!read_authority(text, strlen(text), allow.host, sizeof allow.host, &allow.port)) {
        return false;
    }
    *out = allow;
    return true;
}

bool sw_target_parse(const char *url, struct sw_target *out, const char **why)
{
    struct sw_target target = {.port = 0};
    size_t scheme = strncmp(url, "https://", 8) == 0 ? 8 : strncmp(url, "http://", 7) == 0 ? 7 : 0;
    *why = "only https:// and http:// addresses are asked";
    if (scheme == 0)
        return false;
    *why = "a space or control character in the address";
    for (const char *c = url; *c != '\0'; c++) {
        if ((unsigned char)*c <= ' ' || *c == 0x7f || *c == '\\')
            return false;
    }
    target.https = scheme == 8;
    target.port = target.https ? 443 : 80;
    size_t length = strcspn(url + scheme, "/?#");
    *why = "a user in the address: secrets belong into `auth`";
    if (memchr(url + scheme, '@', length) != NULL)
        return false;
    *why = "no proper host in the address";
    if (!read_authority(url + scheme, length, target.host, sizeof target.host, &target.port))
        return false;
    bool v6 = strchr(target.host, ':') != NULL;
    snprintf(target.origin, sizeof target.origin, "http%s://%s%s%s:%d", target.https ? "s" : "", v6 ? "[" : "", target.host, v6 ? "]" : "",
             target.port);
    *out = target;
    return true;
}

static bool names(const struct sw_allow *allow, const struct sw_target *target)
{
    uint8_t address[16];
    if (allow->prefix >= 0)
        return read_address(target->host, address) && within(address, allow->bytes, allow->prefix);
    return strcmp(allow->host, target->host) == 0 && (allow->port == 0 || allow->port == target->port);
}

bool sw_allow_has_target(const struct sw_allow *list, size_t count, const struct sw_target *target)
{
    for (size_t i = 0; i < count; i++) {
        if (names(&list[i], target))
            return true;
    }
    return false;
}

int64_t sw_allow_least(const struct sw_allow *list, size_t count, const struct sw_target *target)
{
    int64_t least = 0;
    for (size_t i = 0; i < count; i++) {
        if (list[i].least > 0 && (least == 0 || list[i].least < least) && names(&list[i], target))
            least = list[i].least;
    }
    return least;
}

bool sw_address_allowed(const struct sw_allow *list, size_t count, bool named, const struct sockaddr *address)
{
    uint8_t bytes[16] = {[10] = 0xff, [11] = 0xff};
    if (address->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, address, sizeof v4);
        memcpy(bytes + 12, &v4.sin_addr, 4);
    } else if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, address, sizeof v6);
        memcpy(bytes, &v6.sin6_addr, 16);
    } else {
        return false;
    }
    if (named || is_public(bytes))
        return true;
    for (size_t i = 0; i < count; i++) {
        if (list[i].prefix >= 0 && within(bytes, list[i].bytes, list[i].prefix))
            return true;
    }
    return false;
}
