/* SPDX-License-Identifier: EUPL-1.2 */
/* The host's own configuration, and what may stand behind its keys, as anybody may write them. It is taken whole or not at all, and what is
 * taken is sound. (Whether libcurl understands an address as we do: address.c.) */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fuzz.h"
#include "host/judge.h"
#include "host/settle.h"

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
    check_judges(text);
    check_host(text, length);
    free(text);
    return 0;
}
