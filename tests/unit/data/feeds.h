/* SPDX-License-Identifier: EUPL-1.2 */
/* What the tests of src/data share: sources as a curator declares them, read by the loader, and bodies as platforms send them. */
#ifndef SW_TESTS_DATA_FEEDS_H
#define SW_TESTS_DATA_FEEDS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "data/reading.h"
#include "exhibition/exhibition.h"

/* Folder with scenes/exhibition.json and scenes/sources.json, and what became of it. */
struct feeds {
    char folder[64];
    struct sw_exhibition *exhibition;
};

static inline void feeds_put(const struct feeds *feeds, const char *file, const char *text)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", feeds->folder, file);
    assert_true(sw_file_write_atomic(path, text, strlen(text)));
}

/* `sources`: the whole of sources.json, without faults. */
static inline void feeds_open(struct feeds *feeds, const char *sources)
{
    char path[128];
    struct sw_diags diags;
    (void)snprintf(feeds->folder, sizeof feeds->folder, "/tmp/schauwand-feeds-XXXXXX");
    assert_non_null(mkdtemp(feeds->folder));
    (void)snprintf(path, sizeof path, "%s/scenes", feeds->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    feeds_put(feeds, "scenes/exhibition.json",
              "{\"title\": \"t\", \"languages\": [\"de\", \"en\"], \"wall\": \"w\", \"home\": \"h\", \"timezone\": \"Europe/Berlin\"}");
    feeds_put(feeds, "scenes/sources.json", sources);
    sw_diags_init(&diags);
    feeds->exhibition = sw_exhibition_create_sources(feeds->folder, &diags);
    sw_diags_sort(&diags);
    if (diags.errors > 0)
        sw_diags_print(&diags, stderr);
    assert_int_equal(diags.errors, 0);
    sw_diags_finish(&diags);
    assert_non_null(feeds->exhibition);
}

static inline void feeds_close(struct feeds *feeds)
{
    char command[128];
    sw_exhibition_destroy(feeds->exhibition);
    (void)snprintf(command, sizeof command, "rm -r '%s'", feeds->folder);
    assert_int_equal(system(command), 0);
}

static inline const struct sw_source *feeds_source(const struct feeds *feeds, const char *name)
{
    const struct sw_source *source = sw_exhibition_source(feeds->exhibition, name);
    assert_non_null(source);
    return source;
}

/* 2026-11-23T14:05:00Z */
#define FEEDS_NOW INT64_C(1795442700000000)

static inline sw_instant feeds_at(const char *utc)
{
    sw_instant instant = 0;
    if (!sw_civil_parse(NULL, utc, &instant))
        fail_msg("no instant: %s", utc);
    return instant;
}

static inline struct sw_reading_facts feeds_facts(void)
{
    return (struct sw_reading_facts){.fetched = FEEDS_NOW, .published = SW_NEVER, .as_of = SW_NEVER};
}

/* From one page; NULL with `report` (or what the body's fault was) where it is nothing. */
static inline struct sw_reading *feeds_make(const struct feeds *feeds, const char *name, const char *bytes, size_t length,
                                            const struct sw_reading_facts *facts, struct sw_reading_report *report)
{
    const struct sw_source *source = feeds_source(feeds, name);
    struct sw_body *body = sw_body_create(&source->request);
    char fault[SW_BODY_FAULT_MAX];
    struct sw_reading *reading = NULL;
    bool good = sw_body_add(body, bytes, length, fault);
    *report = (struct sw_reading_report){.missing = 0};
    if (good && source->request.select != NULL) { /* as a program "." would have it */
        size_t size = 0;
        char *text = sw_body_text(body, &size);
        good = sw_body_add_selected(body, text, size, fault);
        free(text);
    }
    if (good)
        reading = sw_reading_create(&source->request, body, feeds->exhibition->zone, facts, report);
    else
        (void)snprintf(report->text, sizeof report->text, "%s", fault);
    sw_body_destroy(body);
    return reading;
}

/* The same, as a live answer. */
static inline struct sw_reading *feeds_read(const struct feeds *feeds, const char *name, const char *bytes, size_t length,
                                            struct sw_reading_report *report)
{
    const struct sw_reading_facts facts = feeds_facts();
    return feeds_make(feeds, name, bytes, length, &facts, report);
}

/* A value as a test writes it: 512, -3.1, 2026-11-23T14:05:00Z, a text, or "-" where it is missing. */
static inline const char *feeds_text(struct sw_value value, char out[256])
{
    if (value.type == SW_VALUE_NUMBER) {
        (void)snprintf(out, 256, "%.10g", value.as.number);
    } else if (value.type == SW_VALUE_INSTANT) {
        struct sw_civil civil = sw_civil_at(NULL, value.as.instant);
        (void)snprintf(out, 256, "%04d-%02d-%02dT%02d:%02d:%02dZ", civil.date.year, civil.date.month, civil.date.day, civil.hour,
                       civil.minute, civil.second);
    } else {
        (void)snprintf(out, 256, "%s", value.type == SW_VALUE_STRING ? value.as.string : "-");
    }
    return out;
}

/* All rows: values with a blank between them, rows with " | ". */
static inline void feeds_rows(const struct sw_reading *reading, char *out, size_t capacity)
{
    const struct sw_request *request = sw_reading_request(reading);
    size_t used = 0;
    char text[256];
    out[0] = '\0';
    for (size_t row = 0; row < sw_reading_rows(reading)->count; row++) {
        for (size_t field = 0; field < request->field_count && used < capacity; field++) {
            used += (size_t)snprintf(out + used, capacity - used, "%s%s",
                                     field > 0 ? " "
                                     : row > 0 ? " | "
                                               : "",
                                     feeds_text(sw_reading_value(reading, row, field), text));
        }
    }
}

/* What becomes of a body: its rows, or "refused: ..." */
static inline void feeds_expect(const struct feeds *feeds, const char *name, const char *bytes, size_t length, const char *expected)
{
    struct sw_reading_report report;
    char rows[4096];
    char *copy = malloc(length > 0 ? length : 1); /* the sanitizer watches its end */
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    struct sw_reading *reading = feeds_read(feeds, name, copy, length, &report);
    free(copy);
    if (reading != NULL)
        feeds_rows(reading, rows, sizeof rows);
    else
        (void)snprintf(rows, sizeof rows, "refused: %s", report.text);
    if (strcmp(rows, expected) != 0)
        fail_msg("%s:\n  %s\ninstead of\n  %s\n(%s)", name, rows, expected, report.text);
    sw_reading_release(reading);
}
#define FEEDS_EXPECT(feeds, name, bytes, expected) feeds_expect(feeds, name, bytes, strlen(bytes), expected)

#endif
