/* SPDX-License-Identifier: EUPL-1.2 */
/* A table: rows of a list in columns, sorted by a touch on a column's head, turned page by page. Of a long list only the page that is
 * shown is made into boxes. */
#include "elements/table.h"

#include <math.h>

#include "base/hash.h"
#include "base/must.h"
#include "elements/elements.h"
#include "view/expand.h"

static const char *const aligns[] = {"start", "center", "end", "decimal", NULL}; /* as enum sw_table_align */

static const struct sw_row column_rows[] = {
    [SW_COLUMN_TITLE] = {.key = "title", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT,
        .flags = SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC, .meaning = "What its head says."},
    [SW_COLUMN_CELL] = {.key = "cell", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT,
        .flags = SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC, .meaning = "What is said of a row: \"{p.free | value}\".",
        .example = "\"{it.free | value}\""},
    [SW_COLUMN_ALIGN] = {.key = "align", .type = SW_TYPE_ENUM, .words = aligns, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"start\"",
        .meaning = "Where cells and head stand; `decimal`: at the end, numbers with their decimal marks below each other."},
    [SW_COLUMN_WIDTH] = {.key = "width", .type = SW_TYPE_NUMBER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 1,
        .maximum = 20000, .unit = "design units", .meaning = "How wide it is; without it, it has its share of what is left."},
    [SW_COLUMN_GROW] = {.key = "grow", .type = SW_TYPE_NUMBER, .flags = SW_ROW_PER_CANVAS, .minimum = 0.1, .maximum = 100,
        .otherwise = "1", .meaning = "Its share, where no width is given."},
    [SW_COLUMN_SORT] = {.key = "sort", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_SORT,
        .meaning = "By what a touch on its head sorts: [\"p.free\"]; `-` in front: downwards at first; without it, it cannot sort.",
        .example = "[\"-it.free\"]"},
    [SW_COLUMN_SORTED] = {.key = "sorted", .type = SW_TYPE_BOOL, .otherwise = "false",
        .meaning = "The rows are sorted by it until somebody touches a head."},
    [SW_COLUMN_WHEN] = {.key = "when", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_CONDITION,
        .meaning = "Only while this is true the column is there, such as canvas == 'wide'."},
    [SW_COLUMN_LINES] = {.key = "lines", .type = SW_TYPE_INTEGER, .flags = SW_ROW_PER_CANVAS, .minimum = 1, .maximum = 6,
        .otherwise = "1", .meaning = "How many lines a cell has at most; all rows are as high as the column with the most."},
};
static const struct sw_table column_table = {"column", "One column of a table.", column_rows, SW_COUNT(column_rows)};

static const struct sw_row rows[] = {
    [SW_TABLE_TABLE] = {.key = "table", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ROWS, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The list, such as the rows of a source.",
        .example = "\"parken.rows\""},
    [SW_TABLE_AS] = {.key = "as", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_NAME, .otherwise = "\"it\"",
        .meaning = "The name of the row inside `columns`, `where` and `sort`; its place in the list, from 1, is `index`."},
    [SW_TABLE_WHERE] = {.key = "where", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_CONDITION,
        .meaning = "Only rows for which this is true."},
    [SW_TABLE_SORT] = {.key = "sort", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_SORT,
        .meaning = "The order where no column sorts, and of rows that a column does not tell apart."},
    [SW_TABLE_LIMIT] = {.key = "limit", .type = SW_TYPE_INTEGER, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC, .minimum = 1,
        .maximum = 10000, .meaning = "At most so many rows, after sorting."},
    [SW_TABLE_COLUMNS] = {.key = "columns", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_RECORDS, .table = &column_table,
        .flags = SW_ROW_REQUIRED, .meaning = "The columns: [{title, cell, align, width, sort ...}, ...].",
        .example = "[{\"title\": {\"de\": \"frei\"}, \"cell\": \"{it.free}\"}]"},
    [SW_TABLE_EMPTY] = {.key = "empty", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_ELEMENT,
        .meaning = "What is shown below the heads when there is no row."},
    [SW_TABLE_HEAD] = {.key = "head_style", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_STYLE, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC,
        .meaning = "The text style of heads and of the page's number; without it, the table's own, smaller."},
    [SW_TABLE_LOOK] = {.key = "look", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_LOOK, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC,
        .meaning = "The theme's look for its buttons; without one, its `default_button`."},
    [SW_TABLE_CONTROLS] = {.key = "controls", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_AREA, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC,
        .meaning = "The area of the canvas where its buttons are, with one that sorts, for those who do not reach the heads."},
};

#define NATURAL_WIDTH 960.0 /* where nobody says a size, design units */
#define ROW_AIR 0.7         /* of the letters' size: above and below the words of a row together */
#define HEAD_SIZE 0.8       /* of the letters' size */
#define HEAD_LINES 2.5      /* what a head is high enough for */
#define HEAD_LEAST 72.0     /* design units: it is touched */
#define COLUMNS_MAX 16      /* as many as a list of objects may have */

