/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/body.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "data/csv.h"
#include "data/field.h"
#include "json/pointer.h"
#include "json/write.h"

#define NO_COLUMN SIZE_MAX
#define PICKED_SHOWN 80 /* bytes of a pointer that a fault shows */

struct row {
    const cJSON *node;         /* JSON */
    const cJSON *const *outer; /* of its page: one for each pointer of the fields that begins with "^", else NULL */
    const char *const *cells;  /* CSV: one for each pointer of the fields, NULL where there is none */
};

struct sw_body {
    const struct sw_request *request;
    struct sw_arena arena;
    struct sw_json **pages; /* owned; trees that rows lie in */
    size_t page_count, page_capacity;
    char **texts; /* owned; of CSVs */
    size_t text_count, text_capacity;
    struct row *rows;
    size_t row_count, row_capacity;
    size_t left_out, page_rows;
    size_t pointers;                     /* of all fields */
    size_t first_pointer[SW_FIELDS_MAX]; /* of each field */
    char *selectable;                    /* owned; `select`: the page added last, for jq */
    size_t selectable_length;
    const char *next; /* of a page */
};

SW_PRINTF(2, 3) static bool fail(char fault[SW_BODY_FAULT_MAX], const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(fault, SW_BODY_FAULT_MAX, format, arguments);
    va_end(arguments);
    return false;
}

struct sw_body *sw_body_create(const struct sw_request *request)
{
    struct sw_body *body = sw_alloc(sizeof *body);
    body->request = request;
    for (size_t i = 0; i < request->field_count; i++) {
        body->first_pointer[i] = body->pointers;
        for (size_t from = 0; request->fields[i].from[from] != NULL; from++) {
            body->pointers++;
        }
    }
    return body;
}

void sw_body_destroy(struct sw_body *body)
{
    if (body == NULL) {
        return;
    }
    for (size_t i = 0; i < body->page_count; i++) {
        sw_json_destroy(body->pages[i]);
    }
    for (size_t i = 0; i < body->text_count; i++) {
        free(body->texts[i]);
    }
    free(body->pages);
    free(body->texts);
    free(body->rows);
    free(body->selectable);
    sw_arena_finish(&body->arena);
    free(body);
}

/* -- rows -- */

static void add_row(struct sw_body *body, struct row row)
{
    body->page_rows++;
    if (body->row_count == (size_t)body->request->limit) {
        body->left_out++;
        return;
    }
    body->rows = sw_grow(body->rows, &body->row_capacity, body->row_count + 1, sizeof *body->rows);
    body->rows[body->row_count++] = row;
}

static const char *kind_text(const cJSON *node)
{
    return cJSON_IsObject(node)   ? "an object"
           : cJSON_IsArray(node)  ? "a list"
           : cJSON_IsString(node) ? "a text"
           : cJSON_IsNumber(node) ? "a number"
           : cJSON_IsBool(node)   ? "true or false"
                                  : "null";
}

/* What fields find outside of the row, which is the same for all rows of a page. */
static const cJSON *const *find_outer(struct sw_body *body, const cJSON *root)
{
    const struct sw_request *request = body->request;
    const cJSON **outer = sw_arena_array(&body->arena, body->pointers, sizeof *outer);
    size_t at = 0;
    for (size_t i = 0; i < request->field_count; i++) {
        for (const char *const *from = request->fields[i].from; *from != NULL; from++, at++) {
            outer[at] = (*from)[0] == '^' ? sw_pointer_find(root, *from + 1) : NULL;
        }
    }
    return outer;
}

