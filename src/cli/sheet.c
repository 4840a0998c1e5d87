/* SPDX-License-Identifier: EUPL-1.2 */
#include "cli/sheet.h"

#include <stdarg.h>
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

/* As a terminal may have it; returns how wide that is. */
static size_t to_line(const char *text, char line[CELL_MAX])
{
    sw_utf8_put_line(line, CELL_MAX, text);
    return sw_utf8_count(line, strlen(line));
}

void sw_sheet_print(const struct sw_sheet *sheet, FILE *out)
{
    size_t widths[32] = {0};
    char line[CELL_MAX];
    for (size_t i = 0; i < sheet->count; i++) {
        size_t width = to_line(sheet->cells[i], line), *widest = &widths[i % sheet->columns];
        *widest = width > *widest ? width : *widest;
    }
    for (size_t i = 0; i < sheet->count; i++) {
        size_t column = i % sheet->columns, pad = widths[column] - to_line(sheet->cells[i], line);
        bool right = (sheet->right >> column & 1) != 0, last = column + 1 == sheet->columns;
        fprintf(out, "%s%*s%s%*s%s", column > 0 ? GAP : "", right ? (int)pad : 0, "", line, right || last ? 0 : (int)pad, "",
                last ? "\n" : "");
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
