/* SPDX-License-Identifier: EUPL-1.2 */
/* Addresses and the host's own configuration, as anybody may write them. What is taken for an address, libcurl takes for the same one: the
 * server that is asked is the one that was judged. A configuration is taken whole or not at all, and what is taken is sound. */
#include <arpa/inet.h>
#include <assert.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "fuzz.h"
#include "host/judge.h"
#include "host/settle.h"

/* Numbers have many spellings, and libcurl gives one: "127.1" is a name to us, and what it is resolved to is judged then. */
static bool is_same_host(const char *ours, const char *theirs)
{
    unsigned char one[16], other[16];
    if (strcasecmp(ours, theirs) == 0 || inet_pton(AF_INET, theirs, one) == 1)
        return true;
    return inet_pton(AF_INET6, ours, one) == 1 && inet_pton(AF_INET6, theirs, other) == 1 && memcmp(one, other, sizeof one) == 0;
}

static void check_target(const char *url)
{
    struct sw_target target, again;
    const char *why = NULL;
    char *host = NULL, *port = NULL;
    bool taken = sw_target_parse(url, &target, &why);
    assert(taken || why != NULL);
    if (!taken)
        return;
    assert(target.host[0] != '\0' && target.port > 0 && target.port <= 65535);
    bool same = sw_target_parse(target.origin, &again, &why);
    assert(same && strcmp(again.origin, target.origin) == 0 && strcmp(again.host, target.host) == 0);
    CURLU *handle = curl_url();
    if (curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK && curl_url_get(handle, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
        curl_url_get(handle, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK) {
        size_t bare = host[0] == '[' ? 1 : 0;
        host[strlen(host) - bare] = '\0';
        assert(is_same_host(target.host, host + bare));
        assert(strtol(port, NULL, 10) == target.port);
    }
    curl_free(host);
    curl_free(port);
    curl_url_cleanup(handle);
}

static void check_allow(const char *text)
{
    struct sw_allow allow;
    if (!sw_allow_parse(text, &allow))
        return;
    assert((allow.prefix >= 0) == (allow.host[0] == '\0'));
    assert(allow.prefix <= 128 && allow.port >= 0 && allow.port <= 65535 && allow.least == 0);
}

static void check_judges(const char *text)
{
    struct sw_arena arena = {0};
    int64_t bytes = -1;
    if (sw_judge_base(text) == NULL)
        assert(sw_base_trim(text, &arena)[0] == 'h' && sw_judge_base(sw_base_trim(text, &arena)) == NULL);
    if (sw_judge_quota(text, &bytes) == NULL)
        assert(bytes == 0 || (bytes >= 1000000 && bytes <= 1000000000000000));
    else
        assert(bytes == -1);
    (void)!sw_judge_proxy(text);
    (void)!sw_judge_user(text);
    if (sw_judge_root_key(text) == NULL)
        assert(strlen(text) == 56);
    sw_arena_finish(&arena);
}

static void check_host(const char *bytes, size_t length)
{
    struct sw_arena arena = {0};
    struct sw_diags diags;
    struct sw_host host;
    sw_diags_init(&diags);
    bool taken = sw_host_read(&host, bytes, length, "wall.json", &arena, &diags);
    assert(taken == (diags.errors == 0));
    assert(taken || (host.base == NULL && host.allow_count == 0 && host.secret_count == 0));
    assert(host.poll >= 2 * SW_SECOND && host.poll <= SW_HOUR && host.allow_count <= SW_ALLOW_MAX);
    assert(host.log >= SW_LOG_ERROR && host.log <= SW_LOG_DEBUG);
    if (host.base != NULL)
        assert(sw_judge_base(host.base) == NULL && sw_judge_plain(host.base, host.allow, host.allow_count) == NULL);
    if (host.access.secret != NULL)
        assert(host.secret_count > 0);
    assert(host.state == NULL || host.state[0] == '/');
    assert(host.cache == NULL || host.cache[0] == '/');
    sw_diags_finish(&diags);
    sw_arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    char *text = sw_alloc(length + 1);
    memcpy(text, data, length);
    check_target(text);
    check_allow(text);
    check_judges(text);
    check_host(text, length);
    free(text);
    return 0;
}
