/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/csv.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

/* Windows-1252 has letters where Latin-1 has control characters; 0: none. */
static const uint16_t windows_1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                          0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                          0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static size_t line_of(const char *bytes, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++) {
        line += bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
    }
    return line;
}

/* What 8-bit letters are in UTF-8; at most three bytes each. */
static size_t widen(char *out, enum sw_charset charset, const char *bytes, size_t length)
{
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        uint32_t code = (unsigned char)bytes[i];
        if (charset == SW_CHARSET_WINDOWS_1252 && code >= 0x80 && code < 0xA0) {
            code = windows_1252[code - 0x80] != 0 ? windows_1252[code - 0x80] : 0xFFFD;
        }
        used += sw_utf8_encode(code, out + used);
    }
    return used;
}

static bool decode(struct sw_csv_reader *reader, enum sw_charset charset, const char *bytes, size_t length, char *fault, size_t capacity)
{
    bool marked = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    if (length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        (void)snprintf(fault, capacity, "is UTF-16, which is not read");
        return false;
    }
    if (memchr(bytes, '\0', length) != NULL) {
        (void)snprintf(fault, capacity, "holds a byte 00 and is no text");
        return false;
    }
    if (marked) { /* then it is UTF-8, whatever was declared */
        bytes += 3;
        length -= 3;
    }
    bool wide = charset == SW_CHARSET_UTF8 || marked;
    reader->text = sw_alloc((wide ? length : 3 * length) + 1);
    size_t used = length;
    if (wide) {
        memcpy(reader->text, bytes, length);
    } else {
        used = widen(reader->text, charset, bytes, length);
    }
    reader->text[used] = '\0';
    reader->at = reader->text;
    reader->end = reader->text + used;
    size_t valid = sw_utf8_valid(reader->text, used);
    if (valid < used) {
        (void)snprintf(fault, capacity, "is not UTF-8 in line %zu (byte %02X); \"charset\" may be \"latin1\" or \"windows-1252\"",
                       line_of(reader->text, valid), (unsigned)(unsigned char)reader->text[valid]);
        return false;
    }
    return true;
}

/* Passes an end of line, if one is here. */
static bool pass_end(struct sw_csv_reader *reader, char **at)
{
    char *from = *at;
    if (from < reader->end && *from == '\r') {
        from++;
    }
    if (from < reader->end && *from == '\n') {
        from++;
    }
    bool passed = from != *at;
    *at = from;
    return passed;
}

bool sw_csv_open(struct sw_csv_reader *reader, const struct sw_csv *form, const char *bytes, size_t length, char *fault, size_t capacity)
{
    memset(reader, 0, sizeof *reader);
    reader->delimiter = form->delimiter;
    reader->next_line = 1;
    if (length == 0) {
        (void)snprintf(fault, capacity, "is empty");
        return false;
    }
    if (!decode(reader, form->charset, bytes, length, fault, capacity)) {
        return false;
    }
    for (int i = 0; i < form->skip && reader->at < reader->end; i++, reader->next_line++) {
        reader->at += strcspn(reader->at, "\r\n");
        (void)pass_end(reader, &reader->at);
    }
    return true;
}

/* While a row is read. */
struct row {
    char *from;   /* what is still to be read */
    size_t lines; /* ends of lines within quotes */
};

/* A cell in quotes, at row->from behind the first: written back in place without its quotes. NULL: never closed. */
static char *read_quoted(struct sw_csv_reader *reader, struct row *row)
{
    char *from = row->from, *to = from;
    for (; from < reader->end; from++) {
        if (*from == '"' && from[1] == '"') {
            from++;
        } else if (*from == '"') {
            break;
        }
        row->lines += *from == '\n' || (*from == '\r' && from[1] != '\n');
        *to++ = *from;
    }
    if (from == reader->end) {
        return NULL;
    }
    from++;
    while (from < reader->end && *from != reader->delimiter && *from != '\r' && *from != '\n') { /* behind the quote: as it stands */
        *to++ = *from++;
    }
    row->from = from;
    return to;
}

/* The next cell; *to is where its text ends: what ends it there is overwritten only when it has been looked at. */
static const char *read_cell(struct sw_csv_reader *reader, struct row *row, char **to)
{
    if (row->from < reader->end && *row->from == '"') {
        row->from++;
        const char *cell = row->from;
        *to = read_quoted(reader, row);
        return *to != NULL ? cell : NULL;
    }
    const char *cell = row->from;
    while (row->from < reader->end && *row->from != reader->delimiter && *row->from != '\r' && *row->from != '\n') {
        row->from++;
    }
    *to = row->from;
    return cell;
}

static enum sw_csv_status damaged(const struct sw_csv_reader *reader, char *fault, size_t capacity, const char *why)
{
    (void)snprintf(fault, capacity, "has in line %zu %s", reader->line, why);
    return SW_CSV_DAMAGED;
}

enum sw_csv_status sw_csv_next(struct sw_csv_reader *reader, char *fault, size_t capacity)
{
    while (pass_end(reader, &reader->at)) { /* empty lines */
        reader->next_line++;
    }
    reader->line = reader->next_line;
    struct row row = {.from = reader->at};
    reader->count = 0;
    if (reader->at == reader->end) {
        return SW_CSV_END;
    }
    for (bool more = true; more;) {
        char *to = NULL;
        const char *cell = read_cell(reader, &row, &to);
        if (cell == NULL) {
            return damaged(reader, fault, capacity, "a quote that is never closed");
        }
        if (reader->count == SW_CSV_COLUMNS_MAX || (size_t)(to - cell) > SW_CSV_CELL_MAX) {
            return damaged(reader, fault, capacity,
                           reader->count == SW_CSV_COLUMNS_MAX ? "more than 1024 columns" : "a cell of more than 64 KiB");
        }
        reader->cells[reader->count++] = cell;
        more = row.from < reader->end && *row.from == reader->delimiter;
        if (more) {
            row.from++;
        } else {
            row.lines += pass_end(reader, &row.from);
        }
        *to = '\0';
    }
    reader->at = row.from;
    reader->next_line += row.lines;
    return SW_CSV_ROW;
}

char *sw_csv_take(struct sw_csv_reader *reader)
{
    char *text = reader->text;
    reader->text = NULL;
    return text;
}

void sw_csv_close(struct sw_csv_reader *reader)
{
    free(reader->text);
    reader->text = NULL;
}