static bool add_rows(struct sw_body *body, const cJSON *root, const cJSON *picked, const char *where, char fault[SW_BODY_FAULT_MAX])
{
    const cJSON *item = NULL;
    const char *at = where[0] != '\0' ? " at " : "";
    if (picked == NULL) {
        return fail(fault, "has nothing%s%.*s", at, PICKED_SHOWN, where);
    }
    if (body->request->rows ? !cJSON_IsArray(picked) : cJSON_IsNull(picked)) {
        return fail(fault, "has %s%s%.*s; %s is wanted", kind_text(picked), at, PICKED_SHOWN, where,
                    body->request->rows ? "a list of rows" : "an object");
    }
    const cJSON *const *outer = find_outer(body, root);
    if (!body->request->rows) {
        add_row(body, (struct row){.node = picked, .outer = outer});
        return true;
    }
    cJSON_ArrayForEach (item, picked) {
        if (!cJSON_IsNull(item)) {
            add_row(body, (struct row){.node = item, .outer = outer});
        }
    }
    return true;
}

static void keep_page(struct sw_body *body, struct sw_json *json)
{
    body->pages = sw_grow(body->pages, &body->page_capacity, body->page_count + 1, sizeof *body->pages);
    body->pages[body->page_count++] = json;
}

/* -- JSON -- */

/* A page for people, as captive portals and servers in distress send it. */
static bool looks_like_markup(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n')) {
        at++;
    }
    return at < length && bytes[at] == '<';
}

static struct sw_json *read_json(const char *bytes, size_t length, char fault[SW_BODY_FAULT_MAX])
{
    struct sw_diags diags;
    sw_diags_init(&diags);
    struct sw_json *json = sw_json_create(bytes, length, SW_JSON_FEED, "", &diags);
    if (json == NULL && looks_like_markup(bytes, length)) {
        (void)fail(fault, "is no JSON; it looks like HTML or XML");
    } else if (json == NULL) {
        const struct sw_diag *diag = &diags.items[0];
        (void)fail(fault, "is no JSON, line %d, column %d: %s", diag->line, diag->column, diag->text);
    }
    sw_diags_finish(&diags);
    return json;
}

static bool set_selectable(struct sw_body *body, struct sw_buffer *buffer, char fault[SW_BODY_FAULT_MAX])
{
    if (buffer->full) {
        return fail(fault, "has more than 4 MiB as JSON");
    }
    free(body->selectable);
    body->selectable_length = buffer->length;
    body->selectable = buffer->bytes != NULL ? buffer->bytes : sw_strdup("");
    *buffer = (struct sw_buffer){.maximum = buffer->maximum}; /* its bytes are the body's now */
    return true;
}

/* An address, or the one of a list of links that is the next page's: {"rel": "next", "href": ...}. */
static const char *next_of(const cJSON *node)
{
    const cJSON *link = NULL;
    if (cJSON_IsArray(node)) {
        cJSON_ArrayForEach (link, node) {
            if (strcmp(sw_json_text(link, "rel", ""), "next") == 0) {
                return next_of(sw_json_get(link, "href"));
            }
        }
    }
    return cJSON_IsString(node) && node->valuestring[0] != '\0' ? node->valuestring : NULL;
}

static bool add_json(struct sw_body *body, const char *bytes, size_t length, char fault[SW_BODY_FAULT_MAX])
{
    const struct sw_request *request = body->request;
    struct sw_json *json = read_json(bytes, length, fault);
    struct sw_buffer buffer;
    bool good = json != NULL;
    if (good && request->select != NULL) {
        sw_buffer_init(&buffer, SW_JSON_BYTES_MAX);
        sw_json_write(&buffer, json->root);
        good = set_selectable(body, &buffer, fault);
        sw_buffer_finish(&buffer);
    } else if (good) {
        good = add_rows(body, json->root, sw_pointer_find(json->root, request->pick), request->pick, fault);
    }
    if (!good) {
        sw_json_destroy(json);
        return false;
    }
    keep_page(body, json);
    if (request->paging.kind == SW_PAGING_NEXT) {
        body->next = next_of(sw_pointer_find(json->root, request->paging.name));
    }
    return true;
}

/* -- CSV -- */

