/* SPDX-License-Identifier: EUPL-1.2 */
/* scenes/calendars/ and `on`: when something is on. */
#include <stdlib.h>
#include <string.h>

#include "exhibition/load.h"

/* -- calendars -- */

/* What is wrong with a value that should be written like `wanted`. */
static void fault_form(struct sw_verify *verify, const cJSON *node, const char *what, const char *wanted)
{
    if (cJSON_IsString(node))
        sw_verify_fault(verify, node, "\"%s\" is no %s; write %s", node->valuestring, what, wanted);
    else
        sw_verify_fault(verify, node, "a %s is wanted: %s", what, wanted);
}

static void judge_dates(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    struct sw_date_span span;
    struct sw_date first, last;
    (void)row;
    if (cJSON_IsString(node) && sw_schedule_parse_dates(node->valuestring, &span))
        return;
    if (cJSON_IsString(node) && strlen(node->valuestring) == 22) { /* "2026-12-24..2027-01-06" */
        char text[11] = {0};
        memcpy(text, node->valuestring, 10);
        if (sw_date_parse(text, &first) && sw_date_parse(node->valuestring + 12, &last)) {
            sw_verify_fault(verify, node, "\"%s\" ends before it begins", node->valuestring);
            return;
        }
    }
    fault_form(verify, node, "day or span of days", "\"2026-12-24\" or \"2026-12-24..2027-01-06\"");
}

static void judge_day(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    struct sw_date date;
    (void)row;
    if (!cJSON_IsString(node) || !sw_date_parse(node->valuestring, &date))
        fault_form(verify, node, "day", "\"2027-12-31\"");
}

static void judge_days(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    unsigned weekdays = 0;
    (void)row;
    if (!cJSON_IsString(node) || !sw_schedule_parse_days(node->valuestring, &weekdays))
        fault_form(verify, node, "list of weekdays", "\"mon-fri\" or \"sat,sun\" (mon tue wed thu fri sat sun)");
}

static void judge_times(struct sw_verify *verify, const struct sw_row *row, const cJSON *node)
{
    struct sw_time_span span;
    (void)row;
    if (!cJSON_IsString(node) || !sw_schedule_parse_times(node->valuestring, &span))
        fault_form(verify, node, "span of time", "\"09:00-18:00\", over midnight \"22:00-02:00\"");
}

/* For editors: what the judges read. */
#define SHAPE(pattern, wanted) "{'type': 'string', 'pattern': '^" pattern "$', 'patternErrorMessage': '" wanted " is wanted'}"
#define DATE "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
#define DAY "(?:mon|tue|wed|thu|fri|sat|sun)"
#define TIME "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
static const struct sw_row dates_row = {
    .key = "", .type = SW_TYPE_CUSTOM, .judge = judge_dates, .shape = SHAPE(DATE "(?:[.][.]" DATE ")?", "a day or a span of days")};
static const struct sw_row times_row = {
    .key = "", .type = SW_TYPE_CUSTOM, .judge = judge_times, .shape = SHAPE(TIME "-(?:" TIME "|24:00)", "a span of time")};
static const struct sw_row calendar_name_row = {.key = "", .type = SW_TYPE_ID};
static const struct sw_row calendar_rows[] = {
    {.key = "title", .type = SW_TYPE_STRING, .meaning = "What it is."},
    {.key = "until",
     .type = SW_TYPE_CUSTOM,
     .judge = judge_day,
     .shape = SHAPE(DATE, "a day"),
     .meaning = "The last day that it knows of; a warning comes before.",
     .example = "\"2027-12-31\""},
    {.key = "days",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_REQUIRED,
     .item = &dates_row,
     .maximum = 2000,
     .meaning = "Its days and spans of days."},
};
const struct sw_table sw_calendar_table = {"calendar", "A named set of days.", calendar_rows, SW_COUNT(calendar_rows)};

static int by_day(const void *a, const void *b)
{
    const struct sw_date_span *x = a, *y = b;
    int64_t difference = sw_date_to_days(x->first) - sw_date_to_days(y->first);
    return difference < 0 ? -1 : difference > 0;
}

