/* SPDX-License-Identifier: EUPL-1.2 */
/* A JSON Pointer, and behind the first newline the document it goes into. What is no pointer finds nothing; what is one finds a node of the
 * document, and finds it again. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "json/pointer.h"

static bool within(const cJSON *root, const cJSON *wanted)
{
    for (const cJSON *node = root; node != NULL; node = node->next)
        if (node == wanted || within(node->child, wanted))
            return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const uint8_t *end = memchr(bytes, '\n', length);
    size_t pointed = end != NULL ? (size_t)(end - bytes) : length;
    char *pointer = malloc(pointed + 1);
    assert(pointer != NULL);
    memcpy(pointer, bytes, pointed);
    pointer[pointed] = '\0';
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_json *json = end == NULL ? sw_json_create("{}", 2, SW_JSON_FEED, "x", &diags)
                                       : sw_json_create((const char *)end + 1, length - pointed - 1, SW_JSON_FEED, "x", &diags);
    if (json != NULL) {
        const cJSON *found = sw_pointer_find(json->root, pointer);
        assert(found == NULL || (sw_pointer_fault(pointer) == NULL && within(json->root, found)));
        assert(found == sw_pointer_find(json->root, pointer));
        assert(pointer[0] != '\0' || found == json->root);
    }
    sw_json_destroy(json);
    sw_diags_finish(&diags);
    free(pointer);
    return 0;
}
