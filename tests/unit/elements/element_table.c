/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables: which rows are shown and in what order, how their numbers stand, and that a long list costs no more than its page. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/must.h"
#include "bench.h"
#include "elements/table.h"
#include "elements/words.h"

/* Rows: a text and a number; NAN: missing. */
struct row {
    const char *name;
    double number;
};

static struct sw_value make_rows(struct sw_arena *arena, const struct row *rows, size_t count)
{
    static const char *const names[] = {"id", "title", "lead", "picture", "tags", "order"};
    struct sw_value *items = sw_arena_array(arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        struct sw_value *values = sw_arena_array(arena, SW_COUNT(names), sizeof *values);
        struct sw_record *record = sw_arena_alloc(arena, sizeof *record);
        values[0] = values[1] = sw_value_string(rows[i].name);
        values[5] = sw_value_number(rows[i].number);
        *record = (struct sw_record){.count = SW_COUNT(names), .names = names, .values = values};
        items[i] = (struct sw_value){.type = SW_VALUE_RECORD, .as.record = record};
    }
    struct sw_list *list = sw_arena_alloc(arena, sizeof *list);
    *list = (struct sw_list){.count = count, .items = items};
    return (struct sw_value){.type = SW_VALUE_LIST, .as.list = list};
}

#define COLUMNS                                                                                                                            \
    "\"columns\": [{\"title\": \"Name\", \"cell\": \"{it.title}\", \"sort\": [\"it.title\"]},"                                             \
    " {\"title\": \"Number\", \"cell\": \"{it.order}\", \"align\": \"decimal\", \"width\": 200, \"sort\": [\"-it.order\"]}]"
#define TABLE(more) "[{\"table\": \"scenes\", \"name\": \"t\", " COLUMNS more "}]"
/* Six rows of 44 (size 20, line 1.5) below heads of 72. */
#define SIX ", \"size\": [600, 350]"

struct trial {
    struct bench bench;
    struct sw_arena arena;
    struct sw_choices choices;
};

static void begin(struct trial *trial, const char *elements, const struct row *rows, size_t count)
{
    bench_elements(&trial->bench, elements, NULL);
    sw_arena_init(&trial->arena);
    trial->choices = (struct sw_choices){.count = 0};
    trial->bench.scenes = make_rows(&trial->arena, rows, count);
    trial->bench.context.choices = &trial->choices;
    bench_make(&trial->bench);
}

static void end(struct trial *trial)
{
    bench_close(&trial->bench);
    sw_arena_finish(&trial->arena);
}

static const struct sw_box *table_of(const struct trial *trial) { return bench_find(&trial->bench, "t", 0); }

/* What the visitor chose, as a touch would: 0 leaves it. */
static void choose(struct trial *trial, int order, int page)
{
    sw_choices_set(&trial->choices, sw_table_order_choice(table_of(trial)), order);
    sw_choices_set(&trial->choices, sw_table_page_choice(table_of(trial)), page);
    bench_make(&trial->bench);
}

/* A head, cell or button of the table by what it says; NULL: there is none. */
static const struct sw_box *find_text(const struct trial *trial, const char *text)
{
    for (const struct sw_box *box = table_of(trial)->first; box != NULL; box = box->next) {
        const struct sw_words *words = box->data;
        if (strcmp(words->text, text) == 0) {
            return box;
        }
    }
    return NULL;
}

/* The cells of the first column, parted by '|'. */
static void expect_names(const struct trial *trial, const char *expected)
{
    char all[1024] = "";
    const struct sw_box *head = find_text(trial, "Name");
    assert_non_null(head);
    for (const struct sw_box *box = table_of(trial)->first; box != NULL; box = box->next) {
        const struct sw_words *words = box->data;
        bool cell = box != head && strcmp(box->element->kind->name, "text") == 0;
        if (cell && box->rect.x == head->rect.x) {
            (void)snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", all[0] != '\0' ? "|" : "", words->text);
        }
    }
    assert_string_equal(all, expected);
}

