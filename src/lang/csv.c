/* SPDX-License-Identifier: EUPL-1.2 */
#include "lang/csv.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define COLUMNS_MAX 32

enum column { FILE_NAME, PLACE, SOURCE, TARGET, STATE, REVIEWED, OTHER };
#define COLUMNS OTHER

/* -- guarding against formulas -- */

static bool is_formula(const char *text)
{
    text += strspn(text, "'");
    return *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
}

static void add_cell(struct sw_buffer *out, const char *text, bool last)
{
    sw_buffer_add_text(out, "\"");
    sw_buffer_add_text(out, is_formula(text) ? "'" : "");
    for (const char *quote = strchr(text, '"'); quote != NULL; text = quote + 1, quote = strchr(text, '"')) {
        sw_buffer_add(out, text, (size_t)(quote - text));
        sw_buffer_add_text(out, "\"\"");
    }
    sw_buffer_add_text(out, text);
    sw_buffer_add_text(out, last ? "\"\r\n" : "\",");
}

void sw_csv_write(struct sw_buffer *out, const struct sw_jobs *jobs)
{
    sw_buffer_printf(out, "\xef\xbb\xbf" "file,place,source (%s),target (%s),state,reviewed by\r\n", jobs->from, jobs->to);
    for (size_t i = 0; i < jobs->count; i++) {
        const struct sw_job *job = &jobs->items[i];
        add_cell(out, job->text->file, false);
        add_cell(out, job->text->path, false);
        add_cell(out, job->source, false);
        add_cell(out, job->target->text != NULL ? job->target->text : "", false);
        add_cell(out, sw_job_state_text(job->state), false);
        add_cell(out, job->review == SW_REVIEW_DONE ? job->target->by : "", true);
    }
}

/* -- reading -- */

struct reader {
    struct sw_offers *offers;
    const char *at, *end;
    int line, row;
    char separator;
    char *cells[COLUMNS_MAX]; /* of this row */
    size_t count;
    enum column columns[COLUMNS_MAX]; /* what each is */
    size_t column_count;
};

/* One cell, its quotes taken off and ends of lines made "\n"; false after a fault. Behind it stands the separator, or the row's end. */
static bool read_cell(struct reader *r, char **cell)
{
    bool quoted = r->at < r->end && *r->at == '"', closed = !quoted;
    char *out = sw_arena_alloc(&r->offers->arena, (size_t)(r->end - r->at < 64 ? r->end - r->at : 64) + 1);
    size_t used = 0, room = (size_t)(r->end - r->at < 64 ? r->end - r->at : 64);
    int first = r->line;
    r->at += quoted ? 1 : 0;
    for (; r->at < r->end; r->at++) {
        char c = *r->at;
        if (quoted && c == '"' && r->at + 1 < r->end && r->at[1] == '"') {
            r->at++;
        } else if (quoted && c == '"') {
            r->at++;
            closed = true;
            break;
        } else if (!quoted && (c == r->separator || c == '\n' || c == '\r')) {
            break;
        } else if (c == '\r' && r->at + 1 < r->end && r->at[1] == '\n') {
            continue;
        }
        c = c == '\r' ? '\n' : c;
        r->line += c == '\n';
        if (used == room) {
            char *more = sw_arena_alloc(&r->offers->arena, 2 * room + 1);
            memcpy(more, out, used);
            out = more;
            room *= 2;
        }
        out[used++] = c;
        if (used > SW_OFFER_TEXT_MAX) {
            sw_offers_fault(r->offers, first, r->row, "a cell has more than %zu bytes", SW_OFFER_TEXT_MAX);
            return false;
        }
    }
    out[used] = '\0';
    *cell = out;
    if (!closed)
        sw_offers_fault(r->offers, first, r->row, "the quotes of a cell that begins here are never closed");
    else if (r->at < r->end && *r->at != r->separator && *r->at != '\n' && *r->at != '\r')
        sw_offers_fault(r->offers, r->line, r->row, "there is something between the closing quotes of a cell and its end; quotes in a text "
                                                    "are doubled");
    else
        return true;
    return false;
}

static bool read_row(struct reader *r)
{
    r->count = 0;
    r->row++;
    for (;;) {
        char *cell = NULL;
        if (!read_cell(r, &cell))
            return false;
        if (r->count < COLUMNS_MAX)
            r->cells[r->count++] = cell;
        if (r->at >= r->end || *r->at != r->separator)
            break;
        r->at++;
    }
    if (r->at < r->end && *r->at == '\r')
        r->at++;
    if (r->at < r->end && *r->at == '\n')
        r->at++;
    r->line++;
    return true;
}

