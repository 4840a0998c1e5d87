/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of a table that fits its room: heads, cells and controls are texts and buttons like any other, made when the room is known. */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/must.h"
#include "elements/elements.h"
#include "elements/table.h"
#include "elements/words.h"
#include "exhibition/language.h"
#include "view/layout.h"

#define OWN_MAX 16          /* properties of a text or a button */
#define BOXES_MAX 4096      /* of a page */
#define COLUMN_GAP 0.8      /* of the letters' size, between two columns */
#define ARROW 0.55          /* of a head's letters: how wide its arrow is */
#define ARROW_GAP 0.35
#define HEAD_SHRINK 0.75
#define HEAD_AIR 0.45       /* between a head's words and the line below them */
#define BUTTON_HEIGHT 96.0  /* design units */
#define BUTTON_GAP 16.0
#define LABEL_AIR 1.0       /* of the letters' size, on both sides of the page's number */

/* An element that the table makes up: as if it were written inside it. */
struct made {
    struct sw_element element;
    struct sw_property common[SW_COMMON_COUNT], own[OWN_MAX];
};

struct page {
    const struct sw_view_context *context;
    struct sw_box *box;
    struct sw_table_view *table;
    struct sw_rect content; /* without the controls */
    struct sw_expansion expansion;
    size_t first, pages;    /* row */
};

static struct sw_property constant(struct sw_value value)
{
    return (struct sw_property){.form = SW_PROPERTY_CONSTANT, .as.constant = value};
}

static struct made *make(const struct page *page, const struct sw_kind *kind, const char *name, uint64_t number)
{
    const struct sw_element *table = page->box->element;
    struct made *made = sw_arena_alloc(page->context->arena, sizeof *made);
    made->element = (struct sw_element){.kind = kind,
                                        .file = table->file,
                                        .line = table->line,
                                        .column = table->column,
                                        .path = table->path,
                                        .identity = sw_hash_number(sw_hash_text(SW_HASH_START, name), number),
                                        .common = made->common,
                                        .own = made->own};
    return made;
}

static void put(struct made *made, const char *key, struct sw_value value)
{
    const struct sw_kind *kind = made->element.kind;
    for (size_t i = 0; i < kind->count && i < OWN_MAX; i++) {
        if (strcmp(kind->rows[i].key, key) == 0) {
            made->own[i] = constant(value);
        }
    }
}

/* The box of the element in the table; NULL: there are too many. */
static struct sw_box *add(struct page *page, const struct made *made, const struct sw_scope *scope, uint64_t identity)
{
    const struct sw_element *items[] = {&made->element};
    struct sw_box *before = page->box->last;
    sw_view_expand_elements(&page->expansion, page->box, (struct sw_elements){.items = items, .count = 1}, scope, identity);
    return page->box->last != before ? page->box->last : NULL;
}

static void touches(const struct page *page, struct sw_box *box, const struct sw_action *actions, size_t count)
{
    struct sw_action *kept = sw_arena_array(page->context->arena, count, sizeof *kept);
    memcpy(kept, actions, count * sizeof *kept);
    box->actions = kept;
    box->action_count = count;
}

static struct sw_action choose(uint64_t identity, int value)
{
    return (struct sw_action){.kind = SW_ACTION_CHOOSE, .identity = identity, .value = sw_value_number(value)};
}

/* A touch on `box` sorts by column `at`, `falls`: against the direction that is declared; and shows the first page of that. */
static void sorts(const struct page *page, struct sw_box *box, int at, bool falls)
{
    int order = page->table->columns[at].index + 1;
    const struct sw_action actions[] = {choose(sw_table_order_choice(page->box), falls ? -order : order),
                                        choose(sw_table_page_choice(page->box), 0)};
    touches(page, box, actions, SW_COUNT(actions));
}

/* -- columns -- */