static const struct row towns[] = {
    {"Zons", 3}, {"Äpfel", 10}, {"apfel", NAN}, {"Öl", 9}, {"Ofen", 10}, {"Straße", 2},
};

static void test_order(void **state)
{
    (void)state;
    static const struct {
        const char *more, *expected;
        int order;
    } cases[] = {
        {SIX, "Zons|Äpfel|apfel|Öl|Ofen|Straße", 0},
        {SIX, "apfel|Äpfel|Ofen|Öl|Straße|Zons", 1},
        {SIX, "Zons|Straße|Öl|Ofen|Äpfel|apfel", -1},
        {SIX, "Äpfel|Ofen|Öl|Zons|Straße|apfel", 2}, /* numbers as numbers; those alike in their order; what is missing last */
        {SIX, "Straße|Zons|Öl|Äpfel|Ofen|apfel", -2},
        {SIX, "Zons|Äpfel|apfel|Öl|Ofen|Straße", 7}, /* of a table that had more columns before it was edited */
        {SIX ", \"sort\": [\"-it.title\"]", "Ofen|Äpfel|Öl|Zons|Straße|apfel", 2}, /* which then decides between those alike */
        {SIX ", \"where\": \"it.order > 2\", \"sort\": [\"it.order\"], \"limit\": 3", "Zons|Öl|Äpfel", 0},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        char elements[1024];
        struct trial trial;
        (void)snprintf(elements, sizeof elements, "[{\"table\": \"scenes\", \"name\": \"t\", %s%s}]", COLUMNS, cases[i].more);
        begin(&trial, elements, towns, SW_COUNT(towns));
        choose(&trial, cases[i].order, 0);
        expect_names(&trial, cases[i].expected);
        end(&trial);
    }
}

static void test_sorted_from_the_beginning(void **state)
{
    (void)state;
    struct trial trial;
    begin(&trial,
          "[{\"table\": \"scenes\", \"name\": \"t\" " SIX ", \"columns\": [{\"title\": \"Name\", \"cell\": \"{it.title}\"},"
          " {\"title\": \"Number\", \"cell\": \"{it.order}\", \"sort\": [\"it.order\"], \"sorted\": true}]}]",
          towns, SW_COUNT(towns));
    expect_names(&trial, "Straße|Zons|Öl|Äpfel|Ofen|apfel");
    const struct sw_box *head = find_text(&trial, "Number");
    assert_int_equal(find_text(&trial, "Name")->action_count, 0); /* nothing to sort by */
    assert_int_equal(head->action_count, 2);
    assert_true(head->actions[0].value.as.number == -2); /* the other direction */
    assert_true(head->rect.height >= 72);
    end(&trial);
}

static void test_pages(void **state)
{
    (void)state;
    struct trial trial;
    begin(&trial, TABLE(", \"size\": [600, 272]"), towns, SW_COUNT(towns)); /* two rows, and the buttons */
    expect_names(&trial, "Zons|Äpfel");
    assert_non_null(find_text(&trial, "Seite 1 von 3"));
    const struct sw_box *previous = find_text(&trial, "← Vorige"), *next = find_text(&trial, "Nächste →");
    assert_int_equal(previous->action_count, 0);
    assert_int_equal(next->action_count, 1);
    assert_int_equal(next->actions[0].kind, SW_ACTION_CHOOSE);
    assert_true(next->actions[0].value.as.number == 1);
    assert_true(next->rect.height >= 96 && next->rect.width >= 200 && next->rect.y + next->rect.height <= 272 + 0.01);
    double below = next->rect.y;
    choose(&trial, 0, 2);
    expect_names(&trial, "Ofen|Straße");
    assert_int_equal(find_text(&trial, "Nächste →")->action_count, 0);
    assert_true(find_text(&trial, "Nächste →")->rect.y == below); /* buttons stay where they are */
    choose(&trial, 1, 99); /* beyond the last: rows have gone since */
    expect_names(&trial, "Straße|Zons");
    assert_non_null(find_text(&trial, "Seite 3 von 3"));
    end(&trial);
}

