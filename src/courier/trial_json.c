/* SPDX-License-Identifier: EUPL-1.2 */
/* What came, for programs: an object an answer. */
#include <string.h>

#include "courier/trial_internal.h"
#include "json/write.h"

#define ROWS_SHOWN 5

static void add_instant(struct sw_buffer *out, const char *key, sw_instant instant)
{
    struct sw_civil at = sw_civil_at(NULL, instant);
    sw_buffer_printf(out, "%s\"%04d-%02d-%02dT%02d:%02d:%02dZ\"", key, at.date.year, at.date.month, at.date.day, at.hour, at.minute,
                     at.second);
}

static void add_value(struct sw_buffer *out, struct sw_value value)
{
    if (value.type == SW_VALUE_NUMBER)
        sw_buffer_printf(out, "%.17g", value.as.number);
    else if (value.type == SW_VALUE_INSTANT)
        add_instant(out, "", value.as.instant);
    else if (value.type == SW_VALUE_STRING)
        sw_json_write_text(out, value.as.string);
    else
        sw_buffer_add_text(out, "null");
}

/* Of rows the first few values. */
static void add_values(struct sw_buffer *out, const struct sw_trial_view *view, size_t index)
{
    const struct sw_reading *reading = view->end->reading;
    size_t rows = sw_reading_rows(reading)->count;
    if (!view->request->rows) {
        sw_buffer_add_text(out, ", \"value\": ");
        add_value(out, sw_reading_value(reading, 0, index));
        return;
    }
    sw_buffer_add_text(out, ", \"values\": [");
    for (size_t row = 0; row < rows && row < ROWS_SHOWN; row++) {
        sw_buffer_add_text(out, row > 0 ? ", " : "");
        add_value(out, sw_reading_value(reading, row, index));
    }
    sw_buffer_add_text(out, "]");
}

static void add_field(struct sw_buffer *out, const struct sw_trial_view *view, size_t index)
{
    static const char *const types[] = {"number", "time", "text", "enum"}; /* as enum sw_field_type */
    const struct sw_field *field = &view->request->fields[index];
    const struct sw_field_tally *tally = &view->end->report->fields[index];
    struct sw_arena arena = {.blocks = NULL};
    const char *unit = sw_trial_unit(view, field, &arena);
    sw_buffer_printf(out, "{\"name\": \"%s\", \"type\": \"%s\"", field->name, types[field->type]);
    if (unit[0] != '\0') {
        sw_buffer_add_text(out, ", \"unit\": ");
        sw_json_write_text(out, unit);
    }
    if (view->end->reading != NULL)
        add_values(out, view, index);
    sw_buffer_printf(out, ", \"read\": %zu, \"missing\": %zu, \"absent\": %zu, \"refused\": %zu", tally->read, tally->missing,
                     tally->absent, tally->refused);
    if (tally->refused > 0) {
        sw_buffer_add_text(out, ", \"refused_first\": ");
        sw_json_write_text(out, tally->shown);
    }
    sw_buffer_add_text(out, "}");
    sw_arena_finish(&arena);
}

static void add_reading(struct sw_buffer *out, const struct sw_trial_view *view)
{
    const struct sw_reading_facts *facts = sw_reading_facts(view->end->reading);
    if (!view->end->backfill)
        sw_buffer_printf(out, ", \"status\": \"%s\"",
                         sw_freshness_text(sw_freshness_at(view->source, facts, false, view->now).state));
    add_instant(out, ", \"observed\": ", facts->observed);
    sw_buffer_printf(out, ", \"observed_known\": %s", facts->observed_known ? "true" : "false");
    if (facts->published != SW_NEVER)
        add_instant(out, ", \"published\": ", facts->published);
    if (view->request->rows)
        sw_buffer_printf(out, ", \"rows\": %zu, \"left_out\": %zu", sw_reading_rows(view->end->reading)->count, facts->left_out);
}

void sw_trial_write_json(struct sw_buffer *out, const struct sw_trial_view *view)
{
    const struct sw_job_end *end = view->end;
    char address[4096];
    size_t length = strcspn(view->request->address, "?#");
    length = length < sizeof address ? length : sizeof address - 1;
    memcpy(address, view->request->address, length);
    address[length] = '\0';
    sw_buffer_add_text(out, "{\"from\": ");
    sw_json_write_text(out, address);
    sw_buffer_printf(out, ", \"http\": %d, \"pages\": %d, \"bytes\": %zu, \"ms\": %lld", end->status, end->pages, end->bytes,
                     (long long)(end->took / SW_MS));
    add_instant(out, ", \"fetched\": ", end->fetched);
    if (end->fault != NULL) {
        sw_buffer_add_text(out, ", \"fault\": ");
        sw_json_write_text(out, end->fault);
    }
    if (end->reading != NULL)
        add_reading(out, view);
    sw_buffer_add_text(out, ", \"fields\": [");
    for (size_t i = 0; end->report != NULL && i < view->request->field_count; i++) {
        sw_buffer_add_text(out, i > 0 ? ", " : "");
        add_field(out, view, i);
    }
    sw_buffer_add_text(out, "]}");
}

void sw_trial_write_json_faults(struct sw_buffer *out, const struct sw_diags *diags)
{
    sw_buffer_add_text(out, "[");
    for (size_t i = 0; i < diags->count; i++) {
        const struct sw_diag *diag = &diags->items[i];
        sw_buffer_printf(out, "%s\n  {\"severity\": \"%s\", \"file\": ", i > 0 ? "," : "",
                         diag->severity == SW_ERROR ? "error" : "warning");
        sw_json_write_text(out, diag->file);
        sw_buffer_printf(out, ", \"line\": %d, \"column\": %d, \"path\": ", diag->line, diag->column);
        sw_json_write_text(out, diag->path);
        sw_buffer_add_text(out, ", \"text\": ");
        sw_json_write_text(out, diag->text);
        sw_buffer_add_text(out, "}");
    }
    sw_buffer_add_text(out, "]");
}
