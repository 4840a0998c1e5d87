/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/must.h"

#define FAULT_MAX 240

/* One source. */
struct slot {
    struct sw_reading *reading; /* held; NULL: none yet */
    struct sw_reading_facts facts;
    bool failed;
    char fault[FAULT_MAX];
    struct sw_series **series; /* owned, one a field, each held or NULL */
    uint64_t number;
    bool former; /* somebody else is about to tell of it */
};

struct sw_data {
    const struct sw_exhibition *exhibition;
    struct slot *slots; /* owned, one a source */
    uint64_t number;
};

struct sw_data *sw_data_create(const struct sw_exhibition *exhibition)
{
    struct sw_data *data = sw_alloc(sizeof *data);
    data->exhibition = exhibition;
    data->slots = sw_alloc_array(exhibition->source_count, sizeof *data->slots);
    for (size_t i = 0; i < exhibition->source_count; i++) {
        data->slots[i].series = sw_alloc_array(exhibition->sources[i].request.field_count, sizeof *data->slots[i].series);
    }
    return data;
}

/* Lets go of all that has come of a source. */
static void empty(const struct sw_data *data, size_t source)
{
    struct slot *slot = &data->slots[source];
    sw_reading_release(slot->reading);
    for (size_t field = 0; field < data->exhibition->sources[source].request.field_count; field++) {
        sw_series_release(slot->series[field]);
        slot->series[field] = NULL;
    }
    *slot = (struct slot){.series = slot->series};
}

void sw_data_destroy(struct sw_data *data)
{
    if (data == NULL) {
        return;
    }
    for (size_t i = 0; i < data->exhibition->source_count; i++) {
        empty(data, i);
        free(data->slots[i].series);
    }
    free(data->slots);
    free(data);
}

/* -- what came -- */

/* For something that has come: what somebody else has told of it goes. */
static struct slot *slot_of(struct sw_data *data, size_t source)
{
    if (source >= data->exhibition->source_count) {
        return NULL;
    }
    if (data->slots[source].former) {
        empty(data, source);
    }
    return &data->slots[source];
}

static void changed(struct sw_data *data, struct slot *slot) { slot->number = ++data->number; }

void sw_data_renew(struct sw_data *data)
{
    for (size_t i = 0; i < data->exhibition->source_count; i++) {
        data->slots[i].former = true;
    }
}

void sw_data_settle(struct sw_data *data)
{
    for (size_t i = 0; i < data->exhibition->source_count; i++) {
        if (data->slots[i].former) {
            changed(data, slot_of(data, i));
        }
    }
}

void sw_data_put_reading(struct sw_data *data, size_t source, struct sw_reading *reading)
{
    struct slot *slot = slot_of(data, source);
    if (slot == NULL || sw_reading_request(reading) != &data->exhibition->sources[source].request) {
        sw_reading_release(reading);
        return;
    }
    sw_reading_release(slot->reading);
    slot->reading = reading;
    slot->facts = *sw_reading_facts(reading);
    slot->failed = false;
    slot->fault[0] = '\0';
    changed(data, slot);
}

void sw_data_put_outcome(struct sw_data *data, size_t source, bool failed, sw_instant fetched, const char *text)
{
    struct slot *slot = slot_of(data, source);
    if (slot == NULL) {
        return;
    }
    slot->failed = failed;
    (void)snprintf(slot->fault, sizeof slot->fault, "%s", failed && text != NULL ? text : "");
    if (!failed && fetched != SW_NEVER) {
        slot->facts = sw_reading_confirmed(&slot->facts, fetched);
    }
    changed(data, slot);
}

/* The place of a field's history, or NULL. */
static struct sw_series **series_of(struct sw_data *data, size_t source, size_t field)
{
    struct slot *slot = slot_of(data, source);
    return slot != NULL && field < data->exhibition->sources[source].request.field_count ? &slot->series[field] : NULL;
}

void sw_data_put_series(struct sw_data *data, size_t source, size_t field, struct sw_series *series)
{
    struct sw_series **place = series_of(data, source, field);
    if (place == NULL) {
        sw_series_release(series);
        return;
    }
    sw_series_release(*place);
    *place = series;
    changed(data, &data->slots[source]);
}

void sw_data_put_point(struct sw_data *data, size_t source, size_t field, struct sw_point point, sw_instant since)
{
    struct sw_series **place = series_of(data, source, field);
    if (place == NULL) {
        return;
    }
    struct sw_series *before = *place;
    if (before == NULL) {
        before = sw_series_create(NULL, 0, data->exhibition->sources[source].request.fields[field].step);
    }
    *place = sw_series_add(before, point, since);
    sw_series_release(before);
    changed(data, &data->slots[source]);
}