/* With buttons in an area of their own all of the room is for rows, and one button sorts for those who do not reach the heads. */
static void test_controls(void **state)
{
    (void)state;
    struct trial trial;
    begin(&trial, TABLE(", \"size\": [600, 160], \"controls\": \"main\""), towns, SW_COUNT(towns));
    expect_names(&trial, "Zons|Äpfel");
    const struct sw_box *next = find_text(&trial, "Nächste →"), *sorter = find_text(&trial, "Sortieren");
    assert_true(next->rect.x >= 100 && next->rect.x + next->rect.width <= 700 && next->rect.y == 50);
    static const int orders[] = {1, -1, 2, -2, 1};
    for (size_t i = 0; i < SW_COUNT(orders); i++) {
        for (sorter = table_of(&trial)->first; sorter->next != NULL;) {
            sorter = sorter->next;
        }
        assert_int_equal(sorter->action_count, 2);
        assert_true(sorter->actions[0].value.as.number == orders[i]);
        assert_true(sorter->actions[1].value.as.number == 0); /* from the first page on */
        choose(&trial, orders[i], 0);
    }
    assert_non_null(find_text(&trial, "Sortiert: Name ↑"));
    end(&trial);
}

static void test_empty_and_small(void **state)
{
    (void)state;
    struct trial trial;
    begin(&trial, TABLE(SIX ", \"empty\": {\"text\": \"nothing\", \"name\": \"e\"}"), towns, 0);
    assert_non_null(bench_find(&trial.bench, "e", 0));
    assert_true(bench_find(&trial.bench, "e", 0)->rect.y >= 72);
    assert_int_equal(find_text(&trial, "Name")->action_count, 0);
    end(&trial);
    begin(&trial, TABLE(", \"size\": [10, 10]"), towns, SW_COUNT(towns)); /* no room at all: one row a page */
    assert_non_null(find_text(&trial, "Seite 1 von 6"));
    end(&trial);
    begin(&trial, "[{\"column\": [{\"table\": \"scenes\", \"name\": \"t\", " COLUMNS "}], \"width\": 500}]", towns, 3);
    assert_true(fabs(table_of(&trial)->rect.height - (72 + 3 * 44)) < 0.01); /* as high as its rows */
    end(&trial);
    begin(&trial, "[{\"table\": \"first(scenes).title\", \"name\": \"t\", " COLUMNS "}]", towns, 3);
    expect_names(&trial, "");
    end(&trial);
}

static double mark_of(const struct trial *trial, const char *text, size_t bytes)
{
    const struct sw_box *cell = find_text(trial, text);
    assert_non_null(cell);
    const struct sw_words *words = cell->data;
    char start[64];
    (void)snprintf(start, sizeof start, "%.*s", (int)bytes, text);
    struct sw_text_request request = {.text = start, .role = "text", .size = 20, .line = 1.5, .width = INFINITY, .language = "de"};
    return words->place.x + sw_text_layout(trial->bench.typesetter, &request)->width;
}

static void test_decimals(void **state)
{
    (void)state;
    static const struct row rows[] = {{"a", 1.5}, {"b", 1234.25}, {"c", 7}, {"d", NAN}, {"e", -0.125}};
    struct trial trial;
    begin(&trial, TABLE(SIX), rows, SW_COUNT(rows));
    double mark = mark_of(&trial, "1,5", 1);
    assert_true(fabs(mark_of(&trial, "1.234,25", 5) - mark) < 0.1);
    assert_true(fabs(mark_of(&trial, "7", 1) - mark) < 0.1);
    assert_true(fabs(mark_of(&trial, "–", strlen("–")) - mark) < 0.1);
    assert_true(fabs(mark_of(&trial, "-0,125", 2) - mark) < 0.1);
    const struct sw_box *longest = find_text(&trial, "-0,125"), *head = find_text(&trial, "Number");
    assert_true(fabs(longest->rect.x + longest->rect.width - head->rect.x - head->rect.width) < 0.5);
    end(&trial);
}