/* A calendar that is not sound keeps its name, and the days that are. */
static void load_calendar(struct sw_loader *loader, struct sw_calendar *calendar, struct sw_document *document)
{
    struct sw_writer w;
    sw_writer_init(&w, loader, document);
    const cJSON *root = document->json->root, *days = sw_json_get(root, "days"), *item = NULL;
    const cJSON *until = sw_load_member(&w, &sw_calendar_table, root, "until");
    (void)sw_verify_object(&w.verify, &sw_calendar_table, root);
    if (!cJSON_IsArray(days))
        return;
    struct sw_date_span *spans = sw_arena_array(loader->arena, (size_t)cJSON_GetArraySize(days) + 1, sizeof *spans);
    calendar->spans = spans;
    cJSON_ArrayForEach (item, days)
        calendar->count += cJSON_IsString(item) && sw_schedule_parse_dates(item->valuestring, &spans[calendar->count]) ? 1 : 0;
    qsort(spans, calendar->count, sizeof *spans, by_day);
    if (until != NULL)
        (void)!sw_date_parse(until->valuestring, &calendar->until);
}

static void load_named_calendar(struct sw_writer *w, const cJSON *item)
{
    struct sw_loader *loader = w->loader;
    struct sw_document *found = NULL;
    const char **files = sw_arena_array(loader->arena, loader->document_count + 1, sizeof *files);
    size_t count = 0;
    if (strcmp(item->string, "holidays") == 0) {
        sw_verify_key_fault(&w->verify, item, "\"holidays\" is computed; choose another name");
        return;
    }
    struct sw_calendar *calendar = &loader->calendars[loader->calendar_count++];
    *calendar = (struct sw_calendar){.name = sw_arena_strdup(loader->arena, item->string)};
    if (!cJSON_IsString(item))
        return;
    for (size_t i = 0; i < loader->document_count; i++) {
        if (loader->documents[i].kind != SW_DOCUMENT_CALENDAR)
            continue;
        files[count++] = loader->documents[i].file;
        if (strcmp(loader->documents[i].file, item->valuestring) == 0)
            found = &loader->documents[i];
    }
    if (found == NULL)
        sw_verify_fault(&w->verify, item, "there is no such calendar; it is a file of scenes/calendars/%s",
                        sw_load_hint(loader, item->valuestring, files));
    else if (!found->faulty)
        load_calendar(loader, calendar, found);
}

void sw_load_calendars(struct sw_loader *loader)
{
    struct sw_document *exhibition = sw_loader_document(loader, SW_DOCUMENT_EXHIBITION, NULL);
    const cJSON *named = sw_json_get(exhibition->json->root, "calendars"), *item = NULL;
    struct sw_writer w;
    sw_writer_init(&w, loader, exhibition);
    if (!cJSON_IsObject(named))
        named = NULL;
    loader->calendars = sw_arena_array(loader->arena, (size_t)cJSON_GetArraySize(named) + 1, sizeof *loader->calendars);
    loader->calendars[loader->calendar_count++] = (struct sw_calendar){.name = "holidays", .holidays = true};
    size_t mark = sw_verify_enter(&w.verify, "calendars");
    cJSON_ArrayForEach (item, named) {
        size_t inner = sw_verify_enter(&w.verify, item->string);
        load_named_calendar(&w, item);
        sw_verify_leave(&w.verify, inner);
    }
    sw_verify_leave(&w.verify, mark);
    loader->exhibition->calendars = loader->calendars;
    loader->exhibition->calendar_count = loader->calendar_count;
}

/* -- on -- */

