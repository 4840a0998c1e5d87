/* SPDX-License-Identifier: EUPL-1.2 */
/* The scanner in its flavours. Whatever it lets through, cJSON reads, every value has its place, and what cJSON then writes is let through
 * again; whatever the strict flavour takes, the others take, the feed's with the same outcome; a refusal says one fault with its place. */
#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "json/json.h"

static size_t check_places(const struct sw_json *json, const cJSON *node, int lines)
{
    size_t count = 0;
    for (; node != NULL; node = node->next) {
        int line = 0, column = 0, key_line = 0, key_column = 0;
        sw_json_place(json, node, &line, &column);
        sw_json_key_place(json, node, &key_line, &key_column);
        assert(line >= 1 && line <= lines && column >= 1);
        assert(key_line >= 1 && (key_line < line || (key_line == line && key_column <= column)));
        count += 1 + check_places(json, node->child, lines);
    }
    return count;
}

static bool accepts(const char *bytes, size_t length, enum sw_json_flavour flavour)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(bytes, length, flavour, "x.json", &diags);
    bool taken = json != NULL;
    int lines = 1;
    for (size_t i = 0; i < length; i++)
        lines += bytes[i] == '\n';
    assert(diags.count == (taken ? 0u : 1u));
    if (!taken && length <= SW_JSON_BYTES_MAX)
        assert(diags.items[0].line >= 1 && diags.items[0].line <= lines && diags.items[0].column >= 1 && diags.items[0].text[0] != '\0');
    if (taken && flavour != SW_JSON_FEED)
        assert(check_places(json, json->root, lines) <= SW_JSON_NODES_MAX);
    sw_json_destroy(json);
    sw_diags_finish(&diags);
    return taken;
}

static void check_strict(const char *bytes, size_t length)
{
    char *copy = malloc(length + 1), *written;
    assert(copy != NULL);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    cJSON *root = cJSON_ParseWithLengthOpts(copy, length + 1, NULL, 1);
    assert(root != NULL);
    written = cJSON_PrintUnformatted(root);
    assert(written != NULL);
    assert(accepts(written, strlen(written), SW_JSON_STRICT) || strlen(written) > SW_JSON_BYTES_MAX);
    cJSON_free(written);
    cJSON_Delete(root);
    free(copy);
}

static struct sw_json *read_quietly(const char *bytes, size_t length, enum sw_json_flavour flavour)
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(bytes, length, flavour, "x.json", &diags);
    sw_diags_finish(&diags);
    return json;
}

static size_t count_nodes(const cJSON *node)
{
    size_t count = 0;
    for (; node != NULL; node = node->next) {
        assert(!cJSON_IsString(node) || node->valuestring != NULL);
        count += 1 + count_nodes(node->child);
    }
    return count;
}

static void check_feed(const char *bytes, size_t length, bool strict)
{
    struct sw_json *feed = read_quietly(bytes, length, SW_JSON_FEED);
    assert(feed != NULL || !strict);
    if (feed == NULL)
        return;
    assert(count_nodes(feed->root) <= SW_JSON_NODES_MAX);
    struct sw_json *same = strict ? read_quietly(bytes, length, SW_JSON_STRICT) : NULL;
    assert(same == NULL || cJSON_Compare(feed->root, same->root, 1));
    sw_json_destroy(same);
    sw_json_destroy(feed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    const char *bytes = (const char *)data;
    bool strict = accepts(bytes, length, SW_JSON_STRICT), curator = accepts(bytes, length, SW_JSON_CURATOR);
    assert(curator || !strict);
    if (strict)
        check_strict(bytes, length);
    check_feed(bytes, length, strict);
    return 0;
}
