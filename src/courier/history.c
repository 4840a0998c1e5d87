/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* What lies further ahead of its fetch was not observed: a clock or a calendar is wrong. It would push out all that is true. */
#define AHEAD_MAX SW_HOUR

struct sw_history {
    struct sw_archive *archive;
    struct sw_news *news;
    const struct sw_source *source;
    size_t index;
    struct sw_series **series; /* one a field of the source's request; NULL: it has none */
    bool sampled; /* they hold points of the sample, and nothing else */
};

/* Points before it leave. `newest` of them that are there; the clock may have been wrong when it came. */
static sw_instant begin_of(const struct sw_field *field, sw_instant newest, sw_instant fetched)
{
    return (newest < fetched ? newest : fetched) - field->keep;
}

struct sw_history *sw_history_create(struct sw_archive *archive, struct sw_news *news, const struct sw_source *source, size_t index)
{
    struct sw_history *history = sw_alloc(sizeof *history);
    *history = (struct sw_history){.archive = archive, .news = news, .source = source, .index = index};
    history->series = sw_alloc_array(source->request.field_count, sizeof *history->series);
    for (size_t i = 0; i < source->request.field_count; i++) {
        const struct sw_field *field = &source->request.fields[i];
        size_t count = 0;
        if (field->keep == 0)
            continue;
        struct sw_point *points = sw_archive_points(archive, source->name, field->name, INT64_MIN, &count);
        history->series[i] = sw_series_create(points, count, field->step);
        free(points);
        if (count > 0)
            sw_news_series(news, index, i, history->series[i]);
    }
    return history;
}

void sw_history_destroy(struct sw_history *history)
{
    if (history == NULL)
        return;
    for (size_t i = 0; i < history->source->request.field_count; i++)
        sw_series_release(history->series[i]);
    free(history->series);
    free(history);
}

/* The points that the reading has of a field; the caller's to free(). */
static struct sw_point *points_of(const struct sw_reading *reading, const char *name, size_t *count)
{
    const struct sw_request *request = sw_reading_request(reading);
    const struct sw_list *rows = sw_reading_rows(reading);
    const struct sw_field *field = sw_request_field(request, name);
    const struct sw_reading_facts *facts = sw_reading_facts(reading);
    *count = 0;
    if (field == NULL || field->type != SW_FIELD_NUMBER)
        return NULL;
    struct sw_point *points = sw_alloc_array(rows->count, sizeof *points);
    for (size_t row = 0; row < rows->count; row++) {
        struct sw_value value = sw_reading_value(reading, row, (size_t)(field - request->fields));
        struct sw_value at = {.type = SW_VALUE_INSTANT, .as.instant = facts->observed};
        if (request->observed >= 0)
            at = sw_reading_value(reading, row, (size_t)request->observed);
        bool ahead = facts->kind == SW_READING_LIVE && at.type == SW_VALUE_INSTANT && at.as.instant > facts->fetched + AHEAD_MAX;
        if (value.type == SW_VALUE_NUMBER && at.type == SW_VALUE_INSTANT && !ahead)
            points[(*count)++] = (struct sw_point){at.as.instant, value.as.number};
    }
    return points;
}

/* A series of what is there and of more. */
static struct sw_series *add_all(const struct sw_series *series, const struct sw_point *points, size_t count)
{
    size_t before;
    const struct sw_point *old = sw_series_points(series, &before);
    struct sw_point *all = sw_alloc_array(before + count, sizeof *all);
    if (before > 0)
        memcpy(all, old, before * sizeof *all);
    if (count > 0)
        memcpy(all + before, points, count * sizeof *all);
    struct sw_series *whole = sw_series_create(all, before + count, sw_series_step(series));
    free(all);
    return whole;
}

/* Many at once: the series is made anew. */
static void add_many(struct sw_history *history, size_t index, const struct sw_point *points, size_t count, sw_instant fetched)
{
    const struct sw_field *field = &history->source->request.fields[index];
    struct sw_series *whole = add_all(history->series[index], points, count);
    size_t all;
    const struct sw_point *sorted = sw_series_points(whole, &all);
    sw_instant since = begin_of(field, sorted[all - 1].at, fetched);
    struct sw_series *cut = sw_series_add(whole, sorted[all - 1], since);
    sw_series_release(whole);
    sw_archive_add(history->archive, history->source->name, field->name, points, count, since);
    sw_series_release(history->series[index]);
    history->series[index] = cut;
    sw_news_series(history->news, history->index, index, cut);
}

static void add_one(struct sw_history *history, size_t index, struct sw_point point, sw_instant fetched)
{
    const struct sw_field *field = &history->source->request.fields[index];
    size_t count;
    const struct sw_point *points = sw_series_points(history->series[index], &count);
    sw_instant newest = count > 0 && points[count - 1].at > point.at ? points[count - 1].at : point.at;
    sw_instant since = begin_of(field, newest, fetched);
    struct sw_series *series = sw_series_add(history->series[index], point, since);
    sw_archive_add(history->archive, history->source->name, field->name, &point, 1, since);
    sw_series_release(history->series[index]);
    history->series[index] = series;
    sw_news_point(history->news, history->index, index, series, point, since);
}

/* A sample is shown, but not kept: nor does it mix with what is true. Its own past goes with it. */
static void show_only(struct sw_history *history, size_t index, const struct sw_point *points, size_t count, bool with_before)
{
    struct sw_series *before = history->series[index];
    history->series[index] = with_before ? add_all(before, points, count) : sw_series_create(points, count, sw_series_step(before));
    sw_series_release(before);
    sw_news_series(history->news, history->index, index, history->series[index]);
}

void sw_history_take(struct sw_history *history, const struct sw_reading *reading)
{
    bool sample = sw_reading_facts(reading)->kind == SW_READING_SAMPLE;
    for (size_t i = 0; i < history->source->request.field_count; i++) {
        size_t count, fresh = 0;
        if (history->series[i] == NULL)
            continue;
        struct sw_point *points = points_of(reading, history->source->request.fields[i].name, &count);
        for (size_t k = 0; !sample && k < count; k++) {
            if (!sw_series_has(history->series[i], points[k]))
                points[fresh++] = points[k];
        }
        if (sample)
            show_only(history, i, points, count, history->sampled);
        else if (fresh == 1)
            add_one(history, i, points[0], sw_reading_facts(reading)->fetched);
        else if (fresh > 1)
            add_many(history, i, points, fresh, sw_reading_facts(reading)->fetched);
        free(points);
    }
    history->sampled = sample;
}

bool sw_history_lacks(const struct sw_history *history, sw_instant now)
{
    for (size_t i = 0; i < history->source->request.field_count; i++) {
        const struct sw_field *field = &history->source->request.fields[i];
        size_t count = 0;
        if (history->series[i] == NULL)
            continue;
        const struct sw_point *points = sw_series_points(history->series[i], &count);
        if (count == 0 || points[0].at > now - field->keep / 2)
            return true;
    }
    return false;
}
