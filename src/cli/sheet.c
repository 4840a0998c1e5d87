/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/sheet.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

#define CELL_MAX 512
#define GAP "  "

void sw_sheet_init(struct sw_sheet *sheet, size_t columns, unsigned right)
{
    *sheet = (struct sw_sheet){.columns = columns, .right = right};
}

void sw_sheet_finish(struct sw_sheet *sheet)
{
    free(sheet->cells);
    sw_arena_finish(&sheet->arena);
    *sheet = (struct sw_sheet){.columns = 0};
}

void sw_sheet_add(struct sw_sheet *sheet, const char *format, ...)
{
    char text[CELL_MAX];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    sheet->cells = sw_grow(sheet->cells, &sheet->capacity, sheet->count + 1, sizeof *sheet->cells);
    sheet->cells[sheet->count++] = sw_arena_strdup(&sheet->arena, text);
}

/* The bytes of the next character; 0 for one that may not reach a terminal, which takes one byte. */
static size_t character(const char *text, size_t *bytes)
{
    uint32_t code = 0;
    size_t length = sw_utf8_decode(text, strlen(text), &code);
    *bytes = length > 0 ? length : 1;
    return length == 0 || code < 0x20 || (code >= 0x7f && code < 0xa0) ? 0 : length;
}

static size_t width_of(const char *text)
{
    size_t width = 0, bytes;
    for (; *text != '\0'; text += bytes, width++)
        (void)character(text, &bytes);
    return width;
}

static void print_text(const char *text, FILE *out)
{
    size_t bytes;
    for (; *text != '\0'; text += bytes) {
        size_t good = character(text, &bytes);
        (void)fwrite(good > 0 ? text : "?", 1, good > 0 ? good : 1, out);
    }
}

void sw_sheet_print(const struct sw_sheet *sheet, FILE *out)
{
    size_t widths[32] = {0};
    for (size_t i = 0; i < sheet->count; i++) {
        size_t width = width_of(sheet->cells[i]), *widest = &widths[i % sheet->columns];
        *widest = width > *widest ? width : *widest;
    }
    for (size_t i = 0; i < sheet->count; i++) {
        size_t column = i % sheet->columns, pad = widths[column] - width_of(sheet->cells[i]);
        bool right = (sheet->right >> column & 1) != 0, last = column + 1 == sheet->columns;
        fprintf(out, "%s%*s", column > 0 ? GAP : "", right ? (int)pad : 0, "");
        print_text(sheet->cells[i], out);
        fprintf(out, "%*s%s", right || last ? 0 : (int)pad, "", last ? "\n" : "");
    }
}

static void print_csv_cell(const char *text, FILE *out)
{
    bool formula = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL, quoted = formula || strpbrk(text, ",\"\r\n\t") != NULL;
    fprintf(out, "%s%s", quoted ? "\"" : "", formula ? "'" : "");
    for (; *text != '\0'; text++)
        fprintf(out, "%s%c", *text == '"' ? "\"" : "", *text);
    fputs(quoted ? "\"" : "", out);
}

void sw_sheet_print_csv(const struct sw_sheet *sheet, FILE *out)
{
    for (size_t i = 0; i < sheet->count; i++) {
        print_csv_cell(sheet->cells[i], out);
        fputs((i + 1) % sheet->columns == 0 ? "\r\n" : ",", out);
    }
}