static void test_decimal_mark(void **state)
{
    (void)state;
    static const struct {
        const char *text, *mark;
        size_t at;
    } cases[] = {
        {"12,5", ",", 2},        {"1.234,5 cm", ",", 5}, {"12", ",", 2},   {"12 cm", ",", 2},  {"–", ",", 3}, {"", ",", 0},
        {"ca. 12,5 km/h", ",", 6}, {"1,234.5", ".", 5},  {"12.", ".", 2},  {"-0,25 %", ",", 2}, {"5", "", 1},  {"1,5", "", 3},
        {"1\u00a0234,5", ",", 6},  {"12, 13", ",", 2},
    };
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        if (sw_table_decimal(cases[i].text, cases[i].mark) != cases[i].at) {
            fail_msg("\"%s\": %zu, not %zu", cases[i].text, sw_table_decimal(cases[i].text, cases[i].mark), cases[i].at);
        }
    }
}

static void test_right_to_left(void **state)
{
    (void)state;
    struct trial trial;
    bench_elements(&trial.bench, TABLE(SIX), NULL);
    sw_arena_init(&trial.arena);
    trial.choices = (struct sw_choices){.count = 0};
    trial.bench.scenes = make_rows(&trial.arena, towns, SW_COUNT(towns));
    bench_language(&trial.bench, "ar");
    bench_make(&trial.bench);
    const struct sw_box *name = find_text(&trial, "Name"), *number = find_text(&trial, "Number"), *table = table_of(&trial);
    assert_true(number->rect.x == table->rect.x && number->rect.width == 200);
    assert_true(fabs(name->rect.x + name->rect.width - table->rect.x - table->rect.width) < 0.01);
    end(&trial);
}

static void count_box(void *context, const struct sw_box *box)
{
    (void)box;
    ++*(size_t *)context;
}

/* Ten thousand rows, sorted: boxes for one page, and the same ones when it is arranged again. */
static void test_many(void **state)
{
    (void)state;
    static struct row rows[SW_ROWS_MAX];
    static char names[SW_ROWS_MAX][16];
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        (void)snprintf(names[i], sizeof names[i], "Ort %zu", i * 7919 % SW_COUNT(rows));
        rows[i] = (struct row){names[i], (double)(i % 100)};
    }
    struct trial trial;
    begin(&trial, TABLE(SIX), rows, SW_COUNT(rows));
    choose(&trial, 2, 1250);
    size_t boxes = 0, again = 0;
    sw_view_each(table_of(&trial)->parent, count_box, &boxes);
    assert_true(boxes < 24);
    for (struct sw_box *box = trial.bench.root->first->first; box != NULL; box = box->next) {
        sw_view_arrange(&trial.bench.context, box, box->rect);
        sw_view_arrange(&trial.bench.context, box, box->rect);
    }
    sw_view_each(table_of(&trial)->parent, count_box, &again);
    assert_int_equal(boxes, again);
    assert_non_null(find_text(&trial, "Seite 1.251 von 3.334"));
    end(&trial);
}

