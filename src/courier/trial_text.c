/* SPDX-License-Identifier: EUPL-1.2 */
/* What came, for people: a line of how, one of how old, and one a field. */
#include <string.h>

#include "courier/trial_internal.h"

#define SHOWN_MAX 60 /* bytes of a text */

/* Whole characters of it, without those that steer a terminal. */
static void add_quoted(struct sw_buffer *out, const char *text)
{
    size_t length = strlen(text), end = length < SHOWN_MAX ? length : SHOWN_MAX;
    while (end > 0 && end < length && ((unsigned char)text[end] & 0xC0u) == 0x80u)
        end--;
    sw_buffer_add_text(out, "\"");
    for (size_t i = 0; i < end; i++)
        sw_buffer_add(out, (unsigned char)text[i] >= ' ' && text[i] != 0x7f ? &text[i] : " ", 1);
    sw_buffer_add_text(out, end < length ? " ...\"" : "\"");
}

/* As people read it, by the exhibition's clock. */
static void add_instant(struct sw_buffer *out, const struct sw_trial_view *view, sw_instant instant)
{
    struct sw_civil at = sw_civil_at(view->zone, instant);
    sw_buffer_printf(out, "%04d-%02d-%02d %02d:%02d:%02d", at.date.year, at.date.month, at.date.day, at.hour, at.minute, at.second);
}

/* With as many digits as the field declares. */
static void add_number(struct sw_buffer *out, const struct sw_field *field, double number)
{
    if (field->digits >= 0)
        sw_buffer_printf(out, "%.*f", field->digits, number);
    else
        sw_buffer_printf(out, "%.15g", number);
}

static void add_value(struct sw_buffer *out, const struct sw_trial_view *view, const struct sw_field *field, struct sw_value value)
{
    if (value.type == SW_VALUE_NUMBER)
        add_number(out, field, value.as.number);
    else if (value.type == SW_VALUE_INSTANT)
        add_instant(out, view, value.as.instant);
    else if (value.type == SW_VALUE_STRING && field->type == SW_FIELD_ENUM)
        sw_buffer_add_text(out, value.as.string);
    else if (value.type == SW_VALUE_STRING)
        add_quoted(out, value.as.string);
}

static bool is_less(struct sw_value a, struct sw_value b)
{
    return a.type == SW_VALUE_NUMBER ? a.as.number < b.as.number : a.type == SW_VALUE_INSTANT && a.as.instant < b.as.instant;
}

/* The smallest and the largest of numbers and times, the first of texts. */
static void add_range(struct sw_buffer *out, const struct sw_trial_view *view, size_t index)
{
    const struct sw_field *field = &view->request->fields[index];
    struct sw_value least = {.type = SW_VALUE_MISSING}, most = least;
    size_t rows = sw_reading_rows(view->end->reading)->count, there = 0;
    for (size_t row = 0; row < rows; row++) {
        struct sw_value value = sw_reading_value(view->end->reading, row, index);
        if (value.type == SW_VALUE_MISSING)
            continue;
        least = there == 0 || is_less(value, least) ? value : least;
        most = there++ == 0 || is_less(most, value) ? value : most;
    }
    add_value(out, view, field, least);
    if (is_less(least, most)) {
        sw_buffer_add_text(out, " .. ");
        add_value(out, view, field, most);
    } else if (there > 1 && least.type == SW_VALUE_STRING) {
        sw_buffer_add_text(out, ", ...");
    }
}

/* How many rows have none; of a single one the word alone. */
static void add_lack(struct sw_buffer *out, const struct sw_trial_view *view, bool first, size_t count, const char *what)
{
    if (count == 0)
        return;
    if (!first)
        sw_buffer_add_text(out, ", ");
    if (view->request->rows)
        sw_buffer_printf(out, "%zu ", count);
    sw_buffer_add_text(out, what);
}

static void add_field(struct sw_buffer *out, const struct sw_trial_view *view, size_t index, int width)
{
    const struct sw_field *field = &view->request->fields[index];
    const struct sw_field_tally *tally = &view->end->report->fields[index];
    struct sw_arena arena = {.blocks = NULL};
    sw_buffer_printf(out, "    %-*s  ", width, field->name);
    if (view->end->reading != NULL && tally->read > 0) {
        const char *unit = sw_trial_unit(view, field, &arena);
        add_range(out, view, index);
        sw_buffer_printf(out, "%s%s", unit[0] != '\0' ? " " : "", unit);
    }
    add_lack(out, view, tally->read == 0, tally->missing, "missing");
    add_lack(out, view, tally->read + tally->missing == 0, tally->absent, "not there");
    add_lack(out, view, tally->read + tally->missing + tally->absent == 0, tally->refused, "refused: ");
    if (tally->refused > 0)
        add_quoted(out, tally->shown);
    sw_buffer_add_text(out, "\n");
    sw_arena_finish(&arena);
}

static void add_fields(struct sw_buffer *out, const struct sw_trial_view *view)
{
    int width = 0;
    for (size_t i = 0; i < view->request->field_count; i++) {
        int length = (int)strlen(view->request->fields[i].name);
        width = length > width ? length : width;
    }
    for (size_t i = 0; i < view->request->field_count; i++)
        add_field(out, view, i, width);
}

static void add_age(struct sw_buffer *out, const struct sw_trial_view *view)
{
    const struct sw_reading_facts *facts = sw_reading_facts(view->end->reading);
    struct sw_freshness_at freshness = sw_freshness_at(view->source, facts, false, view->now);
    char age[32];
    sw_buffer_printf(out, "    %s: ", sw_freshness_text(freshness.state));
    sw_buffer_add_text(out, facts->observed_known ? "observed " : facts->published != SW_NEVER ? "published " : "fetched ");
    add_instant(out, view, facts->observed);
    int64_t passed = view->now - facts->observed;
    if (passed >= SW_SECOND)
        sw_buffer_printf(out, ", %s ago", sw_duration_text(passed - passed % SW_SECOND, age, sizeof age));
    sw_buffer_add_text(out, facts->observed_known ? "\n" : "; nothing says when it was observed\n");
}

static void add_rows(struct sw_buffer *out, const struct sw_trial_view *view)
{
    size_t rows = sw_reading_rows(view->end->reading)->count, left_out = sw_reading_facts(view->end->reading)->left_out;
    if (!view->request->rows)
        return;
    sw_buffer_printf(out, "    %zu row%s", rows, rows == 1 ? "" : "s");
    if (left_out > 0)
        sw_buffer_printf(out, "; %zu more are left out, beyond its limit of %d", left_out, view->request->limit);
    sw_buffer_add_text(out, "\n");
}

void sw_trial_write_text(struct sw_buffer *out, const struct sw_trial_view *view)
{
    const struct sw_job_end *end = view->end;
    const char *address = view->request->address;
    sw_buffer_printf(out, "%s%s: %.*s: ", view->source->name, end->backfill ? " (back-fill)" : "", (int)strcspn(address, "?#"), address);
    if (end->status > 0)
        sw_buffer_printf(out, "status %d, ", end->status);
    if (end->pages > 1)
        sw_buffer_printf(out, "%d pages, ", end->pages);
    sw_buffer_printf(out, "%zu bytes, %lld ms%s%s\n", end->bytes, (long long)(end->took / SW_MS), end->fault != NULL ? ": " : "",
                     end->fault != NULL ? end->fault : "");
    if (end->reading != NULL && !end->backfill)
        add_age(out, view);
    if (end->reading != NULL)
        add_rows(out, view);
    if (end->report != NULL)
        add_fields(out, view);
}