static void place_columns(const struct page *page)
{
    struct sw_table_view *table = page->table;
    double gap = page->box->text.size * COLUMN_GAP, fixed = 0, grow = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        bool given = !isnan(table->columns[i].width);
        fixed += given ? table->columns[i].width : 0;
        grow += given ? 0 : table->columns[i].grow;
    }
    double room = fmax(0, page->content.width - gap * fmax(0, (double)table->column_count - 1));
    double squeeze = fixed > room ? room / fixed : 1, unit = grow > 0 ? fmax(0, room - fixed) / grow : 0, x = page->content.x;
    for (size_t i = 0; i < table->column_count; i++) {
        struct sw_table_column *column = &table->columns[i];
        column->across = isnan(column->width) ? column->grow * unit : column->width * squeeze;
        column->x = sw_layout_mirror(page->box, page->content, (struct sw_rect){x, 0, column->across, 0}).x;
        x += column->across + gap;
    }
}

static enum sw_align align_of(const struct sw_table_column *column)
{
    switch (column->align) {
    case SW_TABLE_START:
    case SW_TABLE_DECIMAL: return SW_ALIGN_START;
    case SW_TABLE_CENTER: return SW_ALIGN_CENTER;
    case SW_TABLE_END: return SW_ALIGN_END;
    }
    return SW_ALIGN_START;
}

/* -- heads -- */

/* The arrow stands behind the title, of what stands at the end before it. */
static void place_arrow(const struct page *page, struct sw_table_column *column, const struct sw_box *head)
{
    const struct sw_words *words = head->data;
    double size = page->table->head.size, wide = size * ARROW, high = size * ARROW * 1.8, gap = size * ARROW_GAP;
    struct sw_size shown = sw_words_size(page->context, head, words);
    double text = fmin(words->place.width, shown.width);
    struct sw_rect arrow = {words->place.x + text + gap, words->place.y + (shown.height - high) / 2, wide, high};
    bool from_left = !head->right_to_left;
    if (words->align == SW_TEXT_CENTER) {
        arrow.x = words->place.x + (words->place.width + text) / 2 + gap;
    } else if ((words->align == SW_TEXT_END) == from_left) {
        arrow.x = words->place.x + words->place.width - text - gap - wide; /* the words stand on the right */
    }
    column->arrow = arrow;
}

static void add_head(struct page *page, size_t at)
{
    struct sw_table_view *table = page->table;
    struct sw_table_column *column = &table->columns[at];
    struct made *made = make(page, &sw_element_text, "head", (uint64_t)column->index);
    made->own[0] = column->rows[SW_COLUMN_TITLE];
    put(made, "lines", sw_value_number(2));
    put(made, "shrink", sw_value_number(HEAD_SHRINK));
    put(made, "valign", sw_value_string("end"));
    struct sw_box *head = add(page, made, page->box->scope, page->box->identity);
    if (head == NULL) {
        return;
    }
    bool at_end = column->align == SW_TABLE_END || column->align == SW_TABLE_DECIMAL;
    struct sw_words *words = head->data;
    head->text = table->head;
    head->text.colour = (int)at == table->sorted ? page->box->text.colour : table->head.colour;
    head->padding[2] = table->head.size * HEAD_AIR;
    words->align = at_end ? SW_TEXT_END : column->align == SW_TABLE_CENTER ? SW_TEXT_CENTER : SW_TEXT_START;
    bool touchable = column->sortable && table->row_count > 0;
    if (touchable) {
        head->padding[at_end ? 3 : 1] = table->head.size * (ARROW + ARROW_GAP);
        head->padding[3] = column->align == SW_TABLE_CENTER ? head->padding[1] : head->padding[3];
        sorts(page, head, (int)at, (int)at == table->sorted && !table->falls);
    }
    sw_view_arrange(page->context, head, (struct sw_rect){column->x, page->content.y, column->across, table->head_height});
    if (touchable) {
        place_arrow(page, column, head);
    }
}

/* -- cells -- */

/* The language's decimal mark; "" where it writes other digits. */
static const char *decimal_mark(const struct page *page)
{
    const char *half = sw_language_number(page->context->arena, page->context->evaluation->language, 0.5, 1);
    size_t length = strlen(half);
    return half[0] == '0' && half[length - 1] == '5' ? sw_arena_strndup(page->context->arena, half + 1, length - 2) : "";
}

