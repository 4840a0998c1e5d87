/* SPDX-License-Identifier: EUPL-1.2 */
#include "elements/history.h"

#include "exhibition/source.h"

static void release(void *series) { sw_series_release(series); }

static const struct sw_series *hold(const struct sw_view_context *context, const struct sw_series *series)
{
    union { /* holding is no change that others see */
        const struct sw_series *seen;
        struct sw_series *held;
    } pointer = {.seen = series};
    sw_arena_defer(context->arena, release, sw_series_hold(pointer.held));
    return series;
}

struct sw_history sw_history_read(const struct sw_view_context *context, const struct sw_field *field)
{
    struct sw_history history = {.end = context->evaluation->now, .live = true};
    if (context->data == NULL) {
        return history;
    }
    if (context->evaluation->reads != NULL) {
        sw_reads_add_source(context->evaluation->reads, field->source);
    }
    const struct sw_series *series = sw_data_series(context->data, field);
    struct sw_data_view view = sw_data_look(context->data, field->source, context->evaluation->now);
    history.live = view.facts == NULL || view.facts->kind == SW_READING_LIVE;
    if (series == NULL) {
        return history;
    }
    size_t count = 0;
    const struct sw_point *points = sw_series_points(series, &count);
    history.series = hold(context, series);
    history.end = history.live || count == 0 ? history.end : points[count - 1].at;
    return history;
}
