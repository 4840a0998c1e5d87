/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/source.h"

#include <string.h>

#include "base/buffer.h"

#define ADDRESS_BYTES_MAX 4096

const char *const sw_source_members[] = {"status", "observed", "fetched", "sample", "recorded", "provider", NULL};
const char *const sw_source_row_members[] = {"id",      "provider", "dataset",  "licence", "licence_url", "url",
                                             "changed", "status",   "observed", "fetched", "sample",      "recorded", NULL};
_Static_assert(SW_COUNT(sw_source_row_members) == SW_SOURCE_ROW_MEMBERS + 1, "each has its place in a row");
const char *const sw_source_states[] = {"loading", "fresh", "stale", "expired", "error", "off", NULL};

struct sw_credit sw_source_credit(const struct sw_source *source, const struct sw_evaluation *evaluation)
{
    const struct sw_attribution *attribution = &source->attribution;
    struct sw_resolution resolution = {.evaluation = evaluation};
    struct sw_value provider = sw_property_value(&attribution->provider, &resolution);
    struct sw_value dataset = sw_property_value(&attribution->dataset, &resolution);
    bool given = provider.type == SW_VALUE_STRING && provider.as.string[0] != '\0';
    return (struct sw_credit){
        .provider = given ? provider.as.string : source->name,
        .given = given,
        .dataset = dataset.type == SW_VALUE_STRING ? dataset.as.string : "",
        .licence = attribution->licence,
        .changed = attribution->changed,
    };
}

bool sw_credit_same(const struct sw_credit *a, const struct sw_credit *b)
{
    const char *one = a->licence != NULL ? a->licence : "", *other = b->licence != NULL ? b->licence : "";
    return strcmp(a->provider, b->provider) == 0 && strcmp(a->dataset, b->dataset) == 0 && strcmp(one, other) == 0 &&
           a->changed == b->changed;
}

const struct sw_field *sw_request_field(const struct sw_request *request, const char *name)
{
    for (size_t i = 0; i < request->field_count; i++)
        if (strcmp(request->fields[i].name, name) == 0)
            return &request->fields[i];
    return NULL;
}

struct sw_name_type sw_field_type(const struct sw_field *field)
{
    switch (field->type) {
    case SW_FIELD_NUMBER:
        return (struct sw_name_type){
            .type = SW_VALUE_NUMBER, .ranged = field->ranged, .minimum = field->minimum, .maximum = field->maximum};
    case SW_FIELD_TIME: return (struct sw_name_type){.type = SW_VALUE_INSTANT};
    case SW_FIELD_TEXT: return (struct sw_name_type){.type = SW_VALUE_STRING};
    case SW_FIELD_ENUM: return (struct sw_name_type){.type = SW_VALUE_STRING, .words = field->values};
    }
    return (struct sw_name_type){.type = SW_VALUE_MISSING};
}

bool sw_request_is_relative(const struct sw_request *request)
{
    return strncmp(request->address, "https://", 8) != 0 && strncmp(request->address, "http://", 7) != 0;
}

const char *sw_request_address(const struct sw_request *request, const struct sw_zone_rules *zone, sw_instant now, struct sw_arena *arena)
{
    static const char *const words[] = {"{yesterday}", "{today}", "{tomorrow}"};
    struct sw_buffer address;
    int64_t today = sw_date_to_days(sw_civil_at(zone, now).date);
    sw_buffer_init(&address, ADDRESS_BYTES_MAX);
    for (const char *at = request->address; *at != '\0';) {
        size_t word = 0, plain = strcspn(at, "{");
        sw_buffer_add(&address, at, plain);
        at += plain;
        while (word < SW_COUNT(words) && strncmp(at, words[word], strlen(words[word])) != 0)
            word++;
        if (word < SW_COUNT(words)) {
            struct sw_date date = sw_date_from_days(today + (int64_t)word - 1);
            sw_buffer_printf(&address, "%04d-%02d-%02d", date.year, date.month, date.day);
            at += strlen(words[word]);
        } else if (*at != '\0') {
            sw_buffer_add(&address, at++, 1);
        }
    }
    const char *made = sw_arena_strdup(arena, sw_buffer_text(&address));
    sw_buffer_finish(&address);
    return made;
}