/* Where in its line a cell's text has its decimals: to the left of that, and to the right of it. */
static bool find_decimal(const struct page *page, const struct sw_box *cell, const char *mark, double *before, double *after)
{
    const struct sw_words *words = cell->data;
    const struct sw_text_layout *layout = sw_words_layout(page->context, cell, words);
    size_t at = sw_table_decimal(words->text, mark);
    if (layout == NULL || layout->line_count != 1) {
        return false;
    }
    double x = layout->lines[0].x + layout->lines[0].width;
    for (int i = 0; i < layout->piece_count; i++) {
        const struct sw_text_piece *piece = &layout->pieces[i];
        if ((size_t)piece->offset < at && at <= (size_t)(piece->offset + piece->length)) {
            struct sw_words start = *words;
            start.text = sw_arena_strndup(page->context->arena, words->text + piece->offset, at - (size_t)piece->offset);
            x = piece->x + sw_words_measure(page->context, cell, &start, INFINITY).width;
        }
    }
    *before = x - layout->lines[0].x;
    *after = layout->lines[0].x + layout->lines[0].width - x;
    return true;
}

/* The decimal marks of a column stand below each other, and the longest number at the column's end. */
static void align_decimals(const struct page *page, const struct sw_table_column *column, struct sw_box *const *cells, size_t count)
{
    const char *mark = decimal_mark(page);
    double before = 0, after = 0, most_before = 0, most_after = 0;
    for (size_t i = 0; i < count; i++) {
        if (cells[i] != NULL && find_decimal(page, cells[i], mark, &before, &after)) {
            most_before = fmax(most_before, before);
            most_after = fmax(most_after, after);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (cells[i] == NULL || !find_decimal(page, cells[i], mark, &before, &after) || before + after >= column->across) {
            continue;
        }
        struct sw_rect rect = cells[i]->rect;
        double most = column->across - before - after; /* how far it may stand from the column's left side */
        double left = cells[i]->right_to_left ? most_before - before : column->across - most_after - before;
        rect.x = column->x + fmax(0, fmin(left, most));
        rect.width = before + after;
        sw_view_arrange(page->context, cells[i], rect);
    }
}

static struct sw_box *add_cell(struct page *page, const struct made *made, const struct sw_table_column *column, size_t at)
{
    struct sw_table_view *table = page->table;
    struct sw_row_scope *row = sw_arena_alloc(page->context->arena, sizeof *row);
    sw_row_scope_init(row, page->box->scope, page->box->own[SW_TABLE_AS], table->rows[page->first + at], page->first + at);
    struct sw_box *cell = add(page, made, &row->scope, sw_hash_number(page->box->identity, at));
    if (cell == NULL) {
        return NULL;
    }
    double y = table->body.y + table->row_height * (double)at;
    sw_view_arrange(page->context, cell, (struct sw_rect){column->x, y, column->across, table->row_height});
    return cell;
}

static void add_cells(struct page *page, const struct sw_table_column *column)
{
    static const char *const aligns[] = {"", "start", "center", "end", "stretch"}; /* as enum sw_align */
    struct made *made = make(page, &sw_element_text, "cell", (uint64_t)column->index);
    struct sw_box **cells = sw_arena_array(page->context->arena, page->table->shown, sizeof(struct sw_box *));
    made->own[0] = column->rows[SW_COLUMN_CELL];
    made->common[SW_COMMON_ALIGN] = constant(sw_value_string(aligns[align_of(column)]));
    put(made, "lines", sw_value_number(column->lines));
    put(made, "valign", sw_value_string("center"));
    for (size_t i = 0; i < page->table->shown; i++) {
        cells[i] = add_cell(page, made, column, i);
    }
    if (column->align == SW_TABLE_DECIMAL) {
        align_decimals(page, column, cells, page->table->shown);
    }
}

/* -- controls -- */

static struct sw_box *add_button(struct page *page, const char *name, const char *label, bool enabled)
{
    struct made *made = make(page, &sw_element_button, name, 0);
    made->own[0] = constant(sw_value_string(label));
    put(made, "look", page->box->own[SW_TABLE_LOOK]);
    put(made, "enabled", sw_value_bool(enabled));
    return add(page, made, page->box->scope, page->box->identity);
}

static struct sw_box *add_turn(struct page *page, const char *name, const char *label, int to)
{
    bool enabled = to >= 0 && (size_t)to < page->pages;
    struct sw_box *button = add_button(page, name, label, enabled);
    if (button != NULL && enabled) {
        const struct sw_action action = choose(sw_table_page_choice(page->box), to);
        touches(page, button, &action, 1);
    }
    return button;
}

static struct sw_box *add_number(struct page *page, const char *pattern)
{
    struct sw_arena *arena = page->context->arena;
    const char *language = page->context->evaluation->language;
    struct made *made = make(page, &sw_element_text, "page", 0);
    const char *number = sw_language_number(arena, language, page->table->page + 1, 0);
    const char *of = sw_language_number(arena, language, (double)page->pages, 0);
    made->own[0] = constant(sw_value_string(sw_table_say(arena, pattern, number, of)));
    made->common[SW_COMMON_ALIGN] = constant(sw_value_string("center"));
    put(made, "lines", sw_value_number(1));
    put(made, "shrink", sw_value_number(HEAD_SHRINK));
    put(made, "valign", sw_value_string("center"));
    struct sw_box *label = add(page, made, page->box->scope, page->box->identity);
    if (label != NULL) {
        label->text = page->table->head;
    }
    return label;
}

/* What comes after the present order: the other direction, then the next column. -1: there is nothing to sort by. */
static int next_order(const struct sw_table_view *table, bool *falls)
{
    *falls = table->sorted >= 0 && !table->falls;
    if (*falls) {
        return table->sorted;
    }
    for (size_t i = 1; i <= table->column_count; i++) {
        size_t at = (size_t)(table->sorted + (int)i) % table->column_count;
        if (table->columns[at].sortable) {
            return (int)at;
        }
    }
    return -1;
}

static const char *title_of(const struct page *page, const struct sw_table_column *column)
{
    struct sw_evaluation evaluation = *page->context->evaluation;
    evaluation.scope = page->box->scope;
    evaluation.arena = page->context->arena;
    struct sw_value title = sw_template_text(sw_view_value(page->context, page->box->scope, &column->rows[SW_COLUMN_TITLE]), &evaluation);
    return title.type == SW_VALUE_STRING ? title.as.string : "–";
}

static struct sw_box *add_sorter(struct page *page, const struct sw_table_words *words)
{
    const struct sw_table_view *table = page->table;
    bool falls = false;
    int next = table->row_count > 1 ? next_order(table, &falls) : -1;
    if (next < 0) {
        return NULL;
    }
    const char *label = words->sort;
    if (table->sorted >= 0) {
        const struct sw_table_column *column = &table->columns[table->sorted];
        bool down = (column->rows[SW_COLUMN_SORT].as.by.keys[0][0] == '-') != table->falls;
        label = sw_table_say(page->context->arena, words->sorted, title_of(page, column), down ? "↓" : "↑");
    }
    struct sw_box *button = add_button(page, "sort", label, true);
    if (button != NULL) {
        sorts(page, button, next, falls);
    }
    return button;
}

static double width_of(const struct page *page, struct sw_box *box)
{
    return box == NULL ? 0 : sw_view_measure(page->context, box, INFINITY, INFINITY).width;
}

static void place(const struct page *page, struct sw_box *box, struct sw_rect room, double x, double width)
{
    if (box != NULL) {
        sw_view_arrange(page->context, box, sw_layout_mirror(page->box, room, (struct sw_rect){x, room.y, width, room.height}));
    }
}

/* The pages from the start on, what sorts at the end. */
static void add_controls(struct page *page, struct sw_rect room, bool own_area)
{
    const struct sw_table_words *words = sw_table_words(page->context->evaluation->language);
    struct sw_box *previous = NULL, *number = NULL, *next = NULL;
    if (page->pages > 1) {
        previous = add_turn(page, "previous", words->previous, page->table->page - 1);
        number = add_number(page, words->page);
        next = add_turn(page, "next", words->next, page->table->page + 1);
    }
    struct sw_box *sorter = own_area ? add_sorter(page, words) : NULL;
    double air = page->table->head.size * LABEL_AIR, back = width_of(page, previous), middle = width_of(page, number) + air;
    double on = width_of(page, next), sort = width_of(page, sorter), gaps = 2 * BUTTON_GAP + (sorter != NULL ? BUTTON_GAP : 0);
    double left = room.width - gaps - back - middle - on - sort;
    if (left < 0 && sorter != NULL) { /* its label may take two lines; the heads sort too */
        double least = sw_view_least_width(page->context, sorter);
        sorter->hidden = sort + left < least;
        sort = fmax(least, sort + left);
        left = sorter->hidden ? left + sort + BUTTON_GAP : 0;
    }
    middle = fmax(0, middle + fmin(0, left));
    place(page, previous, room, room.x, back);
    place(page, number, room, room.x + back + BUTTON_GAP, middle);
    place(page, next, room, room.x + back + middle + 2 * BUTTON_GAP, on);
    place(page, sorter, room, room.x + room.width - sort, sort);
}

/* -- the whole -- */

/* The area that `controls` names. */
static bool controls_area(const struct sw_view_context *context, const struct sw_box *box, struct sw_rect *room)
{
    struct sw_value name = box->own[SW_TABLE_CONTROLS];
    const struct sw_area *area = name.type == SW_VALUE_STRING ? sw_canvas_area(context->canvas, name.as.string) : NULL;
    if (area == NULL) {
        return false;
    }
    *room = (struct sw_rect){area->x, area->y, area->width, fmin(area->height, BUTTON_HEIGHT)};
    if (context->right_to_left) {
        room->x = context->canvas->width - room->x - room->width;
    }
    return true;
}

/* How many rows a page has, how many pages there are, and which is shown. */
static void count_pages(struct page *page, bool own_area)
{
    struct sw_table_view *table = page->table;
    double room = page->content.height - table->head_height;
    size_t fit = (size_t)fmax(1, floor(room / table->row_height + 1e-6));
    if (table->row_count > fit && !own_area) {
        page->content.height -= SW_TABLE_FOOT;
        fit = (size_t)fmax(1, floor((room - SW_TABLE_FOOT) / table->row_height + 1e-6));
    }
    page->pages = table->row_count == 0 ? 1 : (table->row_count + fit - 1) / fit;
    table->page = (int)fmin((double)page->pages - 1, fmax(0, table->page));
    page->first = (size_t)table->page * fit;
    table->shown = table->row_count - page->first < fit ? table->row_count - page->first : fit;
}

static void add_empty(struct page *page)
{
    struct sw_box *before = page->box->last;
    struct sw_rect room = page->content;
    room.y += page->table->head_height;
    room.height = fmax(0, room.height - page->table->head_height);
    sw_view_expand_elements(&page->expansion, page->box, page->box->element->own[SW_TABLE_EMPTY].as.elements, page->box->scope,
                            page->box->identity);
    for (struct sw_box *child = before != NULL ? before->next : page->box->first; child != NULL; child = child->next) {
        sw_view_place(page->context, child, room);
    }
}

void sw_table_lay_out(const struct sw_view_context *context, struct sw_box *box, struct sw_table_view *table, struct sw_rect content)
{
    struct page page = {.context = context, .box = box, .table = table, .content = content};
    struct sw_rect room = {content.x, content.y + content.height - BUTTON_HEIGHT, content.width, BUTTON_HEIGHT};
    bool own_area = controls_area(context, box, &room);
    page.expansion = (struct sw_expansion){.context = context, .scope = box->scope, .budget = BOXES_MAX};
    sw_reads_init(&page.expansion.read);
    box->first = box->last = NULL; /* what an arrangement before this one made */
    count_pages(&page, own_area);
    place_columns(&page);
    double rows = table->row_height * (double)table->shown;
    table->body = (struct sw_rect){content.x, content.y + table->head_height, content.width, rows};
    for (size_t i = 0; i < table->column_count; i++) {
        add_head(&page, i);
    }
    for (size_t i = 0; i < table->column_count; i++) {
        add_cells(&page, &table->columns[i]);
    }
    if (table->row_count == 0 && box->element->own[SW_TABLE_EMPTY].form == SW_PROPERTY_ELEMENTS) {
        add_empty(&page);
    }
    add_controls(&page, room, own_area);
    if (context->evaluation->reads != NULL) {
        sw_reads_merge(context->evaluation->reads, &page.expansion.read); /* what its cells have read, the tree has read */
    }
}
