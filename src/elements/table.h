/* SPDX-License-Identifier: EUPL-1.2 */
/* A table on its way: which rows it has and in what order (table.c), and the page of it that fits its room (table_page.c). Private to
 * src/elements. Main thread. */
#ifndef SW_ELEMENTS_TABLE_H
#define SW_ELEMENTS_TABLE_H

#include "elements/rows.h"
#include "view/behaviour.h"

enum sw_table_row {
    SW_TABLE_TABLE,
    SW_TABLE_AS,
    SW_TABLE_WHERE,
    SW_TABLE_SORT,
    SW_TABLE_LIMIT,
    SW_TABLE_COLUMNS,
    SW_TABLE_EMPTY,
    SW_TABLE_HEAD,
    SW_TABLE_LOOK,
    SW_TABLE_CONTROLS,
};

enum sw_table_column_row {
    SW_COLUMN_TITLE,
    SW_COLUMN_CELL,
    SW_COLUMN_ALIGN,
    SW_COLUMN_WIDTH,
    SW_COLUMN_GROW,
    SW_COLUMN_SORT,
    SW_COLUMN_SORTED,
    SW_COLUMN_WHEN,
    SW_COLUMN_LINES,
};

enum sw_table_align { SW_TABLE_START, SW_TABLE_CENTER, SW_TABLE_END, SW_TABLE_DECIMAL };

/* A column that is shown. */
struct sw_table_column {
    const struct sw_property *rows;   /* of its object: SW_COLUMN_... */
    int index;                        /* among those that are declared */
    enum sw_table_align align;
    double width, grow;               /* design units, NAN: its share; of what the others leave */
    bool sortable;
    int lines;                        /* of its cells, at most */
    double x, across;                 /* settled by the page: where it is, in the table's content, and how wide */
    struct sw_rect arrow;             /* settled: in its head */
};

struct sw_table_view {
    struct sw_table_column *columns;
    size_t column_count;
    struct sw_value *rows; /* all of them, in order */
    size_t row_count;
    int sorted;            /* index of the column in columns[] by which it is sorted; -1: none */
    bool falls;            /* against the direction that its `sort` has */
    int page;              /* that was chosen, from 0 */
    struct sw_look_of_text head;
    double row_height, head_height;
    struct sw_rect body;   /* settled: below the heads, as high as the rows of this page */
    size_t shown;          /* settled: those rows */
};

/* -- table.c -- */
/* The choice of this box for which column it is sorted by (0: as declared; n: column n - 1, -n: in the other direction), and which page. */
uint64_t sw_table_order_choice(const struct sw_box *box);
uint64_t sw_table_page_choice(const struct sw_box *box);
/* -- table_page.c -- */
#define SW_TABLE_FOOT 112.0 /* design units: buttons, and the room above them */
/* Makes the boxes of heads, cells and controls for the page that fits `content`, and places them. */
void sw_table_lay_out(const struct sw_view_context *context, struct sw_box *box, struct sw_table_view *table, struct sw_rect content);
/* -- table_words.c -- */
struct sw_table_words {
    const char *language, *previous, *next;
    const char *page;          /* "Seite # von #" */
    const char *sort, *sorted; /* "Sortieren"; "Sortiert: # #", a title and an arrow */
};
/* "de-leicht" has those of "de"; a language without words those of English. */
const struct sw_table_words *sw_table_words(const char *language);
/* `pattern`, in which there are two '#', with what stands for them. Of the arena. */
const char *sw_table_say(struct sw_arena *arena, const char *pattern, const char *first, const char *second);
/* Bytes of a cell's text up to where its decimals begin: to the decimal mark `mark` of its first number, or to that number's end. All of
 * it where there is no number. */
size_t sw_table_decimal(const char *text, const char *mark);

#endif
