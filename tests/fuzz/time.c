/* SPDX-License-Identifier: EUPL-1.2 */
/* A time in every encoding: as the cell of a CSV, behind a newline a second one, and as a JSON value. What is read lies in the years that
 * are allowed; the second of a time that comes twice is later by no more than two hours; who takes less takes the same. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "data/reading.h"
#include "data/timestamp.h"
#include "fuzz.h"
#include "json/json.h"

static void check(const struct sw_cell *cells, size_t count, const struct sw_zone_rules *zone)
{
    struct sw_timestamp strict, any;
    for (int encoding = SW_TIME_ANY; encoding <= SW_TIME_DATE_TIME_UTC; encoding++) {
        struct sw_timestamp time = {-1, -2};
        if (!sw_timestamp_read((enum sw_time_encoding)encoding, cells, count, zone, &time)) {
            assert(time.first == -1 && time.second == -2);
            continue;
        }
        assert(time.first >= SW_READING_INSTANT_MIN && time.first < SW_READING_INSTANT_MAX);
        assert(time.second >= time.first && time.second - time.first <= 2 * SW_HOUR);
    }
    bool exact = sw_timestamp_read(SW_TIME_RFC3339, cells, count, zone, &strict);
    bool naive = sw_timestamp_read(SW_TIME_LOCAL, cells, count, zone, exact ? &any : &strict);
    assert(!(exact && naive));
    if (exact || naive) {
        bool good = sw_timestamp_read(SW_TIME_ANY, cells, count, zone, &any);
        assert(good && any.first == strict.first && any.second == strict.second);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct sw_zone_rules *zone;
    if (zone == NULL)
        zone = sw_zone_rules_create("Europe/Berlin");
    assert(zone != NULL);
    char *text = malloc(length + 1);
    struct sw_diags diags;
    assert(text != NULL);
    memcpy(text, bytes, length);
    text[length] = '\0';
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(text, length, SW_JSON_FEED, "x", &diags);
    if (json != NULL) {
        struct sw_cell cells[2] = {{.node = json->root}, {.node = json->root->child}};
        check(cells, 2, zone);
        check(cells, 1, zone);
    }
    char *newline = strchr(text, '\n');
    if (newline != NULL)
        *newline = '\0';
    struct sw_cell cells[2] = {{.text = text}, {.text = newline != NULL ? newline + 1 : "00:00"}};
    check(cells, 2, zone);
    sw_json_destroy(json);
    sw_diags_finish(&diags);
    free(text);
    return 0;
}