static const struct sw_property nothing;

uint64_t sw_table_order_choice(const struct sw_box *box) { return sw_hash_text(box->identity, "order"); }
uint64_t sw_table_page_choice(const struct sw_box *box) { return sw_hash_text(box->identity, "page"); }

static struct sw_table_column make_column(const struct sw_view_context *context, const struct sw_box *box, const struct sw_property *object,
                                          int index)
{
    const struct sw_property *own = object->as.by.values;
    int align = sw_value_word(sw_view_value(context, box->scope, &own[SW_COLUMN_ALIGN]), aligns);
    return (struct sw_table_column){
        .rows = own,
        .index = index,
        .align = align < 0 ? SW_TABLE_START : (enum sw_table_align)align,
        .width = sw_value_number_or(sw_view_value(context, box->scope, &own[SW_COLUMN_WIDTH]), NAN),
        .grow = fmax(0.1, sw_value_number_or(sw_view_value(context, box->scope, &own[SW_COLUMN_GROW]), 1)),
        .lines = (int)fmax(1, sw_value_number_or(sw_view_value(context, box->scope, &own[SW_COLUMN_LINES]), 1)),
        .sortable = own[SW_COLUMN_SORT].form == SW_PROPERTY_LIST,
    };
}

/* Those that are shown, and which of them sorts. */
static void choose_columns(const struct sw_view_context *context, const struct sw_box *box, struct sw_table_view *table)
{
    const struct sw_property *list = &box->element->own[SW_TABLE_COLUMNS];
    size_t count = list->form == SW_PROPERTY_LIST ? list->as.by.count : 0;
    int order = sw_choices_get(context->choices, sw_table_order_choice(box), 0);
    table->columns = sw_arena_array(context->arena, count, sizeof *table->columns);
    table->sorted = -1;
    for (size_t i = 0; i < count; i++) {
        const struct sw_property *object = &list->as.by.values[i];
        const struct sw_property *when = object->form == SW_PROPERTY_LIST ? &object->as.by.values[SW_COLUMN_WHEN] : NULL;
        if (when == NULL || (when->form != SW_PROPERTY_NONE && !sw_value_true(sw_view_value(context, box->scope, when)))) {
            continue;
        }
        struct sw_table_column column = make_column(context, box, object, (int)i);
        bool declared = sw_value_true(sw_view_value(context, box->scope, &column.rows[SW_COLUMN_SORTED]));
        bool sorts = order == 0 ? declared && table->sorted < 0 : order == column.index + 1 || order == -column.index - 1;
        if (column.sortable && sorts) {
            table->sorted = (int)table->column_count;
            table->falls = order < 0;
        }
        table->columns[table->column_count++] = column;
    }
}

static void choose_rows(const struct sw_view_context *context, const struct sw_box *box, struct sw_table_view *table)
{
    const struct sw_element *element = box->element;
    struct sw_value value = sw_view_own(context, box, SW_TABLE_TABLE);
    struct sw_list none = {0};
    struct sw_rows wanted = {
        .outer = box->scope,
        .as = box->own[SW_TABLE_AS],
        .list = value.type == SW_VALUE_LIST ? value.as.list : &none,
        .where = &element->own[SW_TABLE_WHERE],
    };
    wanted.orders[0].by = table->sorted >= 0 ? &table->columns[table->sorted].rows[SW_COLUMN_SORT] : &nothing;
    wanted.orders[0].reversed = table->falls;
    wanted.orders[1].by = &element->own[SW_TABLE_SORT];
    table->rows = sw_arena_array(context->arena, wanted.list->count, sizeof *table->rows);
    double limit = fmax(0, sw_value_number_or(box->own[SW_TABLE_LIMIT], INFINITY));
    table->row_count = (size_t)fmin((double)sw_rows_choose(context, &wanted, table->rows), limit);
}

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    const struct sw_view_context *context = expansion->context;
    struct sw_table_view *table = sw_arena_alloc(context->arena, sizeof *table);
    box->data = table;
    choose_columns(context, box, table);
    choose_rows(context, box, table);
    table->page = sw_choices_get(context->choices, sw_table_page_choice(box), 0);
    table->head = box->text;
    table->head.size *= HEAD_SIZE;
    if (box->own[SW_TABLE_HEAD].type == SW_VALUE_STRING) {
        sw_view_text_style(context, sw_theme_style(&context->exhibition->theme, box->own[SW_TABLE_HEAD].as.string), &table->head);
    }
    int lines = 1;
    for (size_t i = 0; i < table->column_count; i++) {
        lines = table->columns[i].lines > lines ? table->columns[i].lines : lines;
    }
    table->row_height = ceil(box->text.size * (box->text.line * lines + ROW_AIR));
    table->head_height = ceil(fmax(HEAD_LEAST, table->head.size * HEAD_LINES));
}