/* -- what is seen -- */

uint64_t sw_data_number(const struct sw_data *data) { return data->number; }

static const struct slot *slot_at(const struct sw_data *data, const struct sw_source *source)
{
    return &data->slots[source - data->exhibition->sources];
}

struct sw_data_view sw_data_look(const struct sw_data *data, const struct sw_source *source, sw_instant now)
{
    const struct slot *slot = slot_at(data, source);
    struct sw_data_view view = {.source = source, .fault = slot->fault, .number = slot->number};
    view.facts = slot->reading != NULL ? &slot->facts : NULL;
    view.freshness = sw_freshness_at(source, view.facts, slot->failed, now);
    view.usable = view.freshness.state == SW_FRESHNESS_FRESH || view.freshness.state == SW_FRESHNESS_STALE ||
                  (view.freshness.state == SW_FRESHNESS_EXPIRED && source->fallback == SW_FALLBACK_LAST);
    return view;
}

static void release(void *reading) { sw_reading_release(reading); }

static struct sw_value instant(bool there, sw_instant at)
{
    return there ? (struct sw_value){.type = SW_VALUE_INSTANT, .as.instant = at} : (struct sw_value){.type = SW_VALUE_MISSING};
}

/* A sample that says nothing of its own time is of the instant that it stands for, not of when its file was read. */
static sw_instant observed_of(const struct sw_reading_facts *facts)
{
    return facts->kind == SW_READING_LIVE || facts->observed_known ? facts->observed : facts->as_of;
}

/* One of sw_source_members. */
static struct sw_value common_value(const struct sw_data_view *view, const char *member, const struct sw_evaluation *evaluation)
{
    const struct sw_reading_facts *facts = view->facts;
    struct sw_resolution resolution = {.evaluation = evaluation};
    if (strcmp(member, "status") == 0) {
        return sw_value_string(sw_freshness_text(view->freshness.state));
    }
    if (strcmp(member, "observed") == 0) {
        return instant(facts != NULL, facts != NULL ? observed_of(facts) : 0);
    }
    if (strcmp(member, "fetched") == 0) {
        return instant(facts != NULL, facts != NULL ? facts->fetched : 0);
    }
    if (strcmp(member, "sample") == 0) {
        return sw_value_bool(facts != NULL && facts->kind == SW_READING_SAMPLE);
    }
    if (strcmp(member, "recorded") == 0) {
        return sw_value_bool(facts != NULL && facts->kind == SW_READING_RECORDED);
    }
    return sw_property_value(&view->source->attribution.provider, &resolution);
}

/* The values of the reading, which come first among the members; how many there are. */
static size_t put_values(const struct sw_request *request, const struct sw_reading *reading, struct sw_value *values)
{
    const struct sw_list *rows = reading != NULL ? sw_reading_rows(reading) : NULL;
    if (request->rows) {
        values[0] = rows != NULL ? (struct sw_value){.type = SW_VALUE_LIST, .as.list = rows} : values[0];
        return 1;
    }
    for (size_t i = 0; i < request->field_count && rows != NULL; i++) {
        values[i] = sw_reading_value(reading, 0, i);
    }
    return request->field_count;
}

struct sw_value sw_data_value(const struct sw_data *data, const struct sw_source *source, const struct sw_evaluation *evaluation)
{
    const struct slot *slot = slot_at(data, source);
    struct sw_data_view view = sw_data_look(data, source, evaluation->now);
    const char *const *members = view.source->members;
    size_t count = 0, own = 0;
    while (members[count] != NULL) {
        count++;
    }
    struct sw_value *values = sw_arena_array(evaluation->arena, count, sizeof *values);
    if (!view.source->faulty) {
        own = put_values(&view.source->request, view.usable ? slot->reading : NULL, values);
    }
    for (size_t i = own; i < count; i++) {
        values[i] = common_value(&view, members[i], evaluation);
    }
    if (view.usable) {
        sw_arena_defer(evaluation->arena, release, sw_reading_hold(slot->reading));
    }
    if (evaluation->reads != NULL) {
        sw_reads_add_source(evaluation->reads, view.source);
        sw_reads_until(evaluation->reads, view.freshness.until);
    }
    struct sw_record *record = sw_arena_alloc(evaluation->arena, sizeof *record);
    *record = (struct sw_record){.count = count, .names = members, .values = values};
    return (struct sw_value){.type = SW_VALUE_RECORD, .as.record = record};
}