/* "source (de)": the language in `cell`, which it changes; NULL: it is no such head. */
static const char *language_in(char *cell, const char *word)
{
    size_t length = strlen(word);
    char *end = strrchr(cell, ')');
    if (strncmp(cell, word, length) != 0 || cell[length] != '(' || end == NULL)
        return NULL;
    *end = '\0';
    return cell + length + 1;
}

/* What the head calls the columns. */
static bool read_head(struct reader *r)
{
    static const char *const names[COLUMNS] = {"file", "place", "source (de)", "target (tr)", "state", "reviewed by"};
    bool found[COLUMNS] = {false};
    if (!read_row(r))
        return false;
    r->column_count = r->count;
    for (size_t i = 0; i < r->count; i++) {
        const char *from = language_in(r->cells[i], "source "), *to = language_in(r->cells[i], "target ");
        enum column column = from != NULL ? SOURCE : to != NULL ? TARGET : OTHER;
        for (int c = 0; c < COLUMNS && column == OTHER; c++)
            if (c != SOURCE && c != TARGET && strcmp(r->cells[i], names[c]) == 0)
                column = (enum column)c;
        if (column != OTHER && found[column]) {
            sw_offers_fault(r->offers, 1, 1, "the column \"%s\" is there twice", column == SOURCE ? "source" : column == TARGET ? "target"
                                                                                                           : names[column]);
            return false;
        }
        if (column != OTHER)
            found[column] = true;
        r->offers->from = column == SOURCE ? from : r->offers->from;
        r->offers->to = column == TARGET ? to : r->offers->to;
        r->columns[i] = column;
    }
    bool whole = true;
    for (int c = FILE_NAME; c <= TARGET; c++)
        if (!found[c]) {
            sw_offers_fault(r->offers, 1, 1, "there is no column \"%s\"%s", names[c],
                            c >= SOURCE ? ", with the language in parentheses; `schauwand lang export` writes such a table" : "");
            whole = false;
        }
    return whole;
}

static bool is_blank(const struct reader *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->cells[i][0] != '\0')
            return false;
    return true;
}

static void take_row(struct reader *r, int line, struct sw_offer *offer)
{
    for (size_t i = 0; i < r->count && i < r->column_count; i++) {
        const char *text = r->cells[i][0] == '\'' && is_formula(r->cells[i]) ? r->cells[i] + 1 : r->cells[i];
        switch (r->columns[i]) {
        case FILE_NAME: offer->file = text; break;
        case PLACE: offer->path = text; break;
        case SOURCE: offer->source = text; break;
        case TARGET: offer->target = text; break;
        case STATE: offer->open = strcmp(text, sw_job_state_text(SW_JOB_CHANGED)) == 0; break;
        case REVIEWED: offer->by = text; break;
        case OTHER: break;
        }
    }
    offer->line = line;
    offer->row = r->row;
}

/* What stands between cells: of what a head may have, what it has most of. */
static char find_separator(const char *bytes, size_t length)
{
    static const char known[] = ",;\t";
    size_t most = 0, counts[3] = {0};
    for (size_t i = 0; i < length && bytes[i] != '\n' && bytes[i] != '\r'; i++)
        for (size_t k = 0; k < 3; k++)
            counts[k] += bytes[i] == known[k];
    for (size_t k = 1; k < 3; k++)
        most = counts[k] > counts[most] ? k : most;
    return known[most];
}

bool sw_csv_read(struct sw_offers *offers, const char *bytes, size_t length)
{
    struct reader r = {.offers = offers, .at = bytes, .end = bytes + length, .line = 1, .separator = find_separator(bytes, length)};
    size_t valid = sw_utf8_valid(bytes, length);
    for (size_t i = 0; i < valid; i++)
        r.line += bytes[i] == '\n';
    if (valid < length || memchr(bytes, '\0', length) != NULL) {
        sw_offers_fault(offers, r.line, 0, "is no text in UTF-8 from here on; save it as \"CSV UTF-8\"");
        return false;
    }
    r.line = 1;
    if (!read_head(&r))
        return false;
    while (r.at < r.end) {
        int line = r.line;
        if (!read_row(&r))
            return false;
        if (is_blank(&r))
            continue;
        struct sw_offer *offer = sw_offers_add(offers, line);
        if (offer == NULL)
            return false;
        take_row(&r, line, offer);
        if (r.count < r.column_count)
            sw_offers_fault(offers, line, r.row, "has %zu cells, and the head has %zu", r.count, r.column_count);
    }
    return true;
}
