/* SPDX-License-Identifier: EUPL-1.2 */
#include "json/json.h"

#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "json/scan.h"

struct place {
    const cJSON *node;
    struct sw_json_spot spot;
};

/* All nodes of a document, sorted by address. */
struct sw_json_places {
    size_t count;
    struct place items[];
};

/* The next node in document order: an object before its members. */
static void pair_nodes(const cJSON *node, const struct sw_json_spot *spots, size_t count, struct sw_json_places *places)
{
    for (; node != NULL; node = node->next) {
        assert(places->count < count);
        places->items[places->count] = (struct place){node, spots[places->count]};
        places->count++;
        pair_nodes(node->child, spots, count, places); /* at most SW_JSON_DEPTH_MAX deep */
    }
}

static int compare(const void *left, const void *right)
{
    uintptr_t a = (uintptr_t)((const struct place *)left)->node, b = (uintptr_t)((const struct place *)right)->node;
    return (a > b) - (a < b);
}

static struct sw_json_places *make_places(const cJSON *root, const struct sw_json_scan *scan)
{
    struct sw_json_places *places = sw_alloc(sizeof *places + scan->count * sizeof places->items[0]);
    pair_nodes(root, scan->spots, scan->count, places);
    assert(places->count == scan->count);
    qsort(places->items, places->count, sizeof places->items[0], compare);
    return places;
}

static const struct place *find_place(const struct sw_json *json, const cJSON *node)
{
    struct place wanted = {.node = node};
    return json->places == NULL ? NULL : bsearch(&wanted, json->places->items, json->places->count, sizeof wanted, compare);
}

static cJSON *parse(const struct sw_json_scan *scan)
{
    /* cJSON keeps the place of its last fault in a global that every parse writes */
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    cJSON *root = cJSON_ParseWithLengthOpts(scan->text, scan->length + 1, NULL, 1);
    pthread_mutex_unlock(&lock);
    return root;
}

struct sw_json *sw_json_create(const char *bytes, size_t length, enum sw_json_flavour flavour, const char *file,
                               struct sw_diags *diags)
{
    struct sw_json_scan scan = {0};
    struct sw_json *json = NULL;
    if (!sw_json_scan_run(&scan, bytes, length, flavour)) {
        sw_diags_add(diags, SW_ERROR, file, scan.fault_line, scan.fault_column, NULL, "%s", scan.fault);
    } else {
        json = sw_alloc(sizeof *json);
        json->file = sw_strdup(file);
        json->root = parse(&scan);
        assert(json->root != NULL); /* cJSON takes whatever the scanner lets through, but for a lack of memory */
        if (flavour == SW_JSON_FEED) {
            sw_json_scan_repair(&scan, bytes, json->root);
        } else {
            json->places = make_places(json->root, &scan);
        }
    }
    sw_json_scan_finish(&scan);
    return json;
}

void sw_json_destroy(struct sw_json *json)
{
    if (json != NULL) {
        cJSON_Delete(json->root);
        free((void *)(uintptr_t)json->file);
        free(json->places);
        free(json);
    }
}

void sw_json_place(const struct sw_json *json, const cJSON *node, int *line, int *column)
{
    const struct place *place = find_place(json, node);
    *line = place != NULL ? place->spot.line : 0;
    *column = place != NULL ? place->spot.column : 0;
}

void sw_json_key_place(const struct sw_json *json, const cJSON *node, int *line, int *column)
{
    const struct place *place = find_place(json, node);
    *line = place != NULL ? place->spot.key_line : 0;
    *column = place != NULL ? place->spot.key_column : 0;
}

const cJSON *sw_json_get(const cJSON *object, const char *key)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, key) : NULL;
}

const char *sw_json_text(const cJSON *object, const char *key, const char *otherwise)
{
    const cJSON *member = sw_json_get(object, key);
    return cJSON_IsString(member) ? member->valuestring : otherwise;
}

double sw_json_number(const cJSON *object, const char *key, double otherwise)
{
    const cJSON *member = sw_json_get(object, key);
    return cJSON_IsNumber(member) ? member->valuedouble : otherwise;
}

bool sw_json_bool(const cJSON *object, const char *key, bool otherwise)
{
    const cJSON *member = sw_json_get(object, key);
    return cJSON_IsBool(member) ? cJSON_IsTrue(member) : otherwise;
}