static double least_width(const struct sw_view_context *context, struct sw_box *box)
{
    (void)context;
    const struct sw_table_view *table = box->data;
    double width = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        width += isnan(table->columns[i].width) ? 0 : table->columns[i].width;
    }
    return width;
}

static struct sw_size measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    const struct sw_table_view *table = box->data;
    double wide = isinf(width) ? fmax(NATURAL_WIDTH, least_width(context, box)) : width;
    return (struct sw_size){wide, fmin(height, table->head_height + table->row_height * (double)table->row_count)};
}

static double least(const struct sw_view_context *context, struct sw_box *box, double width)
{
    (void)context;
    (void)width;
    const struct sw_table_view *table = box->data;
    return table->head_height + table->row_height + (table->row_count > 1 ? SW_TABLE_FOOT : 0);
}

static void arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content)
{
    sw_table_lay_out(context, box, box->data, content);
}

/* -- lines and arrows -- */

#define RULE 0x38000000u  /* of the text's colour */
#define QUIET 0xa0000000u
#define RULE_WIDTH 2.0
#define RULE_STRONG 4.0

static uint32_t faded(const struct sw_view_context *context, uint32_t colour, uint32_t alpha)
{
    return context->high_contrast ? colour : (colour & 0x00ffffffu) | alpha;
}

static struct sw_vector_path triangle(struct sw_vector_step steps[4], struct sw_rect in, bool up, uint32_t colour)
{
    double base = up ? in.y + in.height : in.y, tip = up ? in.y : in.y + in.height;
    steps[0] = (struct sw_vector_step){SW_VECTOR_MOVE, {in.x, base}};
    steps[1] = (struct sw_vector_step){SW_VECTOR_LINE, {in.x + in.width, base}};
    steps[2] = (struct sw_vector_step){SW_VECTOR_LINE, {in.x + in.width / 2, tip}};
    steps[3] = (struct sw_vector_step){.op = SW_VECTOR_CLOSE};
    return (struct sw_vector_path){.steps = steps, .count = 4, .fill = {.from = colour, .to = colour}};
}

/* One full arrow where the rows are sorted by it, two small ones where they could be. */
static void draw_arrow(struct sw_painter *painter, const struct sw_box *box, const struct sw_table_view *table, size_t at)
{
    const struct sw_table_column *column = &table->columns[at];
    struct sw_rect place = column->arrow;
    struct sw_vector_step steps[2][4];
    struct sw_vector_path paths[2];
    size_t count = 0;
    if ((int)at == table->sorted) {
        bool down = (column->rows[SW_COLUMN_SORT].as.by.keys[0][0] == '-') != table->falls;
        struct sw_rect whole = {0, place.height * 0.2, place.width, place.height * 0.6};
        paths[count++] = triangle(steps[0], whole, !down, box->text.colour);
    } else {
        uint32_t colour = faded(painter->context, table->head.colour, QUIET);
        struct sw_rect half = {place.width * 0.15, 0, place.width * 0.7, place.height * 0.4};
        paths[count++] = triangle(steps[0], half, true, colour);
        half.y = place.height * 0.6;
        paths[count++] = triangle(steps[1], half, false, colour);
    }
    sw_painter_paths(painter, box, SW_PARTS_MANY + (int)at, place, paths, count);
}

static void draw(struct sw_painter *painter, const struct sw_box *box)
{
    const struct sw_table_view *table = box->data;
    uint32_t colour = faded(painter->context, box->text.colour, RULE);
    for (size_t i = 0; i <= table->shown; i++) {
        struct sw_rect line = {table->body.x, table->body.y + table->row_height * (double)i - RULE_WIDTH, table->body.width, RULE_WIDTH};
        sw_painter_fill(painter, box, SW_PARTS_MANY + COLUMNS_MAX + 1 + (int)i, line, colour);
    }
    for (size_t i = 0; i < table->column_count; i++) {
        if (!sw_rect_empty(table->columns[i].arrow)) {
            draw_arrow(painter, box, table, i);
        }
        if ((int)i == table->sorted) {
            struct sw_rect line = {table->columns[i].x, table->body.y - RULE_STRONG, table->columns[i].across, RULE_STRONG};
            sw_painter_fill(painter, box, SW_PARTS_MANY + COLUMNS_MAX, line, box->text.colour);
        }
    }
}

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = measure,
    .least = least,
    .arrange = arrange,
    .draw = draw,
    .least_width = least_width,
};

const struct sw_kind sw_element_table = {
    .name = "table",
    .meaning = "Rows of a list in columns, sorted and turned by touch.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