/* A row of sw_data_sources. */
static struct sw_value credit_row(const struct sw_data_view *view, const struct sw_evaluation *evaluation)
{
    const char *const *names = sw_source_row_members;
    const struct sw_attribution *attribution = &view->source->attribution;
    struct sw_resolution resolution = {.evaluation = evaluation};
    const struct sw_value head[] = {sw_value_string(view->source->name),
                                    common_value(view, "provider", evaluation),
                                    sw_property_value(&attribution->dataset, &resolution),
                                    sw_value_string(attribution->licence),
                                    sw_value_string(attribution->licence_url),
                                    sw_value_string(attribution->url),
                                    sw_value_bool(attribution->changed)};
    struct sw_value *values = sw_arena_array(evaluation->arena, SW_SOURCE_ROW_MEMBERS, sizeof *values);
    for (size_t i = 0; i < SW_SOURCE_ROW_MEMBERS; i++) {
        values[i] = i < SW_COUNT(head) ? head[i] : common_value(view, names[i], evaluation);
    }
    struct sw_record *record = sw_arena_alloc(evaluation->arena, sizeof *record);
    *record = (struct sw_record){.count = SW_SOURCE_ROW_MEMBERS, .names = names, .values = values};
    return (struct sw_value){.type = SW_VALUE_RECORD, .as.record = record};
}

/* Sources that are named as one, as long as their data are worth the same. */
struct credited {
    struct sw_credit credit;
    struct sw_data_view view;     /* of the first */
    struct sw_reading_facts facts; /* its, with the newest instants of them all */
};

static bool is_worth_the_same(const struct sw_data_view *a, const struct sw_data_view *b)
{
    bool both = a->facts != NULL && b->facts != NULL;
    return a->freshness.state == b->freshness.state && (both ? a->facts->kind == b->facts->kind : a->facts == b->facts);
}

/* One more, or another of those that are there. */
static size_t add_credited(struct credited *all, size_t count, const struct credited *one)
{
    for (size_t i = 0; i < count; i++) {
        struct sw_reading_facts *facts = &all[i].facts;
        if (!sw_credit_same(&all[i].credit, &one->credit) || !is_worth_the_same(&all[i].view, &one->view)) {
            continue;
        }
        bool newer = one->view.facts != NULL && observed_of(&one->facts) > observed_of(facts);
        sw_instant fetched = one->facts.fetched > facts->fetched ? one->facts.fetched : facts->fetched;
        *facts = newer ? one->facts : *facts;
        facts->fetched = fetched;
        return count;
    }
    all[count] = *one;
    return count + 1;
}

struct sw_value sw_data_sources(const struct sw_data *data, const struct sw_evaluation *evaluation)
{
    const struct sw_exhibition *exhibition = data->exhibition;
    struct sw_value *rows = sw_arena_array(evaluation->arena, exhibition->source_count, sizeof *rows);
    struct credited *all = sw_arena_array(evaluation->arena, exhibition->source_count, sizeof *all);
    size_t count = 0;
    for (size_t i = 0; i < exhibition->source_count; i++) {
        const struct sw_source *source = &exhibition->sources[i];
        if (source->off) {
            continue;
        }
        struct credited one = {.credit = sw_source_credit(source, evaluation), .view = sw_data_look(data, source, evaluation->now)};
        one.facts = one.view.facts != NULL ? *one.view.facts : one.facts;
        count = add_credited(all, count, &one);
        if (evaluation->reads != NULL && one.view.freshness.until != SW_NEVER) {
            sw_reads_until(evaluation->reads, one.view.freshness.until);
        }
    }
    for (size_t i = 0; i < count; i++) {
        all[i].view.facts = all[i].view.facts != NULL ? &all[i].facts : NULL;
        rows[i] = credit_row(&all[i].view, evaluation);
    }
    struct sw_list *list = sw_arena_alloc(evaluation->arena, sizeof *list);
    *list = (struct sw_list){.count = count, .items = rows};
    return (struct sw_value){.type = SW_VALUE_LIST, .as.list = list};
}

const struct sw_reading *sw_data_reading(const struct sw_data *data, size_t source)
{
    return source < data->exhibition->source_count ? data->slots[source].reading : NULL;
}

const struct sw_series *sw_data_series(const struct sw_data *data, const struct sw_field *field)
{
    return slot_at(data, field->source)->series[field - field->source->request.fields];
}