/* The column that a pointer names: by the header, else by its number. */
static size_t column_of(const char *pointer, const char *const *names, size_t count)
{
    char token[SW_POINTER_TOKEN_MAX];
    size_t index = NO_COLUMN;
    if (!sw_pointer_next(&pointer, token) || *pointer != '\0') {
        return NO_COLUMN;
    }
    for (size_t i = 0; i < count && names != NULL; i++) {
        if (strcmp(names[i], token) == 0) {
            return i;
        }
    }
    return sw_pointer_index(token, SW_CSV_COLUMNS_MAX, &index) ? index : NO_COLUMN;
}

/* The header's names, without the blanks around them. */
static const char *const *read_header(struct sw_body *body, const struct sw_csv_reader *reader)
{
    const char **names = sw_arena_array(&body->arena, reader->count + 1, sizeof *names);
    for (size_t i = 0; i < reader->count; i++) {
        size_t length = 0;
        const char *name = sw_field_trimmed(reader->cells[i], &length);
        names[i] = sw_arena_strndup(&body->arena, name, length);
    }
    return names;
}

static size_t *bind_columns(struct sw_body *body, const char *const *names, size_t count)
{
    const struct sw_request *request = body->request;
    size_t *columns = sw_arena_array(&body->arena, body->pointers, sizeof *columns), at = 0;
    for (size_t i = 0; i < request->field_count; i++) {
        for (const char *const *from = request->fields[i].from; *from != NULL; from++) {
            columns[at++] = column_of(*from, names, count);
        }
    }
    return columns;
}

static void add_csv_row(struct sw_body *body, const struct sw_csv_reader *reader, const size_t *columns)
{
    struct row row = {.node = NULL};
    if (body->row_count < (size_t)body->request->limit) {
        const char **cells = sw_arena_array(&body->arena, body->pointers, sizeof *cells);
        for (size_t i = 0; i < body->pointers; i++) {
            cells[i] = columns[i] < reader->count ? reader->cells[columns[i]] : NULL;
        }
        row.cells = cells;
    }
    add_row(body, row);
}

/* All of them, or the one that is picked. */
static bool read_csv_rows(struct sw_body *body, struct sw_csv_reader *reader, const size_t *columns, char fault[SW_BODY_FAULT_MAX])
{
    const char *pick = body->request->pick;
    size_t wanted = SIZE_MAX, count = 0;
    if (pick[0] == '/' && !sw_pointer_index(pick + 1, SW_ROWS_MAX, &wanted)) {
        return fail(fault, "has no row \"%.*s\"", PICKED_SHOWN, pick);
    }
    for (;; count++) {
        enum sw_csv_status status = sw_csv_next(reader, fault, SW_BODY_FAULT_MAX);
        if (status == SW_CSV_DAMAGED) {
            return false;
        }
        if (status == SW_CSV_END) {
            break;
        }
        if (pick[0] != '/' || count == wanted) {
            add_csv_row(body, reader, columns);
        }
    }
    return pick[0] != '/' || wanted < count || fail(fault, "has %zu row%s and none at %s", count, count == 1 ? "" : "s", pick);
}

static void write_csv_row(struct sw_buffer *buffer, const struct sw_csv_reader *reader, const char *const *names, size_t named)
{
    sw_buffer_add_text(buffer, names != NULL ? "{" : "[");
    for (size_t i = 0, written = 0; i < reader->count && (names == NULL || i < named); i++) {
        sw_buffer_add_text(buffer, written++ > 0 ? "," : "");
        if (names != NULL) {
            sw_json_write_text(buffer, names[i]);
            sw_buffer_add_text(buffer, ":");
        }
        sw_json_write_text(buffer, reader->cells[i]);
    }
    sw_buffer_add_text(buffer, names != NULL ? "}" : "]");
}

/* For jq: a list of objects, or without a header of lists. */
static bool write_csv(struct sw_body *body, struct sw_csv_reader *reader, const char *const *names, size_t named,
                      char fault[SW_BODY_FAULT_MAX])
{
    struct sw_buffer buffer;
    enum sw_csv_status status = SW_CSV_ROW;
    sw_buffer_init(&buffer, SW_JSON_BYTES_MAX);
    sw_buffer_add_text(&buffer, "[");
    for (size_t count = 0; status == SW_CSV_ROW; count++) {
        status = sw_csv_next(reader, fault, SW_BODY_FAULT_MAX);
        if (status == SW_CSV_ROW) {
            sw_buffer_add_text(&buffer, count > 0 ? "," : "");
            write_csv_row(&buffer, reader, names, named);
        }
    }
    sw_buffer_add_text(&buffer, "]");
    bool good = status == SW_CSV_END && set_selectable(body, &buffer, fault);
    sw_buffer_finish(&buffer);
    return good;
}