static const struct sw_row schedule_rows[] = {
    {.key = "days",
     .type = SW_TYPE_CUSTOM,
     .judge = judge_days,
     .shape = SHAPE(DAY "(?:-" DAY ")?(?:," DAY "(?:-" DAY ")?)*", "a list of weekdays"),
     .meaning = "Days of the week: \"mon-fri\", \"sat,sun\", \"fri-mon\".",
     .example = "\"mon-fri\""},
    {.key = "dates",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_OR_ONE,
     .item = &dates_row,
     .maximum = 100,
     .meaning = "Days or spans of days: \"2026-12-24\", \"2026-12-24..2027-01-06\".",
     .example = "\"2026-12-24..2027-01-06\""},
    {.key = "time",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_OR_ONE,
     .item = &times_row,
     .maximum = 24,
     .meaning = "Times of the day: \"09:00-18:00\"; over midnight a span belongs to the day that it begins on.",
     .example = "[\"09:00-12:00\", \"13:00-18:00\"]"},
    {.key = "in",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_OR_ONE,
     .item = &calendar_name_row,
     .maximum = 16,
     .meaning = "On days of any of these calendars; `holidays` are those of North Rhine-Westphalia.",
     .example = "\"holidays\""},
    {.key = "not",
     .type = SW_TYPE_LIST,
     .flags = SW_ROW_OR_ONE,
     .item = &calendar_name_row,
     .maximum = 16,
     .meaning = "Not on days of these calendars.",
     .example = "[\"holidays\", \"closed\"]"},
};
const struct sw_table sw_schedule_table = {"schedule", "When something is on.", schedule_rows, SW_COUNT(schedule_rows)};

static const struct sw_calendar *calendar_named(struct sw_writer *w, const cJSON *node)
{
    const struct sw_loader *loader = w->loader;
    const char **known = sw_arena_array(loader->arena, loader->calendar_count + 1, sizeof *known);
    for (size_t i = 0; i < loader->calendar_count; i++) {
        known[i] = loader->calendars[i].name;
        if (strcmp(known[i], node->valuestring) == 0)
            return &loader->calendars[i];
    }
    sw_verify_fault(&w->verify, node, "there is no calendar \"%s\"%s", node->valuestring,
                    sw_load_hint(w->loader, node->valuestring, known));
    return NULL;
}

static const struct sw_calendar *const *calendars_of(struct sw_writer *w, const cJSON *object, const char *key, size_t *count)
{
    const cJSON *node = sw_load_member(w, &sw_schedule_table, object, key);
    const struct sw_calendar **made = sw_arena_array(w->loader->arena, sw_load_count(node), sizeof *made);
    *count = 0;
    for (size_t i = 0; i < sw_load_count(node); i++) {
        size_t mark = sw_verify_enter(&w->verify, key), inner = cJSON_IsArray(node) ? sw_verify_enter_index(&w->verify, (int)i) : mark;
        made[*count] = calendar_named(w, sw_load_item(node, i));
        *count += made[*count] != NULL ? 1 : 0;
        sw_verify_leave(&w->verify, inner);
        sw_verify_leave(&w->verify, mark);
    }
    return made;
}

bool sw_load_schedule(struct sw_writer *w, const cJSON *object, struct sw_schedule *schedule)
{
    static const struct sw_row row = {.key = "", .type = SW_TYPE_OBJECT, .table = &sw_schedule_table};
    size_t errors = sw_load_errors(w->loader);
    bool sound = sw_load_sound(w, &row, object); /* what is not is said: the table that this is a row of was verified */
    const cJSON *dates = sw_load_member(w, &sw_schedule_table, object, "dates"),
                *times = sw_load_member(w, &sw_schedule_table, object, "time");
    const cJSON *days = sw_load_member(w, &sw_schedule_table, object, "days");
    struct sw_date_span *spans = sw_arena_array(w->loader->arena, sw_load_count(dates), sizeof *spans);
    struct sw_time_span *hours = sw_arena_array(w->loader->arena, sw_load_count(times), sizeof *hours);
    *schedule = (struct sw_schedule){.dates = spans, .times = hours};
    if (days != NULL)
        (void)!sw_schedule_parse_days(days->valuestring, &schedule->weekdays);
    for (size_t i = 0; i < sw_load_count(dates); i++)
        schedule->date_count += sw_schedule_parse_dates(sw_load_item(dates, i)->valuestring, &spans[schedule->date_count]) ? 1 : 0;
    for (size_t i = 0; i < sw_load_count(times); i++)
        schedule->time_count += sw_schedule_parse_times(sw_load_item(times, i)->valuestring, &hours[schedule->time_count]) ? 1 : 0;
    schedule->in = calendars_of(w, object, "in", &schedule->in_count);
    schedule->not_in = calendars_of(w, object, "not", &schedule->not_count);
    return sound && sw_load_errors(w->loader) == errors;
}