/* A thousand rows in a `repeat`: all of them, or ten a page by the scene's own state; a key is known again wherever its row has gone. */
static void test_repeat_many(void **state)
{
    (void)state;
    static struct row rows[1000];
    static char names[1000][16];
    for (size_t i = 0; i < SW_COUNT(rows); i++) {
        (void)snprintf(names[i], sizeof names[i], "%03zu", i);
        rows[i] = (struct row){names[i], (double)(i * 7919 % SW_COUNT(rows))};
    }
    static const char *const pages[] = {"", "\"where\": \"index > number * 10 and index <= number * 10 + 10\", "};
    for (size_t i = 0; i < SW_COUNT(pages); i++) {
        char elements[512];
        struct trial trial;
        (void)snprintf(elements, sizeof elements,
                       "[{\"repeat\": \"scenes\", \"key\": \"it.id\", %s\"sort\": [\"it.order\"], \"columns\": 10,"
                       " \"each\": {\"text\": \"{it.title}\", \"name\": \"t\"}}]",
                       pages[i]);
        begin(&trial, elements, rows, SW_COUNT(rows));
        bench_set(&trial.bench, "number", sw_value_number(3));
        bench_make(&trial.bench);
        size_t count = 0;
        while (bench_find(&trial.bench, "t", (int)count) != NULL) {
            count++;
        }
        assert_int_equal(count, i == 0 ? 1000 : 10);
        const struct sw_box *last = bench_find(&trial.bench, "t", (int)count - 1);
        const struct sw_words *words = last->data;
        char name[16];
        (void)snprintf(name, sizeof name, "%s", words->text);
        uint64_t identity = last->identity;
        for (size_t k = 0; k < SW_COUNT(rows); k++) {
            rows[k].number = -rows[k].number; /* the last becomes the first */
        }
        trial.bench.scenes = make_rows(&trial.arena, rows, SW_COUNT(rows));
        bench_make(&trial.bench);
        words = bench_find(&trial.bench, "t", 0)->data;
        assert_string_equal(words->text, name);
        assert_true(bench_find(&trial.bench, "t", 0)->identity == identity);
        end(&trial);
    }
}

/* What only cells read is read: the page is made anew when that changes, and not before. */
static void test_reads(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        bool word, minute;
    } cases[] = {{"{it.title}", false, false}, {"{word}", true, false}, {"{now | time}", false, true}};
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        char elements[256];
        struct trial trial;
        (void)snprintf(elements, sizeof elements,
                       "[{\"table\": \"scenes\", \"name\": \"t\" " SIX ", \"columns\": [{\"title\": \"Name\", \"cell\": \"%s\"}]}]",
                       cases[i].cell);
        begin(&trial, elements, towns, SW_COUNT(towns));
        assert_true(sw_reads_has(&trial.bench.reads, "scenes"));
        assert_true(sw_reads_has(&trial.bench.reads, "word") == cases[i].word);
        assert_true((trial.bench.reads.valid_until != SW_NEVER) == cases[i].minute);
        assert_true(trial.bench.reads.valid_until > 0);
        end(&trial);
    }
}

/* What is chosen longest ago makes room. */
static void test_choices(void **state)
{
    (void)state;
    struct sw_choices choices = {.count = 0};
    assert_int_equal(sw_choices_get(NULL, 1, 5), 5);
    for (int i = 0; i < SW_CHOICES_MAX; i++) {
        sw_choices_set(&choices, (uint64_t)i, i);
    }
    sw_choices_set(&choices, 0, 100);
    sw_choices_set(&choices, 1000, 7);
    assert_int_equal(choices.count, SW_CHOICES_MAX);
    assert_int_equal(sw_choices_get(&choices, 0, -1), 100);
    assert_int_equal(sw_choices_get(&choices, 1, -1), -1);
    assert_int_equal(sw_choices_get(&choices, 1000, -1), 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),           cmocka_unit_test(test_sorted_from_the_beginning),
        cmocka_unit_test(test_pages),           cmocka_unit_test(test_controls),
        cmocka_unit_test(test_empty_and_small), cmocka_unit_test(test_decimals),
        cmocka_unit_test(test_decimal_mark),    cmocka_unit_test(test_right_to_left),
        cmocka_unit_test(test_many),            cmocka_unit_test(test_choices),
        cmocka_unit_test(test_reads),           cmocka_unit_test(test_repeat_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