static bool read_csv(struct sw_body *body, struct sw_csv_reader *reader, char fault[SW_BODY_FAULT_MAX])
{
    const struct sw_request *request = body->request;
    const char *const *names = NULL;
    size_t named = 0;
    if (request->csv.header) {
        enum sw_csv_status status = sw_csv_next(reader, fault, SW_BODY_FAULT_MAX);
        if (status != SW_CSV_ROW) {
            return status == SW_CSV_DAMAGED ? false : fail(fault, "has no header");
        }
        names = read_header(body, reader);
        named = reader->count;
    }
    if (request->select != NULL) {
        return write_csv(body, reader, names, named, fault);
    }
    return read_csv_rows(body, reader, bind_columns(body, names, named), fault);
}

static bool add_csv(struct sw_body *body, const char *bytes, size_t length, char fault[SW_BODY_FAULT_MAX])
{
    struct sw_csv_reader *reader = sw_alloc(sizeof *reader);
    size_t rows = body->row_count, left_out = body->left_out;
    bool good = length <= SW_BODY_BYTES_MAX || fail(fault, "has %zu bytes; at most %zu are read", length, SW_BODY_BYTES_MAX);
    good = good && sw_csv_open(reader, &body->request->csv, bytes, length, fault, SW_BODY_FAULT_MAX) && read_csv(body, reader, fault);
    if (good && body->request->select == NULL) {
        body->texts = sw_grow(body->texts, &body->text_capacity, body->text_count + 1, sizeof *body->texts);
        body->texts[body->text_count++] = sw_csv_take(reader);
    }
    if (!good) {
        body->row_count = rows;
        body->left_out = left_out;
    }
    sw_csv_close(reader);
    free(reader);
    return good;
}

/* -- pages -- */

bool sw_body_add(struct sw_body *body, const char *bytes, size_t length, char fault[SW_BODY_FAULT_MAX])
{
    body->page_rows = 0;
    body->next = NULL;
    fault[0] = '\0';
    return body->request->format == SW_FORMAT_CSV ? add_csv(body, bytes, length, fault) : add_json(body, bytes, length, fault);
}

char *sw_body_text(const struct sw_body *body, size_t *length)
{
    *length = body->selectable_length;
    return sw_strdup(body->selectable != NULL ? body->selectable : "");
}

bool sw_body_add_selected(struct sw_body *body, const char *bytes, size_t length, char fault[SW_BODY_FAULT_MAX])
{
    struct sw_json *json = read_json(bytes, length, fault);
    body->page_rows = 0;
    if (json == NULL) {
        return false;
    }
    if (!add_rows(body, json->root, json->root, "", fault)) {
        sw_json_destroy(json);
        return false;
    }
    keep_page(body, json);
    return true;
}

const char *sw_body_next(const struct sw_body *body) { return body->next; }

size_t sw_body_page_rows(const struct sw_body *body) { return body->page_rows; }

size_t sw_body_rows(const struct sw_body *body) { return body->row_count; }

size_t sw_body_left_out(const struct sw_body *body) { return body->left_out; }

struct sw_cell sw_body_cell(const struct sw_body *body, size_t row, size_t field, size_t from)
{
    const struct row *found = &body->rows[row];
    const char *pointer = body->request->fields[field].from[from];
    size_t place = body->first_pointer[field] + from;
    if (found->cells != NULL) {
        return (struct sw_cell){.text = found->cells[place]};
    }
    return (struct sw_cell){.node = pointer[0] == '^' ? found->outer[place] : sw_pointer_find(found->node, pointer)};
}
