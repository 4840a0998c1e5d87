/* SPDX-License-Identifier: EUPL-1.2 */
/* FEED: the tree that cJSON made of a scan's text becomes what the document says. */
#include "json/scan.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct member {
    cJSON *object, *node;
};

/* A walk over all values in document order. */
struct repair {
    const struct sw_json_scan *scan;
    const char *bytes;
    size_t value, texts, dropped; /* how many were passed */
    struct member *members;       /* those to drop */
};

static void put_number(const struct repair *repair, cJSON *node, const struct sw_json_long_number *number)
{
    char *text = cJSON_malloc(number->length + 1);
    assert(text != NULL);
    memcpy(text, repair->bytes + number->from, number->length);
    text[number->length] = '\0';
    if (number->text) {
        node->type = cJSON_String;
        node->valuestring = text;
        return;
    }
    (void)cJSON_SetNumberHelper(node, strtod(text, NULL));
    cJSON_free(text);
}

static void walk(struct repair *repair, cJSON *parent, cJSON *node)
{
    const struct sw_json_scan *scan = repair->scan;
    for (; node != NULL; node = node->next) {
        if (repair->texts < scan->text_count && scan->texts[repair->texts].value == repair->value) {
            put_number(repair, node, &scan->texts[repair->texts++]);
        }
        if (repair->dropped < scan->dropped_count && scan->dropped[repair->dropped] == repair->value) {
            repair->members[repair->dropped++] = (struct member){parent, node};
        }
        repair->value++;
        walk(repair, node, node->child); /* at most SW_JSON_DEPTH_MAX deep */
    }
}

static int compare(const void *left, const void *right)
{
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    return (a > b) - (a < b);
}

void sw_json_scan_repair(struct sw_json_scan *scan, const char *bytes, cJSON *root)
{
    struct repair repair = {.scan = scan, .bytes = bytes};
    if (scan->text_count == 0 && scan->dropped_count == 0) {
        return;
    }
    if (scan->dropped_count > 0) {
        qsort(scan->dropped, scan->dropped_count, sizeof *scan->dropped, compare);
    }
    repair.members = sw_alloc_array(scan->dropped_count, sizeof *repair.members);
    walk(&repair, NULL, root);
    assert(repair.texts == scan->text_count && repair.dropped == scan->dropped_count);
    for (size_t i = scan->dropped_count; i-- > 0;) { /* what is within another one goes before that */
        cJSON_Delete(cJSON_DetachItemViaPointer(repair.members[i].object, repair.members[i].node));
    }
    free(repair.members);
}
